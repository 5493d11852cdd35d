"""Pages of a built site as trees."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from bs4 import BeautifulSoup


def soup_of(path: Path) -> BeautifulSoup:
    """A page, parsed once however many tests look at it: to be read only. Copy what is to be changed."""
    state = path.stat()
    return _parsed(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=64)
def _parsed(path: Path, _changed: int, _size: int) -> BeautifulSoup:
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")
