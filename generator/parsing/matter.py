"""Front and back matter: what stands before the first and after the last clause of a policy."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from generator.model import Label, Line, MatterRole, Style
from generator.parsing.dates import DATE_LINE
from generator.parsing.labels import DIVISIONS, attachment_word
from generator.parsing.layout import Layout
from generator.parsing.paragraphs import Paragraph, ParagraphBuilder
from generator.parsing.tables import TableLine
from generator.reading.punctuation import STOP
from generator.vocabulary.parts import PartWords

# 第88号   （第35号）   〔十三届〕第三十五号   — below or after 某某令, 某某公告
_ORDINAL_NUMBER = (
    r"[（(〔【]?\s{0,4}(?:[一二三四五六七八九十]{1,3}届\s{0,4}[〕）)】]?\s{0,4})?"
    r"第\s{0,4}(?:\d{1,6}|[〇零一二三四五六七八九十百]{1,7})\s{0,4}号(?:\s{0,4}[）)〕】])?"
)
# 齐政发〔2020〕29号   国办发[2019]3 号   江税公告2021年第14号   财政部 税务总局公告2023年第6号   国务院令第768号
NUMBER = re.compile(
    r"[\u4e00-\u9fff]{1,14}\s{0,4}[〔\[［（(【﹝]\s{0,4}(?:19|20)\d\d\s{0,4}(?:年\s{0,4})?[〕\]］）)】﹞]\s{0,4}(?:第\s{0,4})?\d{1,6}\s{0,4}号"
    r"|(?:[\u4e00-\u9fff]{2,20}[\s、]{1,4}){0,4}[\u4e00-\u9fff]{2,20}\s{0,4}(?:19|20)\d\d\s{0,4}年\s{0,4}第\s{0,4}\d{1,6}\s{0,4}号"
    rf"|(?:[\u4e00-\u9fff]{{2,30}}(?:令|公告)\s{{0,4}})?{_ORDINAL_NUMBER}"
)
# 中华人民共和国国务院令   江州市人民政府公告   — the number stands on the next line
ORDER = re.compile(r"(?!.*关于)[^，。；：]{2,30}(?:令|公告)")
# 2023年第9号   — alone on its line
YEAR_NUMBER = re.compile(r"(?:19|20)\d\d\s{0,4}年\s{0,4}第\s{0,4}\d{1,6}\s{0,4}号")
_LONGEST_SIGNATURE = 120  # characters of a line of offices
_DATE_REMARK = re.compile(rf"[（(]\s*(?:{DATE_LINE.pattern})\s*[）)]")
_ATTACHED = re.compile(r"附\s{0,4}[件录表图]?\s{0,4}[\d一二三四五六七八九十]{0,3}\s{0,4}[：:]")
_ATTACHMENT = re.compile(r"附\s{0,4}[件录表图]?\s{0,4}[\d一二三四五六七八九十]{0,3}\s{0,4}[：:.．]?")
# 附件下载：某办法.docx   — of a web page
_DOWNLOAD = re.compile(
    r"附件(?:下载)?\s?[：:]?.{0,80}\.(?:docx?|pdf|xlsx?|wps|ofd|zip|rar|et)\s*$", re.IGNORECASE
)
# 《…〈…〉…》 — a title that is cited
_QUOTATION = re.compile(r"《[^《》]{1,200}》")
_QUOTED_TITLE = re.compile(r"《([^《》]{3,80})》")
_SHORT_LINE = re.compile(r"[^，。；：《》\t]{4,30}")
_SIGNER_LINES = 2  # a long name is printed on two
_OPENING = 14  # lines in which a notice says that it issues a text
_OPENING_PARAGRAPHS = 3
_TITLE_LINES = 3
_HALF_TITLE = 9  # characters of the first line of a title on two
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
    """The lines of a text taken apart."""

    front: tuple[Line, ...]
    body: tuple[Line, ...]
    back: tuple[Line, ...]
    contents: range = range(0)  # the table of contents among the lines of `front`


@dataclass(frozen=True)
class Attached:
    """The lines of one attachment taken apart."""

    head: tuple[Line, ...]  # 附件1, its title and what stands in brackets below it
    title: tuple[Line, ...]  # of `head`, the lines of the title: one title on two lines
    front: tuple[Line, ...]  # an addressee of its own
    body: tuple[Line, ...]
    back: tuple[Line, ...]  # a signature and date of its own


@dataclass(frozen=True)
class Sections:
    """The parts of one document, in order. Most have only the text itself."""

    cover: tuple[
        Line, ...
    ]  # a covering notice that has numbered clauses of its own, or several texts to cover
    text: tuple[Line, ...]
    attachments: tuple[tuple[Line, ...], ...]


def sections(lines: Sequence[Line], words: PartWords, texts: Sequence[str] = ()) -> Sections:
    """Tell a covering notice, the text, and the attachments apart.

    A covering notice issues what follows it, is signed and dated, and a title follows below which numbers begin
    again; an attachment begins with 附件1 on a line of its own after the text (附件：… before the signature is the
    list of them). A notice that does nothing but issue several attachments, or several texts by their titles, covers
    them all: there is no other text. `texts` are titles of such texts that an editor declares.
    """
    several = _texts_of_notice(lines, texts, words)
    if several:
        numbered = [_headed(lines, start, number) for number, start in enumerate(several, 1)]
        ends = [*several[1:], len(lines)]
        parts = tuple(
            (head, *lines[start + 1 : end]) for head, start, end in zip(numbered, several, ends, strict=True)
        )
        return Sections(tuple(lines[: several[0]]), (), parts)
    openings, listed = _openings(lines, words)
    issuing = _issues(lines[: openings[0]] if openings else lines, words)
    cover = _cover_end(lines, words) if issuing else 0
    openings = [
        index for index in openings if index > cover or (index == cover and not _is_only_one(lines, openings))
    ]
    own = range(cover, openings[0] if openings else len(lines))
    if openings and not any(_opens_clauses(lines[index]) for index in own if index not in listed):
        # A notice without numbers: it covers what it issues; a reply or a letter is a text of its own.
        if issuing and _is_only_one(lines, openings):
            openings = []
        elif issuing and not cover:
            return Sections(tuple(lines[: openings[0]]), (), _cut(lines, openings))
    if not openings:
        return Sections(tuple(lines[:cover]), tuple(lines[cover:]), ())
    return Sections(tuple(lines[:cover]), tuple(lines[cover : openings[0]]), _cut(lines, openings))


def _cut(lines: Sequence[Line], openings: Sequence[int]) -> tuple[tuple[Line, ...], ...]:
    return tuple(
        tuple(lines[start:end]) for start, end in zip(openings, [*openings[1:], len(lines)], strict=True)
    )


def _is_only_one(lines: Sequence[Line], openings: Sequence[int]) -> bool:
    """Whether the attachments are one: the text that a notice issues."""
    label = lines[openings[0]].label
    return len(openings) == 1 and label is not None and label.number in (None, 1)


def _opens_clauses(line: Line) -> bool:
    """Whether a line is a numbered clause of a text, or a table."""
    if isinstance(line, TableLine):
        return True
    return line.label is not None and line.label.style is not Style.ATTACHMENT and not line.label.weak


def _headed(lines: Sequence[Line], index: int, number: int) -> Line:
    """The title line that opens a text of a notice, as the head of an attachment without a printed label."""
    return replace(lines[index], label=Label(Style.ATTACHMENT, "", number))


def _texts_of_notice(lines: Sequence[Line], declared: Sequence[str], words: PartWords) -> list[int]:
    """Where the texts begin that one notice issues, two at least: at the lines that repeat the titles it names.

    The editor's `declared` titles win; a single one counts too, as the text above it is the first.
    """
    wanted = [_squeezed(title) for title in declared]
    if not wanted:
        signed = next(
            (stop for index in range(len(lines)) if (stop := _signature_end(lines, index, words))), 0
        )
        if not signed or not _issues(lines[:signed], words) or _openings(lines, words)[0]:
            return []
        said = "".join(line.text for line in lines[:signed])
        wanted = list(dict.fromkeys(_squeezed(title) for title in _QUOTED_TITLE.findall(said)))
        start = signed
    else:
        start = 0
    titles = {
        index: title for index in range(start, len(lines)) if (title := _title_at(lines, index, wanted))
    }
    once = len(set(titles.values())) == len(titles)
    return list(titles) if once and (len(titles) > 1 or (declared and titles)) else []


def _title_at(lines: Sequence[Line], index: int, wanted: Collection[str]) -> str | None:
    """The title of those wanted that begins at a line, and may run over two or three."""
    text = ""
    for line in lines[index : index + _TITLE_LINES]:
        if line.label is not None or len(line.text) > _LONGEST_TITLE:
            return None
        text += _squeezed(line.text)
        if text in wanted:
            return text
    return None


def _issues(lines: Sequence[Line], words: PartWords) -> bool:
    """Whether a notice issues another text, in its own words: not in a title that it cites."""
    opening = _QUOTATION.sub("《》", "".join(line.text for line in lines[:_OPENING]))
    if any(
        words.documents.own_text.search(line.text) for line in lines[:_TITLE_LINES]
    ) and not words.issuing_title.search(opening):
        return False  # 国务院关于取消行政许可事项的决定: 现予公布 is said of what it decides itself
    return bool(words.issuing_words.search(opening))


def _cover_end(lines: Sequence[Line], words: PartWords) -> int:
    """One past a covering notice with numbered clauses; 0 where there is none."""
    opened = next(
        (index for index, line in enumerate(lines) if line.label and line.label.number == 1), len(lines)
    )
    for index in range(opened + 1, len(lines)):
        stop = _signature_end(lines, index, words)
        if stop is None:
            continue
        while stop < len(lines) and (
            words.remark.fullmatch(lines[stop].text) or words.copied.match(lines[stop].text)
        ):
            stop += 1
        follows = any(line.label and line.label.number == 1 for line in lines[stop:])
        label = lines[stop].label if stop < len(lines) else None
        titled = stop < len(lines) and label is None and not re.search(r"[。：:]$", lines[stop].text)
        attached = label is not None and label.style is Style.ATTACHMENT and label.number is None
        return stop if follows and (titled or attached) else 0
    return 0


def _is_signed(text: str, words: PartWords) -> bool:
    """Whether an office and the date stand on one line: 某市人民政府 2021年3月1日."""
    office = words.office_before_space.match(text)
    return office is not None and DATE_LINE.fullmatch(text, office.end()) is not None


def _is_office(text: str, words: PartWords) -> bool:
    """Whether a line holds nothing but offices: 某市人民政府, 某市财政局　某市商务局（盖章）."""
    if len(text) > _LONGEST_SIGNATURE:
        return False
    names = re.split(r"[\s、]+", text)
    return all(words.office.fullmatch(name) for name in names)


def is_person(text: str, words: PartWords) -> bool:
    """Whether a line holds nothing but an office-holder: 总理　李克强, 市长：王 某."""
    return words.person.fullmatch(text) is not None


def offices_of_title(title: str, words: PartWords) -> tuple[str, ...]:
    """The offices that a title names as its own: 某市委 某市人民政府关于…的意见; none in 某厅转发某局关于…的通知."""
    names = re.split(r"[\s、]+", title.partition("关于")[0].strip()) if "关于" in title else []
    own = all(words.office.fullmatch(name) and not words.issuing.search(name) for name in names)
    return tuple(names) if own else ()


def _signature_end(lines: Sequence[Line], index: int, words: PartWords) -> int | None:
    """One past the signature block (offices or a person, then a date) that begins at `index`; None where none begins."""
    if isinstance(lines[index], TableLine):
        return None
    if _is_signed(lines[index].text, words):
        return index + 1
    stop = index
    while stop < len(lines) and stop - index < _MOST_OFFICES and _signs(lines[stop], words):
        stop += 1
    signed = stop > index and stop < len(lines) and DATE_LINE.fullmatch(lines[stop].text)
    if signed:
        return stop + 1
    # 某某调查组 above 二〇〇四年九月二十三日: whoever signs last, the date shows it
    count = len(lines) - 1 - index
    if not 1 <= count <= _SIGNER_LINES or not DATE_LINE.fullmatch(lines[-1].text):
        return None
    signers = lines[index:-1]
    short = all(line.label is None and _SHORT_LINE.fullmatch(line.text) for line in signers)
    return len(lines) if short and words.signer.fullmatch("".join(line.text for line in signers)) else None


def _signs(line: Line, words: PartWords) -> bool:
    return line.label is None and (_is_office(line.text, words) or is_person(line.text, words))


def _openings(lines: Sequence[Line], words: PartWords) -> tuple[list[int], frozenset[int]]:
    """Where the attachments open, in order: 附件1 after the text; and the lines that list them."""
    marked = _marked(lines)
    alone = {_name(lines[index]): index for index in marked if _is_alone(lines[index])}
    listed = _listed(lines, marked, alone, words)
    text = next(
        (index for index, line in enumerate(lines) if _opens_clauses(line) and index not in listed), None
    )
    signed = next((index for index in range(len(lines)) if _signature_end(lines, index, words)), None)
    begun = min((index for index in (text, signed) if index is not None), default=None)
    if begun is None:
        # Neither a number nor a signature: a text whose attachments follow it
        return [index for index in marked if index not in listed and index > 1], listed
    return [index for index in marked if index not in listed and index > begun], listed


def _marked(lines: Sequence[Line]) -> list[int]:
    """The lines that begin with 附件."""
    return [
        index
        for index, line in enumerate(lines)
        if line.label is not None and line.label.style is Style.ATTACHMENT
    ]


def _name(line: Line) -> tuple[str, int | None]:
    """What an attachment is called: 附件1 and 附表1 are two."""
    label = line.label
    return ("件", None) if label is None else (attachment_word(label), label.number)


def _is_alone(line: Line) -> bool:
    label = line.label
    return label is not None and not line.text[len(label.printed) :].strip("：:　 ")


def _listed(
    lines: Sequence[Line],
    marked: Sequence[int],
    alone: Mapping[tuple[str, int | None], int],
    words: PartWords,
) -> frozenset[int]:
    """The lines that list attachments: 附件：1.某办法 and the numbered lines below, above a signature or at the end.

    A line that opens one stands alone (附件1), or has its title with it; then no signature stands below the list, and
    the attachment of that number does not open further down.
    """
    found: set[int] = set()
    starts = [index for index, line in enumerate(lines) if _ATTACHED.match(line.text) and line.label is None]
    for index in sorted({*starts, *marked}):
        if index in found:
            continue
        stop = index + 1
        while stop < len(lines) and stop - index <= _LIST_REACH and _may_be_listed(lines[stop]):
            stop += 1
        label = lines[index].label
        again = label is not None and alone.get(_name(lines[index]), index) > index
        signed = any(
            _signature_end(lines, later, words) for later in range(index + 1, min(stop + 1, len(lines)))
        )
        ends = stop == len(lines)
        if label is None:
            listing = True  # 附件：1.某办法
        elif _is_alone(lines[index]):
            numbered = index + 1 < len(lines) and _is_numbered(lines[index + 1])
            listing = again or (numbered and (signed or ends) and stop > index + 1)
        else:
            items = ends and all(_is_numbered(line) for line in lines[index + 1 :])
            listing = again or signed or (items and bool(_ATTACHED.match(lines[index].text)))
        if listing:
            last = next(
                (later for later in range(index + 1, stop) if _signature_end(lines, later, words)), stop
            )
            found.update(range(index, max(last, index + 1)))
    return frozenset(found)


def _may_be_listed(line: Line) -> bool:
    """Whether a line may be a title in a list of attachments, or sign below it."""
    opens = line.label is not None and line.label.style is Style.ATTACHMENT and _is_alone(line)
    return not opens and not isinstance(line, TableLine) and not re.search(r"[。；]", line.text)


def _is_numbered(line: Line) -> bool:
    label = line.label
    return (
        label is not None
        and label.style in (Style.DIGIT_DOT, Style.ATTACHMENT, Style.DIGIT_BRACKET)
        and not re.search(r"[。；]", line.text)
    )


def take_attachment(lines: Sequence[Line], words: PartWords) -> Attached:
    """The lines of one attachment: label and title, an addressee, the text, a signature.

    The title is the line below 附件1, or stands beside it; a second line belongs to it where it completes it.
    """
    label = lines[0].label
    inline = lines[0].text[len(label.printed) :].strip("：:　 ") if label is not None else ""
    index = 1
    title: list[Line] = [lines[0]] if inline else []
    while index < len(lines) and len(title) < _TITLE_LINES and _is_title_line(lines, index, words):
        if title and not _completes(title, lines[index], words):
            break
        title.append(lines[index])
        index += 1
    while index < len(lines) and lines[index].label is None and words.remark.fullmatch(lines[index].text):
        index += 1
    head = index
    while index < len(lines) and lines[index].label is None and words.addressee.fullmatch(lines[index].text):
        index += 1
    back = len(lines)
    for later in range(len(lines) - 1, max(index, len(lines) - _LIST_REACH) - 1, -1):
        stop = _signature_end(lines, later, words)
        if stop is not None and all(_is_back_line(line, words) for line in lines[stop:]):
            back = later
    return Attached(
        tuple(lines[:head]),
        tuple(title),
        tuple(lines[head:index]),
        tuple(lines[index:back]),
        tuple(lines[back:]),
    )


def _is_title_line(lines: Sequence[Line], index: int, words: PartWords) -> bool:
    line = lines[index]
    return (
        line.label is None
        and not isinstance(line, TableLine)
        and len(line.text) <= _LONGEST_TITLE
        and not re.search(r"[。；！？，]|[：:]$", line.text)
        and not DATE_LINE.fullmatch(line.text)
        and not words.remark.fullmatch(line.text)
        and not NUMBER.fullmatch(line.text)
    )


def _completes(title: Sequence[Line], line: Line, words: PartWords) -> bool:
    """Whether a line goes on with a title that the line before leaves unfinished."""
    text = _squeezed("".join(one.text for one in title))
    return not words.documents.attached_title.search(text) and (
        bool(re.search(r"(?:关于|[的及和与、“《（])$", text))
        or (
            bool(words.documents.attached_title.search(_squeezed(line.text)))
            and ("关于" in text or len(text) >= _HALF_TITLE)
        )
    )


def _is_back_line(line: Line, words: PartWords) -> bool:
    return line.label is None and bool(
        words.remark.fullmatch(line.text)
        or words.copied.match(line.text)
        or words.contact.match(line.text)
        or DATE_LINE.fullmatch(line.text)
    )


def take_apart(lines: Sequence[Line], words: PartWords, *, notice: bool = False) -> Body:
    """Where the clauses begin and end. A covering `notice` has no clauses but numbered ones.

    They begin at the first label that can open a list (past a table of contents, whose chapters stand again
    below it) and end before the list of attachments, the signature, the date, 抄送 and the like. A text without
    any label has its clauses between its opening lines (title, number, addressee, 现答复如下：) and its signature.
    """
    contents = _contents(lines, words)
    listed = _listed_attachments(lines, words)
    start = _first_clause(lines, contents.stop, listed)
    if start is None:
        start = len(lines) if notice else _opening(lines, words)
        last = start - 1
    else:
        last = max(
            index for index, line in enumerate(lines) if line.label is not None or isinstance(line, TableLine)
        )
    back = next(
        (
            index
            for index in range(start, len(lines))
            if _signature_end(lines, index, words)
            or index in listed
            or (index > last and _begins_back(lines[index].text, words))
        ),
        len(lines),
    )
    return Body(tuple(lines[:start]), tuple(lines[start:back]), tuple(lines[back:]), contents)


def _listed_attachments(lines: Sequence[Line], words: PartWords) -> frozenset[int]:
    """The lines of a text without its attachments that list these."""
    return _listed(lines, _marked(lines), {}, words)


def imprint_start(lines: Sequence[Line], words: PartWords) -> int:
    """Where 抄送：… and 某办公室 2021年3月1日印发 begin that close attachments; the number of lines without them."""
    for index in range(max(0, len(lines) - _LIST_REACH), len(lines)):
        text = lines[index].text
        printed = _is_signed(text, words) and re.search(r"印\s*发[。]?$", text)
        if (printed or words.copied.match(text)) and not any(line.label for line in lines[index:]):
            return index
    return len(lines)


def _first_clause(lines: Sequence[Line], begin: int, listed: frozenset[int]) -> int | None:
    """The index of the label, or the table, that the clauses begin with; None where there is none.

    The first number of an inner form opens a list; an excerpt may begin in the middle of an outer one (第五条).
    The numbers of a list of attachments that a covering notice signs are none of these.
    """
    candidates = [
        index
        for index, line in enumerate(lines)
        if index >= begin and index not in listed and (isinstance(line, TableLine) or _may_open(line))
    ]
    for index in candidates:
        label = lines[index].label
        if (
            label is None
            or label.number in (1, None)
            or (index == candidates[0] and label.style in _EXCERPT_STYLES)
        ):
            return index
    return candidates[0] if candidates else None


def _may_open(line: Line) -> bool:
    return (
        line.label is not None
        and not line.label.weak
        and line.label.style not in (Style.DIGIT_BRACKET, Style.ATTACHMENT)
    )


def _contents(lines: Sequence[Line], words: PartWords) -> range:
    """The table of contents of a regulation among the lines before its text; empty where there is none.

    It begins with 目录, or is a list of headings without any text between, the first of which stands again where
    the text begins.
    """
    word = next((i for i, line in enumerate(lines) if words.contents.fullmatch(line.text)), None)
    if word is None:
        first = next(
            (i for i, line in enumerate(lines) if line.label and line.label.style in DIVISIONS), None
        )
        stop = _again(lines, first) if first is not None else None
        listed = stop is not None and first is not None and stop - first > 1
        return range(first, stop) if listed and stop is not None and first is not None else range(0)
    if word + 1 >= len(lines):
        return range(0)
    stop = _again(lines, word + 1)
    if stop is None:
        stop = word + 1
        while stop < len(lines) and lines[stop].label is not None:
            stop += 1
    return range(word, stop)


def _again(lines: Sequence[Line], first: int) -> int | None:
    """Where the heading at `first` stands again, with nothing but short lines without a sentence between."""
    key = _key(lines[first].text)
    for index in range(first + 1, len(lines)):
        if _key(lines[index].text) == key:
            return index
        label = lines[index].label
        if (label is not None and label.style is Style.ARTICLE) or re.search(r"[。；]", lines[index].text):
            return None
    return None


def _key(text: str) -> str:
    """An entry without white space and page number, for comparison."""
    return re.sub(r"[.…·]*\d*$", "", "".join(text.split()))


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _opening(lines: Sequence[Line], words: PartWords) -> int:
    """The number of opening lines of a text without labels: title, number, addressee, remarks, and 现答复如下：."""
    index = 0
    texts = [line.text for line in lines]
    while index < len(lines) and _role(texts, index, words) is not None:
        index += 1
    for later in range(index, min(index + _OPENING_PARAGRAPHS, len(lines) - 1)):
        if words.announces.search(texts[later]) and not _signature_end(lines, later + 1, words):
            return later + 1
    return index


def _begins_back(text: str, words: PartWords) -> bool:
    """Whether a line after the last clause opens the back matter by itself."""
    return bool(
        words.copied.match(text)
        or words.contact.match(text)
        or words.disclosure.match(text)
        or _DOWNLOAD.match(text)
        or DATE_LINE.fullmatch(text)
        or re.fullmatch(r"[（(]?此[件页].*[）)]?|[（(]本文有删[减节][）)]", text)
    )


def front_blocks(
    lines: Sequence[Line], layout: Layout, words: PartWords, contents: range = range(0)
) -> list[Block]:
    """The paragraphs of the front matter with their roles; `contents` are the indexes of its table of contents."""
    blocks: list[Block] = []
    builder = ParagraphBuilder(layout, words.documents)
    groups = _closed([group for stretch in _stretches(lines, words) for group in builder.groups(stretch)])
    texts = ["".join(line.text for line in group) for group in groups]
    listed = {line.number for line in lines[contents.start : contents.stop]}
    pending: list[Line] = []

    def flush() -> None:
        for paragraph in builder.rejoin(pending):
            blocks.append(Block("text", paragraph))
        pending.clear()

    for index, group in enumerate(groups):
        role = "contents" if group[0].number in listed else _role(texts, index, words)
        if role in (None, "title") and _lists_on(blocks, group[0]):
            role = "attachments"
        if role is None or (pending and not STOP.search(pending[-1].text) and role in ("title", "addressee")):
            pending += group
            continue
        flush()
        if role == "title" and blocks and _goes_on(blocks[-1], group[0], words):
            for line in group:
                blocks[-1].paragraph.append(line)
        else:
            blocks.append(Block(role, Paragraph(group)))
    flush()
    return _with_sense(blocks)


def _stretches(lines: Sequence[Line], words: PartWords) -> list[list[Line]]:
    """The lines cut where a full line does not run on: above a number, and above a signature below a sentence."""
    stretches: list[list[Line]] = [[]]
    for index, line in enumerate(lines):
        signed = index > 0 and STOP.search(lines[index - 1].text) and _signature_end(lines, index, words)
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


def back_blocks(lines: Sequence[Line], words: PartWords) -> list[Block]:
    """The paragraphs of the back matter with their roles."""
    blocks: list[Block] = []
    copied = False
    listing = False
    signed = 0  # up to this line a signature that began above
    for index, line in enumerate(lines):
        text = line.text
        signed = max(signed, (_signature_end(lines, index, words) or 0) - 1)
        copied = copied or bool(words.copied.match(text))
        office = _is_office(text, words) or is_person(text, words)
        listing = bool(_ATTACHED.match(text)) or (listing and not office and not DATE_LINE.fullmatch(text))
        role: MatterRole = "text"
        if re.search(r"印\s*发[。]?$", text):
            role = "print"
        elif DATE_LINE.fullmatch(text):
            role = "date"
        elif _is_signed(text, words) or (index < signed and not copied):
            role = "signature"
        elif listing or _DOWNLOAD.match(text):
            role = "attachments"
        elif words.remark.fullmatch(text) or words.contact.match(text) or words.disclosure.match(text):
            role = "remark"
        elif copied and not (office and "，" not in text and "、" not in text):
            role = "cc"
        elif office:
            role = "print" if copied else "signature"
        if role == "attachments" and blocks and blocks[-1].role == "attachments" and line.label is None:
            blocks[-1].paragraph.append(line)
        else:
            blocks.append(Block(role, Paragraph([line])))
    return blocks


def _role(texts: Sequence[str], index: int, words: PartWords) -> MatterRole | None:
    """The role a paragraph of the front matter shows by itself; None for running text."""
    text = texts[index]
    number = NUMBER.match(text)
    if number and re.fullmatch(r"\s*(?:签发人.*)?", text[number.end() :]):
        return "number"
    if number and re.fullmatch(r"\s*《.+》", text[number.end() :]):
        return "remark"  # the head of a web page: number and title on one line
    if YEAR_NUMBER.fullmatch(text):
        return "number"
    if DATE_LINE.fullmatch(text) or _DATE_REMARK.fullmatch(text):
        return "date"
    if words.adoption.match(text) or words.adopted.fullmatch(text):
        return "adoption"
    if words.remark.fullmatch(text) or words.web_field.match("".join(text.split())):
        return "remark"
    if _ATTACHED.match(text) or _ATTACHMENT.fullmatch(text):
        return "attachments"
    if words.addressee.fullmatch(text):
        return "addressee"
    if _is_signed(text, words) or (
        is_person(text, words) and any(DATE_LINE.fullmatch(one) for one in texts[index + 1 : index + 3])
    ):
        return "signature"
    if re.search(r"[。；！？]|[：:]$", text) or "，" in text or "," in text or len(text) > _LONGEST_TITLE:
        return None
    following = texts[index + 1] if index + 1 < len(texts) else ""
    if words.red_head.fullmatch(text) or (
        ORDER.fullmatch(text) and (YEAR_NUMBER.fullmatch(following) or re.match(_ORDINAL_NUMBER, following))
    ):
        return "issuer"
    if _is_office(text, words) and _is_signature(texts, index, words):
        return "signature"
    return "title"


def _is_signature(texts: Sequence[str], index: int, words: PartWords) -> bool:
    """Whether an office on a line of its own signs: a date follows, perhaps after more offices."""
    for text in texts[index + 1 : index + _MOST_OFFICES]:
        if DATE_LINE.fullmatch(text):
            return True
        if not _is_office(text, words):
            return False
    return False


def _goes_on(block: Block, line: Line, words: PartWords) -> bool:
    """Whether a title line continues the title before it."""
    previous = block.paragraph.lines[-1]
    return (
        block.role == "title"
        and not _is_complete(previous.text, words)
        and not previous.marked_heading
        and not line.marked_heading
        and not previous.marked_row
        and not line.marked_row
    )


def _is_complete(title: str, words: PartWords) -> bool:
    """Whether a line ends as titles do; …关于全面清理规范性文件 goes on."""
    return bool(words.documents.complete_title.search(title.rstrip("》"))) and not (
        "关于" in title and title.endswith("文件")
    )


def _lists_on(blocks: Sequence[Block], line: Line) -> bool:
    """Whether a numbered line goes on with the list of attachments above it (附件：1.某办法, then 2.某细则)."""
    if not blocks or blocks[-1].role != "attachments":
        return False
    return line.label is not None and line.label.style is Style.DIGIT_DOT


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
