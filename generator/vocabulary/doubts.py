"""What is usual in print and no slip, and what is one: `generator/taxonomy/doubts.yml`, which explains its own keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from generator.vocabulary.folder import WordFolder
from generator.vocabulary.frozen import FrozenMap

_DOUBLE = re.compile(r"(.)\1+")


@dataclass(frozen=True)
class DoubtWords:
    """The word lists of `generator/taxonomy/doubts.yml`, which explains them."""

    function_characters: frozenset[str]
    repeats: Mapping[str, tuple[str, ...]]  # by the doubled pair in them
    latin_words: frozenset[str]
    latin_slips: frozenset[str]

    def usual(self, text: str, start: int) -> bool:
        """Whether the two equal characters at `start` stand in one of the usual repeats."""
        pair = text[start : start + 2]
        return any(
            text.startswith(word, start - word.index(pair), start - word.index(pair) + len(word))
            for word in self.repeats.get(pair, ())
            if start >= word.index(pair)
        )


def read_doubts(lists: WordFolder) -> DoubtWords:
    """The words of the checks for slips. Raises `CorpusError`, naming the line of what the schema refuses."""
    data = lists.read("doubts").data
    repeats: dict[str, tuple[str, ...]] = {}
    for word in data["repeats"]:
        match = _DOUBLE.search(word)
        pair = 2 * match[1] if match else word[:2]
        repeats[pair] = (*repeats.get(pair, ()), word)
    return DoubtWords(
        frozenset(data["function_characters"]),
        FrozenMap(repeats),
        frozenset(data["latin_words"]),
        frozenset(data["latin_slips"]),
    )
