"""The kind of day a time counts, and a rule said once for a whole document (CONTRACT.md, Indicators).

3天（工作日，下同）: every 天 of the document is a working day. 以下均为工作日, 本条例规定的期限以工作日计算: every 天 and 日.
“五日”、“七日”的规定是指工作日: those alone. Nothing is said of a 天 that no rule covers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.model import Clause, Day, Span
from generator.parsing.numerals import AMOUNT, to_number

_KINDS: dict[str, Day] = {"工作日": "working", "自然日": "calendar", "日历日": "calendar"}
_HOURS = frozenset(("小时", "分钟", "秒钟", "秒"))
_DAYS = frozenset(("天", "日"))
_KIND = "(?P<kind>工作日|自然日|日历日)"
# 3天（工作日，下同）
_AFTER_AMOUNT = re.compile(
    rf"(?:{AMOUNT})个?(?P<unit>天|日)(?:之?内|以内)?[（(](?P<said>[^（）()]{{0,8}}?{_KIND}[^（）()]{{0,12}}?下同[^（）()]{{0,6}})[）)]"
)
# 以下均为工作日; 本措施所称“日”指工作日; 规定的期限以工作日计算; （以下时限均指工作日）
_FOR_ALL = re.compile(
    rf"(?P<said>(?:以下|下同|除[^，。；]{{1,16}}外，|本[^，。；（）]{{1,12}}|上述|所[称指]|文中|其中|涉及|期限|时限|时间|“[日天]”)[^，。；（）()\d]{{0,20}}?(?:均?[为指]|均?是指?|均?以|均?按照?|计算)(?:均|为|指|是)?{_KIND}(?:计算|计|为准)?)(?!内|以内|办)"
)
# “五日”、“七日”的规定是指工作日
_NAMED = re.compile(
    rf"(?P<named>(?:[“\"][^”\"]{{1,8}}[日天][”\"][、和及]?){{1,8}})(?:的)?规?定?(?:均?是?指|均?为|以){_KIND}"
)


@dataclass(frozen=True)
class DayRule:
    """A rule of a document. `unit`: of which unit, or None for days of any; `values`: of which numbers, or None for all."""

    day: Day
    said: str
    anchor: str
    unit: str | None = None
    values: frozenset[float] | None = None

    def covers(self, unit: str, value: float | Span) -> bool:
        """Whether a time of this many days is under the rule."""
        if self.unit is not None and unit != self.unit:
            return False
        return self.values is None or value in self.values


def day_rules(clauses: Iterable[Clause]) -> tuple[DayRule, ...]:
    """The rules that the clauses of a policy say, in their order. Linear in the length of the text."""
    return tuple(rule for clause in clauses for rule in _rules(clause))


def _rules(clause: Clause) -> Iterator[DayRule]:
    text = clause.wording
    if "工作日" not in text and "自然日" not in text and "日历日" not in text:
        return
    plain = "".join(text.split())
    for match in _NAMED.finditer(plain):
        numbers = [
            to_number(one) for one in re.findall(r"[“\"]([^”\"日天]{1,6})个?[日天][”\"]", match["named"])
        ]
        known = frozenset(one for one in numbers if one is not None)
        if known:
            yield DayRule(_KINDS[match["kind"]], match[0], clause.anchor, None, known)
            return
    for match in _AFTER_AMOUNT.finditer(plain):
        yield DayRule(_KINDS[match["kind"]], match["said"], clause.anchor, match["unit"])
    for match in _FOR_ALL.finditer(plain):
        yield DayRule(_KINDS[match["kind"]], match["said"], clause.anchor)


def day_of(
    unit: str | None, value: float | Span, beside: str, rules: Iterable[DayRule]
) -> tuple[Day | None, str | None]:
    """The kind of day of a time, and the rule that says it where the unit does not.

    `beside` is what the bracket right after it says: 3天（自然日）. (None, None) where nothing says it.
    """
    if unit in _HOURS:
        return "hour", None
    if unit in _KINDS:
        return _KINDS[unit], None
    if unit not in _DAYS:
        return None, None
    own = re.search(_KIND, beside)
    if own:
        return _KINDS[own["kind"]], beside
    rule = next((one for one in rules if one.covers(unit, value)), None)
    return (rule.day, rule.said) if rule else (None, None)
