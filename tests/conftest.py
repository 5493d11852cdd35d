"""Fixtures for every test: a browser, a page that watches itself, and folders served over http."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from generator import cli, pipeline
from generator.model import Corpus
from generator.pipeline import load_corpus
from tests.support.axe import axe_script
from tests.support.browser import ARGUMENTS, PageRecord, find_browser, fresh_page
from tests.support.corpora import SOURCES, Project, make_project
from tests.support.moved import make_moved_site
from tests.support.server import serving
from tests.support.store import shared
from tests.support.tables import make_table_site
from tests.support.words import load_shared_words

# How many examples a promise is tried on. The same on every run, so that a change is judged by what it changes; to
# explore others: HYPOTHESIS_PROFILE=explore make test
for profile, examples in {"quick": 15, "ci": 60, "thorough": 300}.items():
    settings.register_profile(profile, max_examples=examples, derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=300, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

# Milliseconds in which a page must be what it should become; on a busy machine it takes its time.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session", autouse=True)
def words() -> Iterator[None]:
    """The packaged word lists, read once for all commands that tests run in their own process."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (cli, pipeline):
            patch.setattr(module, "load_words", load_shared_words)
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run; each test gets a context of its own in it (see `page`)."""
    with sync_playwright() as playwright:
        executable = find_browser(Path(playwright.chromium.executable_path))
        chromium = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def desktop(browser: Browser) -> Iterator[BrowserContext]:
    """The context of every `page`: a new one for each test costs more than most tests do."""
    # Playwright's wait_for_function evaluates text in the page, which the site's policy forbids. The policy itself is
    # tested in contexts of their own: test_security, test_page_types.
    context = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)
    yield context
    context.close()


@pytest.fixture(scope="session")
def handheld(browser: Browser) -> Iterator[BrowserContext]:
    """The context of every `phone`."""
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    yield context
    context.close()


@pytest.fixture
def page_record() -> PageRecord:
    """What `page` did so far: errors, and requests to other hosts."""
    return PageRecord()


@pytest.fixture
def page(desktop: BrowserContext, page_record: PageRecord) -> Iterator[Page]:
    """A blank page on a common laptop screen, with nothing remembered of the tests before.

    After the test it must have asked no other host for anything and shown no error. A test that provokes one
    asserts it on `page_record` and calls its `forget()`.
    """
    with fresh_page(desktop, page_record) as page:
        yield page


@pytest.fixture
def timed(browser: Browser, page_record: PageRecord) -> Iterator[Page]:
    """A page whose clock the test turns: `timed.clock.run_for(500)` lets half a second pass at once. Watched like `page`.

    In a context of its own, where such a clock stays.
    """
    context = browser.new_context(viewport={"width": 1440, "height": 900}, bypass_csp=True)
    with fresh_page(context, page_record) as page:
        page.clock.install()
        yield page
    context.close()


@pytest.fixture
def phone(handheld: BrowserContext, page_record: PageRecord) -> Iterator[Page]:
    """A blank page on a phone: 390 pixels wide, a finger and no mouse. Watched like `page`."""
    with fresh_page(handheld, page_record) as page:
        yield page


@pytest.fixture(scope="session")
def serve_folder() -> Iterator[Callable[[Path], str]]:
    """Call it with a folder: it is served until the end of the run, at the address it returns."""
    with ExitStack() as servers:
        yield cache(lambda folder: servers.enter_context(serving(folder)))


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """The repository's own corpus, read once."""
    corpus, problems = load_corpus(SOURCES)
    assert not problems
    return corpus


@pytest.fixture(scope="session")
def built() -> Project:
    """The repository's own site, built by the command a user runs: to be read only, like all that is shared."""

    def make(folder: Path) -> None:
        result = make_project(folder).run("site")
        assert result.exit_code == 0, result.output

    return Project(shared("project", make))


@pytest.fixture(scope="session")
def bundle(built: Project) -> Path:
    """The offline bundle, unzipped into a folder with a space and Chinese in its name."""

    def unzip(folder: Path) -> None:
        (archive,) = (built.folder / "dist").glob("*.zip")
        with zipfile.ZipFile(archive) as opened:
            opened.extractall(folder)

    (root,) = shared("优盘 copy", unzip).iterdir()
    return root


@pytest.fixture(params=["http", "file"])
def base(
    request: pytest.FixtureRequest, built: Project, bundle: Path, serve_folder: Callable[[Path], str]
) -> str:
    """The address of the root of the repository's own site, over http and as the bundle over file://."""
    return serve_folder(built.site) if request.param == "http" else bundle.as_uri()


@pytest.fixture(scope="session")
def moved_site() -> Project:
    """A small site with hostile text, anchors that moved and a policy that was renamed."""
    return Project(shared("moved", make_moved_site))


@pytest.fixture(params=["http", "file"])
def moved_base(
    request: pytest.FixtureRequest, moved_site: Project, serve_folder: Callable[[Path], str]
) -> str:
    """The address of the root of `moved_site`, over http and over file://."""
    return serve_folder(moved_site.site) if request.param == "http" else moved_site.site.as_uri()


@pytest.fixture(scope="session")
def axe() -> str:
    """axe-core as a script."""
    return axe_script()


@pytest.fixture(scope="session")
def table_site() -> Project:
    """A small site of policies with tables."""
    return Project(shared("tables", make_table_site))


# Where the same promises are tested from http:// and from the disk, one in four of the latter is enough for a change.
_LARGE = (
    "test_cite",
    "test_compare",
    "test_lists",
    "test_preview",
    "test_clause_tools",
    "test_search_engine",
    "test_search_page",
    "test_reading",
    "test_comparison",
)


# What stands on a built site; and modules that publish small folders again and again.
_SITES = frozenset(("browser", "built", "moved_site", "table_site"))
_PUBLISHING = ("test_faults", "test_names", "test_outputs", "test_serve", "test_site")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave what needs a built site to `make test`.

    Of the second reading of the large modules, from file://, leave most to `make test-thorough`.
    """
    for item in items:
        on_site = isinstance(item, pytest.Function) and not _SITES.isdisjoint(item.fixturenames)
        if on_site or item.path.stem in _PUBLISHING:
            item.add_marker("site")
    again = [
        item
        for item in items
        if item.path.stem in _LARGE
        and isinstance(item, pytest.Function)
        and "file" in item.name.split("[")[-1]
    ]
    for place, item in enumerate(again):
        if place % 4:
            item.add_marker("thorough")
