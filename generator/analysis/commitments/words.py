"""The words of commitments (`generator/taxonomy/commitments.yml`, which explains its own keys, in Chinese)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

from generator.files.yamlfile import YamlFile, load_yaml
from generator.model import CorpusError, Dimension, Problem

DEFAULT_PATH = Path(__file__).resolve().parents[2] / "taxonomy" / "commitments.yml"

DIMENSIONS: tuple[str, ...] = get_args(Dimension)

_WORDS = {"type": "array", "items": {"type": "string", "minLength": 1}}
# Section → its keys; a section without keys is a list of words.
SECTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "units": ("time", "steps", "cost", "ratio", "frequency", "capacity", "count"),
        "not_units": (),
        "nouns": ("documents", "steps", "rates", "periods", "validity", "fees", "qualifications"),
        "verbs": ("reduce", "raise", "change", "done", "establish", "predicate", "benefit", "own"),
        "limits": ("most", "least", "over", "under"),
        "instant": ("words", "acts", "whole", "not_before", "not_after"),
        "zero": ("cost", "frequency", "documents"),
        "once": (),
        "free": ("words", "not_before", "not_after"),
        "no_fee": (),
        "no_fee_not": (),
        "paid_by": (),
        "round_the_clock": (),
        "names": (),
        "spans_before": (),
        "experience": (),
        "party": ("agents", "services", "acts", "ways"),
        "penalties": (),
        "achieved": (),
        "background_headings": (),
        "condition_headings": (),
        "statutory_genres": (),
        "columns": ("topic", "none"),
        "leading": (),
        "trailing": (),
    }
)


def _schema() -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for section, keys in SECTIONS.items():
        properties[section] = (
            {
                "type": "object",
                "additionalProperties": False,
                "required": list(keys),
                "properties": dict.fromkeys(keys, _WORDS),
            }
            if keys
            else _WORDS
        )
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(SECTIONS),
        "properties": properties,
    }


@dataclass(frozen=True)
class CommitmentWords:
    """The lists of `commitments.yml`, by dotted name: `verbs.reduce`, `once`."""

    lists: Mapping[str, tuple[str, ...]]

    def __getitem__(self, name: str) -> tuple[str, ...]:
        return self.lists[name]

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
        return MappingProxyType(found)


def load_commitment_words(path: Path = DEFAULT_PATH) -> CommitmentWords:
    """Read and check the words of commitments; by default those packaged with the generator.

    Raises `CorpusError` with every fault found, each with the line: broken YAML, an unknown or missing key, a word
    listed twice in one list, a unit of two dimensions.
    """
    file = load_yaml(path, path.as_posix(), _schema())
    problems: list[Problem] = []
    lists: dict[str, tuple[str, ...]] = {}
    for section, keys in SECTIONS.items():
        for key in keys or (None,):
            where = (section, key) if key else (section,)
            words = file.data[section][key] if key else file.data[section]
            lists[".".join(where)] = tuple(words)
            problems += _repeated(file, where, words)
    problems += _two_dimensions(file)
    if problems:
        raise CorpusError(sorted(problems))
    return CommitmentWords(MappingProxyType(lists))


def _repeated(file: YamlFile, where: tuple[str, ...], words: Iterable[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, word in enumerate(words):
        if word in seen:
            yield file.problem((*where, number), f"{word} 在 {'.'.join(where)} 里重复。", "删去一处。")
        seen.add(word)


def _two_dimensions(file: YamlFile) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for dimension, units in file.data["units"].items():
        for number, unit in enumerate(units):
            if seen.setdefault(unit, dimension) != dimension:
                yield file.problem(
                    ("units", dimension, number), f"单位 {unit} 已归入 {seen[unit]}。", "只能归入一种。"
                )
