"""Every anchor that was ever promised, for other programs: `objects.inv` and `data/anchors.json`.

`objects.inv` is the inventory of Sphinx, which MyST and mkdocstrings read too: with it an author links to a clause by
`policy-id#anchor` and gets its address and its citation as text. An anchor that moved, and a policy's former id, are
in both files and lead to where the text is now.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sphobjinv  # type: ignore[import-untyped]

from generator import __version__, sitemap
from generator.anchors.addresses import Addresses, Destination
from generator.anchors.citation import anchor_citations
from generator.anchors.lock import wording_hash
from generator.files.json_text import to_json
from generator.model import Address, Corpus, Policy
from generator.publishing.webpage import WebPage
from generator.vocabulary.indicators import Taxonomy

_DIGITS = 8  # of the hash in the version
_NOT_SEARCHED = "-1"  # Sphinx: labels and documents are no entries of an object index


@dataclass(frozen=True)
class PromisedAnchor:
    """An anchor as it was promised, and where it leads now."""

    address: Address
    destination: Destination
    citation: str  # of what it leads to

    @property
    def alias_of(self) -> Address | None:
        """The main anchor of the clause, where this is a further one on the same page."""
        clause = self.destination.clause
        if self.destination.moved or clause is None or clause.anchor == self.address.anchor:
            return None
        return Address(clause.policy, clause.anchor)

    @property
    def sha256(self) -> str | None:
        """The hash of the wording it leads to; None where it leads to no clause."""
        return wording_hash(self.destination.clause) if self.destination.clause else None


def promised_anchors(corpus: Corpus) -> Iterator[PromisedAnchor]:
    """Every anchor of a corpus in document order.

    For each policy: its clauses, each followed by its aliases, then the anchors that left the page; then the same
    under each of its former ids.
    """
    addresses = Addresses(corpus)
    citations = {policy.id: anchor_citations(policy) for policy in corpus.policies}
    for policy in corpus.policies:
        anchors = dict.fromkeys([*addresses.anchors(policy.id), *(one.anchor for one in policy.moved)])
        for name in (policy.id, *policy.former_ids):
            for anchor in anchors:
                address = Address(name, anchor)
                destination = addresses.find(address)
                if destination is not None:
                    yield PromisedAnchor(address, destination, _citation(destination, citations))


def _citation(destination: Destination, citations: Mapping[str, Mapping[str, str]]) -> str:
    """How that is cited to which an anchor leads: a clause, or a policy as a whole."""
    if destination.clause is None or destination.address.anchor is None:
        return destination.policy.citation
    return citations[destination.policy.id][destination.address.anchor]


def anchors_json(corpus: Corpus) -> str:
    """`anchors.json`: every anchor with address, label, citation and hash of the wording, one a line."""
    records = (to_json(anchor_record(one)) for one in promised_anchors(corpus))
    return "[\n" + ",\n".join(records) + "\n]\n"


def anchor_record(promised: PromisedAnchor) -> dict[str, Any]:
    """One object of `anchors.json`. `alias_of` and `moved_to` are there only where they say something."""
    destination = promised.destination
    record: dict[str, Any] = {
        "id": str(promised.address),
        "url": destination.address.url,
        "label": destination.clause.label if destination.clause else None,
        "citation": promised.citation,
        "sha256": promised.sha256,
    }
    if promised.alias_of:
        record["alias_of"] = str(promised.alias_of)
    if destination.moved:
        record["moved_to"] = None if destination.deleted else str(destination.address)
    return record


def objects_inv(corpus: Corpus, taxonomy: Taxonomy, pages: Sequence[WebPage], project: str) -> bytes:
    """`objects.inv`: labels for anchors, policies and indicators, documents for pages.

    The version names the generator and a hash over all anchors and wordings: it changes when one of them does.
    """
    anchors = list(promised_anchors(corpus))
    inventory = sphobjinv.Inventory()
    inventory.project = _line(project) or "policy-site"
    inventory.version = f"{__version__}+{_fingerprint(anchors)}"
    inventory.objects.extend(
        sphobjinv.DataObjStr(
            name=name,
            domain="std",
            role=role,
            priority=_NOT_SEARCHED,
            uri=uri,
            dispname=_line(shown) or name,
        )
        for role, name, uri, shown in _entries(corpus.policies, taxonomy, anchors, pages)
    )
    compressed: bytes = sphobjinv.compress(inventory.data_file(contract=True))
    return compressed


def _entries(
    policies: Iterable[Policy],
    taxonomy: Taxonomy,
    anchors: Iterable[PromisedAnchor],
    pages: Iterable[WebPage],
) -> Iterator[tuple[str, str, str, str]]:
    """Role, name, address and text of every entry."""
    for policy in policies:
        for name in (policy.id, *policy.former_ids):
            yield "label", name, policy.url, policy.citation
    for indicator in taxonomy.indicators:
        yield "label", indicator.id, sitemap.INDICATOR.url(indicator.id), indicator.name
    for one in anchors:
        shown = f"{one.citation}（条文已删除）" if one.destination.deleted else one.citation
        yield "label", str(one.address), one.destination.address.url, shown
    for page in sorted(pages, key=lambda page: page.url):
        yield "doc", page.url.removesuffix(".html"), page.url, page.title


def _fingerprint(anchors: Iterable[PromisedAnchor]) -> str:
    digest = hashlib.sha256()
    for one in anchors:
        digest.update(f"{one.address}\t{one.sha256}\n".encode())
    return digest.hexdigest()[:_DIGITS]


def _line(text: str) -> str:
    """`text` on one line: an entry ends where any program sees a line end."""
    return " ".join(text.split())
