"""How a clause is cited in Chinese prose: 《营口市营商环境优化行动方案》（营政办发〔2020〕14号）第2项.

A clause of a law is cited by 条, 款, 项 and 目; its 编, 章 and 节 are left out, for the 条 run on through the whole
law. Elsewhere the printed numbers are read from the top down (第三部分第（一）项第2点), and measures whose numbers
run on through the whole policy need nothing above them (第35项). A row of a table is cited by its printed 序号
(附件1第3项), else by its place below the head (附件1第3行); its table is named where more than one is meant (附件1表2).
A citation is made from the same numbers as the anchor, so two clauses of a policy never share one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping
from dataclasses import replace

from generator.eid import COVER
from generator.model import IN_TABLES, Clause, Eid, Kind, Policy
from generator.parsing.numerals import to_han

_Items = Counter[tuple[Eid | None, str | None]]
_LABEL_END = re.compile(r"(?<![.．、:：\s])[.．、:：\s]+$")
# What a number is called outside a law, and inside one.
_OUTSIDE = {
    Kind.SECTION: "部分",
    Kind.PARAGRAPH: "项",
    Kind.SUBPARAGRAPH: "点",
    Kind.POINT: "小点",
    Kind.INDENT: "小点",
}
_INSIDE = {Kind.POINT: "项", Kind.INDENT: "目"}


def with_paths(policy: Policy) -> Policy:
    """A policy whose clauses know how they are cited within it."""
    paths = clause_paths(policy)
    return replace(
        policy, clauses=tuple(replace(clause, path=paths[clause.anchor]) for clause in policy.clauses)
    )


def anchor_citations(policy: Policy) -> dict[str, str]:
    """The citation of every anchor on a policy's page, aliases included. Its clauses know their paths.

    An alias is cited as its clause; the first 款 of a 条 that has more than one is named: 第十五条第一款.
    """
    whole = policy.citation
    cited: dict[str, str] = {clause.anchor: whole + clause.path for clause in policy.clauses}
    aliases: dict[str, str] = {
        alias: cited[clause.anchor] + ("第一款" if _is_first_of_many(clause, alias, cited) else "")
        for clause in policy.clauses
        for alias in clause.aliases
    }
    return cited | aliases


def _is_first_of_many(clause: Clause, alias: Eid, anchors: Container[str]) -> bool:
    """Whether an alias of a 条 stands for its first 款, and there is a second."""
    first, second = (clause.anchor.below(Kind.PARAGRAPH, number) for number in (1, 2))
    return clause.kind is Kind.ARTICLE and alias == first and second in anchors


def clause_paths(policy: Policy) -> dict[str, str]:
    """How every clause is cited within its policy, by anchor: 第十五条第二款第（三）项, 第2项, 第三部分第（一）项."""
    named = {anchor: clause for clause in policy.clauses for anchor in (clause.anchor, *clause.aliases)}
    items = Counter((one.parent, one.label) for one in policy.clauses if one.kind is Kind.ITEM)
    tables = _Tables(policy.clauses)
    paths: dict[str, str] = {clause.anchor: _path(clause, named, items, tables) for clause in policy.clauses}
    # A row whose table need not be named may be cited as another clause is: 第3项 of a table, and measure 3.
    shared = Counter(paths.values())
    in_tables = [clause for clause in policy.clauses if clause.kind in IN_TABLES]
    unclear = {one.anchor.table for one in in_tables if shared[paths[one.anchor]] > 1}
    if unclear:
        tables.name(unclear)
        paths |= {one.anchor: _path(one, named, items, tables) for one in in_tables}
    return paths


def table_names(policy: Policy) -> dict[Eid | None, str]:
    """By what every table of a policy is told apart, by its anchor: 附件1表2, 附件1表. Its clauses know their paths."""
    paths = {clause.anchor: clause.path for clause in policy.clauses}
    tables = _Tables(policy.clauses)
    names: dict[Eid | None, str] = {None: "表"}
    for anchor, word in tables.words.items():
        names[anchor] = paths.get(anchor.outer, "印发通知" if anchor.outer == COVER else "") + word
    return names


class _Tables:
    """The tables of a policy, by anchor: what each is called, whether it must be named, how its rows are counted."""

    def __init__(self, clauses: Iterable[Clause]) -> None:
        rows: defaultdict[Eid, list[Clause]] = defaultdict(list)
        for clause in clauses:
            if clause.kind in IN_TABLES and (table := clause.anchor.table):
                rows[table] += [clause] if clause.kind is Kind.ROW else []
        beside = Counter(anchor.outer for anchor in rows)
        alone = {anchor for anchor in rows if beside[anchor.outer] == 1}
        self.words = {anchor: "表" if anchor in alone else f"表{anchor.last.number}" for anchor in rows}
        self._named: set[Eid | None] = {anchor for anchor in rows if anchor not in alone}
        self._printed = {anchor for anchor, own in rows.items() if all(map(_is_by_label, own))}

    def name(self, anchors: Iterable[Eid | None]) -> None:
        """Name these tables in the citations of their rows."""
        self._named.update(anchors)

    def above(self, anchor: Eid) -> str:
        """What a citation of a row has for its table."""
        return self.words.get(anchor, "表") if anchor in self._named else ""

    def row(self, clause: Clause) -> str:
        """A row by its 序号, in a table where these tell its rows apart, else by its place."""
        label = _LABEL_END.sub("", clause.label or "")
        if label and clause.anchor.table in self._printed:
            return f"第{_full_width(label)}项"
        return f"第{clause.anchor.last.number}行"


def _is_by_label(row: Clause) -> bool:
    """Whether the anchor of a row is made from its printed 序号, where it has one."""
    return row.label is None or row.number == row.anchor.last.number


def _path(clause: Clause, named: Mapping[Eid, Clause], items: _Items, tables: _Tables) -> str:
    """The words for each part of an anchor, from the top down. `items`: how often a label stands under a clause."""
    words: list[str] = []
    in_article = False
    for head in clause.anchor.heads:
        one = named.get(head)
        if head == head.table:
            words.append(tables.words.get(head, "表") if head == clause.anchor else tables.above(head))
            continue
        if one is not None and one.kind in (Kind.GROUP, Kind.ROW):
            words.append(tables.row(one) if one.kind is Kind.ROW else f"第{one.anchor.last.number}组")
            continue
        if one is None:  # a prefix without a clause of its own: the covering notice
            words.append("印发通知" if head == COVER else "")
            continue
        if one.kind is Kind.ARTICLE and head != one.anchor:
            # The first 款 stands in the 条 itself; it is named where there is a second.
            words.append("第一款" if one.anchor.below(Kind.PARAGRAPH, 2) in named else "")
            continue
        in_article = in_article or one.kind is Kind.ARTICLE
        words.append(_word(one, items, in_article=in_article))
    return "".join(words)


def _word(clause: Clause, items: _Items, *, in_article: bool) -> str:
    """One step of a path."""
    label = _LABEL_END.sub("", clause.label or "")
    match clause.kind:
        case Kind.PART | Kind.CHAPTER | Kind.ARTICLE | Kind.ATTACHMENT:
            return re.sub(r"\s+", "", label)
        case Kind.COVER:
            return "印发通知"
        case Kind.ITEM:
            return _item(clause, label, items)
        case Kind.ALINEA:
            return f"第{clause.number or clause.anchor.last.number}段"
        case Kind.PARAGRAPH if in_article:
            return f"第{to_han(clause.number or 1)}款"
        case Kind.SECTION if label.startswith("第"):
            return re.sub(r"\s+", "", label)
        case Kind.SUBPARAGRAPH if clause.anchor.is_single:
            return f"第{label}项"
    unit = (_INSIDE if in_article else _OUTSIDE).get(clause.kind, "项")
    if clause.kind is Kind.SECTION and not clause.anchor.is_single:
        unit = "点"  # 一、 below another 一、
    return f"第{_full_width(label)}{unit}"


def _item(clause: Clause, label: str, items: _Items) -> str:
    """An item by its printed word where that tells it apart (一是, A类), else by its place (第二个“——”)."""
    if items[clause.parent, clause.label] == 1:
        return f"“{label}”"
    return f"第{to_han(clause.anchor.last.number or 1)}个“{label}”"


def _full_width(label: str) -> str:
    """(三) as （三）: brackets change from page to page in these texts, in a citation they do not."""
    return re.sub(r"\s+", "", label).replace("(", "（").replace(")", "）")
