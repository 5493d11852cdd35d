"""Regular expressions made of word lists, and the one of a printed day."""

from __future__ import annotations

import re
from collections.abc import Iterable

NEVER = "(?!)"  # matches nothing


def any_of(*lists: Iterable[str]) -> str:
    """A pattern of any word of some lists, the longest first (自治区 before 区), in a group of its own."""
    return _any(*lists, between="")


def spaced(*lists: Iterable[str]) -> str:
    """The same, with white space allowed within the words, as headings and signatures are spread: 抄　送, 目　录."""
    return _any(*lists, between=r"\s*")


def _any(*lists: Iterable[str], between: str) -> str:
    words = sorted({word for one in lists for word in one}, key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(between.join(map(re.escape, word)) for word in words)})" if words else NEVER


DAY = r"(?:19|20)\d\d\s{0,4}年\s{0,4}\d{1,2}\s{0,4}月\s{0,4}\d{1,2}\s{0,4}日"
"""A day as it is printed with figures: 2020年3月27日."""
