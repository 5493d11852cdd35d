"""A page of the built site, whatever rendered it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class WebPage:
    """A page as its head describes it, in plain text."""

    url: str  # relative to the root of the site
    title: str
    description: str | None
    home: bool = False
