"""The class of users, the condition, the force, the payer of a promised quantity: what a table must not drop (CONTRACT.md, Indicators).

Each is told by printed words, which `check --explain` shows; nothing is said where the text says nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.analysis.commitments.context import WINDOW
from generator.analysis.commitments.flow import Flow
from generator.analysis.commitments.lists import Framed
from generator.analysis.commitments.roles import STATE_TAIL, Roles
from generator.analysis.commitments.stretches import Stretch
from generator.analysis.commitments.subjects import Describer
from generator.model import Force
from generator.vocabulary.commitments import CommitmentWords

_ABOUT = re.compile("(?:其中)?(?:对于|针对|关于|面向|对|为|向|给)")
_PURPOSE = re.compile("(?:专门|专项|全部)?(?P<to>面向|用于)")  # 预留30%，专门面向中小企业采购
_BACK = 12  # segments that are looked back for who is bound, and with what force
_LONGEST_RECEIVER = 30
_CLASS_OF = re.compile("[A-DＡ-Ｄ一二三四五]级|[A-D一二三四]类|低于|高于|不足|超过|以上|以下|以内")
_SINCE_INSIDE = re.compile("(?:由|自|从)(?!原)[^，]{1,24}?(?:之日起|(?<!一)起)")
_EACH = re.compile("平均|年均|累计|每(?:年|月|季度|人|户|个|批|单)[^，、]{0,8}")
# A bracket that limits: （非批量业务）, （不含工程施工时间）, （无外线）, （5枚）
_LIMITING = re.compile(
    "^(?:不|无|非|除|含|仅|限|需|指|扣除|自|从|涉|特殊|有)|(?:以内|以下|以上|后|的|除外|另计|齐全|不计|以外|之外|期间)$|^[\\d一二三四五六七八九十]+[枚套米个]|不含|不包括|不计"
)
_NO_LIMIT = re.compile(
    "^(?:以下|下称|简称|牵头|责任|配合|含义)|简称|下同|详见|见附件|责任单位|牵头单位|完成时限"
)
_LONGEST_BRACKET = 80
_MODAL = re.compile(
    "(?<![相供响适对反效])应当?(?![用急对届])|必须|须(?!知)|不得|严禁|(?<![主重必需次摘纲简概])要(?![求点件素害])"
)
_PAID = re.compile(
    "(?<!不得)(?<!不)由(?P<by>(?:(?!给予|提供|对|为|按|向)[^，。；由]){2,16}?)(?:全额|统一|全部|负责)*(?:支付|承担|负担|出资|买单|代缴|代办代缴|投资|补贴|列支)|(?P<out>[^，。；由为]{2,8}?)(?:全额|统一)?(?:出资|买单)(?=为|，|$)"
    "|由(?P<from>[^，。；由]{0,8}(?:财政|政府|基金))(?=给予|补贴|补助|奖励|对|为|按)"
    "|纳入(?P<into>[^，。；]{0,6}(?:财政|预算)[^，。；]{0,4}?)(?:预算|，|$)"
)
LEGAL = "法定"
"""The word by which a limit is the law's in a text that is none."""
_DEED = re.compile("报送|报告|提交|备案|报备")
_LEGAL = re.compile("(?<![由从较])法定(?:的)?(?:办理|办结|审批|审查)?(?:时限|期限|时间)?(?:为|是|：)?$")


@dataclass(frozen=True)
class Particulars:
    """The particulars of the promised quantities of one reading."""

    describer: Describer
    roles: Roles
    words: CommitmentWords
    brackets: Sequence[Flow]

    @property
    def _text(self) -> str:
        return self.describer.context.flow.text

    # --- for whom, when ------------------------------------------------------------------------------------

    def users(self, framed: Framed, left: Stretch) -> list[Stretch]:
        """The class of users, of all that says it: the one the sentence is about, the receiver, that of a list."""
        found = [
            *self._topics(framed),
            *self._before_colon(framed),
            *self._receivers(framed),
            *self._classes(framed, left),
        ]
        return [one for one in found if one.names]

    def _before_colon(self, framed: Framed) -> Iterator[Stretch]:
        """A类用户|：用气接入总时间为…."""
        text, segment = self._text, self.describer.context.segment(framed.quantity)
        colon = text.find("：", segment.start, min(framed.quantity.start, segment.start + WINDOW))
        if 2 <= colon - segment.start <= _LONGEST_RECEIVER and self._is_named_class(
            text[segment.start : colon]
        ):
            yield Stretch(segment.start, colon)

    def _is_named_class(self, text: str) -> bool:
        return bool(self._class_words.search(text) or _CLASS_OF.search(text))

    def _topics(self, framed: Framed) -> Iterator[Stretch]:
        segment = self.describer.context.segment(framed.quantity)
        for topic in self.roles.topics_before(segment.start):
            about = _ABOUT.match(self._text, topic.start, topic.stop)
            yield Stretch(about.end() if about else topic.start, topic.stop)
        for condition in self.roles.conditions_before(segment.start):
            if self._is_class(self._text[condition.start : condition.stop]):
                yield from self.describer.condition_stretch(condition)

    def _is_class(self, text: str) -> bool:
        return text.endswith("的") and bool(self._class_words.search(text) or _CLASS_OF.search(text))

    @cached_property
    def _class_words(self) -> re.Pattern[str]:
        return re.compile(self.words.any_of("said_of.classes"))

    @cached_property
    def _receiver(self) -> re.Pattern[str]:
        parties = self.words.any_of("said_of.parties")
        return re.compile(
            f"(?:(?<![作成认因])为(?![主止了期])|(?<![面])向|给(?!予|水)|对(?![外接标应准])|面向)(?P<who>[^，；为向]{{0,{_LONGEST_RECEIVER}}}?{parties})"
        )

    def _receivers(self, framed: Framed) -> Iterator[Stretch]:
        """为|新开办企业|免费开立, 向|供应商|免费提供; 对|散杂货|取消…费."""
        text, quantity = self._text, framed.quantity
        segment = self.describer.context.segment(quantity)
        start = self.describer.start(framed)
        stop = (
            quantity.stop + len(self.describer.context.right(framed.number))
            if quantity.form == "free"
            else quantity.start
        )
        found = list(self._receiver.finditer(text, max(start, segment.start, stop - 2 * WINDOW), stop))
        for match in found[-1:]:
            yield Stretch(*match.span("who"))
        number = self.describer.context.segment_number(quantity.start) + 1
        for following in self.describer.context.segments[number : number + 1]:
            purpose = _PURPOSE.match(text, following.start, following.stop)
            stop = min(following.stop, following.start + WINDOW)
            whom = self._receiver.search(text, purpose.start("to"), stop) if purpose else None
            if whom and following.sentence == segment.sentence:
                yield Stretch(*whom.span("who"))
        if not found and quantity.form == "no-fee":
            about = _ABOUT.match(text, start, quantity.start)
            if about and quantity.start - about.end() >= 2:
                yield self.describer.trimmer.subject(text, Stretch(about.end(), quantity.start))

    def _classes(self, framed: Framed, left: Stretch) -> Iterator[Stretch]:
        item = self.describer.scope(framed)
        text = self._text[item.start : item.stop]
        here = item.start >= self.describer.context.segment(framed.quantity).start and text.endswith("的")
        if item and item.stop - item.start <= _LONGEST_RECEIVER and (here or self._is_named_class(text)):
            yield item
            return
        match = self._class_phrase.search(self._text, left.start, left.stop)
        if match:
            yield Stretch(*match.span())

    @cached_property
    def _class_phrase(self) -> re.Pattern[str]:
        """低压居民客户, 一、二类出口企业, 社会投资项目: a class with its party."""
        classes = self.words.any_of("said_of.classes")
        one = f"(?:{classes}|[A-DＡ-Ｄ][级类])"
        party = f"(?:[^，、的]{{0,6}}?(?:{self.words.any_of('said_of.parties')}|项目|工程|案件))"
        return re.compile(
            f"(?:非)?{one}(?:{party}?[、和及或]|的)?(?:(?:非)?{one}(?:{party}?[、和及或]|的)?){{0,8}}{party}?"
        )

    def conditions(self, framed: Framed) -> list[tuple[Stretch, ...] | str]:
        """What it holds under, in the order of the text; a bracket is given as text, for it is no part of the flow."""
        segment = self.describer.context.segment(framed.quantity)
        found: list[tuple[Stretch, ...] | str] = []
        for condition in self.roles.conditions_before(segment.start):
            found.append(self.describer.condition_stretch(condition))
        for inside in self._inside(framed):
            found.append((inside,))
        if framed.quantity.dimension == "time":
            found += [(one,) for one in self.roles.left_out_after(framed.quantity.start)]
        return found

    def _inside(self, framed: Framed) -> Iterator[Stretch]:
        text, quantity, describer = self._text, framed.quantity, self.describer
        start = describer.start(describer.head(framed))
        stop = describer.head(framed).quantity.start
        due = describer.context.due_span_in(start, stop)
        begin = due[1] if due and due[0] <= start + 4 else start
        within = self.roles.condition_within(begin, stop)
        if within:
            yield within
        else:
            since = _SINCE_INSIDE.search(text, begin, stop)
            if since:
                yield Stretch(*since.span())
        state = STATE_TAIL.search(text, begin + 1, stop)
        if state and not within:
            yield Stretch(*state.span("state"))
        whom = describer.scope(framed)
        if (
            whom
            and text.endswith("的", whom.start, whom.stop)
            and whom.start >= describer.context.segment(quantity).start
        ):
            yield whom
        each = _EACH.search(text, begin, stop)
        if each:
            yield Stretch(*each.span())

    def limiting_brackets(self, framed: Framed) -> list[Flow]:
        """The brackets beside a quantity that limit it, between its words and the end of its segment."""
        head = self.describer.head(framed)
        start, stop = (
            self.describer.start(head),
            framed.quantity.stop + len(self.describer.context.right(framed.number)),
        )
        last = self.describer.members(framed)[-1]
        if framed.like is not None or last is not framed:
            stop = max(stop, min(last.quantity.stop, stop + WINDOW))
        first = bisect_right(self.brackets, start, key=lambda bracket: bracket.after or 0)
        return [
            bracket
            for bracket in self.brackets[first : first + _BACK]
            if bracket.after is not None
            and start < bracket.after <= stop
            and len(bracket.text) <= _LONGEST_BRACKET
            and (_LIMITING.search(bracket.text) or self._text.startswith("：", bracket.after))
            and not _NO_LIMIT.search(bracket.text)
        ]

    # --- with what force -----------------------------------------------------------------------------------

    def force(self, framed: Framed, about: str, *, statutory: bool) -> tuple[Force, str]:
        """How it binds, with the words that say so; `about` is what it is said of."""
        before = self.describer.context.whole_left(framed.quantity)
        if statutory:
            return "statutory", "文种"
        if _LEGAL.search(before):
            return "statutory", LEGAL
        word = self._encouraged(framed)
        if word:
            return "encouraged", word
        forecast = self._forecast.search(about)
        if forecast:
            return "forecast", forecast[0]
        bound = self._bound_by(framed)
        return ("duty", bound) if bound else ("promise", "")

    @cached_property
    def _forecast(self) -> re.Pattern[str]:
        return re.compile(self.words.any_of("force.forecast"))

    @cached_property
    def _urging(self) -> re.Pattern[str]:
        return re.compile(self.words.any_of("force.encouraged", "force.aims"))

    @cached_property
    def _aiming(self) -> re.Pattern[str]:
        return re.compile("力争|争取|力求|争创")

    def _past_due(self, start: int, stop: int) -> int:
        due = self.describer.context.due_span_in(start, stop)
        return (
            due[1]
            if due and due[0] == start and not self._text.startswith(("力争", "争取"), start)
            else start
        )

    def _encouraged(self, framed: Framed) -> str:
        """The word that makes it an aim: in its own segment, or at the head of its group or after the last due date."""
        context, text, place = self.describer.context, self._text, framed.quantity.start
        here = context.segments[context.segment_number(place)]
        own = list(self._urging.finditer(text, max(here.start, place - WINDOW), place))
        if own:
            return own[-1][0]
        last = context.segment_number(place) - 1
        for number in range(last, max(-1, last - _BACK), -1):
            segment = context.segments[number]
            if segment.group != here.group:
                break
            due = context.due_span_in(segment.start, place)
            word = self._aiming.match(text, self._past_due(segment.start, segment.stop), segment.stop)
            if word and not (due and due[0] > word.end()):
                return word[0]
        return ""

    @cached_property
    def _binding(self) -> re.Pattern[str]:
        return re.compile(f"{self.words.any_of('force.bound')}(?:原则上)?(?:在[^，]{{0,20}})?$")

    @cached_property
    def _services(self) -> re.Pattern[str]:
        return re.compile(self.words.any_of("party.services"))

    def _bound_by(self, framed: Framed) -> str:
        """Who must do it, where that is another than the authority that promises."""
        context, text, place = self.describer.context, self._text, framed.quantity.start
        number = context.segment_number(place)
        sentence = context.segments[number].sentence
        modal = None
        for index in range(number, max(-1, number - 6), -1):
            segment = context.segments[index]
            if segment.sentence != sentence:
                break
            stop = (
                min(segment.stop, place)
                if framed.quantity.form == "number"
                else min(segment.stop, framed.quantity.stop)
            )
            modals = list(_MODAL.finditer(text, max(segment.start, stop - WINDOW), stop))
            if modals:
                modal = modal or modals[0]
                start = max(segment.start, modals[0].start() - WINDOW)
                actor = self._binding.search(text, start, modals[0].start())
                if actor:
                    return self._not_serving(text[max(segment.start, actor.start() - 8) : modals[0].start()])
                if self._acts.search(text, start, modals[0].start()):
                    return ""
        if modal is None:
            deed = _DEED.search(text, framed.quantity.stop, min(len(text), framed.quantity.stop + 60))
            actor = re.search(
                f"{self.words.any_of('force.bound')}(?=在|于|自|，)",
                text[context.segments[number].start : place],
            )
            return actor[0] if deed and actor else ""
        return self._bound_before(modal.start(), sentence)

    def _bound_before(self, place: int, sentence: int) -> str:
        """The party of the sentences before, where a sentence only says 不得收取: it is still that party's duty."""
        context, text = self.describer.context, self._text
        here = context.segment_number(place)
        for segment in reversed(context.segments[max(0, here - _BACK) : here + 1]):
            if segment.sentence < sentence - 3:
                break
            modal = _MODAL.search(text, segment.start, min(segment.stop, place, segment.start + WINDOW))
            if modal and modal.start() > segment.start + 1:
                if self._binding.search(text, segment.start, modal.start()):
                    return self._not_serving(text[segment.start : modal.start()])
                if self._acts.search(text, segment.start, modal.start()):
                    return ""
        return ""

    @cached_property
    def _acts(self) -> re.Pattern[str]:
        """An authority at the end of what stands before a modal verb."""
        return re.compile(f"{self.words.any_of('said_of.actors')}(?:原则上)?(?:在[^，]{{0,20}})?$")

    def _not_serving(self, actor: str) -> str:
        """供电企业 serves the public: what it must do is promised."""
        return "" if self._services.search(actor) else actor

    def approximate(self, framed: Framed) -> str:
        """The word that makes it approximate; empty where there is none."""
        if framed.quantity.bound == "~":
            return "左右"
        head = self.describer.head(framed)
        before = self.describer.context.whole_left(head.quantity)
        near = self._approximately.search(before[-4:])
        if near:
            return near[0]
        return "原则上" if "原则上" in before else ""

    @cached_property
    def _approximately(self) -> re.Pattern[str]:
        return re.compile(f"{self.words.any_of('force.approximate')}$")

    def payer(self, framed: Framed) -> Stretch | None:
        """Who pays, where it is said in the group of a cost: 由政府支付, 纳入同级财政预算."""
        if framed.frame.dimension != "cost":
            return None
        context = self.describer.context
        number = context.segment_number(framed.quantity.start)
        group = context.segments[number].group
        back = 2 if framed.quantity.form in ("paid", "zero", "free") else 0
        near = [one for one in context.segments[max(0, number - back) : number + 3] if one.group == group]
        if not near:
            return None
        place = framed.quantity.start
        start, stop = max(near[0].start, place - WINDOW), min(near[-1].stop, place + WINDOW)
        named = [(match.lastgroup, match) for match in _PAID.finditer(self._text, start, stop)]
        for name, match in sorted(
            named, key=lambda one: one[0] == "into"
        ):  # who pays, before what it is paid from
            if name:
                return self.describer.trimmer.subject(self._text, Stretch(*match.span(name)))
        return None
