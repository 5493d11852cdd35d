"""What the pages of the indicators compare: tables, pictures and CSV files of what is promised, and who leads."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.model import Assignment, Clause, Corpus, Policy
from generator.views.comparison import Comparison, Promise, compare
from generator.views.lists import UNKNOWN, Row, rows
from generator.views.phrases import (
    Phrases,
)
from generator.vocabulary import Vocabulary
from generator.vocabulary.b_ready import Topic
from generator.vocabulary.indicators import Indicator


@dataclass(frozen=True)
class Head:
    """How a table names a policy: by place and year, and by its title where those do not tell it apart."""

    place: str
    year: str
    title: str


@dataclass(frozen=True)
class Lead:
    """An office that leads, under its printed names, with the clauses in which it does."""

    name: str
    clauses: tuple[Clause, ...]


@dataclass(frozen=True)
class Hit:
    """A clause that belongs to an indicator, and why."""

    clause: Clause
    assignment: Assignment


Hits = Mapping[Policy, Sequence[Hit]]
"""The clauses of one indicator by policy, in the order of the corpus."""


def hits_of(corpus: Corpus, indicators: Iterable[Indicator]) -> dict[str, Hits]:
    """For every indicator, by its id, its clauses by policy."""
    hits: dict[str, dict[Policy, list[Hit]]] = {one.id: {} for one in indicators}
    for policy in corpus.policies:
        for clause in policy.clauses:
            for assignment in corpus.analysis(clause).indicators:
                hits[assignment.id].setdefault(policy, []).append(Hit(clause, assignment))
    return {id_: dict(found) for id_, found in hits.items()}


def counts_of(hits: Mapping[str, Hits]) -> dict[str, int]:
    """How many clauses belong to each indicator."""
    return {id_: sum(map(len, found.values())) for id_, found in hits.items()}


class Comparisons:
    """What the indicators of a corpus compare. Policies stand as in the list of policies: by place, never by value."""

    def __init__(self, corpus: Corpus, words: Vocabulary) -> None:
        self.rows: dict[str, Row] = {row.policy.id: row for row in rows(corpus.policies)}
        self._corpus = corpus
        self._subjects = words.subjects
        self.phrases = Phrases(words.commitments)
        self._heads = _heads(list(self.rows.values()))

    def head(self, policy: Policy) -> Head:
        """How a table names a policy."""
        return self._heads[policy.id]

    def of(self, indicator: str) -> tuple[Comparison, ...]:
        """The comparisons of an indicator, a dimension each."""
        policies = [row.policy for row in self.rows.values()]
        return compare(indicator, policies, self._corpus, self._subjects)

    def in_order(self, policies: Mapping[Policy, Any]) -> list[Policy]:
        """The policies of a mapping in the order of the tables."""
        return [row.policy for row in self.rows.values() if row.policy in policies]

    def leads(self, indicator: str) -> list[tuple[Policy, list[Lead]]]:
        """For each policy the offices that its clauses of an indicator name as leading, in the order of the text."""
        found: list[tuple[Policy, list[Lead]]] = []
        for row in self.rows.values():
            clauses: defaultdict[str, list[Clause]] = defaultdict(list)
            for clause in row.policy.clauses:
                analysis = self._corpus.analysis(clause)
                if any(one.id == indicator and one.role == "primary" for one in analysis.indicators):
                    for unit in dict.fromkeys(unit.printed for unit in analysis.responsibility.lead):
                        clauses[unit].append(clause)
            if clauses:
                found.append((row.policy, [Lead(name, tuple(some)) for name, some in clauses.items()]))
        return found

    def in_words(self, promise: Promise) -> str:
        """A promise in words, for a picture's description: 营口市2020：不超过2个工作日（法定）."""
        head = self._heads[promise.policy.id]
        year = head.year if head.year != UNKNOWN else ""
        return f"{head.place}{year}：{self.phrases.value(promise.commitment)}"


def _heads(listed: Sequence[Row]) -> dict[str, Head]:
    names = Counter((row.policy.jurisdiction.name, row.year) for row in listed)
    return {
        row.policy.id: Head(
            row.policy.jurisdiction.name or "地区未载明",
            row.year,
            row.policy.title if names[row.policy.jurisdiction.name, row.year] > 1 else "",
        )
        for row in listed
    }


def topic_counts(topics: Iterable[Topic], corpus: Corpus) -> dict[str, int]:
    """How many clauses belong to each B-READY topic; one that belongs to two of its indicators counts once."""
    of_clauses = [
        {assignment.id for assignment in corpus.analysis(clause).indicators}
        for policy in corpus.policies
        for clause in policy.clauses
    ]
    return {
        topic.id: sum(1 for ids in of_clauses if ids & {one.id for one in topic.indicators})
        for topic in topics
    }
