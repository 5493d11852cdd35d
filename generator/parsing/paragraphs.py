"""Rejoining the lines of a page to the paragraphs that were printed.

In a source that kept the lines of its pages, a line break is the page's doing where the layout or the sentence says
so, and the author's where a label begins or a paragraph has ended. In a source of a paragraph a line nothing is
joined but a sentence that the end of a page cut. The evidence, strongest first: an unfinished bracket or comma; the
mark that the conversion left at paragraph ends; whether the line fills the width of a wrapped page; how the sentence
ends; whether the labels of this form are headings in this policy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from generator.model import DoubtKind, Label, Line, Printed, Style, TextLine
from generator.parsing.dates import DATE_LINE
from generator.parsing.labels import AT_THE_MARGIN, DIVISIONS, find_label
from generator.parsing.layout import (
    COLON,
    MID_SENTENCE,
    PAUSE,
    Layout,
    ends_sentence,
    ends_with_note,
)
from generator.parsing.questions import Question
from generator.parsing.tables import Table, TableLine
from generator.reading.columns import ROW, display_width
from generator.reading.punctuation import SENTENCE_END, STOP
from generator.vocabulary.documents import DocumentWords

_CANNOT_BEGIN = re.compile(r"[，,。、；;：:！？!?”’」』）)》〉\]］%％]")
_PAIRS = {
    "（": "）",
    "(": ")",
    "［": "］",
    "[": "]",
    "〔": "〕",
    "【": "】",
    "《": "》",
    "〈": "〉",
    "“": "”",
    "「": "」",
    "『": "』",
}
_CLOSERS = {closer: opener for opener, closer in _PAIRS.items()}
_BRACKET = re.compile("[" + re.escape("".join([*_PAIRS, *_CLOSERS])) + "]")
_WIDTH_ALIKE = {"(": "（", ")": "）", "[": "［", "]": "］"}

# 牵头部门：市审批局   责任单位:…   完成时限：2020年6月底
FIELD_LINE = re.compile(
    r"[（(\[［【〔]?(?:牵头|责任|配合|协办|主办|承办|参与|落实|实施|完成|整改|时间|工作)(?:处室|领导|单位|部门|时限|时间|要求|目标|人)[：:]"
    r"|(?:时\s?间|地\s?点|主\s?题|活动方式|活动内容|参加人员|参会人员)[：:]"
)
# （责任单位：…）   [市发展改革局牵头，…]   （财政部、知识产权局按职责分工负责）   （市司法局指导）
NOTE = re.compile(
    r"[（(\[［【〔](?:.{0,6}(?:单位|部门|时限)[：:].{0,600}|[^。]{0,300}(?:负责|牵头|落实|配合|指导|参与))[）)\]］】〕]?[。]?$",
    re.DOTALL,
)
# （市政务服务局）   （市数据局、各县区政府）   — nothing but offices, after the full stop
_OFFICES = (
    r"[\u4e00-\u9fff]{1,16}(?:局|委|办|厅|部|署|院|行|会|中心|政府|海关|公司|管委会|单位|部门|组)(?:等)?"
)
_OFFICE_NOTE_END = re.compile(
    rf"[。；][（(\[［【〔]{_OFFICES}(?:[、，,；;和]{_OFFICES}){{0,30}}[）)\]］】〕]$"
)

# 第四条【平台建设】
_TITLED = re.compile(r"[【\[（(][^】\]）)]{2,20}[】\]）)]")
# 市某协会⇥会费⇥2000元/年   — a row of a table
_TABLE_ROW = re.compile(r"\S(?:\t|  +|　　+)\S")
# 组　长：王　某　市长   — a member of a list
_MEMBER = re.compile(r"[\u4e00-\u9fff\s　]{2,8}[：:]")
# 国务院职业教育工作 / 部际联席会议成员名单   — the halves of a title in the text
_HALF_TITLE = re.compile(r"[\u4e00-\u9fff“”《》（）]{7,30}")

_STRONG = frozenset({Style.ARTICLE, *DIVISIONS})
_LIST_REACH = 40  # lines within which the second member of a list of items must follow the first
_LONGEST_HEADING = 120  # characters
_SHORT_HEADING = 40  # characters; 2.1.2 stands above some texts and begins others in one document
_LONGEST_LABEL = 10  # characters, with the white space after it
_TAIL = 400  # characters
_CELL = 24  # characters; a shorter line without a pause may be a cell


@dataclass
class Paragraph:
    """Lines of one printed paragraph, and the label it starts with, if it does; or a table."""

    lines: list[Line]
    label: Label | None = None
    heading: bool = False
    # The end of the text, enough to judge how it ends, so that a long paragraph is not read again and again.
    tail: str = field(init=False)
    length: int = field(init=False)

    def __post_init__(self) -> None:
        text = "".join(line.text for line in self.lines)
        self.tail = text[-_TAIL:]
        self.length = len(text)

    @property
    def table(self) -> Table | None:
        """The table that the paragraph is, if it is one."""
        line = self.lines[0]
        return line.table if isinstance(line, TableLine) else None

    @property
    def printed(self) -> Printed:
        """The characters of the paragraph with their offsets."""
        return Printed.joined(line.printed for line in self.lines)

    def append(self, line: Line) -> None:
        """Add the continuation of the paragraph."""
        self.lines.append(line)
        self.tail = (self.tail + line.text)[-_TAIL:]
        self.length += len(line.text)

    @property
    def text(self) -> str:
        """The paragraph as printed, its line breaks undone."""
        return self.printed.value

    @property
    def body(self) -> str:
        """The text without the label."""
        return self.text[len(self.label.printed) :].strip() if self.label else self.text


def text_lines(paragraphs: Iterable[Paragraph]) -> tuple[TextLine, ...]:
    """Where each line stands in the text of the paragraphs, one below the other."""
    found: list[TextLine] = []
    start = 0
    for paragraph in paragraphs:
        for number, line in enumerate(paragraph.lines):
            stop = start + len(line.text)
            found.append(TextLine(start, stop, line.number, line.indent, number > 0, line.label))
            start = stop
        start += 1
    return tuple(found)


class ParagraphBuilder:
    """Goes through the lines of a policy's body once and decides at each break."""

    def __init__(
        self,
        layout: Layout,
        words: DocumentWords,
        continuations: frozenset[int] = frozenset(),
        openings: frozenset[int] = frozenset(),
        heads: frozenset[int] = frozenset(),
    ) -> None:
        """Lines are named by their numbers.

        `continuations` go on with the paragraph above, as an editor declared or a title on two lines shows;
        `openings` open an attachment, whatever stands above; `heads` title it, and no text goes on with them.
        """
        self._layout = layout
        self._words = words
        self._continuations = continuations
        self._openings = openings
        self._heads = heads
        self._last_number: dict[Style, int] = {}
        self._paragraphs: list[Paragraph] = []
        self._articles: dict[int, int] = {}  # by index of a line, the number of the next 条 after it
        self.questions: list[Question] = []

    def build(self, lines: Sequence[Line]) -> list[Paragraph]:
        """The paragraphs of `lines`, in order; every line is in exactly one."""
        self._articles = _following_articles(lines)
        for index, line in enumerate(lines):
            current = self._paragraphs[-1] if self._paragraphs else None
            if current is not None and line.number in self._continuations:
                current.append(line)
                continue
            if isinstance(line, TableLine):
                self._paragraphs.append(Paragraph([line]))
                continue
            label = self._accepted(lines, index)
            if label is not None:
                if label.number is not None:
                    self._last_number[label.style] = label.number
                if label.style is Style.ATTACHMENT:
                    self._last_number = {}
                self._paragraphs.append(Paragraph([line], label))
            elif current is None or not self._continues(current, line):
                self._paragraphs.append(Paragraph([line]))
            else:
                current.append(line)
        for paragraph in self._paragraphs:
            paragraph.heading = paragraph.label is not None and self._is_heading(paragraph)
        return self._paragraphs

    def rejoin(self, lines: Sequence[Line]) -> list[Paragraph]:
        """The paragraphs of lines that carry no labels (front matter)."""
        paragraphs: list[Paragraph] = []
        for line in lines:
            if paragraphs and self._continues(paragraphs[-1], line):
                paragraphs[-1].append(line)
            else:
                paragraphs.append(Paragraph([line]))
        return paragraphs

    def groups(self, lines: Sequence[Line]) -> list[list[Line]]:
        """Lines that only the width of the page broke, together (for matter whose sentences prove nothing)."""
        groups: list[list[Line]] = []
        for line in lines:
            if groups and self._layout.wrapped and self._runs_on(groups[-1][-1]):
                groups[-1].append(line)
            else:
                groups.append([line])
        return groups

    def _runs_on(self, line: Line) -> bool:
        return not line.trailing_space if self._layout.trailing_marks else self._layout.fills(line)

    def _accepted(self, lines: Sequence[Line], index: int) -> Label | None:
        """The label of a line, if it fits the run of labels so far or stands where a paragraph may begin."""
        line = lines[index]
        label = line.label
        if label is None or line.number in self._openings:
            return label
        last = self._last_number.get(label.style)
        continues = last is not None and label.number == last + 1
        margin = label.style in AT_THE_MARGIN
        if label.style is Style.ARTICLE and self._is_citation(label, line, index):
            return None
        if self._layout.indent_marks and line.indent == 0 and not continues and not margin:
            return None
        if label.style.is_decimal or label.style in (Style.TASK, Style.MEASURE):
            return label
        if label.number is None:
            return label if self._item_may_begin() or self._may_begin(line) else None
        if label.style in (Style.ORDINAL, Style.LETTER):
            return label if self._opens_or_continues(label, lines, index) else None
        if not self._layout.wrapped and not self._was_cut(line):
            return label  # the line is a paragraph
        if continues or (label.number == 1 and label.style in _STRONG):
            return label if continues is False or not self._unfinished(line, strictly=True) else None
        if label.number == 1:
            return label if not self._unfinished(line) else None
        return label if self._stands_off(label, line) or self._may_begin(line) else None

    def _is_citation(self, label: Label, line: Line, index: int) -> bool:
        """Whether 第十条 at the beginning of a line cites: nothing parts it from the text, and the run of 条 goes on without it.

        Its number is none of the run (第十条确定的… between 第二条 and 第三条), or the 条 of that number comes later
        (第三条规定的… before 第三条).
        """
        if (
            line.text[len(label.printed) :][:1].isspace()
            or label.number is None
            or label.printed[-1] in "】]：:"
        ):
            return False
        following = self._articles.get(index)
        last = self._last_number.get(Style.ARTICLE)
        if last is None:
            return label.weak and (following is None or following <= label.number)
        if label.number == last + 1:
            return following == label.number or (
                label.weak and self._layout.wrapped and self._unfinished(line)
            )
        return following is None or following == last + 1 or label.number <= last or label.weak

    def _was_cut(self, line: Line) -> bool:
        """Whether a page ended before a line, inside a sentence."""
        return line.page_before and self._unfinished(line)

    def _stands_off(self, label: Label, line: Line) -> bool:
        """Whether 第八条 begins a 条 though 第七条 is missing: white space after it, a complete sentence before it."""
        return (
            label.style is Style.ARTICLE
            and label.number is not None
            and label.number > self._last_number.get(Style.ARTICLE, label.number)
            and line.text[len(label.printed) :][:1].isspace()
            and bool(self._paragraphs and SENTENCE_END.search(self._paragraphs[-1].tail))
        )

    def _opens_or_continues(self, label: Label, lines: Sequence[Line], index: int) -> bool:
        """Whether 一是 or A类 is a member of a list on lines of its own: the next or the one before is there."""
        if label.number == self._last_number.get(label.style, -1) + 1:
            return True
        if label.number != 1:
            return False
        following = (later.label for later in lines[index + 1 : index + _LIST_REACH])
        return any(
            found is not None and found.style is label.style and found.number == 2 for found in following
        )

    def _item_may_begin(self) -> bool:
        """Whether —— may open an item here: after a heading, a colon, a full stop or the ； of the item before."""
        return not self._paragraphs or bool(re.search(r"[。；：:;！？]$", self._paragraphs[-1].tail))

    def _unfinished(self, line: Line, *, strictly: bool = False) -> bool:
        """Whether the paragraph so far cannot have ended before `line`; `strictly`, whatever its last comma says."""
        if not self._paragraphs:
            return False
        text = self._paragraphs[-1].tail
        if SENTENCE_END.search(text) or self._paragraphs[-1].table is not None:
            return False
        unfinished = r"[（(\[［《〈“‘]$" if strictly else r"[，,、（(\[［《〈“‘]$"
        return bool(re.search(unfinished, text)) or _closes(text, line.text)

    def _may_begin(self, line: Line) -> bool:
        """Whether a paragraph that the label sequence does not ask for may begin at `line`."""
        if not self._paragraphs:
            return True
        current = self._paragraphs[-1]
        return self._is_sibling(current, line) or not self._continues(current, line)

    def _is_sibling(self, current: Paragraph, line: Line) -> bool:
        """Whether `line` has the form of label of the paragraph that ends in ； before it: its number is misprinted."""
        label = line.label
        if label is None or current.label is None or label.style is not current.label.style:
            return False
        cut = self._layout.wrapped and self._layout.fills(current.lines[-1])
        return bool(re.search(r"[；;]$", current.tail)) and not cut

    def _continues(self, current: Paragraph, line: Line) -> bool:
        """Whether `line`, which begins with no label, goes on with the current paragraph."""
        if line.marked_heading or line.marked_item or line.marked_row or current.lines[-1].marked_heading:
            return False
        if (
            current.table is not None
            or isinstance(line, TableLine)
            or current.lines[-1].number in self._heads
        ):
            return False
        if _CANNOT_BEGIN.match(line.text):
            return True
        if (
            "\t" in line.text
            or "\t" in current.lines[-1].text[_LONGEST_LABEL:]
            or _is_attachment_label(current)
        ):
            return False
        if not self._layout.wrapped:
            return self._cut_by_page(current, line)
        return self._wraps(current, line)

    def _wraps(self, current: Paragraph, line: Line) -> bool:
        """Whether the page broke the line before `line`, in a source that kept the lines of its pages."""
        text = current.tail
        if self._layout.indent_marks:
            return line.indent == 0 and not self._is_cell(current)
        if line.text.startswith("前款") and SENTENCE_END.search(text) and self._in_first_paragraph():
            return False  # there is no 前款 to speak of inside the first one
        if _TABLE_ROW.search(line.text) or _TABLE_ROW.search(current.lines[-1].text[_LONGEST_LABEL:]):
            return False
        if FIELD_LINE.match(line.text) or DATE_LINE.fullmatch(line.text):
            return bool(MID_SENTENCE.search(text)) and not SENTENCE_END.search(text)
        if text[-1:] in ("；", ";") and _quotes_item(line):
            return False  # “（二）…；   an item of a text quoted item by item
        if self._layout.trailing_marks:
            return not current.lines[-1].trailing_space
        if not SENTENCE_END.search(text) and (_inside_brackets(text) or _closes(text, line.text)):
            return True
        if self._layout.fills(current.lines[-1]):
            return not is_note_end(text)
        if ends_sentence(text) or is_note_end(text) or self._is_cell(current):
            return False
        return not (current.label and self._is_heading(current))

    def _is_cell(self, current: Paragraph) -> bool:
        """Whether the paragraph so far is a short line at the margin without a pause: a cell, a word of a list."""
        line = current.lines[0]
        return (
            len(current.lines) == 1
            and current.label is None
            and not (self._layout.indent_marks and line.indent)
            and len(line.text) <= _CELL
            and not self._layout.fills(line)
            and not PAUSE.search(line.text)
            and not MID_SENTENCE.search(line.text)
        )

    def _cut_by_page(self, current: Paragraph, line: Line) -> bool:
        """Whether `line` goes on with a sentence that the end of a page cut, in a source of a paragraph a line.

        Certain where the page left its mark, or where the line before ends with a comma and the sentence goes on; else
        the ends of pages must be seen to cut sentences in this source, the line before must be a row at least and stop
        inside a sentence, and the next must end it.
        """
        text, above = current.tail, current.lines[-1]
        if self._is_title_on_two_lines(current, line):
            self._ask(line, "上下两行都没有标点，合起来像一个标题，已接成一段。")
            return True
        heading = current.label is not None and self._is_heading(current)
        title = "《" in _opened(text)  # unlike a quotation, a title is never of several paragraphs
        if not SENTENCE_END.search(text) and (_inside_brackets(text) or title) and _closes(text, line.text):
            return True
        if ends_sentence(text) or is_note_end(text) or re.search(r"[；;]$", text):
            return False
        if FIELD_LINE.match(line.text) or DATE_LINE.fullmatch(line.text) or _MEMBER.match(line.text):
            return bool(re.search(r"[，,、]$", text))
        if line.page_before:
            styled = current.label is not None and current.label.style in self._layout.heading_styles
            cut_again = self._layout.page_cuts and PAUSE.search(text)
            ends = STOP.search(line.text) or is_note_end(line.text) or display_width(line.text) >= ROW
            return bool(ends or cut_again) and not (styled and not PAUSE.search(current.body))
        long = display_width(above.text) >= ROW
        if re.search(r"[，,、（(“《]$", text):
            if not long:
                self._ask(line, f"上一行以“{text[-1]}”结束，这一行接了上去。")
            return True
        if not long or heading or _TABLE_ROW.search(above.text[_LONGEST_LABEL:]):
            return False
        if not STOP.search(line.text) and not is_note_end(line.text) and display_width(line.text) < 2 * ROW:
            return False
        pauses = bool(PAUSE.search(text)) or current.label is not None
        if not self._layout.page_cuts:
            if pauses:
                self._ask(line, "上一行没有标点收尾，这一行像是接着说的；原文每行一段，没有接上。")
            return False
        return pauses or bool(PAUSE.search(line.text))

    def _is_title_on_two_lines(self, current: Paragraph, line: Line) -> bool:
        """Whether two short lines without punctuation are one title: the second ends as titles do, the first does not."""
        above = current.lines[-1].text
        return (
            current.label is None
            and len(current.lines) == 1
            and _HALF_TITLE.fullmatch(above) is not None
            and self._words.list_title.fullmatch(line.text) is not None
            and not self._words.list_title.fullmatch(above)
            and (len(self._paragraphs) < 2 or ends_sentence(self._paragraphs[-2].tail))
        )

    def _ask(self, line: Line, explanation: str) -> None:
        self.questions.append(Question(DoubtKind.UNDECIDED_BREAK, line.number, explanation))

    def _in_first_paragraph(self) -> bool:
        """Whether the text so far stands in the first 款 of a 条, its 项 included."""
        for paragraph in reversed(self._paragraphs):
            if paragraph.label is None or paragraph.label.style is Style.ARTICLE:
                return paragraph.label is not None
        return False

    def _is_heading(self, paragraph: Paragraph) -> bool:
        """Whether a labelled paragraph is a heading: it stands alone and is no sentence."""
        label = paragraph.label
        if label is None or paragraph.length > _LONGEST_HEADING:
            return False
        if label.style in AT_THE_MARGIN:
            return True
        if label.style.is_item:
            return False
        body = paragraph.body
        if label.style is Style.ARTICLE and (not body or _TITLED.fullmatch(body)):
            return True
        if not body or re.search(r"[。；！？;]", body) or MID_SENTENCE.search(body) or COLON.search(body):
            return False
        if _opened(body) or ends_with_note(body):
            return False
        # In a source of a paragraph a line each shows by itself what it is; a 条 may list words under its numbers.
        alone = label.style.is_decimal or (not self._layout.wrapped and not self._layout.law)
        return label.style in self._layout.heading_styles or (
            alone and len(body) <= _SHORT_HEADING and not PAUSE.search(body)
        )


def _following_articles(lines: Sequence[Line]) -> dict[int, int]:
    """For each line with a 条, the number of the next 条 that is parted from its text; of any where none is.

    Only as far as the next attachment, where the numbers begin again.
    """
    result: dict[int, int] = {}
    spaced: int | None = None
    some: int | None = None
    for index in range(len(lines) - 1, -1, -1):
        label = lines[index].label
        if label is None:
            continue
        if label.style is Style.ATTACHMENT:
            spaced = some = None
        elif label.style is Style.ARTICLE and label.number is not None:
            following = spaced if spaced is not None else some
            if following is not None:
                result[index] = following
            if lines[index].text[len(label.printed) :][:1].isspace():
                spaced = label.number
            elif not label.weak:
                some = label.number
    return result


def _quotes_item(line: Line) -> bool:
    return line.text[0] in '“"' and find_label(line.text[1:].lstrip()) is not None


def is_note_end(text: str) -> bool:
    """Whether a text ends with a note of who is responsible, verb or none."""
    return bool(ends_with_note(text) or _OFFICE_NOTE_END.search(text))


def _is_attachment_label(paragraph: Paragraph) -> bool:
    """Whether the paragraph is nothing but 附件1: the title of the attachment stands on the next line."""
    label = paragraph.label
    return label is not None and label.style is Style.ATTACHMENT and not paragraph.body.strip("：: ")


def _closes(text: str, following: str) -> bool:
    """Whether `text` leaves a bracket or quote open that `following` closes before it opens one of its kind."""
    for opener in dict.fromkeys(_opened(text)):
        for character in map(_full_width, _BRACKET.findall(following)):
            if character == opener:
                break
            if _CLOSERS.get(character) == opener:
                return True
    return False


def _inside_brackets(text: str) -> bool:
    """Whether the last sentence of `text` leaves a round or square bracket open (（牵头单位：)."""
    sentence = re.split(r"[。！？]", text)[-1]
    return any(opener in "（［〔【" for opener in _opened(sentence))


def _opened(text: str) -> list[str]:
    """The brackets and quotes the end of `text` leaves open, width made equal."""
    open_: list[str] = []
    for character in map(_full_width, _BRACKET.findall(text[-_TAIL:])):
        if character in _PAIRS:
            open_.append(character)
        elif open_ and _CLOSERS[character] == open_[-1]:
            open_.pop()
    return open_


def _full_width(bracket: str) -> str:
    return _WIDTH_ALIKE.get(bracket, bracket)
