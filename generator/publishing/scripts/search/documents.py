"""What can be found: the policies and their clauses, numbered in the order of the corpus.

A policy is a document of its own (its head: title, number, issuer, place), right before its clauses. So one index
answers both “which clauses say this” and “which policy is called this”.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.cells import apart
from generator.folding import fold
from generator.model import Clause, Corpus, Policy
from generator.views.lists import DRAFTS

BETWEEN = "\n"  # stands between two fields and after the last; folding leaves none in a text

# What a policy says of itself when it is not in force, or not yet.
_TITLE_MARKS = re.compile(r"[《》〈〉]")


@dataclass(frozen=True)
class Document:
    """A policy's head (`clause` is None) or a clause."""

    policy: Policy
    clause: Clause | None = None

    @property
    def fields(self) -> list[str]:
        """The texts a term can stand in, as printed, those left out that stand within another. A cell is one."""
        if self.clause is None:
            return _apart(_names(self.policy))
        clause = self.clause
        return _apart([*apart(clause), clause.title or "", clause.label or ""])

    @property
    def title(self) -> str:
        """The title, as printed; empty where there is none."""
        return (self.clause.title if self.clause else self.policy.title) or ""


@dataclass(frozen=True)
class Searchable:
    """A document as the index has it: one folded text, and where in it the title stands (`length` 0: nowhere)."""

    text: str
    title_start: int
    title_length: int


def documents(corpus: Corpus) -> Iterator[Document]:
    """All documents; a document's number is its place in this order."""
    for policy in corpus.policies:
        yield Document(policy)
        for clause in policy.clauses:
            yield Document(policy, clause)


def searchable(document: Document) -> Searchable:
    """The text of a document with BETWEEN after every field. The title is the first of its places after the label."""
    text = "".join(field + BETWEEN for field in document.fields)
    title = fold(document.title)
    if not title:
        return Searchable(text, 0, 0)
    label = fold(document.clause.label or "") if document.clause else ""
    start = len(label) if text.startswith(label + title) else text.index(title)
    return Searchable(text, start, len(title))


def is_draft(policy: Policy) -> bool:
    """Whether a policy is not in force: a draft, or repealed."""
    return policy.status in DRAFTS or policy.repealed is not None


def _names(policy: Policy) -> list[str]:
    """What a policy can be found by. The name without 《》 is how readers write it: 贵州省优化营商环境条例."""
    place = policy.jurisdiction
    return [
        policy.name,
        _TITLE_MARKS.sub("", policy.name),
        policy.title,
        policy.document_number or "",
        policy.issuer or "",
        "".join(name for name in (place.province, place.city, place.county) if name) or place.name or "",
        *policy.short_names,
    ]


def _apart(texts: list[str]) -> list[str]:
    """The texts, folded; without the empty ones and those that another contains."""
    kept: list[str] = []
    for text in map(fold, texts):
        if text and not any(text in other for other in kept):
            kept.append(text)
    return kept
