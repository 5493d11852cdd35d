"""Dates as they are written in our own files: 2021-02-28."""

from __future__ import annotations

import re
from datetime import date

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def is_iso_date(text: str) -> bool:
    """Whether a text is a day of the calendar, written YYYY-MM-DD. 2021-02-31 is not."""
    return _ISO.fullmatch(text) is not None and iso_date(*map(int, text.split("-"))) is not None


def iso_date(year: int, month: int, day: int) -> str | None:
    """A day as YYYY-MM-DD; None for one that is not in the calendar (February 30th)."""
    try:
        return date(year, month, day).isoformat()
    except (ValueError, OverflowError):
        return None
