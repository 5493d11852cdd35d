"""The contents of a policy's page, made from its clauses: down to the measure or the article, as in a printed book.

Python-Markdown's own contents know headings only; most measures and articles are not headings.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.cells import table_text
from generator.model import IN_TABLES, Clause, Eid, Kind, Policy

_ALWAYS = frozenset({Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.ARTICLE, Kind.ATTACHMENT, Kind.COVER})
_NUMBERED = frozenset({Kind.PARAGRAPH, Kind.SUBPARAGRAPH})  # measures, outside a 条
_DEEPEST = 10  # levels; what stands deeper is listed with the last of them
_EXCERPT = 20  # characters of a clause that has no title
_LONG_TITLE = 36


@dataclass(frozen=True)
class Entry:
    """A line of the contents and the lines below it."""

    clause: Clause
    label: str  # as printed; empty where the clause has none
    text: str  # the title, or the beginning of the text
    below: tuple[Entry, ...] = ()

    @property
    def size(self) -> int:
        """How many lines this entry is, those below it counted."""
        return 1 + sum(entry.size for entry in self.below)


def contents(policy: Policy) -> tuple[Entry, ...]:
    """The contents of a policy, as a tree.

    款 and 项 of a 条, paragraphs without a number, the rows of a table and a table without a caption are left out.
    """
    clauses = policy.by_anchor
    listed = [clause for clause in policy.clauses if _is_listed(clause, clauses)]
    anchors = {clause.anchor for clause in listed}
    below: dict[Eid | None, list[Clause]] = {}
    holders: dict[Eid | None, Eid | None] = {}
    depths: dict[Eid | None, int] = {None: 0}
    for clause in listed:
        above = next((one.anchor for one in _above(clause, clauses) if one.anchor in anchors), None)
        if depths[above] == _DEEPEST:
            above = holders[above]
        below.setdefault(above, []).append(clause)
        holders[clause.anchor], depths[clause.anchor] = above, depths[above] + 1
    return _entries(None, below)


def _entries(above: Eid | None, below: dict[Eid | None, list[Clause]]) -> tuple[Entry, ...]:
    return tuple(
        Entry(clause, clause.label or "", _text(clause), _entries(clause.anchor, below))
        for clause in below.get(above, ())
    )


def _above(clause: Clause, clauses: Mapping[str, Clause]) -> Iterator[Clause]:
    """The clauses a clause stands under, the nearest first."""
    while clause.parent is not None:
        clause = clauses[clause.parent]
        yield clause


def _is_listed(clause: Clause, clauses: Mapping[str, Clause]) -> bool:
    if clause.kind in _ALWAYS:
        return True
    if clause.kind in IN_TABLES:
        in_article = any(one.kind is Kind.ARTICLE for one in _above(clause, clauses))
        return clause.kind is Kind.TABLE and bool(table_text(clause).caption) and not in_article
    if clause.label is None or any(one.kind is Kind.ARTICLE for one in _above(clause, clauses)):
        return False
    return clause.kind in _NUMBERED or clause.heading or clause.title is not None


def _text(clause: Clause) -> str:
    """What stands beside the label: the title as it reads when corrected, or the beginning of the text."""
    text = _corrected(clause)[len(clause.label or "") :].strip()
    first = text.split("\n", 1)[0]
    if clause.title is None and not clause.heading and clause.kind is not Kind.TABLE:
        return _cut(first, _EXCERPT)
    return _cut(
        first if clause.heading or clause.title is None else first[: len(clause.title or "")], _LONG_TITLE
    )


def _corrected(clause: Clause) -> str:
    text = clause.wording
    for one in reversed(clause.corrections):
        text = text[: one.start] + one.corrected + text[one.stop :]
    return text


def _cut(text: str, length: int) -> str:
    folded = " ".join(text.split())
    return folded if len(folded) <= length else folded[: length - 1] + "…"


def size(entries: Sequence[Entry]) -> int:
    """How many lines the contents have."""
    return sum(entry.size for entry in entries)
