"""What results can be narrowed down by.

Of the policy its place, level, year and genre; of the clause its indicators, and whether it has a commitment.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Generic, TypeVar

from generator.model import Corpus, Jurisdiction
from generator.publishing.scripts.search.documents import Document, documents
from generator.publishing.scripts.search.numbers import writer

_LEVELS = ("national", "province", "city", "county")

T = TypeVar("T")
Path = tuple[str, ...]  # a place's name after those of the places around it
Sorts = tuple[tuple[int, ...], bool]  # the numbers of a clause's indicators; whether it has a commitment


class Numbered(Generic[T]):
    """Values, numbered in the order they turn up."""

    def __init__(self, known: Iterable[T] = ()) -> None:
        self._numbers: dict[T, int] = {value: number for number, value in enumerate(known)}

    def number(self, value: T | None) -> int:
        """The number of a value; -1 for None."""
        return -1 if value is None else self._numbers.setdefault(value, len(self._numbers))

    def __iter__(self) -> Iterator[T]:
        return iter(self._numbers)


def facts(corpus: Corpus, indicators: Iterable[str]) -> dict[str, Any]:
    """The data of `facts.js`. What is unknown has the number -1, an unknown year is null.

    places: [name, number of the place around it], so that 营口市 counts for 辽宁省 too
    policies: for each, the numbers of place, level and genre, and the year
    sorts: the ways clauses are sorted, [[indicators], 1 if it has a commitment], the most frequent first
    documents: the number of its sort for each document, in numbers.py's digits
    """
    places: Numbered[Path] = Numbered()
    genres: Numbered[str] = Numbered()
    policies = [
        [
            _place(policy.jurisdiction, places),
            _LEVELS.index(policy.jurisdiction.level) if policy.jurisdiction.level else -1,
            genres.number(policy.genre),
            policy.year,
        ]
        for policy in corpus.policies
    ]
    order = {id_: number for number, id_ in enumerate(indicators)}
    sorts = [_sorts(document, corpus, order) for document in documents(corpus)]
    written = writer()
    kinds = Numbered(kind for kind, _ in Counter(sorts).most_common())
    return {
        "places": [[path[-1], places.number(path[:-1] or None)] for path in places],
        "levels": list(_LEVELS),
        "genres": list(genres),
        "policies": policies,
        "sorts": [[list(numbers), int(committed)] for numbers, committed in kinds],
        "documents": b"".join(written(kinds.number(one)) for one in sorts).decode("ascii"),
    }


def indicator_numbers(document: Document, corpus: Corpus, order: Mapping[str, int]) -> list[int]:
    """The numbers of a clause's indicators, as the analysis orders them."""
    if document.clause is None:
        return []
    return [order[one.id] for one in corpus.analysis(document.clause).indicators]


def _sorts(document: Document, corpus: Corpus, order: Mapping[str, int]) -> Sorts:
    if document.clause is None:
        return (), False
    committed = bool(corpus.analysis(document.clause).commitments)
    return tuple(sorted(indicator_numbers(document, corpus, order))), committed


def _place(jurisdiction: Jurisdiction, places: Numbered[Path]) -> int:
    """The number of the narrowest place that is known, the places around it numbered before it."""
    if jurisdiction.level == "national":
        return places.number(("全国",))
    path: Path = ()
    for name in (jurisdiction.province, jurisdiction.city, jurisdiction.county):
        if name:
            path += (name,)
            places.number(path)
    return places.number(path or None)
