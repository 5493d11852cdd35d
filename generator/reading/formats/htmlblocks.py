"""What stands in an element of a web page, as blocks: paragraphs, lists with their numbers, tables, pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from generator.reading.formats.counting import shifted
from generator.reading.formats.document import FIGURE, Block, Cell, Table, Tally

Element = Any
"""An element of lxml, which has no types."""

HIDDEN = "网页上不显示的文字"
_CONTROLS = "按钮、分享等网页部件"
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_SILENT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "title",
        "link",
        "meta",
        "object",
        "embed",
        "canvas",
        "svg",
        "math",
    ]
)
_WIDGETS = frozenset(["button", "input", "select", "textarea", "option", "iframe", "audio", "video"])
_SPACE = re.compile(r"[ \t\n\r\f]+")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u2018-\u201d\u2014\u2026"
# The end of a line of the markup between two Chinese characters: browsers show nothing there (CSS Text 3, 4.1.3).
_BROKEN = re.compile(rf"(?<=[{_WIDE}])[ \t\r\f]*\n[ \t\n\r\f]*(?=[{_WIDE}])")
_WIDEST, _HIGHEST = 100, 1000  # columns and rows that a cell may cover


def text_of(element: Element) -> str:
    """All text of an element but that of scripts and styles."""
    return "".join(_texts(element))


def _texts(element: Element) -> Iterator[str]:
    """The pieces of text of an element, in order, without recursion."""
    skipped: Element | None = None
    for event, one in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event == "start":
            if skipped is None and one.tag in _SILENT:
                skipped = one
            if skipped is None and one.text:
                yield one.text
            continue
        if one is skipped:
            skipped = None
        if skipped is None and one is not element and one.tail:
            yield one.tail


@dataclass
class Page:
    """A page being read: what is found on the way."""

    tally: Tally = field(default_factory=Tally)
    figures: int = 0
    nested: int = 0
    struck: int = 0
    apart: frozenset[Element] = frozenset()


class _Writer:
    """Collects the blocks of a container."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._pieces: list[str] = []

    def add(self, text: str) -> None:
        self._pieces.append(text)

    def end(self) -> None:
        """End the paragraph, or the line of it."""
        text = "".join(self._pieces)
        self._pieces.clear()
        text = _SPACE.sub(" ", _BROKEN.sub("", text)).strip()
        if text:
            self.blocks.append(text)

    def put(self, table: Table) -> None:
        self.end()
        self.blocks.append(table)


def blocks_of(box: Element, page: Page) -> list[Block]:
    """The paragraphs and tables in an element; `page` takes the counts of what is left out."""
    writer = _Writer()
    _walk(box, page, writer)
    writer.end()
    return writer.blocks


def _walk(element: Element, page: Page, writer: _Writer) -> None:
    """Add an element's text and what is in it. The parser nests 256 deep at most."""
    ordinal = _Ordinal(element) if element.tag in ("ol", "ul") else None
    if element.text:
        _add_text(element, element.text, writer)
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag:
            _child(child, tag, page, writer, ordinal)
        if child.tail:
            _add_text(element, child.tail, writer)


def _child(child: Element, tag: str, page: Page, writer: _Writer, ordinal: _Ordinal | None) -> None:
    if tag in _SILENT:
        return
    if tag in _WIDGETS or child in page.apart:
        page.tally.add(_CONTROLS, text_of(child))
    elif is_hidden(child):
        page.tally.add(HIDDEN, text_of(child))
    elif tag in ("br", "hr"):
        writer.end()
    elif tag == "img":
        if not _is_tiny(child):
            page.figures += 1
            writer.add(FIGURE)
    elif tag == "table":
        _table(child, page, writer)
    elif tag in ("sup", "sub"):
        writer.add(shifted(text_of(child), up=tag == "sup"))
    elif tag in BLOCKS:
        writer.end()
        if ordinal is not None and tag == "li":
            writer.add(ordinal.next(child))
        _walk(child, page, writer)
        writer.end()
    else:
        if tag in ("s", "strike", "del") and text_of(child).strip():
            page.struck += 1
        _walk(child, page, writer)


def _add_text(element: Element, text: str, writer: _Writer) -> None:
    if element.tag != "pre":
        writer.add(text)
        return
    first, *rest = text.split("\n")
    writer.add(first)
    for line in rest:
        writer.end()
        writer.add(line)


class _Ordinal:
    """The numbers that a browser prints before the members of an ordered list."""

    def __init__(self, element: Element) -> None:
        self._kind = (element.get("type") or "1") if element.tag == "ol" else ""
        style = (element.get("style") or "").replace(" ", "").lower()
        if "list-style:none" in style or "list-style-type:none" in style:
            self._kind = ""
        self._next = _number(element.get("start"), 1)

    def next(self, member: Element) -> str:
        """The number of a member, as it is printed; nothing in a list without numbers."""
        if not self._kind:
            return ""
        number = _number(member.get("value"), self._next)
        self._next = number + 1
        if self._kind in "aA" and 1 <= number <= 26:
            letter = chr(ord("a") + number - 1)
            return f"{letter if self._kind == 'a' else letter.upper()}. "
        return f"{number}. "


def _number(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text.strip()) else default


def is_hidden(element: Element) -> bool:
    """Whether the page says that an element is not shown."""
    style = re.sub(r"\s", "", element.get("style") or "").lower()
    return "display:none" in style or "visibility:hidden" in style or element.get("hidden") is not None


def _is_tiny(image: Element) -> bool:
    """Whether a picture is no figure: a dot that counts visits, an icon of a file."""
    sizes = [image.get(name) or "" for name in ("width", "height")]
    source = (image.get("src") or "").lower()
    return (
        any(re.fullmatch(r"[0-2](?:px)?", size.strip()) for size in sizes)
        or "icon" in source
        or "/fileTypeImages/".lower() in source
    )


def _table(element: Element, page: Page, writer: _Writer) -> None:
    """A table; one of a single column is a frame around text, and its cells are paragraphs."""
    caption = next((text_of(one) for one in element if one.tag == "caption"), "")
    rows = [
        [cell for cell in row if cell.tag in ("td", "th") and not is_hidden(cell)] for row in _rows(element)
    ]
    if all(len(row) <= 1 for row in rows):
        writer.end()
        if caption.strip():
            writer.add(caption)
            writer.end()
        for row in rows:
            for cell in row:
                _walk(cell, page, writer)
                writer.end()
        return
    made = tuple(tuple(_cell(cell, page) for cell in row) for row in rows)
    writer.put(Table(tuple(row for row in made if row), _SPACE.sub(" ", caption).strip()))


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table itself, in the order they are shown: head, bodies, foot."""
    parts = [one for one in table if one.tag in ("thead", "tbody", "tfoot", "tr")]
    order = {"thead": 0, "tfoot": 2}
    for part in sorted(parts, key=lambda one: order.get(one.tag, 1)):
        yield from [part] if part.tag == "tr" else (row for row in part if row.tag == "tr")


def _cell(element: Element, page: Page) -> Cell:
    paragraphs: list[str] = []
    for block in blocks_of(element, page):
        if isinstance(block, Table):
            page.nested += 1
            paragraphs += ["　".join(" ".join(cell.paragraphs) for cell in row) for row in block.rows]
        else:
            paragraphs.append(block)
    rows, columns = (max(1, _number(element.get(name), 1)) for name in ("rowspan", "colspan"))
    return Cell(tuple(paragraphs), min(rows, _HIGHEST), min(columns, _WIDEST))
