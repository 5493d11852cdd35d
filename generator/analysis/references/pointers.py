"""The grammar of clause numbers in running text: 第九条、第十条; 第八条第一款第（三）项; 附件1表2第3行.

Only the form is read here; whether the clauses exist is said in `places`. Works on text without white space.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from generator.parsing.numerals import HAN_DIGITS, to_int

RANK: Mapping[str, int] = MappingProxyType(
    {
        name: rank
        for rank, names in enumerate(
            ("附件", "编", "分编 部分", "章", "节", "条", "款", "项", "目 点", "小点", "段", "表", "组 行")
        )
        for name in names.split()
    }
)
"""How deep each unit stands; 第三部分第（一）项第2点 goes down, 第一款、第二款 stays level."""
ROWS = ("行", "组")
"""The units that only a table has; 第3项 may be one of its rows too."""

_MOST_NUMBERS = 20  # in one list without a unit between: 第九、十、十一条
_LONGEST_RANGE = 200  # numbers

_PLAIN = rf"(?:[{HAN_DIGITS}]{{1,9}}+|\d{{1,4}}+)"
_BRACKETED = rf"[（(〔](?:[{HAN_DIGITS}]{{1,4}}+|\d{{1,3}}+)[）)〕]"
_NUMBER = rf"(?:{_PLAIN}|{_BRACKETED})"
_THROUGH = r"(?:至|到|—{1,2}|–|－|-|~|～)"
_AND = r"(?:、|和|与|及|或者?|以及)"
# Each unit where it begins no other word: 第一款项, 第三章程, 第二节点, 第一目标.
UNIT = (
    r"(?:分编|编(?![制码号写辑入])|部分|章(?![程节])|节(?![能约点日目课省奏])|条(?![例件款目线形码约])"
    r"|款(?![项式物额])|项(?!目)|目(?![录标前])|小点|点(?![击位心多钟])|段(?!落))"
)
_ROW_UNIT = "行(?![业政动为程使走驶长情列])|组(?![织成合建长别团装])"
_INSERTED = rf"(?:之(?P<inserted>[{HAN_DIGITS}]{{1,3}}+))?"
# 第九条   第九、十条   第（一）至（三）项   第十五条之一   （三）项, which stands below another step only
_STEP = re.compile(
    rf"(?P<ordinal>第)?(?P<numbers>{_NUMBER}(?:(?:{_AND}|{_THROUGH})第?{_NUMBER}|{_BRACKETED}){{0,{_MOST_NUMBERS}}})"
    rf"(?P<unit>{UNIT}|{_ROW_UNIT}){_INSERTED}"
)
# 表2   表二   表, the only one, before 第3行   (not 表1-2, 表一式两份)
_TABLE = re.compile(
    rf"表(?:(?P<number>(?:\d{{1,3}}+|[{HAN_DIGITS}]{{1,3}}+)(?=第|$|[，。；、：）)”的和与及至到或中]))|(?=第))"
)
# 附件1   附件1、2   附件1至附件3
_ATTACHMENTS = re.compile(
    rf"附件(?P<numbers>{_PLAIN}(?:(?:{_AND}|{_THROUGH})(?:附件)?{_PLAIN}){{0,{_MOST_NUMBERS}}})"
)
# one number of such a list, with what joins it to the one before
_ONE_NUMBER = re.compile(
    rf"[）)〕]?(?P<through>{_THROUGH})?[^\d{HAN_DIGITS}（(〔]{{0,6}}+(?P<open>[（(〔])?(?P<value>[\d{HAN_DIGITS}]+)"
)
_JOINT = re.compile(rf"(?P<through>{_THROUGH})|{_AND}")
SAME_ARTICLE = re.compile(r"[同该]条(?=第|[（(])")
"""同条第二款: a 款 of the 条 that was named before."""
FOLLOWS_CLAUSE = re.compile(
    r"给予|予以|行为|同时|不适用|[规所的中之情要条程至另关均作、，。；：）)（(和与及或以等列有办执处适修除]|$"
)
"""What follows a number that stands by itself, where it names a clause: 第九条规定, 第九条的, 第九条、"""


@dataclass(frozen=True, order=True)
class Number:
    """A printed number: 第十五条之一 is 15, insertion 1; （三） is bracketed."""

    value: int
    insertion: int = 0
    bracketed: bool = False


@dataclass(frozen=True)
class Step:
    """One level of a path: a number of a unit, or all from `first` to `last`; 0 for 表, the only table."""

    unit: str
    first: Number
    last: Number

    @property
    def rank(self) -> int:
        """How deep the unit stands."""
        return RANK[self.unit]

    def values(self) -> range:
        """Every whole number the step names; of a range too long to be meant only the beginning."""
        length = self.last.value - self.first.value + 1
        return range(self.first.value, self.first.value + min(max(length, 1), _LONGEST_RANGE))


Path = tuple[Step, ...]


@dataclass(frozen=True)
class Pointer:
    """Clause numbers that belong together, and where in the text they stand."""

    start: int
    stop: int
    paths: tuple[Path, ...]


def read_pointer(text: str, start: int, *, below: bool = False) -> Pointer | None:
    """The clause numbers that begin at `start`, or None.

    Lists and ranges are read to their end: each member is a path of its own, and takes what it does not repeat
    from the member before (第八条第一款、第二款). `below` is whether something stands above that the first number
    is part of (本条, 前款): then 第 may be left out before a bracket, as in 前款（三）项.
    """
    member = _member(text, start, (), below=below)
    if member is None:
        return None
    paths, stop = member
    while joint := _JOINT.match(text, stop):
        same = SAME_ARTICLE.match(text, joint.end()) if any(step.unit == "条" for step in paths[-1]) else None
        following = _member(text, same.end() if same else joint.end(), paths[-1], below=True)
        if following is None:
            break
        more, end = following
        if not _goes_on(paths[-1], more[0]):
            break
        stop = end
        ends_range = joint["through"] and len(more) == 1 and _same_level(paths[-1], more[0])
        if ends_range:
            paths[-1] = (*paths[-1][:-1], replace(paths[-1][-1], last=more[0][-1].last))
        else:
            paths += more
    return Pointer(start, stop, tuple(paths))


def _goes_on(path: Path, other: Path) -> bool:
    """Whether a member of a list may follow another: 附件1、表2 and 第一条、第二组 are not of one list."""
    unit = other[-1].unit
    return unit not in (*ROWS, "表") or any(step.unit in (*ROWS, "表") for step in path)


def _goes_below(step: Step, above: Step) -> bool:
    """Whether a step leads on from the one above it: a table may stand in any clause, and has nothing but rows."""
    if above.unit in ("表", *ROWS):
        return above.unit == "表" and step.unit in ("项", *ROWS)
    return step.rank > above.rank


def _same_level(path: Path, other: Path) -> bool:
    return path[:-1] == other[:-1] and path[-1].unit == other[-1].unit


def _member(text: str, start: int, before: Path, *, below: bool) -> tuple[list[Path], int] | None:
    """The paths of one member of a list, and where it ends."""
    read = _steps(text, start, below=below)
    if read is None:
        return None
    steps, stop = read
    above: Path = before
    while above and not _goes_below(steps[0], above[-1]):
        above = above[:-1]
    paths: list[Path] = [(*above, step) for step in steps]
    while read := _steps(text, stop, below=True):
        steps, end = read
        if not _goes_below(steps[0], paths[-1][-1]):
            break
        above, stop = paths.pop(), end
        paths += [(*above, step) for step in steps]
    return paths, stop


def _steps(text: str, start: int, *, below: bool) -> tuple[list[Step], int] | None:
    """The numbers before one unit, each a step, and where they end: 第九、十条 is two."""
    attachments = _ATTACHMENTS.match(text, start)
    if attachments:
        return list(_spans(attachments["numbers"], "附件", 0)), attachments.end()
    table = _TABLE.match(text, start)
    if table:
        number = Number(to_int(table["number"] or "") or 0)
        return [Step("表", number, number)], table.end()
    match = _STEP.match(text, start)
    if match is None or not (match["ordinal"] or (below and match["numbers"][0] in "（(〔")):
        return None
    insertion = to_int(match["inserted"] or "") or 0
    steps = list(_spans(match["numbers"], match["unit"], insertion))
    return (steps, match.end()) if steps else None


def _spans(numbers: str, unit: str, insertion: int) -> Iterator[Step]:
    """The numbers of a list, ranges closed: 一至三 is one step, 九、十 are two. 之一 belongs to the last."""
    steps: list[Step] = []
    for match in _ONE_NUMBER.finditer(numbers):
        value = to_int(match["value"])
        if value is None:
            continue
        number = Number(value, bracketed=match["open"] is not None)
        if match["through"] and steps:
            steps[-1] = replace(steps[-1], last=number)
        else:
            steps.append(Step(unit, number, number))
    if steps and insertion:
        last = replace(steps[-1].last, insertion=insertion)
        single = steps[-1].first == steps[-1].last
        steps[-1] = replace(steps[-1], last=last, first=last if single else steps[-1].first)
    yield from steps
