"""Pages of a built site as trees."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
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


def wording_of(target: Tag, read: Callable[[Tag], str]) -> str:
    """The wording of a clause as its page has it: lines, and cells with a tab between; `read` gives an element's text."""

    def read_lines(tag: Tag) -> str:
        tag = copy(tag)
        for line_break in tag.find_all("br"):
            line_break.replace_with("\n")
        return read(tag)

    lines: list[str] = []
    for part in [target] if target.name == "tr" else paragraphs_of(target):
        rows = [part] if part.name == "tr" else part.find_all("tr")
        paragraphs = part.find_all("p") if part.name == "caption" else [part]
        if rows:
            lines += ["\t".join(map(read_lines, _cells(row))) for row in rows]
        else:
            lines += map(read, paragraphs)
    return "\n".join(lines)


def _cells(row: Tag) -> list[Tag]:
    """The cells of a row; what fills the columns it has none for is none."""
    return row.find_all(lambda tag: tag.name in ("th", "td") and "missing" not in (tag.get("class") or []))
