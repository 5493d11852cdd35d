"""What an editor is shown (存疑): a table of texts and the doubts they raise, and what `check` makes of them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.checking.doubts import find_doubts
from generator.model import Corpus, CorpusError, Doubt, DoubtKind, Eid, SourceText
from generator.parsing import parse_source
from generator.reading import read_lines
from generator.vocabulary.doubts import read_doubts
from tests.support.corpora import ROOT, Project, make_project
from tests.support.html import soup_of
from tests.support.times import takes_its_length
from tests.support.words import WORDS, folder_with


def doubts_of(text: str) -> list[Doubt]:
    """The doubts of a source text that stands in no file and has no sidecar."""
    source = SourceText(path="the-text.txt", sha256="", text=text)
    lines, removed = read_lines(source, WORDS)
    parsed = parse_source(source, lines, removed, None, WORDS)
    return find_doubts(parsed, lines, WORDS)


def clause(text: str) -> str:
    """A policy with one clause that says `text`."""
    return f"一、任务\n{text}\n二、要求\n各地要报告。\n"


GAP, REPEAT = DoubtKind.NUMBERING_GAP, DoubtKind.NUMBERING_REPEAT
ORDER, START = DoubtKind.NUMBERING_ORDER, DoubtKind.NUMBERING_START
LABEL, MIX, EMPTY, UNBALANCED = (
    DoubtKind.LABEL_IN_TEXT,
    DoubtKind.LABEL_MIX,
    DoubtKind.EMPTY_CLAUSE,
    DoubtKind.UNBALANCED,
)
LATIN, BREAK, DOUBLED = DoubtKind.LATIN_WORD, DoubtKind.DOUBLED_AT_BREAK, DoubtKind.DOUBLED
DIGITS, UNREADABLE, UNPLACED = DoubtKind.DIGIT_GAP, DoubtKind.UNREADABLE, DoubtKind.UNPLACED
TITLE, UNDECIDED = DoubtKind.TITLE, DoubtKind.UNDECIDED_BREAK

TABLE, REMOVAL, WEB = DoubtKind.UNDECIDED_TABLE, DoubtKind.UNDECIDED_REMOVAL, DoubtKind.WEB_PAGE
NONE, LENGTH = DoubtKind.NO_CLAUSE, DoubtKind.LONG_PARAGRAPH
# Told of the corpus and of the folder, not of one text: tests/test_validity.py, tests/test_names.py
OF_THE_CORPUS = {DoubtKind.SAME_TITLE, DoubtKind.REPEALED_ELSEWHERE, DoubtKind.UNREAD_FILE}
LONG = "压缩办理时间，减少申报材料，优化服务流程，降低企业成本，提高办事效率"  # 68 columns
ROW = "各部门应当压缩办理时间，减少申报材料，优化服务流程，降低"  # a full line, cut
PRINTED_ONCE = (
    "一、任务\n" + "\n".join([ROW] * 9) + "\n\n- 1 -\n\n内部资料\n" + "\n".join([ROW] * 9) + "企业成本。\n"
)
CASES: list[tuple[str, str, list[DoubtKind]]] = [
    ("a gap", "一、甲\n网上办理。\n三、乙\n一窗受理。", [GAP]),
    ("a gap among articles", "第一条 甲规定。\n第二条 乙规定。\n第四条 丙规定。", [GAP]),
    ("an inserted article is none", "第一条 甲规定。\n第一条之一 乙规定。\n第二条 丙规定。", []),
    ("numbers that run on", "一、甲\n1.网上办理。\n2.一窗受理。\n二、乙\n3.限时办结。\n4.一次申报。", []),
    ("numbers that restart", "一、甲\n1.网上办理。\n2.一窗受理。\n二、乙\n1.限时办结。\n2.一次申报。", []),
    ("a gap across sections", "一、甲\n1.网上办理。\n2.一窗受理。\n二、乙\n4.限时办结。\n5.一次申报。", [GAP]),
    ("attachments", "一、甲\n网上办理。\n附件1\n一、乙\n限时办结。\n附件2\n一、丙\n一次申报。", []),
    ("a repeat", "一、甲\n网上办理。\n二、乙\n一窗受理。\n二、丙\n限时办结。", [REPEAT]),
    ("a repeat for the next number", "一、甲\n网上办理。\n二、乙\n受理。\n二、丙\n办结。\n四、丁\n一次申报。", [REPEAT]),
    ("a repeat across sections", "一、甲\n1.网上办理。\n2.一窗受理。\n二、乙\n2.限时办结。\n3.一次申报。", [REPEAT]),
    ("a list that begins at 2", "一、甲\n（二）网上办理。\n（三）一窗受理。\n二、乙\n限时办结。", [START]),
    ("two numbers changed places", "一、甲\n办理。\n三、乙\n一窗受理。\n二、丙\n限时办结。\n四、丁\n申报。", [GAP, ORDER]),
    ("brackets of labels differ", "一、甲\n（一）网上办理。\n(二)一窗受理。\n（三）限时办结。", [MIX]),
    ("marks of labels differ", "一、甲\n1.网上办理。\n2、一窗受理。\n3.限时办结。", [MIX]),
    ("a label after a gap", "一、甲\n1.办理。\n时限:6月底\n二、乙\n1.受理。\n时限:6月底\n四、公开。", [GAP]),
    ("a label inside brackets that a page cut", "一、甲\n1.按照规定（见\n- 8 -\n二、乙）办理。\n二、丙\n1.受理。", [LABEL]),
    ("a label without text", "一、甲\n（一）网上办理。\n（二）\n（三）限时办结。", [EMPTY]),
    ("a chapter without articles", "第一章 总则\n第一条 甲规定。\n第二章 登记\n第三章 附则\n第二条 乙规定。", [EMPTY]),
    ("a lone opening quote", clause("设立“开办企业专窗，整合窗口。"), [UNBALANCED]),
    ("a lone closing bracket", clause("各县（市、区）和开发区）要落实。"), [UNBALANCED]),
    ("crossed brackets", clause("按照（见《办法）》办理。"), [UNBALANCED]),
    ("widths that differ are a pair", clause("各县（市、区)要落实(限时办结）。"), []),
    ("an enumerator in the text", clause("需提交：1）申请书；2）身份证明。"), []),
    ("a quotation of two paragraphs", clause("修改为：“部门应当公开信息。\n“公开应当及时。”"), []),
    ("a stray and", clause("构建与国家 and 行业标准体系协调一致的标准。"), [LATIN]),
    ("a stray And", clause("构建与国家And行业标准体系协调一致的标准。"), [LATIN]),
    ("abbreviations", clause("开发APP和5G应用，推行AEO、VIP和DTU，上线e窗通、App、wifi。"), []),
    ("an address and a unit", clause("登录www.gov.cn查询，线路长5 km，邮箱是abc@gov.cn。"), []),
    ("an English name", clause("对标宜商环境（business ready）评估。"), []),
    ("a character doubled at a break", clause("优化施工、验收、不\n\n- 8 -\n\n不动产登记等阶段的审批。"), [BREAK]),
    ("a word doubled at a break", clause("推进审批服务便民化改革试点\n\n- 8 -\n\n试点地区的经验。"), [BREAK]),
    ("a usual repeat at a break", clause("完善一体化运行功能，紧\n\n- 8 -\n\n紧依靠基层。"), []),
    ("a function word twice", clause("优化验收、不不动产登记等阶段的审批。"), [DOUBLED]),
    ("a phrase twice", clause("要推进改革推进改革，落实责任。"), [DOUBLED]),
    ("two characters twice before a quote", clause("健全政务服务服“好差评”机制。"), [DOUBLED]),
    ("words that meet", clause("为了了解情况，天天讲、事事问，市市场监管局以行政管理目的的名义支持创业创新。"), []),
    ("a lost decimal point", clause("实现“0 5天”办结。"), [DIGITS]),
    ("a torn decimal", clause("缩短至2 .5天，压减1. 5个环节。"), [DIGITS, DIGITS]),
    ("numbers apart", clause("咨询电话：0571 8765 4321，办理时间 5 个工作日。"), []),
    ("a private-use character", clause("优化\ue000审批。"), [UNREADABLE]),
    ("a replacement character", clause("优化\ufffd审批。"), [UNREADABLE]),
    ("a text broken off before the clauses", "某市措施\n为优化营商环境，结合我市\n一、甲\n网上办理。", [UNPLACED]),
    ("another number of measures", "某市优化营商环境6条措施\n1.办理。\n2.受理。\n3.办结。\n4.申报。\n5.公开。", [TITLE]),
    ("the number of measures", "某市优化营商环境5条措施\n1.办理。\n2.受理。\n3.办结。\n4.申报。\n5.公开。", []),
    ("an article in the title", "关于刑法第九十三条的意见\n1.办理。\n2.受理。", []),
    ("another kind", "某市优化营商环境措施\n一、办理\n网上办理。\n二、附则\n本通知自印发之日起施行。", [TITLE]),
    ("another place", "安徽省优化营商环境条例\n第一条 本市优化环境。\n第二条 本市推行改革。", [TITLE]),
    ("its own place", "滁州市优化营商环境条例\n第一条 本市优化环境。\n第二条 本市推行改革。", []),
    ("another subject", "核准出口商管理办法\n第一条 " + "经核准出口商应当申报。" * 5, [TITLE]),
    ("a full stop at a page end", clause(f"{LONG}。\n\n- 8 -\n\n部门要落实。"), [UNDECIDED]),
    ("a full stop and a label at a page end", f"一、甲\n{LONG}。\n\n- 8 -\n\n二、乙\n部门要落实。", []),
    ("cells that form no table", "一、收费\n用户\n容量\n100\n费用\n200\n备注\n300", [TABLE]),
    ("a row of fewer cells", "一、收费\n序号\n用户\n费用\n1\n甲\n10\n2\n乙\n3\n丙\n30", [TABLE]),
    ("a line at the end of a page that may be a header", PRINTED_ONCE, [REMOVAL]),
    ("what may be of a web page", clause("按规定办理。\n<div>首页</div>"), [WEB]),
    ("a picture", "# 甲办法\n\n第一条 见下图。\n\n![图1](a.png)\n", [WEB]),
    ("no clause", "某市优化营商环境措施\n某政发〔2020〕29号\n", [NONE]),
    ("a paragraph longer than any", clause("优化审批，压缩时间。" * 160), [LENGTH]),
    ("a title longer than any", "某市人民政府关于进一步优化营商环境压缩办理时间\n" + "减少申报材料降低企业成本提高办事效率规范政府行为\n" * 3 + "的通知\n一、甲\n网上办理。\n二、乙\n办理。", [TITLE]),
    ("a sentence that stops without a mark", clause(f"{LONG}\n部门要落实，按时报告。"), [UNDECIDED]),
    ("a paragraph that the author divided", clause(f"{LONG}。\n部门要落实。"), []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "kinds"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_doubts_of_a_text(text: str, kinds: list[DoubtKind]) -> None:
    assert [doubt.kind for doubt in doubts_of(text)] == kinds


def test_every_kind_has_a_case() -> None:
    assert {kind for _, _, kinds in CASES for kind in kinds} == set(DoubtKind) - OF_THE_CORPUS


def test_a_doubt_says_where_and_what() -> None:
    (doubt,) = doubts_of("一、任务\n1.优化施工、验收、不\n\n- 8 -\n\n不动产登记等阶段的审批。\n2.报告。")
    assert doubt == Doubt(
        policy="the-text",
        anchor=Eid("sec_1__subpara_1"),
        kind=DoubtKind.DOUBLED_AT_BREAK,
        file="the-text.txt",
        line=2,
        quote="优化施工、验收、不不动产登记等阶段的",
        explanation="断行前后“不”重复，可能误衍。",
    )
    assert doubt.url == "policies/the-text.html#sec_1__subpara_1"


def test_pages_without_marks_are_measured() -> None:
    """Sentences cut after every tenth row show which page ends with a full stop and a full row."""
    page = "\n".join(["网上办理，一次办结。"] * 9)  # nine paragraphs of one row
    cut = f"{page}\n各部门应当压缩办理时间，按规定减少申报\n材料，限时办结。\n"  # the tenth row is full
    full = f"{page}\n各部门应当按照规定压缩办理时间和环节。\n办理情况，限时公开。\n"
    doubts = doubts_of("一、任务\n" + cut * 8 + full + cut * 3 + "二、要求\n报告。\n")
    undecided = [doubt for doubt in doubts if doubt.kind is DoubtKind.UNDECIDED_BREAK]
    assert [doubt.quote for doubt in undecided] == ["办理情况，限时公开。"]


def test_kept_rows_without_marks_of_paragraphs() -> None:
    rows = [
        "一、任务是优化营商环境，推行网上办理，减少材料，",
        *["优化营商环境，推行网上办理，压缩办理时间和环节，"] * 8,
    ]
    text = "\n".join([*rows, "优化营商环境，推行网上办理，压缩办理时间和环节。", *rows[1:], "报告。"])
    (doubt,) = (one for one in doubts_of(text) if one.kind is DoubtKind.UNDECIDED_BREAK)
    assert doubt.line == len(rows) + 1 + 1


SIDECAR = "policies:\n  - id: city-2020-1\n"
SLIP = "一、开办企业\n按照国家 and 省有关规定，设立“专窗，限时办结。\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project of one small policy with two slips."""
    project = make_project(tmp_path / "project", with_sources=False)
    (project.sources / "slip.txt").write_text(SLIP, "utf-8")
    (project.sources / "slip.yml").write_text(SIDECAR, "utf-8")
    return project


def test_check_prints_the_doubts_and_exits_0(project: Project) -> None:
    result = project.run("check")
    assert result.exit_code == 0
    assert "slip.txt:2: 夹杂外文: “按照国家 and 省有关规定，设” " in result.stdout
    assert "slip.txt:2: 括号引号不成对: " in result.stdout
    assert "存疑 2 处" in result.stdout


def test_a_correction_settles_a_doubt(project: Project) -> None:
    corrections = """    corrections:
      - {find: 国家 and 省, replace: 国家和省, reason: 误入英文。}
      - {find: “专窗, replace: “专窗”, reason: 脱后引号。}
"""
    (project.sources / "slip.yml").write_text(SIDECAR + corrections, "utf-8")
    assert json.loads(project.run("check", "--format", "json").stdout)["doubts"] == []


def test_check_as_json(project: Project) -> None:
    result = project.run("check", "--format", "json")
    report = json.loads(result.stdout)
    assert result.exit_code == 0
    assert report["sources"][0]["file"] == "slip.txt"
    assert report["sources"][0]["unaccounted"] == 0
    assert report["faults"] == []
    assert report["anchors"] == {"changed": [], "redirected": [], "new": ["city-2020-1#sec_1"]}
    assert [doubt["kind"] for doubt in report["doubts"]] == ["latin-word", "unbalanced"]
    assert report["doubts"][0] == {
        "policy": "city-2020-1",
        "anchor": "sec_1",
        "url": "policies/city-2020-1.html#sec_1",
        "kind": "latin-word",
        "name": "夹杂外文",
        "file": "slip.txt",
        "line": 2,
        "quote": "按照国家 and 省有关规定，设",
        "explanation": "中文里夹有外文“and”，可能是误识或误译。",
    }


@pytest.mark.parametrize("spoil", ["repeat", "empty"])
def test_faults_as_json(project: Project, spoil: str) -> None:
    """A fault is in the report, and nothing else is on standard output, whether the corpus could be read or not."""
    if spoil == "repeat":
        (project.sources / "slip.txt").write_text("一、甲\n办理。\n二、乙\n受理。\n二、丙\n办结。\n", "utf-8")
    else:
        (project.sources / "slip.txt").write_bytes(b" \n")
    result = project.run("check", "--format", "json")
    (fault,) = json.loads(result.stdout)["faults"]
    assert result.exit_code == 1
    assert set(fault) == {"file", "line", "message", "advice", "stage", "log"}
    assert fault["file"] == "slip.txt"


def test_the_report_and_its_kinds_are_documented(project: Project) -> None:
    documented = (ROOT / "docs" / "authors.md").read_text("utf-8")
    report = json.loads(project.run("check", "--format", "json").stdout)
    names = [*report, *report["sources"][0], *report["doubts"][0], *(kind.value for kind in DoubtKind)]
    assert [name for name in names if f"`{name}`" not in documented] == []
    assert [kind.chinese for kind in DoubtKind if kind.chinese not in documented] == []


def test_the_page_shows_the_doubts_with_links(built: Project, corpus: Corpus) -> None:
    page = soup_of(built.site / "data" / "fidelity.html")
    shown = page.select("table.doubts tbody tr")
    assert [row.select_one("a")["href"] for row in shown] == [f"../{doubt.url}" for doubt in corpus.doubts]  # type: ignore[index]
    assert [row.select("td")[2].get_text() for row in shown] == [one.explanation for one in corpus.doubts]
    assert all(cell.get("data-label") for cell in page.select("table.doubts td"))


def test_the_doubts_of_the_corpus(corpus: Corpus) -> None:
    """Places known from readings by hand, of those no correction can settle; and not many others."""
    found = {(doubt.policy, doubt.kind.value, doubt.line) for doubt in corpus.doubts}
    assert found >= {
        ("qiqihar-2020-29", "label-mix", 38),
        ("national-2021-power-sales", "undecided-break", 253),
        ("national-2022-approved-exporters", "title", 475),
        ("chuzhou-2022-business-environment", "title", 667),
        ("hunan-2021-parks-20", "title", 1463),
    }
    assert len(corpus.doubts) <= 20


def test_quotes_are_printed_text(corpus: Corpus) -> None:
    policies = {policy.id: policy for policy in corpus.policies}
    for doubt in corpus.doubts:
        policy = policies[doubt.policy or ""]
        texts = [clause.wording for clause in policy.clauses if clause.anchor == doubt.anchor]
        assert any(doubt.quote in text for text in texts or [matter.text for matter in policy.front])


@given(st.text("一二、（）1.第条“”《和的\n \f。：and05\ue000", max_size=200))
def test_any_text_is_checked(text: str) -> None:
    for doubt in doubts_of(text):
        assert doubt.line is not None
        assert doubt.line <= text.count("\n") + 1


@pytest.mark.parametrize("unit", ["（", "”“", "的", "0 5", "and ", "一、\n", "网。\n\n- 1 -\n", "甲甲甲\n"])
def test_time_is_linear(unit: str) -> None:
    assert takes_its_length(lambda size: doubts_of("一、任务\n" + unit * (size // len(unit))), 8_000, 32_000)


def test_a_mistake_in_the_word_lists_is_named_by_line(tmp_path: Path) -> None:
    wrong = "function_characters: 的\nrepeats: [天]\nlatin_words: []\nlatin_slips: []\n"
    with pytest.raises(CorpusError) as caught:
        read_doubts(folder_with(tmp_path, "doubts", wrong))
    assert [problem.line for problem in caught.value.problems] == [2]
