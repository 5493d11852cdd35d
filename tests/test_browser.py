"""The site as a reader sees it, in a real browser: over http, and as the unzipped bundle over file://."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.support.looks import too_wide

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [390, 1440])
def test_the_search_page_opens_without_a_query(page: Page, base: str, width: int) -> None:
    """Every type of page as it is linked to is looked at in test_page_types."""
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{base}/search.html")
    expect(page.locator("h1")).to_be_visible()
    assert not too_wide(page, width)


def test_an_anchor_opens_at_its_clause(page: Page, base: str) -> None:
    page.goto(f"{base}/policies/guizhou-2022-business-environment.html#art_51__para_1__point_3")
    expect(page.locator("#art_51__para_1__point_3")).to_be_in_viewport()
    page.goto(f"{base}/policies/guizhou-2022-business-environment.html#art_50__para_1")
    expect(page.locator("#art_50")).to_be_in_viewport()


def test_an_indicator_page_leads_to_the_clause(page: Page, base: str) -> None:
    page.goto(f"{base}/indicators/getting-electricity.html")
    page.locator(".hits a[href$='policies/yingkou-2020-14.html#subpara_11']").click()
    page.wait_for_url("**/policies/yingkou-2020-14.html#subpara_11")
    expect(page.locator("#subpara_11")).to_be_in_viewport()
