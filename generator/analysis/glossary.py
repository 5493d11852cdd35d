"""Terms: those of the glossary that an expert writes, and those that a policy defines for itself.

`generator/taxonomy/glossary.yml` explains its own keys, in Chinese. Both kinds stand off from the text: a use of a
term is a stretch of a clause's wording, a definition a sentence of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.files.yamlfile import YamlFile, load_yaml
from generator.model import Clause, CorpusError, Policy, Problem

DEFAULT_PATH = Path(__file__).resolve().parent.parent / "taxonomy" / "glossary.yml"

# Quotation marks and white space that a text may have inside a term: “双随机、一公开”, 互联网 +监管.
_BETWEEN = r"[\s“”‘’\"]*"
_LONGEST = 120  # characters of an explanation

_WORDS = {"type": "array", "items": {"type": "string", "minLength": 2}, "uniqueItems": True}
_TERM = {
    "type": "object",
    "required": ["term", "text"],
    "additionalProperties": False,
    "properties": {
        "term": {"type": "string", "minLength": 2},
        "also": _WORDS,
        "not": _WORDS,
        "text": {"type": "string", "minLength": 4, "maxLength": _LONGEST},
    },
}
_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["groups"],
    "additionalProperties": False,
    "properties": {
        "groups": {
            "type": "object",
            "additionalProperties": {
                "type": "object",
                "propertyNames": {"pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$"},
                "additionalProperties": _TERM,
            },
        }
    },
}

# 本条例所称营商环境，是指…… ; 本办法所指售电公司是指…… ; 前款所称重大事项，是指……
_DEFINITION = re.compile(
    r"(?:本(?:法|条例|办法|规定|规则|细则|意见|方案|措施|通知|规划)|[前本]款|本条)所[称指]的?"
    r"[“\"]?(?P<term>[^，,。；“”\"]{2,24}?)[”\"]?[，,]?\s*(?:，?包括|是?指的?是?|系指|即)"
    r"[^。；]{4,}[。；]?"
)
# （以下简称“12345 热线”）, （以下统称主管海关）
_SHORT_NAME = re.compile(
    r"[（(]以下(?:简称|统称|称)[：:为]?[“\"]?(?P<term>[^）)“”\"，,；]{2,20})[”\"]?[^）)]{0,6}[）)]"
)
_SENTENCE_END = re.compile(r"[。；;\n]")


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
class Use:
    """A place where a term stands: wording[start:stop] of a clause."""

    term: str  # its id
    clause: Clause
    start: int
    stop: int


@dataclass(frozen=True)
class Definition:
    """A term that a policy defines for itself; `quote` is the sentence that does, a substring of the wording."""

    name: str
    clause: Clause
    quote: str


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

    def uses(self, policy: Policy) -> Iterator[Use]:
        """Where the terms stand in a policy's clauses, in the order of the text; no two overlap."""
        pattern, meaning = self._forms
        for clause in policy.clauses:
            for match in pattern.finditer(clause.wording):
                term = meaning[_key(match[0])]
                if term is not None:
                    yield Use(term, clause, match.start(), match.end())


def _key(form: str) -> str:
    """A spelling without what may stand inside it."""
    return re.sub(_BETWEEN, "", form)


def load_glossary(path: Path = DEFAULT_PATH) -> Glossary:
    """Read and check the glossary. Raises `CorpusError`, naming the line of every fault."""
    file = load_yaml(path, path.name, _SCHEMA)
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


def definitions(policy: Policy) -> Iterator[Definition]:
    """The terms a policy defines: 本条例所称X，是指…… and （以下简称X）, each term once, in the order of the text."""
    seen: set[str] = set()
    for clause in policy.clauses:
        for start, match in sorted(_definitions_in(clause), key=lambda found: found[1].start()):
            name = match["term"].strip()
            if name not in seen:
                seen.add(name)
                yield Definition(name, clause, clause.wording[start : match.end()].strip())


def _definitions_in(clause: Clause) -> Iterator[tuple[int, re.Match[str]]]:
    """The definitions of one clause, each with where its sentence begins."""
    for match in _DEFINITION.finditer(clause.wording):
        yield match.start(), match
    for match in _SHORT_NAME.finditer(clause.wording):
        yield _sentence_start(clause, match.start()), match


def _sentence_start(clause: Clause, offset: int) -> int:
    """Where the sentence around an offset begins, after the clause's label."""
    ends = [match.end() for match in _SENTENCE_END.finditer(clause.wording, 0, offset)]
    return max([len(clause.label or ""), *ends])
