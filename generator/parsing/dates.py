"""Days as texts print them: 2020年9月30日, 二〇二〇年九月三十日, 2020-09-30. The one reader of them.

What a deadline says (6月底, 三季度, 年内) is read by `generator.analysis.due`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.files import dates
from generator.parsing.numerals import to_int
from generator.vocabulary.patterns import DAY

_HAN = r"[二〇○零一三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
_DASHED = r"(?:19|20)\d\d[-./]\d{1,2}[-./]\d{1,2}"
_PRINTED = re.compile(rf"{DAY}|{_HAN}|{_DASHED}")
_PARTS = re.compile(r"[〇○零一二三四五六七八九十\d]+")

DATE_LINE = re.compile(rf"(?:{DAY}|{_DASHED}|{_HAN})(?:\s{{0,4}}印\s{{0,4}}发)?")
"""A date alone on its line; 印发 may follow."""


def iso_date(text: str) -> str | None:
    """The first day that `text` prints, as YYYY-MM-DD; None for none, or for one that is not in the calendar."""
    return next(iso_dates(text), None)


def iso_dates(text: str) -> Iterator[str | None]:
    """Every day that `text` prints, in order, as YYYY-MM-DD; None for one that is not in the calendar."""
    for found in _PRINTED.finditer(text):
        year, month, day = (to_int(part) or 0 for part in _PARTS.findall(found[0]))
        yield dates.iso_date(year, month, day)
