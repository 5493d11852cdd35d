"""Front and back matter: what stands before the first and after the last clause of a policy."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.model import Line, MatterRole
from generator.parsing.labels import Label, Style, find_label
from generator.parsing.paragraphs import DATE_LINE, Layout, Paragraph, ParagraphBuilder

# 第88号   （第35号）   〔十三届〕第三十五号   — below or after 某某令, 某某公告
_ORDINAL_NUMBER = (
    r"[（(〔【]?\s*(?:[一二三四五六七八九十]{1,3}届\s*[〕）)】]?\s*)?"
    r"第\s*(?:\d+|[〇零一二三四五六七八九十百]{1,7})\s*号(?:\s*[）)〕】])?"
)
# 齐政发〔2020〕29号   国办发[2019]3 号   江税公告2021年第14号   财政部 税务总局公告2023年第6号   国务院令第768号
NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,14}\s*[〔\[［（(【﹝]\s*(?:19|20)\d\d\s*(?:年\s*)?[〕\]］）)】﹞]\s*(?:第\s*)?\d+\s*号"
    r"|(?:[\u4e00-\u9fff]{2,20}[\s、]+){0,4}[\u4e00-\u9fff]{2,20}\s*(?:19|20)\d\d\s*年\s*第\s*\d+\s*号"
    rf"|(?:[\u4e00-\u9fff]{{2,30}}(?:令|公告)\s*)?{_ORDINAL_NUMBER}"
)
# 中华人民共和国国务院令   江州市人民政府公告   — the number stands on the next line
ORDER = re.compile(r"(?!.*关于)[^，。；：]{2,30}(?:令|公告)")
# 2023年第9号   — alone on its line
YEAR_NUMBER = re.compile(r"(?:19|20)\d\d\s*年\s*第\s*\d+\s*号")
# 公开方式：主动公开   信息公开选项：主动公开
_DISCLOSURE = re.compile(r"(?:信息)?公开(?:方式|形式|属性|选项|类别)\s*[：:]")
_OFFICE = r"(?:政府|办公厅|办公室|委员会|管委会|[局部厅院署会委办组行处]|中心|海关|法院|公司)(?:[（(][^（）()]{1,8}[）)])?"
_OFFICE_NAME = re.compile(rf"[^，。；：《》\s、]{{1,40}}{_OFFICE}")
# 某市人民政府 2021年3月1日   — office and date on one line
_SIGNED = re.compile(rf"[^，。；：《》\s、]{{1,40}}{_OFFICE}\s+(?={DATE_LINE.pattern}$)")
_LONGEST_SIGNATURE = 120  # characters of a line of offices
_CONTENTS = re.compile(r"目\s*[录次]")
# 各县（市）、区人民政府，市政府各委、办、局：   (not 为…，特制定如下措施：)
_ADDRESSEE = re.compile(
    r"(?!.*(?:制定|如下|以下|为了|通知|要求|意见))[^。；]{0,20}(?:各|委|局|厅|部|政府|单位|部门|机构|管委会|公司)[^。；]{0,300}[：:]"
)
_REMARK = re.compile(
    r"[（(][^（）()]{2,60}[）)]|特急|加急|急件|(?:绝密|机密|秘密)\S{0,6}|[（(]?此页无正文[）)]?"
)
_DATE_REMARK = re.compile(rf"[（(]\s*(?:{DATE_LINE.pattern})\s*[）)]")
# 索引号：…   文　　号：…   发布时间：2021-03-01   — the head of a web page
_WEB_FIELD = re.compile(
    r"(?:索引号|发文机关|发文字号|成文日期|发布日期|发布时间|发布机构|主题分类|信息来源|来源|文号|名称|标题|有效性|公开方式"
    r"|浏览次数|访问次数|字体|字号|签发人|关键词)\s*[：:]"
)
_ADOPTION = re.compile(r"[（(](?:19|20)\d\d\s*年.*(?:通过|公布|批准|修正|修订|发布)")
_CC = re.compile(r"抄\s*[送报]|主题词|分送|印\s*发\s*份数|（?共印")
_ATTACHED = re.compile(r"附\s*件\s*[\d一二三四五六七八九十]*\s*[：:]")
_ATTACHMENT = re.compile(r"附\s*件\s*[\d一二三四五六七八九十]*\s*[：:]?")
_CONTACT = re.compile(r"[（(]?联系(?:人|电话|方式)")
COMPLETE_TITLE = re.compile(
    r"(?:通知|意见|方案|措施|条例|办法|规定|细则|规划|计划|公告|决定|文件|举措|政策|清单|要点|通告|批复|函|条)"
    r"(?:[（(][^（）()]{2,10}[）)])?$"
)
_ISSUING = re.compile(r"印发|转发|批转|下发|公布|发布")
# 某局关于印发《某办法》和《某细则》的通知   现将《某办法》印发给你们
_ISSUES = re.compile(r"关于\s*(?:印发|转发|批转|下发|公布|发布)|现将.*(?:印发|转发|下发)给你")
_EXCERPT_STYLES = (Style.CHAPTER, Style.ARTICLE, Style.HAN_COMMA)
_MOST_OFFICES = 12  # that sign together
_LONGEST_TITLE = 60  # characters of a line
_LIST_REACH = 12  # lines after a list of attachments within which the signature follows


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


@dataclass(frozen=True)
class Sections:
    """The parts of one document, in order. Most have only the text itself."""

    cover: tuple[Line, ...]  # a covering notice that has numbered clauses of its own
    text: tuple[Line, ...]
    attachments: tuple[Line, ...]


def sections(lines: Sequence[Line]) -> Sections:
    """Tell a covering notice with clauses of its own, the text, and the attachments apart.

    A notice is signed and dated, and a title follows below which numbers begin again; an attachment begins with
    附件1 on a line of its own after the text (附件：… before the signature is the list of them). A notice that does
    nothing but issue several attachments (附件1, 附件2) covers them all: there is no other text.
    """
    labels = [find_label(line.text) for line in lines]
    cover = _cover_end(lines, labels)
    listed, opened = _listed_attachments(lines), _openings(lines, labels)
    if not cover and (first := _first_of_several(lines, labels, listed)):
        return Sections(tuple(lines[:first]), (), tuple(lines[first:]))
    begun = False
    for index in range(cover, len(lines)):
        label = labels[index]
        if label is not None and label.style is not Style.ATTACHMENT:
            begun = begun or index not in listed
        elif label is not None and begun and not _is_list_of_attachments(lines, index, label, opened):
            return Sections(tuple(lines[:cover]), tuple(lines[cover:index]), tuple(lines[index:]))
    return Sections(tuple(lines[:cover]), tuple(lines[cover:]), ())


def _first_of_several(lines: Sequence[Line], labels: Sequence[Label | None], listed: range) -> int:
    """The index of 附件1 below a notice without clauses that issues it and 附件2; 0 where there is none."""
    found = [index for index, label in enumerate(labels) if label is not None and index not in listed]
    first = found[0] if found else 0
    numbers = [label.number for label in labels[first:] if label and label.style is Style.ATTACHMENT]
    issues = any(_ISSUES.search(line.text) for line in lines[:first])
    signed = any(_signature_end(lines, index) for index in range(first))
    opening = labels[first] if found else None
    opens = opening is not None and opening.style is Style.ATTACHMENT
    return first if opens and issues and signed and numbers[:2] == [1, 2] else 0


def _cover_end(lines: Sequence[Line], labels: Sequence[Label | None]) -> int:
    """One past a covering notice with numbered clauses; 0 where there is none."""
    opened = next((index for index, label in enumerate(labels) if label and label.number == 1), len(lines))
    issuing = any(_ISSUING.search(line.text) for line in lines[:opened])
    for index in range(opened + 1, len(lines)):
        stop = _signature_end(lines, index)
        if stop is None:
            continue
        while stop < len(lines) and (_REMARK.fullmatch(lines[stop].text) or _CC.match(lines[stop].text)):
            stop += 1
        follows = any(label and label.number == 1 for label in labels[stop:])
        label = labels[stop] if stop < len(lines) else None
        titled = stop < len(lines) and label is None and not re.search(r"[。：:]$", lines[stop].text)
        attached = label is not None and label.style is Style.ATTACHMENT and label.number is None
        return stop if follows and issuing and (titled or attached) else 0
    return 0


def _is_office(text: str) -> bool:
    """Whether a line holds nothing but offices: 某市人民政府, 某市财政局　某市商务局（盖章）."""
    names = re.split(r"[\s、]+", text)
    return len(text) <= _LONGEST_SIGNATURE and all(_OFFICE_NAME.fullmatch(name) for name in names)


def offices_of_title(title: str) -> tuple[str, ...]:
    """The offices that a title names as its own: 某市委 某市人民政府关于…的意见; none in 某厅转发某局关于…的通知."""
    names = re.split(r"[\s、]+", title.partition("关于")[0].strip()) if "关于" in title else []
    own = all(_OFFICE_NAME.fullmatch(name) and not _ISSUING.search(name) for name in names)
    return tuple(names) if own else ()


def _signature_end(lines: Sequence[Line], index: int) -> int | None:
    """One past the signature block (offices, then a date) that begins at `index`; None where none begins."""
    if _SIGNED.match(lines[index].text):
        return index + 1
    stop = index
    while stop < len(lines) and stop - index < _MOST_OFFICES and _is_office(lines[stop].text):
        stop += 1
    signed = stop > index and stop < len(lines) and DATE_LINE.fullmatch(lines[stop].text)
    return stop + 1 if signed else None


def _openings(lines: Sequence[Line], labels: Sequence[Label | None]) -> dict[int | None, int]:
    """The index of the last line that is nothing but 附件1, by its number: the attachment stands below it."""
    return {
        label.number: index
        for index, (line, label) in enumerate(zip(lines, labels, strict=True))
        if label is not None and _ATTACHMENT.fullmatch(line.text)
    }


def _is_list_of_attachments(
    lines: Sequence[Line], index: int, label: Label | None, opened: Mapping[int | None, int]
) -> bool:
    """Whether 附件：… at `index`, with its `label`, lists the attachments.

    Then the signature stands below, or nothing but the list, or the attachment of that number, as `_openings` tells.
    """
    if not _ATTACHED.match(lines[index].text):
        return False
    if label is not None and opened.get(label.number, index) > index:
        return True
    reach = range(index + 1, min(index + _LIST_REACH, len(lines)))
    return any(_signature_end(lines, later) for later in reach) or len(lines) - index <= len(reach) + 1


def _listed_attachments(lines: Sequence[Line]) -> range:
    """The indexes of the first list of attachments that stands above a signature; empty where there is none."""
    for start, line in enumerate(lines):
        if not _ATTACHED.match(line.text):
            continue
        reach = range(start + 1, min(start + _LIST_REACH, len(lines)))
        stop = next((index for index in reach if _signature_end(lines, index)), None)
        if stop is not None:
            return range(start, stop)
    return range(0)


def take_apart(lines: Sequence[Line], *, notice: bool = False) -> Body:
    """Where the clauses begin and end. A covering `notice` has no clauses but numbered ones.

    They begin at the first label that can open a list (past a table of contents, whose chapters stand again
    below it) and end before the list of attachments, the signature, the date, 抄送 and the like. A text without
    any label has its clauses between its opening lines (title, number, addressee) and its signature.
    """
    labels = [find_label(line.text) for line in lines]
    start = _first_clause(lines, labels)
    if start is None:
        start = len(lines) if notice else _opening(lines)
        last = start - 1
    else:
        last = max(index for index, label in enumerate(labels) if label is not None)
    opened = _openings(lines, labels)
    back = next(
        (
            index
            for index in range(start, len(lines))
            if _signature_end(lines, index)
            or _is_list_of_attachments(lines, index, labels[index], opened)
            or (index > last and _begins_back(lines[index].text))
        ),
        len(lines),
    )
    return Body(tuple(lines[:start]), tuple(lines[start:back]), tuple(lines[back:]))


def imprint_start(lines: Sequence[Line]) -> int:
    """Where 抄送：… and 某办公室 2021年3月1日印发 begin that close attachments; the number of lines without them."""
    for index in range(max(0, len(lines) - _LIST_REACH), len(lines)):
        text = lines[index].text
        printed = _SIGNED.match(text) and re.search(r"印\s*发[。]?$", text)
        if (printed or _CC.match(text)) and not any(find_label(line.text) for line in lines[index:]):
            return index
    return len(lines)


def _first_clause(lines: Sequence[Line], labels: Sequence[Label | None]) -> int | None:
    """The index of the label the clauses begin with; None where there is none.

    The first number of an inner form opens a list; an excerpt may begin in the middle of an outer one (第五条).
    The numbers of a list of attachments that a covering notice signs are none of these.
    """
    begin = _contents_end(lines, labels)
    listed = _listed_attachments(lines)
    candidates = [
        (index, label)
        for index, label in enumerate(labels)
        if index >= begin
        and index not in listed
        and label is not None
        and label.style not in (Style.DIGIT_BRACKET, Style.ATTACHMENT)
    ]
    for index, label in candidates:
        if label.number in (1, None) or (index == candidates[0][0] and label.style in _EXCERPT_STYLES):
            return index
    return candidates[0][0] if candidates else None


def _contents_end(lines: Sequence[Line], labels: Sequence[Label | None]) -> int:
    """One past the table of contents of a regulation; 0 where there is none."""
    start = next((i for i, line in enumerate(lines) if _CONTENTS.fullmatch(line.text)), None)
    if start is None or start + 1 >= len(lines):
        return 0
    first = _key(lines[start + 1].text)
    for index in range(start + 2, len(lines)):
        if _key(lines[index].text) == first:
            return index  # 第一章 总则 stands again: the text begins
        label = labels[index]
        if label is not None and label.style is Style.ARTICLE:
            break
    index = start + 1
    while index < len(lines) and labels[index] is not None:
        index += 1
    return index


def _key(text: str) -> str:
    """An entry without white space and page number, for comparison."""
    return re.sub(r"[\s.…·]*\d*$", "", "".join(text.split()))


def _opening(lines: Sequence[Line]) -> int:
    """The number of opening lines of a text without labels: title, number, addressee, remarks."""
    index = 0
    texts = [line.text for line in lines]
    while index < len(lines) and _role(texts, index) is not None:
        index += 1
    return index


def _begins_back(text: str) -> bool:
    """Whether a line after the last clause opens the back matter by itself."""
    return bool(
        _CC.match(text)
        or _CONTACT.match(text)
        or _DISCLOSURE.match(text)
        or DATE_LINE.fullmatch(text)
        or re.fullmatch(r"[（(]?此[件页].*[）)]?", text)
    )


def front_blocks(lines: Sequence[Line], layout: Layout) -> list[Block]:
    """The paragraphs of the front matter with their roles."""
    blocks: list[Block] = []
    builder = ParagraphBuilder(layout)
    groups = _closed([group for stretch in _stretches(lines) for group in builder.groups(stretch)])
    texts = ["".join(line.text for line in group) for group in groups]
    contents = _contents_range(texts)
    pending: list[Line] = []

    def flush() -> None:
        for paragraph in builder.rejoin(pending):
            blocks.append(Block("text", paragraph))
        pending.clear()

    for index, group in enumerate(groups):
        role = "contents" if index in contents else _role(texts, index)
        if role in (None, "title") and _lists_on(blocks, group[0]):
            role = "attachments"
        if role is None or (pending and not _ended(pending[-1].text) and role in ("title", "addressee")):
            pending += group
            continue
        flush()
        if role == "title" and blocks and _goes_on(blocks[-1], group[0]):
            for line in group:
                blocks[-1].paragraph.append(line)
        else:
            blocks.append(Block(role, Paragraph(group)))
    flush()
    return _with_sense(blocks)


def _stretches(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines cut where a full line does not run on: above a number, and above a signature below a sentence."""
    stretches: list[list[Line]] = [[]]
    for index, line in enumerate(lines):
        signed = index > 0 and _ended(lines[index - 1].text) and _signature_end(lines, index)
        if signed or NUMBER.fullmatch(line.text):
            stretches.append([])
        stretches[-1].append(line)
    return stretches


def _closed(groups: list[list[Line]]) -> list[list[Line]]:
    """The groups, an adoption note （2020年…通过 … that runs over several kept together to its bracket."""
    result: list[list[Line]] = []
    open_ = 0
    for group in groups:
        text = "".join(line.text for line in group)
        depth = len(re.findall("[（(]", text)) - len(re.findall("[）)]", text))
        if open_ > 0:
            result[-1] += group
            open_ += depth
            continue
        result.append(list(group))
        if depth > 0 and re.match(r"[（(](?:19|20)\d\d\s*年", text):
            open_ = depth
    return result


def _contents_range(texts: Sequence[str]) -> range:
    """The indexes of a table of contents: 目录 and the short lines below it."""
    start = next((index for index, text in enumerate(texts) if _CONTENTS.fullmatch(text)), None)
    if start is None:
        return range(0)
    stop = start + 1
    while (
        stop < len(texts)
        and not re.search(r"[。；]", texts[stop])
        and (find_label(texts[stop]) or len(texts[stop]) < 30)
    ):
        stop += 1
    return range(start, stop)


def back_blocks(lines: Sequence[Line]) -> list[Block]:
    """The paragraphs of the back matter with their roles."""
    blocks: list[Block] = []
    copied = False
    listing = False
    for line in lines:
        text = line.text
        copied = copied or bool(_CC.match(text))
        office = _is_office(text)
        listing = bool(_ATTACHED.match(text)) or (listing and not office and not DATE_LINE.fullmatch(text))
        role: MatterRole = "text"
        if re.search(r"印\s*发[。]?$", text):
            role = "print"
        elif DATE_LINE.fullmatch(text):
            role = "date"
        elif _SIGNED.match(text):
            role = "signature"
        elif listing:
            role = "attachments"
        elif _REMARK.fullmatch(text) or _CONTACT.match(text) or _DISCLOSURE.match(text):
            role = "remark"
        elif copied and not (office and "，" not in text and "、" not in text):
            role = "cc"
        elif office:
            role = "print" if copied else "signature"
        if role == "attachments" and blocks and blocks[-1].role == "attachments" and not find_label(text):
            blocks[-1].paragraph.append(line)
        else:
            blocks.append(Block(role, Paragraph([line])))
    return blocks


def _role(texts: Sequence[str], index: int) -> MatterRole | None:
    """The role a paragraph of the front matter shows by itself; None for running text."""
    text = texts[index]
    number = NUMBER.match(text)
    if number and re.fullmatch(r"\s*(?:签发人.*)?", text[number.end() :]):
        return "number"
    if YEAR_NUMBER.fullmatch(text):
        return "number"
    if DATE_LINE.fullmatch(text) or _DATE_REMARK.fullmatch(text):
        return "date"
    if _ADOPTION.match(text):
        return "adoption"
    if _REMARK.fullmatch(text) or _WEB_FIELD.match("".join(text.split())):
        return "remark"
    if _ATTACHED.match(text) or _ATTACHMENT.fullmatch(text):
        return "attachments"
    if _ADDRESSEE.fullmatch(text):
        return "addressee"
    if _SIGNED.match(text):
        return "signature"
    if re.search(r"[。；！？]|[：:]$", text) or "，" in text or "," in text or len(text) > _LONGEST_TITLE:
        return None
    following = texts[index + 1] if index + 1 < len(texts) else ""
    if text.endswith("文件") or (
        ORDER.fullmatch(text) and (YEAR_NUMBER.fullmatch(following) or re.match(_ORDINAL_NUMBER, following))
    ):
        return "issuer"
    if _is_office(text) and _is_signature(texts, index):
        return "signature"
    return "title"


def _is_signature(texts: Sequence[str], index: int) -> bool:
    """Whether an office on a line of its own signs: a date follows, perhaps after more offices."""
    for text in texts[index + 1 : index + _MOST_OFFICES]:
        if DATE_LINE.fullmatch(text):
            return True
        if not _is_office(text):
            return False
    return False


def _ended(text: str) -> bool:
    return bool(re.search(r"[。；：！？:;][”’」』）)》]*$", text))


def _goes_on(block: Block, line: Line) -> bool:
    """Whether a title line continues the title before it."""
    previous = block.paragraph.lines[-1]
    return (
        block.role == "title"
        and not COMPLETE_TITLE.search(previous.text)
        and not previous.marked_heading
        and not line.marked_heading
    )


def _lists_on(blocks: Sequence[Block], line: Line) -> bool:
    """Whether a numbered line goes on with the list of attachments above it (附件：1.某办法, then 2.某细则)."""
    if not blocks or blocks[-1].role != "attachments":
        return False
    label = find_label(line.text)
    return label is not None and label.style is Style.DIGIT_DOT


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
