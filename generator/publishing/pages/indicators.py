"""The pages of the indicators: a page for each, their list, the table of policies and indicators, the home page's cards."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from generator import sitemap
from generator.publishing.pages.render import Renderer, Written
from generator.views.corpus import Views
from generator.views.coverage import SHADES
from generator.views.descriptions import indicator_description
from generator.views.indicators import counts_of
from generator.views.lists import excerpt, listed_label, places
from generator.views.phrases import DIMENSION_NAMES
from generator.views.plots import plots
from generator.vocabulary.indicators import Indicator

_LISTED = 3000  # clauses on the page of an indicator; where there are more, each policy leads to its own
_FEW = 6  # a list of that many promises stands open


def pages(views: Views, render: Renderer) -> Iterator[Written]:
    """The page of every indicator, and those about all of them."""
    indicators = views.words.taxonomy.indicators
    for indicator in indicators:
        yield indicator_page(indicator, views, render)
    counts = counts_of(views.hits)
    topics = views.words.topics
    yield render.page(sitemap.INDICATORS, indicators=indicators, topics=topics, counts=counts)
    yield render.page(sitemap.COVERAGE, table=views.coverage, shades=SHADES, indicators=indicators)
    yield render.fragment(sitemap.CARDS, indicators=indicators, counts=counts)


def indicator_page(indicator: Indicator, views: Views, render: Renderer) -> Written:
    """What an indicator's clauses promise, side by side, then the clauses by policy."""
    hits, compared = views.hits[indicator.id], views.comparisons
    order = compared.in_order(hits)
    return render.page(
        sitemap.INDICATOR,
        indicator.id,
        indicator=indicator,
        description=indicator_description(indicator, hits),
        hits=[
            (
                compared.rows[policy.id],
                [(hit, listed_label(hit.clause), excerpt(hit.clause)) for hit in hits[policy]],
            )
            for policy in order
        ],
        with_clauses=sum(map(len, hits.values())) <= _LISTED,
        places=places(order),
        topic=next((topic for topic in views.words.topics if indicator in topic.indicators), None),
        comparisons=[(one, plots(one)) for one in compared.of(indicator.id)],
        leads=compared.leads(indicator.id),
        few=_FEW,
        dimensions=DIMENSION_NAMES,
        head=compared.head,
        value=compared.phrases.value,
        notes=compared.phrases.notes,
        marks=compared.phrases.marks,
        in_words=compared.in_words,
        comparison_file=partial(sitemap.comparison_file, indicator.id),
    )
