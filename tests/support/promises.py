"""What the numbers of commitments are said of, against the readings in tests/gold/promises.

A reading says of each commitment what an analyst would write: of what it is said (`must`, `must_not`), under which
condition, with which kind of day, force, approximation and payer. tests/gold/README.md says what counts as right.
`make bench` prints the shares and every fault; the tests hold floors.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.model import Commitment, Corpus, Policy
from tests.support.corpora import GOLD
from tests.support.measures import Located, Reading, paired, squeeze

PROMISES = GOLD / "promises"
SHARED = "subjects"
"""The reading of six policies that was made with the others of tests/gold; its commitments are theirs."""

_DAYS = {"工作日": "working", "自然日": "calendar", "小时": "hour"}
PARTS = ("found", "subject", "condition", "day", "force", "approximate", "payer")


@dataclass(frozen=True)
class Verdict:
    """One promise of a reading beside what the program says of it; `faults` names the parts that are wrong."""

    entry: Mapping[str, Any]
    said: Commitment | None
    faults: tuple[str, ...]

    def has(self, part: str) -> bool:
        """Whether a part is judged in this promise at all: a condition only where the reading has one."""
        if part == "found":
            return True
        if self.said is None:
            return False
        if part == "payer":
            return _is_printed(self.entry.get("payer"))
        return part in ("subject", "force", "approximate") or bool(self.entry.get(part))


@dataclass(frozen=True)
class Score:
    """The promises of one reading, the doubtful left out."""

    verdicts: tuple[Verdict, ...]

    def share(self, part: str) -> tuple[int, int]:
        """How many are right of how many that have the part."""
        judged = [one for one in self.verdicts if one.has(part)]
        return sum(part not in one.faults for one in judged), len(judged)

    @property
    def whole(self) -> tuple[int, int]:
        """How many are right in every part of how many."""
        return sum(not one.faults for one in self.verdicts), len(self.verdicts)


def score_shared(corpus: Corpus) -> Score:
    """The six policies whose commitments stand in tests/gold."""
    entries = _entries(SHARED)
    verdicts: list[Verdict] = []
    for name in dict.fromkeys(entry["policy"] for entry in entries):
        reading = Reading(name, corpus)
        own = [entry for entry in entries if entry["policy"] == name]
        verdicts += _judge_all(_placed(reading, own), list(reading.found_commitments()))
    return Score(tuple(verdicts))


def score_policies(name: str, corpus: Corpus) -> Score:
    """A reading that names its policies by id, or by the file they stand in, and gives each promise whole.

    Raises `ValueError` where a clause has no such words: a slip in the reading.
    """
    entries = _entries(name)
    verdicts: list[Verdict] = []
    for key in dict.fromkeys(entry["policy"] for entry in entries):
        (policy,) = (one for one in corpus.policies if key in (one.id, Path(one.source.path).stem))
        found = [
            (Located(clause.anchor, start, start + len(squeeze(one.quote))), one)
            for clause in policy.clauses
            for one in corpus.analysis(clause).commitments
            for start in (len(squeeze(clause.wording[: one.start])),)
        ]
        own = [entry for entry in entries if entry["policy"] == key]
        verdicts += _judge_all([(_place(policy, entry), entry) for entry in own], found)
    return Score(tuple(verdicts))


def _place(policy: Policy, entry: Mapping[str, Any]) -> Located:
    """Where a promise of a reading stands: in the clause it names, else in the first that has its words."""
    quote = squeeze(entry["quote"])
    for clause in policy.clauses:
        start = squeeze(clause.wording).find(quote)
        if start >= 0 and entry["anchor"] in ("*", clause.anchor):
            return Located(clause.anchor, start, start + len(quote))
    raise ValueError(f"{entry['policy']}#{entry['anchor']} has no {entry['quote']}")


def lines(title: str, score: Score, *, faults: bool = True) -> Iterator[str]:
    """A reading's shares, how many faults of each kind, and each fault."""
    yield f"{title:24} {'right':>6} {'of':>5}  share"
    for part in PARTS:
        yield _line(part, *score.share(part))
    yield _line("whole cell", *score.whole)
    kinds = Counter(_kind(one, fault) for one in score.verdicts for fault in one.faults)
    for kind, count in kinds.most_common():
        yield f"  fault: {kind:40} {count:4}"
    if faults:
        for one in score.verdicts:
            for fault in one.faults:
                yield f"    {one.entry['policy']} {_kind(one, fault)}: {_beside(one)}"


def _line(name: str, right: int, total: int) -> str:
    return f"  {name:22} {right:6} {total:5}  {right / total if total else 1.0:.3f}"


def _entries(name: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((PROMISES / f"{name}.json").read_text("utf-8"))
    return entries


def _placed(
    reading: Reading, entries: Sequence[Mapping[str, Any]]
) -> list[tuple[Located, Mapping[str, Any]]]:
    """The entries with the place, value and dimension of the reading's own commitment with the same quote."""
    known: defaultdict[tuple[int, str], list[tuple[Located, dict[str, Any]]]] = defaultdict(list)
    for number, place, commitment in reading.expected_commitments():
        known[number, commitment["quote"]].append((place, commitment))
    placed: list[tuple[Located, Mapping[str, Any]]] = []
    for entry in entries:
        place, commitment = known[entry["n"], entry["quote"]].pop(0)
        values = {key: commitment[key] for key in ("dimension", "comparator", "value")}
        also = {"dimension_also": commitment.get("dimension_also", ())}
        placed.append((place, {**entry, **values, **also}))
    return placed


def _judge_all(
    expected: Sequence[tuple[Located, Mapping[str, Any]]], found: Sequence[tuple[Located, Commitment]]
) -> Iterator[Verdict]:
    for (_, entry), match in zip(expected, paired(expected, found), strict=True):
        if not entry.get("doubtful"):
            said = None if match is None else found[match][1]
            yield Verdict(entry, said, tuple(_faults(entry, said)))


def _faults(entry: Mapping[str, Any], said: Commitment | None) -> Iterator[str]:
    if said is None:
        yield "found"
        return
    about = f"{said.users or ''} {said.subject}"
    if _lacking(entry["must"], about) or any(_names(about, word) for word in entry.get("must_not") or ()):
        yield "subject"
    shown = f"{about} {said.condition or ''} {said.scope or ''}"
    if entry.get("condition") and _lacking(entry["condition"], shown):
        yield "condition"
    if entry.get("day") and said.day != _DAYS[entry["day"]]:
        yield "day"
    if said.force != entry["force"]:
        yield "force"
    if said.approximate != entry["approx"]:
        yield "approximate"
    if _is_printed(entry.get("payer")) and not said.payer:
        yield "payer"


def _is_printed(payer: str | None) -> bool:
    """Whether the text can say who pays: a reader knows that a company pays a price, the text seldom says it."""
    return bool(payer) and any(word in (payer or "") for word in ("政府", "财政", "供", "园区"))


def _lacking(groups: Sequence[Sequence[str]], text: str) -> list[Sequence[str]]:
    """The groups of alternatives of which a text names none."""
    return [group for group in groups if not any(_names(text, word) for word in group)]


def _names(text: str, word: str) -> bool:
    """Whether a text has a word, quotation marks and spaces aside; 居民 in 非居民 is another word."""
    return re.search(f"(?<!非){re.escape(_plain(word))}", _plain(text)) is not None


def _plain(text: str) -> str:
    return re.sub(r"[\s“”‘’\"'「」『』]", "", text).upper()


def _kind(verdict: Verdict, fault: str) -> str:
    """The kind of a fault: of a subject, whether something is wanting or something alien is in it."""
    said = verdict.said
    if fault != "subject" or said is None:
        return {"found": "not found", "day": "kind of day"}.get(fault, fault)
    about = f"{said.users or ''} {said.subject}"
    wanting = bool(_lacking(verdict.entry["must"], about))
    alien = any(_names(about, word) for word in verdict.entry.get("must_not") or ())
    return "subject: " + " and ".join(
        word for word, is_so in (("wanting", wanting), ("alien", alien)) if is_so
    )


def _beside(verdict: Verdict) -> str:
    """A promise and what the program says of it, on one line."""
    entry, said = verdict.entry, verdict.said
    wanted = f"“{squeeze(entry['quote'])}” must {entry['must']} not {entry.get('must_not')} cond {entry.get('condition')}"
    if said is None:
        return wanted
    return (
        f"{wanted} {entry.get('day')} {entry['force']} ← {said.subject!r} users={said.users!r}"
        f" condition={said.condition!r} scope={said.scope!r} day={said.day} {said.force}"
        f"{' approximate' if said.approximate else ''} payer={said.payer!r}"
    )
