"""What a promised quantity is said of, as one would write it at the head of a table's row.

The phrase is that of the sentence without the number: 电力掘路施工|2个工作日内|完成现场踏勘 is about 电力掘路施工现场踏勘,
90%以上|涉企事项全程网办 about 涉企事项全程网办. Where it names no thing (公示期, 完成踏勘, 低压客户), the thing is looked for
in what was said before it in the sentence, then in the heading above, then in its condition.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from generator.analysis.commitments.context import WINDOW
from generator.analysis.commitments.frames import RANKED
from generator.analysis.commitments.kinds import OF_A_SUBJECT, FrameKind
from generator.analysis.commitments.lists import BASE, Framed
from generator.analysis.commitments.quantities import Quantity
from generator.analysis.commitments.roles import STATE_TAIL, Roles
from generator.analysis.commitments.shares import Shares
from generator.analysis.commitments.stretches import EMPTY, Phrase, Stretch, written
from generator.analysis.commitments.subjects import Describer
from generator.vocabulary.commitments import CommitmentWords

_LONGEST = 60  # characters of a phrase
_EARLIER = 8  # promised quantities before it that a thing may be taken from
# Frames of a thing that is measured: what they are said of stands before.
_MEASURED = OF_A_SUBJECT | {
    FrameKind.PUBLIC_NOTICE,
    FrameKind.STEPS_ARE,
    FrameKind.DOCUMENTS_ARE,
    FrameKind.STANDARD,
}
_MANNER = re.compile(
    "(?:应当?|要|须|可以?)?(?:主要)?(?:通过|依托|依据|根据|按照|利用|运用|采取|采用|以)[^，]{2,40}?(?=向社会|公示|公告|对(?![外接])|将|进行|实现|实行|开展|每)"
)
# 符合条件的|最高给予
_ELIGIBLE = re.compile(
    "(?:对)?(?:符合|满足|具备|达到)[^，]{0,16}?的(?:企业|个人|人员)?(?:可|最高|最多|给予|一次性|按|再|享受|申请)*$"
)
# 补贴标准|为每人每月|500元
_FOR_EACH = re.compile("(?:为|按)每(?:人|月|年|户|个|次|吨|平方米|亩|家)[^，]{0,6}$")
# 用水报装|统一设置为申请、接水|2个环节
_ARRANGED = re.compile("(?:统一)?(?:设置|设定|划分|整合|归并)[为成]")
_LIMIT = re.compile(
    "(?:分别|(?<!平)均|一般|原则上){0,3}(?:不得?(?:低于|少于|超过|高于|多于|大于|小于|短于|长于)|(?<![抢侵])占(?![道绿用地]))"
)
_SINCE_INSIDE = re.compile("(?:由|自|从)(?!原)[^，]{1,24}?(?:之日起|(?<!一)起)$")
_BORNE = re.compile("由[^，]{2,12}(?:投资|承担|支付|负担|出资|建设)")
_ADVERB = re.compile("(?:大幅度?|进一步|不断|持续|切实|有效|最大限度|深入|大力|继续|逐步)+")
# What is only the verb of doing, before what is done.
_DOING = re.compile(
    "(?:内)?(?:[予给]以|完成|办理完|进行|作出|开展|组织|即可|可以|可|应当|应|须|依法|书面|一次性?|全部|现场(?=办结|领)|并|按程序|按规定|及时|的)+"
)
_PREDICATE_CUT = re.compile("并(?![联网])|以上|左右|，")
# From which step to which, of what is not said: 从立项到不动产登记全流程审批时间.
_SPAN_ONLY = re.compile(
    "从[^，]{2,10}到[^，]{2,12}(?:全流程|各环节|全过程)(?:累计|平均)?(?:审批|办理)?(?:时间|时限)"
)
_GIVEN_OVER = re.compile(
    "[将把](?P<thing>[^，]{2,40}?)(?:向社会|予以|进行|公示|纳入|移交|交由|作为|整合|合并)"
)
_HANDED = re.compile("[将把对](?P<thing>[^，]{2,20}?)(?:交|移交|转|移送|报|送|发|纳入|作出|进行|予以)")
_NAMED_KIND = re.compile("(?:一般|抵押|转移|变更|注销|设立|复杂|预告|首次|查封|异议|开办)登记")
# 一般登记, 疑难问题: a kind of what the clause is about, beside the others and not of them.
# 按照…的原则，通过…系统公告: how, not what.
_ADVERBIAL = re.compile("(?:应当?|要|须|可以?)?(?:按照?|依据|根据|通过|依托|围绕|坚持|以|对标)")
_KINDS = re.compile("登记|事项|问题|业务|案件|项目")


@dataclass(frozen=True)
class Headings:
    """What stands over a clause: its own title and those above it, the sentence before, the policy's title."""

    own: str = ""
    above: tuple[str, ...] = ()
    policy: str = ""


@dataclass(frozen=True)
class Writer:
    """Writes what the promised quantities of one reading are said of."""

    describer: Describer
    roles: Roles
    words: CommitmentWords
    headings: Headings

    @property
    def _text(self) -> str:
        return self.describer.context.flow.text

    @cached_property
    def _shares(self) -> Shares:
        return Shares(self.words)

    @cached_property
    def _known(self) -> dict[int, Phrase]:
        return {}

    # --- names and no names --------------------------------------------------------------------------------

    @cached_property
    def _no_names(self) -> re.Pattern[str]:
        return no_names(self.words)

    def is_bare(self, text: str) -> bool:
        """Whether a text names no thing: 完成踏勘, 低压客户, 办理时限."""
        if _NAMED_KIND.search(text):
            return False
        return (
            len(self._no_names.sub("", text)) < 2
            or self._verbs.fullmatch(text) is not None
            or _SPAN_ONLY.fullmatch(text) is not None
        )

    # --- the phrase ----------------------------------------------------------------------------------------

    def phrase(self, framed: Framed) -> Phrase:
        """What a promised quantity is said of; without pieces where nothing is said of it anywhere."""
        known = self._known.get(framed.number)
        if known is None:
            self._known[framed.number] = EMPTY_PHRASE
            known = self._known[framed.number] = self._shared_out(framed, self._whole(framed))
        return known

    def _whole(self, framed: Framed) -> Phrase:
        own = self._own(framed)
        text = written(own.pieces, self._text)
        if own.pieces and not self.is_bare(text):
            return own
        return next(self._things(framed, own), own)

    def _shared_out(self, framed: Framed, phrase: Phrase) -> Phrase:
        """The phrase with a list in it shared out among the numbers of the list that the quantity is in."""
        members = self.describer.members(framed)
        if len(members) < 2 or framed.quantity.form != "number":
            return phrase
        place = self.describer.place_in_list(framed)
        for number, piece in enumerate(phrase.pieces):
            if isinstance(piece, Stretch):
                shared = self._shares.share(self._text, piece, place, len(members))
                if shared is not None:
                    pieces = (*phrase.pieces[:number], *shared, *phrase.pieces[number + 1 :])
                    return replace(phrase, pieces=pieces, why=f"{phrase.why}；分别列出的第{place + 1}项")
        return phrase

    # --- of its own ----------------------------------------------------------------------------------------

    def _own(self, framed: Framed) -> Phrase:
        """The sentence without the number: what stands before it, and what is counted or done after it."""
        quantity, frame = framed.quantity, framed.frame
        left, right = self.left(framed), self._right(framed)
        if quantity.form in ("free", "no-fee", "paid", "zero", "once"):
            return self._nothing(framed, left, right)
        if quantity.form == "cadence":
            return self._cadence(framed, left, right)
        if quantity.form in ("clock", "circle"):
            rest = self._rest_of_clock(framed)
            return _phrase("原句去掉时间", left, rest, right, thing=(left,))
        if frame.kind == FrameKind.ABOLISHED:
            return _phrase("原句去掉数字", left, right, thing=(right,))
        if frame.kind == FrameKind.RANK:
            ranked = RANKED.search(self._text, left.start, max(left.stop, quantity.start))
            before = Stretch(left.start, ranked.start() if ranked else left.stop)
            return Phrase((before, "名次") if before else ("名次",), "数字之前", (before,))
        if frame.dimension in ("count", "ratio", "cost", "capacity", "frequency") and self._counts(
            framed, right
        ):
            return _phrase("原句去掉数字", left, right, thing=self._without_verb(left, right))
        if frame.kind in _MEASURED and frame.dimension in ("time", "steps", "documents"):
            said = self._text[quantity.stop : right.stop]
            if left and right.names and (said.startswith("的") or said.endswith(("流程", "环节", "阶段"))):
                return _phrase("原句去掉数字", left, right, thing=(self._without_measure(left),))
            if left and not self.is_bare(self._text[left.start : left.stop]):
                return _phrase("数字之前", left, thing=(self._without_measure(left),))
            act = self._act(framed, right)
            return _phrase("数字前后", left, act)
        if frame.dimension == "time":
            act = self._act(framed, right, after=not left)
            thing = (left,) if act and left else ()
            return _phrase("所办的事", left, act, thing=thing)
        return _phrase("数字之前", left, thing=self._without_verb(self._without_measure(left), EMPTY))

    def _counts(self, framed: Framed, right: Stretch) -> bool:
        """Whether what is counted or promised of a share stands after the number."""
        text = self._text[framed.quantity.stop : right.stop]
        if not right or not (right.names or text.startswith("的")):
            return False
        return (
            framed.frame.dimension == "count"
            or framed.frame.kind not in (FrameKind.REDUCED_TO, FrameKind.PRICE_IS)
            or text.startswith("的")
        )

    def left(self, framed: Framed) -> Stretch:
        """What stands before a quantity, without due date, verb, condition, actor, list before it."""
        text, quantity, describer = self._text, framed.quantity, self.describer
        head = describer.head(framed)
        if head is not framed:
            return self.left(head)
        start = describer.start(framed)
        segment = describer.context.segment(quantity)
        if start > segment.start:
            cut = max(text.rfind("、", start, quantity.start), text.rfind("和", start, start + 1))
            start = cut + 1 if cut >= start else start
        start, stop = self._before_slogan(framed, start)
        due = describer.context.due_span(quantity)
        if due and start <= due[0] <= start + 4:
            start = due[1]
        start, stop = describer.before_move(start, stop)
        start, stop = describer.within_colon(start, stop)
        stop = self._said_up_to(start, stop)
        manner = _MANNER.match(text, start, stop)
        if manner:
            start = manner.end()
        if describer.says_for_whom(framed, stop) or _ELIGIBLE.match(text, start, stop):
            return Stretch(start, start)
        return self._without_actor(framed, self._trimmed(framed, start, stop))

    def _said_up_to(self, start: int, stop: int) -> int:
        """Where what a quantity is said of ends: before comparators, conditions, what it was before, what it is for each."""
        text = self._text
        for ending in (_FOR_EACH, _ARRANGED, _LIMIT):
            found = ending.search(text, start + 1, stop)
            if found and found.start() > start + 1:
                stop = found.start()
        condition = self.roles.condition_within(start, stop)
        if condition:
            stop = condition.start
        since = _SINCE_INSIDE.search(text, start, stop)
        if since:
            stop = since.start()
        number = self.describer.context.first_number(start, stop)
        base = BASE.search(text, start, number.start) if number else None
        if number and base:
            stop = base.start() if base.start() > start + 1 else number.start
        state = STATE_TAIL.search(text, start + 1, stop)
        return state.start() if state else stop

    def _trimmed(self, framed: Framed, start: int, stop: int) -> Stretch:
        """The stretch without the words of promising at its ends, and no longer than a subject may be."""
        text, trimmer = self._text, self.describer.trimmer
        kept = text.find("做到", start, stop)
        found = trimmer.subject(text, Stretch(start, kept if kept > start + 2 else stop))
        if framed.frame.dimension == "count":
            found = self._with_verb(found, stop)
        if found.stop - found.start <= _LONGEST:
            return found
        mark = re.search("[、和及]", text[found.stop - _LONGEST : found.stop])
        return Stretch(found.stop - _LONGEST + (mark.end() if mark else 0), found.stop)

    def _before_slogan(self, framed: Framed, start: int) -> tuple[int, int]:
        """What stands before the list of slogans that a quantity is in: |报装接入|“零接触、零跑腿、零付费”."""
        text, quantity, flow = self._text, framed.quantity, self.describer.context.flow
        segment = self.describer.context.segment(quantity)
        if framed.quantity.form in ("zero", "once", "instant") and flow.quoted[quantity.start]:
            opening = quantity.start
            while opening > max(segment.start, quantity.start - WINDOW) and flow.quoted[opening - 1]:
                opening -= 1
            return min(start, opening) if start <= opening else self.describer.start_before(
                framed, opening
            ), opening
        listed = quantity.start - start > 1 and text[quantity.start - 1] == "、"
        if listed and framed.frame.dimension in ("time", "other", "frequency"):
            return quantity.start, quantity.start
        return start, quantity.start

    @cached_property
    def _actor(self) -> re.Pattern[str]:
        return re.compile(
            f"^[^，]{{0,24}}?{self.words.any_of('said_of.actors')}(?:等)?(?:原则上)?(?:应当|应|要|须|需|必须|可以|可)?(?:在|于)?$"
        )

    @cached_property
    def _acting(self) -> re.Pattern[str]:
        """采购人应当|预留…, 产权所有单位|…: who acts, with the verb of duty."""
        return re.compile(
            f"[^，]{{0,80}}?{self.words.any_of('said_of.actors')}(?:原则上)?(?:应当|应|要|须|需|必须)(?:在|于)?"
        )

    def _without_actor(self, framed: Framed, stretch: Stretch) -> Stretch:
        """A stretch without who acts, where that is all there is, or a verb of duty follows."""
        if framed.frame.dimension in ("count",):
            return stretch
        text = self._text
        if self._actor.match(text[stretch.start : stretch.stop]):
            return Stretch(stretch.stop, stretch.stop)
        acting = self._acting.match(text, stretch.start, stretch.stop)
        if acting:
            return self.describer.trimmer.subject(text, Stretch(acting.end(), stretch.stop))
        return stretch

    def _right(self, framed: Framed) -> Stretch:
        """What stands after a quantity in its segment, up to the next number."""
        text, quantity, context = self._text, framed.quantity, self.describer.context
        right = context.right(framed.number)
        start, stop = quantity.stop, quantity.stop + len(right)
        stop = max(stop, self._over_words(framed, stop))
        if text.startswith("的", start):
            start += 1
        if framed.frame.dimension in ("count", "ratio"):
            predicate = _PREDICATE_CUT.search(text, min(start + 2, stop), stop)
            stop = predicate.start() if predicate else stop
        due = context.due_span_in(start, stop)
        if due and due[0] > start + 1:
            stop = due[0]
        goes_on = framed.number + 1 < len(context.quantities) and context.quantities[
            framed.number + 1
        ].start < (context.segment(quantity).stop)
        while stop > start and text[stop - 1] in "和及与、":
            stop -= 1
        if (
            text.startswith("、", start)
            or (goes_on and right.startswith(("和", "及")))
            or right in ("时间", "内")
        ):
            return Stretch(start, start)
        return Stretch(start, max(start, min(stop, start + _LONGEST)))

    def _over_words(self, framed: Framed, stop: int) -> int:
        """Past words that stand for a number but are what a share is of: 90%以上|办税事项|最多跑一次."""
        context = self.describer.context
        following = context.quantities[framed.number + 1 : framed.number + 2]
        if framed.frame.dimension not in ("count", "ratio") or not following:
            return stop
        word = following[0]
        promised = any(one.number == framed.number + 1 for one in self.describer.framed)
        end = context.segment(framed.quantity).stop
        return end if word.form != "number" and not promised and word.stop <= end else stop

    def _act(self, framed: Framed, right: Stretch, *, after: bool = False) -> Stretch:
        """What is done within a time, without the verb of doing; where it is not said beside it, after it.

        After it: at the last of a list (居民2个、非居民3个工作日内|装表接电), in the next segment (20日内，|向社会公布).
        """
        text, quantity = self._text, framed.quantity
        if quantity.form == "instant" and quantity.unit and text.startswith(quantity.unit, quantity.start):
            begin = quantity.start + len(quantity.unit)
            return self._plain_act(Stretch(begin, max(quantity.stop, right.stop)))
        if not right:
            for later in self.describer.after(framed):
                following = self._right(later)
                if following:
                    return self._plain_act(following)
            if after and framed.frame.kind == FrameKind.WITHIN:
                return self._next_act(quantity)
        return self._plain_act(right)

    def _next_act(self, quantity: Quantity) -> Stretch:
        """What the next segment of the sentence does, without who does it."""
        context, text = self.describer.context, self._text
        number = context.segment_number(quantity.start)
        if number + 1 >= len(context.segments) or context.segments[number].stop != quantity.stop:
            return EMPTY
        following = context.segments[number + 1]
        if following.sentence != context.segments[number].sentence:
            return EMPTY
        stop = min(following.stop, following.start + _LONGEST)
        acting = self._acting.match(text, following.start, stop)
        return self._plain_act(Stretch(acting.end() if acting else following.start, stop))

    def _plain_act(self, right: Stretch) -> Stretch:
        text = self._text
        joined = self.describer.context.patterns.done.match(text, right.start, right.stop)
        if joined and text.startswith(("和", "及", "与"), joined.end()):
            right = Stretch(right.start, joined.end())
        doing = _DOING.match(text, right.start, right.stop)
        start = doing.end() if doing else right.start
        if (
            self.describer.context.patterns.done.fullmatch(text, right.start, right.stop)
            and right.stop - start < 4
        ):
            return Stretch(right.stop, right.stop) if self._is_plain(right) else Stretch(start, right.stop)
        return Stretch(start, right.stop)

    def _is_plain(self, right: Stretch) -> bool:
        """办结, 完成, 办理: the end of any dealing."""
        return (
            re.fullmatch(
                "(?:全部|予以|即可|可|一次性?|现场|内)*(?:办结|完成|办理|办好|办妥|办成|办完|办|处理|进行)?(?:相关|有关)?",
                self._text[right.start : right.stop],
            )
            is not None
        )

    def _without_measure(self, left: Stretch) -> Stretch:
        """用电报装业务|环节: the thing without what is measured of it."""
        text = self._text
        measure = self._measure.search(text, left.start, left.stop)
        return Stretch(left.start, measure.start()) if measure else left

    @cached_property
    def _measure(self) -> re.Pattern[str]:
        return re.compile(f"(?:的|平均|累计)?{self.words.any_of('said_of.measures')}$")

    def _without_verb(self, left: Stretch, right: Stretch) -> tuple[Stretch, ...]:
        """新建|农村公路: the thing without the verb that makes it."""
        verb = self._verbs.match(self._text, left.start, left.stop)
        return tuple(one for one in (Stretch(verb.end() if verb else left.start, left.stop), right) if one)

    def _with_verb(self, found: Stretch, stop: int) -> Stretch:
        """新增|10项事项: a stretch with the verb that ends it, which says what happens to what is counted."""
        verb = self._telling.search(self._text, max(found.start, found.stop - 4), stop)
        if verb is None:
            return found
        return Stretch(found.start if found else verb.start(), verb.end())

    @cached_property
    def _telling(self) -> re.Pattern[str]:
        """The verbs of making that are not mere promising: 新增, 培训, 取消; not 实现, 推出."""
        telling = (
            set(self.words["verbs.establish"])
            - set(self.words["leading"])
            - {"有", "至少有", "落实", "完成", "达到"}
        )
        return re.compile(f"(?:{'|'.join(sorted(telling, key=lambda word: (-len(word), word)))})$")

    @cached_property
    def _verbs(self) -> re.Pattern[str]:
        return re.compile(f"(?:{self.words.any_of('verbs.establish')}|[、和及])+")

    # --- words that stand for a quantity -------------------------------------------------------------------

    def _nothing(self, framed: Framed, left: Stretch, right: Stretch) -> Phrase:
        """What is free of charge, what nobody need come for."""
        quantity, text = framed.quantity, self._text
        if quantity.what is not None:
            fee = Stretch(quantity.stop - len(quantity.what), quantity.stop)
            if len(quantity.what) > 2:
                return _phrase("不收的费用", fee, thing=(fee,))
            return _phrase("不收费的事", left, right if right.names else fee)
        if quantity.form == "paid":
            return self._paid(framed)
        if quantity.form == "free":
            freed = self.describer.trimmer.subject(text, right)
            if freed.names and not self._is_deed(freed):
                return _phrase("免费的事", freed, thing=(freed,))
            return _phrase("免费的事", left, freed)
        more = right if right.names and not self.is_bare(text[right.start : right.stop]) else EMPTY
        if left.names and not self.is_bare(text[left.start : left.stop]):
            return _phrase("数字前后", left, more, thing=(left,))
        return _phrase("数字前后", left, right)

    def _paid(self, framed: Framed) -> Phrase:
        """刻章费用|纳入同级财政预算，由政府支付: the fee that is named before."""
        context = self.describer.context
        segment = context.segment(framed.quantity)
        here = context.segment_number(segment.start)
        for one in reversed(context.segments[max(0, here - 3) : here + 1]):
            if one.group != segment.group:
                break
            stop = min(one.stop, framed.quantity.start)
            fee = self._fee.search(self._text, max(one.start, stop - WINDOW), stop)
            if fee:
                found = self.describer.trimmer.subject(self._text, Stretch(*fee.span()))
                return _phrase("所付的费用", found, thing=(found,))
        return EMPTY_PHRASE

    @cached_property
    def _fee(self) -> re.Pattern[str]:
        return re.compile(f"[^，；。]{{1,40}}?{self.words.any_of('nouns.fees')}")

    def _is_deed(self, stretch: Stretch) -> bool:
        return (
            stretch.stop - stretch.start <= 2
            and re.fullmatch(
                "下载|发放|提供|开放|安装|刻制|办理|使用|查询|领取|寄递|邮寄|代办|服务|检测|公开",
                self._text[stretch.start : stretch.stop],
            )
            is not None
        )

    def _cadence(self, framed: Framed, left: Stretch, right: Stretch) -> Phrase:
        """每二到三年调整一次|最低工资标准; 半月一|调度."""
        quantity, text = framed.quantity, self._text
        if right.names:
            return _phrase("每期所做的事", right, thing=(right,))
        done = re.search(r"一(?P<act>[一-龥]{2})$", text[quantity.start : quantity.stop])
        if done and not text.endswith("次", 0, quantity.stop):
            return _phrase("每期所做的事", Stretch(quantity.stop - 2, quantity.stop))
        return _phrase("每期所做的事", left, thing=(left,))

    def _rest_of_clock(self, framed: Framed) -> Stretch:
        """What the words of a time of service say of the service: 24小时|自助, 15分钟|社保服务圈."""
        quantity = framed.quantity
        unit = re.search("(?:小时|分钟)(?:不间断|全天候|全天)?", self._text[quantity.start : quantity.stop])
        return Stretch(quantity.start + (unit.end() if unit else 0), quantity.stop)

    # --- the thing, where the phrase names none ------------------------------------------------------------

    def _things(self, framed: Framed, own: Phrase) -> Iterator[Phrase]:
        """The phrase with the thing it is about, the likeliest first."""
        text = written(own.pieces, self._text)
        yield from self._of_condition_noun(framed, own)
        yield from self._of_earlier(framed, own)
        yield from self._of_same_act(framed, own, text)
        yield from self._of_change(framed, own)
        if not own.pieces:
            yield from self._of_conditions(framed, own, inside=False)
        if not own.pieces or self._measure.fullmatch(text):
            yield from self._of_segments_before(framed, own)
        if self.headings.own:
            yield self._after_heading(self.headings.own, own, "标题")
        yield from self._of_segments_before(framed, own)
        yield from self._of_sentence_before(framed, own)
        yield from self._of_conditions(framed, own)
        for title in self.headings.above:
            yield self._after_heading(title, own, "上级标题")
        if self.headings.policy:
            yield self._after_heading(self.headings.policy, own, "文件名称")

    def _after_heading(self, title: str, own: Phrase, why: str) -> Phrase:
        """The heading, and what is said of it; a mere class (高压客户) is said as that of the users."""
        return self._with_own((title,), own, why)

    def _with_own(self, thing: tuple[Stretch | str, ...], own: Phrase, why: str) -> Phrase:
        if not own.pieces or not self._class.sub("", written(own.pieces, self._text)):
            return Phrase(thing, why, thing)
        return Phrase((*thing, "：", *own.pieces), why, thing)

    @cached_property
    def _class(self) -> re.Pattern[str]:
        return re.compile(f"{self.words.any_of('said_of.classes', 'said_of.parties')}|[、和及]")

    def _of_segments_before(self, framed: Framed, own: Phrase) -> Iterator[Phrase]:
        """What the segments before it in its sentence are about: 推行竣工联合验收，|限时8个工作日内完成."""
        context = self.describer.context
        here = context.segment_number(framed.quantity.start)
        for number in range(here - 1, max(-1, here - 4), -1):
            segment = context.segments[number]
            if segment.sentence != context.segments[here].sentence:
                return
            if not self._tells(number) or _ADVERBIAL.match(self._text, segment.start, segment.stop):
                continue
            acting = self._acting.match(self._text, segment.start, min(segment.stop, segment.start + WINDOW))
            found = self._naming(acting.end() if acting else segment.start, segment.stop)
            borne = _BORNE.search(self._text, found.start + 2, found.stop)
            if borne:
                found = Stretch(found.start, borne.start())
            whom = not own.pieces and self.roles.topics_before(segment.start)
            if found.names and (whom or not self.is_bare(self._text[found.start : found.stop])):
                yield self._with_own((found,), own, "承上文")
                return

    def _of_earlier(self, framed: Framed, own: Phrase) -> Iterator[Phrase]:
        """What a promised quantity before it in the sentence is said of."""
        left = self.left(framed) or self.describer.scope(framed)
        for earlier in self.describer.earlier(framed, _EARLIER):
            merged = self._parallel(left, self.left(earlier))
            if merged:
                rest = tuple(piece for piece in own.pieces if piece != left)
                act = self._act_of(earlier) if not rest else ()
                yield Phrase((*merged, *(rest or act)), "与上文并列", merged)
                return
            if self._alike(earlier, framed):
                found = self._carried(earlier, framed, own)
                if found is not None:
                    yield found
                    return

    def _tells(self, number: int) -> bool:
        """Whether a segment tells something of its own, without a promised number."""
        return self.roles.role(number) == "plain" and not self.describer.promised_in(number)

    def _alike(self, one: Framed, two: Framed) -> bool:
        """Whether two quantities of a sentence may be of one thing: both of times, or steps and documents beside a time."""
        dealings = ("time", "steps", "documents")
        both = {one.frame.dimension, two.frame.dimension}
        return len(both) == 1 or both <= set(dealings)

    def _carried(self, earlier: Framed, framed: Framed, own: Phrase) -> Phrase | None:
        """The phrase with what an earlier one is said of."""
        text, context = self._text, self.describer.context
        same_group = context.segment(earlier.quantity).group == context.segment(framed.quantity).group
        phrase = self.phrase(earlier)
        if not own.pieces:
            if framed.quantity.form == "instant" and earlier.quantity.form == "number":
                return None  # 公告时间…压减至20天，…即来即办: what is done at once is not the notice
            here, there = (context.segment_number(one.quantity.start) for one in (framed, earlier))
            goes_on = not any(self._tells(number) for number in range(there + 1, here))
            return replace(phrase, why="承上文") if phrase.pieces and goes_on else None
        said = written(own.pieces, text)
        thing = tuple(one for one in phrase.thing if one)
        if same_group and thing and not self.is_bare(written(thing, text)) and not _KINDS.search(said):
            if not self._class.sub("", said):
                return Phrase(thing, "承上文", thing)
            return _with_thing(thing, own, "承上文", text)
        utility = self._utility(earlier)
        if same_group and utility and not self._utilities.search(said):
            return Phrase((utility, *own.pieces), "承上文", (utility,))
        segment = context.segment(earlier.quantity)
        handed = _HANDED.search(text, segment.start, min(segment.stop, segment.start + WINDOW))
        if handed:
            given = Stretch(*handed.span("thing"))
            return Phrase((given, "：", *own.pieces), "承上文", (given,))
        return None

    def _act_of(self, framed: Framed) -> tuple[Stretch, ...]:
        act = (
            self._act(framed, self._right(framed))
            if framed.frame.dimension == "time"
            else self._right(framed)
        )
        return (act,) if act else ()

    @cached_property
    def _utilities(self) -> re.Pattern[str]:
        return re.compile(self.words.any_of("said_of.utilities"))

    def _utility(self, framed: Framed) -> Stretch | None:
        left = self.left(framed)
        found = list(self._utilities.finditer(self._text, left.start, left.stop))
        return Stretch(*found[0].span()) if len(found) == 1 else None

    def _parallel(self, own: Stretch, before: Stretch) -> tuple[Stretch, ...]:
        """农村地区 beside 城市地区供电可靠性 is 农村地区供电可靠性; empty where the two are not alike."""
        text = self._text
        here, there = text[own.start : own.stop], text[before.start : before.stop]
        for size in range(min(len(here), 8), 1, -1):
            at = there.rfind(here[-size:])
            rest = Stretch(before.start + at + size, before.stop)
            if at > 0 and rest.names:
                return (own, rest)
        return ()

    def _of_same_act(self, framed: Framed, own: Phrase, said: str) -> Iterator[Phrase]:
        """An earlier segment of the sentence that names the same act: 将…信息向社会公示，公示期为…."""
        acts = [
            act
            for act in (
                "公示",
                "公告",
                "踏勘",
                "勘查",
                "验收",
                "审批",
                "审核",
                "审查",
                "投诉",
                "迁移",
                "注销",
                "备案",
            )
            if act in said
        ]
        context = self.describer.context
        here = context.segment_number(framed.quantity.start)
        for number in range(here - 1, max(-1, here - 6), -1):
            segment = context.segments[number]
            if segment.sentence != context.segments[here].sentence:
                return
            text = self._text[segment.start : min(segment.stop, segment.start + WINDOW)]
            adverbial = _ADVERBIAL.match(text)
            if (
                acts
                and any(act in text for act in acts)
                and self.roles.role(number) == "plain"
                and not adverbial
            ):
                promised = self.describer.promised_in(number)
                found = (
                    self._without_measure(self.left(promised[0]))
                    if promised
                    else self._naming(segment.start, segment.stop)
                )
                if found.names and not self.is_bare(self._text[found.start : found.stop]):
                    yield Phrase((found, "：", *own.pieces), "承上文同一件事", (found,))
                    return

    def _naming(self, start: int, stop: int) -> Stretch:
        """What a segment is about: without verbs at its ends, up to the first 、 of a list."""
        text = self._text
        number = self.describer.context.first_number(start, stop)
        if number:
            base = BASE.search(text, max(start, number.start - WINDOW), number.start)
            stop = base.start() if base and base.start() > start + 1 else number.start
        handed = _GIVEN_OVER.search(text, start, min(stop, start + _LONGEST))
        if handed:
            return Stretch(*handed.span("thing"))
        found = self.describer.trimmer.subject(text, Stretch(start, min(stop, start + _LONGEST)))
        listed = text.find("、", found.start + 12, found.stop)
        return Stretch(found.start, listed) if listed > 0 else found

    def _of_change(self, framed: Framed, own: Phrase) -> Iterator[Phrase]:
        """压缩政府采购合同签订时间，…缩短至…: an earlier segment that names what is changed."""
        context = self.describer.context
        here = context.segment_number(framed.quantity.start)
        for number in range(here - 1, max(-1, here - 4), -1):
            segment = context.segments[number]
            if segment.sentence != context.segments[here].sentence:
                return
            adverb = _ADVERB.match(self._text, segment.start, segment.stop)
            begin = adverb.end() if adverb else segment.start
            verb = context.patterns.verb_of_move.match(self._text, begin, segment.stop)
            if verb is None or self.roles.role(number) != "plain":
                continue
            found = self.describer.trimmer.subject(
                self._text, Stretch(verb.end(), min(segment.stop, verb.end() + _LONGEST))
            )
            listed = self._text.find("、", found.start, found.stop)
            if found.names and listed < 0 and not self.is_bare(self._text[found.start : found.stop]):
                yield _with_thing((found,), own, "承上文", self._text)
                return

    def _of_condition_noun(self, framed: Framed, own: Phrase) -> Iterator[Phrase]:
        """贷存比低于50%的，提升1个百分点: where only the change is said, the condition names the thing."""
        if framed.frame.kind != FrameKind.CHANGED_BY or own.pieces:
            return
        context = self.describer.context
        here = context.segment_number(framed.quantity.start)
        segment = context.segments[here]
        if here and self.roles.role(here - 1) == "condition":
            condition = context.segments[here - 1]
            if condition.sentence == segment.sentence:
                whole: tuple[Stretch | str, ...] = self.describer.condition_stretch(
                    Stretch(condition.start, condition.stop)
                )
                due = context.due_span_in(condition.start, condition.stop)
                if len(whole) == 1 and due and due[0] == condition.start:
                    whole = (
                        self.describer.trimmer.subject(self._text, Stretch(due[1], condition.stop)),
                        "的",
                    )
                verb = Stretch(segment.start, framed.quantity.start)
                yield Phrase((*whole, verb), "条件所说的事")

    def _of_conditions(self, framed: Framed, own: Phrase, *, inside: bool = True) -> Iterator[Phrase]:
        """The condition it holds under, where nothing else names the thing: 公示（确认符合强制退出条件后）."""
        place = framed.quantity.start
        segment = self.describer.context.segment(framed.quantity)
        within = self.roles.condition_within(self.describer.start(framed), place)
        for condition in (*self.roles.conditions_before(segment.start + 1), *([within] if inside else [])):
            if condition and not self._is_mere_state(self._text[condition.start : condition.stop]):
                own_first: tuple[Stretch | str, ...] = (*own.pieces, "（", condition, "）")
                yield Phrase(own_first if own.pieces else (condition,), "条件所说的事")
                return

    def _is_mere_state(self, text: str) -> bool:
        """材料齐全、符合法定形式的, 不能当场办结的: a condition that names no thing."""
        return len(self._mere.sub("", text)) < 2

    @cached_property
    def _mere(self) -> re.Pattern[str]:
        return re.compile(
            f"{self.words.any_of('said_of.states')}|形式|条件|要求|规定|范围|不能|无法|符合|具备|满足|属于|当场|即时|{no_names(self.words).pattern}"
        )

    def _of_sentence_before(self, framed: Framed, own: Phrase) -> Iterator[Phrase]:
        """What the sentence before is about, where no heading says it."""
        context = self.describer.context
        here = context.segment_number(framed.quantity.start)
        sentence = context.segments[here].sentence
        before = [
            number
            for number in range(max(0, here - 12), here)
            if context.segments[number].sentence == sentence - 1
        ]
        conditions = [number for number in before if self.roles.role(number) == "condition"]
        for number in (*conditions, *reversed(before[-4:])):
            segment = context.segments[number]
            acting = self._acting.match(self._text, segment.start, min(segment.stop, segment.start + WINDOW))
            found = self._naming(acting.end() if acting else segment.start, segment.stop)
            if found.names and not self.is_bare(self._text[found.start : found.stop]):
                yield Phrase((found, "：", *own.pieces) if own.pieces else (found,), "上一句", (found,))
                return


EMPTY_PHRASE = Phrase((), "")


def no_names(words: CommitmentWords) -> re.Pattern[str]:
    """The words that name no thing: bare ones, classes, parties, actors, numbers and signs."""
    return re.compile(
        f"{words.any_of('said_of.bare', 'said_of.classes', 'said_of.parties', 'said_of.actors')}"
        "|[^一-龥A-Za-z]|[A-D](?=[级类])|[级类]"
    )


def _phrase(why: str, *pieces: Stretch, thing: Sequence[Stretch] = ()) -> Phrase:
    return Phrase(tuple(one for one in pieces if one), why, tuple(one for one in thing if one))


def _with_thing(thing: Sequence[Stretch | str], own: Phrase, why: str, flow: str) -> Phrase:
    """The thing before what is said of it, once."""
    said, about = written(own.pieces, flow), written(thing, flow)
    if not said or about.endswith(said):
        return Phrase(tuple(thing), why, tuple(thing))
    between = ("：",) if thing and isinstance(thing[-1], str) else ()
    return Phrase((*thing, *between, *own.pieces), why, tuple(thing))
