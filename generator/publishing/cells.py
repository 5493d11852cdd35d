"""The wording of a table's clauses as cells, and as text on a line.

A wording parts its cells by tabs (generator.model.Clause). Whoever reads it sees cells in a table; where there is no
room for one, `shown` puts a mark between them, so that no two are ever read as one. assets/cells.js does the same in
the browser.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import Clause, Kind

IN_TABLES = frozenset({Kind.TABLE, Kind.GROUP, Kind.ROW})
"""The kinds of clauses whose wording has cells."""

MARK = " │ "
"""What stands between two cells on a line."""

_BETWEEN = re.compile(r"[ \u3000]*\t[ \u3000\t]*")
# att_1__table_2__tr_3: up to the table
_TABLE = re.compile(r"(?:.*__)?table_\d+(?=__|$)")

Span = tuple[int, int]  # start and stop in a wording


@dataclass(frozen=True)
class TableText:
    """Where in the wording of a table its parts stand: the lines of its caption, the cells of each head row."""

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
    """The parts of a table's wording: its last lines with tabs are its head, what stands before is its caption.

    The head of a table with a single column has no tab: it is the last line, the name of that column.
    """
    lines: list[Span] = []
    start = 0
    for line in clause.wording.split("\n"):
        lines.append((start, start + len(line)))
        start += len(line) + 1
    first = len(lines)
    while first and "\t" in clause.wording[slice(*lines[first - 1])]:
        first -= 1
    if first == len(lines) and clause.cells and clause.wording[slice(*lines[-1])] == clause.cells[-1]:
        first -= 1
    head = tuple(tuple(cell_spans(clause.wording, *line)) for line in lines[first:])
    return TableText(tuple(lines[:first]), head)


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


def table_anchor(anchor: str) -> str | None:
    """The anchor of the table that the anchor of a row, a group or a table is of; None where it names no table."""
    match = _TABLE.match(anchor)
    return match[0] if match else None
