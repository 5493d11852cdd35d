"""Taking the marks of the page off a source, each with its reason.

A source is what somebody made of a printed document: text typed off a web page, a PDF turned into text, a
Markdown file made by character recognition. What such a process leaves that is not text of the document (page
numbers, running headers, rules, Markdown marks, line breaks, white space at the edges of a line) is removed
here and accounted for; every character that stays remembers its offset in the file.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from generator.model import Line, Printed, Removed, SourceText


class Reason(StrEnum):
    """Why a character of a source is no text of a policy. The value is what the reader is told."""

    LINE_BREAK = "换行"
    BLANK = "空行"
    EDGE_SPACE = "行首行尾空白"
    INVISIBLE = "不可见字符"
    HEADING_MARK = "Markdown 标题记号"
    BOLD_MARK = "Markdown 加粗记号"
    LIST_MARK = "转换时加上的列表记号"
    RULE = "分隔线"
    PAGE_NUMBER = "页码"
    RUNNING_HEADER = "页眉或页脚"
    STRAY_MARK = "孤立的标点"
    COMPILATION = "汇编的封面与目录"


# ## 一、指导思想
_HEADING_MARK = re.compile(r"#{1,6}[ \t]+(?=\S)")
# **（四十四）确保口岸安全高效运行。**
_BOLD_MARK = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
# - （一）海关高级认证企业；   (the item has its own printed label)
_LIST_MARK = re.compile(r"[-*•·][ \t]+(?=[（(]\s*[一二三四五六七八九十\d])")
# ---   ＊＊＊   ————————
_RULE = re.compile(r"[-—–―_=*＊－·.…~～ ]{3,}")
# - 8 -   — 12 —   第 3 页   第3页 共20页   3/20   17
_PAGE_NUMBER = re.compile(
    r"[-—–－·]\s*\d{1,4}\s*[-—–－·]|第\s*\d{1,4}\s*页(?:[，,\s]*共\s*\d{1,4}\s*页)?|\d{1,4}\s*/\s*\d{1,4}|\d{1,4}"
)
_GOES_ON = frozenset("%％‰℃")
_LONE_PUNCTUATION = re.compile(r"[。，、；：．.,;:]+")
_DIGITS = re.compile(r"\d+")
# 牵头部门:   完成时限：
_FIELD_LINE = re.compile(r"[^，。；：:]{0,4}(?:单位|部门|时限|联系人|电话)[：:]")
_LABELLED = re.compile(
    r"[（(]?[一二三四五六七八九十\d]+[)）、.．]|第[一二三四五六七八九十百\d]+[编章节条]|附件"
)
_DATE_LINE = re.compile(r"[（(]?(?:(?:19|20)\d\d|[二〇○零一二三四五六七八九]{4})\s*年.{2,9}日")
_SENTENCE_END = re.compile(r"[。！？!?；;：:][”’」』）)》\]］]*$|[）)\]］]$")
_RUNNING_HEADER_LIMIT = 40  # characters; a longer repeated line is text


@dataclass
class _Draft:
    """A line while its marks are being taken off."""

    number: int
    printed: Printed
    indent: int
    trailing_space: bool
    heading: bool


class _Ledger:
    """Collects what is removed from one source."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.removed: list[Removed] = []

    def take(self, start: int, stop: int, reason: Reason) -> None:
        """Note the removal of the characters from `start` up to `stop`."""
        if start < stop:
            self.removed.append(Removed(start, stop, reason.value, self._text[start:stop]))

    def take_run(self, run: Printed, reason: Reason) -> None:
        """Note the removal of a run of characters that need not be adjacent in the file."""
        start = 0
        for index in range(1, len(run) + 1):
            if index == len(run) or run.offsets[index] != run.offsets[index - 1] + 1:
                self.take(run.offsets[start], run.offsets[index - 1] + 1, reason)
                start = index


def read_lines(source: SourceText) -> tuple[list[Line], list[Removed]]:
    """The lines of a source that hold text, and all that was removed, in order.

    Every character of `source.text` is in exactly one of the two. Works in time linear in the text.
    """
    ledger = _Ledger(source.text)
    drafts: list[_Draft] = []
    gaps: set[int] = set()  # indexes of drafts that stand after an empty line or a page mark
    number = 0
    for number, (start, stop) in enumerate(_line_spans(source.text), 1):
        end = stop - 1 if source.text[stop - 1 : stop] == "\n" else stop
        ledger.take(end, stop, Reason.LINE_BREAK)
        printed = _visible(source.text, start, end, ledger)
        draft = _unmarked(number, printed, ledger)
        if draft is None:
            gaps.add(len(drafts))
        else:
            drafts.append(draft)
    gaps |= _drop_furniture(drafts, ledger)
    lines: list[Line] = []
    gap = False
    for index, draft in enumerate(drafts):
        gap = gap or index in gaps
        if not draft.printed:
            continue
        lines.append(
            Line(
                draft.number,
                draft.printed,
                draft.indent,
                draft.trailing_space,
                draft.heading,
                blank_before=gap,
            )
        )
        gap = False
    return lines, sorted(ledger.removed, key=lambda item: item.start)


def _line_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and stop of each line; only a line feed ends a line."""
    start = 0
    while start < len(text):
        stop = text.find("\n", start) + 1 or len(text)
        yield start, stop
        start = stop


def _visible(text: str, start: int, stop: int, ledger: _Ledger) -> Printed:
    """The characters of a line without control and zero-width characters, compatibility radicals mapped."""
    values: list[str] = []
    offsets: list[int] = []
    for offset in range(start, stop):
        character = text[offset]
        if character == "\t" or (character.isprintable() and character != "\ufeff") or character.isspace():
            if character in _INVISIBLE_SPACE:
                ledger.take(offset, offset + 1, Reason.INVISIBLE)
                continue
            values.append(_RADICALS.get(character, character))
            offsets.append(offset)
        elif unicodedata.category(character) == "Co":  # private use: an editor must see it
            values.append(character)
            offsets.append(offset)
        else:
            ledger.take(offset, offset + 1, Reason.INVISIBLE)
    return Printed("".join(values), tuple(offsets))


def _unmarked(number: int, printed: Printed, ledger: _Ledger) -> _Draft | None:
    """The line without white space at its edges and without Markdown marks; None where nothing is left."""
    text = printed.value
    stripped = text.strip()
    if not stripped:
        ledger.take_run(printed, Reason.BLANK)
        return None
    indent = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    ledger.take_run(printed.cut(0, indent), Reason.EDGE_SPACE)
    ledger.take_run(printed.cut(end), Reason.EDGE_SPACE)
    trailing = end < len(text)
    printed = printed.cut(indent, end)
    if _RULE.fullmatch(printed.value):
        ledger.take_run(printed, Reason.RULE)
        return None
    heading = _HEADING_MARK.match(printed.value)
    if heading:
        ledger.take_run(printed.cut(0, heading.end()), Reason.HEADING_MARK)
        printed = printed.cut(heading.end())
    mark = _LIST_MARK.match(printed.value)
    if mark:
        ledger.take_run(printed.cut(0, mark.end()), Reason.LIST_MARK)
        printed = printed.cut(mark.end())
    return _Draft(number, _unbolded(printed, ledger), indent, trailing, heading is not None)


def _unbolded(printed: Printed, ledger: _Ledger) -> Printed:
    """The line without pairs of Markdown bold marks."""
    kept: list[Printed] = []
    position = 0
    for match in _BOLD_MARK.finditer(printed.value):
        if match[1] == "__" and not _has_han(match[2]):
            continue
        kept += [printed.cut(position, match.start()), printed.cut(match.start(2), match.end(2))]
        ledger.take_run(printed.cut(match.start(), match.start(2)), Reason.BOLD_MARK)
        ledger.take_run(printed.cut(match.end(2), match.end()), Reason.BOLD_MARK)
        position = match.end()
    return Printed.joined([*kept, printed.cut(position)])


def _drop_furniture(drafts: list[_Draft], ledger: _Ledger) -> set[int]:
    """Empty the drafts that are page numbers, running headers or stray marks; returns their indexes."""
    reasons = dict.fromkeys(_page_numbers(drafts), Reason.PAGE_NUMBER)
    for index in _running_headers(drafts, set(reasons)):
        reasons[index] = Reason.RUNNING_HEADER
    previous = ""
    for index, draft in enumerate(drafts):
        if index in reasons:
            continue
        if _LONE_PUNCTUATION.fullmatch(draft.printed.value) and _SENTENCE_END.search(previous):
            reasons[index] = Reason.STRAY_MARK
            continue
        previous = draft.printed.value
    for index, reason in reasons.items():
        ledger.take_run(drafts[index].printed, reason)
        drafts[index].printed = Printed("", ())
    return set(reasons)


def _page_numbers(drafts: list[_Draft]) -> Iterator[int]:
    """The lines that are nothing but the number of a page. A bare number that goes on (100 / %) is text."""
    for index, draft in enumerate(drafts):
        if not _PAGE_NUMBER.fullmatch(draft.printed.value):
            continue
        following = drafts[index + 1].printed.value[:1] if index + 1 < len(drafts) else ""
        if following not in _GOES_ON or not draft.printed.value.isdecimal():
            yield index


def _running_headers(drafts: list[_Draft], page_numbers: set[int]) -> list[int]:
    """The lines that a page repeats: short, the same but for digits, and standing inside sentences.

    That the text around such a line runs on is the evidence: a line repeated between complete paragraphs
    (责任单位：市税务局) is text. Half of the occurrences must stand inside a sentence; then all are headers.
    """
    text_lines = [index for index in range(len(drafts)) if index not in page_numbers]
    occurrences: dict[str, list[tuple[int, bool]]] = defaultdict(list)
    shapes = {index: _header_shape(drafts[index].printed.value) for index in text_lines}
    previous: int | None = None
    for index in text_lines:
        shape = shapes[index]
        if shape is None:
            previous = index
            continue
        inside = (
            previous is not None
            and not _SENTENCE_END.search(drafts[previous].printed.value)
            and not _FIELD_LINE.match(drafts[previous].printed.value)
            and len(drafts[previous].printed) > len(drafts[index].printed) // 2
        )
        occurrences[shape].append((index, inside))
        previous = index
    return [
        index
        for places in occurrences.values()
        if len(places) > 1 and 2 * sum(inside for _, inside in places) >= len(places)
        for index, _ in places
    ]


def _header_shape(text: str) -> str | None:
    """The line with its numbers made equal, or None for a line that cannot be a running header."""
    if len(text) > _RUNNING_HEADER_LIMIT or not _has_han(text) or re.search(r"[，。；！？]", text):
        return None
    if (
        _FIELD_LINE.match(text)
        or _LABELLED.match(text)
        or _DATE_LINE.match(text)
        or _SENTENCE_END.search(text)
    ):
        if not re.search(r"[（(][\d.\-—至 ]+[)）]$", text):  # 每周政策汇编（11.22-11.28）
            return None
        if _LABELLED.match(text):
            return None
    return _DIGITS.sub("#", text)


def _has_han(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)


_INVISIBLE_SPACE = frozenset("\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\u2028\u2029")

# Kangxi radicals decompose to their characters; of the supplement Unicode decomposes only two, so the radicals
# that text extraction is known to leave are listed (Unicode EquivalentUnifiedIdeograph).
_RADICALS = {chr(code): unicodedata.normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)} | dict(
    zip(
        "⺁⺇⺉⺋⺍⺕⺖⺘⺙⺛⺝⺞⺟⺠⺡⺢⺣⺤⺥⺧⺨⺩⺫⺬⺭⺮⺯⺰⺱⺲⺷⺸⺹⺺⺻⺼⺽⺾⺿⻁⻂⻃⻄⻅⻆⻈⻉⻋⻌⻏⻐⻑⻒⻓⻔⻗⻘⻙⻚⻛⻜⻝⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
        "厂几刂㔾小彐忄扌攵旡月歺母民氵氺灬爫爫牛犭王罒示礻竹糹纟罓罒羊羊老肀聿肉臼艹艹虎衤覀西见角讠贝车辶阝钅長镸长门雨青韦页风飞食饣马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
        strict=True,
    )
)
