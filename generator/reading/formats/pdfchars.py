"""The characters of a PDF page in their places, upright, and those that are no text of the page.

Places are in points from the upper left corner of the page as its text reads: a table printed sideways is turned.
"""

from __future__ import annotations

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from pypdfium2 import raw

from generator.reading.formats.document import Tally

_INVISIBLE = 3  # the render mode of text that is not painted: what recognition lays under a picture
_SAME = 0.15  # of a character's width: nearer ones are one character printed twice
_JOINED = frozenset("—…―─")  # what fonts have one glyph for, when it stands twice
_Found = tuple[str, tuple[float, float, float, float], float]  # a character, its box, its angle
ROTATED = "斜排或者另一方向的文字（水印、印章）"
_OUTSIDE = "页面以外的文字"
_TWICE = "重叠印了两遍的字"


@dataclass(frozen=True, slots=True)
class Char:
    """A character and its box: `x0`, `x1` from left to right, `top`, `bottom` from above."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def em(self) -> float:
        """The size of the type, as far as the box tells it."""
        return max(self.bottom - self.top, 0.1)

    @property
    def middle(self) -> float:
        """The height of its middle."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class PageText:
    """What a page holds: its size as the text reads, its characters, and how many have no known character."""

    width: float
    height: float
    chars: tuple[Char, ...]
    quarter: int  # turns of 90° by which the page was turned
    unknown: int
    invisible: int
    pictures: int
    rules: int  # shapes that are drawn: lines, frames


def page_text(page: pdfium.PdfPage, tally: Tally) -> PageText:
    """The characters of a page; what is left out goes into `tally`. Every one that PDFium reports is in one of the two."""
    text = page.get_textpage()
    left, bottom, right, top = page.get_mediabox() if page.get_cropbox() is None else page.get_cropbox()
    found: list[_Found] = []
    unknown = invisible = 0
    for index in range(text.count_chars()):
        if raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        code = raw.FPDFText_GetUnicode(text, index)
        one = _character(code)
        if not one or one.isspace():
            continue
        if (
            raw.FPDFText_HasUnicodeMapError(text, index) == 1
            or unicodedata.category(one) == "Co"
            or one == "\ufffd"
        ):
            unknown += 1
        object_ = raw.FPDFText_GetTextObject(text, index)
        if object_ and raw.FPDFTextObj_GetTextRenderMode(object_) == _INVISIBLE:
            invisible += 1
        box = text.get_charbox(index, loose=True)
        found.append((one, box, raw.FPDFText_GetCharAngle(text, index)))
    found = _parted(found)
    quarter = _quarter(angle for _, _, angle in found)
    chars: list[Char] = []
    for one, (x0, y0, x1, y1), angle in found:
        if abs(math.remainder(angle - quarter * math.pi / 2, 2 * math.pi)) > 0.1:
            tally.add(ROTATED, one)
        elif x1 < left or x0 > right or y1 < bottom or y0 > top:
            tally.add(_OUTSIDE, one)
        else:
            chars.append(
                _turned(
                    one, (x0 - left, y0 - bottom, x1 - left, y1 - bottom), quarter, right - left, top - bottom
                )
            )
    kept = _once(chars, tally)
    width, height = (right - left, top - bottom) if quarter % 2 == 0 else (top - bottom, right - left)
    drawn = Counter(one.type for one in page.get_objects(max_depth=3))
    pictures, rules = drawn[raw.FPDF_PAGEOBJ_IMAGE], drawn[raw.FPDF_PAGEOBJ_PATH]
    return PageText(width, height, tuple(kept), quarter, unknown, invisible, pictures, rules)


def _parted(found: Sequence[_Found]) -> list[_Found]:
    """The characters, those that one glyph shows (——) beside each other: PDFium gives all of them its whole box."""
    result: list[_Found] = []
    numbered = enumerate(found)
    for _, group in groupby(numbered, key=lambda one: (_joins(one[1][0], one[0]), *one[1][1:])):
        members = [one for _, one in group]
        _, (x0, y0, x1, y1), angle = members[0]
        step = (x1 - x0) / len(members)
        for place, (one, *_) in enumerate(members):
            result.append((one, (x0 + place * step, y0, x0 + (place + 1) * step, y1), angle))
    return result


def _joins(one: str, place: int) -> str | int:
    """What a character must share with the next to be of one glyph with it: itself, or being a Latin letter (ﬁ)."""
    return one if one in _JOINED else "Latin" if one.isascii() and one.isalpha() else place


def _character(code: int) -> str:
    """A character by its code; nothing for what is none."""
    if code in (0, 0xFFFE, 0xFFFF, 2) or 0xD800 <= code <= 0xDFFF:
        return "\ufffd" if code in (0xFFFE, 0xFFFF) else ""
    return chr(code)


def _quarter(angles: Iterable[float]) -> int:
    """By how many quarters of a turn most characters stand."""
    counts = Counter(round(angle / (math.pi / 2)) % 4 for angle in angles)
    return max(counts, key=lambda one: counts[one], default=0)


def _turned(
    one: str, box: tuple[float, float, float, float], quarter: int, width: float, height: float
) -> Char:
    """A character of a page whose text reads in another direction, as if the page were turned."""
    x0, y0, x1, y1 = box
    if quarter == 0:
        return Char(one, x0, height - y1, x1, height - y0)
    if quarter == 1:
        return Char(one, height - y1, width - x1, height - y0, width - x0)
    if quarter == 2:
        return Char(one, width - x1, y0, width - x0, y1)
    return Char(one, y0, x0, y1, x1)


def _once(chars: Sequence[Char], tally: Tally) -> list[Char]:
    """The characters without those that are printed over the same one again, as a bold face is imitated."""
    seen: dict[tuple[str, int, int], Char] = {}
    kept: list[Char] = []
    for one in chars:
        near = [
            seen.get((one.text, round(one.x0) + dx, round(one.top) + dy))
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
        ]
        reach = max(0.5, _SAME * (one.x1 - one.x0))
        if any(
            other and abs(other.x0 - one.x0) < reach and abs(other.top - one.top) < reach for other in near
        ):
            tally.add(_TWICE, one.text)
            continue
        seen[one.text, round(one.x0), round(one.top)] = one
        kept.append(one)
    return kept
