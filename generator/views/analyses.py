"""What is known of the clauses of one policy, by anchor: what per-policy work takes instead of the whole corpus."""

from __future__ import annotations

from collections.abc import Mapping

from generator.model import Analysis, Corpus, Policy

Analyses = Mapping[str, Analysis]
"""By anchor; a clause of which nothing is known may be left out."""


def analyses_of(policy: Policy, corpus: Corpus) -> Analyses:
    """What is known of the clauses of a policy of a corpus."""
    return {clause.anchor: corpus.analysis(clause) for clause in policy.clauses}
