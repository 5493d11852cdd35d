"""No document stops another (CONTRACT.md, Commands): what nobody foresaw becomes the fault of the document it happened with.

`FaultLog.guard` stands around each stage of the work on one document. Where a step works on all documents at once,
`sift` finds those with which it fails. The traceback goes to a log file that the fault names, never to the reader.
"""

from __future__ import annotations

import errno
import os
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TypeVar

from generator import __version__
from generator.model import CorpusError, Problem, Stage

Item = TypeVar("Item")
Result = TypeVar("Result")

_ADVICE = (
    "这是程序的错误，不是原文的错误：请把日志和这份原文交给开发者；"
    "在此之前可以把它移出原文文件夹，或者用 --keep-going 先发布其余的。"
)


_WRITING = {
    errno.ENOSPC: "磁盘已满：请腾出空间再运行。",
    errno.EDQUOT: "磁盘配额已满：请腾出空间再运行。",
    errno.EROFS: "这里只能读，不能写：请换一个地方，或者改为可写。",
    errno.EACCES: "请检查它的权限。",
    errno.EPERM: "请检查它的权限。",
    errno.ENOENT: "可能刚被移走或改名：请检查后再运行。",
}


def system_fault(error: OSError, file: str | None = None, line: int | None = None) -> Problem:
    """The fault of a file or folder that the system would not read or write; by default at its own path."""
    path = os.fspath(error.filename) if error.filename is not None else ""
    path = path if isinstance(path, str) else os.fsdecode(path)
    named = f"{path}：" if path and file is not None else ""
    place = file if file is not None else path or "系统"
    return Problem(place, line, f"无法读写：{named}{error.strerror}。", _WRITING.get(error.errno or 0, ""))


@contextmanager
def catching(told: Callable[[Exception], None]) -> Iterator[None]:
    """Hands whatever goes wrong in the block to `told`, which may raise. Ctrl-C is nobody's fault and goes on."""
    try:
        yield
    # The only place that catches everything: an error in the work on one document must not end that on the others,
    # and which one it will be cannot be known. RecursionError and MemoryError are among them.
    except Exception as error:  # noqa: BLE001
        told(error)


class DocumentFaultsError(CorpusError):
    """The faults of some policies of a corpus, by their ids: without these, the others could be published."""

    def __init__(self, faulty: Mapping[str, tuple[Problem, ...]]) -> None:
        self.faulty = faulty
        super().__init__([problem for problems in faulty.values() for problem in problems])


class FaultLog:
    """Makes faults of errors nobody foresaw, and writes their tracebacks into one file of a run.

    The file is made for the first of them, in the system's folder for temporary files, under a random name that
    only its owner can read: nothing can have been put in its place.
    """

    def __init__(self) -> None:
        self._path = ""

    @contextmanager
    def guard(self, file: str, stage: Stage, line: int | None = None) -> Iterator[None]:
        """One stage of the work on one document. Raises `CorpusError`, with the stage, for all that goes wrong in it.

        `file` and `line` say which document it is, in words of the corpus.
        """

        def told(error: Exception) -> None:
            if isinstance(error, CorpusError):
                raise CorpusError(
                    [replace(one, stage=one.stage or stage) for one in error.problems]
                ) from error
            raise CorpusError([self.fault(error, file, stage, line)]) from error

        with catching(told):
            yield

    def fault(self, error: Exception, file: str, stage: Stage | None, line: int | None = None) -> Problem:
        """The fault that an error nobody foresaw is, its traceback written to the log.

        What the system refuses (a full disk, a file that vanished) is told as such and needs no traceback.
        """
        if isinstance(error, OSError) and error.errno is not None:
            return replace(system_fault(error, file, line), stage=stage)
        doing = f"{stage.chinese}时" if stage else ""
        log = self._write(error, file if line is None else f"{file}:{line}", doing)
        message = f"{doing}程序出错（{type(error).__name__}）。"
        return Problem(file, line, message, _ADVICE, stage, log)

    def _write(self, error: Exception, place: str, doing: str) -> str:
        """Add a traceback to the log; returns its path, or why there is none: a full disk takes no log either."""
        lines = [f"==== {place} {doing}\n", *traceback.format_exception(error), "\n"]
        try:
            if not self._path:
                handle, self._path = tempfile.mkstemp(prefix="policy-site-", suffix=".log")
                lines.insert(0, f"policy-site {__version__}, Python {sys.version}\n\n")
            else:
                handle = os.open(self._path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0))
            with os.fdopen(handle, "w", encoding="utf-8", errors="backslashreplace") as file:
                file.writelines(lines)
        except (OSError, MemoryError) as failure:
            return f"无法写入（{failure}）"
        return self._path


def sift(
    items: Sequence[Item], step: Callable[[Sequence[Item]], Result]
) -> tuple[Result, list[tuple[Item, Exception]]]:
    """A step that works on many items at once, without those with which it fails: its result, and these.

    Raises what the step raised where it fails without any of them.
    """
    failed: list[tuple[Item, Exception]] = []
    left = list(items)
    while True:
        errors: list[Exception] = []
        results: list[Result] = []
        with catching(errors.append):
            results.append(step(left))
        if results:
            return results[0], failed
        found = culprits(left, step, errors[0])
        if not found:
            raise errors[0]
        failed += found
        left = [item for item in left if all(item is not other for other, _ in found)]


def culprits(
    items: Sequence[Item], step: Callable[[Sequence[Item]], object], error: Exception
) -> list[tuple[Item, Exception]]:
    """The items with which a step fails, found by halves, each with what was raised for it.

    `error` is what the step raised with all of them. Where none of them makes it fail alone, it is the first one that
    does with those before it. Empty where it fails without any.
    """
    if _failure(step, items[:0]) is not None:
        return []
    return _by_halves(items, step, error)


def _by_halves(
    items: Sequence[Item], step: Callable[[Sequence[Item]], object], error: Exception
) -> list[tuple[Item, Exception]]:
    if len(items) <= 1:
        return [(item, error) for item in items]
    middle = len(items) // 2
    found: list[tuple[Item, Exception]] = []
    for half in (items[:middle], items[middle:]):
        raised = _failure(step, half)
        found += _by_halves(half, step, raised) if raised is not None else []
    return found or [_last_straw(items, step, error)]


def _last_straw(
    items: Sequence[Item], step: Callable[[Sequence[Item]], object], error: Exception
) -> tuple[Item, Exception]:
    """The item with which a step begins to fail, as one after the other is added."""
    works, fails = 0, len(items)
    while fails - works > 1:
        middle = (works + fails) // 2
        raised = _failure(step, items[:middle])
        if raised is None:
            works = middle
        else:
            fails, error = middle, raised
    return items[fails - 1], error


def _failure(step: Callable[[Sequence[Item]], object], items: Sequence[Item]) -> Exception | None:
    """What a step raises with some items; None where it works."""
    errors: list[Exception] = []
    with catching(errors.append):
        step(items)
    return errors[0] if errors else None
