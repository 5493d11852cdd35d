"""On paper: pages printed to PDF by Chromium, and read back."""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Callable
from io import BytesIO

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from generator.model import Corpus, Policy
from generator.reading.characters import RADICALS
from tests.support.corpora import Project

pytestmark = pytest.mark.browser

POLICIES = ("guizhou-2022-business-environment", "yingkou-2020-14")
BEGINNING = 12  # characters of a clause that are looked for; its end may stand on the next sheet
Printed = Callable[[str], list[str]]


def squeezed(text: str) -> str:
    """Text without white space, as a PDF has no notion of it; radicals as the characters they look like."""
    whole = text.translate({ord(radical): character for radical, character in RADICALS.items()})
    return "".join(unicodedata.normalize("NFKC", whole).split())


@pytest.fixture
def printed(page: Page, built: Project) -> Printed:
    """Call it with an address below the site: the text of each printed page."""

    def print_page(address: str) -> list[str]:
        page.goto((built.site / address).as_uri())
        data = page.pdf(prefer_css_page_size=True)
        return [squeezed(one.extract_text()) for one in PdfReader(BytesIO(data)).pages]

    return print_page


def policy_of(corpus: Corpus, id_: str) -> Policy:
    """A policy by its id."""
    return next(policy for policy in corpus.policies if policy.id == id_)


@pytest.mark.parametrize("id_", POLICIES)
def test_a_policy_prints_whole_with_its_numbers_in_their_order(
    printed: Printed, corpus: Corpus, id_: str
) -> None:
    """Each clause begins where the one before it began, or after: number, then text."""
    policy = policy_of(corpus, id_)
    text = "".join(printed(policy.url))
    at = 0
    for clause in policy.clauses:
        correction = clause.corrections[0].start if clause.corrections else BEGINNING
        beginning = squeezed(clause.wording[: min(correction, BEGINNING)])
        at = text.find(beginning, at)
        assert at >= 0, (clause.anchor, beginning)


@pytest.mark.parametrize("id_", POLICIES)
def test_every_sheet_has_address_date_and_number(printed: Printed, corpus: Corpus, id_: str) -> None:
    sheets = printed(policy_of(corpus, id_).url)
    today = datetime.date.today()
    assert len(sheets) > 2
    for number, sheet in enumerate(sheets, 1):
        assert f"https://policies.example.org/policies/{id_}.html" in sheet
        assert f"检索日期:{today.year}年{today.month}月{today.day}日" in sheet
        assert f"{number}/{len(sheets)}" in sheet


@pytest.mark.parametrize("id_", POLICIES)
def test_nothing_of_the_screen_is_on_paper(printed: Printed, corpus: Corpus, id_: str) -> None:
    text = "".join(printed(policy_of(corpus, id_).url))
    for chrome in ("只看原文", "搜索条文", "链接与引用", "回到页面顶部", "跳到正文"):
        assert chrome not in text, chrome


def test_the_addresses_of_links_stand_at_the_end(printed: Printed, page: Page) -> None:
    last = "".join(printed("policies/guizhou-2022-business-environment.html")[-2:])
    page.emulate_media(media="print")
    links = page.locator(".policy .clause a.reference, .policy .more a.reference")
    listed = page.locator(".colophon__links li")
    assert listed.count() == len(
        {link.evaluate("a => new URL(a.getAttribute('href'), 'https://policies.example.org/policies/x.html').href")
         for link in links.all()}
    )  # fmt: skip
    for item in listed.all():
        assert squeezed(item.inner_text()) in last


def test_a_table_prints_whole(printed: Printed, corpus: Corpus) -> None:
    text = "".join(printed("policies/index.html"))
    for policy in corpus.policies:
        assert squeezed(policy.name)[:8] in text, policy.id
    assert "清除" not in text


def test_a_comparison_prints_the_address_that_shows_it_again(page: Page, built: Project) -> None:
    page.goto(
        (built.site / "compare.html").as_uri() + "?p=yingkou-2020-14,qiqihar-2020-29&i=getting-electricity"
    )
    page.locator("table.compare-table").wait_for()
    sheets = [squeezed(one.extract_text()) for one in PdfReader(BytesIO(page.pdf())).pages]
    assert all("compare.html?p=yingkou-2020-14" in sheet for sheet in sheets)
