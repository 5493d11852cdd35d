"""Take the pictures that README and documentation show: `make pictures`, after `make site`."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from tests.support.browser import ARGUMENTS, find_browser
from tests.support.corpora import ROOT
from tests.support.pages import PAGES

PICTURES = ROOT / "docs" / "pictures"


def main() -> None:
    """Open the built site over file:// and photograph the home page, a policy, a search and an indicator."""
    site = (ROOT / "site").as_uri()
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        executable = find_browser(Path(playwright.chromium.executable_path))
        browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        page = browser.new_page(viewport={"width": 1280, "height": 800})
        page.goto(f"{site}/{PAGES['home']}")
        _take(page, "home")
        page.goto(f"{site}/{PAGES['policy-law']}#art_13")
        _take(page, "policy")
        page.goto(f"{site}/{PAGES['policy-measures']}#subpara_11")
        page.locator(".search__box").fill("压减 环节")
        page.wait_for_function("document.querySelectorAll('.search__result').length > 0")
        _take(page, "search")
        page.goto(f"{site}/{PAGES['indicator']}#yingkou-2020-14")
        _take(page, "indicator")
        browser.close()


def _take(page: Page, name: str) -> None:
    page.wait_for_timeout(300)  # fonts and the highlight of the target
    page.screenshot(path=PICTURES / f"{name}.png", animations="disabled")


if __name__ == "__main__":
    main()
