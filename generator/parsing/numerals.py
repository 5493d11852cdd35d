"""Chinese numerals as labels print them."""

from __future__ import annotations

import unicodedata

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}

HAN_DIGITS = "".join(_DIGITS) + "".join(_UNITS)


MOST_DIGITS = 9
"""Digits of the longest number that counts anything. What is longer is a code, or a slip, and no number."""


def to_int(text: str) -> int | None:
    """The value of a label number: 三 → 3, 二十一 → 21, 一百零二 → 102, 二〇二〇 → 2020, "12" → 12.

    None where `text` is no number, or one of more than `MOST_DIGITS` digits. Values of 万 and above do not occur in
    labels. Never raises, and takes no longer than the text is.
    """
    if text.isdecimal():
        # Every decimal digit of Unicode has its value: １２ is 12.
        digits = "".join(str(unicodedata.decimal(character)) for character in text).lstrip("0")
        return int(digits or "0") if len(digits) <= MOST_DIGITS else None
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
