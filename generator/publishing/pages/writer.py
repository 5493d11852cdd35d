"""The Markdown pages: a policy each, an index per indicator, the lists, the account."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import jinja2

from generator import sitemap
from generator.analysis.glossary import definitions
from generator.analysis.responsibility import NoteReader
from generator.anchors import changes
from generator.anchors.addresses import Destination
from generator.anchors.citation import citations, clause_paths, policy_citation, table_names
from generator.cells import one_line
from generator.files.text import write_text
from generator.model import IN_TABLES, Assignment, Clause, Corpus, Policy
from generator.publishing.pages import markdown
from generator.publishing.pages.clauses import clause_markdown
from generator.publishing.pages.hanging import hanging_classes
from generator.publishing.pages.layers import Layers
from generator.publishing.pages.tables import Table, make_table
from generator.views.contents import contents, size
from generator.views.coverage import SHADES, coverage
from generator.views.descriptions import (
    indicator_description,
    policy_description,
    unit_description,
)
from generator.views.due import (
    deadlines_by_policy,
    deadlines_of,
    months,
    names_a_day,
    undated,
    years,
)
from generator.views.fidelity import account_rows, doubt_rows, unread_files
from generator.views.indicators import Comparisons, topic_counts
from generator.views.likeness import Likeness
from generator.views.lists import level_name, newest, places, rows
from generator.views.policies import PolicyFacts, listed_corrections, page_blocks
from generator.views.terms import TermMark, term_id, term_marks, usages
from generator.views.units import ROLES, Offices, unit_id
from generator.vocabulary import Vocabulary
from generator.vocabulary.indicators import Indicator

_EXCERPT = 90  # characters of a clause on an index page
_LISTED = 3000  # clauses on the page of an indicator; where there are more, each policy leads to its own
_USED_IN = 30  # policies listed below a term of the glossary; the search has the others


@dataclass(frozen=True)
class Hit:
    """A clause on an indicator's page."""

    clause: Clause
    assignment: Assignment
    excerpt: str


class PageWriter:
    """Renders every generated page of a corpus from the templates in `templates_dir`."""

    def __init__(self, corpus: Corpus, words: Vocabulary, templates_dir: Path) -> None:
        self._corpus = corpus
        self._words = words
        self._taxonomy = words.taxonomy
        self._policies = {policy.id: policy for policy in corpus.policies}
        self._known = PolicyFacts(corpus, words)
        self._offices = Offices(corpus, words.units)
        self._deadlines = {policy.id: deadlines_of(policy, corpus) for policy in corpus.policies}
        self._paths = {policy.id: clause_paths(policy) for policy in corpus.policies}
        self._table_names = {policy.id: table_names(policy) for policy in corpus.policies}
        self.comparisons = Comparisons(corpus, words)
        self._likeness = Likeness(corpus, NoteReader(words.units))
        self._topics = words.topics
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
            "table": self._table,
            "facts": self._known.of_clause,
            "cited": _destination,
            "path": lambda clause: self._paths[clause.policy][clause.anchor],
            "label": self._label,
            "referrers": self._known.referring,
            "similar": self._likeness.of,
            "origin": _origin,
            "level": level_name,
            "term_id": term_id,
            "excerpt": _excerpt,
            "one_line": one_line,
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
            "calendar_file": sitemap.calendar_file,
            "indicator_names": {indicator.id: indicator.name for indicator in words.taxonomy.indicators},
            "compared": self.comparisons.of,
            "comparison_file": sitemap.comparison_file,
            "topics": self._topics,
            "corpus": corpus,
            "policies": self._policies,
            "taxonomy": words.taxonomy,
        }

    def write(self, docs_dir: Path, progress: Callable[[str], None]) -> None:
        """Write all generated pages into their folders of `docs_dir`."""
        hits = self._hits()
        counts = {id_: sum(map(len, by_policy.values())) for id_, by_policy in hits.items()}
        pages = self._pages(hits, counts, progress)
        for path, text in pages:
            write_text(docs_dir / path, text)

    def _pages(
        self,
        hits: Mapping[str, Mapping[Policy, Sequence[Hit]]],
        counts: Mapping[str, int],
        progress: Callable[[str], None],
    ) -> Iterator[tuple[str, str]]:
        """Every generated page, and what the home page includes: where it is below docs/, and its text."""
        for policy in self._corpus.policies:
            progress(policy.name)
            yield sitemap.POLICY.source(policy.id), self.policy_page(policy)
        yield self._page(
            sitemap.POLICIES, rows=rows(self._corpus.policies), places=places(self._corpus.policies)
        )
        for indicator in self._taxonomy.indicators:
            progress(indicator.name)
            yield (
                sitemap.INDICATOR.source(indicator.id),
                self.indicator_page(indicator, hits[indicator.id]),
            )
        yield self._page(sitemap.INDICATORS, counts=counts)
        table = coverage(self._corpus, self._taxonomy.indicators)
        yield self._page(sitemap.COVERAGE, table=table, shades=SHADES)
        yield sitemap.CARDS.path, self._render(sitemap.CARDS.template, counts=counts)
        for office in self._offices.paged:
            yield self._page(sitemap.UNIT, office.page, office=office)
        yield self._page(sitemap.UNITS, offices=self._offices)
        yield self._page(sitemap.OTHER_UNITS, offices=self._offices)
        yield sitemap.DUE.source(), self._due_page()
        yield self._page(sitemap.SIMILAR, pairs=self._likeness.pairs, left_out=self._likeness.left_out)
        for topic in self._topics:
            yield self._page(sitemap.TOPIC, topic.id, topic=topic, counts=counts)
        yield self._page(sitemap.TOPICS, topic_counts=topic_counts(self._topics, self._corpus))
        yield self._page(
            sitemap.FIDELITY,
            accounts=account_rows(self._corpus),
            doubts=doubt_rows(self._corpus),
            unread=unread_files(self._corpus),
        )
        yield self._page(sitemap.REFERENCES, documents=self._known.unknown())

    def _page(self, page_type: sitemap.PageType, id_: str | None = "", **values: object) -> tuple[str, str]:
        """A page of a type: where it is below docs/, and its text."""
        return page_type.source(id_ or ""), self._render(page_type.template or "", **values)

    def forward_pages(self, site_url: str) -> Iterator[tuple[str, str]]:
        """For each id a policy had before, its page that leads on: address below the site's root, and HTML.

        `site_url` is where the site is published, with a slash at the end, or empty.
        """
        for policy in self._corpus.policies:
            for former in policy.former_ids:
                canonical = site_url and site_url + policy.url
                page = self._render(
                    sitemap.FORWARD.template or "", policy=policy, former=former, canonical=canonical
                )
                yield sitemap.FORWARD.url(former), page

    def write_fragments(self, docs_dir: Path, record: Sequence[changes.Entry]) -> None:
        """Write what hand-written pages include, into `docs_dir`/fragments. `record`: the changes, newest first."""
        policies = self._corpus.policies
        used = usages(self._corpus, self._words.glossary)
        fragments: dict[sitemap.Fragment, dict[str, object]] = {
            sitemap.HOME_LISTS: {"places": places(policies), "newest": newest(policies)},
            sitemap.GLOSSARY_LISTS: {
                "groups": groupby(used, key=lambda usage: usage.term.group),
                "shown_policies": _USED_IN,
                "defined": [
                    (policy, found)
                    for policy in policies
                    if (found := list(definitions(policy, self._words.documents)))
                ],
            },
            sitemap.CHANGES_LISTS: {
                "days": groupby(record, key=lambda entry: entry.date),
                "kinds": changes.KINDS,
                "summary": changes.summary,
            },
        }
        for fragment, values in fragments.items():
            write_text(docs_dir / fragment.path, self._render(fragment.template, **values))

    def policy_page(self, policy: Policy) -> str:
        """One policy as Markdown: header with metadata and source, then the text in the order of the print."""
        entries = contents(policy)
        return self._render(
            sitemap.POLICY.template or "",
            policy=policy,
            blocks=page_blocks(policy),
            indicators=self._known.indicators_of(policy),
            deadlines=self._deadlines[policy.id],
            with_calendar=names_a_day(self._deadlines[policy.id]),
            contents=entries,
            contents_size=size(entries),
            hanging=hanging_classes(policy),
            terms=term_marks(policy, self._corpus, self._words),
            corrections=listed_corrections(policy),
            unknown=self._known.unknown_of(policy),
            departed=self._known.departed(policy),
            said_repealed=self._known.repealed_by(policy),
        )

    def _label(self, clause: Clause) -> str | None:
        """By what a list names a clause: its printed label; one of a table, whose label says little, as it is cited."""
        return self._paths[clause.policy][clause.anchor] if clause.kind in IN_TABLES else clause.label

    def _table(self, clauses: Sequence[Clause], terms: Mapping[str, Sequence[TermMark]]) -> Table:
        """The table that some clauses of a policy are, with the terms to explain in it by anchor."""

        def layers(clause: Clause) -> Layers:
            known = self._corpus.analysis(clause)
            marks = terms.get(clause.anchor, ())
            return Layers(clause, known.references, marks, known.commitments, markdown.HTML)

        names = self._table_names[clauses[0].policy]
        return make_table(clauses, names[clauses[0].anchor.table], layers)

    def indicator_page(self, indicator: Indicator, hits: Mapping[Policy, Sequence[Hit]]) -> str:
        """What an indicator's clauses promise, side by side, then the clauses by policy, as Markdown."""
        order = self.comparisons.in_order(hits)
        return self._render(
            sitemap.INDICATOR.template or "",
            indicator=indicator,
            hits=hits,
            order=order,
            listed=[self.comparisons.rows[policy.id] for policy in order],
            with_clauses=sum(map(len, hits.values())) <= _LISTED,
            places=places(order),
            topic=next((topic for topic in self._topics if indicator in topic.indicators), None),
            comparisons=self.comparisons.of(indicator.id),
            leads=self.comparisons.leads(indicator.id),
        )

    def _due_page(self) -> str:
        """The deadlines of all policies in the order of time, as Markdown."""
        deadlines = [one for found in self._deadlines.values() for one in found]
        return self._render(
            sitemap.DUE.template or "",
            deadlines=deadlines,
            years=years(months(deadlines)),
            undated=undated(deadlines),
            calendars=[policy for policy in self._corpus.policies if names_a_day(self._deadlines[policy.id])],
        )

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
    text = one_line(clause.body.removeprefix(clause.title or "").removeprefix("。"))
    return text if len(text) <= _EXCERPT else text[:_EXCERPT] + "…"
