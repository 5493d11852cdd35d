"""Where every pair of characters stands: the part of the index that answers a query.

A pair is two neighbouring characters of a document's text; the last character of a field has BETWEEN as its second.
Three lists are kept for each pair, in numbers (numbers.py):

    documents  for each document with the pair, in order: how many documents were passed over since the last
    titles     for each document whose title has the pair: the same; where the title starts; how long it is
    places     for each occurrence: 2 × its place; 1 more, if it is a further one in the same document

A character at the end of a title counts there as a pair with BETWEEN, so a single character too can be looked up.
"""

from __future__ import annotations

from collections import defaultdict
from operator import add

from generator.publishing.scripts.search.documents import BETWEEN, Searchable
from generator.publishing.scripts.search.numbers import writer


class Lists:
    """The lists of one pair, and the last document that was written to them."""

    __slots__ = ("document", "documents", "places", "titled", "titles")

    def __init__(self) -> None:
        self.documents = bytearray()
        self.titles = bytearray()
        self.places = bytearray()
        self.document = self.titled = -1


class Postings:
    """The lists of all pairs."""

    def __init__(self) -> None:
        self._lists: defaultdict[str, Lists] = defaultdict(Lists)
        self._added = 0
        self._written = writer()
        self._places: list[
            tuple[bytes, bytes]
        ] = []  # by place: how a first and a further occurrence there is written

    def add(self, document: Searchable) -> None:
        """Add the next document."""
        number, text = self._added, document.text
        lists, written = self._lists, self._written
        for pair, (first, further) in zip(map(add, text, text[1:]), self._places_of(text), strict=False):
            known = lists[pair]
            if known.document == number:
                known.places += further
            else:
                known.documents += written(number - known.document - 1)
                known.places += first
                known.document = number
        if document.title_length:
            self._add_title(number, document)
        self._added += 1

    def _places_of(self, text: str) -> list[tuple[bytes, bytes]]:
        """The places of a text, as they are written, and maybe more."""
        places, written = self._places, self._written
        places += [(written(2 * at), written(2 * at + 1)) for at in range(len(places), len(text))]
        return places

    def _add_title(self, number: int, document: Searchable) -> None:
        written, start, length = self._written, document.title_start, document.title_length
        title = document.text[start : start + length]
        span = written(start) + written(length)
        for pair in set(map(add, title, title[1:] + BETWEEN)):
            known = self._lists[pair]
            known.titles += written(number - known.titled - 1) + span
            known.titled = number

    def by_first_character(self) -> dict[str, dict[str, Lists]]:
        """The lists by first and then second character. What bridges two fields is no pair."""
        found: defaultdict[str, dict[str, Lists]] = defaultdict(dict)
        for pair, lists in self._lists.items():
            found[pair[0]][pair[1]] = lists
        found.pop(BETWEEN, None)
        return dict(found)
