"""A citation leads to its clause: the engine of the page 按引文查找, without a browser.

The oracle is the program that makes citations, `generator.anchors.citation`: what it prints must be understood.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from html import escape
from urllib.parse import parse_qs, urlsplit

import pytest

from generator.anchors.citation import clause_paths
from generator.model import Address, Clause, Corpus, Eid, Jurisdiction, Moved, Policy
from generator.parsing.numerals import to_han, to_int
from tests.support.citing import Engine, addresses, engine_with
from tests.support.corpora import ROOT, Project, parse_text
from tests.support.html import soup_of
from tests.support.paths import citations

FAMILY = ROOT / "tests" / "family"
YINGKOU, GUIZHOU, SHANXI = (
    "yingkou-2020-14",
    "guizhou-2022-business-environment",
    "shanxi-2021-six-most",
)
POWER, CHUZHOU = "national-2021-power-sales", "chuzhou-2022-business-environment"


@pytest.fixture(scope="module")
def engine(corpus: Corpus) -> Engine:
    """The engine with the repository's own corpus."""
    return engine_with(corpus)


def every_clause(corpus: Corpus) -> list[tuple[Policy, Clause, str]]:
    """Every clause of a corpus with how it is cited within its policy."""
    return [
        (policy, clause, path)
        for policy in corpus.policies
        for clause, path in zip(policy.clauses, clause_paths(policy).values(), strict=True)
    ]


def test_every_citation_of_the_corpus_leads_to_its_clause(engine: Engine, corpus: Corpus) -> None:
    wanted = [
        (text, f"{policy.id}#{anchor}")
        for policy in corpus.policies
        for anchor, text in citations(policy).items()
    ]
    assert len(wanted) == 1248
    assert not engine.wrong(wanted)


def without_number(policy: Policy) -> str:
    return re.sub(r"（[^（）]*号）$", "", policy.citation)


def without_marks(text: str) -> str:
    return re.sub(r"[《》]", "", text)


def in_arabic(path: str) -> str:
    """第五十条第（三）项 → 第50条第（3）项."""
    number = re.compile(r"(第（?)([一二三四五六七八九十百零]+)(?=[）条款项部点编章节个])")
    return number.sub(lambda match: f"{match[1]}{to_int(match[2])}", path)


def in_chinese(path: str) -> str:
    """第35项 → 第三十五项."""
    return re.sub(r"(第（?)(\d+)", lambda match: match[1] + to_han(int(match[2])), path)


def full_width(text: str) -> str:
    return re.sub(r"[0-9]", lambda match: chr(ord(match[0]) + 0xFEE0), text)


FORMS: dict[str, Callable[[Policy, str], str]] = {
    "Arabic numerals": lambda policy, path: policy.citation + in_arabic(path),
    "Chinese numerals": lambda policy, path: policy.citation + in_chinese(path),
    "full-width digits": lambda policy, path: full_width(policy.citation + path),
    "half-width brackets": lambda policy, path: (policy.citation + path).translate(
        str.maketrans("（）〔〕", "()[]")
    ),
    "other brackets": lambda policy, path: (policy.citation + path).translate(
        str.maketrans("〔〕《》", "【】〈〉")
    ),
    "spaces everywhere": lambda policy, path: " ".join(policy.citation + path),
    "wide spaces and line breaks": lambda policy, path: without_number(policy) + "\u3000\n" + path,
    "without 文号": lambda policy, path: without_number(policy) + path,
    "without 《》": lambda policy, path: without_marks(policy.citation) + path,
    "without both": lambda policy, path: without_marks(without_number(policy)) + path,
    "owner inside 《》": lambda policy, path: f"《{without_marks(without_number(policy))}》{path}",
    "in prose": lambda policy, path: f"根据{policy.citation}{path}的规定，应当按时办理。",
    "in brackets": lambda policy, path: f"（见{without_number(policy)}{path}）",
    "path first": lambda policy, path: f"{path}（{policy.citation}）",
    "Markdown": lambda policy, path: f"[{policy.citation}{path}]()",
    "id and path": lambda policy, path: f"{policy.id} {path}",
}


@pytest.mark.parametrize("form", FORMS)
def test_every_citation_is_understood_in_other_forms(engine: Engine, corpus: Corpus, form: str) -> None:
    write = FORMS[form]
    assert not engine.wrong(
        (write(policy, path), f"{policy.id}#{clause.anchor}") for policy, clause, path in every_clause(corpus)
    )


def test_the_headings_above_a_clause_may_be_cited_with_it(engine: Engine, corpus: Corpus) -> None:
    wanted: list[tuple[str, str]] = []
    for policy in corpus.policies:
        paths = clause_paths(policy)
        parents = {clause.anchor: clause.parent for clause in policy.clauses}
        for clause in policy.clauses:
            above = parents[clause.anchor]
            while above is not None and parents[above] is not None:
                above = parents[above]
            head = paths[above] if above and not paths[clause.anchor].startswith(paths[above]) else ""
            if head:
                wanted.append(
                    (f"{policy.citation}{head}{paths[clause.anchor]}", f"{policy.id}#{clause.anchor}")
                )
    assert len(wanted) > 500
    assert not engine.wrong(wanted, sure=False)


def test_the_printed_labels_alone_are_a_path(engine: Engine, corpus: Corpus) -> None:
    """三、（一）2."""
    wanted: list[tuple[str, str]] = []
    for policy in corpus.policies:
        clauses = {clause.anchor: clause for clause in policy.clauses}
        for clause in policy.clauses:
            labels: list[str | None] = []
            one: Clause | None = clause
            while one is not None:
                labels.insert(0, one.label)
                one = clauses[one.parent] if one.parent else None
            if all(label and re.match(r"[一二三四五六七八九十]+、|[（(]|\d", label) for label in labels):
                wanted.append(
                    (without_number(policy) + "".join(map(str, labels)), f"{policy.id}#{clause.anchor}")
                )
    assert len(wanted) > 600
    assert not engine.wrong(wanted)


def stem(place: str) -> str:
    return re.sub(r"[省市县区]$", "", place)


def test_place_and_genre_are_name_enough_where_only_one_policy_has_them(
    engine: Engine, corpus: Corpus
) -> None:
    names = {
        policy.id: stem(policy.jurisdiction.name or "") + (policy.genre or "") for policy in corpus.policies
    }
    shared = Counter(names.values())
    wanted = [
        (names[policy.id] + path, f"{policy.id}#{clause.anchor}")
        for policy, clause, path in every_clause(corpus)
        if shared[names[policy.id]] == 1
    ]
    assert len({address.split("#")[0] for _, address in wanted}) >= 20
    assert not engine.wrong(wanted)


def test_every_address_is_understood_as_our_tools_and_others_write_it(engine: Engine, corpus: Corpus) -> None:
    wanted: list[tuple[str, str]] = []
    for policy in corpus.policies:
        for anchor, text in citations(policy).items():
            clause = next(one for one in policy.clauses if one.anchor == anchor)
            page = f"policies/{policy.id}.html#{anchor}"
            url = f"https://policies.example.org/{page}"
            forms = (
                page,
                f"{policy.id}#{anchor}",
                f"http://10.1.2.3:8080/yingshang/{page}",
                f"file:///D:/资料 2024/yingshang-zhengce/{page}",
                url.replace("#", "%23"),
                f"[{text}]({url})",
                f'<a href="{escape(url)}">{escape(text)}</a>',
                f"{clause.wording}\n——{text}，{url}，2024年3月1日查阅",
                f"{text}，{url}。",
            )
            wanted.append((forms[len(wanted) % len(forms)], f"{policy.id}#{anchor}"))
    assert not engine.wrong(wanted, sure=False)


def test_every_alias_leads_to_its_clause(engine: Engine, corpus: Corpus) -> None:
    wanted = [
        (f"policies/{policy.id}.html#{alias}", f"{policy.id}#{clause.anchor}")
        for policy in corpus.policies
        for clause in policy.clauses
        for alias in clause.aliases
    ]
    assert wanted
    assert not engine.wrong(wanted)


EXACT = [
    ("营口方案第35项", f"{YINGKOU}#subpara_35"),
    ("营口方案第三十五项", f"{YINGKOU}#subpara_35"),
    ("营口方案第卅五项", f"{YINGKOU}#subpara_35"),
    ("营口方案35.", f"{YINGKOU}#subpara_35"),
    ("营口方案35、", f"{YINGKOU}#subpara_35"),
    ("营口方案35项", f"{YINGKOU}#subpara_35"),
    ("营口方案第35条", f"{YINGKOU}#subpara_35"),
    ("营口方案第三十五条", f"{YINGKOU}#subpara_35"),
    ("营口方案35", f"{YINGKOU}#subpara_35"),
    ("營口方案第35項".replace("營", "营"), f"{YINGKOU}#subpara_35"),
    ("营口方案三、（一）2.", f"{YINGKOU}#subpara_2"),
    ("营口方案 三（一）2", f"{YINGKOU}#subpara_2"),
    ("第35项，营口方案", f"{YINGKOU}#subpara_35"),
    ("按照营口方案第35项的规定执行", f"{YINGKOU}#subpara_35"),
    ("我市参照营口方案第35项办理", f"{YINGKOU}#subpara_35"),
    ("“强化口岸通关服务”（营口方案第35项）", f"{YINGKOU}#subpara_35"),
    ("营口方案 subpara_35", f"{YINGKOU}#subpara_35"),
    ("`yingkou-2020-14` 的 `subpara_35`", f"{YINGKOU}#subpara_35"),
    ("yingkou-2020-14#subpara\\_35", f"{YINGKOU}#subpara_35"),
    ("营政办发〔2020〕14号第2项", f"{YINGKOU}#subpara_2"),
    ("营政办发[2020]14号第2项", f"{YINGKOU}#subpara_2"),
    ("营政办发（2020）14号 第二项", f"{YINGKOU}#subpara_2"),
    ("营政办发2020 14号第2项", f"{YINGKOU}#subpara_2"),
    ("〔2020〕14号第2项", f"{YINGKOU}#subpara_2"),
    ("营口14号第2项", f"{YINGKOU}#subpara_2"),
    ("营口市人民政府办公室《营口市营商环境优化行动方案》第2项", f"{YINGKOU}#subpara_2"),
    ("《〈营口市营商环境优化行动方案〉》第2项", f"{YINGKOU}#subpara_2"),
    ("<<营口市营商环境优化行动方案>>第2项", f"{YINGKOU}#subpara_2"),
    ("《营口市营商环境优化行动方案》（2020年5月26日印发）第2项", f"{YINGKOU}#subpara_2"),
    ("《营口市营商环境优化行动方案》（以下简称《方案》）第2项", f"{YINGKOU}#subpara_2"),
    ("2020年营口方案第2项", f"{YINGKOU}#subpara_2"),
    ("营口方案（2020）第2项", f"{YINGKOU}#subpara_2"),
    ("营口二〇二〇年方案第2项", f"{YINGKOU}#subpara_2"),
    ("营政办发〔2020〕14号", YINGKOU),
    ("齐齐哈尔措施29号", "qiqihar-2020-29"),
    ("yingkou-2020-14", YINGKOU),
    ("《营口市营商环境优化行动方案》", YINGKOU),
    ("齐齐哈尔措施第四项", "qiqihar-2020-29#para_4"),
    ("抚远2020措施第3项", "fuyuan-2020-measures#subpara_3"),
    ("《贵州省优化营商环境条例》第五十条第二款", f"{GUIZHOU}#art_50__para_2"),
    ("贵州条例第50条第2款", f"{GUIZHOU}#art_50__para_2"),
    ("贵州条例第五十条的第二款", f"{GUIZHOU}#art_50__para_2"),
    ("贵州条例第五十条第一款", f"{GUIZHOU}#art_50"),
    ("贵州条例第四章第五十条", f"{GUIZHOU}#art_50"),
    ("贵州条例50", f"{GUIZHOU}#art_50"),
    ("贵州条例第五十一条（三）", f"{GUIZHOU}#art_51__para_1__point_3"),
    ("贵州条例第五十一条第一款第三项", f"{GUIZHOU}#art_51__para_1__point_3"),
    ("贵州省人民代表大会常务委员会《贵州省优化营商环境条例》第五十条", f"{GUIZHOU}#art_50"),
    ("滁州条例第五条", f"{CHUZHOU}#art_5"),
    ("安徽省优化营商环境条例第五条", f"{CHUZHOU}#art_5"),
    ("售电办法第五条（二）1.", f"{POWER}#art_5__para_1__point_2__indent_1"),
    ("《售电公司管理办法》第5条第2项第1目", f"{POWER}#art_5__para_1__point_2__indent_1"),
    ("售电办法第九条第（一）项", f"{POWER}#art_9__para_1__point_1"),
    ("山西六最规划第3项", f"{SHANXI}#subpara_3"),
    ("山西规划第二部分第（三）项第二个“——”", f"{SHANXI}#sec_2__para_3__item_2"),
    ("山西规划第六部分第四点一要", f"{SHANXI}#sec_6__sec_4__item_1"),
    ("广州用气方案二、（一）2.", "guangzhou-2021-gas#sec_2__para_1__subpara_2"),
    ("广州方案第一部分第（三）项第2点A类", "guangzhou-2021-gas#sec_1__para_3__subpara_2__item_1"),
    ("临沂意见“十一是”", "linyi-2021-customs#item_11"),
    ("临沂海关意见第三条", "linyi-2021-customs#item_3"),
    ("湖南二十条第五项", "hunan-2021-parks-20#subpara_5"),
    ("永康21条第5项", "yongkang-2021-21#subpara_5"),
    ("国务院试点意见（三）", "national-2021-pilot#para_3"),
    ("辽宁省营口市方案第35项", f"{YINGKOU}#subpara_35"),
    ("安徽条例第五条", f"{CHUZHOU}#art_5"),
    ("优化营商环境条例（贵州）第五十条", f"{GUIZHOU}#art_50"),
    ("[1] 营口方案第35项", f"{YINGKOU}#subpara_35"),
    ("①《贵州省优化营商环境条例》第五十条。", f"{GUIZHOU}#art_50"),
    (
        "营口市人民政府办公室. 营口市营商环境优化行动方案：营政办发〔2020〕14号[EB/OL]. (2020-05-26)[2024-03-01].",
        YINGKOU,
    ),
    (
        "营口市人民政府办公室《营口市营商环境优化行动方案》（营政办发〔2020〕14号）三、（一）2.，"
        "https://policies.example.org/policies/yingkou-2020-14.html#subpara_2，2024年3月1日查阅。",
        f"{YINGKOU}#subpara_2",
    ),
    ("cite.html?q=%E8%90%A5%E5%8F%A3%E6%96%B9%E6%A1%88%E7%AC%AC35%E9%A1%B9&go=1", f"{YINGKOU}#subpara_35"),
    ("营口市营商环境优化行动⽅案第35项", f"{YINGKOU}#subpara_35"),  # a radical, as PDFs have it
    ("营口方案\u200b第\u00a035\u3000项", f"{YINGKOU}#subpara_35"),
]


def test_citations_as_people_write_them(engine: Engine) -> None:
    assert not engine.wrong(EXACT)


SEVERAL = [
    ("贵州条例第九条、第十条", [f"{GUIZHOU}#art_9", f"{GUIZHOU}#art_10"]),
    ("贵州条例第九、十条", [f"{GUIZHOU}#art_9", f"{GUIZHOU}#art_10"]),
    ("贵州条例第九条至第十二条", [f"{GUIZHOU}#art_{number}" for number in range(9, 13)]),
    ("贵州条例第9-12条", [f"{GUIZHOU}#art_{number}" for number in range(9, 13)]),
    ("贵州条例第五十条第一款、第三款", [f"{GUIZHOU}#art_50", f"{GUIZHOU}#art_50__para_3"]),
    ("贵州条例第五十条第二款和第五十一条", [f"{GUIZHOU}#art_50__para_2", f"{GUIZHOU}#art_51"]),
    ("贵州条例第五十一条第（一）至（三）项", [f"{GUIZHOU}#art_51__para_1__point_{n}" for n in (1, 2, 3)]),
    ("营口方案第35、36项", [f"{YINGKOU}#subpara_35", f"{YINGKOU}#subpara_36"]),
    ("营口方案第35项、贵州条例第五十条", [f"{YINGKOU}#subpara_35", f"{GUIZHOU}#art_50"]),
    ("营口方案第35项\n贵州条例第五十条；第五十一条", [f"{YINGKOU}#subpara_35", f"{GUIZHOU}#art_50", f"{GUIZHOU}#art_51"]),
    ("《营口市营商环境优化行动方案》第35项和《贵州省优化营商环境条例》第五十条的规定", [f"{YINGKOU}#subpara_35", f"{GUIZHOU}#art_50"]),
    ("yingkou-2020-14#subpara_35 与 yingkou-2020-14#subpara_36", [f"{YINGKOU}#subpara_35", f"{YINGKOU}#subpara_36"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), SEVERAL)
def test_a_citation_of_several_clauses_lists_them_in_order(
    engine: Engine, text: str, wanted: list[str]
) -> None:
    (outcome,) = engine.find([text])
    assert outcome["state"] == "found"
    assert addresses(outcome) == wanted


UNDECIDED = [
    ("优化营商环境条例第五十条", {f"{GUIZHOU}#art_50", f"{CHUZHOU}#art_50"}),
    ("山西规划第二部分第二个——", {f"{SHANXI}#sec_2__para_2__item_2", f"{SHANXI}#sec_2__para_3__item_2"}),
    ("subpara_75", {f"{YINGKOU}#subpara_75", "fuyuan-2020-measures#subpara_75"}),
    ("art_50__para_1", {f"{GUIZHOU}#art_50", f"{CHUZHOU}#art_50"}),
    ("全国办法第五条", {f"{POWER}#art_5", "national-2022-approved-exporters#art_5"}),
]


@pytest.mark.parametrize(("text", "wanted"), UNDECIDED)
def test_what_can_be_several_is_shown_and_never_chosen(engine: Engine, text: str, wanted: set[str]) -> None:
    (outcome,) = engine.find([text])
    assert outcome["state"] == "several"
    assert not outcome["sure"]
    assert set(addresses(outcome)) == wanted


def test_a_bare_anchor_offers_every_policy_that_has_it(engine: Engine, corpus: Corpus) -> None:
    having = [
        f"{one.id}#subpara_35"
        for one in corpus.policies
        if any(c.anchor == "subpara_35" for c in one.clauses)
    ]
    (outcome,) = engine.find(["#subpara_35"])
    assert addresses(outcome) == having


NEAR = [
    ("营口方案第200条", f"{YINGKOU}#subpara_75", "最后一项是第75项"),
    ("营口方案第76项", f"{YINGKOU}#subpara_75", "没有第76项，最后一项是第75项"),
    ("贵州条例第八十一条", f"{GUIZHOU}#art_80", "最后一条是第八十条"),
    ("贵州条例第133条之一", f"{GUIZHOU}#art_80", "没有第133条之一"),
    ("贵州条例第五十条第九款", f"{GUIZHOU}#art_50__para_3", "最后一款是第五十条第三款"),
    ("贵州条例第二章第五十条", f"{GUIZHOU}#art_50", "第五十条在第四章，不在第二章"),
    ("贵州条例第50项", f"{GUIZHOU}#art_50", "有第五十条"),
    ("售电办法第九条第（八）项", f"{POWER}#art_9__para_1__point_5", "第九条没有第（八）项"),
    ("优化营商环境条例第八十一条", f"{GUIZHOU}#art_80", "最后一条是第八十条"),
    ("营口方按第35项", f"{YINGKOU}#subpara_35", "名称相近"),
    ("营口市优化营商环境行动方案第35项", f"{YINGKOU}#subpara_35", "名称相近"),
    ("抚远2021措施第3项", "fuyuan-2020-measures#subpara_3", "年份是2020年"),
    ("营政办发〔2020〕15号第2项", f"{YINGKOU}#subpara_2", "文号是营政办发〔2020〕14号"),
    ("湖北省《优化营商环境条例》第五条", f"{GUIZHOU}#art_5", "名称相近"),
    ("yingkou-2020-14#subpara_76", f"{YINGKOU}#subpara_75", "最后一个是 subpara_75"),
    ("yingkou-2020-15#subpara_2", f"{YINGKOU}#subpara_2", "编号相近"),
    ("policies/guizhou-2022-business-environment.html#art_50__para_9", f"{GUIZHOU}#art_50", "没有锚点"),
]


@pytest.mark.parametrize(("text", "address", "reason"), NEAR)
def test_a_near_miss_is_offered_with_its_reason(engine: Engine, text: str, address: str, reason: str) -> None:
    (outcome,) = engine.find([text])
    assert outcome["state"] == "near"
    assert not outcome["sure"]
    assert outcome["words"]
    reasons = {one["address"]: one["reason"] or "" for one in outcome["near"]}
    assert reason in reasons[address], reasons


DOUBTFUL = [
    # A name that is also a clause.
    ("哈尔滨66条", "harbin-undated-66", "harbin-undated-66#subpara_66"),
    # 第三条 of measures that have 三、 and 3.
    ("营口方案第3条", f"{YINGKOU}#subpara_3", f"{YINGKOU}#sec_3"),
    # Only one of two policies of that name has so many 条.
    ("优化营商环境条例第七十七条", f"{GUIZHOU}#art_77", f"{CHUZHOU}#art_50"),
    # The words cite another clause than the address.
    ("[营口方案第36项](https://a.example/policies/yingkou-2020-14.html#subpara_35)", f"{YINGKOU}#subpara_35", f"{YINGKOU}#subpara_36"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "hit", "other"), DOUBTFUL)
def test_where_there_is_doubt_the_other_possibility_is_shown(
    engine: Engine, text: str, hit: str, other: str
) -> None:
    (outcome,) = engine.find([text])
    assert addresses(outcome) == [hit]
    assert other in addresses(outcome, "near")
    assert not outcome["sure"]


def test_a_wider_place_than_the_policys_is_noted(engine: Engine) -> None:
    (outcome,) = engine.find(["广东方案第二部分"])
    assert addresses(outcome) == ["guangzhou-2021-gas#sec_2"]
    assert "广州市" in outcome["hits"][0]["note"]
    assert not outcome["sure"]


def test_a_number_that_the_text_does_not_print_is_noted(engine: Engine) -> None:
    text = "国务院《关于开展营商环境创新试点工作的意见》（国发〔2021〕24号）第（三）项"
    (outcome,) = engine.find([text])
    assert addresses(outcome) == ["national-2021-pilot#para_3"]
    assert "未载明文号" in outcome["hits"][0]["note"]
    assert not outcome["sure"]


@pytest.mark.parametrize(
    "text", ["abc", "开办企业", "国发〔2021〕24号", "<script>alert(1)</script>", "第9999条", "的"]
)
def test_what_is_no_citation_is_told_so(engine: Engine, text: str) -> None:
    (outcome,) = engine.find([text])
    assert outcome["state"] == "nothing"
    assert outcome["words"]


def test_only_candidates_are_loaded(engine: Engine) -> None:
    outcomes = engine.find([text for text, _ in EXACT])
    assert max(one["loads"] for one in outcomes) <= 5
    assert sum(one["loads"] <= 1 for one in outcomes) > len(outcomes) * 0.9


HOSTILE = [
    "<script>alert(1)</script>营口方案第35项",
    *(piece * (10_000 // len(piece)) for piece in (
        "《", "》", "《》", "第", "一", "1", "第一、", "第1、2、3、", "第一条、", "第一条至", "(", "[(", "营口方案第35项",
        "1-", "<a href=", "&amp;", "a-", "a", "%", "%E4", "_1__", "art_1__", "。", "\n", "营\n", '"', "——", "营口方案",
        "http://", "根据", "之", "的", "\\", "(2020)", "2020年", "2020年1月1日", "附件", "一是", "(以下", "十十十十十十十十十条",
        "x.html#", "a-b#c_1 ", "^(a+)+$", ".*", "\ud83d\ude00", "第二个“", "〔2020〕",
    )),
    "《营口方案》" * 1000 + "第3项",
    "第一条" + "的" * 9000 + "规定",
    "a" + "-" * 9990,
    "constructor#__proto__", "__proto__-a#subpara_1", "to-string.html#constructor", "%E4%BD", "\x00\x01\ufffe",
]  # fmt: skip


def test_hostile_input_neither_breaks_nor_hangs(engine: Engine) -> None:
    """No more time than many times that of as long a text without a mark."""
    usual, *outcomes = engine.find(["营" * 10_000, *HOSTILE])
    for text, outcome in zip(HOSTILE, outcomes, strict=True):
        assert outcome["taken"] < 50 * max(usual["taken"], 0.05), text[:20]
        assert outcome["state"] in ("empty", "found", "several", "near", "nothing")
        assert outcome["state"] not in ("found", "several") or outcome["hits"]


# ---- Other corpora ----


def family_corpus() -> Corpus:
    """Every text of tests/family: 编, 附件, 印发通知, 第四条之一 and the rest of the forms."""
    policies = [
        (f"{path.stem.replace('_', '-')}-{number}", policy)
        for path in sorted(FAMILY.glob("*.txt"))
        for number, policy in enumerate(parse_text(path.read_text("utf-8")).policies)
    ]
    return Corpus(
        tuple(
            replace(policy, id=id_, clauses=tuple(replace(one, policy=id_) for one in policy.clauses))
            for id_, policy in policies
        ),
        (),
    )


def test_every_kind_of_path_is_understood() -> None:
    corpus = family_corpus()
    engine = engine_with(corpus)
    wanted: list[tuple[str, str]] = []
    for policy in corpus.policies:
        paths = clause_paths(policy)
        shared = Counter(paths.values())
        wanted += [
            (f"{policy.id} {write(path)}", f"{policy.id}#{anchor}")
            for anchor, path in paths.items()
            for write in (str, in_arabic, in_chinese)
            if shared[path] == 1
        ]
    text = "".join(text for text, _ in wanted)
    assert all(
        form in text for form in ("印发通知", "附件1", "第二编", "条之一", "第三部分", "小点", "“一是”")
    )
    assert not engine.wrong(wanted, sure=False)


def test_moved_anchors_former_ids_and_declared_names(corpus: Corpus) -> None:
    yingkou = next(one for one in corpus.policies if one.id == YINGKOU)
    guizhou = next(one for one in corpus.policies if one.id == GUIZHOU)
    clauses = tuple(
        replace(one, aliases=(*one.aliases, Eid("subpara_91"))) if one.anchor == "subpara_5" else one
        for one in yingkou.clauses
    )
    moved = (
        Moved(Eid("subpara_91"), Address(YINGKOU, "subpara_5"), None, yingkou.place),
        Moved(Eid("subpara_92"), Address(GUIZHOU, "art_9"), None, yingkou.place),
        Moved(Eid("subpara_93"), None, None, yingkou.place),
        Moved(Eid("subpara_94"), Address(GUIZHOU), None, yingkou.place),
    )
    changed = replace(
        yingkou,
        clauses=clauses,
        moved=moved,
        former_ids=("yingkou-2020-plan",),
        short_names=("营商七十五条",),
    )
    engine = engine_with(Corpus((changed, guizhou), (), names={GUIZHOU: ("黔优商",)}))
    outcomes = engine.find(
        [f"{YINGKOU}#subpara_91", f"{YINGKOU}#subpara_92", f"{YINGKOU}#subpara_93", f"{YINGKOU}#subpara_94",
         "policies/yingkou-2020-plan.html#subpara_35", "营商七十五条第3项", "黔优商第九条"]
    )  # fmt: skip
    assert [addresses(one) for one in outcomes] == [
        [f"{YINGKOU}#subpara_5"], [f"{GUIZHOU}#art_9"], [], [GUIZHOU],
        [f"{YINGKOU}#subpara_35"], [f"{YINGKOU}#subpara_3"], [f"{GUIZHOU}#art_9"],
    ]  # fmt: skip
    assert "subpara_91" in outcomes[0]["hits"][0]["note"]
    assert "subpara_92" in outcomes[1]["hits"][0]["note"]
    assert "删除" in outcomes[2]["words"]
    assert "yingkou-2020-plan" in outcomes[4]["hits"][0]["note"]


def test_three_thousand_policies_are_ranked_from_the_index_alone(corpus: Corpus) -> None:
    model = next(one for one in corpus.policies if one.id == YINGKOU)
    clauses = tuple(
        replace(one, parent=None) for one in model.clauses if one.anchor in ("subpara_1", "subpara_2")
    )
    genres = (
        "优化营商环境条例",
        "营商环境优化行动方案",
        "深化“放管服”改革若干措施",
        "优化营商环境实施意见",
        "营商环境建设规划",
    )
    places = [f"{one}{two}市" for one in "安丰和江白山海天南北" for two in "阳州平城水原"]
    policies = tuple(
        replace(
            model,
            id=f"p{number}-{2012 + year}-1",
            title=f"{place}{genre}",
            issuer=None,
            jurisdiction=Jurisdiction("city", "某省", place),
            document_number=f"{place[:2]}政发〔{2012 + year}〕{number % 90 + 1}号",
            issued=f"{2012 + year}-05-01",
            genre=genre[-2:],
            clauses=clauses,
        )
        for number, (year, place, genre) in enumerate(
            (year, place, genre) for year in range(10) for place in places for genre in genres
        )
    )
    assert len(policies) == 3000
    engine = engine_with(Corpus(policies, ()))
    exact, many, vague, anchor, number, typo = engine.find(
        ["安阳2015方案第2项", "安阳方案第2项", "优化营商环境条例第2项", "subpara_2", "第2项", "安阳方按第2项"]
    )
    assert exact["state"] == "found"
    assert exact["sure"]
    assert (many["state"], many["loads"]) == ("several", 5)
    assert "10 份" in many["words"]
    assert (vague["state"], vague["loads"]) == ("several", 5)
    assert (anchor["state"], anchor["loads"]) == ("nothing", 0)
    assert (number["state"], number["loads"]) == ("nothing", 0)
    assert typo["loads"] <= 5


def test_every_example_is_what_the_page_says_and_leads_somewhere(engine: Engine, built: Project) -> None:
    soup = soup_of(built.site / "cite.html")
    examples = soup.select(".cite__examples a")
    assert len(examples) >= 10
    for link in examples:
        assert parse_qs(urlsplit(str(link["href"])).query)["q"] == [link.get_text()]
    states = {link.get_text(): one["state"] for link, one in zip(
        examples, engine.find([link.get_text() for link in examples]), strict=True)}  # fmt: skip
    unclear = {"subpara_35": "several", "优化营商环境条例第五十条": "several", "营口方案第200条": "near"}
    assert states == {text: unclear.get(text, "found") for text in states}
