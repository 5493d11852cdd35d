"""References: which other texts a clause names, and which of them can be linked.

`words` knows the kinds of documents and papers, `mentions` finds 《…》 and 文号, `pointers` reads clause numbers,
`library` knows the documents of the corpus, `places` the clauses of one policy; `internal` and `find` put them
together, `summary` turns the result round: what refers to a clause, and what the corpus lacks.
"""

from generator.analysis.references.find import find_references
from generator.analysis.references.library import Library
from generator.analysis.references.summary import UnknownDocument, referrers, unknown_documents

__all__ = [
    "Library",
    "UnknownDocument",
    "find_references",
    "referrers",
    "unknown_documents",
]
