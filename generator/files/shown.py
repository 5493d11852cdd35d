"""Showing what others wrote (names of files, text of sources) where a character could act: on a terminal, in a name."""

from __future__ import annotations

import unicodedata

# What turns the direction of the text after it: a name with one reads otherwise than it is (U+202E: “fdp.docx” for xcod.pdf).
_TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Control characters, halves of surrogate pairs (bytes of a name that are no UTF-8), separators of lines and paragraphs.
_ACTING = frozenset({"Cc", "Cs", "Zl", "Zp"})


def acts(character: str) -> bool:
    """Whether a character does something where it is shown, instead of being shown."""
    return character in _TURNS or unicodedata.category(character) in _ACTING


def shown(text: str, keep: str = "") -> str:
    r"""`text` with every character that acts written as its code: \x1b, \u202e; a byte that is not UTF-8 as \xff.

    `keep`: characters that stay as they are, such as the line feed of a text of several lines.
    """
    if text.isprintable():
        return text
    return "".join(one if one in keep or not acts(one) else _code(one) for one in text)


def _code(character: str) -> str:
    number = ord(character)
    if 0xDC80 <= number <= 0xDCFF:  # how Python holds a byte of a name that is not UTF-8
        number -= 0xDC00
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"
