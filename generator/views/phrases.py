"""How a commitment is said in a table: 不超过2个工作日, 即时, 免费, 提高5%, 1–3个."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from generator.model import Commitment, Dimension, Span
from generator.vocabulary.commitments import CommitmentWords

DIMENSION_NAMES: dict[Dimension, str] = {
    "time": "时限",
    "steps": "环节",
    "documents": "材料",
    "cost": "成本",
    "ratio": "比率",
    "count": "数量",
    "frequency": "次数",
    "capacity": "容量",
    "other": "其他",
}
COMPARATOR_NAMES = {"<=": "不超过", ">=": "不低于", "=": "等于", "<": "低于", ">": "超过", "change": "增减"}
KIND_NAMES = {"target": "目标", "statutory": "法定"}

# Units that are counted with 个 between number and unit.
_COUNTED = frozenset({"工作日", "自然日", "日历日", "小时", "星期", "环节", "步骤", "流程"})
_FLOOR = {"<=": "不超过", "<": "不到", ">": "超过", "=": ""}


@dataclass(frozen=True)
class Phrases:
    """Says commitments in Chinese. `words` are those by which they were found."""

    words: CommitmentWords

    @cached_property
    def _verb(self) -> re.Pattern[str]:
        return re.compile(self.words.any_of("verbs.reduce", "verbs.raise", "verbs.change"))

    def value(self, commitment: Commitment) -> str:
        """What is promised: comparator, number and unit, or the words that stand for a number (即时, 免费)."""
        said = _of(commitment, commitment.value)
        if is_worded(commitment):
            return said
        if commitment.comparator == "change":
            verbs = self._verb.findall(commitment.quote)
            return f"{verbs[-1] if verbs else COMPARATOR_NAMES['change']}{said}"
        if commitment.comparator == ">=":
            return f"{'不少于' if commitment.dimension in ('count', 'time', 'frequency') else '不低于'}{said}"
        if isinstance(commitment.value, Span):
            return said
        return f"{_FLOOR[commitment.comparator]}{said}"

    def notes(self, commitment: Commitment, subject: str = "", *, among_others: bool = False) -> list[str]:
        """What goes with it: what it was before, by when, and what it is limited to.

        What the name of its `subject` says already is left out. One of several on the same subject (`among_others`)
        that has no limit says with its own words what it is about.
        """
        before = None
        if commitment.baseline is not None:
            before = f"原{_of(commitment, commitment.baseline)}"
        about = commitment.scope or (commitment.subject if among_others else None)
        if about and about in subject:
            about = None
        return [note for note in (before, commitment.due, about) if note]


def is_worded(commitment: Commitment) -> bool:
    """Whether words stand for the number: 即时 is time 0, 免费 cost 0; the words are then the unit."""
    return _is_worded(commitment.value, commitment.unit, commitment.quote)


def _of(commitment: Commitment, value: float | Span) -> str:
    """A value of a commitment with its unit; steps that are counted with 个 alone are said to be steps."""
    said = amount(value, commitment.unit, commitment.quote)
    return f"{said}环节" if commitment.dimension == "steps" and commitment.unit == "个" else said


def amount(value: float | Span, unit: str | None, quote: str) -> str:
    """A number with its unit; for a nought that the quote says in words, the words."""
    unit = unit or ""
    if _is_worded(value, unit, quote):
        return unit
    said = f"{number(value.min)}–{number(value.max)}" if isinstance(value, Span) else number(value)
    return f"{said}{'个' if unit in _COUNTED else ''}{unit}"


def number(value: float) -> str:
    """A number as one writes it: 0.5, 2, 50万, 15亿."""
    for size, name in ((1e8, "亿"), (1e4, "万")):
        if value >= size and value % (size / 100) == 0:
            return f"{_plain(value / size)}{name}"
    return _plain(value)


def _plain(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")


def _is_worded(value: float | Span, unit: str | None, quote: str) -> bool:
    return value == 0 and bool(unit) and not re.search(rf"[0０零〇]\s*个?{re.escape(unit or '')}", quote)
