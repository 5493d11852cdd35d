"""The kinds of papers that 《》 stands around, read from the YAML that a domain expert edits.

`generator/taxonomy/documents.yml` explains its own keys, in Chinese. This module checks it beyond its
schema; what follows from a kind is said in `mentions` and `find`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from generator.model import CorpusError, Problem
from generator.vocabulary.folder import WordFolder
from generator.vocabulary.frozen import FrozenMap

PaperKind = Literal["document", "paper", "work"]

_GROUPS: Mapping[str, PaperKind] = MappingProxyType(
    {"documents": "document", "papers": "paper", "works": "work"}
)
# What may stand before a name besides the words before a number.
_BREAKS = "，。；：、（(和与及或有对"
# （试行）   (黑龙江省2017年本)   ”   — what may stand after the word that says the kind
_TAIL = re.compile(r"(?:[（(][^（()）]*[）)]|[”’\"'」』》〉]){1,9}+$")


@dataclass(frozen=True)
class DocumentWords:
    """The word lists of `generator/taxonomy/documents.yml`."""

    kinds: Mapping[str, PaperKind]
    modifiers: tuple[str, ...]
    before_number: tuple[str, ...]

    def kind(self, title: str) -> PaperKind:
        """What a title without its 《》 is the title of, by its longest last word; a document where no word is known.

        《建设工程规划许可证》 is a paper, 《政府核准的投资项目目录(黑龙江省2017年本)》 a document. White space must have
        been taken out.
        """
        name = _TAIL.sub("", title) or title
        for length in range(min(self._longest, len(name)), 0, -1):
            kind = self.kinds.get(name[-length:])
            if kind is not None:
                return kind
        return "document"

    def is_generic(self, title: str) -> bool:
        """Whether a title says only what kind of document it is: 《条例》, 《若干措施》, 《实施方案》."""
        return self._generic.fullmatch(title) is not None

    def names_paper(self, text: str, stop: int) -> bool:
        """Whether the text up to `stop` ends with the name of a document or a paper: 民法典, 该办法, 劳动合同."""
        return any(
            self.kinds.get(text[stop - length : stop]) in ("document", "paper")
            for length in range(1, min(self._longest, stop) + 1)
        )

    def unmarked(self, names: Iterable[str]) -> re.Pattern[str] | None:
        """Where declared short names stand before a clause number without 《》; None where there are no names.

        One that says only a kind (条例第八条) must follow a word that no name ends with: not 登记管理条例第八条.
        """
        known = set(names)
        generic = {name for name in known if self.is_generic(name)}
        before = "".join(f"|(?<={re.escape(word)})" for word in (*self.before_number, *_BREAKS))
        patterns = [f"(?:{_any(known - generic)})"] if known - generic else []
        patterns += [f"(?:^{before})(?:{_any(generic)})"] if generic else []
        return re.compile(rf"(?:{'|'.join(patterns)})(?=第)") if patterns else None

    @cached_property
    def own_name(self) -> re.Pattern[str]:
        """What a document calls itself by: 本办法, 本实施方案. Group 1 is the kind."""
        return re.compile(rf"(?<![基成资根文版样标原])本(?:{_any(self.modifiers)}){{0,3}}({self._documents})")

    def document_kind(self, title: str) -> str:
        """The word that says which kind of document a title is of: 办法 of 《…管理办法（试行）》; empty for none."""
        name = _TAIL.sub("", title) or title
        for length in range(min(self._longest, len(name)), 0, -1):
            if self.kinds.get(name[-length:]) == "document":
                return name[-length:]
        return ""

    @cached_property
    def that_name(self) -> re.Pattern[str]:
        """A document named before, before a clause number: 该办法第三条, 同法第五条. Group 1 is the kind."""
        modified = rf"(?:{_any(self.modifiers)}){{0,3}}"
        return re.compile(rf"(?:[该同]|上述|前述){modified}({self._documents})(?=第)")

    @cached_property
    def _generic(self) -> re.Pattern[str]:
        return re.compile(rf"(?:{_any(self.modifiers)}){{0,3}}(?:{self._documents})")

    @cached_property
    def _documents(self) -> str:
        return _any(word for word, kind in self.kinds.items() if kind == "document")

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self.kinds))


def _any(words: Iterable[str]) -> str:
    """A pattern of any of the words, the longest first."""
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def read_documents(lists: WordFolder) -> DocumentWords:
    """The kinds of papers.

    Raises `CorpusError` with every fault found, each with the line: what the schema refuses, a word of two groups.
    """
    file = lists.read("documents")
    kinds: dict[str, PaperKind] = {}
    problems: list[Problem] = []
    for group, kind in _GROUPS.items():
        for number, word in enumerate(file.data[group]):
            if word in kinds:
                problems.append(file.problem((group, number), f"{word} 列在两组里。", "一个词只能归一组。"))
            kinds[word] = kind
    if problems:
        raise CorpusError(problems)
    return DocumentWords(FrozenMap(kinds), tuple(file.data["modifiers"]), tuple(file.data["before_number"]))
