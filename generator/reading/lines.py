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
    QUOTE_MARK = "Markdown 引用记号"
    RULE = "分隔线"
    PAGE_NUMBER = "页码"
    RUNNING_HEADER = "页眉或页脚"
    STRAY_MARK = "孤立的标点"
    COMPILATION = "汇编的封面与目录"


# ## 一、指导思想
_HEADING_MARK = re.compile(r"#{1,6}[ \t]+(?=\S)")
_MARKDOWN = re.compile(r"^#{1,6}[ \t]+\S", re.MULTILINE)
# **（四十四）确保口岸安全高效运行。**
_BOLD_MARK = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
# - （一）海关高级认证企业；   (the item has its own printed label)
_LIST_MARK = re.compile(r"[-*•·][ \t]+(?=[（(]\s*[一二三四五六七八九十\d])")
# - 退货商品免征关税；   (in a Markdown file, where it can be nothing else)
_ITEM_MARK = re.compile(r"[-*+][ \t]+(?=[\u4e00-\u9fff“《]|\d+[^\d\s\-—])")
# > （一）加强领导。   (not > 90%)
_QUOTE_MARK = re.compile(r">[ \t]+(?=[\u4e00-\u9fff“《（(])")
# ---   ＊＊＊   ————————
_RULE = re.compile(r"[-—–―_=*＊－·.…~～ ]{3,}")
# - 8 -   — 12 —   第 3 页   第3页 共20页   3/20   17
_PAGE_NUMBER = re.compile(
    r"[-—–－·]\s*\d{1,4}\s*[-—–－·]|第\s*(?:\d{1,4}|[一二三四五六七八九十百]{1,5})\s*页(?:[，,\s]*共\s*\S{1,5}\s*页)?"
    r"|\d{1,4}\s*/\s*\d{1,4}|[Pp]age\s*\d{1,4}(?:\s*of\s*\d{1,4})?"
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
# 2021年3月1日   （二〇二一年三月一日）   (not （2022年6月30日某市人民代表大会常务委员会通过）)
_DATE_ALONE = re.compile(rf"{_DATE_LINE.pattern}\s*(?:印\s*发)?[）)]?")
_SENTENCE_END = re.compile(r"[。！？!?；;：:][”’」』）)》\]］]*$|[）)\]］]$")
# 附件：民生实事任务分解表
_ATTACHED = re.compile(r"附\s*件")
# 市市场监管局牵头   完成时限 2021年底
_NOTE_LIKE = re.compile(r"牵头|责任|配合|负责|完成时限|按职责|分工|落实")
_PAGE_DIGITS = 4  # of a bare page number at most
_LEAST_LINES_OF_A_PAGE = 3
_SHORT_LINE = 12  # characters; a shorter unfinished line is a title or a heading
_OPENING_LINES = 3
_RUNNING_HEADER_LIMIT = 40  # characters; a longer repeated line is text


@dataclass
class _Draft:
    """A line while its marks are being taken off."""

    number: int
    printed: Printed
    indent: int
    trailing_space: bool
    heading: bool
    item: bool = False
    gap_before: bool = False  # an empty line stands before it
    form_feed: bool = False  # a form feed stands before it


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
    form_feed = False
    markdown = _MARKDOWN.search(source.text) is not None
    for number, (start, stop) in enumerate(_line_spans(source.text), 1):
        end = stop - 1 if source.text[stop - 1 : stop] == "\n" else stop
        ledger.take(end, stop, Reason.LINE_BREAK)
        form_feed = form_feed or source.text.find("\f", start, end) >= 0
        printed = _visible(source.text, start, end, ledger)
        draft = _unmarked(number, printed, ledger, markdown=markdown)
        if draft is None:
            gaps.add(len(drafts))
        else:
            draft.gap_before, draft.form_feed, form_feed = len(drafts) in gaps, form_feed, False
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
                marked_item=draft.item,
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


def _unmarked(number: int, printed: Printed, ledger: _Ledger, *, markdown: bool) -> _Draft | None:
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
    quoted = _QUOTE_MARK.match(printed.value)
    if quoted:
        ledger.take_run(printed.cut(0, quoted.end()), Reason.QUOTE_MARK)
        printed = printed.cut(quoted.end())
    mark = _LIST_MARK.match(printed.value) or (_ITEM_MARK.match(printed.value) if markdown else None)
    if mark:
        ledger.take_run(printed.cut(0, mark.end()), Reason.LIST_MARK)
        printed = printed.cut(mark.end())
    return _Draft(
        number, _unbolded(printed, ledger), indent, trailing, heading is not None, item=mark is not None
    )


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


def _page_numbers(drafts: list[_Draft]) -> list[int]:
    """The lines that are nothing but the number of a page.

    A decorated number (- 8 -, 第 3 页) is one by itself. A bare one could be a figure of a table: it is one beside
    a form feed, alone between empty lines, or where it goes on from the bare number before it.
    """
    found: list[int] = []
    bare: list[int] = []
    for index, draft in enumerate(drafts):
        text = draft.printed.value
        if text.isdecimal() and len(text) <= _PAGE_DIGITS:
            bare.append(index)
        elif _PAGE_NUMBER.fullmatch(text):
            found.append(index)
    values = {index: int(drafts[index].printed.value) for index in bare}
    for position, index in enumerate(bare):
        draft = drafts[index]
        following = drafts[index + 1] if index + 1 < len(drafts) else None
        if following is not None and following.printed.value[:1] in _GOES_ON:
            continue
        neighbours = bare[max(0, position - 1) : position] + bare[position + 1 : position + 2]
        in_sequence = any(
            abs(values[other] - values[index]) == 1
            and (values[other] < values[index]) == (other < index)
            and abs(other - index) >= _LEAST_LINES_OF_A_PAGE
            for other in neighbours
        )
        alone = draft.gap_before and (following is None or following.gap_before)
        if draft.form_feed or in_sequence or alone:
            found.append(index)
    return found


def _running_headers(drafts: list[_Draft], page_numbers: set[int]) -> list[int]:
    """The lines that a page repeats: short, the same but for digits, at page ends or inside sentences.

    The evidence is that the line stands beside a page number or form feed, or that the text around it runs on: a
    line repeated between complete paragraphs (责任单位：市税务局) is text. It must hold for half of the
    occurrences; then all are headers, but for one that signs the text or opens a title.
    """
    occurrences: dict[str, list[tuple[int, bool, bool]]] = defaultdict(list)
    text_lines = [index for index in range(len(drafts)) if index not in page_numbers]
    shapes = {index: _header_shape(drafts[index].printed.value) for index in text_lines}
    previous: int | None = None
    for index in text_lines:
        shape = shapes[index]
        if shape is None:
            previous = index
            continue
        beside_page_mark = (
            drafts[index].form_feed
            or index - 1 in page_numbers
            or index + 1 in page_numbers
            or (index + 1 < len(drafts) and drafts[index + 1].form_feed)
        )
        after = drafts[index + 1].printed.value if index + 1 < len(drafts) else ""
        inside = previous is not None and _runs_on(drafts[previous].printed.value, shape, after)
        occurrences[shape].append((index, beside_page_mark, inside))
        previous = index
    headers: list[int] = []
    for places in occurrences.values():
        evident = sum(beside or inside for _, beside, inside in places)
        if len(places) < 2 or 2 * evident < len(places):
            continue
        on_pages = sum(beside for _, beside, _ in places) > 1  # then the first page has it too
        headers += [
            index
            for index, beside, inside in places
            if beside or inside or not _signs(drafts, index, opening=not on_pages)
        ]
    return headers


def _runs_on(before: str, header: str, after: str) -> bool:
    """Whether the sentence (or list of offices) before a repeated line has not ended: a page cuts it."""
    if _SENTENCE_END.search(before) or _ATTACHED.match(before):
        return False
    if _FIELD_LINE.match(before) and before[0] not in "（([［【〔":
        return bool(after) and not (
            _FIELD_LINE.match(after) or _LABELLED.match(after) or _DATE_LINE.match(after)
        )
    return len(before) > max(len(header) // 2, _SHORT_LINE)


def _signs(drafts: list[_Draft], index: int, *, opening: bool) -> bool:
    """Whether a repeated line stands where an office signs or, if asked, a text opens.

    A date follows where an office signs, perhaps below a second office, and in the note below a law's title.
    """
    following = [draft.printed.value for draft in drafts[index + 1 : index + 3]]
    return (
        (opening and index < _OPENING_LINES)
        or any(_DATE_LINE.match(text) for text in following[:1])
        or any(_DATE_ALONE.fullmatch(text) for text in following[1:])
    )


def _header_shape(text: str) -> str | None:
    """The line with its numbers made equal, or None for a line that cannot be a running header."""
    if len(text) > _RUNNING_HEADER_LIMIT or not _has_han(text) or re.search(r"[，。；！？]", text):
        return None
    if _NOTE_LIKE.search(text):
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
