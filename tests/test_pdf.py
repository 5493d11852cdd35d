"""PDF files that hold text: paragraphs, columns, tables and what is no text, told by their places on the page."""

from __future__ import annotations

import io
from collections.abc import Callable
from importlib.util import find_spec

import pypdfium2 as pdfium  # type: ignore[import-untyped]
import pytest
from playwright.sync_api import Page
from pypdf import PdfReader, PdfWriter, Transformation

from generator.model import SourceText
from generator.reading import read_lines
from generator.reading.formats import Extracted, Original, UnreadableError, read_original
from generator.reading.formats.document import Tally
from generator.reading.formats.pdfchars import page_text
from generator.reading.lines import page_of_lines
from tests.support.words import WORDS

Printer = Callable[..., bytes]
FONT = "body{font-family:'Noto Serif CJK SC','Noto Sans CJK SC',serif;font-size:12pt;line-height:1.6}p{margin:0;text-indent:2em}"
SENTENCE = (
    "企业开办时间压缩至1个工作日以内，由市市场监督管理局负责，各县（市）区人民政府配合，2020年12月底前完成"
)


@pytest.fixture
def printed(page: Page) -> Printer:
    """A PDF as Chromium prints a body under a style sheet."""

    def pdf(body: str, style: str = "@page{size:A4;margin:30mm}", footer: str = "") -> bytes:
        page.set_content(
            f"<html><head><meta charset=utf-8><style>{FONT}{style}</style></head><body>{body}</body></html>"
        )
        header = (
            "<span style='font-size:8px;margin-left:60px'>某市人民政府公报</span>"
            if footer
            else "<span></span>"
        )
        return page.pdf(
            prefer_css_page_size=True,
            display_header_footer=bool(footer),
            header_template=header,
            footer_template=footer,
        )

    return pdf


def read(data: bytes) -> tuple[list[str], Extracted]:
    """The lines of the source that is made of a file, and what was found."""
    found = read_original(Original("a.pdf", data, WORDS.webpages))
    lines, _ = read_lines(SourceText("a.md", "", found.text), WORDS, paragraphs=True)
    return [line.text for line in lines], found


def paragraphs(texts: list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def test_lines_are_joined_and_paragraphs_of_full_lines_stay_apart(printed: Printer) -> None:
    texts = [
        "某市优化营商环境若干措施",
        *(f"{number}.{SENTENCE * times}。" for number, times in enumerate([1, 3, 1, 5, 2], 1)),
    ]
    lines, found = read(printed(paragraphs(texts)))
    assert ["".join(one.split()) for one in lines] == texts
    assert (found.pages, found.left_out, found.whole_paragraphs) == (1, (), True)


def test_header_footer_and_page_number_go_by_their_place_and_the_pages_are_known(printed: Printer) -> None:
    texts = [f"第{one}条　{SENTENCE * 2}。" for one in "一二三四五六七八九十"] * 4
    footer = "<span style='font-size:8px;margin:auto'>— <span class=pageNumber></span> —</span>"
    lines, found = read(printed(paragraphs(texts), footer=footer))
    assert ["".join(one.split()) for one in lines] == ["".join(one.split()) for one in texts]
    reasons = {one.reason: one.pieces for one in found.left_out}
    assert reasons == {"页眉": found.pages, "页码": found.pages}
    assert found.pages is not None
    assert found.pages > 1
    assert page_of_lines(found.text)[-1] == found.pages


def test_a_line_that_pages_share_with_the_text_is_text(printed: Printer) -> None:
    """完成时限 stands at the foot of several pages by chance, in the type and at the distance of the text."""
    texts = [[f"{number}.{SENTENCE}。", "完成时限：2020年12月底"][number % 2] for number in range(120)]
    assert len(read(printed(paragraphs(texts)))[0]) == 120


def test_columns_are_read_one_after_the_other(printed: Printer) -> None:
    texts = [f"{number}.{SENTENCE * 3}。" for number in range(1, 9)]
    style = "@page{size:A4;margin:20mm}body{font-size:10pt}div{columns:2;column-gap:10mm}"
    lines, _ = read(printed(f"<div>{paragraphs(texts)}</div>", style))
    assert ["".join(one.split()) for one in lines] == texts


def test_a_ruled_table_goes_on_over_pages_with_its_head_once(printed: Printer) -> None:
    rows = "".join(f"<tr><td>{n}</td><td>{SENTENCE}</td><td>市市场监管局</td></tr>" for n in range(1, 31))
    table = (
        "<style>table{border-collapse:collapse}td,th{border:1px solid;padding:3pt}tr{break-inside:avoid}</style><table>"
        f"<thead><tr><th>序号</th><th>任务</th><th>单位</th></tr></thead><tr><td colspan=3>一、开办企业</td></tr>{rows}</table>"
    )
    lines, found = read(printed(f"<p>任务表</p>{table}<p>请抓好落实。</p>"))
    assert lines[:4] == ["任务表", "序号\t任务\t单位", "一、开办企业", f"1\t{SENTENCE}\t市市场监管局"]
    assert lines[-2:] == [f"30\t{SENTENCE}\t市市场监管局", "请抓好落实。"]
    assert len(lines) == 34
    assert {one.reason for one in found.left_out} == {"续表里重复的表头"}


def test_a_watermark_is_left_out(printed: Printer) -> None:
    mark = "<div style='position:fixed;top:200pt;left:100pt;transform:rotate(-45deg);font-size:50pt'>内部资料</div>"
    lines, found = read(printed(mark + paragraphs([SENTENCE])))
    assert lines == [SENTENCE]
    assert {one.reason: one.characters for one in found.left_out} == {
        "斜排或者另一方向的文字（水印、印章）": 4
    }


def test_a_bold_face_imitated_by_printing_twice_is_printed_once(printed: Printer) -> None:
    data = printed(paragraphs([SENTENCE]))
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.pages[0].merge_transformed_page(
        PdfReader(io.BytesIO(data)).pages[0], Transformation().translate(0.4, 0)
    )
    made = io.BytesIO()
    writer.write(made)
    lines, found = read(made.getvalue())
    assert lines == [SENTENCE]
    assert {one.reason: one.characters for one in found.left_out} == {"重叠印了两遍的字": len(SENTENCE)}


def test_every_character_that_pdfium_reports_is_accounted_for(printed: Printer) -> None:
    mark = "<div style='position:fixed;top:200pt;transform:rotate(30deg)'>水印</div>"
    data = printed(mark + paragraphs([SENTENCE * 9, "——结束……"]))
    tally = Tally()
    kept = left = reported = 0
    for one in pdfium.PdfDocument(data):
        kept += len(page_text(one, tally).chars)
        text = one.get_textpage().get_text_range()
        reported += len("".join(text.split()).replace("\ufffe", ""))
    left = sum(one.characters for one in tally.left_out())
    assert kept + left == reported


def test_a_page_printed_sideways_is_turned(printed: Printer) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(printed(paragraphs([SENTENCE, "二、完。"])))))
    for one in writer.pages:
        one.rotate(90)
    data = io.BytesIO()
    writer.write(data)
    assert [one.replace(" ", "") for one in read(data.getvalue())[0]] == [SENTENCE, "二、完。"]


def locked(data: bytes) -> bytes:
    """A PDF that opens only with a password."""
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt("secret", "owner", algorithm="RC4-128")
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def blank() -> bytes:
    """A PDF of a page without text."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [(locked(blank()), "加密"), (b"%PDF-1.7\nbroken", "损坏"), (blank()[:200], "损坏")],
    ids=["locked", "broken", "cut"],
)
def test_a_file_that_cannot_be_read_says_why(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableError, match=says):
        read_original(Original("a.pdf", data, WORDS.webpages))


@pytest.mark.skipif(find_spec("rapidocr") is not None, reason="the extra is installed here")
def test_a_scan_says_how_it_can_be_read() -> None:
    with pytest.raises(UnreadableError, match="make ocr"):
        read_original(Original("a.pdf", blank(), WORDS.webpages))
