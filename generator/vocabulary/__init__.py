"""The words by which texts are read: every list that a domain expert edits, loaded once, passed down as one value.

`generator/taxonomy` holds them as YAML, each file with its schema and explained in it, in Chinese; docs/words.md tells
authors what they are for. A module here knows one file: what is checked of it beyond its schema, and how its words are
looked for. What follows from a word is said in the rooms above: no word list is a rule.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar, cast

from generator.model import CorpusError, Problem
from generator.vocabulary.b_ready import Topic, read_topics
from generator.vocabulary.commitments import CommitmentWords, read_commitments
from generator.vocabulary.documents import DocumentWords, read_documents
from generator.vocabulary.doubts import DoubtWords, read_doubts
from generator.vocabulary.folder import WordFolder
from generator.vocabulary.glossary import Glossary, read_glossary
from generator.vocabulary.guidance import GuidanceWords, read_guidance
from generator.vocabulary.indicators import Taxonomy, read_indicators
from generator.vocabulary.parts import PartWords, read_parts
from generator.vocabulary.places import PlaceNames, read_places
from generator.vocabulary.subjects import Subjects, read_subjects
from generator.vocabulary.tables import TableWords, read_tables
from generator.vocabulary.units import Units, read_units
from generator.vocabulary.webpages import Webpages, read_webpages

__all__ = ["Vocabulary", "load_words"]

_Made = TypeVar("_Made")


@dataclass(frozen=True)
class Vocabulary:
    """All word lists, checked. Frozen, and fit to be pickled. Make one with `load_words` and use it for everything."""

    commitments: CommitmentWords
    documents: DocumentWords
    doubts: DoubtWords
    glossary: Glossary
    guidance: GuidanceWords
    parts: PartWords  # of what stands before and after the clauses
    places: PlaceNames
    subjects: Subjects
    tables: TableWords
    taxonomy: Taxonomy  # the 18 indicators
    topics: tuple[Topic, ...]  # those of B-READY
    units: Units
    webpages: Webpages


def load_words(folder: Path | None = None) -> Vocabulary:
    """Every word list, read and checked.

    `folder` is that of a site's own lists: a file in it takes the place of the packaged one of its name. Raises
    `CorpusError` with the faults of all files, each with file and line.
    """
    lists = WordFolder(folder)
    problems: list[Problem] = []

    def made(read: Callable[[WordFolder], _Made]) -> _Made:
        """What `read` makes; nothing that is used where it finds faults, which are kept."""
        try:
            return read(lists)
        except CorpusError as error:
            problems.extend(error.problems)
            return cast(_Made, None)

    made(WordFolder.check)
    taxonomy, documents = made(read_indicators), made(read_documents)
    words = Vocabulary(
        commitments=made(read_commitments),
        documents=documents,
        doubts=made(read_doubts),
        glossary=made(read_glossary),
        guidance=made(read_guidance),
        parts=made(lambda one: read_parts(one, documents)),
        places=made(read_places),
        subjects=made(read_subjects),
        tables=made(read_tables),
        taxonomy=taxonomy,
        topics=made(lambda one: read_topics(one, taxonomy)) if taxonomy else (),
        units=made(read_units),
        webpages=made(read_webpages),
    )
    if problems:
        raise CorpusError(problems)
    return words
