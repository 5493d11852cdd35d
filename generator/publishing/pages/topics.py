"""The pages of the B-READY topics, each with the indicators that it is like."""

from __future__ import annotations

from collections.abc import Iterator

from generator import sitemap
from generator.publishing.pages.render import Renderer, Written
from generator.views.corpus import Views
from generator.views.indicators import counts_of, topic_counts
from generator.views.phrases import DIMENSION_NAMES


def pages(views: Views, render: Renderer) -> Iterator[Written]:
    """The page of every topic, and their list."""
    counts = counts_of(views.hits)
    for topic in views.words.topics:
        compared = {one.id: views.comparisons.of(one.id) for one in topic.indicators}
        yield render.page(
            sitemap.TOPIC,
            topic.id,
            topic=topic,
            counts=counts,
            compared=compared,
            dimensions=DIMENSION_NAMES,
        )
    topics = views.words.topics
    yield render.page(sitemap.TOPICS, topics=topics, topic_counts=topic_counts(topics, views.corpus))
