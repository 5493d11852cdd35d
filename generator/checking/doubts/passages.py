"""A policy's text in passages that know the lines they were printed on.

A passage is the wording of one clause, or one paragraph of front or back matter: what an editor checks at a
time. The checks (`doubts`) find places in its text; the passage tells their line in the source.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from generator.model import Clause, Correction, DoubtKind, Eid, Line, Matter, Place, Policy

_CONTEXT = 8  # characters shown on each side of a place


@dataclass(frozen=True)
class Passage:
    """One stretch of text with its place.

    `starts` holds, for each line of the source, the offset in `text` where it begins, and the line; `joins` the
    offsets at which a line was joined to the one before.
    """

    policy: str
    text: str
    place: Place
    starts: tuple[tuple[int, Line], ...] = ()
    joins: tuple[int, ...] = ()
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

    def joined(self) -> Iterator[tuple[Line, int, Line]]:
        """The lines that were joined to the next: the line, the offset where the next begins, and the next."""
        joins = set(self.joins)
        for (_, above), (offset, below) in pairwise(self.starts):
            if offset in joins:
                yield above, offset, below

    def line(self, offset: int) -> int:
        """The number of the line on which a character stands."""
        index = bisect_right(self.starts, offset, key=lambda start: start[0])
        return self.starts[index - 1][1].number if index else self.place.first_line

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


class SourceLines:
    """The lines of a source, found by their numbers."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.all = lines
        self._numbers = [line.number for line in lines]

    def within(self, place: Place) -> Sequence[Line]:
        """The lines of a place, in order."""
        return self.all[
            bisect_left(self._numbers, place.first_line) : bisect_right(self._numbers, place.last_line)
        ]


def text_of(policy: Policy, lines: SourceLines) -> PolicyText:
    """The passages of a policy."""
    return PolicyText(
        policy,
        tuple(_of_matter(matter, policy.id, lines) for matter in policy.front),
        tuple(_of_clause(clause, lines) for clause in policy.clauses),
        tuple(_of_matter(matter, policy.id, lines) for matter in policy.back),
    )


def _of_clause(clause: Clause, lines: SourceLines) -> Passage:
    starts, joins = _lines_of(clause.wording, lines.within(clause.place))
    return Passage(
        clause.policy,
        clause.wording,
        clause.place,
        starts,
        joins,
        anchor=clause.anchor,
        label=clause.label or "",
        corrections=clause.corrections,
    )


def _of_matter(matter: Matter, policy: str, lines: SourceLines) -> Passage:
    return Passage(policy, matter.text, matter.place, *_lines_of(matter.text, lines.within(matter.place)))


def _lines_of(text: str, lines: Sequence[Line]) -> tuple[tuple[tuple[int, Line], ...], tuple[int, ...]]:
    """Where in the text each line begins, and the joins; lines that belong to another text are passed over."""
    starts: list[tuple[int, Line]] = []
    joins: list[int] = []
    offset = 0
    for line in lines:
        broken = text.startswith(("\n", "\t"), offset)
        if not text.startswith(line.text, offset + broken):
            continue
        offset += broken
        if starts and not broken:
            joins.append(offset)
        starts.append((offset, line))
        offset += len(line.text)
    return tuple(starts), tuple(joins)
