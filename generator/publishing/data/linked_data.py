"""What pages say of themselves to programs: JSON-LD in the words of schema.org.

A policy is a `Legislation`, and so is each of its clauses (schema.org: "or a component of a legal act"). The
clauses are nested as in the text: `hasPart` of a 条 has its 款. So the structure needs no further property, and what
reads one level of `hasPart` gets the chapters, not a thousand items without order.

Only facts that the text prints or an editor declares are given. In particular nothing is ever called `InForce`:
the site knows when a policy is not in force, never that it still is.
"""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from generator import sitemap
from generator.model import Address, Clause, Jurisdiction, Policy
from generator.publishing.classic import literal
from generator.publishing.webpage import WebPage
from generator.views.corpus import Views
from generator.views.descriptions import policy_description
from generator.vocabulary.indicators import Indicator

CONTEXT = "https://schema.org"
LANGUAGE = "zh-Hans"

_NOT_IN_FORCE = re.compile("废止|失效")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_TITLE = re.compile("《([^《》]+)》")
_FORMATS = {
    ".csv": "text/csv",
    ".ics": "text/calendar",
    ".json": "application/json",
    ".jsonl": "application/x-ndjson",
    ".xml": "application/xml",
}

Thing = dict[str, Any]


@dataclass(frozen=True)
class Site:
    """What the site is called and where it is published. `url` is empty where that is not known."""

    name: str
    url: str
    description: str


class LinkedData:
    """The structured data of every page of a corpus. `files` are the data files, by their paths below `data/`."""

    def __init__(self, views: Views, site: Site, files: Iterable[str] = ()) -> None:
        self._site = site
        self._files = tuple(files)
        self._policies = views.policies
        self._indicators = {one.id: one for one in views.words.taxonomy.indicators}
        self._topics = {one.id: one for one in views.words.topics}
        self._hits = views.hits

    def script(self, page: WebPage) -> str:
        """The JSON-LD of a page, as it may stand in a script of that page."""
        return literal(self.thing(page))

    def thing(self, page: WebPage) -> Thing:
        """What a page is about, or the page itself."""
        return {"@context": CONTEXT, **_known(self._described(page))}

    def _described(self, page: WebPage) -> Thing:
        """A page by its type; every further one, by hand or of a corpus that has changed, is a page and no more."""
        match sitemap.find(page.url):
            case (sitemap.POLICY, id_) if id_ in self._policies:
                return self.legislation(self._policies[id_])
            case (sitemap.INDICATOR, id_) if id_ in self._indicators:
                links = [(one.name, f"{page.url}#{one.id}") for one in self._hits[id_]]
                return self._collection(page, links)
            case (sitemap.POLICIES | sitemap.COVERAGE, _):
                return self._collection(page, [(one.name, one.url) for one in self._policies.values()])
            case (sitemap.INDICATORS, _):
                return self._collection(page, _links(self._indicators.values()))
            case (sitemap.TOPIC, id_) if id_ in self._topics:
                return self._collection(page, _links(self._topics[id_].indicators))
            case (sitemap.TOPICS, _):
                links = [(one.name, sitemap.TOPIC.url(one.id)) for one in self._topics.values()]
                return self._collection(page, links)
            case (sitemap.DATA, _):
                return self._dataset(page)
        if page.home:
            return self._page(page, "WebSite") | {"name": self._site.name, "isPartOf": None}
        return self._page(page, "WebPage")

    def legislation(self, policy: Policy) -> Thing:
        """A policy with all its clauses. What its text does not print is left out."""
        address = self._url(policy.url, policy.url)
        place = _place(policy.jurisdiction)
        issuer = (
            policy.issuer if policy.issuer and not _is_place(policy.issuer, policy.jurisdiction) else None
        )
        return {
            "@type": "Legislation",
            "@id": address,
            "url": address,
            "name": policy.title,
            "alternateName": list(policy.short_names),
            "description": policy_description(policy),
            "inLanguage": LANGUAGE,
            "legislationIdentifier": policy.document_number,
            "legislationType": policy.genre,
            "legislationPassedBy": {"@type": "Organization", "name": issuer} if issuer else None,
            "legislationDate": _date(policy.issued),
            "legislationDateOfApplicability": _date(policy.effective),
            "legislationLegalForce": f"{CONTEXT}/NotInForce" if _is_repealed(policy) else None,
            "creativeWorkStatus": policy.status,
            "legislationJurisdiction": place,
            "spatialCoverage": place,
            "legislationRepeals": self._repeals(policy),
            "isPartOf": self._whole(policy.url),
            "hasPart": self._parts(policy),
        }

    def _parts(self, policy: Policy) -> list[Thing]:
        """The clauses of a policy, each with those below it."""
        below: defaultdict[str | None, list[Clause]] = defaultdict(list)
        for clause in policy.clauses:
            below[clause.parent].append(clause)

        def parts_of(anchor: str | None) -> list[Thing]:
            return [
                _known(
                    {
                        "@type": "Legislation",
                        "url": self._url(clause.url, policy.url),
                        "name": clause.path,
                        "alternateName": clause.title,
                        "legislationIdentifier": str(Address(policy.id, clause.anchor)),
                        "hasPart": parts_of(clause.anchor),
                    }
                )
                for clause in below[anchor]
            ]

        return parts_of(None)

    def _repeals(self, policy: Policy) -> list[Thing]:
        """The texts a policy repeals: those it prints with their titles, and those an editor declares."""
        printed = [
            {"@type": "Legislation", "name": title}
            for words in policy.repeals
            for title in _TITLE.findall(words)
        ]
        declared: list[Thing] = [
            {"@type": "Legislation", "@id": self._url(other.url, policy.url), "name": other.title}
            for other in self._policies.values()
            if other.repealed and other.repealed.by == policy.id
        ]
        known = {one["name"] for one in declared}
        return declared + [one for one in printed if one["name"] not in known]

    def _page(self, page: WebPage, kind: str) -> Thing:
        address = self._url(page.url, page.url)
        return {
            "@type": kind,
            "@id": address,
            "url": address,
            "name": page.title,
            "description": page.description or self._site.description,
            "inLanguage": LANGUAGE,
            "isPartOf": self._whole(page.url),
        }

    def _collection(self, page: WebPage, links: Sequence[tuple[str, str]]) -> Thing:
        """A page that lists others, with what it lists in its order."""
        items = [
            {"@type": "ListItem", "position": position, "name": name, "url": self._url(url, page.url)}
            for position, (name, url) in enumerate(links, 1)
        ]
        listed = {"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items}
        return self._page(page, "CollectionPage") | {"mainEntity": _known(listed)}

    def _dataset(self, page: WebPage) -> Thing:
        """The data files, described by the page that explains them."""
        files = [
            {
                "@type": "DataDownload",
                "name": name,
                "contentUrl": self._url(f"{sitemap.DATA_FOLDER}/{name}", page.url),
                "encodingFormat": _FORMATS.get(posixpath.splitext(name)[1]),
            }
            for name in self._files
        ]
        return self._page(page, "Dataset") | {
            "name": f"{self._site.name}：{page.title}",
            "isAccessibleForFree": True,
            "distribution": [_known(one) for one in files],
        }

    def _whole(self, page: str) -> Thing:
        """The site, as that which a page is part of."""
        return {"@type": "WebSite", "@id": self._url(sitemap.HOME.url(), page), "name": self._site.name}

    def _url(self, target: str, page: str) -> str:
        """An address of the site, absolute where it is known where the site is, else as seen from `page`."""
        if self._site.url:
            return self._site.url + target
        path, hash_, anchor = target.partition("#")
        return posixpath.relpath(path, posixpath.dirname(page) or ".") + hash_ + anchor


def _known(thing: Thing) -> Thing:
    """The properties that have a value."""
    return {name: value for name, value in thing.items() if value not in (None, "", [])}


def _links(indicators: Iterable[Indicator]) -> list[tuple[str, str]]:
    """Name and address of the pages of indicators."""
    return [(one.name, sitemap.INDICATOR.url(one.id)) for one in indicators]


def _date(text: str | None) -> str | None:
    """An ISO date; None for printed words that name no date (自发布之日起施行)."""
    return text if text and _DATE.fullmatch(text) else None


def _is_repealed(policy: Policy) -> bool:
    return policy.repealed is not None or bool(policy.status and _NOT_IN_FORCE.search(policy.status))


def _place(place: Jurisdiction) -> Thing | None:
    """The place a policy holds for, within the places above it."""
    if place.level == "national":
        return {"@type": "Country", "name": "中华人民共和国"}
    above: Thing | None = None
    for name in (place.province, place.city, place.county):
        if name:
            here: Thing = {"@type": "AdministrativeArea", "name": name}
            above = here | {"containedInPlace": above} if above else here
    return above


def _is_place(issuer: str, place: Jurisdiction) -> bool:
    """Whether what stands for the issuer only names the place (广东省广州市), as compilations print it."""
    rest = issuer
    for name in (place.province, place.city, place.county):
        rest = rest.replace(name, "") if name else rest
    return not rest.strip()
