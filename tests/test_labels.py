"""Which beginnings of a line are labels."""

import pytest

from generator.parsing.labels import Style, find_label


@pytest.mark.parametrize(
    ("line", "style", "printed", "number"),
    [
        ("第一编 总则", Style.PART, "第一编", 1),
        ("第一部分 总体要求", Style.PART, "第一部分", 1),
        ("第一章 总 则", Style.CHAPTER, "第一章", 1),
        ("第 一 章　总　则", Style.CHAPTER, "第 一 章", 1),
        ("第二节 一般规定", Style.SECTION, "第二节", 2),
        ("第一条　为了规范", Style.ARTICLE, "第一条", 1),
        ("第一条为了规范", Style.ARTICLE, "第一条", 1),
        ("第一百零二条 本办法", Style.ARTICLE, "第一百零二条", 102),
        ("第十五条之一 本办法", Style.ARTICLE, "第十五条之一", 15),
        ("一、总体要求", Style.HAN_COMMA, "一、", 1),
        ("（一）开办企业", Style.HAN_BRACKET, "（一）", 1),
        ("(七) 优化", Style.HAN_BRACKET, "(七)", 7),
        ("（十八)包容", Style.HAN_BRACKET, "（十八)", 18),
        ("1.压缩", Style.DIGIT_DOT, "1.", 1),
        ("12．压缩", Style.DIGIT_DOT, "12．", 12),
        ("3、压缩", Style.DIGIT_DOT, "3、", 3),
        ("1.2021年底前取消", Style.DIGIT_DOT, "1.", 1),
        ("2.12345热线", Style.DIGIT_DOT, "2.", 2),
        ("（1）压缩", Style.DIGIT_BRACKET, "（1）", 1),
        ("2）压缩", Style.DIGIT_BRACKET, "2）", 2),
        ("③压缩", Style.CIRCLED, "③", 3),
        ("㈡获得电力", Style.HAN_BRACKET, "㈡", 2),
        ("⒊压缩", Style.DIGIT_DOT, "⒊", 3),
        ("⑷压缩", Style.DIGIT_BRACKET, "⑷", 4),
        ("二 、政策措施", Style.HAN_COMMA, "二 、", 2),
        ("第一章 公开、公平，优化市场环境", Style.CHAPTER, "第一章", 1),
        ("B. 国有企业", Style.LETTER, "B. ", 2),
        ("A类用户", Style.LETTER, "A类", 1),
        ("十一是优化", Style.ORDINAL, "十一是", 11),
        ("二要强化", Style.ORDINAL, "二要", 2),
        ("——坚持服务转型", Style.DASH, "——", None),
        ("附件1", Style.ATTACHMENT, "附件1", 1),
        ("附件：", Style.ATTACHMENT, "附件", None),
    ],
)
def test_label(line: str, style: Style, printed: str, number: int | None) -> None:
    label = find_label(line)
    assert label is not None
    assert (label.style, label.printed, label.number) == (style, printed, number)


def test_inserted_article_has_both_numbers() -> None:
    label = find_label("第十五条之一 本办法")
    assert label is not None
    assert (label.number, label.insertion) == (15, 1)


@pytest.mark.parametrize(
    "line",
    [
        "第八章之规定，加强与消费者协会的沟通",
        "第九条、第十条规定开具原产地声明。",
        "第三条第二款规定的情形",
        "第一部分为规划背景，分析了发展基础。",
        "2021 年底前取消",
        "2021.",
        "5分/千瓦时。",
        "0.5个工作日",
        "1.5倍以上",
        "（财政部负责）",
        "（三）项所列情形",
        "100%。",
        "一、二类出口企业",
        "A类别之外",
        "——",
        "附件：1. 办事指南",
    ],
)
def test_what_only_looks_like_a_label(line: str) -> None:
    assert find_label(line) is None
