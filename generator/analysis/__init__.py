"""Room 3: what a clause is about.

Each layer reads the clauses by itself, stands off from the text and refers to clauses by anchor:

- `taxonomy` reads the words of the 18 indicators, `indicators` classifies clauses by them; `b_ready` has the topics
  of the World Bank beside them;
- `units` knows offices, `responsibility` the notes that say who answers for a clause, `due` by when;
- `commitments` finds the quantified promises;
- `references` finds what other texts a clause names;
- `versions` tells which text of a work holds on a day, `validity` what policies say of each other's lives;
- `similar` compares the clauses of all policies.

`analyst` puts the layers of one policy together.
"""

from generator.analysis.analyst import EDITOR, Analyst, Explanation, load_analyst
from generator.analysis.b_ready import Topic, load_topics
from generator.analysis.indicators import Score, classify, scores
from generator.analysis.references import (
    DocumentWords,
    Library,
    UnknownDocument,
    find_references,
    load_documents,
    referrers,
    unknown_documents,
)
from generator.analysis.taxonomy import INDICATOR_IDS, Indicator, Taxonomy, load_taxonomy
from generator.analysis.validity import CORPUS_DOUBTS, SaidRepealed, find_corpus_doubts, said_repealed

__all__ = [
    "CORPUS_DOUBTS",
    "EDITOR",
    "INDICATOR_IDS",
    "Analyst",
    "DocumentWords",
    "Explanation",
    "Indicator",
    "Library",
    "SaidRepealed",
    "Score",
    "Taxonomy",
    "Topic",
    "UnknownDocument",
    "classify",
    "find_corpus_doubts",
    "find_references",
    "load_analyst",
    "load_documents",
    "load_taxonomy",
    "load_topics",
    "referrers",
    "said_repealed",
    "scores",
    "unknown_documents",
]
