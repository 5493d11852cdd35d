"""Numbers as texts write them: 0.5, 2千万, 1.5亿, 二十, 两万, 半, 一点五. Beyond `parsing.numerals`, which reads labels."""

from __future__ import annotations

import re

from generator.parsing.numerals import to_int

HAN = "零〇一二两三四五六七八九十百千"
LARGEST = 1e15
"""No text promises as much: a larger number is a slip or a code, and a float no longer has its six decimals exactly."""

_MAGNITUDES = {"十": 10.0, "百": 100.0, "千": 1000.0, "万": 10_000.0, "亿": 100_000_000.0}

# 0.5, 1647, 2千万, 15亿; 二十, 三千, 一点五, 两万; 半. A number in Han characters does not begin with 百, 千, 万.
NUMBER = rf"(?:(?<![\d.A-Za-z〇零一二两三四五六七八九十])\d+(?:\.\d+)?[余多]?[十百千]?[万亿]*|(?<![第〇零一二两三四五六七八九十百千])[一二两三四五六七八九十零][{HAN}]*(?:点[{HAN}]+)?[余多]?[万亿]*|半)"


def to_number(text: str) -> float | None:
    """The value of a number in digits or Han characters, with 万 and 亿 multiplied out.

    None where it is none, or larger than any quantity.
    """
    text = re.sub("[余多]", "", text)
    if text == "半":
        return 0.5
    digits, magnitude = text, 1.0
    while digits and digits[-1] in "万亿":
        magnitude *= _MAGNITUDES[digits[-1]]
        digits = digits[:-1]
    if digits and digits[0].isdecimal():
        while digits and digits[-1] in "十百千":
            magnitude *= _MAGNITUDES[digits[-1]]
            digits = digits[:-1]
        value: float | None = float(digits) if re.fullmatch(r"\d+(?:\.\d+)?", digits) else None
    else:
        whole, _, fraction = digits.partition("点")
        value = to_int(whole)
        if value is not None and fraction:
            decimals = [to_int(character) for character in fraction]
            if any(one is None or one > 9 for one in decimals):
                return None
            value = float(f"{value}.{''.join(map(str, decimals))}")
    if value is None or not 0 <= value * magnitude < LARGEST:
        return None
    return _rounded(value * magnitude)


def _rounded(value: float) -> float:
    """Without the noise of binary fractions: 1.1亿 is 110000000."""
    return round(value, 6)


def fraction(numerator: str, denominator: str) -> float | None:
    """A share in per cent, to two decimals: 三分之二 → 66.67, 百分之五十 → 50."""
    above, below = to_number(numerator), to_number(denominator)
    return None if above is None or not below else round(100 * above / below, 2)
