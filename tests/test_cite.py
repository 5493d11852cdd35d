"""A citation leads to its clause: the engine and the page 按引文查找, in a real browser, http and file://.

The oracle is the program that makes citations, `generator.anchors.citation`: what it prints must be understood.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.anchors.citation import citations, clause_paths, policy_citation
from generator.model import Address, Clause, Corpus, Eid, Jurisdiction, Moved, Policy
from generator.parsing.numerals import to_han, to_int
from generator.publishing.scripts.clauses import clause_scripts
from tests.support.browser import PageRecord
from tests.support.corpora import ROOT, Project, parse_text
from tests.support.html import soup_of

pytestmark = pytest.mark.browser

FAMILY = ROOT / "tests" / "family"
YINGKOU, GUIZHOU, SHANXI = (
    "yingkou-2020-14",
    "guizhou-2022-business-environment",
    "shanxi-2021-six-most",
)
POWER, CHUZHOU = "national-2021-power-sales", "chuzhou-2022-business-environment"


@pytest.fixture(params=["http", "file"])
def base(
    request: pytest.FixtureRequest, built: Project, bundle: Path, serve_folder: Callable[[Path], str]
) -> str:
    """The address of the site's root."""
    return serve_folder(built.site) if request.param == "http" else bundle.as_uri()


@pytest.fixture
def offline(bundle: Path) -> str:
    """The address of the offline bundle, for what need not be seen twice."""
    return bundle.as_uri()


# ---- The engine ----

_LOAD = """async () => {
  const { prepareIndex, prepareClauses } = window.policyCitation;
  const data = await window.policySite.load("index");
  const load = async ({ id }) => [id, prepareClauses(await window.policySite.load(id))];
  window.tested = { index: prepareIndex(data), all: new Map(await Promise.all(data.policies.map(load))) };
}"""
_FIND = """(texts) => texts.map((text) => {
  const { index, all } = window.tested;
  const loaded = new Map();
  let found = window.policyCitation.find(index, text, loaded);
  while (found.need.length) {  // as the page does: only what is asked for
    found.need.forEach((id) => loaded.set(id, all.get(id)));
    found = window.policyCitation.find(index, text, loaded);
  }
  const plain = ({ policy, anchor, note, reason }) => ({ address: policy.id + (anchor ? "#" + anchor : ""), note, reason });
  return {
    state: found.state, sure: found.sure, words: found.words || "", loads: loaded.size,
    hits: found.hits.map(plain), near: found.near.map(plain),
  };
})"""


@dataclass
class Engine:
    """window.policyCitation on a page, with the data of a site."""

    page: Page

    def find(self, texts: Sequence[str]) -> list[dict[str, Any]]:
        """The outcome of every text."""
        found = self.page.evaluate(_FIND, texts)
        assert isinstance(found, list)
        return found

    def wrong(self, wanted: Iterable[tuple[str, str]], *, sure: bool = True) -> list[str]:
        """The texts that do not lead to their address, and nowhere else. `sure`: and leave no doubt."""
        cases = list(wanted)
        outcomes = self.find([text for text, _ in cases])
        return [
            f"{text} → {one['state']} {addresses(one)} {one['words']}, not {address}"
            for (text, address), one in zip(cases, outcomes, strict=True)
            if one["state"] != "found" or addresses(one) != [address] or (sure and not one["sure"])
        ]


def addresses(outcome: Mapping[str, Any], which: str = "hits") -> list[str]:
    """Where an outcome leads."""
    return [one["address"] for one in outcome[which]]


@pytest.fixture
def engine(page: Page, base: str) -> Engine:
    """The engine with the repository's own corpus."""
    return engine_on(page, base)


@pytest.fixture(scope="module")
def filed(browser: Browser, bundle: Path) -> Iterator[Engine]:
    """The same, over file:// alone, on one page for all tests: they only ask it."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    record = PageRecord()
    record.watch(context)
    yield engine_on(context.new_page(), bundle.as_uri())
    context.close()
    record.assert_quiet()


def engine_on(page: Page, base: str) -> Engine:
    page.goto(f"{base}/cite.html")
    page.evaluate(_LOAD)
    return Engine(page)


def engine_with(page: Page, base: str, corpus: Corpus) -> Engine:
    """The engine with the data of another corpus, as the generator writes them."""
    page.goto(f"{base}/cite.html")
    scripts = "\n".join(text for _, text in clause_scripts(corpus, ()))
    page.evaluate(
        "() => { window.got = {}; window.policySite.receive = (name, data) => { got[name] = data; }; }"
    )
    page.evaluate(f"() => {{ {scripts} }}")
    page.evaluate("() => { window.policySite.load = (name) => Promise.resolve(window.got[name]); }")
    page.evaluate(_LOAD)
    return Engine(page)


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
    return re.sub(r"（[^（）]*号）$", "", policy_citation(policy))


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
    "Arabic numerals": lambda policy, path: policy_citation(policy) + in_arabic(path),
    "Chinese numerals": lambda policy, path: policy_citation(policy) + in_chinese(path),
    "full-width digits": lambda policy, path: full_width(policy_citation(policy) + path),
    "half-width brackets": lambda policy, path: (policy_citation(policy) + path).translate(
        str.maketrans("（）〔〕", "()[]")
    ),
    "other brackets": lambda policy, path: (policy_citation(policy) + path).translate(
        str.maketrans("〔〕《》", "【】〈〉")
    ),
    "spaces everywhere": lambda policy, path: " ".join(policy_citation(policy) + path),
    "wide spaces and line breaks": lambda policy, path: without_number(policy) + "\u3000\n" + path,
    "without 文号": lambda policy, path: without_number(policy) + path,
    "without 《》": lambda policy, path: without_marks(policy_citation(policy)) + path,
    "without both": lambda policy, path: without_marks(without_number(policy)) + path,
    "owner inside 《》": lambda policy, path: f"《{without_marks(without_number(policy))}》{path}",
    "in prose": lambda policy, path: f"根据{policy_citation(policy)}{path}的规定，应当按时办理。",
    "in brackets": lambda policy, path: f"（见{without_number(policy)}{path}）",
    "path first": lambda policy, path: f"{path}（{policy_citation(policy)}）",
    "Markdown": lambda policy, path: f"[{policy_citation(policy)}{path}]()",
    "id and path": lambda policy, path: f"{policy.id} {path}",
}


@pytest.mark.parametrize("form", FORMS)
def test_every_citation_is_understood_in_other_forms(filed: Engine, corpus: Corpus, form: str) -> None:
    write = FORMS[form]
    assert not filed.wrong(
        (write(policy, path), f"{policy.id}#{clause.anchor}") for policy, clause, path in every_clause(corpus)
    )


def test_the_headings_above_a_clause_may_be_cited_with_it(filed: Engine, corpus: Corpus) -> None:
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
                    (f"{policy_citation(policy)}{head}{paths[clause.anchor]}", f"{policy.id}#{clause.anchor}")
                )
    assert len(wanted) > 500
    assert not filed.wrong(wanted, sure=False)


def test_the_printed_labels_alone_are_a_path(filed: Engine, corpus: Corpus) -> None:
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
    assert not filed.wrong(wanted)


def stem(place: str) -> str:
    return re.sub(r"[省市县区]$", "", place)


def test_place_and_genre_are_name_enough_where_only_one_policy_has_them(
    filed: Engine, corpus: Corpus
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
    assert not filed.wrong(wanted)


def test_every_address_is_understood_as_our_tools_and_others_write_it(filed: Engine, corpus: Corpus) -> None:
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
    assert not filed.wrong(wanted, sure=False)


def test_every_alias_leads_to_its_clause(filed: Engine, corpus: Corpus) -> None:
    wanted = [
        (f"policies/{policy.id}.html#{alias}", f"{policy.id}#{clause.anchor}")
        for policy in corpus.policies
        for clause in policy.clauses
        for alias in clause.aliases
    ]
    assert wanted
    assert not filed.wrong(wanted)


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
    filed: Engine, text: str, wanted: list[str]
) -> None:
    (outcome,) = filed.find([text])
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
def test_what_can_be_several_is_shown_and_never_chosen(filed: Engine, text: str, wanted: set[str]) -> None:
    (outcome,) = filed.find([text])
    assert outcome["state"] == "several"
    assert not outcome["sure"]
    assert set(addresses(outcome)) == wanted


def test_a_bare_anchor_offers_every_policy_that_has_it(filed: Engine, corpus: Corpus) -> None:
    having = [
        f"{one.id}#subpara_35"
        for one in corpus.policies
        if any(c.anchor == "subpara_35" for c in one.clauses)
    ]
    (outcome,) = filed.find(["#subpara_35"])
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
def test_a_near_miss_is_offered_with_its_reason(filed: Engine, text: str, address: str, reason: str) -> None:
    (outcome,) = filed.find([text])
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
    filed: Engine, text: str, hit: str, other: str
) -> None:
    (outcome,) = filed.find([text])
    assert addresses(outcome) == [hit]
    assert other in addresses(outcome, "near")
    assert not outcome["sure"]


def test_a_wider_place_than_the_policys_is_noted(filed: Engine) -> None:
    (outcome,) = filed.find(["广东方案第二部分"])
    assert addresses(outcome) == ["guangzhou-2021-gas#sec_2"]
    assert "广州市" in outcome["hits"][0]["note"]
    assert not outcome["sure"]


def test_a_number_that_the_text_does_not_print_is_noted(filed: Engine) -> None:
    text = "国务院《关于开展营商环境创新试点工作的意见》（国发〔2021〕24号）第（三）项"
    (outcome,) = filed.find([text])
    assert addresses(outcome) == ["national-2021-pilot#para_3"]
    assert "未载明文号" in outcome["hits"][0]["note"]
    assert not outcome["sure"]


@pytest.mark.parametrize(
    "text", ["abc", "开办企业", "国发〔2021〕24号", "<script>alert(1)</script>", "第9999条", "的"]
)
def test_what_is_no_citation_is_told_so(filed: Engine, text: str) -> None:
    (outcome,) = filed.find([text])
    assert outcome["state"] == "nothing"
    assert outcome["words"]


def test_only_candidates_are_loaded(filed: Engine) -> None:
    outcomes = filed.find([text for text, _ in EXACT])
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


def test_hostile_input_neither_breaks_nor_hangs(filed: Engine) -> None:
    """No more time than many times that of as long a text without a mark."""

    def answer(text: str) -> tuple[Any, float]:
        started = time.monotonic()
        (outcome,) = filed.find([text])
        return outcome, time.monotonic() - started

    _, usual = answer("营" * 10_000)
    for text in HOSTILE:
        outcome, taken = answer(text)
        assert taken < 50 * max(usual, 0.05), text[:20]
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


def test_every_kind_of_path_is_understood(page: Page, offline: str) -> None:
    corpus = family_corpus()
    engine = engine_with(page, offline, corpus)
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


def test_moved_anchors_former_ids_and_declared_names(page: Page, offline: str, corpus: Corpus) -> None:
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
    engine = engine_with(page, offline, Corpus((changed, guizhou), (), names={GUIZHOU: ("黔优商",)}))
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


def test_three_thousand_policies_are_ranked_from_the_index_alone(
    page: Page, offline: str, corpus: Corpus
) -> None:
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
    engine = engine_with(page, offline, Corpus(policies, ()))
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


# ---- The page ----


def ask(page: Page, text: str) -> None:
    """Write a citation into the box and wait for its outcome."""
    page.locator(".cite__box").fill(text)
    page.wait_for_function("text => new URLSearchParams(location.search).get('q') === text.trim()", arg=text)
    expect(page.locator(".cite__status")).not_to_have_text(re.compile("^$|正在载入"))


def test_the_best_hit_is_a_card_with_citation_wording_and_policy(
    page: Page, base: str, corpus: Corpus
) -> None:
    page.goto(f"{base}/cite.html")
    expect(page.locator(".cite__box")).to_be_focused()
    ask(page, "营口方案第35项")
    expect(page.locator(".cite__citation")).to_have_text(
        "《营口市营商环境优化行动方案》（营政办发〔2020〕14号）第35项"
    )
    policy = next(one for one in corpus.policies if one.id == YINGKOU)
    clause = next(one for one in policy.clauses if one.anchor == "subpara_35")
    shown = page.locator(".cite__wording").inner_text().removesuffix("……")
    assert clause.wording.startswith(shown)
    assert len(shown) > 100
    expect(page.locator(".cite__whole a")).to_have_attribute(
        "href", re.compile(rf"policies/{YINGKOU}\.html$")
    )
    expect(page.locator("[role=status].cite__status")).to_contain_text("找到了")


def test_enter_goes_to_the_clause_and_back_shows_the_query_again(page: Page, base: str) -> None:
    page.goto(f"{base}/cite.html")
    page.keyboard.type("营口方案第35项")
    page.keyboard.press("Enter")  # before the pause after the last key is over
    page.wait_for_url(f"**/policies/{YINGKOU}.html#subpara_35")
    expect(page.locator("#subpara_35")).to_be_in_viewport()
    page.go_back()
    expect(page.locator(".cite__box")).to_have_value("营口方案第35项")
    expect(page.locator(".cite__citation")).to_be_visible()


def test_the_button_goes_there_too(page: Page, offline: str) -> None:
    page.goto(f"{offline}/cite.html")
    page.locator(".cite__box").fill("贵州条例第五十条第二款")
    page.locator(".cite__go").click()
    page.wait_for_url(f"**/policies/{GUIZHOU}.html#art_50__para_2")


def test_arrows_enter_and_escape(page: Page, base: str) -> None:
    page.goto(f"{base}/cite.html")
    ask(page, "优化营商环境条例第五十条")
    links = page.locator(".cite__item")
    expect(links).to_have_count(2)
    page.keyboard.press("Enter")  # nothing is chosen for the reader
    expect(links.nth(0)).to_be_focused()
    assert "cite.html" in page.url
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator(".cite__box")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(0)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".cite__box")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".cite__box")).to_have_value("")
    expect(links).to_have_count(0)
    ask(page, "优化营商环境条例第五十条")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/policies/{GUIZHOU}.html#art_50")


def test_the_letters_of_an_input_method_are_no_citation_yet(page: Page, offline: str) -> None:
    page.goto(f"{offline}/cite.html")
    box = page.locator(".cite__box")
    box.dispatch_event("compositionstart")
    box.fill("yingkou fangan")
    page.wait_for_timeout(400)
    expect(page.locator(".cite__status")).to_have_text("")
    box.dispatch_event("keydown", {"key": "Enter", "keyCode": 229, "isComposing": True})
    box.evaluate("box => { box.value = '营口方案第35项'; }")
    box.dispatch_event("compositionend")
    expect(page.locator(".cite__citation")).to_contain_text("第35项")
    assert "cite.html" in page.url


def test_a_pasted_text_of_several_lines_grows_the_box_and_lists_all(page: Page, offline: str) -> None:
    page.goto(f"{offline}/cite.html")
    height = page.locator(".cite__box").evaluate("box => box.offsetHeight")
    ask(page, "营口方案第35项\n贵州条例第五十条\n售电办法第五条")
    assert page.locator(".cite__box").evaluate("box => box.offsetHeight") > height
    expect(page.locator(".cite__citation")).to_contain_text("第35项")
    expect(page.locator(".cite__item")).to_have_count(2)
    expect(page.locator(".cite__status")).to_contain_text("3 处")


def test_near_misses_are_listed_with_their_reasons(page: Page, base: str) -> None:
    page.goto(f"{base}/cite.html")
    ask(page, "营口方案第200条")
    expect(page.locator(".cite__status")).to_contain_text("没有第200条")
    first = page.locator(".cite__item").first
    expect(first.locator(".cite__reason")).to_contain_text("最后一项是第75项")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/policies/{YINGKOU}.html#subpara_75")


@pytest.mark.parametrize("go", ["&go=1", ""])
def test_a_query_in_the_address(page: Page, base: str, go: str) -> None:
    page.goto(f"{base}/about.html")
    page.goto(f"{base}/cite.html?q={quote('营口方案第35项')}{go}")
    if not go:
        expect(page.locator(".cite__citation")).to_contain_text("第35项")
        assert "cite.html" in page.url
        return
    page.wait_for_url(f"**/policies/{YINGKOU}.html#subpara_35")
    page.go_back()  # the page that forwarded is not in the way
    page.wait_for_url("**/about.html")


@pytest.mark.parametrize(
    "text",
    ["优化营商环境条例第五十条", "营口方案第200条", "贵州条例第九条、第十条", "哈尔滨66条", "营口方按第35项"],
)
def test_what_is_not_certain_is_not_forwarded(page: Page, base: str, text: str) -> None:
    page.goto(f"{base}/cite.html?q={quote(text)}&go=1")
    expect(page.locator(".cite__results a").first).to_be_visible()
    page.wait_for_timeout(300)
    assert "cite.html" in page.url


def test_a_query_behind_the_hash_is_read_as_well(page: Page, offline: str) -> None:
    page.goto(f"{offline}/cite.html#q={quote('营口方案第35项')}")
    expect(page.locator(".cite__citation")).to_contain_text("第35项")


def test_the_address_follows_the_box(page: Page, base: str) -> None:
    page.goto(f"{base}/cite.html")
    ask(page, "营口方案第35项")
    assert parse_qs(urlsplit(page.url).query) == {"q": ["营口方案第35项"]}
    page.locator(".cite__clear").click()
    page.wait_for_function("location.search === ''")
    page.locator(".cite__box").fill("第" * 3000)
    page.wait_for_timeout(400)
    assert not urlsplit(page.url).query  # too long for an address


def test_only_the_clauses_of_candidates_are_asked_for(page: Page, base: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/clauses/")[2]))
    page.goto(f"{base}/cite.html")
    ask(page, "营口方案第35项")
    assert {name for name in asked if re.fullmatch(r"[\w-]+\.js", name)} == {"index.js", f"{YINGKOU}.js"}


@pytest.mark.parametrize("missing", ["index", YINGKOU])
def test_data_that_cannot_be_loaded_are_told_in_words(
    page: Page, built: Project, serve_folder: Callable[[Path], str], page_record: PageRecord, missing: str
) -> None:
    base = serve_folder(built.site)
    page.context.route(f"**/clauses/{missing}.js", lambda route: route.abort())
    page.goto(f"{base}/cite.html")
    page.locator(".cite__box").fill("营口方案第35项")
    expect(page.locator(".cite__status")).to_contain_text("条文数据无法载入")
    page_record.forget()
    page.context.unroute(f"**/clauses/{missing}.js")
    page.locator(".cite__box").fill("营口方案第36项")  # the next try succeeds
    expect(page.locator(".cite__citation")).to_contain_text("第36项")


def test_hostile_text_stays_text_on_the_page(page: Page, base: str) -> None:
    page.goto(f"{base}/cite.html")
    for text in (
        '<img src=x onerror="document.title=1">《<b>营口</b>方案》第35项',
        "《<script>document.title=1</script>》第35项",
        "javascript:alert(1)//x-y.html#subpara_1",
        "营口方案第35项" + "很长" * 5000,
    ):
        page.locator(".cite__box").fill(text)
        page.wait_for_timeout(500)
        expect(page.locator(".cite__status")).not_to_have_text(re.compile("^$|正在载入"))
        assert page.title() != "1"
        assert page.locator(".cite__results :is(img, script, b b)").count() == 0
        for href in page.locator(".cite__results a").evaluate_all("links => links.map(link => link.href)"):
            assert href.startswith(base)


def test_every_example_is_what_the_page_says_and_leads_somewhere(filed: Engine, built: Project) -> None:
    soup = soup_of(built.site / "cite.html")
    examples = soup.select(".cite__examples a")
    assert len(examples) >= 10
    for link in examples:
        assert parse_qs(urlsplit(str(link["href"])).query)["q"] == [link.get_text()]
    states = {link.get_text(): one["state"] for link, one in zip(
        examples, filed.find([link.get_text() for link in examples]), strict=True)}  # fmt: skip
    unclear = {"subpara_35": "several", "优化营商环境条例第五十条": "several", "营口方案第200条": "near"}
    assert states == {text: unclear.get(text, "found") for text in states}
    expect(filed.page.locator(".cite__examples li:visible")).to_have_count(len(examples))


def test_an_example_is_shown_in_place(page: Page, base: str) -> None:
    page.goto(f"{base}/cite.html")
    page.get_by_role("link", name="齐齐哈尔措施29号").click()
    expect(page.locator(".cite__box")).to_have_value("齐齐哈尔措施29号")
    expect(page.locator(".cite__citation")).to_contain_text("齐政发〔2020〕29号")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "text", ["", "营口方案第35项", "营口方案第200条", "subpara_35", "贵州条例第九条至第十二条", "x" * 900]
)
def test_on_a_phone_nothing_scrolls_sideways(page: Page, offline: str, scheme: str, text: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{offline}/cite.html?q={quote(text)}")
    if text:
        expect(page.locator(".cite__status")).not_to_have_text(re.compile("^$|正在载入"))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    for part in (".cite__box", ".cite__go", ".cite__card", ".cite__item"):
        for box in page.locator(part).all():
            area = box.bounding_box()
            assert area is not None
            assert area["x"] >= 0
            assert area["x"] + area["width"] <= 390
            assert area["height"] >= 40  # room for a finger


def test_without_scripts_the_page_says_so_and_points_to_the_lists(browser: Browser, offline: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{offline}/cite.html")
    expect(page.locator("noscript .note")).to_contain_text("需要浏览器的 JavaScript")
    for name, path in (("政策列表", "policies/index.html"), ("指标列表", "indicators/index.html")):
        expect(page.locator("noscript").get_by_role("link", name=name)).to_have_attribute("href", path)
    expect(page.locator(".cite")).to_be_hidden()
    context.close()
