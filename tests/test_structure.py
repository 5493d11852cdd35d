"""Clause trees: which clause stands under which, and what its anchor is."""

import pytest

from tests.support.corpora import parse_policy, parse_text


def _tree(text: str) -> list[tuple[str, str | None]]:
    """Anchor and parent of every clause."""
    return [(clause.anchor, clause.parent) for clause in parse_policy(text).clauses]


def test_law() -> None:
    text = """某市优化营商环境条例
第一章 总则
第一条 为了优化营商环境，制定本条例。
第二条 有下列情形之一的，应当受理：
（一）申请人具备条件；
（二）符合下列要求：
1.材料齐全；
2.形式合法。
前款规定的材料由部门公布。
第二章 附则
第三条 本条例自2022年1月1日起施行。
"""
    assert _tree(text) == [
        ("chp_1", None),
        ("art_1", "chp_1"),
        ("art_2", "chp_1"),
        ("art_2__para_1__point_1", "art_2"),
        ("art_2__para_1__point_2", "art_2"),
        ("art_2__para_1__point_2__indent_1", "art_2__para_1__point_2"),
        ("art_2__para_1__point_2__indent_2", "art_2__para_1__point_2"),
        ("art_2__para_2", "art_2"),
        ("chp_2", None),
        ("art_3", "chp_2"),
    ]


def test_a_sentence_about_the_paragraph_before_begins_the_second() -> None:
    text = """第一条 为规范政府投资项目审批行为，提高审批效率
，根据《政府投资条例》等规定，制定本细则。
第二条 本细则适用于使用财政性资金的投资项目。
前款所称财政性资金包括一般公共预算资金、政府性
基金、国有资本经营预算资金以及政府债券资金等。
前款规定以外的资金，由市财政部门会同有关部门按
照国家规定认定，认定的时限不超过五个工作日。
第三条 本细则自2022年9月1日起施行，有效期五年。
"""
    assert [clause.anchor for clause in parse_policy(text).clauses][:3] == ["art_1", "art_2", "art_2__para_2"]


def test_points_follow_the_paragraph_they_stand_under() -> None:
    text = "第一条 部门应当公开信息。\n公开应当包括：\n（一）名称；\n（二）地址。\n第二条 本办法施行。"
    assert _tree(text) == [
        ("art_1", None),
        ("art_1__para_2", "art_1"),
        ("art_1__para_2__point_1", "art_1__para_2"),
        ("art_1__para_2__point_2", "art_1__para_2"),
        ("art_2", None),
    ]


def test_inserted_article() -> None:
    assert _tree("第一条 甲规定。\n第一条之一 乙规定。\n第二条 丙规定。") == [
        ("art_1", None),
        ("art_1-1", None),
        ("art_2", None),
    ]


def test_measures_that_restart_are_prefixed() -> None:
    text = "一、目标\n（一）开办企业\n1.压缩时间。网上办理。\n2.压缩环节。一窗受理。\n（二）获得电力\n1.压缩时间。网上办理。\n二、保障\n（一）组织。加强领导。"
    assert [anchor for anchor, _ in _tree(text)] == [
        "sec_1",
        "sec_1__para_1",
        "sec_1__para_1__subpara_1",
        "sec_1__para_1__subpara_2",
        "sec_1__para_2",
        "sec_1__para_2__subpara_1",
        "sec_2",
        "sec_2__para_1",
    ]


def test_measures_that_run_on_are_not() -> None:
    text = "一、准入\n1.压缩时间。网上办理。\n2.压缩环节。一窗受理。\n二、建设\n3.并联审批。限时办结。\n4.联合验收。一次申报。"
    assert _tree(text) == [
        ("sec_1", None),
        ("subpara_1", "sec_1"),
        ("subpara_2", "sec_1"),
        ("sec_2", None),
        ("subpara_3", "sec_2"),
        ("subpara_4", "sec_2"),
    ]


def test_an_unusual_order_of_forms_is_read_from_the_run() -> None:
    text = "1.准入\n（一）压缩时间。网上办理。\n（二）压缩环节。一窗受理。\n2.建设\n（一）并联审批。限时办结。\n（二）联合验收。一次申报。"
    assert [parent for _, parent in _tree(text)][1:3] == ["subpara_1", "subpara_1"]


def test_the_articles_that_an_amendment_quotes() -> None:
    text = """关于修改《江州市优化营商环境条例》的决定
一、将第三条修改为：“优化营商环境应当坚持下列原则：
“（一）市场化；
“（二）法治化。”
二、对部分文字作修改：
（一）将第八条中的“工商”修改为“市场监管”；
（二）将第九条中的“五日”修改为“三日”。
本决定自公布之日起施行。
《江州市优化营商环境条例》根据本决定作相应修改，重新公布。
"""
    assert _tree(text) == [
        ("sec_1", None),
        ("sec_1__al_2", "sec_1"),
        ("sec_1__al_3", "sec_1"),
        ("sec_2", None),
        ("sec_2__para_1", "sec_2"),
        ("sec_2__para_2", "sec_2"),
        ("al_1", None),
        ("al_2", None),
    ]


@pytest.mark.parametrize(
    "closing",
    [
        "此复。",
        "特此通知。",
        "各县（市、区）工作进展情况，请于每周五前报市局。",
        "本决定自公布之日起施行。\n有关规章根据本决定作相应修改，重新公布。",
    ],
)
def test_closing_words_speak_for_the_whole_document(closing: str) -> None:
    text = f"一、同意开展试点，试点期限为3年。\n二、请市政府认真组织实施，加强领导。\n{closing}"
    assert {parent for _, parent in _tree(text)} == {None}
    attached = "附件：试点方案\n某省人民政府\n2023年8月22日\n附件\n试点方案\n一、试点内容\n推行准入即准营。"
    assert dict(_tree(f"{text}\n{attached}"))["al_1"] is None


def test_an_appended_text_restarts_its_numbers_below_its_heading() -> None:
    text = "一、背景\n简政放权取得成效。\n二、解读\n一、编制背景\n营商环境是土壤。\n二、主要内容\n共两部分。"
    assert _tree(text) == [
        ("sec_1", None),
        ("sec_2", None),
        ("sec_2__sec_1", "sec_2"),
        ("sec_2__sec_2", "sec_2"),
    ]


def test_items_and_further_paragraphs() -> None:
    text = "一、目标\n——到2021年，基本形成。\n——到2023年，全面建成。\n二、任务\n各地要落实。\n各部门另行公布清单，并报备案。\n三、其他\n一是提高认识。加强学习。\n二是加强督查。严肃问责。"
    assert _tree(text) == [
        ("sec_1", None),
        ("sec_1__item_1", "sec_1"),
        ("sec_1__item_2", "sec_1"),
        ("sec_2", None),
        ("sec_2__al_2", "sec_2"),
        ("sec_3", None),
        ("sec_3__item_1", "sec_3"),
        ("sec_3__item_2", "sec_3"),
    ]


def test_a_paragraph_below_a_list_in_one_sentence_stands_beside_it() -> None:
    text = "一、符合下列条件的，可以享受优惠：\n（一）从业人数不超过300人；\n（二）资产总额不超过5000万元。\n从业人数按季度平均值确定，由企业填报。\n二、优惠由企业自行申报，资料留存备查。"
    assert _tree(text) == [
        ("sec_1", None),
        ("sec_1__para_1", "sec_1"),
        ("sec_1__para_2", "sec_1"),
        ("sec_1__al_2", "sec_1"),
        ("sec_2", None),
    ]


def test_attachment_prefixes_what_is_in_it() -> None:
    text = "一、任务\n各地要落实。\n二、要求\n各地要报告。\n附件1\n办理流程\n一、申请\n网上提交。\n附件2\n材料清单\n一、身份证明\n原件。"
    assert [anchor for anchor, _ in _tree(text)] == [
        "sec_1",
        "sec_2",
        "att_1",
        "att_1__sec_1",
        "att_2",
        "att_2__sec_1",
    ]


@pytest.mark.parametrize("list_", ["附件：1.甲办法\n2.乙办法", "附件：\n1.甲办法\n2.乙办法"])
def test_a_notice_that_issues_several_attachments_has_no_clauses_of_its_own(list_: str) -> None:
    notice = f"某局关于印发《甲办法》和《乙办法》的通知\n某局发〔2023〕2号\n各区局：\n现将《甲办法》和《乙办法》印发给你们，请遵照执行。\n{list_}\n某市财政局\n2023年4月12日\n"
    texts = "附件1\n甲办法\n第一条 为了规范，制定本办法。\n第二条 本办法施行。\n附件2\n乙办法\n第一条 为了便利，制定本办法。"
    policy = parse_policy(notice + texts)
    assert [clause.anchor for clause in policy.clauses] == [
        "att_1", "att_1__art_1", "att_1__art_2", "att_2", "att_2__art_1",
    ]  # fmt: skip
    assert {matter.role for matter in policy.front} == {
        "title", "number", "addressee", "notice", "attachments", "signature", "date",
    }  # fmt: skip
    assert (policy.title, policy.back) == ("某局关于印发《甲办法》和《乙办法》的通知", ())


def test_the_attachments_of_a_text_without_labels_are_listed_in_the_back_matter() -> None:
    policy = parse_policy(
        "关于开展检查的通知\n各有关单位：\n请于本月开展检查。\n附件：1.检查表\n2.汇总表\n某市税务局\n2021年3月1日\n"
    )
    assert [clause.wording for clause in policy.clauses] == ["请于本月开展检查。"]
    assert [matter.role for matter in policy.back] == ["attachments", "attachments", "signature", "date"]


@pytest.mark.parametrize(
    ("text", "wordings"),
    [
        # a heading and its own first paragraph are one clause; notes and fields belong to it
        ("一、目标\n（一）开办企业\n网上办理。\n（责任单位：市局）", ["一、目标", "（一）开办企业\n网上办理。\n（责任单位：市局）"]),
        ("1.压缩时间。网上办理。\n牵头部门:市局\n完成时限:2020年底\n2.压缩环节。一窗受理。", ["1.压缩时间。网上办理。\n牵头部门:市局\n完成时限:2020年底", "2.压缩环节。一窗受理。"]),
        # a sentence cut by the page, in the middle of a word, is one again; nothing is inserted
        ("一、任务\n1.对推诿扯皮的，各地要严肃问\n\n- 8 -\n\n责处理。\n2.各地要报告。", ["一、任务", "1.对推诿扯皮的，各地要严肃问责处理。", "2.各地要报告。"]),
        ("一、任务\n1.按照《商\n\n- 8 -\n\n品名称》办理。\n2.报告。", ["一、任务", "1.按照《商品名称》办理。", "2.报告。"]),
        ("1.旅行社签订合同，应当依照《旅游法》\n- 8 -\n第八章之规定，加强沟通。\n2.其他。", ["1.旅行社签订合同，应当依照《旅游法》第八章之规定，加强沟通。", "2.其他。"]),
        ("1.给予补贴，标准不低于\n- 8 -\n5分/千瓦时。\n2.其他。", ["1.给予补贴，标准不低于5分/千瓦时。", "2.其他。"]),
        # where every line is a paragraph and no page shows, nothing is joined
        ("1.各地要严肃问\n责处理。\n2.其他。", ["1.各地要严肃问\n责处理。", "2.其他。"]),
        # one break without a label after it, below a complete sentence, is no sign of a wrapped page
        (
            "（2023年3月20日市政府常务会议通过）\n第一条 为规范审查，制定本办法。\n第二条 政策制定机关在制定涉及市场主体的各项措施时应当进行审查。\n"
            "未经审查的，不得出台。\n第三条 下列情形应当征求意见：\n（一）影响较大的；\n（二）存在分歧的。\n第四条 本办法施行。",
            ["第一条 为规范审查，制定本办法。", "第二条 政策制定机关在制定涉及市场主体的各项措施时应当进行审查。", "未经审查的，不得出台。", "第三条 下列情形应当征求意见：", "（一）影响较大的；", "（二）存在分歧的。", "第四条 本办法施行。"],
        ),
    ],
)  # fmt: skip
def test_wording(text: str, wordings: list[str]) -> None:
    assert [clause.wording for clause in parse_policy(text).clauses] == wordings


def test_front_and_back_matter_are_no_clauses() -> None:
    text = """某市人民政府文件
某政发〔2020〕29号
某市人民政府关于印发某措施的通知
各县（市）、区人民政府，各有关单位：
现将《某措施》印发给你们，请认真执行。
某市人民政府
2020年9月30日
某市优化营商环境措施
为优化营商环境，制定如下措施：
一、开办企业
网上办理。
抄送：市委办公室。
某市人民政府办公室
2020年9月30日印发
"""
    policy = parse_policy(text)
    assert [clause.wording for clause in policy.clauses] == ["一、开办企业\n网上办理。"]
    assert [matter.role for matter in policy.front] == [
        "issuer", "number", "title", "addressee", "notice", "signature", "date", "title", "preamble",
    ]  # fmt: skip
    assert [matter.role for matter in policy.back] == ["cc", "print", "print"]
    assert policy.title == "某市优化营商环境措施"
    assert policy.issuer == "某市人民政府"
    assert policy.document_number == "某政发〔2020〕29号"
    assert policy.issued == "2020-09-30"


def test_a_text_without_any_label_has_clauses_all_the_same() -> None:
    policy = parse_policy(
        "关于开展检查的通知\n各有关单位：\n请于本月开展检查。\n结果报我局。\n某市税务局\n2021年3月1日\n"
    )
    assert [clause.anchor for clause in policy.clauses] == ["al_1", "al_2"]
    assert policy.issued == "2021-03-01"


def test_a_number_printed_twice_is_a_fault() -> None:
    parsed = parse_text("一、甲\n网上办理。\n二、乙\n一窗受理。\n二、丙\n限时办结。")
    assert [problem.line for problem in parsed.problems] == [5]
    assert len({clause.anchor for clause in parsed.policies[0].clauses}) == 3


def test_a_number_printed_wrong_in_a_list_begins_a_clause_all_the_same() -> None:
    text = "第一条 下列项目应当进场交易：\n（一）工程；\n（二）采购；\n（二）土地；\n（五）产权。\n第二条 本办法施行。"
    parsed = parse_text(text)
    labels = [clause.label for clause in parsed.policies[0].clauses]
    assert labels == ["第一条", "（一）", "（二）", "（二）", "（五）", "第二条"]
    assert [problem.line for problem in parsed.problems] == [4]


def test_an_article_after_a_missing_one_is_not_swallowed_by_a_full_line() -> None:
    text = """第一条 为规范政府投资项目审批行为，提高审批效率
，根据《政府投资条例》等规定，制定本细则。
第二条 项目管理机构应当在全国投资协会办理登记。
第四条 基金在存续期满之后退出，也可以通过回购的
方式提前退出；依照第五条、第六条的规定收取费用。
第六条 本细则公布之前，应当征求有关部门的意见
，征求意见的期限不少于三十日。
"""
    assert [clause.anchor for clause in parse_policy(text).clauses] == ["art_1", "art_2", "art_4", "art_6"]


def test_tables_and_attachments_stand_at_the_margin_of_an_indented_text() -> None:
    text = """　　一、推行“一窗受理”，压缩审批时限，落实责
任分工，按时完成任务。
　　二、各部门应当依照附件的分工，按时完成各项
任务，并于每季度末报送进展情况。
附件1
任务分解表
任务\t责任单位
一窗受理\t市审批局
附件2
办理流程
　　一、申请人提出申请。
"""
    assert [clause.wording for clause in parse_policy(text).clauses][2:] == [
        "附件1\n任务分解表", "任务\t责任单位", "一窗受理\t市审批局", "附件2\n办理流程", "一、申请人提出申请。",
    ]  # fmt: skip


def test_an_indent_begins_a_paragraph_though_chapters_stand_at_the_margin() -> None:
    text = """第一章　总则
　　第一条　为了优化环境，依照
有关法律的规定制定本条例。
　　本市的有关工作适用本条例。
　　本条例由市政府负责解释的。
第二章　附则
　　第二条　本条例自二〇二三
年一月一日起施行，依照实施。
"""
    assert [clause.anchor for clause in parse_policy(text).clauses] == [
        "chp_1", "art_1", "art_1__para_2", "art_1__para_3", "chp_2", "art_2",
    ]  # fmt: skip


def test_the_members_of_a_markdown_list_are_paragraphs() -> None:
    text = "# 方案\n## 一、任务\n1. 完善机制，做到：\n- 当日核验；\n- 免征关税。\n2. 推行网上办理。"
    assert [clause.wording for clause in parse_policy(text).clauses] == [
        "一、任务", "1. 完善机制，做到：", "当日核验；", "免征关税。", "2. 推行网上办理。",
    ]  # fmt: skip


def test_a_list_of_attachments_with_chinese_numbers_is_back_matter() -> None:
    text = "一、任务\n各地要落实。\n二、要求\n各地要报告。\n附件一：办理流程\n附件二：材料清单\n附件一\n办理流程\n一、申请\n网上提交。\n附件二\n材料清单\n一、身份证明\n原件。"
    policy = parse_policy(text)
    assert [clause.anchor for clause in policy.clauses] == [
        "sec_1", "sec_2", "att_1", "att_1__sec_1", "att_2", "att_2__sec_1",
    ]  # fmt: skip
    assert {matter.role for matter in policy.back} == {"attachments"}


def test_how_a_text_is_disclosed_is_back_matter() -> None:
    policy = parse_policy(
        "某市办法\n第一条 制定本办法。\n第二条 本办法施行。\n公开方式：主动公开\n抄送：市委办公室。\n"
    )
    assert [clause.anchor for clause in policy.clauses] == ["art_1", "art_2"]
    assert [matter.role for matter in policy.back] == ["remark", "cc"]


def test_what_closes_the_attachments_is_back_matter() -> None:
    text = """某市政府办公室关于印发某方案的通知
各有关单位：
现将《某方案》印发给你们。
某市政府办公室
2024年6月3日
某方案
一、目标
各地要落实。
附件1
清单
一、审批
网上办理。
附件2
流程
一、申请
网上提交。
抄送：市委办公室，市人大常委会办公室。
某市政府办公室　　2024年6月3日印发
"""
    policy = parse_policy(text)
    assert [clause.anchor for clause in policy.clauses] == [
        "sec_1", "att_1", "att_1__sec_1", "att_2", "att_2__sec_1",
    ]  # fmt: skip
    assert policy.clauses[-1].wording == "一、申请\n网上提交。"
    assert [matter.role for matter in policy.back] == ["cc", "print"]
