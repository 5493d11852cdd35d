"""The search as a reader uses it, over http and over file://: the box in the header, the search page, the marks."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.browser import PageRecord
from tests.support.corpora import Project
from tests.support.searching import Query, Scan

pytestmark = pytest.mark.browser

LOADED = re.compile(r"/search/.+\.js")


def ask(page: Page, query: str) -> str:
    """Type a query into the header's box; what the status line says once the list answers it."""
    page.locator(".search__box").fill(query)
    page.wait_for_function(
        "query => document.querySelector('.search__results').dataset.query === query", arg=query
    )
    return page.locator(".search__status").inner_text()


def open_page(page: Page, base: str, address: str) -> Locator:
    """Open the search page at an address that asks something; its results, once they are there."""
    page.goto(f"{base}/search.html{address}")
    results = page.locator(".finder__results")
    expect(results).to_have_attribute("data-query", re.compile("."))
    return results


def asked(page: Page) -> dict[str, list[str]]:
    """The parameters of the page's address."""
    return parse_qs(urlsplit(page.url).query, keep_blank_values=True)


def facet(page: Page, name: str) -> Locator:
    """The checkbox of a value, by what a reader calls it."""
    return page.locator(".finder__facet").get_by_role("checkbox", name=re.compile(f"^{name}"))


def count_of(built: Project, *terms: str) -> int:
    """How many clauses have all the terms, by a plain scan."""
    return len(Scan(built.records()).urls(Query("", terms)))


# ---- The box in the header ----


def test_nothing_is_loaded_before_the_box_is_used(page: Page, base: str) -> None:
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    for path in ("index.html", "policies/yingkou-2020-14.html"):
        page.goto(f"{base}/{path}")
        page.wait_for_load_state("networkidle")
        assert not [url for url in loaded if LOADED.search(url)]
    page.goto(f"{base}/about.html")
    page.keyboard.press("/")
    expect(page.locator(".search__box")).to_be_focused()
    ask(page, "刻章")
    assert [url for url in loaded if LOADED.search(url)]


@pytest.mark.parametrize(
    "query", ["刻章", "章", "24号", "3个工作日", "３个工作日", "开办企业 零成本", "2020〕"]
)
def test_the_box_says_how_many_clauses_it_found(page: Page, base: str, built: Project, query: str) -> None:
    page.goto(f"{base}/index.html")
    found = re.search(r"(\d+) 条条文", ask(page, query))
    assert (int(found[1]) if found else 0) == count_of(built, *query.split())


def test_a_result_shows_where_it_stands_with_the_terms_marked(page: Page, base: str) -> None:
    page.goto(f"{base}/index.html")
    ask(page, "印章 免费公章")
    result = page.locator(".search__result").first
    expect(result).to_contain_text("营口市营商环境优化行动方案 · 营口市 · 2020 年")
    expect(result).to_contain_text("第4项")
    expect(result).to_contain_text("规范印章制作服务")
    expect(result).to_contain_text("开办企业")
    assert set(result.locator("mark").all_inner_texts()) == {"印章", "免费公章"}


def test_a_draft_is_called_one(page: Page, base: str) -> None:
    page.goto(f"{base}/index.html")
    ask(page, "开办企业")
    texts = page.locator(".search__result").all_inner_texts()
    (draft,) = [number for number, text in enumerate(texts) if "抚远市" in text and "讨论稿" in text][:1]
    (current,) = [number for number, text in enumerate(texts) if "营口市" in text][:1]
    assert current < draft


def test_arrows_move_enter_goes_and_the_terms_are_marked_there(page: Page, base: str) -> None:
    page.goto(f"{base}/about.html")
    ask(page, "一套(5枚)免费公章")
    box = page.locator(".search__box")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-activedescendant", "search-result-0")
    expect(page.locator("#search-result-0")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    page.wait_for_url("**/policies/yingkou-2020-14.html#subpara_4")
    expect(page.locator("#subpara_4")).to_be_in_viewport()
    assert page.locator("mark.search-mark").all_inner_texts() == ["一套(5枚)免费公章"]


def test_escape_closes_and_ctrl_k_opens(page: Page, base: str) -> None:
    page.goto(f"{base}/about.html")
    page.keyboard.press("Control+k")
    expect(page.locator(".search__panel")).to_be_visible()
    ask(page, "刻章")
    page.keyboard.press("Escape")
    expect(page.locator(".search__panel")).to_be_hidden()
    expect(page.locator(".search__box")).not_to_be_focused()


def test_a_number_of_a_policy_leads_to_it(page: Page, base: str) -> None:
    page.goto(f"{base}/policies/index.html")
    ask(page, "营政办发[2020]14号")
    page.keyboard.press("Enter")
    page.wait_for_url("**/policies/yingkou-2020-14.html")


@pytest.mark.parametrize(
    ("query", "url"),
    [
        ("营口 35", "**/policies/yingkou-2020-14.html#subpara_35"),
        ("贵州 第五十条", "**/policies/guizhou-2022-business-environment.html#art_50"),
    ],
)
def test_a_clause_named_by_policy_and_number_is_first(page: Page, base: str, query: str, url: str) -> None:
    page.goto(f"{base}/index.html")
    ask(page, query)
    page.keyboard.press("Enter")
    page.wait_for_url(url)


def test_letters_of_an_input_method_are_no_query(timed: Page, base: str) -> None:
    timed.goto(f"{base}/index.html")
    ask(timed, "刻章")
    box = timed.locator(".search__box")
    box.dispatch_event("compositionstart")
    box.evaluate("box => { box.value = '刻章kai ban'; }")
    box.dispatch_event("input")
    timed.keyboard.press("Enter")
    timed.clock.run_for(200)
    assert timed.locator(".search__results").get_attribute("data-query") == "刻章"
    assert urlsplit(timed.url).path.endswith("/index.html")
    box.evaluate("box => { box.value = '开办'; }")
    box.dispatch_event("compositionend")
    expect(timed.locator(".search__results")).to_have_attribute("data-query", "开办")


def test_nothing_found_says_so_and_offers_what_is_nearest(page: Page, base: str, built: Project) -> None:
    page.goto(f"{base}/index.html")
    assert ask(page, "不动产登记甲乙").startswith("没有")
    offer = page.locator(".search__result")
    expect(offer).to_have_text("改为查找“不动产登记”")
    expect(page.locator(".search__rest a")).to_have_attribute("href", re.compile(r"indicators/index\.html$"))
    offer.click()
    expect(page.locator(".search__status")).to_contain_text(f"{count_of(built, '不动产登记')} 条条文")


def test_the_count_is_heard(page: Page, base: str) -> None:
    page.goto(f"{base}/index.html")
    ask(page, "刻章")
    expect(page.get_by_role("status").filter(has_text="找到")).to_be_visible()


def test_all_results_are_one_step_away(page: Page, base: str, built: Project) -> None:
    page.goto(f"{base}/policies/index.html")
    ask(page, "服务")
    page.locator(".search__all").click()
    page.wait_for_url("**/search.html?q=*")
    expect(page.locator(".finder__box")).to_have_value("服务")
    expect(page.locator(".finder__status")).to_contain_text(f"{count_of(built, '服务')} 条条文")


def test_an_index_of_another_version_is_refused(page: Page, base: str, page_record: PageRecord) -> None:
    body = 'window.policySearch.receive("index", "x", {version: 99});'
    page.context.route(
        "**/search/index.js", lambda route: route.fulfill(body=body, content_type="text/javascript")
    )
    page.goto(f"{base}/index.html")
    page.locator(".search__box").fill("刻章")
    expect(page.locator(".search__status")).to_contain_text("版本")
    page.goto(f"{base}/search.html?q=刻章")
    expect(page.locator(".finder__status")).to_contain_text("版本")
    page_record.forget()


def test_a_missing_file_is_named(page: Page, base: str, page_record: PageRecord) -> None:
    page.context.route("**/search/pairs/*", lambda route: route.abort())
    page.goto(f"{base}/index.html")
    page.locator(".search__box").fill("刻章")
    expect(page.locator(".search__status")).to_contain_text("搜索索引无法载入")
    page_record.forget()


# ---- The marks where a result leads ----


def test_escape_takes_the_marks_off_and_leaves_the_page_as_it_was(page: Page, base: str) -> None:
    page.goto(f"{base}/policies/yingkou-2020-14.html")
    untouched = page.locator("#subpara_4").evaluate("clause => clause.cloneNode(true).textContent")
    nodes = page.locator("#subpara_4").evaluate("clause => clause.innerHTML")
    page.goto(f"{base}/policies/yingkou-2020-14.html?q=印章 公章#subpara_4")
    expect(page.locator("#subpara_4 mark")).to_have_count(4)
    assert page.locator("#subpara_4").evaluate("clause => clause.textContent") == untouched
    page.keyboard.press("Escape")
    expect(page.locator("mark.search-mark")).to_have_count(0)
    expect(page.locator(".search-note")).to_have_count(0)
    assert page.locator("#subpara_4").evaluate("clause => clause.innerHTML") == nodes


def test_the_address_is_the_clause_s_own_again(page: Page, base: str) -> None:
    page.goto(f"{base}/policies/yingkou-2020-14.html?q=公章#subpara_4")
    expect(page.locator("#subpara_4 mark")).to_have_count(1)
    assert page.url == f"{base}/policies/yingkou-2020-14.html#subpara_4"
    assert page.locator("#subpara_4").evaluate("clause => clause.matches(':target')")


def test_a_mark_reaches_over_labels_titles_and_further_paragraphs(page: Page, base: str) -> None:
    page.goto(f"{base}/policies/yingkou-2020-14.html?q=4.规范印章制作服务。公开 责任部门:市公安局#subpara_4")
    marked = page.locator("mark.search-mark")
    assert "".join(marked.all_inner_texts()).replace("\n", "") == "4.规范印章制作服务。公开责任部门:市公安局"


def test_the_note_has_a_button_for_those_without_a_keyboard(page: Page, base: str) -> None:
    page.goto(f"{base}/policies/yingkou-2020-14.html?q=公章#subpara_4")
    expect(page.locator(".search-note")).to_contain_text("本条有 1 处“公章”")
    page.get_by_role("button", name="清除标记").click()
    expect(page.locator("mark.search-mark")).to_have_count(0)


def test_a_hostile_query_in_the_address_stays_text(page: Page, base: str) -> None:
    page.goto(f"{base}/policies/yingkou-2020-14.html?q=%22%3E%3Cimg%20src=x%3E%20公章#subpara_4")
    expect(page.locator("#subpara_4 mark")).to_have_count(1)
    results = open_page(page, base, "?q=%3Cimg%20src=x%3E&genre=%3Cb%3E")
    expect(results).to_contain_text("也可以按指标查找")
    assert page.locator("article img, .finder__facets b, .finder__chosen b").count() == 0


# ---- The search page ----


def test_query_and_facets_live_in_the_address(page: Page, base: str) -> None:
    open_page(page, base, "?q=服务")
    facet(page, "黑龙江省").check()
    facet(page, "2020 年").check()
    page.locator(".finder__grouping input").check()
    expect(page.locator(".finder__chosen button")).to_have_count(3)
    said = page.locator(".finder__status").inner_text()
    assert asked(page) == {"q": ["服务"], "place": ["黑龙江省"], "year": ["2020"], "group": ["1"]}
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    expect(page.locator(".finder__status")).to_have_text(said)
    expect(facet(page, "黑龙江省")).to_be_checked()
    expect(facet(page, "2020 年")).to_be_checked()
    expect(page.locator(".finder__grouping input")).to_be_checked()
    expect(page.locator(".finder__policy").first).to_be_visible()


def test_a_facet_says_how_many_clauses_it_leaves(page: Page, base: str, built: Project) -> None:
    open_page(page, base, "?q=服务")
    counts = page.locator(".finder__facet label", has_text="开办企业").inner_text()
    scan = Scan(
        [one for one in built.records() if "starting-business" in {i["id"] for i in one["indicators"]}]
    )
    wanted = len(scan.urls(Query("", ("服务",))))
    assert counts.split() == ["开办企业", str(wanted)]
    facet(page, "开办企业").check()
    expect(page.locator(".finder__status")).to_contain_text(f"{wanted} 条条文")


def test_choices_can_be_taken_back(page: Page, base: str, built: Project) -> None:
    open_page(page, base, "?q=服务&place=黑龙江省/哈尔滨市&level=city")
    facet(page, "黑龙江省").check()  # more than the city in it, which says nothing more
    expect(page.locator(".finder__chosen")).to_contain_text("黑龙江省")
    assert asked(page)["place"] == ["黑龙江省"]
    page.get_by_role("button", name="去掉筛选：市级").click()
    expect(page.locator(".finder__status")).not_to_be_empty()
    assert "level" not in asked(page)
    facet(page, "黑龙江省").uncheck()
    expect(page.locator(".finder__status")).to_contain_text(f"{count_of(built, '服务')} 条条文")
    expect(page.locator(".finder__chosen")).to_be_hidden()


def test_clauses_can_be_listed_by_facet_alone(page: Page, base: str, built: Project) -> None:
    open_page(page, base, "?indicator=insolvency")
    wanted = [one for one in built.records() if "insolvency" in {i["id"] for i in one["indicators"]}]
    expect(page.locator(".finder__status")).to_have_text(f"共 {len(wanted)} 条条文")


def test_results_come_in_parts_until_all_are_there(page: Page, base: str, built: Project) -> None:
    items = open_page(page, base, "?q=服务").locator(".finder__list > li:not(.finder__head, .finder__more)")
    total = count_of(built, "服务")
    expect(items).to_have_count(20)
    while (more := page.locator(".finder__more button")).count():
        shown = items.count()
        more.click()
        expect(items).to_have_count(min(shown + 20, total))
    hrefs = items.locator("a").evaluate_all("links => links.map(link => link.getAttribute('href'))")
    assert len(set(hrefs)) == total


def test_results_are_grouped_by_policy_on_demand(page: Page, base: str, built: Project) -> None:
    open_page(page, base, "?q=刻章&group=1")
    headings = page.locator(".finder__policy").all_inner_texts()
    urls = Scan(built.records()).urls(Query("", ("刻章",)))
    assert len(headings) == len({url.split("#")[0] for url in urls}) == len(set(headings))
    page.locator(".finder__grouping input").uncheck()
    expect(page.locator(".finder__policy")).to_have_count(0)


def test_a_result_of_the_page_leads_to_its_clause_with_the_terms_marked(page: Page, base: str) -> None:
    results = open_page(page, base, "?q=免费公章")
    results.locator("a", has_text="规范印章制作服务").click()
    page.wait_for_url("**/policies/yingkou-2020-14.html#subpara_4")
    expect(page.locator("#subpara_4 mark")).to_have_text("免费公章")
    page.go_back()
    expect(page.locator(".finder__box")).to_have_value("免费公章")
    expect(page.locator(".finder__results a").first).to_be_visible()


def test_an_empty_result_shows_ways_out(page: Page, base: str) -> None:
    results = open_page(page, base, "?q=不动产登记甲乙&place=黑龙江省")
    expect(page.locator(".finder__status")).to_contain_text("没有含有")
    expect(results.get_by_role("link", name="改为查找“不动产登记”")).to_be_visible()
    expect(results.locator(".finder__indicators a")).to_have_count(18)
    results.get_by_role("button", name="去掉筛选条件").click()
    expect(page.locator(".finder__chosen")).to_be_hidden()
    results.get_by_role("link", name="改为查找“不动产登记”").click()
    expect(page.locator(".finder__box")).to_have_value("不动产登记")
    expect(page.locator(".finder__status")).to_contain_text("找到")


def test_the_keyboard_goes_from_box_to_results_and_back(page: Page, base: str) -> None:
    results = open_page(page, base, "?q=刻章")
    expect(results.locator("a").first).to_be_visible()
    page.keyboard.press("/")
    expect(page.locator(".finder__box")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(results.locator("a").first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(results.locator("a").nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator(".finder__box")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Escape")
    expect(page.locator(".finder__box")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/policies/*.html#*")


def test_the_page_is_typed_into_like_the_box(timed: Page, base: str, built: Project) -> None:
    timed.goto(f"{base}/search.html")
    box = timed.locator(".finder__box")
    box.fill("公章")
    expect(timed.locator(".finder__status")).to_contain_text(f"{count_of(built, '公章')} 条条文")
    assert asked(timed) == {"q": ["公章"]}
    box.dispatch_event("compositionstart")
    box.evaluate("box => { box.value = '公章ban'; }")
    box.dispatch_event("input")
    timed.clock.run_for(200)
    assert asked(timed) == {"q": ["公章"]}
    box.evaluate("box => { box.value = '公章刻制'; }")
    box.dispatch_event("compositionend")
    expect(timed.locator(".finder__results")).to_have_attribute("data-query", re.compile("%E5%88%B6|刻制"))


@pytest.mark.parametrize("width", [390, 1440])
def test_results_do_not_scroll_sideways(page: Page, base: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    open_page(page, base, "?q=服务&place=黑龙江省&indicator=government-services")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.locator(".finder__groups")).to_be_visible(visible=width > 960)
    page.goto(f"{base}/policies/yingkou-2020-14.html?q=公章#subpara_4")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
