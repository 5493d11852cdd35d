"""What a reader pastes never freezes the tab: citing and searching take their length in time, whatever is pasted."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page

from generator.model import Corpus
from tests.support.citing import engine_with
from tests.support.corpora import Project
from tests.support.searching import open_index
from tests.support.times import grows_no_faster

PIECES = (
    "《", "》", "《》", "《《》", "《某", "“ ", "“某 ", "\"某", "的", "之", "的有关规定", "第", "第一条", "第一条、", "第一至", "1.", "（一）", "（以下简称",
    "〔2020〕14号", "根据《", "营口方案第35项、", "-a", ":/", "[](", "<a", "&#65;", "/cite.html?q=", "yingkou-2020-14 ", "企 办 ", "一。",
)  # fmt: skip
FEW, MANY = 2_000, 8_000  # characters
# Milliseconds of the best of three tries, what it needs on hand.
SEARCH = """async (text) => {
    let best = Infinity;
    for (let turn = 0; turn < 3; turn++) {
        const start = performance.now();
        await window.policySearch.find(text);
        best = Math.min(best, performance.now() - start);
    }
    return best;
}"""


@pytest.fixture(scope="module")
def address(built: Project, serve_folder: Callable[[Path], str]) -> str:
    return serve_folder(built.site)


def test_a_citation_that_is_pasted_takes_its_length_in_time(corpus: Corpus) -> None:
    engine = engine_with(corpus)

    def taken(piece: str, size: int) -> float:
        return min(float(one["taken"]) for one in engine.find([piece * (size // len(piece))] * 10))

    slow = [piece for piece in PIECES if not grows_no_faster(partial(taken, piece), FEW, MANY)]
    assert slow == []


@pytest.mark.browser
def test_a_query_that_is_pasted_takes_its_length_in_time(page: Page, address: str) -> None:
    open_index(page, f"{address}/about.html")

    def taken(piece: str, size: int) -> float:
        return float(page.evaluate(SEARCH, piece * (size // len(piece)))) / 1000

    slow = [piece for piece in PIECES if not grows_no_faster(partial(taken, piece), FEW, MANY)]
    assert slow == []


@pytest.mark.browser
def test_thousands_of_different_words_are_searched_for(page: Page, address: str) -> None:
    """Words that no other holds, so that none can be left out."""
    open_index(page, f"{address}/about.html")

    def taken(size: int) -> float:
        words = (
            f"{chr(0x4E00 + number % 3000)}{chr(0x5E00 + number // 3000)}" for number in range(size // 3)
        )
        return float(page.evaluate(SEARCH, " ".join(words))) / 1000

    assert grows_no_faster(taken, FEW, MANY)
