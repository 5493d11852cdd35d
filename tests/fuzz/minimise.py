"""Faults by what they are, and the smallest input that still shows one."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import PurePath
from types import FrameType
from typing import TypeVar

from tests.support.corpora import ROOT

_Piece = TypeVar("_Piece", str, bytes)
LIMIT = 20.0  # seconds that one input may take before it counts as a hang


class TooLongError(BaseException):
    """An input takes longer than `LIMIT`. No `Exception`: what is tested must not catch it."""


@dataclass(frozen=True)
class Fault:
    """What goes wrong: the exception, where in the project it comes from, and what it says."""

    kind: str
    place: str  # file and function
    message: str

    @property
    def signature(self) -> tuple[str, str]:
        """Two inputs with the same one show the same fault."""
        return self.kind, self.place

    def __str__(self) -> str:
        return f"{self.kind} in {self.place}: {self.message}"


def fault_of(run: Callable[[bytes], None], content: bytes) -> Fault | None:
    """The fault that an input shows, or None."""
    try:
        with _limited():
            run(content)
    except (Exception, TooLongError) as error:  # noqa: BLE001 - whatever it is, it is what is looked for
        return Fault(type(error).__name__, _place(error), str(error)[:200])
    return None


@contextmanager
def _limited() -> Iterator[None]:
    """Ends what runs in it after `LIMIT` seconds, where the system has timers."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return

    def late(_: int, frame: FrameType | None) -> None:
        raise TooLongError(f"more than {LIMIT:g} s, in {frame.f_code.co_name if frame else '?'}")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, LIMIT)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _place(error: BaseException) -> str:
    """The innermost file and function of the project, that of the generator if there is one."""
    if isinstance(error, TooLongError):
        return "somewhere"  # where the clock found it says little
    frames: list[str] = []
    trace = error.__traceback__
    while trace:
        code = trace.tb_frame.f_code
        path = PurePath(code.co_filename)
        if path.is_relative_to(ROOT) and ".venv" not in path.parts:
            frames.append(f"{path.relative_to(ROOT).as_posix()}:{code.co_name}")
        trace = trace.tb_next
    own = [frame for frame in frames if frame.startswith("generator/")]
    if isinstance(error, AssertionError) and frames and not frames[-1].startswith("generator/"):
        return f"{frames[-1]} {str(error).partition(':')[0][:40]}"
    return (own or frames or ["?"])[-1]


def minimised(run: Callable[[bytes], None], content: bytes, seconds: float = 20.0) -> bytes:
    """The smallest input found in `seconds` that shows the fault of `content`: first without lines, then characters."""
    fault = fault_of(run, content)
    if fault is None:
        return content
    stop = time.monotonic() + seconds
    try:
        text = content.decode()
    except UnicodeDecodeError:
        pieces = [content[at : at + 1] for at in range(len(content))]
        return b"".join(_fewer(pieces, lambda some: _shows(run, b"".join(some), fault), stop))
    lines = _fewer(
        text.splitlines(keepends=True), lambda some: _shows(run, "".join(some).encode(), fault), stop
    )
    characters = _fewer(list("".join(lines)), lambda some: _shows(run, "".join(some).encode(), fault), stop)
    return "".join(characters).encode()


def _shows(run: Callable[[bytes], None], content: bytes, fault: Fault) -> bool:
    found = fault_of(run, content)
    return found is not None and found.signature == fault.signature


def _fewer(pieces: list[_Piece], shows: Callable[[list[_Piece]], bool], stop: float) -> list[_Piece]:
    """As few of the pieces as still show the fault: halves, quarters … are left out as long as they can be."""
    size = len(pieces)
    while size:
        at = 0
        while at < len(pieces) and time.monotonic() < stop:
            fewer = pieces[:at] + pieces[at + size :]
            if shows(fewer):
                pieces = fewer
            else:
                at += size
        size //= 2
    return pieces
