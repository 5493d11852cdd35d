"""What the page 校核 shows: where every character of a source went, and what an editor should look at."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby

from generator.model import Account, Corpus, Doubt, Policy, Removed
from generator.views.policies import cited

_WHITE_SPACE = frozenset({"换行", "空行", "行首行尾空白"})  # reasons whose removed text says nothing
_SAMPLE = 60  # characters shown of a removed text


def doubt_rows(corpus: Corpus) -> list[tuple[Policy, list[tuple[Doubt, str]]]]:
    """The policies that have doubts, each with its doubts and how their clauses are cited."""
    by_policy: defaultdict[str | None, list[Doubt]] = defaultdict(list)
    for doubt in corpus.doubts:
        by_policy[doubt.policy].append(doubt)
    rows: list[tuple[Policy, list[tuple[Doubt, str]]]] = []
    for policy in corpus.policies:
        clauses = policy.by_anchor
        places = [
            cited(clauses[doubt.anchor], clauses) if doubt.anchor else "（条文之外）"
            for doubt in by_policy[policy.id]
        ]
        if places:
            rows.append((policy, list(zip(by_policy[policy.id], places, strict=True))))
    return rows


def unread_files(corpus: Corpus) -> list[Doubt]:
    """The doubts about files that are not read."""
    return [doubt for doubt in corpus.doubts if doubt.policy is None]


def account_rows(corpus: Corpus) -> list[tuple[Account, list[tuple[str, int, list[str]]]]]:
    """Every account with its removals: reason, characters, and samples of the removed text."""
    rows: list[tuple[Account, list[tuple[str, int, list[str]]]]] = []
    for account in corpus.accounts:
        reasons: list[tuple[str, int, list[str]]] = []
        for reason, items in removed_by_reason(account).items():
            texts = [] if reason in _WHITE_SPACE else list(dict.fromkeys(item.text for item in items))
            reasons.append(
                (
                    reason,
                    sum(item.stop - item.start for item in items),
                    [text[:_SAMPLE] for text in texts],
                )
            )
        rows.append((account, reasons))
    return rows


def removed_by_reason(account: Account) -> dict[str, list[Removed]]:
    """What was removed, by reason, each in the order of the text."""
    ordered = sorted(account.removed, key=lambda item: (item.reason, item.start))
    return {reason: list(items) for reason, items in groupby(ordered, key=lambda item: item.reason)}
