"""Writing so that nothing already there is lost or half-written."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.model import CorpusError, Problem


@contextmanager
def replacing_folder(target: Path) -> Iterator[Path]:
    """A new folder beside `target` that takes its place when the block ends, and vanishes if it fails."""
    target.parent.mkdir(parents=True, exist_ok=True)
    workspace = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    fresh, old = workspace / "new", workspace / "old"
    fresh.mkdir()
    try:
        yield fresh
        if target.exists():
            target.rename(old)
        try:
            fresh.rename(target)
        except OSError:
            if old.exists():
                old.rename(target)
            raise
    finally:
        shutil.rmtree(workspace, ignore_errors=True)


@contextmanager
def replacing_file(target: Path) -> Iterator[Path]:
    """A path to write to that takes the place of `target` when the block ends, and vanishes if it fails.

    It stands in a new folder of a random name, so that nothing put there before is written through; a `target` that is
    a link is replaced, not followed. Raises `CorpusError` for a device or a named pipe (/dev/stdout), which a file must
    not take the place of.
    """
    if target.exists() and not target.is_file():
        raise CorpusError([Problem(str(target), None, "不是普通文件，没有写。", "请换一个文件名。")])
    target.parent.mkdir(parents=True, exist_ok=True)
    workspace = Path(tempfile.mkdtemp(prefix=".new-", dir=target.parent))
    try:
        fresh = workspace / "new"
        yield fresh
        fresh.replace(target)
    finally:
        shutil.rmtree(workspace, ignore_errors=True)


def write_text(path: Path, text: str) -> None:
    """Write `text` as UTF-8 with plain line feeds, making the folders it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def write_bytes(path: Path, content: bytes) -> None:
    """Write `content` as it is, making the folders it needs."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
