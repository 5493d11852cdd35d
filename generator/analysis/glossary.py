"""Terms: those of the glossary that an expert writes, and those that a policy defines for itself.

Both kinds stand off from the text: a use of a
term is a stretch of a clause's wording, a definition a sentence of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.model import Clause, Policy
from generator.vocabulary.documents import DocumentWords
from generator.vocabulary.glossary import Glossary

# （以下简称“12345 热线”）, （以下统称主管海关）
_SHORT_NAME = re.compile(
    r"[（(]以下(?:简称|统称|称)[：:为]?[“\"]?(?P<term>[^）)“”\"，,；]{2,20})[”\"]?[^）)]{0,6}[）)]"
)
_SENTENCE_END = re.compile(r"[。；;\n]")


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


def uses(glossary: Glossary, policy: Policy) -> Iterator[Use]:
    """Where the terms of the glossary stand in a policy's clauses, in the order of the text; no two overlap."""
    for clause in policy.clauses:
        for term, start, stop in glossary.find(clause.wording):
            yield Use(term, clause, start, stop)


def definitions(policy: Policy, words: DocumentWords) -> Iterator[Definition]:
    """The terms a policy defines: 本条例所称X，是指…… and （以下简称X）, each term once, in the order of the text."""
    seen: set[str] = set()
    for clause in policy.clauses:
        for start, match in sorted(_definitions_in(clause, words), key=lambda found: found[1].start()):
            name = match["term"].strip()
            if name not in seen:
                seen.add(name)
                yield Definition(name, clause, clause.wording[start : match.end()].strip())


def _definitions_in(clause: Clause, words: DocumentWords) -> Iterator[tuple[int, re.Match[str]]]:
    """The definitions of one clause, each with where its sentence begins."""
    for match in words.definition.finditer(clause.wording):
        yield match.start(), match
    for match in _SHORT_NAME.finditer(clause.wording):
        yield _sentence_start(clause, match.start()), match


def _sentence_start(clause: Clause, offset: int) -> int:
    """Where the sentence around an offset begins, after the clause's label."""
    ends = [match.end() for match in _SENTENCE_END.finditer(clause.wording, 0, offset)]
    return max([len(clause.label or ""), *ends])
