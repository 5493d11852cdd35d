"""The corpus as lists: every policy with what it can be sorted and filtered by, its places, its newest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from generator.cells import one_line
from generator.model import IN_TABLES, Clause, Policy

UNKNOWN = "未载明"
_LEVELS = {"national": "全国", "province": "省级", "city": "市级", "county": "县级"}
_NEWEST = 6
_EXCERPT = 90  # characters of a clause in a list


DRAFTS = frozenset({"讨论稿", "征求意见稿", "送审稿", "草案"})
"""The status of a text that is not in force yet."""


@dataclass(frozen=True)
class Row:
    """A policy in the list. What is not printed is 未载明; `date` is for sorting, empty where nothing is known."""

    policy: Policy
    place: str  # from the province down, with slashes: 黑龙江省/哈尔滨市
    level: str
    year: str
    genre: str
    status: str
    date: str


@dataclass(frozen=True)
class PlaceCount:
    """A place and the number of its policies. `place` as in a row."""

    place: str
    count: int
    depth: int  # 0 for the country and for provinces

    @property
    def name(self) -> str:
        """The place's own name."""
        return self.place.rpartition("/")[2]


def listed_label(clause: Clause) -> str | None:
    """By what a list names a clause: its printed label; one of a table, whose label says little, as it is cited."""
    return clause.path if clause.kind in IN_TABLES else clause.label


def excerpt(clause: Clause) -> str:
    """The beginning of a clause's text after its title, on one line."""
    text = one_line(clause.body.removeprefix(clause.title or "").removeprefix("。"))
    return text if len(text) <= _EXCERPT else text[:_EXCERPT] + "…"


def level_name(level: str | None) -> str:
    """A level of jurisdiction in Chinese."""
    return _LEVELS.get(level or "", UNKNOWN)


def place_path(policy: Policy) -> str:
    """The place a policy holds for, from the province down: 黑龙江省/哈尔滨市; 全国 for the country."""
    where = policy.jurisdiction
    parts = [name for name in (where.province, where.city, where.county) if name]
    return "全国" if where.level == "national" else "/".join(parts) or UNKNOWN


def status_name(policy: Policy) -> str:
    """The status of a policy as a list has it: 已废止 before what the text itself says."""
    return "已废止" if policy.repealed else policy.status or UNKNOWN


def rows(policies: Sequence[Policy]) -> list[Row]:
    """The list of policies: by place, the country first, and within a place the newest first."""
    made = [_row(policy) for policy in policies]
    made.sort(key=lambda row: row.date, reverse=True)
    return sorted(made, key=lambda row: (row.place != "全国", row.place == UNKNOWN, row.place))


def places(policies: Sequence[Policy]) -> list[PlaceCount]:
    """The places of the list in its order, each province before its cities, with how many policies hold there."""
    counts: Counter[str] = Counter()
    for row in rows(policies):
        parts = row.place.split("/")
        for depth in range(len(parts)):
            counts["/".join(parts[: depth + 1])] += 1
    return [PlaceCount(place, count, place.count("/")) for place, count in counts.items()]


def newest(policies: Sequence[Policy]) -> list[Row]:
    """The policies with the latest dates; those without a printed date are not among them."""
    dated = [row for row in map(_row, policies) if row.date]
    return sorted(dated, key=lambda row: row.date, reverse=True)[:_NEWEST]


def _row(policy: Policy) -> Row:
    date = next((text for text in (policy.issued, policy.effective) if text and text[:4].isdecimal()), None)
    return Row(
        policy=policy,
        place=place_path(policy),
        level=level_name(policy.jurisdiction.level),
        year=str(policy.year) if policy.year else UNKNOWN,
        genre=policy.genre or UNKNOWN,
        status=status_name(policy),
        date=date or (str(policy.year) if policy.year else ""),
    )
