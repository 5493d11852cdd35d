"""Notes of responsibility in every syntax in use, and the names of offices across policies."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis import load_analyst
from generator.analysis.due import Calendar
from generator.analysis.responsibility import NoteReader
from generator.analysis.tables import Tables
from generator.model import Corpus, CorpusError
from generator.vocabulary.units import read_units
from tests.support.measures import measure_all
from tests.support.times import takes_its_length
from tests.support.words import WORDS, folder_with, packaged
from tests.test_indicators import clause_of, policy_of

UNITS = WORDS.units
READER = NoteReader(UNITS)
PACKAGED = Path(__file__).resolve().parents[1] / "generator" / "taxonomy" / "units.yml"


def said(wording: str) -> tuple[list[str], list[str], list[str], str | None]:
    """牵头, 责任, 配合 and 时限 of all notes of a wording, as printed."""
    notes = READER.find_notes(wording)
    lead = [unit.printed for note in notes for unit in note.responsibility.lead]
    responsible = [unit.printed for note in notes for unit in note.responsibility.responsible]
    supporting = [unit.printed for note in notes for unit in note.responsibility.supporting]
    return lead, responsible, supporting, next((note.due.text for note in notes if note.due), None)


def test_the_measures_of_the_verified_readings(corpus: Corpus) -> None:
    measures = measure_all(corpus, ("responsibilities", "due"))
    for layer in measures.values():
        for measure in layer.values():
            assert measure.precision >= 0.97
            assert measure.recall >= 0.97
    assert measures["responsibilities"]["total"].expected >= 300
    assert measures["due"]["total"].expected == 75


# --- syntaxes: (wording, 牵头, 责任, 配合, 时限) ----------------------------------------------------------------

CASES = [
    # Fields on lines of their own, with or without line breaks between them.
    (
        "一、甲。\n牵头部门:市审批局\n责任部门:市公安局、市人社局(市社保中心)\n完成时限:2020年6月底",
        ["市审批局"], ["市公安局", "市人社局(市社保中心)"], [], "2020年6月底",
    ),
    ("甲。牵头单位:市财政局责任单位:市税务局完成时限:长期坚持", ["市财政局"], ["市税务局"], [], "长期坚持"),
    ("甲。\n责任单位：市住建局、\n市水务局\n后面的文字", [], ["市住建局", "市水务局"], [], None),
    # Fields in brackets of any kind.
    (
        "甲。（牵头单位：省政务办；责任单位：省有关单位，各市、州、县人民政府）",
        ["省政务办"], ["省有关单位", "各市、州、县人民政府"], [], None,
    ),
    ("甲。【责任单位：市财政局；配合单位：市税务局】", [], ["市财政局"], ["市税务局"], None),
    ("甲。(责任单位:市发改委;完成时限:2021年12月底前)", [], ["市发改委"], [], "2021年12月底前"),
    ("甲（牵头单位：市教育局；完成时限：2020 年 9 月）乙。", ["市教育局"], [], [], "2020 年 9 月"),
    ("甲。（主办单位：市商务局；协办单位：市口岸办、海关）", ["市商务局"], [], ["市口岸办", "海关"], None),
    ("甲。（市级牵头单位：市发改委；第一责任单位：各区政府）", ["市发改委"], ["各区政府"], [], None),
    ("甲。（主责部门：市税务局；协同部门：市财政局）", ["市税务局"], [], ["市财政局"], None),
    # Roles after the offices, within a field or without any.
    (
        "甲。[责任单位：市市场监管局牵头，各市（区）政府，市公安局、市税务局等有关单位按职责分工负责]",
        ["市市场监管局"], ["各市（区）政府", "市公安局", "市税务局等有关单位"], [], None,
    ),
    ("甲。（财政部、工业和信息化部按职责分工负责）", [], ["财政部", "工业和信息化部"], [], None),
    ("甲。（工业和信息化部、全国工商联负责)", [], ["工业和信息化部", "全国工商联"], [], None),
    ("甲。（各地方负责）", [], ["各地方"], [], None),
    (
        "甲。（财政部、工业和信息化部等有关部门及各地方按职责分工负责）",
        [], ["财政部", "工业和信息化部等有关部门", "各地方"], [], None,
    ),
    ("甲。（人力资源社会保障部会同各地方按职责分工负责）", [], ["人力资源社会保障部", "各地方"], [], None),
    (
        "甲。（市发改委牵头，市财政局、市商务局配合，2021年底前完成）",
        ["市发改委"], [], ["市财政局", "市商务局"], "2021年底前",
    ),
    ("甲。（市发展改革委牵头负责，市财政局等部门参加，持续推进）", ["市发展改革委"], [], ["市财政局等部门"], "持续推进"),
    ("甲。（由市公安局负责）", [], ["市公安局"], [], None),
    ("甲。（市公安局负责，各区、县（市）人民政府落实）", [], ["市公安局", "各区、县（市）人民政府"], [], None),
    ("甲。（国家发展改革委牵头，各地区、各部门负责）", ["国家发展改革委"], ["各地区", "各部门"], [], None),
    # Nothing but offices: with a due date, or at the end of a paragraph.
    ("甲。（省财政厅、各市县政府，2022年10月底前）乙。", [], ["省财政厅", "各市县政府"], [], "2022年10月底前"),
    ("甲。（省发展改革委，省财政厅）\n乙。", [], ["省发展改革委", "省财政厅"], [], None),
    # A field within a bracket that begins otherwise ends with the bracket.
    ("甲（详见附表；责任单位：市财政局）乙。", [], ["市财政局"], [], None),
    # 等 and what sums up stay with the last office; a sentence after the list is no office.
    ("甲。（责任单位：市财政局、市税务局等）", [], ["市财政局", "市税务局等"], [], None),
    (
        "甲。责任单位:市审批局、营口银保监分局等市公平竞争审查联席会议、市社会信用体系建设领导小组成员单位",
        [], ["市审批局", "营口银保监分局等市公平竞争审查联席会议、市社会信用体系建设领导小组成员单位"], [], None,
    ),
    ("甲。（责任单位：省政务局。各条均需各市州落实，不再列出）", [], ["省政务局"], [], None),
    # 和 within a name, 和 between two.
    (
        "甲。（国家发展改革委和国家能源局、住房和城乡建设部按职责分工负责）",
        [], ["国家发展改革委", "国家能源局", "住房和城乡建设部"], [], None,
    ),
    # No notes.
    ("按照“谁审批、谁负责”（谁主管谁负责）的原则", [], [], [], None),
    ("各责任单位：要认真落实。", [], [], [], None),
    ("由主要负责人（法定代表人负责）签字", [], [], [], None),
    ("甲。（责任人：张三）", [], [], [], None),
    ("甲（市财政局，各区政府）乙", [], [], [], None),
    ("甲。（见附件）", [], [], [], None),
    ("甲。（2022年10月底前）", [], [], [], None),
    # Fields that the taxonomy does not know are no offices, nor are remarks on all notes.
    ("甲。（负责部门：江州海关，适用范围：江东片区）", [], ["江州海关"], [], None),
    (
        "甲。（负责部门：市司法局、市商务局；适用范围：全部片区，以下除标注的措施外，适用范围均为全部片区）",
        [], ["市司法局", "市商务局"], [], None,
    ),
    ("甲。（适用范围：全部片区；责任单位：市司法局）", [], ["市司法局"], [], None),
    ("甲。（适用范围：各开发区）", [], [], [], None),
    ("甲。（分工：市发改委牵头，市财政局配合）", ["市发改委"], [], ["市财政局"], None),
    ("甲。（责任单位：市发改委、市财政局，第一责任单位为牵头单位，下同）", [], ["市发改委", "市财政局"], [], None),
    ("甲。（财政部、教育部等负责。列第一位者为牵头单位，下同）", [], ["财政部", "教育部等"], [], None),
    ("甲。（试点城市政府负责落实。以下均需试点城市政府落实，不再列出）", [], ["试点城市政府"], [], None),
    ("甲。责任单位：市司法局；联系人：张三，电话：123；完成时限：2024年底", [], ["市司法局"], [], "2024年底"),
    ("甲。（责任单位：市直单位：市发改委；县区：各县区政府）", [], ["市发改委", "各县区政府"], [], None),
    # A name that does not end like an office, in a list of offices that is told its role; not in a sentence.
    ("甲。（省能源局、国网江苏电力按职责分工负责）", [], ["省能源局", "国网江苏电力"], [], None),
    ("甲。（市住建局牵头，市自来水公司、江州中燃配合）", ["市住建局"], [], ["市自来水公司", "江州中燃"], None),
    ("甲。涉及多部门的（如发展改革、财政）事项，由牵头部门负责。", [], [], [], None),
    # A level that is joined to the office before it; a remark or an open-ended date beside offices without a role.
    ("甲。（省政务办及各市、县政府负责）", [], ["省政务办", "各市、县政府"], [], None),
    ("甲。（人民银行江州分行、市银保监局；持续推进）", [], ["人民银行江州分行", "市银保监局"], [], "持续推进"),
    ("甲。（第一责任单位为牵头单位，下同。责任单位：省司法厅、省公安厅）", [], ["省司法厅", "省公安厅"], [], None),
    ("甲。（省税务局、各有关部门，责任人：张三）", [], ["省税务局", "各有关部门"], [], None),
    ("甲。（市人社局牵头，联系电话：0514-12345）", ["市人社局"], [], [], None),
]  # fmt: skip


@pytest.mark.parametrize(("wording", "lead", "responsible", "supporting", "due"), CASES)
def test_a_note(
    wording: str, lead: list[str], responsible: list[str], supporting: list[str], due: str | None
) -> None:
    assert said(wording) == (lead, responsible, supporting, due)


@pytest.mark.parametrize("below", ["", "，下同"])
def test_the_first_office_leads_where_a_note_says_so(below: str) -> None:
    texts = ["甲。（财政部、教育部负责）", f"乙。（商务部、海关总署负责，排在第一位的部门为牵头部门{below}）"]
    texts += ["丙。（各有关部门、民政部负责）", "丁。（科技部、民政部、司法部负责）", "戊。（财政部负责）"]
    clauses = [clause_of(number, None, 1, None, None, text) for number, text in enumerate(texts, 1)]
    analyses, _ = load_analyst().analyse(policy_of(clauses))
    lead = ["、".join(unit.printed for unit in one.responsibility.lead) for one in analyses.values()]
    assert lead == ["", "商务部", "", "科技部" if below else "", ""]
    assert [unit.printed for unit in analyses["c2"].responsibility.responsible] == ["海关总署"]


def test_what_a_note_is_leaves_the_text_around_it() -> None:
    clause = clause_of(1, None, 1, None, None, "甲。（牵头单位：市教育局）乙。\n责任单位：市公安局\n丙。")
    assert READER.without_notes(clause, Tables(policy_of([clause]))) == "甲。乙。\n\n丙。"


def test_a_due_date_without_a_year_has_the_policys() -> None:
    (note,) = READER.find_notes("甲。（市发改委负责，12月底前完成）", Calendar(2020, "2020-05-26"))
    assert note.due is not None
    assert note.due.date == "2020-12-31"


# --- names -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "printed"),
    [
        (
            "发展改革",
            [
                "市发改委",
                "国家发展改革委",
                "市发展改革局",
                "省发展和改革委员会",
                "发展改革委",
                "营口市发改委",
            ],
        ),
        ("人力资源社会保障", ["市人社局", "人力资源社会保障部", "市人力资源和社会保障局", "省人社厅"]),
        ("工业和信息化", ["市工信局", "工业和信息化部", "市工业和信息化局", "市经信局"]),
        ("住房城乡建设", ["市住建局", "住房和城乡建设部", "省住房城乡建设厅"]),
        ("市场监管", ["市市场监管局", "市场监管总局", "省市场监督管理局"]),
        ("政务服务", ["省政务办", "市政务服务数据管理局", "省政务局"]),
        ("税务", ["税务总局", "市税务局", "国家税务总局营口市税务局"]),
        ("自然资源", ["市自然资源局", "市规划和自然资源局"]),
        ("人民银行", ["人民银行营口市中心支行", "人行武汉分行", "人民银行"]),
        ("金融监管", ["营口银保监分局", "湖北银保监局", "银保监会"]),
        ("海关", ["海关总署", "江门海关"]),
        ("法院", ["市中级法院", "省高级人民法院", "省法院"]),
        ("行政审批", ["市审批局等市直相关部门", "市审批局(市审批交易中心)", "行政审批局"]),
        # What the taxonomy does not know loses level and kind; what stands for nobody in particular keeps its words.
        ("绩效", ["省绩效办"]),
        ("各市（区）政府", ["各市（区）政府"]),
        ("省有关单位", ["省有关单位"]),
        ("营口水务港务集团", ["营口水务港务集团"]),
    ],
)
def test_an_office_has_one_name(name: str, printed: list[str]) -> None:
    assert [UNITS.unit(one).name for one in printed] == [name] * len(printed)
    assert [UNITS.unit(one).printed for one in printed] == printed


@pytest.mark.parametrize(
    ("find", "replace", "message"),
    [
        ("  公安: []", "  公安: [发改]", "发改 已归入“发展改革”"),
        ("  lead: [牵头]", "  lead: [牵头, 负责]", "负责 已列在 lead"),
        ("collectives:", "collective:", "collective"),
    ],
)
def test_a_fault_in_the_words_names_its_line(find: str, replace: str, message: str, tmp_path: Path) -> None:
    lists = folder_with(tmp_path, "units", packaged("units").replace(find, replace, 1))
    with pytest.raises(CorpusError) as caught:
        read_units(lists)
    assert message in str(caught.value)
    assert all(problem.line for problem in caught.value.problems)


# --- promises for any text ---------------------------------------------------------------------------------------

PIECES = st.lists(
    st.sampled_from(
        [
            "责任单位", "牵头部门", "完成时限", "：", ":", "（", ")", "]", "[", "、", "，", "；", "。", "\n", " ", "市财政局", "各市", "州",
            "等", "有关部门", "牵头", "按职责分工负责", "配合", "和", "会同", "2021年底前", "完成", "长期坚持", "由", "甲",
        ]
    ),
    max_size=24,
).map("".join)  # fmt: skip


@given(PIECES)
def test_notes_are_exact_stretches_apart_from_each_other(wording: str) -> None:
    end = 0
    for note in READER.find_notes(wording):
        assert end <= note.start < note.stop <= len(wording)
        end = note.stop
        text = wording[note.start : note.stop]
        responsibility = note.responsibility
        for unit in (*responsibility.lead, *responsibility.responsible, *responsibility.supporting):
            assert unit.printed in text
            assert unit.name
        assert note.due is None or note.due.text in text


@pytest.mark.parametrize(
    "piece",
    [
        "责任单位：",
        "（责任单位：市、",
        "共同",
        "市局、",
        "和局",
        "等甲、",
        "（市局负责）",
        "牵头单位：甲\n",
        "（",
        "（市局负责",
        "按职责",
    ],
)
def test_linear_time(piece: str) -> None:
    assert takes_its_length(lambda size: READER.find_notes(piece * (size // len(piece))), 10_000, 40_000)
