"""Recognising the printed label at the start of a line: 第三条, （一）, 1., 一是, ——, 附件1.

Only the form is judged here. Whether a form is a label in its place, and what it is the label of, follows from
the run of labels of the whole policy (`structure`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from generator.parsing.numerals import HAN_DIGITS, to_int


class Style(Enum):
    """The printed form of a label, from the outermost to the innermost in the usual order."""

    ATTACHMENT = 0  # 附件1
    PART = 1  # 第一编, 第一部分
    CHAPTER = 2  # 第一章
    SECTION = 3  # 第一节
    ARTICLE = 4  # 第一条
    HAN_COMMA = 5  # 一、
    HAN_BRACKET = 6  # （一）
    DIGIT_DOT = 7  # 1.
    DIGIT_BRACKET = 8  # （1）
    CIRCLED = 9  # ①
    LETTER = 10  # A类
    ORDINAL = 11  # 一是, 一要
    DASH = 12  # ——

    @property
    def is_item(self) -> bool:
        """Whether the style marks a loose item (一是, ——, A类) rather than a numbered level."""
        return self in (Style.LETTER, Style.ORDINAL, Style.DASH)


@dataclass(frozen=True)
class Label:
    """A label as printed: 第十五条之一 is number 15, insertion 1."""

    style: Style
    printed: str
    number: int | None
    insertion: int | None = None


_HAN = f"[{HAN_DIGITS}]"
_NUMBER = rf"({_HAN}+|\d+)"
# What makes 第三条 a citation in running text rather than a label: 第三条第二款, 第九条、第十条, 第八章之规定.
_CITES = r"(?![、，,；;。：:第和或至及以与规所的中]|之[^一二三四五六七八九十])"

_PATTERNS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    # 附件1   附件：   附件2：办事指南   (not 附件：1. … — a list of attachments)
    (
        Style.ATTACHMENT,
        re.compile(rf"附\s*件\s*{_NUMBER}?(?=$|[：:\s]*$|[：:\s]+[^\d一二三四五六七八九十\s])"),
    ),
    # 第一编 总则   第 一 编 总则   第一部分 总体要求   (not 第一部分为规划背景，…)
    (Style.PART, re.compile(rf"第\s?{_NUMBER}\s?(?:编|部分)(?=$|[\s：:、]|{_HAN}*[^\s为是，,。、的]+$)")),
    # 第一章 总则   第八章信用与监管   第 一 章 总 则
    (Style.CHAPTER, re.compile(rf"第\s?{_NUMBER}\s?章{_CITES}(?=[^。；;]{{0,40}}$)(?![^。；;]*[，,、：:]$)")),
    (Style.SECTION, re.compile(rf"第\s?{_NUMBER}\s?节{_CITES}(?=[^。；;]{{0,40}}$)(?![^。；;]*[，,、：:]$)")),
    # 第十五条   第十五条之一   第一条为了…
    (Style.ARTICLE, re.compile(rf"第\s?{_NUMBER}\s?条(?:之({_HAN}+))?(?:(?=[\s　])|{_CITES})")),
    # 一、  一 、   (not 一、二类出口企业)
    (Style.HAN_COMMA, re.compile(rf"({_HAN}+)\s?[、．.](?!{_HAN}+(?:[、类级线等期]|至))")),
    # （一）  (七)  （三)  ㈢
    (Style.HAN_BRACKET, re.compile(rf"(?:[（(〔]\s*({_HAN}+)\s*[）)〕]|([㈠-㈩]))(?![项款目])")),
    # 1.  12．  3、  1.2021年底前  2.12345热线   (not 0.5天, 2021 年底前, 1.5倍)
    (
        Style.DIGIT_DOT,
        re.compile(r"(?:(\d{1,3})\s?[.．、]|([⒈-⒛]))(?:(?!\d)|(?=(?:19|20)\d\d\s*年|\d{5}(?!\d)))"),
    ),
    # （1）  (2)  3）
    (Style.DIGIT_BRACKET, re.compile(r"(?:[（(]?\s*(\d{1,2})\s*[）)]|([⑴-⒇]))(?![项款目])")),
    (Style.CIRCLED, re.compile(r"([①-⑳㉑-㉟㊱-㊿])")),
    # A类用户   A. 国有企业   (not A类别)
    (Style.LETTER, re.compile(r"([A-Z])(?:类(?!别)|[.．、]\s?(?=[\u4e00-\u9fff]))")),
    # 一是…   二要…   三则
    (Style.ORDINAL, re.compile(r"([一二三四五六七八九十]{1,3})[是要]")),
    (Style.DASH, re.compile(r"(?:(?:——|――)(?=[^\s—―])|(?:—|--)(?=[^\s—\-\d]))()")),
)


def find_label(text: str) -> Label | None:
    """The label that `text` starts with, judged by form alone, or None."""
    for style, pattern in _PATTERNS:
        match = pattern.match(text)
        if match is None:
            continue
        number = _number(style, match[1] or (match[2] if style in _SINGLE else None))
        if number is None and style not in (Style.ATTACHMENT, Style.DASH):
            continue
        insertion = to_int(match[2]) if style is Style.ARTICLE and match[2] else None
        return Label(style, match[0], number, insertion)
    return None


def _number(style: Style, printed: str | None) -> int | None:
    if not printed:
        return None
    for characters in (_CIRCLED, *_SINGLE.values()):
        if printed in characters:
            return characters.index(printed) + 1
    if style is Style.LETTER:
        return ord(printed) - ord("A") + 1
    return to_int(printed)


_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
# Labels that are one character: number and brackets (or point) together.
_SINGLE = {
    Style.HAN_BRACKET: "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩",
    Style.DIGIT_DOT: "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    Style.DIGIT_BRACKET: "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
}
