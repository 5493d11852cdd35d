"""Chinese numerals as labels print them."""

from __future__ import annotations

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "○": 0,
    "两": 2,
}
_UNITS = {"十": 10, "百": 100, "千": 1000}

HAN_DIGITS = "".join(_DIGITS) + "".join(_UNITS)


def to_int(text: str) -> int | None:
    """The value of a label number: 三 → 3, 二十一 → 21, 一百零二 → 102, 二〇二〇 → 2020, "12" → 12.

    None where `text` is no number. Values of 万 and above do not occur in labels.
    """
    if text.isdecimal():
        return int(text)
    if not text or any(character not in _DIGITS and character not in _UNITS for character in text):
        return None
    if not any(character in _UNITS for character in text):
        return int("".join(str(_DIGITS[character]) for character in text))
    total, digit = 0, None
    for character in text:
        if character in _UNITS:
            total += (1 if digit is None else digit) * _UNITS[character]
            digit = None
        else:
            digit = _DIGITS[character] or None
    return total + (digit or 0)


def to_han(value: int) -> str:
    """The usual Chinese form of a number from 1 to 9999: 12 → 十二, 105 → 一百零五."""
    if not 1 <= value <= 9999:
        raise ValueError(f"no label has the number {value}")
    digits = "零一二三四五六七八九"
    out, pending_zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = value // unit % 10
        if digit == 0:
            pending_zero = bool(out)
            continue
        out += ("零" if pending_zero else "") + digits[digit] + name
        pending_zero = False
    return out[1:] if out.startswith("一十") else out
