"""The lists of the pairs, dealt into files of much the same size.

The rare first characters share files; a frequent one has files of its own, its pairs dealt by their second character.
So the pairs that begin with a character, which together tell where it stands, are never far apart, and the engine
finds them from `Plan` alone: no directory of pairs is needed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.publishing.scripts.search.postings import Lists

LIMIT = 12_000  # bytes of documents and titles that one file should hold, before compression
_PER_PAIR = 5  # bytes that a pair needs besides its lists
_SMALL = (
    4  # a character with less than this part of a file shares one: so many share that they are much the same
)

Pairs = Mapping[str, Lists]  # by second character
Row = tuple[str, list[str], list[Lists]]  # a first character, second characters, their lists


@dataclass(frozen=True)
class Plan:
    """How pairs are dealt: how many files the rare first characters share, how many a frequent one has of its own."""

    shared: int
    own: Mapping[str, int]

    def file_of(self, first: str, second: str) -> str:
        """The name of the file that has a pair, without its ending."""
        if first in self.own:
            return f"{ord(first):x}-{ord(second) % self.own[first]}"
        return str(ord(first) % self.shared)


def plan(pairs: Mapping[str, Pairs], limit: int = LIMIT) -> Plan:
    """The plan for these pairs, by first character."""
    sizes = {
        first: sum(len(lists.documents) + len(lists.titles) + _PER_PAIR for lists in seconds.values())
        for first, seconds in pairs.items()
    }
    own = {first: -(-size // limit) for first, size in sizes.items() if size > limit // _SMALL}
    rest = sum(size for first, size in sizes.items() if first not in own)
    return Plan(max(1, -(-rest // limit)), own)


def files(pairs: Mapping[str, Pairs], dealt: Plan) -> Iterator[tuple[str, list[Any], list[str]]]:
    """Every file: its name, the rows of its lists of documents and titles, and the rows of its places.

    A row is for one first character: [character, its second characters, lists of documents, lists of titles], the
    lists in the order of the second characters with a space between. The rows of the places stand in the same order,
    each only the lists.
    """
    by_file: defaultdict[str, list[Row]] = defaultdict(list)
    for first, seconds in pairs.items():
        rows: dict[str, Row] = {}
        for second, lists in seconds.items():
            name = dealt.file_of(first, second)
            _, characters, held = rows.setdefault(name, (first, [], []))
            characters.append(second)
            held.append(lists)
        for name, row in rows.items():
            by_file[name].append(row)
    for name, rows_held in by_file.items():
        yield (
            name,
            [_row(row) for row in rows_held],
            [_joined(one.places for one in row[2]) for row in rows_held],
        )


def _row(row: Row) -> list[str]:
    first, seconds, held = row
    return [
        first,
        "".join(seconds),
        _joined(one.documents for one in held),
        _joined(one.titles for one in held),
    ]


def _joined(lists: Iterable[bytearray]) -> str:
    return b" ".join(lists).decode("ascii")
