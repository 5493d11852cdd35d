"""How pages are written: each template is handed what it shows, and a policy's page needs a few small records only."""

from __future__ import annotations

import pickle
import re
from pathlib import Path

import jinja2
import pytest
from jinja2 import meta

from generator.model import Corpus
from generator.publishing.pages.policy import policy_page
from generator.publishing.pages.render import FILTERS, Renderer
from generator.publishing.pages.writer import all_pages
from generator.sitemap import FORWARD, FRAGMENTS, PAGE_TYPES
from generator.views.corpus import Views
from tests.support.corpora import ROOT
from tests.support.words import WORDS

TEMPLATES = ROOT / "site_templates" / "pages"
NAMES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.j2"))


@pytest.fixture(scope="module")
def views(corpus: Corpus) -> Views:
    """The views of the repository's corpus."""
    return Views(corpus, WORDS)


def test_a_page_of_a_policy_is_made_of_records_that_another_process_can_take(views: Views) -> None:
    render = Renderer(TEMPLATES)
    for policy in views.corpus.policies[:3]:
        given = (policy, dict(views.analyses(policy)), views.around(policy))
        there, analyses, around = pickle.loads(pickle.dumps(given))
        made_there = policy_page(there, analyses, around, WORDS, Renderer(TEMPLATES))
        assert made_there == policy_page(*given, words=WORDS, render=render)


def test_what_surrounds_a_policy_holds_no_text_of_the_others(views: Views) -> None:
    policy = max(views.corpus.policies, key=lambda one: len(one.clauses))
    around = repr(views.around(policy))
    for other in views.corpus.policies:
        if other is not policy:
            assert not [one for one in other.clauses if len(one.wording) > 80 and one.wording in around]


def test_views_give_the_same_pages_in_the_same_order(corpus: Corpus, views: Views) -> None:
    once, again = (list(all_pages(one, Renderer(TEMPLATES))) for one in (views, Views(corpus, WORDS)))
    assert once == again
    assert len({page.path for page in once}) == len(once)


# ---- Templates


@pytest.mark.parametrize("name", NAMES)
def test_a_template_uses_only_the_filters_that_are_listed(name: str) -> None:
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(TEMPLATES))
    tree = environment.parse((TEMPLATES / name).read_text("utf-8"))
    used = {node.name for node in tree.find_all(jinja2.nodes.Filter)}
    assert used <= set(FILTERS) | set(environment.filters)


@pytest.mark.parametrize("name", NAMES)
def test_no_template_is_handed_the_whole_corpus(name: str) -> None:
    environment = jinja2.Environment()
    environment.filters |= FILTERS
    tree = environment.parse((TEMPLATES / name).read_text("utf-8"))
    assert meta.find_undeclared_variables(tree) & {"corpus", "taxonomy", "views", "words"} == set()


def test_every_template_is_used() -> None:
    named = {one.template for one in (*PAGE_TYPES, FORWARD)} | {one.template for one in FRAGMENTS}
    for name in NAMES:
        named |= set(re.findall(r'"([\w./-]+\.j2)"', (TEMPLATES / name).read_text("utf-8")))
    assert set(NAMES) == named - {None}


def test_a_template_stands_in_the_folder_of_its_type() -> None:
    for page_type in PAGE_TYPES:
        if page_type.template:
            assert Path(page_type.template).parent.as_posix() == page_type.name
