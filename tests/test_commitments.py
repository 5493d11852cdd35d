"""Commitments: floors on the verified readings, a table of constructions, what is none, promises for any text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.commitments import CommitmentFinder, Match
from generator.model import Clause, Commitment, Corpus, CorpusError, Correction, Kind, Span
from generator.parsing.numerals import to_number
from generator.vocabulary.commitments import read_commitments
from tests.support.measures import measure_all
from tests.support.times import takes_its_length
from tests.support.words import NOTES, WORDS, folder_with, packaged
from tests.test_indicators import clause_of, policy_of

PACKAGED = Path(__file__).resolve().parents[1] / "generator" / "taxonomy" / "commitments.yml"
FINDER = CommitmentFinder(WORDS.commitments, NOTES)


def matches_in(text: str, title: str | None = None, *, genre: str | None = None) -> tuple[Match, ...]:
    """The commitments of a clause of its own with this text."""
    wording = f"1.{title}。{text}" if title else f"1.{text}"
    clause = clause_of(1, None, 1, "1.", title, wording)
    return FINDER.find(replace(policy_of([clause]), genre=genre))["c1"]


def found(text: str, title: str | None = None) -> list[Commitment]:
    return [match.commitment for match in matches_in(text, title)]


def brief(text: str) -> list[tuple[str, str, float | Span, str | None]]:
    """Dimension, comparator, value and unit of each."""
    return [(one.dimension, one.comparator, one.value, one.unit) for one in found(text)]


def test_the_measures_of_the_verified_readings(corpus: Corpus) -> None:
    measures = measure_all(corpus, ("commitments",))["commitments"]
    assert measures["total"].expected == 246
    assert measures["total"].precision >= 0.97
    assert measures["total"].recall >= 0.97
    for measure in measures.values():
        assert measure.precision >= 0.9
        assert measure.recall >= 0.9


# --- constructions: (text, [(dimension, comparator, value, unit)]) ----------------------------------------------

CASES: list[tuple[str, list[tuple[str, str, float | Span, str | None]]]] = [
    # Reduced to.
    ("企业开办时间由原来的 1 个工作日，压缩至 0.5 个工作日内办结。", [("time", "<=", 0.5, "工作日")]),
    ("企业开办时间压缩至半个工作日。", [("time", "<=", 0.5, "工作日")]),
    ("公积金贷款审批由10日缩短为3日。", [("time", "<=", 3, "日")]),
    ("将承诺办结时间从法定15个工作日压缩至5—10个工作日。", [("time", "<=", Span(5, 10), "工作日")]),
    ("审批环节合并为1个办理环节。", [("steps", "<=", 1, "个")]),
    ("客户办电环节由7个压减至高压4个(申请、验收)、低压3个。", [("steps", "<=", 4, "个"), ("steps", "<=", 3, "个")]),
    ("申请材料由6份精简到2份。", [("documents", "<=", 2, "份")]),
    ("高压客户申请资料精简至 4 项。", [("documents", "<=", 4, "项")]),
    ("审批事项总数减少到30项以内。", [("count", "<=", 30, "项")]),
    ("单个集装箱常规收费压减至400美元以内。", [("cost", "<=", 400, "美元")]),
    ("纳税次数压缩到5次，纳税时间压缩到80个小时内。", [("frequency", "<=", 5, "次"), ("time", "<=", 80, "小时")]),
    ("将多张申请表归并为一张申请表。", [("documents", "<=", 1, "张")]),
    # A formula beside a promise.
    ("当场办结率（当场办结件数÷受理件数×100%）不低于95%。", [("ratio", ">=", 95, "%")]),
    ("指标值=1－（超期件数÷总件数）×100%，其中即时办结率为80%以上。", [("ratio", ">=", 80, "%")]),
    # Shared by a list.
    (
        "非居民用户平均接电时间分别压减至50天和15天以内。",
        [("time", "<=", 50, "天"), ("time", "<=", 15, "天")],
    ),
    ("市、县污水处理率分别达到95%、85%。", [("ratio", ">=", 95, "%"), ("ratio", ">=", 85, "%")]),
    ("最低生活保障标准平均提高5%、7.5%以上。", [("ratio", "change", 5, "%"), ("ratio", "change", 7.5, "%")]),
    ("新建20处养老服务站和50处幸福院并投入运营。", [("count", "=", 20, "处"), ("count", "=", 50, "处")]),
    ("居民客户 2 个工作日内、非居民客户 3 个工作日内完成送电。", [("time", "<=", 2, "工作日"), ("time", "<=", 3, "工作日")]),
    ("办理时间分别不超过 3 个、6 个工作日。", [("time", "<=", 3, "工作日"), ("time", "<=", 6, "工作日")]),
    # Within, and done.
    ("企业注册登记1小时内办结。", [("time", "<=", 1, "小时")]),
    ("自受理之日起二十日内，向市科技局报送名称。", [("time", "<=", 20, "日")]),
    ("人民法院应当在七日内立案。", [("time", "<=", 7, "日")]),
    ("做到“1天电话联系、一般问题5天办结”。", [("time", "=", 1, "天"), ("time", "=", 5, "天")]),
    ("公示期为 7 天。", [("time", "=", 7, "天")]),
    ("向社会公示 10 个工作日。", [("time", "=", 10, "工作日")]),
    ("办理时限：3个工作日。", [("time", "=", 3, "工作日")]),
    ("计划检修停电提前7天向社会公告。", [("time", "=", 7, "天")]),
    ("施工图审查时间小型项目3个工作日、大型项目10个工作日。", [("time", "=", 3, "工作日"), ("time", "=", 10, "工作日")]),
    ("对异议，1个工作日内提出审核意见。", [("time", "<=", 1, "工作日")]),
    ("对差评7日内整改、1日内销号。", [("time", "<=", 7, "日"), ("time", "<=", 1, "日")]),
    # Steps and time side by side, slogans.
    (
        "居民用户2个环节、3个工作日，高压用户3个环节、22个工作日。",
        [("steps", "=", 2, "环节"), ("time", "=", 3, "工作日"), ("steps", "=", 3, "环节"), ("time", "=", 22, "工作日")],
    ),
    (
        "推行企业开办“210”标准（2个环节、1个工作日、零费用）。",
        [("steps", "=", 2, "环节"), ("time", "=", 1, "工作日"), ("cost", "=", 0, "零费用")],
    ),
    (
        "企业开办“一个环节、1天时间、0成本”。",
        [("steps", "=", 1, "环节"), ("time", "=", 1, "天"), ("cost", "=", 0, "0成本")],
    ),
    ("实行“三零”服务（零上门、零审批、零投资）。", [("frequency", "=", 0, "零上门"), ("cost", "=", 0, "零投资")]),
    # At once: a time of 0.
    ("符合条件的，当即办理；“秒批”事项达到200项以上。", [("time", "=", 0, "当即"), ("count", ">=", 200, "项")]),
    ("可即时开具电子发票。", []),
    ("开办费用为0.5元。", []),
    ("平台即时开具电子发票。", [("time", "=", 0, "即时")]),
    ("一般登记业务即时办结。", [("time", "=", 0, "即时")]),
    ("实现不动产登记证书立等可取。", [("time", "=", 0, "立等可取")]),
    ("手续齐全当日验收、当日通水。", [("time", "=", 0, "当日")]),
    ("设立登记为即来即办 1 个小时，公章刻制 1个小时内完成。", [("time", "=", 1, "小时"), ("time", "<=", 1, "小时")]),
    # Limits.
    ("审批时间最长不超过80个工作日。", [("time", "<=", 80, "工作日")]),
    ("综合窗口占比不低于50%。", [("ratio", ">=", 50, "%")]),
    ("预付款原则上不低于合同金额的 30%（中小企业不低于 50%）。", [("ratio", ">=", 30, "%"), ("ratio", ">=", 50, "%")]),
    ("再生水利用率超过15%。", [("ratio", ">", 15, "%")]),
    ("公开征求意见的时间一般不少于30日。", [("time", ">=", 30, "日")]),
    ("一套印章(5枚)刻制标准不超过420元人民币。", [("cost", "<=", 420, "元人民币")]),
    ("2020年底前平台融资规模累计超15亿元。", [("cost", ">", 1_500_000_000, "元")]),
    ("低压电力报装最大容量提高至160千瓦以上。", [("capacity", ">=", 160, "千瓦")]),
    ("对企业给予不超过贷款利息50%的贴息。", [("ratio", "<=", 50, "%")]),
    ("力争贷款余额突破500亿元。", [("cost", ">", 50_000_000_000, "元")]),
    ("新增供水能力10万吨。", [("capacity", "=", 100_000, "吨")]),
    # Shares and changes.
    ("一般工商业电价再降10%。", [("ratio", "change", 10, "%")]),
    ("减半征收不动产登记费。", [("ratio", "change", 50, "%")]),
    ("网上可办率达到百分之九十五以上。", [("ratio", ">=", 95, "%")]),
    ("八成以上的事项实现网上办理。", [("ratio", ">=", 8, "成")]),
    ("90%以上涉企事项“全程网办”。", [("ratio", ">=", 90, "%")]),
    ("区域评估成果100%应用。", [("ratio", "=", 100, "%")]),
    ("年底前实现“四免”的事项不少于二分之一。", [("ratio", ">=", 50, "%")]),
    ("审批时限较法定时限平均缩短三分之二以上。", [("ratio", "change", 66.67, "%")]),
    ("将职业资格数量再压减一半以上。", [("ratio", "change", 50, "%")]),
    ("办件量比上年度翻一番。", [("ratio", "change", 100, "%")]),
    ("综合融资成本下降0.5个百分点。", [("ratio", "change", 0.5, "个百分点")]),
    ("贷存比低于50%的，提升1个百分点。", [("ratio", "change", 1, "个百分点")]),
    ("环节压减3个。", [("steps", "change", 3, "个")]),
    # Money.
    ("落实开办企业零成本。", [("cost", "=", 0, "零成本")]),
    ("实施免费刻章。", [("cost", "=", 0, "免费")]),
    ("取消计量装置校验费、电力客户带电接火费。", [("cost", "=", 0, "取消")]),
    ("不得收取信贷资金受托支付划拨费。", [("cost", "=", 0, "不得收取")]),
    ("不得由用户承担建筑区划红线外发生的任何费用。", [("cost", "=", 0, "不得收取")]),
    ("刻章费用纳入同级财政预算，由政府支付。", [("cost", "=", 0, "由政府支付")]),
    ("税控设备及技术维护费用 440 元纳入财政预算，由政府支付。", [("cost", "=", 440, "元")]),
    ("补贴标准为每人每月 500 元，补贴期限最长不超过 6 个月。", [("cost", "=", 500, "元"), ("time", "<=", 6, "个月")]),
    ("设立总规模100亿元的产业引导基金。", [("cost", "=", 10_000_000_000, "元")]),
    ("清理拖欠中小企业账款3亿元。", [("cost", "=", 300_000_000, "元")]),
    ("小微企业可申请不超过 300 万元的创业担保贷款。", [("cost", "<=", 3_000_000, "元")]),
    # Visits, papers, rhythm.
    ("实现用户报装“最多跑一次”。", [("frequency", "<=", 1, "次")]),
    ("市本级实现抵押登记“一次都不用跑”。", [("frequency", "=", 0, "一次都不用跑")]),
    ("实现报装“零跑腿”“零费用”。", [("frequency", "=", 0, "零跑腿"), ("cost", "=", 0, "零费用")]),
    ("实现线上“零资料”报装，无需提交任何申请材料。", [("documents", "=", 0, "零资料")]),
    ("申报材料包括：许可证、规划图共 2 件。", [("documents", "=", 2, "件")]),
    ("保底售电公司每年确定一次。", [("frequency", "=", 1, "次/年")]),
    ("每年至少组织2次银企对接活动。", [("frequency", ">=", 2, "次/年")]),
    ("每二到三年调整一次最低工资标准。", [("frequency", "=", 1, "次/二到三年")]),
    ("加大统筹力度，半月一调度，一月一通报。", [("frequency", "=", 1, "次/半月"), ("frequency", "=", 1, "次/月")]),
    ("对信用好的同一市场主体的抽查原则上不超过2次。", [("frequency", "<=", 2, "次")]),
    # Counts.
    ("力争 1—2 项指标进入全国前列。", [("count", "=", Span(1, 2), "项")]),
    ("每个乡镇至少有1所中心幼儿园。", [("count", ">=", 1, "所")]),
    ("中高职在校生人数达到3万人。", [("count", ">=", 30_000, "人")]),
    ("力争3年内开展职工技能培训4万以上。", [("count", ">=", 40_000, None)]),
    ("2020年底前确定一家银行开展试点。", [("count", "=", 1, "家")]),
    ("推进 11 个设区市、117 个县全覆盖。", [("count", "=", 11, "个"), ("count", "=", 117, "个")]),
    ("将国务院明确的132项事项纳入“全省通办”范畴。", [("count", "=", 132, "项")]),
    ("将原系统132项功能升级为561项功能。", [("count", "=", 561, "项")]),
    ("到2023年底，万人发明专利拥有量达到12件。", [("count", ">=", 12, "件")]),
    # Hours of service, circles.
    ("推行 24 小时自助办税服务。", [("other", "=", 24, "小时")]),
    ("打造城乡半小时经济圈。", [("other", "=", 0.5, "小时")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text[:24] for text, _ in CASES])
def test_a_construction(text: str, expected: list[tuple[str, str, float | Span, str | None]]) -> None:
    assert brief(text) == expected


NONE = [
    # Numbers of documents, dates, names.
    "根据《关于营商环境的通知》（黑政规〔2017〕25号）第三条、第五条办理。",
    "2021年12月底前出台《若干规定》，自2022年1月1日起施行。",
    "将12345热线建成“总客服”，归并110、119等紧急热线以外的热线。",
    "按照省财政厅等5部门的通知要求办理。",
    "推广“30证合一”，实行“1+N”服务，推动5G应用。",
    "持续推动“最多跑一次”改革，公布“零跑腿”事项清单。",
    # Conditions and thresholds.
    "对施工单项合同 30 万元以下的项目直接办理后续手续。",
    "售电公司应拥有 10 名以上专业人员，资产总额不得低于 2 千万元。",
    "将注册登记一年以上的个体工商户列为培育对象。",
    "连续 3 年获得 A 级的企业优先支持，近3个月的缴费记录免于提交。",
    "1年内累计数量超过总数四分之一，并且货物价值累计超过100万元的。",
    "建筑面积不超过5000平方米的项目免于审查。",
    "支持单户授信1000万元以下的小微企业贷款。",
    # What the other party must do.
    "经营者应当在变更之日起30日内申请办理变更登记。",
    "申请人应当自收到通知之日起5日内补正材料。",
    "企业应当在3个工作日内向主管部门提交整改报告。",
    "对存在问题的，责令7日内整改。",
    "经核准出口商认定的有效期为3年。",
    "自被撤销之日起2年内不得提出申请。",
    "可以并处1万元以下罚款。",
    # What has been achieved.
    "已累计办理120万件，同比增长35%。",
    "截至2020年底，全市市场主体达到50万户。",
    "2021年以来，全市新增市场主体3.2万户，同比增长15%。",
    # Listed things, rhetoric, vague fees.
    "试点城市为北京、上海、重庆、杭州、广州、深圳6个城市。",
    "推行“一窗受理、一次办结”，实现“三个自动、四个无需”。",
    "实现刻制公章与申请营业执照两个环节合并办理。",
    "窗口当场一次性告知需要补正的材料。",
    "不得收取没有法律法规依据的保证金，目录之外不得收取其他费用。",
    "制定优惠政策减免费用。",
    "对符合即办条件的事项及时办理。",
    "整治“二次失信”等问题。",
    # Formulas, and what they count.
    "计算公式：开办企业网上办理量/开办企业总量×100%。",
    "计算公式：即时办结件数÷登记总件数×100%。",
    "网办率=网上办理量/总量*100%。",
    "即时办结件数和当场办结率的统计。",
    "提供5×8小时服务。",
    # Nothing is named that costs nothing.
    "新装用水的勘察、检测费用由供水企业列入成本，不得向用户收取。",
    "不得向企业收取。",
    # No number that anybody promises.
    "压缩至" + "9" * 400 + "个工作日内办结。",
    "一" * 5000 + "个工作日内办结。",
    "总投资达到1" + "亿" * 60 + "元。",
    "每" + "9" * 5000 + "年开展一次。",
]


@pytest.mark.parametrize("text", NONE, ids=[text[:24] for text in NONE])
def test_what_is_no_commitment(text: str) -> None:
    assert brief(text) == []


# --- what a commitment says --------------------------------------------------------------------------------------


def only(text: str, title: str | None = None) -> Commitment:
    (one,) = found(text, title)
    return one


def test_a_commitment_in_full() -> None:
    one = only("到2023年，企业开办时间由原来的3个工作日压缩至1个工作日以内。")
    assert one.subject == "企业开办时间"
    assert (one.comparator, one.value, one.baseline) == ("<=", 1, 3)
    assert one.due == "到2023年"
    assert one.scope is None
    assert one.kind == "target"
    assert one.quote == "企业开办时间由原来的3个工作日压缩至1个工作日以内"


def test_the_baseline_may_stand_in_the_segment_before() -> None:
    one = only("将财政部门30个工作日内作出的处理决定，压缩至20个工作日内。")
    assert (one.value, one.baseline) == (20, 30)


def test_a_list_gives_each_quantity_its_own_scope() -> None:
    high, low = found("客户办电环节由7个压减至高压4个、低压3个。")
    assert [(one.subject, one.scope, one.baseline) for one in (high, low)] == [
        ("客户办电环节", "高压", 7),
        ("客户办电环节", "低压", 7),
    ]
    city, county = found("市、县污水处理率分别达到95%、85%。")
    assert (city.scope, county.scope) == ("市", "县")


def test_a_condition_is_the_scope() -> None:
    one = only("符合正常迁移条件的，5天内办妥相关迁出手续。")
    assert one.scope == "符合正常迁移条件的"
    assert one.quote == "符合正常迁移条件的，5天内办妥相关迁出手续"


def test_a_due_date_holds_to_the_end_of_the_sentence() -> None:
    first, second, third = found("到2021年末，抵押登记压缩至1天；一般登记压缩至5天。复杂登记压缩至7天。")
    assert (first.due, second.due, third.due) == ("到2021年末", "到2021年末", None)


def test_the_title_of_the_clause_is_the_last_resort_for_a_subject() -> None:
    assert only("1天办结。", title="压缩企业开办时间").subject == "企业开办时间"


def test_what_title_and_text_both_say_counts_once() -> None:
    one = only("到2023年，实现“零成本”。", title="推行企业开办“零成本”")
    assert one.due == "到2023年"


def test_regulations_and_legal_limits_are_statutory() -> None:
    (match,) = matches_in("行政机关应当在5日内办结。", genre="条例")
    assert match.commitment.kind == "statutory"
    assert only("在法定期限15日内办结。").kind == "statutory"
    assert only("将时限由法定15日压缩至5日。").kind == "target"


def test_notes_of_responsibility_promise_nothing() -> None:
    assert brief("推进改革。（牵头单位：市财政局；完成时限：2020年12月底前完成90%）") == []


def test_background_promises_nothing() -> None:
    heading = clause_of(1, None, 1, "一、", "规划背景", "一、规划背景")
    clause = clause_of(2, 1, 2, "（一）", None, "（一）审批时限由240天压缩至60天。")
    assert FINDER.find(policy_of([heading, clause])) == {"c1": (), "c2": ()}


def test_a_list_of_conditions_promises_nothing() -> None:
    lead = clause_of(1, None, 1, "第五条", None, "第五条售电公司应当具备下列条件：")
    item = replace(
        clause_of(2, 1, 2, "（一）", None, "（一）具有固定场所，面积不低于100平方米；"), kind=Kind.POINT
    )
    assert FINDER.find(policy_of([lead, item]))["c2"] == ()


def test_a_corrected_number_counts_and_the_quote_stays_as_printed() -> None:
    clause = clause_of(1, None, 1, "1.", None, "1.实现“0 5天”办结。")
    corrected = replace(clause, corrections=(Correction(5, 9, "0 5天", "0.5天", "小数点脱落"),))
    ((match,),) = FINDER.find(policy_of([corrected])).values()
    assert match.commitment.value == 0.5
    assert match.commitment.quote == "实现“0 5天”办结"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12", 12), ("0.5", 0.5), ("3万", 30_000), ("1.5亿", 150_000_000), ("2千万", 20_000_000), ("360余", 360),
        ("半", 0.5), ("十", 10), ("二十一", 21), ("两万", 20_000), ("一点五", 1.5), ("一百二十", 120), ("第", None),
    ],
)  # fmt: skip
def test_numbers(text: str, value: float | None) -> None:
    assert to_number(text) == value


@pytest.mark.parametrize(
    ("find", "replace_by", "message"),
    [
        ("frequency: [次]", "frequency: [次, 天]", "单位 天 已归入 time"),
        ("words: [免费, 无偿]", "words: [免费, 免费]", "free.words：免费 重复"),
        ("penalties:", "penalty:", "penalty"),
    ],
)
def test_a_fault_in_the_words_names_its_line(
    find: str, replace_by: str, message: str, tmp_path: Path
) -> None:
    lists = folder_with(tmp_path, "commitments", packaged("commitments").replace(find, replace_by, 1))
    with pytest.raises(CorpusError) as caught:
        read_commitments(lists)
    assert message in str(caught.value)
    assert all(problem.line for problem in caught.value.problems)


# --- promises for any text ---------------------------------------------------------------------------------------

PIECES = st.lists(
    st.sampled_from(
        [
            "3", "0.5", "二十", "半", "1—2", "万", "亿", "个工作日", "天", "年", "%", "个", "项", "环节", "份材料", "元", "次", "千瓦", "内", "以上",
            "办结", "压缩至", "由", "提高到", "不超过", "达到", "新建", "免费", "即时办结", "零成本", "最多跑一次", "不得收取", "费", "每年", "一次",
            "的", "，", "。", "；", "、", "（", "）", "“", "”", "《", "》", "\n", " ", "2021年底前", "企业", "应当", "已", "将", "分之", "责任单位：", "24小时",
        ]
    ),
    max_size=20,
).map("".join)  # fmt: skip


@st.composite
def clauses(draw: st.DrawFn) -> Clause:
    """A clause of any text, perhaps with a title and a correction."""
    title = draw(st.none() | PIECES.filter(lambda text: bool(text.strip())))
    label = draw(st.sampled_from([None, "1.", "第一条"]))
    wording = f"{label or ''}{title or ''}{draw(PIECES)}"
    clause = clause_of(1, None, 1, label, title, wording)
    if not wording or not draw(st.booleans()):
        return clause
    start = draw(st.integers(0, len(wording) - 1))
    stop = draw(st.integers(start + 1, len(wording)))
    return replace(clause, corrections=(Correction(start, stop, wording[start:stop], draw(PIECES), "误"),))


@given(clauses())
def test_promises(clause: Clause) -> None:
    matches = FINDER.find(policy_of([clause]))["c1"]
    for match in matches:
        one: Any = match.commitment
        assert one.quote == clause.wording[one.start : one.stop]
        assert one.quote.strip()
        assert one.subject
        assert match.frame
        assert not isinstance(one.value, Span) or one.value.min < one.value.max
    assert FINDER.find(policy_of([clause]))["c1"] == matches
    assert isinstance(FINDER.unpromised(policy_of([clause]), "c1"), list)


@pytest.mark.parametrize(
    "piece",
    [
        "1", "3个工作日内办结", "3个", "3个、", "90%", "90%÷", "免费", "取消费、", "每年一次", "（3天）", "不得向企业收取费", "由", "一", "百分之", "最多跑一次",
        "不超过3天。", "且3天的，", "24小时", "分之一", "力争3年内", "“", "《", "压缩", "应当", "3—", "的，",
    ],
)  # fmt: skip
def test_linear_time(piece: str) -> None:
    assert takes_its_length(lambda size: brief(piece * (size // len(piece))), 2_000, 8_000)
