"""What was published leads on: anchors that moved to another page, and policies under a former id."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.support.corpora import Project
from tests.support.looks import drawn


def test_an_anchor_on_another_page_is_followed(page: Page, moved_base: str) -> None:
    page.goto(f"{moved_base}/index.html")
    page.goto(f"{moved_base}/policies/jia-2020-1.html#art_8")
    page.wait_for_url("**/policies/yi-2021-2.html#sec_1")
    expect(page.locator("#sec_1")).to_be_in_viewport()
    page.go_back()
    page.wait_for_url("**/index.html")  # not through the old address, which would lead on again


def test_an_anchor_is_followed_from_its_own_page(page: Page, moved_base: str) -> None:
    page.goto(f"{moved_base}/policies/jia-2020-1.html#art_3")
    drawn(page)
    assert page.url.endswith("jia-2020-1.html#art_3")
    page.evaluate("window.location.hash = '%E0%A4%A'")  # no anchor, and no fault
    page.evaluate("window.location.hash = 'art_8'")
    page.wait_for_url("**/policies/yi-2021-2.html#sec_1")


def test_an_anchor_that_moved_within_its_page_stands_where_the_text_is(page: Page, moved_base: str) -> None:
    page.goto(f"{moved_base}/policies/jia-2020-1.html#art_7")
    assert page.locator("#art_7").evaluate("element => element.closest('.clause').id") == "art_3"


def test_a_deleted_text_leaves_a_notice(page: Page, moved_base: str) -> None:
    page.goto(f"{moved_base}/policies/jia-2020-1.html#art_9")
    expect(page.locator("#art_9")).to_be_in_viewport()
    expect(page.locator("#art_9")).to_contain_text("已删去")


def test_a_renamed_policy_is_found_at_its_former_address(page: Page, moved_base: str) -> None:
    page.goto(f"{moved_base}/index.html")
    page.goto(f"{moved_base}/policies/jia-2019-9.html#art_3")
    page.wait_for_url("**/policies/jia-2020-1.html#art_3")
    page.go_back()
    page.wait_for_url("**/index.html")


def test_a_former_address_leads_on_through_a_move(page: Page, moved_base: str) -> None:
    page.goto(f"{moved_base}/policies/jia-2019-9.html#art_8")
    page.wait_for_url("**/policies/yi-2021-2.html#sec_1")


def test_a_former_page_says_where_it_leads_without_a_script(browser: Browser, moved_site: Project) -> None:
    html = (moved_site.site / "policies" / "jia-2019-9.html").read_text("utf-8")
    assert 'rel="canonical" href="https://policies.example.org/policies/jia-2020-1.html"' in html
    assert '<meta name="robots" content="noindex">' in html
    assert not re.search(r"<script(?![^>]* src=)", html)
    page = browser.new_page(java_script_enabled=False)
    page.set_content(re.sub(r"<noscript>.*?</noscript>", "", html))
    link = page.get_by_role("link", name="甲市优化营商环境办法[试行]<b>")
    expect(link).to_have_attribute("href", "jia-2020-1.html")
    expect(page.locator("body")).to_contain_text("jia-2019-9")
    page.close()


def test_a_former_page_is_no_page_to_be_found(moved_site: Project) -> None:
    assert "jia-2019-9" not in (moved_site.site / "sitemap.xml").read_text("utf-8")
