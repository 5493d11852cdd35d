"""Tables: rows that stand as lines with tabs, or as one cell a line.

A row of a table is a clause like any other (CONTRACT.md, Anchors). A table printed as text comes in two forms: a line a row, the
cells parted by tabs; or a line a cell, as browsers and converters copy it. The second is told by its printed numbers
(序号 1, 2, 3 …) or by columns that hold figures; what cannot be told so stays line by line, and is a question for an
editor. Cells are never run together.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median

from generator.model import DoubtKind, Line, Printed, Style
from generator.parsing.labels import AT_THE_MARGIN
from generator.parsing.numerals import to_int
from generator.parsing.questions import Question
from generator.vocabulary.tables import TableWords


@dataclass(frozen=True)
class Row:
    """One row: its cells in order, an empty one where the print has none, and the lines they stand on."""

    cells: tuple[tuple[Printed, ...], ...]  # each the paragraphs of one cell
    lines: tuple[Line, ...]
    group: bool = False  # one cell over the whole width, above the rows it names

    @property
    def texts(self) -> tuple[str, ...]:
        """The cells as text, the paragraphs of one on lines of their own."""
        return tuple("\n".join(run.value for run in cell) for cell in self.cells)

    @property
    def serial(self) -> str | None:
        """The number printed in the first cell (序号), where it holds nothing else."""
        first = self.texts[0] if self.cells else ""
        return first if not self.group and _SERIAL.fullmatch(first) else None


@dataclass(frozen=True)
class Table:
    """A table: the lines of its caption, its head rows, and the rows and groups below."""

    caption: tuple[Line, ...]
    head: tuple[Row, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class TableLine(Line):
    """A whole table in its place among the lines of a text."""

    table: Table = field(default_factory=lambda: Table((), (), ()))

    @property
    def text(self) -> str:
        """The cells, a tab between two and a line end between rows: no sentence, office or date."""
        return "\n".join("\t".join(("", *row.texts)) for row in (*self.table.head, *self.table.rows))

    @property
    def lines(self) -> list[Line]:
        """The lines the table stands on, in order."""
        rows = (*self.table.head, *self.table.rows)
        return [*self.table.caption, *dict.fromkeys(line for row in rows for line in row.lines)]


# 1   12.   三   （四）   — a serial number alone in its cell
_SERIAL = re.compile(r"\d{1,3}[.．、]?|[一二三四五六七八九十]{1,3}|[（(]\d{1,3}[）)]")
_BARE = re.compile(r"(\d{1,3})[.．、]?")
_SENTENCE = re.compile(r"[。；！？]")
_CAPTION = re.compile(
    r"(?:附?表|图)\s*[\d一二三四五六七八九十]+[-—\d]*(?:[\s：:.、].*|$)|[（(]?\s*(?:计量)?单位\s*[：:].{1,20}[）)]?"
)
_SPANNING = (Style.HAN_COMMA, Style.HAN_BRACKET)

_SHORT_CELL = 24  # characters of a head cell at most
_LONGEST_GROUP = 40  # characters
_LONG_CELL = 25  # characters on average, in a column of text
_MOST_COLUMNS = 12
_REACH = 15  # lines between the head and the first row
_FEWEST_ROWS = 2
_ROW_REACH = 80  # lines of one row


def with_tables(
    lines: Sequence[Line], words: TableWords, *, wrapped: bool
) -> tuple[list[Line], list[Question]]:
    """The lines of a text with each table in one `TableLine`, and the rows that cannot be told for certain.

    `wrapped`: whether the source keeps the line breaks of a page; then a line is no cell, and only lines with tabs
    are rows. Linear in the lines.
    """
    result: list[Line] = []
    questions: list[Question] = []
    index = 0
    while index < len(lines):
        found = _tabbed(lines, index, words)
        if found is None and not wrapped and not _is_title(lines, index):
            found = (
                _numbered_cells(lines, index, questions, words)
                or _labelled_cells(lines, index, questions, words)
                or _figures(lines, index, words)
            )
        if found is None:
            result.append(lines[index])
            index += 1
            continue
        table, index = found
        caption = _caption(result, words)
        del result[len(result) - len(caption) :]
        table = replace(table, caption=(*caption, *table.caption))
        every = TableLine(0, Printed("", ()), table=table).lines
        result.append(
            TableLine(
                every[0].number,
                Printed.joined(line.printed for line in every),
                blank_before=every[0].blank_before,
                page_before=every[0].page_before,
                table=table,
            )
        )
    if not wrapped:
        questions += _loose_cells(result, words)
    return result, questions


def _is_title(lines: Sequence[Line], index: int) -> bool:
    """Whether a line titles the text, or the attachment whose label stands alone above it."""
    label = lines[index - 1].label if index else None
    return index == 0 or (
        label is not None
        and label.style is Style.ATTACHMENT
        and len(lines[index - 1].text) <= len(label.printed) + 1
    )


def _caption(before: Sequence[Line], words: TableWords) -> list[Line]:
    """The lines above a table that name it: 表1 …, 单位：万元, a short line ending in 表 that is no other's title."""
    caption: list[Line] = []
    for back in range(1, min(4, len(before))):
        line = before[-back]
        above = before[-back - 1]
        titled = above.label is not None and above.label.style is Style.ATTACHMENT
        named = words.caption.fullmatch(line.text) and not caption and not titled and len(before) > back + 1
        unit = _CAPTION.fullmatch(line.text)
        if (
            line.label is not None
            or isinstance(line, TableLine)
            or line.marked_heading
            or titled
            or not (unit or named)
        ):
            break
        caption.insert(0, line)
        if named and not unit:
            break
    return caption


def _tabbed(lines: Sequence[Line], start: int, words: TableWords) -> tuple[Table, int] | None:
    """A table of lines with tabs, or of lines marked as rows, that begins at `start`, and where it ends."""
    if not _is_row(lines[start]):
        return None
    stop = start
    while stop < len(lines) and (_is_row(lines[stop]) or _is_group(lines, stop, words)):
        stop += 1
    block = lines[start:stop]
    if len([line for line in block if _is_row(line)]) < _FEWEST_ROWS and not block[0].marked_row:
        return None
    margin = min(line.leading_tabs for line in block)
    rows = [_row_of(line, margin) for line in block]
    columns = max(len(row.cells) for row in rows)
    if columns < 2:
        return None
    rows = [
        replace(row, group=len(row.cells) == 1 and index + 1 < len(rows)) for index, row in enumerate(rows)
    ]
    caption: tuple[Line, ...] = ()
    if len(rows) > 2 and len(rows[0].cells) == 1 and _is_head(rows[1], rows[2:], words):
        caption, rows = rows[0].lines, rows[1:]
    head = 1 if _is_head(rows[0], rows[1:], words) else 0
    if (
        head
        and len(rows) > 2
        and any(not text for text in rows[0].texts[1:])
        and _is_head(rows[1], rows[2:], words)
    ):
        head = 2  # a head of two rows with merged cells
    return Table(caption, tuple(rows[:head]), tuple(rows[head:])), stop


def _is_row(line: Line) -> bool:
    if line.marked_row:
        return True
    if isinstance(line, TableLine) or "\t" not in line.text:
        return False
    if line.label is None:
        return True
    return line.text.count("\t") > 1 or not line.text[len(line.label.printed) :].startswith("\t")


def _is_group(lines: Sequence[Line], index: int, words: TableWords) -> bool:
    """Whether a line without tabs heads the rows below it: short, no sentence, a row after it."""
    line = lines[index]
    following = lines[index + 1] if index + 1 < len(lines) else None
    return (
        following is not None
        and _is_row(following)
        and not isinstance(line, TableLine)
        and len(line.text) <= _LONGEST_GROUP
        and not _SENTENCE.search(line.text)
        and not line.text.endswith(("：", ":"))
        and (line.label is None or line.label.style in (Style.HAN_COMMA, Style.HAN_BRACKET, Style.DIGIT_DOT))
        and (line.leading_tabs > 0 or line.marked_row == following.marked_row)
        and not _CAPTION.fullmatch(line.text)
        and not words.caption.fullmatch(line.text)
    )


def _row_of(line: Line, margin: int) -> Row:
    cells: list[Printed] = [Printed("", ())] * (line.leading_tabs - margin)
    position = 0
    for match in re.finditer(r"\t", line.text):
        cells.append(line.printed.cut(position, match.start()))
        position = match.end()
    cells += [line.printed.cut(position), *[Printed("", ())] * line.trailing_tabs]
    return Row(tuple((_stripped(cell),) for cell in cells), (line,))


def _stripped(cell: Printed) -> Printed:
    text = cell.value
    start = len(text) - len(text.lstrip())
    return cell.cut(start, max(start, len(text.rstrip())))


def _is_head(row: Row, below: Sequence[Row], words: TableWords) -> bool:
    """Whether a row names the columns: short words, no figure and no number of a row, and rows below it."""
    texts = [text for text in row.texts if text]
    if not any(not one.group for one in below) or row.group or len(texts) < 2:
        return False
    return not any(
        len(text) > _SHORT_CELL
        or _SENTENCE.search(text)
        or words.figure.fullmatch(text)
        or text.endswith(("：", ":"))
        for text in texts
    ) and not _SERIAL.fullmatch(texts[0])


def _numbered_cells(
    lines: Sequence[Line], start: int, questions: list[Question], words: TableWords
) -> tuple[Table, int] | None:
    """A table of one cell a line whose head begins at `start` and whose rows are numbered from 1 on.

    Where a line that heads rows follows the last of them and the numbers begin again, the table goes on.
    """
    if not _is_head_cell(lines[start], words):
        return None
    first = next(
        (index for index in range(start + 1, min(start + _REACH, len(lines))) if _value(lines[index]) == 1),
        None,
    )
    if first is None:
        return None
    below = first
    while below > start + 2 and _heads_rows(lines[below - 1]):
        below -= 1
    head = lines[start:below]
    if len(head) < 2 or not all(_is_head_cell(line, words) for line in head):
        return None
    columns = _columns(lines, first, head, words)
    if columns is None:
        return None
    rows: list[Row] = [Row(((line.printed,),), (line,), group=True) for line in lines[below:first]]
    stop = first
    while True:
        found, stop = _numbered_rows(lines, stop, columns, questions)
        rows += found
        goes_on = stop + 1 < len(lines) and _heads_rows(lines[stop]) and _value(lines[stop + 1]) == 1
        if not goes_on:
            break
        rows.append(Row(((lines[stop].printed,),), (lines[stop],), group=True))
        stop += 1
    heads = [_row_of_lines(head[-columns:])] if len(head) >= columns else [_row_of_lines(head)]
    if len(head) > columns:
        heads.insert(0, _row_of_lines(head[:-columns]))
    if len(head) != columns:
        explanation = f"表头有 {len(head)} 格，每行却有 {columns} 格，表头怎样合并不能确定。"
        questions.append(Question(DoubtKind.UNDECIDED_TABLE, head[0].number, explanation))
    return Table((), tuple(heads), tuple(rows)), stop


def _columns(lines: Sequence[Line], first: int, head: Sequence[Line], words: TableWords) -> int | None:
    """The number of columns: of the cells of the head, or of the lines from each number to the next."""
    named = words.serial_head.fullmatch(head[0].text) is not None
    serials = _serials(lines, first, len(head))
    strides = [b - a for a, b in pairwise(serials)]
    even = len(serials) > _FEWEST_ROWS and len(set(strides)) == 1
    if even and (named or strides[0] == len(head)) and strides[0] > 1:
        return strides[0]
    if named and (len(serials) >= _FEWEST_ROWS or _fits(lines, first, len(head))):
        return len(head)
    return None


def _numbered_rows(
    lines: Sequence[Line], first: int, columns: int, questions: list[Question]
) -> tuple[list[Row], int]:
    """The rows numbered from 1 on that begin at `first`, and where they end."""
    serials = _serials(lines, first, columns)
    strides = [b - a for a, b in pairwise(serials)]
    ends = [*serials[1:], _end_of(lines, serials[-1], columns, strides)]
    blocks = [list(lines[a:b]) for a, b in zip(serials, ends, strict=True)]
    long = _long_column([block for block in blocks if len(block) == columns])
    rows: list[Row] = []
    for block in blocks:
        own, group = _without_group(block, columns)
        row, certain = _row_of_cells(own, columns, long)
        rows.append(row)
        if not certain:
            explanation = f"这一行的表格有 {columns} 栏，原文却是 {len(own)} 段，各栏怎样分不能确定。"
            questions.append(Question(DoubtKind.UNDECIDED_TABLE, own[0].number, explanation))
        if group is not None:
            rows.append(Row(((group.printed,),), (group,), group=True))
    return rows, ends[-1]


def _labelled_cells(
    lines: Sequence[Line], start: int, questions: list[Question], words: TableWords
) -> tuple[Table, int] | None:
    """A table of one cell a line whose rows are numbered inside a column (1.门诊人次数), under 一、 and （一） that span rows.

    A cell that spans rows stands in the first of them. The column of a label is that of its form; what follows the
    number fills the columns after it, the last of which may hold several paragraphs.
    """
    stop = start
    while stop < len(lines) and stop - start < _MOST_COLUMNS and _is_head_cell(lines[stop], words):
        stop += 1
    head = lines[start:stop]
    if len(head) < 3 or sum(bool(words.head_word.search(line.text)) for line in head) < 2:
        return None
    above = [line.label.style for line in lines[stop : stop + len(head)] if line.label is not None]
    spanning = list(dict.fromkeys(style for style in above if style in _SPANNING))
    column = len(spanning)
    serials = _inner_serials(lines, stop)
    if len(serials) < _FEWEST_ROWS + 1 or column + 2 > len(head) or serials[0] - stop > column:
        return None
    rows: list[Row] = []
    begin = stop
    ends = [*serials[1:], _end_of_last(lines, serials, words)]
    for serial, after in zip(serials, ends, strict=True):
        end = after
        while end > serial + 1 and after != ends[-1] and _is_spanning(lines[end - 1], spanning):
            end -= 1
        cells: list[tuple[Printed, ...]] = [()] * column
        for line in lines[begin:serial]:
            if line.label is not None and line.label.style in spanning:
                cells[spanning.index(line.label.style)] += (line.printed,)
        rest = lines[serial:end]
        room = len(head) - column
        cells += [(line.printed,) for line in rest[: room - 1]]
        if rest[room - 1 :]:
            cells.append(tuple(line.printed for line in rest[room - 1 :]))
        elif len(rest) < room:
            explanation = f"这一行的表格有 {len(head)} 栏，原文缺 {room - len(rest)} 段，各栏怎样分不能确定。"
            questions.append(Question(DoubtKind.UNDECIDED_TABLE, lines[serial].number, explanation))
        rows.append(Row(tuple(cells), tuple(lines[begin:end])))
        begin = end
    return Table((), (_row_of_lines(head),), tuple(rows)), begin


def _inner_serials(lines: Sequence[Line], start: int) -> list[int]:
    """The lines that begin with 1., 2., 3. … from `start` on, nothing between them but cells."""
    found: list[int] = []
    for index in range(start, len(lines)):
        line = lines[index]
        label = line.label
        if isinstance(line, TableLine) or (label is not None and label.style in _OUTER):
            break
        if label is not None and label.style is Style.DIGIT_DOT and label.number == len(found) + 1:
            found.append(index)
        if found and index - found[-1] > _MOST_COLUMNS:
            break
    return found


def _is_spanning(line: Line, spanning: Sequence[Style]) -> bool:
    return line.label is not None and line.label.style in spanning


def _end_of_last(lines: Sequence[Line], serials: Sequence[int], words: TableWords) -> int:
    """Where the last row ends: after as many lines as the longest of the others, or above a label or a remark."""
    longest = max(b - a for a, b in pairwise(serials))
    stop = serials[-1] + 1
    while stop < min(serials[-1] + longest, len(lines)):
        line = lines[stop]
        if line.label is not None or isinstance(line, TableLine) or words.remark.match(line.text):
            break
        stop += 1
    return stop


def _is_cell(line: Line) -> bool:
    return (
        not isinstance(line, TableLine)
        and line.label is None
        and not line.marked_row
        and not line.marked_heading
        and len(line.text) <= _SHORT_CELL
    )


def _is_head_cell(line: Line, words: TableWords) -> bool:
    """Whether a line may name a column: a few words, no sentence, no figure."""
    return (
        _is_cell(line)
        and not re.search(r"[。；，！？]|[：:]$", line.text)
        and not words.figure.fullmatch(line.text)
    )


def _value(line: Line) -> int | None:
    """The number of a row, where a line is nothing else."""
    if isinstance(line, TableLine) or line.marked_heading:
        return None
    match = _BARE.fullmatch(line.text)
    if match:
        return int(match[1])
    return to_int(line.text) if re.fullmatch(r"[一二三四五六七八九十]{1,3}", line.text) else None


def _serials(lines: Sequence[Line], first: int, columns: int) -> list[int]:
    """The lines that number the rows: 1, 2, 3 …; a figure that happens to be the next number is none where a whole row further one stands."""
    found = [first]
    number = 1
    while True:
        last = found[-1]
        wanted = number + 1
        regular = last + columns
        if regular < len(lines) and _value(lines[regular]) == wanted:
            following: int | None = regular
        else:
            following = None
            for index in range(last + 2, min(last + _ROW_REACH, len(lines))):
                line = lines[index]
                if (line.label is not None and line.label.style in _OUTER) or isinstance(line, TableLine):
                    break
                if _value(line) == wanted:
                    following = index
                    break
        if following is None:
            return found
        found.append(following)
        number = wanted


_OUTER = frozenset({*AT_THE_MARGIN, Style.ARTICLE})


def _fits(lines: Sequence[Line], first: int, columns: int) -> bool:
    """Whether one row of so many cells stands below a head, and then nothing or another text."""
    row = lines[first : first + columns]
    return len(row) == columns and all(line.label is None for line in row)


def _end_of(lines: Sequence[Line], last: int, columns: int, strides: Sequence[int]) -> int:
    """Where the last row ends: as many cells as the others have, up to a label or another table."""
    usual = columns if not strides or columns in strides else int(median(strides))
    stop = last + 1
    while stop < min(last + usual, len(lines)):
        if lines[stop].label is not None or isinstance(lines[stop], TableLine):
            break
        stop += 1
    return stop


def _without_group(block: list[Line], columns: int) -> tuple[list[Line], Line | None]:
    """The lines of one row, and the line at their end that heads the rows below (二、金融创新)."""
    grouped = len(block) > columns and _heads_rows(block[-1])
    return (block[:-1], block[-1]) if grouped else (block, None)


def _heads_rows(line: Line) -> bool:
    """Whether a line among cells names the rows below it: 二、金融创新."""
    return (
        line.label is not None
        and line.label.style in (Style.HAN_COMMA, Style.HAN_BRACKET)
        and len(line.text) <= _LONGEST_GROUP
        and not _SENTENCE.search(line.text)
    )


def _long_column(blocks: Sequence[Sequence[Line]]) -> int | None:
    """The one column of running text, where the table has just one."""
    if not blocks:
        return None
    columns = range(len(blocks[0]))
    means = [sum(len(block[column].text) for block in blocks) / len(blocks) for column in columns]
    long = [column for column in columns if means[column] >= _LONG_CELL]
    ended = [
        column
        for column in columns
        if 2 * sum(block[column].text.endswith("。") for block in blocks) > len(blocks)
    ]
    return long[0] if len(long) == 1 else ended[0] if len(ended) == 1 else None


def _row_of_cells(block: Sequence[Line], columns: int, long: int | None) -> tuple[Row, bool]:
    """A row of lines as cells, and whether it is certain which line stands in which column."""
    if len(block) == columns:
        return _row_of_lines(block), True
    if long is not None and len(block) > columns:
        after = columns - long - 1
        middle = block[long : len(block) - after]
        cells = (
            *((line.printed,) for line in block[:long]),
            tuple(line.printed for line in middle),
            *((line.printed,) for line in block[len(block) - after :]),
        )
        certain = all(len(line.text) > _SHORT_CELL // 2 for line in middle)
        return Row(cells, tuple(block)), certain
    return _row_of_lines(block), False


def _row_of_lines(lines: Sequence[Line]) -> Row:
    return Row(tuple((line.printed,) for line in lines), tuple(lines))


def _figures(lines: Sequence[Line], start: int, words: TableWords) -> tuple[Table, int] | None:
    """A table of one cell a line without numbers, that begins at `start`: every column holds words, or figures.

    At least one column must hold figures, and the head none; the number of columns must follow from that alone.
    """
    if not _is_head_cell(lines[start], words) or (
        start and _is_cell(lines[start - 1]) and not _opens_list(lines[start - 1], words)
    ):
        return None
    stop = start
    while stop < len(lines) and _is_cell(lines[stop]) and not re.search(r"[。；：:]$", lines[stop].text):
        stop += 1
    kinds = [words.figure.fullmatch(line.text) is not None for line in lines[start:stop]]
    if True not in kinds or stop - start < 2 * (_FEWEST_ROWS + 1):
        return None
    fitting = [
        columns
        for columns in range(2, _MOST_COLUMNS + 1)
        if len(kinds) % columns == 0
        and len(kinds) // columns > _FEWEST_ROWS
        and not any(kinds[:columns])
        and _is_periodic(kinds[columns:], columns)
    ]
    if len(fitting) != 1:
        return None
    columns = fitting[0]
    rows = [_row_of_lines(lines[at : at + columns]) for at in range(start, stop, columns)]
    return Table((), (rows[0],), tuple(rows[1:])), stop


def _opens_list(line: Line, words: TableWords) -> bool:
    return (
        bool(re.search(r"[：:]$", line.text))
        or line.label is not None
        or bool(words.caption.fullmatch(line.text))
    )


def _is_periodic(kinds: Sequence[bool], columns: int) -> bool:
    """Whether every column is all words or all figures, and both occur."""
    by_column = [set(kinds[column::columns]) for column in range(columns)]
    return all(len(kind) == 1 for kind in by_column) and any(True in kind for kind in by_column)


def _loose_cells(lines: Sequence[Line], words: TableWords) -> Iterator[Question]:
    """Runs of short lines with figures among them that look like the cells of a table which could not be told."""
    start = 0
    while start < len(lines):
        stop = start
        while stop < len(lines) and _is_cell(lines[stop]) and not _SENTENCE.search(lines[stop].text):
            stop += 1
        figures = sum(words.figure.fullmatch(line.text) is not None for line in lines[start:stop])
        if stop - start >= 6 and figures >= 2 and 4 * figures >= stop - start:
            explanation = (
                f"第 {lines[start].number} 行起 {stop - start} 行像是一个表格的单元格，分不出行列，逐行保留。"
            )
            yield Question(DoubtKind.UNDECIDED_TABLE, lines[start].number, explanation)
        start = stop + 1
