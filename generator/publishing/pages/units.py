"""The pages of the offices: a page for each that the word list gives one, one for all others, their list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from generator import sitemap
from generator.model import Policy
from generator.publishing.pages.render import Renderer, Written
from generator.views.corpus import Views
from generator.views.descriptions import unit_description
from generator.views.lists import excerpt
from generator.views.units import ROLES, Office, Task, unit_id

_ByRole = list[tuple[str, str, int, list[tuple[Policy, list[Task]]]]]


def pages(views: Views, render: Renderer) -> Iterator[Written]:
    """The page of every office, that of the others, and the list."""
    offices = views.offices
    for office in offices.paged:
        yield render.page(
            sitemap.UNIT,
            office.page or "",
            office=office,
            description=unit_description(office),
            tasks_by_role=_by_role(office, views.policies),
            excerpt=excerpt,
        )
    yield render.page(
        sitemap.UNITS,
        groups=offices.groups,
        paged=len(offices.paged),
        others=len(offices.others),
        policies=len(views.policies),
        roles=ROLES,
    )
    yield render.page(
        sitemap.OTHER_UNITS,
        others=[(one, unit_id(one.name), _by_role(one, views.policies)) for one in offices.others],
        excerpt=excerpt,
    )


def _by_role(office: Office, policies: Mapping[str, Policy]) -> _ByRole:
    """What an office must do: role and its name, the number of tasks, and the tasks by policy; empty roles left out."""
    return [
        (
            role,
            name,
            len(office.of_role(role)),
            [(policies[id_], tasks) for id_, tasks in office.by_policy(role)],
        )
        for role, name in ROLES.items()
        if office.of_role(role)
    ]
