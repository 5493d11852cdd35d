"""What a promised quantity is about: its subject, its scope, its quote. Approximate where frames are exact.

The subject is a stretch of the wording: what stands before the quantity in its segment without the verbs of
promising (将…压缩至), else what is counted or done after it, else the subject before it in the sentence, else the
title of the clause. The scope is the condition before it (符合即办条件的) or its own item of a list (高压4个、低压3个).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.analysis.commitments.context import WINDOW, Context
from generator.analysis.commitments.flow import Segment
from generator.analysis.commitments.kinds import OF_A_SUBJECT
from generator.analysis.commitments.lists import Framed
from generator.analysis.commitments.stretches import Stretch
from generator.vocabulary.commitments import CommitmentWords

_LONGEST_SUBJECT = 48
_COMPARES = re.compile("低于|高于|不足|超过|少于|多于|达到|不到|大于|小于")
_LONGEST_CONDITION = 60
_SEGMENTS_BACK = 8  # how far back in its sentence a subject is looked for
_OPEN_QUOTES, _CLOSE_QUOTES = "“‘「『", "”’」』"
_MEASURES = ("额的", "量的", "数的", "费的", "资的", "价的", "金的", "值的")  # 合同金额的30%
_FEE_ONLY = frozenset(("费用", "费", "收费"))
# 自收到申请材料之日起, 在接到申请后: since when, not what.
_SINCE = re.compile("(?:起|后|(?<![耗用工])时|之日|通知书)$")
# No name of its own: 办理时限为5个工作日.
_BARE_PERIOD = re.compile("(?:办理|审批|全流程)?(?:时限|时间)")
_CUT = re.compile("并|以上|左右|实现|进入|成为|达到|纳入|全覆盖|接入|投入|具备|全部|，")


@dataclass(frozen=True)
class Trimmer:
    """Takes the words of promising off the ends of a stretch."""

    words: CommitmentWords

    @cached_property
    def _leading(self) -> re.Pattern[str]:
        return re.compile(f"(?:(?!对[标接外象]){self.words.any_of('leading')}|[、，：的])+")

    def is_leading(self, text: str, start: int, stop: int) -> bool:
        """Whether a stretch is nothing but words of promising: 继续, 进一步."""
        return self._leading.fullmatch(text, start, stop) is not None

    @cached_property
    def _trailing(self) -> re.Pattern[str]:
        words = self.words.any_of(
            "trailing",
            "verbs.reduce",
            "verbs.raise",
            "limits.most",
            "limits.least",
            "limits.over",
            "limits.under",
        )
        return re.compile(f"(?:{words}|[、，：和及与])$")

    @cached_property
    def move(self) -> re.Pattern[str]:
        """由7个压减至: the words of a change to what follows."""
        verbs = self.words.any_of("verbs.reduce", "verbs.raise")
        return re.compile(
            rf"[由从](?:原来的?|法定的?)?[^，]{{0,12}}?{verbs}(?:(?<=[至到为])|[^，]{{0,4}}?[至到为])"
            rf"|(?:进一步|再|分别|均|全部|平均){{0,4}}{verbs}(?P<inner>[^，]{{0,12}}?)[至到为在]"
        )

    @cached_property
    def limit(self) -> re.Pattern[str]:
        """分别不超过, 达到."""
        return re.compile(f"(?:分别|均)?{self.words.any_of('limits.most', 'limits.least')}")

    def subject(self, text: str, stretch: Stretch) -> Stretch:
        """The stretch without what is no name at its ends; empty where nothing is left."""
        start, stop = stretch.start, stretch.stop
        leading = self._leading.match(text, start, stop)
        if leading:
            start = leading.end()
        while start < stop:
            trailing = self._trailing.search(text, max(start, stop - 12), stop)
            if not trailing:
                break
            stop = trailing.start()
        return Stretch(start, max(start, stop))


@dataclass(frozen=True)
class Describer:
    """Tells the subject, scope and quote of the promised quantities of one reading."""

    context: Context
    framed: Sequence[Framed]
    trimmer: Trimmer

    @property
    def _text(self) -> str:
        return self.context.flow.text

    @cached_property
    def _place(self) -> dict[int, int]:
        """Number of a quantity → its place among the promised ones."""
        return {one.number: place for place, one in enumerate(self.framed)}

    @cached_property
    def _in_segment(self) -> dict[int, list[Framed]]:
        """Number of a segment → the promised quantities in it."""
        found: defaultdict[int, list[Framed]] = defaultdict(list)
        for one in self.framed:
            found[self.context.segment_number(one.quantity.start)].append(one)
        return found

    @cached_property
    def _lists(self) -> dict[int, list[Framed]]:
        """Number of the first quantity of a list → all its members."""
        found: defaultdict[int, list[Framed]] = defaultdict(list)
        for one in self.framed:
            found[one.number if one.like is None else one.like].append(one)
        return found

    def place_in_list(self, framed: Framed) -> int:
        """Which of its list a quantity is, from 0."""
        return self._places_in_lists[framed.number]

    @cached_property
    def _places_in_lists(self) -> dict[int, int]:
        return {one.number: place for members in self._lists.values() for place, one in enumerate(members)}

    def promised_in(self, number: int) -> Sequence[Framed]:
        """The promised quantities of a segment."""
        return self._in_segment.get(number, ())

    def members(self, framed: Framed) -> list[Framed]:
        """The promised quantities of the list that one is in; itself alone where it is in none."""
        return self._lists[framed.number if framed.like is None else framed.like]

    def head(self, framed: Framed) -> Framed:
        """The first of the list whose words before the number are those of this one too; else itself."""
        return self._heads[framed.number]

    @cached_property
    def _heads(self) -> dict[int, Framed]:
        """Number of a quantity → the one by whose words it is said."""
        heads: dict[int, Framed] = {}
        for framed in self.framed:
            beside = self._counted_with(framed)
            if beside is not None:
                heads[framed.number] = heads[beside.number]
            elif framed.like is None or framed.like not in self._place:
                heads[framed.number] = framed
            else:
                first = self.framed[self._place[framed.like]]
                named = self.context.left(framed.number).strip("、和及与")
                shared = not named or self._list_item(first) or framed.frame.dimension == "count"
                heads[framed.number] = first if shared else framed
        return heads

    def _counted_with(self, framed: Framed) -> Framed | None:
        """The one before that is counted by the same words: 评价11个设区市、|117个县."""
        place = self._place[framed.number]
        if framed.frame.dimension != "count" or not place:
            return None
        before = self.framed[place - 1]
        here = self.context.segment_number(framed.quantity.start)
        beside = (
            before.frame.dimension == "count" and self.context.segment_number(before.quantity.start) == here
        )
        return before if beside and self._text[framed.quantity.start - 1] in "、和及" else None

    def earlier(self, framed: Framed, most: int) -> Iterator[Framed]:
        """The promised quantities before one in its sentence, the nearest first; those of its own list left out."""
        sentence = self.context.segment(framed.quantity).sentence
        own = framed.number if framed.like is None else framed.like
        place = self._place[framed.number]
        for one in reversed(self.framed[max(0, place - most) : place]):
            if self.context.segment(one.quantity).sentence != sentence:
                return
            if (one.number if one.like is None else one.like) != own:
                yield one

    def after(self, framed: Framed) -> Iterator[Framed]:
        """The promised quantities after one in its segment, of its dimension."""
        place = self._place[framed.number]
        here = self.context.segment_number(framed.quantity.start)
        for one in self.framed[place + 1 : place + 4]:
            if (
                self.context.segment_number(one.quantity.start) != here
                or one.frame.dimension != framed.frame.dimension
            ):
                return
            yield one

    def condition_stretch(self, condition: Stretch) -> tuple[Stretch, ...]:
        """A condition with what it shares with the one before it: 低于40%的 after 贷存比低于50%的 is 贷存比低于40%的."""
        text = self._text
        mark = _COMPARES.match(text, condition.start, condition.stop)
        if mark:
            number = self.context.segment_number(condition.start)
            sentence = self.context.segments[number].sentence
            for before in reversed(self.context.segments[max(0, number - 6) : number]):
                if before.sentence != sentence:
                    break
                at = text.find(mark[0], before.start + 1, before.stop)
                if at > 0 and text.endswith("的", before.start, before.stop):
                    due = self.context.due_span_in(before.start, at)
                    return (
                        self.trimmer.subject(text, Stretch(due[1] if due else before.start, at)),
                        condition,
                    )
        return (condition,)

    # --- subject -----------------------------------------------------------------------------------------------

    def subject(self, framed: Framed) -> Stretch:
        """The subject of a quantity as a stretch of the text; empty where the text before and after names none."""
        if framed.like is not None:
            first = self.framed[self._place[framed.like]] if framed.like in self._place else framed
            named = self.context.left(framed.number).strip("、和及与")
            if (not named or self._list_item(first)) and framed.frame.dimension != "count":
                framed = first
        return next((stretch for stretch in self._candidates(framed) if stretch.names), Stretch(0, 0))

    def _candidates(self, framed: Framed) -> Iterator[Stretch]:
        """Where the subject may stand, the likeliest first."""
        quantity, frame = framed.quantity, framed.frame
        before, after = self._before(framed), self._after(framed)
        if quantity.what is not None and quantity.what not in _FEE_ONLY:
            yield Stretch(quantity.stop - len(quantity.what), quantity.stop)
        right = self.context.right(framed.number)
        counts = quantity.dimension == "count" and frame.dimension == "count"
        if counts or (quantity.dimension == "ratio" and right.startswith("的")):
            yield after
        if quantity.form == "free":
            freed = self.trimmer.subject(self._text, after)
            yield freed if freed.stop - freed.start > 2 else before
            yield freed
        if not _BARE_PERIOD.fullmatch(self._text, before.start, before.stop):
            yield before
        if frame.kind in OF_A_SUBJECT or quantity.form == "instant" or len(right) <= 2:
            yield from self._earlier(framed)
        yield before
        yield after
        yield from self._earlier(framed)
        if quantity.what is not None:
            yield Stretch(quantity.stop - len(quantity.what), quantity.stop)

    def start(self, framed: Framed) -> int:
        """Where what belongs to a quantity begins in its segment: after the promised one before it."""
        start = max(self.context.segment(framed.quantity).start, framed.quantity.start - WINDOW)
        place = self._place[framed.number]
        return max(start, self.framed[place - 1].quantity.stop) if place else start

    def start_before(self, framed: Framed, place: int) -> int:
        """Where what belongs to a place of its segment begins: after the promised quantity before that."""
        start = max(self.context.segment(framed.quantity).start, place - WINDOW)
        for one in reversed(self.framed[max(0, self._place[framed.number] - 8) : self._place[framed.number]]):
            if one.quantity.stop <= place:
                return max(start, one.quantity.stop)
        return start

    def _before(self, framed: Framed) -> Stretch:
        """What stands before a quantity in its segment, without verbs, due date and list of what is meant."""
        text, quantity = self._text, framed.quantity
        start = self.start(framed)
        if start > self.context.segment(quantity).start and "、" in text[start : quantity.start]:
            start = text.rindex("、", start, quantity.start) + 1
        due = self.context.due_span(quantity)
        if due and start <= due[0] <= start + 4:
            start = due[1]
        start, stop = self.before_move(start, quantity.start)
        start, stop = self.within_colon(start, stop)
        if self.says_for_whom(framed, stop) or _SINCE.search(text[start:stop].rstrip("内")):
            return Stretch(start, start)
        kept = text.find("做到", start, stop)
        found = self.trimmer.subject(text, Stretch(start, kept if kept > start + 2 else stop))
        return Stretch(max(found.start, found.stop - 2 * _LONGEST_SUBJECT), found.stop)

    def within_colon(self, start: int, stop: int) -> tuple[int, int]:
        """申报材料包括：…共2件 is about what stands before the colon, A类用户：总时间为 about what stands after."""
        text = self._text
        colon = text.find("：", start, max(start, stop - 1))
        if colon < 0:
            return start, stop
        listed = text.endswith(("包括", "包含", "为", "有"), start, colon)
        return (
            (start, colon - 2 if text.endswith(("包括", "包含"), start, colon) else colon - 1)
            if listed
            else (colon + 1, stop)
        )

    def _stop_before_move(self, start: int, stop: int) -> int:
        """Where the verb of 压减至高压4个 begins: what follows it is no part of the subject."""
        match = self.trimmer.move.search(self._text, start, stop)
        return match.start() if match and match.start() > start + 1 else stop

    def before_move(self, start: int, stop: int) -> tuple[int, int]:
        """What a verb of change is said of: before it, or within it (压缩|审批时间|至)."""
        match = self.trimmer.move.search(self._text, start, stop)
        if match is None:
            return start, stop
        if match.start() > start + 1 and not self.trimmer.is_leading(self._text, start, match.start()):
            return start, match.start()
        return match.span("inner") if match["inner"] else (start, start)

    def says_for_whom(self, framed: Framed, stop: int) -> bool:
        """符合即办条件的|即时办结: for whom, not what."""
        text, quantity = self._text, framed.quantity
        if quantity.form == "no-fee" or quantity.dimension == "count":
            return False
        return text.endswith("的", 0, stop) and not text.endswith(_MEASURES, 0, stop)

    def _after(self, framed: Framed) -> Stretch:
        """What a quantity counts, or what is done within it: 20处|城市社区养老服务站, 10个工作日内|完成调查."""
        quantity, right = framed.quantity, self.context.right(framed.number)
        start = quantity.stop + (1 if right.startswith("的") else 0)
        stop = quantity.stop + len(right)
        cut = _CUT.search(right, 2)
        if cut and quantity.dimension in ("count", "ratio"):
            stop = quantity.stop + cut.start()
        while stop > start and self._text[stop - 1] in "和及与、":
            stop -= 1
        goes_on = right.startswith("、") or right == "时间"
        if goes_on or self.context.patterns.done.fullmatch(self._text, start, stop):
            return Stretch(start, start)  # 办结 alone names nothing, nor what a list goes on with
        return Stretch(start, max(start, min(stop, start + _LONGEST_SUBJECT)))

    def _earlier(self, framed: Framed) -> Iterator[Stretch]:
        """The subjects before it in the sentence, the nearest first."""
        index = self.context.segment_number(framed.quantity.start)
        segments = self.context.segments
        for number in range(index - 1, max(-1, index - 1 - _SEGMENTS_BACK), -1):
            segment = segments[number]
            if segment.sentence != segments[index].sentence:
                return
            inside = self._in_segment.get(number)
            if inside:
                yield from (self._before(one) for one in reversed(inside[-_SEGMENTS_BACK:]))
            elif self._text[segment.stop - 1] != "的":
                yield self._of_segment(segment)

    def _of_segment(self, segment: Segment) -> Stretch:
        """What a segment without a promised quantity is about."""
        text, end = self._text, min(segment.stop, segment.start + WINDOW)
        stop = self._stop_before_move(segment.start, end)
        limit = self.trimmer.limit.search(text, segment.start, stop)
        if limit and limit.start() > segment.start + 1:
            stop = limit.start()
        number = bisect_right(self.context.dues, segment.start + 3, key=lambda span: span[0]) - 1
        start = max(segment.start, self.context.dues[number][1] if number >= 0 else 0)
        if start >= stop or _SINCE.search(text[start:stop]):
            return Stretch(start, start)
        found = self.trimmer.subject(text, Stretch(start, stop))
        return Stretch(found.start, min(found.stop, found.start + _LONGEST_SUBJECT))

    # --- scope -------------------------------------------------------------------------------------------------

    def scope(self, framed: Framed) -> Stretch:
        """For whom or when it holds; empty where the text says nothing of it."""
        quantity = framed.quantity
        own = self._list_item(framed) or self._for_whom(framed) or self._named_in_list(framed)
        if own:
            return own
        index = self.context.segment_number(quantity.start)
        if index:
            before, here = self.context.segments[index - 1 : index + 1]
            ends = self._text[before.stop - 1] == "的"
            if ends and before.sentence == here.sentence and before.stop - before.start <= _LONGEST_CONDITION:
                return Stretch(before.start, before.stop)
        return Stretch(0, 0)

    def _list_item(self, framed: Framed) -> Stretch:
        """高压 of 压减至高压4个, 低压 of 、低压3个."""
        quantity, left = framed.quantity, self.context.left(framed.number)
        move = self.trimmer.move.search(left)
        named = move.end() if move else 1 if left.startswith(("、", "和")) else len(left)
        if quantity.form != "number" or not 2 <= len(left) - named <= 12 or re.search("[，、]", left[named:]):
            return Stretch(0, 0)
        start = quantity.start - len(left) + named
        found = self.trimmer.subject(self._text, Stretch(start, quantity.start))
        return found if found.names else Stretch(0, 0)

    def _for_whom(self, framed: Framed) -> Stretch:
        """符合即办条件的 of 符合即办条件的即时办结."""
        start = self.start(framed)
        stop = self._stop_before_move(start, framed.quantity.start)
        if not self.says_for_whom(framed, stop):
            return Stretch(0, 0)
        found = self.trimmer.subject(self._text, Stretch(start, stop - 1))
        return Stretch(found.start, stop) if found else Stretch(0, 0)

    def _named_in_list(self, framed: Framed) -> Stretch:
        """The item of a list that a quantity of an equally long list is for: 市、县污水处理率分别达到95%、85%."""
        first = framed.number if framed.like is None else framed.like
        members = self._lists[first]
        subject = self.subject(framed)
        items = self._text[subject.start : subject.stop].split("、")
        if len(members) < 2 or len(items) != len(members):
            return Stretch(0, 0)
        place = members.index(framed)
        start = subject.start + sum(len(item) + 1 for item in items[:place])
        if place < len(items) - 1:
            return Stretch(start, start + len(items[place]))
        # The last item runs on into what all of them have: it ends like the first, or is as long.
        alike = items[-1].find(items[0][-1:], 1) + 1 or len(items[0])
        return Stretch(start, min(start + alike, subject.stop))

    def quote(self, framed: Framed) -> Stretch:
        """Where the quote stands in the text: the segment, from its condition on, to what it counts."""
        quantity = framed.quantity
        segment = self.context.segment(quantity)
        scope = self.scope(framed)
        start = scope.start if scope and scope.stop < segment.start else segment.start
        start = max(start, quantity.start - WINDOW)
        stop = min(segment.stop, quantity.stop + len(self.context.right(framed.number)))
        return Stretch(start, max(stop, quantity.stop))


def exact(wording: str, start: int, stop: int) -> tuple[int, int]:
    """The stretch of a wording, widened over quotation marks that it cuts, without white space at its ends."""
    while start < stop and wording[start].isspace():
        start += 1
    while stop > start and wording[stop - 1].isspace():
        stop -= 1
    text = wording[start:stop]
    balance = _count(text, _OPEN_QUOTES) - _count(text, _CLOSE_QUOTES)
    if balance > 0 and stop < len(wording) and wording[stop] in _CLOSE_QUOTES:
        stop += 1
    elif balance < 0 and start and wording[start - 1] in _OPEN_QUOTES:
        start -= 1
    return start, stop


def _count(text: str, characters: str) -> int:
    return sum(text.count(character) for character in characters)
