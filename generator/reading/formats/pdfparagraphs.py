"""Lines of PDF pages joined into paragraphs, by where they begin and end on the page.

A paragraph begins where a line is indented, where the line above stops short of the edge though the next word would
have had room, where the space between two lines is wider than usual, where the type changes, where lines are
centred. What none of these decides is joined where a sentence goes on, and told where it does not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from generator.reading.formats.document import PAGE, Block, Table
from generator.reading.formats.pdflines import Line

_LABEL = re.compile(
    r"第[一二三四五六七八九十百零〇\d]+[编章节条款]|[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]{1,3}、|\d{1,3}[.．、](?!\d)|[①-⑳]|附件"
)
_STOP = re.compile(r"[。；！？：!?;:][”’」』）)》]*$|[）)\]］】〕]$")
_CLOSING = re.compile(r"[，。、；：！？）》”’】〕％〉%,.;:!?)\]]")
_OPENING = re.compile(r"[（《“‘【〔〈(\[+＋±¥￥$№]")
_INDENT = 1.2  # of the size of type
_CENTRED = 2.6  # of the size of type, on both sides: an indented line that ends early is not centred
_MANY = 12  # lines among which one that begins further out is an exception
_SHARE = 0.6  # of the beginnings of paragraphs are indented where indents mark them


@dataclass
class Flow:
    """The lines and tables of a document in order, and what could not be decided."""

    blocks: list[Block] = field(default_factory=list)
    undecided: list[tuple[int, str]] = field(default_factory=list)  # the page, and how the lines begin


def with_edges(lines: Sequence[Line]) -> list[Line]:
    """The lines, each with the edges of its column: of its page where that has enough full lines, else of the document."""
    whole: dict[int, tuple[float, float]] = {}
    result: list[Line] = []
    for column in {line.column for line in lines}:
        whole[column] = _edges([line for line in lines if line.column == column])
    by_page: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        by_page.setdefault((line.page, line.column), []).append(line)
    for line in lines:
        group = by_page[line.page, line.column]
        left, right = whole[line.column]
        if len(group) >= 6:
            own = _edges(group)
            if abs(own[0] - left) > line.em and own[1] - own[0] > 0.8 * (right - left):
                left, right = own
        result.append(replace(line, left=min(left, line.x0), right=max(right, line.x1)))
    return result


def _edges(lines: Sequence[Line]) -> tuple[float, float]:
    """Where most lines begin, at the left, and where the full ones end."""
    starts = Counter(round(line.x0) for line in lines)
    fewest = max(2, 0.08 * len(lines)) if len(lines) >= _MANY else 1
    common = [at for at in starts if sum(starts[at + near] for near in (-1, 0, 1)) >= fewest]
    ends = sorted((line.x1 for line in lines), reverse=True)
    right = ends[min(len(ends) - 1, max(1, len(ends) // 20))] if len(ends) > 1 else ends[0]
    return float(min(common or starts)), right


def paragraphs(items: Sequence[Line | Table], first_page: int = 1) -> Flow:
    """Lines and tables in order as paragraphs and tables, `PAGE` where a page begins. A table holds its own."""
    lines = with_edges([one for one in items if isinstance(one, Line)])
    rule = _Rule(lines)
    flow = Flow()
    page = first_page
    before: Line | None = None
    position = 0
    for item in items:
        if isinstance(item, Table):
            flow.blocks.append(item)
            page += sum(text.count(PAGE) for row in item.rows for cell in row for text in cell.paragraphs)
            before = None
            continue
        line = lines[position]
        position += 1
        mark = PAGE * (line.page - page)
        page = max(page, line.page)
        text = line.text
        if before is None or rule.begins(before, line, flow):
            flow.blocks.append(mark + text)
        else:
            last = flow.blocks[-1]
            assert isinstance(last, str)
            space = " " if _latin(last[-1:]) and _latin(text[:1]) else ""
            flow.blocks[-1] = f"{last}{mark}{space}{text}"
        before = line
    return flow


def _latin(character: str) -> bool:
    return character.isascii() and character.isalpha()


class _Rule:
    """What in this document tells the beginning of a paragraph."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._leading = _leading(lines)
        pairs = list(pairwise(lines))
        starts = [after for line, after in pairs if _is_short(line, after) and not _is_centred(after)]
        indented = sum(_indent(line) > _INDENT * line.em for line in starts)
        self._indents = bool(starts) and indented >= _SHARE * len(starts)
        spaced = [1 for line, after in pairs if self._is_spaced(line, after)]
        self._spaces = not self._indents and len(spaced) >= max(2, 0.5 * len(starts))

    def begins(self, line: Line, after: Line, flow: Flow) -> bool:
        """Whether a paragraph begins with the line `after`."""
        if abs(line.em - after.em) > 0.12 * max(line.em, after.em) and not _one_line(line, after):
            return True
        if _is_centred(line) or _is_centred(after) or _indent(after) > 0.4 * (after.right - after.left):
            return True
        if self._is_spaced(line, after) or _indent(after) > _INDENT * after.em:
            return True
        if _is_short(line, after):
            return True
        if self._indents:
            return False
        stopped = _STOP.search(line.text) is not None
        if self._spaces and _adjacent(line, after):
            return False
        if stopped and _LABEL.match(after.text):
            return True
        if stopped:
            flow.undecided.append((after.page, after.text[:20]))
        return False

    def _is_spaced(self, line: Line, after: Line) -> bool:
        usual = self._leading.get(round(after.em), 0.0)
        return _adjacent(line, after) and usual > 0 and after.base - line.base > 1.22 * usual


def _leading(lines: Sequence[Line]) -> dict[int, float]:
    """The usual distance from line to line, by the size of type: that of lines which surely go on."""
    steps: dict[int, list[float]] = {}
    for line, after in pairwise(lines):
        if (
            _adjacent(line, after)
            and round(line.em) == round(after.em)
            and after.base - line.base < 4 * line.em
        ):
            full = not _is_short(line, after) and _indent(after) <= _INDENT * after.em
            steps.setdefault(round(line.em), []).append(after.base - line.base if full else 1e6)
    return {
        size: median(sorted(known))
        for size, found in steps.items()
        if (known := [one for one in found if one < 1e6])
    }


def _adjacent(line: Line, after: Line) -> bool:
    return line.page == after.page and line.column == after.column


def _one_line(line: Line, after: Line) -> bool:
    return line.page == after.page and abs(line.base - after.base) < 0.5 * line.em


def _indent(line: Line) -> float:
    return line.x0 - line.left


def _is_centred(line: Line) -> bool:
    before, behind = line.x0 - line.left, line.right - line.x1
    return min(before, behind) > _CENTRED * line.em and abs(before - behind) < 1.5 * line.em


def _is_short(line: Line, after: Line) -> bool:
    """Whether a line stops though the next word would have had room."""
    room = line.right - line.x1
    return room > _first_word(after) + 0.4 * line.em


def _first_word(line: Line) -> float:
    """How wide the beginning of a line is that cannot be parted: a word, or a character with what closes it."""
    text = [one.text for one in line.chars]
    count = 0
    while count < len(text) - 1 and _OPENING.match(text[count]):
        count += 1
    count += 1
    while count < len(text):
        latin = text[count - 1].isascii() and text[count].isascii()
        near = line.chars[count].x0 - line.chars[count - 1].x1 < 0.15 * line.em
        if not (_CLOSING.match(text[count]) or (latin and near)):
            break
        count += 1
    return line.chars[count - 1].x1 - line.x0
