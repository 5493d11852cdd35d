"""Room 3: what a clause is about.

Each layer reads the clauses by itself, stands off from the text and refers to clauses by anchor:

- `indicators` classifies clauses by the words of the 18 indicators;
- `responsibility` reads the notes that say who answers for a clause, `due` those that say by when;
- `commitments` finds the quantified promises;
- `references` finds what other texts a clause names;
- `versions` tells which text of a work holds on a day, `validity` what policies say of each other's lives;
- `glossary` finds the terms that are explained, and those that a policy defines for itself.

`analyst` puts the layers of one policy together. The words of all come from `generator.vocabulary`, as parameters.
"""

from generator.analysis.analyst import EDITOR, Analyst, Explanation, load_analyst
from generator.analysis.indicators import Score, classify, scores
from generator.analysis.references import (
    Library,
    UnknownDocument,
    find_references,
    referrers,
    unknown_documents,
)
from generator.analysis.validity import CORPUS_DOUBTS, SaidRepealed, find_corpus_doubts, said_repealed

__all__ = [
    "CORPUS_DOUBTS",
    "EDITOR",
    "Analyst",
    "Explanation",
    "Library",
    "SaidRepealed",
    "Score",
    "UnknownDocument",
    "classify",
    "find_corpus_doubts",
    "find_references",
    "load_analyst",
    "referrers",
    "said_repealed",
    "scores",
    "unknown_documents",
]
