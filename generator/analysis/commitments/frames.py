"""Whether a quantity is promised, and how: the frame of words round it.

A frame is a small pattern of what stands before a quantity and after it within its segment: 压缩至 | 2个工作日,
| 3个工作日内 | 办结, 不低于 | 95%, 新建 | 20处 | 养老站. Each has a name, shown by `check --explain`. What only describes
(`context`) has none.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from generator.analysis.commitments.context import Context
from generator.analysis.commitments.kinds import FrameKind
from generator.analysis.commitments.patterns import Patterns
from generator.analysis.commitments.quantities import Quantity
from generator.model import Comparator, Dimension, Span

_NEGATED = re.compile("(?:后)?(?:仍)?(?:应当)?(?:不得|无法|未|不能|不再|不予|没有|不)")
_OTHER_TIME = ("后", "前", "以后", "之后", "以来", "的")  # after a time that is not itself promised
_PUBLICITY = re.compile("(?:公示|公告)(?:时间|期|期限)?(?:为|：|期为)?$")
_ENJOYED = re.compile("享受.{0,4}$")
_NOT_A_STEP = re.compile("合并|并联|同步|一并")
_STEPS_ARE = re.compile(
    "(?:只需|仅需|只有|仅|共|实现|做到)[^，]{0,16}$|(?:设置|设定|整合|归并|合并|划分|分)(?:为|成)[^，]{0,40}$|实行$"
)
_DOCUMENTS_ARE = re.compile("(?:只需|仅需|只有|仅|共|合计|提交|提供)$")
_SPENT = re.compile("(?:投入|安排|设立|新增|完成|实现|争取|清理|清偿|拨付|兑现)[^，]{0,14}$")
_FUND = re.compile("的[^，]{0,12}(?:基金|资金)")  # 设立总规模100亿元|的产业基金
_AIMED = re.compile("突破$|力争|争取|确保")
_GIVEN = re.compile("给予|提供|发放|申请|享受|奖励|补[助贴]|资助")
_ADDED = re.compile("(?:新增|新建|建成|增加|形成)[^，、]{1,12}$")
_TO_BE = re.compile("为[^，至到]{0,16}$")
_DISPOSED = re.compile("[^，]*?[对将把]")
_OFFICES = re.compile("部门|部委|单位|[省市县区级国章节]|大类")

# 按0.8元/吨|收取: a price that is set.
_PRICED = re.compile("(?:分别)?(?:按照?|以)[^，]{0,8}$")
_CHARGED = re.compile("(?:的?标准)?(?:计?收取?|征收|缴纳|执行|计费|计征)|$")
_WAIVED = re.compile("(?:减免|免除|免收|免缴|免交|减收|缓缴|缓交|免征|减征|免)$")  # |3个月|租金
_DUES = re.compile("的?[^，、]{0,10}(?:租金|房租|费|税|保险|保证金|利息)")
RANKED = re.compile(
    "(?:进入|进到|跻身|位居|位列|列|居|排名|达到|保持|稳定在)[^，]{0,10}前$"
)  # 进入全国前|20位

_COUNTED_BY_HAN = ("家", "所", "处", "座")  # 一家银行, 两所学校 are counted; 一个窗口 is rhetoric


@dataclass(frozen=True)
class Frame:
    """How a quantity is promised."""

    kind: FrameKind
    comparator: Comparator
    dimension: Dimension
    baseline: float | Span | None = None


@dataclass(frozen=True)
class FrameRules:
    """The frames of the single quantities of one context."""

    context: Context

    def frame(self, number: int) -> Frame | None:
        """The frame of a quantity by the words of its own segment; None where it is not promised."""
        if self.context.is_no_promise(number):
            return None
        quantity = self.context.quantities[number]
        rule = self._by_form.get(quantity.form)
        if rule is not None:
            return rule(number)
        dimension = self.context.dimension(number)
        frame = self._by_dimension[dimension](number)
        return replace(frame, dimension=dimension) if frame else None

    @cached_property
    def _by_form(self) -> Mapping[str, Callable[[int], Frame | None]]:
        return {
            "instant": self._instant,
            "zero": self._zero,
            "once": self._once,
            "free": self._free,
            "no-fee": self._no_fee,
            "paid": self._paid,
            "cadence": self._cadence,
            "clock": self._clock,
            "circle": self._circle,
        }

    @cached_property
    def _by_dimension(self) -> Mapping[str, Callable[[int], Frame | None]]:
        return {
            "time": self._time,
            "steps": self._steps,
            "documents": self._documents,
            "cost": self._cost,
            "ratio": self._ratio,
            "frequency": self._frequency,
            "capacity": self._capacity,
            "count": self._count,
        }

    @property
    def _patterns(self) -> Patterns:
        return self.context.patterns

    # --- limits and changes, of whatever dimension ---------------------------------------------------------

    def _limit(self, number: int) -> Frame | None:
        """不超过, 不低于; 压缩至, 提高至."""
        left, dimension = self.context.left(number), self.context.quantities[number].dimension
        patterns = self._patterns
        if patterns.most.search(left):
            return Frame(FrameKind.AT_MOST, "<=", dimension)
        if patterns.least.search(left) or patterns.at_least_before.search(left):
            return Frame(FrameKind.AT_LEAST, ">=", dimension)
        return self._moved(number)

    def _moved(self, number: int) -> Frame | None:
        """压缩至, 提高至: brought to the quantity."""
        left, dimension = self.context.left(number), self.context.quantities[number].dimension
        if self._patterns.reduced_to.search(left):
            return Frame(FrameKind.REDUCED_TO, "<=", dimension)
        if self._patterns.raised_to.search(left):
            return Frame(FrameKind.RAISED_TO, ">=", dimension)
        return None

    # --- by dimension --------------------------------------------------------------------------------------

    def _time(self, number: int) -> Frame | None:
        quantity, patterns = self.context.quantities[number], self._patterns
        left, right = self.context.left(number), self.context.right(number)
        whole = self.context.whole_left(quantity)
        if quantity.unit == "年":
            return self._years(number)
        if patterns.validity.search(left) and not patterns.benefit.search(whole):
            return None
        limit = self._limit(number)
        if limit and not (limit.comparator == ">=" and quantity.bound == "<="):
            return limit
        if patterns.spans.search(left) or _NEGATED.match(right) or right.startswith(_OTHER_TIME):
            return None
        if quantity.bound == "<=":
            known = left or right or self.context.next_segment(quantity)
            return Frame(FrameKind.WITHIN, "<=", "time") if known else None
        if quantity.bound == ">=" or patterns.experience.search(left):
            return None
        return self._plain_time(quantity, left, right)

    def _plain_time(self, quantity: Quantity, left: str, right: str) -> Frame | None:
        """A time without a bound: 公示7天, 时限为5天, 提前7天, 1天办结."""
        patterns = self._patterns
        if _PUBLICITY.search(left):
            return Frame(FrameKind.PUBLIC_NOTICE, "=", "time")
        if patterns.period_is.search(left) or patterns.period_of.search(left):
            return Frame(FrameKind.TIME_IS, "=", "time")
        if left.endswith("提前"):
            return Frame(FrameKind.EARLIER, "=", "time")
        if _WAIVED.search(left) and _DUES.match(right):
            return Frame(FrameKind.WAIVED_FOR, "=", "time")
        if not right and patterns.period_for.search(left):
            return Frame(FrameKind.TIME_IS, "=", "time")
        in_name = self.context.quoted(quantity) and patterns.names.match(right)
        return Frame(FrameKind.DONE_IN, "=", "time") if patterns.done.match(right) and not in_name else None

    def _years(self, number: int) -> Frame | None:
        """Years are promised only of a benefit, or where something is done within them: 享受不超过3年的社保补贴."""
        quantity, patterns = self.context.quantities[number], self._patterns
        left, right = self.context.left(number), self.context.right(number)
        limit = self._limit(number)
        if limit and patterns.benefit.search(self.context.whole_left(quantity) + right):
            return limit
        if patterns.spans.search(left) or right.startswith(_OTHER_TIME):
            return None
        if quantity.bound == "<=":
            return Frame(FrameKind.WITHIN, "<=", "time") if patterns.done.match(right) else None
        return (
            Frame(FrameKind.ENJOYED_FOR, "=", "time")
            if not quantity.bound and _ENJOYED.search(left)
            else None
        )

    def _steps(self, number: int) -> Frame | None:
        left, right = self.context.left(number), self.context.right(number)
        frame = self._limit(number)
        if frame:
            return frame if frame.comparator == "<=" else None
        if _NOT_A_STEP.match(right):
            return None
        if _STEPS_ARE.search(left) or self._patterns.done.match(right):
            return Frame(FrameKind.STEPS_ARE, "=", "steps")
        if left.endswith("取消"):
            return Frame(FrameKind.ABOLISHED, "=", "steps")
        return (
            Frame(FrameKind.CHANGED_BY, "change", "steps") if self._patterns.changed_by.search(left) else None
        )

    def _documents(self, number: int) -> Frame | None:
        left = self.context.left(number)
        frame = self._limit(number)
        if frame:
            return frame if frame.comparator == "<=" else None
        if _DOCUMENTS_ARE.search(left):
            return Frame(FrameKind.DOCUMENTS_ARE, "=", "documents")
        return (
            Frame(FrameKind.CHANGED_BY, "change", "documents")
            if self._patterns.changed_by.search(left)
            else None
        )

    def _cost(self, number: int) -> Frame | None:
        quantity, patterns = self.context.quantities[number], self._patterns
        left, right = self.context.left(number), self.context.right(number)
        benefit = patterns.benefit.search(self.context.whole_left(quantity) + right)
        frame = None if patterns.own.search(left) else self._limit(number)
        if frame and (frame.kind != FrameKind.AT_LEAST or not right.startswith("的")):
            return frame
        if patterns.own.search(left) or (right.startswith("的") and not benefit and not _FUND.match(right)):
            return None
        sized = self.context.flow.text.endswith(("以上", "以下", "及以内"), 0, quantity.stop)
        if sized and right.startswith("的") and not _GIVEN.search(left):
            return None  # 1000万元以下的小微企业贷款
        if (
            "/" in (quantity.unit or "")
            and _PRICED.search(self.context.whole_left(quantity)[-24:])
            and _CHARGED.match(right)
        ):
            return Frame(FrameKind.PRICE_IS, "=", "cost")
        aimed = self.context.due_span(quantity) or _AIMED.search(left)
        if patterns.over.search(left) and aimed:
            return Frame(FrameKind.OVER, ">", "cost")
        if quantity.bound == "<=" and patterns.fees.search(left):
            return Frame(FrameKind.WITHIN, "<=", "cost")
        if benefit:
            return Frame(FrameKind.SUBSIDY, by_bound(quantity), "cost")
        if patterns.payer.search(right + self.context.next_segment(quantity)):
            return Frame(FrameKind.PAID_FOR, "=", "cost")
        spent = _SPENT.search(left) and (not right.startswith("的") or _FUND.match(right))
        return Frame(FrameKind.SPENT, by_bound(quantity), "cost") if spent else None

    def _ratio(self, number: int) -> Frame | None:
        quantity, patterns = self.context.quantities[number], self._patterns
        left, right = self.context.left(number), self.context.right(number)
        if quantity.change or patterns.changed_by.search(left):
            return Frame(FrameKind.CHANGED_BY, "change", "ratio")
        if quantity.unit in ("个百分点", "倍"):
            return None
        frame = self._limit(number)
        if frame:
            return frame
        if patterns.over.search(left):
            return Frame(FrameKind.OVER, ">", "ratio")
        if patterns.under.search(left):
            return Frame(FrameKind.UNDER, "<", "ratio")
        if quantity.bound in ("<=", ">="):
            return Frame(
                FrameKind.OR_MORE if quantity.bound == ">=" else FrameKind.OR_LESS,
                by_bound(quantity),
                "ratio",
            )
        if not self.context.whole_left(quantity) and not right:
            return None
        if patterns.benefit.search(right) or patterns.benefit.search(left):
            return Frame(FrameKind.IN_PROPORTION, "=", "ratio")
        return Frame(
            FrameKind.RATE_IS if patterns.rates.search(left[-6:]) else FrameKind.SHARE_IS, "=", "ratio"
        )

    def _frequency(self, number: int) -> Frame | None:
        quantity = self.context.quantities[number]
        slogan = quantity.han and self.context.quoted(quantity)  # “二次失信”
        return None if slogan else self._limit(number)

    def _capacity(self, number: int) -> Frame | None:
        quantity, left = self.context.quantities[number], self.context.left(number)
        if self.context.right(number).startswith("的") or (quantity.bound == "<="):
            return None
        if self._patterns.raised_to.search(left):
            return Frame(FrameKind.RAISED_TO, ">=", "capacity")
        if self._patterns.changed_by.search(left) or _ADDED.search(left):
            return Frame(FrameKind.ADDED, by_bound(quantity), "capacity")
        least = self._patterns.least.search(left) and self.context.due_span(quantity)
        return Frame(FrameKind.AT_LEAST, ">=", "capacity") if least else None

    def _count(self, number: int) -> Frame | None:
        quantity, patterns = self.context.quantities[number], self._patterns
        left, right = self.context.left(number), self.context.right(number)
        if self._counts_nothing(number, quantity, left, right):
            return None
        if RANKED.search(left):
            return Frame(FrameKind.RANK, "<=", "count")
        if patterns.over.search(left):
            return Frame(FrameKind.OVER, ">", "count") if not right.startswith("的") else None
        limit = self._limit(number)
        if limit:
            exact = (limit.kind == FrameKind.REDUCED_TO and quantity.bound != "<=") or (
                limit.kind == FrameKind.RAISED_TO and not quantity.bound and bool(_TO_BE.search(left))
            )
            return replace(limit, comparator="=") if exact else limit
        return self._counted(quantity, left, right)

    def _counts_nothing(self, number: int, quantity: Quantity, left: str, right: str) -> bool:
        """A number in a title or slogan, of listed things, of what others must have, of what is there already."""
        return (
            quantity.stop <= self.context.flow.title_stop
            or self.context.is_listing(number)
            or (quantity.han and not self._han_counts(quantity, left))
            or bool(self._patterns.own.search(self.context.whole_left(quantity)))
            or right.startswith(("已", "以上的", "以下的"))
            or (left.endswith("等") and bool(_OFFICES.match(right)))
        )

    def _han_counts(self, quantity: Quantity, left: str) -> bool:
        """Han numbers are mostly rhetoric (一个窗口, 三个自动): counted are 确定一家, 新建两所, numbers from 10."""
        if self.context.quoted(quantity):
            return False
        if quantity.unit in _COUNTED_BY_HAN:
            return bool(self._patterns.established.search(left))
        return isinstance(quantity.value, Span) or quantity.value >= 10

    def _counted(self, quantity: Quantity, left: str, right: str) -> Frame | None:
        """新建20处; 将132项纳入; 3—5项指标进入前列; 就业、人才等48项政策，…实现…."""
        patterns, whole = self._patterns, self.context.whole_left(quantity)
        comparator = by_bound(quantity)
        if patterns.establish.search(whole):
            return Frame(FrameKind.DONE_COUNT, comparator, "count")
        if _DISPOSED.match(whole):
            return Frame(FrameKind.HANDLED_COUNT, comparator, "count")
        later = (
            right and left.endswith("等") and patterns.predicate.search(self.context.sentence_after(quantity))
        )
        if later or patterns.predicate.search(right):
            return Frame(FrameKind.REACHED_COUNT, comparator, "count")
        bare = left and not right and self.context.due_span(quantity)
        return Frame(FrameKind.COUNT_IS, comparator, "count") if bare else None

    # --- by form: words that stand for a quantity ----------------------------------------------------------

    def _instant(self, number: int) -> Frame | None:
        right = self.context.right(number)
        named = right.startswith("事项") or self._patterns.names.match(right)
        return None if named else Frame(FrameKind.AT_ONCE, "=", "time")

    def _zero(self, number: int) -> Frame | None:
        quantity, text = self.context.quantities[number], self.context.flow.text
        alternative = text.endswith("或", 0, quantity.start) or text.startswith("或", quantity.stop)
        if alternative or self._patterns.of_name.match(self.context.right(number)):
            return None
        return Frame(FrameKind.NOTHING, "=", quantity.dimension)

    def _once(self, number: int) -> Frame | None:
        """最多跑一次, unless a share is what is promised: 实现90%以上办税事项最多跑一次."""
        before = self.context.quantities[number - 1] if number else None
        segment = self.context.segment(self.context.quantities[number])
        share = before and before.dimension in ("ratio", "count") and before.start >= segment.start
        if share or self._patterns.of_name.match(self.context.right(number)):
            return None
        return Frame(FrameKind.ONE_VISIT, "<=", "frequency")

    def _free(self, number: int) -> Frame | None:
        right = self.context.right(number)
        in_title = self.context.quantities[number].stop <= self.context.flow.title_stop and not right
        alone = not (right or self.context.left(number))
        return (
            None
            if in_title or alone or right.startswith(("的", "或"))
            else Frame(FrameKind.FREE, "=", "cost")
        )

    def _no_fee(self, number: int) -> Frame | None:
        open_ended = self.context.right(number).startswith(("或", "的"))
        if open_ended and self.context.quantities[number].unit != "取消":
            return None
        return Frame(FrameKind.NOT_CHARGED, "=", "cost")

    def _paid(self, number: int) -> Frame | None:
        """刻章费用…由政府支付, where no amount is named: the amount says it then."""
        quantity = self.context.quantities[number]
        here = re.split("；", self.context.sentence_before(quantity))[-1]
        for earlier in reversed(self.context.quantities[:number][-4:]):
            if earlier.start >= quantity.start - len(here) and earlier.dimension == "cost":
                return None
        return (
            Frame(FrameKind.PAID_FOR, "=", "cost") if self._patterns.fee_before_payer.search(here) else None
        )

    def _cadence(self, number: int) -> Frame | None:
        return Frame(FrameKind.TIMES_A_PERIOD, by_bound(self.context.quantities[number]), "frequency")

    def _clock(self, number: int) -> Frame | None:
        quantity = self.context.quantities[number]
        named = self._patterns.names.match(self.context.right(number))
        return (
            None
            if named or self.context.whole_left(quantity).endswith("将")
            else Frame(FrameKind.ROUND_THE_CLOCK, "=", "other")
        )

    def _circle(self, _number: int) -> Frame | None:
        return Frame(FrameKind.SERVICE_CIRCLE, "=", "other")


def by_bound(quantity: Quantity) -> Comparator:
    """The comparator that the suffix of a quantity gives: 以上 → >=, 以内 → <=, else =."""
    return ">=" if quantity.bound == ">=" else "<=" if quantity.bound == "<=" else "="
