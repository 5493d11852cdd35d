"""The anchors that have been published: `source_texts/anchors.lock` (CONTRACT.md, Anchors).

One line an anchor, sorted, made to be reviewed in a diff: address, label, hash of the wording, and for an anchor
that moved the address it leads to, tab-separated. An anchor in the lock is a promise: a corpus in which it leads
nowhere may not be published. Once in the lock an anchor stays in it, for links to it stay in the world.

Beside it `wordings.lock` keeps the wording of every clause as it was accepted, one line each, so that a change can
be shown word by word.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.anchors.addresses import Addresses, Destination
from generator.anchors.worddiff import Change, word_diff
from generator.files.json_text import to_json
from generator.files.outputs import inside, settle
from generator.files.text import write_text
from generator.model import Address, Clause, Corpus, CorpusError, Problem
from generator.reading.files import RECORDS, read_record

WORDINGS, NAME, CHANGES = RECORDS

_HASH_LENGTH = 16  # hexadecimal digits; enough to see that a wording changed
_FIELDS = 3  # and a fourth for an anchor that moved
_DELETED = "-"  # in the fourth field: the text is no more


@dataclass(frozen=True)
class Entry:
    """What the lock says of one anchor."""

    label: str
    digest: str  # of the wording it leads to; empty where it leads to no clause
    line: int
    moved_to: str | None = None  # an address, or "-" for a text that was deleted


@dataclass(frozen=True)
class Changed:
    """A clause whose wording is another than when it was locked."""

    address: str
    # From the locked wording to today's; None where the locked wording was not kept.
    difference: tuple[Change, ...] | None


@dataclass(frozen=True)
class Redirected:
    """An anchor that leads elsewhere than when it was locked."""

    address: str
    to: str | None  # None: its text was deleted


@dataclass(frozen=True)
class Comparison:
    """A corpus held against its lock. Addresses are policy#anchor."""

    gone: tuple[Problem, ...]  # faults: a promise broken
    changed: tuple[Changed, ...]
    redirected: tuple[Redirected, ...]
    new: tuple[str, ...]  # not yet in the lock
    unread: tuple[str, ...] = ()  # not compared: their policy is missing because of a fault of its own


@dataclass(frozen=True)
class Lock:
    """What was accepted: every anchor, and the wording of every clause, by address."""

    entries: Mapping[str, Entry]
    wordings: Mapping[str, str]


def read_lock(folder: Path) -> Lock:
    """The lock of a folder of sources; empty where there is none. Raises `CorpusError` for a line that is not an entry.

    Where a `lock` was killed halfway it is brought to its end first.
    """
    settle(inside(folder), [folder / name for name in RECORDS])
    return Lock(read_entries(read_record(folder, NAME) or ""), _read_wordings(folder))


def read_entries(text: str) -> dict[str, Entry]:
    """The anchors of the text of a lock file, by address. Raises `CorpusError`, naming each line that is not an entry."""
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.removesuffix("\n").split("\n") if text else (), 1):
        fields = line.split("\t")
        if len(fields) not in (_FIELDS, _FIELDS + 1) or "#" not in fields[0]:
            problems.append(Problem(NAME, number, "不是“地址⇥编号⇥校验值”的一行。"))
            continue
        entries[fields[0]] = Entry(fields[1], fields[2], number, *fields[_FIELDS:])
    if problems:
        raise CorpusError(problems)
    return entries


def _read_wordings(folder: Path) -> dict[str, str]:
    """The wordings that were kept. A line that is not an entry is passed over: nothing but a diff depends on it."""
    wordings: dict[str, str] = {}
    for line in (read_record(folder, WORDINGS) or "").split("\n"):
        address, tab, quoted = line.partition("\t")
        if not tab:
            continue
        try:
            wordings[address] = str(json.loads(quoted))
        except (ValueError, RecursionError):  # [[[[… is JSON, and too deep
            continue
    return wordings


def compare(corpus: Corpus, lock: Lock) -> Comparison:
    """What of the lock a corpus no longer has, has otherwise, leads elsewhere, or has anew."""
    addresses = Addresses(corpus)
    gone: list[Problem] = []
    changed: dict[str, Changed] = {}  # by today's address: an alias says nothing its clause does not say
    redirected: list[Redirected] = []
    unread: list[str] = []
    for name, entry in lock.entries.items():
        destination = addresses.find(Address.read(name))
        if destination is None:
            if any(corpus.lacks(policy) for policy in _policies_of(name, entry)):
                unread.append(name)
            else:
                gone.append(_gone(name, entry))
            continue
        moved_to = _moved_to(destination)
        if moved_to != entry.moved_to:
            redirected.append(Redirected(name, None if moved_to == _DELETED else moved_to))
        elif _digest(destination) != entry.digest:
            today = str(destination.address)
            changed.setdefault(_own_address(destination), _changed(today, destination, lock))
    current = (str(address) for address in _promised(addresses))
    new = tuple(name for name in current if name not in lock.entries)
    return Comparison(tuple(gone), tuple(changed.values()), tuple(redirected), new, tuple(unread))


def write_lock(corpus: Corpus, before: Lock, anchors: Path, wordings: Path) -> None:
    """Accept a corpus: write both files. What was in the lock and still leads somewhere stays in it."""
    write_text(wordings, wordings_text(corpus))
    write_text(anchors, lock_text(corpus, before))


def lock_text(corpus: Corpus, before: Lock) -> str:
    """`anchors.lock` of a corpus as it stands, with all of `before` that still leads somewhere."""
    addresses = Addresses(corpus)
    names = {str(address) for address in _promised(addresses)} | set(before.entries)
    lines: list[str] = []
    for name in sorted(names):
        destination = addresses.find(Address.read(name))
        if destination is None:
            continue
        moved_to = _moved_to(destination)
        if moved_to == _DELETED and name not in before.entries:
            continue  # never published: nothing was promised
        label = " ".join((destination.clause.label or "").split()) if destination.clause else ""
        lines.append("\t".join((name, label, _digest(destination), *([moved_to] if moved_to else []))))
    return "".join(f"{line}\n" for line in lines)


def wordings_text(corpus: Corpus) -> str:
    """`wordings.lock` of a corpus as it stands: address and wording (a JSON string), sorted."""
    lines = sorted(
        f"{clause.policy}#{clause.anchor}\t{to_json(clause.wording)}\n"
        for policy in corpus.policies
        for clause in policy.clauses
    )
    return "".join(lines)


def _promised(addresses: Addresses) -> list[Address]:
    """Every address of today's corpus: clauses and their aliases, and anchors that moved away."""
    return [address for address, _ in addresses] + [address for address, _ in addresses.moves()]


def _policies_of(name: str, entry: Entry) -> list[str]:
    """The policies that an anchor of the lock needs: its own, and the one it leads to."""
    return [Address.read(address).policy for address in (name, entry.moved_to) if address]


def _own_address(destination: Destination) -> str:
    clause = destination.clause
    return f"{clause.policy}#{clause.anchor}" if clause else str(destination.address)


def _moved_to(destination: Destination) -> str | None:
    """What the fourth field of the lock says of a destination."""
    if destination.deleted:
        return _DELETED
    return str(destination.address) if destination.moved else None


def _digest(destination: Destination) -> str:
    return wording_hash(destination.clause)[:_HASH_LENGTH] if destination.clause else ""


def _gone(name: str, entry: Entry) -> Problem:
    advice = "锚点一经公布就不能消失：请恢复原文的编号，或者在说明文件的 moved 里写明移到了哪里。"
    return Problem(NAME, entry.line, f"已公布的锚点 {name}（{entry.label or '段落'}）不见了。", advice)


def _changed(address: str, destination: Destination, lock: Lock) -> Changed:
    """A change with its word diff, where the lock kept the wording it has the hash of."""
    clause = destination.clause
    before = lock.wordings.get(_own_address(destination))
    if clause is None or before is None or before == clause.wording:
        return Changed(address, None)
    return Changed(address, word_diff(before, clause.wording))


def wording_hash(clause: Clause) -> str:
    """SHA-256 of the wording (UTF-8): changes when, and only when, the printed text does."""
    return hashlib.sha256(clause.wording.encode()).hexdigest()
