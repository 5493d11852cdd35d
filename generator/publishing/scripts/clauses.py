"""What a page needs to know of other pages: `site/clauses/`, loaded on demand (theme/src/lib/clauses.js).

`clauses/index.js` lists the policies and the indicators, so that a citation can be understood and policies be
chosen; `clauses/<policy id>.js` has the clauses of one policy with their wording and their indicators, so that a
link can show what it leads to, a citation find its clause, and policies be read side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from generator.cells import column_names
from generator.model import Corpus, Kind, Policy
from generator.publishing.classic import call
from generator.views.coverage import cells_of
from generator.views.lists import place_path, status_name
from generator.vocabulary.indicators import Indicator

VERSION = 2  # of both formats; theme/src/lib/clauses.js refuses another
_RECEIVE = "window.policySite.receive"


def clause_scripts(corpus: Corpus, indicators: Sequence[Indicator]) -> Iterator[tuple[str, str]]:
    """The scripts: file name below `clauses/` and text, the index first, then one for each policy.

    The index has `indicators`, id and name of each, and `policies`.
    """
    index = {
        "version": VERSION,
        "indicators": [[one.id, one.name] for one in indicators],
        "policies": [_policy_record(policy, corpus, indicators) for policy in corpus.policies],
    }
    yield "index.js", call(_RECEIVE, "index", index)
    for policy in corpus.policies:
        yield f"{policy.id}.js", call(_RECEIVE, policy.id, _clauses_record(policy, corpus))


def _policy_record(policy: Policy, corpus: Corpus, indicators: Sequence[Indicator]) -> dict[str, Any]:
    """A policy as the index has it. What is not known is null; `names` are the short names it is cited by.

    `places`: the names of the places it lies in, the widest first, down to its own. `where` and `state` are place
    and status as the list of policies has them, 未载明 where they are not known; `counts` says how many clauses
    belong to each of the index's indicators.
    """
    place = policy.jurisdiction
    return {
        "id": policy.id,
        "title": policy.title,
        "name": policy.name,
        "citation": policy.citation,
        "names": [*policy.short_names, *corpus.names.get(policy.id, ())],
        "issuer": policy.issuer,
        "number": policy.document_number,
        "place": place.name,
        "places": [name for name in (place.province, place.city, place.county) if name],
        "year": policy.year,
        "status": policy.status,
        "genre": policy.genre,
        "former": list(policy.former_ids),
        "where": place_path(policy),
        "state": status_name(policy),
        "counts": [cell.count for cell in cells_of(policy, corpus, indicators)],
    }


def _clauses_record(policy: Policy, corpus: Corpus) -> dict[str, Any]:
    """The clauses of a policy, in document order.

    A clause: anchor, kind, label, number, place of its parent in this list (-1: none), title, path as cited
    (第十五条第二款), wording; of a table the names of its columns. `aliases`: further anchors of a clause. `moved`: where an anchor that was here went:
    policy#anchor, or null where its text was deleted. `indicators`: for each assignment the place of the clause in
    the list, the indicator's id, 1 where it is the primary one, else 0, and the evidence.
    """
    places = {clause.anchor: place for place, clause in enumerate(policy.clauses)}
    return {
        "version": VERSION,
        "citation": policy.citation,
        "name": policy.name,
        "clauses": [
            [
                clause.anchor,
                clause.kind.value,
                clause.label,
                clause.number,
                places[clause.parent] if clause.parent else -1,
                clause.title,
                clause.path,
                clause.wording,
                *([column_names(clause)] if clause.kind is Kind.TABLE else []),
            ]
            for clause in policy.clauses
        ],
        "indicators": [
            [place, one.id, int(one.role == "primary"), list(one.evidence)]
            for place, clause in enumerate(policy.clauses)
            for one in corpus.analysis(clause).indicators
        ],
        "aliases": {alias: clause.anchor for clause in policy.clauses for alias in clause.aliases},
        "moved": {one.anchor: str(one.to) if one.to else None for one in policy.moved},
    }
