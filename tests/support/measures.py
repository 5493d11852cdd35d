"""How well the layers of analysis do on the verified readings (tests/gold): precision and recall.

What counts as right is said by tests/gold/README.md. A reading's clauses are found in the corpus by their wording, so
the figures are of the whole way from the source file on. Used by the tests, which hold floors, and by `make bench`.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator.model import Analysis, Clause, Commitment, Corpus, Policy, Span
from tests.support.corpora import GOLD

READINGS = tuple(sorted(path.stem for path in GOLD.glob("*.json")))

# Of these dimensions a bare value (=) and an upper bound (<=) say the same.
_EQUAL_IS_AT_MOST = frozenset(("time", "steps", "documents"))
_ROLES = {"牵头": "lead", "责任": "responsible", "配合": "supporting"}
_CLOSE = 0.01  # 三分之二 is 66.67


@dataclass
class Measure:
    """Counts of a layer on one or more readings."""

    found: int = 0  # what the layer says
    right: int = 0  # of that, what the reading has
    expected: int = 0  # what the reading has
    met: int = 0  # of that, what the layer says
    first: int = 0  # measures whose first indicator is acceptable
    measures: int = 0

    def add(self, other: Measure) -> None:
        """Add the counts of another."""
        for name in vars(self):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def precision(self) -> float:
        """The share of what is said that is right; 1 where nothing is said."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of what is expected that is said; 1 where nothing is expected."""
        return self.met / self.expected if self.expected else 1.0

    @property
    def primary(self) -> float:
        """The share of measures whose first indicator is acceptable."""
        return self.first / self.measures if self.measures else 1.0


@dataclass(frozen=True)
class Located:
    """A stretch of a clause, without white space: what two quotes are compared by."""

    anchor: str
    start: int
    stop: int

    def overlaps(self, other: Located) -> bool:
        """Whether two stretches share a character."""
        return self.anchor == other.anchor and self.start < other.stop and other.start < self.stop


class Reading:
    """One verified reading beside the policy of the corpus that it is of."""

    def __init__(self, name: str, corpus: Corpus) -> None:
        self.name = name
        self.data: dict[str, Any] = json.loads((GOLD / f"{name}.json").read_text("utf-8"))
        (self.policy,) = self._policies(corpus)
        self._corpus = corpus

    def _policies(self, corpus: Corpus) -> list[Policy]:
        title, source = self.data["policy"]["title"], self.data["source"]
        return [one for one in corpus.policies if one.title == title and one.source.path == source]

    @cached_property
    def clauses(self) -> Mapping[int, Clause]:
        """The reading's clauses by their number, as the corpus has them; one the parser has not is left out."""
        by_wording: defaultdict[str, list[Clause]] = defaultdict(list)
        for clause in self.policy.clauses:
            by_wording[squeeze(clause.wording)].append(clause)
        found: dict[int, Clause] = {}
        for entry in self.data["clauses"]:
            same = by_wording[squeeze(entry["wording"])]
            if same:
                found[entry["n"]] = same.pop(0)
        return found

    def analysis(self, number: int) -> Analysis:
        """The analysis of a clause of the reading; an empty one where the parser has no such clause."""
        clause = self.clauses.get(number)
        return self._corpus.analysis(clause) if clause else Analysis()

    # --- the layers ----------------------------------------------------------------------------------------

    def indicators(self) -> Measure:
        """`required` must be assigned, `allowed` is all that may be; `general` stands for none on both sides."""
        result = Measure()
        for entry in self.data["clauses"]:
            expected = entry.get("indicators")
            if expected is None:
                continue
            assigned = [one.id for one in self.analysis(entry["n"]).indicators] or ["general"]
            result.measures += 1
            result.first += assigned[0] in expected["primary"]
            result.found += len(assigned)
            result.right += len(set(assigned) & set(expected["allowed"]))
            result.expected += len(expected["required"])
            result.met += len(set(assigned) & set(expected["required"]))
        return result

    def responsibilities(self) -> Measure:
        """Offices in their roles, as printed; a field the reading gives as one text is compared office by office."""
        result = Measure()
        for entry in self.data["clauses"]:
            responsibility = self.analysis(entry["n"]).responsibility
            expected = {
                key[:2]: value for key, value in entry.get("responsibility", {}).items() if key != "时限"
            }
            for printed, role in _ROLES.items():
                found = [unit.printed for unit in getattr(responsibility, role)]
                offices = _offices(expected.get(printed, []), found)
                result.found += len(found)
                result.right += len(set(found) & set(offices))
                result.expected += len(offices)
                result.met += len(set(found) & set(offices))
        return result

    def due(self) -> Measure:
        """The printed due dates."""
        result = Measure()
        for entry in self.data["clauses"]:
            due = self.analysis(entry["n"]).due
            expected = entry.get("responsibility", {}).get("时限")
            same = bool(due and expected and squeeze(due.text) == squeeze(expected))
            result.add(Measure(bool(due), same, bool(expected), same))
        return result

    def commitments(self) -> Measure:
        """Commitments with overlapping quote, the same dimension and value, and an equivalent comparator."""
        found = list(self.found_commitments())
        expected = [(place, entry) for _, place, entry in self.expected_commitments()]
        taken = [match for match in paired(expected, found) if match is not None]
        return Measure(len(found), len(taken), len(expected), len(taken))

    def found_commitments(self) -> Iterator[tuple[Located, Commitment]]:
        """The commitments that the program finds, with their places."""
        for clause in self.policy.clauses:
            for one in self._corpus.analysis(clause).commitments:
                start = len(squeeze(clause.wording[: one.start]))
                yield Located(clause.anchor, start, start + len(squeeze(one.quote))), one

    def expected_commitments(self) -> Iterator[tuple[int, Located, dict[str, Any]]]:
        """The commitments of the reading: clause, place, entry; equal quotes of one clause one after the other."""
        searched: defaultdict[tuple[str, str], int] = defaultdict(int)
        for entry in self.data["clauses"]:
            for commitment in entry.get("commitments", []):
                yield entry["n"], self._place(entry["n"], commitment, searched), commitment

    def _place(
        self, number: int, commitment: dict[str, Any], searched: defaultdict[tuple[str, str], int]
    ) -> Located:
        quote = squeeze(commitment["quote"])
        for below in self._below(number):
            clause = self.clauses.get(below)
            wording = squeeze(clause.wording) if clause else ""
            if clause and quote in wording:
                # The same words for the same thing twice in a clause: 当日现场踏勘 of water and of gas.
                key = (clause.anchor, quote + commitment["subject"])
                others = sum(
                    1 for anchor, words in searched if anchor == clause.anchor and words.startswith(quote)
                )
                again = others if wording.count(quote) > 1 and key not in searched else 0
                searched[key] += 1
                starts = [match.start() for match in re.finditer(re.escape(quote), wording)]
                start = starts[min(again, len(starts) - 1)]
                return Located(clause.anchor, start, start + len(quote))
        return Located("", 0, 0)

    def _below(self, number: int) -> Iterator[int]:
        """A clause of the reading and all below it."""
        yield number
        for entry in self.data["clauses"]:
            if entry["parent"] == number:
                yield from self._below(entry["n"])


def paired(
    expected: Sequence[tuple[Located, Mapping[str, Any]]], found: Sequence[tuple[Located, Commitment]]
) -> list[int | None]:
    """For each expected commitment, which of those found it is: the first not taken yet; None where there is none."""
    taken: list[int | None] = []
    for place, entry in expected:
        free = (
            number
            for number, (where, one) in enumerate(found)
            if number not in taken and where.overlaps(place) and says_the_same(one, entry)
        )
        taken.append(next(free, None))
    return taken


def says_the_same(one: Commitment, entry: Mapping[str, Any]) -> bool:
    """Whether a commitment has the dimension, value and comparator of one of a reading, or its alternatives."""
    if one.dimension not in (entry["dimension"], *entry.get("dimension_also", ())):
        return False
    equal = {one.comparator, entry["comparator"]} == {"=", "<="} and entry["dimension"] in _EQUAL_IS_AT_MOST
    return _same_value(one.value, entry["value"]) and (one.comparator == entry["comparator"] or equal)


def _same_value(value: float | Span, expected: float | Mapping[str, float]) -> bool:
    if isinstance(value, Span):
        return not isinstance(expected, int | float) and (value.min, value.max) == (
            expected["min"],
            expected["max"],
        )
    return isinstance(expected, int | float) and abs(value - expected) <= _CLOSE


def squeeze(text: str) -> str:
    """The text without white space, which does not count."""
    return "".join(text.split())


def _offices(expected: str | Sequence[str], found: Sequence[str]) -> list[str]:
    """The offices of a field of a reading.

    Where the reading has one text (省有关单位，各市、州、县人民政府), what is found is right if it is that text, taken
    apart at its separators and nothing else.
    """
    if not isinstance(expected, str):
        return list(expected)
    whole = re.sub("[、，]", "", expected)
    return list(found) if re.sub("[、，]", "", "".join(found)) == whole else [expected]


LAYERS = ("indicators", "responsibilities", "due", "commitments")


def measure_all(corpus: Corpus, layers: Iterable[str] = LAYERS) -> Mapping[str, Mapping[str, Measure]]:
    """Layer → reading → its measure, with the sum of all readings under `total`."""
    readings = [Reading(name, corpus) for name in READINGS]
    result: dict[str, dict[str, Measure]] = {}
    for layer in layers:
        measures = {reading.name: getattr(reading, layer)() for reading in readings}
        total = Measure()
        for measure in measures.values():
            total.add(measure)
        result[layer] = {**measures, "total": total}
    return result


def table(corpus: Corpus) -> Iterator[str]:
    """Precision and recall of every layer on every reading, as lines."""
    for layer, measures in measure_all(corpus).items():
        yield f"{layer:24} {'found':>6} {'right':>6} {'expected':>9} {'met':>5}  precision  recall  primary"
        for name, one in measures.items():
            if one.found or one.expected:
                primary = f"{one.primary:9.3f}" if one.measures else ""
                yield (
                    f"  {name:22} {one.found:6} {one.right:6} {one.expected:9} {one.met:5}"
                    f"  {one.precision:9.3f} {one.recall:7.3f}{primary}"
                )
