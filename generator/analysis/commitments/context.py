"""What stands round the quantities of a flow, and what that rules out.

A quantity is read with the segment it stands in (from comma to comma) and its sentence. Only so many characters
of them are looked at (`WINDOW`), so that a text without punctuation is read in linear time too.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.analysis.commitments.flow import Flow, Segment
from generator.analysis.commitments.patterns import NEAR, Patterns
from generator.analysis.commitments.quantities import Quantity
from generator.model import Dimension, Span

WINDOW = 300  # characters looked at before and after a quantity

# The words of duty and leave, where they are not part of another word (主要, 相应, 所需, 许可).
_MODAL = re.compile(
    "应当|(?<![相供响适对反效])应(?![用急对届])|必须|须|需要|(?<![所必急刚供])需(?![求要])|可以|(?<![许认])可(?![靠视用及行能信控比再])"
    "|不得|(?<![主重必需次摘纲简概])要(?![求点件素害])"
)
_LEAVE = ("可", "可以")
_SEGMENT_SIGNS = "[，；]"
# By the office itself (差评10日内整改), unless another party is named or ordered to.
_REDRESS = re.compile("整改|改正")
_ORDERED = re.compile("责令|限期")
# 并于…, 在…: a segment that goes on with the subject before it.
_GOES_ON = re.compile("(?:并|且)?(?:在|自|于|每)|$")
_CONDITION_GOES_ON = ("且", "并且", "并", "或者", "或", "但")
_UP_TO_NOW = re.compile("截[至止]|目前|(?<=[年月日])以来")
_MAY_BE_A_TARGET = ("累计", "率先", "初步")
# 办理量÷总量×100%, 计算公式：…: a figure in it computes, and its names (即时办结件数) name.
_FACTOR = re.compile(r"(?:[×✕✖÷＊*]|(?<=[一-龥\d）)])[xX])$")
_FORMULA = re.compile(r"÷|[×✕✖＊*xX]100%|(?:公式|计算方法|计算方式)(?:为|是|：)")
_OF_DOCUMENTS = ("项", "件", "份", "种", "个", "张", "类")


@dataclass(frozen=True)
class Context:
    """One flow with its quantities and due dates. `conditions`: the clause is an item of a list of conditions."""

    flow: Flow
    quantities: Sequence[Quantity]
    patterns: Patterns
    dues: Sequence[tuple[int, int]]
    conditions: bool = False

    # --- segments and sentences ----------------------------------------------------------------------------

    @cached_property
    def segments(self) -> tuple[Segment, ...]:
        """The segments of the flow."""
        return self.flow.segments()

    @cached_property
    def _starts(self) -> list[int]:
        return [segment.start for segment in self.segments]

    def segment_number(self, index: int) -> int:
        """The number of the segment that a place of the text is in."""
        return max(0, bisect_right(self._starts, index) - 1)

    def segment(self, quantity: Quantity) -> Segment:
        """The segment a quantity is in."""
        return self.segments[self.segment_number(quantity.start)]

    @cached_property
    def _sentence_starts(self) -> dict[int, int]:
        """Sentence → where its first segment starts."""
        starts: dict[int, int] = {}
        for segment in self.segments:
            starts.setdefault(segment.sentence, segment.start)
        return starts

    @cached_property
    def _sentence_stops(self) -> dict[int, int]:
        return {segment.sentence: segment.stop for segment in self.segments}

    # --- what stands round a quantity ----------------------------------------------------------------------

    def left(self, number: int) -> str:
        """What stands before a quantity in its segment, up to the quantity before."""
        quantity = self.quantities[number]
        start = self.segment(quantity).start
        if number:
            start = max(start, self.quantities[number - 1].stop)
        return self.flow.text[max(start, quantity.start - WINDOW) : quantity.start]

    def whole_left(self, quantity: Quantity) -> str:
        """All that stands before a quantity in its segment."""
        start = max(self.segment(quantity).start, quantity.start - WINDOW)
        return self.flow.text[start : quantity.start]

    def right(self, number: int) -> str:
        """What stands after a quantity in its segment, up to the next one or the 、 before what that one counts."""
        quantity = self.quantities[number]
        stop = min(self.segment(quantity).stop, quantity.stop + WINDOW)
        if number + 1 < len(self.quantities) and self.quantities[number + 1].start < stop:
            between = self.flow.text[quantity.stop : self.quantities[number + 1].start]
            return between[: between.rfind("、")] if "、" in between else between
        return self.flow.text[quantity.stop : stop]

    def next_segment(self, quantity: Quantity) -> str:
        """The next segment, if it is of the same sentence."""
        number = self.segment_number(quantity.start)
        if number + 1 < len(self.segments):
            here, following = self.segments[number : number + 2]
            if following.sentence == here.sentence:
                return self.flow.text[following.start : min(following.stop, following.start + WINDOW)]
        return ""

    def sentence_before(self, quantity: Quantity) -> str:
        """The sentence up to the quantity."""
        start = self._sentence_starts[self.segment(quantity).sentence]
        return self.flow.text[max(start, quantity.start - WINDOW) : quantity.start]

    def sentence_after(self, quantity: Quantity) -> str:
        """The sentence from the quantity on."""
        stop = self._sentence_stops[self.segment(quantity).sentence]
        return self.flow.text[quantity.stop : min(stop, quantity.stop + WINDOW)]

    def due_span(self, quantity: Quantity) -> tuple[int, int] | None:
        """Where the last due date before a quantity in its sentence stands in the text."""
        number = bisect_right(self.dues, quantity.start, key=lambda span: span[1]) - 1
        start = self._sentence_starts[self.segment(quantity).sentence]
        return self.dues[number] if number >= 0 and self.dues[number][0] >= start else None

    def due_span_in(self, start: int, stop: int) -> tuple[int, int] | None:
        """Where the last due date between two places stands."""
        number = bisect_right(self.dues, stop, key=lambda span: span[1]) - 1
        return self.dues[number] if number >= 0 and self.dues[number][0] >= start else None

    def first_number(self, start: int, stop: int) -> Quantity | None:
        """The first number with a unit that begins between two places."""
        for one in self.quantities[bisect_right(self.quantities, start, key=lambda one: one.start) :][:8]:
            if one.start >= stop:
                return None
            if one.form == "number":
                return one
        return None

    def quoted(self, quantity: Quantity) -> bool:
        """Whether a quantity stood between quotation marks."""
        return self.flow.quoted[quantity.start]

    # --- what is measured ----------------------------------------------------------------------------------

    def dimension(self, number: int) -> Dimension:
        """What a quantity measures: 3个 may count steps, 4项 documents, by the nouns near it."""
        quantity = self.quantities[number]
        if quantity.dimension != "count" or quantity.form != "number" or quantity.unit not in _OF_DOCUMENTS:
            return quantity.dimension
        right, left = self.right(number)[:8], self.whole_left(quantity)
        if not right and quantity.unit == "个":
            left = self.sentence_before(quantity)
        counted = _begins_with_noun(right)
        documents = _last(self.patterns.documents, left[-2 * NEAR :])
        steps = _last(self.patterns.steps, left[-2 * NEAR :])
        if self.patterns.documents.match(right) or (documents > steps and not counted):
            return "documents"
        if quantity.unit == "个" and (self.patterns.steps.search(right[:6]) or (steps >= 0 and not counted)):
            return "steps"
        return "count"

    def is_listing(self, number: int) -> bool:
        """Whether a number only counts what is listed before it: 北京、上海、重庆、杭州、广州、深圳6个城市."""
        quantity = self.quantities[number]
        if isinstance(quantity.value, Span):
            return False
        left = self.whole_left(quantity)
        items = left.count("、") + 1 + bool(re.search("[和及](?!其他)[^、]*$", left))
        last = re.split("[、和及]", left)[-1]
        return 2 <= quantity.value <= items and not self.patterns.establish.search(last)

    # --- what is no promise --------------------------------------------------------------------------------

    def is_no_promise(self, number: int) -> bool:
        """Whether a quantity describes: a formula, a condition, a penalty, an aim, what has been achieved, what others must do."""
        quantity = self.quantities[number]
        penalties = self.patterns.penalties
        return (
            self.in_formula(quantity)
            or self.in_condition(quantity)
            or self.is_past(quantity)
            or bool(penalties.search(self.right(number)[:8]) or penalties.search(self.left(number)[-6:]))
            or bool(self.patterns.aims.search(self.whole_left(quantity)))
            or self.is_other_party(number)
        )

    def in_formula(self, quantity: Quantity) -> bool:
        """Whether a quantity is part of a formula: 办理量÷总量×100%."""
        before = self.whole_left(quantity)
        if _FACTOR.search(before[-2:]):
            return True
        stop = min(self.segment(quantity).stop, quantity.stop + WINDOW)
        return bool(_FORMULA.search(before) or _FORMULA.search(self.flow.text, quantity.start, stop))

    @cached_property
    def _conditional(self) -> frozenset[int]:
        """The segments that say for whom or when: those ending in 的, and those that lead up to one with 且."""
        found: set[int] = set()
        text = self.flow.text
        for number in range(len(self.segments) - 1, -1, -1):
            segment = self.segments[number]
            goes_on = (
                number + 1 in found
                and self.segments[number + 1].sentence == segment.sentence
                and text.startswith(_CONDITION_GOES_ON, self.segments[number + 1].start)
            )
            if goes_on or text[segment.stop - 1] == "的":
                found.add(number)
        return frozenset(found)

    def in_condition(self, quantity: Quantity) -> bool:
        """Whether a quantity says for whom or when something holds: 贷存比低于50%的."""
        return self.conditions or self.segment_number(quantity.start) in self._conditional

    def is_past(self, quantity: Quantity) -> bool:
        """Whether a quantity reports what has been achieved: 已实现90%, 累计减负15亿元 without a due date."""
        if _UP_TO_NOW.search(self.sentence_before(quantity)):
            return True
        before = self.whole_left(quantity)
        word = self.patterns.achieved.search(before)
        if not word or "的" in before[word.end() :]:
            return False
        if word[0] not in _MAY_BE_A_TARGET:
            return True
        limited = (
            self.patterns.most.search(before)
            or self.patterns.least.search(before)
            or (quantity.bound == ">=" and word[0] == "累计")
        )
        return not (limited or self.due_span(quantity))

    def is_other_party(self, number: int) -> bool:
        """Whether a quantity binds the applicant or another market party, not those who promise."""
        quantity, patterns = self.quantities[number], self.patterns
        before = self.sentence_before(quantity)
        right = self.right(number) or self.next_segment(quantity)
        if patterns.ways.search(before):
            return True
        if quantity.dimension == "time" and patterns.party_act.match(right):
            ordered = _ORDERED.search(before) or patterns.any_agent.search(before)
            return bool(ordered) or not _REDRESS.match(right)
        modals = list(_MODAL.finditer(before))
        if not modals or quantity.form != "number" or modals[-1][0] in _LEAVE:
            return False
        modal = modals[-1]
        if patterns.benefit.search(right) or patterns.benefit.search(before, modal.end()):
            return False
        last = re.split(_SEGMENT_SIGNS, before)[-1]
        if modal[0] not in last and not _GOES_ON.match(last):
            return False  # the segment has a subject of its own: 公示期为7天
        actor = re.split(_SEGMENT_SIGNS, before[: modal.start()])[-1]
        return bool(patterns.agent.search(actor)) and not patterns.services.search(actor)


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match begins; -1 where there is none."""
    return max((match.start() for match in pattern.finditer(text)), default=-1)


def _begins_with_noun(right: str) -> bool:
    """Whether what follows is what the quantity counts: 个|城市; not 个|并."""
    return bool(re.match(r"[一-龥◇]", right)) and not re.match("[并以的和及或且]", right)
