"""Whole numbers from 0 as short text: what the lists of the index are written in.

The digits are the printable ASCII characters but quotation mark, backslash and `<`, so that a list stands in a script
as it is, and but the space, which stands between lists. The first 46 of them end a number, the other 45 say that it
goes on: up to 45 is one character, up to 2,115 two. A number needs no mark after it.
"""

from __future__ import annotations

from collections.abc import Callable

DIGITS = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in '"\\<')
LAST, MORE = 46, 45  # how many digits end a number, and how many do not


class _Table(dict[int, bytes]):
    """Numbers and their text, worked out at their first use: an index is written in few different numbers."""

    def __missing__(self, number: int) -> bytes:
        rest, digits = number, bytearray()
        while rest >= LAST:
            rest, digit = divmod(rest - LAST, MORE)
            digits += DIGITS[LAST + digit].encode()
        text = self[number] = bytes(digits) + DIGITS[rest].encode()
        return text


def writer() -> Callable[[int], bytes]:
    """A function that gives a number's text, in ASCII. It keeps what it has given, for it is asked very often."""
    return _Table().__getitem__
