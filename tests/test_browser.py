"""The site as a reader sees it, in a real browser: over http, and as the unzipped bundle over file://."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PAGES = (
    "index.html",
    "policies/index.html",
    "policies/yingkou-2020-14.html",
    "policies/guizhou-2022-business-environment.html",
    "indicators/index.html",
    "indicators/getting-electricity.html",
    "search.html",
    "search-format.html",
    "data.html",
    "data/fidelity.html",
    "link.html",
    "cite.html",
    "authors.html",
    "about.html",
)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [390, 1440])
def test_page_opens_quietly_and_does_not_scroll_sideways(
    page: Page, base: str, path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{base}/{path}")
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_an_anchor_opens_at_its_clause(page: Page, base: str) -> None:
    page.goto(f"{base}/policies/guizhou-2022-business-environment.html#art_51__para_1__point_3")
    expect(page.locator("#art_51__para_1__point_3")).to_be_in_viewport()
    page.goto(f"{base}/policies/guizhou-2022-business-environment.html#art_50__para_1")
    expect(page.locator("#art_50")).to_be_in_viewport()


def test_an_indicator_page_leads_to_the_clause(page: Page, base: str) -> None:
    page.goto(f"{base}/indicators/getting-electricity.html")
    page.locator("a[href$='policies/yingkou-2020-14.html#subpara_11']").click()
    page.wait_for_url("**/policies/yingkou-2020-14.html#subpara_11")
    expect(page.locator("#subpara_11")).to_be_in_viewport()
