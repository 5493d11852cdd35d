"""Fifty real laws: every article's whole text, however the law is printed.

The laws say themselves what is right (tests/support/laws.py). Printing a law on pages of another width and length,
breaking a sentence, moving text to the margin: none of it changes a clause.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any

import pytest
from _pytest.mark import ParameterSet

from generator.parsing import ParsedSource
from generator.parsing.labels import find_label
from tests.support.corpora import parse_text
from tests.support.laws import Law, articles_of, load_laws, squeeze

LAWS = load_laws()
LEAST = 5  # articles, below which a law's own labels are no measure
PRINTS = 3  # of each law, each of a width, length, number and header of its own
BREAKS = 3  # sentences broken in each law
INTERRUPTIONS = ("\n", "\n\n- 8 -\n\n", "\n— 12 —\n", "\n\n 9 \n\n\x0c", "\n第 3 页 共 20 页\n")

Clauses = list[tuple[str, str | None, str]]


@cache
def read(law: Law) -> ParsedSource:
    """The clean text of a law, parsed once for all tests."""
    return parse_text(law.clean)


@cache
def read_printed(law: Law, seed: int) -> ParsedSource:
    """A printing of a law, parsed once for all tests."""
    return parse_text(law.printed(seed))


def in_turn(laws: Iterable[Law], ways: Iterable[Any]) -> list[ParameterSet]:
    """Every law in every way: each in one, in turn, with every change, and in the others with `make test-thorough`."""
    ways = list(ways)
    return [
        pytest.param(
            law,
            way,
            id=f"{law.name}-{way}",
            marks=() if way == ways[place % len(ways)] else pytest.mark.thorough,
        )
        for place, law in enumerate(laws)
        for way in ways
    ]


def clauses(parsed: ParsedSource) -> Clauses:
    return [
        (one.anchor, one.parent, squeeze(one.wording)) for policy in parsed.policies for one in policy.clauses
    ]


def measured() -> list[Law]:
    """The laws whose articles run through, each label once."""
    return [law for law in LAWS if len(law.articles or {}) >= LEAST]


def wrong(law: Law, parsed: ParsedSource) -> list[str]:
    """The labels of the articles that were read otherwise than the law has them."""
    found = articles_of(parsed.policies)
    return [label for label, text in (law.articles or {}).items() if found.get(label) != text]


def test_the_laws_are_many_and_of_many_kinds() -> None:
    assert len(LAWS) == 50
    assert len(measured()) > 30
    assert sum(len(law.articles or {}) for law in measured()) > 1_000


@pytest.mark.parametrize("law", measured(), ids=lambda law: law.name)
def test_every_article_of_a_clean_text_is_read_whole(law: Law) -> None:
    assert wrong(law, read(law)) == []


@pytest.mark.parametrize(("law", "seed"), in_turn(measured(), range(PRINTS)))
def test_every_article_of_a_printed_law_is_read_whole(law: Law, seed: int) -> None:
    assert wrong(law, read_printed(law, seed)) == []


@pytest.mark.parametrize(("law", "seed"), in_turn(LAWS, range(PRINTS)))
def test_no_line_of_a_law_is_taken_for_a_header_of_its_pages(law: Law, seed: int) -> None:
    """But the title where it stands at the head of every page, and what was printed there instead."""
    headers = {squeeze(law.title), "JZ-2024-03"}
    for parsed in (read(law), read_printed(law, seed)):
        removed = {squeeze(one.text) for one in parsed.account.removed if "页眉" in one.reason}
        assert removed <= headers


def _bold(law: Law) -> str:
    lines = (f"**{one.lstrip('# ')}**" if one.startswith("#") else one for one in law.paragraphs)
    return "\n\n".join([law.title, *lines])


# Line ends of Windows, paragraphs indented, blank lines left out or doubled, bold headings.
SETTINGS: dict[str, Callable[[Law], str]] = {
    "crlf": lambda law: "\ufeff" + law.clean.replace("\n", "\r\n"),
    "indented": lambda law: "\n\n".join(f"　　{line}" for line in law.lines),
    "close": lambda law: "\n".join(law.lines),
    "wide": lambda law: "\n\n\n".join(law.lines) + "\n\n \n",
    "bold": _bold,
}


@pytest.mark.parametrize(("law", "setting"), in_turn(LAWS, SETTINGS))
def test_a_law_has_the_same_clauses_however_it_is_set(law: Law, setting: str) -> None:
    """The paragraphs are the same."""
    assert clauses(parse_text(SETTINGS[setting](law))) == clauses(read(law))


def _is_running_text(law: Law) -> bool:
    """Whether a law has no table: the rows of one are no lines of a page."""
    return not any(paragraph.startswith("|") for paragraph in law.paragraphs)


@pytest.mark.parametrize("law", [law for law in LAWS if _is_running_text(law)], ids=lambda law: law.name)
def test_a_break_inside_a_sentence_of_a_printed_law_changes_no_clause(law: Law) -> None:
    """On a page whose lines are broken anyway, one more break says nothing, nor does the end of a page."""
    text = _wrapped(law)
    expected = clauses(parse_text(text))
    chance = random.Random(law.name)
    places = list(_inside_sentences(text))
    for position in sorted(chance.sample(places, min(BREAKS, len(places))), reverse=True):
        text = text[:position] + chance.choice(INTERRUPTIONS) + text[position:]
    assert clauses(parse_text(text)) == expected


def _wrapped(law: Law, width: int = 28) -> str:
    lines = [law.title]
    for paragraph in law.paragraphs:
        text = "　　" + paragraph.lstrip("# ")
        lines += [text[start : start + width] for start in range(0, len(text), width)]
    return "\n".join(lines) + "\n"


def _inside_sentences(text: str) -> Iterator[int]:
    """Where a page could break and nobody would take it for the end of a paragraph: see test_roundtrip."""
    start = 0
    for line in text.split("\n"):
        for column in range(14, len(line) - 3):
            before, after = line[column - 1], line[column:]
            if _is_han(before) and _is_han(after[0]) and find_label(after) is None:
                yield start + column
        start += len(line) + 1


def _is_han(character: str) -> bool:
    return "\u4e00" <= character <= "\u9fff"
