"""The clauses of one policy as other clauses point at them: 第九条, 前款, 第三部分第（一）项.

A place is an eId: art_8 is the 条, art_8__para_1 its first 款. The root of a text is a place too: the eId of no steps for
the main text, att_1 for an attachment, cover for the covering notice. In a law a path is led down by
the numbers in the anchors (CONTRACT.md, Anchors); elsewhere by the printed labels, and only where they leave no choice.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from types import MappingProxyType

from generator.analysis.references.library import title_key
from generator.analysis.references.pointers import ROWS, Path, Step
from generator.eid import MAIN_TEXT
from generator.model import IN_TABLES, Clause, Eid, Kind, Policy
from generator.parsing.numerals import HAN_DIGITS, to_int

_MOST_PARAGRAPHS = 100  # of one 条

_GROUPS: Mapping[str, Kind] = MappingProxyType({"编": Kind.PART, "章": Kind.CHAPTER, "节": Kind.SECTION})
# What a unit may point at outside a law, where each office uses the words as it likes.
_KINDS: Mapping[str, tuple[Kind, ...]] = MappingProxyType(
    {
        "编": (Kind.PART,),
        "部分": (Kind.PART, Kind.SECTION),
        "章": (Kind.CHAPTER, Kind.SECTION),
        "节": (Kind.SECTION,),
        "条": (Kind.SECTION, Kind.PARAGRAPH, Kind.SUBPARAGRAPH),
        "款": (Kind.PARAGRAPH, Kind.SUBPARAGRAPH, Kind.POINT),
        "项": (Kind.PARAGRAPH, Kind.SUBPARAGRAPH, Kind.POINT, Kind.INDENT),
        "点": (Kind.SECTION, Kind.PARAGRAPH, Kind.SUBPARAGRAPH, Kind.POINT),
        "小点": (Kind.POINT, Kind.INDENT),
        "目": (Kind.POINT, Kind.INDENT),
        "段": (Kind.ALINEA,),
    }
)
_MEASURES = (Kind.SECTION, Kind.PARAGRAPH, Kind.SUBPARAGRAPH)
_OTHER_TEXTS = (Kind.ATTACHMENT, Kind.COVER)
# 表1 任务分解表   — the number that a table prints above its head (not 表1-2)
_TABLE_NUMBER = re.compile(
    rf"^[ \u3000]{{0,9}}表[ \u3000]{{0,4}}(\d{{1,3}}+|[{HAN_DIGITS}]{{1,3}}+)(?![-—–.．]\d)", re.M
)
_BRACKETED = re.compile(r"[（(〔㈠-㈩⑴-⒇]")


@dataclass(frozen=True)
class Position:
    """Where a clause stands in its law: the places of its 条 and 款, the number of its 项 if it is one."""

    article: Eid
    para: int
    point: int | None

    @property
    def paragraph(self) -> Eid:
        """The place of the 款 that the clause is, or is part of."""
        return self.article.below(Kind.PARAGRAPH, self.para)


@dataclass
class _Table:
    """A table: the number printed above it, its rows and groups in order."""

    anchor: Eid
    printed: int | None = None
    rows: list[Clause] = field(default_factory=list)
    groups: list[Clause] = field(default_factory=list)

    @cached_property
    def numbered(self) -> Mapping[int, Eid]:
        """The rows by their printed numbers."""
        return _told_apart(row for row in self.rows if row.label and row.number)

    def at(self, unit: str, value: int) -> list[Eid]:
        """The row or group of a place below the head; none where print numbers the rows otherwise."""
        clauses = self.rows if unit == "行" else self.groups
        anchors = [one.anchor for one in clauses[max(value - 1, 0) : value]]
        return [one for one in anchors if not one.is_repeated and one.last.number == value]


def position_of(clause: Clause) -> Position | None:
    """Where a clause stands in its 条; None outside one."""
    article = clause.anchor.article
    return None if article is None else _position(article, clause.anchor)


def _position(article: Eid, place: Eid) -> Position:
    """Where a place in a 条 stands: in which 款, and in which 项 if it is in one."""
    steps = list(place.steps[len(article.steps) :])
    para = steps.pop(0).number if steps and steps[0].name == Kind.PARAGRAPH.step else None
    point = steps[0].number if steps and steps[0].name == Kind.POINT.step else None
    return Position(article, para or 1, point)


class Places:
    """The clauses of a policy by what points at them."""

    def __init__(self, policy: Policy) -> None:
        attached = [one for one in policy.clauses if one.kind is Kind.ATTACHMENT]
        self.attachments = [one.anchor for one in attached]
        self._titled: defaultdict[str, list[Eid]] = defaultdict(list)
        for one in attached:
            self._titled[title_key(one.wording.removeprefix(one.label or ""))].append(one.anchor)
        self._named = {name: one for one in policy.clauses for name in (one.anchor, *one.aliases)}
        self._below: defaultdict[Eid, list[Clause]] = defaultdict(list)
        self._articles: defaultdict[Eid, list[tuple[int, int, Eid]]] = defaultdict(list)
        running: defaultdict[Eid, defaultdict[Kind, dict[int, Eid]]] = defaultdict(lambda: defaultdict(dict))
        numbered: defaultdict[Eid, list[Clause]] = defaultdict(list)
        for clause in policy.clauses:
            root = clause.anchor.root
            if clause.kind is Kind.ROW and clause.label and clause.number:
                numbered[root].append(clause)
            self._below[clause.parent or clause.anchor.outer.root].append(clause)
            if clause.kind is Kind.ARTICLE and not clause.anchor.is_repeated:
                number = clause.anchor.last
                self._articles[root].append((number.number or 0, number.insertion or 0, clause.anchor))
            if clause.kind in _MEASURES and clause.number and clause.anchor.outer == root:
                running[root][clause.kind][clause.number] = clause.anchor
        self._tables = _tables(policy.clauses)
        self._tables_in: defaultdict[Eid, list[_Table]] = defaultdict(list)
        self._tables_of: defaultdict[Eid, list[_Table]] = defaultdict(list)
        self._printing: defaultdict[int, set[Eid]] = defaultdict(set)
        self._tables_printed: defaultdict[tuple[Eid, int], list[_Table]] = defaultdict(list)
        for name, table in self._tables.items():
            root = name.root
            self._tables_in[name.outer].append(table)
            self._tables_of[root].append(table)
            if table.printed is not None:
                self._tables_printed[root, table.printed].append(table)
                self._printing[table.printed].add(root)
        self._rows = {root: _told_apart(rows) for root, rows in numbered.items()}
        # The measures of a text: of the label forms whose numbers run on through it, the one with most clauses.
        self._measures = {root: max(kinds.values(), key=len) for root, kinds in running.items()}

    def is_law(self, root: Eid) -> bool:
        """Whether the text with this root is divided into 条."""
        return root in self._articles

    def attachment_titled(self, title: str) -> Eid | None:
        """The attachment of which a title is the whole title; None where there is none, or several."""
        found = self._titled.get(title_key(title), [])
        return found[0] if len(found) == 1 else None

    def printing(self, number: int) -> Eid | None:
        """The root of the only text that has a table with this number printed above it; None for none, or several."""
        roots = self._printing.get(number, set())
        return next(iter(roots)) if len(roots) == 1 else None

    def above(self, clause: Clause) -> Iterator[Clause]:
        """The clauses above, the nearest first."""
        above = self._named.get(clause.parent) if clause.parent else None
        while above is not None:
            yield above
            above = self._named.get(above.parent) if above.parent else None

    def preceding_articles(self, article: Eid, count: int) -> list[Eid]:
        """The `count` 条 before one (前条, 前两条); none where their numbers do not run on, as in an excerpt."""
        articles = self._articles[article.root]
        last = next((index for index, (*_, name) in enumerate(articles) if name == article), 0)
        run = articles[max(last - count, 0) : last + 1]
        runs_on = all(
            (number, inserted) in ((before, also + 1), (before + 1, 0))
            for (before, also, _), (number, inserted, _) in pairwise(run)
        )
        return [name for *_, name in run[:-1]] if runs_on and len(run) == count + 1 else []

    def preceding_alinea(self, clause: Clause) -> list[Eid]:
        """The unnumbered paragraph, or the text of the clause above, that an unnumbered paragraph follows."""
        if clause.kind is not Kind.ALINEA or clause.parent is None:
            return []
        siblings = self._below[clause.parent]
        index = siblings.index(clause)
        if index == 0:
            return [clause.parent]
        return [siblings[index - 1].anchor] if siblings[index - 1].kind is Kind.ALINEA else []

    def find(self, places: Iterable[Eid], paths: Iterable[Path]) -> list[Eid]:
        """The anchors of the clauses that the paths lead to from the places, in order, each once."""
        starts = list(places)
        found: dict[Eid, None] = {}
        for path in paths:
            ends = starts
            for step in path:
                ends = [below for one in ends for below in self._step(one, step)]
            found.update(dict.fromkeys(self.anchors(ends)))
        return list(found)

    def anchors(self, places: Iterable[Eid]) -> list[Eid]:
        """The anchors of the clauses at the places; a place where no clause is, is left out."""
        return [clause.anchor for place in places if (clause := self._named.get(place))]

    def _step(self, place: Eid, step: Step) -> list[Eid]:
        """The places one step below a place."""
        root = place.root
        if step.unit == "附件":
            names = [MAIN_TEXT.below(Kind.ATTACHMENT, value) for value in step.values()]
            return [name for name in names if name in self._named]
        if step.unit == "表" or step.unit in ROWS or place in self._tables:
            return [below for value in step.values() for below in self._of_table(place, step, value)]
        if not self.is_law(root):
            return [below for value in step.values() for below in self._outside_law(place, step, value)]
        if step.unit == "条":
            first, last = ((one.value, one.insertion) for one in (step.first, step.last))
            return [name for *number, name in self._articles[root] if first <= tuple(number) <= last]
        if step.unit in _GROUPS:
            return self._groups(place, step)
        return [below for value in step.values() for below in self._in_article(place, step.unit, value)]

    def _of_table(self, place: Eid, step: Step, value: int) -> list[Eid]:
        """A table, or a row or group of the table that the place is, or of the only one that stands there."""
        if step.unit == "表":
            return self._table(place, value)
        table = self._tables.get(place) or self._only_table(place)
        if table is None:
            return []
        if step.unit in ROWS:
            return table.at(step.unit, value)
        row = table.numbered.get(value)
        bracketed = row is not None and _BRACKETED.match(self._named[row].label or "")
        return [row] if row and (bracketed or not step.first.bracketed) else []

    def _only_table(self, place: Eid) -> _Table | None:
        """The table that stands at a place, or else the only one of its text, where that is below the place."""
        beside = self._tables_in.get(place, []) or self._tables_of.get(place.root, [])
        return beside[0] if len(beside) == 1 and beside[0].anchor.is_below(place) else None

    def _table(self, place: Eid, value: int) -> list[Eid]:
        """The table of a number: printed above it, or else counted. None where the two are of different tables."""
        if not value:
            only = self._only_table(place)
            return [only.anchor] if only else []
        name = place.below(Kind.TABLE, value)
        printed = [
            one.anchor
            for one in self._tables_printed.get((place.root, value), ())
            if one.anchor.is_below(place)
        ]
        if name not in self._tables:
            return printed if len(printed) == 1 else []
        if printed:
            return printed if printed == [name] else []
        return [name] if self._tables[name].printed is None else []

    def _in_article(self, place: Eid, unit: str, value: int) -> list[Eid]:
        """A 款, 项 or 目 of a 条: the only one of that number."""
        article = place.article
        at = _position(article, place) if article is not None else None
        names: list[Eid] = []
        if at is None or place not in (at.article, at.paragraph, at.paragraph.below(Kind.POINT, at.point)):
            return names  # outside the 条, or deeper in it
        if unit == "款":
            names = [at.article.below(Kind.PARAGRAPH, value)]
        elif unit == "项" and at.point is None:
            paras = [at.para] if place != at.article else range(1, _MOST_PARAGRAPHS)
            names = [
                at.article.below(Kind.PARAGRAPH, para).below(kind, value)
                for kind in (Kind.POINT, Kind.INDENT)
                for para in paras
            ]
        elif unit == "目" and at.point is not None:
            names = [place.below(Kind.INDENT, value)]
        known = [name for name in names if name in self._named]
        return known if len(known) == 1 else []

    def _groups(self, place: Eid, step: Step) -> list[Eid]:
        """The 编, 章 or 节 below a place: the only one of that number."""
        numbers = step.values()
        found = [
            one
            for one in self._descendants(place)
            if one.kind is _GROUPS[step.unit] and one.number in numbers
        ]
        counts = Counter(one.number for one in found)
        return [one.anchor for one in found if counts[one.number] == 1]

    def _outside_law(self, place: Eid, step: Step, value: int) -> list[Eid]:
        """A numbered clause of an opinion, a plan, measures: the only one that the printed number can mean.

        第35项 and 第35条 of the whole text are its measures, or the rows of its table of that number. Else the first
        level below the place counts that has the number; （五） in brackets means a label in brackets.
        """
        if place == place.root and step.unit in ("条", "项") and not step.first.bracketed:
            measure = self._measures.get(place, {}).get(value) or self._rows.get(place, {}).get(value)
            return [measure] if measure else []
        kinds = _KINDS.get(step.unit, ())
        level = self._below[place]
        while level:
            found = [
                one
                for one in level
                if one.kind in kinds
                and one.number == value
                and (not step.first.bracketed or _BRACKETED.match(one.label or ""))
            ]
            if found:
                return [found[0].anchor] if len(found) == 1 else []
            level = [
                below for one in level if one.kind not in _OTHER_TEXTS for below in self._below[one.anchor]
            ]
        return self._of_table(place, step, value) if step.unit == "项" and place != place.root else []

    def _descendants(self, place: Eid) -> Iterator[Clause]:
        """The clauses below a place, those of attachments left out."""
        level = self._below[place]
        while level:
            yield from level
            level = [
                below for one in level if one.kind not in _OTHER_TEXTS for below in self._below[one.anchor]
            ]


def _tables(clauses: Iterable[Clause]) -> dict[Eid, _Table]:
    """The tables by anchor; one without a head is known by its rows only."""
    found: dict[Eid, _Table] = {}
    for clause in clauses:
        anchor = clause.anchor.table if clause.kind in IN_TABLES else None
        if anchor is None:
            continue
        table = found.setdefault(anchor, _Table(anchor))
        if clause.kind is Kind.TABLE:
            number = _TABLE_NUMBER.search(clause.wording)
            table.printed = to_int(number[1]) if number else None
        else:
            (table.rows if clause.kind is Kind.ROW else table.groups).append(clause)
    return found


def _told_apart(rows: Iterable[Clause]) -> dict[int, Eid]:
    """The anchors of the rows by their printed numbers; none of a number that several have."""
    rows = list(rows)
    counts = Counter(row.number for row in rows)
    return {row.number: row.anchor for row in rows if row.number and counts[row.number] == 1}
