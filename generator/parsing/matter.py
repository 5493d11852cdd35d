"""Front and back matter: what stands before the first and after the last clause of a policy."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.model import Line, MatterRole
from generator.parsing.labels import Label, Style, find_label
from generator.parsing.paragraphs import DATE_LINE, Layout, Paragraph, ParagraphBuilder

# 齐政发〔2020〕29号   国办发[2019]3 号   第12号
NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,14}\s*[〔\[［（(【]\s*(?:19|20)\d\d\s*[〕\]］）)】]\s*(?:第\s*)?\d+\s*号|(?:第\s*\d+\s*号)"
)
_ORGANISATION = re.compile(
    r"[^，。；：《》]{2,40}(?:政府|办公厅|办公室|委员会|[局部厅院署会委办组行]|中心|海关|法院|公司)"
    r"(?:[\s、]*[^，。；：《》]{2,30}(?:政府|办公厅|办公室|委员会|[局部厅院署会委办组行]|中心|海关|法院|公司))*"
)
_CONTENTS = re.compile(r"目\s*[录次]")
# 各县（市）、区人民政府，市政府各委、办、局：   (not 为…，特制定如下措施：)
_ADDRESSEE = re.compile(
    r"(?!.*(?:制定|如下|以下|为了|通知))[^。；]{0,20}(?:各|委|局|厅|部|政府|单位|部门|机构|管委会|公司)[^。；]{0,300}[：:]"
)
_REMARK = re.compile(r"[（(][^（）()]{2,60}[）)]")
_ADOPTION = re.compile(r"[（(](?:19|20)\d\d\s*年.*(?:通过|公布|批准|修正|修订|发布)")
_CC = re.compile(r"抄\s*[送报]|主题词|分送|印\s*发\s*份数|（?共印")
_ATTACHED = re.compile(r"附\s*件\s*[：:]\s*(?:\d|[一二三四五六七八九十]|\S)")
_CONTACT = re.compile(r"[（(]?联系(?:人|电话|方式)")
_COMPLETE_TITLE = re.compile(
    r"(?:通知|意见|方案|措施|条例|办法|规定|细则|规划|计划|公告|决定|文件|举措|政策|清单|要点)$"
)


@dataclass(frozen=True)
class Block:
    """A paragraph of front or back matter with its role."""

    role: MatterRole
    paragraph: Paragraph


@dataclass(frozen=True)
class Body:
    """The lines of a policy taken apart."""

    front: tuple[Line, ...]
    body: tuple[Line, ...]
    back: tuple[Line, ...]


def take_apart(lines: Sequence[Line]) -> Body:
    """Where the clauses begin and end.

    They begin at the first label that can open a list (past a table of contents, whose chapters stand again
    below it) and end before the signature, the date, 抄送 and the like. A text without any label has its clauses
    between its opening lines (title, number, addressee) and its signature.
    """
    labels = [find_label(line.text) for line in lines]
    start = _first_clause(lines, labels)
    if start is None:
        start = _opening(lines)
        last = start - 1
    else:
        last = max(index for index, label in enumerate(labels) if label is not None)
    back = next((i for i in range(last + 1, len(lines)) if i >= start and _begins_back(lines, i)), len(lines))
    return Body(tuple(lines[:start]), tuple(lines[start:back]), tuple(lines[back:]))


def _first_clause(lines: Sequence[Line], labels: Sequence[Label | None]) -> int | None:
    contents_end = _contents_end(lines, labels)
    for index in range(contents_end, len(lines)):
        label = labels[index]
        if label is None or label.style in (Style.DIGIT_BRACKET, Style.ATTACHMENT):
            continue
        if label.number in (1, None):
            return index
    return next((index for index in range(contents_end, len(lines)) if labels[index] is not None), None)


def _contents_end(lines: Sequence[Line], labels: Sequence[Label | None]) -> int:
    """One past the table of contents of a regulation; 0 where there is none."""
    start = next((i for i, line in enumerate(lines) if _CONTENTS.fullmatch(line.text)), None)
    if start is None:
        return 0
    index = start + 1
    while index < len(lines) and (label := labels[index]) is not None and label.style is not Style.ARTICLE:
        if index > start + 1 and label.number == 1 and label.printed == (labels[start + 1] or label).printed:
            return index  # 第一章 stands again: the text begins
        index += 1
    return index


def _opening(lines: Sequence[Line]) -> int:
    """The number of opening lines of a text without labels: title, number, addressee, remarks."""
    index = 0
    texts = [line.text for line in lines]
    while index < len(lines) and _role(texts, index) is not None:
        index += 1
    return index


def _begins_back(lines: Sequence[Line], index: int) -> bool:
    text = lines[index].text
    if _CC.match(text) or _ATTACHED.match(text) or _CONTACT.match(text) or DATE_LINE.fullmatch(text):
        return True
    if re.fullmatch(r"[（(]此件.*[）)]", text):
        return True
    following = [line.text for line in lines[index + 1 : index + 6]]
    return bool(_ORGANISATION.fullmatch(text)) and any(
        DATE_LINE.fullmatch(later) and all(_ORGANISATION.fullmatch(between) for between in following[:number])
        for number, later in enumerate(following)
    )


def front_blocks(lines: Sequence[Line], layout: Layout) -> list[Block]:
    """The paragraphs of the front matter with their roles."""
    blocks: list[Block] = []
    builder = ParagraphBuilder(layout)
    groups = builder.groups(lines)
    texts = ["".join(line.text for line in group) for group in groups]
    pending: list[Line] = []
    contents = False

    def flush() -> None:
        for paragraph in builder.rejoin(pending):
            blocks.append(Block("text", paragraph))
        pending.clear()

    for index, group in enumerate(groups):
        contents = contents or bool(_CONTENTS.fullmatch(texts[index]))
        role = "contents" if contents else _role(texts, index)
        if role is None or (pending and not _ended(pending[-1].text) and role in ("title", "addressee")):
            pending += group
            continue
        flush()
        if role == "title" and blocks and _goes_on(blocks[-1], group[0]):
            blocks[-1].paragraph.lines.extend(group)
        else:
            blocks.append(Block(role, Paragraph(group)))
    flush()
    return _with_sense(blocks)


def back_blocks(lines: Sequence[Line]) -> list[Block]:
    """The paragraphs of the back matter with their roles."""
    blocks: list[Block] = []
    copied = False
    for line in lines:
        text = line.text
        copied = copied or bool(_CC.match(text))
        role: MatterRole = "text"
        if re.search(r"印\s*发[。]?$", text):
            role = "print"
        elif DATE_LINE.fullmatch(text):
            role = "date"
        elif _ATTACHED.match(text):
            role = "attachments"
        elif _REMARK.fullmatch(text) or _CONTACT.match(text):
            role = "remark"
        elif copied and not (_ORGANISATION.fullmatch(text) and "，" not in text and "、" not in text):
            role = "cc"
        elif _ORGANISATION.fullmatch(text):
            role = "print" if copied else "signature"
        blocks.append(Block(role, Paragraph([line])))
    return blocks


def _role(texts: Sequence[str], index: int) -> MatterRole | None:
    """The role a paragraph of the front matter shows by itself; None for running text."""
    text = texts[index]
    if NUMBER.fullmatch(text):
        return "number"
    if DATE_LINE.fullmatch(text):
        return "date"
    if _ADOPTION.match(text):
        return "adoption"
    if _REMARK.fullmatch(text):
        return "remark"
    if _ADDRESSEE.fullmatch(text):
        return "addressee"
    if re.search(r"[。；！？]$", text) or "，" in text or "," in text or len(text) > 60:
        return None
    if text.endswith("文件"):
        return "issuer"
    following = texts[index + 1] if index + 1 < len(texts) else ""
    if _ORGANISATION.fullmatch(text) and (
        DATE_LINE.fullmatch(following) or _ORGANISATION.fullmatch(following)
    ):
        return "signature"
    return "title"


def _ended(text: str) -> bool:
    return bool(re.search(r"[。；：！？:;][”’」』）)》]*$", text))


def _goes_on(block: Block, line: Line) -> bool:
    """Whether a title line continues the title before it."""
    previous = block.paragraph.lines[-1]
    return (
        block.role == "title"
        and not _COMPLETE_TITLE.search(previous.text)
        and not previous.marked_heading
        and not line.marked_heading
    )


def _with_sense(blocks: list[Block]) -> list[Block]:
    """Roles that follow from the place among the others: 正文 before a signature is the notice, after it the preamble."""
    signed = max((i for i, block in enumerate(blocks) if block.role in ("signature", "date")), default=-1)
    result: list[Block] = []
    for index, block in enumerate(blocks):
        role = block.role
        if role == "text":
            role = "notice" if index < signed else "preamble"
        result.append(Block(role, block.paragraph))
    return result
