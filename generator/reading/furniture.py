"""What a page prints beside its text: page numbers, running headers and footers.

Only the evidence of pages tells them (CONTRACT.md, Nothing lost): numbers that go on by one from page to page, a form feed, a line
that every page repeats beside its number, a sentence that the line cuts in two and that reads on without it. A line
that merely stands twice, a figure alone on its line, a cell of a table is text. Where the evidence is thin the line
stays, and is marked as suspect for an editor.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from generator.reading.columns import NARROWEST_PAGE, ROW, WIDEST_PAGE, display_width, page_width
from generator.reading.ledger import Reason
from generator.reading.punctuation import STOP_OR_BRACKET
from generator.vocabulary import Vocabulary


@dataclass(frozen=True)
class PageLine:
    """One line that is not empty, as the furniture of a page is looked for in it."""

    text: str
    indent: int = 0
    gap_before: bool = False  # an empty line stands before it
    form_feed: bool = False  # a form feed stands before it


@dataclass
class Furniture:
    """The lines that are no text, by index, and those that may be none."""

    removed: dict[int, Reason] = field(default_factory=dict)
    suspects: dict[int, str] = field(default_factory=dict)  # why, in Chinese


# - 8 -   — 12 —   ·3·   ～ 4 ～   第 3 页   第三页 共二十页   第3页/共20页   Page 3 of 20   — a form no text has
_DASH = r"[-—–―－·•~～_*]"
_COUNT = r"\d{1,4}|[一二三四五六七八九十百]{1,5}"
_DECORATED = re.compile(
    rf"{_DASH}{{1,3}}\s{{0,6}}(\d{{1,4}})\s{{0,6}}{_DASH}{{1,3}}"
    rf"|第\s{{0,6}}({_COUNT})\s{{0,6}}页(?:\s{{0,6}}[，,/／]?\s{{0,6}}[（(]?共\s{{0,6}}(?:{_COUNT})\s{{0,6}}页[）)]?)?"
    rf"|共\s{{0,6}}(?:{_COUNT})\s{{0,6}}页\s{{0,6}}[，,/／]?\s{{0,6}}第\s{{0,6}}({_COUNT})\s{{0,6}}页"
    r"|[Pp](?:age|AGE)\s{0,6}(\d{1,4})(?:\s{0,6}(?:of|OF|/)\s{0,6}\d{1,4})?"
)
# 17   １７   3/20   3 / 20   (3)   [3]   【3】   P3   iv   3 —   — could be a figure, a label, a cell
_BARE = re.compile(
    r"(\d{1,4})|(\d{1,4})\s{0,6}[/／]\s{0,6}\d{1,4}|[（(\[［【〔<《|]\s{0,6}(\d{1,4})\s{0,6}[）)\]］】〕>》|]"
    rf"|[Pp][.．]?\s{{0,6}}(\d{{1,4}})|{_DASH}{{1,2}}\s{{0,6}}(\d{{1,4}})|(\d{{1,4}})\s{{0,6}}{_DASH}{{1,2}}|([ivxlIVXL]{{1,6}})"
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50}
_DIGITS = re.compile(r"\d+")
_PAUSE = re.compile(r"[，。；：、！？]")
_LABELLED = re.compile(
    r"[（(]?[一二三四五六七八九十\d]+[)）、.．]|第[一二三四五六七八九十百\d]+[编章节条]|附\s*[件录表]|[①-⑳]"
)
# % 件   — the figure before it is not alone
_UNIT = frozenset("%％‰℃")

_LONGEST_HEADER = 60  # characters
_REACH = 3  # lines beside the end of a page in which its headers and footers stand
_SLACK = 4  # columns a line may go beyond the others of its page
_SHORTEST_PAGE = 8  # lines
_TYPED_PAGE = 15  # lines; so many between one number and the next, always the same, are those of pages
_EVEN = 0.25  # of the usual length of a page: by how much pages may differ
_FULL = 0.9  # of the width of a page: a line that the page ended
_PAGE_CHARACTERS = 300  # that a page holds at least
_OFTEN = 0.4  # of the pages carry a header: odd and even ones may have their own


def find_furniture(lines: Sequence[PageLine], words: Vocabulary) -> Furniture:
    """The page numbers, headers and footers among the lines that are not empty. Linear in the lines."""
    text = _Text(lines, words)
    found = Furniture()
    for index in _page_numbers(text):
        found.removed[index] = Reason.PAGE_NUMBER
    _beside_numbers(text, found)
    _numbered_headers(text, found)
    _cutting_headers(text, found)
    _suspect_numbers(text, found)
    return found


class _Text:
    """The lines with what is asked of them again and again."""

    def __init__(self, lines: Sequence[PageLine], words: Vocabulary) -> None:
        self.words = words
        self.lines = lines
        self.widths = [display_width(line.text) + line.indent for line in lines]
        self.width = page_width(self.widths)
        full = sum(_FULL * self.width <= width <= self.width + _SLACK for width in self.widths)
        longer = sum(width > self.width + _SLACK for width in self.widths)
        # Most lines are as long as the page is wide, and no longer than a page can be.
        page = NARROWEST_PAGE <= self.width <= WIDEST_PAGE and 10 * longer <= len(lines)
        self.wrapped = page and 3 * full >= len(lines)
        # An empty line is rare, so that one says something.
        self.dense = 6 * sum(line.gap_before for line in lines) <= len(lines)

    def __len__(self) -> int:
        return len(self.lines)

    def parted(self, before: int, after: int) -> bool:
        """Whether an empty line or a form feed stands below the line `before` and above the line `after`."""
        lines = self.lines
        below = (
            before < 0
            or before + 1 >= len(lines)
            or lines[before + 1].gap_before
            or lines[before + 1].form_feed
        )
        between = range(max(before + 2, 0), min(after + 1, len(lines)))
        return below and (
            after >= len(lines) or any(lines[one].gap_before or lines[one].form_feed for one in between)
        )

    def is_code(self, index: int) -> bool:
        """Whether a line holds no Chinese character and is no number: JZ-2024-03."""
        text = self.lines[index].text
        return not re.search(r"[\u4e00-\u9fff]|^\d+$", text) and len(text) <= _LONGEST_HEADER

    def is_cut(self, before: int, after: int) -> bool:
        """Whether the sentence of the line `before` goes on in the line `after`."""
        if not (0 <= before < len(self.lines) and after < len(self.lines)):
            return False
        text, following = self.lines[before].text, self.lines[after].text
        if STOP_OR_BRACKET.search(text) or _LABELLED.match(following) or self.lines[after].indent >= 2:
            return False
        if self.wrapped:
            return self.widths[before] >= _FULL * self.width
        long = self.widths[before] >= min(ROW, 0.6 * self.width)
        return long and bool(_PAUSE.search(text)) and bool(_PAUSE.search(following))


def _number(match: re.Match[str]) -> int | None:
    printed = next(group for group in match.groups() if group)
    if printed.isdecimal():
        return int(printed)
    if printed.lower() in ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"):
        values = [_ROMAN[letter] for letter in printed.lower()]
        return sum(-a if a < b else a for a, b in pairwise([*values, 0]))
    return None if printed.isascii() else 0  # 第三页: its place in the order of pages is not asked


def _page_numbers(text: _Text) -> list[int]:
    """The lines that are nothing but the number of a page.

    A decorated number (- 8 -, 第 3 页) is one by itself. A bare one is a figure unless the numbers of its form make
    the run that pages make.
    """
    found: list[int] = []
    bare: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for index, line in enumerate(text.lines):
        if len(line.text) > 20:
            continue
        if _DECORATED.fullmatch(line.text):
            found.append(index)
        elif (match := _BARE.fullmatch(line.text)) and (value := _number(match)) is not None:
            bare[_DIGITS.sub("#", line.text)].append((index, value))
    for candidates in bare.values():
        chain = _chain(candidates)
        if _are_pages(text, chain):
            found += [index for index, _ in chain]
        else:
            found += [index for index, _ in candidates if _at_form_feed(text, index)]
    return sorted(found)


def _at_form_feed(text: _Text, index: int) -> bool:
    after = text.lines[index + 1] if index + 1 < len(text) else None
    alone = after is None or after.gap_before or after.form_feed or text.lines[index].gap_before
    return (text.lines[index].form_feed or (after is not None and after.form_feed)) and alone


def _chain(candidates: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest run of (line, number) in which the number goes up by one, a missing page or two allowed."""
    before: list[int | None] = []  # by candidate, the one before it in the longest run that ends with it
    lengths: list[int] = []
    ending: dict[int, int] = {}  # number → the candidate of that number with the longest run
    for place, (_, value) in enumerate(candidates):
        earlier = [ending[value - step] for step in (1, 2, 3) if value - step in ending]
        last = max(earlier, key=lambda one: lengths[one], default=None)
        before.append(last)
        lengths.append(lengths[last] + 1 if last is not None else 1)
        if value not in ending or lengths[place] > lengths[ending[value]]:
            ending[value] = place
    current = max(range(len(candidates)), key=lambda one: lengths[one], default=None)
    chain: list[tuple[int, int]] = []
    while current is not None:
        chain.append(candidates[current])
        current = before[current]
    return chain[::-1]


def _are_pages(text: _Text, chain: Sequence[tuple[int, int]]) -> bool:
    """Whether a run of bare numbers is that of pages: evenly spread over a wrapped text, or between cut sentences."""
    if not chain:
        return False
    indexes = [index for index, _ in chain]
    if any(
        text.words.tables.figure_head.fullmatch(text.lines[index].text)
        for index in range(max(0, indexes[0] - 12), indexes[0])
    ):
        return False
    if any(_followed_by_unit(text, index) for index in indexes):
        return False
    stops = _stops(text, indexes)
    isolated = sum(text.parted(before, after) for before, after in stops)
    cut = sum(text.is_cut(before, after) for before, after in stops)
    if len(chain) == 1:
        long = indexes[0] >= _SHORTEST_PAGE
        first = text.dense and indexes[0] >= _TYPED_PAGE and chain[0][1] == 1
        return (
            text.wrapped
            and isolated == 1
            and long
            and (cut == 1 or first or _repeats_title(text, indexes[0]))
        )
    if _opened_alike(text, indexes):
        return True
    lengths = [b - a for a, b in pairwise(indexes)]
    usual = median(lengths)
    even = sum(abs(length - usual) <= max(3, _EVEN * usual) for length in lengths)
    spread = usual >= _SHORTEST_PAGE and 3 * even >= 2 * len(lengths) and indexes[0] >= _SHORTEST_PAGE - 1
    if text.wrapped and spread and (2 * isolated >= len(indexes) or 2 * cut >= len(indexes)):
        return True
    if text.dense and spread and 3 * isolated >= 2 * len(indexes):
        return True
    if len(lengths) > 1 and usual >= _TYPED_PAGE and max(abs(length - usual) for length in lengths) <= 2:
        return True
    sizes = [
        sum(len(line.text) for line in text.lines[a + 1 : b])
        for a, b in zip([-1, *indexes], indexes, strict=False)
    ]
    return 2 * cut >= len(indexes) and median(sizes) >= _PAGE_CHARACTERS


def _followed_by_unit(text: _Text, index: int) -> bool:
    return index + 1 < len(text) and text.lines[index + 1].text[:1] in _UNIT


def _stops(text: _Text, indexes: Sequence[int]) -> list[tuple[int, int]]:
    """Around each number the line where the text stops and the one where it goes on, past lines that stand beside many."""
    shapes = [
        {
            _shape(text.lines[near].text)
            for near in range(max(0, index - 2), min(len(text), index + 3))
            if near != index
        }
        for index in indexes
    ]
    counts = Counter(shape for group in shapes for shape in group if shape)
    title = {_shape(line.text) for line in text.lines[:_REACH]}
    usual = {
        shape for shape, count in counts.items() if count >= max(2, _OFTEN * len(indexes)) or shape in title
    }
    result: list[tuple[int, int]] = []
    for index in indexes:
        before, after = index - 1, index + 1
        while before > 0 and _shape(text.lines[before].text) in usual:
            before -= 1
        while after < len(text) and _shape(text.lines[after].text) in usual:
            after += 1
        if len(indexes) == 1 and after == index + 1 and after + 1 < len(text) and text.is_code(after):
            after += 1
        result.append((before, after))
    return result


def _opened_alike(text: _Text, indexes: Sequence[int]) -> bool:
    """Whether the line below every number is the one that opens the text: a header."""
    first = text.lines[0].text if text.lines else ""
    below = [text.lines[index + 1].text for index in indexes if index + 1 < len(text)]
    return len(below) > 1 and all(line == first for line in below)


def _repeats_title(text: _Text, index: int) -> bool:
    opening = {line.text for line in text.lines[:_REACH]}
    return index + 1 < len(text) and text.lines[index + 1].text in opening


def _beside_numbers(text: _Text, found: Furniture) -> None:
    """Headers and footers: the lines beside page numbers and form feeds that page after page repeats."""
    boundaries = _boundaries(text, found)
    if not boundaries:
        return
    shapes: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)  # (boundary, line)
    counted: set[int] = set()
    for number, (before, after) in enumerate(boundaries):
        seen: set[str] = set()  # shapes at this end of a page
        nearby = [*range(after, min(after + _REACH, len(text))), *range(before, max(before - _REACH, -1), -1)]
        for index in nearby:
            shape = _shape(text.lines[index].text)
            if shape and shape not in seen and index not in counted:
                seen.add(shape)
                counted.add(index)  # a line between two ends of pages is one line
                shapes[shape].append((number, index))
    often = max(2, _OFTEN * len(boundaries))
    opening = [_squeezed(line.text) for line in text.lines[:_REACH]]
    headers: set[str] = set()
    for shape, places in shapes.items():
        cut = sum(_cuts(text, index, found, boundaries[number]) for number, index in places)
        titled = _squeezed(text.lines[places[0][1]].text) in opening
        if _is_sentence(text, places[0][1], shape) and not titled:
            same = len({text.lines[index].text for _, index in places}) == 1
            every = same and len(places) >= max(3, 0.6 * len(boundaries)) and 2 * cut >= len(places)
            if every:
                headers.add(shape)
        elif len(places) >= often or (len(boundaries) <= 2 and _only_header(text, places, opening, cut)):
            headers.add(shape)
    for before, after in boundaries:
        for step, start, stop in ((1, after, len(text)), (-1, before, -1)):
            index = start
            while index != stop and _shape(text.lines[index].text) in headers and index not in found.removed:
                if step < 0 and index < _REACH and _opens(text, index):
                    break  # the title on a first page of a few lines
                found.removed[index] = Reason.RUNNING_HEADER
                index += step
    _on_first_page(text, found, headers)
    _suspect_headers(text, found, boundaries)


def _boundaries(text: _Text, found: Furniture) -> list[tuple[int, int]]:
    """The ends of pages: the last line above and the first below what is known to stand between."""
    marks = sorted(set(found.removed) | {index for index, line in enumerate(text.lines) if line.form_feed})
    result: list[tuple[int, int]] = []
    for mark in marks:
        if mark in found.removed:
            before, after = mark - 1, mark + 1
        else:
            before, after = mark - 1, mark
        while before in found.removed:
            before -= 1
        while after in found.removed:
            after += 1
        if not result or result[-1] != (before, after):
            result.append((before, after))
    return result


def _shape(text: str) -> str | None:
    """The line with its figures made equal, or None for one that is too long for a header."""
    squeezed = _squeezed(text)
    words = len(squeezed) <= _LONGEST_HEADER and re.search(r"\w", squeezed)
    return _DIGITS.sub("#", squeezed) if words else None


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _is_sentence(text: _Text, index: int, shape: str) -> bool:
    """Whether a line that pages repeat may all the same be text: a full line, a sentence, a numbered line."""
    full = text.wrapped and text.widths[index] >= _FULL * text.width
    return full or bool(re.search(r"[。；，：]", shape)) or bool(_LABELLED.match(text.lines[index].text))


def _cuts(text: _Text, index: int, found: Furniture, boundary: tuple[int, int]) -> bool:
    """Whether the sentence above the end of the page goes on below the line."""
    before, after = boundary
    if index <= before:
        return text.is_cut(index - 1, after)
    following = index + 1
    while following in found.removed:
        following += 1
    return text.is_cut(before, following)


def _only_header(text: _Text, places: Sequence[tuple[int, int]], opening: Sequence[str], cut: int) -> bool:
    """Whether a line beside the only page number of a text is a header: it repeats the title, or cuts a sentence as no text would."""
    index = places[0][1]
    line = _squeezed(text.lines[index].text)
    if index < _REACH:
        return False
    title = line in opening or (len(line) >= 6 and "".join(opening).startswith(line))
    return title or (
        text.is_code(index) and (cut == len(places) or (text.wrapped and not text.lines[index].indent))
    )


def _opens(text: _Text, index: int) -> bool:
    """Whether a line stands among the first of the text, and not again among them."""
    opening = [_squeezed(line.text) for line in text.lines[: 2 * _REACH]]
    return opening.count(_squeezed(text.lines[index].text)) == 1


def _on_first_page(text: _Text, found: Furniture, headers: set[str]) -> None:
    """The header of the first page, unless it is the title itself."""
    for index in range(min(_REACH, len(text))):
        shape = _shape(text.lines[index].text)
        if index in found.removed or shape not in headers:
            continue
        rest = [line.text for line in text.lines[index + 1 : index + 2 * _REACH]]
        repeated = any(_shape(line) == shape for line in rest)
        named = not text.words.documents.header.fullmatch(text.lines[index].text) and any(
            text.words.documents.header.fullmatch(line) for line in rest[:_REACH]
        )
        if repeated or named or text.is_code(index):
            found.removed[index] = Reason.RUNNING_HEADER


def _suspect_headers(text: _Text, found: Furniture, boundaries: Sequence[tuple[int, int]]) -> None:
    """Short lines at the end of a page that a sentence goes on around, but that too few pages repeat."""
    if not text.wrapped:
        return
    for before, after in boundaries:
        if after >= len(text) or after in found.removed or text.lines[after].indent:
            continue
        short = text.widths[after] < 0.8 * text.width and _shape(text.lines[after].text)
        if short and text.is_cut(before, after + 1):
            found.suspects[after] = "这一行在页首，前后两行的句子相连，可能是页眉。"


def _numbered_headers(text: _Text, found: Furniture) -> None:
    """Headers that carry the page number (某市公报 12), where no line holds the number alone."""
    groups: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for index, line in enumerate(text.lines):
        numbers = _DIGITS.findall(line.text)
        at_edge = re.match(r"\d{1,4}\s|.*\s\d{1,4}$", line.text)
        if index in found.removed or not at_edge or len(numbers) > 4:
            continue
        shape = _shape(line.text)
        if shape and not _LABELLED.match(line.text) and not re.search(r"[。；，：]", shape):
            groups[shape].append((index, int(numbers[0] if line.text[0].isdecimal() else numbers[-1])))
    for candidates in groups.values():
        if len(candidates) < 3:
            continue
        chain = _chain(candidates)
        steps = {b[1] - a[1] for a, b in pairwise(candidates)}
        ascending = len(chain) == len(candidates) or steps == {2}
        cut = sum(text.is_cut(index - 1, index + 1) for index, _ in candidates)
        lengths = [b[0] - a[0] for a, b in pairwise(candidates)]
        if ascending and 2 * cut >= len(candidates) and median(lengths) >= _SHORTEST_PAGE // 2:
            found.removed.update((index, Reason.RUNNING_HEADER) for index, _ in candidates)


def _cutting_headers(text: _Text, found: Furniture) -> None:
    """Lines that stand again and again, and each time (or most times) cut a sentence that reads on without them."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for index, line in enumerate(text.lines):
        shape = _shape(line.text)
        if index in found.removed or shape is None or len(shape) < 3:
            continue
        if _LABELLED.match(line.text) or re.search(r"[，。；！？]", line.text) or "\t" in line.text:
            continue
        places[shape].append(index)
    for shape, indexes in places.items():
        if len(indexes) < 2 or not re.search(r"[\u4e00-\u9fffA-Za-z]", shape):
            continue
        cut = [index for index in indexes if _stands_inside(text, index, found)]
        same = len({text.lines[index].text for index in indexes}) == 1
        bracketed = re.search(r"[（(][#.\-—至]+[)）]$", shape)
        if len(cut) >= 2 and 3 * len(cut) >= 2 * len(indexes) and (same or bracketed):
            found.removed.update(
                (index, Reason.RUNNING_HEADER) for index in indexes if index in cut or not _opens(text, index)
            )
        elif len(cut) >= 2:
            found.suspects.update(
                (index, "这一行多次出现，且把句子断开，可能是页眉或页脚。") for index in cut
            )


def _stands_inside(text: _Text, index: int, found: Furniture) -> bool:
    """Whether a line stands inside a sentence as only a page puts it there."""
    before, after = index - 1, index + 1
    while before in found.removed:
        before -= 1
    while after in found.removed:
        after += 1
    if after >= len(text) or not text.is_cut(before, after):
        return False
    page = text.wrapped or NARROWEST_PAGE <= text.width <= WIDEST_PAGE
    return not page or text.widths[index] < 0.85 * text.width


def _suspect_numbers(text: _Text, found: Furniture) -> None:
    """Bare numbers between empty lines, in a wrapped text without tables, that are in no run of pages."""
    if not text.wrapped:
        return
    for index, line in enumerate(text.lines):
        if index in found.removed or not re.fullmatch(r"\d{1,4}", line.text):
            continue
        if text.parted(index - 1, index + 1) and text.is_cut(index - 1, index + 1):
            found.suspects[index] = "这一行只有数字，前后两行的句子相连，可能是页码。"
