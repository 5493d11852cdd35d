"""Numbers as these texts print them: of labels (二十一, 〇, 12) and of amounts (0.5, 2千万, 两万, 半, 一点五).

The only place where a printed number is read. The JavaScript of the site reads the numbers of labels by the same table
of cases (tests/tables/numerals.json).
"""

from __future__ import annotations

import re
import unicodedata

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}
# 廿一 is 二十一. Each is one character for two.
_TENS = str.maketrans({"廿": "二十", "卅": "三十"})
_TENFOLD = {"十": 10.0, "百": 100.0, "千": 1000.0, "万": 10_000.0, "亿": 100_000_000.0}

HAN_DIGITS = "".join(_DIGITS) + "".join(_UNITS) + "廿卅"
"""The characters of a number in Han, for patterns."""

MOST_DIGITS = 9
"""Digits of the longest number that counts anything. What is longer is a code, or a slip, and no number."""

LARGEST = 1e15
"""No text promises as much: a larger amount is a slip or a code, and a float no longer has its six decimals exactly."""

_FIRST = "一二两三四五六七八九十零"  # what an amount in Han begins with: not 百, 千, 万
# 0.5, 1647, 2千万, 15亿; 二十, 三千, 一点五, 两万; 半
AMOUNT = (
    rf"(?:(?<![\d.A-Za-z〇{_FIRST}])\d+(?:\.\d+)?[余多]?[十百千]?[万亿]*"
    rf"|(?<![第{HAN_DIGITS}])[{_FIRST}][{HAN_DIGITS}]*(?:点[{HAN_DIGITS}]+)?[余多]?[万亿]*|半)"
)
"""A pattern for an amount, as `to_number` reads it."""


def to_int(text: str) -> int | None:
    """The value of a label number: 三 → 3, 廿一 → 21, 一百零二 → 102, 二〇二〇 → 2020, "12" → 12.

    None where `text` is no number, or one of more than `MOST_DIGITS` digits. Values of 万 and above do not occur in
    labels. Never raises, and takes no longer than the text is.
    """
    if text.isdecimal():
        # Every decimal digit of Unicode has its value: １２ is 12.
        digits = "".join(str(unicodedata.decimal(character)) for character in text).lstrip("0")
        return int(digits or "0") if len(digits) <= MOST_DIGITS else None
    text = text.translate(_TENS)
    if not text or any(character not in _DIGITS and character not in _UNITS for character in text):
        return None
    if not any(character in _UNITS for character in text):
        return to_int("".join(str(_DIGITS[character]) for character in text))
    if len(text) > 2 * MOST_DIGITS:
        return None
    total, digit = 0, None
    for character in text:
        if character in _UNITS:
            total += (1 if digit is None else digit) * _UNITS[character]
            digit = None
        else:
            digit = _DIGITS[character] or None
    return total + (digit or 0)


def to_number(text: str) -> float | None:
    """The value of an amount in digits or Han characters, with 万 and 亿 multiplied out: 2千万, 1.5亿, 一点五, 半.

    None where it is none, or larger than any quantity.
    """
    text = re.sub("[余多]", "", text)
    if text == "半":
        return 0.5
    digits, magnitude = text, 1.0
    while digits and digits[-1] in "万亿":
        magnitude *= _TENFOLD[digits[-1]]
        digits = digits[:-1]
    if digits and digits[0].isdecimal():
        while digits and digits[-1] in "十百千":
            magnitude *= _TENFOLD[digits[-1]]
            digits = digits[:-1]
        value: float | None = float(digits) if re.fullmatch(r"\d+(?:\.\d+)?", digits) else None
    else:
        whole, _, decimals = digits.partition("点")
        value = to_int(whole)
        if value is not None and decimals:
            values = [to_int(character) for character in decimals]
            if any(one is None or one > 9 for one in values):
                return None
            value = float(f"{value}.{''.join(map(str, values))}")
    if value is None or not 0 <= value * magnitude < LARGEST:
        return None
    return round(value * magnitude, 6)  # without the noise of binary fractions: 1.1亿 is 110000000


def fraction(numerator: str, denominator: str) -> float | None:
    """A share in per cent, to two decimals: 三分之二 → 66.67, 百分之五十 → 50."""
    above, below = to_number(numerator), to_number(denominator)
    return None if above is None or not below else round(100 * above / below, 2)


def to_han(value: int) -> str:
    """The usual Chinese form of a number from 1 up: 12 → 十二, 105 → 一百零五, 10001 → 一万零一."""
    if not 1 <= value < 10**12:
        raise ValueError(f"nothing is counted up to {value}")
    out = ""
    for size, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        group, value = divmod(value, size)
        if group:
            out += ("零" if out and group < 1000 else "") + _group(group) + name
    return out[1:] if out.startswith("一十") else out


def _group(value: int) -> str:
    """A number below ten thousand, with the 一 of 一十."""
    digits = "零一二三四五六七八九"
    out, pending_zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit == 0:
            pending_zero = bool(out)
            continue
        out += ("零" if pending_zero else "") + digits[digit] + name
        pending_zero = False
    return out
