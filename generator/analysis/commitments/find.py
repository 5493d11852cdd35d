"""The commitments of a policy: every clause read, the promised quantities described."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Literal

from generator.analysis.commitments.context import Context
from generator.analysis.commitments.days import DayRule, day_of, day_rules
from generator.analysis.commitments.flow import Flow, Part, flows_of
from generator.analysis.commitments.kinds import FrameKind
from generator.analysis.commitments.lists import STANDARD, Framed, framed_quantities
from generator.analysis.commitments.particulars import LEGAL, Particulars
from generator.analysis.commitments.patterns import Patterns
from generator.analysis.commitments.quantities import Quantity, QuantityFinder
from generator.analysis.commitments.roles import Roles
from generator.analysis.commitments.said_of import Headings, Writer, no_names
from generator.analysis.commitments.stretches import Stretch
from generator.analysis.commitments.subjects import Describer, Trimmer, exact
from generator.analysis.due import Calendar, calendar_of, find_dues, last_day
from generator.analysis.responsibility import NoteReader
from generator.analysis.tables import Cell, Tables, heading_of
from generator.model import Clause, Commitment, Day, Force, Kind, Policy
from generator.vocabulary.commitments import CommitmentWords

ClauseKind = Literal["target", "statutory"]

_DEADLINE = re.compile("[底末内]|前$|起$|[上下]半年|季度|[中上下]旬|年度$|^力争|^[到至于在]")
_NO_DEADLINE_AFTER = ("对", "将", "较", "比", "按", "自", "截")  # 对2020年末不裁员的企业
# 应当具备下列条件：, at the end of what leads up to a list.
_CONDITIONS_FOLLOW = re.compile("(?:条件|情形)(?:之一)?(?:的)?(?:，[^，：]{0,20})?：$")
_SAYS_MORE = frozenset(
    (FrameKind.AT_MOST, FrameKind.AT_LEAST, FrameKind.WITHIN, FrameKind.REDUCED_TO, FrameKind.RAISED_TO)
)  # frames of a bracket after a commitment
_NOTHING = FrameKind.NOTHING  # the frame of what costs or asks nothing
_CLASS_LABEL = re.compile("[A-Za-zＡ-Ｚ一二三四五][类级档]")
_LONGEST_CLASS = 16  # characters of what a label of a class goes on with
_LONGEST_TOPIC = 40  # characters
_COMPARED = 20  # commitments of the same kind that one is compared with for saying the same


FORCE_NAMES: Mapping[Force, str] = MappingProxyType(
    {
        "promise": "承诺",
        "encouraged": "鼓励、力争",
        "duty": "对有关单位的要求",
        "statutory": "法定",
        "forecast": "预期",
        "achieved": "已经做到",
    }
)
DAY_NAMES: Mapping[Day, str] = MappingProxyType({"working": "工作日", "calendar": "自然日", "hour": "小时"})


@dataclass(frozen=True)
class Match:
    """A commitment, and the kind of the frame it was found by."""

    commitment: Commitment
    frame: FrameKind
    evidence: tuple[tuple[str, str], ...] = ()  # part → the words it is from, or where they stand


@dataclass(frozen=True)
class Reading:
    """A text that is read by itself, its brackets after it, and what it is about where it does not say itself."""

    flows: tuple[Flow, ...]
    topic: str
    statutory: bool = False


@dataclass(frozen=True)
class Document:
    """What holds for all of a policy: its kind, what it is about, its rules for days, its time."""

    kind: ClauseKind
    subject: str
    rules: tuple[DayRule, ...]
    calendar: Calendar


@dataclass(frozen=True)
class Said:
    """Where something is said: in a clause of a document, about a topic, under which headings, beside which brackets."""

    clause: Clause
    topic: str
    document: Document
    headings: Headings
    brackets: tuple[Flow, ...]
    statutory: bool = False

    @property
    def kind(self) -> ClauseKind:
        """What kind of commitment the document, or the column of a table, makes it."""
        return "statutory" if self.statutory else self.document.kind


@dataclass(frozen=True)
class CommitmentFinder:
    """Finds commitments, by the words of the taxonomy. Make one and use it for many policies."""

    words: CommitmentWords
    notes: NoteReader

    def find(self, policy: Policy) -> dict[str, tuple[Match, ...]]:
        """The commitments of every clause of a policy, by anchor, in the order of the wording.

        A clause under a heading of background (规划背景, 发展基础) reports, it does not promise: it has none. Neither
        has the head of a table. Linear in the length of the text.
        """
        tables = Tables(policy)
        document = Document(
            "statutory" if self._is_statutory(policy) else "target",
            self._subject_matter(policy.title),
            day_rules(policy.clauses),
            calendar_of(policy),
        )
        return {
            clause.anchor: self._clause(clause, tuple(_above(clause, policy.by_anchor)), document, tables)
            for clause in policy.clauses
        }

    def _is_statutory(self, policy: Policy) -> bool:
        """Whether a policy is a law of some kind: by its genre, else by the last word of its title (行政复议法)."""
        genres = self.words["statutory_genres"]
        return policy.genre in genres or (policy.genre is None and policy.title.endswith(genres))

    def _subject_matter(self, title: str) -> str:
        """What a policy is about, by its title: 核准出口商 of 核准出口商管理办法; empty where that says nothing."""
        name = re.sub(self.words.any_of("said_of.title_words"), "", "".join(title.split())).strip("的")
        return name if 2 <= len(name) <= _LONGEST_TOPIC else ""

    def unpromised(self, policy: Policy, anchor: str) -> list[str]:
        """The quantities of one clause that are no commitments, as printed: for `check --explain`.

        Raises `KeyError` where the policy has no such clause.
        """
        clause = policy.by_anchor[anchor]
        found = [match.commitment for match in self.find(policy)[anchor]]
        names: list[str] = []
        for reading in self._readings(clause, Tables(policy)):
            for flow in reading.flows:
                for quantity in self._quantities.find(flow):
                    start, stop = flow.wording(*quantity.span)
                    if not any(one.start <= start and stop <= one.stop for one in found):
                        names.append(clause.wording[start:stop])
        return names

    @cached_property
    def _quantities(self) -> QuantityFinder:
        return QuantityFinder(self.words)

    @cached_property
    def _patterns(self) -> Patterns:
        return Patterns(self.words)

    @cached_property
    def _trimmer(self) -> Trimmer:
        return Trimmer(self.words)

    # --- a clause ------------------------------------------------------------------------------------------

    def _clause(
        self, clause: Clause, above: Sequence[Clause], document: Document, tables: Tables
    ) -> tuple[Match, ...]:
        if any(self._background.search(heading_of(one) or "") for one in (clause, *above)):
            return ()
        conditions = self._is_condition(clause, above)
        found: list[Match] = []
        for reading in self._readings(clause, tables):
            own, *brackets = reading.flows
            said = Said(
                clause,
                reading.topic,
                document,
                self._headings(reading.topic, above, document),
                tuple(brackets),
                statutory=reading.statutory,
            )
            context = self._context(own, conditions=conditions)
            promised = framed_quantities(context)
            matches = list(self._matches(said, context, promised))
            hosts = {framed.quantity.stop: framed for framed in promised}
            for bracket in brackets:
                host = hosts.get(bracket.after or 0)
                matches += self._in_bracket(said, self._context(bracket, conditions=conditions), host)
            found += _once_each(matches, clause)
        return tuple(sorted(found, key=lambda match: (match.commitment.start, match.commitment.stop)))

    def _readings(self, clause: Clause, tables: Tables) -> Iterator[Reading]:
        """What is to be read of a clause: its text without notes of responsibility; of a row, cell by cell.

        Of a table's head nothing, nor of cells whose column names no promise (计算公式, 上年实际值).
        """
        notes = [(note.start, note.stop) for note in self.notes.notes_of(clause, tables)]
        if clause.kind is Kind.TABLE:
            return
        if clause.kind is not Kind.ROW:
            yield Reading(tuple(flows_of(clause, notes)), self._title(clause))
            return
        cells = tables.cells(clause)
        topic = self._topic(cells) or self._title(clause)
        noted = {start for start, _ in notes}
        for cell in cells:
            if self._may_promise(cell) and not (cell.start in noted and self.notes.column_role(cell)):
                about = topic if topic != cell.text.strip() else ""
                flows = tuple(flows_of(clause, notes, self._part(cell)))
                yield Reading(flows, about or cell.column_name, "法定" in cell.column)

    def _may_promise(self, cell: Cell) -> bool:
        """Whether a cell is read: not where it is empty, numbers its row, or stands below what names no promise."""
        if cell.says_nothing or self._no_promise.search(cell.column_name):
            return False
        return not cell.is_serial or self._is_time(cell)

    def _topic(self, cells: Sequence[Cell]) -> str:
        """What a row is about: the cell below 事项, 任务 and the like, if it is no long text; empty where there is none."""
        for cell in cells:
            text = " ".join(cell.text.split())
            if cell.column_name in self.words["columns.topic"] and 1 < len(text) <= _LONGEST_TOPIC:
                return self._leading.sub("", text, count=1) or text
        return ""

    def _is_time(self, cell: Cell) -> bool:
        """Whether a cell is a bare number below a time with its unit: 3 below 办理时限（工作日）."""
        known = self.words.unit_dimensions.get(cell.column_unit) == "time"
        return known and self._period_column.search(cell.column_name) is not None and _is_number(cell.text)

    def _part(self, cell: Cell) -> Part:
        """A cell with what its column says round it: 办理时限：|3个工作日, 办理时限：|3|工作日."""
        if not self._period_column.search(cell.column_name):
            return Part(cell.start, cell.stop)
        after = f"个{cell.column_unit}" if self._is_time(cell) else ""
        return Part(cell.start, cell.stop, f"{cell.column_name}：", after)

    @cached_property
    def _period_column(self) -> re.Pattern[str]:
        return re.compile(f"{self.words.any_of('nouns.periods')}$")

    @cached_property
    def _no_promise(self) -> re.Pattern[str]:
        """The columns that name no promise, by a word in their name; those of conditions and background are such too."""
        return re.compile(self.words.any_of("columns.none", "background_headings", "condition_headings"))

    def _context(self, flow: Flow, *, conditions: bool) -> Context:
        dues = [span for span in find_dues(flow.text) if _is_deadline(flow.text, *span)]
        return Context(flow, self._quantities.find(flow), self._patterns, dues, conditions)

    @cached_property
    def _background(self) -> re.Pattern[str]:
        return re.compile(self.words.any_of("background_headings"))

    @cached_property
    def _condition_heading(self) -> re.Pattern[str]:
        return re.compile(f"{self.words.any_of('condition_headings')}$")

    def _is_condition(self, clause: Clause, above: Sequence[Clause]) -> bool:
        """Whether a clause is an item of a list of conditions, by what leads up to the list, or by its last 的."""
        if clause.kind in (Kind.POINT, Kind.INDENT) and re.search("的[；。]?$", clause.wording[-8:].rstrip()):
            return True
        return any(
            self._condition_heading.search((heading_of(one) or "").rstrip())
            or _CONDITIONS_FOLLOW.search(one.wording[-40:].rstrip())
            for one in above
        )

    def _in_bracket(self, said: Said, context: Context, host: Framed | None) -> Iterator[Match]:
        """What a bracket right after a promised quantity says more of it: 30%（中小企业不低于50%）.

        After anything else only what spells out a slogan counts: “三零”服务（零上门、零投资）, “210”标准（2个环节、1天、零费用）.
        """
        for match in self._matches(said, context, framed_quantities(context)):
            more = host is not None and match.commitment.dimension == host.frame.dimension
            if match.frame in (_NOTHING, STANDARD) or (more and match.frame in _SAYS_MORE):
                yield match

    # --- describing ----------------------------------------------------------------------------------------

    def _matches(self, said: Said, context: Context, promised: Sequence[Framed]) -> Iterator[Match]:
        describer = Describer(context, promised, self._trimmer)
        roles = Roles(context, self.words)
        writer = Writer(describer, roles, self.words, said.headings)
        particulars = Particulars(describer, roles, self.words, said.brackets)
        for framed in promised:
            yield self._match(said, writer, particulars, framed)

    def _match(self, said: Said, writer: Writer, particulars: Particulars, framed: Framed) -> Match:
        describer, clause, frame = writer.describer, said.clause, framed.frame
        flow, quantity = describer.context.flow, framed.quantity
        quote, scope = describer.quote(framed), describer.scope(framed)
        start, stop = exact(clause.wording, *flow.wording(quote.start, quote.stop))
        printed = clause.wording[start:stop]
        phrase = writer.phrase(framed)
        subject = _balanced(_written(clause, flow, phrase.pieces)).strip("：") or said.topic or printed
        classes = [_printed(clause, flow, one) for one in particulars.users(framed, writer.left(framed))]
        users = _joined((*self._labelled_class(clause, flow), *classes), "")
        limits = particulars.limiting_brackets(framed)
        condition = _joined(
            (
                *(_written(clause, flow, one) for one in particulars.conditions(framed)),
                *(_printed(clause, one, Stretch(0, len(one.text))) for one in limits),
            ),
            subject,
        )
        span = describer.context.due_span(quantity)
        due = re.sub(r"^(?:力争|于|在)\s*", "", _printed(clause, flow, Stretch(*span))) if span else None
        statutory = said.kind == "statutory"
        force, word = particulars.force(framed, f"{subject}{printed}", statutory=statutory)
        approximate = particulars.approximate(framed)
        payer = particulars.payer(framed)
        day, day_said = day_of(
            quantity.unit, quantity.value, _beside(clause, flow, quantity), said.document.rules
        )
        commitment = Commitment(
            start=start,
            stop=stop,
            quote=printed,
            subject=subject,
            dimension=frame.dimension,
            comparator=frame.comparator,
            value=quantity.value,
            unit=quantity.unit,
            baseline=frame.baseline,
            due=due,
            scope=_printed(clause, flow, scope) or None,
            kind="statutory" if word == LEGAL else said.kind,
            users=users or None,
            condition=condition or None,
            day=day if frame.dimension in ("time", "other") else None,
            day_said=day_said if frame.dimension == "time" else None,
            force=force,
            approximate=bool(approximate),
            payer=_printed(clause, flow, payer) or None if payer else None,
            due_date=last_day(due, said.document.calendar) if due else None,
        )
        evidence = (
            ("对象", f"{subject}（{phrase.why or '标题或原句'}）"),
            ("用户", users),
            ("条件", condition),
            ("日", _day_evidence(commitment)),
            ("效力", f"{FORCE_NAMES[force]}（{word}）" if word else ""),
            ("约数", approximate),
            ("付费", commitment.payer or ""),
        )
        return Match(commitment, frame.kind, tuple(one for one in evidence if one[1]))

    def _labelled_class(self, clause: Clause, flow: Flow) -> Iterator[str]:
        """A类|用户：…: the class that a clause is labelled with."""
        if clause.label and _CLASS_LABEL.fullmatch(clause.label.strip()):
            yield "".join(clause.label.split()) + flow.text[: max(0, flow.text[:_LONGEST_CLASS].find("："))]

    def _headings(self, topic: str, above: Sequence[Clause], document: Document) -> Headings:
        """What the headings over a clause are about, the nearest first; those that say nothing are left out."""
        own, *others = (self._named(title) for title in (topic, *(heading_of(one) or "" for one in above)))
        return Headings(own, tuple(one for one in others if one), document.subject)

    def _named(self, heading: str) -> str:
        """What a heading is about: without verbs of promising, up to its first comma; empty where it names no thing."""
        name = self._about(heading).split("，")[0].strip()
        nothing = len(name) < 2 or name in self.words["said_of.headings"] or self._says_nothing(name)
        return "" if nothing else name

    def _says_nothing(self, heading: str) -> bool:
        """审批程序, 办理时限: a heading that names no thing."""
        return len(self._no_names.sub("", heading)) < 2

    @cached_property
    def _no_names(self) -> re.Pattern[str]:
        return no_names(self.words)

    def _title(self, clause: Clause) -> str:
        """The title of a clause without the verb of promising: 压缩企业开办时间 is about 企业开办时间."""
        return self._about(clause.title or "")

    def _about(self, title: str) -> str:
        return self._leading.sub("", title, count=1) or title

    @cached_property
    def _leading(self) -> re.Pattern[str]:
        return re.compile(f"^{self.words.any_of('leading', 'verbs.reduce', 'verbs.raise')}+")


def _day_evidence(commitment: Commitment) -> str:
    """The kind of day and the words it is from."""
    if commitment.day is None or commitment.dimension != "time":
        return ""
    return f"{DAY_NAMES[commitment.day]}（{commitment.day_said or commitment.unit}）"


def _is_number(text: str) -> bool:
    return re.fullmatch(r"\d{1,4}(?:\.\d{1,2})?", text.strip()) is not None


def _above(clause: Clause, by_anchor: Mapping[str, Clause]) -> Iterator[Clause]:
    parent = clause.parent
    while parent is not None and parent in by_anchor:
        yield by_anchor[parent]
        parent = by_anchor[parent].parent


def _is_deadline(text: str, start: int, stop: int) -> bool:
    """Whether a date in the text says by when: 2020年底前, 到2023年, 2022年，; not 2019年上线运行的."""
    if text.endswith(_NO_DEADLINE_AFTER, 0, start):
        return False
    return bool(_DEADLINE.search(text[start:stop])) or text[stop : stop + 1] == "，"


def _printed(clause: Clause, flow: Flow, stretch: Stretch) -> str:
    """A stretch of the flow as the wording has it, without line breaks; empty for an empty one."""
    if not stretch:
        return ""
    begin, end = flow.wording(stretch.start, stretch.stop)
    if begin >= end:  # what a column says round a cell has no place in the wording
        return ""
    start, stop = exact(clause.wording, begin, end)
    return clause.wording[start:stop].replace("\n", "")


def _written(clause: Clause, flow: Flow, pieces: Sequence[Stretch | str]) -> str:
    """Pieces as the wording has them, one after the other."""
    return "".join(one if isinstance(one, str) else _printed(clause, flow, one) for one in pieces)


def _balanced(text: str) -> str:
    """A text without quotation marks whose partner it does not have."""
    kept: list[str] = []
    opened: list[int] = []
    for character in text:
        if character in "“‘「『":
            opened.append(len(kept))
        elif character in "”’」』":
            if not opened:
                continue
            opened.pop()
        kept.append(character)
    for place in reversed(opened):
        del kept[place]
    return "".join(kept)


def _joined(texts: Iterable[str], known: str) -> str:
    """Texts in their order, each once; one that another has in it, or that is known already, is left out."""
    kept: list[str] = []
    for one in texts:
        text = one.strip("，、；： ")
        if len(text) < 2 or text in known or any(text in other for other in kept):
            continue
        kept = [other for other in kept if other not in text]
        kept.append(text)
    return "；".join(kept)


def _beside(clause: Clause, flow: Flow, quantity: Quantity) -> str:
    """What the bracket right after a quantity says; empty where there is none."""
    _, stop = flow.wording(*quantity.span)
    bracket = re.match(r"\s*[（(]([^（）()]{1,20})[）)]", clause.wording[stop:])
    return bracket[1] if bracket else ""


# --- what is said twice ----------------------------------------------------------------------------------------


def _once_each(matches: Iterable[Match], clause: Clause) -> list[Match]:
    """What is said twice counts once: in the title and the text, or in words for zero within a sentence."""
    title_stop = len(clause.label or "") + len(clause.title or "") + 1 if clause.title else 0
    kept: dict[int, Match] = {}
    alike: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, match in enumerate(matches):
        one = match.commitment
        same = alike[one.dimension, one.value, match.frame]
        again = next(
            (
                other
                for other in same[-_COMPARED:]
                if _repeats(kept[other].commitment, one, clause.wording, match.frame, title_stop)
            ),
            None,
        )
        if again is not None:
            first = kept[again].commitment
            if match.frame != FrameKind.FREE and not first.start < title_stop <= one.start:
                continue
            del kept[again]
            same.remove(again)
        kept[number] = match
        same.append(number)
    return list(kept.values())


def _repeats(one: Commitment, two: Commitment, wording: str, frame: FrameKind, title_stop: int) -> bool:
    """Whether two commitments of the same dimension, value and frame are one that is said twice."""
    if one.start < title_stop <= two.start and one.stop <= title_stop + 1:
        return True
    about = (one.subject, one.scope, one.due) == (two.subject, two.scope, two.due)
    if frame in (FrameKind.NOT_CHARGED, FrameKind.NOTHING, FrameKind.ONE_VISIT) and about:
        return True
    between = wording[one.start : two.start]
    if frame == FrameKind.NOTHING and one.dimension in ("documents", "frequency"):
        return not re.search("[；;。\n]", between)
    if frame in (FrameKind.AT_ONCE, FrameKind.NOTHING):
        return not re.search("[，,；;。\n]", between)
    if frame == FrameKind.FREE:
        alone = wording[one.start - 1 : one.start] in "。\n" and wording[one.stop : one.stop + 1] == "。"
        return alone and _freed(two).endswith(_freed(one))
    return frame == FrameKind.NOT_CHARGED and (one.subject in two.subject or two.subject in one.subject)


def _freed(commitment: Commitment) -> str:
    """What is free of charge: the end of the quote."""
    return commitment.quote.rpartition("免费")[2].removeprefix("提供")
