"""One page of every type the site has, and the ways it is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pytest
from _pytest.mark import ParameterSet

from tests.support.corpora import ROOT

SCREENSHOTS = ROOT / "build" / "screenshots"
"""Where a run of the tests leaves a picture of every page type, `<protocol>-<view>.png`."""

PAGES = {
    "home": "index.html",
    "policies": "policies/index.html",
    "policy-measures": "policies/yingkou-2020-14.html",
    "policy-law": "policies/guizhou-2022-business-environment.html",
    "policy-draft": "policies/fuyuan-2020-measures.html",
    "indicators": "indicators/index.html",
    "indicator": "indicators/getting-electricity.html",
    "coverage": "indicators/coverage.html",
    "compare": "compare.html?p=yingkou-2020-14,qiqihar-2020-29&i=getting-electricity",
    "topics": "b-ready/index.html",
    "topic": "b-ready/utility-services.html",
    "units": "units/index.html",
    "unit": "units/market-regulation.html",
    "units-others": "units/others.html",
    "due": "due/index.html",
    "similar": "similar/index.html",
    "search": "search.html?q=不动产登记",
    "cite": "cite.html",
    "glossary": "glossary.html",
    "changes": "changes.html",
    "data": "data.html",
    "fidelity": "data/fidelity.html",
    "references": "data/references.html",
    "link": "link.html",
    "authors": "authors.html",
    "about": "about.html",
    "search-format": "search-format.html",
    "not-found": "404.html",
}
"""By name, the address below the root of the site. A new type of page is added here, and is looked at everywhere."""

ANSWERS = {"search": ".finder__list", "compare": "table.compare-table"}
"""What stands on a page once it has answered its address; on every other page there is nothing to wait for."""

Scheme = Literal["light", "dark"]

SCHEMES: tuple[Scheme, ...] = ("light", "dark")
WIDTHS = {"phone": 390, "desktop": 1440}


@dataclass(frozen=True)
class View:
    """A page type at a width and in a colour scheme."""

    page: str
    size: str
    scheme: Scheme

    def __str__(self) -> str:
        return f"{self.page}-{self.size}-{self.scheme}"


def looks() -> list[ParameterSet]:
    """Every page type, over http and from the disk, at every width: protocol, page type, size."""
    return [
        pytest.param(protocol, page, size, id=f"{protocol}-{page}-{size}")
        for protocol in ("http", "file")
        for page in PAGES
        for size in WIDTHS
        if (protocol, page) != ("file", "not-found")  # only a web server has a page for wrong addresses
    ]
