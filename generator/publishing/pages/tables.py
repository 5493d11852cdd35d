"""A table of a policy as a table of its page: caption, head, rows by group, each cell with what stands off from it.

Which width a column needs is told by classes, for the page's policy allows no style in an element: the style sheet
has `short`, `middle`, `long` and `longest`. A table that fits beside the contents needs no scrolling there, and its
head stays in sight. One too wide for a sheet of paper breaks its words there. `unbroken` is a cell with a long run of
letters, `label` one with a 序号, `number` one of a column of numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from markupsafe import Markup

from generator.cells import Span, cell_spans, one_line, table_text
from generator.model import Clause, Kind
from generator.publishing.pages.layers import Layers

# 12   1,234.5   85%   —
_NUMBER = re.compile(r"[<>≤≥±+\-－]?\d[\d,，]*(?:\.\d+)?\s*[%％‰]?|[—–\-/]{1,2}")
_UNBROKEN = re.compile(r"[!-~]+")  # what a browser does not break: Latin letters, digits
_NARROW = 0.55  # em: a digit or a Latin letter
# By the longest cell of a column, in em: its class, and how wide components/clause-table.css has it at the least in a table that fits.
_WIDTHS = ((6.0, "short", 0.0), (30.0, "middle", 5.0), (80.0, "long", 8.0), (float("inf"), "longest", 11.0))
_LONGEST_RUN = 9.0  # em; of a longer run (an address) a line may end anywhere
_EDGES = 1.2  # em that a column has beside its text
_ROOM = 38.0  # em, at the least, beside the contents on a screen wide enough to have them
_SHEET = 62.0  # em of small type across a sheet of A4


@dataclass(frozen=True)
class Cell:
    """A cell as HTML. A head cell without text heads nothing."""

    html: Markup
    head: bool
    classes: str = ""


@dataclass(frozen=True)
class Row:
    """A row, or a group's row, with its clause; `missing`: how many columns it has no cell for, at the right."""

    clause: Clause
    cells: tuple[Cell, ...]
    missing: int


@dataclass(frozen=True)
class Section:
    """The rows below one group; those of no group stand in a section of their own."""

    group: Row | None
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Table:
    """A table as its page has it. `clause` is None for one without caption and head."""

    clause: Clause | None
    name: str  # by which it is told apart on its page
    caption: tuple[Markup, ...]
    head: tuple[tuple[Cell, ...], ...]
    sections: tuple[Section, ...]
    width: int  # in columns
    least: float  # the least width, in em, at which no number is broken

    @property
    def fits(self) -> bool:
        """Whether it surely fits beside the contents."""
        return self.least <= _ROOM

    @property
    def is_wide(self) -> bool:
        """Whether it may not fit on a sheet of paper."""
        return self.least > _SHEET


def make_table(clauses: Sequence[Clause], name: str, layers: Callable[[Clause], Layers]) -> Table:
    """The table that consecutive clauses of a policy are: table (where there is one), groups and rows.

    `name` is how the table is cited; `layers` gives the layers of a clause, written as HTML.
    """
    own = next((clause for clause in clauses if clause.kind is Kind.TABLE), None)
    below = [clause for clause in clauses if clause.kind is not Kind.TABLE]
    text = table_text(own) if own else None
    heads = [[_text(own, span) for span in row] for row in text.head] if own and text else []
    columns = list(_columns([*heads, *(_texts(one) for one in below if one.kind is Kind.ROW)]))
    labelled = any(one.label for one in below)
    numbers = [_is_number(one) and not (labelled and place == 0) for place, one in enumerate(columns)]
    maker = _Maker(layers, [_width_class(column) for column in columns], numbers)
    caption = tuple(Markup(maker.html(own, span)) for span in text.caption) if own and text else ()
    if caption and own and text:
        name = f"{name}：{one_line(own.wording[text.caption[0][0] : text.caption[-1][1]])}"
    return Table(
        own,
        name,
        caption,
        tuple(maker.head(own, row) for row in text.head) if own and text else (),
        tuple(_sections(below, maker, first=not heads)),
        max(1, len(columns)),
        sum(map(_least, columns)),
    )


class _Maker:
    """Makes the cells of one table."""

    def __init__(
        self, layers: Callable[[Clause], Layers], widths: Sequence[str], numbers: Sequence[bool]
    ) -> None:
        self._layers = layers
        self._widths = widths
        self._numbers = numbers

    def html(self, clause: Clause, span: Span) -> str:
        """A stretch of a clause with its layers."""
        start, stop = span
        return self._layers(clause).shown(start, stop).strip()

    def head(self, clause: Clause, spans: Sequence[Span]) -> tuple[Cell, ...]:
        """A head row."""
        return tuple(self._cells(clause, spans, first=True, head=True))

    def row(self, clause: Clause, *, first: bool) -> Row:
        """A row. `first`: it is the first of a table without a head, and so gives the columns their widths."""
        spans = list(cell_spans(clause.wording))
        cells = tuple(self._cells(clause, spans, first=first, head=False))
        return Row(clause, cells, max(0, len(self._widths) - len(cells)))

    def group(self, clause: Clause) -> Row:
        """The row of a group: its text across the whole width."""
        html = "　".join(filter(None, (self.html(clause, span) for span in cell_spans(clause.wording))))
        return Row(clause, (Cell(_targets(clause) + Markup(html), head=True),), 0)

    def _cells(self, clause: Clause, spans: Sequence[Span], *, first: bool, head: bool) -> Iterator[Cell]:
        shown = self._layers(clause).shown
        for column, (start, stop) in enumerate(spans):
            html = Markup(shown(start, stop).strip())
            labelled = not head and column == 0 and clause.label is not None and stop <= len(clause.label)
            names = [
                *(["label"] if labelled else []),
                *([self._widths[column]] if first or self._widths[column] == "short" else []),
                *(["number"] if self._numbers[column] else []),
                *(["unbroken"] if _run(clause.wording[start:stop]) > _LONGEST_RUN else []),
            ]
            if column == 0 and not head:
                html = _targets(clause) + html
            yield Cell(html, bool(html) and (head or labelled), " ".join(names))


def _sections(clauses: Iterable[Clause], maker: _Maker, *, first: bool) -> Iterator[Section]:
    """The sections of a table in its order: rows follow their group until another clause heads them."""
    group: Row | None = None
    rows: list[Row] = []
    groups: set[str] = set()
    for clause in clauses:
        if clause.kind is Kind.GROUP:
            if group or rows:
                yield Section(group, tuple(rows))
            group, rows = maker.group(clause), []
            groups.add(clause.anchor)
            continue
        if group and clause.parent != group.clause.anchor and clause.parent not in groups:
            yield Section(group, tuple(rows))
            group, rows = None, []
        rows.append(maker.row(clause, first=first))
        first = False
    if group or rows:
        yield Section(group, tuple(rows))


def _targets(clause: Clause) -> Markup:
    """Further anchors of a clause, as empty targets at the start of its text."""
    return Markup("").join(Markup('<span id="{}"></span>').format(alias) for alias in clause.aliases)


def _text(clause: Clause, span: Span) -> str:
    return clause.wording[span[0] : span[1]].strip()


def _texts(row: Clause) -> list[str]:
    return [_text(row, span) for span in cell_spans(row.wording)]


def _columns(rows: Iterable[Sequence[str]]) -> Iterator[list[str]]:
    """The lines of text of each column, the empty ones left out."""
    for column in zip_longest(*rows, fillvalue=""):
        yield [line for text in column for line in text.split("\n") if line]


def _is_number(column: Sequence[str]) -> bool:
    """Whether a column holds numbers below one another: all of its texts but those of the head."""
    numbers = [text for text in column if _NUMBER.fullmatch(text)]
    return len(numbers) > 1 and column[-len(numbers) :] == numbers and len(column) - len(numbers) <= 2


def _em(text: str) -> float:
    """The width of a text on one line."""
    return sum(1 if unicodedata.east_asian_width(one) in "WFA" else _NARROW for one in text)


def _width_class(column: Sequence[str]) -> str:
    longest = max(map(_em, column), default=0)
    return next(name for limit, name, _ in _WIDTHS if longest <= limit)


def _least(column: Sequence[str]) -> float:
    """The least width of a column, in em."""
    longest = max(map(_em, column), default=0)
    least = next(width or longest for limit, _, width in _WIDTHS if longest <= limit)
    return max([least, *(min(_run(text), _LONGEST_RUN) for text in column)]) + _EDGES


def _run(text: str) -> float:
    """The width of the longest stretch in a text that no line ends in."""
    return max(map(_em, _UNBROKEN.findall(text)), default=0)
