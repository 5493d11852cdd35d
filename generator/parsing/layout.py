"""What the lines of a source show about the page they come from, and whether they are its lines or paragraphs.

A source is of one of two kinds: the lines of printed pages as the page broke them (wrapped), or a paragraph a line.
In the second nothing is joined but what a page cut. The whole source decides, and `Layout.evidence` says by what.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from generator.model import Line, Style
from generator.parsing.labels import AT_THE_MARGIN
from generator.reading.columns import NARROWEST_PAGE, ROW, WIDEST_PAGE, display_width, page_width
from generator.reading.punctuation import SENTENCE_END, STOP_OR_BRACKET

# ：   a list or a text follows
COLON = re.compile(r"[：:]$")
# （责任单位：省法院）   [责任单位：…按职责分工负责]   （财政部（税务总局）负责)
_BRACKET_END = re.compile(
    r"[（(\[［【〔]([^（(\[［【〔]*(?:[（(][^（(）)]{0,20}[）)][^（(\[［【〔]{0,60}){0,2})[）)\]］】〕]$"
)
_NOTE_WORD = re.compile(r"负责|责任|牵头|配合|指导|参与|督促|单位|部门|时限|完成")
MID_SENTENCE = re.compile(r"[，,、；;（(\[［《〈“‘「『—\-+/]$")
PAUSE = re.compile(r"[，。；：、,;:]")
_COMMA = re.compile(r"[，。；、,;]")  # not the colon of 发文机关：
# A line of a paragraph that stops so, with no label after it, was cut.
_CUT = re.compile(r"[，,、（(“《]$")

_FEWEST_CUTS = 2  # that surely show the ends of pages in a source of a paragraph a line
_MANY_CUTS = 5  # that show them together, where none is sure
_SLACK = 4  # columns a line may go beyond the others of its page
_FEWEST_LONG = 10  # lines to one that is longer than the page, if it is a page
_FEWEST_LINES = 6  # that show a layout
_FULL_LINE = 0.92  # of the page width: a line that leaves less than two characters free


@dataclass(frozen=True)
class Layout:
    """What the lines of a source show about the page they come from."""

    width: int  # columns of a full line (a Chinese character takes two)
    wrapped: bool  # whether the printed lines were kept: most lines are full
    trailing_marks: bool  # whether white space after a line marks the end of a paragraph
    indent_marks: bool  # whether every paragraph begins with an indent, and no other line does
    page_cuts: bool  # whether, in a source of a paragraph a line, the ends of pages cut sentences
    heading_styles: frozenset[Style]  # label forms that stand above their text rather than begin it
    law: bool  # whether the text has 条
    evidence: str  # in Chinese: what the decision rests on

    @staticmethod
    def of(lines: Sequence[Line]) -> Layout:
        """Measure the lines of a whole source, which carry their labels."""
        printed = [line for line in lines if not line.marked_row and "\t" not in line.text]
        width = page_width(display_width(line.text) + line.indent for line in printed)
        full, cut, candidates, stray = _full_lines(printed, width)
        longer = sum(display_width(line.text) + line.indent > width + _SLACK for line in printed)
        plausible = NARROWEST_PAGE <= width <= WIDEST_PAGE and _FEWEST_LONG * longer <= len(printed)
        possible = len(printed) >= _FEWEST_LINES and plausible
        wrapped = possible and (
            (cut >= 2 and full > 0.5 * candidates)
            or cut > max(3, 0.3 * candidates)
            or (cut >= max(2, 0.1 * candidates) and longer <= 1 and cut > stray)
        )
        kind = "按页面断行" if wrapped else "每行一段"
        measured = f"{candidates} 行中 {full} 行排满 {width} 列，其中 {cut} 行断在句中"
        sure, likely = (0, 0) if wrapped else _cut_paragraphs(printed)
        page_cuts = sure >= _FEWEST_CUTS or sure + likely >= _MANY_CUTS
        if page_cuts:
            kind += f"，其中 {sure + likely} 处被页末断开"
        return Layout(
            width=width,
            wrapped=wrapped,
            trailing_marks=wrapped and _has_trailing_marks(lines),
            indent_marks=wrapped and (_has_indent_marks(lines) or _begins_with_indents(printed, width)),
            page_cuts=page_cuts,
            heading_styles=_heading_styles(lines),
            law=_is_law(lines),
            evidence=f"{kind}（{measured}）" if possible else f"{kind}（行长不一，最长一档 {width} 列）",
        )

    def for_text(self, lines: Sequence[Line]) -> Layout:
        """The layout of the source with the heading forms of one of its texts."""
        return replace(self, heading_styles=_heading_styles(lines), law=_is_law(lines))

    def known(self, kind: Literal["paragraphs", "lines"] | None) -> Layout:
        """The layout where a sidecar says what the lines are; this one where it says nothing."""
        if kind is None:
            return self
        if kind == "paragraphs":
            evidence = "每行一段（说明文件写明）"
            return replace(
                self,
                wrapped=False,
                trailing_marks=False,
                indent_marks=False,
                page_cuts=False,
                evidence=evidence,
            )
        return replace(
            self,
            wrapped=True,
            page_cuts=False,
            evidence=f"按页面断行（说明文件写明，最长一档 {self.width} 列）",
        )

    def fills(self, line: Line) -> bool:
        """Whether a line goes on to the edge of the page."""
        return display_width(line.text) + line.indent >= _FULL_LINE * self.width


def ends_with_note(text: str) -> bool:
    """Whether a text ends with a note in brackets of who is responsible, or by when."""
    match = _BRACKET_END.search(text)
    return match is not None and _NOTE_WORD.search(match[1]) is not None


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a paragraph does: a full stop, a colon, a note of responsibility."""
    return bool(SENTENCE_END.search(text) or COLON.search(text) or ends_with_note(text))


def _full_lines(lines: Sequence[Line], width: int) -> tuple[int, int, int, int]:
    """How many lines are full, and how many of these end inside a sentence; how many there are; and how many stray.

    Only lines that no label follows count. A long line strays that stops inside a sentence though it is not full.

    A full line that ends inside a sentence is the page's doing; where there is none, lines of one length prove
    nothing. A list of words of one length has no sentence to cut: the line or the next must pause.
    """
    candidates = [(line, after) for line, after in pairwise(lines) if after.label is None]
    full = [
        (line, after)
        for line, after in candidates
        if _FULL_LINE * width <= display_width(line.text) + line.indent <= width + _SLACK
    ]
    cut = [
        line
        for line, after in full
        if not ends_sentence(line.text) and (_COMMA.search(line.text) or _COMMA.search(after.text))
    ]
    stray = sum(
        0.6 * width <= display_width(line.text) + line.indent < _FULL_LINE * width
        and bool(PAUSE.search(line.text))
        and not STOP_OR_BRACKET.search(line.text)
        for line, _ in candidates
    )
    return len(full), len(cut), len(candidates), stray


def _cut_paragraphs(lines: Sequence[Line]) -> tuple[int, int]:
    """The lines of a row's length that go on without a label: those that surely do, and those that seem to.

    Surely: they stop at a comma, or above the mark of a page. They seem to where a sentence with pauses stops without
    any mark and the next line ends it: a paragraph of its own hardly ever does.
    """
    sure = likely = 0
    for line, after in pairwise(lines):
        if after.label is not None or display_width(line.text) < ROW or STOP_OR_BRACKET.search(line.text):
            continue
        if _CUT.search(line.text) or after.page_before:
            sure += 1
        elif PAUSE.search(line.text) and PAUSE.search(after.text) and STOP_OR_BRACKET.search(after.text):
            likely += 1
    return sure, likely


def _has_trailing_marks(lines: Sequence[Line]) -> bool:
    """White space follows the lines before a label, and not the lines before none."""
    before_label = [line.trailing_space for line, after in pairwise(lines) if after.label]
    others = [line.trailing_space for line, after in pairwise(lines) if not after.label]
    return (
        len(before_label) >= 5
        and sum(before_label) >= 0.9 * len(before_label)
        and sum(others) <= 0.3 * len(others)
    )


def _has_indent_marks(lines: Sequence[Line]) -> bool:
    """Every label is indented, and below the first of them some lines are not: those continue a paragraph.

    A heading of a chapter and 附件1 may stand at the margin all the same.
    """
    first = next((index for index, line in enumerate(lines) if line.label), len(lines))
    labelled = [line.indent > 0 for line in lines if line.label and line.label.style not in AT_THE_MARGIN]
    indented = sum(labelled)
    return (
        bool(labelled)
        and indented >= 0.9 * len(labelled)
        and any(line.indent == 0 for line in lines[first:] if not line.label)
    )


def _begins_with_indents(lines: Sequence[Line], width: int) -> bool:
    """Every line after one that ends a sentence short of the edge is indented, and none after one that the page cut."""
    begun: list[bool] = []
    cut: list[bool] = []
    for line, after in pairwise(lines):
        full = display_width(line.text) + line.indent >= _FULL_LINE * width
        if full and not STOP_OR_BRACKET.search(line.text) and after.label is None:
            cut.append(after.indent > 0)
        elif not full and SENTENCE_END.search(line.text):
            begun.append(after.indent > 0)
    return len(cut) > 1 and bool(begun) and not any(cut) and all(begun)


def _heading_styles(lines: Sequence[Line]) -> frozenset[Style]:
    """The label forms of which the clear cases are headings more often than run-in texts."""
    votes: Counter[Style] = Counter()
    for index, line in enumerate(lines):
        label = line.label
        if label is None:
            continue
        body = line.text[len(label.printed) :]
        followed = lines[index + 1].label if index + 1 < len(lines) else None
        if re.search(r"[。；;！？]", body) or ends_with_note(body):
            votes[label.style] -= 1
        elif not ends_sentence(body) and not MID_SENTENCE.search(body) and (followed or line.marked_heading):
            votes[label.style] += 1
    law = _is_law(lines)
    return frozenset(
        style
        for style in Style
        if votes[style] > 0 or (style not in votes and not law and style is not Style.ARTICLE)
    )


def _is_law(lines: Sequence[Line]) -> bool:
    return any(line.label is not None and line.label.style is Style.ARTICLE for line in lines)
