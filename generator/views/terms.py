"""Terms explained where they occur: a term is marked once on a policy's page, at its first use in running text.

The mark stands off from the wording, as all else: offsets, an address, an explanation. Labels, titles and headings
are left alone, and so is text that is a reference or has a correction, for a link cannot hold another.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator import sitemap
from generator.analysis.glossary import Definition, Use, definitions, uses
from generator.cells import one_line
from generator.model import Analysis, Clause, Corpus, Policy
from generator.views.analyses import Analyses
from generator.vocabulary import Vocabulary
from generator.vocabulary.documents import DocumentWords
from generator.vocabulary.glossary import Glossary, Term

_LONGEST = 160  # characters of a definition that is shown beside a term


@dataclass(frozen=True)
class TermMark:
    """A stretch of a wording that is explained: by the policy itself, at `anchor`, or by the glossary, at `term`."""

    start: int
    stop: int
    term: str
    text: str
    anchor: str | None = None


@dataclass(frozen=True)
class Usage:
    """A term of the glossary and the clauses it stands in, by policy, in the order of the corpus."""

    term: Term
    clauses: Mapping[Policy, Sequence[Clause]]

    @property
    def count(self) -> int:
        """In how many clauses it stands."""
        return sum(map(len, self.clauses.values()))


def term_id(term: str) -> str:
    """The id of a term's entry on the glossary page."""
    return f"term-{term}"


def entry_url(term: str) -> str:
    """The address of a term's entry, relative to the root of the site."""
    return f"{sitemap.GLOSSARY.url()}#{term_id(term)}"


def usages(corpus: Corpus, glossary: Glossary) -> list[Usage]:
    """Where every term of the glossary stands, in the order of the glossary; those that stand nowhere too."""
    found: defaultdict[str, dict[Policy, dict[str, Clause]]] = defaultdict(dict)
    for policy in corpus.policies:
        for use in uses(glossary, policy):
            found[use.term].setdefault(policy, {})[use.clause.anchor] = use.clause
    return [
        Usage(term, {policy: tuple(clauses.values()) for policy, clauses in found[term.id].items()})
        for term in glossary.terms
    ]


def term_marks(policy: Policy, analyses: Analyses, words: Vocabulary) -> Mapping[str, Sequence[TermMark]]:
    """The terms to explain on a policy's page, by anchor: the first fit use of each, none over another."""
    marks: defaultdict[str, list[TermMark]] = defaultdict(list)
    terms = {term.id: term for term in words.glossary.terms}
    own = [(use, one.clause.anchor, _shortened(one.quote)) for one, use in _defined(policy, words.documents)]
    general = [(use, None, terms[use.term].text) for use in uses(words.glossary, policy)]
    done: set[str] = set()
    for use, anchor, text in (*own, *general):  # what a policy defines goes before what the glossary says
        if use.term in done or not _fit(use, analyses, marks[use.clause.anchor]):
            continue
        done.add(use.term)
        marks[use.clause.anchor].append(TermMark(use.start, use.stop, use.term, text, anchor))
    return {anchor: sorted(some, key=lambda mark: mark.start) for anchor, some in marks.items() if some}


def _defined(policy: Policy, words: DocumentWords) -> Iterator[tuple[Definition, Use]]:
    """The uses of the terms a policy defines, in the clauses after the one that defines them."""
    places = {clause.anchor: place for place, clause in enumerate(policy.clauses)}
    for one in definitions(policy, words):
        for clause in policy.clauses[places[one.clause.anchor] + 1 :]:
            at = clause.wording.find(one.name)
            if at >= 0:
                yield one, Use(f"{policy.id}:{one.name}", clause, at, at + len(one.name))


def _fit(use: Use, analyses: Analyses, taken: Iterable[TermMark]) -> bool:
    """Whether a use stands in running text, on one line and in one cell, with nothing else on it."""
    clause = use.clause
    if use.start < _text_start(clause) or re.search(r"[\n\t]", clause.wording[use.start : use.stop]):
        return False
    stretches = [
        *((one.start, one.stop) for one in clause.corrections),
        *((one.start, one.stop) for one in analyses.get(clause.anchor, Analysis()).references),
        *((one.start, one.stop) for one in taken),
    ]
    return all(use.stop <= start or stop <= use.start for start, stop in stretches)


def _text_start(clause: Clause) -> int:
    """Where the running text of a clause begins, after its label and its title."""
    if clause.heading:
        line = clause.wording.find("\n")
        return len(clause.wording) if line < 0 else line
    start = len(clause.label or "")
    start += len(clause.wording[start:]) - len(clause.wording[start:].lstrip())
    return start + len(clause.title or "") if clause.wording.startswith(clause.title or "", start) else start


def _shortened(quote: str) -> str:
    """A definition, cut at its end where it is long."""
    text = one_line(quote)
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
