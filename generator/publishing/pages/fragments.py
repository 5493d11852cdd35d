"""What the hand-written pages include: lists on the home page, the terms of the glossary, the record of changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from generator import sitemap
from generator.analysis.glossary import definitions
from generator.anchors import changes
from generator.publishing.pages.render import Renderer, Written
from generator.views.corpus import Views
from generator.views.lists import listed_label, newest, places
from generator.views.terms import term_id, usages

_USED_IN = 30  # policies listed below a term of the glossary; the search has the others


def fragments(views: Views, record: Sequence[changes.Entry], render: Renderer) -> Iterator[Written]:
    """All of them. `record`: the changes, newest first."""
    policies = views.corpus.policies
    yield render.fragment(
        sitemap.HOME_LISTS, places=places(policies), newest=newest(policies), policies=len(policies)
    )
    used = usages(views.corpus, views.words.glossary)
    defined = ((policy, list(definitions(policy, views.words.documents))) for policy in policies)
    yield render.fragment(
        sitemap.GLOSSARY_LISTS,
        groups=groupby(used, key=lambda usage: usage.term.group),
        shown_policies=_USED_IN,
        defined=[(policy, found) for policy, found in defined if found],
        label=listed_label,
        term_id=term_id,
    )
    yield render.fragment(
        sitemap.CHANGES_LISTS,
        days=groupby(record, key=lambda entry: entry.date),
        kinds=changes.KINDS,
        summary=changes.summary,
        policies=views.policies,
    )
