"""Accessibility: axe-core on what opens, and the keyboard.

On every page type as it stands axe-core runs in test_page_types, where the finger and reduced motion are seen to, too.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.support.axe import AxeNotFoundError, Locked, registry, verify, violations
from tests.support.browser import PageRecord
from tests.support.corpora import Project
from tests.support.pages import PAGES

LAW = "policies/guizhou-2022-business-environment.html"


@pytest.fixture
def base(built: Project, serve_folder: Callable[[Path], str]) -> str:
    """The address of the site's root."""
    return serve_folder(built.site)


@pytest.mark.browser
def test_axe_finds_what_is_wrong(page: Page, axe: str, page_record: PageRecord) -> None:
    """The rules run: a page with a fault does not pass."""
    page.set_content("<html><body><img src='data:,'><input></body></html>")
    assert any(one.startswith("image-alt") for one in violations(page, axe))
    page_record.forget()


@pytest.mark.browser
@pytest.mark.parametrize("state", ["bare", "help", "contents", "term", "search"])
def test_axe_finds_nothing_in_what_opens(page: Page, base: str, axe: str, state: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    if state == "contents":
        page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{base}/{LAW}#art_13")
    match state:
        case "bare":
            page.get_by_role("button", name="只看原文").click()
        case "help":
            page.keyboard.press("?")
            expect(page.get_by_role("dialog")).to_be_visible()
        case "contents":
            page.locator(".whereabouts__path a").last.click()
        case "term":
            page.locator("a.term").first.focus()
            expect(page.get_by_role("tooltip")).to_be_visible()
        case _:
            page.locator(".search__box").fill("刻章")
            expect(page.locator(".search__status")).to_contain_text("找到")
    assert violations(page, axe) == []


# ---- Keyboard


REACHABLE = """() => Array.from(document.querySelectorAll(
        "a[href], button:not(:disabled), input:not([type=hidden]), select, textarea, summary"))
    .filter((one) => one.tabIndex >= 0 && one.checkVisibility({ checkVisibilityCSS: true })
        && !one.closest("[aria-hidden=true]"))
    .map((one) => { one.dataset.reach = ""; return one; }).length"""


# Whatever gets the focus is reached; where nothing shows it, it is noted.
WATCHED = """() => {
    window.unseen = [];
    const shown = (part) => {
        const style = getComputedStyle(part);
        return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    };
    document.addEventListener("focusin", ({ target }) => {
        delete target.dataset.reach;
        const label = target.labels && target.labels[0];
        if (!shown(target) && !(label && shown(label))) window.unseen.push(target.outerHTML.slice(0, 100));
    });
}"""


@pytest.mark.browser
@pytest.mark.parametrize("name", ["home", "policies", "policy-measures", "glossary"])
def test_the_keyboard_reaches_all_and_the_focus_is_seen(page: Page, base: str, name: str) -> None:
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"{base}/{PAGES[name]}")
    count = page.evaluate(REACHABLE)
    assert count > 10
    page.evaluate(WATCHED)
    for _ in range(count + 40):
        page.keyboard.press("Tab")
    unseen = page.evaluate("window.unseen")
    left = page.evaluate(
        """() => Array.from(document.querySelectorAll("[data-reach]"))
            .filter((one) => one.checkVisibility({ checkVisibilityCSS: true }) && one.type !== "radio" && !one.hidden)
            .map((one) => one.outerHTML.slice(0, 100))"""
    )
    assert left == []
    assert unseen == []


@pytest.mark.browser
def test_the_first_key_leads_past_the_header(page: Page, base: str) -> None:
    page.goto(f"{base}/{LAW}")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("跳到正文")
    page.keyboard.press("Enter")
    page.wait_for_url("**#top")


# ---- Where axe-core comes from


def test_the_lock_names_no_registry() -> None:
    from tests.support.axe import LOCK  # noqa: PLC0415

    assert "://" not in LOCK.read_text("utf-8")


def test_another_package_than_the_locked_one_is_refused() -> None:
    locked = Locked("axe-core", "1.0.0", "sha512-AAAA")
    with pytest.raises(AxeNotFoundError, match=r"axe\.lock"):
        verify(b"something else", locked)


def test_the_registry_is_npms(tmp_path: Path) -> None:
    assert registry({"NPM_CONFIG_REGISTRY": "https://mirror.example/npm"}) == "https://mirror.example/npm/"
    (tmp_path / ".npmrc").write_text("fund=false\nregistry = https://other.example/\n", "utf-8")
    assert registry({}, tmp_path) == "https://other.example/"
    assert registry({}, tmp_path / "nobody") == "https://registry.npmjs.org/"
