"""Text as it is searched: without white space, half width, lower case, one kind of bracket.

The search of the site folds what is asked by the same table (tests/tables/folding.json has the cases; a test compares
the two over all of Unicode). The tables say what changes, and nothing else does: in particular no compatibility
mapping, which would make ③ a 3 and （一） something else.
"""

from __future__ import annotations

# First and last code point of a range, and how far it moves.
SHIFTS = (
    (0xFF21, 0xFF3A, 0x61 - 0xFF21),  # Ａ–Ｚ → a–z
    (0xFF01, 0xFF5E, 0x21 - 0xFF01),  # the other full-width forms of ASCII: １ → 1, （ → (
    (0x41, 0x5A, 0x20),  # A–Z
    (0xC0, 0xD6, 0x20),  # À–Ö
    (0xD8, 0xDE, 0x20),  # Ø–Þ
    (0x391, 0x3A1, 0x20),  # Α–Ρ
    (0x3A3, 0x3AB, 0x20),  # Σ–Ϋ
    (0x400, 0x40F, 0x50),  # Ѐ–Џ
    (0x410, 0x42F, 0x20),  # А–Я
    (0x2160, 0x216F, 0x10),  # Ⅰ–Ⅿ
    (0x24B6, 0x24CF, 0x1A),  # Ⓐ–Ⓩ
)
BRACKETS = {"[": "(", "]": ")", "［": "(", "］": ")", "〔": "(", "〕": ")"}
WHITE_SPACE = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f\x20\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)


def fold(text: str) -> str:
    """The text with what search ignores taken out or made equal; character for character, nothing is added."""
    return text.translate(_TABLE)


def changes() -> dict[str, str]:
    """Every character that folding changes, and what it becomes; "" where it vanishes."""
    return {chr(code): folded or "" for code, folded in _TABLE.items()}


def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = {}
    for first, last, shift in SHIFTS:
        for code in range(first, last + 1):
            table.setdefault(code, chr(code + shift))
    table |= {ord(bracket): folded for bracket, folded in BRACKETS.items()}
    return table | {ord(space): None for space in WHITE_SPACE}


_TABLE = _table()
