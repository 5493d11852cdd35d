"""The page of passages that policies share."""

from __future__ import annotations

from collections.abc import Iterator

from generator import sitemap
from generator.publishing.pages.render import Renderer, Written
from generator.views.corpus import Views


def pages(views: Views, render: Renderer) -> Iterator[Written]:
    """The policies that share most, with their passages side by side."""
    yield render.page(sitemap.SIMILAR, pairs=views.likeness.pairs, left_out=views.likeness.left_out)
