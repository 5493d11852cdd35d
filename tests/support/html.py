"""Pages of a built site as trees."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from bs4 import BeautifulSoup, Tag


def soup_of(path: Path) -> BeautifulSoup:
    """A page, parsed once however many tests look at it: to be read only. Copy what is to be changed."""
    state = path.stat()
    return _parsed(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=64)
def _parsed(path: Path, _changed: int, _size: int) -> BeautifulSoup:
    return BeautifulSoup(path.read_text("utf-8"), "html.parser")


def paragraphs_of(target: Tag) -> list[Tag]:
    """The paragraphs of a clause: the element with its anchor and those that follow as part of it."""
    parts = [target]
    for sibling in target.find_next_siblings():
        if "more" not in (sibling.get("class") or []):
            break
        parts.append(sibling)
    return parts
