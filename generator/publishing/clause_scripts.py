"""What a page needs to know of other pages: `site/clauses/`, loaded on demand (assets/site-data.js).

`clauses/index.js` lists the policies, so that a citation can be understood; `clauses/<policy id>.js` has the
clauses of one policy with their wording, so that a link can show what it leads to and a citation find its clause.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.model import Corpus, Policy
from generator.publishing.citation import clause_paths, policy_citation
from generator.publishing.scripts import call

VERSION = 1  # of both formats; assets/site-data.js refuses another
_RECEIVE = "window.policySite.receive"


def clause_scripts(corpus: Corpus) -> Iterator[tuple[str, str]]:
    """The scripts: file name below `clauses/` and text, the index first, then one for each policy."""
    policies = [_policy_record(policy, corpus) for policy in corpus.policies]
    yield "index.js", call(_RECEIVE, "index", {"version": VERSION, "policies": policies})
    for policy in corpus.policies:
        yield f"{policy.id}.js", call(_RECEIVE, policy.id, _clauses_record(policy))


def _policy_record(policy: Policy, corpus: Corpus) -> dict[str, Any]:
    """A policy as the index has it. What is not known is null; `names` are the short names it is cited by.

    `places`: the names of the places it lies in, the widest first, down to its own.
    """
    place = policy.jurisdiction
    return {
        "id": policy.id,
        "title": policy.title,
        "name": policy.name,
        "citation": policy_citation(policy),
        "names": [*policy.short_names, *corpus.names.get(policy.id, ())],
        "issuer": policy.issuer,
        "number": policy.document_number,
        "place": place.name,
        "places": [name for name in (place.province, place.city, place.county) if name],
        "year": policy.year,
        "status": policy.status,
        "genre": policy.genre,
        "former": list(policy.former_ids),
    }


def _clauses_record(policy: Policy) -> dict[str, Any]:
    """The clauses of a policy, in document order.

    A clause: anchor, kind, label, number, place of its parent in this list (-1: none), title, path as cited
    (第十五条第二款), wording. `aliases`: further anchors of a clause. `moved`: where an anchor that was here went:
    policy#anchor, or null where its text was deleted.
    """
    paths = clause_paths(policy)
    places = {clause.anchor: place for place, clause in enumerate(policy.clauses)}
    return {
        "version": VERSION,
        "citation": policy_citation(policy),
        "name": policy.name,
        "clauses": [
            [
                clause.anchor,
                clause.kind.value,
                clause.label,
                clause.number,
                places[clause.parent] if clause.parent else -1,
                clause.title,
                paths[clause.anchor],
                clause.wording,
            ]
            for clause in policy.clauses
        ],
        "aliases": {alias: clause.anchor for clause in policy.clauses for alias in clause.aliases},
        "moved": {one.anchor: str(one.to) if one.to else None for one in policy.moved},
    }
