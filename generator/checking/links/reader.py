"""Reading documents in a process of its own, which is ended when one of them takes too long or too much.

Size limits alone do not hold a hostile file: a few kilobytes of PDF can keep a parser busy for days.
"""

from __future__ import annotations

import logging
import multiprocessing
import signal
import sys
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from types import TracebackType

from generator.checking.links.documents import UnreadableError, read_document
from generator.checking.links.found import Reading

SECONDS = 120.0  # for one document
MEMORY_BYTES = 3 << 30
_SPAWN = multiprocessing.get_context("spawn")


class DocumentReader:
    """Reads documents, one after the other, in a process that it starts when the first is asked for.

    `seconds` is how long one may take. Leaving the block ends the process.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._running: tuple[SpawnProcess, Connection] | None = None

    def __enter__(self) -> DocumentReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def read(self, path: Path) -> Reading:
        """The links of a document. Never raises for a document: its `problem` says what is wrong with it."""
        _, connection = self._process()
        try:
            connection.send(path)
            if connection.poll(self._seconds):
                reading: Reading = connection.recv()
                return reading
            problem = f"{self._seconds:g} 秒之内没有读完，已放弃。"
        except (EOFError, OSError):
            problem = "读取时程序中断：文件已损坏，或者展开后过大。"
        self._end()
        return Reading(problem=problem)

    def _process(self) -> tuple[SpawnProcess, Connection]:
        if self._running is None:
            here, there = _SPAWN.Pipe()
            process = _SPAWN.Process(target=_serve, args=(there,), daemon=True)
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


def _serve(connection: Connection) -> None:
    """The process: a path in, a reading out, until the other end is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command line answers Ctrl+C, and ends this process
    logging.disable()  # parsers complain of odd files on standard error
    _limit_memory()
    while True:
        try:
            path = connection.recv()
        except EOFError:
            return
        connection.send(_reading(path))


def _reading(path: Path) -> Reading:
    try:
        return read_document(path)
    except UnreadableError as error:
        return Reading(problem=str(error))
    except Exception as error:  # noqa: BLE001 - what a corrupt file makes its parser raise cannot be listed
        return Reading(problem=f"无法读取，可能已损坏（{type(error).__name__}）。")


def _limit_memory() -> None:
    """So that a file that unpacks to more is refused by the system, where the system can."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - there is none on Windows

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or hard > MEMORY_BYTES:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, hard))
