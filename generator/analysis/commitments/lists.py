"""Frames that several quantities share, and the baselines of changes.

压减至高压4个、低压3个 is one frame over two quantities; 分别压减至5天、15天、25天内 one over three. What something is
reduced from (由原来的1个工作日压缩至0.5个工作日) is no promise of its own but the baseline of the other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from generator.analysis.commitments.context import Context
from generator.analysis.commitments.frames import Frame, FrameRules, by_bound
from generator.analysis.commitments.kinds import FrameKind
from generator.analysis.commitments.patterns import JOINED
from generator.analysis.commitments.quantities import Quantity

# Frames that yield to that of the list they are in.
_WEAK = frozenset(
    (FrameKind.OR_MORE, FrameKind.OR_LESS, FrameKind.SHARE_IS, FrameKind.RATE_IS, FrameKind.COUNT_IS)
)
_MOVES = frozenset((FrameKind.REDUCED_TO, FrameKind.RAISED_TO))
_NOTHING_MORE = ("", "时间")  # after a bare quantity: 1天, 1天时间
STANDARD = FrameKind.STANDARD  # the frame of 2个环节、3个工作日
_CARRIED = frozenset(("time", "count", "ratio"))
_REACH = 3  # quantities back in which a baseline is looked for
# 由原来的, 从法定, 原: at the end of what stands before a baseline, with a short noun at most.
BASE = re.compile(
    r"(?:由|从|原|原来的?|现行的?|法定的?|目前的?|现有的?)(?:原来的?|法定的?|现行的?)?[^，、至到]{0,12}$"
)


@dataclass(frozen=True)
class Framed:
    """A promised quantity: which of the context's, and how. `like` is the one whose frame it shares in a list."""

    number: int
    quantity: Quantity
    frame: Frame
    like: int | None = None


def framed_quantities(context: Context) -> list[Framed]:
    """The promised quantities of a context, in order."""
    run = _Run(context, [FrameRules(context).frame(number) for number in range(len(context.quantities))])
    run.share()
    run.carry_on()
    run.set_baselines()
    return [
        Framed(number, context.quantities[number], frame, run.like.get(number))
        for number, frame in enumerate(run.frames)
        if frame is not None
    ]


@dataclass
class _Run:
    """The frames of a context's quantities while they are settled among each other."""

    context: Context
    frames: list[Frame | None]
    like: dict[int, int] = field(default_factory=dict)

    @property
    def _quantities(self) -> Sequence[Quantity]:
        return self.context.quantities

    def share(self) -> None:
        """Gives the members of a list the frame that stands before the first or after the last of them."""
        for number in range(1, len(self.frames)):
            before, own = self.frames[number - 1], self.frames[number]
            if before is None or not self._continues(number):
                continue
            weak = own is None or (own.kind in _WEAK and before.kind not in _WEAK)
            if weak and self._may_share(number, before):
                self.frames[number] = before
            if self.frames[number] is not None and (weak or not self.context.left(number).strip("、和及与")):
                self.like[number] = self.like.get(number - 1, number - 1)
        shared: set[int] = set()
        for number in range(len(self.frames) - 2, -1, -1):
            after = self.frames[number + 1]
            if after is None or self.frames[number] is not None or not self._continues(number + 1):
                continue
            if self._may_share(number, after):
                self.frames[number] = after
                shared.add(number)
        for number in sorted(
            shared
        ):  # 五个、七个、八个工作日内: the first says what the others are said of too
            self.like[number + 1] = self.like.get(number, number)

    def _may_share(self, number: int, frame: Frame) -> bool:
        quantity = self._quantities[number]
        return (
            quantity.form == "number"
            and self.context.dimension(number) == frame.dimension
            and not self.context.in_condition(quantity)
            and not self.context.in_formula(quantity)
            and not self.context.is_listing(number)
        )

    def _continues(self, number: int) -> bool:
        """Whether a quantity goes on with the list that the one before it began."""
        one, two = self._quantities[number - 1 : number + 1]
        between = self.context.flow.text[one.stop : min(two.start, one.stop + JOINED + 1)]
        if len(between) > JOINED or re.search("[，。；\n]", between):
            return False
        if one.dimension == two.dimension == "count":
            return bool(re.search("^[、和及]|[、和及]$", between))
        return bool(re.match("[、和及与]", between))

    def carry_on(self) -> None:
        """Frames a bare quantity at the end of a segment that goes on with a promised one of its kind: 公章刻制1小时."""
        promised = {
            (self.context.segment(quantity).sentence, frame.dimension)
            for quantity, frame in zip(self._quantities, self.frames, strict=True)
            if frame is not None
        }
        for number, quantity in enumerate(self._quantities):
            if self._is_standard(number):
                self.frames[number] = self.frames[number] or Frame(STANDARD, "=", "steps")
                self.frames[number + 1] = self.frames[number + 1] or Frame(STANDARD, "=", "time")
                self.like.setdefault(number + 1, number)
            elif self._is_quoted_step(number):
                self.frames[number] = Frame(FrameKind.STEPS_ARE, "=", "steps")
            elif self.frames[number] is None and self._is_bare(number, quantity):
                dimension = self.context.dimension(number)
                like = (self.context.segment(quantity).sentence, dimension) in promised
                if like or (dimension == "time" and self.context.quoted(quantity)):
                    self.frames[number] = Frame(FrameKind.COUNT_IS, by_bound(quantity), dimension)

    def _is_standard(self, number: int) -> bool:
        """低压用户2个环节、3个工作日: steps and a time side by side with nothing after them."""
        if number + 1 == len(self.frames):
            return False
        one, two = self._quantities[number : number + 2]
        return (
            one.form == two.form == "number"
            and self.context.flow.text[one.stop : two.start] == "、"
            and self.context.dimension(number) == "steps"
            and two.dimension == "time"
            and self.context.right(number + 1) in _NOTHING_MORE
            and not self.context.is_no_promise(number)
        )

    def _is_quoted_step(self, number: int) -> bool:
        """“一个环节、半天办结”: steps that begin a quoted list of promises."""
        if self.frames[number] is not None or number + 1 == len(self.frames):
            return False
        one, two = self._quantities[number : number + 2]
        listed = self.context.flow.text.startswith("、", one.stop) and two.start - one.stop <= JOINED
        return (
            listed
            and self.frames[number + 1] is not None
            and one.form == "number"
            and self.context.dimension(number) == "steps"
            and self.context.quoted(one)
            and self.context.quoted(two)
            and not self.context.is_no_promise(number)
        )

    def _is_bare(self, number: int, quantity: Quantity) -> bool:
        left, patterns = self.context.left(number), self.context.patterns
        return (
            quantity.form == "number"
            and not (quantity.han or quantity.unit == "年" or quantity.bound == ">=")
            and bool(left)
            and self.context.right(number) in _NOTHING_MORE
            and self.context.dimension(number) in _CARRIED
            and not (patterns.spans.search(left) or patterns.experience.search(left))
            and not self.context.is_no_promise(number)
        )

    def set_baselines(self) -> None:
        """Takes what something is brought from out of the promises, and sets it beside what it is brought to."""
        for number, frame in enumerate(self.frames):
            if frame is None or frame.kind not in _MOVES:
                continue
            before = self.frames[number - 1] if number else None
            if before is not None and before.kind in _MOVES and self._continues(number):
                self.frames[number] = replace(frame, baseline=before.baseline)
                continue
            for earlier in range(number - 1, max(-1, number - 1 - _REACH), -1):
                known = self.frames[earlier]
                if self._is_baseline(earlier, number):
                    self.frames[earlier] = None
                    self.frames[number] = replace(frame, baseline=self._quantities[earlier].value)
                    break
                if known is not None and known.kind in _MOVES:
                    break

    def _is_baseline(self, earlier: int, number: int) -> bool:
        """由7个压减至4个; 将30个工作日内作出的决定，压缩至20个工作日内."""
        context, (one, two) = self.context, (self._quantities[earlier], self._quantities[number])
        if context.dimension(earlier) != context.dimension(number) and one.unit != two.unit:
            return False
        there, here = context.segment_number(one.start), context.segment_number(two.start)
        if here - there > 1 or context.segments[here].sentence != context.segments[there].sentence:
            return False
        before = context.whole_left(one)
        if BASE.search(before):
            return True
        verb = context.patterns.verb_of_move.match(context.flow.text, context.segments[here].start)
        return here > there and bool(re.match("[^，]*?[将把]", before)) and bool(verb)
