"""The terms that an expert explains, read from `generator/taxonomy/glossary.yml`, which explains its own keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.files.yamlfile import YamlFile
from generator.model import CorpusError, Problem
from generator.vocabulary.folder import WordFolder

# Quotation marks and white space that a text may have inside a term: “双随机、一公开”, 互联网 +监管.
_BETWEEN = r"[\s“”‘’\"]*"


@dataclass(frozen=True)
class Term:
    """A term of the glossary. `forms`: all spellings, the term itself first."""

    id: str
    group: str
    forms: tuple[str, ...]
    excluded: tuple[str, ...]
    text: str

    @property
    def name(self) -> str:
        """The term as the glossary has it."""
        return self.forms[0]


@dataclass(frozen=True)
class Glossary:
    """The terms an expert explains, in the order of the file."""

    terms: tuple[Term, ...]

    @cached_property
    def _forms(self) -> tuple[re.Pattern[str], dict[str, str | None]]:
        """One pattern for every spelling, longest first, and what each means: a term's id, None for an exclude."""
        meaning: dict[str, str | None] = {}
        for term in self.terms:
            meaning |= dict.fromkeys(term.excluded)
        for term in self.terms:
            meaning |= dict.fromkeys(map(_key, term.forms), term.id)
        longest_first = sorted(meaning, key=len, reverse=True)
        spelled = "|".join(_BETWEEN.join(map(re.escape, form)) for form in longest_first)
        return re.compile(spelled or r"(?!)"), meaning

    def find(self, text: str) -> Iterator[tuple[str, int, int]]:
        """The terms in a text, in its order: the id of each, and where it starts and stops. No two overlap."""
        pattern, meaning = self._forms
        for match in pattern.finditer(text):
            term = meaning[_key(match[0])]
            if term is not None:
                yield term, match.start(), match.end()


def _key(form: str) -> str:
    """A spelling without what may stand inside it."""
    return re.sub(_BETWEEN, "", form)


def read_glossary(lists: WordFolder) -> Glossary:
    """The glossary. Raises `CorpusError`, naming the line of every fault."""
    file = lists.read("glossary")
    terms = [
        Term(
            id_,
            group,
            (entry["term"], *entry.get("also", ())),
            tuple(entry.get("not", ())),
            entry["text"],
        )
        for group, entries in file.data["groups"].items()
        for id_, entry in entries.items()
    ]
    if problems := list(_repeated(file, terms)):
        raise CorpusError(problems)
    return Glossary(tuple(terms))


def _repeated(file: YamlFile, terms: Sequence[Term]) -> Iterator[Problem]:
    """An id is an address, and a spelling means one thing."""
    ids: set[str] = set()
    forms: dict[str, str] = {}
    for term in terms:
        place = ("groups", term.group, term.id)
        if term.id in ids:
            yield file.problem(place, f"编号 {term.id} 重复。")
        ids.add(term.id)
        for form in term.forms:
            other = forms.setdefault(_key(form), term.id)
            if other != term.id:
                yield file.problem(place, f"“{form}”已是 {other} 的写法。")
