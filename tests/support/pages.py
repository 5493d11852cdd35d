"""One page of every type the site has, and the ways it is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import pytest
from _pytest.mark import ParameterSet

from generator.sitemap import (
    COMPARE,
    INDICATOR,
    PAGE_TYPES,
    POLICY,
    SEARCH,
    TOPIC,
    UNIT,
    PageType,
)
from tests.support.corpora import ROOT

SCREENSHOTS = ROOT / "build" / "screenshots"
"""Where a run of the tests leaves a picture of every page type, `<view>.png`."""

_SHOWN: dict[PageType, dict[str, str]] = {
    POLICY: {
        "policy-measures": "yingkou-2020-14",
        "policy-law": "guizhou-2022-business-environment",
        "policy-draft": "fuyuan-2020-measures",
    },
    INDICATOR: {"indicator": "getting-electricity"},
    TOPIC: {"topic": "utility-services"},
    UNIT: {"unit": "market-regulation"},
}
"""Of types with many pages, the ids of those that are looked at, by a name."""

_ASKED = {
    COMPARE: "?p=yingkou-2020-14,qiqihar-2020-29&i=getting-electricity",
    SEARCH: "?q=不动产登记",
}
"""What pages that answer a question are asked."""

PAGES = {
    name: page_type.url(id_) + _ASKED.get(page_type, "")
    for page_type in PAGE_TYPES
    for name, id_ in (_SHOWN[page_type].items() if page_type.many else [(page_type.name, "")])
}
"""By name, the address below the root of the site of a page of every type: it is looked at everywhere."""

ANSWERS = {SEARCH.name: ".finder__list", COMPARE.name: "table.compare-table"}
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
    """Every page type at every width: page type, size."""
    return [pytest.param(page, size, id=f"{page}-{size}") for page in PAGES for size in WIDTHS]
