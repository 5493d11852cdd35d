"""The taxonomy of the 18 indicators, read from the YAML that a domain expert edits.

`generator/taxonomy/indicators.yml` explains its own keys, in Chinese. This module checks it, names the wrong
line, and lays the words out for fast search; what a word is worth in which place is said in `indicators`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from generator.analysis.responsibility import NoteReader
from generator.analysis.units import Units, load_units
from generator.files.yamlfile import KeyPath, YamlFile, load_yaml
from generator.model import CorpusError, Problem

DEFAULT_PATH = Path(__file__).resolve().parent.parent / "taxonomy" / "indicators.yml"

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
"""The 18 indicators of 中国营商环境评价, in their order (DESIGN §8). The ids are part of published addresses."""

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

_REQUIRED = ("name", "b_ready", "description", "headings", "words")
_OPTIONAL = ("synonyms", "excludes")
_GENERAL = ("headings", "phrases", "broad_titles")

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

    A clause at or below a heading with one of `general_headings` (总则, 组织保障 …) is about no indicator
    unless its own title says so; nor is an untitled, short clause with one of `general_phrases` (自…起施行).
    A document with one of `broad_titles` (营商环境) in its title is about many indicators, a chapter of it about several.
    `units` are the words of notes of responsibility: what stands in a note says nothing of the subject.
    """

    indicators: tuple[Indicator, ...]
    general_headings: tuple[str, ...]
    general_phrases: tuple[str, ...]
    broad_titles: tuple[str, ...]
    units: Units

    def indicator(self, id_: str) -> Indicator:
        """The indicator with this id; `KeyError` where there is none."""
        for indicator in self.indicators:
            if indicator.id == id_:
                return indicator
        raise KeyError(id_)

    @cached_property
    def notes(self) -> NoteReader:
        """What finds the notes of responsibility in a wording."""
        return NoteReader(self.units)

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
        shorter word in it (市场监管). Indicators do not disturb each other. Linear in the length of the text.
        """
        found: list[Found] = []
        free_from: dict[str, int] = {}
        buckets = self._buckets
        for start in range(len(text) - 1):
            for word in buckets.get(text[start : start + 2], ()):
                if start >= free_from.get(word.indicator, 0) and text.startswith(word.text, start):
                    free_from[word.indicator] = start + len(word.text)
                    if word.weight:
                        found.append(Found(start, word))
        return found


def load_taxonomy(path: Path = DEFAULT_PATH) -> Taxonomy:
    """Read and check the taxonomy; by default the one packaged with the generator.

    Raises `CorpusError` with every fault found, each with the line: broken YAML, an unknown or missing key or
    indicator, a word listed twice in one indicator, a word of one character, a weight out of range. The words of
    offices are those packaged (`units.yml`).
    """
    file = load_yaml(path, path.as_posix(), {"type": "object"})
    checker = _Checker(file)
    checker.keys((), file.data, ("general", "indicators"))
    general = checker.mapping(("general",))
    checker.keys(("general",), general, _GENERAL)
    headings = checker.words(("general", "headings"))
    phrases = checker.words(("general", "phrases"))
    broad = checker.words(("general", "broad_titles"))
    listed = checker.mapping(("indicators",))
    checker.keys(("indicators",), listed, INDICATOR_IDS)
    indicators = [checker.indicator(id_) for id_ in INDICATOR_IDS if id_ in listed]
    if checker.problems:
        raise CorpusError(sorted(set(checker.problems), key=lambda problem: problem.line or 0))
    return Taxonomy(tuple(indicators), headings, phrases, broad, load_units())


class _Checker:
    """Takes the values out of the YAML and collects what is wrong with them."""

    def __init__(self, file: YamlFile) -> None:
        self.file = file
        self.problems: list[Problem] = []

    def fault(self, path: KeyPath, message: str, advice: str = "") -> None:
        self.problems.append(self.file.problem(path, message, advice))

    def value(self, path: KeyPath) -> object:
        value: object = self.file.data
        for step in path:
            value = value.get(step) if isinstance(value, dict) else None
        return value

    def mapping(self, path: KeyPath) -> dict[str, Any]:
        value = self.value(path)
        if value is None:
            return {}
        if not isinstance(value, dict):
            self.fault(path, f"{path[-1]} 应为“键: 值”。")
            return {}
        return value

    def keys(
        self,
        path: KeyPath,
        mapping: Mapping[str, Any],
        required: tuple[str, ...],
        optional: tuple[str, ...] = (),
    ) -> None:
        """Exactly the required keys, and perhaps the optional ones."""
        known = (*required, *optional)
        where = ".".join(str(step) for step in path) or "文件"
        for key in mapping:
            if key not in known:
                self.fault((*path, str(key)), f"{where} 不认识键 {key}。", f"可用：{'、'.join(known)}。")
        for key in required:
            if key not in mapping:
                self.fault(path, f"{where} 缺少 {key}。")

    def text(self, path: KeyPath) -> str:
        value = self.value(path)
        if isinstance(value, str) and value.strip():
            return value.strip()
        self.fault(path, f"{path[-1]} 应为文字。")
        return ""

    def word(self, path: KeyPath, value: object) -> str:
        if not isinstance(value, str):
            self.fault(path, f"{value} 应为文字。", '数字请加引号，如 "12345"。')
        elif len(fold(value)) < 2:
            self.fault(path, f"{value} 不足两个字，会到处误中。")
        return str(value)

    def words(self, path: KeyPath) -> tuple[str, ...]:
        """A list of words, none of them twice."""
        value = self.value(path)
        if value is None:
            return ()
        if not isinstance(value, list):
            self.fault(path, f"{path[-1]} 应为列表。", "写作 [词, 词]。")
            return ()
        words: dict[str, str] = {}
        for number, item in enumerate(value):
            word = self.word((*path, number), item)
            if fold(word) in words:
                self.fault((*path, number), f"{word} 重复。", "删去一处。")
            words.setdefault(fold(word), word)
        return tuple(words.values())

    def weights(self, path: KeyPath) -> dict[str, float]:
        weights: dict[str, float] = {}
        for key, weight in self.mapping(path).items():
            below = (*path, str(key))
            word = self.word(below, key)
            if (
                isinstance(weight, bool)
                or not isinstance(weight, int | float)
                or not 0 < weight <= MAX_WEIGHT
            ):
                self.fault(below, f"{word} 的分值 {weight} 有误。", f"应大于 0、不超过 {MAX_WEIGHT}。")
            else:
                weights[word] = float(weight)
        return weights

    def indicator(self, id_: str) -> Indicator:
        path: KeyPath = ("indicators", id_)
        self.keys(path, self.mapping(path), _REQUIRED, _OPTIONAL)
        b_ready = self.value((*path, "b_ready"))
        if not (b_ready is None or (isinstance(b_ready, str) and b_ready in B_READY_TOPICS)):
            self.fault(
                (*path, "b_ready"),
                f"B-READY 没有主题 {b_ready}。",
                f"可用：{'、'.join(B_READY_TOPICS)}、null。",
            )
        headings = self.words((*path, "headings"))
        weights = self.weights((*path, "words"))
        synonyms = {
            str(word): self.words((*path, "synonyms", str(word)))
            for word in self.mapping((*path, "synonyms"))
        }
        for word in synonyms:
            if word not in headings and word not in weights:
                self.fault(
                    (*path, "synonyms", word), f"{word} 不在 headings 或 words 里。", "先在那里列出该词。"
                )
        excludes = self.words((*path, "excludes"))
        self.unique(id_, synonyms, {*headings, *weights}, excludes)
        return Indicator(
            id_,
            self.text((*path, "name")),
            None if b_ready is None else str(b_ready),
            self.text((*path, "description")),
            headings,
            weights,
            synonyms,
            excludes,
        )

    def unique(
        self, id_: str, synonyms: Mapping[str, tuple[str, ...]], words: set[str], excludes: tuple[str, ...]
    ) -> None:
        """No spelling of a synonym or exclude that counts already."""
        taken = {fold(word) for word in words}
        spellings: list[tuple[KeyPath, str]] = [
            (("indicators", id_, "synonyms", word, number), spelling)
            for word, others in synonyms.items()
            for number, spelling in enumerate(others)
        ]
        spellings += [(("indicators", id_, "excludes", number), word) for number, word in enumerate(excludes)]
        for path, spelling in spellings:
            if fold(spelling) in taken:
                self.fault(path, f"{spelling} 在 {id_} 里重复。", "删去一处。")
            taken.add(fold(spelling))
