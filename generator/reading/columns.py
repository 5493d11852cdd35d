"""How wide a line is in print, and how wide the page it comes from."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

NARROWEST_PAGE, WIDEST_PAGE = 26, 120  # columns; a longer line is a paragraph
ROW = 36  # columns; a shorter line is not cut by the end of a page
_NEAR = 4  # columns that full lines of one page may differ by
_SHARE = 0.25  # of the lines are full where a page was wrapped


def display_width(text: str) -> int:
    """Columns the text takes in a fixed-width font: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def page_width(widths: Iterable[int]) -> int:
    """The columns of a full line: where most lines of about one length end, else what one line in twenty exceeds.

    A title that is longer than the page is wide does not make the page wider.
    """
    ordered = sorted(widths)
    if not ordered:
        return 0
    counts = Counter(width for width in ordered if NARROWEST_PAGE <= width <= WIDEST_PAGE)
    near = {width: sum(counts[width - less] for less in range(_NEAR)) for width in counts}
    best = max(near, key=lambda width: (near[width], width), default=0)
    if best and near[best] >= max(2, _SHARE * len(ordered)):
        return best
    return ordered[int(len(ordered) * 0.95)]
