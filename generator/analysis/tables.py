"""What stands in a table, for the layers that read text: which cells, under which columns, below which headings.

A cell is read by itself: no office, quantity or reference runs on from one cell into the next. The head names the
columns; a row of another number of cells has none that are certain. A caption or group (二、获得电力) is a heading over
the rows below it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType

from generator.cells import Span, cell_spans, column_names
from generator.model import Clause, Kind, Policy

_OF_CELLS = frozenset((Kind.TABLE, Kind.ROW))

_BRACKETS = re.compile(r"[（(〔\[［][^（()）〔〕\[\]［］]*[）)〕\]］]")
_SERIAL = re.compile(r"[（(]?(?:\d{1,4}|[一二三四五六七八九十百]{1,4})[）)]?[.．、]?")
_SERIAL_COLUMNS = ("序号", "编号", "项次", "序", "号")
_NOTHING = re.compile(r"[-—－–/／\\、.。…*＊\s]*|无|暂无|不涉及|空")


@dataclass(frozen=True)
class Cell:
    """A stretch of a wording that is read by itself: a cell of a row, or the whole of another clause.

    `column` is the name of its column as printed, without white space; empty where that is not certain.
    """

    start: int
    stop: int
    text: str
    column: str = ""

    @property
    def column_name(self) -> str:
        """The name of the column without its brackets: 办理时限 of 办理时限（工作日）."""
        return _BRACKETS.sub("", self.column)

    @property
    def column_unit(self) -> str:
        """What stands in brackets in the name of the column: 工作日 of 办理时限（工作日）; empty for nothing."""
        found = _BRACKETS.search(self.column)
        return found[0][1:-1].removeprefix("单位：").removeprefix("单位:") if found else ""

    @property
    def says_nothing(self) -> bool:
        """Whether the cell is empty, or filled with what stands for nothing: —, /, 无."""
        return _NOTHING.fullmatch(self.text.strip()) is not None

    @property
    def is_serial(self) -> bool:
        """Whether the cell only numbers its row."""
        return self.column in _SERIAL_COLUMNS or _SERIAL.fullmatch(self.text.strip()) is not None


class Tables:
    """The tables of one policy: the cells of every clause, and what the rows stand under."""

    def __init__(self, policy: Policy) -> None:
        self._clauses = policy.by_anchor
        self._columns = MappingProxyType(
            {
                clause.anchor: tuple("".join(name.split()) for name in column_names(clause))
                for clause in policy.clauses
                if clause.kind is Kind.TABLE
            }
        )
        self._continued = dict(self._continuations(policy))

    def cells(self, clause: Clause) -> tuple[Cell, ...]:
        """The stretches of a clause's wording that are read apart, in order; one, the whole, outside rows and heads."""
        if clause.kind not in _OF_CELLS:
            return (Cell(0, len(clause.wording), clause.wording),)
        stretches = _stretches(clause)
        columns = self._columns_of(clause) if clause.kind is Kind.ROW else ()
        if len(columns) != len(stretches):
            columns = ("",) * len(stretches)
        return tuple(
            Cell(start, stop, clause.wording[start:stop], column)
            for (start, stop), column in zip(stretches, columns, strict=True)
        )

    def continued(self, clause: Clause) -> str | None:
        """The anchor of the row above that a row goes on with, of which it is a further part; None for none.

        An empty cell alone does not say that it is merged with the one above. What says so is a table whose rows
        are numbered and a row that has no number: it has none because the number above is its own too.
        """
        return self._continued.get(clause.anchor)

    def _columns_of(self, clause: Clause) -> tuple[str, ...]:
        """The names of the columns of the table that a row stands in; empty where it has no head."""
        above = clause.parent
        while above is not None and above in self._clauses:
            if above in self._columns:
                return self._columns[above]
            above = self._clauses[above].parent if self._clauses[above].kind is Kind.GROUP else None
        return ()

    def _continuations(self, policy: Policy) -> dict[str, str]:
        found: dict[str, str] = {}
        before: Clause | None = None
        for clause in policy.clauses:
            if clause.kind is not Kind.ROW:
                before = None
                continue
            if before is not None and before.parent == clause.parent:
                first = self.cells(clause)[0]
                numbered = self.cells(before)[0]
                unnumbered = not first.text.strip() and first.column in _SERIAL_COLUMNS
                if unnumbered and (numbered.text.strip() or before.anchor in found):
                    found[clause.anchor] = before.anchor
            before = clause
        return found


def cell_start(clause: Clause, offset: int) -> int:
    """Where the cell begins that a place of a wording stands in; outside tables the wording itself."""
    return clause.wording.rfind("\t", 0, offset) + 1 if clause.kind in _OF_CELLS else 0


def heading_of(clause: Clause) -> str | None:
    """What stands over the clauses below as their heading: the title; the caption of a table; the text of a group."""
    if clause.title is not None:
        return clause.title
    if clause.kind is Kind.GROUP:
        return clause.wording.strip()[len(clause.label or "") :].strip() or None
    if clause.kind is Kind.TABLE:
        lines = clause.wording.split("\n")
        caption = [line for line in lines if "\t" not in line and line.strip()]
        return caption[0].strip() if caption and len(lines) > 1 else None
    return None


def _stretches(clause: Clause) -> list[Span]:
    """Where the cells of a clause of a table stand in its wording; of a table, its caption too."""
    if clause.kind is not Kind.TABLE:
        return list(cell_spans(clause.wording))
    spans: list[Span] = []
    start = 0
    for line in clause.wording.split("\n"):
        spans += cell_spans(clause.wording, start, start + len(line))
        start += len(line) + 1
    return spans
