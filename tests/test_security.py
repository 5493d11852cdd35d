"""The Content-Security-Policy that every page has, and that the site itself obeys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import PageRecord
from tests.support.corpora import Project
from tests.support.html import soup_of

DATA = {"application/json", "application/ld+json"}


@pytest.fixture
def page(browser: Browser, page_record: PageRecord) -> Iterator[Page]:
    """A page under the site's own policy, as a reader's browser has it."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    page_record.watch(context)
    yield context.new_page()
    context.close()
    page_record.assert_quiet()


def policy_of(page: Path) -> dict[str, str]:
    """The directives of a page's policy."""
    soup = soup_of(page)
    (meta,) = soup.select("meta[http-equiv='Content-Security-Policy']")
    directives = (part.strip().partition(" ") for part in str(meta["content"]).split(";"))
    return {name: value for name, _, value in directives}


def whole_pages(site: Path) -> list[Path]:
    """The pages made from the theme; a page that only leads on to another is none."""
    return [path for path in sorted(site.rglob("*.html")) if "md-header" in path.read_text("utf-8")]


def test_every_page_allows_only_files_of_this_site(built: Project) -> None:
    assert len(whole_pages(built.site)) > 40
    for page in whole_pages(built.site):
        policy = policy_of(page)
        assert policy["default-src"] == "'none'"
        assert policy["script-src"] == policy["style-src"] == "'self' file:"
        assert not any(
            word in value for value in policy.values() for word in ("unsafe", "http:", "https:", "*")
        )


def test_no_page_has_what_its_policy_forbids(built: Project) -> None:
    for page in whole_pages(built.site):
        soup = soup_of(page)
        inline = [one for one in soup.select("script:not([src])") if one.get("type") not in DATA]
        assert inline == [], page
        assert soup.select("style, [style], base, iframe, object, embed") == [], page
        handlers = [name for one in soup.find_all(True) for name in one.attrs if name.startswith("on")]
        assert handlers == [], page


@pytest.mark.browser
def test_the_browser_enforces_it(page: Page, page_record: PageRecord, base: str) -> None:
    page.goto(f"{base}/policies/yingkou-2020-14.html")
    page_record.assert_quiet()
    page.evaluate(
        """() => new Promise((resolve) => {
            const refused = [];
            document.addEventListener("securitypolicyviolation", (event) => {
                if (refused.push(event.blockedURI) === 2) resolve();
            });
            const script = document.createElement("script");
            script.textContent = "window.intruder = true";
            document.body.append(script);
            const picture = document.createElement("img");
            picture.src = "https://elsewhere.example/x.png";
            document.body.append(picture);
        })"""
    )
    assert page.evaluate("window.intruder") is None
    assert any("Content Security Policy" in text for text in page_record.console_errors)
    page_record.forget()


@pytest.mark.browser
def test_the_colour_scheme_chosen_is_kept(page: Page, base: str) -> None:
    """System, light, dark: what Material's inline script did, done by a file."""
    page.emulate_media(color_scheme="light")
    page.goto(f"{base}/index.html")
    body = page.locator("body")
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    for _ in range(2):  # system to light, light to dark
        page.locator(".md-header [data-md-component=palette] label:visible").click()
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    page.goto(f"{base}/about.html")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")
    page.locator(".md-header [data-md-component=palette] label:visible").click()
    expect(body).to_have_attribute("data-md-color-scheme", "default")
    page.emulate_media(color_scheme="dark")
    expect(body).to_have_attribute("data-md-color-scheme", "slate")


@pytest.mark.browser
def test_what_a_reader_does_is_allowed(page: Page, base: str) -> None:
    """Search, switch, help, terms, filters: no script of the site needs what the policy forbids."""
    page.goto(f"{base}/policies/guizhou-2022-business-environment.html#art_13")
    page.locator("a.term").first.focus()
    expect(page.get_by_role("tooltip")).to_be_visible()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="只看原文").click()
    page.locator(".search__box").fill("刻章")
    expect(page.locator(".search__status")).to_contain_text("找到")
    page.goto(f"{base}/policies/index.html?sort=date")
    page.locator(".filters [name=level]").select_option("市级")
    page.goto(f"{base}/index.html")
    page.locator(".home-search [data-query]").first.click()
    expect(page.locator(".search__status")).to_contain_text("找到")
