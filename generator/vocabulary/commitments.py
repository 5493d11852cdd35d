"""The words of commitments (`generator/taxonomy/commitments.yml`, which explains its own keys, in Chinese)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import get_args

from generator.files.yamlfile import YamlFile
from generator.model import CorpusError, Dimension, Problem
from generator.vocabulary.folder import WordFolder
from generator.vocabulary.frozen import FrozenMap

DIMENSIONS: tuple[str, ...] = get_args(Dimension)


@dataclass(frozen=True)
class CommitmentWords:
    """The lists of `commitments.yml`, by dotted name: `verbs.reduce`, `once`."""

    lists: Mapping[str, tuple[str, ...]]

    def __getitem__(self, name: str) -> tuple[str, ...]:
        return self.lists[name]

    @cached_property
    def pairs(self) -> Mapping[str, tuple[str, ...]]:
        """Word → what it stands for, one by one: 城乡 → 城市, 农村."""
        section = "split_pairs."
        return FrozenMap(
            {
                name.removeprefix(section): words
                for name, words in self.lists.items()
                if name.startswith(section)
            }
        )

    def any_of(self, *names: str) -> str:
        """A pattern of any word of these lists, the longest first."""
        words = {word for name in names for word in self.lists[name]}
        return "(?:" + "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word)))) + ")"

    @cached_property
    def unit_dimensions(self) -> Mapping[str, Dimension]:
        """Unit → what it measures."""
        found: dict[str, Dimension] = {}
        for dimension in DIMENSIONS:
            for unit in self.lists.get(f"units.{dimension}", ()):
                found[unit] = dimension  # type: ignore[assignment]  # DIMENSIONS are the literals
        return FrozenMap(found)


def read_commitments(lists: WordFolder) -> CommitmentWords:
    """The words of commitments.

    Raises `CorpusError` with every fault found, each with the line: what the schema refuses, a unit of two dimensions.
    """
    file = lists.read("commitments")
    problems = list(_two_dimensions(file))
    if problems:
        raise CorpusError(problems)
    named: dict[str, tuple[str, ...]] = {}
    for section, words in file.data.items():
        if isinstance(words, dict):
            named |= {f"{section}.{key}": tuple(below) for key, below in words.items()}
        else:
            named[section] = tuple(words)
    return CommitmentWords(FrozenMap(named))


def _two_dimensions(file: YamlFile) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for dimension, units in file.data["units"].items():
        for number, unit in enumerate(units):
            if seen.setdefault(unit, dimension) != dimension:
                yield file.problem(
                    ("units", dimension, number), f"单位 {unit} 已归入 {seen[unit]}。", "只能归入一种。"
                )
