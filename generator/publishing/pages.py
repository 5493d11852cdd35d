"""The Markdown pages: a policy each, an index per indicator, the lists, the account."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import jinja2

from generator.analysis import Indicator, Taxonomy, load_topics
from generator.analysis.glossary import Glossary, definitions
from generator.analysis.references import UnknownDocument, referrers, unknown_documents
from generator.analysis.units import OTHERS
from generator.model import (
    Account,
    Address,
    Analysis,
    Assignment,
    Clause,
    Corpus,
    Correction,
    Doubt,
    Kind,
    Matter,
    Policy,
)
from generator.publishing import changes, markdown
from generator.publishing.addresses import Addresses, Destination
from generator.publishing.calendars import calendar_name, has_calendar
from generator.publishing.citation import citations, clause_paths, policy_citation
from generator.publishing.clauses import clause_markdown, correction_id
from generator.publishing.contents import contents, size
from generator.publishing.coverage import SHADES, coverage
from generator.publishing.data import WHITE_SPACE_REASONS, removed_by_reason
from generator.publishing.descriptions import indicator_description, policy_description, unit_description
from generator.publishing.due_pages import (
    deadlines_by_policy,
    deadlines_of,
    months,
    undated,
    years,
)
from generator.publishing.files import replacing_folder, write_text
from generator.publishing.hanging import hanging_classes
from generator.publishing.indicator_pages import csv_name, load_comparisons, topic_counts
from generator.publishing.lists import level_name, newest, places, rows
from generator.publishing.similar_pages import Likeness
from generator.publishing.terms import term_id, term_marks, usages
from generator.publishing.unit_pages import ROLES, Office, Offices, unit_id

_EXCERPT = 90  # characters of a clause on an index page
_SAMPLE = 60  # characters shown of a removed text


@dataclass(frozen=True)
class Block:
    """A stretch of a policy page in the order of the print: matter or a clause."""

    matter: Matter | None = None
    clause: Clause | None = None
    front: bool = False


@dataclass(frozen=True)
class Hit:
    """A clause on an indicator's page."""

    clause: Clause
    assignment: Assignment
    excerpt: str


@dataclass(frozen=True)
class Listed:
    """A correction in the list at the head of a policy's page."""

    id: str
    clause: Clause
    place: str  # how the clause is cited: 第七十七条（八）
    correction: Correction


class PageWriter:
    """Renders every generated page of a corpus from the templates in `templates_dir`."""

    def __init__(self, corpus: Corpus, taxonomy: Taxonomy, glossary: Glossary, templates_dir: Path) -> None:
        self._corpus = corpus
        self._glossary = glossary
        self._taxonomy = taxonomy
        self._policies = {policy.id: policy for policy in corpus.policies}
        self._addresses = Addresses(corpus)
        self._referrers = referrers(corpus.policies, corpus.analyses)
        self._unknown = unknown_documents(corpus.policies, corpus.analyses)
        self._clauses: Mapping[tuple[str, str | None], Clause] = {
            (clause.policy, clause.anchor): clause for policy in corpus.policies for clause in policy.clauses
        }
        self._offices = Offices(corpus, taxonomy.units)
        self._deadlines = {policy.id: deadlines_of(policy, corpus) for policy in corpus.policies}
        self._paths = {policy.id: clause_paths(policy) for policy in corpus.policies}
        self.comparisons = load_comparisons(corpus)
        self._likeness = Likeness(corpus, taxonomy.notes)
        self._topics = load_topics(taxonomy)
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(templates_dir),
            autoescape=jinja2.select_autoescape(enabled_extensions=("html.j2",), default=False),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.filters |= {
            "inline": markdown.inline,
            "paragraph": markdown.paragraph,
            "quoted": markdown.quoted,
            "policy_description": policy_description,
            "clause": lambda clause, hanging, terms: clause_markdown(
                clause,
                corpus.analysis(clause).references,
                [hanging[clause.anchor]] if clause.anchor in hanging else (),
                terms.get(clause.anchor, ()),
                corpus.analysis(clause).commitments,
            ),
            "facts": self._facts,
            "cited": _destination,
            "path": lambda clause: self._paths[clause.policy][clause.anchor],
            "referrers": self._referring,
            "similar": self._likeness.of,
            "origin": _origin,
            "level": level_name,
            "term_id": term_id,
            "excerpt": _excerpt,
            "by_policy": deadlines_by_policy,
            **self.comparisons.filters,
        }
        self._environment.globals |= {
            "attributes": markdown.attributes,
            "indicator_description": indicator_description,
            "unit_description": unit_description,
            "unit_id": unit_id,
            "office": self._offices.office,
            "roles": ROLES,
            "calendar_name": calendar_name,
            "indicator_names": {indicator.id: indicator.name for indicator in taxonomy.indicators},
            "compared": self.comparisons.of,
            "csv_name": csv_name,
            "topics": self._topics,
            "corpus": corpus,
            "policies": self._policies,
            "taxonomy": taxonomy,
        }

    def write(self, docs_dir: Path, progress: Callable[[str], None]) -> None:
        """Write all generated pages into their folders of `docs_dir`, which change all at once or not at all."""
        hits = self._hits()
        counts = {id_: sum(map(len, by_policy.values())) for id_, by_policy in hits.items()}
        with replacing_folder(docs_dir / "policies") as folder:
            for policy in self._corpus.policies:
                progress(policy.name)
                write_text(folder / f"{policy.id}.md", self.policy_page(policy))
            write_text(folder / "index.md", self._policy_list())
        with replacing_folder(docs_dir / "indicators") as folder:
            for indicator in self._taxonomy.indicators:
                progress(indicator.name)
                page = self.indicator_page(indicator, hits[indicator.id])
                write_text(folder / f"{indicator.id}.md", page)
            write_text(folder / "index.md", self._render("indicators.md.j2", counts=counts))
            write_text(folder / "coverage.md", self._coverage_page())
            write_text(folder / "cards.html", self._render("cards.html.j2", counts=counts))
        with replacing_folder(docs_dir / "units") as folder:
            for office in self._offices.paged:
                write_text(folder / f"{office.page}.md", self.unit_page(office))
            for name, template in (("index", "units.md.j2"), (OTHERS, "units-others.md.j2")):
                write_text(folder / f"{name}.md", self._render(template, offices=self._offices))
        with replacing_folder(docs_dir / "due") as folder:
            write_text(folder / "index.md", self._due_page())
        with replacing_folder(docs_dir / "similar") as folder:
            write_text(folder / "index.md", self._render("similar.md.j2", pairs=self._likeness.pairs))
        with replacing_folder(docs_dir / "b-ready") as folder:
            for topic in self._topics:
                write_text(folder / f"{topic.id}.md", self._render("topic.md.j2", topic=topic, counts=counts))
            totals = topic_counts(self._topics, self._corpus)
            write_text(folder / "index.md", self._render("topics.md.j2", topic_counts=totals))
        with replacing_folder(docs_dir / "data") as folder:
            page = self._render("fidelity.md.j2", accounts=self._account_rows(), doubts=self._doubt_rows())
            write_text(folder / "fidelity.md", page)
            write_text(folder / "references.md", self._references_page())

    def _references_page(self) -> str:
        """The documents that policies cite and the corpus does not have, as Markdown."""
        rows = [
            (document, self._by_policy(clause for _, clause in document.cited_by))
            for document in self._unknown
        ]
        return self._render("references.md.j2", documents=rows)

    def forward_pages(self, site_url: str) -> Iterator[tuple[str, str]]:
        """For each id a policy had before, its page that leads on: address below the site's root, and HTML.

        `site_url` is where the site is published, with a slash at the end, or empty.
        """
        for policy in self._corpus.policies:
            for former in policy.former_ids:
                canonical = site_url and site_url + policy.url
                page = self._render("forward.html.j2", policy=policy, former=former, canonical=canonical)
                yield f"policies/{former}.html", page

    def write_fragments(self, docs_dir: Path, record: Sequence[changes.Entry]) -> None:
        """Write what hand-written pages include, into `docs_dir`/fragments. `record`: the changes, newest first."""
        policies = self._corpus.policies
        used = usages(self._corpus, self._glossary)
        fragments: dict[str, dict[str, object]] = {
            "home.html": {"places": places(policies), "newest": newest(policies)},
            "glossary.md": {
                "groups": groupby(used, key=lambda usage: usage.term.group),
                "defined": [(policy, found) for policy in policies if (found := list(definitions(policy)))],
            },
            "changes.md": {
                "days": groupby(record, key=lambda entry: entry.date),
                "kinds": changes.KINDS,
                "summary": changes.summary,
            },
        }
        with replacing_folder(docs_dir / "fragments") as folder:
            for name, values in fragments.items():
                write_text(folder / name, self._render(f"fragment-{name}.j2", **values))

    def policy_page(self, policy: Policy) -> str:
        """One policy as Markdown: header with metadata and source, then the text in the order of the print."""
        indicators = self._indicators_of(policy)
        entries = contents(policy)
        return self._render(
            "policy.md.j2",
            policy=policy,
            blocks=page_blocks(policy),
            indicators=indicators,
            deadlines=self._deadlines[policy.id],
            with_calendar=has_calendar(self._deadlines[policy.id]),
            contents=entries,
            contents_size=size(entries),
            hanging=hanging_classes(policy),
            terms=term_marks(policy, self._corpus, self._glossary),
            corrections=listed_corrections(policy),
            unknown=self._unknown_of(policy),
            departed=[
                (moved, destination)
                for moved in policy.moved
                if (destination := self._addresses.find(Address(policy.id, moved.anchor)))
                and (destination.deleted or destination.policy is not policy)
            ],
        )

    def _policy_list(self) -> str:
        """The list of all policies, as Markdown."""
        policies = self._corpus.policies
        return self._render("policies.md.j2", rows=rows(policies), places=places(policies))

    def _coverage_page(self) -> str:
        """The table of policies and indicators, as Markdown."""
        table = coverage(self._corpus, self._taxonomy.indicators)
        return self._render("coverage.md.j2", table=table, shades=SHADES)

    def indicator_page(self, indicator: Indicator, hits: Mapping[Policy, Sequence[Hit]]) -> str:
        """What an indicator's clauses promise, side by side, then the clauses by policy, as Markdown."""
        order = self.comparisons.in_order(hits)
        return self._render(
            "indicator.md.j2",
            indicator=indicator,
            hits=hits,
            order=order,
            listed=[self.comparisons.rows[policy.id] for policy in order],
            places=places(order),
            topic=next((topic for topic in self._topics if indicator in topic.indicators), None),
            comparisons=self.comparisons.of(indicator.id),
            leads=self.comparisons.leads(indicator.id),
        )

    def unit_page(self, office: Office) -> str:
        """What one office must do, by role and policy, as Markdown."""
        return self._render("unit.md.j2", office=office)

    def _due_page(self) -> str:
        """The deadlines of all policies in the order of time, as Markdown."""
        deadlines = [one for found in self._deadlines.values() for one in found]
        return self._render(
            "due.md.j2",
            deadlines=deadlines,
            years=years(months(deadlines)),
            undated=undated(deadlines),
            calendars=[
                policy for policy in self._corpus.policies if has_calendar(self._deadlines[policy.id])
            ],
        )

    def _facts(self, clause: Clause) -> Analysis | None:
        """What the line below a clause tells; None where there is nothing to tell.

        The items of a sentence (第二十一条 …：（一）…；（二）…) do not repeat the indicators that it has.
        """
        facts = self._corpus.analysis(clause)
        above = self._clauses.get((clause.policy, clause.parent))
        if above and not above.heading and _same(self._corpus.analysis(above).indicators, facts.indicators):
            facts = replace(facts, indicators=())
        told = facts.indicators or facts.responsibility or facts.due or facts.commitments
        return facts if told else None

    def _referring(self, cited: Policy | Clause) -> list[tuple[Policy, list[Clause]]]:
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
        return self._by_policy(found.values())

    def _by_policy(self, clauses: Iterable[Clause]) -> list[tuple[Policy, list[Clause]]]:
        """Clauses by the policy they stand in, in the order they come in."""
        groups: defaultdict[str, list[Clause]] = defaultdict(list)
        for clause in clauses:
            groups[clause.policy].append(clause)
        return [(self._policies[id_], group) for id_, group in groups.items()]

    def _unknown_of(self, policy: Policy) -> list[tuple[UnknownDocument, list[Clause]]]:
        """The documents that a policy cites and the corpus does not have, in the order of the text."""
        order = {clause.anchor: place for place, clause in enumerate(policy.clauses)}
        rows = [
            (document, clauses)
            for document in self._unknown
            if (clauses := [clause for citing, clause in document.cited_by if citing.id == policy.id])
        ]
        return sorted(rows, key=lambda row: order[row[1][0].anchor])

    def _render(self, template: str, **values: object) -> str:
        return self._environment.get_template(template).render(**values)

    def _hits(self) -> dict[str, dict[Policy, list[Hit]]]:
        """For every indicator, in the order of the corpus, its clauses by policy."""
        hits: dict[str, dict[Policy, list[Hit]]] = {one.id: {} for one in self._taxonomy.indicators}
        for policy in self._corpus.policies:
            for clause in policy.clauses:
                for assignment in self._corpus.analysis(clause).indicators:
                    hit = Hit(clause, assignment, _excerpt(clause))
                    hits[assignment.id].setdefault(policy, []).append(hit)
        return hits

    def _indicators_of(self, policy: Policy) -> list[tuple[Indicator, int]]:
        """The indicators a policy speaks of, with the number of its clauses, the most first."""
        analyses: list[Analysis] = [self._corpus.analysis(clause) for clause in policy.clauses]
        counts = Counter(one.id for analysis in analyses for one in analysis.indicators)
        names = {indicator.id: indicator for indicator in self._taxonomy.indicators}
        order = list(names)
        return [
            (names[id_], counts[id_])
            for id_ in sorted(counts, key=lambda id_: (-counts[id_], order.index(id_)))
        ]

    def _doubt_rows(self) -> list[tuple[Policy, list[tuple[Doubt, str]]]]:
        """The policies that have doubts, each with its doubts and how their clauses are cited."""
        by_policy: defaultdict[str, list[Doubt]] = defaultdict(list)
        for doubt in self._corpus.doubts:
            by_policy[doubt.policy].append(doubt)
        rows: list[tuple[Policy, list[tuple[Doubt, str]]]] = []
        for policy in self._corpus.policies:
            clauses = {clause.anchor: clause for clause in policy.clauses}
            places = [
                _cited(clauses[doubt.anchor], clauses) if doubt.anchor else "（条文之外）"
                for doubt in by_policy[policy.id]
            ]
            if places:
                rows.append((policy, list(zip(by_policy[policy.id], places, strict=True))))
        return rows

    def _account_rows(self) -> list[tuple[Account, list[tuple[str, int, list[str]]]]]:
        """Every account with its removals: reason, characters, and samples of the removed text."""
        rows: list[tuple[Account, list[tuple[str, int, list[str]]]]] = []
        for account in self._corpus.accounts:
            reasons: list[tuple[str, int, list[str]]] = []
            for reason, items in removed_by_reason(account).items():
                texts = (
                    [] if reason in WHITE_SPACE_REASONS else list(dict.fromkeys(item.text for item in items))
                )
                reasons.append(
                    (
                        reason,
                        sum(item.stop - item.start for item in items),
                        [text[:_SAMPLE] for text in texts],
                    )
                )
            rows.append((account, reasons))
        return rows


def page_blocks(policy: Policy) -> list[Block]:
    """Front matter, clauses and back matter of a policy in the order they are printed in."""
    blocks = [Block(matter=matter, front=True) for matter in policy.front]
    blocks += [Block(clause=clause) for clause in policy.clauses]
    blocks += [Block(matter=matter) for matter in policy.back]
    return sorted(blocks, key=_first_line)


def _first_line(block: Block) -> int:
    place = block.clause or block.matter
    assert place is not None
    return place.place.first_line


def listed_corrections(policy: Policy) -> list[Listed]:
    """All corrections of a policy, in the order of its text."""
    clauses = {clause.anchor: clause for clause in policy.clauses}
    return [
        Listed(correction_id(clause, number), clause, _cited(clause, clauses), correction)
        for clause in policy.clauses
        for number, correction in enumerate(clause.corrections, 1)
    ]


def _cited(clause: Clause, clauses: Mapping[str, Clause]) -> str:
    """How a clause is cited: the labels that its anchor is made of, 第七十七条（八）, 第三十九条第 2 款, 22."""
    labels = [_name(clause)]
    parent = clause.parent
    while parent and clause.anchor.startswith(f"{parent}__"):
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


def _destination(destination: Destination) -> str:
    """Where an address leads, as it is cited."""
    if destination.clause is None:
        return policy_citation(destination.policy)
    return citations(destination.policy)[destination.clause.anchor]


def _origin(policy: Policy, fact: str) -> str:
    """Where a fact of the metadata was read, in words: a line of the source, or the sidecar."""
    place = policy.read_from.get(fact)
    if place is None:
        return ""
    return f"第 {place.first_line} 行" if place.file == policy.source.path else "说明文件"


def _excerpt(clause: Clause) -> str:
    """The beginning of a clause's text after its title, on one line."""
    text = " ".join(clause.body.removeprefix(clause.title or "").removeprefix("。").split())
    return text if len(text) <= _EXCERPT else text[:_EXCERPT] + "…"
