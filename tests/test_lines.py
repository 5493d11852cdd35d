"""Taking the marks of the page off a source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import SourceText
from generator.parsing.policies import ParsedSource
from generator.reading import read_lines
from generator.reading.ledger import Reason
from tests.support.corpora import parse_text
from tests.support.words import WORDS


def _read(text: str) -> tuple[list[str], list[tuple[str, str]]]:
    lines, removed = read_lines(SourceText("a.txt", "", text), WORDS)
    white = {Reason.LINE_BREAK, Reason.BLANK, Reason.EDGE_SPACE}
    return [line.text for line in lines], [
        (one.reason, one.text) for one in removed if one.reason not in white
    ]


@pytest.mark.parametrize(
    ("text", "lines", "removed"),
    [
        ("## 一、总则\n", ["一、总则"], [(Reason.HEADING_MARK, "## ")]),
        ("**（一）标题。**正文", ["（一）标题。正文"], [(Reason.BOLD_MARK, "**"), (Reason.BOLD_MARK, "**")]),
        ("甲 ** 乙", ["甲 ** 乙"], []),
        ("- （一）经核准；", ["（一）经核准；"], [(Reason.LIST_MARK, "- ")]),
        ("> （一）加强领导。", ["（一）加强领导。"], [(Reason.QUOTE_MARK, "> ")]),
        ("> 90%", ["> 90%"], []),
        ("- 免征关税；", ["- 免征关税；"], []),
        (
            "# 方案\n- 免征关税；",
            ["方案", "免征关税；"],
            [(Reason.HEADING_MARK, "# "), (Reason.LIST_MARK, "- ")],
        ),
        ("# 方案\n- 8 -", ["方案"], [(Reason.HEADING_MARK, "# "), (Reason.PAGE_NUMBER, "- 8 -")]),
        ("- 8 -", [], [(Reason.PAGE_NUMBER, "- 8 -")]),
        ("— 12 —", [], [(Reason.PAGE_NUMBER, "— 12 —")]),
        ("第 3 页 共 20 页", [], [(Reason.PAGE_NUMBER, "第 3 页 共 20 页")]),
        ("---", [], [(Reason.RULE, "---")]),
        ("——坚持改革", ["——坚持改革"], []),
        ("结束。\n。", ["结束。"], [(Reason.STRAY_MARK, "。")]),
        ("甲\u200b乙\ufeff", ["甲乙"], [(Reason.INVISIBLE, "\u200b"), (Reason.INVISIBLE, "\ufeff")]),
        ("⼀是⻅效", ["一是见效"], []),
        ("（一）③ Ⅱ ㎡", ["（一）③ Ⅱ ㎡"], []),
    ],
)
def test_marks_are_removed_with_their_reason(
    text: str, lines: list[str], removed: list[tuple[str, str]]
) -> None:
    assert _read(text) == (lines, removed)


def test_a_line_repeated_inside_sentences_is_a_running_header() -> None:
    first, second = (
        "对推诿扯皮的，各地各部门要及时移交并严肃问",
        "对进展缓慢的，省政府督查室要定期通报并督促落",
    )
    text = f"{first}\n每周汇编（11.22）\n责处理。\n{second}\n每周汇编（11.29）\n实到位。"
    lines, removed = _read(text)
    assert lines == [first, "责处理。", second, "实到位。"]
    assert removed == [
        (Reason.RUNNING_HEADER, "每周汇编（11.22）"),
        (Reason.RUNNING_HEADER, "每周汇编（11.29）"),
    ]


def test_a_line_repeated_between_paragraphs_is_text() -> None:
    text = "1.优化服务。推行网上办理。\n责任单位:市税务局\n2.优化流程。推行网上办理。\n责任单位:市税务局"
    assert len(_read(text)[0]) == 4


@given(st.text())
def test_every_character_is_kept_or_removed_once(text: str) -> None:
    lines, removed = read_lines(SourceText("a.txt", "", text), WORDS)
    kept = [offset for line in lines for offset in line.printed.offsets]
    gone = [offset for one in removed for offset in range(one.start, one.stop)]
    assert sorted(kept + gone) == list(range(len(text)))


def test_a_line_beside_page_numbers_is_a_running_header() -> None:
    text = "政策选编\n一、甲事项应当按照规定办理。\n1\n政策选编\n二、乙事项应当按照规定办\n2\n政策选编\n理。"
    assert _read(text)[0] == ["一、甲事项应当按照规定办理。", "二、乙事项应当按照规定办", "理。"]


def test_an_office_that_opens_and_signs_the_text_stays() -> None:
    text = "某市人民政府办公室\n关于做好工作的通知\n各县：\n一、办理。\n附件：任务分解表\n某市人民政府办公室\n2021年3月1日"
    assert _read(text)[1] == []


def test_a_repeated_note_stays() -> None:
    text = "1.推行网上办理，压缩办理时间，优化办事流程。\n市市场监管局牵头\n2.推行一窗受理，压缩办理环节。\n市市场监管局牵头"
    assert _read(text)[1] == []


def test_figures_of_a_table_are_no_page_numbers() -> None:
    assert _read("收费表\n会费\n2000\n检测费\n150")[1] == []


def test_a_repeated_note_inside_unfinished_paragraphs_stays() -> None:
    text = "1.推行网上办理，压缩办理时间，优化办事流程\n市市场监管局牵头\n2.推行一窗受理，压缩办理环节和申请材料\n市市场监管局牵头"
    assert _read(text)[1] == []


def test_a_running_header_above_the_title_of_a_law_is_no_signature() -> None:
    note = "（2022年6月30日某市人民代表大会常务委员会通过）"
    text = f"某市公报\n某市条例\n{note}\n第一条 本市应当按照规\n- 1 -\n某市公报\n定办理。\n- 2 -\n某市公报\n第二条 本条例施行。"
    assert _read(text)[0] == ["某市条例", note, "第一条 本市应当按照规", "定办理。", "第二条 本条例施行。"]


# ---- Tables in HTML

_COMMENT = "<!-- 注：<td>，<tr>-->"
_HTML_TABLE = [
    "<table>",
    "<tr>",
    "<td>",
    "项目",
    "</td>",
    "<td colspan=2>",
    "时限",
    "</td>",
    "</tr>",
    "<tr>",
    "<td rowspan=2>",
    "开户",
    "</td>",
    "<td>",
    "1天",
    "</td>",
    "<td>",
    "甲局",
    "</td>",
    "</tr>",
    "<tr>",
    "<td>",
    "2天",
    "</td>",
    "<td>",
    "乙局",
    "</td>",
    "</tr>",
    "</table>",
]


@pytest.mark.parametrize("place", range(1, len(_HTML_TABLE)))
def test_a_comment_in_a_table_is_no_text_of_it(place: int) -> None:
    def parsed(pieces: list[str]) -> ParsedSource:
        return parse_text(
            f"# 某市办法\n\n一、总则\n\n{''.join(pieces)}\n\n二、附则\n\n本办法自发布之日起施行。\n"
        )

    with_comment = parsed([*_HTML_TABLE[:place], _COMMENT, *_HTML_TABLE[place:]])
    plain = parsed(_HTML_TABLE)
    assert [(one.anchor, one.cells) for policy in with_comment.policies for one in policy.clauses] == [
        (one.anchor, one.cells) for policy in plain.policies for one in policy.clauses
    ]
    assert with_comment.account.unaccounted == 0
    assert [one.text for one in with_comment.account.removed if one.reason == Reason.COMMENT] == [_COMMENT]


def test_a_cell_keeps_the_characters_that_a_line_keeps() -> None:
    """Compatibility radicals are their characters; one of private use stays for an editor to see."""
    cell, line = "⽂件\ue123", "文件\ue123"
    parsed = parse_text(
        f"# 某市办法\n\n一、{cell}\n\n<table><tr><td>项目</td><td>标准</td></tr><tr><td>{cell}</td><td>甲</td></tr></table>\n"
    )
    (policy,) = parsed.policies
    assert policy.clauses[0].wording == f"一、{line}"
    assert policy.clauses[-1].cells == (line, "甲")
