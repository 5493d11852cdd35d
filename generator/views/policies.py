"""What the page of a policy shows beside its text: what is known of a clause, what refers to it, what is missing."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby

from generator.analysis import SaidRepealed, said_repealed
from generator.analysis.references import UnknownDocument, referrers, unknown_documents
from generator.anchors.addresses import Addresses, Destination
from generator.anchors.citation import clause_paths
from generator.model import (
    IN_TABLES,
    Address,
    Analysis,
    Assignment,
    Clause,
    Corpus,
    Correction,
    Eid,
    Kind,
    Matter,
    Moved,
    Policy,
)
from generator.vocabulary import Vocabulary
from generator.vocabulary.indicators import Indicator


@dataclass(frozen=True)
class Block:
    """A stretch of a policy page in the order of the print: matter, a clause, or the clauses of one table."""

    matter: Matter | None = None
    clause: Clause | None = None
    front: bool = False
    table: tuple[Clause, ...] = ()


@dataclass(frozen=True)
class Listed:
    """A correction in the list at the head of a policy's page."""

    id: str
    clause: Clause
    place: str  # how the clause is cited: 第七十七条（八）
    correction: Correction


class PolicyFacts:
    """What stands off from the clauses of a corpus, as the pages of its policies show it."""

    def __init__(self, corpus: Corpus, words: Vocabulary) -> None:
        self._corpus = corpus
        self._indicators = {indicator.id: indicator for indicator in words.taxonomy.indicators}
        self._policies = {policy.id: policy for policy in corpus.policies}
        self._clauses: Mapping[tuple[str, str | None], Clause] = {
            (clause.policy, clause.anchor): clause for policy in corpus.policies for clause in policy.clauses
        }
        self._addresses = Addresses(corpus)
        self._referrers = referrers(corpus.policies, corpus.analyses)
        self._said_repealed = said_repealed(corpus.policies, corpus.analyses)
        self._unknown = unknown_documents(corpus.policies, corpus.analyses, words)
        self._cited_in: defaultdict[str, list[UnknownDocument]] = defaultdict(list)
        for document in self._unknown:
            for id_ in dict.fromkeys(policy.id for policy, _ in document.cited_by):
                self._cited_in[id_].append(document)

    def of_clause(self, clause: Clause) -> Analysis | None:
        """What the line below a clause tells; None where there is nothing to tell.

        The items of a sentence (第二十一条 …：（一）…；（二）…) do not repeat the indicators that it has.
        """
        facts = self._corpus.analysis(clause)
        above = self._clauses.get((clause.policy, clause.parent))
        if above and not above.heading and _same(self._corpus.analysis(above).indicators, facts.indicators):
            facts = replace(facts, indicators=())
        told = facts.indicators or facts.responsibility or facts.due or facts.commitments or facts.guidance
        return facts if told else None

    def referring(self, cited: Policy | Clause) -> list[tuple[Policy, list[Clause]]]:
        """The clauses that refer to a clause, or to a policy as a whole, by policy."""
        if isinstance(cited, Clause):
            addresses = [Address(cited.policy, anchor) for anchor in (cited.anchor, *cited.aliases)]
        else:
            addresses = [Address(cited.id)]
        found = {
            (clause.policy, clause.anchor): clause
            for address in addresses
            for clause in self._referrers.get(address, ())
            if clause.policy != address.policy or address.anchor  # 本办法 in its own text says nothing
        }
        return self._grouped(found.values())

    def repealed_by(self, policy: Policy) -> tuple[SaidRepealed, ...]:
        """The clauses of other policies that say a policy is repealed, where its sidecar does not say so itself."""
        return () if policy.repealed else self._said_repealed.get(policy.id, ())

    def unknown_of(self, policy: Policy) -> list[tuple[UnknownDocument, list[Clause]]]:
        """The documents that a policy cites and the corpus does not have, in the order of the text."""
        order = {clause.anchor: place for place, clause in enumerate(policy.clauses)}
        rows = [
            (document, [clause for citing, clause in document.cited_by if citing.id == policy.id])
            for document in self._cited_in[policy.id]
        ]
        return sorted(rows, key=lambda row: order[row[1][0].anchor])

    def unknown(self) -> list[tuple[UnknownDocument, list[tuple[Policy, list[Clause]]]]]:
        """The documents that policies cite and the corpus does not have, each with the clauses that cite it."""
        return [
            (document, self._grouped(clause for _, clause in document.cited_by)) for document in self._unknown
        ]

    def indicators_of(self, policy: Policy) -> list[tuple[Indicator, int]]:
        """The indicators a policy speaks of, with the number of its clauses, the most first."""
        analyses = map(self._corpus.analysis, policy.clauses)
        counts = Counter(one.id for analysis in analyses for one in analysis.indicators)
        order = {id_: place for place, id_ in enumerate(self._indicators)}
        return [
            (self._indicators[id_], counts[id_])
            for id_ in sorted(counts, key=lambda id_: (-counts[id_], order[id_]))
        ]

    def departed(self, policy: Policy) -> list[tuple[Moved, Destination]]:
        """The anchors whose text has left a policy's page, with where it went."""
        return [
            (moved, destination)
            for moved in policy.moved
            if (destination := self._addresses.find(Address(policy.id, moved.anchor)))
            and (destination.deleted or destination.policy is not policy)
        ]

    def _grouped(self, clauses: Iterable[Clause]) -> list[tuple[Policy, list[Clause]]]:
        """Clauses by the policy they stand in, in the order they come in."""
        groups: defaultdict[str, list[Clause]] = defaultdict(list)
        for clause in clauses:
            groups[clause.policy].append(clause)
        return [(self._policies[id_], group) for id_, group in groups.items()]


def page_blocks(policy: Policy) -> list[Block]:
    """Front matter, clauses and back matter of a policy in the order they are printed in."""
    blocks = [Block(matter=matter, front=True) for matter in policy.front]
    blocks += [Block(clause=clause) for clause in policy.clauses]
    blocks += [Block(matter=matter) for matter in policy.back]
    blocks.sort(key=_first_line)
    return list(_with_tables(blocks))


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
    clauses = {clause.anchor: clause for clause in policy.clauses}
    paths = clause_paths(policy)
    return [
        Listed(
            correction_id(clause, number),
            clause,
            paths[clause.anchor] if clause.kind in IN_TABLES else cited(clause, clauses),
            correction,
        )
        for clause in policy.clauses
        for number, correction in enumerate(clause.corrections, 1)
    ]


def cited(clause: Clause, clauses: Mapping[Eid, Clause]) -> str:
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
