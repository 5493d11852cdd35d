"""What a reader of a format returns: the paragraphs, tables and pages of an original, and what is to be said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

PAGE = "\f"
"""Where a page begins, in a paragraph or between two: the form feed, as a text printed by a program has it."""

_SAMPLE = 60  # characters of what was left out that a report shows

FIGURE = "\ufffc"
"""A picture in its place in a paragraph (OBJECT REPLACEMENT CHARACTER)."""


@dataclass(frozen=True)
class Cell:
    """One cell of a table: its paragraphs, and how many rows and columns it covers."""

    paragraphs: tuple[str, ...] = ()
    rows: int = 1
    columns: int = 1

    @property
    def text(self) -> str:
        """The paragraphs, a line each."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True)
class Table:
    """A table: its rows, each of the cells that begin in it. `caption`: a line above that the format itself ties to it."""

    rows: tuple[tuple[Cell, ...], ...]
    caption: str = ""


Block = str | Table
"""A paragraph (`PAGE` and `FIGURE` in their places; line feeds where the print breaks it by intent), or a table."""


@dataclass(frozen=True)
class LeftOut:
    """What stands in an original and is no text of the document, such as menus, headers and comments."""

    reason: str  # in Chinese, as the report says it
    text: str  # as much of it as a person needs to recognise it
    characters: int
    pieces: int = 1


@dataclass(frozen=True)
class Attachment:
    """A file that an original links to as its attachment (附件)."""

    name: str
    address: str


@dataclass(frozen=True)
class Extracted:
    """An original as it was read."""

    media_type: str
    reader: str  # what read it, with its version: "lxml 6.1.3"
    text: str  # of the source: plain text as it stands, or Markdown that `sourcetext` made of blocks
    suffix: str = ".md"  # of the source
    pages: int | None = None  # None where the format has none
    left_out: tuple[LeftOut, ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)  # 索引号, 发文字号 …
    address: str | None = None  # where it was published
    attachments: tuple[Attachment, ...] = ()
    assumed: tuple[
        str, ...
    ] = ()  # how it was taken: its encoding, its container — a sentence in Chinese each
    doubts: tuple[str, ...] = ()  # what an editor should look at
    hint: str | None = None  # the title in the file's own properties, which is often that of another document
    whole_paragraphs: bool = False  # whether it is known that every paragraph stands on one line
    recognised: bool = False  # whether the text was recognised in pictures and is not checked
    verbatim: bool = False  # whether the original is text in UTF-8: it is a source as it stands


class Tally:
    """Counts what is left out, by reason."""

    def __init__(self) -> None:
        self._found: dict[str, list[str]] = {}

    def add(self, reason: str, text: str) -> None:
        """Note a piece that is left out; white space alone is not noted."""
        flat = " ".join(text.split())
        if flat:
            self._found.setdefault(reason, []).append(flat)

    def left_out(self) -> tuple[LeftOut, ...]:
        """What was noted, a reason at a time."""
        return tuple(
            LeftOut(reason, _shortened(pieces), sum(map(_weight, pieces)), len(pieces))
            for reason, pieces in self._found.items()
        )


def _weight(text: str) -> int:
    """Characters but white space."""
    return len("".join(text.split()))


def _shortened(pieces: Sequence[str]) -> str:
    text = "　".join(dict.fromkeys(pieces))
    return text if len(text) <= _SAMPLE else f"{text[: _SAMPLE - 1]}…"
