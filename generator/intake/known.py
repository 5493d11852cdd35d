"""What a folder of sources has already: files by their content, policies by id, number, title and words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from generator.faults import FaultLog
from generator.files.inputs import read_inside
from generator.intake.entry import Prepared
from generator.model import CorpusError, Policy
from generator.pipeline import read_and_parse
from generator.reading import survey
from generator.vocabulary import Vocabulary

_BRACKETS = re.compile(r"[\s《》“”〔〕\[\]（）()【】]")


class Known:
    """The documents of a folder, and those that a run has added to them."""

    def __init__(
        self, folder: Path, words: Vocabulary, log: FaultLog, progress: Callable[[str], None]
    ) -> None:
        self._files: dict[str, str] = {}  # by SHA-256
        self._policies: list[Policy] = []
        self._by_words: dict[str, Policy] = {}
        self.ids: set[str] = set()
        self.names: set[str] = set()  # of files without suffix, in small letters
        if not folder.is_dir():
            return
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.name.startswith("."):
                self.names.add(_stem(path.name))
                self._note_file(path, folder)
        try:
            sources = survey(folder).sources
        except CorpusError:
            return  # an empty folder, or one whose faults `check` tells
        for source in sources:
            progress(source.name)
            try:
                parsed, _ = read_and_parse(source, folder, words, log)
            except CorpusError:
                continue  # a fault of what is there; `check` tells it
            self._note(parsed.policies)

    def file(self, sha256: str) -> str | None:
        """Where the same bytes are already."""
        return self._files.get(sha256)

    def same_words(self, policy: Policy) -> Policy | None:
        """A policy with the very same text."""
        return self._by_words.get(_words(policy))

    def editions(self, policy: Policy) -> list[Policy]:
        """The policies of which this one is another text: the same number, or title and place."""
        return [one for one in self._policies if _same_document(one, policy)]

    def add(self, made: Prepared) -> None:
        """Note what a run has added, so that the same file is not added twice."""
        self._files.setdefault(made.entry.sha256, made.entry.files[0])
        self.names |= {_stem(name) for name in made.entry.files}
        self._note(made.policies)

    def _note(self, policies: Iterable[Policy]) -> None:
        self._policies += policies
        for policy in policies:
            self.ids |= {policy.id, *policy.former_ids}
            self._by_words.setdefault(_words(policy), policy)

    def _note_file(self, path: Path, folder: Path) -> None:
        try:
            digest = hashlib.sha256(read_inside(path, folder)).hexdigest()
        except CorpusError:
            return
        self._files.setdefault(digest, path.relative_to(folder).as_posix())


def _stem(name: str) -> str:
    return name.split(".", maxsplit=1)[0].lower()


def _words(policy: Policy) -> str:
    """All text of a policy without white space."""
    texts = [
        *(one.text for one in policy.front),
        *(one.wording for one in policy.clauses),
        *(one.text for one in policy.back),
    ]
    return "".join("".join(texts).split())


def _same_document(one: Policy, other: Policy) -> bool:
    if one.document_number and one.document_number == other.document_number:
        return _flat(one.title) == _flat(other.title) or one.issuer == other.issuer
    places = {policy.jurisdiction.name for policy in (one, other)} - {None}
    return len(_flat(one.title)) > 4 and _flat(one.title) == _flat(other.title) and len(places) < 2


def _flat(text: str) -> str:
    return _BRACKETS.sub("", text)
