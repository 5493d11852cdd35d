"""Ruled tables of PDF pages: cells by pdfplumber from the lines that are drawn, their text from PDFium's characters."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import pdfplumber

from generator.reading.formats.document import PAGE, Cell, Table, Tally
from generator.reading.formats.pdfchars import Char, PageText
from generator.reading.formats.pdflines import Line, line_text, rows_of

_NEAR = 3.0  # points that two rules at one place may differ by
_MOST_RULES = 20_000  # on a page: a drawing, no table
_HEAD = "续表里重复的表头"


@dataclass(frozen=True)
class Box:
    """A rectangle on a page, in points from the upper left corner."""

    x0: float
    top: float
    x1: float
    bottom: float

    def holds(self, one: Char) -> bool:
        """Whether the middle of a character stands in it."""
        return self.x0 <= (one.x0 + one.x1) / 2 <= self.x1 and self.top <= one.middle <= self.bottom


@dataclass(frozen=True)
class Ruled:
    """A table on one page: where it stands, where its columns are, and its rows."""

    page: int
    box: Box
    columns: tuple[float, ...]
    table: Table


def ruled_tables(data: bytes, pages: Sequence[PageText]) -> list[Ruled]:
    """The ruled tables of all pages, of two columns and more. A single frame around text is none."""
    found: list[Ruled] = []
    ruled = [
        number for number, page in enumerate(pages) if page.rules >= 4 and page.chars and not page.quarter
    ]
    if not ruled:
        return found
    with pdfplumber.open(io.BytesIO(data)) as document:
        for number in ruled:
            page = document.pages[number]
            if len(page.lines) + len(page.rects) + len(page.curves) <= _MOST_RULES:
                tables = (
                    _ruled(table.cells, pages[number].chars, number + 1) for table in page.find_tables()
                )
                found += [table for table in tables if table is not None]
            page.close()
    return found


def _ruled(
    cells: Sequence[tuple[float, float, float, float]], chars: Sequence[Char], page: int
) -> Ruled | None:
    """A table of the cells that rules enclose; None for one of a single column or row, or without text."""
    xs, ys = (_places(one for cell in cells for one in (cell[at], cell[at + 2])) for at in (0, 1))
    if len(xs) < 3 or len(ys) < 3:
        return None
    box = Box(xs[0], ys[0], xs[-1], ys[-1])
    inside = [one for one in chars if box.holds(one)]
    rows: list[list[tuple[int, Cell]]] = [[] for _ in ys[1:]]
    held = 0
    for x0, top, x1, bottom in cells:
        own = [one for one in inside if Box(x0, top, x1, bottom).holds(one)]
        held += len(own)
        first, last = _index(xs, x0), _index(xs, x1)
        above, below = _index(ys, top), _index(ys, bottom)
        paragraphs = _paragraphs(own, x0, x1)
        rows[above].append((first, Cell(paragraphs, max(1, below - above), max(1, last - first))))
    if not inside or held != len(inside):
        return None  # characters on a rule or between cells: better lines than a table that lacks one
    made = tuple(tuple(cell for _, cell in sorted(row, key=lambda one: one[0])) for row in rows)
    return Ruled(page, box, tuple(xs), Table(tuple(row for row in made if row)))


def _places(values: object) -> list[float]:
    """Places without those that are the same but for the width of a rule."""
    result: list[float] = []
    for value in sorted(values):  # type: ignore[call-overload]
        if not result or value - result[-1] > _NEAR:
            result.append(value)
    return result


def _index(places: Sequence[float], value: float) -> int:
    return min(range(len(places)), key=lambda at: abs(places[at] - value))


def _paragraphs(chars: Sequence[Char], x0: float, x1: float) -> tuple[str, ...]:
    """The paragraphs of a cell: its lines are joined where one is full, as the cell broke it."""
    lines = [tuple(row) for row in rows_of(chars)]
    if not lines:
        return ()
    right = max(line[-1].x1 for line in lines)
    left = min(line[0].x0 for line in lines)
    centred = (
        any(line[0].x0 - left > 0.6 * line[0].em for line in lines[1:]) or right < x1 - 3 * lines[0][0].em
    )
    texts = [line_text(lines[0])]
    for before, line in pairwise(lines):
        size = before[-1].em
        narrow = right - x0 > 0 and centred and len(lines) <= 4 and all(len(one) < 12 for one in lines)
        full = before[-1].x1 > right - 1.1 * size
        indented = line[0].x0 > left + 1.2 * size and not centred
        if narrow or (full and not indented):
            space = (
                " " if before[-1].text.isascii() and line[0].text.isascii() and line[0].text.isalpha() else ""
            )
            texts[-1] += space + line_text(line)
        else:
            texts.append(line_text(line))
    return tuple(texts)


def joined_tables(items: Sequence[Line | Ruled], tally: Tally) -> list[Line | Table]:
    """Lines and tables in order; a table that goes on at the head of the next page is one, its repeated head left out."""
    result: list[Line | Table] = []
    last: Ruled | None = None
    page = 1
    for item in items:
        if isinstance(item, Line):
            result.append(item)
            last, page = None, max(page, item.page)
            continue
        turned = PAGE * (item.page - page)
        page = max(page, item.page)
        goes_on = (
            last is not None
            and item.page == last.page + 1
            and len(item.columns) == len(last.columns)
            and all(
                abs(one - other) < 2 * _NEAR for one, other in zip(item.columns, last.columns, strict=True)
            )
        )
        rows = item.table.rows
        if goes_on and isinstance(result[-1], Table):
            before = result[-1].rows
            if rows and _texts(rows[0]) == _texts(before[0]) and len(rows) > 1:
                tally.add(_HEAD, "　".join(_texts(rows[0])))
                rows = rows[1:]
            result[-1] = Table((*before, *_marked(rows, turned)))
        else:
            result.append(Table(_marked(rows, turned)))
        last = item
    return result


def _texts(row: Sequence[Cell]) -> list[str]:
    return [cell.text for cell in row]


def _marked(rows: tuple[tuple[Cell, ...], ...], mark: str) -> tuple[tuple[Cell, ...], ...]:
    """The rows with the mark of a page at the head of the first."""
    if not mark or not rows or not rows[0]:
        return rows
    first, *others = rows[0]
    paragraphs = (f"{mark}{first.paragraphs[0]}", *first.paragraphs[1:]) if first.paragraphs else (mark,)
    return ((replace(first, paragraphs=paragraphs), *others), *rows[1:])
