"""Room 3: what a clause is about.

`taxonomy` reads the words of the 18 indicators, `indicators` classifies clauses by them; `references` finds what
other texts a clause names. The layers stand off from the text: they refer to clauses by anchor and never change
them.
"""

from generator.analysis.indicators import classify
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

__all__ = [
    "INDICATOR_IDS",
    "DocumentWords",
    "Indicator",
    "Library",
    "Taxonomy",
    "UnknownDocument",
    "classify",
    "find_references",
    "load_documents",
    "load_taxonomy",
    "referrers",
    "unknown_documents",
]
