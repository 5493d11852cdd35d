"""Why a clause is analysed as it is, in lines for a person: `check --explain`."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from generator.analysis import EDITOR, Explanation, Score
from generator.analysis.commitments import Match
from generator.cells import shown
from generator.model import Due, Responsibility, Span, Unit
from generator.views.phrases import DIMENSION_NAMES
from generator.vocabulary.indicators import Taxonomy

_ROLES = MappingProxyType({"primary": "主要", "secondary": "相关", None: "未达到"})
_COMPARATORS = MappingProxyType({"<=": "≤", ">=": "≥", "change": "增减"})


def explanation_lines(explanation: Explanation, taxonomy: Taxonomy) -> Iterator[str]:
    """The indicators with the points of each reason, the responsibility, the due date, the commitments by frame."""
    clause = explanation.clause
    yield f"{clause.policy}#{clause.anchor} {clause.label or ''}{clause.title or ''}".rstrip()
    yield "指标："
    yield from _indicator_lines(explanation, taxonomy)
    yield from _responsibility_lines(explanation.analysis.responsibility, explanation.analysis.due)
    yield "量化承诺：" if explanation.matches else "量化承诺：无"
    for match in explanation.matches:
        yield from _commitment_lines(match)
    if explanation.unpromised:
        yield f"有数字而不是承诺：{'、'.join(explanation.unpromised)}"


def _indicator_lines(explanation: Explanation, taxonomy: Taxonomy) -> Iterator[str]:
    decided = explanation.analysis.indicators
    if decided and decided[0].evidence[0].startswith(EDITOR):
        names = "、".join(f"{taxonomy.indicator(one.id).name}（{_ROLES[one.role]}）" for one in decided)
        yield f"  说明文件写定：{names}，{decided[0].evidence[0]}"
    if not explanation.scores:
        yield "  没有指标的词"
    for score in explanation.scores:
        yield f"  {taxonomy.indicator(score.indicator).name}（{score.indicator}）{_ROLES[score.role]}，{score.total:g} 分"
        yield from _points(score)


def _points(score: Score) -> Iterator[str]:
    for reason, points in score.points:
        yield f"    {points:g} {reason}"


def _responsibility_lines(responsibility: Responsibility, due: Due | None) -> Iterator[str]:
    parts = [
        f"{role} {_units(units)}"
        for role, units in (
            ("牵头", responsibility.lead),
            ("责任", responsibility.responsible),
            ("配合", responsibility.supporting),
        )
        if units
    ]
    yield f"责任：{'；'.join(parts) or '未载明'}"
    yield f"时限：{due.text}（{due.date or '没有确切日期'}）" if due else "时限：未载明"


def _units(units: tuple[Unit, ...]) -> str:
    return "、".join(
        unit.printed if unit.printed == unit.name else f"{unit.printed}（{unit.name}）" for unit in units
    )


def _commitment_lines(match: Match) -> Iterator[str]:
    one = match.commitment
    sign = _COMPARATORS.get(one.comparator, one.comparator)
    parts = [f"{DIMENSION_NAMES[one.dimension]} {sign} {_value(one.value)}{one.unit or ''}"]
    parts += [f"原为 {_value(one.baseline)}"] if one.baseline is not None else []
    parts += [f"到期 {one.due}"] if one.due else []
    parts += [f"范围 {one.scope}"] if one.scope else []
    yield f"  {one.subject}：{'，'.join(parts)}；句式“{match.frame.value}”"
    yield f"    “{shown(one.quote)}”"
    for part, source in match.evidence:
        yield f"    {part}：{shown(source)}"


def _value(value: float | Span) -> str:
    return f"{value.min:g}—{value.max:g}" if isinstance(value, Span) else f"{value:g}"
