"""Spoiling a real text the way copying, printing, recognition and ill will spoil it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

LABELS = (
    "一、", "二、", "十、", "（一）", "（二）", "(三)", "1.", "2．", "1、", "3)", "（1）", "(2)", "①", "②", "第一条", "第二条 ", "第三条之一",
    "第一章 ", "第二节", "第一编", "第二部分", "一是", "二是", "——", "A类", "附件1", "附件", "附件：", "附：", "附表2", "1.1 ", "1.1.1 ",
    "任务一：", "措施1：", "第一款", "第三项", "项目一", "目 录", "序号", "⑴", "㈠", "1*.", "1\\.", "第九千九百九十九条", "第００１条",
)  # fmt: skip
RARE = (
    "\u200b", "\ufeff", "\u2028", "\u2029", "\x0b", "\x0c", "\r", "\x85", "\xa0", "\u3000", "\t", "\u202e", "\u0301", "\u2f00",
    "\u2ec5", "\ue000", "\U00020000", "\U0001f600", "\ufffd", "\ufffe", "\x01", "\x1c", "\x7f", "\xad", "㎡", "Ⅱ", "½", "〇", "○",
    "٣", "₂", "İ", "ß", "\u180e", "\u2060", "\U000e0001", "ﷺ",
)  # fmt: skip
MARKS = (
    "**", "__", "`", "```", "# ", "## ", "> ", "- ", "* ", "| ", "|", "<b>", "</td>", "<script>", "<!-- ", "-->", "&lt;", "[", "](",
    "![", "{#", "{{", "{%", "$", "~~", "---", "\\", "--8<--", ":::", "：", "。", "，", "；", "、", "（", "）", "“", "”", "《", "》", "〔", "〕",
    "[1]", "\n\n", "\n", " ", "%", "——",
)  # fmt: skip
LINES = (
    "- 8 -", "— 12 —", "第 3 页 共 20 页", "17", "3/20", "目录", "责任单位：市发展改革委、市市场监管局", "完成时限：2021年6月底前",
    "（牵头单位：市税务局；配合单位：各区政府）", "抄送：市委办公厅。", "某市人民政府办公室", "2021年3月1日", "（此件公开发布）",
    "某政办发〔2021〕14号", "各县（市、区）人民政府，市政府各部门：", "特此通知。", "附件：1. 任务分解表", "附件1", "上一篇：通知", "责任编辑：王某",
    "序号\t事项\t时限", "1\t开办企业\t3个工作日", "| 序号 | 事项 |", "|---|---|", "| 1 | 开办企业 |", "<table><tr><td>1</td></tr></table>",
    "---", "title: 某", "<!-- INFO END -->", "==========", "100", "200", "第一章 总 则", "本办法自2021年1月1日起施行，有效期5年。",
    "《某市条例》同时废止。", "第三条第二款、第四条至第六条和本条例第一条第（三）项规定的", "开办企业压缩至1.5个工作日以内，材料不超过3份，费用降低20%",
    "依照前款规定、上条规定、本法第九十九条之一第二款", "从10个工作日压缩到3—5个工作日（不含施工时间）",
)  # fmt: skip
NUMBERS = (
    "0",
    "00",
    "1" * 40,
    "9" * 400,
    "一" * 30,
    "九亿" * 40,
    "1.5.5",
    "1e308",
    "百千万亿",
    "十十",
    "〇",
    "１２",
    "-1",
    "100%",
    "3‰",
)

LONGEST = (
    20_000  # characters of what is made: a line twenty times as long, three times over, is no small input
)
Change = Callable[[str, random.Random], str]


def mutated(text: str, chance: random.Random, others: Sequence[str] = (), most: int = 6) -> str:
    """The text with one to `most` changes; `others` are texts of which lines may come in."""
    for _ in range(chance.randint(1, most)):
        if others and chance.random() < 0.1:
            text = _spliced(text, chance.choice(others), chance)
        else:
            text = chance.choice(CHANGES)(text, chance)
    return text[:LONGEST]


def window(text: str, chance: random.Random, most: int) -> str:
    """Some lines of a text that stand together, of `most` characters at most."""
    lines = text.split("\n")
    start = 0 if chance.random() < 0.4 else chance.randrange(len(lines))
    return "\n".join(lines[start:])[:most]


def _place(text: str, chance: random.Random) -> int:
    """A place in the text: anywhere, or where a line begins or ends."""
    place = chance.randint(0, len(text))
    how = chance.random()
    if how < 0.3:
        return text.rfind("\n", 0, place) + 1
    if how < 0.45:
        end = text.find("\n", place)
        return end if end >= 0 else len(text)
    return place


def _inserted(choices: Sequence[str]) -> Change:
    def change(text: str, chance: random.Random) -> str:
        place = _place(text, chance)
        return text[:place] + chance.choice(choices) + text[place:]

    return change


def _span(text: str, chance: random.Random, most: int) -> tuple[int, int]:
    start = _place(text, chance)
    return start, min(len(text), start + chance.randint(1, most))


def _deleted(text: str, chance: random.Random) -> str:
    start, stop = _span(text, chance, chance.choice((1, 4, 60)))
    return text[:start] + text[stop:]


def _doubled(text: str, chance: random.Random) -> str:
    start, stop = _span(text, chance, chance.choice((1, 4, 60)))
    return text[:stop] + text[start:stop] * chance.choice((1, 1, 2, 9)) + text[stop:]


def _swapped(text: str, chance: random.Random) -> str:
    start, middle = _span(text, chance, chance.choice((1, 20)))
    stop = min(len(text), middle + chance.randint(1, 20))
    return text[:start] + text[middle:stop] + text[start:middle] + text[stop:]


def _of_lines(change: Callable[[list[str], int, random.Random], None]) -> Change:
    def whole(text: str, chance: random.Random) -> str:
        lines = text.split("\n")
        change(lines, chance.randrange(len(lines)), chance)
        return "\n".join(lines)

    return whole


def _line_deleted(lines: list[str], at: int, _: random.Random) -> None:
    del lines[at]


def _line_doubled(lines: list[str], at: int, chance: random.Random) -> None:
    lines[at:at] = [lines[at]] * chance.choice((1, 1, 3))


def _lines_swapped(lines: list[str], at: int, chance: random.Random) -> None:
    other = chance.randrange(len(lines))
    lines[at], lines[other] = lines[other], lines[at]


def _lines_joined(lines: list[str], at: int, chance: random.Random) -> None:
    stop = at + chance.choice((2, 2, 3, 30))
    lines[at:stop] = ["".join(lines[at:stop])]


def _line_broken(lines: list[str], at: int, chance: random.Random) -> None:
    cut = chance.randint(0, len(lines[at]))
    lines[at : at + 1] = [lines[at][:cut], lines[at][cut:]]


def _line_relabelled(lines: list[str], at: int, chance: random.Random) -> None:
    lines[at] = chance.choice(LABELS) + lines[at][chance.choice((0, 2, 3)) :]


def _line_lengthened(lines: list[str], at: int, chance: random.Random) -> None:
    lines[at] *= chance.choice((2, 5, 20))


def _line_inserted(lines: list[str], at: int, chance: random.Random) -> None:
    lines.insert(at, chance.choice(LINES))


def _line_repeated_everywhere(lines: list[str], at: int, chance: random.Random) -> None:
    step = chance.randint(2, 9)
    line = chance.choice((lines[at], chance.choice(LINES)))
    for place in range(len(lines) - 1, 0, -step):
        lines.insert(place, line)


def _lines_indented(lines: list[str], at: int, chance: random.Random) -> None:
    mark = chance.choice(("　　", "  ", "\t", "> ", "- ", "    "))
    for place in range(at, min(len(lines), at + 6)):
        lines[place] = mark + lines[place]


def _wrapped(text: str, chance: random.Random) -> str:
    width = chance.choice((7, 18, 26, 30, 40))
    lines = text.split("\n")
    start = chance.randrange(len(lines))
    some = lines[start : start + 12]
    broken = [line[at : at + width] for line in some for at in range(0, max(1, len(line)), width)]
    return "\n".join([*lines[:start], *broken, *lines[start + 12 :]])


def _line_ends(text: str, chance: random.Random) -> str:
    return text.replace("\n", chance.choice(("\r\n", "\r", "\u2028", "\x0b", "\n\n", "\n \n", " \n")))


def _spliced(text: str, other: str, chance: random.Random) -> str:
    place = _place(text, chance)
    return text[:place] + window(other, chance, chance.choice((40, 400))) + text[place:]


CHANGES: tuple[Change, ...] = (
    _deleted, _deleted, _doubled, _doubled, _swapped, _wrapped, _line_ends,
    _inserted(LABELS), _inserted(LABELS), _inserted(RARE), _inserted(MARKS), _inserted(MARKS), _inserted(NUMBERS),
    *map(_of_lines, (
        _line_deleted, _line_doubled, _lines_swapped, _lines_joined, _line_broken, _line_relabelled, _line_relabelled,
        _line_lengthened, _line_inserted, _line_inserted, _line_repeated_everywhere, _lines_indented,
    )),
)  # fmt: skip
