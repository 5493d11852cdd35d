"""The lines of a PDF page: characters beside each other, columns one after the other, headers and footers by their place."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from statistics import median
from unicodedata import east_asian_width

from generator.reading.formats.counting import shifted
from generator.reading.formats.document import Tally
from generator.reading.formats.pdfchars import Char

_DIGITS = re.compile(r"\d+")
# 3   — 3 —   第3页   3/20   iv   — what a page can be numbered with
_NUMBER = re.compile(
    r"\W{0,3}(?:第?\s*+\d{1,4}(?:\s*+页)?|[ivxlIVXL]{1,6})"
    r"(?:\s*+(?:[/／]\s*+)?(?:共\s*+)?\d{1,4}(?:\s*+页)?)?\W{0,3}"
)
_WORD_GAP = 0.2  # of the size of type: what parts two words in Latin letters
_WIDE_GAP = 0.8  # what parts two Chinese characters by intent
_SMALL = 0.75  # of the type of its line: a raised or lowered figure
_NEAR = 4.0  # points that lines at one place of their pages may differ by
_AT_EDGE = 3  # lines at the edge of a page that may be its header or footer
_FEWEST_ROWS = 4  # of a column
_GUTTER = 1.2  # of the size of type: how wide the space between two columns is at least
HEADER, FOOTER, NUMBER = "页眉", "页脚", "页码"


@dataclass(frozen=True)
class Line:
    """A line of a page. `left`, `right`: the edges of the column that it stands in."""

    page: int
    chars: tuple[Char, ...]
    column: int = 0
    left: float = 0
    right: float = 0

    @cached_property
    def x0(self) -> float:
        """Where it begins."""
        return self.chars[0].x0

    @cached_property
    def x1(self) -> float:
        """Where it ends."""
        return self.chars[-1].x1

    @cached_property
    def em(self) -> float:
        """The size of its type."""
        return median(one.em for one in self.chars)

    @cached_property
    def top(self) -> float:
        """Its upper edge."""
        return min(one.top for one in self.chars)

    @cached_property
    def bottom(self) -> float:
        """Its lower edge."""
        return max(one.bottom for one in self.chars)

    @cached_property
    def base(self) -> float:
        """The height that its distance to other lines is measured from."""
        return median(one.bottom for one in self.chars)

    @cached_property
    def text(self) -> str:
        """Its characters, with the spaces that the print shows."""
        return line_text(self.chars)


def line_text(chars: Sequence[Char]) -> str:
    """Characters from left to right as text: spaces between words, raised figures as such."""
    size = median(one.em for one in chars)
    base = median(one.bottom for one in chars)
    gaps = [_gap_between(one, after, size) for one, after in pairwise(chars)]
    usual = max(0.0, median(gaps or [0.0]))  # in a justified line
    pieces: list[str] = []
    before: Char | None = None
    for one, between in zip(chars, [0.0, *gaps], strict=True):
        if before is not None:
            gap = between - usual
            if gap > _WORD_GAP * size and not (one.text == before.text and one.text in "—―－-…·"):
                chinese = before.text >= "\u2e80" and one.text >= "\u2e80"
                pieces.append("　" if chinese and gap > _WIDE_GAP * size else " ")
        small = one.em < _SMALL * size and one.text in "0123456789"
        lift = base - one.bottom
        pieces.append(shifted(one.text, up=lift > 0) if small and abs(lift) > 0.1 * size else one.text)
        before = one
    return "".join(pieces)


def _gap_between(one: Char, after: Char, size: float) -> float:
    """The space between two characters. Of some glyphs the box is as narrow as their ink: a wide one fills its square."""
    spare = sum(
        max(0.0, size - (each.x1 - each.x0)) / 2
        for each in (one, after)
        if east_asian_width(each.text) in "WF"
    )
    return after.x0 - one.x1 - spare


def rows_of(chars: Iterable[Char]) -> list[list[Char]]:
    """Characters in rows from above, each from left to right."""
    rows: list[list[Char]] = []
    edges: list[tuple[float, float]] = []
    for one in sorted(chars, key=lambda char: (char.middle, char.x0)):
        at = next(
            (
                index
                for index in range(len(rows) - 1, max(-1, len(rows) - 4), -1)
                if _beside(one, edges[index])
            ),
            None,
        )
        if at is None:
            rows.append([one])
            edges.append((one.top, one.bottom))
        else:
            rows[at].append(one)
            if one.em > edges[at][1] - edges[at][0]:
                edges[at] = (one.top, one.bottom)
    return [sorted(row, key=lambda char: char.x0) for row in rows]


def _beside(one: Char, edges: tuple[float, float]) -> bool:
    shared = min(one.bottom, edges[1]) - max(one.top, edges[0])
    return shared > 0.5 * min(one.em, edges[1] - edges[0])


def page_lines(chars: Sequence[Char], page: int) -> list[Line]:
    """The lines of a page in the order they are read: a column to its end before the next."""
    rows = rows_of(chars)
    if not rows:
        return []
    size = median(one.em for one in chars)
    gutter = _gutter(rows, size)
    if gutter is None:
        return [Line(page, tuple(row)) for row in rows]
    lines: list[Line] = []
    run: list[list[Char]] = []
    for row in [*rows, None]:
        if row is not None and not any(one.x0 < gutter < one.x1 for one in row):
            run.append(row)
            continue
        for column in (1, 2):
            part = [one for one_row in run for one in one_row if (one.x0 < gutter) == (column == 1)]
            lines += [Line(page, tuple(one_row), column) for one_row in rows_of(part)]
        run = []
        if row is not None:
            lines.append(Line(page, tuple(row)))
    return lines


def _gutter(rows: Sequence[Sequence[Char]], size: float) -> float | None:
    """The middle of the space between two columns of running text; None for a page of one."""
    left, right = min(row[0].x0 for row in rows), max(row[-1].x1 for row in rows)
    width = right - left
    if len(rows) < _FEWEST_ROWS or width < 20 * size:
        return None
    bins = [0] * (int(width) + 2)
    for row in rows:
        for one in row:
            for at in range(max(0, int(one.x0 - left)), min(len(bins), int(one.x1 - left) + 1)):
                bins[at] += 1
    few = 0.2 * len(rows)
    best: tuple[int, int] | None = None
    start = None
    for at in range(int(0.3 * width), int(0.7 * width) + 2):
        clear = at < len(bins) and bins[at] <= few and at <= 0.7 * width
        if clear and start is None:
            start = at
        elif not clear and start is not None:
            if best is None or at - start > best[1] - best[0]:
                best = (start, at)
            start = None
    if best is None or best[1] - best[0] < _GUTTER * size:
        return None
    middle = left + (best[0] + best[1]) / 2
    edge = left + best[0]
    parted = [row for row in rows if not any(one.x0 < middle < one.x1 for one in row)]
    lefts = [max((one.x1 for one in row if one.x0 < middle), default=None) for row in parted]
    full = [one for one in lefts if one is not None and one > edge - 2.5 * size]
    both = [row for row in parted if row[0].x0 < middle < row[-1].x1]
    if len(both) < _FEWEST_ROWS or len(full) < 0.5 * len(parted):
        return None
    return middle


def without_furniture(
    pages: Sequence[list[Line]], heights: Sequence[float], tally: Tally
) -> list[list[Line]]:
    """The lines without headers, footers and page numbers.

    They stand at the same height of their pages, apart from the text, and are alike but for figures, or in smaller
    type. What a page says there alone stays.
    """
    result = [sorted(page, key=lambda line: line.top) for page in pages]
    sizes = Counter(round(line.em) for page in result for line in page for _ in line.chars)
    body = max(sizes, key=lambda size: sizes[size], default=0)
    leading = _leading(result)
    gone: set[int] = set()
    for above in (True, False):
        for _ in range(_AT_EDGE):
            found = _at_edge(result, heights, above=above, body=body, leading=leading)
            if not found:
                break
            for number, line in found:
                reason = NUMBER if _NUMBER.fullmatch(line.text) else HEADER if above else FOOTER
                tally.add(reason, line.text)
                gone.add(id(line))
                result[number].remove(line)
    return [[line for line in page if id(line) not in gone] for page in pages]


def _at_edge(
    pages: Sequence[list[Line]], heights: Sequence[float], *, above: bool, body: float, leading: float
) -> list[tuple[int, Line]]:
    """The lines at one edge of the pages that are none of the text."""
    places: defaultdict[int, list[tuple[int, Line]]] = defaultdict(list)
    edges: list[tuple[int, Line]] = []
    for number, page in enumerate(pages):
        if not page:
            continue
        line = page[0] if above else page[-1]
        row = [one for one in page if abs(one.base - line.base) < line.em / 2]
        if len(row) > 1 and line.column:
            continue  # two columns that begin or end at one height
        edges.append((number, line))
    for number, line in edges:
        places[round(line.base / _NEAR)].append((number, line))
    found: list[tuple[int, Line]] = []
    for at, group in places.items():
        near = [*group, *places.get(at + 1, ())]
        shapes = Counter(_DIGITS.sub("#", "".join(line.text.split())) for _, line in near)
        for number, line in group:
            page = pages[number]
            gap = _gap(page, above=above)
            shape = _DIGITS.sub("#", "".join(line.text.split()))
            apart = gap is None or gap > 1.35 * leading or abs(line.em - body) > 0.12 * body
            alike = shapes[shape] >= 2 and shapes[shape] >= 0.3 * len(pages)
            small = line.em < 0.88 * body and len(near) >= max(2, 0.6 * len(pages))
            numbered = _NUMBER.fullmatch(line.text) is not None and _is_at_margin(
                line, heights[number], above=above
            )
            if apart and (alike or small or (numbered and not _LIST.match(line.text))):
                found.append((number, line))
    return found


_LIST = re.compile(r"[（(]")


def _is_at_margin(line: Line, height: float, *, above: bool) -> bool:
    return line.bottom < 0.1 * height if above else line.top > 0.88 * height


def _gap(page: Sequence[Line], *, above: bool) -> float | None:
    """How far the line at the edge stands from the next; None where there is none."""
    if len(page) < 2:
        return None
    return page[1].base - page[0].base if above else page[-1].base - page[-2].base


def _leading(pages: Sequence[Sequence[Line]]) -> float:
    """The usual distance from line to line."""
    steps = [
        round(after.base - line.base, 1)
        for page in pages
        for line, after in pairwise(page)
        if 0.5 * line.em < after.base - line.base < 4 * line.em  # what is further apart goes by another rule
    ]
    return median(steps) if steps else 0.0
