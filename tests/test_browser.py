"""The site as a reader sees it, in a real browser: over http, and as the unzipped bundle over file://."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from generator.model import Corpus
from tests.support.browser import PageRecord

pytestmark = pytest.mark.browser

PAGES = (
    "index.html",
    "policies/index.html",
    "policies/yingkou-2020-14.html",
    "policies/guizhou-2022-business-environment.html",
    "indicators/index.html",
    "indicators/getting-electricity.html",
    "data.html",
    "data/fidelity.html",
    "link.html",
    "authors.html",
    "about.html",
)


def fold(text: str) -> str:
    """Text as search sees it: no white space, half width, lower case."""
    narrow = (chr(ord(c) - 0xFEE0) if "\uff01" <= c <= "\uff5e" else c for c in text)
    folded = "".join(narrow).lower().translate(str.maketrans("〔〕[]", "()()"))
    return "".join(folded.split())


def expected_count(corpus: Corpus, query: str) -> int:
    """How many clauses contain every term of the query: a plain scan, not the index."""
    terms = [fold(term) for term in query.split()]
    return sum(
        all(term in fold(clause.wording) for term in terms)
        for policy in corpus.policies
        for clause in policy.clauses
    )


def search(page: Page, query: str) -> str:
    """Type a query into the box and return what the status line says of it."""
    box = page.locator(".search__box")
    box.fill("")
    box.fill(query)
    status = page.locator(".search__status")
    expect(status).to_have_text(re.compile("找到|没有"))
    page.wait_for_function("query => document.querySelector('.search__box').value === query", arg=query)
    page.wait_for_timeout(150)  # the pause after the last key
    return status.inner_text()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [390, 1440])
def test_page_opens_quietly_and_does_not_scroll_sideways(
    page: Page, base: str, path: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{base}/{path}")
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    "query", ["刻章", "不动产登记", "24号", "3个工作日", "３个工作日", "获得电力", "开办企业 零成本"]
)
def test_search_finds_every_clause_with_the_words(page: Page, base: str, corpus: Corpus, query: str) -> None:
    page.goto(f"{base}/index.html")
    count = expected_count(corpus, query)
    assert count or query == "24号"
    found = re.search(r"(\d+) 条条文", search(page, query))
    assert (int(found[1]) if found else 0) == count


def random_substrings(corpus: Corpus) -> Iterator[str]:
    """Stretches of the texts themselves, two to twelve characters long, without white space at the ends."""
    chance = random.Random(20211122)
    wordings = [clause.wording for policy in corpus.policies for clause in policy.clauses]
    while True:
        wording = chance.choice(wordings)
        length = chance.randint(2, 12)
        start = chance.randrange(max(1, len(wording) - length))
        piece = wording[start : start + length]
        if len(piece) >= 2 and len(piece.split()) == 1 and piece == piece.strip():
            yield piece


def test_search_is_exact_for_random_stretches_of_the_texts(page: Page, base: str, corpus: Corpus) -> None:
    page.goto(f"{base}/index.html")
    for query, _ in zip(random_substrings(corpus), range(25), strict=False):
        found = re.search(r"(\d+) 条条文", search(page, query))
        assert (int(found[1]) if found else 0) == expected_count(corpus, query), query


def test_a_result_leads_to_its_clause(page: Page, base: str) -> None:
    page.goto(f"{base}/about.html")
    search(page, "一套(5枚)免费公章")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/policies/yingkou-2020-14.html#subpara_4")
    expect(page.locator("#subpara_4")).to_be_in_viewport()


def test_a_document_number_leads_to_its_policy(page: Page, base: str) -> None:
    page.goto(f"{base}/policies/index.html")
    search(page, "营政办发[2020]14号")
    page.keyboard.press("Enter")
    page.wait_for_url("**/policies/yingkou-2020-14.html")


def test_nothing_found_says_so(page: Page, base: str) -> None:
    page.goto(f"{base}/index.html")
    assert search(page, "甲乙丙丁戊己庚辛").startswith("没有")


def test_the_index_is_loaded_only_when_the_box_is_used(page: Page, base: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{base}/index.html")
    page.wait_for_load_state("load")
    assert not [url for url in asked if "clauses.js" in url]
    page.keyboard.press("/")
    expect(page.locator(".search__box")).to_be_focused()
    page.wait_for_function("document.querySelector('script[src*=\"clauses.js\"]') !== null")
    assert [url for url in asked if "clauses.js" in url]


def test_an_index_of_another_version_is_refused(page: Page, base: str, page_record: PageRecord) -> None:
    body = "window.policySearch.load({version: 99, policies: [], clauses: []});"
    page.context.route(
        "**/search/clauses.js", lambda route: route.fulfill(body=body, content_type="text/javascript")
    )
    page.goto(f"{base}/index.html")
    page.locator(".search__box").fill("刻章")
    expect(page.locator(".search__status")).to_contain_text("版本")
    page_record.forget()


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
