"""The tools of a clause: its link and its citation, in the forms people paste, from any page and any address."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from generator.model import Corpus
from tests.support.browser import PageRecord
from tests.support.corpora import Project
from tests.support.looks import in_window

pytestmark = pytest.mark.browser

PUBLISHED = "https://policies.example.org/policies"  # site_url of mkdocs.yml, from file:// too
YINGKOU = "yingkou-2020-14"
GUIZHOU = "guizhou-2022-business-environment"
FORMS = ("链接", "引文", "Markdown", "HTML", "全文")

# The reader's clock says 2026-11-22. (Playwright's own clock would stay in the context for the tests that follow.)
TODAY = """
    const Now = Date;
    window.Date = class extends Now {
        constructor(...given) { given.length ? super(...given) : super(2026, 10, 22, 8); }
    };
"""


def tool(page: Page, anchor: str) -> Locator:
    """The button of a clause."""
    return page.locator(f"#{anchor} > .clause-tool")


def item(page: Page, form: str) -> Locator:
    """An item of the open menu."""
    return page.get_by_role("menuitem").filter(has_text=form).first


def open_menu(page: Page, anchor: str) -> None:
    """Open the menu of a clause with the mouse and wait until every form is there."""
    page.locator(f"#{anchor}").hover()
    tool(page, anchor).click()
    expect(item(page, "引文")).to_have_attribute("aria-disabled", "false")


def pasted(page: Page) -> tuple[str, str]:
    """What the clipboard holds, as an editor gets it that is pasted into: plain text and HTML."""
    page.evaluate("""() => {
        const editor = document.createElement("textarea");
        editor.style.position = "fixed";
        editor.addEventListener("paste", (event) => {
            window.pasted = ["text/plain", "text/html"].map((flavour) => event.clipboardData.getData(flavour));
        });
        document.body.append(editor);
        editor.focus({ preventScroll: true });
    }""")
    page.keyboard.press("Control+v")
    page.wait_for_function("window.pasted !== undefined")
    text, html = page.evaluate("""() => {
        const pasted = window.pasted;
        delete window.pasted;
        document.activeElement.remove();
        return pasted;
    }""")
    return text, html


def copied(page: Page, anchor: str, form: str) -> tuple[str, str]:
    """Copy a clause in one form, and what the clipboard holds then."""
    open_menu(page, anchor)
    item(page, form).click()
    expect(page.locator(".clause-copied")).to_contain_text("已复制")
    return pasted(page)


def without_clipboard_api(page: Page) -> None:
    """As on an intranet over http, where a browser has no navigator.clipboard."""
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")


@pytest.mark.parametrize(
    ("policy", "anchor", "citation"),
    [
        (YINGKOU, "subpara_2", "《营口市营商环境优化行动方案》（营政办发〔2020〕14号）第2项"),
        (YINGKOU, "subpara_4", "《营口市营商环境优化行动方案》（营政办发〔2020〕14号）第4项"),  # corrected
        (
            YINGKOU,
            "sec_3__para_3",
            "《营口市营商环境优化行动方案》（营政办发〔2020〕14号）第三部分第（三）项",
        ),
        (GUIZHOU, "art_15", "贵州省《优化营商环境条例》第十五条"),
        (GUIZHOU, "art_15__para_2", "贵州省《优化营商环境条例》第十五条第二款"),
        (GUIZHOU, "art_21__para_1__point_3", "贵州省《优化营商环境条例》第二十一条第一款第（三）项"),
        (GUIZHOU, "chp_2", "贵州省《优化营商环境条例》第二章"),
    ],
)
def test_a_clause_is_copied_in_every_form(
    page: Page, base: str, corpus: Corpus, policy: str, anchor: str, citation: str
) -> None:
    without_clipboard_api(page)
    page.add_init_script(TODAY)
    page.goto(f"{base}/policies/{policy}.html")
    url = f"{PUBLISHED}/{policy}.html#{anchor}"
    (wording,) = (
        clause.wording
        for one in corpus.policies
        for clause in one.clauses
        if (one.id, clause.anchor) == (policy, anchor)
    )
    live = f'<a href="{url}">{citation}</a>'
    assert copied(page, anchor, "链接") == (url, "")
    assert copied(page, anchor, "引文") == (citation, live)
    assert copied(page, anchor, "Markdown") == (f"[{citation}]({url})", "")
    assert copied(page, anchor, "HTML") == (live, live)
    assert copied(page, anchor, "全文") == (f"{citation}\n{wording}\n{url}，2026年11月22日查阅", "")


def test_hostile_text_is_copied_as_text(page: Page, moved_base: str) -> None:
    page.goto(f"{moved_base}/policies/jia-2020-1.html")
    url = f"{PUBLISHED}/jia-2020-1.html#art_1"
    title = "甲市优化营商环境办法[试行]<b>"
    live = f'<a href="{url}">《{title.replace("<b>", "&lt;b&gt;")}》（甲政发〔2020〕1号）第一条</a>'
    assert copied(page, "art_1", "HTML") == (live, live)
    assert copied(page, "art_1", "Markdown")[0] == (
        f"[《甲市优化营商环境办法\\[试行\\]\\<b\\>》（甲政发〔2020〕1号）第一条]({url})"
    )
    text, _ = copied(page, "art_1", "全文")
    assert "\n第一条 <img src=x onerror=\"document.title='hacked'\">网上办理。\n" in text
    text, _ = copied(page, "art_2__para_1__point_1", "全文")
    assert "</script><script>document.title='hacked'</script>刻章；" in text
    assert "hacked" not in page.title()
    assert page.locator(".clause-copied :is(img, script)").count() == 0


def test_nothing_is_loaded_before_a_tool_is_used(timed: Page, base: str) -> None:
    asked: list[str] = []
    timed.on("request", lambda request: asked.append(request.url))
    timed.goto(f"{base}/policies/{YINGKOU}.html")
    timed.locator("#subpara_2").hover()
    timed.clock.run_for(300)
    assert not [url for url in asked if "/clauses/" in url]
    with timed.expect_request("**/clauses/*.js"):
        tool(timed, "subpara_2").hover()
    expect(tool(timed, "subpara_2")).to_have_attribute("aria-label", "引用第2项")
    assert [url.rpartition("/")[2] for url in asked if "/clauses/" in url] == [f"{YINGKOU}.js"]


def test_every_clause_has_one_tool_in_sight_where_the_reader_is(page: Page, base: str) -> None:
    page.goto(f"{base}/policies/{YINGKOU}.html#subpara_4")
    clauses = page.locator(".clause[id]")
    expect(page.locator(".clause[id] > button.clause-tool")).to_have_count(clauses.count())
    expect(tool(page, "subpara_4")).to_have_css("opacity", "1")  # the target of the address
    expect(tool(page, "subpara_2")).to_have_css("opacity", "0")
    page.locator("#subpara_2").hover()
    expect(tool(page, "subpara_2")).to_have_css("opacity", "1")
    page.locator("#subpara_2 ~ .more").first.hover()  # a further paragraph of the same clause
    expect(tool(page, "subpara_2")).to_have_css("opacity", "1")
    page.locator("#subpara_3").hover()
    expect(tool(page, "subpara_2")).to_have_css("opacity", "0")
    tool(page, "subpara_5").focus()
    expect(tool(page, "subpara_5")).to_have_css("opacity", "1")


def test_the_tools_change_nothing_of_the_text(page: Page, base: str) -> None:
    page.goto(f"{base}/policies/{GUIZHOU}.html")
    expect(page.locator("#art_60 > .clause-tool")).to_have_count(1)
    measure = """() => [
        [...document.querySelectorAll(".md-content__inner > *")].map((one) => {
            const box = one.getBoundingClientRect();
            return [box.top, box.height, one.textContent];
        }),
        document.querySelector(".md-content__inner").innerText,
    ]"""
    with_tools = page.evaluate(measure)
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")
    text, html = pasted(page)
    assert "第十五条" in text
    assert "clause-tool" not in html
    page.evaluate("document.querySelectorAll('.clause-tool').forEach((one) => one.remove())")
    assert page.evaluate(measure) == with_tools
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+c")
    assert pasted(page)[0] == text


def test_the_tools_are_not_printed(page: Page, base: str) -> None:
    page.goto(f"{base}/policies/{YINGKOU}.html#subpara_2")
    open_menu(page, "subpara_2")
    page.emulate_media(media="print")
    expect(tool(page, "subpara_2")).to_be_hidden()
    expect(page.locator(".clause-menu")).to_be_hidden()


def test_a_heading_is_still_called_by_its_own_words(page: Page, base: str) -> None:
    page.goto(f"{base}/policies/{GUIZHOU}.html")
    expect(tool(page, "chp_2")).to_have_count(1)
    expect(page.get_by_role("heading", name="第二章 市场主体保护", exact=True)).to_be_visible()
    expect(tool(page, "art_15")).to_have_accessible_name("引用“第十五条”")
    tool(page, "art_15").focus()
    expect(tool(page, "art_15")).to_have_accessible_name("引用第十五条")
    expect(tool(page, "art_15__para_2")).to_have_accessible_name("引用第十五条第二款")


def test_the_keyboard_reaches_opens_chooses_and_leaves(page: Page, base: str) -> None:
    page.goto(f"{base}/policies/{YINGKOU}.html#subpara_2")
    opener = tool(page, "subpara_2")
    expect(opener).to_have_count(1)
    page.keyboard.press("Tab")  # from the target of the address on
    expect(opener).to_be_focused()
    expect(opener).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Enter")
    expect(opener).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("menu", name="引用第2项")).to_be_visible()
    expect(item(page, "链接")).to_be_focused()
    for key, form in [
        ("ArrowDown", "引文"),
        ("End", "全文"),
        ("ArrowDown", "链接"),
        ("ArrowUp", "全文"),
        ("Home", "链接"),
    ]:
        page.keyboard.press(key)
        expect(item(page, form)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("menu")).to_be_hidden()
    expect(opener).to_be_focused()
    expect(opener).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowDown")
    expect(item(page, "链接")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("menu")).to_be_hidden()
    expect(page.locator("#subpara_2 ~ .facts-of-clause a").first).to_be_focused()  # on from the button
    page.keyboard.press("Shift+Tab")
    expect(opener).to_be_focused()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="已复制引文")).to_be_visible()
    expect(opener).to_be_focused()
    assert pasted(page)[0] == "《营口市营商环境优化行动方案》（营政办发〔2020〕14号）第2项"


def test_one_menu_is_open_at_a_time(page: Page, base: str) -> None:
    page.goto(f"{base}/policies/{YINGKOU}.html#subpara_2")
    open_menu(page, "subpara_2")
    open_menu(page, "subpara_3")
    expect(page.get_by_role("menu")).to_have_count(1)
    expect(tool(page, "subpara_2")).to_have_attribute("aria-expanded", "false")
    expect(page.locator(".clause-menu__title")).to_have_text("第3项")
    tool(page, "subpara_3").click()
    expect(page.get_by_role("menu")).to_be_hidden()
    open_menu(page, "subpara_3")
    page.locator("#subpara_2").click()
    expect(page.get_by_role("menu")).to_be_hidden()


@pytest.mark.parametrize(("width", "height"), [(390, 700), (1000, 500), (1440, 500)])
def test_the_menu_stays_in_the_window(page: Page, base: str, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{base}/policies/{YINGKOU}.html")
    for block in ("start", "end"):
        page.evaluate("block => document.getElementById('subpara_5').scrollIntoView({ block })", block)
        open_menu(page, "subpara_5")
        assert in_window(page.locator(".clause-menu"))
        page.keyboard.press("Escape")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 768, 1000, 1280, 1440, 1920])
def test_the_button_stands_beside_the_text(page: Page, built: Project, width: int) -> None:
    """What is drawn of it is right of the text, or in a narrow margin over the last character of a line at most."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto((built.site / "policies" / f"{YINGKOU}.html").as_uri() + "#subpara_2")
    for anchor in ("subpara_2", "subpara_12", "sec_3__para_3"):
        expect(tool(page, anchor)).to_have_count(1)
        text_right, character, tool_right = page.locator(f"#{anchor}").evaluate(
            """clause => {
                const text = document.createRange();
                text.selectNodeContents(clause);
                text.setStartAfter(clause.querySelector(".clause-tool"));
                const lines = Array.from(text.getClientRects(), (line) => line.right);
                const size = parseFloat(getComputedStyle(clause).fontSize);
                return [Math.max(...lines), size, clause.querySelector(".clause-tool").getBoundingClientRect().right];
            }"""
        )
        drawn = 1.3 * 0.6 * 20  # the square of .6rem and its padding, drawn at the right end of the button
        assert tool_right - drawn >= text_right - character, anchor
        assert tool_right <= width


def test_a_finger_finds_the_tools(phone: Page, base: str) -> None:
    phone.goto(f"{base}/policies/{GUIZHOU}.html#art_13")
    opener = tool(phone, "art_13__para_1__point_2")
    expect(opener).to_have_css("opacity", "0.75")  # in sight without being touched
    box = opener.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 44
    assert box["x"] + box["width"] <= 390
    opener.tap()
    expect(item(phone, "引文")).to_have_attribute("aria-disabled", "false")
    for number in range(len(FORMS)):
        entry = phone.get_by_role("menuitem").nth(number).bounding_box()
        assert entry
        assert entry["height"] >= 44
    item(phone, "引文").tap()
    expect(phone.locator(".clause-copied")).to_contain_text("已复制引文")
    assert pasted(phone)[0] == "贵州省《优化营商环境条例》第十三条第（二）项"
    opener.tap()
    phone.touchscreen.tap(100, 600)
    expect(phone.get_by_role("menu")).to_be_hidden()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_the_data_the_link_is_still_copied(page: Page, base: str, page_record: PageRecord) -> None:
    page.context.route("**/clauses/*.js", lambda route: route.abort())
    page.goto(f"{base}/policies/{YINGKOU}.html")
    page.locator("#subpara_2").hover()
    tool(page, "subpara_2").click()
    expect(page.locator(".clause-menu__note")).to_contain_text("条文数据无法载入")
    item(page, "引文").click(force=True)  # it does nothing: the menu stays and says why
    expect(item(page, "引文")).to_have_attribute("aria-disabled", "true")
    item(page, "链接").click()
    assert pasted(page)[0] == f"{PUBLISHED}/{YINGKOU}.html#subpara_2"
    page.context.unroute("**/clauses/*.js")
    open_menu(page, "subpara_2")  # the next use tries again
    page_record.forget()


def test_where_copying_is_not_allowed_the_text_is_shown(page: Page, base: str) -> None:
    without_clipboard_api(page)
    page.add_init_script("document.execCommand = () => false")
    page.goto(f"{base}/policies/{YINGKOU}.html")
    open_menu(page, "subpara_2")
    item(page, "引文").click()
    told = page.locator(".clause-copied")
    expect(told).to_contain_text("浏览器不允许复制")
    expect(told).to_contain_text("《营口市营商环境优化行动方案》（营政办发〔2020〕14号）第2项")


def test_a_page_without_clauses_has_no_tools(page: Page, base: str) -> None:
    page.goto(f"{base}/indicators/getting-electricity.html")
    page.wait_for_load_state("load")
    expect(page.locator(".clause-tool, .clause-menu")).to_have_count(0)
