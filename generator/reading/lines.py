"""Taking the marks of the page off a source, each with its reason.

A source is what somebody made of a printed document: text typed off a web page, a PDF turned into text, a
Markdown file made by character recognition. What such a process leaves that is not text of the document (page
numbers, running headers, the menus of a web page, rules, Markdown marks, line breaks, white space at the edges of a
line) is removed here and accounted for; every character that stays remembers its offset in the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from generator.model import Line, Printed, Removed, SourceText, Suspicion
from generator.reading import furniture, webpage
from generator.reading.characters import RADICALS, is_text
from generator.reading.ledger import Ledger, Reason
from generator.reading.markdown import (
    comments,
    front_matter,
    is_block_mark,
    is_markdown,
    without_entities,
    without_inline_marks,
    without_line_marks,
)
from generator.reading.punctuation import STOP
from generator.reading.tables import cells_of_pipes, html_rows, html_tables, piped_rows
from generator.vocabulary import Vocabulary

# ---   ＊＊＊   ————————
_RULE = re.compile(r"[-—–―_=*＊－·.…~～ ]{3,}")
_LONE_PUNCTUATION = re.compile(r"[。，、；：．.,;:]+")
# What ends a line: the line feed, and what other systems and word processors use in its place.
_LINE_END = re.compile("\r\n|[\n\r\v\x85\u2028\u2029]")
_LINE_END_OR_BREAK = re.compile(rf"{_LINE_END.pattern}|<br\s{{0,4}}/?>", re.IGNORECASE)
# What text extraction puts in the place of characters.
_RADICAL = re.compile("[\u2e80-\u2fdf]")
_ORDINARY_SPACE = str.maketrans("\t\u3000\xa0", "   ")


@dataclass
class _Draft:
    """A line while its marks are being taken off."""

    line: Line
    form_feed: bool = False  # a form feed stands before it


def read_lines(
    source: SourceText, words: Vocabulary, *, paragraphs: bool = False
) -> tuple[list[Line], list[Removed]]:
    """The lines of a source that hold text, and all that was removed, in order.

    `paragraphs`: whether it is known that every line is a paragraph, and what pages print beside the text is off
    already, by its place on them; then none of it is looked for.
    Every character of `source.text` is in exactly one of the two. Works in time linear in the text.
    """
    ledger = Ledger(source.text)
    drafts = _Drafter(source, ledger).drafts()
    reasons, suspects = _furniture(drafts, words, of_pages=not paragraphs)
    lines: list[Line] = []
    gap = page = False
    for index, draft in enumerate(drafts):
        gap = gap or draft.line.blank_before
        page = page or draft.form_feed
        reason = reasons.get(index)
        if reason is not None:
            ledger.take_run(draft.line.printed, reason)
            gap = True
            page = page or reason in (Reason.PAGE_NUMBER, Reason.RUNNING_HEADER)
            continue
        line, suspicion = draft.line, suspects.get(index)
        if (gap, page, suspicion) != (line.blank_before, False, None):
            line = replace(line, blank_before=gap, page_before=page, suspicion=suspicion)
        lines.append(line)
        gap = page = False
    return lines, sorted(ledger.removed, key=lambda item: item.start)


def page_of_lines(text: str) -> list[int]:
    """The page on which the text of each line of a file begins, from 1 on: every form feed begins one."""
    pages: list[int] = []
    page = 1
    for start, stop in _line_spans(text, _LINE_END):
        line = text[start:stop]
        head = len(line) - len(line.lstrip())
        pages.append(page + line.count("\f", 0, head))
        page += line.count("\f")
    return pages


class _Drafter:
    """Goes through a source once and takes off each line the marks that show in the line itself."""

    def __init__(self, source: SourceText, ledger: Ledger) -> None:
        self._text = source.text
        self._ledger = ledger
        self._markdown = is_markdown(source.path, source.text)
        self._hidden = _hidden(source.text, ledger)
        self._drafts: list[_Draft] = []
        self._gap = False  # whether a gap stands before the next line
        self._form_feed = False  # and whether a form feed does

    def drafts(self) -> list[_Draft]:
        """The lines that are not empty."""
        text = self._text
        spans = list(_line_spans(text, _LINE_END_OR_BREAK if self._markdown else _LINE_END))
        head = front_matter(spans, text)
        tables = iter(self._html_tables())
        table = next(tables, None)
        rows = piped_rows([text[start:stop] for start, stop in spans]) if "|" in text else {}
        number, following = 1, 1  # of the lines of the file: a <br> ends one in print only
        for index, (start, stop) in enumerate(spans):
            number, following = following, following + (text[stop - 1] in _LINE_ENDS)
            while table is not None and table[1] <= start:
                table = next(tables, None)
            if index < head:
                visible = (offset for offset in range(start, stop) if not self._hidden[offset])
                self._ledger.take_offsets(visible, Reason.FRONT_MATTER)
            elif table is not None and table[0] < stop:
                self._beside_table(number, (start, stop), table, rows.get(index))
            else:
                self._line(number, (start, stop), rows.get(index))
        return self._drafts

    def _html_tables(self) -> list[tuple[int, int]]:
        """Where the tables in HTML stand that no comment hides."""
        tables = html_tables(self._text) if self._markdown else ()
        return [span for span in tables if not self._hidden[span[0]]]

    def _beside_table(
        self, number: int, span: tuple[int, int], table: tuple[int, int], dashes: bool | None
    ) -> None:
        """A line that a table in HTML begins on, goes through or ends on: what stands before it, its rows, the rest."""
        start, stop = span
        if start <= table[0]:
            found = html_rows(self._text, *table, self._ledger, self._hidden)
            self._add(self._piece(number, (start, min(stop, table[0]))))
            self._form_feed = False
            for offset, cells in found:
                row = self._row(number + _line_ends(self._text, start, offset), cells)
                if row is not None:
                    self._drafts.append(row)
            self._gap = True
        self._line(number, (max(start, table[1]), stop), dashes)

    def _line(self, number: int, span: tuple[int, int], dashes: bool | None) -> None:
        """One line, or a part of one. `dashes`: of a line of a Markdown table, whether it is the row of dashes."""
        if span[0] >= span[1]:
            return
        feed_before, feed_after = _form_feeds(self._text, *span)
        self._form_feed = self._form_feed or feed_before
        draft = self._piece(number, span) if dashes is None else self._piped(number, span, dashes=dashes)
        self._add(draft)
        self._form_feed = feed_after or (self._form_feed and draft is None)

    def _add(self, draft: _Draft | None) -> None:
        """Add a line, if there is one; a gap stands in its place if not."""
        if draft is not None:
            if self._gap:
                draft.line = replace(draft.line, blank_before=True)
            draft.form_feed = self._form_feed
            self._drafts.append(draft)
        self._gap = draft is None

    def _piece(self, number: int, span: tuple[int, int]) -> _Draft | None:
        """One line, or a part of one, without white space at its edges and without marks; None where nothing is left."""
        ledger = self._ledger
        printed = without_entities(self._visible(*span), ledger)
        value = printed.value
        printed = ledger.take_edges(printed, Reason.BLANK)
        if not printed:
            return None
        start, end = len(value) - len(value.lstrip()), len(value.rstrip())
        if _RULE.fullmatch(printed.value):
            ledger.take_run(printed, Reason.RULE)
            return None
        if self._markdown and is_block_mark(printed.value):
            doubtful = any("\u4e00" <= one <= "\u9fff" for one in printed.value)
            ledger.take_run(printed, Reason.BLOCK_MARK, doubtful=doubtful)
            return None
        printed, heading, item = without_line_marks(printed, ledger, markdown=self._markdown)
        # A mark may have hidden white space at the edges.
        printed = ledger.take_edges(
            without_inline_marks(printed, ledger, markdown=self._markdown), Reason.BLANK
        )
        if not printed:
            return None
        return _Draft(
            Line(
                number,
                printed,
                indent=sum(2 if character == "\u3000" else 1 for character in value[:start]),
                trailing_space=end < len(value),
                marked_heading=heading,
                marked_item=item,
                leading_tabs=value[:start].count("\t"),
                trailing_tabs=value[end:].count("\t"),
            )
        )

    def _piped(self, number: int, span: tuple[int, int], *, dashes: bool) -> _Draft | None:
        """One line of a Markdown table as a row; the row of dashes is a mark."""
        printed = self._visible(*span)
        if dashes:
            self._ledger.take_run(printed, Reason.TABLE_MARK)
            return None
        return self._row(number, cells_of_pipes(printed, self._ledger))

    def _row(self, number: int, cells: Printed) -> _Draft | None:
        """A line that the file marks as a row; None where all its cells are empty.

        Empty cells at its edges are counted, and their tabs are marks.
        """
        text = cells.value
        start, end = len(text) - len(text.lstrip("\t")), len(text.rstrip("\t"))
        if start >= end:
            start, end = 0, 0
        self._ledger.take_run(cells.cut(0, start), Reason.TABLE_MARK)
        self._ledger.take_run(cells.cut(end), Reason.TABLE_MARK)
        printed = without_inline_marks(cells.cut(start, end), self._ledger, markdown=self._markdown)
        if not printed:
            return None
        trailing = len(text) - end if end else 0
        return _Draft(Line(number, printed, marked_row=True, leading_tabs=start, trailing_tabs=trailing))

    def _visible(self, start: int, stop: int) -> Printed:
        """The characters of a line without its end, control and zero-width ones; compatibility radicals mapped."""
        text, ledger = self._text, self._ledger
        plain = stop
        while plain > start and text[plain - 1] in _LINE_ENDS:
            plain -= 1
        if self._hidden.find(1, start, stop) < 0 and _is_plain(text[start:plain]):
            for offset in range(plain, stop):
                ledger.take(offset, offset + 1, Reason.LINE_BREAK)
            return Printed(text[start:plain], tuple(range(start, plain)))
        values: list[str] = []
        offsets: list[int] = []
        for offset in range(start, stop):
            if self._hidden[offset]:
                continue
            character = text[offset]
            if character in _LINE_ENDS:
                ledger.take(offset, offset + 1, Reason.LINE_BREAK)
            elif is_text(character) or (character.isspace() and character not in _INVISIBLE_SPACE):
                values.append(RADICALS.get(character, character))
                offsets.append(offset)
            else:
                ledger.take(offset, offset + 1, Reason.INVISIBLE)
        return Printed("".join(values), tuple(offsets))


def _is_plain(text: str) -> bool:
    """Whether every character of a text stays as it is."""
    return not _RADICAL.search(text) and text.translate(_ORDINARY_SPACE).isprintable()


def _form_feeds(text: str, start: int, stop: int) -> tuple[bool, bool]:
    """Whether a form feed stands before the text of a line, and whether one stands after it.

    One inside it says where a page began in a paragraph that stands on one line: it parts nothing.
    """
    if text.find("\f", start, stop) < 0:
        return False, False
    line = text[start:stop]
    head, tail = len(line) - len(line.lstrip()), len(line.rstrip())
    return "\f" in line[:head], head < tail and "\f" in line[tail:]


def _line_spans(text: str, ends: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Start and stop of each line, its end included."""
    start = 0
    for match in ends.finditer(text):
        yield start, match.end()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _line_ends(text: str, start: int, stop: int) -> int:
    return sum(1 for _ in _LINE_END.finditer(text, start, stop))


def _hidden(text: str, ledger: Ledger) -> bytearray:
    """A mark for every character that stands in a comment."""
    hidden = bytearray(len(text))
    for start, stop in comments(text):
        ledger.take(start, stop, Reason.COMMENT)
        hidden[start:stop] = b"\1" * (stop - start)
    return hidden


def _furniture(
    drafts: Sequence[_Draft], words: Vocabulary, *, of_pages: bool
) -> tuple[dict[int, Reason], dict[int, Suspicion]]:
    """The lines that are no text, with the reason, and those that may be none."""
    plain = [index for index, draft in enumerate(drafts) if not draft.line.marked_row]
    lines = [drafts[index].line for index in plain]
    printed = [
        furniture.PageLine(line.text, line.indent, line.blank_before, drafts[index].form_feed)
        for index, line in zip(plain, lines, strict=True)
    ]
    found = furniture.find_furniture(printed if of_pages else [], words)
    rest = [position for position in range(len(plain)) if position not in found.removed]
    around = webpage.find_navigation([lines[position].text for position in rest], words.webpages.words)
    reasons = {plain[position]: reason for position, reason in found.removed.items()}
    reasons.update((plain[rest[position]], Reason.WEB_PAGE) for position in around.removed)
    suspects = {plain[position]: Suspicion("page", why) for position, why in found.suspects.items()}
    suspects.update(
        (plain[rest[position]], Suspicion("web page", why)) for position, why in around.suspects.items()
    )
    previous = ""
    for index, draft in enumerate(drafts):
        if index in reasons:
            continue
        if _LONE_PUNCTUATION.fullmatch(draft.line.text) and STOP.search(previous):
            reasons[index] = Reason.STRAY_MARK
            continue
        previous = draft.line.text
    return reasons, suspects


_LINE_ENDS = frozenset("\n\r\v\x85\u2028\u2029")
_INVISIBLE_SPACE = frozenset("\x0c\x1c\x1d\x1e\x1f")
