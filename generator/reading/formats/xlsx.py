"""Excel workbooks: each sheet a table as it is shown, merged cells in the first row they cover, hidden rows said."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time

import openpyxl
from openpyxl.cell import Cell as SheetCell
from openpyxl.cell import MergedCell
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from generator.reading.formats.document import Block, Cell, Extracted, Table, Tally
from generator.reading.formats.package import DAMAGED, Package
from generator.reading.formats.recognise import Format
from generator.reading.formats.sourcetext import source_text
from generator.reading.guarded import UnreadableError

MAX_CELLS = 400_000  # of all sheets together
_HIDDEN = "隐藏的行、列和工作表"
_DECIMALS = re.compile(r"0\.(0+)")


def read_xlsx(data: bytes) -> Extracted:
    """The sheets of a workbook as tables. Raises `UnreadableError` for one that is broken, too large or empty."""
    package = Package(data)
    for name in package.names:
        if name.startswith("xl/") and name.endswith(".xml"):
            package.read(name)  # within the limits, before openpyxl takes it whole
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    except (InvalidFileException, KeyError, TypeError, AttributeError, *DAMAGED) as error:
        raise UnreadableError("Excel 文件已损坏，或者有密码。请重新取得原件。") from error
    tally = Tally()
    sheets = [sheet for sheet in book.worksheets if sheet.max_row and not _skip(sheet, tally)]
    if sum(sheet.max_row * sheet.max_column for sheet in sheets) > MAX_CELLS:
        raise UnreadableError(f"表格超过 {MAX_CELLS} 格，没有读取。请删去空行空列，或者拆分。")
    blocks: list[Block] = []
    found = [(sheet.title, part) for sheet in sheets if (part := _Sheet(sheet, tally).blocks())]
    for title, part in found:
        blocks += [title, *part] if len(found) > 1 else part
    if not blocks:
        raise UnreadableError("表格里没有文字。")
    left_out = tally.left_out()
    doubts = [f"有{_HIDDEN}，没有收入，请核对。"] if any(one.reason == _HIDDEN for one in left_out) else []
    assumed = (f"{len(found)} 个工作表各作一个表格，表前是工作表的名称。",) if len(found) > 1 else ()
    return Extracted(
        Format.XLSX.media_type,
        f"openpyxl {openpyxl.__version__}",
        source_text(blocks),
        left_out=left_out,
        assumed=assumed,
        doubts=tuple(doubts),
        hint=(book.properties.title or "").strip() or None,
    )


def _skip(sheet: Worksheet, tally: Tally) -> bool:
    """Whether a sheet is hidden: then its text is counted."""
    if sheet.sheet_state == "visible":
        return False
    for row in sheet.iter_rows(max_row=min(sheet.max_row, 1000), values_only=True):
        tally.add(_HIDDEN, " ".join(str(one) for one in row if one is not None))
    return True


class _Sheet:
    """One sheet as it is shown."""

    def __init__(self, sheet: Worksheet, tally: Tally) -> None:
        self._sheet = sheet
        self._tally = tally
        self._spans = {
            (one.min_row, one.min_col): (one.max_row - one.min_row + 1, one.max_col - one.min_col + 1)
            for one in sheet.merged_cells.ranges
        }
        self._gone_columns = set(self._hidden_columns())

    def blocks(self) -> list[Block]:
        """The table, with the lines above it that stand alone in their row as paragraphs."""
        rows = [row for row in self._rows() if any(cell.text for cell in row)]
        width = max((sum(cell.columns for cell in row) for row in rows), default=0)
        title: list[Block] = []
        while rows and width > 1 and self._is_alone(rows[0], width):
            title += [text for cell in rows.pop(0) for text in cell.paragraphs]
        if not rows:
            return title
        tail: list[Block] = []
        while rows and width > 1 and self._is_alone(rows[-1], width) and len(rows) > 1:
            tail[:0] = [text for cell in rows.pop() for text in cell.paragraphs]
        return [*title, Table(tuple(map(tuple, map(_trimmed, rows)))), *tail]

    def _is_alone(self, row: list[Cell], width: int) -> bool:
        """Whether a row is a title or a remark: one text over the whole width, or with nothing beside it."""
        texts = [cell for cell in row if cell.text]
        return len(texts) == 1 and row[0] is texts[0] and (row[0].columns >= width or len(row[0].text) > 12)

    def _rows(self) -> Iterator[list[Cell]]:
        for number, row in enumerate(self._sheet.iter_rows(), 1):
            if self._sheet.row_dimensions[number].hidden:
                self._tally.add(_HIDDEN, " ".join(_shown(one) for one in row if _shown(one)))
                continue
            yield [made for one in row if (made := self._cell(one)) is not None]

    def _cell(self, one: SheetCell | MergedCell) -> Cell | None:
        """A cell; None for one that a merged cell covers, or in a hidden column."""
        if isinstance(one, MergedCell):
            return None
        text = _shown(one)
        if one.column in self._gone_columns:
            self._tally.add(_HIDDEN, text)
            return None
        rows, columns = self._spans.get((one.row, one.column), (1, 1))
        columns -= sum(one.column < gone < one.column + columns for gone in self._gone_columns)
        rows -= sum(bool(self._sheet.row_dimensions[at].hidden) for at in range(one.row + 1, one.row + rows))
        if one.comment is not None:
            self._tally.add("批注", one.comment.text)
        return Cell(
            tuple(filter(None, (line.strip() for line in text.split("\n")))), max(1, rows), max(1, columns)
        )

    def _hidden_columns(self) -> Iterator[int]:
        for dimension in self._sheet.column_dimensions.values():
            if dimension.hidden:
                yield from range(dimension.min or 0, min(dimension.max or 0, 16_384) + 1)


def _trimmed(row: list[Cell]) -> list[Cell]:
    """A row without the empty cells at its end."""
    end = len(row)
    while end > 1 and not row[end - 1].text:
        end -= 1
    return row[:end]


def _shown(cell: SheetCell | MergedCell) -> str:
    """The value of a cell as its format shows it, as far as texts of offices use formats."""
    value, form = cell.value, cell.number_format or "General"
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date | time):
        return _day(value, form)
    if isinstance(value, int | float):
        decimals = _DECIMALS.search(form)
        places = len(decimals[1]) if decimals else None
        if "%" in form:
            return f"{value * 100:.{places or 0}f}%"
        if places is None:
            shown = f"{value:.10g}" if isinstance(value, float) else str(value)
            return f"{value:,.0f}" if form.startswith("#,##0") else shown
        return f"{value:{',' if '#,##' in form else ''}.{places}f}"
    return str(value).strip()


def _day(value: datetime | date | time, form: str) -> str:
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if "年" in form or "yyyy\\" in form:
        day = f"{value.day}日" if "d" in form else ""
        return f"{value.year}年{value.month}月{day}"
    if "d" not in form.lower():
        return f"{value.year}-{value.month:02d}"
    between = "/" if "/" in form else "-"
    return (
        f"{value.year}{between}{value.month}{between}{value.day}"
        if between == "/"
        else value.strftime("%Y-%m-%d")
    )
