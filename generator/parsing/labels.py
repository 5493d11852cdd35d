"""Recognising the printed label at the start of a line: 第三条, （一）, 1., 1.2.3, 一是, ——, 附件1, 任务一：.

`find_label` judges the form alone, `by_form` for every line of a source. `in_context` knows the forms, too, that only
the other lines of a text show to be labels (2.1 in a text numbered so throughout, 任务一： where 任务二： follows). Whether
a label begins a paragraph in its place, and what it is the label of, follows from the run of labels (`paragraphs`,
`structure`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from generator.model import Label, Line, Style
from generator.parsing.numerals import HAN_DIGITS, to_int

__all__ = [
    "ATTACHMENT_WORD",
    "AT_THE_MARGIN",
    "DIVISIONS",
    "Label",
    "Style",
    "attachment_word",
    "by_form",
    "find_label",
    "in_context",
]

_HAN = f"[{HAN_DIGITS}]"
_NUMBER = rf"({_HAN}{{1,12}}|\d{{1,6}})"
# What makes 第三条 a citation in running text rather than a label: 第三条第二款, 第九条、第十条, 第八章之规定.
_CITES = r"(?![、，,；;。：:第和或至及与款项]|之[^一二三四五六七八九十])"
# 第三节规定的, 第二章所列, 第五章以外 cite; 第三节规划管理 is a heading.
_CITED_CHAPTER = r"(?!规定|所[列述称规]|的|以[上下外内]|中[的，,规所])"
# What may make it one: 第三条规定的, 第四条中, 第十条所称. 第四条中小企业 is none: the run of numbers decides.
_MAY_CITE = re.compile(r"[以规所的中]")
# （三）项, （一）款 in a citation; （一）项目审批, （二）款项支付 and （三）目录 are labels with their text.
_CITED_POINT = r"(?!(?:[项款]|目规定)(?:$|[、，,。；;：:的规至和或中所）)与及以之“”内外]))(?!\s{0,4}[、至和或及]\s{0,4}[（(])"
# What an attachment is called. 附则 is the last chapter of a regulation.
ATTACHMENT_WORD = r"附\s{0,4}[件录表图]|附(?=\s{0,4}(?:[\d一二三四五六七八九十：:]|$))"
_ATTACHMENT_NUMBER = r"(?:[\d０-９]{1,3}(?:[-—－]\d{1,2})?|[一二三四五六七八九十]{1,3}|[（(][\d一二三四五六七八九十]{1,3}[）)]|[A-Z](?=$|[\s：:.．、]))"

DIVISIONS = (Style.PART, Style.SUBPART, Style.CHAPTER, Style.SECTION)
"""编, 分编, 章, 节: what a law is divided into above its 条."""
AT_THE_MARGIN = frozenset({Style.ATTACHMENT, *DIVISIONS})
"""What stands at the margin where every other label is indented, and heads what is below it."""

_PATTERNS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    # 附件1   附件1.   附件：   附件2：办事指南   附表1   附录   【附件一】   (not 附件：1. … — a list of attachments)
    (
        Style.ATTACHMENT,
        re.compile(
            rf"[【\[（(]?(?:{ATTACHMENT_WORD})\s{{0,4}}(?:({_ATTACHMENT_NUMBER})\s{{0,4}}[】\]）)]?"
            r"(?:[.．](?=\s{0,4}(?:$|[\u4e00-\u9fff“《]))|(?=[\s：:]|$))"
            r"|[】\]）)]?(?=[：:\s]{0,8}$|[：:\s]{1,8}(?!\d{1,3}\s?[.．、]|[一二三四五六七八九十]{1,3}[、．.])[^\s：:]))"
        ),
    ),
    # 第一编 总则   第 一 编 总则   第一部分 总体要求   (not 第一部分为规划背景，…)
    (Style.SUBPART, re.compile(rf"第\s?{_NUMBER}\s?分编(?=$|[\s：:、]|[^\s为是，,。、的]{{1,60}}$)")),
    (Style.PART, re.compile(rf"第\s?{_NUMBER}\s?(?:编|部分)(?=$|[\s：:、]|[^\s为是，,。、的]{{1,60}}$)")),
    # 第一章 总则   第八章信用与监管   第 一 章 总 则   第二章 规划、建设与管理
    (
        Style.CHAPTER,
        re.compile(
            rf"第\s?{_NUMBER}\s?章{_CITES}{_CITED_CHAPTER}(?=[^。；;]{{0,40}}$)(?!(?:[^。；;]*[，,：:]|\S*、)$)"
        ),
    ),
    (
        Style.SECTION,
        re.compile(
            rf"第\s?{_NUMBER}\s?节{_CITES}{_CITED_CHAPTER}(?=[^。；;]{{0,40}}$)(?!(?:[^。；;]*[，,：:]|\S*、)$)"
        ),
    ),
    # 第十五条   第十五条之一   第一条为了…   【第一条】…   第一条措施：…
    (
        Style.ARTICLE,
        re.compile(
            rf"[【\[]?第\s?{_NUMBER}\s?条(?:之({_HAN}{{1,6}}))?(?:措施|举措|政策)?[】\]]?(?:(?=[\s　])|(?<=[】\]施举措策])[：:]?|{_CITES})"
        ),
    ),
    # 一、  一 、   (not 一、二类出口企业)
    (Style.HAN_COMMA, re.compile(rf"({_HAN}{{1,12}})\s?[、．.](?!{_HAN}{{1,12}}(?:[、类级线等期]|至))")),
    # （一）  (七)  （三)  ㈢   (not （三）项规定的)
    (
        Style.HAN_BRACKET,
        re.compile(rf"(?:[（(〔]\s{{0,4}}({_HAN}{{1,12}})\s{{0,4}}[）)〕]|([㈠-㈩])){_CITED_POINT}"),
    ),
    # 1.  12．  3、  1.2021年底前  2.12345热线  1*.  ★3.   (not 0.5天, 2021 年底前, 1.5倍)
    (
        Style.DIGIT_DOT,
        re.compile(
            r"(?:[*＊★☆▲△※●]\s?(\d{1,3})\s?[.．、]|(\d{1,3})\s?[*＊★☆▲△※●]?\s?[.．、]|([⒈-⒛]))"
            r"(?:(?!\d)|(?=(?:19|20)\d\d\s*年|\d{5}(?!\d)))"
        ),
    ),
    # （1）  (2)  3）
    (Style.DIGIT_BRACKET, re.compile(rf"(?:[（(]?\s{{0,4}}(\d{{1,2}})\s{{0,4}}[）)]|([⑴-⒇])){_CITED_POINT}")),
    (Style.CIRCLED, re.compile(r"([①-⑳㉑-㉟㊱-㊿])")),
    # A类用户   A. 国有企业   (not A类别)
    (Style.LETTER, re.compile(r"([A-Z])(?:类(?!别)|[.．、]\s?(?=[\u4e00-\u9fff]))")),
    # 一是…   二要…   三则
    (Style.ORDINAL, re.compile(r"([一二三四五六七八九十]{1,3})[是要]")),
    (Style.DASH, re.compile(r"(?:(?:——|――)(?=[^\s—―])|(?:—|--)(?=[^\s—\-\d]))()")),
)
# 1　总则   1.1　编制目的   2.1.3办公室   — in a text numbered so throughout
_DECIMAL = re.compile(
    r"(\d{1,2}(?:[.．]\d{1,2}){0,3})[.．]?(?:(?=[\s　])|(?<=[.．]\d)(?=[\u4e00-\u9fff“《（])|(?<=[.．]\d\d)(?=[\u4e00-\u9fff“《（])|(?=$))"
)
_DECIMAL_HEAD = re.compile(r"[\s　]*[\u4e00-\u9fff“《（A-Z][^。；，]{0,60}$")  # after a number of one step
_DECIMAL_STYLES = (Style.DECIMAL_1, Style.DECIMAL_2, Style.DECIMAL_3, Style.DECIMAL_4)
# 任务一：压缩开办时间   措施1：…   行动三　…   【任务二】
_TASK = re.compile(
    rf"[【\[]?((?:重点|专项|主要|具体)?(?:任务|措施|举措|行动|工程|专栏|步骤|项目|事项|阶段|目标|清单))\s?{_NUMBER}\s*(?:[：:、.．】\]]+|(?=[\s　]))"
)
_TASK_STYLES = (Style.TASK, Style.MEASURE)
_LARGEST = 9999  # number of a label


def find_label(text: str) -> Label | None:
    """The label that `text` starts with, judged by form alone, or None."""
    for style, pattern in _PATTERNS:
        match = pattern.match(text)
        if match is None:
            continue
        number = _number(style, match)
        if number is None and style not in (Style.ATTACHMENT, Style.DASH):
            continue
        insertion = to_int(match[2]) if style is Style.ARTICLE and match[2] else None
        if style is Style.ATTACHMENT and (part := re.search(r"[-—－](\d{1,2})$", match[1] or "")):
            insertion = int(part[1])  # 附件1-2
        weak = style is Style.ARTICLE and bool(_MAY_CITE.match(text, match.end()))
        return Label(
            style, match[0].rstrip() if style is Style.ATTACHMENT else match[0], number, insertion, weak=weak
        )
    return None


def attachment_word(label: Label) -> str:
    """What an attachment is called: 件, 录, 表 or 图; 附： is 件."""
    match = re.search(r"[件录表图]", label.printed)
    return match[0] if match else "件"


def by_form(lines: Sequence[Line]) -> list[Line]:
    """The lines of a source, each with the label that it shows by itself. This is the one time that labels are read.

    A row of a table has none: its first cell is a cell. Linear in the lines.
    """
    found = ((line, None if line.marked_row else find_label(line.text)) for line in lines)
    return [line if label is None else replace(line, label=label) for line, label in found]


def in_context(lines: Sequence[Line]) -> list[Line]:
    """The lines of one text, which have their labels by form, with the labels that only the other lines show."""
    shown = _tasks(lines) | _decimals(lines)
    return [replace(line, label=shown[index]) if index in shown else line for index, line in enumerate(lines)]


def _decimals(lines: Sequence[Line]) -> dict[int, Label]:
    """The decimal labels of a text, by line; none where it is not numbered so.

    It is where 1.1 is followed by 1.2, or 1 by 1.1; then every number that goes on from an earlier one is a label:
    2.1.3 after 2.1.2, 3 after 2, 1.1 after 1.
    """
    found: list[tuple[int, tuple[int, ...], str]] = []
    for index, line in enumerate(lines):
        match = _DECIMAL.match(line.text)
        if match is None or line.marked_row or "\t" in line.text:
            continue
        path = tuple(int(part) for part in re.split(r"[.．]", match[1]))
        if len(path) == 1 and not _DECIMAL_HEAD.fullmatch(line.text, match.end()):
            continue
        found.append((index, path, match[0]))
    deep = [path for _, path, _ in found if len(path) > 1]
    pairs = set(deep)
    if not any((*path[:-1], path[-1] + 1) in pairs for path in pairs if path[-1] == 1):
        return {}
    labels: dict[int, Label] = {}
    seen: dict[int, tuple[int, ...]] = {}  # depth → the last number of that depth
    for index, path, printed in found:
        if _goes_on(path, seen):
            labels[index] = Label(_DECIMAL_STYLES[len(path) - 1], printed, path[-1], path=path)
            seen = {depth: last for depth, last in seen.items() if depth < len(path)} | {len(path): path}
    return labels


def _goes_on(path: tuple[int, ...], seen: dict[int, tuple[int, ...]]) -> bool:
    """Whether a decimal number follows from those before it: the next of its list, or the first of a new one."""
    depth = len(path)
    if path == (1,):
        return True  # a table of contents before, an attachment after
    last, above = seen.get(depth), seen.get(depth - 1)
    if last is not None and last[:-1] == path[:-1] and 0 < path[-1] - last[-1] <= 2:
        return True
    if path[-1] > 2 or depth == 1:
        return False
    return above is None or above == path[:-1] or path[:-1] == (*above[:-1], above[-1] + 1)


def _tasks(lines: Sequence[Line]) -> dict[int, Label]:
    """The labels 任务一：, 措施1： by line: words with a number of which the text has the first and the second.

    The word that comes first stands outside the other.
    """
    found: dict[str, list[tuple[int, int, str]]] = {}
    for index, line in enumerate(lines):
        match = _TASK.match(line.text)
        number = to_int(match[2]) if match else None
        if match is not None and number is not None and not line.marked_row:
            found.setdefault(match[1], []).append((index, number, match[0].rstrip()))
    lists = [members for members in found.values() if {1, 2} <= {number for _, number, _ in members}]
    lists.sort(key=lambda members: members[0][0])
    return {
        index: Label(style, printed, number)
        for style, members in zip(_TASK_STYLES, lists, strict=False)
        for index, number, printed in members
    }


def _number(style: Style, match: re.Match[str]) -> int | None:
    printed = next((group for group in match.groups() if group), None)
    if not printed:
        return None
    for characters in (_CIRCLED, *_SINGLE.values()):
        if len(printed) == 1 and printed in characters:
            return characters.index(printed) + 1
    if style is Style.LETTER or (style is Style.ATTACHMENT and printed.isascii() and printed.isalpha()):
        return ord(printed) - ord("A") + 1
    value = to_int(re.split(r"[-—－]", printed.strip("（）()"))[0])
    return value if value is not None and value <= _LARGEST else None


_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
# Labels that are one character: number and brackets (or point) together.
_SINGLE = {
    Style.HAN_BRACKET: "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩",
    Style.DIGIT_DOT: "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    Style.DIGIT_BRACKET: "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
}
