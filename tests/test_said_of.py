"""What a number is said of, kind by kind: subject, users, condition, day, force, payer of one sentence."""

from __future__ import annotations

import pytest

from generator.model import Clause, Commitment
from tests.test_commitments import FINDER, matches_in
from tests.test_indicators import clause_of, policy_of


def said(text: str, title: str | None = None, genre: str | None = None) -> list[Commitment]:
    """The commitments of a clause with this text and title."""
    return [match.commitment for match in matches_in(text, title=title, genre=genre)]


# (text, title, the subjects in order)
SUBJECTS: list[tuple[str, str | None, list[str]]] = [
    # What happens to the things counted, or to a share of them, belongs to it.
    ("90%以上涉企事项“全程网办”。", None, ["涉企事项“全程网办”"]),
    ("力争3项指标进入全国前列。", None, ["指标进入全国前列"]),
    ("全年培训100名养老机构负责人。", None, ["培训养老机构负责人"]),
    ("新建农村公路12公里，维修改造50公里。", None, ["新建农村公路", "农村公路维修改造"]),
    ("推进评价11个设区市、117个县全覆盖。", None, ["评价设区市", "评价县全覆盖"]),
    # A deed needs its object: of the sentence, of the segment before, of the heading.
    ("道路开挖2个工作日内完成现场踏勘，5个工作日内完成许可审批。", None, ["道路开挖现场踏勘", "道路开挖许可审批"]),
    ("5个工作日内进行审查。", "完善政府采购投诉机制", ["政府采购投诉机制：审查"]),
    ("推行工程竣工联合验收，限时8个工作日内完成。", None, ["工程竣工联合验收"]),
    ("将外线工程审批纳入平台办理，办理时限为5个工作日。", None, ["外线工程审批：办理时限"]),
    ("行政机关应当在决定作出之日起20个工作日内，向社会公布行政处罚信息。", None, ["向社会公布行政处罚信息"]),
    # A class of users is none; what is measured stands with the one beside it.
    ("城市地区供电可靠性提升至99.95%，农村地区提升至99.8%。", None, ["城市地区供电可靠性", "农村地区供电可靠性"]),
    ("高压客户压减为4个环节。", "压减办电环节", ["办电环节"]),
    # 分别, in lists of any length.
    ("市、县污水处理率分别达到95%、85%。", None, ["市污水处理率", "县污水处理率"]),
    ("水气热接入时间分别控制在3天、4天、5天内。", None, ["水接入时间", "气接入时间", "热接入时间"]),
    ("花生种植、收获机械化率分别达到65%和55%。", None, ["花生种植机械化率", "花生收获机械化率"]),
    ("供水、供气、供热新装，应当自申请之日起分别于五个工作日、七个工作日、八个工作日内办结。", None, ["供水新装", "供气新装", "供热新装"]),
    ("城乡低保标准分别提高5%、7%。", None, ["城市低保标准", "农村低保标准"]),
    # Neither the old value nor the comparator is part of it.
    ("开办企业时间由原来的1个工作日，压缩至0.5个工作日。", None, ["开办企业时间"]),
    ("法制审核人员不少于执法人员总数的5%。", None, ["法制审核人员"]),
    # Neither is who does it, or since when.
    ("主管部门应当自收到停业申请之日起二十日内作出批准停业的决定。", None, ["批准停业的决定"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "title", "subjects"), SUBJECTS)
def test_the_subject_is_the_sentence_without_the_number(
    text: str, title: str | None, subjects: list[str]
) -> None:
    assert [one.subject for one in said(text, title)] == subjects


# (text, users, condition)
PARTICULARS: list[tuple[str, str | None, str | None]] = [
    ("对于低压客户，具备直接装表条件的，在勘查确定供电方案后当场装表接电。", "低压客户", "具备直接装表条件的；在勘查确定供电方案后"),
    ("商业银行为新开办企业免费开立银行账户。", "新开办企业", None),
    ("对散杂货取消货物港务费。", "散杂货", None),
    ("登记业务（非批量业务）当日办结。", None, "非批量业务"),
    ("供水报装办理时限优化为3个工作日（无外线）。", None, "无外线"),
    ("手续齐全当日验收、当日通水。", None, "手续齐全"),
    ("除公告期外，注销事项即时办理。", None, "除公告期外"),
    ("投诉处理压缩至20个工作日内，检验的时间不计算在内。", None, "检验的时间不计算在内"),
    ("在竣工验收合格，签订供用电合同后，5个工作日内送电。", None, "签订供用电合同后"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "users", "condition"), PARTICULARS)
def test_users_and_condition_are_shown(text: str, users: str | None, condition: str | None) -> None:
    one = said(text)[0]
    assert (one.users, one.condition) == (users, condition)


# (text, genre, force)
FORCES: list[tuple[str, str | None, str]] = [
    ("企业开办1个工作日内办结。", None, "promise"),
    ("力争企业开办1个工作日内办结。", None, "encouraged"),
    ("鼓励采购人免收履约保证金。", None, "encouraged"),
    ("采购人应当在收到发票后5个工作日内支付资金。", None, "duty"),
    ("供电企业应当在5个工作日内接电。", None, "promise"),
    ("行政机关应当在5日内办结。", "条例", "statutory"),
    ("地区生产总值增长7%。", None, "forecast"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "genre", "force"), FORCES)
def test_force(text: str, genre: str | None, force: str) -> None:
    assert said(text, genre=genre)[0].force == force


def test_a_due_date_or_a_semicolon_ends_an_aim() -> None:
    first, second = said("到2021年末，力争实现企业开办“1天办”；到2023年，企业开办时间压缩至0.5天。")
    assert (first.force, second.force) == ("encouraged", "promise")
    assert (first.due_date, second.due_date) == ("2021-12-31", "2023-12-31")


@pytest.mark.parametrize(
    ("text", "approximate"),
    [("设立10个左右破产法庭。", True), ("原则上停电不超过2次。", True), ("停电不超过2次。", False)],
)
def test_approximation(text: str, approximate: bool) -> None:
    assert said(text)[0].approximate is approximate


@pytest.mark.parametrize(
    ("text", "payer"),
    [
        ("刻章费用纳入财政预算，由政府支付。", "政府"),
        ("由财政出资为新设立企业提供免费公章。", "财政"),
        ("刻章费用不超过420元。", None),
    ],
)
def test_payer(text: str, payer: str | None) -> None:
    assert said(text)[0].payer == payer


def _policy_days(*wordings: str) -> list[tuple[str | None, str | None]]:
    clauses: list[Clause] = [
        clause_of(number, None, 1, None, None, wording) for number, wording in enumerate(wordings, 1)
    ]
    found = FINDER.find(policy_of(clauses))
    return [(one.commitment.day, one.commitment.day_said) for some in found.values() for one in some]


@pytest.mark.parametrize(
    ("wordings", "days"),
    [
        (("审批压缩至3天（工作日，下同）。", "登记压缩至5天。"), [("working", "工作日，下同")] * 2),
        (("审批压缩至3天（自然日）。", "登记压缩至5天。"), [("calendar", "自然日"), (None, None)]),
        (("审批压缩至3天。", "以下时限均为工作日。"), [("working", "以下时限均为工作日")]),
        (("审批在3日内办结。", "本办法规定的期限以工作日计算。"), [("working", "本办法规定的期限以工作日计算")]),
        (("在五日内办结。", "在十日内办结。", "“五日”、“七日”的规定是指工作日。"), [("working", "“五日”、“七日”的规定是指工作日"), (None, None)]),
        (("3个工作日内办结。", "2小时内办结。"), [("working", None), ("hour", None)]),
    ],
)  # fmt: skip
def test_a_rule_for_days_holds_for_the_document(
    wordings: tuple[str, ...], days: list[tuple[str | None, str | None]]
) -> None:
    assert _policy_days(*wordings) == days


# (text, (dimension, comparator, value, subject)) of frames that were missing
FRAMES: list[tuple[str, tuple[str, str, float, str]]] = [
    ("企业登记当场核准。", ("time", "=", 0, "企业登记核准")),
    ("将用水报装统一设置为申请、接水2个环节。", ("steps", "=", 2, "用水报装")),
    ("污水处理费按0.95元/吨执行。", ("cost", "=", 0.95, "污水处理费")),
    ("小微企业用电报装实现“零投资”。", ("cost", "=", 0, "小微企业用电报装")),
    ("累计减免税费10亿元以上。", ("cost", ">=", 1e9, "累计减免税费")),
    ("将登记流程压缩为两步。", ("steps", "<=", 2, "登记流程")),
    ("惠及企业300家。", ("count", "=", 300, "惠及企业")),
    ("对小微企业减免3个月租金。", ("time", "=", 3, "小微企业减免租金")),
    ("力争评价进入全国前20位。", ("count", "<=", 20, "评价名次")),
    ("计划停电提前7天公告。", ("time", "=", 7, "计划停电公告")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FRAMES)
def test_frames(text: str, expected: tuple[str, str, float, str]) -> None:
    one = said(text)[0]
    assert (one.dimension, one.comparator, one.value, one.subject) == expected


@pytest.mark.parametrize(
    "text",
    ["鼓励社会力量无偿捐资助学。", "满意率=满意数÷总数×100%。", "推广“两步申报”。", "进一步压缩时限。"],
)
def test_no_commitment(text: str) -> None:
    assert said(text) == []
