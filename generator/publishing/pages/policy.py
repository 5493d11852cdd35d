"""The page of a policy: its text in the order of the print, and what stands off from it.

Worked out from the policy and a few small records alone, so that many can be written side by side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from generator import sitemap
from generator.anchors.citation import table_names
from generator.model import Analysis, Clause, Matter, Policy
from generator.publishing.pages import markdown
from generator.publishing.pages.clauses import clause_markdown
from generator.publishing.pages.hanging import hanging_classes
from generator.publishing.pages.layers import Layers
from generator.publishing.pages.render import Renderer, Written
from generator.publishing.pages.tables import Table, make_table
from generator.views.analyses import Analyses
from generator.views.contents import contents, size
from generator.views.corpus import Views
from generator.views.descriptions import policy_description
from generator.views.due import deadlines_of, names_a_day
from generator.views.policies import (
    Around,
    about_clauses,
    indicators_of,
    listed_corrections,
    page_blocks,
)
from generator.views.terms import TermMark, term_marks
from generator.views.units import office_url
from generator.vocabulary import Vocabulary


@dataclass(frozen=True)
class ShownBlock:
    """A stretch of the page in the order of the print: a clause or matter as Markdown, or a table."""

    text: str = ""
    clause: Clause | None = None
    matter: Matter | None = None
    front: bool = False
    table: Table | None = None
    page: int | None = None  # of the original, where its first clause stands here


def pages(views: Views, render: Renderer) -> Iterator[Written]:
    """The page of every policy."""
    for policy in views.corpus.policies:
        yield policy_page(policy, views.analyses(policy), views.around(policy), views.words, render)


def policy_page(
    policy: Policy, analyses: Analyses, around: Around, words: Vocabulary, render: Renderer
) -> Written:
    """One policy: header with metadata and source, then its text with what stands off from it."""
    deadlines = deadlines_of(policy, analyses)
    entries = contents(policy)
    return render.page(
        sitemap.POLICY,
        policy.id,
        policy=policy,
        description=policy_description(policy),
        origins={fact: _origin(policy, fact) for fact in policy.read_from},
        blocks=list(_blocks(policy, analyses, term_marks(policy, analyses, words))),
        about=about_clauses(policy, analyses, around),
        around=around,
        indicators=indicators_of(policy, analyses, words.taxonomy.indicators),
        indicator_names={one.id: one.name for one in words.taxonomy.indicators},
        office_url=partial(office_url, units=words.units),
        deadlines=len(deadlines),
        calendar=sitemap.calendar_file(policy.id) if names_a_day(deadlines) else None,
        contents=entries,
        contents_size=size(entries),
        corrections=listed_corrections(policy),
        original_file=_original_file(policy),
    )


def _original_file(policy: Policy) -> str | None:
    """Where the file as received can be had."""
    original = policy.original
    return None if original is None else sitemap.original_file(original.file, original.media_type)


def _blocks(
    policy: Policy, analyses: Analyses, terms: Mapping[str, Sequence[TermMark]]
) -> Iterator[ShownBlock]:
    """The text of a policy, clause by clause."""
    hanging = hanging_classes(policy)
    names = table_names(policy)

    def layers(clause: Clause) -> Layers:
        known = analyses.get(clause.anchor, Analysis())
        marks = terms.get(clause.anchor, ())
        return Layers(clause, known.references, marks, known.commitments, markdown.HTML)

    for block in page_blocks(policy):
        if block.clause:
            clause = block.clause
            known = analyses.get(clause.anchor, Analysis())
            classes = [hanging[clause.anchor]] if clause.anchor in hanging else ()
            marks = terms.get(clause.anchor, ())
            text = clause_markdown(clause, known.references, classes, marks, known.commitments)
            yield ShownBlock(text, clause, page=block.page)
        elif block.table:
            table = make_table(block.table, names[block.table[0].anchor.table], layers)
            yield ShownBlock(table=table, page=block.page)
        else:
            yield ShownBlock(matter=block.matter, front=block.front)


def _origin(policy: Policy, fact: str) -> str:
    """Where a fact of the metadata was read, in words: a line of the source, or the sidecar."""
    place = policy.read_from[fact]
    return f"第 {place.first_line} 行" if place.file == policy.source.path else "说明文件"
