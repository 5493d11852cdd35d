r"""Taking off what Markdown and the generators of document sites put around a text.

A source may be a Markdown file: written by hand, made by a converter (`1\.` for a literal number), or a page of a
VuePress or MkDocs site. Its marks are no text of the document; its words all are. Nothing here changes the order of
the characters that stay.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator

from generator.model import Printed
from generator.reading.ledger import Ledger, Reason

# ## 一、指导思想
_HEADING = re.compile(r"^ {0,3}#{1,6}[ \t]+\S", re.MULTILINE)
# 1\. 压缩开办时间   — at least two of them are a converter's
_ESCAPED_NUMBER = re.compile(r"^[^\S\n]*\d{1,3}\\[.)、]", re.MULTILINE)
_SUFFIXES = (".md", ".markdown")

# sidebar: auto   tags:   - 条例   "title": …   # a comment
_FIELD = re.compile(r"[\"']?[A-Za-z_][\w.-]*[\"']?\s*[:=](?:\s.*)?|\s+\S.*|-\s.*|#.*|\s*")
_LONGEST_FRONT_MATTER = 100  # lines

_HEADING_MARK = re.compile(r"#{1,6}[ \t]+(?=\S)")
# - （一）海关高级认证企业；   (the item has its own printed label)
_LIST_MARK = re.compile(r"[-*•·][ \t]+(?=[（(]\s*[一二三四五六七八九十\d])")
# - 退货商品免征关税；   - [x] 已完成   (in a Markdown file, where it can be nothing else)
_ITEM_MARK = re.compile(
    r"[-*+][ \t]+(?:\[[ xX]\][ \t]+)?(?=[\u4e00-\u9fff“‘《〈（(【〔A-Za-z]|\d+[^\d\s\-—])"
)
# > （一）加强领导。   (not > 90%)
_QUOTE_MARK = re.compile(r">[ \t]+(?=[\u4e00-\u9fff“《（(])")
# ::: tip 提示   !!! note   ``` text   [[toc]]   [TOC]   === "标签"   {% include x %}
_BLOCK_MARK = re.compile(
    r":{3,}.*|(?:!!!|\?\?\?\+?)\s+[a-z].*|`{3,}[\w {}.:=,-]*|~{3,}[\w ]*|\[\[toc\]\]|\[toc\]|={3,}\s+[\"“].*|\{%.*%\}",
    re.IGNORECASE,
)
# 第一章 总则 {#chp-1}   {: .center }
_ATTRIBUTES = re.compile(r"(?<![ \t])[ \t]*\{(?::|#[\w-])[^{}]{0,200}\}$")
# ## 标题 ##
_CLOSING_HASHES = re.compile(r"(?<![ \t])[ \t]+#{1,6}$")
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")
_IMAGE = re.compile(r"!\[[^\[\]\n]{0,300}\]\([^()\s]{0,1000}(?:\s+\"[^\"\n]{0,300}\")?\)")
_LINK = re.compile(
    r"(?<!!)(\[)([^\[\]\n]{1,300})(\]\([^()\s]{0,1000}(?:\s+\"[^\"\n]{0,300}\")?\)|\]\[[\w-]{0,60}\])"
)
_FOOTNOTE = re.compile(r"\[\^[\w-]{1,30}\]:?")
_TAG_NAMES = (
    "a|abbr|article|b|big|blockquote|body|br|caption|center|code|col|colgroup|dd|del|details|div|dl|dt|em|figcaption|figure"
    "|font|footer|h[1-6]|head|header|hr|html|i|img|input|ins|kbd|label|li|main|mark|nav|ol|p|pre|s|section|small|span|strong"
    "|style|sub|summary|sup|table|tbody|td|tfoot|th|thead|tr|tt|u|ul|o:p"
)
TAG = re.compile(rf"</?(?:{_TAG_NAMES})(?:\s[^<>]{{0,2000}})?/?>", re.IGNORECASE)
ENTITY = re.compile(
    r"&(?:nbsp|ensp|emsp|thinsp|amp|lt|gt|quot|ldquo|rdquo|middot|#\d{1,6}|#x[0-9a-fA-F]{1,5});"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")


def is_markdown(path: str, text: str) -> bool:
    """Whether a source is Markdown: by its name, by a heading mark, or by the escapes of a converter."""
    if path.lower().endswith(_SUFFIXES) or _HEADING.search(text):
        return True
    escaped = _ESCAPED_NUMBER.finditer(text)
    return next(escaped, None) is not None and next(escaped, None) is not None


def comments(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of <!-- comments -->; one that is not closed is text."""
    start = text.find("<!--")
    while start >= 0:
        stop = text.find("-->", start + 4)
        if stop < 0:
            return
        yield start, stop + 3
        start = text.find("<!--", stop + 3)


def front_matter(spans: Iterable[tuple[int, int]], text: str) -> int:
    """The number of lines of the YAML or TOML block at the head of a file; 0 where there is none."""
    fence = ""
    for number, (start, stop) in enumerate(spans, 1):
        line = text[start:stop].strip("\r\n\ufeff \t\u2028\u2029\v\f\x85")
        if not fence:
            if line not in ("---", "+++"):
                if line:
                    return 0
                continue
            fence = line
        elif line == fence:
            return number
        elif number > _LONGEST_FRONT_MATTER or not _FIELD.fullmatch(text[start:stop].rstrip()):
            return 0
    return 0


def without_entities(printed: Printed, ledger: Ledger) -> Printed:
    """The line with &nbsp; and its like as the characters they stand for."""
    if "&" not in printed.value:
        return printed
    parts: list[Printed] = []
    position = 0
    for match in ENTITY.finditer(printed.value):
        character = html.unescape(match[0])
        if len(character) != 1 or not (character.isprintable() or character.isspace()):
            continue
        parts.append(printed.cut(position, match.start()))
        parts.append(Printed(character, printed.offsets[match.start() : match.start() + 1]))
        ledger.take_run(printed.cut(match.start() + 1, match.end()), Reason.ENTITY)
        position = match.end()
    return Printed.joined([*parts, printed.cut(position)])


def is_block_mark(text: str) -> bool:
    """Whether a line is a mark of a document site: a container, a code fence, a place for the contents."""
    return _BLOCK_MARK.fullmatch(text) is not None


def without_line_marks(printed: Printed, ledger: Ledger, *, markdown: bool) -> tuple[Printed, bool, bool]:
    """The line without the marks at its beginning; whether it was marked as a heading; and as a member of a list."""
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
    if markdown:
        for pattern in (_ATTRIBUTES, _CLOSING_HASHES) if heading else (_ATTRIBUTES,):
            end = pattern.search(printed.value)
            if end and end.start():
                ledger.take_run(printed.cut(end.start()), Reason.BLOCK_MARK)
                printed = printed.cut(0, end.start())
    return printed, heading is not None, mark is not None


def without_inline_marks(printed: Printed, ledger: Ledger, *, markdown: bool) -> Printed:
    """The line without the marks of Markdown inside it: bold in any file, the others in a Markdown file."""
    text = printed.value
    marks = _Marks(text)
    if markdown:
        for match in _ESCAPE.finditer(text):
            if match.start() not in marks.protected:
                marks.drop(match.start(), match.end(), Reason.ESCAPE)
                marks.protected.add(match.end())
        for match in TAG.finditer(text):
            marks.drop(match.start(), match.end(), Reason.TAG)
        for match in _IMAGE.finditer(text):
            marks.drop(match.start(), match.end(), Reason.IMAGE)
        for match in _LINK.finditer(text):
            marks.drop(match.start(1), match.end(1), Reason.LINK)
            marks.drop(match.start(3), match.end(3), Reason.LINK)
        for match in _FOOTNOTE.finditer(text):
            marks.drop(match.start(), match.end(), Reason.LINK)
        marks.drop_pairs("`", Reason.EMPHASIS_MARK)
        marks.drop_pairs("~~", Reason.EMPHASIS_MARK)
    marks.drop_pairs("**", Reason.BOLD_MARK)
    marks.drop_pairs("__", Reason.BOLD_MARK, only_han=True)
    if markdown:
        marks.drop_pairs("*", Reason.EMPHASIS_MARK)
        marks.drop_pairs("_", Reason.EMPHASIS_MARK, only_han=True)
    return marks.applied(printed, ledger)


class _Marks:
    """The marks found in one line, each character in one mark at most."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._reasons: dict[int, Reason] = {}
        self.protected: set[int] = set()  # characters that a backslash makes plain text

    def drop(self, start: int, stop: int, reason: Reason) -> None:
        """A mark from `start` up to `stop`, unless a part of it is protected or another mark."""
        places = range(start, stop)
        if not any(place in self._reasons or place in self.protected for place in places):
            self._reasons.update(dict.fromkeys(places, reason))

    def drop_pairs(self, mark: str, reason: Reason, *, only_han: bool = False) -> None:
        """Pairs of one mark around a word; `only_han`: around one that holds a Chinese character (not __init__)."""
        text, size = self._text, len(mark)
        opened = -1
        position = text.find(mark)
        while position >= 0:
            after = position + size
            free = position not in self._reasons and position not in self.protected
            if free and opened >= 0 and not text[position - 1].isspace() and position > opened + size:
                if not only_han or _HAN.search(text, opened, position):
                    self.drop(opened, opened + size, reason)
                    self.drop(position, after, reason)
                opened = -1
            elif free and opened < 0 and after < len(text) and not text[after].isspace():
                opened = position
            position = text.find(mark, after)

    def applied(self, printed: Printed, ledger: Ledger) -> Printed:
        """The line without its marks, each noted in the ledger."""
        if not self._reasons:
            return printed
        by_reason: dict[Reason, list[int]] = {}
        for place in sorted(self._reasons):
            by_reason.setdefault(self._reasons[place], []).append(printed.offsets[place])
        for reason, offsets in by_reason.items():
            ledger.take_offsets(offsets, reason, doubtful=reason is Reason.IMAGE)
        kept = [index for index in range(len(printed)) if index not in self._reasons]
        return Printed(
            "".join(printed.value[index] for index in kept), tuple(printed.offsets[index] for index in kept)
        )
