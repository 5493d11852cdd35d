"""How a commitment is said in a table: 不超过2个工作日, 即时, 免费, 提高5%, 1–3个."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from generator.analysis.commitments import FORCE_NAMES
from generator.model import Commitment, Dimension, Policy, Span
from generator.views.lists import DRAFTS
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
        """What is promised: comparator, number and unit, or the words that stand for a number (即时, 免费).

        With it goes what the text says elsewhere of its days (5天（原文：工作日，下同）), and that it is approximate.
        """
        said = self._bound(commitment)
        if commitment.day_said:
            said = f"{said}（原文：{commitment.day_said}）"
        if commitment.approximate:
            said = f"{'约' if commitment.comparator in ('=', 'change') else '原则上'}{said}"
        return said

    def _bound(self, commitment: Commitment) -> str:
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

    def marks(self, commitment: Commitment, policy: Policy | None = None) -> list[str]:
        """What makes it less, or other, than a promise: 法定, 鼓励、力争, 预期; that it stands in a draft."""
        marks = [] if commitment.force == "promise" else [FORCE_NAMES[commitment.force]]
        if commitment.kind == "statutory" and commitment.force != "statutory":
            marks.append(KIND_NAMES["statutory"])
        if policy is not None and policy.status in DRAFTS:
            marks.append(policy.status)
        return marks

    def notes(self, commitment: Commitment, subject: str = "", *, among_others: bool = False) -> list[str]:
        """What goes with it: what it was before, by when, for whom, under which condition, who pays.

        What the name of its `subject` says already is left out. One of several on the same subject (`among_others`)
        says with its own words what it is about.
        """
        before = f"原{_of(commitment, commitment.baseline)}" if commitment.baseline is not None else None
        payer = (
            f"{commitment.payer}出资"
            if commitment.payer and "出资" not in commitment.payer
            else commitment.payer
        )
        limits = [*_split(commitment.users), *_split(commitment.condition), *_split(commitment.scope)]
        own = [commitment.subject] if among_others else []
        notes = [note for note in (before, commitment.due) if note]
        for note in (*own, *limits, *([payer] if payer else [])):
            if note not in subject and not any(note in other for other in notes):
                notes.append(note)
        return notes


def _split(text: str | None) -> list[str]:
    return text.split("；") if text else []


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
