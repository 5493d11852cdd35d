"""What a page is about, in one sentence of at most 200 characters: for search engines and other programs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from generator.cells import one_line
from generator.model import Policy
from generator.views.units import ROLES, Office
from generator.vocabulary.indicators import Indicator

LONGEST = 200  # characters; what search engines show of a description is shorter
_NAME = 60
_FACT = 30


def policy_description(policy: Policy) -> str:
    """A policy by name, issuer, 文号, status and number of clauses; what is not printed is said to be so."""
    facts = {"发布机关": policy.issuer, "文号": policy.document_number, "状态": policy.status}
    told = "，".join(f"{name}：{clipped(value or '未载明', _FACT)}" for name, value in facts.items())
    return f"{clipped(policy.name, _NAME)}，{told}；原文 {len(policy.clauses)} 条条文，逐条设固定地址。"


def indicator_description(indicator: Indicator, clauses: Mapping[Policy, Sequence[object]]) -> str:
    """An indicator by what it covers, with how many clauses of how many policies belong to it."""
    count = sum(map(len, clauses.values()))
    ending = f"收录 {len(clauses)} 份政策的 {count} 条条文，附归类依据。"
    beginning = f"{indicator.name}：{indicator.description.rstrip('。')}"
    return f"{clipped(beginning, LONGEST - len(ending) - 1)}。{ending}"


def unit_description(office: Office) -> str:
    """An office by name, with how many clauses of how many policies it answers for, and how."""
    told = "，".join(
        f"{name} {len(tasks)} 条" for role, name in ROLES.items() if (tasks := office.of_role(role))
    )
    policies = len({task.clause.policy for task in office.tasks})
    return f"{office.name}部门要做的事：{policies} 份政策的 {office.count} 条条文，{told}，附完成时限和出处。"


def clipped(text: str, length: int) -> str:
    """`text` on one line, a mark between cells, cut at `length` characters with … where it is longer."""
    line = one_line(text)
    return line if len(line) <= length else line[: length - 1] + "…"
