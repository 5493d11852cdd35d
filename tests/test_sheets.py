"""Excel workbooks and old files of office suites."""

from __future__ import annotations

import datetime
import io
import stat
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from generator.model import SourceText
from generator.reading import read_lines
from generator.reading.formats import Extracted, Original, UnreadableError, read_original
from tests.support.word import docx, paragraph
from tests.support.words import WORDS

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


def read(data: bytes) -> tuple[list[str], Extracted]:
    """The lines of the source that is made of a file, and what was found."""
    found = read_original(Original("a.xlsx", data, WORDS.webpages))
    lines, _ = read_lines(SourceText("a.md", "", found.text), WORDS)
    return [line.text for line in lines], found


def saved(book: openpyxl.Workbook) -> bytes:
    """A workbook as a file."""
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_a_sheet_of_tasks_is_a_table_as_it_is_shown() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["营商环境任务分工表"])
    sheet.append(["序号", "任务", "责任单位", "完成时限", "占比"])
    sheet.append(["一、开办企业"])
    sheet.append([1, "减环节\n减材料", "甲局", datetime.date(2020, 6, 30), 0.95])
    sheet.append([2, "减时间", None, datetime.date(2020, 12, 31), 0.5])
    sheet.append([3, "内部掌握", "丙局", None, None])
    sheet.merge_cells("A1:E1")
    sheet.merge_cells("A3:E3")
    sheet.merge_cells("C4:C5")
    sheet.row_dimensions[6].hidden = True
    for row in (4, 5):
        sheet.cell(row, 4).number_format = 'yyyy"年"m"月"d"日"'
        sheet.cell(row, 5).number_format = "0%"
    sheet["B4"].comment = Comment("再议", "甲")
    lines, found = read(saved(book))
    assert lines == [
        "营商环境任务分工表",
        "序号\t任务\t责任单位\t完成时限\t占比",
        "一、开办企业",
        "1\t减环节\n减材料\t甲局\t2020年6月30日\t95%",
        "2\t减时间\t\t2020年12月31日\t50%",
    ]
    assert {one.reason: one.text for one in found.left_out} == {
        "隐藏的行、列和工作表": "3 内部掌握 丙局",
        "批注": "再议",
    }
    assert "隐藏" in found.doubts[0]


def test_sheets_are_named_where_there_are_several_and_hidden_ones_are_said() -> None:
    book = openpyxl.Workbook()
    for name, state in (("省级", "visible"), ("市级", "visible"), ("底稿", "hidden")):
        sheet = book.create_sheet(name)
        sheet.append(["序号", "事项"])
        sheet.append([1, f"{name}事项"])
        sheet.sheet_state = state
    book.remove(book["Sheet"])
    lines, found = read(saved(book))
    assert lines == ["省级", "序号\t事项", "1\t省级事项", "市级", "序号\t事项", "1\t市级事项"]
    assert "底稿事项" in found.left_out[0].text


def test_an_empty_workbook_says_so() -> None:
    with pytest.raises(UnreadableError, match="没有文字"):
        read(saved(openpyxl.Workbook()))


def test_an_old_word_file_says_what_to_do_without_libreoffice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(UnreadableError, match=r"另存为 \.docx；或者安装 LibreOffice"):
        read(OLE)


@pytest.fixture
def suite(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program that stands in for LibreOffice: it answers its arguments with the file `answer`."""
    program = tmp_path / "soffice"
    program.write_text(
        '#!/bin/sh\nwhile [ $# -gt 1 ]; do [ "$1" = --outdir ] && out=$2; shift; done\n'
        f'[ -f "{tmp_path}/answer" ] || exit 1\nmkdir -p "$out" && cp "{tmp_path}/answer" "$out/original.docx"\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return tmp_path


def test_an_old_word_file_goes_through_libreoffice_where_it_is(suite: Path) -> None:
    (suite / "answer").write_bytes(docx(paragraph("一、压缩时间。")))
    lines, found = read(OLE)
    assert lines == ["一、压缩时间。"]
    assert (found.media_type, found.reader.split(",")[0]) == ("application/msword", "LibreOffice")
    assert "自动编号请对照原件" in found.assumed[0]


@pytest.mark.usefixtures("suite")
def test_a_file_that_libreoffice_cannot_read_says_so() -> None:
    with pytest.raises(UnreadableError, match="转换不了"):
        read(OLE)
