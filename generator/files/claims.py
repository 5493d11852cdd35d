"""One process at a time writes a place: a lock file with the number of the process that does.

The system itself lets go of the lock when a process ends, however it ends: a file that a killed one left behind
is recognised because nobody holds it, and taken over.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.faults import system_fault
from generator.model import CorpusError, Problem

if sys.platform == "win32":
    import msvcrt

    _FAR = 1 << 30  # a byte that is not there: the number of the process stays readable

    def _hold(handle: int) -> None:
        """Take the lock of an open file. Raises `OSError` where another process has it."""
        os.lseek(handle, _FAR, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)
else:
    import fcntl

    def _hold(handle: int) -> None:
        """Take the lock of an open file. Raises `OSError` where another process has it."""
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


_HELD = frozenset({errno.EAGAIN, errno.EACCES, errno.EDEADLK})
_NOT_FOLLOWING = getattr(os, "O_NOFOLLOW", 0)


@contextmanager
def claimed(lock: Path) -> Iterator[None]:
    """Holds the lock file `lock` while the block runs; it is gone afterwards.

    Raises `CorpusError` at once, with the number of the process, where another one holds it, and where the file
    cannot be made. A link in its place is not followed.
    """
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        handle = _taken(lock)
    except OSError as error:
        raise CorpusError([system_fault(error)]) from error
    try:
        yield
    finally:
        with suppress(OSError):
            lock.unlink()
        os.close(handle)


def _taken(lock: Path) -> int:
    """The open lock file, held. Raises `OSError`, and `CorpusError` where another process holds it."""
    while True:
        handle = os.open(lock, os.O_RDWR | os.O_CREAT | _NOT_FOLLOWING, 0o666)
        try:
            found = os.fstat(handle)
            if not stat.S_ISREG(found.st_mode) or found.st_nlink > 1:
                advice = "请把它移走再运行。"
                raise CorpusError([Problem(str(lock), None, "这里应当是锁文件，却不是普通文件。", advice)])
            try:
                _hold(handle)
            except OSError as error:
                if error.errno in _HELD:
                    raise CorpusError([_busy(lock, handle)]) from error
                raise
            # Who held it last removes it: what is open here may no longer be the file of that name.
            if _is_still(lock, found):
                os.truncate(handle, 0)
                os.write(handle, f"{os.getpid()}\n".encode())
                return handle
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _is_still(lock: Path, found: os.stat_result) -> bool:
    try:
        return os.path.samestat(found, lock.lstat())
    except FileNotFoundError:
        return False


def _busy(lock: Path, handle: int) -> Problem:
    """That another process is at work."""
    holder = os.read(handle, 20).decode("ascii", "replace").strip()
    who = f"另一个进程（进程号 {holder}）" if holder.isdecimal() else "另一个进程"
    return Problem(str(lock), None, f"{who}正在写这里。", "请等它结束再运行，什么也没有改动。")
