"""Reading files: nothing outside its folder, nothing that is not a plain file, nothing without end."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from generator.files.shown import shown
from generator.model import CorpusError, Problem, Stage

MAX_BYTES = 64 * 1024 * 1024
"""The largest file that is read. The longest law is a five-hundredth of it."""

# Not to wait for a writer (named pipes), not to follow a link that was put there meanwhile. Windows has neither.
_OPENING = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


def read_inside(path: Path, folder: Path, limit: int = MAX_BYTES) -> bytes:
    """The bytes of a plain file below a folder.

    Raises `CorpusError` for one that a link leads out of the folder for, a device or named pipe (it is not waited
    for), one longer than `limit`, and one that cannot be read.
    """
    name = relative(path, folder)
    try:
        fault = not_plain(path, folder.resolve())
        if fault:
            raise CorpusError([_problem(name, f"{fault}，没有读取。", "请换成文件本身。")])
        descriptor = os.open(path.resolve(), _OPENING)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise CorpusError([_problem(name, "不是普通文件，没有读取。", "请换成文件本身。")])
            with open(descriptor, "rb", closefd=False) as file:
                data = file.read(limit + 1)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise CorpusError([_problem(name, f"无法读取：{error.strerror or error}。")]) from error
    if len(data) > limit:
        message = f"文件超过 {_size(limit)}，没有读取。"
        raise CorpusError([_problem(name, message, "请核对文件，或者拆分。")])
    return data


def relative(path: Path, folder: Path) -> str:
    """The path of a file below the sources folder, with forward slashes: how the data files name it."""
    return path.relative_to(folder).as_posix()


def not_plain(path: Path, root: Path) -> str:
    """Why a path is no plain file of the folder `root`, as the beginning of a sentence; empty where it is one."""
    try:
        real = path.resolve(strict=True)
        if not real.is_relative_to(root):
            return "是指向文件夹之外的链接"
        return "" if stat.S_ISREG(real.stat().st_mode) else "不是普通文件"
    except (OSError, RuntimeError):  # RuntimeError: links in a circle, before Python 3.13
        return "是指不到文件的链接" if path.is_symlink() else ""


def _size(limit: int) -> str:
    """A limit in the unit it is said in."""
    megabytes = limit // (1024 * 1024)
    return f"{megabytes} MB" if megabytes else f"{limit // 1024} KB"


def _problem(name: str, message: str, advice: str = "") -> Problem:
    return Problem(shown(name), None, message, advice, Stage.READING)
