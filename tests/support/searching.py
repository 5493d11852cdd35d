"""The search without the site around it: an index over any corpus on a bare page; and the plain scan it must equal.

The scan knows nothing of the index. It reads the records of clauses.jsonl and looks for the terms in them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from generator.files.text import write_text
from generator.model import Corpus
from generator.publishing.scripts.search import search_scripts
from tests.support.javascript import on_page
from tests.support.words import WORDS

ENGINE = ("search/engine.js", "search/facets.js", "search/files.js")
"""The modules that are window.policySearch on the page of a test."""

Record = dict[str, Any]


@dataclass(frozen=True)
class Query:
    """A query as it is typed, and what it asks for."""

    typed: str
    terms: tuple[str, ...]
    excluded: tuple[str, ...] = ()


def fold(text: str) -> str:
    """Text as search sees it: no white space, half width, lower case, one kind of bracket."""
    narrow = (chr(ord(c) - 0xFEE0) if "\uff01" <= c <= "\uff5e" else c for c in text)
    folded = "".join(narrow).lower().translate(str.maketrans("〔〕[]", "()()"))
    return "".join(folded.split())


class Scan:
    """Every clause of some records of clauses.jsonl, folded."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._clauses = [
            (
                record["url"],
                [fold(text) for text in (*_apart(record), record["title"] or "", record["label"] or "")],
            )
            for record in records
        ]

    def urls(self, query: Query) -> set[str]:
        """The clauses that have every term and none of the excluded in title, wording or label."""
        terms, excluded = list(map(fold, query.terms)), list(map(fold, query.excluded))
        return {
            url
            for url, texts in self._clauses
            if all(any(term in text for text in texts) for term in terms)
            and not any(term in text for term in excluded for text in texts)
        }


def _apart(record: Record) -> list[str]:
    """What no term reaches over the edges of: the caption and the cells of a table, else the wording."""
    if "cells" not in record:
        return [record["wording"]]
    lines = record["wording"].split("\n")
    caption = "\n".join(line for line in lines if "\t" not in line)
    return [caption, *(cell for line in lines if "\t" in line for cell in line.split("\t"))]


def random_queries(records: Sequence[Record], seed: int) -> Iterator[Query]:
    """Queries made of stretches of the texts themselves: one or more, from one clause or several, as typed anyhow."""
    chance = random.Random(seed)
    wordings = [record["wording"] for record in records]
    while True:
        wording = chance.choice(wordings)
        count = chance.choice((1, 1, 1, 2, 2, 3))
        terms = [
            _stretch(wording if chance.random() < 0.7 else chance.choice(wordings), chance)
            for _ in range(count)
        ]
        terms = [term for term in terms if term]
        excluded = [_stretch(wording, chance)] if chance.random() < 0.1 else []
        excluded = [term for term in excluded if term]
        if not terms:
            continue
        typed = [_typed(term, chance) for term in terms] + ["-" + _typed(term, chance) for term in excluded]
        yield Query(chance.choice((" ", "  ", "\u3000")).join(typed), tuple(terms), tuple(excluded))


def _stretch(wording: str, chance: random.Random) -> str:
    """A piece of a wording, seldom long; one that a query would read otherwise is none."""
    length = chance.choice((1, 2, 2, 3, 3, 4, 5, 6, 8, 12, 20, 40))
    start = chance.randrange(max(1, len(wording) - length + 1))
    piece = wording[start : start + length].strip()
    return "" if piece.startswith(("-", "“")) or '"' in piece else piece


def _typed(term: str, chance: random.Random) -> str:
    """A term as somebody might type it: in full width, in capitals, with other brackets, in quotes."""
    if chance.random() < 0.2:
        term = "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" and c != "-" else c for c in term)
    elif chance.random() < 0.2:
        term = term.upper().translate(str.maketrans("〔〕()", "[]〔〕"))
    if len(term.split()) > 1:
        return f'"{term}"'
    if chance.random() < 0.1:
        at = chance.randrange(len(term) + 1)
        return f'"{term[:at]} {term[at:]}"'
    return term


def write_index(folder: Path, corpus: Corpus) -> Path:
    """The index of a corpus with a bare page to try it from; returns the page."""
    for name, script in search_scripts(corpus, WORDS.taxonomy):
        write_text(folder / "search" / name, script)
    page = folder / "index.html"
    write_text(page, '<!doctype html><meta charset="utf-8"><title>搜索</title>')
    return page


def open_index(page: Page, address: str, change: tuple[str, str] | None = None) -> None:
    """Open a page at an address, beside an index, and put the search on it. `change`: see `on_page`."""
    page.goto(address)
    page.evaluate(on_page({"policySearch": ENGINE}, change))
    page.evaluate("policySearch.open('.')")


def found(page: Page, queries: Sequence[str]) -> list[list[str]]:
    """The addresses of the clauses that each query finds, in the order they are shown."""
    answers: list[list[str]] = page.evaluate(
        """async queries => {
            const { count } = await policySearch.index();
            const records = await Promise.all(Array.from({ length: count }, (_, n) => policySearch.record(n)));
            const answers = [];
            for (const query of queries) {
                const { clauses } = await policySearch.find(query);
                answers.push(Array.from(clauses, document => records[document].url));
            }
            return answers;
        }""",
        list(queries),
    )
    return answers
