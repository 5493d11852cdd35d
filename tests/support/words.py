"""The packaged word lists, loaded once for all tests, and what reads by them."""

from __future__ import annotations

from pathlib import Path

from generator.analysis import load_analyst
from generator.analysis.responsibility import NoteReader
from generator.vocabulary import Vocabulary, load_words
from generator.vocabulary.folder import PACKAGED, WordFolder

WORDS = load_words()
ANALYST = load_analyst(WORDS)
NOTES = NoteReader(WORDS.units)


def load_shared_words(folder: Path | None = None) -> Vocabulary:
    """What `load_words` returns; the packaged lists are not read again."""
    return WORDS if folder is None else load_words(folder)


def packaged(name: str) -> str:
    """The text of a packaged list."""
    return (PACKAGED / f"{name}.yml").read_text("utf-8")


def folder_with(folder: Path, name: str, text: str) -> WordFolder:
    """A folder of a site's own lists that holds one: `text`, under the name of the packaged one it replaces."""
    (folder / f"{name}.yml").write_text(text, "utf-8")
    return WordFolder(folder)
