"""The clause index: one classic script, so that it loads from file:// as well as from http://.

`site/search/clauses.js` calls `policySearch.load({version, policies, clauses})`; the engine (search.js) scans the
texts and so finds every exact substring. A clause is [policy, anchor, label, title, wording].
"""

from __future__ import annotations

from generator.model import Corpus
from generator.publishing.scripts import call

VERSION = 1


def index_script(corpus: Corpus) -> str:
    """The index as JavaScript."""
    policies = [
        {
            "id": policy.id,
            "title": policy.name,
            "issuer": policy.issuer,
            "place": policy.jurisdiction.name,
            "year": policy.year,
            "number": policy.document_number,
        }
        for policy in corpus.policies
    ]
    clauses = [
        [number, clause.anchor, clause.label, clause.title, clause.wording]
        for number, policy in enumerate(corpus.policies)
        for clause in policy.clauses
    ]
    index = {"version": VERSION, "policies": policies, "clauses": clauses}
    return call("window.policySearch.load", index)
