"""The words of the taxonomy as patterns of what stands round a quantity.

Patterns of what stands before end in `$` and are searched in the text up to the quantity; patterns of what stands
after are matched at its end. Every repetition is bounded or of distinct words, so that no text makes them slow.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from generator.vocabulary.commitments import CommitmentWords

NEAR = 40  # characters between a verb of change and its 至
JOINED = 16  # characters of what a list names between two of its quantities
# How often the small words between another word and its quantity may repeat: 原则上再平均压减约. Without a bound a
# text of nothing but such words would take the square of its length.
FEW = "{0,4}+"


@dataclass(frozen=True)
class Patterns:
    """The words of the taxonomy as patterns of what stands before and after a quantity."""

    words: CommitmentWords

    @cached_property
    def reduced_to(self) -> re.Pattern[str]:
        """压缩至, 由原来的…压减为, 优化…为…; at the end of what stands before."""
        verbs = self.words.any_of("verbs.reduce")
        return re.compile(
            rf"(?:{verbs}(?:(?!应)[^，]){{0,{NEAR}}}?[至到为成]|(?:控制|限制|限定|压缩|压减|缩短)在|[降减压缩][至到为])"
            rf"(?:(?!应)[^，至到]){{0,{NEAR}}}$"
        )

    @cached_property
    def raised_to(self) -> re.Pattern[str]:
        """提高至, 提升到."""
        verbs = self.words.any_of("verbs.raise")
        return re.compile(rf"(?:{verbs}[^，]{{0,{JOINED}}}?[至到为]|[增升提]至)[^，至到]{{0,{JOINED}}}$")

    @cached_property
    def changed_by(self) -> re.Pattern[str]:
        """增长, 压减, 年均新增不低于: a verb of change directly before the quantity, 至 and 到 not between."""
        verbs = self.words.any_of("verbs.change")
        return re.compile(
            rf"{verbs}(?:幅度|比例)?(?:再|约|了|近|不低于|不少于|不超过|高于|超过|平均|年均|以上|各|分别|至少|总体|力争){FEW}$"
        )

    @cached_property
    def least(self) -> re.Pattern[str]:
        """不低于, 至少, 达到."""
        return re.compile(
            rf"{self.words.any_of('limits.least')}(?:实现|有|到|了|建成|建立|配置|配备|开展|完成){FEW}$"
            rf"|不得?[低少小]于[^，、]{{1,{JOINED}}}(?:的|(?<=[额款息价值数量]))$"
        )

    @cached_property
    def most(self) -> re.Pattern[str]:
        """不超过, 最长, 控制在."""
        return re.compile(
            rf"{self.words.any_of('limits.most')}(?:为|是|不超过|达到?|可达|给予|可申请|可贷款?|可获得?|可享受){FEW}$"
            rf"|不得?(?:超过|[高多大]于)[^，、]{{1,{JOINED}}}(?:的|(?<=[额款息价值数量]))$"
        )

    @cached_property
    def over(self) -> re.Pattern[str]:
        """超过, 突破; not 不超过."""
        return re.compile(rf"(?<!不)(?<!不得)(?<!不能){self.words.any_of('limits.over')}$")

    @cached_property
    def under(self) -> re.Pattern[str]:
        """低于, 少于; not 不低于."""
        return re.compile(rf"(?<!不)(?<!不得)(?<!不能){self.words.any_of('limits.under')}$")

    @cached_property
    def at_least_before(self) -> re.Pattern[str]:
        """至少, with the verb and its object between it and the quantity: 至少实现10种."""
        return re.compile("(?:至少|不少于)[^，、]{0,6}$")

    @cached_property
    def period_is(self) -> re.Pattern[str]:
        """办理时限为, 公示期： (the name of a period, up to the quantity)."""
        periods = self.words.any_of("nouns.periods")
        return re.compile(
            rf"{periods}(?:均|统一|一般|总共|合计|分别|最长|累计|优化|调整){FEW}(?:为|是|：|即|在){FEW}$"
        )

    @cached_property
    def period_of(self) -> re.Pattern[str]:
        """审批用时：社会投资项目, before 50个工作日."""
        return re.compile(rf"{self.words.any_of('nouns.periods')}：[^，]{{0,{JOINED}}}$")

    @cached_property
    def period_for(self) -> re.Pattern[str]:
        """审查时间小型项目, before a bare 3个工作日."""
        return re.compile(
            rf"{self.words.any_of('nouns.periods')}(?!的)[^，、：的超满至到为是在不低高]{{2,8}}(?<![近前后约达])$"
        )

    @cached_property
    def validity(self) -> re.Pattern[str]:
        """有效期为: what a paper is good for, not a promise."""
        return re.compile(rf"{self.words.any_of('nouns.validity')}(?:限)?(?:均|统一|一般|为|是|：){FEW}$")

    @cached_property
    def done(self) -> re.Pattern[str]:
        """办结, 即可领证, 电话联系: what a dealing ends with, at the start of what stands after."""
        return re.compile(
            rf"(?:即可|便可|就可|可|全部|予以|现场|电话|上门|书面|一次性|统一|审核|依法|主动|及时){{0,4}}{self.words.any_of('verbs.done')}"
        )

    @cached_property
    def spans(self) -> re.Pattern[str]:
        """近, 连续, 注册一年: at the end of what stands before."""
        return re.compile(rf"{self.words.any_of('spans_before')}(?:了|约|的)?$")

    @cached_property
    def experience(self) -> re.Pattern[str]:
        """注册登记|一年以上."""
        return re.compile(f"{self.words.any_of('experience')}(?:了|约)?$")

    @cached_property
    def establish(self) -> re.Pattern[str]:
        """新建, 培训: anywhere before the quantity."""
        return re.compile(self.words.any_of("verbs.establish"))

    @cached_property
    def established(self) -> re.Pattern[str]:
        """确定, 新建: directly before the quantity."""
        return re.compile(f"{self.words.any_of('verbs.establish')}$")

    @cached_property
    def predicate(self) -> re.Pattern[str]:
        """实现, 进入: anywhere after the quantity."""
        return re.compile(self.words.any_of("verbs.predicate"))

    @cached_property
    def benefit(self) -> re.Pattern[str]:
        """补贴, 返还: a benefit to others."""
        return re.compile(self.words.any_of("verbs.benefit"))

    @cached_property
    def own(self) -> re.Pattern[str]:
        """拥有, 具备: what the other party must have; not 发明专利拥有量."""
        return re.compile(f"{self.words.any_of('verbs.own', 'nouns.qualifications')}(?![量率])")

    @cached_property
    def achieved(self) -> re.Pattern[str]:
        """已, 累计: what is reported."""
        return re.compile(self.words.any_of("achieved"))

    @cached_property
    def penalties(self) -> re.Pattern[str]:
        """罚款, 警告."""
        return re.compile(self.words.any_of("penalties"))

    @cached_property
    def ways(self) -> re.Pattern[str]:
        """自主协商: the parties settle it among themselves."""
        return re.compile(self.words.any_of("party.ways"))

    @cached_property
    def agent(self) -> re.Pattern[str]:
        """The other party at the end of what stands before a modal verb."""
        return re.compile(rf"{self.words.any_of('party.agents')}(?:及其[^，]{{1,8}}|等)?$")

    @cached_property
    def any_agent(self) -> re.Pattern[str]:
        """申请人, 企业: another party, anywhere."""
        return re.compile(self.words.any_of("party.agents"))

    @cached_property
    def services(self) -> re.Pattern[str]:
        """供电, 公用: a company that serves the public."""
        return re.compile(self.words.any_of("party.services"))

    @cached_property
    def party_act(self) -> re.Pattern[str]:
        """申请, 向主管部门提交: what the other party does, at the start of what stands after; not 提出审核意见."""
        manner = f"(?:书面|自行|主动|按时|按规定|一次性){FEW}"
        return re.compile(
            rf"(?:内)?{manner}(?:[向对][^，]{{1,{JOINED}}}?{manner}){{0,2}}"
            rf"{self.words.any_of('party.acts')}(?!(?:初步|审[核查]|处理|办理)?(?:意见|方案))"
        )

    @cached_property
    def names(self) -> re.Pattern[str]:
        """成果, 清单, 改革: the quantity is part of a name."""
        return re.compile(rf"[^，。；、]{{0,6}}?{self.words.any_of('names')}")

    @cached_property
    def of_name(self) -> re.Pattern[str]:
        """The same for words that stand for a quantity: 最多跑一次、办好一件事改革."""
        return re.compile(rf"[^，。；]{{0,{JOINED}}}?{self.words.any_of('names')}")

    @cached_property
    def documents(self) -> re.Pattern[str]:
        """材料, 资料."""
        return re.compile(self.words.any_of("nouns.documents"))

    @cached_property
    def steps(self) -> re.Pattern[str]:
        """环节, 流程."""
        return re.compile(self.words.any_of("nouns.steps"))

    @cached_property
    def rates(self) -> re.Pattern[str]:
        """率, 比例."""
        return re.compile(self.words.any_of("nouns.rates"))

    @cached_property
    def aims(self) -> re.Pattern[str]:
        """瞄准…: mentioned as an aim."""
        return re.compile("瞄准|围绕(?:(?!围绕|目标)[^，])*+目标")

    @cached_property
    def fees(self) -> re.Pattern[str]:
        """费用, 保证金."""
        return re.compile(self.words.any_of("nouns.fees"))

    @cached_property
    def payer(self) -> re.Pattern[str]:
        """由政府, 纳入财政预算: who bears a cost."""
        return re.compile(f"由{self.words.any_of('paid_by')}|纳入.{{0,6}}(?:预算|财政)")

    @cached_property
    def fee_before_payer(self) -> re.Pattern[str]:
        """刻章费用纳入同级财政预算，: a fee, at the end of what stands before 由政府支付."""
        return re.compile(f"{self.words.any_of('nouns.fees')}[^，；]{{0,{JOINED}}}(?:，[^，；]{{0,6}})?$")

    @cached_property
    def verb_of_move(self) -> re.Pattern[str]:
        """压缩, 进一步提高: at the start of a segment."""
        return re.compile(f"(?:进一步|再)?{self.words.any_of('verbs.reduce', 'verbs.raise')}")
