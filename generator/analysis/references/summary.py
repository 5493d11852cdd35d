"""References the other way round: what refers to a clause, and which documents the corpus lacks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from generator.analysis.references.library import Library, document_key
from generator.analysis.references.mentions import REACH, Mention, SerialKey, serial_keys, squeeze
from generator.analysis.tables import cell_start
from generator.model import Address, Analysis, Clause, Policy, Reference
from generator.vocabulary import Vocabulary
from generator.vocabulary.documents import DocumentWords

_Analyses = Mapping[tuple[str, str], Analysis]


class UnknownDocument(NamedTuple):
    """A document that clauses cite and the corpus does not have."""

    title: str | None  # as most fully printed; None where only its number is ever printed
    document_number: str | None
    cited_by: tuple[tuple[Policy, Clause], ...]  # each clause once, in the order of the corpus


def referrers(policies: Sequence[Policy], analyses: _Analyses) -> dict[Address, tuple[Clause, ...]]:
    """The clauses that refer to each address, each once, in the order of the corpus; a clause itself is left out.

    A reference to a whole policy stands under the address without an anchor. References within one policy count.
    """
    found: defaultdict[Address, dict[Address, Clause]] = defaultdict(dict)
    for policy in policies:
        for clause in policy.clauses:
            own = Address(policy.id, clause.anchor)
            for reference in analyses.get((policy.id, clause.anchor), Analysis()).references:
                for target in reference.targets:
                    if target != own:
                        found[target][own] = clause
    return {address: tuple(clauses.values()) for address, clauses in found.items()}


def unknown_documents(
    policies: Sequence[Policy], analyses: _Analyses, words: Vocabulary
) -> list[UnknownDocument]:
    """The documents cited in clauses that the corpus does not have, those that most clauses cite first.

    A document is known by its 文号, or by its title where no number is printed with it; a title that is printed with
    one number only is that document everywhere. A short name (《条例》) counts for the document it is declared
    for, and is left out where it is declared for none; so are certificates.
    """
    library = Library(policies, words)
    citations = [
        citation
        for policy in policies
        for clause in policy.clauses
        for reference in analyses.get((policy.id, clause.anchor), Analysis()).references
        if (citation := _citation(reference, policy, clause, library, words.documents))
    ]
    numbers_of: defaultdict[str, set[SerialKey]] = defaultdict(set)
    for citation in citations:
        if citation.number_key and citation.title:
            numbers_of[document_key(citation.title)].add(citation.number_key)
    groups: defaultdict[SerialKey | str, list[_Citation]] = defaultdict(list)
    for citation in citations:
        title = document_key(citation.title or "")
        own = {citation.number_key} if citation.number_key else numbers_of.get(title, set())
        groups[next(iter(own)) if len(own) == 1 else title].append(citation)
    return sorted(map(_unknown, groups.values()), key=_most_cited_first)


@dataclass(frozen=True)
class _Citation:
    """One reference to a document that the corpus does not have. Its title has the owner it is printed with."""

    title: str | None
    number: str | None
    number_key: SerialKey | None
    policy: Policy
    clause: Clause


def _citation(
    reference: Reference, policy: Policy, clause: Clause, library: Library, words: DocumentWords
) -> _Citation | None:
    """What a reference cites, if it is a document, is not in the corpus and can be told from others."""
    if reference.type != "external" or reference.targets:
        return None
    start = cell_start(clause, reference.start)
    before = squeeze(clause.wording, start, reference.start).value[-REACH:]
    printed = Mention(0, 0, 0, reference.title, reference.document_number, before)
    document = library.document(printed, policy)
    mention = document.mention
    if mention.title is not None and mention.number is None and words.is_generic(mention.title):
        return None
    keys = serial_keys(mention.number or "")
    title = library.full_title(document, policy)
    return _Citation(title, mention.number, keys[0] if keys else None, policy, clause)


def _unknown(citations: Sequence[_Citation]) -> UnknownDocument:
    """One document, by all that cite it."""
    titles = [one.title for one in citations if one.title]
    numbers = [one.number for one in citations if one.number]
    clauses = {(one.policy.id, one.clause.anchor): (one.policy, one.clause) for one in citations}
    return UnknownDocument(
        max(titles, key=len, default=None), numbers[0] if numbers else None, tuple(clauses.values())
    )


def _most_cited_first(document: UnknownDocument) -> tuple[int, str, str]:
    return -len(document.cited_by), document.title or "", document.document_number or ""
