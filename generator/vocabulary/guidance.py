"""What is printed for those who want to use a policy: the words of `guidance.yml`, which explains its own keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.files.yamlfile import YamlFile
from generator.model import CorpusError, GuidanceKind, Problem
from generator.vocabulary.folder import WordFolder
from generator.vocabulary.frozen import FrozenMap


@dataclass(frozen=True)
class GuidanceWords:
    """The names of fields (适用对象) with the kind of each, and what says how money comes without a field (免申即享)."""

    fields: Mapping[str, GuidanceKind]
    modes: tuple[str, ...]

    @cached_property
    def field(self) -> re.Pattern[str]:
        """The name of a field and its colon, the longest name first."""
        names = sorted(self.fields, key=len, reverse=True)
        return re.compile(rf"(?P<name>{'|'.join(map(re.escape, names))})\s*[:：]\s*")

    @cached_property
    def mode(self) -> re.Pattern[str]:
        """A word that says how money comes, the longest first."""
        return re.compile("|".join(map(re.escape, sorted(self.modes, key=len, reverse=True))))


def read_guidance(lists: WordFolder) -> GuidanceWords:
    """The words of guidance.

    Raises `CorpusError` with every fault found, each with the line: what the schema refuses, a field of two kinds.
    """
    file = lists.read("guidance")
    problems = list(_repeated(file))
    if problems:
        raise CorpusError(sorted(problems))
    fields = {name: GuidanceKind(kind) for kind, names in file.data["fields"].items() for name in names}
    return GuidanceWords(FrozenMap(fields), tuple(file.data["modes"]))


def _repeated(file: YamlFile) -> Iterator[Problem]:
    """A field that stands under two kinds."""
    seen: dict[str, str] = {}
    for kind, names in file.data["fields"].items():
        for number, name in enumerate(names):
            if name in seen:
                yield file.problem(("fields", kind, number), f"{name} 已列在 {seen[name]}。", "删去一处。")
            seen.setdefault(name, kind)
