"""Every page type as readers get it: both sizes, both schemes, over http and from the disk; and what it weighs.

The screenshots are kept in build/screenshots/: they are for the eye, and `make pictures` makes README's of them.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.model import Corpus
from tests.support.axe import SEEN_IN_COLOUR, violations
from tests.support.browser import PageRecord, fresh_page
from tests.support.corpora import Project
from tests.support.pages import ANSWERS, PAGES, SCHEMES, SCREENSHOTS, WIDTHS, View, looks

pytestmark = pytest.mark.browser

HEAVIEST = 150_000  # bytes, gzip: a policy page of 75 clauses with all it needs at first view
SHIFTING = 0.1  # cumulative layout shift from which Lighthouse takes points


@pytest.fixture(scope="module")
def shots() -> Path:
    """The folder of the screenshots."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    return SCREENSHOTS


@pytest.fixture
def addresses(built: Project, bundle: Path, serve_folder: Callable[[Path], str]) -> dict[str, str]:
    """The address of the site's root, by protocol."""
    return {"http": serve_folder(built.site), "file": bundle.as_uri()}


@pytest.fixture(scope="module")
def context_of(browser: Browser) -> Iterator[Callable[[str], BrowserContext]]:
    """Call it with a size for a reader's browser: the phone has a finger for a pointer."""
    made: dict[str, BrowserContext] = {}

    def context(size: str) -> BrowserContext:
        if size not in made:
            made[size] = browser.new_context(
                viewport={"width": WIDTHS[size], "height": 844 if size == "phone" else 900},
                has_touch=size == "phone",
                reduced_motion="reduce",
            )
        return made[size]

    yield context
    for one in made.values():
        one.close()


@pytest.mark.parametrize(("protocol", "page_type", "size"), looks())
def test_a_page_is_quiet_fits_and_is_for_everyone(
    context_of: Callable[[str], BrowserContext],
    addresses: Mapping[str, str],
    protocol: str,
    page_type: str,
    size: str,
    axe: str,
    shots: Path,
) -> None:
    """In both colour schemes: the page follows the system's while it is open."""
    found: list[str] = []
    with fresh_page(context_of(size), PageRecord()) as page:
        page.emulate_media(color_scheme="light")
        page.goto(f"{addresses[protocol]}/{PAGES[page_type]}")
        expect(page.locator(ANSWERS.get(page_type, "h1")).first).to_be_visible()
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            drawn = {"light": "default", "dark": "slate"}[scheme]
            expect(page.locator("body")).to_have_attribute("data-md-color-scheme", drawn)
            assert page.evaluate("document.documentElement.scrollWidth") <= WIDTHS[size]
            view = View(page_type, size, scheme)
            page.screenshot(path=shots / f"{protocol}-{view}.png", animations="disabled")
            if protocol == "http":  # the bundle has the same pages
                rules = () if scheme == "light" else SEEN_IN_COLOUR
                found += [f"{scheme}: {one}" for one in violations(page, axe, rules)]
    assert found == []


@pytest.mark.parametrize("width", [768, 1000, 1280])
def test_a_page_fits_a_tablet_and_begins_no_further_left_than_the_footer(
    browser: Browser, addresses: Mapping[str, str], width: int
) -> None:
    """The sizes between the two above, where columns come and go."""
    context = browser.new_context(viewport={"width": width, "height": 900}, has_touch=width < 1100)
    page = context.new_page()
    astray: list[str] = []
    for page_type, address in PAGES.items():
        page.goto(f"{addresses['http']}/{address}")
        expect(page.locator(ANSWERS.get(page_type, "h1")).first).to_be_visible()
        left, right, foot, whole = page.evaluate(
            """() => {
                const text = document.createRange();
                const left = (selector) => Array.from(document.querySelectorAll(selector))
                    .filter((one) => one.checkVisibility())
                    .map((one) => { text.selectNodeContents(one); return text.getBoundingClientRect().left; });
                const column = document.querySelector(".md-content__inner").getBoundingClientRect();
                const heads = left(".md-content h1, .md-sidebar--secondary .md-nav__title, .policy-contents__title");
                const first = Math.min(...heads.filter((one) => one > 0));
                const foot = document.querySelector(".md-copyright");
                const edge = foot.getBoundingClientRect().left + parseFloat(getComputedStyle(foot).paddingLeft);
                return [first, column.right, edge, document.documentElement.scrollWidth];
            }"""
        )
        if whole > width or right > width - 12 or left < foot - 1:
            astray.append(f"{page_type}: from {left} (the footer: {foot}) to {right}, {whole} wide")
    context.close()
    assert astray == []


# ---- Weight


def first_view(page: Page, address: str) -> Iterator[str]:
    """The addresses of all that is asked for until the page has loaded."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.wait_for_load_state("load")
    page.wait_for_timeout(300)
    yield from dict.fromkeys(asked)


def test_a_policy_page_of_75_clauses_is_light(
    page: Page, built: Project, corpus: Corpus, serve_folder: Callable[[Path], str]
) -> None:
    base = serve_folder(built.site)
    policy = min(
        (policy for policy in corpus.policies if len(policy.clauses) >= 75),
        key=lambda policy: len(policy.clauses),
    )
    weights = {
        path: len(gzip.compress((built.site / path).read_bytes(), 6))
        for path in (
            unquote(urlsplit(url).path).lstrip("/") for url in first_view(page, f"{base}/{policy.url}")
        )
    }
    assert policy.url in weights
    assert any(path.endswith(".css") for path in weights)
    assert sum(weights.values()) < HEAVIEST, weights


def test_a_policy_page_asks_for_no_data_at_first_view(
    page: Page, built: Project, serve_folder: Callable[[Path], str]
) -> None:
    base = serve_folder(built.site)
    asked = list(first_view(page, f"{base}/{PAGES['policy-law']}"))
    assert asked
    assert not [url for url in asked if "/clauses/" in url or "/search/" in url or "/data/" in url]


@pytest.mark.parametrize("size", WIDTHS)
def test_what_is_drawn_stays_where_it_is(
    page: Page, built: Project, serve_folder: Callable[[Path], str], size: str
) -> None:
    """Cumulative layout shift, as Lighthouse counts it: below .1 is good."""
    page.set_viewport_size({"width": WIDTHS[size], "height": 844 if size == "phone" else 900})
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => list.getEntries().forEach((entry) => {"
        "  window.shift += entry.value; })).observe({ type: 'layout-shift', buffered: true });"
    )
    base = serve_folder(built.site)
    moving: dict[str, float] = {}
    for name, path in PAGES.items():
        page.goto(f"{base}/{path}")
        page.wait_for_timeout(400)
        shift = page.evaluate("window.shift")
        if shift >= SHIFTING:
            moving[name] = shift
    assert moving == {}
