"""By when: every date that a clause names for its work or for a promise in it, in the order of time.

A deadline is the clause's own (完成时限), or that of commitments in it where they name another day. What names no
day (长期坚持, 印发后30日内, a month without a year) stands apart, by its words. Nothing is guessed, and nothing is said
of whether a day has passed: what became of a measure stands in no text here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.cells import shown
from generator.model import Analysis, Clause, Commitment, Due, Policy, Responsibility
from generator.views.analyses import Analyses
from generator.views.stretches import united

_QUARTERS = ("一季度", "二季度", "三季度", "四季度")


@dataclass(frozen=True)
class Deadline:
    """A day, or words, by which something of a clause is to be done."""

    clause: Clause
    due: Due
    responsibility: Responsibility  # of the clause
    own: bool  # of the clause as a whole; else of `commitments` only
    commitments: tuple[Commitment, ...] = ()

    @property
    def id(self) -> str:
        """What tells it from all others of the corpus, and does not change while the clause does not."""
        day = "" if self.own else f".{self.due.date or self.due.text}"
        return f"{self.clause.anchor}{day}@{self.clause.policy}"

    @property
    def quotes(self) -> list[str]:
        """The words of its commitments; what stands in the words of another is not repeated."""
        stretches = united((one.start, one.stop) for one in self.commitments)
        return [shown(self.clause.wording[start:stop]) for start, stop in stretches]


@dataclass(frozen=True)
class Month:
    """A month with its deadlines, by policy."""

    year: int
    number: int
    deadlines: tuple[Deadline, ...]

    @property
    def id(self) -> str:
        """Its id on the page."""
        return f"d{self.year:04d}-{self.number:02d}"

    @property
    def quarter(self) -> str:
        """The quarter it is in."""
        return _QUARTERS[(self.number - 1) // 3]

    @property
    def by_policy(self) -> list[tuple[str, list[Deadline]]]:
        """Its deadlines by the id of the policy, in the order of the corpus."""
        return deadlines_by_policy(self.deadlines)


def deadlines_of(policy: Policy, analyses: Analyses) -> list[Deadline]:
    """The deadlines of a policy, in the order of its text."""
    return [
        one
        for clause in policy.clauses
        for one in _of_clause(clause, analyses.get(clause.anchor, Analysis()))
    ]


def _of_clause(clause: Clause, analysis: Analysis) -> Iterator[Deadline]:
    own = analysis.due
    if own:
        yield Deadline(clause, own, analysis.responsibility, own=True)
    promised: defaultdict[str, list[tuple[Due, Commitment]]] = defaultdict(list)
    for commitment in analysis.commitments:
        due = Due(commitment.due, commitment.due_date) if commitment.due else None
        if due and not (own and (due.date or due.text) in (own.date, own.text)):
            promised[due.date or due.text].append((due, commitment))
    for found in promised.values():
        promises = tuple(one for _, one in found)
        yield Deadline(clause, found[0][0], analysis.responsibility, own=False, commitments=promises)


def names_a_day(deadlines: Iterable[Deadline]) -> bool:
    """Whether one of these deadlines names a day: a policy with such has a calendar file."""
    return any(one.due.date for one in deadlines)


def months(deadlines: Iterable[Deadline]) -> list[Month]:
    """The months that have deadlines, in the order of time; within a month by day, then by policy and text."""
    dated = sorted(
        ((one.due.date, one) for one in deadlines if one.due.date is not None), key=lambda item: item[0]
    )
    found: list[Month] = []
    for key, group in groupby(dated, key=lambda item: item[0][:7]):
        found.append(Month(int(key[:4]), int(key[5:7]), tuple(one for _, one in group)))
    return found


def years(found: Sequence[Month]) -> list[tuple[int, list[Month]]]:
    """Months by their year."""
    return [(year, list(group)) for year, group in groupby(found, key=lambda month: month.year)]


def undated(deadlines: Iterable[Deadline]) -> list[tuple[str, list[Deadline]]]:
    """The deadlines that name no day, by their words, in the order they come in."""
    groups: defaultdict[str, list[Deadline]] = defaultdict(list)
    for one in deadlines:
        if one.due.date is None:
            groups["".join(one.due.text.split())].append(one)
    return list(groups.items())


def deadlines_by_policy(deadlines: Iterable[Deadline]) -> list[tuple[str, list[Deadline]]]:
    """Deadlines by the id of their policy, in the order they come in."""
    groups: defaultdict[str, list[Deadline]] = defaultdict(list)
    for one in deadlines:
        groups[one.clause.policy].append(one)
    return list(groups.items())
