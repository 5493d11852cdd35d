"""What was added and what changed: `source_texts/changes.log`, the repository's own record, and its Atom feed.

One line a change, tab-separated, only ever added to: date, what, policy, anchors, a note to the reader. The command
`lock` writes it in the act that accepts the anchors, so that the record says what the promise says, when it was made.
It is checked in: a site built from a tarball without git has it, and the same files give the same bytes. An editor
may add a note to a line, or a line of his own.

The feed is Atom (RFC 4287). Its dates are those of the record, never those of a build.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from xml.etree import ElementTree

from generator import sitemap
from generator.anchors.lock import CHANGES, Comparison
from generator.files.dates import is_iso_date
from generator.files.shown import acts
from generator.files.text import write_text
from generator.model import Address, CorpusError, Policy, Problem
from generator.reading.files import read_record
from generator.reading.sidecar import is_policy_id

FEED = "changes.xml"
_FIELDS = 5
_ATOM = "http://www.w3.org/2005/Atom"
_NO_NEWS = "1970-01-01"  # an Atom feed has a date even where nothing was recorded

KINDS: Mapping[str, str] = {
    "added": "新收录",
    "extended": "增加条文",
    "changed": "文字有改动",
    "moved": "条文移动",
    "note": "说明",
}
"""What can have happened, and how a reader is told."""


@dataclass(frozen=True)
class Entry:
    """One line of the record. `anchors` is empty where the policy as a whole is meant."""

    date: str  # ISO date
    kind: str
    policy: str
    anchors: tuple[str, ...] = ()
    note: str = ""

    @property
    def id(self) -> str:
        """The id of the entry on the page of changes and in the feed."""
        return f"{self.date}-{self.policy}-{self.kind}"


def read_changes(folder: Path) -> tuple[Entry, ...]:
    """The record of a folder of sources, newest first; empty where there is none.

    Raises `CorpusError`, naming each line that is not an entry.
    """
    entries: list[Entry] = []
    problems: list[Problem] = []
    for number, line in enumerate((read_record(folder, CHANGES) or "").splitlines(), 1):
        fields = line.split("\t")
        if fault := _fault(fields):
            problems.append(Problem(CHANGES, number, *fault))
            continue
        entries.append(Entry(fields[0], fields[1], fields[2], tuple(fields[3].split()), fields[4]))
    if problems:
        raise CorpusError(problems)
    return tuple(sorted(entries, key=lambda entry: entry.date, reverse=True))


def faults(folder: Path) -> tuple[Problem, ...]:
    """The lines of the record of a folder of sources that are not entries."""
    try:
        read_changes(folder)
    except CorpusError as error:
        return error.problems
    return ()


def _fault(fields: Sequence[str]) -> tuple[str, str] | None:
    """What is wrong with the fields of a line, and what to do; None for a line that is as it should be."""
    if len(fields) != _FIELDS or fields[1] not in KINDS or any(map(acts, "".join(fields))):
        advice = f"应为：日期⇥{'或'.join(KINDS)}⇥政策编号⇥锚点（空格隔开，可空）⇥说明（可空）。"
        return "不是改动记录的一行。", advice
    if not is_iso_date(fields[0]):
        return f"{fields[0]} 不是日历上的日期。", "应写作 2021-02-28。"
    if not is_policy_id(fields[2]):
        return f"{fields[2]} 不是政策编号。", "请照抄说明文件里的 id。"
    return None


def news(comparison: Comparison, locked_policies: Iterable[str], date: str) -> list[Entry]:
    """What a comparison with the lock has to tell, one entry for each policy and kind.

    `locked_policies`: the policies that had an anchor in the lock; another is new as a whole.
    """
    known = set(locked_policies)
    entries: list[Entry] = []
    for policy, anchors in _by_policy(comparison.new):
        extended = policy in known
        entries.append(Entry(date, "extended" if extended else "added", policy, anchors if extended else ()))
    for kind, names in (
        ("changed", [one.address for one in comparison.changed]),
        ("moved", [one.address for one in comparison.redirected]),
    ):
        entries += [Entry(date, kind, policy, anchors) for policy, anchors in _by_policy(names)]
    return entries


def _by_policy(names: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Addresses policy#anchor by policy, in the order they come in."""
    addresses = sorted(map(Address.read, names), key=lambda address: address.policy)
    for policy, group in groupby(addresses, key=lambda address: address.policy):
        yield policy, tuple(address.anchor or "" for address in group)


def record(folder: Path, entries: Sequence[Entry], target: Path) -> None:
    """The record of a folder of sources with further entries, into `target`."""
    before = read_record(folder, CHANGES) or ""
    lines = [
        "\t".join((one.date, one.kind, one.policy, " ".join(one.anchors), one.note)) + "\n" for one in entries
    ]
    if lines:
        end = "" if before.endswith("\n") or not before else "\n"
        write_text(target, f"{before}{end}{''.join(lines)}")


def feed(entries: Sequence[Entry], policies: Mapping[str, Policy], site_name: str, site_url: str) -> str:
    """The record as an Atom feed, newest first; a policy that is gone is named by its id."""
    ElementTree.register_namespace("", _ATOM)
    root = ElementTree.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": "zh-Hans"})
    _add(root, "id", f"{site_url}{sitemap.CHANGES.url()}")
    _add(root, "title", f"{site_name}：新增与改动")
    _add(root, "updated", _moment(entries[0].date if entries else _NO_NEWS))
    _add(_add(root, "author"), "name", site_name)
    _add(root, "link", rel="self", type="application/atom+xml", href=f"{site_url}{FEED}")
    _add(root, "link", rel="alternate", type="text/html", href=f"{site_url}{sitemap.CHANGES.url()}")
    for entry in entries:
        policy = policies.get(entry.policy)
        item = _add(root, "entry")
        _add(item, "id", f"{site_url}{sitemap.CHANGES.url()}#{entry.id}")
        _add(item, "title", f"{KINDS[entry.kind]}：{policy.name if policy else entry.policy}")
        _add(item, "updated", _moment(entry.date))
        _add(item, "link", rel="alternate", type="text/html", href=site_url + Address(entry.policy).url)
        _add(item, "summary", summary(entry, policy) or KINDS[entry.kind])
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(root, encoding="unicode")}\n'


def summary(entry: Entry, policy: Policy | None) -> str:
    """An entry in words: how many clauses, the editor's note."""
    count = len(entry.anchors) or (len(policy.clauses) if policy and entry.kind == "added" else 0)
    return "。".join(filter(None, [f"{count} 条" if count else "", entry.note]))


def _moment(date: str) -> str:
    return f"{date}T00:00:00Z"


def _add(
    parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str
) -> ElementTree.Element:
    element = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", attributes)
    element.text = text
    return element
