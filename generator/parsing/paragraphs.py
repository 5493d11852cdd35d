"""Rejoining the lines of a page to the paragraphs that were printed.

A line break is the page's doing where the layout or the sentence says so, and the author's where a label begins
or a paragraph has ended. The evidence, strongest first: an unfinished bracket or comma; the mark that the
conversion left at paragraph ends; whether the line fills the width of a wrapped page; how the sentence ends;
whether the labels of this form are headings in this policy.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.model import Line, Printed
from generator.parsing.labels import Label, Style, find_label

# 。 ” ）  — a sentence that has ended, perhaps inside quotes or brackets
_FULL_STOP = re.compile(r"[。！？!?][”’」』）)》\]］]*$")
# ：   a list or a text follows
_COLON = re.compile(r"[：:]$")
# （责任单位：省法院）   [责任单位：…按职责分工负责]   （财政部负责)
_NOTE_END = re.compile(
    r"[（(\[［【〔][^（(\[［【〔]*(?:负责|责任|牵头|配合|单位|部门|时限|完成)[^\[［【〔]*[）)\]］】〕]$"
)
_MID_SENTENCE = re.compile(r"[，,、；;（(\[［《〈“‘「『—\-+/]$")
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
)
# （责任单位：…）   [市发展改革局牵头，…]   （财政部、知识产权局按职责分工负责）
NOTE = re.compile(
    r"[（(\[［【〔](?:.{0,6}(?:单位|部门|时限)[：:].*|[^。]*(?:负责|牵头|落实|配合))[）)\]］】〕]?[。]?$",
    re.DOTALL,
)
DATE_LINE = re.compile(
    r"(?:(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}|[二〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日)"
    r"(?:\s*印发)?"
)

# 第四条【平台建设】
_TITLED = re.compile(r"[【\[（(][^】\]）)]{2,20}[】\]）)]")
# 市某协会⇥会费⇥2000元/年   — a row of a table
_TABLE_ROW = re.compile(r"\S(?:\t| {2,}|　{2,})\S")

_AT_THE_MARGIN = frozenset({Style.ATTACHMENT, Style.PART, Style.CHAPTER, Style.SECTION})
_STRONG = frozenset({Style.ARTICLE, Style.CHAPTER, Style.SECTION, Style.PART})
_LIST_REACH = 40  # lines within which the second member of a list of items must follow the first
_LONGEST_HEADING = 120  # characters
_LONGEST_LABEL = 10  # characters, with the white space after it
_TAIL = 400  # characters
_FEWEST_LINES = 8  # that show a layout
_WIDEST_PAGE = 120  # columns; a longer line is a paragraph
_FULL_LINE = 0.92  # of the page width: a line that leaves less than two characters free


@dataclass
class Paragraph:
    """Lines of one printed paragraph, and the label it starts with, if it does."""

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


@dataclass(frozen=True)
class Layout:
    """What the lines of a policy show about the page they come from."""

    width: int  # columns of a full line (a Chinese character takes two)
    wrapped: bool  # whether the printed lines were kept: most lines are full
    trailing_marks: bool  # whether white space after a line marks the end of a paragraph
    indent_marks: bool  # whether every paragraph begins with an indent, and no other line does
    heading_styles: frozenset[Style]  # label forms that stand above their text rather than begin it

    @staticmethod
    def of(lines: Sequence[Line]) -> Layout:
        """Measure the lines of one policy."""
        widths = sorted(display_width(line.text) for line in lines)
        width = widths[int(len(widths) * 0.95)] if widths else 0
        labels = [find_label(line.text) for line in lines]
        wrapped = len(lines) >= _FEWEST_LINES and width <= _WIDEST_PAGE and _is_wrapped(lines, labels, width)
        return Layout(
            width=width,
            wrapped=wrapped,
            trailing_marks=wrapped and _has_trailing_marks(lines, labels),
            indent_marks=_has_indent_marks(lines, labels),
            heading_styles=_heading_styles(lines, labels),
        )


def _is_wrapped(lines: Sequence[Line], labels: Sequence[Label | None], width: int) -> bool:
    """Whether the lines of the page were kept: most of those that no label follows are full.

    A full line that ends inside a sentence is the page's doing; where there is none, lines of one length prove
    nothing. Lines of matter (a title, a signature) are short in any layout; enough such full lines prove the page
    all the same.
    """
    candidates = [line for line, after in zip(lines, labels[1:], strict=False) if after is None]
    full = [line for line in candidates if display_width(line.text) + line.indent >= _FULL_LINE * width]
    cut = [line for line in full if not _ends_sentence(line.text)]
    return (bool(cut) and len(full) > 0.5 * len(candidates)) or len(cut) > max(3, 0.35 * len(candidates))


def display_width(text: str) -> int:
    """Columns the text takes in a fixed-width font."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def _has_trailing_marks(lines: Sequence[Line], labels: Sequence[Label | None]) -> bool:
    """White space follows the lines before a label, and not the lines before none."""
    before_label = [line.trailing_space for line, label in zip(lines, labels[1:], strict=False) if label]
    others = [line.trailing_space for line, label in zip(lines, labels[1:], strict=False) if not label]
    return (
        len(before_label) >= 5
        and sum(before_label) >= 0.9 * len(before_label)
        and sum(others) <= 0.3 * len(others)
    )


def _has_indent_marks(lines: Sequence[Line], labels: Sequence[Label | None]) -> bool:
    """Every label is indented, and below the first of them some lines are not: those continue a paragraph.

    A heading of a chapter and 附件1 may stand at the margin all the same.
    """
    first = next((index for index, label in enumerate(labels) if label), len(lines))
    labelled = [
        line.indent > 0
        for line, label in zip(lines, labels, strict=True)
        if label and label.style not in _AT_THE_MARGIN
    ]
    return (
        bool(labelled)
        and all(labelled)
        and any(
            line.indent == 0 for line, label in zip(lines[first:], labels[first:], strict=True) if not label
        )
    )


def _heading_styles(lines: Sequence[Line], labels: Sequence[Label | None]) -> frozenset[Style]:
    """The label forms of which the clear cases are headings more often than run-in texts."""
    votes: Counter[Style] = Counter()
    for index, (line, label) in enumerate(zip(lines, labels, strict=True)):
        if label is None:
            continue
        body = line.text[len(label.printed) :]
        followed = labels[index + 1] if index + 1 < len(labels) else None
        if re.search(r"[。；;！？]", body) or _NOTE_END.search(body):
            votes[label.style] -= 1
        elif (
            not _ends_sentence(body) and not _MID_SENTENCE.search(body) and (followed or line.marked_heading)
        ):
            votes[label.style] += 1
    law = any(label is not None and label.style is Style.ARTICLE for label in labels)
    return frozenset(
        style
        for style in Style
        if votes[style] > 0 or (style not in votes and not law and style is not Style.ARTICLE)
    )


def _is_attachment_label(paragraph: Paragraph) -> bool:
    """Whether the paragraph is nothing but 附件1: the title of the attachment stands on the next line."""
    label = paragraph.label
    return label is not None and label.style is Style.ATTACHMENT and not paragraph.body


def _ends_sentence(text: str) -> bool:
    return bool(_FULL_STOP.search(text) or _COLON.search(text) or _NOTE_END.search(text))


class ParagraphBuilder:
    """Goes through the lines of a policy's body once and decides at each break."""

    def __init__(self, layout: Layout, continuations: frozenset[int] = frozenset()) -> None:
        """`continuations` are the numbers of the lines an editor declared to go on with the paragraph above."""
        self._layout = layout
        self._continuations = continuations
        self._last_number: dict[Style, int] = {}
        self._paragraphs: list[Paragraph] = []

    def build(self, lines: Sequence[Line]) -> list[Paragraph]:
        """The paragraphs of `lines`, in order; every line is in exactly one."""
        for index, line in enumerate(lines):
            current = self._paragraphs[-1] if self._paragraphs else None
            if current is not None and line.number in self._continuations:
                current.append(line)
                continue
            label = self._accepted(lines, index)
            if label is not None:
                if label.number is not None:
                    self._last_number[label.style] = label.number
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
        return not line.trailing_space if self._layout.trailing_marks else self._fills(line)

    def _accepted(self, lines: Sequence[Line], index: int) -> Label | None:
        """The label of a line, if it fits the run of labels so far or stands where a paragraph may begin."""
        line = lines[index]
        label = find_label(line.text)
        if label is None:
            return None
        last = self._last_number.get(label.style)
        continues = last is not None and label.number == last + 1
        margin = label.style in _AT_THE_MARGIN
        if self._layout.indent_marks and line.indent == 0 and not continues and not margin:
            return None
        if label.number is None:
            return label if self._item_may_begin() or self._may_begin(line) else None
        if label.style in (Style.ORDINAL, Style.LETTER):
            return label if self._opens_or_continues(label, lines, index) else None
        if continues or (label.number == 1 and label.style in _STRONG):
            return label if continues is False or not self._unfinished(line, strictly=True) else None
        if label.number == 1:
            return label if not self._unfinished(line) else None
        return label if self._stands_off(label, line) or self._may_begin(line) else None

    def _stands_off(self, label: Label, line: Line) -> bool:
        """Whether 第八条 begins a 条 though 第七条 is missing: white space after it, a complete sentence before it."""
        return (
            label.style is Style.ARTICLE
            and label.number is not None
            and label.number > self._last_number.get(Style.ARTICLE, label.number)
            and line.text[len(label.printed) :][:1].isspace()
            and bool(self._paragraphs and _FULL_STOP.search(self._paragraphs[-1].tail))
        )

    def _opens_or_continues(self, label: Label, lines: Sequence[Line], index: int) -> bool:
        """Whether 一是 or A类 is a member of a list on lines of its own: the next or the one before is there."""
        if label.number == self._last_number.get(label.style, -1) + 1:
            return True
        if label.number != 1:
            return False
        following = (find_label(later.text) for later in lines[index + 1 : index + _LIST_REACH])
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
        if _FULL_STOP.search(text):
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
        label = find_label(line.text)
        if label is None or current.label is None or label.style is not current.label.style:
            return False
        cut = self._layout.wrapped and self._fills(current.lines[-1])
        return bool(re.search(r"[；;]$", current.tail)) and not cut

    def _continues(self, current: Paragraph, line: Line) -> bool:
        """Whether `line`, which begins with no label, goes on with the current paragraph."""
        if line.marked_heading or line.marked_item or current.lines[-1].marked_heading:
            return False
        text = current.tail
        if _CANNOT_BEGIN.match(line.text):
            return True
        if (
            "\t" in line.text
            or "\t" in current.lines[-1].text[_LONGEST_LABEL:]
            or _is_attachment_label(current)
        ):
            return False
        if self._layout.indent_marks:
            return line.indent == 0
        if line.text.startswith("前款") and _FULL_STOP.search(text) and self._in_first_paragraph():
            return False  # there is no 前款 to speak of inside the first one
        if _TABLE_ROW.search(line.text) or _TABLE_ROW.search(current.lines[-1].text[_LONGEST_LABEL:]):
            return False
        if FIELD_LINE.match(line.text) or DATE_LINE.fullmatch(line.text):
            return bool(_MID_SENTENCE.search(text)) and not _FULL_STOP.search(text)
        if text[-1:] in ("；", ";") and line.text[0] in '“"' and find_label(line.text[1:].lstrip()):
            return False  # “（二）…；   an item of a text quoted item by item
        if self._layout.trailing_marks:
            return not current.lines[-1].trailing_space
        if not _FULL_STOP.search(text) and (_inside_brackets(text) or _closes(text, line.text)):
            return True
        if self._layout.wrapped and self._fills(current.lines[-1]):
            return not _NOTE_END.search(text)
        if _ends_sentence(text):
            return False
        return not (current.label and self._is_heading(current))

    def _in_first_paragraph(self) -> bool:
        """Whether the text so far stands in the first 款 of a 条, its 项 included."""
        for paragraph in reversed(self._paragraphs):
            if paragraph.label is None or paragraph.label.style is Style.ARTICLE:
                return paragraph.label is not None
        return False

    def _fills(self, line: Line) -> bool:
        return display_width(line.text) + line.indent >= _FULL_LINE * self._layout.width

    def _is_heading(self, paragraph: Paragraph) -> bool:
        """Whether a labelled paragraph is a heading: it stands alone and is no sentence."""
        label = paragraph.label
        if label is None or paragraph.length > _LONGEST_HEADING:
            return False
        if label.style in (Style.PART, Style.CHAPTER, Style.SECTION, Style.ATTACHMENT):
            return True
        if label.style.is_item:
            return False
        body = paragraph.body
        if label.style is Style.ARTICLE and (not body or _TITLED.fullmatch(body)):
            return True
        if not body or re.search(r"[。；！？;]", body) or _MID_SENTENCE.search(body) or _COLON.search(body):
            return False
        if _opened(body) or _NOTE_END.search(body):
            return False
        return label.style in self._layout.heading_styles


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
