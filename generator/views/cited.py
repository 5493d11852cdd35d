"""A clause as other pages name it: all they need to cite it and lead to it, and nothing of its text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from generator.model import Address, Clause, Eid, Policy


@dataclass(frozen=True)
class CitedClause:
    """A clause by policy and anchor, with the name of its policy and how it is cited within it."""

    policy: str
    name: str  # of the policy
    anchor: Eid
    path: str  # 第十五条第二款

    @property
    def url(self) -> str:
        """Where it is, relative to the root of the site."""
        return Address(self.policy, self.anchor).url


class Citer:
    """Cites the clauses of some policies on other pages than their own."""

    def __init__(self, policies: Iterable[Policy]) -> None:
        self._names = {policy.id: policy.name for policy in policies}

    def cited(self, clause: Clause) -> CitedClause:
        """A clause as other pages name it."""
        return CitedClause(clause.policy, self._names[clause.policy], clause.anchor, clause.path)


def by_policy(clauses: Iterable[CitedClause]) -> list[tuple[CitedClause, ...]]:
    """Clauses by the policy they stand in; policies and clauses in the order they first come in."""
    order: dict[str, int] = {}
    listed = list(clauses)
    for one in listed:
        order.setdefault(one.policy, len(order))
    listed.sort(key=lambda one: order[one.policy])
    return [tuple(group) for _, group in groupby(listed, key=lambda one: one.policy)]
