"""What `check` tells of a corpus: lines for a person, JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from generator.model import Corpus, Problem
from generator.publishing.lock import Comparison


def account_lines(corpus: Corpus) -> Iterator[str]:
    """For each source where its characters went."""
    for account in corpus.accounts:
        removed = sum(item.stop - item.start for item in account.removed)
        yield (
            f"{account.file}：{account.characters} 字符 = 条文 {account.clauses} + 前置 {account.front} + "
            f"后置 {account.back} + 未作正文 {removed}；去向不明 {account.unaccounted}"
        )


def doubt_lines(corpus: Corpus) -> Iterator[str]:
    """The doubts, by policy: file:line: kind: “quote” explanation."""
    names = {policy.id: policy.name for policy in corpus.policies}
    for policy, group in groupby(corpus.doubts, key=lambda doubt: doubt.policy):
        doubts = list(group)
        yield ""
        yield f"{names[policy]}（{policy}）：存疑 {len(doubts)} 处"
        for doubt in doubts:
            quote = " ".join(doubt.quote.split())
            yield f"{doubt.file}:{doubt.line}: {doubt.kind.chinese}: “{quote}” {doubt.explanation}"


def check_json(corpus: Corpus, faults: Sequence[Problem], comparison: Comparison | None = None) -> str:
    """The whole report as one JSON object, as docs/authors.md describes it."""
    report = {
        "sources": [
            {
                "file": account.file,
                "characters": account.characters,
                "clauses": account.clauses,
                "front": account.front,
                "back": account.back,
                "removed": sum(item.stop - item.start for item in account.removed),
                "unaccounted": account.unaccounted,
            }
            for account in corpus.accounts
        ],
        "faults": [
            {"file": fault.file, "line": fault.line, "message": fault.message, "advice": fault.advice}
            for fault in faults
        ],
        "doubts": doubt_records(corpus),
        "anchors": {
            "changed": list(comparison.changed) if comparison else [],
            "new": list(comparison.new) if comparison else [],
        },
    }
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


def doubt_records(corpus: Corpus) -> list[dict[str, Any]]:
    """The doubts as JSON objects, in the order of the corpus."""
    return [
        {
            "policy": doubt.policy,
            "anchor": doubt.anchor,
            "url": doubt.url,
            "kind": doubt.kind.value,
            "name": doubt.kind.chinese,
            "file": doubt.file,
            "line": doubt.line,
            "quote": doubt.quote,
            "explanation": doubt.explanation,
        }
        for doubt in corpus.doubts
    ]
