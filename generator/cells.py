"""The wording of a table's clauses as cells, and as text on a line.

A wording parts its cells by tabs (generator.model.Clause). Whoever reads it sees cells in a table; where there is no
room for one, `shown` puts a mark between them, so that no two are ever read as one. In the browser,
theme/src/lib/wording.js does the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import IN_TABLES, Clause, Kind

MARK = " │ "
"""What stands between two cells on a line."""

_BETWEEN = re.compile(r"(?<![ \u3000])[ \u3000]*+\t[ \u3000\t]*+")

Span = tuple[int, int]  # start and stop in a wording


@dataclass(frozen=True)
class TableText:
    """Where in the wording of a table its parts stand: the lines of its caption, the cells of each of its head rows."""

    caption: tuple[Span, ...]
    head: tuple[tuple[Span, ...], ...]


def shown(text: str) -> str:
    """A stretch of a wording with a mark between its cells; empty cells leave no mark of their own."""
    return _BETWEEN.sub(MARK, text)


def one_line(text: str) -> str:
    """A wording, or a stretch of one, on one line: white space folded, a mark between cells, none at the edges."""
    return " ".join(shown(text.strip()).split())


def cell_spans(wording: str, start: int = 0, stop: int | None = None) -> Iterator[Span]:
    """Where the cells of a row stand in its wording, or in a line of it; an empty cell is an empty stretch."""
    stop = len(wording) if stop is None else stop
    while (end := wording.find("\t", start, stop)) >= 0:
        yield start, end
        start = end + 1
    yield start, stop


def table_text(clause: Clause) -> TableText:
    """The parts of a table's wording. Its cells, the last of its head rows, end it; a cell may have several lines.

    Lines with tabs before them are further head rows; what stands before these is the caption.
    """
    wording, last = clause.wording, "\t".join(clause.cells)
    start = len(wording) - len(last) if last and wording.endswith(last) else len(wording) + 1
    head = [tuple(cell_spans(wording, start))] if start < len(wording) else []
    above = list(_line_spans(wording, start - 1)) if start else []
    while clause.cells and above and "\t" in wording[slice(*above[-1])]:
        head.insert(0, tuple(cell_spans(wording, *above.pop())))
    return TableText(tuple(above), tuple(head))


def _line_spans(wording: str, stop: int) -> Iterator[Span]:
    """Where the lines of a wording stand, up to `stop`."""
    start = 0
    for line in wording[:stop].split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def column_names(table: Clause) -> list[str]:
    """What the columns of a table are called: the lowest name that its head has for each, on one line.

    A row of the head that has not as many cells as there are columns does not say which it is over: it names none.
    """
    rows = [[one_line(table.wording[start:stop]) for start, stop in row] for row in table_text(table).head]
    whole = [row for row in rows if len(row) == len(rows[-1])]
    return [next(filter(None, reversed(column)), "") for column in zip(*whole, strict=True)]


def apart(clause: Clause) -> list[str]:
    """The texts of a clause that are read apart from each other: caption and cells; of any other clause its wording."""
    if clause.kind not in IN_TABLES:
        return [clause.wording]
    if clause.kind is not Kind.TABLE:
        return [clause.wording[start:stop] for start, stop in cell_spans(clause.wording)]
    parts = table_text(clause)
    spans = [(parts.caption[0][0], parts.caption[-1][1])] if parts.caption else []
    spans += [cell for row in parts.head for cell in row]
    return [clause.wording[start:stop] for start, stop in spans]
