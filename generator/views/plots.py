"""A subject's promises along one time axis: where every mark of the picture stands.

Places stand in the order of the table, whatever they promise. Working days, calendar days and days of which the text
does not say the kind are drawn along the axis of days, each with a mark of its own, for one cannot be turned into the
other; hours are calendar time. Beside a mark stands for whom it is.
Months have an axis of months. What cannot stand on the axis of the others is named below the picture.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from generator.model import Policy, Span
from generator.views.comparison import Comparison, Promise
from generator.views.phrases import amount, is_worded

FEWEST_PLACES = 3
"""Below that, the table says it better."""

_MOST_TICKS = 6
_LONGEST_USERS = 10  # characters that have room beside a mark

Shape = Literal["workday", "calendar", "day", "month", "hour", "instant"]

# Axis → unit → how much of the axis it is, and its mark. A picture has the first axis that its promises need.
_AXES: Mapping[str, Mapping[str, tuple[float, Shape]]] = MappingProxyType(
    {
        "小时": {"小时": (1, "hour"), "分钟": (1 / 60, "hour"), "秒": (1 / 3600, "hour"), "秒钟": (1 / 3600, "hour")},
        "天": {
            "工作日": (1, "workday"),
            **dict.fromkeys(("自然日", "日历日"), (1, "calendar")),
            **dict.fromkeys(("天", "日"), (1, "day")),
            **dict.fromkeys(("周", "星期"), (7, "calendar")),
            "小时": (1 / 24, "calendar"),
            "分钟": (1 / 1440, "calendar"),
        },
        "个月": {"个月": (1, "month"), "月": (1, "month"), "年": (12, "month")},
    }
)  # fmt: skip


@dataclass(frozen=True)
class Mark:
    """One promise in the picture. `start` and `stop` are in percent of the axis; they differ for a range."""

    policy: Policy
    promise: Promise
    first: bool  # whether it is the first of its policy, beside which the place is named
    shape: Shape
    start: float
    stop: float
    label: str


@dataclass(frozen=True)
class Tick:
    """A point of the axis: where it is, in percent, and its number."""

    at: float
    label: str


@dataclass(frozen=True)
class Plot:
    """The picture of one subject."""

    subject: str
    axis: str  # what the axis counts: 天
    ticks: tuple[Tick, ...]
    marks: tuple[Mark, ...]
    left_out: tuple[Promise, ...]  # promises in units that the axis does not have

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """The marks in use, for the legend."""
        return tuple(dict.fromkeys(mark.shape for mark in self.marks))

    @property
    def mixes_days(self) -> bool:
        """Whether days of more than one kind stand along the axis."""
        return len({"workday", "calendar", "day"} & set(self.shapes)) > 1


def plots(comparison: Comparison) -> list[Plot]:
    """A picture for every shared subject of which it says more than the table.

    That is: the dimension is time, there are at least three places, and they do not all promise the same.
    """
    if comparison.dimension != "time":
        return []
    made = (_plot(subject, list(comparison.of(subject))) for subject in comparison.subjects)
    return [plot for plot in made if plot is not None]


def _plot(subject: str, promised: Sequence[tuple[Policy, Sequence[Promise]]]) -> Plot | None:
    """The picture of a subject, or None where the table says it better."""
    promises = [one for _, some in promised for one in some]
    axis = _axis(promises)
    on_axis = [(policy, [one for one in some if _place(one, axis)]) for policy, some in promised]
    values = {_place(one, axis) for _, some in on_axis for one in some}
    if sum(1 for _, some in on_axis if some) < FEWEST_PLACES or len(values) < 2:
        return None
    longest = max(value[1] for value in values if value)
    if not longest:  # 即时 here, 0个工作日 there: the same
        return None
    ticks = _ticks(longest)
    end = ticks[-1]
    return Plot(
        subject,
        axis,
        tuple(Tick(_percent(tick, end), f"{tick:g}") for tick in ticks),
        tuple(_marks(on_axis, axis, end)),
        tuple(one for one in promises if not _place(one, axis)),
    )


def _axis(promises: Iterable[Promise]) -> str:
    """Hours if all of them are in hours, days if any of them is in days, else months."""
    units = {one.commitment.unit for one in promises if not is_worded(one.commitment)}
    if units and units <= set(_AXES["小时"]):
        return "小时"
    return "天" if units & set(_AXES["天"]) or not units else "个月"


def _place(promise: Promise, axis: str) -> tuple[float, float, Shape] | None:
    """Where a promise begins and ends on an axis, and its mark; None where the axis has no such unit."""
    commitment = promise.commitment
    if is_worded(commitment):
        return 0, 0, "instant"
    if commitment.comparator == "change":
        return None
    known = _AXES[axis].get(commitment.unit or "")
    if known is None:
        return None
    size, shape = known
    if shape == "day" and commitment.day is not None:
        shape = "workday" if commitment.day == "working" else "calendar"
    if isinstance(commitment.value, Span):
        return commitment.value.min * size, commitment.value.max * size, shape
    return commitment.value * size, commitment.value * size, shape


def _marks(on_axis: Iterable[tuple[Policy, Iterable[Promise]]], axis: str, end: float) -> Iterable[Mark]:
    for policy, some in on_axis:
        for number, promise in enumerate(some):
            place = _place(promise, axis)
            assert place is not None
            start, stop, shape = place
            commitment = promise.commitment
            said = amount(commitment.value, commitment.unit, commitment.quote)
            users = (commitment.users or "").split("；")[-1]
            label = f"{said} {users}" if 0 < len(users) <= _LONGEST_USERS else said
            yield Mark(policy, promise, number == 0, shape, _percent(start, end), _percent(stop, end), label)


def _ticks(longest: float) -> list[float]:
    """Round numbers from 0 to at least `longest`: 0, 0.5, 1, 1.5, 2."""
    power = 10 ** math.floor(math.log10(longest))
    step = next(
        step
        for scale in (0.1, 1.0)
        for step in (scale * power, 2 * scale * power, 5 * scale * power)
        if math.ceil(longest / step - 1e-9) < _MOST_TICKS
    )
    return [round(step * count, 6) for count in range(math.ceil(longest / step - 1e-9) + 1)]


def _percent(value: float, end: float) -> float:
    return round(100 * value / end, 2)
