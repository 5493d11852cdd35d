"""Word documents read as Word prints them: a table of small documents, each with the lines that a reader sees."""

from __future__ import annotations

import contextlib
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import SourceText
from generator.reading import read_lines
from generator.reading.formats import Extracted, Original, UnreadableError, read_original
from tests.support.word import cell, docx, level, lists, numbered, paragraph, row, table
from tests.support.words import WORDS

LAW = lists(
    {
        0: level(0, "chineseCountingThousand", "第%1章")
        + level(1, "chineseCountingThousand", "第%2条", '<w:lvlRestart w:val="0"/>')
        + level(2, "chineseCounting", "（%3）")
        + level(3, "decimal", "%4.")
        + level(4, "decimalEnclosedCircleChinese", "%5"),
    },
    {1: (0, ""), 2: (0, '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="1"/></w:lvlOverride>')},
)


def read(data: bytes) -> tuple[list[str], Extracted]:
    """The lines of the source that is made of a document, and what was found."""
    found = read_original(Original("a.docx", data, WORDS.webpages))
    lines, _ = read_lines(SourceText("a.md", "", found.text), WORDS)
    return [line.text for line in lines], found


def test_articles_run_on_through_the_chapters_and_items_begin_anew() -> None:
    lines, _ = read(
        docx(
            numbered(1, 0, "总则"), numbered(1, 1, "为了。"), numbered(1, 1, "下列："), numbered(1, 2, "甲；"),
            numbered(1, 2, "乙。"), numbered(1, 0, "附则"), numbered(1, 1, "本办法："), numbered(1, 2, "丙；"),
            numbered(1, 3, "丁；"), numbered(1, 4, "戊；"), numbered(1, 3, "己。"), numbering=LAW,
        )
    )  # fmt: skip
    assert lines == ["第一章　总则", "第一条　为了。", "第二条　下列：", "（一）甲；", "（二）乙。", "第二章　附则", "第三条　本办法：",
                     "（一）丙；", "1.丁；", "①戊；", "2.己。"]  # fmt: skip


def test_a_list_that_begins_anew_and_one_that_goes_on() -> None:
    lines, _ = read(
        docx(
            numbered(1, 1, "甲"),
            numbered(1, 1, "乙"),
            numbered(2, 1, "丙"),
            numbered(1, 1, "丁"),
            numbering=LAW,
        )
    )
    assert lines == ["第一条　甲", "第二条　乙", "第一条　丙", "第二条　丁"]


@pytest.mark.parametrize(
    ("form", "text", "printed"),
    [
        ("chineseCounting", "%1、", ["一、", "二、", "三、"]),
        ("decimal", "%1.", ["1.", "2.", "3."]),
        ("decimalFullWidth", "%1．", ["１．", "２．", "３．"]),
        ("decimalZero", "%1", ["01　", "02　", "03　"]),
        ("upperRoman", "%1.", ["I.", "II.", "III."]),
        ("lowerLetter", "%1)", ["a)", "b)", "c)"]),
        ("decimalEnclosedCircle", "%1", ["①", "②", "③"]),
        ("decimalEnclosedParen", "%1", ["⑴", "⑵", "⑶"]),
        ("chineseLegalSimplified", "%1、", ["壹、", "贰、", "叁、"]),
        ("ideographTraditional", "%1、", ["甲、", "乙、", "丙、"]),
        ("bullet", "\uf06c", ["", "", ""]),
        ("bullet", "——", ["——", "——", "——"]),
        ("none", "附件", ["附件　", "附件　", "附件　"]),
    ],
)
def test_the_forms_of_numbers(form: str, text: str, printed: list[str]) -> None:
    numbering = lists({0: level(0, form, text)}, {1: (0, "")})
    lines, found = read(docx(*(numbered(1, 0, "事项") for _ in printed), numbering=numbering))
    assert lines == [f"{one}事项" for one in printed]
    assert bool(found.assumed) == (text == "\uf06c")


@pytest.mark.parametrize(
    ("start", "printed"),
    [
        (9, ["九", "十", "十一"]),
        (19, ["十九", "二十", "二十一"]),
        (99, ["九十九", "一百", "一百零一"]),
        (109, ["一百零九", "一百一十", "一百一十一"]),
    ],
)
def test_chinese_numbers_count_as_texts_of_law_do(start: int, printed: list[str]) -> None:
    numbering = lists({0: level(0, "chineseCounting", "第%1条", start=start)}, {1: (0, "")})
    lines, _ = read(docx(*(numbered(1, 0, "甲") for _ in printed), numbering=numbering))
    assert lines == [f"第{one}条　甲" for one in printed]


def test_decimal_numbers_of_several_levels_and_legal_ones() -> None:
    numbering = lists(
        {
            0: level(0, "chineseCounting", "%1、")
            + level(1, "decimal", "%1.%2", "<w:isLgl/>")
            + level(2, "decimal", "%1.%2.%3", "<w:isLgl/>")
        },
        {1: (0, "")},
    )
    lines, _ = read(
        docx(
            numbered(1, 0, "甲"),
            numbered(1, 1, "乙"),
            numbered(1, 2, "丙"),
            numbered(1, 0, "丁"),
            numbered(1, 1, "戊"),
            numbering=numbering,
        )
    )
    assert lines == ["一、甲", "1.1　乙", "1.1.1　丙", "二、丁", "2.1　戊"]


def test_numbers_come_from_styles_and_can_be_taken_off() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="tiao"><w:name w:val="条"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="tiao2"><w:name w:val="条二"/><w:basedOn w:val="tiao"/></w:style>'
    )
    numbering = lists(
        {
            0: level(0, "chineseCounting", "%1、")
            + level(1, "chineseCounting", "第%2条", '<w:pStyle w:val="tiao"/>')
        },
        {1: (0, "")},
    )
    style = '<w:pStyle w:val="tiao2"/>'
    lines, _ = read(docx(
        paragraph("甲", style), paragraph("乙", f'{style}<w:numPr><w:numId w:val="0"/></w:numPr>'), paragraph("丙", style),
        styles=styles, numbering=numbering,
    ))  # fmt: skip
    assert lines == ["第一条　甲", "乙", "第二条　丙"]


def test_revisions_are_kept_or_left_out_and_each_is_a_doubt() -> None:
    change = (
        '<w:del w:author="甲"><w:r><w:delText>3</w:delText></w:r></w:del><w:ins w:author="乙"><w:r><w:t>1</w:t></w:r></w:ins>'
        "<w:r><w:t>个工作日。</w:t></w:r>"
    )
    lines, found = read(docx(paragraph("压缩至", inside=change)))
    assert lines == ["压缩至1个工作日。"]
    assert [one for one in found.doubts if "“3”" in one and "删除" in one]
    assert [one for one in found.doubts if "“1”" in one and "插入" in one]
    assert [(one.reason, one.text) for one in found.left_out] == [("修订中删除的文字", "3")]


def test_a_deleted_paragraph_takes_its_number_with_it() -> None:
    gone = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del/></w:rPr>'
    lines, _ = read(docx(
        numbered(1, 1, "甲"), paragraph(properties=gone, inside="<w:del><w:r><w:delText>乙</w:delText></w:r></w:del>"), numbered(1, 1, "丙"),
        numbering=LAW,
    ))  # fmt: skip
    assert lines == ["第一条　甲", "第二条　丙"]


def test_a_deleted_end_of_paragraph_joins_the_next() -> None:
    lines, _ = read(
        docx(paragraph("企业开办", "<w:rPr><w:del/></w:rPr>"), paragraph("一日办结。"), paragraph("二。"))
    )
    assert lines == ["企业开办一日办结。", "二。"]


def test_hidden_text_comments_headers_are_left_out_and_said() -> None:
    hidden = '<w:r><w:rPr><w:vanish/></w:rPr><w:t>内部掌握</w:t></w:r><w:commentReference w:id="1"/>'
    lines, found = read(docx(
        paragraph("公开办理。", inside=hidden), comments=f'<w:comment w:id="1">{paragraph("此处再议")}</w:comment>',
        header1=paragraph("某市文件"), footer1=paragraph("— 1 —"),
    ))  # fmt: skip
    assert lines == ["公开办理。"]
    assert {one.reason: one.text for one in found.left_out} == {
        "隐藏文字": "内部掌握", "批注": "此处再议", "页眉": "某市文件", "页脚": "— 1 —",
    }  # fmt: skip
    assert any("隐藏文字" in one for one in found.doubts)


def test_fields_print_their_result() -> None:
    inside = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF a \\h </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>第三条</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>eq \\o\\ac(○,2)</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:fldSimple w:instr="SEQ 表"><w:r><w:t>7</w:t></w:r></w:fldSimple><w:hyperlink r:id="x"><w:r><w:t>链接</w:t></w:r></w:hyperlink>'
    )
    assert read(docx(paragraph("依照", inside=inside)))[0] == ["依照第三条②7链接"]


def test_breaks_symbols_and_raised_figures() -> None:
    inside = (
        '<w:r><w:br/><w:t>优化营商环境的意见</w:t></w:r><w:r><w:br w:type="page"/><w:noBreakHyphen/><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>'
        '<w:r><w:t>10</w:t></w:r><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>4</w:t></w:r>'
    )
    assert read(docx(paragraph("某市人民政府关于", inside=inside)))[0] == [
        "某市人民政府关于",
        "优化营商环境的意见-□10⁴",
    ]


def test_notes_and_text_boxes_stand_below_their_paragraph() -> None:
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
        + paragraph("框中。")
        + "</w:txbxContent></wps:txbx></w:drawing></mc:Choice>"
        "<mc:Fallback><w:pict><v:textbox><w:txbxContent>"
        + paragraph("框中。")
        + "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    lines, found = read(docx(
        paragraph("税率3%", inside=f'<w:r><w:footnoteReference w:id="2"/></w:r>{box}'), paragraph("后文。"),
        footnotes=f'<w:footnote w:id="0" w:type="separator">{paragraph("-")}</w:footnote><w:footnote w:id="2">{paragraph("自2020年起。")}</w:footnote>',
    ))  # fmt: skip
    assert lines == ["税率3%¹", "¹自2020年起。", "框中。", "后文。"]
    assert len(found.doubts) == 2


def test_tables_keep_merged_cells_paragraphs_and_automatic_numbers() -> None:
    numbering = lists({0: level(0, "decimal", "%1")}, {1: (0, "")})
    start, goes_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    lines, _ = read(docx(
        paragraph("任务表"),
        table(
            row("序号", "任务", "单位", properties="<w:tblHeader/>"),
            row(cell("一、开办企业", properties='<w:gridSpan w:val="3"/>')),
            row(cell(numbered(1, 0, "")), cell("减环节", "减材料"), cell("甲局", properties=start)),
            row(cell(numbered(1, 0, "")), "减时间", cell(properties=goes_on)),
            row("已删", "已删", "已删", properties="<w:del/>"),
        ),
        paragraph("完。"), numbering=numbering,
    ))  # fmt: skip
    assert lines == [
        "任务表",
        "序号\t任务\t单位",
        "一、开办企业",
        "1\t减环节\n减材料\t甲局",
        "2\t减时间",
        "完。",
    ]


def test_a_table_of_one_column_is_a_frame() -> None:
    assert read(docx(table(row("甲。"), row("乙。"))))[0] == ["甲。", "乙。"]


def test_a_line_of_contents_is_no_row() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="t"><w:name w:val="toc 1"/></w:style>'
    entry = '<w:pStyle w:val="t"/>'
    lines, _ = read(docx(paragraph("总则\t1", entry), paragraph("附则\t9", entry), styles=styles))
    assert lines == ["总则　1", "附则　9"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (docx(paragraph("甲"), doctype='<!DOCTYPE w [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'), "实体"),
        (docx(), "没有文字"),
        (docx(paragraph("甲")).replace(b"word/document.xml", b"word/xocument.xml"), "没有正文|损坏"),
        (docx(paragraph("甲" * 40_000_000)), "展开后"),
    ],
    ids=["entities", "empty", "no body", "bomb"],
)
def test_a_document_that_cannot_be_read_says_why(data: bytes, says: str) -> None:
    with pytest.raises(UnreadableError, match=says):
        read_original(Original("a.docx", data, WORDS.webpages))


def test_tables_within_tables_without_end_do_not_hang() -> None:
    inner = paragraph("底")
    for _ in range(80):
        inner = f"<w:tbl><w:tr><w:tc>{inner}<w:p/></w:tc><w:tc>{paragraph('旁')}</w:tc></w:tr></w:tbl>"
    lines, _ = read(docx(inner))
    assert re.search("旁", "".join(lines))


def test_endless_numbers_are_shown_as_digits() -> None:
    numbering = lists({0: level(0, "chineseCounting", "第%1条", start=999_999)}, {1: (0, "")})
    assert read(docx(numbered(1, 0, "甲"), numbering=numbering))[0] == ["第999999条　甲"]


@given(st.data())
def test_a_damaged_document_is_read_or_says_why(data: st.DataObject) -> None:
    file = bytearray(docx(paragraph("第一条　为了。" * 40), numbered(1, 1, "乙"), numbering=LAW))
    for _ in range(data.draw(st.integers(1, 8))):
        file[data.draw(st.integers(0, len(file) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(UnreadableError):
        read_original(Original("a.docx", bytes(file), WORDS.webpages))
