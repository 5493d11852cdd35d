"""Originals become the text of a source: nothing of a paragraph is lost on the way, and what is left out is said."""

from __future__ import annotations

import email.message
import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import SourceText
from generator.reading import read_lines
from generator.reading.characters import RADICALS, is_text
from generator.reading.formats import Extracted, Format, Original, UnreadableError, read_original, recognise
from generator.reading.formats.document import PAGE, Cell, Table
from generator.reading.formats.sourcetext import source_text
from generator.reading.lines import page_of_lines
from tests.support.words import WORDS
from tests.test_markdown import MARKUP, TEXT

POLICY = "某市优化营商环境若干措施\n一、压缩开办时间。企业开办时间压缩至1个工作日以内，由市市场监管局负责。\n二、降低用电成本。\n"


def _read(text: str) -> list[str]:
    lines, _ = read_lines(SourceText("a.md", "", text), WORDS)
    return [line.text for line in lines]


def _text(data: bytes, name: str = "a.txt", container: str | None = None) -> Extracted:
    return read_original(Original(name, data, WORDS.webpages, container))


def _page(body: str, around: str = "", head: str = "") -> bytes:
    page = f'<html><head><meta charset="utf-8">{head}</head><body><a href="/">首页</a>{around}'
    return f'{page}<div id="UCAP-CONTENT">{body}</div></body></html>'.encode()


LINE = (
    st.lists(st.one_of(TEXT, MARKUP), min_size=1, max_size=4)
    .map("".join)
    .filter(lambda text: any("\u4e00" <= one <= "\u9fff" or one.isalnum() for one in text))
)


@given(line=LINE)
def test_a_paragraph_reads_back_as_it_was(line: str) -> None:
    """Whatever an original holds, no mark of Markdown is taken off its text."""
    plain = "".join(_read(source_text(["办法", f"其{line}。"])[len("办法\n") :]))
    assert "".join(plain.split()) == "".join(_radicals(f"其{line}。").split())


@given(cells=st.lists(LINE, min_size=2, max_size=4))
def test_a_cell_reads_back_as_it_was(cells: list[str]) -> None:
    table = Table((tuple(Cell((f"其{cell}。",)) for cell in cells),))
    (row,) = _read(source_text([table]))
    assert ["".join(cell.split()) for cell in row.split("\t")] == [
        "".join(_radicals(f"其{cell}。").split()) for cell in cells
    ]


def _radicals(text: str) -> str:
    """A paragraph as any source is read: radicals mapped, what is not printed taken off."""
    return "".join(RADICALS.get(one, one) for one in text if is_text(one) or one.isspace())


def test_merged_cells_and_paragraphs_of_a_cell_come_through() -> None:
    table = Table(
        (
            (Cell(("序号",)), Cell(("任务",)), Cell(("单位",))),
            (Cell(("1",), rows=2), Cell(("减环节", "减材料")), Cell(("甲局",))),
            (Cell(("减时间",)), Cell(("乙局",))),
            (Cell(("合计",), columns=3),),
        )
    )
    rows = _read(source_text([table]))
    assert rows == ["序号\t任务\t单位", "1\t减环节\n减材料\t甲局", "减时间\t乙局", "合计"]


def test_pages_are_known_by_their_lines() -> None:
    text = source_text(["题", f"前{PAGE}后", f"{PAGE}二、另起"])
    assert page_of_lines(text) == [1, 1, 3]
    lines, removed = read_lines(SourceText("a.md", "", text), WORDS)
    assert [line.text for line in lines] == ["题", "前后", "二、另起"]
    assert [line.page_before for line in lines] == [False, False, True]
    assert "不可见字符" in {one.reason for one in removed}


@pytest.mark.parametrize(
    ("encoding", "bom", "says"),
    [
        ("utf-8", b"", "UTF-8"),
        ("utf-8", b"\xef\xbb\xbf", "BOM"),
        ("utf-16-le", b"\xff\xfe", "UTF-16"),
        ("utf-16-be", b"\xfe\xff", "UTF-16"),
        ("utf-16-le", b"", "UTF-16"),
        ("gb18030", b"", "GB18030"),
        ("gb2312", b"", "GB18030"),
    ],
)
def test_a_text_in_any_encoding_is_read_and_says_which(encoding: str, bom: bytes, says: str) -> None:
    found = _text(bom + POLICY.encode(encoding))
    assert found.text == POLICY
    assert says in found.assumed[0]
    assert found.verbatim == (encoding == "utf-8")


def test_big5_is_told_from_gb18030() -> None:
    text = "某市優化營商環境條例\n第一條　為了優化營商環境，保護市場主體合法權益，制定本條例。\n第二條　本條例適用於本市。\n"
    found = _text(text.encode("big5"))
    assert found.text == text
    assert "Big5" in found.assumed[0]


def test_a_broken_character_is_a_doubt_and_much_of_it_no_text() -> None:
    data = (POLICY * 30).encode("gb18030")
    found = _text(data[:100] + b"\x81\x20" + data[100:])
    assert "字节损坏" in found.doubts[0]
    with pytest.raises(UnreadableError, match="二进制"):
        _text(b"\x01\x02\0\x03" * 400)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"%PDF-1.7\n", "a.doc", Format.PDF),
        (b"{\\rtf1", "a.doc", Format.RTF),
        ("<html><body>x".encode("utf-16"), "a.doc", Format.HTML),
        (b"<!-- saved from url=(0014)about:internet -->\n<!DOCTYPE html>", "a.txt", Format.HTML),
        ("条例".encode(), "a.html", Format.TEXT),
        ("条例".encode(), "a.md", Format.MARKDOWN),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "a.docx", Format.DOC),
        (b"\x89PNG\r\n\x1a\n", "a", Format.PNG),
    ],
)
def test_a_kind_is_told_by_the_content(data: bytes, name: str, kind: Format) -> None:
    assert recognise(data, name) is kind


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "空"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"PK\x03\x04broken", "损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage\0".encode("utf-16-le"), "加密"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableError, match=says):
        recognise(data, "a")


def test_a_title_on_two_lines_lists_and_figures_of_a_page() -> None:
    body = (
        "<p>某市人民政府关于<br>优化营商环境的意见</p><ol start='3'><li>压缩时间</li><li>减少材料</li></ol>"
        "<p>流程见下：</p><p><img src='a.png'></p><p>图1　流程</p><p>面积10<sup>4</sup>m<sup>2</sup></p>"
    )
    found = _text(_page(body))
    assert _read(found.text) == [
        "某市人民政府关于",
        "优化营商环境的意见",
        "3. 压缩时间",
        "4. 减少材料",
        "流程见下：",
        "图1　流程",
        "面积10⁴m²",
    ]
    assert "![〔图〕]()" in found.text


def test_a_table_of_a_page_keeps_its_shape() -> None:
    body = (
        "<p>任务表</p><table><thead><tr><th>序号</th><th>任务</th><th>单位</th></tr></thead>"
        "<tr><td colspan=3>一、开办企业</td></tr>"
        "<tr><td>1</td><td><p>减环节</p><p>减材料</p></td><td rowspan=2>甲局</td></tr>"
        "<tr><td>2</td><td>减时间</td></tr></table>"
    )
    found = _text(_page(body))
    assert _read(found.text)[1:] == [
        "序号\t任务\t单位",
        "一、开办企业",
        "1\t减环节\n减材料\t甲局",
        "2\t减时间",
    ]


def test_a_frame_of_one_column_is_no_table() -> None:
    body = (
        "<table><tr><td><p>一、开办企业。</p><p>二、用电。</p></td></tr></table><p>"
        + "三、用水。" * 9
        + "</p>"
    )
    assert _read(_text(_page(body)).text)[:2] == ["一、开办企业。", "二、用电。"]


def test_what_stands_outside_is_left_out_and_counted_and_facts_are_kept() -> None:
    around = (
        "<table><tr><td><b>索 引 号：</b></td><td>0001/2020</td><td>发文字号：</td><td>某政发〔2020〕3号</td></tr></table>"
        "<ul><li>成文日期：2020年3月1日</li></ul><div>扫一扫在手机打开当前页</div>"
        "<a href='P0201.docx'>附件：任务分工表</a>"
    )
    body = (
        "<p>"
        + "一、压缩开办时间。" * 6
        + "</p><div class='share'>分享到微信</div><p style='display: none'>隐藏</p>"
    )
    found = _text(_page(body, around, "<link rel='canonical' href='https://www.gov.cn/a.htm'>"))
    assert found.said == {"索引号": "0001/2020", "发文字号": "某政发〔2020〕3号", "成文日期": "2020年3月1日"}
    assert [(one.name, one.address) for one in found.attachments] == [("附件：任务分工表", "P0201.docx")]
    assert found.address == "https://www.gov.cn/a.htm"
    reasons = {one.reason: one.text for one in found.left_out}
    assert "扫一扫" in reasons["正文容器以外的网页文字"]
    assert reasons["网页上不显示的文字"] == "隐藏"
    assert "分享" in reasons["按钮、分享等网页部件"]
    assert "微信" not in found.text


def test_a_page_without_a_known_container_names_its_candidates() -> None:
    page = (
        f"<html><body><a href='/'>首页</a><div class='wz'>{'一、减环节。' * 20}</div></body></html>".encode()
    )
    with pytest.raises(UnreadableError, match=r"\.wz（120 字）"):
        _text(page)
    assert _text(page, container=".wz").assumed[-1] == "正文取自指定的容器 .wz。"
    with pytest.raises(UnreadableError, match="写法不对"):
        _text(page, container="div")


def test_a_page_of_nothing_but_text_is_its_own_container() -> None:
    page = f"<html><body><h1>某市办法</h1><p>{'第一条　为了。' * 20}</p></body></html>".encode("gb18030")
    assert _read(_text(page).text)[0] == "某市办法"


def test_a_declared_encoding_that_is_wrong_is_not_believed() -> None:
    page = _page("<p>" + "优化营商环境。" * 10 + "</p>").replace(b"utf-8", b"gb2312")
    found = _text(page)
    assert "优化营商环境" in found.text
    assert "实际是 UTF-8" in found.assumed[0]


def test_line_ends_of_the_markup_are_no_spaces_between_characters() -> None:
    assert _read(_text(_page("<p>优化营\n   商环境" + "，压缩时间" * 8 + " in 3 days</p>")).text)[
        0
    ].startswith("优化营商环境，")


def test_a_page_saved_as_one_file_is_read() -> None:
    message = email.message.EmailMessage()
    message["Subject"] = "x"
    message["Snapshot-Content-Location"] = "https://www.gov.cn/b.htm"
    message.set_content(
        _page("<p>" + "优化营商环境。" * 10 + "</p>").decode(), subtype="html", charset="utf-8"
    )
    message.make_related()
    data = message.as_bytes()
    assert recognise(data, "a.mht") is Format.MHTML
    found = _text(data, "a.mht")
    assert found.address == "https://www.gov.cn/b.htm"
    assert found.text.startswith("优化营商环境。")


def test_markup_that_nests_without_end_is_refused() -> None:
    with pytest.raises(UnreadableError):
        _text(_page("<div>" * 5000 + "一、减环节。" * 20))


def test_a_presentation_is_no_document() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("ppt/presentation.xml", "<p/>")
    with pytest.raises(UnreadableError, match="演示文稿"):
        recognise(file.getvalue(), "a.pptx")
