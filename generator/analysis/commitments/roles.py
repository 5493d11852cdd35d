"""What the segments of a sentence are for: a condition, a start of time, whom it is about; the rest tells.

对于低压客户，| 具备直接装表条件的，| 在勘查确定供电方案后当场装表接电: the first two say for whom and when; in the third
在…后 is a condition within the segment. A condition at the head of a group (；) holds for all that follows in it, whom a
sentence is about for all of the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from generator.analysis.commitments.context import WINDOW, Context
from generator.analysis.commitments.flow import Segment
from generator.analysis.commitments.stretches import Stretch
from generator.vocabulary.commitments import CommitmentWords

Role = Literal["condition", "topic", "due", "plain"]

_LONGEST_CONDITION = 90
_LONGEST_TOPIC = 40
_BACK = 10  # segments of a sentence that are looked at before a quantity, and after it for what is left out

# 符合条件的, 在…情况下, 在…期间, 收到发票后, 自…之日起, 除公告期外
_WHEN = re.compile(
    r"(?:(?:情况|条件|情形|前提|基础)之?下|之?后|之日起?|(?<![发一])起|(?<![小限按及同准实临耗用工课历费])时|期间|除[^，]{1,40}外|为前提)$"
)
_FOR = re.compile(r"(?<![目])的$")
_BEGINS = re.compile("(?:其中)?(?:如|若|凡|因|遇|确需|在[^，]{1,20}期间$|除[^，]{1,40}之?外$)")
_ABOUT = re.compile("(?:其中)?(?:对于|针对|关于|对(?![标接外照应准]))")
# 不含工程施工时间, 检验…的时间不计算在投诉处理期限内, after the quantity
# 在采暖期开始后的十日内: a stretch of time in which another time holds
_DURING = re.compile(r"在[^，\d]{2,}(?:后|前|的)[^，]{0,8}(?:[日月年]内|时间)$")
_DONE = re.compile("(?:完毕|届满|期满|到期)$")
_JOINED = re.compile("(?:并且?|且|或者?|以及)")
_OPENS = re.compile("在|自|经|待|如|若|凡|对")
_LEFT_OUT = re.compile("不含|不包括|不包含|不计算|不计入|不计在|除外|另计|扣除|(?<![一-龥])除[^，]{1,40}外")
# Within a segment: 自收到申请材料之日起|30日内, 在接到申请后|1个工作日内, 材料齐全、程序合法的情况下|即来即办
_WITHIN_END = re.compile(
    r"(?:(?:情况|条件|情形|前提|基础)之?下|(?<![前先最落善])之?后|之日起?|(?<![发一])起|(?<![小限按及同准实临耗用工课历费])时|期间)[，内]?$"
)
_WITHIN_START = re.compile(
    "(?<![现存所潜])在(?![线职校建产])|自(?![动助主身然治觉愿由])(?!行(?!政))|从|于(?![此是])|由|经(?![营济办])|收到|接到|凡|待"
)
# 开办企业|手续齐全的|应当在1日内办结: a state at the end of what stands before a number
STATE_TAIL = re.compile(
    "(?P<state>(?:申请|申报|所需)?(?:材料|手续|资料)(?:齐全|齐备|完备|合格))(?:、[^，的]{2,12})?的?(?:应当|应|可以|可)?在?$"
)
_OF_A_KIND = re.compile("的[^，的]{0,8}(?:项目|事项|案件|业务|用户|工程|产品)$")
_MODAL = re.compile("(?:原则上)?(?:应当|应|必须|须|要|需)(?:原则上)?(?:分别)?[于在]?$|分别[于在]?$")
_CHANGES = re.compile("[至到为]$|办结|不得|应当|实现|实行|推行|提供|完成")


@dataclass(frozen=True)
class Roles:
    """The roles of the segments of one context."""

    context: Context
    words: CommitmentWords

    @property
    def _text(self) -> str:
        return self.context.flow.text

    @cached_property
    def _parties(self) -> re.Pattern[str]:
        return re.compile(f"{self.words.any_of('said_of.parties')}(?:等|之一)?$")

    @cached_property
    def states(self) -> re.Pattern[str]:
        """手续齐全, 试验合格, 收到设计图纸: a state that has been reached."""
        return re.compile(
            f"(?:{self.words.any_of('said_of.states')}|(?:收到|接到|交齐|缴清|备齐|签订|签署|提交|取得|出具)[^，、]{{1,16}})$"
        )

    @cached_property
    def _leading(self) -> re.Pattern[str]:
        return re.compile(f"{self.words.any_of('leading')}+")

    @cached_property
    def _promised(self) -> frozenset[int]:
        """The segments that have a quantity."""
        return frozenset(self.context.segment_number(one.start) for one in self.context.quantities)

    def role(self, number: int) -> Role:
        """The role of a segment."""
        return self._roles[number]

    @cached_property
    def _roles(self) -> list[Role]:
        """The roles of all segments: 在竣工验收合格，签订合同，并办结手续后 is one condition in three."""
        roles = [self._alone(number) for number in range(len(self.context.segments))]
        for number, role in enumerate(roles):
            segment = self.context.segments[number]
            if role == "condition" and _JOINED.match(self._text, segment.start):
                for before in range(number - 1, max(-1, number - 5), -1):
                    if self.context.segments[before].group != segment.group or before in self._promised:
                        break
                    if _OPENS.match(self._text, self.context.segments[before].start):
                        roles[before:number] = ["condition"] * (number - before)
                        break
        return roles

    def _alone(self, number: int) -> Role:
        """The role of a segment by its own words, and the first of the next."""
        segment = self.context.segments[number]
        text = self._text[segment.start : segment.stop]
        if len(text) > _LONGEST_CONDITION:
            return "plain"
        if _FOR.search(text) or _WHEN.search(text) or (_BEGINS.match(text) and number not in self._promised):
            return "condition"
        if _DURING.match(text) or (_DONE.search(text) and not self._is_last(number)):
            return "condition"
        if any(
            start <= segment.start + 1 and stop >= segment.stop - 2 for start, stop in self._dues_in(segment)
        ):
            return "due"
        if number in self._promised or self._is_last(number):
            return "plain"
        if self._text.startswith("其", self.context.segments[number + 1].start) and not _CHANGES.search(text):
            return "topic" if re.search("的[^，的]{2,12}$", text) else "plain"
        if len(text) > _LONGEST_TOPIC:
            return "plain"
        if _ABOUT.match(text) and not _CHANGES.search(text):
            return "topic"
        is_thing = self._parties.search(text) or _OF_A_KIND.search(text)
        if is_thing and not re.search("[将把为向对使给让]", text) and self._named(text):
            return "topic"
        return "plain"

    def _named(self, text: str) -> bool:
        """适用一般程序注销的增值税一般纳税人: a party with its class; a bare 企业, or 支持企业 with a verb before it, is none."""
        classed = re.search(self.words.any_of("said_of.classes"), text) or _OF_A_KIND.search(text)
        return bool(classed) and not re.match(
            self.words.any_of("leading", "verbs.establish", "force.encouraged"), text
        )

    def _is_last(self, number: int) -> bool:
        following = self.context.segments[number + 1 : number + 2]
        return not following or following[0].sentence != self.context.segments[number].sentence

    def _dues_in(self, segment: Segment) -> Iterator[tuple[int, int]]:
        first = bisect_left(self.context.dues, segment.start, key=lambda span: span[0])
        for start, stop in self.context.dues[first : first + 4]:
            if start >= segment.stop:
                return
            yield start, stop

    # --- what governs a quantity ---------------------------------------------------------------------------

    def conditions_before(self, place: int) -> list[Stretch]:
        """The segments before a place that say when it holds: the nearest run of them in the group, in order."""
        return [one for role, one in self._governing(place) if role == "condition"]

    def topics_before(self, place: int) -> list[Stretch]:
        """The segments that say whom or what a place is about: of its group, else of the sentence so far."""
        own = [one for role, one in self._governing(place) if role == "topic"]
        if own:
            return own
        here = self.context.segments[self.context.segment_number(place)]
        for number in self._back(place):
            segment = self.context.segments[number]
            if segment.group != here.group and self.role(number) == "topic":
                return [self._stretch(number)]
        return []

    def _back(self, place: int) -> Iterator[int]:
        """The segments before that of a place, the nearest first, within its sentence."""
        number = self.context.segment_number(place)
        sentence = self.context.segments[number].sentence
        for before in range(number - 1, max(-1, number - 1 - _BACK), -1):
            if self.context.segments[before].sentence != sentence:
                return
            yield before

    def _governing(self, place: int) -> list[tuple[Role, Stretch]]:
        group = self.context.segments[self.context.segment_number(place)].group
        found: list[tuple[Role, Stretch]] = []
        for number in self._back(place):
            if self.context.segments[number].group != group:
                break
            role = self.role(number)
            if role in ("condition", "topic"):
                found.append((role, self._stretch(number)))
            elif found and role != "due":
                break
        return found[::-1]

    def _stretch(self, number: int) -> Stretch:
        segment = self.context.segments[number]
        start = segment.start
        due = next((stop for begin, stop in self._dues_in(segment) if begin <= start + 1), None)
        return Stretch(due if due and due < segment.stop else start, segment.stop)

    def left_out_after(self, place: int) -> list[Stretch]:
        """What a time leaves out, said after it in the sentence: 检验…的时间不计算在投诉处理期限内."""
        number = self.context.segment_number(place)
        sentence = self.context.segments[number].sentence
        found: list[Stretch] = []
        for after in range(number + 1, min(len(self.context.segments), number + 4)):
            segment = self.context.segments[after]
            if segment.sentence != sentence or after in self._promised:
                break
            text = self._text[segment.start : min(segment.stop, segment.start + WINDOW)]
            if _LEFT_OUT.search(text) and len(text) <= _LONGEST_CONDITION:
                found.append(Stretch(segment.start, segment.stop))
        return found

    # --- within a segment ----------------------------------------------------------------------------------

    def condition_within(self, start: int, stop: int) -> Stretch:
        """The condition that ends where a quantity begins, in its own segment: 在接到申请后; empty for none."""
        text = self._text
        end = stop
        modal = _MODAL.search(text, start, end)
        if modal:
            end = modal.start()
        if _WITHIN_END.search(text, start, end):
            marks = [one for one in _WITHIN_START.finditer(text, start, end) if one.start() < end - 2]
            # 应当自收到申请之日起: what stands before the first of the marks is who acts.
            leading = None if marks else self._leading.match(text, start, end)
            begin = marks[0].start() if marks else leading.end() if leading else start
            return Stretch(begin, end)
        state = self.states.search(text, start, end)
        if state is None or "应当" in text[start:end]:
            return Stretch(stop, stop)
        return Stretch(start, end)
