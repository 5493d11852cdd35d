"""Breaks where the page ends with a sentence: one paragraph cut by the page, or two?

Where a page ends inside a sentence, the halves are joined. Where it ends with a full stop, nothing in the words
tells whether the next page begins a paragraph. Such a break is doubtful

- where every line is a paragraph: at a page end, if the last row there is full, as it is where a paragraph runs on.
  A page number between the lines shows the page end; else the page is measured: the sentences that pages cut show
  how wide a row and how high a page is, and the rows counted from one cut to the next where the other pages end;
- where every line is a row: at a full row, if neither indents nor trailing marks tell paragraphs apart.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import NamedTuple

from generator.checking.doubts.passages import Finding, Passage, PolicyText
from generator.model import DoubtKind, Kind, Line, Removed
from generator.parsing.layout import Layout
from generator.parsing.paragraphs import FIELD_LINE, NOTE
from generator.reading.columns import display_width
from generator.reading.ledger import Reason
from generator.reading.punctuation import SENTENCE_END

_PHRASE = re.compile(r"\w$")
# 本通知自印发之日起施行。   — certainly a paragraph of its own
_CLOSING = re.compile(r"本[^，。]{1,8}自|特此|此前")

_INDENT = 4  # columns: the two characters of white space a printed paragraph begins with
_SHORT, _LONG = 6, 4  # columns a full row may fall short of the measure or go beyond it (justified lines)
_ROWS = range(40, 102, 2)  # columns a row may have
_FEWEST_CUTS = 6  # that must agree before a page is measured by them
_AGREEING = 0.8  # of them
_DRIFT = 1.5  # rows by which a counted page may be off
_QUOTED = 8  # characters
_QUESTION = "下文接着上一段，还是另起一段，版面看不出来。"


@dataclass(frozen=True)
class _Measure:
    """What the sentences cut by a page show of it."""

    row: int  # columns
    page: int  # rows; 0 where the cuts do not agree on it

    def fills(self, columns: int) -> bool:
        """Whether a paragraph of so many columns ends with a full row."""
        return columns >= self.row - _SHORT and (columns + _SHORT) % self.row <= _SHORT + _LONG

    def rows(self, columns: int) -> int:
        """The rows a paragraph of so many columns takes."""
        return max(1, -(-(columns - _LONG) // self.row))


class _Above(NamedTuple):
    """A line above a break."""

    number: int
    text: str


class _Pages:
    """The pages of a source whose every line is a paragraph, as far as page marks and cut sentences show them."""

    def __init__(self, lines: Sequence[Line], cuts: set[int], marks: set[int]) -> None:
        """`cuts` and `marks` are the numbers of the lines after which a page ends."""
        ends = cuts | marks
        self._marks = marks
        self._marked = 2 * len(marks) > len(ends)  # whether page ends as a rule are marked
        self._columns = dict(_columns(lines, ends))
        self._measure: _Measure | None = None
        self._rows: dict[int, int] = {}  # by line number, the rows from the beginning to its end
        self._ends: list[int] = []  # the rows to each known page end
        if row := _row([self._columns[number] for number in cuts]):
            measure = _Measure(row, 0)
            rows = accumulate(measure.rows(self._columns[line.number]) for line in lines)
            self._rows = dict(zip((line.number for line in lines), rows, strict=True))
            self._ends = sorted(self._rows[number] for number in ends)
            self._measure = _Measure(row, _page([b - a for a, b in pairwise(self._ends)]))

    def ends_after(self, line: _Above) -> bool | None:
        """Whether a page ends after a line in such a way that its paragraph may go on; None where nothing tells."""
        if self._measure and not self._measure.fills(self._columns[line.number]):
            return False
        if line.number in self._marks or self._marked:
            return line.number in self._marks
        if self._measure and self._measure.page:
            return self._at_page_end(self._rows[line.number], self._measure.page)
        return None

    def _at_page_end(self, row: int, page: int) -> bool:
        """Whether a page ends so many rows from the beginning: a whole number of pages from a known end."""
        after = bisect_right(self._ends, row)
        before = self._ends[after - 1] if after else None
        following = self._ends[after] if after < len(self._ends) else None
        if before is not None and following is not None:
            pages = max(1, round((following - before) / page))
            pitch = (following - before) / pages
            if abs(pitch - page) <= _DRIFT:  # no cover or heading between: the pages are evenly spread
                nearest = round((row - before) / pitch)
                return 0 < nearest < pages and abs(row - before - nearest * pitch) <= _DRIFT
        distances = [abs(row - end) for end in (before, following) if end is not None]
        return any(
            (pages := round(distance / page)) > 0 and abs(distance - pages * page) <= _DRIFT
            for distance in distances
        )


def undecided_breaks(
    texts: Sequence[PolicyText], lines: Sequence[Line], layout: Layout, removed: Iterable[Removed]
) -> Iterator[Finding]:
    """The doubtful breaks of one source; `texts` are its policies, `removed` what was taken out of its pages."""
    if layout.trailing_marks or layout.indent_marks:
        return
    if not layout.wrapped:
        yield from _page_ends(texts, lines, removed)
    elif layout.width >= _ROWS[0]:
        for text in texts:
            yield from _full_rows(text)


def _full_rows(text: PolicyText) -> Iterator[Finding]:
    """The full rows that end with a full stop and were joined to the next."""
    for passage in text.clauses:
        for line, below in passage.joined():
            if SENTENCE_END.search(passage.printed(line)) and _may_go_on(passage.printed(below)):
                yield _finding(passage, below.start, f"第 {line.number} 行排满，以句号结束：{_QUESTION}")


def _page_ends(
    texts: Sequence[PolicyText], lines: Sequence[Line], removed: Iterable[Removed]
) -> Iterator[Finding]:
    """The paragraphs without a label that begin below the end of a page."""
    cuts = [
        _Above(line.number, passage.printed(line))
        for text in texts
        for passage in text.passages
        for line, _ in passage.joined()
        if not SENTENCE_END.search(passage.printed(line))
    ]
    marks = set(_marks(lines, removed))
    if not cuts and not marks:
        return
    pages = _Pages(lines, {line.number for line in cuts}, marks)
    unknown: list[tuple[_Above, Passage]] = []
    for line, below in _unlabelled(texts):
        ends = pages.ends_after(line)
        if ends is None:
            unknown.append((line, below))
        elif ends:
            yield _finding(below, 0, f"第 {line.number} 行排到页末，以句号结束：{_QUESTION}")
    for line, below in _unmeasured(unknown, cuts):
        explanation = f"第 {line.number} 行以句号结束，而原文别处有句子被页末切断：{_QUESTION}"
        yield _finding(below, 0, explanation)


def _unlabelled(texts: Iterable[PolicyText]) -> Iterator[tuple[_Above, Passage]]:
    """The paragraphs without a label that may go on with the one above, and the line above, which ends a sentence."""
    for text in texts:
        indents = _indents_paragraphs(text)
        for above, below in pairwise(text.clauses):
            if below.label or not above.lines or not below.lines:
                continue
            first = below.lines[0]
            line = _Above(above.lines[-1].number, above.printed(above.lines[-1]))
            if SENTENCE_END.search(line.text) and _may_go_on(below.text) and not (indents and first.indent):
                yield line, below


def _unmeasured(
    unknown: Sequence[tuple[_Above, Passage]], cuts: Sequence[_Above]
) -> Sequence[tuple[_Above, Passage]]:
    """Of the breaks of a text whose pages cannot be measured, those that may be the end of a page.

    They are few beside the sentences that a page cuts in the middle of a phrase, as a page seldom ends with a full
    stop; and the line is a row at least. Inside a 条 a paragraph without a label is usual and no sign.
    """
    certain = sum(bool(_PHRASE.search(line.text)) and _is_row(line) for line in cuts)
    likely = [one for one in unknown if _in_alinea(one[1]) and _is_row(one[0])]
    return likely if 2 * len(likely) <= certain else ()


def _in_alinea(passage: Passage) -> bool:
    """Whether a passage is, or is in, an unnumbered paragraph outside a 条."""
    steps = passage.anchor.steps if passage.anchor else ()
    return any(step.name == Kind.ALINEA.step for step in steps)


def _is_row(line: _Above) -> bool:
    return display_width(line.text) >= _ROWS[0]


def _indents_paragraphs(text: PolicyText) -> bool:
    """Whether lines that go on with a paragraph are seen to stand without an indent."""
    return any(not below.indent for passage in text.passages for _, below in passage.joined())


def _finding(passage: Passage, offset: int, explanation: str) -> Finding:
    stop = min(offset + _QUOTED, len(passage.text))
    return Finding(DoubtKind.UNDECIDED_BREAK, passage, offset, stop, explanation)


def _may_go_on(text: str) -> bool:
    return not (FIELD_LINE.match(text) or NOTE.fullmatch(text) or _CLOSING.match(text))


def _marks(lines: Sequence[Line], removed: Iterable[Removed]) -> Iterator[int]:
    """The numbers of the lines after which a page number, running header or form feed stands.

    So does an empty line, in a text that has few.
    """
    beginnings = [line.printed.offsets[0] for line in lines]
    for item in removed:
        if item.reason in (Reason.PAGE_NUMBER, Reason.RUNNING_HEADER) or "\f" in item.text:
            index = bisect_left(beginnings, item.start)
            if index:
                yield lines[index - 1].number
    if 10 * sum(line.blank_before for line in lines) <= len(lines):
        yield from (above.number for above, below in pairwise(lines) if below.blank_before)


def _columns(lines: Sequence[Line], ends: set[int]) -> Iterator[tuple[int, int]]:
    """For each line its number and the columns it takes, printed indent included.

    Spaces are not counted: those round digits are the conversion's, and come and go.
    """
    goes_on = False
    for line in lines:
        yield line.number, display_width("".join(line.text.split())) + (0 if goes_on else _INDENT)
        goes_on = line.number in ends


def _row(cuts: Sequence[int]) -> int | None:
    """The columns of a row, so that the paragraphs cut by a page (their columns are given) end with a full one."""
    fitting = {row: sum(_Measure(row, 0).fills(columns) for columns in cuts) for row in _ROWS}
    row = max(fitting, key=lambda row: fitting[row])
    return row if fitting[row] >= max(_FEWEST_CUTS, _AGREEING * len(cuts)) else None


def _page(gaps: Sequence[int]) -> int:
    """The rows of a page: what lies between two cuts most often, give or take one; 0 where nothing stands out."""
    counts = Counter(gaps)
    near = {gap: counts[gap - 1] + counts[gap] + counts[gap + 1] for gap in counts if gap > 5}
    page = max(near, key=lambda gap: (near[gap], counts[gap]), default=0)
    return page if page and near[page] >= max(3, len(gaps) / 5) else 0
