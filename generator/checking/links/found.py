"""What is found in a document: a link, and where in the document it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Unit = Literal["line", "page", "paragraph"]
Form = Literal["link", "printed", "inventory"]


@dataclass(frozen=True)
class Spot:
    """Where in its document a link stands; numbers start at 1.

    A line of a text format, a page of a PDF, a paragraph of a Word document. Paragraphs are counted through each
    part of the document by itself (text, header, footnotes …), those in tables and empty ones included; since no
    word processor shows that number, the beginning of the paragraph goes with it.
    """

    unit: Unit
    number: int
    part: str | None = None  # of a Word document: 页眉, 页脚, 脚注, 尾注, 批注; None for the text itself
    beginning: str | None = None  # of the paragraph, cut short

    def __str__(self) -> str:
        if self.unit == "line":
            return f":{self.number}"
        if self.unit == "page":
            return f" 第{self.number}页"
        quote = f"“{self.beginning}”" if self.beginning else ""
        return f" {self.part or ''}第{self.number}段{quote}"


@dataclass(frozen=True)
class Link:
    """One link as its document has it, entities and escapes of the format undone.

    `form`: an active link, an address that is merely printed, or a name to be looked up in an inventory
    (objects.inv). `longer` holds what a printed address is when the lines below it, where the page broke it, belong
    to it.
    """

    target: str
    spot: Spot
    form: Form = "link"
    longer: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What was read of one document: its links, and why that is not all of them, where it is not."""

    links: tuple[Link, ...] = ()
    problem: str | None = None  # a sentence in Chinese


def without_repeats(links: Iterable[Link]) -> tuple[Link, ...]:
    """The links, each address once a place: an address printed as the text of its own link is one link."""
    first: dict[tuple[str, Spot], Link] = {}
    for link in links:
        first.setdefault((link.target, link.spot), link)
    return tuple(first.values())
