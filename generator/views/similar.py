"""Clauses of different policies that say nearly the same, and passages one policy has from another.

Chinese has no spaces, so texts are compared by pairs of characters (bigrams). A pair that few clauses have weighs
much, one that every second clause has (进一步, 各部门) weighs nothing: boilerplate does not make clauses alike. The
measure is the cosine of the weighted pairs, from 0 to 1. Only a clause's rarest pairs are looked up to find
candidates, so the time grows with the corpus, not with its square.

Passages are found by their fingerprints (winnowing: Schleimer, Wilkerson, Aiken, SIGMOD 2003) and aligned by
rapidfuzz, which lets a changed word stand in between.

Numbers count as one another (3个工作日, 5个工作日); labels, notes of responsibility, punctuation and white space do
not count. The result depends only on the arguments.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import pairwise
from zlib import crc32

from rapidfuzz.distance import Indel

from generator.analysis.responsibility import Note, NoteReader
from generator.analysis.tables import Tables
from generator.model import Address, Clause, Policy

SHORTEST_CLAUSE = 20  # characters that count; a heading is like every other heading
MOST_SIMILAR = 5
SIMILAR_AT_LEAST = 0.12
SHORTEST_PASSAGE = 20  # characters that count

_LOOKED_UP = 24  # the rarest pairs of a clause, by which candidates are found
_TOO_COMMON = 400  # clauses; a pair that more have finds no candidates
_BOILERPLATE = 0.2  # share of all clauses; a pair that more have weighs nothing
_CANDIDATES = 24  # clauses that are measured for each

_SHINGLE = 12  # characters of a fingerprint
_WINDOW = 8  # fingerprints of which one is kept: a common run of 19 characters is never missed
_LONGEST = 5000  # characters of a clause that are aligned
_JOINED = 6  # characters that may differ between two equal runs of a passage
_ALIKE = 0.85  # share of a passage that must be equal


@dataclass(frozen=True)
class Similar:
    """A clause of another policy, and how alike it is: above 0, at most 1, to four decimals."""

    address: Address
    score: float


@dataclass(frozen=True, order=True)
class Extract:
    """A stretch of a clause: wording[start:stop]."""

    address: Address
    start: int
    stop: int


@dataclass(frozen=True)
class Passage:
    """A stretch that two policies share.

    `first` is of the earlier policy where `dated` is set: both print when they were issued or take effect, on
    different days. Else it is of the one that comes first in the corpus. `alike` is the share of equal characters.
    """

    first: Extract
    second: Extract
    characters: int
    alike: float
    dated: bool


@dataclass(frozen=True)
class _Text:
    """What counts of a clause, each character with its place in the wording."""

    address: Address
    policy: int  # the number of the policy, the earliest first
    date: str | None
    value: str
    places: array[int]

    def extract(self, start: int, stop: int) -> Extract:
        return Extract(self.address, self.places[start], self.places[stop - 1] + 1)


def similar_clauses(policies: Sequence[Policy], notes: NoteReader) -> dict[Address, tuple[Similar, ...]]:
    """For each clause that has any, the most similar clauses of other policies, at most five, the closest first.

    `notes` finds the notes of responsibility, which do not count. Clauses of fewer than 20 characters are left
    out. Time and memory grow with the number of clauses, not with its square.
    """
    texts = [text for text in _texts(policies, notes) if len(text.value) >= SHORTEST_CLAUSE]
    index = _Index([_pairs(text.value) for text in texts])
    found: dict[Address, tuple[Similar, ...]] = {}
    for number, text in enumerate(texts):
        measured = [
            (score, other)
            for other in index.candidates(number)
            if texts[other].policy != text.policy
            and (score := index.cosine(number, other)) >= SIMILAR_AT_LEAST
        ]
        closest = nsmallest(MOST_SIMILAR, measured, key=lambda item: (-item[0], item[1]))
        if closest:
            found[text.address] = tuple(Similar(texts[other].address, score) for score, other in closest)
    return found


def shared_passages(
    policies: Sequence[Policy], notes: NoteReader, shortest: int = SHORTEST_PASSAGE
) -> list[Passage]:
    """What policies have word for word, or nearly, from one another: passages of at least `shortest` equal characters.

    A text that many policies have is compared with its first occurrence only, so the result does not grow with the
    square of their number. Ordered by the place of the later passage in the corpus.
    """
    printed = list(_texts(policies, notes))
    order = {text.address: number for number, text in enumerate(printed)}
    texts = sorted(printed, key=lambda text: text.policy)
    passages = [
        passage
        for first, second in _sharing(texts)
        for passage in _aligned(texts[first], texts[second], shortest)
    ]
    return sorted(
        passages, key=lambda one: (order[one.second.address], one.second.start, order[one.first.address])
    )


# --- texts -----------------------------------------------------------------------------------------------------


def _texts(policies: Sequence[Policy], notes: NoteReader) -> Iterator[_Text]:
    """What counts of every clause, in the order of the corpus."""
    by_date = sorted(
        range(len(policies)), key=lambda number: (printed_day(policies[number]) or "9999", number)
    )
    rank = {number: place for place, number in enumerate(by_date)}
    for number, policy in enumerate(policies):
        tables = Tables(policy)
        for clause in policy.clauses:
            value, places = _counted(clause, notes.notes_of(clause, tables))
            if value:
                yield _Text(
                    Address(policy.id, clause.anchor), rank[number], printed_day(policy), value, places
                )


def printed_day(policy: Policy) -> str | None:
    """The day a policy was issued, or else takes effect, where it prints one."""
    return next(
        (day for day in (policy.issued, policy.effective) if day and len(day) == 10 and day[4] == "-"), None
    )


def _counted(clause: Clause, notes: Sequence[Note]) -> tuple[str, array[int]]:
    """The letters and Han characters of a wording without label and notes, every digit as 0, and their places."""
    characters: list[str] = []
    places = array("l")
    skipped = iter([*((note.start, note.stop) for note in notes), (len(clause.wording), len(clause.wording))])
    start, stop = next(skipped)
    for place in range(len(clause.label or ""), len(clause.wording)):
        if place >= stop:
            start, stop = next(skipped, (len(clause.wording), len(clause.wording)))
        if start <= place < stop:
            continue
        character = clause.wording[place]
        if character.isalnum():
            characters.append("0" if character.isdecimal() else character)
            places.append(place)
    return "".join(characters), places


# --- similar clauses -------------------------------------------------------------------------------------------


def _pairs(text: str) -> list[str]:
    """The distinct pairs of neighbouring characters, in order."""
    return sorted({one + two for one, two in pairwise(text)})


class _Index:
    """The pairs of all clauses with their weights, and the clauses of each pair that is rare enough."""

    def __init__(self, documents: Sequence[Sequence[str]]) -> None:
        counts = Counter(pair for pairs in documents for pair in pairs)
        numbers = {pair: number for number, pair in enumerate(sorted(counts))}
        known = len(documents)
        self._count = array("l", [counts[pair] for pair in sorted(counts)])
        self._weight = array("d", [_weight(counts[pair], known) for pair in sorted(counts)])
        self._documents = [array("l", sorted(numbers[pair] for pair in pairs)) for pairs in documents]
        self._norms = [
            math.sqrt(math.fsum(self._weight[pair] for pair in pairs)) for pairs in self._documents
        ]
        self._sets: dict[int, frozenset[int]] = {}
        self._holders: defaultdict[int, array[int]] = defaultdict(lambda: array("l"))
        for number, pairs in enumerate(self._documents):
            for pair in self._rarest(pairs):
                self._holders[pair].append(number)

    def _rarest(self, pairs: Sequence[int]) -> list[int]:
        """The pairs of a clause by which others are found: the rarest that another has too."""
        shared = [pair for pair in pairs if 1 < self._count[pair] <= _TOO_COMMON and self._weight[pair]]
        return nsmallest(_LOOKED_UP, shared, key=lambda pair: (self._count[pair], pair))

    def candidates(self, number: int) -> list[int]:
        """The clauses that share most of a clause's rarest pairs."""
        found: Counter[int] = Counter()
        for pair in self._rarest(self._documents[number]):
            found.update(self._holders[pair])
        del found[number]
        return [
            other for other, _ in nsmallest(_CANDIDATES, found.items(), key=lambda item: (-item[1], item[0]))
        ]

    def cosine(self, number: int, other: int) -> float:
        """The cosine of two clauses, to four decimals; 0 where one has nothing but boilerplate."""
        if number not in self._sets:
            self._sets = {number: frozenset(self._documents[number])}
        shared = self._sets[number].intersection(self._documents[other])
        product = math.fsum(map(self._weight.__getitem__, shared))  # exact, so the order does not matter
        norms = self._norms[number] * self._norms[other]
        return round(min(1.0, product / norms), 4) if norms else 0.0


def _weight(count: int, documents: int) -> float:
    """The square of the inverse document frequency of a pair, which is what a cosine adds up; 0 for boilerplate."""
    if count > max(_BOILERPLATE * documents, 10):
        return 0.0
    return math.log((1 + documents) / (1 + count)) ** 2


# --- shared passages -------------------------------------------------------------------------------------------


def _sharing(texts: Sequence[_Text]) -> list[tuple[int, int]]:
    """Pairs of texts of different policies that share a fingerprint, the earlier first."""
    first: dict[int, int] = {}
    pairs: dict[tuple[int, int], None] = {}
    for number, text in enumerate(texts):
        for print_ in _fingerprints(text.value):
            holder = first.setdefault(print_, number)
            if texts[holder].policy != text.policy:
                pairs[holder, number] = None
    return sorted(pairs)


def _fingerprints(text: str) -> set[int]:
    """Some shingles of a text, chosen by their own value alone, so that a common run gives common ones."""
    hashes = [crc32(text[start : start + _SHINGLE].encode()) for start in range(len(text) - _SHINGLE + 1)]
    if len(hashes) <= _WINDOW:
        return {min(hashes)} if hashes else set()
    return {min(hashes[start : start + _WINDOW]) for start in range(len(hashes) - _WINDOW + 1)}


def _aligned(first: _Text, second: _Text, shortest: int) -> Iterator[Passage]:
    """The passages two texts share, in order: equal runs, joined over a few characters that differ."""
    one, two = first.value[:_LONGEST], second.value[:_LONGEST]
    runs = [
        (code.src_start, code.src_end, code.dest_start, code.dest_end)
        for code in Indel.opcodes(one, two)
        if code.tag == "equal"
    ]
    dated = first.date is not None and second.date is not None and first.date != second.date
    for run in _joined(runs):
        equal = sum(stop - start for start, stop, _, _ in run)
        begin, end = (run[0][0], run[0][2]), (run[-1][1], run[-1][3])
        length = max(end[0] - begin[0], end[1] - begin[1])
        if equal >= shortest and equal / length >= _ALIKE:
            yield Passage(
                first.extract(begin[0], end[0]),
                second.extract(begin[1], end[1]),
                equal,
                round(equal / length, 4),
                dated,
            )


def _joined(runs: Sequence[tuple[int, int, int, int]]) -> Iterator[list[tuple[int, int, int, int]]]:
    """Runs of an alignment put together where at most a few characters lie between them on either side."""
    group: list[tuple[int, int, int, int]] = []
    for run in runs:
        if group and max(run[0] - group[-1][1], run[2] - group[-1][3]) > _JOINED:
            yield group
            group = []
        group.append(run)
    if group:
        yield group
