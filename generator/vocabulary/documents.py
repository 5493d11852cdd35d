"""The kinds of documents, and of the papers that 《》 stands around, read from the YAML that a domain expert edits.

`generator/taxonomy/documents.yml` explains its own keys, in Chinese. This module checks it beyond its
schema; what follows from a kind is said in `mentions` and `find`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Literal, get_args

from generator.model import CorpusError, Problem
from generator.vocabulary.folder import WordFolder
from generator.vocabulary.frozen import FrozenMap
from generator.vocabulary.patterns import any_of

PaperKind = Literal["document", "paper", "work"]
Use = Literal["title", "genre", "self", "closing", "defines", "header", "inner"]
"""What a kind of document is good for besides being cited; `documents.yml` says it of each."""
_EVERY_USE: frozenset[Use] = frozenset(get_args(Use))  # of an ordinary kind

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
    uses: Mapping[str, frozenset[Use]]  # of each kind of document, in the order of the file
    lists: Mapping[str, tuple[str, ...]]  # the other lists, by name

    def used_as(self, use: Use) -> tuple[str, ...]:
        """The kinds of documents of which something is known: the ordinary ones are good for everything."""
        return tuple(kind for kind, uses in self.uses.items() if use in uses)

    @property
    def modifiers(self) -> tuple[str, ...]:
        """What may stand before a kind: 暂行, 实施."""
        return self.lists["modifiers"]

    @property
    def before_number(self) -> tuple[str, ...]:
        """What stands before a 文号 and is not part of it: 按照, 根据."""
        return self.lists["before_number"]

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
        patterns = [f"{any_of(known - generic)}"] if known - generic else []
        patterns += [f"(?:^{before}){any_of(generic)}"] if generic else []
        return re.compile(rf"(?:{'|'.join(patterns)})(?=第)") if patterns else None

    @cached_property
    def own_name(self) -> re.Pattern[str]:
        """What a document calls itself by: 本办法, 本实施方案. Group 1 is the kind."""
        return re.compile(rf"(?<![基成资根文版样标原])本{any_of(self.modifiers)}{{0,3}}({self._documents})")

    @cached_property
    def complete_title(self) -> re.Pattern[str]:
        """The end of a title that is complete: …的通知, …条例（试行）."""
        return re.compile(f"{self._title_end(self.used_as('title'), self.lists['titles'])}$")

    @cached_property
    def attached_title(self) -> re.Pattern[str]:
        """The end of the title of an attachment: …任务分工表, …办法."""
        ends = (self.used_as("title"), self.lists["titles"], self.lists["attached"])
        return re.compile(f"{self._title_end(*ends)}$")

    @staticmethod
    def _title_end(*ends: Iterable[str]) -> str:
        return rf"{any_of(*ends)}(?:[（(][^（）()]{{2,10}}[）)])?"

    @cached_property
    def list_title(self) -> re.Pattern[str]:
        """The title of a list within a text, alone on its line: 某某工作领导小组成员名单, 某某方案."""
        ends = any_of(self.used_as("inner"), self.lists["lists"])
        return re.compile(rf"[\u4e00-\u9fff“”《》（）]{{3,30}}{ends}")

    @cached_property
    def own_text(self) -> re.Pattern[str]:
        """The end of the title of a document that is a text of its own, whatever is attached: …的决定, …的批复."""
        return re.compile(f"{any_of(self.lists['own_texts'])}$")

    @cached_property
    def notice_end(self) -> re.Pattern[str]:
        """The end of the title of a notice that issues another: …〉的通知."""
        return re.compile(f"〉?的{any_of(self.lists['notices'])}$")

    @cached_property
    def header(self) -> re.Pattern[str]:
        """A title as pages repeat it at their head: 某市优化营商环境条例, 关于…的通知, 某某法（试行）."""
        return re.compile(rf"[^，。；：]{{2,60}}{any_of(self.used_as('header'))}(?:[（(].{{2,12}}[）)])?")

    @cached_property
    def self_kind(self) -> re.Pattern[str]:
        """The kinds by which texts call themselves, wherever they stand."""
        return re.compile(any_of(self.used_as("self")))

    @cached_property
    def self_name(self) -> re.Pattern[str]:
        """What a text calls itself: 本办法, 本实施方案; not 基本方案. Group 1 is the kind."""
        modified = f"{any_of(self.modifiers)}{{0,2}}"
        return re.compile(rf"(?<![基成资根文版样标])本{modified}({any_of(self.used_as('self'))})")

    @cached_property
    def law_title(self) -> re.Pattern[str]:
        """The title of a law, by what it is about: 核准出口商管理办法. Group 1 is 核准出口商."""
        return re.compile(rf"(.{{3,12}}?)(?:登记|监督)?(?:管理|实施|暂行|试行)*{any_of(self.laws)}")

    @cached_property
    def definition(self) -> re.Pattern[str]:
        """A term that a text defines: 本条例所称营商环境，是指……, 前款所称重大事项，是指……. Group `term` is the term."""
        return re.compile(
            rf"(?:本{any_of(self.used_as('defines'))}|[前本]款|本条)所[称指]的?"
            r"[“\"]?(?P<term>[^，,。；“”\"]{2,24}?)[”\"]?[，,]?\s*(?:，?包括|是?指的?是?|系指|即)"
            r"[^。；]{4,}[。；]?"
        )

    @property
    def laws(self) -> tuple[str, ...]:
        """The kinds of law that the State has and each place may have: 条例, 办法."""
        return self.lists["laws"]

    def genre(self, title: str) -> str | None:
        """The kind of document that a title names last, of those that are told: 措施 of 《…改革措施66条》."""
        places = {kind: title.rfind(kind) for kind in self.used_as("genre")}
        genre = max(places, key=lambda kind: places[kind], default=None)
        return genre if genre is not None and places[genre] >= 0 else None

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
        modified = rf"{any_of(self.modifiers)}{{0,3}}"
        return re.compile(rf"(?:[该同]|上述|前述){modified}({self._documents})(?=第)")

    @cached_property
    def _generic(self) -> re.Pattern[str]:
        return re.compile(rf"{any_of(self.modifiers)}{{0,3}}(?:{self._documents})")

    @cached_property
    def _documents(self) -> str:
        return any_of(word for word, kind in self.kinds.items() if kind == "document")

    @cached_property
    def _longest(self) -> int:
        return max(map(len, self.kinds))


def read_documents(lists: WordFolder) -> DocumentWords:
    """The kinds of documents and papers.

    Raises `CorpusError` with every fault found, each with the line: what the schema refuses, a word of two groups.
    """
    file = lists.read("documents")
    kinds: dict[str, PaperKind] = {}
    problems: list[Problem] = []
    for group, kind in _GROUPS.items():
        for number, word in enumerate(file.data[group]):
            if word in kinds:
                path = (group, word) if isinstance(file.data[group], dict) else (group, number)
                problems.append(file.problem(path, f"{word} 列在两组里。", "一个词只能归一组。"))
            kinds[word] = kind
    if problems:
        raise CorpusError(problems)
    uses = {
        kind: _EVERY_USE if uses is None else frozenset(uses) for kind, uses in file.data["documents"].items()
    }
    named = {name: tuple(words) for name, words in file.data.items() if name not in _GROUPS}
    return DocumentWords(FrozenMap(kinds), FrozenMap(uses), FrozenMap(named))
