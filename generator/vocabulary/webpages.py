"""Where the text of an office's web page stands: `generator/taxonomy/webpages.yml`, which explains its own keys."""

from __future__ import annotations

from dataclasses import dataclass

from generator.vocabulary.folder import WordFolder


@dataclass(frozen=True)
class Webpages:
    """What is known of the web pages of offices. Selectors are #id or .class."""

    containers: tuple[str, ...]
    apart: tuple[str, ...]
    titles: tuple[str, ...]
    facts: frozenset[str]
    documents: tuple[str, ...]  # suffixes of attachments


def read_webpages(lists: WordFolder) -> Webpages:
    """What is known of web pages. Raises `CorpusError`, naming the line of what the schema refuses."""
    data = lists.read("webpages").data
    return Webpages(
        tuple(data["containers"]),
        tuple(data["apart"]),
        tuple(data["titles"]),
        frozenset(data["facts"]),
        tuple(data["documents"]),
    )
