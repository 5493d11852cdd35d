"""By when (完成时限): the printed words, and the last day they name where they name one.

A year is taken from the words themselves; the words 12月底前 get the policy's year only if the policy prints
when it was issued, or a year in its title, and the day is not before that. Nothing is guessed: 长期坚持,
印发后30日内, “十四五”末 name no day.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.files.dates import iso_date
from generator.model import Due, Policy
from generator.parsing.numerals import to_int

# 2020年, 二〇二〇年
_YEAR = r"(?:(?<![\d.])(?:19|20)\d\d|二[〇○零][〇○零一二三四五六七八九]{2})"
_RELATIVE = "本年度?|今年|明年|当年"
_MONTH = r"(?:1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_IN_MONTH = rf"(?:份?(?:(?P<day>{_DAY})[日号]|(?P<third>[上中下]旬)|[底末])|份)"
_QUARTER = r"第?(?P<quarter>[一二三四1-4])季度?[底末]?|(?P<half>[上下]半年)"
# The part of a year that a date names after it: 6月底, 9月1日, 三季度, 上半年, 底, 末, 内.
_PART = rf"(?:(?P<month>{_MONTH})月{_IN_MONTH}?|{_QUARTER}|年?[底末内]|年度)"


def _prefixed(pattern: str, prefix: str) -> str:
    """The pattern with a prefix to its group names, so that it may stand beside another."""
    return pattern.replace("(?P<", f"(?P<{prefix}")


def _unnamed(pattern: str) -> str:
    """The pattern without group names."""
    return re.sub(r"\(\?P<\w+>", "(?:", pattern)


# The same without a year before it; 一月一通报 is no date, 一月底 is.
_ARABIC, _HAN = (
    rf"(?<![\d年个半])(?P<month>1[0-2]|0?[1-9])月{_IN_MONTH}?",
    rf"(?<![\d年个半])(?P<month>{_MONTH})月{_IN_MONTH}",
)
_DATE = re.compile(
    rf"(?:(?P<year>{_YEAR})年度?|(?P<relative>{_RELATIVE})){_PART}?"
    r"|(?P<iso>(?<!\d)(?:19|20)\d\d[-./](?:1[0-2]|0?[1-9])[-./](?:3[01]|[12]\d|0?[1-9])(?!\d))"
    rf"|{_prefixed(_ARABIC, 'a_')}|{_prefixed(_HAN, 'h_')}|(?:{_prefixed(_QUARTER, 'q_')})|(?P<end>年[底末])"
)
_RECURRING = re.compile("每[年月季周]")
_FROM = ("起", "开始", "以来")  # after a day on which something begins
# After a year: a part of it that has no fixed last day. 2022年春节前 is not the end of 2022.
_MOVABLE = re.compile("年?(?:春节|元旦|清明|五一|劳动节|端午|中秋|国庆|年中|汛期|供暖|采暖|开学|两会)")
# After a year or a month: the rest of a day there never was, 13月1日, 32日, -13-01. It is not the end of the year.
_STRAY = re.compile(r"[\d〇○零一二三四五六七八九十]+[月日号]|[-./]\d{1,2}(?!\d)")
_PARTS = ("month", "day", "third", "quarter", "half")


@dataclass(frozen=True)
class Calendar:
    """What the policy prints of its own time: the year that a bare 12月底 may be of, and the day it was issued."""

    year: int | None = None
    issued: str | None = None  # ISO date


def calendar_of(policy: Policy) -> Calendar:
    """The calendar of a policy: the year of issue, else the year its title names (2020年…措施), else none.

    The year of taking effect is left out: measures of a policy in force from 2022 may well be due in 2021.
    """
    if policy.issued and policy.issued[:4].isdecimal():
        return Calendar(int(policy.issued[:4]), policy.issued)
    named = re.search(r"(?<!\d)((?:19|20)\d\d)年", "".join(policy.title.split()))
    return Calendar(int(named[1]) if named else None)


def read_due(text: str, calendar_: Calendar | None = None) -> Due | None:
    """A printed due date: `text` without white space at its ends, with the last day it names; None if empty."""
    printed = text.strip().rstrip("。；;，,")
    return Due(printed, last_day(printed, calendar_ or Calendar())) if printed else None


def last_day(text: str, calendar_: Calendar) -> str | None:
    """The last day a text names, as an ISO date: 2020年6月底 → 2020-06-30, 2021年底前 → 2021-12-31.

    A part of a year without its year is of the year named before it in the text (2020年6月底前出台，12月底前完成),
    else of the policy's. None where no day is named, or where it is not plain which year is meant. Linear in the
    length of the text.
    """
    days: list[str] = []
    year: int | None = None
    if _RECURRING.search(text):
        return None
    plain = "".join(text.split())
    for match in _DATE.finditer(plain):
        if plain.startswith(_FROM, match.end()):
            continue
        if _MOVABLE.match(plain, match.end()) or _STRAY.match(plain, match.end()):
            return None
        if match["relative"] and not (
            match["relative"] in ("当年", "本年", "本年度", "今年") and calendar_.year
        ):
            return None
        if match["iso"]:
            day = iso_date(*(int(part) for part in re.split(r"[-./]", match["iso"])))
        else:
            if match["year"]:
                year = to_int(match["year"])
            of_year = year if year is not None else calendar_.year
            if of_year is None:
                return None
            day = _last_of(of_year, _parts(match))
            if day and year is None and calendar_.issued and day < calendar_.issued:
                return None
        if day is None:
            return None
        days.append(day)
    return max(days, default=None)


def _parts(match: re.Match[str]) -> dict[str, str | None]:
    """The named parts of the year, whichever alternative of the pattern found them."""
    groups = match.groupdict()
    return {
        part: next(
            (groups[key] for key in (part, f"a_{part}", f"h_{part}", f"q_{part}") if groups.get(key)), None
        )
        for part in _PARTS
    }


def _last_of(year: int, parts: dict[str, str | None]) -> str | None:
    """The last day of a year, or of the part of it that is named."""
    if parts["quarter"]:
        return _end_of_month(year, 3 * (to_int(parts["quarter"]) or 0))
    if parts["half"]:
        return _end_of_month(year, 6 if parts["half"].startswith("上") else 12)
    if not parts["month"]:
        return iso_date(year, 12, 31)
    month = to_int(parts["month"]) or 0
    if parts["day"]:
        return iso_date(year, month, to_int(parts["day"]) or 0)
    if parts["third"] and parts["third"][0] in "上中":
        return iso_date(year, month, 10 if parts["third"][0] == "上" else 20)
    return _end_of_month(year, month)


def _end_of_month(year: int, month: int) -> str | None:
    """The last day of a month; None for a month there is not (a fifth quarter ends in the fifteenth)."""
    return iso_date(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 else None


# By when, in running text: 到2021年末, 2020年6月底前, 12月底前, 从2021年起, 力争明年底, 力争3年内.
_PHRASE = re.compile(
    rf"(?:力争)?(?:[到至在于从自])?(?:(?:{_YEAR}年度?|{_RELATIVE}){_unnamed(_PART)}?"
    rf"|{_unnamed(_ARABIC)}|{_unnamed(_HAN)}|{_unnamed(_QUARTER)}|(?<!每)年[底末])"
    r"(?:之?前|以前|起|期间|开始)?|力争(?:\d|[一二两三四五六七八九十]){1,2}年之?内"
)


def find_dues(text: str) -> Iterator[tuple[int, int]]:
    """Where a text (without white space) says by when: start and stop of each, in order. Linear time."""
    for match in _PHRASE.finditer(text):
        yield match.span()
