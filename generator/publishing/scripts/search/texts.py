"""The texts that results are shown from, a file for each run of documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.model import Corpus, Policy
from generator.publishing.scripts.search.documents import Document
from generator.publishing.scripts.search.facts import indicator_numbers

CHUNK = 16  # documents to a file


def texts(found: Sequence[Document], corpus: Corpus, order: Mapping[str, int]) -> Iterator[Any]:
    """The data of `texts/0.js` and those after it: the policies its documents belong to, and the documents.

    A policy's head is null among the documents, for its policy says all. A clause: anchor, path as cited, label,
    title, wording, the numbers of its indicators (`order` gives them).
    """

    def record(document: Document) -> list[Any] | None:
        clause = document.clause
        if clause is None:
            return None
        indicators = indicator_numbers(document, corpus, order)
        return [clause.anchor, clause.path, clause.label, clause.title, clause.wording, indicators]

    for start in range(0, len(found), CHUNK):
        held = found[start : start + CHUNK]
        policies = {document.policy.id: document.policy for document in held}
        yield {
            "policies": [_policy(policy) for policy in policies.values()],
            "documents": [record(document) for document in held],
        }


def _policy(policy: Policy) -> dict[str, Any]:
    """A policy as a result shows it. What is unknown is null."""
    return {
        "id": policy.id,
        "name": policy.name,
        "place": policy.jurisdiction.name,
        "year": policy.year,
        "number": policy.document_number,
        "issuer": policy.issuer,
        "status": "已废止" if policy.repealed else policy.status,
    }
