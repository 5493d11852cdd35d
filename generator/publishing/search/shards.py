"""The lists of the pairs, dealt into files of much the same size.

The rare first characters share files; a frequent one has files of its own, its pairs dealt by their second character.
So the pairs that begin with a character, which together tell where it stands, are never far apart, and the engine
finds them from `Plan` alone: no directory of pairs is needed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from generator.publishing.search.postings import Lists

LIMIT = 48_000  # bytes of documents and titles that one file should hold, before compression
_PER_PAIR = 5  # bytes that a pair needs besides its lists
_SMALL = 4  # a character with less than this part of a file shares one: so many share that they are much the same

Entry = tuple[str, Lists]


@dataclass(frozen=True)
class Plan:
    """How pairs are dealt: how many files the rare first characters share, how many a frequent one has of its own."""

    shared: int
    own: Mapping[str, int]

    def file_of(self, pair: str) -> str:
        """The name of the file that has a pair, without its ending."""
        first, second = pair
        if first in self.own:
            return f"{ord(first):x}-{ord(second) % self.own[first]}"
        return str(ord(first) % self.shared)


def plan(entries: Iterable[Entry], limit: int = LIMIT) -> Plan:
    """The plan for these pairs."""
    sizes: defaultdict[str, int] = defaultdict(int)
    for pair, lists in entries:
        sizes[pair[0]] += len(lists.documents) + len(lists.titles) + _PER_PAIR
    own = {first: -(-size // limit) for first, size in sizes.items() if size > limit // _SMALL}
    rest = sum(size for first, size in sizes.items() if first not in own)
    return Plan(max(1, -(-rest // limit)), own)


def files(entries: Iterable[Entry], dealt: Plan) -> Iterator[tuple[str, list[Any], list[str]]]:
    """Every file: its name, the rows of its lists of documents and titles, and the rows of its places.

    A row is for one first character: [character, its second characters, lists of documents, lists of titles], the
    lists in the order of the second characters with a space between. The rows of the places stand in the same order,
    each only the lists.
    """
    by_file: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_file[dealt.file_of(entry[0])].append(entry)
    for name, held in by_file.items():
        rows: list[Any] = []
        places: list[str] = []
        for first, group in groupby(held, key=lambda entry: entry[0][0]):
            pairs, lists = zip(*group, strict=True)
            seconds = "".join(pair[1] for pair in pairs)
            rows.append([first, seconds, _joined(lists, "documents"), _joined(lists, "titles")])
            places.append(_joined(lists, "places"))
        yield name, rows, places


def _joined(lists: Iterable[Lists], name: str) -> str:
    return b" ".join(getattr(one, name) for one in lists).decode("ascii")
