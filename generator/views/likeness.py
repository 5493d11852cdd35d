"""Which clauses of other policies say nearly the same, and which passages they share: at the clause, and similar/.

At a clause stand links alone, in a list that opens on demand: it works without scripts, and the card of a link
(theme/src/preview) shows the wording. The page of passages has both excerpts, with what is equal in both marked.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from itertools import accumulate

from rapidfuzz.distance import Indel

from generator.analysis.responsibility import NoteReader
from generator.cells import shown
from generator.model import Address, Clause, Corpus, Policy
from generator.views.cited import CitedClause, Citer
from generator.views.differing import Differing, differing
from generator.views.similar import (
    Extract,
    Passage,
    Similar,
    printed_day,
    shared_passages,
    similar_clauses,
)

_CONTEXT = 24  # characters shown before and after a shared passage
_SHOWN = 500  # passages on the page, of the policies that share most
_SHARING = 5  # clauses listed at a clause only because they share a passage with it
_MOSTLY_ALIKE = 50  # percent
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Other:
    """A clause of another policy, listed at the clause it is like."""

    clause: CitedClause
    percent: int | None  # None: they share a passage, and are not alike as a whole
    passage: str | None  # the id on the page of passages of the first one they share
    differing: Differing | None = None  # what the other has otherwise, where they say nearly the same


@dataclass(frozen=True)
class Piece:
    """A stretch of an excerpt, and whether the other excerpt has it too, character for character."""

    text: str
    shared: bool = False


@dataclass(frozen=True)
class Excerpt:
    """A shared passage as it stands in one of the two clauses, with a little of what is around it."""

    clause: CitedClause
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Shared:
    """A passage on the page. `percent`: how much of it is equal."""

    id: str
    first: Excerpt
    second: Excerpt
    characters: int
    percent: int


@dataclass(frozen=True)
class Pair:
    """Two policies that share passages; the earlier is the first where both print a day, and not the same."""

    first: Policy
    second: Policy
    dated: bool
    passages: tuple[Shared, ...]

    @property
    def id(self) -> str:
        """Its id on the page."""
        return f"{self.first.id}--{self.second.id}"

    @property
    def days(self) -> tuple[str | None, str | None]:
        """The days the two print."""
        return printed_day(self.first), printed_day(self.second)

    @property
    def characters(self) -> int:
        """How many equal characters their passages have together."""
        return sum(passage.characters for passage in self.passages)


class Likeness:
    """What is alike in a corpus, found once and in the same order every time."""

    def __init__(self, corpus: Corpus, notes: NoteReader, citer: Citer | None = None) -> None:
        self._citer = citer or Citer(corpus.policies)
        self._policies = {policy.id: policy for policy in corpus.policies}
        self._clauses = {
            Address(policy.id, clause.anchor): clause
            for policy in corpus.policies
            for clause in policy.clauses
        }
        self._similar = similar_clauses(corpus.policies, notes)
        passages = shared_passages(corpus.policies, notes)
        named = list(zip(_ids(passages), passages, strict=True))
        # The first passage of two clauses, both ways round.
        self._passages: defaultdict[Address, dict[Address, tuple[str, Passage]]] = defaultdict(dict)
        for id_, passage in named:
            one, other = passage.first.address, passage.second.address
            self._passages[one].setdefault(other, (id_, passage))
            self._passages[other].setdefault(one, (id_, passage))
        groups = _grouped(named)
        shown = groups[: _fitting(map(len, groups))]
        self.pairs: Sequence[Pair] = [self._pair(found) for found in shown]
        """The policies that share most, the most first: as many as fit on a page."""
        self.left_out: int = len(groups) - len(shown)
        """How many pairs of policies share less than those."""
        self._on_page = {id_ for found in shown for id_, _ in found}

    def of(self, clause: Clause) -> list[Other]:
        """The clauses of other policies that are like a clause, the closest first, then those it shares most with."""
        here = Address(clause.policy, clause.anchor)
        alike: Sequence[Similar] = self._similar.get(here, ())
        passages = self._passages.get(here, {})
        listed: dict[Address, int | None] = {one.address: _percent(one.score) for one in alike}
        sharing = (address for address in passages if address not in listed)
        for address in nsmallest(_SHARING, sharing, key=lambda one: -passages[one][1].characters):
            listed[address] = None
        return [
            Other(
                self._citer.cited(self._clauses[address]),
                percent,
                self._id(passages, address),
                self._differing(clause, address, percent, passages),
            )
            for address, percent in listed.items()
        ]

    def _differing(
        self, clause: Clause, address: Address, percent: int | None, passages: Mapping[Address, object]
    ) -> Differing | None:
        """The quantities that two clauses have otherwise, where they share a passage or most of their wording."""
        if address not in passages and (percent or 0) < _MOSTLY_ALIKE:
            return None
        return differing(clause.wording, self._clauses[address].wording)

    def _id(self, passages: Mapping[Address, tuple[str, Passage]], address: Address) -> str | None:
        """The id of the passage shared with a clause, where there is one and it is on the page."""
        id_, _ = passages.get(address, ("", None))
        return id_ if id_ in self._on_page else None

    def _pair(self, found: Sequence[tuple[str, Passage]]) -> Pair:
        _, passage = found[0]
        return Pair(
            self._policies[passage.first.address.policy],
            self._policies[passage.second.address.policy],
            passage.dated,
            tuple(self._shared(id_, one) for id_, one in found),
        )

    def _shared(self, id_: str, passage: Passage) -> Shared:
        first, second = self._text(passage.first), self._text(passage.second)
        runs = [code for code in Indel.opcodes(first, second) if code.tag == "equal"]
        return Shared(
            id_,
            self._excerpt(passage.first, [(run.src_start, run.src_end) for run in runs]),
            self._excerpt(passage.second, [(run.dest_start, run.dest_end) for run in runs]),
            passage.characters,
            _percent(passage.alike),
        )

    def _text(self, extract: Extract) -> str:
        return self._clauses[extract.address].wording[extract.start : extract.stop]

    def _excerpt(self, extract: Extract, runs: Sequence[tuple[int, int]]) -> Excerpt:
        """`runs`: the stretches of the extract that the other has too."""
        clause = self._clauses[extract.address]
        wording, text = clause.wording, self._text(extract)
        begin, end = max(0, extract.start - _CONTEXT), min(len(wording), extract.stop + _CONTEXT)
        pieces = [Piece(("…" if begin else "") + wording[begin : extract.start])]
        place = 0
        for start, stop in runs:
            pieces += [Piece(text[place:start]), Piece(text[start:stop], shared=True)]
            place = stop
        pieces += [
            Piece(text[place:]),
            Piece(wording[extract.stop : end] + ("…" if end < len(wording) else "")),
        ]
        folded = (Piece(_SPACE.sub(" ", shown(piece.text)), piece.shared) for piece in pieces)
        return Excerpt(self._citer.cited(clause), tuple(piece for piece in folded if piece.text))


def _grouped(named: Iterable[tuple[str, Passage]]) -> list[list[tuple[str, Passage]]]:
    """Passages by the two policies that share them: those that share the most characters first."""
    groups: defaultdict[tuple[str, str], list[tuple[str, Passage]]] = defaultdict(list)
    for id_, passage in named:
        groups[passage.first.address.policy, passage.second.address.policy].append((id_, passage))
    return sorted(groups.values(), key=lambda found: -sum(passage.characters for _, passage in found))


def _fitting(sizes: Iterable[int]) -> int:
    """How many groups of passages fit on the page; the first does in any case."""
    totals = accumulate(sizes)
    return sum(1 for place, total in enumerate(totals) if place == 0 or total <= _SHOWN)


def _ids(passages: Sequence[Passage]) -> Iterator[str]:
    """An id for each passage: the two clauses, and from their second passage on its number."""
    seen: Counter[str] = Counter()
    for passage in passages:
        one, other = passage.first.address, passage.second.address
        name = f"{one.policy}-{one.anchor}--{other.policy}-{other.anchor}"
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name}--{seen[name]}"


def _percent(share: float) -> int:
    """A share in whole percent, rounded down: 100 is for what is equal throughout. At least 1."""
    return max(1, round(share * 10_000) // 100)
