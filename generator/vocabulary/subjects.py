"""Which promises are about the same thing: `generator/taxonomy/subjects.yml`, which explains its own keys, in Chinese."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from generator.model import Dimension
from generator.vocabulary.folder import WordFolder
from generator.vocabulary.frozen import FrozenMap
from generator.vocabulary.indicators import fold


@dataclass(frozen=True)
class Subject:
    """Something that several places promise, by the words they use for it."""

    name: str
    words: tuple[str, ...]
    excluded: tuple[str, ...] = ()

    def is_in(self, text: str) -> bool:
        """Whether a folded text is about this subject."""
        return any(word in text for word in self.words) and not any(word in text for word in self.excluded)


Subjects = Mapping[tuple[str, Dimension], tuple[Subject, ...]]
"""The declared subjects by indicator and dimension, in their order."""


def read_subjects(lists: WordFolder) -> Subjects:
    """The subjects. Raises `CorpusError`, naming the line of what the schema refuses."""
    file = lists.read("subjects")
    data: Mapping[str, Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]] = file.data or {}
    return FrozenMap(
        {
            (indicator, cast(Dimension, dimension)): tuple(
                Subject(name, _folded(entry["words"]), _folded(entry.get("not", ())))
                for name, entry in entries.items()
            )
            for indicator, dimensions in data.items()
            for dimension, entries in dimensions.items()
        }
    )


def _folded(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(fold(word) for word in words)
