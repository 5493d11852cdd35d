"""Metadata read from the text by rule, with the place it was read from."""

import pytest

from generator.parsing.dates import iso_date
from tests.support.corpora import parse_policy

BODY = "一、开办企业\n网上办理，限时办结。\n二、获得电力\n当场接电，限时办结。\n"


def _notice(number: str = "某政发〔2021〕3号", signature: str = "某市人民政府\n2021年3月1日") -> str:
    return f"某市人民政府关于优化营商环境的通知\n{number}\n各县区人民政府：\n现就有关事项通知如下，请认真贯彻执行。\n{BODY}{signature}\n"


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("某政发〔2021〕3号", "某政发〔2021〕3号"),
        ("某政发[2021] 3 号", "某政发[2021]3号"),
        ("某政发（2021）第3号", "某政发（2021）第3号"),
        ("某政发﹝2021﹞3号", "某政发﹝2021﹞3号"),
        ("某政发〔2021〕3号　签发人：张三", "某政发〔2021〕3号"),
        ("某市税务局公告2021年第14号", "某市税务局公告2021年第14号"),
        ("某市人民政府令\n第88号", "某市人民政府令第88号"),
        ("某市人民政府令第88号", "某市人民政府令第88号"),
        ("中华人民共和国国务院令 第768号", "国务院令第768号"),
        ("某省人民代表大会常务委员会公告\n（第35号）", "某省人民代表大会常务委员会公告第35号"),
        (
            "某省人民代表大会常务委员会公告\n〔十三届〕第三十五号",
            "某省人民代表大会常务委员会公告〔十三届〕第三十五号",
        ),
        ("财政部 税务总局公告2023年第6号", "财政部税务总局公告2023年第6号"),
        ("2021年第9号", "2021年第9号"),
        ("某市税务局公告\n2021年第9号", "某市税务局公告2021年第9号"),
    ],
)
def test_document_number_in_every_bracket(printed: str, number: str) -> None:
    assert parse_policy(_notice(number=printed)).document_number == number


@pytest.mark.parametrize(
    ("printed", "issuer", "issued"),
    [
        ("某市人民政府\n2021年3月1日", "某市人民政府", "2021-03-01"),
        ("某市人民政府\n二〇二一年三月一日", "某市人民政府", "2021-03-01"),
        ("某市人民政府 2021年3月1日", "某市人民政府", "2021-03-01"),
        ("某市财政局　某市商务局\n2021-03-01", "某市财政局、某市商务局", "2021-03-01"),
        ("某市财政局（盖章）\n某市商务局（盖章）\n2021年12月31日", "某市财政局、某市商务局", "2021-12-31"),
    ],
)
def test_issuer_and_date_from_the_signature(printed: str, issuer: str, issued: str) -> None:
    policy = parse_policy(_notice(signature=printed))
    assert (policy.issuer, policy.issued) == (issuer, issued)
    assert [clause.label for clause in policy.clauses] == ["一、", "二、"]


@pytest.mark.parametrize(
    "order", ["某省人民政府令\n第88号", "某省人民政府令第88号", "某省人民政府令\n（第88号）"]
)
def test_who_gives_an_order_issues_it(order: str) -> None:
    text = f"{order}\n现予公布，自公布之日起施行。\n省长 张三\n2023年1月3日\n某省审批办法\n第一条 为规范审批，制定本办法。"
    policy = parse_policy(text)
    assert (policy.title, policy.issuer, policy.issued) == ("某省审批办法", "某省人民政府", "2023-01-03")


def test_what_only_the_head_of_a_web_page_says() -> None:
    head = "索 引 号：000014349/2021-00031\n发文机关：某市财政局　某市商务局\n发文字号：某政办〔2021〕3号\n成文日期：2021年5月3日\n标　　题：关于优化营商环境的措施\n"
    policy = parse_policy(f"{head}关于优化营商环境的措施\n{BODY}")
    facts = (policy.title, policy.issuer, policy.document_number, policy.issued)
    assert facts == ("关于优化营商环境的措施", "某市财政局、某市商务局", "某政办〔2021〕3号", "2021-05-03")
    assert policy.read_from["document_number"].first_line == 3
    signed = parse_policy("成文日期：2021年5月3日\n文　　号：无\n" + _notice())
    assert (signed.document_number, signed.issued) == ("某政发〔2021〕3号", "2021-03-01")


def test_a_number_below_a_full_line_of_the_title_is_not_joined_to_it() -> None:
    text = """某市人民政府办公室关于印发某市便利企业开办方案的通知
某政办字〔2022〕41号
各区人民政府：
为便利企业开办，经市人民政府同意，就有关事项通知如下。
一、设立企业开办专窗，实行一窗受理、并行办理，把企业开
办的时间压缩至半个工作日以内，把环节压缩至一个。
二、推行一照多址，企业在同一县内设立多个经营场所的，免
于办理分支机构登记，在线上线下同步公布。
三、免费刻制公章，对新开办企业免费刻制一套四枚公章，所
需的费用由同级财政承担，不得另行收取其他的各种费用。
"""
    policy = parse_policy(text)
    assert policy.document_number == "某政办字〔2022〕41号"
    assert policy.title == "某市人民政府办公室关于印发某市便利企业开办方案的通知"


def test_a_signature_below_a_full_line_is_not_joined_to_it() -> None:
    text = """某市发展和改革委员会关于印发《某市审批细则》的通知
　　各县（市、区）发展改革委：
　　现将《某市审批细则》印发给你们，请结合实际认真贯彻执行。
某市发展和改革委员会
2022年8月1日
某市审批细则
　　第一条 为了规范政府投资项目审批，提高审批效率，根据《某
条例》等规定，制定本细则。
　　第二条 审批时限为五个工作日，委托评估的时间不计入审批时
限，但是最长不得超过十五日；情况复杂的，经本部门负责人批准可
以延长，并且应当将延长的理由书面告知申请人，延长的时间不得超
过五个工作日。
　　第三条 本细则施行。
"""
    policy = parse_policy(text)
    assert (policy.issuer, policy.issued) == ("某市发展和改革委员会", "2022-08-01")


@pytest.mark.parametrize(
    ("printed", "effective", "validity", "repeals"),
    [
        ("本办法自2022年1月1日起施行。", "2022-01-01", None, ()),
        ("本办法自发布之日起施行，有效期5年。", "自发布之日起施行，有效期5年", "有效期5年", ()),
        ("本办法自2021年5月1日起施行，《某市办法》同时废止。", "2021-05-01", None, ("《某市办法》同时废止",)),
        ("本办法自印发之日起实施，有效期至2025年12月31日。", "自印发之日起实施，有效期至2025年12月31日", "有效期至2025年12月31日", ()),
    ],
)  # fmt: skip
def test_when_it_applies(
    printed: str, effective: str, validity: str | None, repeals: tuple[str, ...]
) -> None:
    policy = parse_policy(f"某市办法\n第一条 为优化营商环境，制定本办法。\n第二条 {printed}\n")
    assert (policy.effective, policy.validity, policy.repeals) == (effective, validity, repeals)
    assert policy.read_from["effective"].first_line == 3


@pytest.mark.parametrize("status", ["讨论稿", "征求意见稿", "试行"])
def test_status(status: str) -> None:
    assert parse_policy(f"某市优化营商环境措施\n（{status}）\n{BODY}").status == status


def test_what_is_not_printed_is_none() -> None:
    policy = parse_policy(f"某市优化营商环境措施\n{BODY}")
    assert policy.title == "某市优化营商环境措施"
    assert [policy.issuer, policy.document_number, policy.issued, policy.effective, policy.status] == [
        None
    ] * 5
    assert set(policy.read_from) == {"title", "genre"}


def test_every_fact_says_where_it_was_read() -> None:
    policy = parse_policy(_notice())
    assert {name: place.first_line for name, place in policy.read_from.items()} == {
        "title": 1, "document_number": 2, "issuer": 9, "issued": 10, "status": 2, "genre": 1,
    }  # fmt: skip


@pytest.mark.parametrize("text", ["2021年13月1日", "2021年2月32日", "明天"])
def test_an_impossible_date_is_none(text: str) -> None:
    assert iso_date(text) is None


def test_covering_notice_with_clauses_of_its_own() -> None:
    text = """某厅关于印发《某办法》的通知
某建规〔2020〕6号
各市住房和城乡建设局：
现将《某办法》印发给你们，并提出如下要求。
一、提高思想认识，精心组织实施。
二、加强宣传培训，及时报告问题。
某省住房和城乡建设厅
2020年11月5日
某办法
第一条 为规范审批行为，制定本办法。
第二条 本办法自2021年1月1日起施行。
"""
    policy = parse_policy(text)
    assert [clause.anchor for clause in policy.clauses] == ["cover__sec_1", "cover__sec_2", "art_1", "art_2"]
    assert (policy.title, policy.issuer, policy.issued) == ("某办法", "某省住房和城乡建设厅", "2020-11-05")


def test_list_of_attachments_is_back_matter() -> None:
    policy = parse_policy(_notice(signature="附件：1.任务分解表\n2.联系表\n某市人民政府\n2021年3月1日"))
    assert [matter.role for matter in policy.back][-2:] == ["signature", "date"]
    assert {matter.role for matter in policy.back[:-2]} == {"attachments"}


def test_a_draft_of_a_provisional_regulation_is_a_draft() -> None:
    assert parse_policy(f"某市招标投标暂行办法\n（征求意见稿）\n{BODY}").status == "征求意见稿"


def test_a_title_above_a_bare_number_is_no_issuer() -> None:
    policy = parse_policy(
        f"某市税务局关于便利办税的公告\n2021年第9号\n现公告如下：\n{BODY}某市税务局\n2021年3月1日\n"
    )
    assert (policy.title, policy.issuer) == ("某市税务局关于便利办税的公告", "某市税务局")
