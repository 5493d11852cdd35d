"""The six verified readings (tests/gold): every clause's label, parent and wording."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from generator.model import Clause, Corpus, Policy
from tests.support.corpora import GOLD

READINGS = sorted(GOLD.glob("*.json"))


def squeeze(text: str) -> str:
    """The text without white space, which does not count."""
    return "".join(text.split())


def policy_of(reading: dict[str, Any], corpus: Corpus) -> Policy:
    """The policy a reading is of."""
    (policy,) = [
        policy
        for policy in corpus.policies
        if policy.title == reading["policy"]["title"] and policy.source.path == reading["source"]
    ]
    return policy


def wrong_clauses(reading: dict[str, Any], policy: Policy) -> list[str]:
    """The clauses of a reading that the parser does not have with the same label, parent and wording."""
    by_wording: defaultdict[str, list[Clause]] = defaultdict(list)
    for clause in policy.clauses:
        by_wording[squeeze(clause.wording)].append(clause)
    wording_of = {clause.anchor: squeeze(clause.wording) for clause in policy.clauses}
    expected_wording = {clause["n"]: squeeze(clause["wording"]) for clause in reading["clauses"]}
    wrong: list[str] = []
    for expected in reading["clauses"]:
        parent = expected_wording[expected["parent"]] if expected["parent"] else None
        same = [
            clause
            for clause in by_wording[squeeze(expected["wording"])]
            if clause.label == expected["label"]
            and (wording_of[clause.parent] if clause.parent else None) == parent
        ]
        if not same:
            wrong.append(f"{expected['lines']} {expected['wording'][:40]}")
    return wrong


@pytest.mark.parametrize("path", READINGS, ids=lambda path: path.stem)
def test_clauses_are_exact(path: Path, corpus: Corpus) -> None:
    reading = json.loads(path.read_text("utf-8"))
    policy = policy_of(reading, corpus)
    assert not wrong_clauses(reading, policy)


@pytest.mark.parametrize("path", READINGS, ids=lambda path: path.stem)
def test_no_clause_is_made_up(path: Path, corpus: Corpus) -> None:
    reading = json.loads(path.read_text("utf-8"))
    expected = "".join(squeeze(clause["wording"]) for clause in reading["clauses"])
    assert squeeze("".join(clause.wording for clause in policy_of(reading, corpus).clauses)) == expected
