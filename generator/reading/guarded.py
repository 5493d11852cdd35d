"""Reading other people's files in a process of its own, which is ended when one of them takes too long or too much.

Size limits alone do not hold a hostile file: a few kilobytes of PDF can keep a parser busy for days. What reads
originals and what reads documents with links go through here.
"""

from __future__ import annotations

import logging
import multiprocessing
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import TracebackType
from typing import Generic, TypeVar

SECONDS = 120.0  # for one file
MEMORY_BYTES = 3 << 30
_SPAWN = multiprocessing.get_context("spawn")

Task = TypeVar("Task")
Result = TypeVar("Result")


class UnreadableError(Exception):
    """A file cannot be read; the message is a sentence in Chinese that says why and what to do."""


class GuardedReader(Generic[Task, Result]):
    """Does one piece of work after the other in a process that it starts when the first is asked for.

    `work` is a function of a module, its task and result can be pickled. `seconds` is how long one may take. Leaving
    the block ends the process.
    """

    def __init__(self, work: Callable[[Task], Result], seconds: float = SECONDS) -> None:
        self._work = work
        self._seconds = seconds
        self._running: tuple[SpawnProcess, Connection] | None = None

    def __enter__(self) -> GuardedReader[Task, Result]:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def read(self, task: Task) -> Result:
        """What `work` returns. Raises `UnreadableError` for whatever goes wrong with the file."""
        _, connection = self._process()
        try:
            connection.send(task)
            if connection.poll(self._seconds):
                result, problem = connection.recv()
                if problem:
                    raise UnreadableError(problem)
                found: Result = result
                return found
            told = f"{self._seconds:g} 秒之内没有读完，已放弃。"
        except (EOFError, OSError):
            told = "读取时程序中断：文件已损坏，或者展开后过大。"
        self._end()
        raise UnreadableError(told)

    def _process(self) -> tuple[SpawnProcess, Connection]:
        if self._running is None:
            here, there = _SPAWN.Pipe()
            process = _SPAWN.Process(target=_serve, args=(there, self._work), daemon=True)
            process.start()
            there.close()
            self._running = process, here
        return self._running

    def _end(self) -> None:
        if self._running is not None:
            process, connection = self._running
            process.kill()
            process.join()
            process.close()
            connection.close()
            self._running = None


def _serve(connection: Connection, work: Callable[[Task], Result]) -> None:
    """The process: a task in, a result or a problem out, until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command line answers Ctrl+C, and ends this process
    logging.disable()  # parsers complain of odd files on standard error
    _limit_memory()
    while True:
        try:
            task = connection.recv()
        except EOFError:
            return
        connection.send(_done(work, task))


def _done(work: Callable[[Task], Result], task: Task) -> tuple[Result | None, str]:
    try:
        return work(task), ""
    except UnreadableError as error:
        return None, str(error)
    except MemoryError:
        return None, "展开后过大，内存不够。请拆分文件。"
    except Exception as error:  # noqa: BLE001 - what a corrupt file makes its parser raise cannot be listed
        return None, f"无法读取，可能已损坏（{type(error).__name__}）。"


def _limit_memory() -> None:
    """So that a file that unpacks to more is refused by the system, where the system can."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - there is none on Windows

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or hard > MEMORY_BYTES:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, hard))
