"""Every address that was ever promised, and where it leads now.

An address is policy#anchor. It is living where a clause has the anchor (or an alias of it); it has moved where the
sidecar says where its text went, or where its policy was published under another id.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.model import Address, Clause, Corpus, Moved, Policy


@dataclass(frozen=True)
class Destination:
    """Where an address leads: the policy and the clause that has its text now."""

    address: Address  # as it is written today
    policy: Policy
    clause: Clause | None  # None: the policy as a whole, or a text that was deleted
    moved: bool  # whether it leads elsewhere than it was written
    deleted: bool = False  # the text is no more, and nothing stands for it


class Addresses:
    """The addresses of a corpus."""

    def __init__(self, corpus: Corpus) -> None:
        self._policies = {policy.id: policy for policy in corpus.policies}
        self._formerly = {former: policy for policy in corpus.policies for former in policy.former_ids}
        self._clauses = {policy.id: policy.by_anchor for policy in corpus.policies}
        self._moved: Mapping[str, Mapping[str, Moved]] = {
            policy.id: {one.anchor: one for one in policy.moved} for policy in corpus.policies
        }

    def __iter__(self) -> Iterator[tuple[Address, Clause]]:
        """Every address that has a clause on its own page, aliases included, in the order of the text."""
        for policy, clauses in self._clauses.items():
            for anchor, clause in clauses.items():
                yield Address(policy, anchor), clause

    def moves(self) -> Iterator[tuple[Address, Destination]]:
        """The addresses that lead to another page, or nowhere: declared moves out of a policy."""
        for policy, moved in self._moved.items():
            for anchor in moved:
                address = Address(policy, anchor)
                destination = self.find(address)
                if destination is not None and anchor not in self._clauses[policy]:
                    yield address, destination

    def find(self, address: Address) -> Destination | None:
        """Where an address leads, or None where it was never promised."""
        renamed = address.policy not in self._policies
        policy = self._formerly.get(address.policy) if renamed else self._policies[address.policy]
        if policy is None:
            return None
        here = Address(policy.id, address.anchor)
        if here.anchor is None:
            return Destination(here, policy, None, moved=renamed)
        moved = self._moved[policy.id].get(here.anchor)
        if moved is None:
            clause = self._clauses[policy.id].get(here.anchor)
            return None if clause is None else Destination(here, policy, clause, moved=renamed)
        if moved.to is None:
            return Destination(Address(policy.id), policy, None, moved=True, deleted=True)
        end = self._policies[moved.to.policy]
        clause = self._clauses[end.id].get(moved.to.anchor) if moved.to.anchor else None
        return Destination(moved.to, end, clause, moved=True)

    def anchors(self, policy: str) -> Mapping[str, Clause]:
        """The clauses of a policy by anchor, aliases included; empty for an unknown id."""
        return self._clauses.get(policy, {})
