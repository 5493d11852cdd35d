"""The page 按引文查找, in a real browser, http and file://: what it shows of a citation, and where it leads."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.model import Corpus
from tests.support.browser import PageRecord
from tests.support.corpora import ROOT, Project
from tests.support.html import soup_of

pytestmark = pytest.mark.browser

FAMILY = ROOT / "tests" / "family"
YINGKOU, GUIZHOU, SHANXI = (
    "yingkou-2020-14",
    "guizhou-2022-business-environment",
    "shanxi-2021-six-most",
)
POWER, CHUZHOU = "national-2021-power-sales", "chuzhou-2022-business-environment"


@pytest.fixture
def offline(bundle: Path) -> str:
    """The address of the offline bundle, for what need not be seen twice."""
    return bundle.as_uri()


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


def test_the_letters_of_an_input_method_are_no_citation_yet(timed: Page, offline: str) -> None:
    timed.goto(f"{offline}/cite.html")
    box = timed.locator(".cite__box")
    box.dispatch_event("compositionstart")
    box.fill("yingkou fangan")
    timed.clock.run_for(400)
    expect(timed.locator(".cite__status")).to_have_text("")
    box.dispatch_event("keydown", {"key": "Enter", "keyCode": 229, "isComposing": True})
    box.evaluate("box => { box.value = '营口方案第35项'; }")
    box.dispatch_event("compositionend")
    expect(timed.locator(".cite__citation")).to_contain_text("第35项")
    assert "cite.html" in timed.url


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
def test_what_is_not_certain_is_not_forwarded(timed: Page, base: str, text: str) -> None:
    timed.goto(f"{base}/cite.html?q={quote(text)}&go=1")
    expect(timed.locator(".cite__results a").first).to_be_visible()
    timed.clock.run_for(300)
    assert "cite.html" in timed.url


def test_a_query_behind_the_hash_is_read_as_well(page: Page, offline: str) -> None:
    page.goto(f"{offline}/cite.html#q={quote('营口方案第35项')}")
    expect(page.locator(".cite__citation")).to_contain_text("第35项")


def test_the_address_follows_the_box(timed: Page, base: str) -> None:
    timed.goto(f"{base}/cite.html")
    ask(timed, "营口方案第35项")
    assert parse_qs(urlsplit(timed.url).query) == {"q": ["营口方案第35项"]}
    timed.locator(".cite__clear").click()
    timed.wait_for_function("location.search === ''")
    timed.locator(".cite__box").fill("第" * 3000)
    timed.clock.run_for(400)
    assert not urlsplit(timed.url).query  # too long for an address


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


def test_hostile_text_stays_text_on_the_page(timed: Page, base: str) -> None:
    timed.goto(f"{base}/cite.html")
    for text in (
        '<img src=x onerror="document.title=1">《<b>营口</b>方案》第35项',
        "《<script>document.title=1</script>》第35项",
        "javascript:alert(1)//x-y.html#subpara_1",
        "营口方案第35项" + "很长" * 5000,
    ):
        timed.locator(".cite__box").fill(text)
        timed.clock.run_for(500)
        expect(timed.locator(".cite__status")).not_to_have_text(re.compile("^$|正在载入"))
        assert timed.title() != "1"
        assert timed.locator(".cite__results :is(img, script, b b)").count() == 0
        for href in timed.locator(".cite__results a").evaluate_all("links => links.map(link => link.href)"):
            assert href.startswith(base)


def test_every_example_of_this_site_is_shown(page: Page, offline: str, built: Project) -> None:
    page.goto(f"{offline}/cite.html")
    examples = soup_of(built.site / "cite.html").select(".cite__examples a")
    expect(page.locator(".cite__examples li:visible")).to_have_count(len(examples))


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
