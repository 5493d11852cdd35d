"""A policy's text in passages that know the lines they were printed on.

A passage is the wording of one clause, or one paragraph of front or back matter: what an editor checks at a
time. The checks (`doubts`) find places in its text; the passage tells their line in the source.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from generator.model import Clause, Correction, DoubtKind, Eid, Matter, Place, Policy, TextLine

_CONTEXT = 8  # characters shown on each side of a place


@dataclass(frozen=True)
class Passage:
    """One stretch of text with its place and the lines of the source that it stands on."""

    policy: str
    text: str
    place: Place
    lines: tuple[TextLine, ...] = ()
    anchor: Eid | None = None  # None for matter
    label: str = ""
    corrections: tuple[Correction, ...] = ()

    @property
    def corrected(self) -> str:
        """The text with its declared corrections."""
        text = self.text
        for one in reversed(self.corrections):
            text = text[: one.start] + one.corrected + text[one.stop :]
        return text

    def printed(self, line: TextLine) -> str:
        """The characters of one of its lines."""
        return self.text[line.start : line.stop]

    @property
    def joins(self) -> set[int]:
        """The offsets at which a line was joined to the one before."""
        return {line.start for line in self.lines if line.joined}

    def joined(self) -> Iterator[tuple[TextLine, TextLine]]:
        """The lines that were joined, each to the one before it: that one, and the line."""
        return ((above, below) for above, below in pairwise(self.lines) if below.joined)

    def line(self, offset: int) -> int:
        """The number of the line on which a character stands."""
        index = bisect_right(self.lines, offset, key=lambda line: line.start)
        return self.lines[index - 1].number if index else self.place.first_line

    def quote(self, start: int, stop: int) -> str:
        """The place with some characters on each side, from one printed paragraph: a substring of the text."""
        before = self.text[max(0, start - _CONTEXT) : start].rpartition("\n")[2]
        after = self.text[stop : stop + _CONTEXT].partition("\n")[0]
        return (before + self.text[start:stop] + after).strip()

    def settled(self, start: int, stop: int) -> bool:
        """Whether a declared correction touches the place."""
        return any(one.start < stop and start < one.stop for one in self.corrections)


@dataclass(frozen=True)
class Finding:
    """A doubtful place in a passage, and why it is one."""

    kind: DoubtKind
    passage: Passage
    start: int
    stop: int
    explanation: str


@dataclass(frozen=True)
class PolicyText:
    """A policy with its passages: front matter, clauses, back matter."""

    policy: Policy
    front: tuple[Passage, ...]
    clauses: tuple[Passage, ...]
    back: tuple[Passage, ...]

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All passages in the order they are printed in."""
        return self.front + self.clauses + self.back


def text_of(policy: Policy) -> PolicyText:
    """The passages of a policy."""
    return PolicyText(
        policy,
        tuple(_of_matter(matter, policy.id) for matter in policy.front),
        tuple(_of_clause(clause) for clause in policy.clauses),
        tuple(_of_matter(matter, policy.id) for matter in policy.back),
    )


def _of_clause(clause: Clause) -> Passage:
    return Passage(
        clause.policy,
        clause.wording,
        clause.place,
        clause.lines,
        anchor=clause.anchor,
        label=clause.label or "",
        corrections=clause.corrections,
    )


def _of_matter(matter: Matter, policy: str) -> Passage:
    return Passage(policy, matter.text, matter.place, matter.lines)
