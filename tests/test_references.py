"""References: against the verified readings, a table of constructions, the corpus turned round, and promises."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from generator.analysis import Library, find_references, load_documents, referrers, unknown_documents
from generator.model import (
    Address,
    Analysis,
    Clause,
    Corpus,
    CorpusError,
    Jurisdiction,
    Policy,
    Reference,
)
from generator.parsing.numerals import to_int
from generator.publishing.citation import citations
from tests.support.corpora import parse_policy
from tests.test_gold import READINGS, policy_of, squeeze

WORDS = load_documents()

# --- against the verified readings ------------------------------------------------------------------------

Fact = tuple[str, str, str | None, str | None, tuple[str, ...]]


def fact(reference: Reference) -> Fact:
    """What is compared of a reference; the targets only where it is internal."""
    targets = [target.anchor or "" for target in reference.targets if reference.type == "internal"]
    title = squeeze(reference.title) if reference.title else None
    return reference.type, squeeze(reference.quote), title, reference.document_number, tuple(targets)


def expected_facts(reading: dict[str, Any], policy: Policy) -> Counter[Fact]:
    """The references of a reading, those left out that the print does not mark with 《》 (they are optional)."""
    facts: Counter[Fact] = Counter()
    for entry in reading["clauses"]:
        for one in entry.get("references", ()):
            if not one.get("unmarked"):
                targets = tuple(anchor_of(path, entry["label"], policy) for path in one["target_clauses"])
                facts[one["type"], squeeze(one["quote"]), one["target_title"], one["document_number"], targets] += 1
    return facts


def anchor_of(path: str, article: str, policy: Policy) -> str:
    """The anchor of 本条/第一款/第一项, said in the 条 with this label."""
    names = {"条": "art", "款": "para", "项": "point"}
    steps = path.replace("本条", article).split("/")
    name = "__".join(f"{names[step[-1]]}_{to_int(step[1:-1])}" for step in steps)
    (anchor,) = [one.anchor for one in policy.clauses if name in (one.anchor, *one.aliases)]
    return anchor


# The reading marks 《规划》 in 一、 and 二、 of the appended explanation and in the paragraphs and items of 三、 and
# 四、, but not in the headings and first paragraphs of 三、 and 四、 themselves: two in each, of the same kind.
NOT_IN_THE_READING: dict[str, Counter[Fact]] = {
    "shanxi-plan": Counter({("external", "《规划》", "规划", None, ()): 4})
}


@pytest.mark.parametrize("path", READINGS, ids=lambda path: path.stem)
def test_the_references_of_a_verified_reading(path: Path, corpus: Corpus) -> None:
    reading = json.loads(path.read_text("utf-8"))
    policy = policy_of(reading, corpus)
    found = Counter(fact(one) for clause in policy.clauses for one in corpus.analysis(clause).references)
    assert found == expected_facts(reading, policy) + NOT_IN_THE_READING.get(path.stem, Counter())


def test_every_reference_stands_in_the_clause_where_it_was_read(corpus: Corpus) -> None:
    for path in READINGS:
        reading = json.loads(path.read_text("utf-8"))
        policy = policy_of(reading, corpus)
        for entry in reading["clauses"]:
            quotes = Counter(squeeze(one["quote"]) for one in entry.get("references", ()) if not one.get("unmarked"))
            wording = squeeze(entry["wording"])
            (top,) = [one for one in policy.clauses if squeeze(one.wording) == wording][:1]
            below = {top.anchor}
            for clause in policy.clauses:
                if clause.parent in below:
                    below.add(clause.anchor)
            found = Counter(
                squeeze(reference.quote)
                for clause in policy.clauses
                if clause.anchor in below
                for reference in corpus.analysis(clause).references
            )
            assert quotes <= found, entry["label"]
