"""What the page of a policy shows beside its text: what is known of a clause, what refers to it, what is missing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby

from generator.analysis import said_repealed
from generator.analysis.references import UnknownDocument, referrers, unknown_documents
from generator.anchors.addresses import Addresses, Destination
from generator.model import (
    IN_TABLES,
    Address,
    Analysis,
    Assignment,
    Clause,
    Corpus,
    Correction,
    Kind,
    Matter,
    Policy,
)
from generator.views.analyses import Analyses
from generator.views.cited import CitedClause, Citer, by_policy
from generator.views.likeness import Likeness, Other
from generator.vocabulary import Vocabulary
from generator.vocabulary.indicators import Indicator


@dataclass(frozen=True)
class Block:
    """A stretch of a policy page in the order of the print: matter, a clause, or the clauses of one table."""

    matter: Matter | None = None
    clause: Clause | None = None
    front: bool = False
    table: tuple[Clause, ...] = ()
    page: int | None = None  # of the original, where the first clause on it stands here


@dataclass(frozen=True)
class Listed:
    """A correction in the list at the head of a policy's page."""

    id: str
    clause: Clause
    place: str  # how the clause is cited: 第七十七条（八）
    correction: Correction


@dataclass(frozen=True)
class Unknown:
    """A document that a policy cites and the corpus does not have."""

    title: str | None
    document_number: str | None
    cited_by: tuple[CitedClause, ...]


@dataclass(frozen=True)
class SaidBy:
    """A clause of another policy that says this one is repealed."""

    clause: CitedClause
    date: str | None  # ISO date from which


@dataclass(frozen=True)
class Departed:
    """An anchor whose text has left the page of its policy."""

    anchor: str
    note: str | None
    url: str | None  # where the text is now; None where it was deleted
    citation: str  # of that; empty where it was deleted


@dataclass(frozen=True)
class Around:
    """What the rest of the corpus says of one policy: small, and fit to be handed to another process."""

    referrers: Mapping[str | None, tuple[tuple[CitedClause, ...], ...]] = field(default_factory=dict)
    """By anchor, None: the policy as a whole; the clauses by policy."""
    similar: Mapping[str, tuple[Other, ...]] = field(default_factory=dict)  # by anchor
    unknown: tuple[Unknown, ...] = ()  # in the order of the text
    departed: tuple[Departed, ...] = ()
    repealed_by: tuple[SaidBy, ...] = ()  # empty where the policy's sidecar says itself that it is repealed
    successor: str | None = None  # the name of the policy that stands for a repealed one


@dataclass(frozen=True)
class About:
    """What stands below one clause: what is known of it, what refers to it, what is like it. True where there is any."""

    facts: Analysis | None
    referrers: tuple[tuple[CitedClause, ...], ...]
    similar: tuple[Other, ...]

    def __bool__(self) -> bool:
        return bool(self.facts or self.referrers or self.similar)


class Surroundings:
    """What the policies of a corpus say of one another."""

    def __init__(self, corpus: Corpus, words: Vocabulary, citer: Citer, likeness: Likeness) -> None:
        self._policies = {policy.id: policy for policy in corpus.policies}
        self._citer = citer
        self._likeness = likeness
        self._addresses = Addresses(corpus)
        self._referrers = referrers(corpus.policies, corpus.analyses)
        self._said_repealed = said_repealed(corpus.policies, corpus.analyses)
        self._unknown = unknown_documents(corpus.policies, corpus.analyses, words)
        self._cited_in: defaultdict[str, list[UnknownDocument]] = defaultdict(list)
        for document in self._unknown:
            for id_ in dict.fromkeys(policy.id for policy, _ in document.cited_by):
                self._cited_in[id_].append(document)

    def around(self, policy: Policy) -> Around:
        """What the rest of the corpus says of a policy."""
        referring: dict[str | None, tuple[tuple[CitedClause, ...], ...]] = {None: self._referring(policy.id)}
        referring |= {clause.anchor: self._referring(policy.id, clause) for clause in policy.clauses}
        alike = {clause.anchor: tuple(self._likeness.of(clause)) for clause in policy.clauses}
        said = () if policy.repealed else self._said_repealed.get(policy.id, ())
        successor = self._policies.get(policy.repealed.by or "") if policy.repealed else None
        return Around(
            referrers={anchor: groups for anchor, groups in referring.items() if groups},
            similar={anchor: others for anchor, others in alike.items() if others},
            unknown=self._unknown_of(policy),
            departed=tuple(self._departed(policy)),
            repealed_by=tuple(SaidBy(self._citer.cited(one.clause), one.date) for one in said),
            successor=successor.name if successor else None,
        )

    def unknown(self) -> list[Unknown]:
        """The documents that policies cite and the corpus does not have, those that most clauses cite first."""
        return [
            Unknown(
                one.title,
                one.document_number,
                tuple(self._citer.cited(clause) for _, clause in one.cited_by),
            )
            for one in self._unknown
        ]

    def _referring(self, policy: str, clause: Clause | None = None) -> tuple[tuple[CitedClause, ...], ...]:
        """The clauses that refer to a clause, or to a policy as a whole, by policy."""
        anchors = [clause.anchor, *clause.aliases] if clause else [None]
        found = {
            (one.policy, one.anchor): one
            for anchor in anchors
            for one in self._referrers.get(Address(policy, anchor), ())
            if one.policy != policy or anchor  # 本办法 in its own text says nothing
        }
        return tuple(by_policy(map(self._citer.cited, found.values())))

    def _unknown_of(self, policy: Policy) -> tuple[Unknown, ...]:
        order = {clause.anchor: place for place, clause in enumerate(policy.clauses)}
        rows = [
            Unknown(
                document.title,
                document.document_number,
                tuple(
                    self._citer.cited(clause)
                    for citing, clause in document.cited_by
                    if citing.id == policy.id
                ),
            )
            for document in self._cited_in[policy.id]
        ]
        return tuple(sorted(rows, key=lambda row: order[row.cited_by[0].anchor]))

    def _departed(self, policy: Policy) -> Iterator[Departed]:
        """The anchors whose text has left a policy's page, with where it went."""
        for moved in policy.moved:
            end = self._addresses.find(Address(policy.id, moved.anchor))
            if end is None or not (end.deleted or end.policy is not policy):
                continue
            url = None if end.deleted else end.address.url
            yield Departed(moved.anchor, moved.note, url, "" if end.deleted else _citation(end))


def _citation(destination: Destination) -> str:
    """Where an address leads, as it is cited."""
    return destination.policy.citation + (destination.clause.path if destination.clause else "")


def about_clauses(policy: Policy, analyses: Analyses, around: Around) -> Mapping[str, About]:
    """By anchor, what stands below the clauses of a policy.

    The items of a sentence (第二十一条 …：（一）…；（二）…) do not repeat the indicators that it has.
    """
    clauses = policy.by_anchor
    found: dict[str, About] = {}
    for clause in policy.clauses:
        facts = analyses.get(clause.anchor, Analysis())
        above = clauses.get(clause.parent) if clause.parent else None
        if above and not above.heading:
            before = analyses.get(above.anchor, Analysis())
            if _same(before.indicators, facts.indicators):
                facts = replace(facts, indicators=())
        told = facts.indicators or facts.responsibility or facts.due or facts.commitments or facts.guidance
        found[clause.anchor] = About(
            facts if told else None,
            around.referrers.get(clause.anchor, ()),
            around.similar.get(clause.anchor, ()),
        )
    return found


def indicators_of(
    policy: Policy, analyses: Analyses, indicators: Iterable[Indicator]
) -> list[tuple[Indicator, int]]:
    """The indicators a policy speaks of, with the number of its clauses, the most first."""
    counts = Counter(
        one.id for clause in policy.clauses for one in analyses.get(clause.anchor, Analysis()).indicators
    )
    spoken_of = [(one, counts[one.id]) for one in indicators if counts[one.id]]
    return sorted(spoken_of, key=lambda item: -item[1])


def page_blocks(policy: Policy) -> list[Block]:
    """Front matter, clauses and back matter of a policy in the order they are printed in."""
    blocks = [Block(matter=matter, front=True) for matter in policy.front]
    blocks += [Block(clause=clause) for clause in policy.clauses]
    blocks += [Block(matter=matter) for matter in policy.back]
    blocks.sort(key=_first_line)
    return list(_with_pages(_with_tables(blocks)))


def _with_pages(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, those with the first clause of a page of the original with its number."""
    page = None
    for block in blocks:
        clause = block.clause or (block.table[0] if block.table else None)
        if clause is not None and clause.page is not None and clause.page != page:
            page = clause.page
            yield replace(block, page=page)
        else:
            yield block


def _first_line(block: Block) -> int:
    place = block.clause or block.matter
    assert place is not None
    return place.place.first_line


def _with_tables(blocks: Iterable[Block]) -> Iterator[Block]:
    """The blocks, neighbours that are of one table as one."""
    for in_tables, group in groupby(blocks, key=_is_in_table):
        if in_tables:
            clauses = (block.clause for block in group if block.clause)
            yield from (Block(table=tuple(table)) for table in tables_of(clauses))
        else:
            yield from group


def _is_in_table(block: Block) -> bool:
    return block.clause is not None and block.clause.kind in IN_TABLES


def tables_of(clauses: Iterable[Clause]) -> Iterator[list[Clause]]:
    """Consecutive clauses of one table each: those whose anchors name the same table."""
    found: list[Clause] = []
    for clause in clauses:
        if found and clause.anchor.table != found[-1].anchor.table:
            yield found
            found = []
        found.append(clause)
    if found:
        yield found


def correction_id(clause: Clause, number: int) -> str:
    """The id of a correction's entry in the list at the head of the page: clause and place in it, from 1."""
    return f"correction-{clause.anchor}-{number}"


def listed_corrections(policy: Policy) -> list[Listed]:
    """All corrections of a policy, in the order of its text."""
    return [
        Listed(
            correction_id(clause, number),
            clause,
            clause.path if clause.kind in IN_TABLES else cited(clause, policy.by_anchor),
            correction,
        )
        for clause in policy.clauses
        for number, correction in enumerate(clause.corrections, 1)
    ]


def cited(clause: Clause, clauses: Mapping[str, Clause]) -> str:
    """How a clause is cited: the labels that its anchor is made of, 第七十七条（八）, 第三十九条第 2 款, 22."""
    labels = [_name(clause)]
    parent = clause.parent
    while parent and clause.anchor.is_below(parent):
        labels.append(clauses[parent].label or "")
        parent = clauses[parent].parent
    return "".join(reversed(labels))


def _name(clause: Clause) -> str:
    if clause.label is None and clause.kind is Kind.PARAGRAPH and clause.number:
        return f"第 {clause.number} 款"
    return clause.label or "（未编号段落）"


def _same(above: Iterable[Assignment], own: Iterable[Assignment]) -> bool:
    """Whether two clauses belong to the same indicators in the same roles."""
    return {(one.id, one.role) for one in above} == {(one.id, one.role) for one in own}
