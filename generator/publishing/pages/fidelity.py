"""The page 校核: where every character of a source went, and what an editor should look at."""

from __future__ import annotations

from collections.abc import Iterator

from generator import sitemap
from generator.publishing.pages.render import Renderer, Written
from generator.views.corpus import Views
from generator.views.fidelity import account_rows, doubt_rows, unread_files


def pages(views: Views, render: Renderer) -> Iterator[Written]:
    """Accounts, doubts, and what could not be read."""
    yield render.page(
        sitemap.FIDELITY,
        accounts=account_rows(views.corpus),
        doubts=doubt_rows(views.corpus),
        unread=unread_files(views.corpus),
        missing=views.corpus.missing,
        policies=len(views.corpus.policies),
    )
