"""Which policy speaks of which indicator: a table of counts.

The counts say where there is something to read, and nothing of how good it is: the rows stand by place, as in the
list of policies, and are never sorted by a count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from generator.model import Corpus, Policy
from generator.views.lists import Row, rows
from generator.vocabulary.indicators import Indicator

SHADES = ((1, 2), (3, 5), (6, 10), (11, 20), (21, None))
"""The counts of each shade, lightest first; the same on every site, so that a shade says the same everywhere."""


@dataclass(frozen=True)
class Cell:
    """How many clauses of a policy belong to an indicator, and of how many of them it is the primary one."""

    indicator: Indicator
    count: int
    primary: int

    @property
    def shade(self) -> int:
        """0 for no clause, else from 1 to the number of shades."""
        return sum(self.count >= least for least, _ in SHADES)


@dataclass(frozen=True)
class PolicyCoverage:
    """A row of the table: a policy with a cell for each indicator."""

    row: Row
    cells: tuple[Cell, ...]


def coverage(corpus: Corpus, indicators: Sequence[Indicator]) -> list[PolicyCoverage]:
    """The table, in the order of the list of policies; the cells in the order of the indicators."""
    return [
        PolicyCoverage(row, cells_of(row.policy, corpus, indicators)) for row in rows(list(corpus.policies))
    ]


def cells_of(policy: Policy, corpus: Corpus, indicators: Sequence[Indicator]) -> tuple[Cell, ...]:
    """A policy's cells, one for each indicator."""
    assigned = [one for clause in policy.clauses for one in corpus.analysis(clause).indicators]
    counts = Counter(one.id for one in assigned)
    primary = Counter(one.id for one in assigned if one.role == "primary")
    return tuple(Cell(one, counts[one.id], primary[one.id]) for one in indicators)
