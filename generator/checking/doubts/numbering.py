"""The run of the printed labels: gaps, repeats, forms that differ, labels with nothing to them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from generator.checking.doubts.passages import Finding, Passage, PolicyText
from generator.eid import COVER
from generator.model import Clause, DoubtKind, Kind, Label, Style

_BRACKETED = (Style.HAN_BRACKET, Style.DIGIT_BRACKET)
_FORMS = (*_BRACKETED, Style.DIGIT_DOT, Style.HAN_COMMA)
_GROUPING = (Kind.PART, Kind.CHAPTER)

_ListKey = tuple[str | None, str | None, Style]


@dataclass(frozen=True)
class _Labelled:
    """A clause with its label."""

    clause: Clause
    passage: Passage
    label: Label
    scope: str | None  # the attachment or covering notice it stands in

    @property
    def list(self) -> _ListKey:
        """The list it is a member of: what one clause holds of one form of label."""
        return self.scope, self.clause.parent, self.label.style


@dataclass
class _Run:
    """The numbers of one list so far."""

    last: int
    printed: str  # the last label
    highest: int
    seen: set[int]
    repeated: bool = False  # whether the last number had been there before; then the next may be one further

    def follows(self, number: int) -> bool:
        """Whether the number is the next one: after the last, or after the highest."""
        return number in (self.last + 1, self.highest + 1) or (self.repeated and number == self.last + 2)

    def take(self, number: int, printed: str) -> None:
        """Go on to the next label."""
        self.repeated = number in self.seen
        self.seen.add(number)
        self.highest = max(self.highest, number)
        self.last, self.printed = number, printed


def numbering(text: PolicyText) -> Iterator[Finding]:
    """Gaps, repeats and disorder in each list, and lists that begin with another number than 1.

    A list is what one clause holds of one form of label. It may go on where the last list of its form ended
    (numbers that run on through the policy: 条, or measures 1–75 across the sections).
    """
    runs: dict[_ListKey, _Run] = {}
    latest: dict[tuple[str | None, Style], _Run] = {}
    for one in _labelled(text):
        number, printed = one.clause.number, one.clause.label or one.label.printed
        if number is None or one.label.insertion is not None:
            continue
        run = runs.get(one.list)
        before = run or latest.get((one.scope, one.label.style))
        judged = _judge_next(number, printed, before) if run else _judge_first(number, printed, before)
        if judged:
            yield Finding(judged[0], one.passage, 0, len(printed), judged[1])
        if run:
            run.take(number, printed)
        else:
            run = runs[one.list] = _Run(number, printed, number, {number})
        latest[one.scope, one.label.style] = run


def _judge_next(number: int, printed: str, run: _Run | None) -> tuple[DoubtKind, str] | None:
    """What is wrong with a number that comes after another one of its list."""
    if run is None or run.follows(number):
        return None
    if number in run.seen:
        return DoubtKind.NUMBERING_REPEAT, f"编号“{printed}”在同一组里出现过，前一个是“{run.printed}”。"
    if number > run.last:
        return DoubtKind.NUMBERING_GAP, f"“{run.printed}”之后直接是“{printed}”。"
    return DoubtKind.NUMBERING_ORDER, f"“{printed}”排在“{run.printed}”之后。"


def _judge_first(number: int, printed: str, before: _Run | None) -> tuple[DoubtKind, str] | None:
    """What is wrong with the first number of a list; `before` is the list of the same form before it."""
    if number <= 1 or (before and before.follows(number)):
        return None
    if before is None or number < before.last:
        return DoubtKind.NUMBERING_START, f"这一组编号从“{printed}”开始。"
    if number == before.last:
        return DoubtKind.NUMBERING_REPEAT, f"上一组已有“{before.printed}”，这一组又从“{printed}”开始。"
    return DoubtKind.NUMBERING_GAP, f"上一组到“{before.printed}”为止，这一组从“{printed}”开始。"


def label_mix(text: PolicyText) -> Iterator[Finding]:
    """Labels of one run in different forms: (七) among （八）, 2、 among 1. One finding for the policy.

    Labels in brackets are compared through the whole policy (or attachment), others within their list.
    """
    forms: defaultdict[tuple[object, Style], list[tuple[str, _Labelled]]] = defaultdict(list)
    for one in _labelled(text):
        if one.label.style in _FORMS:
            run = one.scope if one.label.style in _BRACKETED else (one.scope, one.clause.parent)
            forms[run, one.label.style].append((_form(one.label.printed), one))
    odd: list[tuple[_Labelled, Counter[str]]] = []
    for members in forms.values():
        counts = Counter(form for form, _ in members)
        usual = counts.most_common(1)[0][0]
        odd += [(one, counts) for form, one in members if form != usual][:1]
    if odd:
        first, counts = min(odd, key=lambda found: found[0].clause.place.first_line)
        listed = "，".join(f"“{form}”{count} 个" for form, count in counts.most_common())
        explanation = f"同级编号写法不一：{listed}。"
        yield Finding(DoubtKind.LABEL_MIX, first.passage, 0, len(first.label.printed), explanation)


def _form(printed: str) -> str:
    """The label with its number left out: （）, (), 1. as #."""
    marks = "".join(character for character in printed if not character.isalnum() and not character.isspace())
    return f"{marks[0]}…{marks[1:]}" if len(marks) > 1 else f"…{marks}"


def labels_in_text(text: PolicyText) -> Iterator[Finding]:
    """Lines that begin like a label of this policy and were read as the continuation of a sentence.

    Where a label was lost or the line before it is not ended, the labels after it stay in the text.
    """
    styles = {one.label.style for one in _labelled(text)}
    for passage in text.clauses:
        for _, line in passage.joined():
            if line.label is not None and line.label.style in styles:
                explanation = f"这一行以“{line.label.printed}”开头，像是编号，但接不上前文，未作编号。"
                stop = line.start + len(line.label.printed)
                yield Finding(DoubtKind.LABEL_IN_TEXT, passage, line.start, stop, explanation)


def empty_clauses(text: PolicyText) -> Iterator[Finding]:
    """Labels without text and without clauses below; headings with nothing below where their like have something."""
    parents = {clause.parent for clause in text.policy.clauses}
    labelled = list(_labelled(text))
    lists: Counter[_ListKey] = Counter()
    filled: Counter[_ListKey] = Counter()
    for one in labelled:
        lists[one.list] += 1
        filled[one.list] += bool(one.clause.body or one.clause.anchor in parents)
    for one in labelled:
        clause = one.clause
        if clause.body or clause.anchor in parents or clause.kind is Kind.ATTACHMENT:
            continue
        if not clause.title:
            explanation = f"编号“{one.label.printed}”之后没有文字。"
        elif clause.kind in _GROUPING or 2 * filled[one.list] > lists[one.list]:
            explanation = "只有标题，下面没有内容。"
        else:
            continue
        yield Finding(DoubtKind.EMPTY_CLAUSE, one.passage, 0, len(one.passage.text), explanation)


def _labelled(text: PolicyText) -> Iterator[_Labelled]:
    """The clauses that print a label, in order."""
    scopes: dict[str | None, str | None] = {None: None}
    for clause, passage in zip(text.policy.clauses, text.clauses, strict=True):
        outer = COVER if clause.anchor.root == COVER else scopes.get(clause.parent)
        scopes[clause.anchor] = clause.anchor if clause.kind is Kind.ATTACHMENT else outer
        label = clause.lines[0].label if clause.lines and not clause.cells else None
        if label is not None and label.printed == clause.label:
            yield _Labelled(clause, passage, label, outer)
