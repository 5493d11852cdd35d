"""The page of deadlines: all that policies name, in the order of time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial

from generator import sitemap
from generator.model import Policy
from generator.publishing.pages.render import Renderer, Written
from generator.views.corpus import Views
from generator.views.due import Deadline, deadlines_by_policy, months, names_a_day, undated, years
from generator.views.lists import excerpt
from generator.views.units import ROLES, office_url


def pages(views: Views, render: Renderer) -> Iterator[Written]:
    """The timeline."""
    deadlines = [one for found in views.deadlines.values() for one in found]
    yield render.page(
        sitemap.DUE,
        count=len(deadlines),
        years=[
            (year, [(month, _grouped(month.deadlines, views.policies)) for month in members])
            for year, members in years(months(deadlines))
        ],
        undated=[(text, len(found), _grouped(found, views.policies)) for text, found in undated(deadlines)],
        calendars=[
            (policy, sitemap.calendar_file(policy.id))
            for policy in views.corpus.policies
            if names_a_day(views.deadlines[policy.id])
        ],
        roles=ROLES,
        excerpt=excerpt,
        office_url=partial(office_url, units=views.words.units),
    )


def _grouped(
    deadlines: Iterable[Deadline], policies: Mapping[str, Policy]
) -> list[tuple[Policy, list[Deadline]]]:
    return [(policies[id_], found) for id_, found in deadlines_by_policy(deadlines)]
