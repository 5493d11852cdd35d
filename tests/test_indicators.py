"""The classification of clauses: floors against the verified readings, a table of cases, and promises."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis import classify, load_analyst
from generator.model import Assignment, Clause, Eid, Jurisdiction, Kind, Place, Policy, SourceText
from generator.vocabulary.indicators import INDICATOR_IDS, Taxonomy
from tests.support.corpora import parse_policy
from tests.support.words import NOTES, WORDS

GOLD = Path(__file__).parent / "gold"
PLACE = Place("source.txt", 1, 1)
TAXONOMY = WORDS.taxonomy


@dataclass(frozen=True)
class Node:
    """A clause in short, for tests: its place in the tree is its index and its parent's."""

    label: str | None
    title: str | None
    text: str = ""
    parent: int | None = None


def clause_of(
    number: int, parent: int | None, level: int, label: str | None, title: str | None, wording: str
) -> Clause:
    """A clause with the anchor c1 for number 1."""
    return Clause(
        policy="test",
        anchor=Eid(f"c{number}"),
        kind=_kind(label),
        label=label,
        number=None,
        level=level,
        parent=None if parent is None else Eid(f"c{parent}"),
        title=title,
        wording=wording,
        heading=False,
        place=PLACE,
    )


def _kind(label: str | None) -> Kind:
    if label is None:
        return Kind.ALINEA
    if label.endswith("条"):
        return Kind.ARTICLE
    if label.endswith("章"):
        return Kind.CHAPTER
    return Kind.SECTION if label.endswith("、") else Kind.PARAGRAPH


def policy_of(clauses: list[Clause], title: str = "优化营商环境若干措施") -> Policy:
    """A policy of these clauses, without metadata."""
    return Policy(
        id="test",
        title=title,
        issuer=None,
        jurisdiction=Jurisdiction(),
        document_number=None,
        issued=None,
        effective=None,
        status=None,
        genre=None,
        notes=(),
        source=SourceText("source.txt", "", ""),
        place=PLACE,
        front=(),
        clauses=tuple(clauses),
        back=(),
    )


def tree(*nodes: Node, title: str = "优化营商环境若干措施") -> list[tuple[Assignment, ...]]:
    """The assignments of the clauses of a small policy, in order."""
    clauses = [
        clause_of(
            number,
            None if node.parent is None else node.parent + 1,
            1,
            node.label,
            node.title,
            f"{node.label or ''}{node.title or ''}{'。' if node.title and node.text else ''}{node.text}",
        )
        for number, node in enumerate(nodes, start=1)
    ]
    analyses = classify(policy_of(clauses, title), TAXONOMY, NOTES)
    return [analyses[clause.anchor].indicators for clause in clauses]


def ids(assignments: tuple[Assignment, ...]) -> list[str]:
    """The ids, the primary one first."""
    return [assignment.id for assignment in assignments]


# --- against the verified readings ------------------------------------------------------------------------


@dataclass
class Score:
    """How a policy's measures were classified. `general` stands for none, on both sides."""

    measures: int = 0
    primary_right: int = 0
    assigned: int = 0
    assigned_allowed: int = 0
    required: int = 0
    required_assigned: int = 0

    def add(self, expected: dict[str, list[str]], assigned: list[str]) -> None:
        """Count one measure."""
        labels = set(assigned) or {"general"}
        self.measures += 1
        self.primary_right += (assigned[0] if assigned else "general") in expected["primary"]
        self.assigned += len(labels)
        self.assigned_allowed += len(labels & set(expected["allowed"]))
        self.required += len(expected["required"])
        self.required_assigned += len(labels & set(expected["required"]))

    @property
    def primary(self) -> float:
        """Share of measures whose first choice is acceptable."""
        return self.primary_right / self.measures

    @property
    def precision(self) -> float:
        """Share of assigned labels that are allowed."""
        return self.assigned_allowed / self.assigned

    @property
    def recall(self) -> float:
        """Share of required labels that are assigned."""
        return self.required_assigned / self.required


def score(name: str, total: Score | None = None) -> Score:
    """Classify one reading's own clauses (so that parsing has no part in it) and count."""
    reading: dict[str, Any] = json.loads((GOLD / f"{name}.json").read_text(encoding="utf-8"))
    clauses = [
        clause_of(
            entry["n"], entry["parent"], entry["level"], entry["label"], entry["title"], entry["wording"]
        )
        for entry in reading["clauses"]
    ]
    analyses = classify(policy_of(clauses, reading["policy"]["title"]), TAXONOMY, NOTES)
    result = Score() if total is None else total
    for entry in reading["clauses"]:
        if "indicators" in entry:
            result.add(entry["indicators"], ids(analyses[f"c{entry['n']}"].indicators))
    return result


# Measured, less a small margin: primary, precision, recall.
FLOORS = {
    "approved-exporters": (0.95, 0.95, 0.93),
    "hubei-hard-cases": (0.93, 0.93, 0.92),
    "power-sales-companies": (0.93, 0.87, 0.88),
    "qiqihar-2020": (0.96, 0.97, 0.97),
    "shanxi-plan": (0.97, 0.96, 0.86),
    "yingkou-2020": (0.98, 0.98, 0.96),
}


@pytest.mark.parametrize("name", FLOORS)
def test_the_measures_of_a_verified_reading(name: str) -> None:
    result = score(name)
    primary, precision, recall = FLOORS[name]
    assert result.primary >= primary
    assert result.precision >= precision
    assert result.recall >= recall


def test_the_measures_of_all_verified_readings() -> None:
    total = Score()
    for name in FLOORS:
        score(name, total)
    assert total.measures == 318
    assert total.primary >= 0.97
    assert total.precision >= 0.96
    assert total.recall >= 0.925


def test_every_verified_reading_has_a_floor() -> None:
    assert set(FLOORS) == {path.stem for path in GOLD.glob("*.json")}


# --- single clauses: (title, text, all indicators, the primary one first) ----------------------------------

CASES = [
    ("压缩企业开办时间", "企业登记、公章刻制、申领发票、社保登记一日办结。", ["starting-business"]),
    ("推行“一业一证”改革", "将多张许可证整合为一张行业综合许可证。", ["starting-business"]),
    ("推行联合审图", "将消防、人防技术审查并入施工图设计文件审查。", ["construction-permits"]),
    ("推进“拿地即开工”", "实行告知承诺，并联办理建设工程规划许可证和施工许可证。", ["construction-permits"]),
    ("压减办电环节", "高压客户压减为4个环节，低压客户当场装表接电。", ["getting-electricity"]),
    (
        "简化用气报装",
        "燃气管网覆盖区域内，报装合并为用气申请、验收通气2个环节。",
        ["getting-water-gas"],
    ),
    ("推进不动产登记提速", "一般登记、抵押登记3个工作日办结。", ["registering-property"]),
    ("压缩纳税时间", "推行增值税、消费税与附加税费合并申报，拓展非接触式办税。", ["paying-taxes"]),
    ("压缩整体通关时间", "推广提前申报、两步申报和国际贸易单一窗口。", ["cross-border-trade"]),
    ("建立府院联动机制", "协调解决破产企业的税费、信用修复，支持破产管理人履职。", ["insolvency"]),
    ("扩大信贷投放", "增加首贷、信用贷，推动动产融资统一登记。", ["getting-credit"]),
    ("保护中小股东权益", "落实董事责任，畅通股东代表诉讼渠道。", ["minority-investors"]),
    ("提高审判执行效率", "推进案件繁简分流，推广网上立案和电子送达。", ["enforcing-contracts"]),
    ("健全工资支付保障", "推行集体协商，加强劳动保障监察。", ["labor-market"]),
    ("公开采购意向", "采购人应当提前公开政府采购项目的采购需求。", ["procurement"]),
    ("推行“不见面开标”", "招标投标全流程电子化，以保函替代投标保证金。", ["bidding"]),
    ("完善“好差评”制度", "政务服务机构、平台和人员全覆盖。", ["government-services"]),
    ("健全快速维权机制", "缩短专利、商标侵权案件办理周期。", ["intellectual-property"]),
    ("推行“双随机、一公开”监管", "抽查结果与信用等级相结合。", ["market-regulation"]),
    ("引育高层次人才", "给予落户、住房、子女入学便利。", ["inclusive-innovation"]),
    # Two subjects in one measure.
    (
        "推广企业注销一网服务",
        "推行税务注销分类处理，简化注销登记。",
        ["starting-business", "insolvency", "paying-taxes"],
    ),
    (
        "深化不动产登记联办",
        "水、电、气过户与不动产登记一并申请。",
        ["registering-property", "getting-electricity", "getting-water-gas"],
    ),
    (
        "发展政府采购合同融资",
        "支持供应商凭政府采购合同向银行申请信用融资。",
        ["procurement", "getting-credit"],
    ),
    ("推行简易注销", "公示期缩短为20天，全程网上办理。", ["starting-business", "insolvency"]),
    # Words of other cities.
    ("便利市场主体歇业", "明确歇业期间的备案和公示要求。", ["starting-business"]),
    ("推行弹性年期出让", "工业用地可以先租后让。", ["construction-permits"]),
    ("加快充电桩报装", "简化用电申请材料。", ["getting-electricity"]),
    ("规范收费", "水费、燃气费明码标价，推广智能水表。", ["getting-water-gas"]),
    ("完善土地纠纷解决机制", "公布土地权属争议的调处流程。", ["registering-property"]),
    ("推广全面数字化的电子发票", "纳税人免领专用设备。", ["paying-taxes"]),
    ("推进航运便利", "压缩船舶在港时间。", ["cross-border-trade"]),
    ("建立危困企业救助机制", "引导有挽救价值的企业和解。", ["insolvency"]),
    ("支持绿色金融", "推广碳排放权质押贷款。", ["getting-credit"]),
    ("落实董事责任", "追究违反忠实义务、勤勉义务的董事。", ["minority-investors"]),
    ("加强涉案财物管理", "保障涉案企业正常经营。", ["enforcing-contracts"]),
    ("促进人才供需对接", "举办面向高校毕业生的招聘活动。", ["labor-market", "inclusive-innovation"]),
    ("简化采购程序", "推广网上超市，供应商直接响应。", ["procurement"]),
    ("加强履约管理", "查处中标人转包、违法分包。", ["bidding"]),
    ("清理各类证明", "公布保留证明目录。", ["government-services"]),
    ("强化行政执法与司法保护", "依法适用侵权惩罚性赔偿，推行技术调查官。", ["intellectual-property"]),
    ("规范入企检查", "检查人员亮码入企，降低检查频次。", ["market-regulation"]),
    ("促进消费升级", "培育夜间经济。", ["inclusive-innovation"]),
    # A channel of delivery is not the subject.
    ("优化报装服务", "用水报装、用气报装实现一窗受理、一网通办。", ["getting-water-gas"]),
    # None.
    ("坚持问题导向", "摸清找准突出问题，推动指标优化提升。", []),
    ("加强组织领导", "各部门要落实市场监管、政务服务、纳税等指标的责任。", []),
    (None, "本办法由海关总署负责解释，自2022年1月1日起施行。", []),
    (None, "违反本条例规定，行政机关不履行政务服务职责的，依法给予处分。", []),
    (None, "市人民代表大会常务委员会通过执法检查等方式，对优化营商环境工作进行监督。", []),
    ("加强监督检查", "将改革落实情况纳入督查检查范围。", []),
    (None, "弘扬优秀企业家精神，尊重企业家价值。", []),
]


@pytest.mark.parametrize(("title", "text", "expected"), CASES)
def test_a_clause_by_itself(title: str | None, text: str, expected: list[str]) -> None:
    (assignments,) = tree(Node("1.", title, text))
    assert ids(assignments)[:1] == expected[:1]
    assert set(ids(assignments)) == set(expected)


# --- context -------------------------------------------------------------------------------------------------


def test_a_clause_without_words_of_its_own_follows_the_heading_above() -> None:
    heading, measure = tree(
        Node("（三）", "获得电力"), Node("12.", "精简环节", "压减到3个环节，时限缩短一半。", parent=0)
    )
    assert ids(heading) == ids(measure) == ["getting-electricity"]
    assert heading[0].evidence == ("标题“获得电力”",)
    assert measure[0].evidence == ("上级标题“（三）获得电力”",)


def test_the_indicator_of_the_heading_above_stays_secondary() -> None:
    _, measure = tree(
        Node("七、", "提升跨境贸易便利化"),
        Node("（六）", "扩大“双随机、一公开”监管", "随机选取检查对象，建立信用监管机制。", parent=0),
    )
    assert ids(measure) == ["market-regulation", "cross-border-trade"]


def test_a_heading_that_only_groups_is_classified_by_its_own_words() -> None:
    group, _ = tree(Node("二、", "重点任务"), Node("（一）", "优化办税服务", "推行网上办税。", parent=0))
    assert group == ()


def test_a_heading_above_alone_gives_no_second_indicator() -> None:
    _, measure = tree(
        Node("九、", "促进市场公平竞争"), Node("46.", "约定预付款", "预付款由银行出具保函。", parent=0)
    )
    assert ids(measure) == ["procurement"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        # A law on the business environment gathers articles on many indicators in a chapter.
        ("某市优化营商环境条例", ["paying-taxes"]),
        # A law on one thing divides it.
        ("某市大数据条例", ["paying-taxes", "government-services"]),
    ],
)
def test_a_chapter_of_a_law_on_many_indicators_only_hints(title: str, expected: list[str]) -> None:
    _, taxes, wordless = tree(
        Node("第三章", "政务服务"),
        Node("第二十条", None, "本市推行税费合并申报，减少纳税次数。", parent=0),
        Node("第二十一条", None, "办理时限应当公开。", parent=0),
        title=title,
    )
    assert ids(taxes) == expected
    assert ids(wordless) == ["government-services"]


def test_formalities_carry_no_indicator_and_pass_none_on() -> None:
    results = tree(
        Node("第一章", "总则"),
        Node("第一条", None, "为了规范政府采购和招标投标活动，优化政务服务，制定本条例。", parent=0),
        Node("四、", "组织保障"),
        Node("（一）", "强化督导", "对企业开办、不动产登记开展督查。", parent=2),
        Node("（二）", "加强数据共享支撑", "打破信息孤岛。", parent=2),
    )
    assert [ids(result) for result in results] == [[], [], [], [], ["government-services"]]


def test_the_title_of_a_document_about_one_indicator_counts_for_every_clause() -> None:
    first, last = tree(
        Node("一、", "提高预付款比例", "一般不低于合同金额的30%。"),
        Node(None, None, "本通知自印发之日起施行。"),
        title="关于深化政府采购改革优化营商环境有关事项的通知",
    )
    assert ids(first) == ["procurement"]
    assert "文件标题“关于深化政府采购改革优化营商环境有关事项的通知”" in first[0].evidence
    assert last == ()


def test_the_title_of_a_document_about_many_indicators_says_nothing() -> None:
    (result,) = tree(
        Node("一、", "健全机制", "定期会商。"), title="关于优化纳税、跨境贸易、政府采购和不动产登记的通知"
    )
    assert result == ()


def test_an_item_belongs_to_its_article_and_helps_to_classify_it() -> None:
    article, first, second = tree(
        Node("第三条", None, "有关部门应当采取下列措施："),
        Node("（一）", None, "推行网上办税，实行增值税与附加税合并申报；", parent=0),
        Node("（二）", None, "公开办理进度。", parent=0),
    )
    assert ids(article) == ids(first) == ids(second) == ["paying-taxes"]
    assert second[0].evidence == ("上级条文“第三条”",)
    assert all(reason.startswith("下级条文词“") for reason in article[0].evidence)


# --- what does not count -------------------------------------------------------------------------------------

FAIR_COMPETITION = "制定涉及市场准入、产业发展、招标投标、政府采购、资质标准等措施，应当开展公平竞争审查。"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The only word of its indicator in a long list is a mention.
        (FAIR_COMPETITION, ["market-regulation"]),
        # So is any word in a list of departments.
        ("依法向税务、海关、市场监管、不动产登记等部门查询被执行人财产。", ["enforcing-contracts"]),
        # The list begins after 与: the office that acts is named before it.
        (
            "不动产登记机构应当与税务、住建部门共享信息，实行登记、交易、缴税一次申请。",
            ["registering-property"],
        ),
        # Notes of responsibility name offices.
        ("建立健全工作机制。（牵头单位：市税务局；责任单位：市海关、市不动产登记中心、市法院）", []),
        ("建立健全工作机制。[责任单位：市政府采购中心、市公共资源交易中心（市招标投标办）]", []),
        ("建立健全工作机制。（财政部、海关总署、知识产权局按职责分工负责）", []),
        ("建立健全工作机制。牵头部门:市税务局责任部门:市政务服务中心完成时限:2020年6月底", []),
        # Names of offices in the text.
        ("市场监管局会同市场监督管理部门制定方案。", []),
        # Characters that only meet at a word border.
        ("提供水平更高的保障，协调解决问题，推动产业升级，公开标准，打通关键环节。", []),
        ("及时协调和解决问题，回应诉求，推广应用电子签名，逐个税种核对，开展督查检查。", []),
    ],
)
def test_what_does_not_count(text: str, expected: list[str]) -> None:
    (assignments,) = tree(Node("1.", None, text))
    assert ids(assignments) == expected


def test_a_long_text_does_not_outvote_the_title() -> None:
    (assignments,) = tree(
        Node(
            "1.",
            "提升企业开办便利度",
            "发挥政务服务平台、政务服务大厅作用，推进政务服务事项一网通办、跨省通办，完善好差评和12345热线，"
            "推行告知承诺、容缺受理、帮办代办和惠企政策免申即享。",
        )
    )
    assert ids(assignments) == ["starting-business", "government-services"]


# --- promises for any policy -----------------------------------------------------------------------------------

PIECES = st.lists(
    st.sampled_from(
        [word.text for indicator in TAXONOMY.indicators for word in list(indicator.lexicon())[::9]]
        + ["，", "。", "、", "（", "）", "[", "责任单位：", "起施行", "总则", "\n", "有关部门", "A", " ", "“"]
    ),
    max_size=12,
).map("".join)


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """Any policy with a sound tree: parents stand before their children."""
    clauses: list[Clause] = []
    for number in range(1, draw(st.integers(1, 8)) + 1):
        label = draw(st.sampled_from([None, "第一条", "第一章", "一、", "（一）", "1."]))
        title = draw(st.none() | PIECES.filter(bool))
        parent = draw(st.none() | st.integers(1, number - 1)) if number > 1 else None
        wording = f"{label or ''}{title or ''}{draw(PIECES)}"
        clauses.append(clause_of(number, parent, 1, label, title, wording))
    return policy_of(clauses, draw(PIECES))


@given(policies())
def test_promises(policy: Policy) -> None:
    analyses = classify(policy, TAXONOMY, NOTES)
    assert list(analyses) == [clause.anchor for clause in policy.clauses]
    for analysis in analyses.values():
        roles = [assignment.role for assignment in analysis.indicators]
        assert roles == ["primary", *["secondary"] * (len(roles) - 1)] or not roles
        names = ids(analysis.indicators)
        assert len(set(names)) == len(names)
        assert set(names) <= set(INDICATOR_IDS)
        for assignment in analysis.indicators:
            assert assignment.evidence
            assert len(set(assignment.evidence)) == len(assignment.evidence)
    # Only the arguments matter: not what was classified before, nor how often the taxonomy was read.
    assert classify(policy, load_fresh(), NOTES) == analyses


def load_fresh() -> Taxonomy:
    """An equal taxonomy that shares nothing computed with the first."""
    return replace(TAXONOMY)


# --- against texts of other places: of the kind that the rules have not been made from --------------------------


def analysed(text: str) -> list[tuple[Clause, list[str]]]:
    """The clauses of a text with their indicators, the primary one first."""
    policy = parse_policy(text)
    analyses, problems = load_analyst().analyse(policy)
    assert not problems
    return [(clause, ids(analyses[clause.anchor].indicators)) for clause in policy.clauses]


def test_measures_as_other_places_print_them() -> None:
    """Measures in the manner of State Council and city documents, 2018 to 2024, each with what a reader files it under."""
    measures = json.loads((GOLD / "indicators" / "measures.json").read_text("utf-8"))
    right, missed, wrong = 0, [], []
    for measure in measures:
        lines = [measure["title"], "", *([measure["above"]] if measure["above"] else []), measure["text"]]
        assigned = analysed("\n".join(lines) + "\n")[-1][1]
        if (assigned[0] if assigned else "general") in measure["primary"]:
            right += 1
        else:
            wrong.append((measure["text"][:30], assigned))
        missed += [(measure["text"][:30], id_) for id_ in measure["required"] if id_ not in assigned]
    assert right / len(measures) >= 0.97, wrong
    assert len(missed) <= 2, missed


def test_the_place_in_a_title_does_not_hide_what_a_clause_is_about() -> None:
    """国务院关于支持自由贸易试验区深化改革创新若干措施的通知: every clause names 自贸试验区, each is about something else."""
    readings = json.loads((GOLD / "indicators" / "page-5342665.json").read_text("utf-8"))["measures"]
    clauses = analysed((GOLD / "indicators" / "page-5342665.txt").read_text("utf-8"))
    by_label = {
        f"{above.label}/{clause.label}".replace("、", "").replace("（", "(").replace("）", ")"): assigned
        for clause, assigned in clauses
        for above, _ in clauses
        if above.anchor == clause.parent and above.label and clause.label
    }
    score = Score()
    for path, expected in readings.items():
        if not expected["doubtful"]:
            score.add(expected, by_label[path])
    assert score.primary >= 0.97
    assert score.precision >= 0.95


@pytest.mark.parametrize(
    ("heading", "text", "expected"),
    [
        (
            "一、工作目标",
            "企业开办压缩至0.5个工作日，获得电力高压单电源压缩至10个工作日。",
            ["starting-business", "getting-electricity"],
        ),
        ("一、总体要求", "到2025年，企业开办、获得电力等指标进入全国前列。", []),
        ("一、总体要求", "到2023年，省级行政审批事项压减30%以上。", []),
        ("三、组织保障", "领导小组每月调度企业开办，5个工作日内反馈。", []),
    ],
)
def test_aims_count_where_they_promise_something_of_an_indicator(
    heading: str, text: str, expected: list[str]
) -> None:
    clauses = analysed(f"某市优化营商环境实施方案\n\n{heading}\n（一）{text}\n")
    assert set(clauses[-1][1]) == set(expected)
