"""What each office must do, across policies: the pages of units/.

An office has a page of its own where the taxonomy declares one (`pages` in units.yml): its address is a promise and
depends neither on the order of the corpus nor on how an office is printed. All others stand on one page, each under
its name. Lead, responsibility and support are told apart, and what was printed is shown where it is another name.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from generator import sitemap
from generator.model import Clause, Corpus, Due, Responsibility, Unit
from generator.vocabulary.units import Units

ROLES: Mapping[str, str] = {"lead": "牵头", "responsible": "责任", "supporting": "配合"}
"""The roles an office can have in a clause, and how a reader is told."""


@dataclass(frozen=True)
class Task:
    """A clause that gives an office something to do, in one role."""

    clause: Clause
    role: str
    printed: tuple[str, ...]  # the names it is printed under there, as a rule one
    due: Due | None
    leads: tuple[Unit, ...]  # who leads, where the office itself does not


@dataclass(frozen=True)
class Office:
    """An office by its normal name, with all it must do, in the order of the corpus."""

    name: str
    page: str | None  # the id of its own page
    collective: bool  # stands for nobody in particular: 各区政府
    tasks: tuple[Task, ...]

    @property
    def url(self) -> str:
        """Where it is, relative to the root of the site."""
        return _url(self.name, self.page)

    @property
    def count(self) -> int:
        """How many clauses name it; a clause that names it in two roles counts once."""
        return len({(task.clause.policy, task.clause.anchor) for task in self.tasks})

    @cached_property
    def printed(self) -> Sequence[tuple[str, int]]:
        """The names it is printed under, with the number of clauses of each, the most frequent first."""
        counts: Counter[str] = Counter()
        seen = {
            (name, task.clause.policy, task.clause.anchor) for task in self.tasks for name in task.printed
        }
        order = list(dict.fromkeys(name for task in self.tasks for name in task.printed))
        counts.update(name for name, _, _ in seen)
        return sorted(counts.items(), key=lambda item: (-item[1], order.index(item[0])))

    def of_role(self, role: str) -> list[Task]:
        """What it must do in one role."""
        return [task for task in self.tasks if task.role == role]

    def by_policy(self, role: str) -> list[tuple[str, list[Task]]]:
        """The same by the id of the policy."""
        tasks = self.of_role(role)
        return [(id_, list(group)) for id_, group in groupby(tasks, key=lambda task: task.clause.policy)]


class Offices:
    """All offices that the clauses of a corpus name."""

    def __init__(self, corpus: Corpus, units: Units) -> None:
        self._units = units
        tasks: defaultdict[str, list[Task]] = defaultdict(list)
        for policy in corpus.policies:
            for clause in policy.clauses:
                analysis = corpus.analysis(clause)
                for name, task in _tasks(clause, analysis.responsibility, analysis.due):
                    tasks[name].append(task)
        self._offices = {
            name: Office(name, units.page_ids.get(name), units.is_collective(name), tuple(own))
            for name, own in tasks.items()
        }

    @property
    def groups(self) -> list[tuple[str, list[Office]]]:
        """The offices with a page, in the groups and the order of the taxonomy; those that are named nowhere left out."""
        found = [
            (group, [self._offices[name] for name in ids if name in self._offices])
            for group, ids in self._units.pages.items()
        ]
        return [(group, offices) for group, offices in found if offices]

    @property
    def paged(self) -> list[Office]:
        """The offices with a page of their own."""
        return [office for _, offices in self.groups for office in offices]

    @property
    def others(self) -> list[Office]:
        """The offices without one: first those by name, then those that stand for nobody in particular."""
        rest = [office for office in self._offices.values() if not office.page]
        return sorted(rest, key=lambda office: (office.collective, -office.count, office.name))

    def office(self, unit: Unit) -> Office:
        """The office that a clause of the corpus names."""
        return self._offices[unit.name]


def office_url(name: str, units: Units) -> str:
    """Where the office of a name is, relative to the root of the site."""
    return _url(name, units.page_ids.get(name))


def _url(name: str, page: str | None) -> str:
    return sitemap.UNIT.url(page) if page else f"{sitemap.OTHER_UNITS.url()}#{unit_id(name)}"


def unit_id(name: str) -> str:
    """The id of an office on the page of those without one of their own."""
    return f"unit-{name}"


def _tasks(clause: Clause, responsibility: Responsibility, due: Due | None) -> Iterator[tuple[str, Task]]:
    """What a clause gives to whom: the normal name of an office, and its task."""
    for role in ROLES:
        printed: defaultdict[str, list[str]] = defaultdict(list)
        for unit in getattr(responsibility, role):
            printed[unit.name].append(unit.printed)
        for name, names in printed.items():
            leads = () if role == "lead" else tuple(one for one in responsibility.lead if one.name != name)
            yield name, Task(clause, role, tuple(dict.fromkeys(names)), due, leads)
