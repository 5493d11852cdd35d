"""What is promised on one indicator, side by side: subjects, tables, pictures, CSV, and the pages that show them."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import Tag
from playwright.sync_api import Page, expect

from generator.model import (
    Analysis,
    Assignment,
    Commitment,
    Corpus,
    CorpusError,
    Jurisdiction,
    Policy,
    Responsibility,
    Span,
    Unit,
)
from generator.publishing.data.csv_files import COMPARISON_COLUMNS, comparison_csv
from generator.sitemap import comparison_file
from generator.views.comparison import Comparison, compare, subjects_of
from generator.views.indicators import Comparisons, topic_counts
from generator.views.lists import rows
from generator.views.phrases import Phrases
from generator.views.plots import plots
from generator.vocabulary.subjects import Subject, Subjects, read_subjects
from tests.support.corpora import Project, parse_policy
from tests.support.html import soup_of
from tests.support.words import WORDS, folder_with

TAXONOMY = WORDS.taxonomy
ELECTRICITY = "getting-electricity"
SUBJECTS: Subjects = {
    (ELECTRICITY, "time"): (Subject("低压", ("低压",)), Subject("高压", ("高压",), ("双电源",))),
}


def promise(quote: str, value: float | Span, **facts: object) -> Commitment:
    """A commitment on time of at most so many days, as if found at the start of a wording."""
    made = Commitment(0, len(quote), quote, quote, "time", "<=", value, "天")
    return replace(made, **facts)  # type: ignore[arg-type]


def corpus_of(promised: dict[str, list[Commitment]], role: str = "primary") -> Corpus:
    """A corpus of a city each, whose only clause makes these promises on electricity."""
    policies: list[Policy] = []
    analyses: dict[tuple[str, str], Analysis] = {}
    for number, (city, commitments) in enumerate(promised.items()):
        text = "，".join(one.quote for one in commitments)
        policy = parse_policy(f"{city}措施\n一、{text}。\n二、加强领导。\n")
        clause = replace(policy.clauses[0], policy=f"city-{number}")
        place = Jurisdiction("city", "某省", city)
        policy = replace(policy, id=f"city-{number}", jurisdiction=place, clauses=(clause,))
        policies.append(policy)
        analyses[policy.id, clause.anchor] = Analysis(
            indicators=(Assignment(ELECTRICITY, role, ("词“用电”",)),),  # type: ignore[arg-type]
            commitments=tuple(commitments),
            responsibility=Responsibility(lead=(Unit("市供电公司", "供电公司"),)),
        )
    return Corpus(tuple(policies), (), analyses)


def compared(corpus: Corpus) -> Comparison:
    """The only comparison of a small corpus, in the order of its policies."""
    (comparison,) = compare(ELECTRICITY, corpus.policies, corpus, SUBJECTS)
    return comparison


# ---- Subjects


def test_a_subject_that_two_policies_share_is_a_column_and_the_rest_is_listed() -> None:
    corpus = corpus_of(
        {
            "甲市": [promise("低压接电", 9), promise("高压接电", 30)],
            "乙市": [promise("低压用户", 3), promise("抢修", 1)],
        }
    )
    comparison = compared(corpus)
    assert comparison.subjects == ("低压",)
    table = [[len(cell.promises) for cell in row.cells] for row in comparison.rows]
    assert table == [[1], [1]]
    assert [(cell.subject, cell.promises[0].commitment.value) for cell in comparison.others] == [
        ("高压", 30),
        ("抢修", 1),
    ]
    assert comparison.related == ()


def test_places_keep_their_order_whatever_they_promise() -> None:
    for values in ((9, 3, 5), (3, 5, 9), (5, 9, 3)):
        cities = dict(zip(("甲市", "乙市", "丙市"), values, strict=True))
        comparison = compared(corpus_of({city: [promise("低压", value)] for city, value in cities.items()}))
        assert [row.policy.jurisdiction.city for row in comparison.rows] == ["甲市", "乙市", "丙市"]
        (plot,) = plots(comparison)
        assert [mark.policy.jurisdiction.city for mark in plot.marks] == ["甲市", "乙市", "丙市"]


@pytest.mark.parametrize(
    ("subject", "scope", "quote", "wanted"),
    [
        ("低压用户", None, "", ["低压"]),
        ("高压、低压用户", None, "", ["低压", "高压"]),
        ("高压、低压用户", "高压", "", ["高压"]),
        ("高压双电源用户", None, "", []),
        ("“高 压”用户", None, "", ["高压"]),
        ("有关单位", None, "低压接电当日办结", ["低压"]),
    ],
)
def test_scope_then_subject_then_quote_say_what_it_is_about(
    subject: str, scope: str | None, quote: str, wanted: list[str]
) -> None:
    commitment = promise(quote, 1, subject=subject, scope=scope)
    assert subjects_of(commitment, SUBJECTS[ELECTRICITY, "time"]) == wanted


def test_clauses_that_belong_elsewhere_first_are_apart_unless_they_share_a_subject() -> None:
    corpus = corpus_of(
        {"甲市": [promise("低压", 1), promise("供水", 2)], "乙市": [promise("低压", 3)]}, "secondary"
    )
    comparison = compared(corpus)
    assert comparison.subjects == ("低压",)
    assert [cell.subject for cell in comparison.related] == ["供水"]
    assert comparison.others == ()


@pytest.mark.parametrize(
    ("yaml", "line"),
    [
        ("starting-business:\n  time:\n    开办: {words: []}\n", 3),
        ("starting-business:\n  speed:\n    开办: {words: [开办]}\n", 2),
        ("starting-businesses:\n  time:\n    开办: {words: [开办]}\n", 1),
        ("starting-business:\n  time:\n    开办: {not: [注销]}\n", 3),
    ],
)
def test_a_fault_of_the_subjects_is_named_by_line(tmp_path: Path, yaml: str, line: int) -> None:
    with pytest.raises(CorpusError) as error:
        read_subjects(folder_with(tmp_path, "subjects", yaml))
    assert [problem.line for problem in error.value.problems] == [line]


def test_every_commitment_is_once_in_each_of_its_subjects_and_nowhere_else(corpus: Corpus) -> None:
    subjects = WORDS.subjects
    total = 0
    for indicator in TAXONOMY.indicators:
        wanted = Counter(
            (clause.policy, clause.anchor, commitment, name)
            for policy in corpus.policies
            for clause in policy.clauses
            if any(one.id == indicator.id for one in corpus.analysis(clause).indicators)
            for commitment in corpus.analysis(clause).commitments
            for name in subjects_of(commitment, subjects.get((indicator.id, commitment.dimension), ()))
            or [commitment.subject]
        )
        found = Counter(
            (one.clause.policy, one.clause.anchor, one.commitment, cell.subject)
            for comparison in compare(indicator.id, corpus.policies, corpus, subjects)
            for cell in comparison.cells()
            for one in cell.promises
        )
        assert found == wanted
        total += sum(found.values())
    assert total > 300


# ---- Words


@pytest.mark.parametrize(
    ("facts", "wanted"),
    [
        ({"value": 2, "unit": "工作日"}, "不超过2个工作日"),
        ({"value": 0.5, "unit": "天", "comparator": "="}, "0.5天"),
        ({"value": 0, "unit": "即时", "comparator": "="}, "即时"),
        ({"value": 0, "unit": "元", "comparator": "=", "dimension": "cost", "quote": "收费0元"}, "0元"),
        ({"value": Span(1, 3), "unit": "个工作日"}, "1–3个工作日"),
        ({"value": 90, "unit": "%", "dimension": "ratio", "comparator": ">="}, "不低于90%"),
        ({"value": 5, "unit": "%", "dimension": "ratio", "comparator": "change", "quote": "提高5%"}, "提高5%"),
        ({"value": 50, "unit": "%", "dimension": "ratio", "comparator": "change", "quote": "再压减一半"}, "压减50%"),
        ({"value": 4, "unit": "个", "dimension": "steps"}, "不超过4个环节"),
        ({"value": 500000, "unit": "元", "dimension": "cost"}, "不超过50万元"),
        ({"value": 1.5e9, "unit": "元", "dimension": "cost", "comparator": ">"}, "超过15亿元"),
        ({"value": 99.805, "unit": "%", "dimension": "ratio", "comparator": ">="}, "不低于99.805%"),
    ],
)  # fmt: skip
def test_a_commitment_is_said_in_chinese(facts: dict[str, object], wanted: str) -> None:
    assert Phrases(WORDS.commitments).value(replace(promise("接电", 1), **facts)) == wanted  # type: ignore[arg-type]


def test_what_a_column_says_is_not_said_again() -> None:
    phrases = Phrases(WORDS.commitments)
    commitment = promise("接电", 1, baseline=7, due="2020年底前", scope="高压")
    assert phrases.notes(commitment) == ["原7天", "2020年底前", "高压"]
    assert phrases.notes(commitment, "高压用户") == ["原7天", "2020年底前"]
    steps = replace(commitment, dimension="steps", unit="个", scope=None, due=None)
    assert phrases.notes(steps) == ["原7个环节"]
    assert phrases.notes(steps, "办电", among_others=True) == ["原7个环节", "接电"]


# ---- Pictures


def test_a_picture_needs_three_places_that_differ() -> None:
    def drawn(*values: float) -> int:
        cities = [f"{letter}市" for letter in "甲乙丙丁"[: len(values)]]
        corpus = corpus_of({city: [promise("低压", v)] for city, v in zip(cities, values, strict=True)})
        return len(plots(compared(corpus)))

    assert drawn(1, 2, 3) == 1
    assert drawn(1, 2) == 0
    assert drawn(2, 2, 2) == 0


def test_at_once_in_other_words_makes_no_picture() -> None:
    """即时 and 0个工作日 have different marks, and no axis to stand on."""
    corpus = corpus_of(
        {
            "甲市": [promise("低压", 0, unit="即时", comparator="=")],
            "乙市": [promise("低压", 0, unit="工作日")],
            "丙市": [promise("低压", 0)],
        }
    )
    assert plots(compared(corpus)) == []


def test_a_mark_says_for_whom_where_there_is_room() -> None:
    corpus = corpus_of(
        {
            "甲市": [promise("低压", 5, users="居民客户")],
            "乙市": [promise("低压", 10, users="增值税小规模纳税人和其他纳税人")],
            "丙市": [promise("低压", 12)],
        }
    )
    (plot,) = plots(compared(corpus))
    assert [mark.label for mark in plot.marks] == ["5天 居民客户", "10天", "12天"]


def test_a_cell_says_for_whom_when_and_with_what_force() -> None:
    phrases = Phrases(WORDS.commitments)
    one = promise(
        "低压接电",
        5,
        subject="接电",
        users="居民客户",
        condition="验收合格后；不含施工时间",
        force="encouraged",
    )
    one = replace(one, approximate=True, day="working", day_said="工作日，下同")
    assert phrases.value(one) == "原则上不超过5天（原文：工作日，下同）"
    assert phrases.notes(one, "低压") == ["居民客户", "验收合格后", "不含施工时间"]
    draft = replace(parse_policy("甲市营商环境措施\n\n一、内容\n"), status="征求意见稿")
    assert phrases.marks(one, draft) == ["鼓励、力争", "征求意见稿"]
    assert phrases.marks(promise("接电", 1)) == []


def test_the_class_of_users_says_which_subject_it_is() -> None:
    commitment = promise("5个工作日内送电", 5, subject="送电工作", users="高压客户")
    assert subjects_of(commitment, SUBJECTS[ELECTRICITY, "time"]) == ["高压"]


def test_working_days_and_days_have_marks_of_their_own_and_months_no_place_among_them() -> None:
    corpus = corpus_of(
        {
            "甲市": [promise("低压", 5, unit="工作日")],
            "乙市": [promise("低压", 10)],
            "丙市": [promise("低压", 12, unit="小时"), promise("低压", 1, unit="个月")],
            "丁市": [promise("低压", Span(1, 2), unit="自然日", day="calendar")],
            "己市": [promise("低压", 4, day="working", day_said="工作日，下同")],
            "戊市": [promise("低压", 0, unit="即时", comparator="=")],
        }
    )
    (plot,) = plots(compared(corpus))
    assert (plot.axis, plot.ticks[0].at, plot.ticks[-1].at, plot.ticks[-1].label) == ("天", 0, 100, "10")
    assert [(mark.shape, mark.start, mark.stop) for mark in plot.marks] == [
        ("workday", 50, 50),
        ("day", 100, 100),  # the text does not say of which kind
        ("calendar", 5, 5),
        ("calendar", 10, 20),
        ("workday", 40, 40),
        ("instant", 0, 0),
    ]
    assert [one.commitment.unit for one in plot.left_out] == ["个月"]


@pytest.mark.parametrize("longest", [0.3, 1, 2, 7, 15, 50, 73, 99, 100, 120, 1000])
def test_the_axis_has_few_round_ticks_and_holds_every_value(longest: float) -> None:
    corpus = corpus_of(
        {"甲市": [promise("低压", 0.1)], "乙市": [promise("低压", 0.2)], "丙市": [promise("低压", longest)]}
    )
    (plot,) = plots(compared(corpus))
    assert 3 <= len(plot.ticks) <= 6
    assert float(plot.ticks[-1].label) >= longest
    assert max(mark.stop for mark in plot.marks) > 50


# ---- CSV


def read_csv(text: str) -> list[dict[str, str]]:
    """The lines of a CSV file by column."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def test_csv_says_what_the_table_says_and_no_text_of_it_is_a_formula() -> None:
    hostile = promise('=1+1,"低压"\n接电', Span(1, 3), unit="工作日", due="@年底", baseline=7)
    corpus = corpus_of({"甲市": [hostile], "乙市": [promise("低压", 0, unit="即时", comparator="=")]})
    indicator = next(one for one in TAXONOMY.indicators if one.id == ELECTRICITY)
    text = comparison_csv(compared(corpus), indicator, "https://example.org/")
    assert text.startswith("\ufeff指标,")
    assert text.endswith("\r\n")
    first, second = read_csv(text)
    assert tuple(first) == COMPARISON_COLUMNS
    assert first["原文"] == "'" + hostile.quote
    assert first["时限"] == "'@年底"
    told = [first[name] for name in ("主题", "数值", "最大值", "单位", "原值", "牵头单位", "链接")]
    assert told == [
        "低压",
        "1",
        "3",
        "工作日",
        "7",
        "市供电公司",
        "https://example.org/policies/city-0.html#sec_1",
    ]
    assert (second["数值"], second["最大值"], second["单位"], second["比较"]) == ("0", "", "即时", "等于")


def test_every_file_reads_back_as_its_comparison(built: Project, corpus: Corpus) -> None:
    comparisons = Comparisons(corpus, WORDS)
    names = set()
    for indicator in TAXONOMY.indicators:
        for comparison in comparisons.of(indicator.id):
            name = comparison_file(indicator.id, comparison.dimension)
            names.add(Path(name).name)
            with (built.site / "data" / name).open(encoding="utf-8", newline="") as file:
                lines = read_csv(file.read())
            told = [
                (cell.subject.lstrip("'"), one.policy.title, one.commitment.quote)
                for cell in comparison.cells()
                for one in cell.promises
            ]
            assert [(line["主题"], line["政策"], line["原文"]) for line in lines] == told
    assert {path.name for path in (built.site / "data/indicators").iterdir()} == names
    assert len(names) > 40


# ---- Pages


@pytest.fixture(scope="module")
def comparisons(corpus: Corpus) -> Comparisons:
    """The comparisons of the repository's corpus."""
    return Comparisons(corpus, WORDS)


def links_of(page: Tag, selector: str) -> Iterator[tuple[str, str]]:
    """The links of the tables: address, and the quote they show."""
    for link in page.select(selector):
        yield str(link["href"]), str(link["title"])


def test_every_promise_is_on_the_page_and_leads_to_its_clause(
    built: Project, corpus: Corpus, comparisons: Comparisons
) -> None:
    wordings = {
        f"../{clause.url}": " ".join(clause.wording.split())
        for policy in corpus.policies
        for clause in policy.clauses
    }
    living = {
        policy.id: {str(tag["id"]) for tag in soup_of(built.site / policy.url).select("[id]")}
        for policy in corpus.policies
    }
    for indicator in TAXONOMY.indicators:
        page = soup_of(built.site / f"indicators/{indicator.id}.html")
        found = list(links_of(page, ":is(.comparison__table td, .promises__table td:last-child) a[title]"))
        wanted = Counter(
            (f"../{one.clause.url}", one.commitment.quote.replace("\n", " "))
            for comparison in comparisons.of(indicator.id)
            for cell in comparison.cells()
            for one in cell.promises
        )
        assert Counter(found) == wanted
        for address, quote in found:
            assert " ".join(quote.split()) in wordings[address]
            policy, anchor = re.fullmatch(r"\.\./policies/(.+)\.html#(.+)", address).groups()  # type: ignore[union-attr]
            assert anchor in living[policy]
        for local in page.select(":is(.comparison__table, .promises__table) th a"):
            assert page.find(id=str(local["href"])[1:]) is not None


def test_places_stand_in_one_order_on_every_page(built: Project, corpus: Corpus) -> None:
    order = [row.policy.id for row in rows(corpus.policies)]
    for indicator in TAXONOMY.indicators:
        page = soup_of(built.site / f"indicators/{indicator.id}.html")
        lists = [
            [str(link["href"])[1:] for link in table.select("tbody th > a")]
            for table in page.select("table.comparison__table")
        ]
        lists.append([str(heading["id"]) for heading in page.select("h3[id]") if str(heading["id"]) in order])
        for listed in lists:
            assert listed == sorted(listed, key=order.index)
        if page.select("table.comparison__table"):
            assert "不排名、不打分" in page.get_text()


def test_a_picture_says_in_words_what_it_shows(built: Project, comparisons: Comparisons) -> None:
    drawn = 0
    for indicator in TAXONOMY.indicators:
        page = soup_of(built.site / f"indicators/{indicator.id}.html")
        pictures = page.select("svg[role=img]")
        wanted = [plot for one in comparisons.of(indicator.id) for plot in plots(one)]
        assert len(pictures) == len(wanted)
        for picture, plot in zip(pictures, wanted, strict=True):
            title, description = (page.find(id=id_) for id_ in str(picture["aria-labelledby"]).split())
            assert title is not None
            assert description is not None
            assert plot.subject in title.get_text()
            assert description.get_text().count("。") == len(plot.marks)
            assert not picture.select("[style], script, a")
        drawn += len(pictures)
    assert drawn >= 5


def test_each_topic_of_b_ready_has_its_page(built: Project, corpus: Corpus) -> None:
    topics = WORDS.topics
    listed = soup_of(built.site / "b-ready/index.html")
    counts = topic_counts(topics, corpus)
    assert [str(link["href"]) for link in listed.select("tbody th a")] == [
        f"{topic.id}.html" for topic in topics
    ]
    assert [cell.get_text() for cell in listed.select("td[data-label=条文]")] == [
        str(counts[topic.id]) for topic in topics
    ]
    for topic in topics:
        page = soup_of(built.site / f"b-ready/{topic.id}.html")
        links = [str(link["href"]) for link in page.select("tbody th a")]
        assert links == [f"../indicators/{one.id}.html" for one in topic.indicators]
        for link in page.select("td a"):
            target, _, anchor = str(link["href"]).removeprefix("../").partition("#")
            assert soup_of(built.site / target).find(id=anchor) is not None


# ---- In the browser


@pytest.mark.browser
def test_clauses_are_filtered_by_place_level_and_year_from_the_address(
    page: Page, base: str, corpus: Corpus
) -> None:
    page.goto(f"{base}/indicators/starting-business.html?level=市级")
    by_id = {policy.id: policy for policy in corpus.policies}

    def shown() -> set[str]:
        return {
            str(heading.get_attribute("id")) for heading in page.locator("h3:visible").all()
        } & by_id.keys()

    everywhere = {str(one.get_attribute("id")) for one in page.locator("h3").all()} & by_id.keys()
    cities = {id_ for id_ in everywhere if by_id[id_].jurisdiction.level == "city"}
    assert 0 < len(cities) < len(everywhere)
    assert shown() == cities
    expect(page.locator(".policy-hits:visible")).to_have_count(len(cities))
    page.locator(".filters [name=year]").select_option("2020")
    recent = {id_ for id_ in cities if by_id[id_].year == 2020}
    assert shown() == recent != cities
    page.reload()
    assert shown() == recent
    page.get_by_role("button", name="清除").click()
    expect(page.locator(".policy-hits:visible")).to_have_count(len(everywhere))
    page.locator(".filters [name=place]").select_option("黑龙江省")
    assert shown() == {id_ for id_ in everywhere if by_id[id_].jurisdiction.province == "黑龙江省"}
    # A place named in a table leads to its clauses, whatever the filter hides.
    page.locator(".comparison__table a[href='#yingkou-2020-14']").first.click()
    expect(page.locator("#yingkou-2020-14")).to_be_in_viewport()
    assert shown() == everywhere


@pytest.mark.browser
@pytest.mark.parametrize("name", ["starting-business", "getting-electricity", "inclusive-innovation"])
def test_on_a_phone_the_table_scrolls_and_not_the_page(phone: Page, base: str, name: str) -> None:
    phone.goto(f"{base}/indicators/{name}.html")
    phone.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    for region in phone.get_by_role("region", name="对照表").all():
        expect(region).to_have_attribute("tabindex", "0")
        if region.evaluate("one => one.scrollWidth > one.clientWidth"):
            region.evaluate("one => { one.scrollLeft = 60; }")
            head = region.locator("tbody th").first
            assert abs(head.bounding_box()["x"] - region.bounding_box()["x"]) < 2  # type: ignore[index]


@pytest.mark.browser
def test_on_paper_nothing_is_folded_away(
    page: Page, built: Project, serve_folder: Callable[[Path], str]
) -> None:
    page.goto(f"{serve_folder(built.site)}/indicators/starting-business.html")
    folded = page.locator("details.promises:not([open]) tbody tr").first
    expect(folded).to_be_hidden()
    page.emulate_media(media="print")
    assert folded.evaluate("one => one.getBoundingClientRect().height") > 0
    expect(page.locator(".promise__clause").first).to_be_visible()
    expect(page.locator(".filters")).to_be_hidden()
