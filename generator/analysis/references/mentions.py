"""Documents as a text names them: 《…》, 文号, the short name that is declared beside them.

Works on text without white space (`squeeze`), for a title or a number may be broken anywhere on a page. Everything
here is linear in the length of the text, whatever the text: brackets are paired with a stack, and every pattern
has an upper bound.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from generator.model import Printed
from generator.parsing.numerals import HAN_DIGITS, to_int
from generator.vocabulary.documents import DocumentWords

LONGEST_TITLE = 150  # characters; a longer one is a 》 that the print lost
_SHORTEST_TITLE = 2
_LONGEST_CODE = 24  # characters of an office or its code before 〔2020〕24号
REACH = 20  # characters before a title that are looked at for its owner

_OPEN, _CLOSE = "（(〔[［【﹝〈", "）)〕]］】﹞〉"
_YEAR = r"(?:19|20)\d\d"
_DIGITS = rf"[\d{HAN_DIGITS}]{{1,6}}"
# 〔2020〕24号   [2019]第3号   令第722号   令〔2018〕第16号   公告2019年第48号   2018年第16号令
_SERIAL = re.compile(
    rf"[{re.escape(_OPEN)}](?P<year>{_YEAR})年?[{re.escape(_CLOSE)}]第?(?P<number>\d{{1,5}})号"
    rf"|(?<!责)(?P<order>令|公告|通告)[（(〔\[]?(?P<order_year>{_YEAR})?年?[）)〕\]]?第?(?P<order_number>{_DIGITS})号"
    rf"|(?:(?P<late_year>{_YEAR})年)?第(?P<late_number>{_DIGITS})号(?P<late_order>令|公告|通告)"
)
_CODE = re.compile(r"[\u4e00-\u9fffA-Za-z]")
_SHORTEST_CODE = 2  # 国发, 法释
_DATE_TAIL = re.compile("[年月日号]")  # what a digit before the code leaves of a date or of another number
# What joins a number to the one before it; within a name it is part of it (工业和信息化部公告2020年第1号).
_AND = re.compile("[和与及或]")
_SHORT_CODES: Mapping[str, str] = MappingProxyType({"国": "国务院"})  # 国令第722号 is 国务院令第722号
# 以下简称《条例》   以下称“营口方案”   简称条例   下称《办法》   (not 以下统称: a name for several)
_DECLARED = re.compile(
    r"(?:以下均?简?称|[下后]称|简称)(?:为|作)?[:：]?[《“\"‘「]?([^《》“”\"‘’「」（）()，,；;。、]{1,40})"
)
# 国发〔2016〕33号文《…》   — what may stand between a number and the title it is the number of
_NUMBER_TO_TITLE = re.compile(r"文件?|")
_LONGEST_REMARK = 20  # characters of a bracket (2018年修正) that a clause number may follow
_ATTACHED = re.compile("附[件表录]")  # （见附件2）: no remark on a title, but a pointer of its own
# What may stand between two numbers of one document: 国发〔2016〕33号、国发〔2016〕34号
_NEXT_NUMBER = re.compile("[、，,；;和及与]")


@dataclass(frozen=True)
class Title:
    """A 《…》: where it stands, and what is in it."""

    start: int
    stop: int
    text: str


@dataclass(frozen=True)
class Serial:
    """A 文号: where it stands. `code` is the office or its code (国办发, 国务院令), empty where none is printed."""

    start: int
    stop: int
    code: str


@dataclass(frozen=True)
class Mention:
    """A document named in a text.

    `start` and `stop` enclose what is printed of its title and number; a clause of it may be named from `clause_at`.
    """

    start: int
    stop: int
    clause_at: int
    title: str | None = None
    number: str | None = None
    before: str = ""  # the characters before a title, which may name whose it is: 贵州省《…》
    short_names: tuple[str, ...] = ()  # declared beside it


SerialKey = tuple[str, int | None, int]
"""Code with 令 or 公告, year, number: what printed numbers are compared by."""


def squeeze(wording: str, start: int = 0, stop: int | None = None) -> Printed:
    """The characters of a wording, or of a stretch of it, that are no white space, each with its offset in it."""
    stretch = range(start, len(wording) if stop is None else stop)
    kept = tuple(offset for offset in stretch if not wording[offset].isspace())
    return Printed("".join(wording[offset] for offset in kept), kept)


def find_mentions(text: str, words: DocumentWords) -> list[Mention]:
    """Every document named in a text by title or by 文号, in order, none over another.

    A title takes the number in the bracket after it, or right before it. Titles within titles are part of the
    outer one, the short name in （以下简称《条例》） is part of the mention that declares it.
    """
    serials = find_serials(text, words)
    brackets = dict(_pairs(text, _OPEN, _CLOSE))
    mentions: list[Mention] = []
    free_from = 0
    for title in find_titles(text):
        if title.start >= free_from:  # else it is the short name declared for the title before
            mentions.append(_titled(text, title, brackets, serials, free_from))
            free_from = mentions[-1].clause_at
    covered = [(one.start, one.clause_at) for one in mentions]
    position = 0
    for serial in serials:
        while position < len(covered) and covered[position][1] <= serial.start:
            position += 1
        inside = position < len(covered) and covered[position][0] < serial.stop
        if serial.code and not inside:
            printed = text[serial.start : serial.stop]
            mentions.append(Mention(serial.start, serial.stop, serial.stop, number=printed))
    return sorted(mentions, key=lambda mention: mention.start)


def find_titles(text: str) -> Iterator[Title]:
    """The outermost 《…》 of a text, in order, 〈〉 and 《》 inside them left in place.

    A pair that encloses a full stop or more than `LONGEST_TITLE` characters has lost its 》: the pairs inside it
    are taken instead.
    """
    free_from = 0
    for start, close in sorted(_pairs(text, "《", "》")):
        inner = text[start + 1 : close] if close - start <= LONGEST_TITLE else ""
        if start >= free_from and len(inner) >= _SHORTEST_TITLE and "。" not in inner:
            yield Title(start, close + 1, inner)
            free_from = close + 1


def find_serials(text: str, words: DocumentWords) -> list[Serial]:
    """The 文号 of a text, in order: 国办发〔2020〕24号, 国务院令第722号, 国家发展改革委2018年第16号令.

    `words` says which words before a number belong to the sentence and not to the number.
    """
    serials: list[Serial] = []
    free_from = 0
    for match in _SERIAL.finditer(text):
        start = _code_start(text, match.start(), free_from, words)
        free_from = match.end()
        code = text[start : match.start()]
        if len(code) < _SHORTEST_CODE and code not in _SHORT_CODES:
            code = ""
        serials.append(Serial(start if code else match.start(), match.end(), code))
    return serials


def serial_keys(number: str) -> list[SerialKey]:
    """What a printed 文号 is compared by: code, year, number. Brackets, 第, 年 and the place of 令 do not count.

    国办发〔2020〕24号 and 国办发[2020]24 号 are the same; 国家发展改革委2018年第16号令 is 国家发展改革委令2018年第16号.
    Several numbers give several keys, no number gives none.
    """
    text = "".join(number.split())
    keys: list[SerialKey] = []
    free_from = 0
    for match in _SERIAL.finditer(text):
        code = text[free_from : match.start()].lstrip("、，,；;和（( ").removeprefix("中华人民共和国")
        code = _SHORT_CODES.get(code, code)
        order = match["order"] or match["late_order"] or ""
        year = match["year"] or match["order_year"] or match["late_year"]
        value = to_int(match["number"] or match["order_number"] or match["late_number"])
        if code and value is not None:
            keys.append((code + order, int(year) if year else None, value))
        free_from = match.end()
    return keys


def _titled(
    text: str, title: Title, brackets: dict[int, int], serials: Sequence[Serial], free_from: int
) -> Mention:
    """A title with the number and the short names that the brackets after it give it."""
    start, stop, clause_at = title.start, title.stop, title.stop
    number: str | None = None
    names: list[str] = []
    while clause_at in brackets:
        close = brackets[clause_at]
        content = text[clause_at + 1 : close] if close - clause_at <= LONGEST_TITLE else "《"
        declared = _DECLARED.findall(content)
        inside = _between(serials, clause_at, close + 1)
        foreign = "《" in _DECLARED.sub("", content)
        remark = len(content) <= _LONGEST_REMARK and not _ATTACHED.search(content)
        if foreign or not (inside or declared or remark):
            break
        names += declared
        if inside and number is None:
            number = text[max(inside[0].start, clause_at + 1) : _run_of_numbers(text, inside)]
            stop = close + 1
        clause_at = close + 1
    if number is None:
        for serial in _between(serials, max(free_from, start - LONGEST_TITLE), start):
            if serial.code and _NUMBER_TO_TITLE.fullmatch(text, serial.stop, title.start):
                start, number = serial.start, text[serial.start : serial.stop]
    before = text[max(free_from, title.start - REACH) : title.start]
    return Mention(start, stop, clause_at, title.text, number, before, tuple(names))


def _run_of_numbers(text: str, serials: Sequence[Serial]) -> int:
    """Where the numbers end that follow one another: not （公告2019年第48号发布，令第50号修改）."""
    stop = serials[0].stop
    for serial in serials[1:]:
        if not _NEXT_NUMBER.fullmatch(text, stop, serial.start):
            break
        stop = serial.stop
    return stop


def _between(serials: Sequence[Serial], start: int, stop: int) -> list[Serial]:
    """The numbers that stand within a stretch of the text."""
    first = bisect_left(serials, start, key=lambda serial: serial.start)
    last = bisect_right(serials, stop, key=lambda serial: serial.stop)
    return list(serials[first:last])


def _pairs(text: str, openers: str, closers: str) -> Iterator[tuple[int, int]]:
    """The offsets of every opening bracket and the closing one that it is paired with."""
    open_: list[int] = []
    for offset, character in enumerate(text):
        if character in openers:
            open_.append(offset)
        elif character in closers and open_:
            yield open_.pop(), offset


def _code_start(text: str, stop: int, free_from: int, words: DocumentWords) -> int:
    """Where the office or its code begins that stands before `stop`, the words of the sentence left out."""
    start = stop
    while start > max(free_from, stop - _LONGEST_CODE) and _CODE.match(text[start - 1]):
        start -= 1
    if start and text[start - 1].isdecimal() and _DATE_TAIL.match(text, start, stop):
        start += 1
    if joined := _AND.match(text, start, stop):
        start = joined.end()
    return max(
        (
            text.rfind(word, start, stop) + len(word)
            for word in words.before_number
            if word in text[start:stop]
        ),
        default=start,
    )
