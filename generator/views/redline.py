"""What became of each article from one text to another: aligned by wording, whatever its number and place.

Between two versions of a law most numbers mean another article, so numbers decide nothing here. Two parts belong
together by the pairs of characters they share, the rarer the better (tf-idf, cosine); where a part has gone to
several, or several into one, the phrases that left their own counterpart tell. Typographic variants (full and half
width, 〇 and 零, spaces) are no difference. The time is that of the pairs of parts that share something.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from generator.anchors.worddiff import Change, word_diff
from generator.folding import fold
from generator.model import Clause, Kind, Named, Policy

ALIKE = 0.3  # cosine from which two parts are the same part, wherever they stand
ALIKE_IN_PLACE = 0.12  # … where the parts before and after them are, and nothing else is left between
OUT_OF_PLACE = 0.1  # what the whole length of the text between two places costs, to part equals
COVERED = 0.6  # share of a phrase's weight that another part has, to say the phrase is there
LEFT = 0.5  # below which it is not
PHRASE = 8  # characters: a shorter phrase says nothing of where it went
EVIDENCE = 14.0  # weight of the phrases that must have gone to another part, to call it a split or a merger
COMMON_SUBSTITUTIONS = 3  # how often the same word takes the place of the same word, to be told once for all
LONGEST_SUBSTITUTION = 10  # characters
MOSTLY = 0.8  # of the places where one word took another's

_PHRASE = re.compile("[^,。;:]+")  # of a folded text
_HAN = re.compile(r"[\u4e00-\u9fff]")
_NUMBER = re.compile("[0-9〇零一二三四五六七八九十百千万第条款项]+")
_VARIANTS = str.maketrans("〇○︰、﹑", "零零:,,")


class RowKind(Named):
    """What became of a part."""

    SAME = "same", "未变"
    RENUMBERED = "renumbered", "只改了编号"
    CHANGED = "changed", "有改动"
    MOVED = "moved", "移动了位置"
    ADDED = "added", "新增"
    DELETED = "deleted", "删去"
    SPLIT = "split", "拆分"
    MERGED = "merged", "合并"


@dataclass(frozen=True)
class Part:
    """What is compared as one: an article, or a measure, with everything below it."""

    policy: str
    anchor: str
    label: str | None
    text: str  # without the label

    @cached_property
    def folded(self) -> str:
        """The text as it is compared: without white space, typographic variants as one."""
        return fold_variants(self.text)


@dataclass(frozen=True)
class Row:
    """One line of the comparison: the parts of the older text, those of the newer, and what became of them.

    `moved` is whether the part stands out of the order that the others kept, `reworded` whether its wording differs,
    `partly` are further parts of the newer text, rows of their own, that phrases of the older ones went to.
    """

    kind: RowKind
    old: tuple[Part, ...]
    new: tuple[Part, ...]
    moved: bool = False
    reworded: bool = False
    partly: tuple[Part, ...] = ()

    def changes(self) -> tuple[Change, ...]:
        """Word by word, variants aside; the text that stayed is the newer one's."""
        before, after = ("\n".join(part.text for part in side) for side in (self.old, self.new))
        return word_diff(before, after, fold=fold_variants)


@dataclass(frozen=True)
class Substitution:
    """A word that took the place of another throughout: 市场主体 → 经营主体."""

    before: str
    after: str
    times: int


@dataclass(frozen=True)
class Redline:
    """Two texts compared: rows in the order of the newer one, a deleted part where it stood."""

    old: str  # policy id
    new: str
    rows: tuple[Row, ...]
    substitutions: tuple[Substitution, ...]

    @cached_property
    def counts(self) -> Mapping[RowKind, int]:
        """How many rows there are of each kind."""
        return Counter(row.kind for row in self.rows)


def fold_variants(text: str) -> str:
    """A text without white space, its typographic variants as one: 、 and ，, 〇 and 零, full and half width."""
    return fold(text).translate(_VARIANTS)


def parts_of(policy: Policy) -> list[Part]:
    """The parts of a policy that are compared: its articles; where it has none, the first clauses with text of their own."""
    articles = {clause.anchor for clause in policy.clauses if clause.kind is Kind.ARTICLE}
    texts: dict[str, list[str]] = {}
    heads: dict[str, Clause] = {}
    of: dict[str, str] = {}  # anchor → anchor of the part it belongs to
    for clause in policy.clauses:
        above = of.get(clause.parent or "")
        begins = clause.anchor in articles if articles else not (clause.heading and not clause.body)
        if above is None and begins:
            above = clause.anchor
            heads[above], texts[above] = clause, []
        if above is not None:
            of[clause.anchor] = above
            whole = clause.wording if above != clause.anchor else clause.wording[len(clause.label or "") :]
            texts[above].append(whole.strip())
    return [
        Part(policy.id, anchor, clause.label, "\n".join(texts[anchor])) for anchor, clause in heads.items()
    ]


def redline(old: Policy, new: Policy) -> Redline:
    """Compare two policies, the older first."""
    before, after = parts_of(old), parts_of(new)
    rows = tuple(align(before, after))
    return Redline(old.id, new.id, rows, tuple(_substitutions(rows)))


def align(before: Sequence[Part], after: Sequence[Part]) -> Iterator[Row]:
    """The rows of two texts. Every part stands in exactly one row."""
    likeness = _Likeness(before, after)
    pairs = likeness.pairs()
    yield from _in_order(before, after, _Gone(pairs, likeness), pairs)


class _Likeness:
    """How alike the parts of two texts are, by the pairs of characters they share."""

    def __init__(self, before: Sequence[Part], after: Sequence[Part]) -> None:
        self.before = before
        self.after = after
        grams = [_grams(part.folded) for part in (*before, *after)]
        frequency = Counter(gram for counted in grams for gram in counted)
        self.weight = {gram: math.log((1 + len(grams)) / found) for gram, found in frequency.items()}
        vectors = [_unit(counted, self.weight) for counted in grams]
        self._old, self._new = vectors[: len(before)], vectors[len(before) :]

    def pairs(self) -> dict[int, int]:
        """Which part of the older text is which of the newer: the most alike first, each once."""
        cosines = self._cosines()
        found: dict[int, int] = {}
        taken: set[int] = set()
        alike = [(cosine, i, j) for (i, j), cosine in cosines.items() if cosine >= ALIKE]
        for _, i, j in sorted(alike, key=lambda one: (-self._placed(*one), one[1:])):
            if i not in found and j not in taken:
                found[i] = j
                taken.add(j)
        for i, j in _gaps(found, len(self.before), len(self.after)):
            if cosines.get((i, j), 0.0) >= ALIKE_IN_PLACE:
                found[i] = j
        return found

    def covered(self, phrase: str, number: int, *, in_new: bool) -> float:
        """The share of a phrase's weight that a part has."""
        grams = set(_grams(phrase))
        whole = sum(self.weight.get(gram, 0.0) for gram in grams)
        vector = (self._new if in_new else self._old)[number]
        return sum(self.weight[gram] for gram in grams if gram in vector) / whole if whole else 0.0

    def worth(self, phrase: str) -> float:
        """How much a phrase says: the weight of its pairs of characters."""
        return sum(self.weight.get(gram, 0.0) for gram in set(_grams(phrase)))

    def _cosines(self) -> dict[tuple[int, int], float]:
        having: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for j, vector in enumerate(self._new):
            for gram, value in vector.items():
                having[gram].append((j, value))
        cosines: defaultdict[tuple[int, int], float] = defaultdict(float)
        for i, vector in enumerate(self._old):
            for gram, value in vector.items():
                for j, other in having.get(gram, ()):
                    cosines[i, j] += value * other
        return cosines

    def _placed(self, cosine: float, i: int, j: int) -> float:
        """A likeness, less what the distance of the two places costs."""
        return cosine - OUT_OF_PLACE * abs(i / len(self.before) - j / len(self.after))


class _Gone:
    """Which phrases left their part for another one than its counterpart: splits, mergers, and what went over partly."""

    def __init__(self, pairs: Mapping[int, int], likeness: _Likeness) -> None:
        self._pairs = pairs
        self._back = {j: i for i, j in pairs.items()}
        self._likeness = likeness
        self._to_new = self._weights(in_new=True)
        self._to_old = self._weights(in_new=False)

    def groups(self) -> dict[tuple[int, ...], tuple[int, ...]]:
        """Parts of the older text → parts of the newer one, for all that have a counterpart."""
        new = self._homes(self._to_new, self._back)
        old = self._homes(self._to_old, self._pairs)
        return {
            tuple(sorted([i, *(k for k, home in old.items() if home == j)])): tuple(
                sorted([j, *(k for k, home in new.items() if home == i)])
            )
            for i, j in self._pairs.items()
        }

    def partly(self, old: Sequence[int], new: Sequence[int]) -> tuple[int, ...]:
        """The further parts of the newer text, with counterparts of their own, that took phrases of older parts."""
        return tuple(
            sorted(
                {
                    j
                    for (i, j), weight in self._to_new.items()
                    if i in old and j not in new and j in self._back and weight >= EVIDENCE
                }
            )
        )

    @staticmethod
    def _homes(weights: Mapping[tuple[int, int], float], paired: Container[int]) -> dict[int, int]:
        """Of the parts without a counterpart, those whose phrases come from a part of the other text, and which it is."""
        found: dict[int, int] = {}
        for (home, number), weight in sorted(weights.items()):
            if number not in paired and weight >= EVIDENCE:
                best = found.get(number)
                if best is None or weight > weights[best, number]:
                    found[number] = home
        return found

    def _weights(self, *, in_new: bool) -> dict[tuple[int, int], float]:
        """How much of the wording of each part stands in which other one that had it not: by weight of phrases."""
        likeness = self._likeness
        parts, others = (likeness.before, likeness.after) if in_new else (likeness.after, likeness.before)
        pairs, back = (self._pairs, self._back) if in_new else (self._back, self._pairs)
        weights: defaultdict[tuple[int, int], float] = defaultdict(float)
        for own, counterpart in pairs.items():
            for phrase in _phrases(parts[own].folded):
                if likeness.covered(phrase, counterpart, in_new=in_new) >= LEFT:
                    continue
                for number in range(len(others)):
                    there = likeness.covered(phrase, number, in_new=in_new)
                    was = back.get(number)
                    if there >= COVERED and (
                        was is None or likeness.covered(phrase, was, in_new=not in_new) < LEFT
                    ):
                        weights[own, number] += likeness.worth(phrase) * there
        return weights


def _in_order(
    before: Sequence[Part], after: Sequence[Part], gone: _Gone, pairs: Mapping[int, int]
) -> Iterator[Row]:
    """The rows in the order of the newer text; a deleted part stands after the part that was before it."""
    groups = gone.groups()
    kept = _longest_rising([pairs[i] for i in sorted(pairs)])
    moved = {i for i in pairs if pairs[i] not in kept}
    of_new = {j: (old, new) for old, new in groups.items() for j in new}
    old_told = {i for old in groups for i in old}
    deleted = [i for i in range(len(before)) if i not in old_told]
    after_part: defaultdict[int, list[int]] = defaultdict(list)
    for i in deleted:
        place = max((k for k in pairs if k < i and k not in moved), default=None)
        after_part[-1 if place is None else pairs[place]].append(i)
    yield from (Row(RowKind.DELETED, (before[i],), ()) for i in after_part[-1])
    for j, part in enumerate(after):
        group = of_new.get(j)
        if group is None:
            yield Row(RowKind.ADDED, (), (part,))
        elif group[1][0] == j:
            row = _row(
                [before[i] for i in group[0]],
                [after[k] for k in group[1]],
                moved=bool(moved & {*group[0]}),
            )
            yield replace(row, partly=tuple(after[k] for k in gone.partly(*group)))
        yield from (Row(RowKind.DELETED, (before[i],), ()) for i in after_part[j])


def _row(old: Sequence[Part], new: Sequence[Part], *, moved: bool) -> Row:
    reworded = "".join(part.folded for part in old) != "".join(part.folded for part in new)
    if len(new) > 1:
        kind = RowKind.SPLIT
    elif len(old) > 1:
        kind = RowKind.MERGED
    elif reworded:
        kind = RowKind.CHANGED
    elif moved:
        kind = RowKind.MOVED
    else:
        kind = RowKind.SAME if old[0].label == new[0].label else RowKind.RENUMBERED
    return Row(kind, tuple(old), tuple(new), moved, reworded)


def _substitutions(rows: Iterable[Row]) -> Iterator[Substitution]:
    """Words that take the place of the same word again and again, the commonest first; a number is no word.

    What follows the change in most places belongs to the word: 相→有 before 关 is 相关→有关.
    """
    found: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for row in rows:
        changes = row.changes() if row.reworded else ()
        for (gone, come), then in zip(pairwise(changes), [*changes[2:], None], strict=False):
            if (gone.kind, come.kind) == ("deleted", "inserted") and not _NUMBER.fullmatch(gone.text):
                found[gone.text, come.text].append(then.text if then else "")
    for (before, after), following in sorted(found.items(), key=lambda item: -len(item[1])):
        if len(following) >= COMMON_SUBSTITUTIONS:
            rest = _mostly(following)
            if max(len(before), len(after)) + len(rest) <= LONGEST_SUBSTITUTION:
                yield Substitution(f"{before}{rest}", f"{after}{rest}", len(following))


def _mostly(texts: Sequence[str]) -> str:
    """The Han characters that most of some texts begin with."""
    shared = ""
    while True:
        following = Counter(text[len(shared) : len(shared) + 1] for text in texts if text.startswith(shared))
        character, times = following.most_common(1)[0]
        if not _HAN.fullmatch(character) or times < MOSTLY * len(texts):
            return shared
        shared += character


def _gaps(pairs: Mapping[int, int], before: int, after: int) -> Iterator[tuple[int, int]]:
    """Places left in both texts between the same neighbours: one in each."""
    taken = {*pairs.values()}
    for i in range(before):
        if i in pairs:
            continue
        start = pairs.get(i - 1, -1) if i else -1
        stop = pairs.get(i + 1, after)
        left = [j for j in range(start + 1, stop) if j not in taken]
        if len(left) == 1:
            yield i, left[0]


def _longest_rising(numbers: Sequence[int]) -> set[int]:
    """The numbers of a longest rising subsequence: what kept its order."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        place = bisect_left(ends, number)
        before[number] = ends[place - 1] if place else None
        ends[place : place + 1] = [number]
    kept: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        kept.add(last)
        last = before[last]
    return kept


def _grams(text: str) -> Counter[str]:
    return Counter(text[index : index + 2] for index in range(len(text) - 1))


def _unit(grams: Counter[str], weight: Mapping[str, float]) -> dict[str, float]:
    vector = {gram: (1 + math.log(found)) * weight[gram] for gram, found in grams.items()}
    length = math.sqrt(sum(value * value for value in vector.values()))
    return {gram: value / length for gram, value in vector.items()} if length else {}


def _phrases(text: str) -> list[str]:
    return [phrase for phrase in _PHRASE.findall(text) if len(phrase) >= PHRASE]
