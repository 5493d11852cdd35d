"""The clause index: one classic script, so that it loads from file:// as well as from http://.

`site/search/clauses.js` calls `policySearch.load({version, policies, clauses})`; the engine (search.js) scans the
texts and so finds every exact substring. A clause is [policy, anchor, label, title, wording].
"""

from __future__ import annotations

import json

from generator.model import Corpus

VERSION = 1


def index_script(corpus: Corpus) -> str:
    """The index as JavaScript. Text from a source stays data: < and the line separators are escaped."""
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
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    text = text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    return f"window.policySearch.load({text});\n"
