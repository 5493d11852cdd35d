"""The list of all policies, and the documents that they cite and the corpus does not have."""

from __future__ import annotations

from collections.abc import Iterator

from generator import sitemap
from generator.publishing.pages.render import Renderer, Written
from generator.views.cited import by_policy
from generator.views.corpus import Views
from generator.views.lists import places, rows


def pages(views: Views, render: Renderer) -> Iterator[Written]:
    """The list of policies."""
    policies = views.corpus.policies
    yield render.page(sitemap.POLICIES, rows=rows(policies), places=places(policies))


def references(views: Views, render: Renderer) -> Iterator[Written]:
    """The list of documents that are missing, those that most clauses cite first."""
    documents = [(one, by_policy(one.cited_by)) for one in views.surroundings.unknown()]
    yield render.page(sitemap.REFERENCES, documents=documents)
