"""What is costly to make and the same for every test: made once, and shared by the processes that run tests.

Each thing lies in a folder named by the content of all it is made of: another process, and another run, finds it there
as long as nothing of that changed. It is to be read only; one that a test has changed all the same is made anew.
"""

from __future__ import annotations

import datetime
import fcntl
import hashlib
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from generator.sitemap import generated_folders
from tests.support.corpora import ROOT, SOURCES

STORE = ROOT / "build" / "tests"
_KEPT = 3  # contents, the newest: the one at hand, and those of the branches one goes back to
# What the sites of tests are made of, and by; docs without the pages that are generated.
_MADE_OF = ("generator", "site_templates", "docs", "tests/support", "mkdocs.yml", "requirements-dev.lock")


def shared(name: str, make: Callable[[Path], object]) -> Path:
    """The folder that `make` fills; made now if nobody has made it of this content yet. `make` gets an empty folder."""
    with _locked(STORE / "lock"):
        made = STORE / _content()
        folder, seal = made / name, made / f"{name}.seal"
        if not seal.is_file() or seal.read_text("utf-8") != _state(folder):
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
            make(folder)
            seal.write_text(_state(folder), "utf-8")
            _clear(made)
    return folder


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@cache
def _content() -> str:
    """A name for the content of all that the shared things are made of, the day included: pages tell what is in force."""
    digest = hashlib.sha256(f"{sys.version} {datetime.date.today()}".encode())
    for path in _files():
        digest.update(path.relative_to(ROOT).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def _files() -> Iterator[Path]:
    for name in (*_MADE_OF, SOURCES.name):
        path = ROOT / name
        for file in [path] if path.is_file() else sorted(path.rglob("*")):
            inside = file.relative_to(ROOT).parts
            generated = inside[0] == "docs" and inside[1] in generated_folders()
            if file.is_file() and "__pycache__" not in inside and not generated:
                yield file


def _state(folder: Path) -> str:
    """Names, sizes and times of all files in a folder, as one digest: another one where anything was written."""
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        state = path.lstat()
        if not path.is_dir():
            digest.update(f"{path.relative_to(folder)}\0{state.st_size}\0{state.st_mtime_ns}\0".encode())
    return digest.hexdigest()


def _clear(newest: Path) -> None:
    """Remove what is made of older content."""
    others = sorted(
        (one for one in STORE.iterdir() if one.is_dir() and one != newest),
        key=lambda one: one.stat().st_mtime,
        reverse=True,
    )
    for old in others[_KEPT - 1 :]:
        shutil.rmtree(old, ignore_errors=True)
