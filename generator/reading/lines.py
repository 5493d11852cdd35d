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


@dataclass
class _Draft:
    """A line while its marks are being taken off."""

    line: Line
    form_feed: bool = False  # a form feed stands before it


def read_lines(source: SourceText, words: Vocabulary) -> tuple[list[Line], list[Removed]]:
    """The lines of a source that hold text, and all that was removed, in order.

    Every character of `source.text` is in exactly one of the two. Works in time linear in the text.
    """
    ledger = Ledger(source.text)
    drafts = _drafts(source, ledger)
    reasons, suspects = _furniture(drafts, words)
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


def _drafts(source: SourceText, ledger: Ledger) -> list[_Draft]:
    """The lines that are not empty, each without the marks that show in itself."""
    text = source.text
    markdown = is_markdown(source.path, text)
    hidden = _hidden(text, ledger)
    spans = list(_line_spans(text, _LINE_END_OR_BREAK if markdown else _LINE_END))
    head = front_matter(spans, text)
    tables = [span for span in html_tables(text) if not hidden[span[0]]] if markdown else []
    rows = piped_rows([text[start:stop] for start, stop in spans]) if "|" in text else {}
    drafts: list[_Draft] = []
    gap = form_feed = False
    table = 0
    number, following = 1, 1  # of the lines of the file: a <br> ends one in print only
    for index, (start, stop) in enumerate(spans):
        number, following = following, following + (text[stop - 1] in _LINE_ENDS)
        while table < len(tables) and tables[table][1] <= start:
            table += 1
        if index < head:
            ledger.take_offsets(
                (offset for offset in range(start, stop) if not hidden[offset]), Reason.FRONT_MATTER
            )
            continue
        inside = tables[table] if table < len(tables) and tables[table][0] < stop else None
        pieces = [(start, stop)]
        if inside is not None:
            pieces = [(start, min(stop, inside[0])), (max(start, inside[1]), stop)]
            if start <= inside[0]:
                found = html_rows(text, *inside, ledger, hidden)
                before, pieces = pieces[0], [pieces[1]]
                gap = _add(
                    _piece(text, number, before, ledger, hidden, markdown=markdown),
                    drafts,
                    gap,
                    form_feed=form_feed,
                )
                form_feed = False
                for offset, cells in found:
                    drafts.append(_row(number + _line_ends(text, start, offset), cells, markdown, ledger))
                gap = True
        for begin, end in pieces:
            if begin >= end:
                continue
            feed_before, feed_after = _form_feeds(text, begin, end)
            form_feed = form_feed or feed_before
            if index in rows:
                draft = _piped(
                    text, number, (begin, end), ledger, hidden, dashes=rows[index], markdown=markdown
                )
            else:
                draft = _piece(text, number, (begin, end), ledger, hidden, markdown=markdown)
            gap = _add(draft, drafts, gap, form_feed=form_feed)
            form_feed = feed_after or (form_feed and draft is None)
    return drafts


def _form_feeds(text: str, start: int, stop: int) -> tuple[bool, bool]:
    """Whether a form feed stands before the text of a line, and whether one stands after it.

    One inside it says where a page began in a paragraph that stands on one line: it parts nothing.
    """
    if text.find("\f", start, stop) < 0:
        return False, False
    line = text[start:stop]
    head, tail = len(line) - len(line.lstrip()), len(line.rstrip())
    return "\f" in line[:head], head < tail and "\f" in line[tail:]


def _add(draft: _Draft | None, drafts: list[_Draft], gap: bool, *, form_feed: bool) -> bool:
    """Add a line, if there is one; whether a gap stands before the next."""
    if draft is None:
        return True
    if gap:
        draft.line = replace(draft.line, blank_before=True)
    draft.form_feed = form_feed
    drafts.append(draft)
    return False


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


def _piece(
    text: str, number: int, span: tuple[int, int], ledger: Ledger, hidden: bytearray, *, markdown: bool
) -> _Draft | None:
    """One line, or a part of one, without white space at its edges and without marks; None where nothing is left."""
    printed = without_entities(_visible(text, *span, ledger, hidden), ledger)
    value = printed.value
    printed = ledger.take_edges(printed, Reason.BLANK)
    if not printed:
        return None
    start, end = len(value) - len(value.lstrip()), len(value.rstrip())
    leading, trailing = value[:start].count("\t"), value[end:].count("\t")
    had_space = end < len(value)
    if _RULE.fullmatch(printed.value):
        ledger.take_run(printed, Reason.RULE)
        return None
    if markdown and is_block_mark(printed.value):
        ledger.take_run(
            printed, Reason.BLOCK_MARK, doubtful=any("\u4e00" <= one <= "\u9fff" for one in printed.value)
        )
        return None
    printed, heading, item = without_line_marks(printed, ledger, markdown=markdown)
    # A mark may have hidden white space at the edges.
    printed = ledger.take_edges(without_inline_marks(printed, ledger, markdown=markdown), Reason.BLANK)
    if not printed:
        return None
    return _Draft(
        Line(
            number,
            printed,
            indent=sum(2 if character == "\u3000" else 1 for character in value[:start]),
            trailing_space=had_space,
            marked_heading=heading,
            marked_item=item,
            leading_tabs=leading,
            trailing_tabs=trailing,
        )
    )


def _piped(
    text: str,
    number: int,
    span: tuple[int, int],
    ledger: Ledger,
    hidden: bytearray,
    *,
    dashes: bool,
    markdown: bool,
) -> _Draft | None:
    """One line of a Markdown table as a row; the row of dashes is a mark."""
    printed = _visible(text, *span, ledger, hidden)
    if dashes:
        ledger.take_run(printed, Reason.TABLE_MARK)
        return None
    return _row(number, cells_of_pipes(printed, ledger), markdown, ledger)


def _row(number: int, cells: Printed, markdown: bool, ledger: Ledger) -> _Draft:
    """A line that the file marks as a row; empty cells at its edges are counted, and their tabs are marks."""
    text = cells.value
    start, end = len(text) - len(text.lstrip("\t")), len(text.rstrip("\t"))
    if start >= end:
        start, end = 0, 0
    ledger.take_run(cells.cut(0, start), Reason.TABLE_MARK)
    ledger.take_run(cells.cut(end), Reason.TABLE_MARK)
    printed = without_inline_marks(cells.cut(start, end), ledger, markdown=markdown)
    return _Draft(
        Line(
            number,
            printed,
            marked_row=True,
            leading_tabs=start,
            trailing_tabs=len(text) - end if end else 0,
        )
    )


def _visible(text: str, start: int, stop: int, ledger: Ledger, hidden: bytearray) -> Printed:
    """The characters of a line without its end, control and zero-width characters; compatibility radicals mapped."""
    values: list[str] = []
    offsets: list[int] = []
    for offset in range(start, stop):
        if hidden[offset]:
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


def _furniture(drafts: Sequence[_Draft], words: Vocabulary) -> tuple[dict[int, Reason], dict[int, Suspicion]]:
    """The lines that are no text, with the reason, and those that may be none."""
    plain = [index for index, draft in enumerate(drafts) if not draft.line.marked_row]
    lines = [drafts[index].line for index in plain]
    found = furniture.find_furniture(
        [
            furniture.PageLine(line.text, line.indent, line.blank_before, drafts[index].form_feed)
            for index, line in zip(plain, lines, strict=True)
        ],
        words,
    )
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
