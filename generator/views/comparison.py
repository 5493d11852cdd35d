"""What the policies promise on one indicator, side by side: subjects against policies, a table for each dimension.

`generator/taxonomy/subjects.yml` says which promises are about the same thing; it explains its own keys, in Chinese.
Nothing is left out and nothing is ranked: a commitment that no declared subject takes is listed as printed, and the
policies stand in the order they are given in, whatever they promise.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from generator.model import Analysis, Clause, Commitment, Corpus, Dimension, Policy
from generator.vocabulary.indicators import fold
from generator.vocabulary.subjects import Subject, Subjects

DIMENSIONS: tuple[Dimension, ...] = get_args(Dimension)


@dataclass(frozen=True)
class Promise:
    """A commitment where it stands. `primary`: whether its clause belongs to the indicator first of all."""

    policy: Policy
    clause: Clause
    analysis: Analysis
    commitment: Commitment
    primary: bool


@dataclass(frozen=True)
class Cell:
    """What one policy promises on one subject; several where it says several things."""

    subject: str
    promises: tuple[Promise, ...]


@dataclass(frozen=True)
class Row:
    """What one policy promises on each of the shared subjects, in the order of the columns."""

    policy: Policy
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Comparison:
    """All that an indicator's clauses promise in one dimension.

    `subjects` are the declared subjects that more than one policy speaks of, `rows` the policies that speak of
    any. `others` are all further promises of clauses that belong to the indicator first of all, `related` those of
    clauses that belong to another first. Each is a subject, declared or as printed, and what is promised on it.
    """

    indicator: str
    dimension: Dimension
    subjects: tuple[str, ...]
    rows: tuple[Row, ...]
    others: tuple[Cell, ...]
    related: tuple[Cell, ...]

    def cells(self) -> Iterator[Cell]:
        """Everything promised: the table row by row, then the others, then those of related clauses."""
        for row in self.rows:
            yield from (cell for cell in row.cells if cell.promises)
        yield from self.others
        yield from self.related

    def of(self, subject: str) -> Iterator[tuple[Policy, tuple[Promise, ...]]]:
        """The policies that speak of a shared subject, with what they promise."""
        place = self.subjects.index(subject)
        for row in self.rows:
            if row.cells[place].promises:
                yield row.policy, row.cells[place].promises


def compare(
    indicator: str, policies: Iterable[Policy], corpus: Corpus, subjects: Subjects
) -> tuple[Comparison, ...]:
    """The comparisons of an indicator, a dimension each; dimensions in which nothing is promised are left out.

    The policies come in the order of `policies`, the promises of a policy in the order of its text.
    """
    promises: defaultdict[Dimension, list[Promise]] = defaultdict(list)
    for policy in policies:
        for promise in _promises(indicator, policy, corpus):
            promises[promise.commitment.dimension].append(promise)
    return tuple(
        _comparison(indicator, dimension, promises[dimension], subjects.get((indicator, dimension), ()))
        for dimension in DIMENSIONS
        if promises[dimension]
    )


def _promises(indicator: str, policy: Policy, corpus: Corpus) -> Iterator[Promise]:
    """What a policy promises in the clauses of an indicator, in the order of its text."""
    for clause in policy.clauses:
        analysis = corpus.analysis(clause)
        role = next((one.role for one in analysis.indicators if one.id == indicator), None)
        if role:
            for commitment in analysis.commitments:
                yield Promise(policy, clause, analysis, commitment, role == "primary")


def _comparison(
    indicator: str, dimension: Dimension, promises: Sequence[Promise], declared: Sequence[Subject]
) -> Comparison:
    """Sort the promises of one dimension into table, others and related."""
    found: defaultdict[str, list[Promise]] = defaultdict(list)
    unnamed: list[Cell] = []
    for promise in promises:
        names = subjects_of(promise.commitment, declared)
        for name in names:
            found[name].append(promise)
        if not names:
            unnamed.append(Cell(promise.commitment.subject, (promise,)))
    shared = tuple(one.name for one in declared if len({each.policy.id for each in found[one.name]}) > 1)
    alone = [
        Cell(one.name, (promise,))
        for one in declared
        if one.name not in shared
        for promise in found[one.name]
    ]
    rest = [*alone, *unnamed]
    return Comparison(
        indicator,
        dimension,
        shared,
        tuple(_rows(shared, found, promises)),
        tuple(cell for cell in rest if cell.promises[0].primary),
        tuple(cell for cell in rest if not cell.promises[0].primary),
    )


def _rows(
    shared: Sequence[str], found: Mapping[str, Sequence[Promise]], promises: Sequence[Promise]
) -> Iterator[Row]:
    """The table: every policy that speaks of a shared subject, in the order of all promises."""
    for policy in {promise.policy.id: promise.policy for promise in promises}.values():
        cells = tuple(
            Cell(name, tuple(each for each in found[name] if each.policy is policy)) for name in shared
        )
        if any(cell.promises for cell in cells):
            yield Row(policy, cells)


def subjects_of(commitment: Commitment, declared: Iterable[Subject]) -> list[str]:
    """The declared subjects that a commitment is about.

    Those that its scope names; else those that the class of its users and its subject name together (高压客户 装表接电);
    else those that its quote names.
    """
    subjects = list(declared)
    about = f"{commitment.users or ''} {commitment.subject}"
    for text in map(fold, (commitment.scope or "", about, commitment.quote)):
        named = [one.name for one in subjects if one.is_in(text)]
        if named:
            return named
    return []
