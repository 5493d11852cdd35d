"""References: against the verified readings, a table of constructions, the corpus turned round, and promises."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis import Library, find_references, referrers, unknown_documents
from generator.analysis.references.library import names_its_place
from generator.model import (
    Address,
    Analysis,
    Clause,
    Corpus,
    CorpusError,
    Eid,
    Jurisdiction,
    Policy,
    Reference,
)
from generator.parsing.numerals import to_int
from generator.vocabulary.documents import read_documents
from tests.support.corpora import parse_policy
from tests.support.paths import citations
from tests.support.times import takes_its_length
from tests.support.words import WORDS, folder_with
from tests.test_gold import READINGS, policy_of, squeeze

# --- against the verified readings ------------------------------------------------------------------------

Fact = tuple[str, str, str | None, str | None, tuple[str, ...]]


def fact(reference: Reference) -> Fact:
    """What is compared of a reference; the targets only where it is internal."""
    targets = [target.anchor or "" for target in reference.targets if reference.type == "internal"]
    title = squeeze(reference.title) if reference.title else None
    return reference.type, squeeze(reference.quote), title, reference.document_number, tuple(targets)


def expected_facts(reading: dict[str, Any], policy: Policy) -> Counter[Fact]:
    """The references of a reading, those left out that the print does not mark with 《》 (they are optional)."""
    facts: Counter[Fact] = Counter()
    for entry in reading["clauses"]:
        for one in entry.get("references", ()):
            if not one.get("unmarked"):
                targets = tuple(anchor_of(path, entry["label"], policy) for path in one["target_clauses"])
                facts[
                    one["type"], squeeze(one["quote"]), one["target_title"], one["document_number"], targets
                ] += 1
    return facts


def anchor_of(path: str, article: str, policy: Policy) -> str:
    """The anchor of 本条/第一款/第一项, said in the 条 with this label."""
    names = {"条": "art", "款": "para", "项": "point"}
    steps = path.replace("本条", article).split("/")
    name = "__".join(f"{names[step[-1]]}_{to_int(step[1:-1])}" for step in steps)
    (anchor,) = [one.anchor for one in policy.clauses if name in (one.anchor, *one.aliases)]
    return anchor


# The reading marks 《规划》 in 一、 and 二、 of the appended explanation and in the paragraphs and items of 三、 and
# 四、, but not in the headings and first paragraphs of 三、 and 四、 themselves: two in each, of the same kind.
NOT_IN_THE_READING: dict[str, Counter[Fact]] = {
    "shanxi-plan": Counter({("external", "《规划》", "规划", None, ()): 4})
}


@pytest.mark.parametrize("path", READINGS, ids=lambda path: path.stem)
def test_the_references_of_a_verified_reading(path: Path, corpus: Corpus) -> None:
    reading = json.loads(path.read_text("utf-8"))
    policy = policy_of(reading, corpus)
    found = Counter(fact(one) for clause in policy.clauses for one in corpus.analysis(clause).references)
    assert found == expected_facts(reading, policy) + NOT_IN_THE_READING.get(path.stem, Counter())


def test_every_reference_stands_in_the_clause_where_it_was_read(corpus: Corpus) -> None:
    for path in READINGS:
        reading = json.loads(path.read_text("utf-8"))
        policy = policy_of(reading, corpus)
        for entry in reading["clauses"]:
            quotes = Counter(
                squeeze(one["quote"]) for one in entry.get("references", ()) if not one.get("unmarked")
            )
            wording = squeeze(entry["wording"])
            (top,) = [one for one in policy.clauses if squeeze(one.wording) == wording][:1]
            below = {top.anchor}
            for clause in policy.clauses:
                if clause.parent in below:
                    below.add(clause.anchor)
            found = Counter(
                squeeze(reference.quote)
                for clause in policy.clauses
                if clause.anchor in below
                for reference in corpus.analysis(clause).references
            )
            assert quotes <= found, entry["label"]


# --- small texts ------------------------------------------------------------------------------------------

_ARTICLES = "\n".join(f"第{number}条 某事依法办理。" for number in ("六", "七", "八", "九", "十", "十一"))
LAW_TEXT = f"""江州市政务服务管理办法
第一章 总则
第一条 为了规范政务服务，制定本办法。
第二条 本市的政务服务，适用本办法。
第二章 办理
第三条 有下列情形之一的，不予办理：
（一）材料不全的；
（二）条件不符的：
1.年龄不符；
2.地域不符；
（三）依法不予办理的；
（四）其他情形。
当事人可以更正，下列材料可以后补：
（一）照片；
（二）复印件。
更正以三次为限。
补正期限为五日。
第四条 逾期不补正的，视为放弃。
第五条 某事依法办理。
第五条之一 某事从快办理。
{_ARTICLES}
第三章 附则
第十二条 本办法自2022年1月1日起施行。
"""
PLAN_TEXT = """江州市营商环境提升行动方案
一、总体要求
坚持目标导向。
二、重点任务
（一）便利开办企业
1.压缩开办时间。一日办结。
2.推行一照多址。
（二）便利办理许可
3.合并审批事项。
4.推行告知承诺。
三、组织保障
（一）加强领导。
（二）加强考核。
"""
ATTACHED_TEXT = """关于开展涉企收费整治工作的通知
江发改价〔2021〕45号
各县（市、区）发展改革局：
现将有关事项通知如下：
一、整治重点
违规收费。
二、工作步骤
自查自纠。
江州市发展和改革委员会
2021年5月6日
附件1
自查指引
一、自查范围
二、自查内容
（一）有无依据；
（二）有无超标。
附件2
自查工作办法
第一条 为了规范自查，制定本办法。
第二条 自查由单位进行。
"""


def copy_of(policy: Policy, id_: str, **changes: Any) -> Policy:  # noqa: ANN401
    """The policy under another id, with other metadata."""
    return replace(
        policy, id=id_, clauses=tuple(replace(one, policy=id_) for one in policy.clauses), **changes
    )


def with_text(policy: Policy, anchor: str, text: str) -> Policy:
    """The policy with another text, after its label, in one clause."""
    clauses = tuple(
        replace(one, wording=f"{one.label or ''}{text}") if one.anchor == anchor else one
        for one in policy.clauses
    )
    assert clauses != policy.clauses, anchor
    return replace(policy, clauses=clauses)


def references_of(policies: Sequence[Policy], policy: Policy, anchor: str) -> tuple[Reference, ...]:
    """The references found in one clause."""
    found = find_references(policies, Library(policies, WORDS), WORDS.documents)
    return found.get(Address(policy.id, anchor), ())


def pointed_at(template: str, anchor: str, text: str) -> list[tuple[str, list[str]]]:
    """What a text, put in one clause of a policy, points at: each quote and the anchors it leads to."""
    policy = with_text(parse_policy(template), anchor, text)
    return [
        (reference.quote, [target.anchor or "" for target in reference.targets])
        for reference in references_of([policy], policy, anchor)
    ]


INSIDE_A_LAW = [
    # The own document by its name.
    ("art_9", "依照本办法第三条、第四条的规定", [("本办法第三条、第四条", ["art_3", "art_4"])]),
    ("art_9", "违反本法第三条第二款", [("本法第三条第二款", ["art_3__para_2"])]),
    ("art_9", "按照本实施办法第四条办理", [("本实施办法第四条", ["art_4"])]),
    ("art_9", "本办法第三条第一款第（三）项", [("本办法第三条第一款第（三）项", ["art_3__para_1__point_3"])]),
    ("art_9", "本办法第三条第一款（三）项", [("本办法第三条第一款（三）项", ["art_3__para_1__point_3"])]),
    ("art_9", "本办法第三条第三项", [("本办法第三条第三项", ["art_3__para_1__point_3"])]),
    (
        "art_9",
        "本办法第三条第（二）项第1目所列",
        # （二） stands in the first and in the second 款: which is meant, the text does not say.
        [("本办法第三条第（二）项第1目", [])],
    ),
    (
        "art_9",
        "本办法第三条第一款第（二）项第1目所列",
        [("本办法第三条第一款第（二）项第1目", ["art_3__para_1__point_2__indent_1"])],
    ),
    ("art_9", "本办法第九十条", [("本办法第九十条", [])]),
    ("art_9", "本办法第五条之一", [("本办法第五条之一", ["art_5-1"])]),
    ("art_9", "本办法第 3 条 、第4条", [("本办法第 3 条 、第4条", ["art_3", "art_4"])]),
    ("art_9", "本办法\n第四条", [("本办法\n第四条", ["art_4"])]),
    ("art_9", "本办法第二章", [("本办法第二章", ["chp_2"])]),
    # Lists and ranges.
    ("art_9", "第六条至第八条规定", [("第六条至第八条", ["art_6", "art_7", "art_8"])]),
    ("art_9", "第六条到第八条规定", [("第六条到第八条", ["art_6", "art_7", "art_8"])]),
    ("art_9", "第六至八条规定", [("第六至八条", ["art_6", "art_7", "art_8"])]),
    ("art_9", "第六条—第七条规定", [("第六条—第七条", ["art_6", "art_7"])]),
    ("art_9", "第5条-第6条规定", [("第5条-第6条", ["art_5", "art_5-1", "art_6"])]),
    ("art_9", "第十条至第二十三条规定", [("第十条至第二十三条", ["art_10", "art_11", "art_12"])]),
    ("art_9", "第六、七条和第十条规定", [("第六、七条和第十条", ["art_6", "art_7", "art_10"])]),
    (
        "art_9",
        "第三条第一款、第三款和第四条的规定",
        [("第三条第一款、第三款和第四条", ["art_3", "art_3__para_3", "art_4"])],
    ),
    (
        "art_3__para_3",
        "本条第一款第（一）、（三）项情形",
        [("本条第一款第（一）、（三）项", ["art_3__para_1__point_1", "art_3__para_1__point_3"])],
    ),
    (
        "art_3__para_3",
        "本条第一款第（一）项至第（三）项情形",
        [
            (
                "本条第一款第（一）项至第（三）项",
                ["art_3__para_1__point_1", "art_3__para_1__point_2", "art_3__para_1__point_3"],
            )
        ],
    ),
    # By position.
    ("art_3__para_2", "依照前款规定", [("前款", ["art_3"])]),
    ("art_3__para_3", "依照前款规定", [("前款", ["art_3__para_2"])]),
    ("art_3__para_3", "依照前两款规定", [("前两款", ["art_3", "art_3__para_2"])]),
    ("art_3__para_4", "除前三款规定外", [("前三款", ["art_3", "art_3__para_2", "art_3__para_3"])]),
    ("art_3__para_4", "依照本条前两款规定", [("本条前两款", ["art_3__para_2", "art_3__para_3"])]),
    ("art_3__para_3", "依照上款规定", [("上款", ["art_3__para_2"])]),
    ("art_3__para_3", "上款所列材料", [("上款", ["art_3__para_2"])]),
    ("art_3__para_2", "前款第三项规定", [("前款第三项", ["art_3__para_1__point_3"])]),
    (
        "art_3__para_2",
        "前款第（一）项、第（二）项",
        [("前款第（一）项、第（二）项", ["art_3__para_1__point_1", "art_3__para_1__point_2"])],
    ),
    # The 款 before a 项 is the one before its own.
    ("art_3__para_2__point_1", "前款规定的情形", [("前款", ["art_3"])]),
    ("art_3__para_1__point_3", "前款规定的情形", [("前款", [])]),
    (
        "art_3__para_1__point_3",
        "前两项规定",
        [("前两项", ["art_3__para_1__point_1", "art_3__para_1__point_2"])],
    ),
    ("art_3__para_1__point_3", "符合前项规定", [("前项", ["art_3__para_1__point_2"])]),
    ("art_4", "依照前条规定", [("前条", ["art_3"])]),
    ("art_4", "依照前条第二款规定", [("前条第二款", ["art_3__para_2"])]),
    ("art_5", "依照前两条规定", [("前两条", ["art_3", "art_4"])]),
    ("art_6", "依照前条规定", [("前条", ["art_5-1"])]),
    ("art_1", "依照前条规定", [("前条", [])]),
    ("art_3__para_2", "本款第（二）项", [("本款第（二）项", ["art_3__para_2__point_2"])]),
    (
        "art_3__para_2__point_1",
        "本条第三款和本款",
        [("本条第三款", ["art_3__para_3"]), ("本款", ["art_3__para_2"])],
    ),
    ("art_3__para_3", "本条所称材料", [("本条", ["art_3"])]),
    ("art_4", "违反本章规定", [("本章", ["chp_2"])]),
    ("art_4", "依照第一章的规定", [("第一章", ["chp_1"])]),
    # By number alone.
    ("art_9", "依照第四条规定", [("第四条", ["art_4"])]),
    ("art_9", "有第三条第一款第二项情形的", [("第三条第一款第二项", ["art_3__para_1__point_2"])]),
    ("art_3__para_3", "第二款规定的材料", [("第二款", ["art_3__para_2"])]),
    ("art_3__para_2", "第（二）项材料不能后补", []),  # 项材料: a count or a clause, the text does not say
    ("art_3__para_2", "第（二）项的材料", [("第（二）项", ["art_3__para_2__point_2"])]),
    ("art_3__para_3", "第（四）项的情形", [("第（四）项", ["art_3__para_1__point_4"])]),
    ("art_9", "依照第九十条规定", []),
    ("art_9", "除第七条、第八条另有规定外", [("第七条、第八条", ["art_7", "art_8"])]),
    ("art_9", "按照第七条关于期限的规定", [("第七条", ["art_7"])]),
    ("art_9", "依照第七条申请，第八条同时适用", [("第七条", ["art_7"]), ("第八条", ["art_8"])]),
    # The 条 named before.
    (
        "art_9",
        "本办法第三条第一款、同条第二款规定",
        [("本办法第三条第一款、同条第二款", ["art_3", "art_3__para_2"])],
    ),
    (
        "art_9",
        "本办法第三条第一款规定的，依照该条第二款、第三款处理",
        [("本办法第三条第一款", ["art_3"]), ("该条第二款、第三款", ["art_3__para_2", "art_3__para_3"])],
    ),
    (
        "art_9",
        "本办法第三条、第四条规定的，依照该条第二款处理",
        [("本办法第三条、第四条", ["art_3", "art_4"])],
    ),
    ("art_9", "依照本办法第三条处理。该条第二款除外", [("本办法第三条", ["art_3"])]),
    (
        "art_9",
        "依照本办法第三条和《处罚法》第四条，该条第二款除外",
        [("本办法第三条", ["art_3"]), ("《处罚法》第四条", [])],
    ),
    # What another text is to say.
    (
        "art_9",
        "《处罚法》第三条修改为：“第三条 依照本法第一条、前条规定办理。”",
        [("《处罚法》第三条", [])],
    ),
    (
        "art_3__para_2",
        "《处罚法》第三条增加一款，作为第二款：“前款的“期限”为五日。”；本条前款除外",
        [("《处罚法》第三条", []), ("本条前款", ["art_3"])],
    ),
    ("art_3__para_2", '《处罚法》第三条修改为："依照前款', [("《处罚法》第三条", [])]),
    # A 款 after another 条 may be of that 条.
    ("art_3__para_3", "依照第四条的规定办理，第二款的材料除外", [("第四条", ["art_4"])]),
    (
        "art_3__para_3",
        "依照第四条的规定办理。第二款的材料除外",
        [("第四条", ["art_4"]), ("第二款", ["art_3__para_2"])],
    ),
    (
        "art_3__para_3",
        "本条第一款、第二款的材料和第一款的情形",
        [("本条第一款、第二款", ["art_3", "art_3__para_2"]), ("第一款", ["art_3"])],
    ),
]


@pytest.mark.parametrize(("anchor", "text", "expected"), INSIDE_A_LAW)
def test_what_a_law_says_of_itself(anchor: str, text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert pointed_at(LAW_TEXT, anchor, text) == expected


NO_REFERENCES = [
    "主要负责人是第一责任人，第三方机构参加评估，第一时间报告。",
    "基本条件具备、基本条款齐全的，资本项目收入、成本款项、样本章节另行规定。",
    "第一书记、第二产业、第三人、第一批、第二十次会议、第十二届、第三方。",
    "建设第一条生产线、第二条高速公路，落实第一项任务和第三节课。",
    "本条例行检查、本项目、本款项、本章程、本节能方案、本条件下。",
    "目前款项、以前项目、开工前条件、之前条款、网上款项、以上条款、提前款。",
    "有下列情形之一的，参照上述要求，应当符合以下条件，从其规定。",
    "依照民法典第五条、该条例第三条、其第四条、劳动合同第六条、同条第二款的规定。",
    "明显不符合专利法第二条第二款、第三条第一款或者第四条的规定，按照专利合作条约第二条办理。",
    "违反本办法规定的，依照有关法律、法规的规定处理。",
    "12345号热线、1号楼、京A12345号、第3号通道、第十五号楼。",
    "责令第3号企业改正。",
    "《》《 和》《。",
]


@pytest.mark.parametrize("text", NO_REFERENCES)
@pytest.mark.parametrize(("template", "anchor"), [(LAW_TEXT, "art_9"), (PLAN_TEXT, "subpara_3")])
def test_what_is_no_reference(template: str, anchor: str, text: str) -> None:
    assert pointed_at(template, anchor, text) == []


OUTSIDE_A_LAW = [
    ("subpara_3", "落实本方案第二部分任务", [("本方案第二部分", ["sec_2"])]),
    ("subpara_3", "落实本方案第三部分第（二）项", [("本方案第三部分第（二）项", ["sec_3__para_2"])]),
    ("subpara_3", "落实本方案第二部分第（一）项第2点", [("本方案第二部分第（一）项第2点", ["subpara_2"])]),
    ("subpara_3", "落实本方案第1项、第4条", [("本方案第1项、第4条", ["subpara_1", "subpara_4"])]),
    (
        "subpara_3",
        "落实本方案第一条至第三条",
        [("本方案第一条至第三条", ["subpara_1", "subpara_2", "subpara_3"])],
    ),
    # （一） stands under two headings: which is meant, the text does not say.
    ("subpara_3", "落实本方案第（一）项", [("本方案第（一）项", [])]),
    ("subpara_3", "落实本方案第九部分", [("本方案第九部分", [])]),
    # Without a name of the document a number only counts.
    ("subpara_3", "第三条、第二部分、前款、本条、第一项、上述第3项", []),
]


@pytest.mark.parametrize(("anchor", "text", "expected"), OUTSIDE_A_LAW)
def test_what_a_plan_says_of_itself(anchor: str, text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert pointed_at(PLAN_TEXT, anchor, text) == expected


AMENDMENT_TEXT = """江州市人民代表大会常务委员会关于修改《江州市优化营商环境条例》的决定
江州市人民代表大会常务委员会决定对《江州市优化营商环境条例》作如下修改：
一、将第三条中的“五日”修改为“三日”。
二、删去第五条第二款。
三、第六条改为第七条，删去其中的“三日”。
四、本条例第九条的期限不变。
本决定自公布之日起施行。
"""


def test_an_amendment_does_not_point_at_itself() -> None:
    # 本条例 and 第三条 are the amended law's; 一、 to 四、 are no 条 of it.
    for anchor, text in (
        ("sec_1", "将第三条修改为：“依照本条例第四条的规定执行。”"),
        ("sec_3", "本条例第四条、第一条，前款规定"),
    ):
        assert pointed_at(AMENDMENT_TEXT, anchor, text) == []
    assert pointed_at(AMENDMENT_TEXT, "sec_3", "自本决定第一条施行起") == [("本决定第一条", ["sec_1"])]


def test_the_unnumbered_paragraph_before_another() -> None:
    notice = PLAN_TEXT.replace("一日办结。\n", "一日办结。\n由窗口受理。\n由窗口办结。\n")
    for anchor, before in (("subpara_1__al_2", "subpara_1"), ("subpara_1__al_3", "subpara_1__al_2")):
        assert pointed_at(notice, anchor, "依照前款规定，前两款、前项除外") == [("前款", [before])]


ATTACHMENTS = [
    ("sec_1", "按时报送（附件1）、附件 2", [("附件1", ["att_1"]), ("附件 2", ["att_2"])]),
    ("sec_1", "见附件1、2和附件3", [("附件1、2和附件3", ["att_1", "att_2"])]),
    ("sec_1", "依照附件2第二条办理", [("附件2第二条", ["att_2__art_2"])]),
    ("sec_1", "依照附件1第二部分第（一）项", [("附件1第二部分第（一）项", ["att_1__sec_2__para_1"])]),
    ("sec_1", "见附件，附件9，文件附件", []),
    ("sec_1", "填写《自查表》（附件1）", [("《自查表》", []), ("附件1", ["att_1"])]),
    # An attachment by its title.
    ("sec_1", "依照《自查工作办法》第二条", [("《自查工作办法》第二条", ["att_2__art_2"])]),
    ("sec_1", "《自查工作办法》（见附件2）", [("《自查工作办法》", ["att_2"]), ("附件2", ["att_2"])]),
    ("sec_1", "《自查指引》（江发〔2020〕1号）", [("《自查指引》（江发〔2020〕1号）", [])]),
    (
        "att_2__art_2",
        "依照本办法第一条、第二条",
        [("本办法第一条、第二条", ["att_2__art_1", "att_2__art_2"])],
    ),
    ("att_2__art_2", "依照第一条规定", [("第一条", ["att_2__art_1"])]),
    ("att_2__art_2", "依照本通知第二部分", [("本通知第二部分", ["sec_2"])]),
    ("att_1__sec_2", "依照本通知第二部分", [("本通知第二部分", ["sec_2"])]),
]


@pytest.mark.parametrize(("anchor", "text", "expected"), ATTACHMENTS)
def test_attachments(anchor: str, text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert pointed_at(ATTACHED_TEXT, anchor, text) == expected


TABLES_TEXT = """关于开展涉企收费整治工作的通知
江发改价〔2021〕45号
各县（市、区）发展改革局：
现将有关事项通知如下：
一、整治重点
违规收费。
二、工作步骤
自查自纠。
江州市发展和改革委员会
2021年5月6日
附件1
自查指引
表1 收费项目
项目\t标准\t单位
开户费\t10元\t甲局
年检费\t20元\t乙局
表2 收费单位
单位\t电话\t地址
甲局\t1\t甲路
乙局\t2\t乙路
丙局\t3\t丙路
附件2
任务清单
序号\t任务\t单位
1\t清理收费\t甲局
2\t公开收费\t乙局
4\t退还收费\t丙局
附件3
联系人名单
姓名\t电话\t单位
张某\t1\t甲局
李某\t2\t乙局
"""

ROWS = [
    ("sec_1", "见附件1表2第3行", [("附件1表2第3行", ["att_1__table_2__tr_3"])]),
    ("sec_1", "附件1表二第2行", [("附件1表二第2行", ["att_1__table_2__tr_2"])]),
    (
        "sec_1",
        "附件1表2第2、3行",
        [("附件1表2第2、3行", ["att_1__table_2__tr_2", "att_1__table_2__tr_3"])],
    ),
    ("sec_1", "附件1表1、表2", [("附件1表1、表2", ["att_1__table_1", "att_1__table_2"])]),
    ("sec_1", "附件1、表2", [("附件1", ["att_1"])]),
    # A row by the number it prints; by its place, where both are the same row.
    (
        "sec_1",
        "附件2第4项、第1项",
        [("附件2第4项、第1项", ["att_2__table_1__tr_4", "att_2__table_1__tr_1"])],
    ),
    ("sec_1", "附件2表第4项", [("附件2表第4项", ["att_2__table_1__tr_4"])]),
    ("sec_1", "附件2第2行", [("附件2第2行", ["att_2__table_1__tr_2"])]),
    ("sec_1", "附件2第3行，附件2第4行，附件2第3项", []),
    ("sec_1", "附件3第2行", [("附件3第2行", ["att_3__table_1__tr_2"])]),
    ("sec_1", "附件3第3行，附件3第2项，附件1第2行，附件1表3第1行，附件1表2第1组", []),
    # A table by its number alone: of the same text, else of the only one that prints the number.
    ("att_1__table_1__tr_1", "按照表2第1行", [("表2第1行", ["att_1__table_2__tr_1"])]),
    (
        "sec_1",
        "表1第2行、表2第1行",
        [("表1第2行、表2第1行", ["att_1__table_1__tr_2", "att_1__table_2__tr_1"])],
    ),
    ("sec_1", "表3第1行，表1，报表1第2行，附表1第2行，见表1第3行业，表一式两份", []),
    ("sec_1", "第2行，第一组，本通知第二组", []),
    ("sec_1", "《某市某办法》表1第2行", [("《某市某办法》表1第2行", [])]),
]


@pytest.mark.parametrize(("anchor", "text", "expected"), ROWS)
def test_rows_of_tables(anchor: str, text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert pointed_at(TABLES_TEXT, anchor, text) == expected


def test_a_number_printed_above_one_table_and_counted_for_another_names_neither() -> None:
    """附件1表2: the second of its tables, or the one that calls itself 表2?"""
    text = TABLES_TEXT.replace("表2 收费单位", "表3 收费单位").replace("表1 收费项目", "表2 收费项目")
    assert pointed_at(text, "sec_1", "附件1表2第1行") == []
    assert pointed_at(text, "sec_1", "附件1表3第1行") == [("附件1表3第1行", ["att_1__table_2__tr_1"])]


def test_the_citation_of_a_row_leads_to_that_row() -> None:
    policy = parse_policy(TABLES_TEXT)
    cited = {anchor: text for anchor, text in citations(policy).items() if "__tr_" in anchor}
    assert len(cited) == 10
    for anchor, text in cited.items():
        citing = copy_of(with_text(parse_policy(PLAN_TEXT), "subpara_3", f"按照{text}的规定办理。"), "citing")
        (reference,) = references_of([policy, citing], citing, "subpara_3")
        assert reference.targets == (Address(policy.id, anchor),), text


# --- documents ----------------------------------------------------------------------------------------------


def documents_in(text: str) -> list[tuple[str, str, str | None, str | None]]:
    """Type, quote, title and number of each reference of a text that stands in a plan."""
    policy = with_text(parse_policy(PLAN_TEXT), "subpara_3", text)
    return [
        (one.type, one.quote, one.title, one.document_number)
        for one in references_of([policy], policy, "subpara_3")
    ]


def one_document(
    quote: str, title: str | None, number: str | None = None
) -> list[tuple[str, str, str | None, str | None]]:
    """A single external reference."""
    return [("external", quote, title, number)]


DOCUMENTS = [
    ("依据《招标投标法》", one_document("《招标投标法》", "招标投标法")),
    (
        "《中华人民共和国招标投标法》第十二条第一款",
        one_document("《中华人民共和国招标投标法》第十二条第一款", "中华人民共和国招标投标法"),
    ),
    ("《旅游法》第九十一条、第九十二条之规定", one_document("《旅游法》第九十一条、第九十二条", "旅游法")),
    ("《旅游法》第八章、第十条至第十二条的规定", one_document("《旅游法》第八章、第十条至第十二条", "旅游法")),
    # Numbers: in the bracket after the title, before it, alone; in any brackets, with spaces.
    (
        "《国务院办公厅关于加强督查的通知》（国办发〔2019〕11号）要求",
        one_document(
            "《国务院办公厅关于加强督查的通知》（国办发〔2019〕11号）",
            "国务院办公厅关于加强督查的通知",
            "国办发〔2019〕11号",
        ),
    ),
    ("《督查办法》(国办发[2019] 11 号)", one_document("《督查办法》(国办发[2019] 11 号)", "督查办法", "国办发[2019]11号")),
    ("《督查办法》（国办发（2019）11号）", one_document("《督查办法》（国办发（2019）11号）", "督查办法", "国办发（2019）11号")),
    ("《督查办法》【国办发【2019】11号】", one_document("《督查办法》【国办发【2019】11号】", "督查办法", "国办发【2019】11号")),
    ("《优化条例》（国务院令第722号）第八条", one_document("《优化条例》（国务院令第722号）第八条", "优化条例", "国务院令第722号")),
    ("《优化条例》（2019年10月22日国务院令第722号公布）", one_document(
        "《优化条例》（2019年10月22日国务院令第722号公布）", "优化条例", "国务院令第722号"
    )),
    ("《招标规定》（国家发展改革委 2018 年第 16 号令）", one_document(
        "《招标规定》（国家发展改革委 2018 年第 16 号令）", "招标规定", "国家发展改革委2018年第16号令"
    )),
    ("《申报规定》（第16号令）", one_document("《申报规定》（第16号令）", "申报规定", "第16号令")),
    ("《申报规定》（财政部令第3号公布，财政部令第16号修改）第五条", one_document(
        "《申报规定》（财政部令第3号公布，财政部令第16号修改）第五条", "申报规定", "财政部令第3号"
    )),
    ("《申报规定》（财综〔2019〕3号、财综〔2019〕4号）", one_document(
        "《申报规定》（财综〔2019〕3号、财综〔2019〕4号）", "申报规定", "财综〔2019〕3号、财综〔2019〕4号"
    )),
    ("《督查办法》（国办发〔2019〕11号，以下简称《办法》）第三条", one_document(
        "《督查办法》（国办发〔2019〕11号，以下简称《办法》）第三条", "督查办法", "国办发〔2019〕11号"
    )),
    ("按照国发〔2016〕33号《信用意见》", one_document("国发〔2016〕33号《信用意见》", "信用意见", "国发〔2016〕33号")),
    ("按照国发〔2016〕33号文件《信用意见》", one_document("国发〔2016〕33号文件《信用意见》", "信用意见", "国发〔2016〕33号")),
    ("按照财税〔2019〕13号文第二条、第三条的规定", one_document(
        "财税〔2019〕13号文第二条、第三条", None, "财税〔2019〕13号"
    )),
    ("按照国办发〔2020〕24号文件要求", one_document("国办发〔2020〕24号", None, "国办发〔2020〕24号")),
    ("根据国务院令第722号", one_document("国务院令第722号", None, "国务院令第722号")),
    ("自2020年5月国办发〔2020〕24号印发以来", one_document("国办发〔2020〕24号", None, "国办发〔2020〕24号")),
    ("依国家税务总局公告2019年第48号", one_document("国家税务总局公告2019年第48号", None, "国家税务总局公告2019年第48号")),
    ("依据工业和信息化部公告2020年第1号", one_document("工业和信息化部公告2020年第1号", None, "工业和信息化部公告2020年第1号")),
    ("《产权法》（中华人民共和国主席令第四十五号）", one_document(
        "《产权法》（中华人民共和国主席令第四十五号）", "产权法", "中华人民共和国主席令第四十五号"
    )),
    (
        "国发〔2016〕33号和国办发〔2020〕24号",
        [
            ("external", "国发〔2016〕33号", None, "国发〔2016〕33号"),
            ("external", "国办发〔2020〕24号", None, "国办发〔2020〕24号"),
        ],
    ),
    # A remark in brackets is no number, and no part of the quote unless a clause follows.
    ("《公司法》（2018年修正）", one_document("《公司法》", "公司法")),
    ("《公司法》（2018年修正）第三条", one_document("《公司法》（2018年修正）第三条", "公司法")),
    ("《公司法》的第三条", one_document("《公司法》的第三条", "公司法")),
    ("《公司法》中第三条、第四条的规定", one_document("《公司法》中第三条、第四条", "公司法")),
    ("《规划》的第一项任务、《规划》中的规定", [*one_document("《规划》", "规划")] * 2),
    # Titles in titles, titles one after another, titles broken on the page.
    ("《关于印发〈督查办法〉的通知》", one_document("《关于印发〈督查办法〉的通知》", "关于印发〈督查办法〉的通知")),
    ("《关于印发《督查办法》的通知》", one_document("《关于印发《督查办法》的通知》", "关于印发《督查办法》的通知")),
    ("《招标法》《采购法》", [*one_document("《招标法》", "招标法"), *one_document("《采购法》", "采购法")]),
    ("《政府\n采购法》", one_document("《政府\n采购法》", "政府采购法")),
    # A 》 that the print lost does not swallow what follows.
    ("《招标法。《采购法》", one_document("《采购法》", "采购法")),
    ("《招标法》》和《", one_document("《招标法》", "招标法")),
    # Papers, by the last word; a place on a list of versions or （试行） does not count.
    ("《不动产权证书》", [("certificate", "《不动产权证书》", "不动产权证书", None)]),
    ("《用地申请表（试行）》", [("certificate", "《用地申请表（试行）》", "用地申请表（试行）", None)]),
    ("《整改通知书》", [("certificate", "《整改通知书》", "整改通知书", None)]),
    ("《申报材料清单》", [("certificate", "《申报材料清单》", "申报材料清单", None)]),
    ("《投资项目目录(2017年本)》", one_document("《投资项目目录(2017年本)》", "投资项目目录(2017年本)")),
    ("《监管事项清单（2021年版）》", one_document("《监管事项清单（2021年版）》", "监管事项清单（2021年版）")),
    ("《自由贸易议定书》", one_document("《自由贸易议定书》", "自由贸易议定书")),
    ("《联合验收的实施意见》", one_document("《联合验收的实施意见》", "联合验收的实施意见")),
    # A number or a clause is a document's.
    ("《竣工验收报告》（建市〔2020〕1号）", one_document("《竣工验收报告》（建市〔2020〕1号）", "竣工验收报告", "建市〔2020〕1号")),
    ("《劳动合同》第三条", one_document("《劳动合同》第三条", "劳动合同")),
    # Neither.
    ("《人民日报》《攻坚克难案例》《优化营商环境》栏目、《营商环境蓝皮书》", one_document("《优化营商环境》", "优化营商环境")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), DOCUMENTS)
def test_documents(text: str, expected: list[tuple[str, str, str | None, str | None]]) -> None:
    assert documents_in(text) == expected


def test_a_number_after_a_document_is_not_taken_for_the_laws_own() -> None:
    assert pointed_at(
        LAW_TEXT, "art_9", "依照《处罚法》第三条处理，第四条的情形除外；适用第五条的规定。"
    ) == [
        ("《处罚法》第三条", []),
        ("第五条", ["art_5"]),
    ]
    assert pointed_at(LAW_TEXT, "art_9", "申请《许可证》的，依照第四条规定办理。")[1] == ("第四条", ["art_4"])


# --- policies of the corpus -----------------------------------------------------------------------------------

GUIZHOU = Jurisdiction("province", "贵州省")
ZUNYI = Jurisdiction("city", "贵州省", "遵义市")
HUBEI = Jurisdiction("province", "湖北省")
NATION = Jurisdiction("national")
LAW = parse_policy(LAW_TEXT)
PLAN = parse_policy(PLAN_TEXT)

SHELF = [
    copy_of(LAW, "guizhou", title="优化营商环境条例", issuer="贵州省", jurisdiction=GUIZHOU),
    copy_of(LAW, "hubei", title="湖北省优化营商环境条例", issuer=None, jurisdiction=HUBEI),
    copy_of(
        LAW,
        "sellers",
        title="售电公司管理办法",
        issuer="国家发改委、能源局",
        jurisdiction=NATION,
        document_number="发改体改规〔2021〕1595号",
    ),
    copy_of(LAW, "order", title="某些条例", jurisdiction=NATION, document_number="国务院令第688号"),
    copy_of(PLAN, "licence", title="“一业一证”改革实施方案", issuer="湖北省", jurisdiction=HUBEI),
    copy_of(PLAN, "pilot", title="关于开展营商环境创新试点工作的意见", issuer="国务院", jurisdiction=NATION),
    copy_of(
        PLAN,
        "zunyi",
        title="遵义市营商环境提升行动方案",
        issuer="遵义市人民政府办公室",
        jurisdiction=ZUNYI,
        document_number="遵府办发〔2020〕14号",
        short_names=("遵义行动方案",),
    ),
]


def linked_from(citing: Policy, text: str, anchor: str = "subpara_3") -> list[str]:
    """Where a text in a clause of one policy leads, the policies of the shelf beside it."""
    policy = with_text(citing, anchor, text)
    policies = [*(one for one in SHELF if one.id != citing.id), policy]
    return [str(target) for one in references_of(policies, policy, anchor) for target in one.targets]


OTHER = copy_of(PLAN, "other", title="某项工作安排", jurisdiction=Jurisdiction("province", "湖南省"))
IN_HUBEI = copy_of(OTHER, "wuhan", jurisdiction=Jurisdiction("city", "湖北省", "武汉市"))

LINKS = [
    # By number, whatever its brackets, and whatever the title.
    ("按照发改体改规[2021] 1595 号要求", ["sellers"]),
    ("依照国令第 688 号第四条", ["order#art_4"]),
    ("《某条例》（中华人民共和国国务院令第688号）第四条", ["order#art_4"]),
    ("《售电办法》（发改体改规〔2021〕1595号）第三条第二款", ["sellers#art_3__para_2"]),
    ("《售电公司管理办法》（发改体改规〔2021〕1号）", []),
    ("《售电公司管理办法》（以下简称《办法》）第四条", ["sellers#art_4"]),
    # By title, down to the clause; the policy where the clause is not in it.
    ("《售电公司管理办法》", ["sellers"]),
    ("《售电公司管理办法》第四条、第五条", ["sellers#art_4", "sellers#art_5"]),
    ("《售电公司管理办法》第九十条", ["sellers"]),
    ("《售电公司管理办法》的第四条", ["sellers#art_4"]),
    # Named again by its kind.
    ("《售电公司管理办法》规定的，依照该办法第三条、第四条", ["sellers", "sellers#art_3", "sellers#art_4"]),
    ("《售电公司管理办法》和《某规定》出台后，同办法第三条、该规定第四条", ["sellers", "sellers#art_3"]),
    ("《售电公司管理办法》、《某某管理办法》施行，该办法第三条", ["sellers"]),
    ("《售电公司管理办法》施行，该法第三条、该办法的精神", ["sellers"]),
    ("《售电公司管理办法》施行，本办法第九条，该办法第三条", ["sellers"]),
    ("该办法第三条，《售电公司管理办法》", ["sellers"]),
    ("《 售电公司\n管理办法 》", ["sellers"]),
    ("国家发改委、能源局《售电公司管理办法》", ["sellers"]),
    ("省发展改革委《售电公司管理办法》", []),
    ("《遵义市营商环境提升行动方案》第二部分第（一）项", ["zunyi#sec_2__para_1"]),
    ("《遵义市营商环境提升行动方案》第2项", ["zunyi#subpara_2"]),
    # The State Council's is nobody else's.
    ("《优化营商环境条例》", []),
    ("国务院《优化营商环境条例》第八条", []),
    ("国家《优化营商环境条例》", []),
    ("国家和省《优化营商环境条例》", []),
    # A title that many share needs its place, in the title or before it.
    ("《贵州省优化营商环境条例》第四条", ["guizhou#art_4"]),
    ("贵州省《优化营商环境条例》第四条", ["guizhou#art_4"]),
    ("按照《贵州优化营商环境条例》", ["guizhou"]),
    ("贵州省人民政府《优化营商环境条例》", ["guizhou"]),
    ("浙江省《优化营商环境条例》", []),
    ("《浙江省优化营商环境条例》", []),
    ("《湖北省优化营商环境条例》", ["hubei"]),
    ("《遵义市优化营商环境条例》", []),
    # With the office or the notice that issues it.
    ("《国务院关于开展营商环境创新试点工作的意见》", ["pilot"]),
    ("《关于开展营商环境创新试点工作的意见》", ["pilot"]),
    ("《贵州省关于开展营商环境创新试点工作的意见》", []),
    ("《湖北省“一业一证”改革实施方案》", ["licence"]),
    ("《湖北省人民政府办公厅关于印发〈“一业一证”改革实施方案〉的通知》", ["licence"]),
    ("《遵义市人民政府办公室关于印发遵义市营商环境提升行动方案的通知》", ["zunyi"]),
    ("《贵州省遵义市营商环境提升行动方案》", ["zunyi"]),
    ("《湖北省遵义市营商环境提升行动方案》", []),
    ("《“一业一证”改革实施方案》", []),
    # By a name that an editor declared.
    ("《遵义行动方案》", ["zunyi"]),
]


@pytest.mark.parametrize(("text", "expected"), LINKS)
def test_links_to_other_policies(text: str, expected: list[str]) -> None:
    assert linked_from(OTHER, text) == expected


def test_a_policy_of_the_same_place_needs_no_place() -> None:
    assert linked_from(IN_HUBEI, "《“一业一证”改革实施方案》") == ["licence"]
    assert linked_from(IN_HUBEI, "《优化营商环境条例》") == []
    assert linked_from(IN_HUBEI, "我省《优化营商环境条例》") == []
    guizhou_city = replace(OTHER, jurisdiction=ZUNYI)
    assert linked_from(guizhou_city, "我省《优化营商环境条例》") == ["guizhou"]
    assert linked_from(guizhou_city, "我市《优化营商环境条例》") == []


def test_a_law_is_not_what_it_cites_by_its_own_bare_title() -> None:
    assert linked_from(SHELF[0], "根据《优化营商环境条例》，制定本条例。", "art_1") == []
    assert linked_from(SHELF[0], "依照《贵州省优化营商环境条例》第四条。", "art_1") == ["guizhou#art_4"]


def test_a_title_that_two_policies_have_names_neither() -> None:
    twin = copy_of(SHELF[2], "twin", document_number=None)
    policy = with_text(OTHER, "subpara_3", "《售电公司管理办法》")
    assert references_of([*SHELF, twin, policy], policy, "subpara_3")[0].targets == ()


def test_a_place_printed_as_issuer_is_known_by_it_but_not_by_a_wider_place_in_the_title() -> None:
    # A compilation prints 安徽省 over the text of a city's law.
    city = copy_of(SHELF[0], "city", issuer="安徽省", jurisdiction=Jurisdiction("city", "安徽省", "滁州市"))
    for text, expected in (
        ("安徽省《优化营商环境条例》", ["city"]),
        ("《滁州市优化营商环境条例》", ["city"]),
        ("《安徽省滁州市优化营商环境条例》", ["city"]),
        ("《安徽省优化营商环境条例》", []),
    ):
        policy = with_text(OTHER, "subpara_3", text)
        found = references_of([city, policy], policy, "subpara_3")
        assert [str(target) for one in found for target in one.targets] == expected, text


# --- short names ------------------------------------------------------------------------------------------------


def two_texts(declaration: str, use: str, citing: Policy = OTHER) -> tuple[list[Reference], Library]:
    """The references of a clause, a clause before it declaring a short name."""
    policy = with_text(with_text(citing, "subpara_1", declaration), "subpara_3", use)
    policies = [*(one for one in SHELF if one.id != citing.id), policy]
    return list(references_of(policies, policy, "subpara_3")), Library(policies, WORDS)


@pytest.mark.parametrize(
    "declaration",
    [
        "《售电公司管理办法》（以下简称《办法》）",
        "《售电公司管理办法》（以下简称“办法”）",
        "《售电公司管理办法》（以下简称办法）",
        "《售电公司管理办法》（简称《办法》）",
        "《售电公司管理办法》（下称《办法》）",
        "《售电公司管理办法》〈以下简称《办法》〉",
        "《售电公司管理办法》（发改体改规〔2021〕1595号，以下简称《办法》）",
        "《售电公司管理办法》（发改体改规〔2021〕1595号）（下称无关，以下称为《办法》）",
    ],
)
def test_a_short_name_declared_in_the_text(declaration: str) -> None:
    (found,), library = two_texts(declaration, "按照《办法》第三条办理")
    assert (found.quote, found.title) == ("《办法》第三条", "办法")
    assert found.targets == (Address("sellers", "art_3"),)
    assert library.names == {}  # 《办法》 says nothing outside this text


@pytest.mark.parametrize("name", ["售电新规", "办法"])
@pytest.mark.parametrize("before", ["", "依照", "违反", "不符合", "，", "或者《某法》和"])
def test_a_declared_short_name_without_marks_before_a_clause_number(name: str, before: str) -> None:
    found, _ = two_texts(
        f"《售电公司管理办法》（以下简称{name}）", f"{before}{name}第三条第二款、第四条的规定"
    )
    assert (found[-1].type, found[-1].title) == ("external", name)
    assert found[-1].quote == f"{name}第三条第二款、第四条"
    assert found[-1].targets == (Address("sellers", "art_3__para_2"), Address("sellers", "art_4"))


@pytest.mark.parametrize(
    "text", ["登记办法第三条", "该办法第三条", "按照办法办理", "本办法第三条", "办法第一批"]
)
def test_a_short_name_that_is_part_of_another_name(text: str) -> None:
    found, _ = two_texts("《售电公司管理办法》（以下简称办法）", text)
    assert [one for one in found if one.type == "external"] == []


def test_a_declaration_is_one_reference() -> None:
    policy = with_text(OTHER, "subpara_1", "落实《售电公司管理办法》（以下简称《办法》）。")
    (found,) = references_of([*SHELF, policy], policy, "subpara_1")
    assert found.quote == "《售电公司管理办法》"


def test_a_short_name_declared_for_a_document_that_is_not_in_the_corpus() -> None:
    (found,), _ = two_texts("《优化营商环境条例》（以下简称《条例》）", "按照《条例》第三条办理")
    assert (found.type, found.title, found.targets) == ("external", "条例", ())


def test_a_short_name_that_speaks_for_itself_holds_in_every_text() -> None:
    citing = with_text(SHELF[4], "subpara_1", "落实《售电公司管理办法》（以下简称《售电新规》）。")
    other = with_text(OTHER, "subpara_3", "按照《售电新规》第三条办理")
    policies = [SHELF[2], citing, other]
    assert Library(policies, WORDS).names == {"sellers": ("售电新规",)}
    (found,) = references_of(policies, other, "subpara_3")
    assert found.targets == (Address("sellers", "art_3"),)


def test_what_explains_a_policy_names_it_by_its_kind() -> None:
    found, _ = two_texts("一", "《方案》第二部分提出，《行动方案》《规划》", SHELF[6])
    assert [[str(target) for target in one.targets] for one in found] == [["zunyi#sec_2"], ["zunyi"], []]
    # A law calls itself 本条例: there 《条例》 is another; and so it is where it is declared for another.
    assert linked_from(SHELF[0], "按照《条例》", "art_9") == []
    declared, _ = two_texts("《售电公司管理办法》（以下简称《方案》）", "按照《方案》", SHELF[6])
    assert declared[0].targets == (Address("sellers"),)


# --- a citation leads where it says ------------------------------------------------------------------------------


def test_the_citation_of_a_clause_leads_to_that_clause(corpus: Corpus) -> None:
    """What the site offers to copy, put in another text, is found again and linked, for every numbered clause."""
    citing = copy_of(
        PLAN,
        "citing",
    )
    for policy in corpus.policies:
        cited = {
            anchor: text
            for anchor, text in citations(policy).items()
            if not re.search(r"第.{1,3}段|“[^”]{1,3}”$|个“", text)
        }
        clauses = tuple(
            replace(
                citing.clauses[0], anchor=Eid(anchor), label=None, wording=f"按照{text}的规定，予以办理。"
            )
            for anchor, text in cited.items()
        )
        policies = [*corpus.policies, replace(citing, clauses=clauses)]
        found = find_references(policies, Library(policies, WORDS), WORDS.documents)
        for anchor, text in cited.items():
            (reference,) = found[Address("citing", anchor)]
            assert reference.targets == (Address(policy.id, anchor),), text


# --- turned round --------------------------------------------------------------------------------------------------


def analysed(policies: Sequence[Policy]) -> dict[tuple[str, str], Analysis]:
    """The references of policies as the pipeline keeps them."""
    found = find_references(policies, Library(policies, WORDS), WORDS.documents)
    return {(at.policy, at.anchor or ""): Analysis(references=references) for at, references in found.items()}


def shelf_with(*texts: str) -> list[Policy]:
    """Plans p0, p1 … each with one of the texts in its first measure, after the shelf."""
    return [
        *SHELF,
        *(
            with_text(
                copy_of(
                    OTHER,
                    f"p{n}",
                ),
                "subpara_1",
                text,
            )
            for n, text in enumerate(texts)
        ),
    ]


def unknown(*texts: str) -> list[tuple[str | None, str | None, list[str]]]:
    """The unknown documents of those plans, with the plans that cite them."""
    policies = shelf_with(*texts)
    return [
        (title, number, [policy.id for policy, _ in cited_by])
        for title, number, cited_by in unknown_documents(policies, analysed(policies), WORDS)
    ]


def test_documents_that_the_corpus_lacks() -> None:
    assert unknown(
        "《外商投资法》、《外商投资法》第三条、《不动产权证书》、《售电公司管理办法》",
        "《中华人民共和国外商投资法》、《人民日报》、《办法》",
        "《督查意见》（国办发〔2019〕11号）",
        "国办发[2019] 11号、《督查意见》",
    ) == [
        ("中华人民共和国外商投资法", None, ["p0", "p1"]),
        ("督查意见", "国办发〔2019〕11号", ["p2", "p3"]),
    ]


def test_the_same_title_of_two_places_or_with_two_numbers_is_two_documents() -> None:
    assert unknown(
        "浙江省《投资条例》、《浙江省投资条例》、《投资条例》",
        "《工作要点》（国办发〔2019〕11号）",
        "《年度工作要点》（国办发〔2020〕12号）",
        "《年度工作要点》（国办发〔2021〕13号）",
        "《年度工作要点》",
    ) == [
        ("工作要点", "国办发〔2019〕11号", ["p1"]),
        ("年度工作要点", None, ["p4"]),
        ("年度工作要点", "国办发〔2020〕12号", ["p2"]),
        ("年度工作要点", "国办发〔2021〕13号", ["p3"]),
        ("投资条例", None, ["p0"]),
        ("浙江省投资条例", None, ["p0"]),
    ]


def test_a_short_name_counts_for_the_document_it_is_declared_for() -> None:
    policy = with_text(
        with_text(OTHER, "subpara_1", "《投资条例》（以下简称《条例》）"), "subpara_3", "《条例》第三条"
    )
    ((title, _, cited_by),) = unknown_documents([policy], analysed([policy]), WORDS)
    assert title == "投资条例"
    assert [clause.anchor for _, clause in cited_by] == ["subpara_1", "subpara_3"]


def test_what_refers_to_a_clause() -> None:
    law = with_text(
        with_text(SHELF[2], "art_9", "本办法第四条、第五条"), "art_10", "本条、第四条的规定、本办法第四条"
    )
    policies = [law, *shelf_with("《售电公司管理办法》第四条", "《售电公司管理办法》")[-2:]]
    found = referrers(policies, analysed(policies))
    assert {
        str(address): [f"{one.policy}#{one.anchor}" for one in clauses] for address, clauses in found.items()
    } == {
        "sellers#art_4": ["sellers#art_9", "sellers#art_10", "p0#subpara_1"],
        "sellers#art_5": ["sellers#art_9"],
        "sellers": ["p1#subpara_1"],
    }


def test_every_target_in_the_corpus_exists(corpus: Corpus) -> None:
    known = {Address(policy.id) for policy in corpus.policies}
    known |= {
        Address(clause.policy, clause.anchor) for policy in corpus.policies for clause in policy.clauses
    }
    targets = {
        target
        for analysis in corpus.analyses.values()
        for reference in analysis.references
        for target in reference.targets
    }
    assert targets <= known
    assert referrers(corpus.policies, corpus.analyses).keys() == targets - self_links(corpus)


def self_links(corpus: Corpus) -> set[Address]:
    """The clauses that only they themselves refer to."""
    own: set[Address] = set()
    others: set[Address] = set()
    for (policy, anchor), analysis in corpus.analyses.items():
        for target in (target for reference in analysis.references for target in reference.targets):
            (own if target == Address(policy, anchor) else others).add(target)
    return own - others


def test_the_documents_that_this_corpus_lacks(corpus: Corpus) -> None:
    documents = unknown_documents(corpus.policies, corpus.analyses, WORDS)
    counts = [len(one.cited_by) for one in documents]
    assert counts == sorted(counts, reverse=True)
    assert len({(one.title, one.document_number) for one in documents}) == len(documents)
    # The State Council's, cited by two provinces and a city; none of the corpus is it.
    assert documents[0].title == "优化营商环境条例"
    assert [policy.id.partition("-")[0] for policy, _ in documents[0].cited_by] == [
        "chuzhou",
        "guizhou",
        "shanxi",
    ]


# --- the word lists ---------------------------------------------------------------------------------------------------

LISTS = (
    "documents",
    "papers",
    "works",
    "modifiers",
    "before_number",
    "laws",
    "own_texts",
    "notices",
    "titles",
)
KINDS = "documents:\n  甲:\n  乙: [title]\n" + "".join(
    f"{name}: [{name}]\n" for name in (*LISTS[1:], "attached", "lists")
)


@pytest.mark.parametrize(
    ("change", "line", "message"),
    [
        (("papers: [papers]", "papers: [甲]"), 4, "甲 列在两组里"),
        (("works: [works]", "works: [丙, 丙]"), 5, "丙"),
        (("works: [works]", "works: [7]"), 5, "7"),
        (("works: [works]\n", ""), 1, "works"),
        (("works: [works]", "books: [丙]"), 5, "books"),
        (("乙: [title]", "乙: [titel]"), 3, "titel"),
        (("乙: [title]", "乙: title"), 3, "应为列表或空"),
    ],
)
def test_a_fault_in_the_word_lists_is_named_by_line(
    tmp_path: Path, change: tuple[str, str], line: int, message: str
) -> None:
    right = read_documents(folder_with(tmp_path, "documents", KINDS))
    assert right.kind("某甲（试行）") == "document"
    assert change[0] in KINDS
    with pytest.raises(CorpusError) as error:
        read_documents(folder_with(tmp_path, "documents", KINDS.replace(*change)))
    assert any(problem.line == line and message in problem.message for problem in error.value.problems)


# --- promises for any text ---------------------------------------------------------------------------------------------

PIECES = st.lists(
    st.sampled_from(
        [
            *"《》〈〉（）()〔〕[]第条款项章节目编本前上附件号令的至和、—。；，一二十两三3之其 \n\u3000A",
            *(
                "办法",
                "《某法》",
                "国办发〔2020〕24号",
                "国务院令第722号",
                "以下简称",
                "第三条",
                "第一款",
                "（二）项",
            ),
            *(
                "本办法",
                "本方案",
                "前款",
                "前两条",
                "附件1",
                "许可证",
                "部分",
                "规定",
                "该法",
                "同条",
                "修改为：“",
                "优化营商环境条例",
                "贵州省",
            ),
        ]
    )
    | st.characters(),
    max_size=60,
).map("".join)
TEMPLATES = [(LAW, "art_3__para_3"), (PLAN, "subpara_3"), (parse_policy(ATTACHED_TEXT), "att_2__art_2")]


def sound(policy: Policy, policies: Sequence[Policy], anchor: str) -> None:
    """The promises of one clause's references: exact quotes, no overlap, only targets that exist."""
    known = {
        Address(one.id, name) for one in policies for clause in one.clauses for name in (clause.anchor,)
    } | {Address(one.id) for one in policies}
    (wording,) = [clause.wording for clause in policy.clauses if clause.anchor == anchor]
    stop = 0
    for reference in references_of(policies, policy, anchor):
        assert stop <= reference.start < reference.stop <= len(wording)
        assert reference.quote == wording[reference.start : reference.stop]
        assert not reference.quote[0].isspace()
        assert not reference.quote[-1].isspace()
        assert known.issuperset(reference.targets)
        assert len(set(reference.targets)) == len(reference.targets)
        assert (reference.title is None and reference.document_number is None) == (
            reference.type == "internal"
        )
        stop = reference.stop


@given(PIECES, st.sampled_from(TEMPLATES))
def test_promises(text: str, template: tuple[Policy, str]) -> None:
    policy, anchor = template
    policy = replace(policy, clauses=tuple(changed(policy.clauses, anchor, text)))
    policies = [*SHELF, policy]
    sound(policy, policies, anchor)
    analyses = analysed(policies)
    assert analyses == analysed(policies)
    assert unknown_documents(policies, analyses, WORDS) == unknown_documents(policies, analyses, WORDS)


def changed(clauses: Iterable[Clause], anchor: str, text: str) -> list[Clause]:
    """The clauses, one of them with another text."""
    return [
        replace(one, wording=f"{one.label or ''}{text}") if one.anchor == anchor else one for one in clauses
    ]


LONG = 16_000  # characters
REPEATED = [
    "《", "》", "《》", "《〈", "《国》", "《某法》第一条、", "《某法》（国发〔2020〕1号）", "（以下简称《", "《某某",
    "（", "（）", "〔2020〕", "国", "国办发〔2020〕24号", "国发〔2020〕24号、", "国务院令第", "第", "第一", "第一、", "第一条",
    "第一条、", "第一条至第十二条、", "第一条规定", "（一）", "（一）项", "第（一）（二）", "一", "1", "、", "本", "本条", "本办法", "本办法第",
    "本若干", "本办法第一条", "前", "前款", "前两条", "上款", "附件", "附件1、", "本条第一款第（一）项", "省", "令第1号", "第1号令",
    "优化营商环境条例", "《优化营商环境条例》", "贵州省《优化营商环境条例》", " ", "\n第",
    "该法第三条", "《某法》该法第三条", "本法该法第三条", "同条第二款", "本条第一款、同条第二款", "修改为：“", "改为\"", "《某法》的第三条",
]  # fmt: skip


@pytest.mark.parametrize("unit", REPEATED)
def test_a_long_text_takes_its_length_in_time(unit: str) -> None:
    policy, anchor = TEMPLATES[0]

    def read(length: int) -> None:
        text = "《某法》规定" + unit * (length // len(unit))
        changed_policy = replace(policy, clauses=tuple(changed(policy.clauses, anchor, text)))
        references_of([*SHELF, changed_policy], changed_policy, anchor)

    assert takes_its_length(read, LONG // 4, LONG)


@pytest.mark.parametrize(
    ("title", "placed"),
    [
        ("江州市优化营商环境条例", True),
        ("江州市民营经济促进条例", True),
        ("成都市优化营商环境条例", True),
        ("三门峡市促进民营经济发展办法", True),
        ("红河哈尼族彝族自治州促进条例", True),
        ("优化营商环境条例", False),
        ("关于优化江州市营商环境的意见", False),
        ("全市优化营商环境办法", False),
        ("智慧城市促进条例", False),
        ("城市市容管理条例", False),
        ("农产品市场管理办法", False),
        ("促进县域商业体系建设办法", False),
    ],
)
def test_a_title_may_say_itself_whose_it_is(title: str, placed: bool) -> None:
    assert names_its_place(title, WORDS.places) is placed
