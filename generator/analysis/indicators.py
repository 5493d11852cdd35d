"""Which indicators a clause is about, and why.

Simple arithmetic that a reader can redo. A word of an indicator is worth points by the place where it stands:
the clause's own title, its own text, the heading above it, the title of the document. The sum is the
indicator's score; the highest is the primary indicator, others that are strong enough are secondary. Every
word that counted is evidence (标题“开办企业”).

The words and their weights come from the taxonomy; the worth of places and the thresholds are the constants
below.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from generator.analysis.responsibility import NoteReader
from generator.analysis.tables import Tables, heading_of
from generator.model import IN_TABLES, Analysis, Assignment, Clause, Eid, Kind, Policy
from generator.vocabulary.indicators import MAX_WEIGHT, Found, Taxonomy, Word, fold

# Points of a heading word where it decides.
OWN_TITLE = 12.0  # 1.压缩企业开办时间
OWN_LEAD = 5.0  # the first words of a clause without a title: 深入推进“一网通办”，加快…
ABOVE_EXACT = 14.0  # the heading above names one indicator and no other: （三）获得电力
ABOVE = 4.5  # the heading above has the word in it (四、促进不动产登记服务便利化): enough for the first place only
FURTHER_ABOVE = 2.5  # a heading further up, when a nearer one has decided
POLICY_TITLE = 12.0  # 关于深化政府采购改革优化营商环境有关事项的通知
CLAUSE_ABOVE = 8.0  # an item below an article that is about the indicator: 第十五条 → （三）

# What multiplies the weight of every other word.
IN_TITLE = 2.0
IN_LEAD = 2.0
IN_TEXT = 1.0
IN_CHILDREN = 0.7  # the text of untitled items below the clause: they finish its sentence
AS_MENTION = 0.25  # the only word of its indicator in a list of four or more: 海关、司法、税务、公积金等
TEXT_AT_MOST = 12.0  # for the first place: a long text does not outvote the clause's own title
FIRST_NAMED = 2.0  # the indicator that a title with words of several names first: 政府采购合同融资
REPEATED = 0.5  # each time the word is found again, twice at most

PRIMARY_AT_LEAST = 4.0
SECONDARY_AT_LEAST = 5.0
SECONDARY_SHARE = 0.4  # of the highest score; a word of full weight or an exact heading above needs none

MANY_INDICATORS = 3  # a document title with words of so many says nothing about a clause
LEAD_LENGTH = 40
FORMAL_LENGTH = 150  # a longer clause says more than when it takes effect
SHORT_ITEM = 6  # how far before its first 、 a list is taken to begin: what stands before is its verb
LONG_ITEM = 12  # how far after its last 、 it is taken to end; how long the name of a department may be
EVIDENCE_SHOWN = 6
NAME_LENGTH = 20  # of a clause that has neither label nor heading

# Where a title with nothing after it is a heading over measures; an article's items finish its sentence.
_HEADINGS = frozenset(
    (Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.PARAGRAPH, Kind.SUBPARAGRAPH, Kind.TABLE, Kind.GROUP)
)

_STOPS = "，。；：,;:"
_PHRASE = re.compile(f"[^{_STOPS}]+")
_BEFORE_LIST = re.compile(
    "[与同由向]"
)  # what a list of departments follows: 登记机构应当与税务、公安等部门共享


@dataclass(frozen=True)
class Score:
    """What speaks for an indicator in one clause: its points, reason by reason, and the role they give it."""

    indicator: str
    role: Literal["primary", "secondary"] | None  # None: not strong enough
    points: tuple[tuple[str, float], ...]  # (reason, points), the strongest first

    @property
    def total(self) -> float:
        """The sum of the points."""
        return sum(points for _, points in self.points)


Promises = Mapping[str, Sequence[tuple[int, int]]]
"""What is promised of how a matter is dealt with (time, steps, documents, cost): by anchor, where it stands in the wording."""

_NO_PROMISES: Promises = MappingProxyType({})


def classify(
    policy: Policy, taxonomy: Taxonomy, notes: NoteReader, promises: Promises = _NO_PROMISES
) -> dict[str, Analysis]:
    """The indicators of every clause of a policy, by anchor.

    Each clause has at most one primary indicator; a clause of none (总则, 指导思想, 组织保障, 附则) has an empty
    analysis, but for what it promises in numbers: 到2025年，企业开办压缩至0.5个工作日 among the aims is about 开办企业.
    The primary stands first, the secondary ones follow by score. The result depends only on the arguments, and the time is
    linear in the length of the text.
    """
    return {
        anchor: Analysis(indicators=tally.assignments(taxonomy))
        for anchor, tally in _tallies(policy, taxonomy, notes, promises).items()
    }


def scores(
    policy: Policy, taxonomy: Taxonomy, notes: NoteReader, anchor: str, promises: Promises = _NO_PROMISES
) -> tuple[Score, ...]:
    """Why a clause has its indicators: every indicator with a point, the strongest first.

    Raises `KeyError` where the policy has no clause with this anchor.
    """
    tally = _tallies(policy, taxonomy, notes, promises)[anchor]
    roles = {one.id: one.role for one in tally.assignments(taxonomy)}
    found = [
        Score(id_, roles.get(id_), tuple(sorted(reasons.items(), key=lambda item: (-item[1], item[0]))))
        for id_, reasons in tally.points.items()
    ]
    return tuple(sorted(found, key=lambda score: (score.role is None, score.role != "primary", -score.total)))


def _tallies(policy: Policy, taxonomy: Taxonomy, notes: NoteReader, promises: Promises) -> dict[str, _Tally]:
    """The points of every clause, by anchor."""
    tables = Tables(policy)
    title = _PolicyTitle.of(policy.title, taxonomy)
    readings = {clause.anchor: _read(clause, taxonomy, notes, tables, title) for clause in policy.clauses}
    children: defaultdict[Eid, list[Eid]] = defaultdict(list)
    for clause in policy.clauses:
        if clause.parent is not None and clause.kind not in IN_TABLES:
            children[clause.parent].append(clause.anchor)
    tallies: dict[str, _Tally] = {}
    results: dict[str, tuple[Assignment, ...]] = {}
    for clause in policy.clauses:
        reading = readings[clause.anchor]
        chain = list(_ancestors(clause, readings))
        tally = _Tally(titled=clause.title is not None)
        reading.count_title(tally)
        above_others = clause.anchor in children or clause.kind in (Kind.TABLE, Kind.GROUP)
        grouping = reading.title_only and above_others and clause.kind in _HEADINGS
        formal = any(one.formality for one in (reading, *chain))
        if not formal and any(one.aims for one in (reading, *chain)):
            _count_promises(clause, promises.get(clause.anchor, ()), taxonomy, tally)
        elif not (formal or grouping):
            reading.count_text(tally)
            _count_children(clause.anchor, children, readings, tally)
            _count_above(chain, results, tally, broad=title.broad)
            title.count(tally)
        tallies[clause.anchor] = tally
        results[clause.anchor] = tally.assignments(taxonomy)
    return tallies


@dataclass
class _Tally:
    """The points of one clause: indicator → reason → points."""

    titled: bool
    points: defaultdict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(dict))
    of_text: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))  # the part from text
    enough: set[str] = field(default_factory=set)  # indicators that need no share of the highest score

    def add(
        self, indicator: str, reason: str, points: float, *, enough: bool = False, text: bool = False
    ) -> None:
        """Count a reason; the same reason again counts once, with the higher points."""
        reasons = self.points[indicator]
        more = max(0.0, points - reasons.get(reason, 0.0))
        reasons[reason] = reasons.get(reason, 0.0) + more
        if text:
            self.of_text[indicator] += more
        if enough:
            self.enough.add(indicator)

    @property
    def is_decided(self) -> bool:
        """Whether an indicator is strong enough for the first place."""
        return any(sum(reasons.values()) >= PRIMARY_AT_LEAST for reasons in self.points.values())

    def assignments(self, taxonomy: Taxonomy) -> tuple[Assignment, ...]:
        """The primary indicator, then the secondary ones; empty where nothing is strong enough."""
        totals = {
            indicator.id: sum(self.points[indicator.id].values())
            for indicator in taxonomy.indicators
            if indicator.id in self.points
        }
        ranking = sorted(totals, key=lambda id_: self._surplus(id_) - totals[id_])
        if not ranking or totals[ranking[0]] < PRIMARY_AT_LEAST:
            return ()
        share = SECONDARY_SHARE * max(totals.values())
        secondary = [
            id_
            for id_ in ranking[1:]
            if totals[id_] >= SECONDARY_AT_LEAST and (id_ in self.enough or totals[id_] >= share)
        ]
        return (
            Assignment(ranking[0], "primary", self.evidence(ranking[0])),
            *(Assignment(id_, "secondary", self.evidence(id_)) for id_ in secondary),
        )

    def _surplus(self, indicator: str) -> float:
        """Points of the text that must not outvote a title."""
        return max(0.0, self.of_text[indicator] - TEXT_AT_MOST) if self.titled else 0.0

    def evidence(self, indicator: str) -> tuple[str, ...]:
        """The reasons with the most points."""
        reasons = self.points[indicator]
        return tuple(sorted(reasons, key=lambda reason: -reasons[reason])[:EVIDENCE_SHOWN])


@dataclass(frozen=True)
class _Reading:
    """The words found in one clause."""

    clause: Clause
    title: Sequence[Word]
    exact: frozenset[str]  # the indicator that the title names and nothing else
    text: Mapping[Word, float]  # word → factor of its place, repetitions included
    lead: frozenset[Word]
    heading: str | None  # the title; in a table its caption, or the text of a group
    title_only: bool  # nothing follows the title: a heading over other clauses
    formality: bool  # 附则, 组织保障; 自发布之日起施行
    aims: bool  # 总则, 总体要求, 工作目标

    def headings(self) -> dict[str, Word]:
        """Indicator → its heading word in the title."""
        return {word.indicator: word for word in self.title if word.heading}

    def count_title(self, tally: _Tally) -> None:
        """Count the words of the title: one heading word of each indicator decides, the others add to it."""
        decided = self.headings()
        first = next(iter(decided), None) if len(decided) > 1 else None
        for word in self.title:
            if decided.get(word.indicator) is word:
                bonus = FIRST_NAMED if word.indicator == first else 0.0
                tally.add(word.indicator, f"标题“{word.text}”", OWN_TITLE + bonus)
            else:
                tally.add(
                    word.indicator,
                    f"标题“{word.text}”",
                    IN_TITLE * word.weight,
                    enough=word.weight >= MAX_WEIGHT,
                )

    def count_text(self, tally: _Tally) -> None:
        """Count the words of the text; in the first words of an untitled clause a heading word decides."""
        decided: set[str] = set()
        for word, factor in self.text.items():
            points = factor * word.weight
            if word in self.lead and word.heading and word.indicator not in decided and factor >= IN_TEXT:
                decided.add(word.indicator)
                points = max(points, OWN_LEAD)
            tally.add(
                word.indicator,
                f"词“{word.shown}”",
                points,
                enough=word.weight >= MAX_WEIGHT and factor >= IN_TEXT,
                text=True,
            )


@dataclass(frozen=True)
class _PolicyTitle:
    """What the title of a policy says of all its clauses.

    A subject (售电公司管理办法) weighs as a heading. A setting (自由贸易试验区) says where the policy holds, so every clause
    names it: it is no evidence of what a clause is about, and counts only where there is no other.
    """

    reason: str
    subjects: tuple[str, ...]  # indicators
    settings: tuple[str, ...]  # indicators
    places: frozenset[str]  # the words of settings, where the title has one
    broad: bool

    @classmethod
    def of(cls, title: str, taxonomy: Taxonomy) -> _PolicyTitle:
        """Read a title. One with words of many indicators says nothing about a clause."""
        words = [found.word for found in taxonomy.find(fold(title)) if found.word.heading]
        subjects = dict.fromkeys(word.indicator for word in words if word.shown not in taxonomy.settings)
        settings = dict.fromkeys(word.indicator for word in words if word.shown in taxonomy.settings)
        places = taxonomy.settings if settings else frozenset()
        if len({*subjects, *settings}) >= MANY_INDICATORS:
            subjects, settings = {}, {}
        broad = any(word in fold(title) for word in taxonomy.broad_titles)
        return cls(f"文件标题“{title}”", tuple(subjects), tuple(settings), places, broad)

    def without_places(self, found: Iterable[Found]) -> Iterator[Found]:
        """The words found in a clause but for the settings of the whole policy."""
        return (one for one in found if one.word.shown not in self.places)

    def count(self, tally: _Tally) -> None:
        """Count the subjects; where nothing is strong enough, the settings."""
        for indicator in self.subjects:
            tally.add(indicator, self.reason, POLICY_TITLE)
        if not tally.is_decided:
            for indicator in self.settings:
                tally.add(indicator, self.reason, POLICY_TITLE)


def _read(
    clause: Clause, taxonomy: Taxonomy, notes: NoteReader, tables: Tables, policy_title: _PolicyTitle
) -> _Reading:
    """Find the words in a clause's title and text, and how much each place makes them count."""
    heading = heading_of(clause)
    title = fold(heading or "")
    text = _text(clause, notes, tables).removeprefix(fold(clause.label or "")).removeprefix(title)
    lead_end = 0 if title else _lead_end(text)
    in_title = [found.word for found in policy_title.without_places(taxonomy.find(title))]
    factors: dict[Word, float] = {}
    counts: Counter[Word] = Counter()
    lead: set[Word] = set()
    for found, mention, listed in _mentions(text, policy_title.without_places(taxonomy.find(text))):
        in_lead = found.start < lead_end and not listed
        if in_lead:
            lead.add(found.word)
        factor = (IN_LEAD if in_lead else IN_TEXT) * (AS_MENTION if mention else 1.0)
        factors[found.word] = max(factor, factors.get(found.word, 0.0))
        counts[found.word] += not mention
    for word in factors:
        factors[word] *= 1 + REPEATED * min(max(counts[word] - 1, 0), 2)
    return _Reading(
        clause,
        in_title,
        _exact(title, in_title),
        factors,
        frozenset(lead),
        heading,
        title_only=bool(title) and not text.strip(_STOPS),
        formality=any(word in title for word in taxonomy.general_headings)
        or (
            not title
            and len(text) <= FORMAL_LENGTH
            and any(phrase in text for phrase in taxonomy.general_phrases)
        ),
        aims=any(word in title for word in taxonomy.aims),
    )


def _text(clause: Clause, reader: NoteReader, tables: Tables) -> str:
    """The folded text of a clause without notes: of a row its cells, a stop between them; of a table's head nothing."""
    if clause.kind is Kind.TABLE:
        return ""
    if clause.kind is not Kind.ROW:
        return fold(reader.without_notes(clause, tables))
    notes = reader.notes_of(clause, tables)
    texts: list[str] = []
    for cell in tables.cells(clause):
        first, last = (
            bisect_left(notes, place, key=lambda note: note.start) for place in (cell.start, cell.stop)
        )
        own = notes[first:last]
        if not cell.is_serial and reader.column_role(cell) is None:
            texts.append(
                _without(cell.text, [(note.start - cell.start, note.stop - cell.start) for note in own])
            )
    return fold("；".join(text for text in texts if text.strip()))


def _without(text: str, left_out: Iterable[tuple[int, int]]) -> str:
    """A text without some stretches of it, which are in order."""
    kept: list[str] = []
    end = 0
    for start, stop in left_out:
        kept.append(text[end:start])
        end = stop
    return "".join((*kept, text[end:]))


def _exact(title: str, found: Sequence[Word]) -> frozenset[str]:
    """The indicator that a title names: the title is its heading word, or has its name and no other's."""
    decided = {word.indicator for word in found if word.heading}
    return frozenset(
        word.indicator
        for word in found
        if word.heading and (word.text == title or (word.name and len(decided) == 1))
    )


def _lead_end(text: str) -> int:
    """Where the first words of an untitled clause end: at a comma or full stop, or after `LEAD_LENGTH`."""
    first = _PHRASE.search(text)
    return min(first.end(), LEAD_LENGTH) if first else 0


def _mentions(text: str, found: Iterable[Found]) -> Iterator[tuple[Found, bool, bool]]:
    """Each word, whether it is only mentioned, and whether it stands in a list.

    A mention is the only word of its indicator in a list of four or more (招标投标、政府采购、经营行为规范、资质标准),
    or any word in a list of departments (公安、税务、人民银行等有关部门).
    """
    lists, departments = _lists(text)
    found = list(found)
    in_lists: list[int | None] = [_within(item.start, lists) for item in found]
    together = Counter(
        (place, item.word.indicator) for place, item in zip(in_lists, found, strict=True) if place is not None
    )
    for place, item in zip(in_lists, found, strict=True):
        alone = (
            place is not None and together[(place, item.word.indicator)] == 1 and "、" not in item.word.text
        )
        yield item, alone or _within(item.start, departments) is not None, place is not None


def _within(position: int, spans: Sequence[tuple[int, int]]) -> int | None:
    """The number of the span that a position stands in; the spans are in order and do not overlap."""
    number = bisect_right(spans, position, key=lambda span: span[0]) - 1
    return number if number >= 0 and position < spans[number][1] else None


def _lists(text: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Where lists of four or more stand in a text, and where lists of departments."""
    lists: list[tuple[int, int]] = []
    departments: list[tuple[int, int]] = []
    for phrase in _PHRASE.finditer(text):
        first = phrase[0].find("、")
        if first < 0:
            continue
        office = re.search("部门|机关", phrase[0])
        if office and first < office.start():
            begin = max(0, first - LONG_ITEM)
            begin = max(
                (found.end() for found in _BEFORE_LIST.finditer(phrase[0], begin, first)), default=begin
            )
            departments.append((phrase.start() + begin, phrase.start() + office.end()))
        if phrase[0].count("、") >= 3:
            last = phrase[0].rfind("、")
            end = phrase[0].find("等", last)
            stop = min(phrase.end(), phrase.start() + (end if end >= 0 else last + LONG_ITEM))
            lists.append((phrase.start() + max(0, first - SHORT_ITEM), stop))
    return lists, departments


def _ancestors(clause: Clause, readings: Mapping[Eid, _Reading]) -> Iterator[_Reading]:
    """The readings of the clauses above, the nearest first."""
    parent = clause.parent
    while parent is not None and parent in readings:
        yield readings[parent]
        parent = readings[parent].clause.parent


def _count_above(
    chain: Sequence[_Reading],
    results: Mapping[str, tuple[Assignment, ...]],
    tally: _Tally,
    *,
    broad: bool,
) -> None:
    """What the headings above decide, and the untitled clause that an item belongs to.

    A chapter of a law on many indicators (`broad`) gathers articles on several: 第三章 政务服务 holds those on taxes.
    """
    decided = False
    for number, above in enumerate(chain):
        name = _name(chain[number:])
        headings = above.headings()
        gathers = broad and above.clause.kind in (Kind.PART, Kind.CHAPTER)
        for indicator in headings:
            exact = indicator in above.exact and not gathers
            points = FURTHER_ABOVE if decided else ABOVE_EXACT if exact else ABOVE
            tally.add(indicator, f"上级标题“{name}”", points, enough=exact and not decided)
        decided = decided or bool(headings)
        if above.clause.title is None and not decided:
            for assignment in results.get(above.clause.anchor, ()):
                if assignment.role == "primary":
                    tally.add(assignment.id, f"上级条文“{name}”", CLAUSE_ABOVE)
                    decided = True


def _name(chain: Sequence[_Reading]) -> str:
    """What the first of a chain of clauses is called as evidence: its label and heading, else its first words.

    A table without a caption says nothing itself: what it is about is said by the clause above it.
    """
    telling = (one for one in chain if one.heading or one.clause.kind is not Kind.TABLE)
    reading = next(telling, chain[0])
    name = f"{reading.clause.label or ''}{reading.heading or ''}"
    if name:
        return name
    words = " ".join(reading.clause.wording[: 2 * NAME_LENGTH].split())
    return f"{words[:NAME_LENGTH]}…" if len(words) > NAME_LENGTH else words


def _count_promises(
    clause: Clause, spans: Sequence[tuple[int, int]], taxonomy: Taxonomy, tally: _Tally
) -> None:
    """The words of the phrases in which a clause promises something in numbers: each counts as in the first words."""
    for begin, end in spans:
        start = max(clause.wording.rfind(stop, 0, begin) for stop in _STOPS) + 1
        for found in taxonomy.find(fold(clause.wording[start:end])):
            points = IN_LEAD * found.word.weight
            if found.word.heading:
                points = max(points, OWN_LEAD)
            tally.add(found.word.indicator, f"承诺“{found.word.shown}”", points, enough=True)


def _count_children(
    anchor: Eid, children: Mapping[Eid, list[Eid]], readings: Mapping[Eid, _Reading], tally: _Tally
) -> None:
    """The text of untitled clauses below: the later 款 of an article, the items of an enumeration."""
    for child in children.get(anchor, ()):
        reading = readings[child]
        if reading.clause.title is None:
            for word, factor in reading.text.items():
                if f"词“{word.shown}”" not in tally.points[word.indicator]:
                    points = (
                        IN_CHILDREN * word.weight * (factor / IN_LEAD if word in reading.lead else factor)
                    )
                    tally.add(word.indicator, f"下级条文词“{word.shown}”", points, text=True)
            _count_children(child, children, readings, tally)
