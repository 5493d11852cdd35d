"""Home, the list of policies, glossary, changes and the page for a wrong address."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.analysis.glossary import definitions
from generator.analysis.glossary import uses as uses_of
from generator.anchors.changes import read_changes
from generator.anchors.lock import read_lock
from generator.model import Corpus, CorpusError
from generator.publishing.pages import fragments, indicators
from generator.publishing.pages.render import Renderer
from generator.views.analyses import analyses_of
from generator.views.corpus import Views
from generator.views.lists import newest, places
from generator.views.terms import term_marks, usages
from generator.vocabulary.glossary import read_glossary
from tests.support.browser import PageRecord
from tests.support.corpora import ROOT, SOURCES, Project, make_project, parse_policy
from tests.support.html import soup_of
from tests.support.words import WORDS, folder_with

ATOM = "{http://www.w3.org/2005/Atom}"


# ---- Home


def test_home_has_every_indicator_place_and_the_newest(built: Project, corpus: Corpus) -> None:
    home = soup_of(built.site / "index.html")
    assert len(home.select(".cards li")) == 18
    provinces = [place for place in places(corpus.policies) if place.depth == 0]
    shown = [item.get_text(" ", strip=True) for item in home.select(".places li")]
    assert shown == [f"{place.name} {place.count}" for place in provinces]
    assert sum(place.count for place in provinces) == len(corpus.policies)
    links = [str(link["href"]) for link in home.select(".newest a")]
    assert links == [row.policy.url for row in newest(corpus.policies)]
    assert len(links) == 6


@pytest.mark.browser
def test_the_box_of_the_home_page_searches(page: Page, base: str) -> None:
    page.goto(f"{base}/index.html")
    page.locator(".home-search input").fill("刻章")
    page.keyboard.press("Enter")
    expect(page.locator(".search__status")).to_have_text(re.compile("找到"))
    assert page.locator(".search__box").input_value() == "刻章"


# ---- The list of policies


def shown_policies(page: Page) -> list[str]:
    """The ids of the policies in sight, in their order."""
    links = page.locator("table.policies tbody tr:visible th a")
    return [str(link.get_attribute("href")).removesuffix(".html") for link in links.all()]


@pytest.mark.browser
def test_the_list_is_filtered_and_sorted_from_the_address(page: Page, base: str, corpus: Corpus) -> None:
    page.goto(f"{base}/policies/index.html?place=黑龙江省&sort=date")
    wanted = {policy.id for policy in corpus.policies if policy.jurisdiction.province == "黑龙江省"}
    shown = shown_policies(page)
    assert len(wanted) > 1
    assert set(shown) == wanted
    assert shown[0] == "qiqihar-2020-29"
    expect(page.get_by_role("status").filter(has_text="份中的")).to_contain_text(
        f"{len(corpus.policies)} 份中的 {len(wanted)} 份"
    )


@pytest.mark.browser
@pytest.mark.parametrize(
    ("name", "value", "fact"),
    [
        ("level", "市级", lambda policy: policy.jurisdiction.level == "city"),
        ("year", "2020", lambda policy: policy.year == 2020),
        ("genre", "条例", lambda policy: policy.genre == "条例"),
        ("status", "讨论稿", lambda policy: policy.status == "讨论稿"),
    ],
)
def test_a_filter_shows_what_fits_and_stands_in_the_address(
    page: Page, base: str, corpus: Corpus, name: str, value: str, fact: Callable[[object], bool]
) -> None:
    page.goto(f"{base}/policies/index.html")
    assert len(shown_policies(page)) == len(corpus.policies)
    page.locator(f".filters [name={name}]").select_option(value)
    wanted = {policy.id for policy in corpus.policies if fact(policy)}
    assert wanted
    assert set(shown_policies(page)) == wanted
    page.reload()
    assert set(shown_policies(page)) == wanted
    page.get_by_role("button", name="清除").click()
    expect(page.locator("table.policies tbody tr:visible")).to_have_count(len(corpus.policies))


@pytest.mark.browser
def test_the_list_is_searched_by_document_number_in_any_brackets(page: Page, base: str) -> None:
    page.goto(f"{base}/policies/index.html")
    page.locator(".filters [name=words]").fill("营政办发[2020]14号")
    assert shown_policies(page) == ["yingkou-2020-14"]
    page.locator(".filters [name=words]").fill("没有这样的名称")
    assert shown_policies(page) == []
    expect(page.get_by_role("status").filter(has_text="没有符合")).to_be_visible()


@pytest.mark.browser
def test_the_whole_list_needs_no_script(browser: Browser, built: Project, corpus: Corpus) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((built.site / "policies" / "index.html").as_uri())
    expect(page.locator("table.policies tbody tr:visible")).to_have_count(len(corpus.policies))
    expect(page.locator(".filters")).to_be_hidden()
    context.close()


# ---- Terms


def test_the_glossary_is_of_terms_that_occur(corpus: Corpus) -> None:
    found = usages(corpus, WORDS.glossary)
    assert len(found) >= 60
    assert [usage.term.name for usage in found if not usage.count] == []


def test_a_use_is_found_through_quotes_and_spaces_but_not_inside_an_excluded_word() -> None:
    policy = parse_policy(
        "某市措施\n一、推行“双随机、 一公开”监管，一件事情一次说清，办成“一件事”。\n二、推进“放管服”改革。\n"
    )
    uses = list(uses_of(WORDS.glossary, policy))
    assert [(use.term, use.clause.wording[use.start : use.stop]) for use in uses] == [
        ("double-random", "双随机、 一公开"),
        ("one-thing", "一件事"),
        ("fangguanfu", "放管服"),
    ]


@pytest.mark.parametrize(
    ("text", "name", "quote"),
    [
        ("本条例所称营商环境，是指企业等市场主体在市场经济活动中所涉及的体制机制性因素和条件。", "营商环境", None),
        ("本办法所指售电公司是指提供售电服务的市场主体。其他事项另行规定。", "售电公司", "本办法所指售电公司是指提供售电服务的市场主体。"),
        ("前款所称重大事项，包括预算调整和机构设置。", "重大事项", None),
        ("应当向其住所地直属海关（以下统称主管海关）提出申请。", "主管海关", "应当向其住所地直属海关（以下统称主管海关）"),
        ("改由热线（以下简称“12345 热线”）受理。", "12345 热线", "改由热线（以下简称“12345 热线”）"),
    ],
)  # fmt: skip
def test_a_policy_defines_its_terms(text: str, name: str, quote: str | None) -> None:
    policy = parse_policy(f"某市办法\n第一条 {text}\n第二条 本办法自公布之日起施行。\n")
    (found,) = definitions(policy, WORDS.documents)
    assert found.name == name
    assert found.quote == (quote or text)
    assert found.quote in found.clause.wording


@pytest.mark.parametrize("text", ["市人民政府所称的单位应当配合。", "本条例所称单位应当配合。", "（以下略）"])
def test_what_is_no_definition_is_none(text: str) -> None:
    assert not list(definitions(parse_policy(f"某市办法\n第一条 {text}\n"), WORDS.documents))


def test_a_term_is_explained_once_a_page_and_never_over_another_layer(built: Project, corpus: Corpus) -> None:
    marked = 0
    for policy in corpus.policies:
        links = soup_of(built.site / policy.url).select("article a.term")
        marks = [
            one for some in term_marks(policy, analyses_of(policy, corpus), WORDS).values() for one in some
        ]
        assert len(links) == len(marks)
        assert len({(link["href"], link["title"]) for link in links}) == len(links), policy.id
        assert all(not link.find_parent(["a", "h2", "h3", "h4"]) for link in links)
        assert all(link["title"] for link in links)
        marked += len(links)
    assert marked > 100


@pytest.mark.parametrize(
    ("yaml", "line"),
    [
        ("groups:\n  甲:\n    one:\n      term: 一网通办\n", 3),
        ("groups:\n  甲:\n    One:\n      term: 一网通办\n      text: 一个平台办事。\n", 3),
        (
            "groups:\n  甲:\n    one:\n      term: 一网通办\n      text: 一个平台办事。\n"
            "    two:\n      term: “一网通办”\n      text: 一个平台办事。\n",
            6,
        ),
    ],
)
def test_a_fault_of_the_glossary_is_named_by_line(tmp_path: Path, yaml: str, line: int) -> None:
    with pytest.raises(CorpusError) as error:
        read_glossary(folder_with(tmp_path, "glossary", yaml))
    assert [problem.line for problem in error.value.problems] == [line]


@pytest.mark.browser
def test_an_explanation_shows_under_mouse_and_focus_and_goes_with_escape(page: Page, base: str) -> None:
    page.goto(f"{base}/policies/harbin-undated-66.html")
    term = page.locator("a.term[href*='glossary.html']").first
    text = term.get_attribute("data-text")
    assert text
    note = page.get_by_role("tooltip")
    term.hover()
    expect(note).to_have_text(text)
    page.mouse.move(0, 0)
    expect(note).to_be_hidden()
    term.focus()
    expect(note).to_have_text(text)
    expect(term).to_have_accessible_description(text)
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/glossary.html#term-*")
    expect(page.locator(":target")).to_contain_text(text)


# ---- Changes


def test_every_published_policy_is_in_the_record() -> None:
    published = {name.partition("#")[0] for name in read_lock(SOURCES).entries}
    assert {entry.policy for entry in read_changes(SOURCES) if entry.kind == "added"} == published


def test_accepting_anchors_records_what_is_new_and_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1767225600")  # 2026-01-01
    project = make_project(tmp_path / "project", with_sources=False)
    source = project.sources / "a.txt"
    (project.sources / "a.yml").write_text("policies:\n  - id: city-2020-1\n", "utf-8")
    source.write_text("某市措施\n一、压减时间。\n二、减少材料。\n", "utf-8")
    assert project.run("lock").exit_code == 0
    source.write_text("某市措施\n一、大力压减时间。\n二、减少材料。\n三、降低成本。\n", "utf-8")
    assert project.run("lock").exit_code == 0
    assert project.run("lock").exit_code == 0
    lines = (project.sources / "changes.log").read_text("utf-8").splitlines()
    assert lines == [
        "2026-01-01\tadded\tcity-2020-1\t\t",
        "2026-01-01\textended\tcity-2020-1\tsec_3\t",
        "2026-01-01\tchanged\tcity-2020-1\tsec_1\t",
    ]
    result = project.run("site")
    assert result.exit_code == 0, result.output
    page = soup_of(project.site / "changes.html")
    assert "文字有改动" in page.get_text()
    assert page.select("a[href='policies/city-2020-1.html#sec_3']")


def test_a_broken_record_is_named_by_line(tmp_path: Path) -> None:
    (tmp_path / "changes.log").write_text("2026-01-01\tadded\ta-1\t\t\n2026-13-01\tadded\ta-1\t\t\n", "utf-8")
    with pytest.raises(CorpusError) as error:
        read_changes(tmp_path)
    assert [problem.line for problem in error.value.problems] == [2]


def test_the_feed_says_what_the_page_says(built: Project) -> None:
    root = ElementTree.parse(built.site / "changes.xml").getroot()
    assert root.tag == f"{ATOM}feed"
    for name in ("id", "title", "updated"):
        assert root.findtext(f"{ATOM}{name}")
    page = soup_of(built.site / "changes.html")
    ids = [str(item["id"]) for item in page.select(".changes li")]
    entries = root.findall(f"{ATOM}entry")
    assert [str(entry.findtext(f"{ATOM}id")).partition("#")[2] for entry in entries] == ids
    assert len(set(ids)) == len(ids) == len(read_changes(SOURCES))
    for entry in entries:
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00Z", entry.findtext(f"{ATOM}updated") or "")
        assert entry.findtext(f"{ATOM}title")
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert (built.site / link.attrib["href"].split("/", 3)[3]).is_file()
    discovered = page.select("link[type='application/atom+xml']")
    assert [link["href"] for link in discovered] == ["./changes.xml"] or discovered[0][
        "href"
    ] == "changes.xml"


# ---- A wrong address


@pytest.mark.browser
@pytest.mark.parametrize(
    ("address", "wanted"),
    [("policies/yingkou-2020-41.html", "yingkou-2020-14"), ("Qiqihar-2020.html", "qiqihar-2020-29")],
)
def test_a_wrong_address_is_answered_with_the_nearest(
    page: Page, page_record: PageRecord, built: Project, serve_folder: Callable[[Path], str], address: str, wanted: str
) -> None:  # fmt: skip
    base = serve_folder(built.site)

    def not_found(route: object) -> None:
        """What a web server does: the page for wrong addresses at the wrong address."""
        route.fulfill(path=built.site / "404.html", content_type="text/html")  # type: ignore[attr-defined]

    page.route(f"**/{address}", not_found)
    page.goto(f"{base}/{address}")
    first = page.locator(".guesses a").first
    expect(first).to_have_attribute("href", re.compile(f"/policies/{wanted}.html$"))
    assert page.locator("article a[href$='policies/index.html']").count() == 1
    page_record.assert_quiet()


# ---- Much more than fits on a page


def test_what_is_too_long_for_a_page_is_left_to_compare_and_search(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indicators, "_LISTED", 20)
    monkeypatch.setattr(fragments, "_USED_IN", 2)
    views, render = Views(corpus, WORDS), Renderer(ROOT / "site_templates" / "pages")
    written = dict([*indicators.pages(views, render), *fragments.fragments(views, [], render)])
    long = written["indicators/market-regulation.md"]
    assert 'class="hits"' not in long
    assert '<a href="../compare.html?p=yingkou-2020-14&amp;i=market-regulation">读这些条文</a>' in long
    assert '<a href="../search.html?indicator=market-regulation">' in long
    short = written["indicators/minority-investors.md"]
    assert 'class="hits"' in short
    assert "读这些条文" not in short
    glossary = written["fragments/glossary.md"]
    entry = glossary.split("<dt>放管服")[1].split("</details>")[0]
    assert entry.count('<li><a href="policies/') == 2
    assert '<a href="search.html?q=%E6%94%BE%E7%AE%A1%E6%9C%8D">搜索“放管服”</a>' in entry
