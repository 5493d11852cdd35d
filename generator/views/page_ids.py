"""Which pages the site has of the types that have many: policies, indicators, offices, topics."""

from __future__ import annotations

from collections.abc import Mapping

from generator import sitemap
from generator.model import Corpus
from generator.views.units import Offices
from generator.vocabulary import Vocabulary


def page_ids(corpus: Corpus, words: Vocabulary) -> Mapping[sitemap.PageType, tuple[str, ...]]:
    """By type, the ids that have a page, in the order in which the pages are listed."""
    offices = Offices(corpus, words.units)
    return {
        sitemap.POLICY: tuple(policy.id for policy in corpus.policies),
        sitemap.INDICATOR: tuple(indicator.id for indicator in words.taxonomy.indicators),
        sitemap.UNIT: tuple(office.page for office in offices.paged if office.page),
        sitemap.TOPIC: tuple(topic.id for topic in words.topics),
    }
