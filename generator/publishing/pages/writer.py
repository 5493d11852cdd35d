"""Every generated page, type by type. A new type of page is a module with a function `pages`, listed here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from generator.publishing.pages import due, fidelity, indicators, policies, policy, similar, topics, units
from generator.publishing.pages.render import Renderer, Written
from generator.views.corpus import Views

Pages = Callable[[Views, Renderer], Iterator[Written]]

WRITERS: Sequence[Pages] = (
    policy.pages,
    policies.pages,
    indicators.pages,
    units.pages,
    due.pages,
    similar.pages,
    topics.pages,
    fidelity.pages,
    policies.references,
)


def all_pages(views: Views, render: Renderer) -> Iterator[Written]:
    """The Markdown pages of a corpus, each as it is made."""
    for pages in WRITERS:
        yield from pages(views, render)
