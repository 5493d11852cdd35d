"""What `check` tells of a corpus: lines for a person, JSON for a program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from generator.anchors.lock import Comparison
from generator.anchors.worddiff import diff_line
from generator.cells import one_line
from generator.files.json_text import to_json
from generator.model import Corpus, Problem


def account_lines(corpus: Corpus) -> Iterator[str]:
    """For each source where its characters went, and below it what its lines were taken for, by what evidence."""
    for account in corpus.accounts:
        removed = sum(item.stop - item.start for item in account.removed)
        yield (
            f"{account.file}：{account.characters} 字符 = 条文 {account.clauses} + 前置 {account.front} + "
            f"后置 {account.back} + 未作正文 {removed}；去向不明 {account.unaccounted}"
        )
        if account.layout:
            yield f"  {account.layout}"


def doubt_lines(corpus: Corpus) -> Iterator[str]:
    """The doubts, by policy: file:line: kind: “quote” explanation; then a line for each file that is not read."""
    names = {policy.id: policy.name for policy in corpus.policies}
    for policy, group in groupby(corpus.doubts, key=lambda doubt: doubt.policy):
        doubts = list(group)
        yield ""
        if policy is None:
            yield from (doubt.explanation for doubt in doubts)
            continue
        yield f"{names[policy]}（{policy}）：存疑 {len(doubts)} 处"
        for doubt in doubts:
            quote = one_line(doubt.quote)
            yield f"{doubt.file}:{doubt.line}: {doubt.kind.chinese}: “{quote}” {doubt.explanation}"


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """What is to be reviewed before the anchors are locked: changed wordings, moved anchors, new ones."""
    for changed in comparison.changed:
        yield f"文字有改动，请复核：{changed.address}"
        if changed.difference is not None:
            yield f"    {diff_line(changed.difference)}"
    for redirected in comparison.redirected:
        news = f"改为指向 {redirected.to}" if redirected.to else "对应的文字已经删去"
        yield f"锚点{news}，请复核：{redirected.address}"
    if comparison.unread:
        yield f"{len(comparison.unread)} 个已公布的锚点没有对照：它们的政策有问题，没有读入。"
    if comparison.new:
        yield f"{len(comparison.new)} 个锚点尚未登记；复核后运行 lock。"


def _comparison_record(comparison: Comparison | None) -> dict[str, Any]:
    """The `anchors` of the report."""
    if comparison is None:
        return {"changed": [], "redirected": [], "new": []}
    return {
        "changed": [
            {
                "address": one.address,
                "difference": None
                if one.difference is None
                else [{"kind": change.kind, "text": change.text} for change in one.difference],
            }
            for one in comparison.changed
        ],
        "redirected": [{"address": one.address, "to": one.to} for one in comparison.redirected],
        "new": list(comparison.new),
        **({"unread": list(comparison.unread)} if comparison.unread else {}),
    }


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
                "layout": account.layout,
            }
            for account in corpus.accounts
        ],
        "faults": [
            {
                "file": fault.file,
                "line": fault.line,
                "message": fault.message,
                "advice": fault.advice,
                "stage": fault.stage,
                "log": fault.log or None,
            }
            for fault in faults
        ],
        "doubts": doubt_records(corpus),
        "anchors": _comparison_record(comparison),
    }
    return to_json(report, indent=1) + "\n"


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
