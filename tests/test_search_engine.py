"""The engine of the search in a real browser: exact against a plain scan, ranked, and refusing what does not fit."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, Page

from generator.folding import fold
from generator.model import Analysis, Commitment, Corpus, Policy
from generator.publishing.data.records import clauses_jsonl
from generator.publishing.scripts.search.numbers import writer
from tests.support.browser import PageRecord
from tests.support.corpora import Project, parse_text
from tests.support.javascript import call
from tests.support.searching import (
    Query,
    Record,
    Scan,
    found,
    open_index,
    random_queries,
    write_index,
)
from tests.support.varied import varied_corpus
from tests.support.words import WORDS

pytestmark = pytest.mark.browser

QUERIES = 2000


def policy(text: str, number: int = 1, **facts: Any) -> Policy:  # noqa: ANN401 - the fields of a policy
    """A policy written on the spot, with an id of its own."""
    (parsed,) = parse_text(text).policies
    id_ = f"city-{number}"
    clauses = tuple(replace(clause, policy=id_) for clause in parsed.clauses)
    return replace(parsed, id=id_, clauses=clauses, **facts)


def index_of(tmp_path: Path, *policies: Policy) -> str:
    """The address of a page with the index of these policies."""
    return write_index(tmp_path, Corpus(policies, ())).as_uri()


def titles(page: Page, query: str) -> list[str]:
    """The titles of the clauses found, in order; the wording of those that have none."""
    shown: list[str] = page.evaluate(
        """async query => {
            const found = await policySearch.find(query);
            const records = await Promise.all(Array.from(found.clauses, policySearch.record));
            return records.map(({clause}) => clause.title || clause.wording);
        }""",
        query,
    )
    return shown


def assert_exact(page: Page, records: Sequence[Record], queries: Sequence[Query]) -> None:
    """Every query finds what the scan finds, no more and no less, each clause once."""
    scan = Scan(records)
    for query, urls in zip(queries, found(page, [query.typed for query in queries]), strict=True):
        assert Counter(urls) == Counter(scan.urls(query)), query


# ---- Exactness ----


def test_random_stretches_of_the_texts_are_all_found_and_nothing_else(
    page: Page, base: str, built: Project
) -> None:
    records = built.records()
    open_index(page, f"{base}/about.html")
    assert_exact(page, records, list(islice(random_queries(records, seed=20211122), QUERIES)))


def test_every_single_character_of_the_texts_is_found(page: Page, base: str, built: Project) -> None:
    records = built.records()
    characters = sorted(
        {character for record in records for character in record["wording"] if character.strip()}
    )
    open_index(page, f"{base}/about.html")
    assert_exact(page, records, [Query(one, (one,)) for one in characters if one != "-"])


def test_a_corpus_in_many_files_is_searched_as_exactly(page: Page, corpus: Corpus, tmp_path: Path) -> None:
    varied = varied_corpus(corpus, WORDS.taxonomy, 150)
    records = [json.loads(line) for line in clauses_jsonl(varied)]
    open_index(page, write_index(tmp_path, varied).as_uri())
    assert page.evaluate("policySearch.index().then(index => Object.keys(index.own).length)") > 10
    queries = list(islice(random_queries(records, seed=66), 500))
    queries += [Query(one, (one,)) for one in "务企的，。〔a3"]
    assert_exact(page, records, queries)


def test_titles_and_labels_are_found_where_the_wording_has_them_not(page: Page, tmp_path: Path) -> None:
    one = policy("某市若干措施\n一、压缩时间\n1.开办企业。免费刻章。\n")
    odd = tuple(
        replace(clause, title="另有标题", label="甲、") if clause.label == "1." else clause
        for clause in one.clauses
    )
    open_index(page, index_of(tmp_path, replace(one, clauses=odd)))
    records = [json.loads(line) for line in clauses_jsonl(Corpus((replace(one, clauses=odd),), ()))]
    queries = ["另有标题", "甲、", "另有标题 刻章", "刻章。另", "题甲", "章。甲", "有", "另有 -甲"]
    assert_exact(page, records, [_plain(query) for query in queries])
    assert titles(page, "另有标题") == ["另有标题"]


def _plain(typed: str) -> Query:
    words = typed.split()
    return Query(
        typed,
        tuple(word for word in words if not word.startswith("-")),
        tuple(word[1:] for word in words if word.startswith("-")),
    )


@pytest.mark.parametrize(
    "wording",
    [
        "𠮷野家在𠮷林",
        "</script><script>alert(1)</script>\"'\\`${x}",
        "行\u2028分\u2029隔\x85符",
        "__proto__ constructor toString",
        "e\u0301é\u200b零宽\ufeff",
        "①③（一）Ⅲ类Ⓐ级ＡＢＣａｂｃ",
        "～！＠＃￥％……＆×（）——＋",
    ],
)
def test_whatever_a_text_holds_is_data(page: Page, tmp_path: Path, wording: str) -> None:
    one = policy("某市若干措施\n一、压缩时间\n二、开办企业\n")
    first, second = one.clauses
    clauses = (replace(first, wording=f"一、{wording}", title=None), second)
    one = replace(one, title=f"某市{wording}措施", clauses=clauses)
    open_index(page, index_of(tmp_path, one))
    records = [json.loads(line) for line in clauses_jsonl(Corpus((one,), ()))]
    pieces = {
        wording[start:stop] for start in range(len(wording)) for stop in range(start + 1, len(wording) + 1)
    }
    queries = [piece for piece in sorted(pieces) if len(piece.split()) == 1 and piece[0] not in '-"“ ']
    assert_exact(page, records, [Query(piece, (piece,)) for piece in queries])
    shown = page.evaluate("policySearch.record(1).then(record => record.clause.wording)")
    assert shown == f"一、{wording}"
    assert page.evaluate("typeof alert.called") == "undefined"


def test_folding_is_the_same_in_python_and_in_javascript() -> None:
    plane = [chr(code) for code in range(0x10000) if not 0xD800 <= code < 0xE000]
    beyond = [chr(code) for code in range(0x1D400, 0x1D420)] + ["𠮷", "𝐀", "\U0010ffff"]
    folded = call("lib/folding.js", "fold", [[one] for one in plane + beyond])
    assert folded == [fold(character) for character in plane + beyond]


def test_numbers_are_read_as_they_were_written() -> None:
    written = writer()
    numbers = [*range(5000), 95_310, 95_311, 95_312, 10**6, 2**30]
    text = b"".join(map(written, numbers)).decode("ascii")
    assert call("search/numbers.js", "numbers", [[text]]) == [numbers]


# ---- What a query asks for ----


@pytest.mark.parametrize(
    ("query", "terms", "excluded"),
    [
        ("", [], []),
        ("  \u3000 ", [], []),
        ("刻章", ["刻章"], []),
        ("刻章 刻章\u3000公安", ["刻章", "公安"], []),
        ("企业 开办企业", ["开办企业"], []),  # what has the longer has the shorter
        ("Ａ１（ 〔2020〕", ["a1(", "(2020)"], []),
        ('"3 个工作日" 办结', ["3个工作日", "办结"], []),
        ('深化"放管服"改革', ['深化"放管服"改革'], []),  # quotes inside a term are text
        ('"放管服"改革', ['"放管服"改革'], []),
        ("深化“放管服”改革", ["深化“放管服”改革"], []),
        ("“放管服”", ["“放管服”"], []),
        ("“放 管服” 改革", ["放管服", "改革"], []),
        ("刻章 -公安", ["刻章"], ["公安"]),
        ('刻章 -"公安 机关"', ["刻章"], ["公安机关"]),
        ("-公安", [], ["公安"]),
        ("甲 - --", ["甲", "-"], ["-"]),
        ('"未完', ['"未完'], []),
    ],
)
def test_a_query_is_read(query: str, terms: list[str], excluded: list[str]) -> None:
    (parsed,) = call("search/query.js", "parse", [[query]])
    assert parsed == {"terms": terms, "excluded": excluded}


def test_a_term_that_is_only_excluded_finds_nothing(page: Page, base: str) -> None:
    open_index(page, f"{base}/about.html")
    assert found(page, ["-企业", "", " "]) == [[], [], []]


# ---- Rank ----

RANKED = """某市优化营商环境若干措施
一、总体要求
本市推进企业便利开办，免费刻章。
二、企业开办
1.开办企业的时间。时间压缩。
2.企业便利开办流程。流程优化。
3.零成本。为企业在本市开办提供便利。
4.刻章。免费。
5.免费刻章。公安机关备案。
"""


@pytest.fixture
def ranked(page: Page, tmp_path: Path) -> Page:
    """A page with two policies of the same text, the first a draft."""
    draft = policy(RANKED, 1, status="讨论稿", title="草稿市措施")
    open_index(page, index_of(tmp_path, draft, policy(RANKED, 2, status="正式")))
    return page


def test_the_whole_title_is_first_then_titles_then_texts(ranked: Page) -> None:
    assert titles(ranked, "刻章") == [
        "刻章", "刻章", "免费刻章", "免费刻章", "总体要求", "总体要求",
    ]  # fmt: skip


def test_terms_closer_to_one_another_are_first(ranked: Page) -> None:
    assert titles(ranked, "企业 开办")[::2] == [
        "企业开办",  # the whole title
        "开办企业的时间",  # in the title, side by side
        "企业便利开办流程",
        "总体要求",  # in the text
        "零成本",
    ]


def test_what_is_in_force_is_before_a_draft(ranked: Page) -> None:
    for query in ("刻章", "企业 开办", "时间压缩"):
        policies = [url.split("/")[1].split(".")[0] for url in found(ranked, [query])[0]]
        assert policies == ["city-2", "city-1"] * (len(policies) // 2), query


def test_the_order_is_always_the_same(page: Page, base: str) -> None:
    queries = ["服务", "企业 服务", "务", "营商环境"]
    open_index(page, f"{base}/about.html")
    first = found(page, queries)
    open_index(page, f"{base}/about.html")
    assert found(page, list(reversed(queries))) == list(reversed(first))


# ---- Policies, and clauses named by their number ----


def answer(page: Page, query: str) -> dict[str, list[str]]:
    """The addresses of what a query names: clauses by policy and number, and policies."""
    named: dict[str, list[str]] = page.evaluate(
        """async query => {
            const found = await policySearch.find(query);
            const urls = async list =>
                (await Promise.all(Array.from(list, policySearch.record))).map(record => record.url);
            return {direct: await urls(found.direct), policies: await urls(found.policies)};
        }""",
        query,
    )
    return named


@pytest.mark.parametrize(
    ("query", "url"),
    [
        ("营口 35", "yingkou-2020-14.html#subpara_35"),
        ("35 营口", "yingkou-2020-14.html#subpara_35"),
        ("营口 第35条", "yingkou-2020-14.html#subpara_35"),
        ("营口 第三十五项", "yingkou-2020-14.html#subpara_35"),
        ("营口 三、", "yingkou-2020-14.html#sec_3"),
        ("营口 第三部分", "yingkou-2020-14.html#sec_3"),
        ("贵州 第五十条", "guizhou-2022-business-environment.html#art_50"),
        ("贵州 50", "guizhou-2022-business-environment.html#art_50"),
        ("贵州 第二章", "guizhou-2022-business-environment.html#chp_2"),
        ("贵州省优化营商环境条例第五十条", "guizhou-2022-business-environment.html#art_50"),
        ("贵州省《优化营商环境条例》第５０条", "guizhou-2022-business-environment.html#art_50"),
        ("哈尔滨 66条", "harbin-undated-66.html#subpara_66"),
    ],
)
def test_a_clause_named_by_policy_and_number(page: Page, base: str, query: str, url: str) -> None:
    open_index(page, f"{base}/about.html")
    assert answer(page, query)["direct"] == [f"policies/{url}"]


@pytest.mark.parametrize(
    "query", ["35", "第五十条", "营口 999", "贵州 企业", "无此地 35", "哈尔滨市优化营商环境改革措施66条"]
)
def test_a_query_that_names_no_clause(page: Page, base: str, query: str) -> None:
    open_index(page, f"{base}/about.html")
    assert answer(page, query)["direct"] == []


def test_a_number_names_one_clause_of_every_policy_that_has_it(page: Page, base: str) -> None:
    open_index(page, f"{base}/about.html")
    assert answer(page, "优化营商环境条例 第八条")["direct"] == [
        "policies/chuzhou-2022-business-environment.html#art_8",
        "policies/guizhou-2022-business-environment.html#art_8",
    ]


@pytest.mark.parametrize(
    ("term", "anchors"),
    [
        ("第十条", ["art_10", "subpara_10", "sec_10", "para_10", "point_10"]),
        ("第一百三十三条", ["art_133"]),
        ("一百零三条", ["art_103"]),
        ("第十五之一条", ["art_15-1"]),
        ("第二十章", ["chp_20"]),
        ("附件2", ["att_2"]),
        ("附件二", ["att_2"]),
        ("三、", ["sec_3", "subpara_3"]),
        ("35.", ["art_35"]),
        ("三", []),  # a word like any other
        ("第条", []),
        ("三五条", ["art_35"]),
        ("第二〇条", ["art_20"]),
        ("第四〇条", ["art_40"]),
        ("第一〇五条", ["art_105"]),
        ("第廿一条", ["art_21"]),
        ("第五十之一条", ["art_50-1"]),
        ("第99999999999条", []),
        ("24号", []),
    ],
)
def test_the_anchors_a_term_may_mean(term: str, anchors: list[str]) -> None:
    (meant,) = call("search/named.js", "anchorsOf", [[fold(term)]])
    assert meant[: len(anchors)] == anchors
    assert bool(meant) == bool(anchors)


def test_an_inserted_article_is_found_by_its_number(page: Page, tmp_path: Path) -> None:
    text = "某市优化营商环境条例\n第一条 为了优化营商环境。\n第一条之一 本条后加。\n第二条 施行。\n"
    open_index(page, index_of(tmp_path, policy(text)))
    for query in ("某市 第一条之一", "某市优化营商环境条例第一条之一"):
        assert answer(page, query)["direct"] == ["policies/city-1.html#art_1-1"]


@pytest.mark.parametrize(
    ("query", "policy_id"),
    [
        ("营政办发〔2020〕14号", "yingkou-2020-14"),
        ("营政办发[2020]14号", "yingkou-2020-14"),
        ("营政办发（２０２０）14 号", None),  # the space parts two terms; both stand in the number
        ("营口市营商环境优化行动方案", "yingkou-2020-14"),
        ("贵州省优化营商环境条例", "guizhou-2022-business-environment"),
        ("辽宁 行动方案", "yingkou-2020-14"),
    ],
)
def test_a_policy_is_found_by_number_title_and_place(
    page: Page, base: str, query: str, policy_id: str | None
) -> None:
    open_index(page, f"{base}/about.html")
    wanted = policy_id or "yingkou-2020-14"
    assert answer(page, query)["policies"] == [f"policies/{wanted}.html"]


# ---- Narrowing down ----


def narrowed(
    page: Page, query: str, chosen: dict[str, list[str]]
) -> tuple[list[str], dict[str, dict[str, int]]]:
    """The addresses left of a query's clauses, and the counts of every facet."""
    urls, counts = page.evaluate(
        """async ([query, chosen]) => {
            const found = await policySearch.find(query, !query);
            const { documents, counts } = await policySearch.narrow(found.clauses, chosen);
            const records = await Promise.all(Array.from(documents, policySearch.record));
            const plain = Object.entries(counts).map(([name, values]) => [name, Object.fromEntries(values)]);
            return [records.map(record => record.url), Object.fromEntries(plain)];
        }""",
        [query, chosen],
    )
    return urls, counts


def facets(policy_of: dict[str, Policy], record: Record) -> dict[str, list[str]]:
    """The values of a clause, from the records and the policies."""
    own = policy_of[record["policy"]]
    place = own.jurisdiction
    path = [name for name in (place.province, place.city, place.county) if name] or ["全国"]
    return {
        "indicator": [one["id"] for one in record["indicators"]],
        "place": ["/".join(path[: depth + 1]) for depth in range(len(path))],
        "level": [place.level or ""],
        "year": [str(own.year or "")],
        "genre": [own.genre or ""],
        "commitment": ["1"] if record["commitments"] else [],
    }


@pytest.mark.parametrize(
    "chosen",
    [
        {},
        {"place": ["黑龙江省"]},
        {"place": ["黑龙江省/哈尔滨市", "辽宁省"]},
        {"indicator": ["starting-business", "paying-taxes"], "level": ["city"]},
        {"year": ["2020", ""], "genre": ["措施", "方案"], "place": ["黑龙江省"]},
        {"commitment": ["1"]},
        {"genre": ["没有这种"]},
    ],
)
@pytest.mark.parametrize("query", ["服务", ""])
def test_results_are_narrowed_down_and_counted(
    page: Page, base: str, built: Project, corpus: Corpus, query: str, chosen: dict[str, list[str]]
) -> None:
    open_index(page, f"{base}/about.html")
    policy_of = {one.id: one for one in corpus.policies}
    records = [record for record in built.records() if query in record["wording"]]
    values = [(record["url"], facets(policy_of, record)) for record in records]

    def fits(own: dict[str, list[str]], names: Iterable[str]) -> bool:
        return all(set(own[name]) & set(chosen[name]) for name in names)

    urls, counts = narrowed(page, query, chosen)
    assert sorted(urls) == sorted(url for url, own in values if fits(own, chosen))
    for name, counted in counts.items():
        others = [other for other in chosen if other != name]
        wanted = Counter(value for _, own in values if fits(own, others) for value in own[name])
        assert counted == dict(wanted), name


def test_clauses_with_a_commitment_are_told_apart(page: Page, tmp_path: Path) -> None:
    one = policy("某市若干措施\n一、开办企业\n1.开办企业1个工作日办结。\n2.免费刻章。\n")
    promise = Commitment(6, 11, "1个工作日", "开办企业", "time", "<=", 1, "工作日")
    written = Corpus((one,), (), {(one.id, one.clauses[1].anchor): Analysis(commitments=(promise,))})
    open_index(page, write_index(tmp_path, written).as_uri())
    urls, counts = narrowed(page, "", {"commitment": ["1"]})
    assert urls == [one.clauses[1].url]
    assert counts["commitment"] == {"1": 1}


# ---- Nothing found ----


@pytest.mark.parametrize(
    ("query", "shorter"),
    [
        ("不动产登记甲乙丙丁", "不动产登记"),
        ("不动产登记 龘龘", "不动产登记"),
        ("刻章零成本开办", "零成本"),
        ("龘", ""),
        ("龘 靐", ""),
        ("刻章龘 -公安龘", "刻章 -公安龘"),
    ],
)
def test_the_nearest_shorter_query_is_offered(
    page: Page, base: str, built: Project, query: str, shorter: str
) -> None:
    open_index(page, f"{base}/about.html")
    assert page.evaluate("query => policySearch.shorter(query)", query) == shorter
    assert not Scan(built.records()).urls(_plain(query))
    assert not shorter or Scan(built.records()).urls(_plain(shorter))


# ---- Marks and snippets ----


@pytest.mark.parametrize(
    ("text", "terms", "marked"),
    [
        ("开办企业零成本", ["企业"], "开办[企业]零成本"),
        ("开办 企业", ["办企"], "开[办 企]业"),
        ("ＡＢｃ", ["bc"], "Ａ[Ｂｃ]"),
        ("企业企业", ["企业"], "[企业企业]"),
        ("aaa", ["aa"], "[aaa]"),
        ("〔2020〕14号", ["(2020)"], "[〔2020〕]14号"),
        ("𠮷野", ["𠮷"], "[𠮷]野"),
        ("没有", ["龘"], "没有"),
    ],
)
def test_terms_are_marked_in_the_text_as_printed(text: str, terms: list[str], marked: str) -> None:
    (parts,) = call("search/snippets.js", "mark", [[text, terms]])
    assert "".join(f"[{one['text']}]" if one["marked"] else one["text"] for one in parts) == marked


def test_a_snippet_is_where_most_terms_are() -> None:
    text = "企业" + "甲" * 200 + "企业开办" + "乙" * 200
    (parts,) = call("search/snippets.js", "snippet", [[text, ["企业", "开办"]]])
    shown = "".join(one["text"] for one in parts)
    assert [one["text"] for one in parts if one["marked"]] == ["企业开办"]
    assert shown.startswith("…甲")
    assert shown.endswith("乙…")
    assert len(shown) < 120


# ---- What is refused ----


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("index", ('"version":2', '"version":99')),
        ("pairs/*", ('", [[', '-other", [[')),
    ],
)
def test_an_index_that_does_not_fit_is_refused(
    page: Page, tmp_path: Path, name: str, change: tuple[str, str]
) -> None:
    address = index_of(tmp_path, policy("某市若干措施\n一、开办企业\n"))
    for path in (tmp_path / "search").glob(f"{name}.js"):
        text = path.read_text("utf-8")
        assert change[0] in text
        path.write_text(text.replace(*change, 1), "utf-8")
    open_index(page, address)
    with pytest.raises(Error, match=r"版本.*不符.*刷新"):
        page.evaluate("policySearch.find('企业')")


def test_a_file_that_is_missing_is_named(page: Page, page_record: PageRecord, tmp_path: Path) -> None:
    address = index_of(tmp_path, policy("某市若干措施\n一、开办企业\n"))
    (tmp_path / "search" / "index.js").rename(tmp_path / "search" / "gone.js")
    open_index(page, address)
    with pytest.raises(Error, match=r"无法载入.*search/index\.js"):
        page.evaluate("policySearch.find('企业')")
    page_record.forget()
    (tmp_path / "search" / "gone.js").rename(tmp_path / "search" / "index.js")
    assert titles(page, "企业") == ["开办企业"]  # the next use tries again


def test_what_was_loaded_is_forgotten_in_time(page: Page, built: Project, base: str) -> None:
    """A reader who asks much keeps a bounded number of files, and still gets exact answers."""
    records = built.records()
    open_index(page, f"{base}/about.html", ("KEPT = 300", "KEPT = 3"))
    assert_exact(page, records, list(islice(random_queries(records, seed=7), 100)))
