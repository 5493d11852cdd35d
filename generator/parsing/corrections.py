"""Corrections (校勘) of slips of the print: what a sidecar declares, found in the clauses (CONTRACT.md, Nothing lost).

A correction stands off from the text: the clause keeps its wording and carries, beside it, where the slip is and
what it should read. A declared `find` must stand exactly once in the wordings of the policy, or of the one clause
the entry names. It is matched character by character, white space and the width of punctuation included, and
never reaches over the line breaks of a wording or from one clause into the next.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from generator.model import Clause, Correction, Problem
from generator.reading.sidecar import CorrectionEntry

_NAMED_PLACES = 3  # places a message names of those where a find stands


@dataclass(frozen=True)
class _Found:
    """A declared correction and the one place it holds for: which clause, and where in its wording."""

    entry: CorrectionEntry
    clause: int
    correction: Correction


def apply_corrections(
    clauses: tuple[Clause, ...], entries: Sequence[CorrectionEntry]
) -> tuple[tuple[Clause, ...], list[Problem]]:
    """The clauses of a policy with the corrections its sidecar declares, and the faults of the declarations.

    A faulty entry (it stands nowhere, or more than once) is reported and left out; so are all the entries of a
    clause where one stands over another.
    """
    if not entries:
        return clauses, []
    wordings = _Wordings(clauses)
    problems: list[Problem] = []
    by_clause: defaultdict[int, list[_Found]] = defaultdict(list)
    for entry in entries:
        found = _misshapen(entry) or wordings.locate(entry)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            by_clause[found.clause].append(found)
    corrected = list(clauses)
    for index, members in by_clause.items():
        apart, faults = _apart(members)
        problems += faults
        corrected[index] = replace(clauses[index], corrections=apart)
    return tuple(corrected), problems


class _Wordings:
    """The wordings of a policy as one text, so that looking for a string passes over it once."""

    def __init__(self, clauses: Sequence[Clause]) -> None:
        self._clauses = clauses
        # No find holds a line break, so none reaches from one wording into the next.
        self._text = "\n".join(clause.wording for clause in clauses)
        lengths = (len(clause.wording) + 1 for clause in clauses)
        self._starts = list(accumulate(lengths, initial=0))
        self._by_anchor: Mapping[str, int] = {
            anchor: index
            for index, clause in enumerate(clauses)
            for anchor in (clause.anchor, *clause.aliases)
        }

    def locate(self, entry: CorrectionEntry) -> _Found | Problem:
        """The one place of an entry, or why it has none."""
        start, stop = 0, len(self._text)
        if entry.clause is not None:
            index = self._by_anchor.get(entry.clause)
            if index is None:
                message = f"校勘的 clause“{entry.clause}”不是这份政策的锚点。"
                return Problem(entry.file, entry.line, message)
            start, stop = self._starts[index], self._starts[index + 1] - 1
        places = list(_occurrences(self._text, entry.find, start, stop))
        if not places:
            advice = "请照原文措辞逐字写：空格、标点的全角半角都算，不能跨行。"
            return Problem(entry.file, entry.line, f"校勘的 find“{entry.find}”找不到。", advice)
        if len(places) > 1:
            message = (
                f"校勘的 find“{entry.find}”出现 {len(places)} 次（{self._named(places)}），应当只有一次。"
            )
            return Problem(entry.file, entry.line, message, "请用 clause 指明条文，或者把 find 写长一些。")
        return self._found(entry, places[0])

    def _found(self, entry: CorrectionEntry, place: int) -> _Found:
        index = self._clause_at(place)
        start = place - self._starts[index]
        correction = Correction(start, start + len(entry.find), entry.find, entry.replace, entry.reason)
        return _Found(entry, index, correction)

    def _clause_at(self, place: int) -> int:
        return bisect_right(self._starts, place) - 1

    def _named(self, places: Sequence[int]) -> str:
        """The clauses of the first few places."""
        anchors = [self._clauses[self._clause_at(place)].anchor for place in places[:_NAMED_PLACES]]
        return "、".join(dict.fromkeys(anchors)) + ("等" if len(places) > _NAMED_PLACES else "")


def _occurrences(text: str, find: str, start: int, stop: int) -> Iterator[int]:
    """Where `find` stands in text[start:stop]; occurrences that overlap count each."""
    place = text.find(find, start, stop)
    while place >= 0:
        yield place
        place = text.find(find, place + 1, stop)


def _misshapen(entry: CorrectionEntry) -> Problem | None:
    """What is wrong with an entry whatever the text is."""
    for name, value in (("find", entry.find), ("replace", entry.replace)):
        if value != value.strip() or len(value.splitlines()) != 1:
            message = f"校勘的 {name}“{value}”首尾有空白，或者写了不止一行。"
            return Problem(entry.file, entry.line, message, "请连同前后的字一起写，写在一行里。")
    if entry.find == entry.replace:
        return Problem(entry.file, entry.line, f"校勘的 find 与 replace 相同，都是“{entry.find}”。")
    return None


def _apart(members: Sequence[_Found]) -> tuple[tuple[Correction, ...], list[Problem]]:
    """The corrections of one clause in the order of its wording, and the faults of those over one another."""
    ordered = sorted(members, key=lambda found: found.correction.start)
    problems = [
        Problem(
            later.entry.file,
            later.entry.line,
            f"校勘“{later.entry.find}”与第 {earlier.entry.line} 行的校勘“{earlier.entry.find}”重叠。",
            "请合写成一处。",
        )
        for earlier, later in pairwise(ordered)
        if later.correction.start < earlier.correction.stop
    ]
    return (() if problems else tuple(found.correction for found in ordered)), problems
