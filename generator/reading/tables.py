"""Rows of tables that a file marks as such: Markdown pipes and HTML table markup in a text.

A row becomes one line whose cells are parted by tabs. The tab stands for the mark between two cells and has its
offset, so that every character of the file stays accounted for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from generator.model import Printed
from generator.reading.characters import RADICALS, is_text
from generator.reading.ledger import Ledger, Reason
from generator.reading.markdown import TAG, without_entities

# |:---:|---|   --- | ---
_DELIMITER = re.compile(r"\s*+\|?\s*+:?-++:?\s*+(?:\|\s*+:?-++:?\s*+)*+\|?\s*+")
_PIPED = re.compile(r"\s*+\|.*\|\s*+")
_PIPE = re.compile(r"(?<!\\)\|")
_TABLE_OPEN = re.compile(r"<table\b", re.IGNORECASE)
_TABLE_CLOSE = re.compile(r"</table\s*>", re.IGNORECASE)
_CELL_TAG = re.compile(r"<(/?)(tr|td|th|caption)\b([^<>]{0,2000})>", re.IGNORECASE)
_SPAN = re.compile(r"\b(row|col)span\s{0,4}=\s{0,4}[\"']?\s{0,4}(\d{1,3})", re.IGNORECASE)
# <br>   </p>   <div>   — where a paragraph of a cell ends
_BREAK = re.compile(r"</?(?:br|p|div|li)\b", re.IGNORECASE)
_WIDEST = 100  # columns a cell may span
_HIGHEST = 1000  # rows a cell may span


def piped_rows(lines: Sequence[str]) -> dict[int, bool]:
    """The lines of Markdown tables by index; True for the row of dashes below the head.

    A table has that row, or every line of it begins and ends with a pipe and there are at least two. Empty lines may
    stand between the rows.
    """
    found: dict[int, bool] = {}
    start = 0
    while start < len(lines):
        stop = start
        while stop < len(lines) and ("|" in lines[stop] or not lines[stop].strip()):
            stop += 1
        block = [index for index in range(start, stop) if lines[index].strip()]
        dashes = [index for index in block if _DELIMITER.fullmatch(lines[index])]
        if len(block) > 1 and (dashes or all(_PIPED.fullmatch(lines[index]) for index in block)):
            found.update((index, index in dashes) for index in block)
        start = stop + 1
    return found


def cells_of_pipes(printed: Printed, ledger: Ledger) -> Printed:
    """A row of a Markdown table as cells with tabs between."""
    text = printed.value
    marks = [match.start() for match in _PIPE.finditer(text)]
    if marks and not text[: marks[0]].strip():
        ledger.take_run(printed.cut(0, marks[0] + 1), Reason.TABLE_MARK)
        begin, marks = marks[0] + 1, marks[1:]
    else:
        begin = 0
    end = len(text)
    if marks and not text[marks[-1] + 1 :].strip():
        ledger.take_run(printed.cut(marks[-1]), Reason.TABLE_MARK)
        end, marks = marks[-1], marks[:-1]
    row: list[Printed] = []
    for mark in [*marks, end]:
        row.append(ledger.take_edges(printed.cut(begin, mark), Reason.EDGE_SPACE))
        if mark < end:
            row.append(Printed("\t", printed.offsets[mark : mark + 1]))
        begin = mark + 1
    return Printed.joined(row)


def html_tables(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of <table>…</table>; one inside another belongs to it, one that is not closed is text."""
    position = 0
    while opened := _TABLE_OPEN.search(text, position):
        depth, position = 1, opened.end()
        while depth:
            closed = _TABLE_CLOSE.search(text, position)
            if closed is None:
                return
            depth += len(_TABLE_OPEN.findall(text, position, closed.start())) - 1
            position = closed.end()
        yield opened.start(), position


@dataclass
class _Cell:
    start: int
    stop: int = 0
    rows: int = 1
    columns: int = 1


@dataclass
class _Row:
    start: int
    cells: list[_Cell] = field(default_factory=list)


def html_rows(
    text: str, start: int, stop: int, ledger: Ledger, hidden: bytearray
) -> list[tuple[int, Printed]]:
    """The rows of one HTML table, each with the offset where it begins; a caption is a row of its own.

    A merged cell stands in the first row and column it covers; the others it covers are empty. The tags are
    noted in the ledger. `hidden` marks the characters that stand in a comment: they are noted already.
    """
    result: list[tuple[int, Printed]] = []
    hanging: dict[int, int] = {}  # column → rows that a cell above still covers
    kept: set[int] = set()
    for row in _rows(text, start, stop, hidden):
        parts: list[Printed] = []
        column = 0
        free = row.start  # from here on, tag characters may stand for a tab
        pending = 0  # tabs to set before the next cell
        for cell in row.cells:
            while hanging.get(column):
                hanging[column] -= 1
                column, pending = column + 1, pending + 1
            content = _content(text, cell, ledger, kept, hidden)
            marks = [offset for offset in range(free, cell.start) if not hidden[offset]]
            for offset in marks[max(0, len(marks) - pending) :]:
                parts.append(Printed("\t", (offset,)))
                kept.add(offset)
            parts.append(content)
            for covered in range(column, column + cell.columns):
                if cell.rows > 1:
                    hanging[covered] = cell.rows - 1
            column, pending, free = column + cell.columns, cell.columns, cell.stop
        if any(part.value.strip() for part in parts):
            result.append((row.start, Printed.joined(parts)))
        else:
            kept -= {offset for part in parts for offset in part.offsets}
    rest = (offset for offset in range(start, stop) if offset not in kept and not hidden[offset])
    ledger.take_offsets(rest, Reason.TABLE_MARK)
    return result


def _rows(text: str, start: int, stop: int, hidden: bytearray) -> list[_Row]:
    rows: list[_Row] = []
    open_: _Cell | None = None
    for match in _CELL_TAG.finditer(text, start, stop):
        if hidden[match.start()]:
            continue
        closing, name = match[1], match[2].lower()
        if open_ is not None:
            open_.stop = match.start()
            open_ = None
        if closing:
            continue
        if name in ("tr", "caption") or not rows:
            rows.append(_Row(match.start()))
        if name in ("td", "th", "caption"):
            spans = {kind.lower(): int(size) for kind, size in _SPAN.findall(match[3])}
            open_ = _Cell(
                match.end(),
                rows=min(spans.get("row", 1), _HIGHEST),
                columns=max(1, min(spans.get("col", 1), _WIDEST)),
            )
            rows[-1].cells.append(open_)
    if open_ is not None:
        open_.stop = stop
    return rows


def _content(text: str, cell: _Cell, ledger: Ledger, kept: set[int], hidden: bytearray) -> Printed:
    """The characters of a cell without tags, comments, line ends and white space at the edges; `kept` takes their offsets."""
    tags: set[int] = set()
    breaks: set[int] = set()
    for match in TAG.finditer(text, cell.start, cell.stop):
        tags.update(range(match.start(), match.end()))
        if _BREAK.match(match[0]) and not hidden[match.start()]:
            breaks.add(match.start())
    values: list[str] = []
    offsets: list[int] = []
    for offset in range(cell.start, cell.stop):
        character = text[offset]
        if offset in breaks:
            if values and values[-1] != "\n":  # one end between two paragraphs, whatever tags stand there
                values.append("\n")
                offsets.append(offset)
        elif offset in tags or hidden[offset]:
            continue
        elif is_text(character) or character == "\u3000":
            values.append(RADICALS.get(character, character))
            offsets.append(offset)
    run = Printed("".join(values), tuple(offsets))
    kept.update(run.offsets)
    return ledger.take_edges(without_entities(run, ledger), Reason.EDGE_SPACE)
