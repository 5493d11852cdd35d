"""The clauses for OpenSearch or Elasticsearch: for a corpus that outgrows a search without a server.

A bulk file (NDJSON: a line with the action, a line with the document) and the settings and mapping of the index it
goes into. The mapping finds exact substrings as the site's own search does: text is folded by the same table and cut
into single characters and into pairs, and a `match_phrase` asks for those of the query side by side. A tab stays as
it is: it parts the cells of a row, and no phrase reaches over it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from generator.files.json_text import to_json
from generator.folding import changes
from generator.model import Corpus, Policy
from generator.publishing.data.records import clause_record

_TEXT = {
    "type": "text",
    "analyzer": "pairs",
    "fields": {"character": {"type": "text", "analyzer": "characters"}},
}
_WHOLE = {"type": "keyword"}
_KEPT = {"type": "object", "enabled": False}  # handed back with the clause; not searched
_MAPPING: dict[str, Any] = {
    "policy": _WHOLE,
    "anchor": _WHOLE,
    "url": _WHOLE,
    "kind": _WHOLE,
    "label": _TEXT,
    "number": {"type": "integer"},
    "level": {"type": "integer"},
    "parent": _WHOLE,
    "title": _TEXT,
    "wording": _TEXT,
    "cells": _TEXT,
    "sha256": _WHOLE,
    "aliases": _WHOLE,
    "indicators": {"properties": {"id": _WHOLE, "role": _WHOLE, "evidence": _WHOLE}},
    "responsibility": {"properties": {"lead": _WHOLE, "responsible": _WHOLE, "supporting": _WHOLE}},
    "due": {"properties": {"text": _WHOLE, "date": {"type": "date"}}},
    "guidance": {
        "properties": {"audience": _WHOLE, "conditions": _WHOLE, "delivery": _WHOLE, "phone": _WHOLE}
    },
    "source": _KEPT,
    "corrections": _KEPT,
    "commitments": _KEPT,
    "references": _KEPT,
    "path": _WHOLE,
    "in": {
        "properties": {
            "level": _WHOLE,
            "province": _WHOLE,
            "city": _WHOLE,
            "county": _WHOLE,
            "genre": _WHOLE,
            "status": _WHOLE,
            "document_number": _WHOLE,
            "year": {"type": "integer"},
            "title": _TEXT,
            "issuer": _TEXT,
        }
    },
}


def bulk_lines(corpus: Corpus, index: str) -> Iterator[str]:
    """The bulk file, line by line: for each clause its record of clauses.jsonl with what is known of its policy."""
    for policy in corpus.policies:
        facts = _policy_facts(policy)
        for clause in policy.clauses:
            action = {"index": {"_index": index, "_id": f"{policy.id}#{clause.anchor}"}}
            record = {**clause_record(clause, corpus), "path": clause.path, "in": facts}
            yield _line(action)
            yield _line(record)


def index_json() -> str:
    """Settings and mapping as JSON: the body of the request that makes the index."""
    return to_json(index_definition(), indent=1) + "\n"


def index_definition() -> dict[str, Any]:
    """Settings and mapping of the index."""
    return {
        "settings": {
            "analysis": {
                "char_filter": {
                    "folding": {
                        "type": "mapping",
                        "mappings": [
                            f"{_escaped(old)} => {_escaped(new)}"
                            for old, new in changes().items()
                            if old != "\t"
                        ],
                    }
                },
                "tokenizer": {
                    "characters": {"type": "ngram", "min_gram": 1, "max_gram": 1},
                    "pairs": {"type": "ngram", "min_gram": 2, "max_gram": 2},
                },
                "analyzer": {
                    name: {"type": "custom", "char_filter": ["folding"], "tokenizer": name}
                    for name in ("characters", "pairs")
                },
            }
        },
        "mappings": {"dynamic": "strict", "properties": _MAPPING},
    }


def _policy_facts(policy: Policy) -> dict[str, Any]:
    place = policy.jurisdiction
    return {
        "level": place.level,
        "province": place.province,
        "city": place.city,
        "county": place.county,
        "genre": policy.genre,
        "status": policy.status,
        "document_number": policy.document_number,
        "year": policy.year,
        "title": policy.name,
        "issuer": policy.issuer,
    }


def _escaped(text: str) -> str:
    """Characters by their code points, as the filter can read them: a blank or an arrow means something to it."""
    return "".join(f"\\u{ord(character):04x}" for character in text)


def _line(value: dict[str, Any]) -> str:
    return to_json(value) + "\n"
