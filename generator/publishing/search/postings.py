"""Where every pair of characters stands: the part of the index that answers a query.

A pair is two neighbouring characters of a document's text; the last character of a field has BETWEEN as its second.
Three lists are kept for each pair, in numbers (numbers.py):

    documents  for each document with the pair, in order: how many documents were passed over since the last
    titles     for each document whose title has the pair: the same; where the title starts; how long it is
    places     for each occurrence: 2 × its place for the first in a document, 2 × the way from the last one + 1 for
               a further one

A character at the end of a title counts there as a pair with BETWEEN, so a single character too can be looked up.
"""

from __future__ import annotations

from collections import defaultdict
from operator import concat

from generator.publishing.search.documents import BETWEEN, Searchable
from generator.publishing.search.numbers import writer


class Lists:
    """The lists of one pair, and the last that was written to them."""

    __slots__ = ("document", "documents", "place", "places", "titled", "titles")

    def __init__(self) -> None:
        self.documents = bytearray()
        self.titles = bytearray()
        self.places = bytearray()
        self.document = self.titled = -1
        self.place = 0


class Postings:
    """The lists of all pairs."""

    def __init__(self) -> None:
        self._lists: defaultdict[str, Lists] = defaultdict(Lists)
        self._added = 0
        self._written = writer()

    def add(self, document: Searchable) -> None:
        """Add the next document."""
        number, text = self._added, document.text
        lists, written = self._lists, self._written
        for place, pair in enumerate(map(concat, text, text[1:])):
            known = lists[pair]
            if known.document == number:
                known.places += written((place - known.place) * 2 + 1)
            else:
                known.documents += written(number - known.document - 1)
                known.places += written(place * 2)
                known.document = number
            known.place = place
        if document.title_length:
            self._add_title(number, document)
        self._added += 1

    def _add_title(self, number: int, document: Searchable) -> None:
        written, start, length = self._written, document.title_start, document.title_length
        title = document.text[start : start + length]
        span = written(start) + written(length)
        for pair in set(map(concat, title, title[1:] + BETWEEN)):
            known = self._lists[pair]
            known.titles += written(number - known.titled - 1) + span
            known.titled = number

    def by_first_character(self) -> dict[str, dict[str, Lists]]:
        """The lists by first and then second character. What bridges two fields is no pair."""
        found: defaultdict[str, dict[str, Lists]] = defaultdict(dict)
        for (first, second), lists in self._lists.items():
            found[first][second] = lists
        found.pop(BETWEEN, None)
        return dict(found)
