"""The anchors that have been published: `source_texts/anchors.lock` (DESIGN §6).

One line an anchor, sorted, made to be reviewed in a diff: address, label, hash of the wording, tab-separated. An
anchor in the lock is a promise; a corpus without it may not be published.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.model import Corpus, CorpusError, Problem
from generator.publishing.data import wording_hash

NAME = "anchors.lock"
_HASH_LENGTH = 16  # hexadecimal digits; enough to see that a wording changed
_FIELDS = 3


@dataclass(frozen=True)
class Entry:
    """What the lock says of one anchor."""

    label: str
    digest: str
    line: int


@dataclass(frozen=True)
class Comparison:
    """A corpus held against its lock. Addresses are policy#anchor."""

    gone: tuple[Problem, ...]  # faults: a promise broken
    changed: tuple[str, ...]  # the wording under the anchor is another than when it was locked
    new: tuple[str, ...]  # not yet in the lock


def anchor_entries(corpus: Corpus) -> dict[str, tuple[str, str]]:
    """Label and wording hash of every anchor of the corpus, aliases included, by address."""
    return {
        f"{clause.policy}#{anchor}": (clause.label or "", wording_hash(clause)[:_HASH_LENGTH])
        for policy in corpus.policies
        for clause in policy.clauses
        for anchor in (clause.anchor, *clause.aliases)
    }


def lock_text(corpus: Corpus) -> str:
    """The lock of a corpus as it stands."""
    entries = sorted(anchor_entries(corpus).items())
    return "".join(f"{address}\t{label}\t{digest}\n" for address, (label, digest) in entries)


def read_lock(folder: Path) -> dict[str, Entry]:
    """The lock of a folder of sources; empty where there is none. Raises `CorpusError` for a line that is none."""
    path = folder / NAME
    if not path.is_file():
        return {}
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        fields = line.split("\t")
        if len(fields) != _FIELDS or "#" not in fields[0]:
            problems.append(Problem(NAME, number, "不是“地址⇥编号⇥校验值”的一行。"))
            continue
        entries[fields[0]] = Entry(fields[1], fields[2], number)
    if problems:
        raise CorpusError(problems)
    return entries


def compare(corpus: Corpus, lock: Mapping[str, Entry]) -> Comparison:
    """What of the lock a corpus no longer has, has otherwise, or has anew."""
    current = anchor_entries(corpus)
    gone = tuple(
        Problem(
            NAME,
            entry.line,
            f"已公布的锚点 {address}（{entry.label or '段落'}）不见了。",
            "锚点一经公布就不能消失：请恢复原文的编号。",
        )
        for address, entry in lock.items()
        if address not in current
    )
    changed = tuple(
        address
        for address, entry in lock.items()
        if address in current and current[address][1] != entry.digest
    )
    return Comparison(gone, changed, tuple(address for address in current if address not in lock))
