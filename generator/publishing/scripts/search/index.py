"""The index as files: every script of `site/search/`, in the format that docs/search-format.md describes.

A script calls window.policySearch.receive(name, stamp, data). The stamp tells one build from another, so that a file
of an older build, kept by some cache, is never mixed with newer ones.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from generator.eid import MAIN_TEXT
from generator.model import Corpus
from generator.publishing.classic import call, literal
from generator.publishing.scripts.search.documents import Document, documents, is_draft, searchable
from generator.publishing.scripts.search.facts import facts
from generator.publishing.scripts.search.numbers import writer
from generator.publishing.scripts.search.postings import Postings
from generator.publishing.scripts.search.shards import files, plan
from generator.publishing.scripts.search.texts import CHUNK, texts
from generator.vocabulary.indicators import Taxonomy

VERSION = 2  # of the format; the engine refuses another


def search_scripts(corpus: Corpus, taxonomy: Taxonomy) -> Iterator[tuple[str, str]]:
    """The scripts: name below `search/` and text. The same corpus gives the same scripts."""
    found = list(documents(corpus))
    order = {indicator.id: number for number, indicator in enumerate(taxonomy.indicators)}
    postings = Postings()
    for document in found:
        postings.add(searchable(document))
    pairs = postings.by_first_character()
    dealt = plan(pairs)
    index = {
        "version": VERSION,
        "chunk": CHUNK,
        "clauses": [len(policy.clauses) for policy in corpus.policies],
        "drafts": [number for number, policy in enumerate(corpus.policies) if is_draft(policy)],
        "indicators": [[one.id, one.name] for one in taxonomy.indicators],
        "shared": dealt.shared,
        "own": dealt.own,
    }
    shown = [
        ("facts", facts(corpus, order)),
        ("anchors", anchors(found)),
        *((f"texts/{number}", data) for number, data in enumerate(texts(found, corpus, order))),
    ]
    stamp = _stamp([("index", index), *shown])

    def script(name: str, data: Any) -> tuple[str, str]:  # noqa: ANN401 - whatever JSON can hold
        return f"{name}.js", call("window.policySearch.receive", name, stamp, data)

    yield script("index", index)
    for name, data in shown:
        yield script(name, data)
    for name, lists, places in files(pairs, dealt):
        yield script(f"pairs/{name}", lists)
        yield script(f"places/{name}", places)


def anchors(found: Sequence[Document]) -> dict[str, str]:
    """The documents of every anchor that a reader can name by a number alone (art_35, subpara_35, sec_3).

    Written as the documents of a pair are: how many were passed over since the last.
    """
    written = writer()
    lists: defaultdict[str, bytearray] = defaultdict(bytearray)
    last: defaultdict[str, int] = defaultdict(lambda: -1)
    for number, document in enumerate(found):
        anchor = document.clause.anchor if document.clause else MAIN_TEXT
        if anchor.is_single:
            lists[anchor] += written(number - last[anchor] - 1)
            last[anchor] = number
    return {anchor: numbers.decode("ascii") for anchor, numbers in lists.items()}


def _stamp(shown: Iterable[tuple[str, Any]]) -> str:
    """Of everything a result shows, hence of everything the lists are made from."""
    digest = hashlib.sha256()
    for name, data in shown:
        digest.update(f"{name}{literal(data)}".encode())
    return digest.hexdigest()[:12]
