"""Every page type as readers get it: both sizes, both schemes, over http and from the disk; and what it weighs.

The screenshots are kept in build/screenshots/: they are for the eye, and `make pictures` makes README's of them.
"""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from generator.model import Corpus
from generator.sitemap import NOT_FOUND
from tests.support.axe import SEEN_IN_COLOUR, violations
from tests.support.browser import PageRecord, fresh_page
from tests.support.corpora import Project
from tests.support.looks import SHIFTING, astray, count_shifts, moving, shifted, too_small, too_wide
from tests.support.pages import ANSWERS, PAGES, SCHEMES, SCREENSHOTS, WIDTHS, View, looks

pytestmark = pytest.mark.browser

HEAVIEST = 150_000  # bytes, gzip: a policy page of 75 clauses with all it needs at first view
DRAWN = {"light": "default", "dark": "slate"}
BETWEEN = {"phone": (768, 1000), "desktop": (1280,)}  # a tablet has a finger, too


@pytest.fixture(scope="module")
def shots() -> Path:
    """The folder of the screenshots."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    return SCREENSHOTS


@pytest.fixture
def address(built: Project, serve_folder: Callable[[Path], str]) -> str:
    """The address of the site's root."""
    return serve_folder(built.site)


@pytest.fixture(scope="module")
def context_of(browser: Browser) -> Iterator[Callable[[str], BrowserContext]]:
    """Call it with a size for a reader's browser: the phone has a finger for a pointer."""
    made: dict[str, BrowserContext] = {}

    def context(size: str) -> BrowserContext:
        if size not in made:
            made[size] = browser.new_context(
                viewport={"width": WIDTHS[size], "height": 844 if size == "phone" else 900},
                has_touch=size == "phone",
                is_mobile=size == "phone",
                reduced_motion="reduce",
            )
        return made[size]

    yield context
    for one in made.values():
        one.close()


@pytest.mark.parametrize(("page_type", "size"), looks())
def test_a_page_is_quiet_fits_and_is_for_everyone(
    context_of: Callable[[str], BrowserContext],
    address: str,
    page_type: str,
    size: str,
    axe: str,
    shots: Path,
    subtests: pytest.Subtests,
) -> None:
    """One visit, for opening a page costs more than any question: in both colour schemes, then at the next widths."""
    with fresh_page(context_of(size), PageRecord()) as page:
        count_shifts(page)
        page.emulate_media(color_scheme="light")
        page.goto(f"{address}/{PAGES[page_type]}")
        expect(page.locator(ANSWERS.get(page_type, "h1")).first).to_be_visible()
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            expect(page.locator("body")).to_have_attribute("data-md-color-scheme", DRAWN[scheme])
            page.screenshot(path=shots / f"{View(page_type, size, scheme)}.png", animations="disabled")
            with subtests.test("it fits the screen", scheme=scheme):
                assert not too_wide(page, WIDTHS[size])
            with subtests.test("axe-core finds nothing", scheme=scheme):
                assert violations(page, axe, () if scheme == "light" else SEEN_IN_COLOUR) == []
            if scheme == "light":
                with subtests.test("what is drawn stays where it is"):
                    assert shifted(page) < SHIFTING
        if size == "phone":
            with subtests.test("what stands alone is large enough for a finger"):
                assert too_small(page) == []
        else:
            with subtests.test("nothing moves for a reader who asked for rest"):
                assert moving(page) == []
        with subtests.test("it fits the sizes between, where columns come and go"):
            assert list(astray(page, BETWEEN[size])) == []


@pytest.mark.parametrize("page_type", [name for name in PAGES if name != NOT_FOUND.name])
def test_a_page_from_the_disk_is_quiet_and_fits(
    context_of: Callable[[str], BrowserContext], bundle: Path, page_type: str
) -> None:
    """Only a web server has a page for wrong addresses."""
    with fresh_page(context_of("desktop"), PageRecord()) as page:
        page.emulate_media(color_scheme="light")
        page.goto(f"{bundle.as_uri()}/{PAGES[page_type]}")
        expect(page.locator(ANSWERS.get(page_type, "h1")).first).to_be_visible()
        for width in (WIDTHS["desktop"], WIDTHS["phone"]):
            page.set_viewport_size({"width": width, "height": 900})
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                expect(page.locator("body")).to_have_attribute("data-md-color-scheme", DRAWN[scheme])
                assert not too_wide(page, width)


# ---- Weight


def first_view(page: Page, address: str) -> Iterator[str]:
    """The addresses of all that is asked for until the page has loaded."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.wait_for_load_state("networkidle")
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
