"""Anchors that moved: what editors declare in `moved:` and `former_ids:`, held against the corpus.

A published anchor is a promise (CONTRACT.md, Anchors). One that no clause has any more says where its text went; within its
policy it becomes an alias of the clause that has the text now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from generator.model import Address, Clause, Eid, Moved, Policy, Problem

_Moves = Mapping[Address, Moved]


def settle_moves(
    policies: Sequence[Policy], lacking: Callable[[str], bool] = lambda _: False
) -> tuple[list[Policy], list[Problem]]:
    """The policies with every move led to its end and the aliases it leaves, and the faults in the declarations.

    A move may lead to an anchor that moved again. Faults: an anchor that a clause still has, one declared twice, a
    target that is nowhere, moves in a circle, a former id that is in use. `lacking` says of a policy id whether that
    policy is only missing because of a fault of its own: a move to it is no fault, and leads nowhere for now.
    """
    living = {
        Address(policy.id, anchor)
        for policy in policies
        for clause in policy.clauses
        for anchor in (clause.anchor, *clause.aliases)
    } | {Address(policy.id) for policy in policies}
    problems = _former_ids(policies)
    moves: dict[Address, Moved] = {}
    for policy in policies:
        for moved in policy.moved:
            address = Address(policy.id, moved.anchor)
            if address in living:
                problems.append(_problem(moved, f"{address} 仍是一条条文的锚点，不能写成已经移走。"))
            elif address in moves:
                problems.append(_problem(moved, f"{address} 写了不止一次。"))
            else:
                moves[address] = moved
    ends: dict[Address, Address | None] = {}
    for address, moved in moves.items():
        end = _end(moved, moves)
        if end is None or end in living:
            ends[address] = end
        elif not lacking(end.policy):
            advice = "请写现有的锚点：同一政策的写锚点，别的政策的写“政策编号#锚点”。"
            problems.append(_problem(moved, f"{address} 移到的 {moved.to} 不存在。", advice))
    return [_settled(policy, ends) for policy in policies], problems


def _end(moved: Moved, moves: _Moves) -> Address | None:
    """Where a chain of moves ends; None for a deleted text. A circle ends at the address it comes back to."""
    seen: set[Address] = set()
    target = moved.to
    while target is not None and target in moves and target not in seen:
        seen.add(target)
        target = moves[target].to
    return target


def _settled(policy: Policy, ends: Mapping[Address, Address | None]) -> Policy:
    """A policy whose moves lead to their ends, with the aliases of those that stay on its page."""
    if not policy.moved:
        return policy
    moved = tuple(
        replace(one, to=ends[Address(policy.id, one.anchor)])
        for one in policy.moved
        if Address(policy.id, one.anchor) in ends
    )
    arrivals: defaultdict[str, list[Eid]] = defaultdict(list)
    for one in moved:
        if one.to is not None and one.to.policy == policy.id and one.to.anchor is not None:
            arrivals[one.to.anchor].append(one.anchor)
    return replace(
        policy, moved=moved, clauses=tuple(_with_aliases(clause, arrivals) for clause in policy.clauses)
    )


def _with_aliases(clause: Clause, arrivals: Mapping[str, Sequence[Eid]]) -> Clause:
    more = [old for anchor in (clause.anchor, *clause.aliases) for old in arrivals.get(anchor, ())]
    return replace(clause, aliases=(*clause.aliases, *more)) if more else clause


def _former_ids(policies: Sequence[Policy]) -> list[Problem]:
    """Former ids that are another policy's, now or before."""
    problems: list[Problem] = []
    taken = {policy.id for policy in policies}
    for policy in policies:
        for former in policy.former_ids:
            if former in taken:
                message = f"政策 {policy.id} 的旧编号 {former} 已是另一份政策的编号。"
                problems.append(Problem(policy.source.path, policy.place.first_line, message))
            taken.add(former)
    return problems


def _problem(moved: Moved, message: str, advice: str = "") -> Problem:
    return Problem(moved.place.file, moved.place.first_line, message, advice)
