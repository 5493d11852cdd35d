"""The taxonomy of the 18 indicators, read from the YAML that a domain expert edits.

`generator/taxonomy/indicators.yml` explains its own keys, in Chinese. This module checks it beyond its schema
and lays the words out for fast search; what a word is worth in which place is said in `indicators`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from generator.files.yamlfile import KeyPath, YamlFile
from generator.model import CorpusError, Problem
from generator.vocabulary.folder import WordFolder
from generator.vocabulary.frozen import FrozenMap

INDICATOR_IDS = (
    "starting-business",
    "construction-permits",
    "getting-electricity",
    "getting-water-gas",
    "registering-property",
    "paying-taxes",
    "cross-border-trade",
    "insolvency",
    "getting-credit",
    "minority-investors",
    "enforcing-contracts",
    "labor-market",
    "procurement",
    "bidding",
    "government-services",
    "intellectual-property",
    "market-regulation",
    "inclusive-innovation",
)
"""The 18 indicators of 中国营商环境评价, in their order (CONTRACT.md, Indicators). The ids are part of published addresses."""

B_READY_TOPICS = (
    "Business Entry",
    "Business Location",
    "Utility Services",
    "Labor",
    "Financial Services",
    "International Trade",
    "Taxation",
    "Dispute Resolution",
    "Market Competition",
    "Business Insolvency",
)
"""The ten topics of the World Bank's B-READY report."""

MAX_WEIGHT = 5
"""A word of this weight is enough, mentioned once, to make its indicator a secondary one."""

HEADING_WEIGHT = 2
"""What a heading word is worth in running text, unless `words` gives it a weight of its own."""

# Quotation marks and white space never count: “双随机、一公开”, 双随机、 一公开.
_IGNORED = str.maketrans("", "", " \t\r\n\u3000“”‘’\"'「」")


def fold(text: str) -> str:
    """The text as words are compared in it: without quotation marks and white space."""
    return text.translate(_IGNORED)


@dataclass(frozen=True)
class Word:
    """One word of one indicator, as it is looked for in a text.

    `shown` is the word that its synonyms stand for: several spellings of one word count once. A weight of 0
    marks an exclude. `heading` is whether the word decides in a heading, `name`
    whether it is the indicator's own name.
    """

    text: str
    indicator: str
    shown: str
    weight: float
    heading: bool = False
    name: bool = False


@dataclass(frozen=True)
class Found:
    """A word found in a text: where it starts, and which."""

    start: int
    word: Word


@dataclass(frozen=True)
class Indicator:
    """One indicator as the YAML describes it. Weights run from above 0 to `MAX_WEIGHT`."""

    id: str
    name: str
    b_ready: str | None
    description: str
    headings: tuple[str, ...]
    words: Mapping[str, float]
    synonyms: Mapping[str, tuple[str, ...]]
    excludes: tuple[str, ...]

    def lexicon(self) -> Iterator[Word]:
        """Every spelling to look for, excludes included.

        A longer word decides in a heading as the heading word in it would: 破产管理人 as 破产.
        """
        for text in {**dict.fromkeys(self.headings), **dict.fromkeys(self.words)}:
            weight = self.words.get(text, HEADING_WEIGHT)
            heading = any(one in text for one in self.headings)
            for spelling in (text, *self.synonyms.get(text, ())):
                yield Word(fold(spelling), self.id, text, weight, heading, spelling == self.name)
        for text in self.excludes:
            yield Word(fold(text), self.id, text, 0)


@dataclass(frozen=True)
class Taxonomy:
    """All indicators, in the order of `INDICATOR_IDS`, and the words of formalities.

    A clause at or below a heading with one of `general_headings` (附则, 组织保障 …) or `aims` (总体要求) is about no
    indicator unless its own title says so, or, below aims, its promises do; nor is an untitled, short clause with one of `general_phrases` (自…起施行).
    A document with one of `broad_titles` (营商环境) in its title is about many indicators, a chapter of it about several.
    One of `settings` (自由贸易试验区) in it says where the document holds, not what it is about.
    """

    indicators: tuple[Indicator, ...]
    general_headings: tuple[str, ...]
    aims: tuple[str, ...]
    general_phrases: tuple[str, ...]
    broad_titles: tuple[str, ...]
    settings: frozenset[str]

    def indicator(self, id_: str) -> Indicator:
        """The indicator with this id; `KeyError` where there is none."""
        for indicator in self.indicators:
            if indicator.id == id_:
                return indicator
        raise KeyError(id_)

    @cached_property
    def _buckets(self) -> Mapping[str, tuple[Word, ...]]:
        """All words by their first two characters, the longest first."""
        buckets: defaultdict[str, list[Word]] = defaultdict(list)
        for indicator in self.indicators:
            for word in indicator.lexicon():
                buckets[word.text[:2]].append(word)
        return {
            start: tuple(sorted(words, key=lambda word: -len(word.text))) for start, words in buckets.items()
        }

    def find(self, text: str) -> list[Found]:
        """The words of all indicators in a text (already `fold`ed), in order of their place.

        Within one indicator the longest word wins and words do not overlap, so an exclude (市场监管局) hides the
        shorter word in it (市场监管). Of two indicators one word may stand inside the other (质押融资 in 知识产权质押融资), but
        what begins inside a word and ends outside it is no word: 产权证 in 知识产权证券化. Linear in the length of the text.
        """
        found: list[Found] = []
        free_from: dict[str, int] = {}
        open_from, open_to = 0, 0  # the word that reaches furthest so far
        buckets = self._buckets
        for start in range(len(text) - 1):
            for word in buckets.get(text[start : start + 2], ()):
                end = start + len(word.text)
                if start < free_from.get(word.indicator, 0) or not text.startswith(word.text, start):
                    continue
                if open_from < start < open_to < end and end - start <= open_to - open_from:
                    continue
                free_from[word.indicator] = end
                if word.weight:
                    found.append(Found(start, word))
                    if end > open_to:
                        open_from, open_to = start, end
        return found


def read_indicators(lists: WordFolder) -> Taxonomy:
    """The taxonomy of the 18 indicators.

    Raises `CorpusError` with every fault found, each with the line: what the schema refuses, a word listed twice in
    one indicator, a word of one character, a synonym of a word that is not listed.
    """
    file = lists.read("indicators")
    problems = list(_faults(file))
    if problems:
        raise CorpusError(sorted(problems))
    general: Mapping[str, list[str]] = file.data["general"]
    listed: Mapping[str, Mapping[str, Any]] = file.data["indicators"]
    return Taxonomy(
        tuple(_indicator(id_, listed[id_]) for id_ in INDICATOR_IDS),
        tuple(general["headings"]),
        tuple(general["aims"]),
        tuple(general["phrases"]),
        tuple(general["broad_titles"]),
        frozenset(general["settings"]),
    )


def _indicator(id_: str, entry: Mapping[str, Any]) -> Indicator:
    return Indicator(
        id_,
        entry["name"].strip(),
        entry["b_ready"],
        entry["description"].strip(),
        tuple(entry["headings"]),
        FrozenMap({word: float(weight) for word, weight in entry["words"].items()}),
        FrozenMap({word: tuple(others) for word, others in entry.get("synonyms", {}).items()}),
        tuple(entry.get("excludes", ())),
    )


def _faults(file: YamlFile) -> Iterator[Problem]:
    """What is wrong beyond the schema."""
    for key, words in file.data["general"].items():
        yield from _wrong_words(file, ("general", key), words)
    for id_, entry in file.data["indicators"].items():
        path: KeyPath = ("indicators", id_)
        headings, weights = entry["headings"], entry["words"]
        yield from _wrong_words(file, (*path, "headings"), headings)
        for word in weights:
            yield from _too_short(file, (*path, "words", word), word)
        for word, others in entry.get("synonyms", {}).items():
            if word not in headings and word not in weights:
                message = f"{word} 不在 headings 或 words 里。"
                yield file.problem((*path, "synonyms", word), message, "先在那里列出该词。")
            yield from _wrong_words(file, (*path, "synonyms", word), others)
        yield from _wrong_words(file, (*path, "excludes"), entry.get("excludes", ()))
        yield from _counted_already(file, id_, entry)


def _wrong_words(file: YamlFile, path: KeyPath, words: Sequence[str]) -> Iterator[Problem]:
    """The words of a list that are too short, or stand in it twice."""
    seen: set[str] = set()
    for number, word in enumerate(words):
        yield from _too_short(file, (*path, number), word)
        if fold(word) in seen:
            yield file.problem((*path, number), f"{word} 重复。", "删去一处。")
        seen.add(fold(word))


def _too_short(file: YamlFile, path: KeyPath, word: str) -> Iterator[Problem]:
    if len(fold(word)) < 2:
        yield file.problem(path, f"{word} 不足两个字，会到处误中。")


def _counted_already(file: YamlFile, id_: str, entry: Mapping[str, Any]) -> Iterator[Problem]:
    """The synonyms and excludes whose spelling counts already."""
    taken = {fold(word) for word in (*entry["headings"], *entry["words"])}
    spellings: list[tuple[KeyPath, str]] = [
        (("indicators", id_, "synonyms", word, number), spelling)
        for word, others in entry.get("synonyms", {}).items()
        for number, spelling in enumerate(others)
    ]
    excludes: Sequence[str] = entry.get("excludes", ())
    spellings += [(("indicators", id_, "excludes", number), word) for number, word in enumerate(excludes)]
    for path, spelling in spellings:
        if fold(spelling) in taken:
            yield file.problem(path, f"{spelling} 在 {id_} 里重复。", "删去一处。")
        taken.add(fold(spelling))
