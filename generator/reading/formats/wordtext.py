"""The text of a Word document's body: runs, fields, notes, revisions, tables, text boxes (ECMA-376, 17.3–17.4, 17.13, 17.16)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from generator.reading.formats.counting import circled, shifted
from generator.reading.formats.document import FIGURE, Block, Cell, Table, Tally
from generator.reading.formats.wordnumbers import Numbering
from generator.reading.formats.wordstyles import Styles
from generator.reading.formats.wordxml import (
    Element,
    attribute,
    child,
    is_word,
    local,
    number_of,
    on,
    value_of,
)

_SAMPLE = 30  # characters of a revision that are shown
_THROUGH = frozenset(
    [
        "ins",
        "moveTo",
        "hyperlink",
        "smartTag",
        "sdt",
        "sdtContent",
        "customXml",
        "fldSimple",
        "dir",
        "bdo",
        "oMathPara",
        "oMath",
        "ruby",
        "rubyBase",
    ]
)
_GONE = frozenset(["del", "moveFrom"])
# 带圈字符: EQ \o\ac(○,1)
_RINGED = re.compile(r"EQ\s*\\o\s*\\ac\s*[（(]\s*[○〇]\s*[,，]\s*(\d{1,2})\s*[)）]", re.I)
_SIGNS = {"br": "\n", "cr": "\n", "tab": "\t", "ptab": "\t", "noBreakHyphen": "-"}
_WINGDINGS = {0xA8: "□", 0x6F: "□", 0xFE: "☑", 0x52: "☑", 0xFD: "☒", 0xFC: "✓", 0x71: "□"}
_TOC = re.compile(r"toc \d|目录 ?\d")
_PAGE_NUMBER = re.compile(r"\t[^\S\t]*\d{1,4}$")
_DEEPEST = 60  # tables and text boxes within each other


@dataclass
class _Field:
    """A complex field that has begun."""

    instruction: str = ""
    separated: bool = False


@dataclass
class Findings:
    """What a person should be told of a document."""

    tally: Tally = field(default_factory=Tally)
    revisions: list[str] = field(default_factory=list)
    notes: int = 0
    boxes: int = 0
    nested: int = 0
    formulas: int = 0
    embedded: int = 0
    figures: int = 0
    hidden: int = 0


@dataclass
class _Paragraph:
    """A paragraph being read: its number, its text, and what is anchored in it."""

    number: str = ""
    text: str = ""
    after: list[Block] = field(default_factory=list)  # text boxes and notes
    contents: bool = False  # whether it is a line of a 目录


class Body:
    """Reads the body of a document. `notes`: the text of each footnote and endnote, by kind and id."""

    def __init__(
        self, styles: Styles, numbering: Numbering, notes: Mapping[tuple[str, str], Element]
    ) -> None:
        self.found = Findings()
        self._styles = styles
        self._numbering = numbering
        self._notes = notes
        self._fields: list[_Field] = []
        self._depth = 0

    def blocks(self, container: Element) -> list[Block]:
        """The paragraphs and tables in an element, in order."""
        self._depth += 1
        result: list[Block] = []
        held: _Paragraph | None = None  # its mark is deleted: the next paragraph goes on with it
        if self._depth <= _DEEPEST:
            for element in _flat(container):
                if local(element) == "tbl":
                    result += self._table(element)
                    continue
                paragraph = self._paragraph(element, held)
                held = paragraph if _is_gone(child(child(element, "pPr"), "rPr")) else None
                if held is None:
                    result += _finished(paragraph)
            if held is not None:
                result += _finished(held)
        self._depth -= 1
        return result

    def _paragraph(self, element: Element, held: _Paragraph | None) -> _Paragraph:
        properties = child(element, "pPr")
        style = value_of(child(properties, "pStyle")) or self._styles.default
        paragraph = held or _Paragraph(contents=bool(_TOC.fullmatch(self._styles.name(style))))
        text = paragraph.text
        self._inline(element, paragraph, self._styles.hides(style))
        mark = child(child(properties, "rPr"), "vanish")
        if on(mark) and paragraph.text == text:
            return paragraph  # hidden with its number
        if _is_gone(child(properties, "rPr")) and not paragraph.text:
            return paragraph  # deleted with its number
        if held is None or not held.number:
            paragraph.number = paragraph.number or self._number(properties, style)
        return paragraph

    def _number(self, properties: Element | None, style: str) -> str:
        numbers = child(properties, "numPr")
        own = child(numbers, "numId")
        level = child(numbers, "ilvl")
        inherited = self._styles.numbering(style)
        if own is not None:
            list_id, index, owner = value_of(own), value_of(level) or "0", ""
        elif inherited is not None:
            list_id, index_or_none, owner = inherited
            index = value_of(level) or index_or_none or str(self._numbering.level_of_style(list_id, owner))
        else:
            return ""
        return self._numbering.next(list_id, int(index) if index.isdecimal() and len(index) < 3 else 0)

    def _inline(self, element: Element, paragraph: _Paragraph, hidden: bool) -> None:
        """Add what stands in a paragraph, or in a part of one."""
        for one in element:
            name = local(one)
            if name in _GONE:
                self._note_revision("删除", one)
            elif name in _THROUGH:
                if name in ("ins", "moveTo"):
                    self._note_revision("插入", one)
                if name == "oMath":
                    self.found.formulas += 1
                if name == "sdt" and child(child(one, "sdtPr"), "showingPlcHdr") is not None:
                    self.found.tally.add("空白控件的提示文字", _plain(one))
                    continue
                self._inline(one, paragraph, hidden)
            elif name == "r":
                self._run(one, paragraph, hidden)
            elif name == "AlternateContent":
                self._inline(_chosen(one), paragraph, hidden)

    def _run(self, run: Element, paragraph: _Paragraph, hidden: bool) -> None:
        properties = child(run, "rPr")
        vanish = child(properties, "vanish")
        style = value_of(child(properties, "rStyle"))
        hidden = on(vanish) if vanish is not None else hidden or bool(style and self._styles.hides(style))
        lift = value_of(child(properties, "vertAlign"))
        for one in run:
            text = self._piece(one, paragraph)
            if text and hidden:
                self.found.hidden += 1
                self.found.tally.add("隐藏文字", text)
            elif text:
                paragraph.text += (
                    shifted(text, up=lift == "superscript") if lift in ("superscript", "subscript") else text
                )

    def _piece(self, one: Element, paragraph: _Paragraph) -> str:
        """What an element of a run prints."""
        name = local(one)
        if name == "fldChar":
            return self._field_mark(number_of(one, "fldCharType"))
        if name == "instrText":
            if self._fields and not self._fields[-1].separated:
                self._fields[-1].instruction += one.text or ""
            return ""
        if any(not open_.separated for open_ in self._fields):
            return ""  # inside the instruction of a field
        if name == "t":
            return one.text or ""
        if name in _SIGNS:
            return "" if number_of(one, "type") in ("page", "column") else _SIGNS[name]
        if name == "sym":
            return _symbol(number_of(one, "char"))
        if name in ("footnoteReference", "endnoteReference"):
            return self._note(name.removesuffix("Reference"), one, paragraph)
        if name in ("drawing", "pict", "object"):
            return self._drawing(one, name, paragraph)
        if name == "ruby":
            return _plain(child(one, "rubyBase")) if child(one, "rubyBase") is not None else ""
        if name == "AlternateContent":
            return "".join(self._piece(part, paragraph) for part in _chosen(one))
        return ""

    def _field_mark(self, kind: str) -> str:
        """A mark of a complex field; a field without a result may print something all the same (带圈字符)."""
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].separated = True
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            ringed = _RINGED.search(ended.instruction)
            if ringed and not ended.separated:
                return circled(int(ringed[1]))
        return ""

    def _note(self, kind: str, reference: Element, paragraph: _Paragraph) -> str:
        """The raised number of a note; its text goes below the paragraph."""
        element = self._notes.get((kind, number_of(reference, "id")))
        if element is None:
            return ""
        self.found.notes += 1
        number = attribute(reference, "customMarkFollows")
        mark = "" if number else shifted(str(self.found.notes), up=True)
        texts = [block for block in self.blocks(element) if isinstance(block, str)]
        paragraph.after += [f"{mark if at == 0 else ''}{text}" for at, text in enumerate(texts)]
        return mark

    def _drawing(self, element: Element, name: str, paragraph: _Paragraph) -> str:
        """A picture, or a text box whose paragraphs go below."""
        boxes = [one for one in element.iter() if local(one) == "txbxContent" and is_word(one)]
        for box in boxes:
            if any(local(above) == "Fallback" for above in box.iterancestors()):
                continue
            blocks = self.blocks(box)
            self.found.boxes += bool(blocks)
            paragraph.after += blocks
        if boxes:
            return ""
        if name == "object":
            self.found.embedded += 1
            return FIGURE
        if any(local(one) in ("blip", "imagedata") for one in element.iter()):
            self.found.figures += 1
            return FIGURE
        return ""

    def _note_revision(self, what: str, element: Element) -> None:
        text = _plain(element)
        if text.strip():
            shown = text if len(text) <= _SAMPLE else f"{text[: _SAMPLE - 1]}…"
            who = number_of(element, "author")
            self.found.revisions.append(f"{what}“{shown}”" + (f"（{who}）" if who else ""))
            if what == "删除":
                self.found.tally.add("修订中删除的文字", text)

    def _table(self, element: Element) -> list[Block]:
        """A table; one of a single column is a frame around text, and its cells are paragraphs."""
        grid: list[list[_Placed]] = []
        for row in _flat(element, "tr"):
            properties = child(row, "trPr")
            if _is_gone(properties):
                self._note_revision("删除", row)
                continue
            if on(child(properties, "hidden")):
                self.found.hidden += 1
                self.found.tally.add("隐藏文字", _plain(row))
                continue
            grid.append(self._row(row, properties))
        if all(len(row) <= 1 for row in grid):
            return [block for row in grid for placed in row for block in placed.blocks]
        _merge(grid)
        rows = tuple(tuple(self._cell(placed) for placed in row if not placed.covered) for row in grid)
        return [Table(tuple(row for row in rows if row))]

    def _row(self, row: Element, properties: Element | None) -> list[_Placed]:
        placed: list[_Placed] = []
        column = _count(child(properties, "gridBefore"), 0)
        if column:
            placed.append(_Placed(0, column))
        for cell in _flat(row, "tc"):
            inside = child(cell, "tcPr")
            if child(inside, "cellDel") is not None:
                self._note_revision("删除", cell)
                continue
            columns = _count(child(inside, "gridSpan"), 1)
            merged = child(inside, "vMerge")
            horizontal = child(inside, "hMerge")
            if horizontal is not None and value_of(horizontal) != "restart" and placed:
                placed[-1].columns += columns
                placed[-1].blocks += self.blocks(cell)
            else:
                goes_on = merged is not None and value_of(merged) != "restart"
                placed.append(_Placed(column, columns, self.blocks(cell), continues=goes_on))
            column += columns
        return placed

    def _cell(self, placed: _Placed) -> Cell:
        paragraphs: list[str] = []
        for block in placed.blocks:
            if isinstance(block, Table):
                self.found.nested += 1
                paragraphs += ["　".join(" ".join(cell.paragraphs) for cell in row) for row in block.rows]
            else:
                paragraphs.append(block)
        return Cell(tuple(paragraphs), placed.rows, placed.columns)


@dataclass
class _Placed:
    """A cell in its place in the grid of a table."""

    column: int
    columns: int
    blocks: list[Block] = field(default_factory=list)
    continues: bool = False  # whether it belongs to the cell above
    rows: int = 1
    covered: bool = False


def _merge(grid: list[list[_Placed]]) -> None:
    """Give the cells that span rows their height; what stands in a covered one goes into the first."""
    above: dict[int, _Placed] = {}
    for row in grid:
        for placed in row:
            top = above.get(placed.column)
            if placed.continues and top is not None and top.columns == placed.columns:
                top.rows += 1
                top.blocks += placed.blocks
                placed.covered = True
            else:
                above[placed.column] = placed


def _flat(element: Element, name: str | None = None) -> Iterator[Element]:
    """The paragraphs and tables (or the elements of a name) below, through what only wraps them."""
    wanted = (name,) if name else ("p", "tbl")
    for one in element:
        kind = local(one)
        if kind in wanted and is_word(one):
            yield one
        elif kind in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"):
            yield from _flat(one, name)
        elif kind == "AlternateContent":
            yield from _flat(_chosen(one), name)


def _chosen(alternatives: Element) -> Element:
    """What a new Word shows of two alternatives."""
    choice = child(alternatives, "Choice")
    fallback = child(alternatives, "Fallback")
    return choice if choice is not None else fallback if fallback is not None else []


def _is_gone(properties: Element | None) -> bool:
    """Whether a paragraph mark or a row is deleted in an open revision."""
    return child(properties, "del") is not None or child(properties, "moveFrom") is not None


def _finished(paragraph: _Paragraph) -> list[Block]:
    """A paragraph as blocks: its text with its number, then what is anchored in it."""
    text = paragraph.text
    if paragraph.contents or _PAGE_NUMBER.search(text):
        text = text.replace("\t", "　")
    text = text.strip()
    if not text and not paragraph.number.strip():
        return list(paragraph.after)
    return [f"{paragraph.number}{text}".strip(), *paragraph.after]


def _plain(element: Element) -> str:
    """The text of an element, whatever becomes of it."""
    return "".join(one.text or "" for one in element.iter() if local(one) in ("t", "delText") and one.text)


def _symbol(code: str) -> str:
    """A character of a symbol font: the boxes and ticks of forms as themselves, another as its private code."""
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return _WINGDINGS.get(
        number & 0xFF, chr(number) if 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE else ""
    )


def _count(element: Element | None, default: int) -> int:
    text = value_of(element)
    return min(int(text), 100) if text.isdecimal() and len(text) < 5 else default
