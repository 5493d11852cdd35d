"""Reading a policy: what it is at a glance, its contents, where one is, the bare text."""

from __future__ import annotations

import re

import pytest
from bs4 import Tag
from playwright.sync_api import Browser, Page, expect

from generator.model import Corpus, Kind
from generator.publishing.pages.hanging import hanging_classes, label_width
from generator.views.contents import Entry, contents, size
from tests.support.corpora import Project, parse_policy
from tests.support.html import soup_of

LAW = "policies/guizhou-2022-business-environment.html"
MEASURES = "policies/yingkou-2020-14.html"


def lines(entries: tuple[Entry, ...], depth: int = 0) -> list[tuple[int, str, str]]:
    """Contents as (depth, label, text)."""
    found: list[tuple[int, str, str]] = []
    for entry in entries:
        found += [(depth, entry.label, entry.text), *lines(entry.below, depth + 1)]
    return found


# ---- The contents


def test_contents_of_a_law_go_down_to_the_article() -> None:
    policy = parse_policy(
        "某市优化营商环境条例\n第一章 总则\n第一条 为了优化营商环境，制定本条例。\n"
        "第二条 下列事项适用本条例：\n（一）开办企业；\n（二）纳税。\n第二章 附则\n第三条 本条例自公布之日起施行。\n"
    )
    assert lines(contents(policy)) == [
        (0, "第一章", "总则"),
        (1, "第一条", "为了优化营商环境，制定本条例。"),
        (1, "第二条", "下列事项适用本条例："),
        (0, "第二章", "附则"),
        (1, "第三条", "本条例自公布之日起施行。"),
    ]


def test_contents_of_measures_go_down_to_the_measure() -> None:
    policy = parse_policy(
        "某市优化营商环境措施\n一、任务\n（一）开办企业\n1.压减时间。一日办结。\n2.减少材料。一表申请。\n二、保障\n各部门要落实。\n"
    )
    assert lines(contents(policy)) == [
        (0, "一、", "任务"),
        (1, "（一）", "开办企业"),
        (2, "1.", "压减时间"),
        (2, "2.", "减少材料"),
        (0, "二、", "保障"),
    ]


def test_a_clause_without_a_title_is_listed_by_its_first_words() -> None:
    policy = parse_policy(f"某市办法\n第一条 {'优化营商环境' * 10}。\n")
    ((_, _, text),) = lines(contents(policy))
    assert text == ("优化营商环境" * 4)[:19] + "…"


def test_every_article_and_measure_of_the_corpus_is_in_its_contents(built: Project, corpus: Corpus) -> None:
    for policy in corpus.policies:
        soup = soup_of(built.site / policy.url)
        links = [str(link["href"]) for link in soup.select(".policy-contents a")]
        assert len(links) == size(contents(policy))
        assert len(set(links)) == len(links)
        wanted = {
            f"#{clause.anchor}"
            for clause in policy.clauses
            if clause.kind in (Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.ARTICLE)
            or (clause.kind is Kind.SUBPARAGRAPH and clause.title and "art_" not in clause.anchor)
        }
        assert wanted <= set(links), policy.id


# ---- Hanging numbers


@pytest.mark.parametrize(
    ("label", "width"), [("1.", 2), ("（一）", 3), ("(一)", 2.5), ("（十一）", 4), ("——", 2), ("100.", 2.5)]
)
def test_the_room_of_a_label(label: str, width: float) -> None:
    assert label_width(label) == width


def test_neighbours_hang_as_far_as_the_widest_of_them() -> None:
    rows = "".join(f"（{number}）减少材料。一表申请。\n" for number in "一二三四五六七八九十")
    policy = parse_policy(f"某市措施\n一、任务\n{rows}（十一）压减时间。一日办结。\n")
    assert set(hanging_classes(policy).values()) == {"hang-4"}
    assert len(hanging_classes(policy)) == 11


@pytest.mark.browser
def test_texts_of_neighbours_begin_on_one_line(page: Page, built: Project) -> None:
    """（一） with a space after it, (二) in half width and （十一） all leave the text where it is."""
    page.goto((built.site / "policies" / "qiqihar-2020-29.html").as_uri())
    edges = page.evaluate(
        """() => Array.from(document.querySelectorAll("p.clause[id^=sec_], p.clause[id^=para_]"))
            .filter((clause) => clause.querySelector(".label + .title"))
            .map((clause) => [clause.className,
                Math.round(clause.querySelector(".title").getClientRects()[0].left
                    - clause.getBoundingClientRect().left - parseFloat(getComputedStyle(clause).paddingLeft))])"""
    )
    assert len(edges) > 50
    assert {name: offset for name, offset in edges if abs(offset) > 1} == {}


# ---- The head


def test_the_head_has_every_fact_with_its_origin(built: Project, corpus: Corpus) -> None:
    for policy in corpus.policies:
        soup = soup_of(built.site / policy.url)
        facts = {
            name.get_text(): value.get_text(" ", strip=True)
            for name, value in zip(soup.select(".facts dt"), soup.select(".facts dd"), strict=True)
        }
        for name, value in (
            ("发布机关", policy.issuer),
            ("文号", policy.document_number),
            ("适用地区", policy.jurisdiction.name),
            ("成文日期", policy.issued),
            ("施行日期", policy.effective),
        ):
            assert facts[name].startswith(value or "未载明"), (policy.id, name)
        assert policy.source.sha256 in facts["原文"]
        assert f"{len(policy.clauses)} 条" in facts["原文"]
        place = policy.read_from.get("issuer")
        if place and place.file == policy.source.path:
            assert f"第 {place.first_line} 行" in facts["发布机关"]


def test_the_bar_of_indicators_is_as_long_as_its_counts(built: Project, corpus: Corpus) -> None:
    for policy in corpus.policies:
        soup = soup_of(built.site / policy.url)
        counts = [int(count.get_text()) for count in soup.select(".spectrum li span")]
        assert [int(str(piece["width"])) for piece in soup.select(".spectrum rect")] == counts
        if counts:
            (plot,) = soup.select(".spectrum svg")
            assert plot["viewbox"] == f"0 0 {sum(counts)} 1"
        wanted = sum(len(corpus.analysis(clause).indicators) for clause in policy.clauses)
        assert sum(counts) == wanted


# ---- In the browser


@pytest.mark.browser
def test_the_contents_mark_where_one_reads(page: Page, base: str) -> None:
    page.goto(f"{base}/{LAW}#art_13")
    here = page.locator(".policy-contents a[aria-current]")
    expect(here).to_have_attribute("href", "#art_13")
    expect(here).to_be_in_viewport()
    expect(page.locator(".whereabouts__path")).to_contain_text("第二章")
    expect(page.locator(".whereabouts__path")).to_contain_text("第十三条")
    page.evaluate("document.getElementById('art_40').scrollIntoView()")
    expect(here).to_have_attribute("href", "#art_40")


@pytest.mark.browser
def test_long_contents_fold_to_the_current_section(page: Page, base: str) -> None:
    page.goto(f"{base}/{MEASURES}#subpara_11")
    expect(page.locator(".policy-contents a[href='#subpara_12']")).to_be_visible()
    expect(page.locator(".policy-contents a[href='#subpara_40']")).to_be_hidden()
    page.evaluate("document.getElementById('subpara_40').scrollIntoView()")
    expect(page.locator(".policy-contents a[href='#subpara_40']")).to_be_visible()
    expect(page.locator(".policy-contents a[href='#subpara_12']")).to_be_hidden()


@pytest.mark.browser
def test_keys_go_from_clause_to_clause_but_not_while_typing(page: Page, base: str) -> None:
    page.goto(f"{base}/{MEASURES}#subpara_11")
    page.keyboard.press("j")
    page.wait_for_url("**#subpara_12")
    expect(page.locator("#subpara_12")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("k")
    page.wait_for_url(re.compile("#sec_3__para_3$"))
    page.locator(".search__box").fill("")
    page.locator(".search__box").press("j")
    assert page.url.endswith("#sec_3__para_3")


@pytest.mark.browser
def test_keys_reach_the_last_clause_and_come_back(page: Page, base: str) -> None:
    """Near the end of the page a clause cannot come to the top of the screen."""
    page.goto(f"{base}/{LAW}#art_77")
    here = page.locator(".policy-contents a[aria-current]")
    for key, anchor in zip(
        "jjjjkkk", ["art_78", "art_79", "chp_7", "art_80", "chp_7", "art_79", "art_78"], strict=True
    ):
        page.keyboard.press(key)
        expect(page.locator(f"#{anchor}")).to_be_focused()
        expect(here).to_have_attribute("href", f"#{anchor}")


@pytest.mark.browser
def test_the_help_says_the_keys_and_switches_them_off(page: Page, base: str) -> None:
    page.goto(f"{base}/{MEASURES}#subpara_11")
    page.keyboard.press("?")
    help_ = page.get_by_role("dialog", name="键盘快捷键")
    expect(help_).to_contain_text("下一条")
    help_.get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    expect(help_).to_be_hidden()
    page.keyboard.press("j")
    page.keyboard.press("/")
    expect(page.locator(".search__box")).not_to_be_focused()
    assert page.url.endswith("#subpara_11")
    page.reload()
    page.keyboard.press("j")
    assert page.url.endswith("#subpara_11")


@pytest.mark.browser
def test_the_bare_text_is_the_print_alone_and_is_remembered(page: Page, base: str, corpus: Corpus) -> None:
    (policy,) = (one for one in corpus.policies if one.id == "yingkou-2020-14")
    page.goto(f"{base}/{MEASURES}#subpara_13")
    switch = page.get_by_role("button", name="只看原文")
    switch.click()
    expect(switch).to_have_attribute("aria-pressed", "true")
    page.reload()
    expect(page.get_by_role("button", name="只看原文")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("article .note").first).to_be_hidden()
    shown = page.evaluate(
        """() => Array.from(document.querySelectorAll("article :is(.clause, .more)"), (one) => one.innerText).join("")"""
    )
    wanted = "".join(clause.wording for clause in policy.clauses)
    assert "".join(shown.split()) == "".join(wanted.split())
    assert page.locator("article :is(.clause, .more) a[href]").count() == 0
    page.get_by_role("button", name="只看原文").click()
    assert page.locator("article .clause a[href]").count() > 0
    expect(page.locator("article .note").first).to_be_visible()


@pytest.mark.browser
def test_the_place_one_stopped_at_is_offered(page: Page, base: str) -> None:
    page.goto(f"{base}/{LAW}#art_30")
    page.mouse.wheel(0, 40)
    page.wait_for_function(
        "localStorage.getItem('policy-site.read.guizhou-2022-business-environment') !== null"
    )
    page.goto(f"{base}/index.html")
    page.goto(f"{base}/{LAW}")
    offer = page.get_by_role("status").get_by_role("link")
    expect(offer).to_contain_text("第三十条")
    offer.click()
    expect(page.locator("#art_30")).to_be_in_viewport()
    expect(offer).to_have_count(0)


@pytest.mark.browser
def test_contents_come_over_the_text_on_a_phone(page: Page, base: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{base}/{LAW}#art_13")
    page.locator(".whereabouts__path a").last.click()
    entry = page.locator(".policy-contents a[href='#art_15']")
    expect(entry).to_be_in_viewport()
    entry.click()
    page.wait_for_url("**#art_15")
    expect(entry).to_be_hidden()


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1440])
def test_contents_need_no_script(browser: Browser, built: Project, width: int) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 844})
    page = context.new_page()
    page.goto((built.site / MEASURES).as_uri())
    if width == 390:
        page.locator(".contents-toggle + label").click()
    entry = page.locator(".policy-contents a[href='#subpara_40']")
    expect(entry).to_be_visible()
    entry.click()
    expect(page.locator("#subpara_40")).to_be_in_viewport()
    expect(page.locator(".whereabouts")).to_be_hidden()
    context.close()


def test_the_page_has_no_second_contents(built: Project) -> None:
    soup = soup_of(built.site / LAW)
    assert not soup.select("details.contents")
    sidebar = soup.select_one(".md-sidebar--secondary")
    assert isinstance(sidebar, Tag)
    assert sidebar.has_attr("hidden")
