"""Large corpora, made from the repository's own by varying it.

A copy of a policy is no plain copy. It keeps its structure: labels, anchors, headings. What stands under each label
is taken from any clause of the sources of the same shape, so that a word stands now here, now there; and of it some
Han characters and digits are others, so that the number of different words grows with the corpus as it does in life.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import count, islice

from generator.analysis import classify
from generator.model import Analysis, Clause, Corpus, Policy
from generator.vocabulary.indicators import Taxonomy
from tests.support.words import NOTES

_CHANGED = 0.03  # of the Han characters of a wording
_DIGITS = "0123456789"
# The 3,755 common characters of GB 2312.
_COMMON = [
    bytes((high, low)).decode("gb2312")
    for high in range(0xB0, 0xD8)
    for low in range(0xA1, 0xFF)
    if (high, low) < (0xD7, 0xFA)
]


def varied_corpus(corpus: Corpus, taxonomy: Taxonomy, size: int, seed: int = 20211122) -> Corpus:
    """A corpus of `size` policies: those of `corpus`, then varied copies of them, classified like any other."""
    chance = random.Random(seed)
    policies = tuple(islice(_policies(corpus, chance), size))
    analyses: dict[tuple[str, str], Analysis] = {}
    for policy in policies:
        for anchor, analysis in classify(policy, taxonomy, NOTES).items():
            analyses[policy.id, anchor] = analysis
    return Corpus(policies, corpus.accounts, analyses)


def _policies(corpus: Corpus, chance: random.Random) -> Iterator[Policy]:
    yield from corpus.policies
    bodies: defaultdict[Hashable, list[Clause]] = defaultdict(list)
    for policy in corpus.policies:
        for clause in policy.clauses:
            bodies[_shape(clause)].append(clause)
    for copy in count(1):
        for policy in corpus.policies:
            yield _varied(policy, copy, bodies, chance)


def _shape(clause: Clause) -> Hashable:
    return clause.heading, clause.title is None


def _varied(
    policy: Policy, copy: int, bodies: Mapping[Hashable, Sequence[Clause]], chance: random.Random
) -> Policy:
    id_ = f"{policy.id}-{copy}"
    year = policy.year and 2015 + copy % 10
    return replace(
        policy,
        id=id_,
        title=_vary(policy.title, chance),
        issued=f"{year}-01-01" if year else policy.issued,
        clauses=tuple(
            _varied_clause(clause, chance.choice(bodies[_shape(clause)]), id_, chance)
            for clause in policy.clauses
        ),
        former_ids=(),
        moved=(),
    )


def _varied_clause(clause: Clause, other: Clause, policy: str, chance: random.Random) -> Clause:
    """The clause with what stands under the label of another, varied; its title is the same stretch as there."""
    label, taken = clause.label or "", len(other.label or "")
    wording = label + _vary(other.wording[taken:], chance)
    title = other.title
    if title is not None:
        start = other.wording.index(title, taken) - taken + len(label)
        title = wording[start : start + len(title)]
    return replace(clause, policy=policy, wording=wording, title=title, corrections=())


def _vary(text: str, chance: random.Random) -> str:
    return "".join(_other(character, chance) for character in text)


def _other(character: str, chance: random.Random) -> str:
    if character in _DIGITS:
        return chance.choice(_DIGITS)
    if "\u4e00" <= character <= "\u9fff" and chance.random() < _CHANGED:
        return chance.choice(_COMMON)
    return character
