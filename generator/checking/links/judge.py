"""A link's verdict: whether it leads where it was meant to, and if not, where it should."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from urllib.parse import unquote

from generator import sitemap
from generator.anchors.addresses import Addresses, Destination
from generator.anchors.lock import wording_hash
from generator.cells import one_line
from generator.checking.links.found import Link
from generator.checking.links.nearest import likeness, nearest_anchor, nearest_name
from generator.checking.links.places import Places
from generator.checking.links.sites import Sites, Target
from generator.model import IN_TABLES, Address, Clause, Corpus, Eid, Named, Policy
from generator.reading.sidecar import ID_PATTERN, is_policy_id
from generator.settings import Settings
from generator.views.policies import correction_id

# As MyST writes a name of an inventory: inv:key:std:label#name; and the names themselves: policy#anchor or a policy
# as a label, a page without .html as a document.
_INVENTORY = re.compile(r"inv:[^#]*#(?P<name>.+)", re.DOTALL)
_DOCUMENT = re.compile(
    rf"/?(?:{'|'.join(sorted({one.folder for one in sitemap.PAGE_TYPES if one.many}))})/[^/#]+"
)
_NAME = re.compile(rf"[~!]?(?P<policy>{ID_PATTERN[1:-1]})(?:#(?P<anchor>\S+))?")
_TOP = frozenset({None, "top"})  # every page has a top, by the HTML standard
_ALIKE = 0.8  # how alike an unknown name must be to one of ours to be taken for it, misspelt
_TITLE = 24  # characters of a clause's title or text in a message


class Status(Named):
    """What is found of a link, and how a reader sees it named."""

    OK = "ok", "正常"
    MOVED = "moved", "已移动"
    CHANGED = "changed", "文字有改动"
    DEAD = "dead", "失效"
    UNCHECKED = "unchecked", "未查"


@dataclass(frozen=True)
class Verdict:
    """What is found of one link to the site. Addresses are relative to the root of the site.

    A link that moved may have changed as well: `changed` is whether the wording is another than the older lock has
    of the address linked to; None without a lock, or where the lock has not that address.
    """

    status: Status
    address: str  # the address linked to, as the site would write it
    fault: str = ""  # in Chinese, empty where there is none: 锚点不存在
    to: str | None = None  # where a moved address leads now; None for a text that was deleted
    nearest: str | None = None  # what a dead one most likely meant
    detail: str = ""  # in Chinese: the clause that `to` or `nearest` is, the editor's note
    changed: bool | None = None


class Judge:
    """Judges links by a corpus.

    `ids`: by type, whose pages the site has (views.page_ids); `mirrors` addresses at which the site is published besides that of the
    settings. `hashes` is an older lock to compare with, empty for none; `promised` are policy ids known from locks,
    whether or not the corpus has them still. Raises `WrongSiteError` where the address of the site is not one.
    """

    def __init__(
        self,
        corpus: Corpus,
        ids: Mapping[sitemap.PageType, Iterable[str]],
        settings: Settings,
        mirrors: Iterable[str] = (),
        hashes: Mapping[str, str] = MappingProxyType({}),
        promised: Iterable[str] = (),
    ) -> None:
        self._policies = {policy.id: policy for policy in corpus.policies}
        self._addresses = Addresses(corpus)
        self._places = Places(settings, ids)
        self._hashes = hashes
        former = [id_ for policy in corpus.policies for id_ in policy.former_ids]
        self._ids = frozenset((*self._policies, *former, *promised))
        urls = [url for url in (settings.site_url, *mirrors) if url]
        self._sites = Sites(urls, settings.bundle_name, settings.site_dir, self._claims)
        self._known: dict[Target, Verdict] = {}

    def judge(self, link: Link, document: Path) -> Verdict | None:
        """The verdict on a link of a document; None for a link to another site."""
        readings = [self._target(replace(link, target=one), document) for one in (link.target, *link.longer)]
        targets = [target for target in readings if target is not None]
        return max(map(self._verdict, targets), key=_plausible, default=None)

    def _target(self, link: Link, document: Path) -> Target | None:
        """The place on the site that a link means, or None where it means another."""
        inventory = _INVENTORY.fullmatch(link.target)
        if link.form != "inventory" and inventory is None:
            return self._sites.find(link.target, document)
        target = self._by_name(unquote(inventory["name"]) if inventory else link.target)
        return target if target is not None and self._claims(target) else None

    def _by_name(self, name: str) -> Target | None:
        """The place that a name of our inventory would stand for; None for what can be none."""
        if _DOCUMENT.fullmatch(name):
            return Target(f"{name.lstrip('/')}.html", None)
        indicator = Target(sitemap.INDICATOR.url(name), None)
        if self._claims(indicator):
            return indicator
        label = _NAME.fullmatch(name)
        return Target(Address(label["policy"]).url, label["anchor"]) if label else None

    def _claims(self, target: Target) -> bool:
        """Whether a page of which only the end of the path is known is this site's.

        It is when we have it, or had. A misspelt name is taken for ours when it has the form of a policy id and is
        much like one of them, or when the anchor has the form of a clause's.
        """
        found = sitemap.find(target.page)
        if found is None or not found.type.many:
            return False
        if found.type is not sitemap.POLICY:
            return target.page in self._places.pages
        if not is_policy_id(found.id):
            return False
        if found.id in self._ids or Eid.read(target.anchor or ""):
            return True
        near = nearest_name(found.id, self._ids)
        return near is not None and likeness(found.id, near) >= _ALIKE

    def _verdict(self, target: Target) -> Verdict:
        verdict = self._known.get(target)
        if verdict is None:
            verdict = self._known[target] = self._judged(target)
        return verdict

    def _judged(self, target: Target) -> Verdict:
        policy = sitemap.POLICY.id_of(target.page)
        if policy and self._addresses.find(Address(policy)):
            return self._on_policy(policy, target)
        if target.page in self._places.pages:
            return self._on_page(target)
        if target.page.endswith(".html") or "." not in target.page.rpartition("/")[2]:
            return self._no_page(target)
        there = self._places.has_file(target.page)
        if there is None:
            return Verdict(Status.UNCHECKED, str(target), detail="网站尚未生成，看不出有没有这个文件")
        return Verdict(Status.OK, str(target)) if there else Verdict(Status.DEAD, str(target), "文件不存在")

    def _on_policy(self, id_: str, target: Target) -> Verdict:
        """A link to a policy that the corpus has, under its id or a former one."""
        anchor = None if target.anchor in _TOP else target.anchor
        destination = self._addresses.find(Address(id_, anchor))
        if destination is None:
            return self._no_anchor(id_, target)
        changed = self._changed(Address(id_, anchor), destination)
        if destination.moved:
            return self._moved(id_, target, destination, changed)
        if changed:
            detail = _named(destination.clause) if destination.clause else ""
            return Verdict(Status.CHANGED, str(target), "文字有改动", detail=detail, changed=True)
        return Verdict(Status.OK, str(target), changed=changed)

    def _changed(self, address: Address, destination: Destination) -> bool | None:
        digest = self._hashes.get(str(address))
        if digest is None or destination.clause is None:
            return None
        return not wording_hash(destination.clause).startswith(digest)

    def _moved(self, id_: str, target: Target, destination: Destination, changed: bool | None) -> Verdict:
        note = self._note(id_, target.anchor)
        if destination.deleted:
            return Verdict(Status.MOVED, str(target), "条文已删去", detail=note)
        name = _named(destination.clause) if destination.clause else f"《{destination.policy.title}》"
        fault = "锚点已移动" if id_ in self._policies else "政策编号已改"
        details = (name, note, "文字（连同编号）与登记时不同" if changed else "")
        return Verdict(
            Status.MOVED,
            str(target),
            fault,
            to=destination.address.url,
            detail="；".join(part for part in details if part),
            changed=changed,
        )

    def _note(self, id_: str, anchor: str | None) -> str:
        """What the editor tells of an anchor that moved; empty where nothing."""
        page = self._addresses.find(Address(id_))
        moved = page.policy.moved if page else ()
        return next((one.note or "" for one in moved if one.anchor == anchor), "")

    def _no_anchor(self, id_: str, target: Target) -> Verdict:
        """A link to an anchor that no clause of the policy has, and that was not declared to have moved."""
        page = self._addresses.find(Address(id_))
        if page is None or target.anchor is None:  # the caller has found the page
            return self._no_page(target)
        if target.anchor in self._apparatus[page.policy.id]:
            moved = page.moved
            to = f"{page.policy.url}#{target.anchor}" if moved else None
            return Verdict(
                Status.MOVED if moved else Status.OK, str(target), "政策编号已改" if moved else "", to=to
            )
        clauses = self._living(page.policy)
        near = nearest_anchor(target.anchor, clauses)
        if near is None:
            return Verdict(Status.DEAD, str(target), "锚点不存在")
        nearest = Address(page.policy.id, near).url
        return Verdict(Status.DEAD, str(target), "锚点不存在", nearest=nearest, detail=_named(clauses[near]))

    def _on_page(self, target: Target) -> Verdict:
        """A link to a page that is not a policy: its anchors are known where it was written by hand."""
        anchors = self._places.pages[target.page]
        if target.anchor in _TOP or (anchors is not None and target.anchor in anchors):
            return Verdict(Status.OK, str(target))
        if anchors is None:
            return Verdict(Status.UNCHECKED, str(target), detail="只查了网页，没有查锚点")
        near = nearest_name(target.anchor or "", sorted(anchors))
        nearest = str(Target(target.page, near)) if near else None
        return Verdict(Status.DEAD, str(target), "锚点不存在", nearest=nearest)

    def _no_page(self, target: Target) -> Verdict:
        """A link to a page that the site has not: the most like by name, as far as it has the anchor."""
        policy = sitemap.POLICY.id_of(f"{_stem(target.page)}.html")
        if policy:
            id_ = nearest_name(policy, sorted(self._policies))
            if id_ is None:
                return Verdict(Status.DEAD, str(target), "网页不存在")
            known = target.anchor in self._living(self._policies[id_])
            nearest = Address(id_, target.anchor if known else None).url
            title = f"《{self._policies[id_].title}》"
            return Verdict(Status.DEAD, str(target), "网页不存在", nearest=nearest, detail=title)
        stems = {page.removesuffix(".html"): page for page in self._places.pages}
        near = nearest_name(_stem(target.page), stems)
        return Verdict(Status.DEAD, str(target), "网页不存在", nearest=stems[near] if near else None)

    def _living(self, policy: Policy) -> Mapping[str, Clause]:
        """The anchors of a policy that are to be linked to: not those that are kept for a text that moved."""
        moved = {one.anchor for one in policy.moved}
        anchors = self._addresses.anchors(policy.id)
        return {anchor: clause for anchor, clause in anchors.items() if anchor not in moved}

    @cached_property
    def _apparatus(self) -> Mapping[str, frozenset[str]]:
        """By policy the anchors on its page that are no clause's: the list of its corrections."""
        return {id_: frozenset(_correction_ids(policy)) for id_, policy in self._policies.items()}


def _stem(page: str) -> str:
    """A page without what it ends in: policies/x.html, policies/x/index.html and policies/x are policies/x."""
    return re.sub(r"(/index)?(\.html)?$", "", page)


def _correction_ids(policy: Policy) -> Iterable[str]:
    if any(clause.corrections for clause in policy.clauses):
        yield "corrections"
    for clause in policy.clauses:
        for number in range(1, len(clause.corrections) + 1):
            yield correction_id(clause, number)


def _plausible(verdict: Verdict) -> tuple[bool, bool, int]:
    """Of the ways to read an address that a line broke: one that leads somewhere, then one in the form of ours.

    Of two that lead somewhere, the longer: subpara_1, broken off from subpara_12, leads somewhere too. Of two that
    lead nowhere, the shorter: what follows it may be the sentence.
    """
    dead = verdict.status is Status.DEAD
    formed = Eid.read(verdict.address.partition("#")[2]) is not None
    return not dead, formed, -len(verdict.address) if dead else len(verdict.address)


def _named(clause: Clause) -> str:
    """A clause as a reader knows it: label and title, or the beginning of the text."""
    in_table = clause.kind in IN_TABLES  # a row has its label in its first cell
    words = one_line(clause.wording if in_table else clause.title or clause.body)
    cut = words if len(words) <= _TITLE else words[:_TITLE] + "…"
    return cut if in_table else f"{clause.label or ''}{cut}"
