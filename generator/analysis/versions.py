"""The versions of a work: policies of one title for one place, and which of them holds on a day (CONTRACT.md, Versions).

A version is dated by what its own text prints: when it was adopted and amended, issued, in force from. The latest
of these days is the day from which its text is the one that holds. Nothing is guessed: of versions that print no
day, or the same one, none is the newer.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from generator.files.dates import is_iso_date
from generator.model import Policy
from generator.parsing.dates import iso_dates

_DRAFT = re.compile("稿|草案")


def is_draft(policy: Policy) -> bool:
    """Whether a policy is a draft: 讨论稿, 征求意见稿, 草案. It is no version in force, and repeals nothing yet."""
    return bool(policy.status and _DRAFT.search(policy.status))


def printed_days(policy: Policy) -> list[str]:
    """The days that a policy prints of itself, as ISO dates in order: adopted, amended, issued, in force from."""
    history = (matter.text for matter in policy.front if matter.role == "adoption")
    days = [day for text in history for day in iso_dates(text)]
    known = (policy.issued, policy.effective)
    return sorted({day for day in (*days, *known) if day and is_iso_date(day)})


def version_day(policy: Policy) -> str | None:
    """The day from which a policy's text is the one that holds; None where it prints no day."""
    return max(printed_days(policy), default=None)


def version_on(versions: Sequence[Policy], day: str | None) -> Policy | None:
    """Which of several versions a text of that day means: the one that holds then; the newest where `day` is None.

    A draft, and a version that an editor declares repealed by then, count only where there is nothing else. Of
    versions that are all later the first is meant. None where a version prints no day, or two the same one.
    """
    standing = [one for one in versions if not _is_past(one, day)] or list(versions)
    known = [one for one in standing if not is_draft(one)] or standing
    dated = sorted(((version_day(one) or "", one.id, one) for one in known), key=lambda one: one[:2])
    days = [found for found, *_ in dated]
    if len(dated) > 1 and (not all(days) or len(set(days)) < len(days)):
        return None
    holding = [one for found, _, one in dated if day is None or found <= day]
    return holding[-1] if holding else dated[0][2]


def version_before(versions: Sequence[Policy], policy: Policy) -> Policy | None:
    """The version before one of several; None where the days they print do not tell."""
    own = version_day(policy)
    earlier = [one for one in versions if one is not policy and (version_day(one) or "") < (own or "")]
    undated = any(version_day(one) is None for one in versions)
    return None if undated or not earlier else version_on(earlier, None)


def _is_past(policy: Policy, day: str | None) -> bool:
    """Whether a policy is declared repealed by a day; `None`: by now."""
    if policy.repealed is None:
        return False
    return day is None or (policy.repealed.date is not None and policy.repealed.date <= day)
