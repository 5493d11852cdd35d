"""Quantities in a text: a number with its unit (3个工作日, 90%以上, 1—2项), or words that stand for one.

Words that stand for a quantity: done at once is a time of 0 (当场办结), free of charge a cost of 0 (零成本, 免费,
取消…费), 最多跑一次 a frequency of at most 1, 每年…一次 a frequency of 1. Whether a quantity is promised is not said
here: `frames` judges that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from generator.analysis.commitments.flow import Flow
from generator.model import Dimension, Span
from generator.parsing.numerals import AMOUNT, HAN_DIGITS, fraction, to_number
from generator.vocabulary.commitments import CommitmentWords

Form = Literal["number", "instant", "zero", "once", "free", "no-fee", "paid", "cadence", "clock", "circle"]

_RANGE = "[-—–~～至到]+"
_LONGEST_PERIOD = 12  # characters of 每[二到三年]
_LONGEST_LIST = 80  # characters of what is named after 取消
# Suffixes of a number, and the side of it they bound.
_SUFFIX = r"(?P<suffix>及?以上|及?以下|以内|之内|内(?![容部外涵陆设])|左右|上下)"
_BOUNDS = {"以上": ">=", "以下": "<=", "以内": "<=", "之内": "<=", "内": "<=", "左右": "~", "上下": "~"}


@dataclass(frozen=True)
class Quantity:
    """A quantity at text[start:stop] of a flow, its suffix (以内, 以上) included."""

    start: int
    stop: int
    value: float | Span
    unit: str | None
    dimension: Dimension
    form: Form = "number"
    bound: str = ""  # "<=", ">=" or "~" (左右), by the suffix
    han: bool = False  # whether the number is in Han characters
    change: bool = False  # whether it can only be a change: 翻一番
    what: str | None = None  # what costs nothing, where the words say it: 取消[投标保证金]

    @property
    def span(self) -> tuple[int, int]:
        """Where it stands."""
        return self.start, self.stop


@dataclass(frozen=True)
class QuantityFinder:
    """Finds the quantities of a flow, by the words of the taxonomy. Make one and use it for many clauses."""

    words: CommitmentWords

    def find(self, flow: Flow) -> list[Quantity]:
        """The quantities of a flow, in order; of two that overlap the one that begins first, then the longer.

        Linear in the length of the text.
        """
        found = sorted(
            (*self._numbers(flow.text), *self._words(flow.text)), key=lambda one: (one.start, -one.stop)
        )
        kept: list[Quantity] = []
        for quantity in found:
            if kept and quantity.start < kept[-1].stop:
                continue
            if (
                kept
                and kept[-1].form == "instant"
                and quantity.start == kept[-1].stop
                and (quantity.form == "number" and quantity.dimension == "time")
            ):
                kept.pop()  # 即来即办1个小时: the hour counts
            kept.append(quantity)
        return _shared_units(flow.text, kept)

    # --- numbers with units --------------------------------------------------------------------------------

    @cached_property
    def _number(self) -> re.Pattern[str]:
        """5个工作日内, 5—10个工作日, 6%-10%, 3万人, 90%以上; a number with 万 may do without a unit (4万以上)."""
        units = [unit for unit in self.words.unit_dimensions if unit != "月"]
        names = "|".join(map(re.escape, sorted(units, key=lambda unit: (-len(unit), unit))))
        unit = f"(?!{self.words.any_of('not_units')})(?:个月|个?(?:{names}))"
        return re.compile(
            rf"(?P<low>{AMOUNT})(?:(?:{unit})?{_RANGE}(?P<high>{AMOUNT}))?(?P<unit>{unit}){_SUFFIX}?"
            rf"|(?P<bare>(?<!\d)\d++(?:\.\d++)?[万亿])(?:{_SUFFIX.replace('suffix', 'bare_suffix')}|(?=[，。；]|$))"
        )

    # 三分之二以上, 百分之五十; 一半以上, 半数; 翻一番, 翻两番; 减半征收.
    _SHARE = re.compile(
        rf"(?P<below>[{HAN_DIGITS}]{{1,9}})分之(?P<above>[{HAN_DIGITS}]{{1,9}}(?:点[{HAN_DIGITS}]{{1,9}})?){_SUFFIX}?"
        rf"|(?P<half>一半|半数){_SUFFIX.replace('suffix', 'half_suffix')}?|翻(?P<doubled>[一两二三])番"
        r"|减半(?=征收|收取|收费|缴纳|缴费)"
    )

    def _numbers(self, text: str) -> Iterator[Quantity]:
        for match in self._number.finditer(text):
            quantity = self._with_unit(match)
            if quantity:
                yield quantity
        for match in self._SHARE.finditer(text):
            value = 50.0
            if match["doubled"]:
                value = 100.0 * (2 ** int(to_number(match["doubled"]) or 0) - 1)
            elif match["below"]:
                share = fraction(match["above"], match["below"])
                if share is None:
                    continue
                value = share
            suffix = match["suffix"] or match["half_suffix"]
            yield Quantity(
                *match.span(),
                value,
                "%",
                "ratio",
                bound=_bound(suffix),
                han=True,
                change=bool(match["doubled"]) or match[0] == "减半",
            )

    def _with_unit(self, match: re.Match[str]) -> Quantity | None:
        if match["bare"]:
            bare = to_number(match["bare"])
            bound = _bound(match["bare_suffix"])
            return None if bare is None else Quantity(*match.span(), bare, None, "count", bound=bound)
        value = _value(match["low"], match["high"])
        if value is None or _is_date(match) or (match["unit"] == "步" and value == 1):
            return None  # 进一步 is no step
        known = self.words.unit_dimensions
        unit = match["unit"] if match["unit"] in known else match["unit"].removeprefix("个")
        return Quantity(
            *match.span(),
            value,
            "个月" if unit == "月" else unit,
            known[unit],
            bound=_bound(match["suffix"]),
            han=not match["low"][0].isdecimal(),
        )

    # --- words that stand for a quantity -------------------------------------------------------------------

    def _words(self, text: str) -> Iterator[Quantity]:
        yield from self._instant(text)
        yield from self._clock(text)
        yield from self._cadence(text)
        yield from self._zero(text)
        yield from self._no_fee(text)

    @cached_property
    def _at_once(self) -> re.Pattern[str]:
        words = self.words
        return re.compile(
            rf"(?P<whole>{words.any_of('instant.whole')})"
            rf"|(?P<word>{words.any_of('instant.words')})(?:予以|即可|可以|可|全部|完成|进行|现场)?"
            rf"{words.any_of('instant.acts')}"
        )

    def _instant(self, text: str) -> Iterator[Quantity]:
        before = tuple(self.words["instant.not_before"])
        after = tuple(self.words["instant.not_after"])
        for match in self._at_once.finditer(text):
            if text.endswith(before, 0, match.start()) or text.startswith(after, match.end()):
                continue
            unit = match["word"] or match["whole"]
            yield Quantity(*match.span(), 0.0, unit, "time", "instant")

    @cached_property
    def _round_the_clock(self) -> re.Pattern[str]:
        """7×24小时不打烊, 24小时自助; 15分钟社保服务圈, 半小时经济圈."""
        return re.compile(
            rf"(?P<week>7[×xX*天]\*?)?(?P<hours>24)小时(?:不间断|全天候|全天)?(?:{self.words.any_of('round_the_clock')})"
            rf"|(?P<week2>7[×xX*])24小时"
            rf"|(?P<time>{AMOUNT})个?(?P<unit>分钟|小时)(?P<circle>[^，。；、]{{0,8}}?圈)"
        )

    def _clock(self, text: str) -> Iterator[Quantity]:
        for match in self._round_the_clock.finditer(text):
            if match["circle"]:
                value = to_number(match["time"])
                if value is not None:
                    yield Quantity(*match.span(), value, match["unit"], "other", "circle")
            else:
                yield Quantity(*match.span(), 24.0, "小时", "other", "clock")

    # 每年确定一次, 每二到三年调整一次, 每年至少开展1次; 半月一调度, 一月一通报.
    _CADENCE = re.compile(
        rf"每(?P<every>(?:{AMOUNT}(?:{_RANGE}{AMOUNT})?)?个?(?:年度?|半年|季度?|月|周|星期|日|天))"
        rf"(?P<between>[^，。；每\d]{{0,12}}?)(?P<low>{AMOUNT})(?:{_RANGE}(?P<high>{AMOUNT}))?次{_SUFFIX}?"
        r"|(?<![一-龥])(?P<span>[一半每]?(?:年|季度?|月|周|旬|日))一(?![次站体般定直])[一-龥]{2}(?![一-龥])"
    )

    def _cadence(self, text: str) -> Iterator[Quantity]:
        for match in self._CADENCE.finditer(text):
            if match["span"]:
                every = match["span"].removeprefix("一").removeprefix("每")
                yield Quantity(*match.span(), 1.0, f"次/{every}", "frequency", "cadence")
                continue
            low, high = to_number(match["low"]), to_number(match["high"] or match["low"])
            if low is None or high is None or len(match["every"]) > _LONGEST_PERIOD:
                continue
            value = low if low == high else Span(min(low, high), max(low, high))
            bound = _bound(match["suffix"])
            if re.search("至少|不少于|不低于", match["between"]):
                bound = ">="
            elif re.search("最多|不超过|不多于|不得超过", match["between"]):
                bound = "<="
            yield Quantity(*match.span(), value, f"次/{match['every']}", "frequency", "cadence", bound=bound)

    @cached_property
    def _nothing(self) -> re.Pattern[str]:
        words = self.words
        return re.compile(
            rf"(?P<cost>{self._zero_words('cost')})|(?P<frequency>{self._zero_words('frequency')})"
            rf"|(?P<documents>{self._zero_words('documents')}"
            rf"|(?:无需|不需|不再|免于|免)提[交供]任何(?:申请|申报|报装|证明)?(?:材料|资料))"
            rf"|(?P<once>{words.any_of('once')})|(?P<free>{words.any_of('free.words')})"
        )

    def _zero_words(self, dimension: str) -> str:
        """零成本, printed 0成本 too."""
        return self.words.any_of(f"zero.{dimension}").replace("零", r"(?:零|(?<![\d.])0(?![\d.]))")

    def _zero(self, text: str) -> Iterator[Quantity]:
        for match in self._nothing.finditer(text):
            if match["free"]:
                if not text.endswith(tuple(self.words["free.not_before"]), 0, match.start()) and not (
                    text.startswith(tuple(self.words["free.not_after"]), match.end())
                ):
                    yield Quantity(*match.span(), 0.0, match[0], "cost", "free")
            elif match["once"]:
                yield Quantity(*match.span(), 1.0, "次", "frequency", "once")
            elif match["cost"]:
                yield Quantity(*match.span(), 0.0, match[0], "cost", "zero")
            elif match["frequency"]:
                yield Quantity(*match.span(), 0.0, match[0], "frequency", "zero")
            else:
                yield Quantity(*match.span(), 0.0, match[0], "documents", "zero")

    @cached_property
    def _waived(self) -> re.Pattern[str]:
        """取消…费, 不得向供应商收取…保证金, 不得由用户承担…费用; 由政府支付."""
        words = self.words
        return re.compile(
            rf"(?P<verb>{words.any_of('no_fee')})(?P<named>[^，。；：]{{1,{_LONGEST_LIST}}})"
            r"|(?:不得|不再|不|严禁|禁止)(?:以任何形式|以任何名义)?向(?P<whom>[^，。；：]{1,24}?)(?:收取|收)(?P<of>[^，。；：]{0,24})"
            r"|不得(?:由|要求)(?:用户|企业|申请人|客户|市场主体)承担(?P<borne>[^，。；：]{1,30})"
            rf"|由(?:同级|各级|本级|市|县|区)?(?:{words.any_of('paid_by')})(?:全额|统一|全部)?(?P<paid>支付|承担|负担|出资|买单|代缴|代办代缴)"
        )

    def _no_fee(self, text: str) -> Iterator[Quantity]:
        for match in self._waived.finditer(text):
            if match["paid"]:
                yield Quantity(*match.span(), 0.0, match[0], "cost", "paid")
                continue
            group = next(name for name in ("named", "of", "borne") if match[name] is not None)
            if match["whom"] and re.search(self.words.any_of("no_fee_not"), match["whom"]):
                continue
            for start, stop in self._fees(match[group]):
                at = match.start(group)
                verb = match["verb"] or "不得收取"
                yield Quantity(
                    at + start if match["verb"] == "取消" and start else match.start(),
                    at + stop,
                    0.0,
                    verb,
                    "cost",
                    "no-fee",
                    what=match[group][start:stop],
                )
                break

    def _fees(self, named: str) -> Iterator[tuple[int, int]]:
        """The definite fees of a list: 计量装置校验费、电力客户带电接火费 is one such list."""
        fees = self.words.any_of("nouns.fees")
        vague = self.words.any_of("no_fee_not")
        begin: int | None = None
        end = position = 0
        if named.startswith(("、", "和", "及")):
            return
        for item in re.split("([、和及])", named):
            if item not in ("、", "和", "及"):
                fee = re.match(rf".*?{fees}(?![用率额控种])", item)
                if fee and not re.search(vague, item):
                    begin = position if begin is None else begin
                    end = position + fee.end()
                elif begin is not None:
                    break
            position += len(item)
        if begin is not None:
            whole = begin and "的" in named[begin:end] and not any(mark in named[begin:] for mark in "、和及")
            yield 0 if whole else begin, end  # 联合收割机和插秧机车辆的通行费 is one fee of both


def _value(low: str, high: str | None) -> float | Span | None:
    """The value of a number, or of a range: 5—10; the second number alone where the first is not less."""
    first = to_number(low)
    if high is None or first is None:
        return first
    last = to_number(high)
    return Span(first, last) if last is not None and last > first else last


def _is_date(match: re.Match[str]) -> bool:
    """2021年, 10月15日: parts of a date, not quantities."""
    before = match.string[max(0, match.start() - 1) : match.start()]
    year = match["unit"] == "年" and re.fullmatch(r"(?:19|20)\d\d", match["high"] or match["low"])
    return bool(year) or (match["unit"] == "日" and before == "月")


def _bound(suffix: str | None) -> str:
    return _BOUNDS[suffix.removeprefix("及")] if suffix else ""


def _shared_units(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """3个、6个工作日: a quantity in mere 个 before one with a unit of its own, joined by 、, has that unit."""
    result = list(quantities)
    for index in range(len(result) - 2, -1, -1):
        one, following = result[index], result[index + 1]
        if (
            one.unit == "个"
            and following.form == "number"
            and following.dimension in ("time", "steps")
            and text[one.stop : following.start] in ("、", "和", "或")
        ):
            result[index] = replace(one, unit=following.unit, dimension=following.dimension)
    return result
