"""Numbers as lists print them: 一百零一, 壹, ①, ⑴, iv, 甲 (ECMA-376, 17.18.59 ST_NumberFormat)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_LARGEST = 9999
_RAISED = str.maketrans("0123456789+-－", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_LOWERED = str.maketrans("0123456789+-－", "₀₁₂₃₄₅₆₇₈₉₊₋₋")


def counted(number: int, form: str) -> str:
    """A number in one of the forms of Word; in a form that is not known, as digits."""
    make = _FORMS.get(form)
    return make(number) if make is not None and 0 <= number <= _LARGEST else str(number)


def chinese(number: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """一, 十, 十一, 二十, 一百零一, 一百一十: as texts of law count."""
    if number == 0:
        return "零"
    text, gap = "", False
    figures = str(number)
    for place, figure in enumerate(figures):
        power = len(figures) - place - 1
        if figure == "0":
            gap = bool(text)
            continue
        text += ("零" if gap else "") + digits[int(figure)] + (units[power - 1] if power else "")
        gap = False
    return text.removeprefix(digits[1]) if 10 <= number < 20 and digits is _DIGITS else text


def shifted(text: str, *, up: bool) -> str:
    """Raised or lowered figures as the characters that show them so: 10⁴, CO₂. 10 with a raised 4 is not 104."""
    flat = text.strip()
    if flat and all(one in "0123456789+-－" for one in flat):
        return flat.translate(_RAISED if up else _LOWERED)
    return text


def circled(number: int) -> str:
    """① to ㊿."""
    for first, start, last in ((1, 0x2460, 20), (21, 0x3251, 35), (36, 0x32B1, 50)):
        if first <= number <= last:
            return chr(start + number - first)
    return f"（{number}）"


def _in_block(start: int, last: int = 20) -> Callable[[int], str]:
    """Numbers that have characters of their own, 1 at `start`."""
    return lambda number: chr(start + number - 1) if 1 <= number <= last else f"({number})"


def _digital(number: int) -> str:
    return "".join(_DIGITS[int(figure)] for figure in str(number))


def _roman(number: int) -> str:
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def _letters(number: int) -> str:
    """A … z, aa, bb: as Word counts."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if number else ""


def _cycle(signs: str) -> Callable[[int], str]:
    return lambda number: signs[(number - 1) % len(signs)] if number else ""


_FORMS: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        "decimal": str,
        "decimalHalfWidth": str,
        "decimalZero": lambda number: f"{number:02d}",
        "decimalFullWidth": lambda number: "".join(chr(ord(one) + 0xFEE0) for one in str(number)),
        "decimalFullWidth2": lambda number: "".join(chr(ord(one) + 0xFEE0) for one in str(number)),
        "decimalEnclosedCircle": circled,
        "decimalEnclosedCircleChinese": circled,
        "decimalEnclosedParen": _in_block(0x2474),
        "decimalEnclosedFullstop": _in_block(0x2488),
        "ideographEnclosedCircle": _in_block(0x3280, 10),
        "chineseCounting": chinese,
        "chineseCountingThousand": chinese,
        "taiwaneseCounting": chinese,
        "taiwaneseCountingThousand": chinese,
        "japaneseCounting": chinese,
        "koreanCounting": chinese,
        "ideographDigital": _digital,
        "japaneseDigitalTenThousand": _digital,
        "taiwaneseDigital": _digital,
        "chineseLegalSimplified": lambda number: chinese(number, _LEGAL, "拾佰仟"),
        "ideographLegalTraditional": lambda number: chinese(number, _LEGAL, "拾佰仟"),
        "ideographTraditional": _cycle(_STEMS),
        "ideographZodiac": _cycle(_BRANCHES),
        "upperRoman": lambda number: _roman(number).upper(),
        "lowerRoman": _roman,
        "upperLetter": lambda number: _letters(number).upper(),
        "lowerLetter": _letters,
        "none": lambda _: "",
    }
)
