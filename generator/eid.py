"""Anchors: the eId of a clause, by the Akoma Ntoso naming convention (OASIS AKN-NC 1.0), as CONTRACT.md, Anchors fixes it.

This is the only place where an eId is put together, taken apart or put in order. What number a clause has, and under
which other one it stands, is told by `parsing.anchoring`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a clause is, by the Akoma Ntoso naming convention; `step` is what it is called in an eId."""

    step: str

    PART = "part", "part"  # 第一编
    CHAPTER = "chapter", "chp"  # 第一章
    SECTION = "section", "sec"  # 第一节, 一、
    ARTICLE = "article", "art"  # 第一条
    PARAGRAPH = "paragraph", "para"  # 款 of a 条 (counted); （一） outside a 条
    SUBPARAGRAPH = "subparagraph", "subpara"  # 1. outside a 条
    POINT = "point", "point"  # （一） in a 条; （1） outside a 条
    INDENT = "indent", "indent"  # 1. in a 项; ① outside a 条
    ITEM = "item", "item"  # 一是, ——, A类
    ALINEA = "alinea", "al"  # a further unnumbered paragraph outside a 条
    ATTACHMENT = "attachment", "att"  # 附件1
    COVER = "cover", "cover"  # the covering notice of an attached text
    TABLE = "table", "table"  # a table: its caption and head row
    GROUP = "group", "group"  # a row that heads the rows below it: one cell across the whole width
    ROW = "row", "tr"  # a row of a table

    def __new__(cls, id_: str, step: str) -> Kind:
        """A member whose value is its id."""
        member = str.__new__(cls, id_)
        member._value_ = id_
        member.step = step
        return member


_BETWEEN = "__"
# 15   15-1
_NUMBER = r"_[0-9]+(?:-[0-9]+)?"
_NUMBERED = "|".join(kind.step for kind in Kind if kind is not Kind.COVER)
_FORM = re.compile(rf"(?:{Kind.COVER.step}|(?:{_NUMBERED}){_NUMBER})(?:{_BETWEEN}(?:{_NUMBERED}){_NUMBER})*")
# Of a number printed twice, which no published eId has: item_3_repeat-2
_REPEAT = "_repeat-"
_TABLE = re.compile(rf"(?:.*{_BETWEEN})?{Kind.TABLE.step}_[0-9]+(?={_BETWEEN}|$)")

PATTERN = rf"^[a-z]+({_NUMBER})?({_BETWEEN}[a-z]+{_NUMBER})*$"
"""A pattern for what has the look of an eId, whether or not its steps have names that there are."""


class Step(NamedTuple):
    """One step of an eId: art_15-1 is (art, 15, 1). `cover` has no number. Steps of one name are in order of number."""

    name: str
    number: int | None = None
    insertion: int | None = None

    def __str__(self) -> str:
        if self.number is None:
            return self.name
        inserted = "" if self.insertion is None else f"-{self.insertion}"
        return f"{self.name}_{self.number}{inserted}"

    @staticmethod
    def read(text: str) -> Step:
        """The step that a text is; a text of another form is a name without a number."""
        name, _, number = text.partition(_REPEAT)[0].partition("_")
        printed, dash, inserted = number.partition("-")
        if not printed.isdecimal() or (dash and not inserted.isdecimal()):
            return Step(text)
        return Step(name, int(printed), int(inserted) if dash else None)


class Eid(str):
    """An eId: `att_1__art_5__para_2__point_3`. As a string it is what stands in pages, data files and the lock.

    The eId of no steps is that of the main text as a whole. Two are equal as their strings are.
    """

    __slots__ = ()

    @staticmethod
    def read(text: str) -> Eid | None:
        """The eId that a text is, whether or not there is such a clause; None for a text of another form."""
        return Eid(text) if _FORM.fullmatch(text) else None

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps from the outermost on. The mark of a repeated number is no part of them."""
        return tuple(map(Step.read, self.split(_BETWEEN))) if self else ()

    @property
    def last(self) -> Step:
        """The last step. Raises `ValueError` where there is none."""
        if not self:
            raise ValueError("the main text as a whole has no step")
        return Step.read(self.rpartition(_BETWEEN)[2])

    @property
    def is_single(self) -> bool:
        """Whether it has one step alone: its number is known without those above (art_35, subpara_35)."""
        return bool(self) and _BETWEEN not in self

    @property
    def outer(self) -> Eid:
        """The eId without its last step; that of the main text where it has but one."""
        return Eid(self.rpartition(_BETWEEN)[0])

    @property
    def heads(self) -> Iterator[Eid]:
        """The eIds of which this one goes on, from one step up, and itself: att_1, att_1__art_5."""
        at = self.find(_BETWEEN)
        while at >= 0:
            yield Eid(self[:at])
            at = self.find(_BETWEEN, at + len(_BETWEEN))
        if self:
            yield self

    @property
    def root(self) -> Eid:
        """The attachment or covering notice that it is in, or is; else the main text."""
        first = Eid(self.partition(_BETWEEN)[0])
        outside = first == Kind.COVER.step or (first and first.last.name == Kind.ATTACHMENT.step)
        return first if outside else Eid()

    @property
    def article(self) -> Eid | None:
        """The 条 that it is, or is in (never prefixed by its chapter, CONTRACT.md, Anchors); None outside one."""
        steps = self.steps
        for count, step in enumerate(steps, 1):
            if step.name == Kind.ARTICLE.step:
                return Eid.of(*steps[:count])
            if step.name not in (Kind.ATTACHMENT.step, Kind.COVER.step):
                return None
        return None

    @property
    def table(self) -> Eid | None:
        """The table that it is, or is in; None outside tables."""
        match = _TABLE.match(self)
        return Eid(match[0]) if match else None

    @property
    def is_repeated(self) -> bool:
        """Whether its number was printed before, and it carries the mark that no published eId has."""
        return _REPEAT in self

    def is_below(self, other: str) -> bool:
        """Whether it goes on from another; of the main text, whether it is in it."""
        return self.startswith(f"{other}{_BETWEEN}") if other else not self.root

    def below(self, kind: Kind, number: int | None = None, insertion: int | None = None) -> Eid:
        """The eId one step below."""
        step = Step(kind.step, number, insertion)
        return Eid(f"{self}{_BETWEEN}{step}") if self else Eid(step)

    def repeated(self, count: int) -> Eid:
        """The eId of the clause that prints the same number for the `count`th time."""
        return Eid(f"{self}{_REPEAT}{count}")

    @staticmethod
    def of(*steps: Step) -> Eid:
        """The eId of these steps."""
        return Eid(_BETWEEN.join(map(str, steps)))


MAIN_TEXT = Eid()
"""The root of a policy's own text."""

COVER = MAIN_TEXT.below(Kind.COVER)
"""The root of a covering notice."""
