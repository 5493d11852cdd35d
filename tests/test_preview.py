"""A link to a clause shows what it leads to; an anchor that moved, and a policy that was renamed, lead on."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from generator.model import Corpus
from tests.support.browser import PageRecord
from tests.support.looks import in_window

pytestmark = pytest.mark.browser

YINGKOU = "yingkou-2020-14"
GUIZHOU = "guizhou-2022-business-environment"
ELECTRICITY = "indicators/getting-electricity.html"
LINK = f".md-content .hits a[href$='policies/{YINGKOU}.html#subpara_11']"


def card(page: Page) -> Locator:
    """The card; there is none, or it is hidden, where nothing is shown."""
    return page.locator(".preview")


def squeeze(text: str) -> str:
    """Text without white space: what the page breaks into lines and paragraphs is the same text."""
    return "".join(text.split())


def add_link(page: Page, href: str) -> Locator:
    """A link on the page under test, as an author may write it, below its title."""
    page.evaluate(
        """href => {
            const link = Object.assign(document.createElement("a"), { href, id: "probe", textContent: "某条" });
            const line = document.createElement("p");
            line.append(link);
            document.querySelector(".md-content h1").after(line);
        }""",
        href,
    )
    return page.locator("#probe")


def shown_for(page: Page, href: str) -> Locator:
    """The card of a link with that address."""
    add_link(page, href).hover()
    expect(card(page)).to_be_visible()
    expect(card(page)).not_to_contain_text("正在载入")
    return card(page)


# ---- What is shown ----


def test_a_link_on_an_indicator_page_shows_the_wording(page: Page, base: str, corpus: Corpus) -> None:
    page.goto(f"{base}/{ELECTRICITY}")
    page.locator(LINK).hover()
    expect(card(page)).to_be_visible()
    expect(card(page).locator(".preview__where")).to_have_text("营口市营商环境优化行动方案 · 第11项")
    (wording,) = (
        clause.wording
        for policy in corpus.policies
        for clause in policy.clauses
        if (policy.id, clause.anchor) == (YINGKOU, "subpara_11")
    )
    lines = card(page).locator(".preview__line")
    assert squeeze("".join(lines.all_inner_texts())) == squeeze(wording)
    assert lines.count() == len(wording.split("\n"))
    page.locator(LINK).click()
    page.wait_for_url(f"**/policies/{YINGKOU}.html#subpara_11")


def test_a_link_within_the_page_shows_its_clause(page: Page, base: str) -> None:
    page.goto(f"{base}/policies/{YINGKOU}.html")
    page.locator("#corrections a[href='#subpara_4']").hover()
    expect(card(page)).to_contain_text("第4项")
    expect(card(page)).to_contain_text("规范印章制作服务")
    expect(card(page)).to_contain_text("申领、发票")  # as printed


def test_an_alias_shows_the_clause_it_stands_in(page: Page, base: str) -> None:
    page.goto(f"{base}/about.html")
    shown = shown_for(page, f"policies/{GUIZHOU}.html#art_15__para_1")
    expect(shown.locator(".preview__path")).to_have_text("第十五条")
    expect(shown).to_contain_text("国家机关应当依法保护市场主体的合法权益")


def test_a_heading_shows_what_stands_below_it(page: Page, base: str) -> None:
    page.goto(f"{base}/about.html")
    shown = shown_for(page, f"policies/{YINGKOU}.html#sec_3__para_3")
    expect(shown.locator(".preview__line")).to_have_text("(三)获得电力")
    expect(shown.locator("li").first).to_have_text("11. 压缩电力报装时间")


def test_a_clause_that_announces_a_list_shows_its_beginning(page: Page, base: str) -> None:
    page.goto(f"{base}/about.html")
    shown = shown_for(page, f"policies/{GUIZHOU}.html#art_13")
    expect(shown).to_contain_text("（二）要求潜在供应商或者投标人设立分支机构；")
    page.mouse.move(1, 1)
    expect(card(page)).to_be_hidden()
    page.goto(f"{base}/index.html")
    shown = shown_for(page, f"policies/{GUIZHOU}.html#chp_1")
    expect(shown.locator("li")).to_have_count(7)
    expect(shown.locator("li").last).to_have_text("另有 4 条")


def test_hostile_text_is_shown_as_text(page: Page, moved_base: str) -> None:
    page.goto(f"{moved_base}/about.html")
    shown = shown_for(page, "policies/jia-2020-1.html#art_1")
    expect(shown).to_contain_text("<img src=x onerror=\"document.title='hacked'\">网上办理。")
    expect(shown.locator(".preview__policy")).to_have_text("甲市优化营商环境办法[试行]<b>")
    page.locator("#probe").evaluate("link => { link.hash = 'art_2__para_1__point_1' }")
    page.mouse.move(1, 1)
    expect(card(page)).to_be_hidden()
    page.locator("#probe").hover()
    expect(card(page)).to_contain_text("</script><script>document.title='hacked'</script>刻章；")
    assert "hacked" not in page.title()
    assert card(page).locator("img, script, b").count() == 0


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("jia-2020-1.html#art_7", ["第三条", "当日接电"]),  # moved within the policy
        ("jia-2020-1.html#art_8", ["乙市若干措施", "第一部分", "网上办理", "地址已变更"]),
        ("jia-2020-1.html#art_9", ["已经删去"]),
        ("jia-2020-1.html#art_10", ["乙市若干措施", "没有单独的条文"]),
    ],
)
def test_an_anchor_that_moved_shows_where_its_text_is(
    page: Page, moved_base: str, address: str, expected: list[str]
) -> None:
    page.goto(f"{moved_base}/about.html")
    shown = shown_for(page, f"policies/{address}")
    for words in expected:
        expect(shown).to_contain_text(words)


def test_a_policy_is_found_by_the_id_it_had(page: Page, moved_base: str, page_record: PageRecord) -> None:
    page.goto(f"{moved_base}/about.html")
    expect(shown_for(page, "policies/jia-2019-9.html#art_3")).to_contain_text("当日接电")
    page_record.forget()  # the data of the former id is not there


# ---- When it is shown ----


def test_a_card_stays_under_the_pointer_and_leaves_with_it(timed: Page, base: str) -> None:
    timed.goto(f"{base}/{ELECTRICITY}")
    timed.locator(LINK).hover()
    expect(card(timed)).to_be_visible()
    expect(card(timed)).to_have_attribute("role", "tooltip")
    box = card(timed).bounding_box()
    assert box
    timed.mouse.move(box["x"] + 30, box["y"] + 30, steps=5)
    timed.clock.run_for(600)
    expect(card(timed)).to_be_visible()
    timed.mouse.move(1, 1, steps=3)
    expect(card(timed)).to_be_hidden()
    timed.locator(LINK).hover()
    expect(card(timed)).to_be_visible()
    timed.keyboard.press("Escape")
    expect(card(timed)).to_be_hidden()
    box = timed.locator(LINK).bounding_box()
    assert box
    timed.mouse.move(box["x"] + 3, box["y"] + 8)  # still on the link: what Esc closed does not come back
    timed.clock.run_for(600)
    expect(card(timed)).to_be_hidden()


def test_a_pointer_that_passes_by_asks_for_nothing(timed: Page, base: str) -> None:
    asked: list[str] = []
    timed.on("request", lambda request: asked.append(request.url))
    timed.goto(f"{base}/{ELECTRICITY}")
    timed.locator(LINK).hover()
    timed.mouse.move(1, 1)
    timed.clock.run_for(500)
    assert not [url for url in asked if "/clauses/" in url]
    expect(card(timed)).to_have_count(0)


def test_the_keyboard_shows_closes_and_follows(page: Page, base: str) -> None:
    page.goto(f"{base}/{ELECTRICITY}")
    page.locator(LINK).focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(page.locator(LINK)).to_be_focused()
    expect(card(page)).to_be_visible()
    expect(page.locator(LINK)).to_have_accessible_description(re.compile("压缩电力报装时间。最大限度"))
    page.keyboard.press("Escape")
    expect(card(page)).to_be_hidden()
    expect(page.locator(LINK)).to_be_focused()
    expect(page.locator(LINK)).not_to_have_attribute("aria-describedby", re.compile("."))
    page.keyboard.press("Tab")
    expect(card(page)).to_contain_text("压减办电审批环节")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/policies/{YINGKOU}.html#subpara_12")


def test_links_that_lead_to_no_clause_show_nothing(timed: Page, base: str) -> None:
    timed.goto(f"{base}/policies/{YINGKOU}.html#subpara_4")
    links = [
        timed.locator(".policy-contents a[href='#sec_2']"),  # the contents of this page
        timed.locator("#subpara_4 a.correction"),
        timed.locator("#subpara_4 ~ .facts-of-clause a.primary").first,
        add_link(timed, "index.html#by-place"),
        timed.locator(".search__result").first,
    ]
    timed.locator(".search__box").fill("一套(5枚)免费公章")
    expect(links[-1]).to_be_visible()
    for link in reversed(links):
        link.hover()
        timed.clock.run_for(500)
        expect(card(timed)).to_have_count(0)
        timed.mouse.click(1, 400)
    timed.locator("#probe").evaluate("link => { link.href = '#corrections' }")
    timed.locator("#probe").hover()  # an anchor by its look; the data knows better
    timed.clock.run_for(500)
    expect(card(timed)).to_be_hidden()


@pytest.mark.parametrize(("width", "height"), [(700, 400), (1440, 500)])
def test_a_card_stays_in_the_window_however_long_its_text(
    page: Page, base: str, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{base}/about.html")
    link = add_link(page, "policies/jiangmen-2021-bay-area.html#sec_8")
    for block in ("start", "center", "end"):
        link.evaluate("(link, block) => link.scrollIntoView({ block })", block)
        link.hover()
        expect(card(page)).to_be_visible()
        assert in_window(card(page))
        page.keyboard.press("Escape")
        page.mouse.move(1, height - 1)


def test_without_the_data_the_reader_is_told_and_the_link_works(
    page: Page, base: str, page_record: PageRecord
) -> None:
    page.context.route("**/clauses/*.js", lambda route: route.abort())
    page.goto(f"{base}/{ELECTRICITY}")
    page.locator(LINK).hover()
    expect(card(page)).to_contain_text("条文数据无法载入")
    page.locator(LINK).click()
    page.wait_for_url(f"**/policies/{YINGKOU}.html#subpara_11")
    page_record.forget()


def test_an_answer_that_comes_after_the_focus_is_spoken(page: Page, base: str) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.context.route("**/clauses/*.js", hold)
    page.goto(f"{base}/{ELECTRICITY}")
    page.keyboard.press("Tab")  # from here on, a focus is one of the keyboard
    page.locator(LINK).focus()
    expect(card(page)).to_have_text("正在载入条文……")
    held[0].continue_()
    expect(card(page)).to_contain_text("最大限度提高低压电力报装最大容量")
    expect(page.get_by_role("status").filter(has_text="最大限度提高低压电力报装最大容量")).to_have_count(1)


# ---- Under a finger ----


def test_a_finger_sees_first_and_goes_second(phone: Page, base: str) -> None:
    phone.goto(f"{base}/{ELECTRICITY}")
    link = phone.locator(LINK)
    link.tap()
    shown = phone.get_by_role("dialog", name="条文预览")
    expect(shown).to_contain_text("最大限度提高低压电力报装最大容量")
    expect(shown).to_be_focused()
    assert phone.url.endswith(ELECTRICITY)
    shown.evaluate("sheet => Promise.all(sheet.getAnimations().map(one => one.finished))")  # it rises
    box = shown.bounding_box()
    assert box
    assert (box["x"], box["width"], box["y"] + box["height"]) == (0, 390, 844)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    for button in (shown.get_by_role("link", name="打开"), shown.get_by_role("button", name="关闭")):
        size = button.bounding_box()
        assert size
        assert size["height"] >= 44
    shown.get_by_role("button", name="关闭").tap()
    expect(shown).to_be_hidden()
    expect(link).to_be_focused()
    link.tap()
    shown.get_by_role("link", name="打开").tap()
    phone.wait_for_url(f"**/policies/{YINGKOU}.html#subpara_11")


def test_a_second_tap_on_the_link_follows_it(phone: Page, base: str) -> None:
    phone.goto(f"{base}/{ELECTRICITY}")
    phone.locator(LINK).evaluate("link => link.scrollIntoView({ block: 'start' })")
    phone.locator(LINK).tap()
    expect(card(phone)).to_be_visible()
    phone.locator(LINK).tap()
    phone.wait_for_url(f"**/policies/{YINGKOU}.html#subpara_11")


def test_a_tap_elsewhere_closes_and_on_no_clause_goes(phone: Page, base: str) -> None:
    phone.goto(f"{base}/policies/{YINGKOU}.html")
    phone.locator("#corrections a[href='#subpara_4']").tap()
    expect(card(phone)).to_be_visible()
    phone.touchscreen.tap(200, 150)
    expect(card(phone)).to_be_hidden()
    add_link(phone, "#corrections").tap()
    phone.wait_for_url("**#corrections")
