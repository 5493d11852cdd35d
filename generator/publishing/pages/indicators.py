"""What the pages of the indicators compare: tables, pictures and CSV files of what is promised, and who leads."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.anchors.citation import clause_paths
from generator.files.text import write_text
from generator.model import Clause, Corpus, Dimension, Policy, Span
from generator.publishing.pages.plots import plots
from generator.publishing.pages.promises import (
    COMPARATOR_NAMES,
    DIMENSION_NAMES,
    KIND_NAMES,
    Phrases,
)
from generator.views.comparison import Cell, Comparison, Promise, compare
from generator.views.lists import UNKNOWN, Row, rows
from generator.vocabulary import Vocabulary
from generator.vocabulary.b_ready import Topic
from generator.vocabulary.indicators import Indicator, Taxonomy

TABLES = "indicators"
"""The folder of the CSV files below `data/`."""

CSV_COLUMNS = (
    "指标", "主题", "对象", "地区", "政策", "文号", "条文", "比较", "数值", "最大值", "单位", "原值", "时限", "范围",
    "类别", "牵头单位", "原文", "链接",
)  # fmt: skip

_BYTE_ORDER_MARK = "\ufeff"  # by which Excel knows UTF-8
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_FEW = 6  # a list of that many promises stands open


@dataclass(frozen=True)
class Head:
    """How a table names a policy: by place and year, and by its title where those do not tell it apart."""

    place: str
    year: str
    title: str


@dataclass(frozen=True)
class Lead:
    """An office that leads, under its printed names, with the clauses in which it does."""

    name: str
    clauses: tuple[Clause, ...]


class Comparisons:
    """What the indicators of a corpus compare. Policies stand as in the list of policies: by place, never by value."""

    def __init__(self, corpus: Corpus, words: Vocabulary) -> None:
        self.rows: dict[str, Row] = {row.policy.id: row for row in rows(corpus.policies)}
        self._corpus = corpus
        self._subjects = words.subjects
        self._phrases = Phrases(words.commitments)
        self._heads = _heads(list(self.rows.values()))

    @property
    def filters(self) -> Mapping[str, Callable[..., Any]]:
        """What the templates of these pages need."""
        return {
            "head": lambda policy: self._heads[policy.id],
            "value": self._phrases.value,
            "notes": self._phrases.notes,
            "dimension": lambda dimension: DIMENSION_NAMES[dimension],
            "plots": plots,
            "row": lambda policy: self.rows[policy.id],
            "few": lambda cells: len(cells) <= _FEW,
            "said": self._said,
        }

    def of(self, indicator: str) -> tuple[Comparison, ...]:
        """The comparisons of an indicator, a dimension each."""
        policies = [row.policy for row in self.rows.values()]
        return compare(indicator, policies, self._corpus, self._subjects)

    def in_order(self, policies: Mapping[Policy, Any]) -> list[Policy]:
        """The policies of a mapping in the order of the tables."""
        return [row.policy for row in self.rows.values() if row.policy in policies]

    def leads(self, indicator: str) -> list[tuple[Policy, list[Lead]]]:
        """For each policy the offices that its clauses of an indicator name as leading, in the order of the text."""
        found: list[tuple[Policy, list[Lead]]] = []
        for row in self.rows.values():
            clauses: defaultdict[str, list[Clause]] = defaultdict(list)
            for clause in row.policy.clauses:
                analysis = self._corpus.analysis(clause)
                if any(one.id == indicator and one.role == "primary" for one in analysis.indicators):
                    for unit in dict.fromkeys(unit.printed for unit in analysis.responsibility.lead):
                        clauses[unit].append(clause)
            if clauses:
                found.append((row.policy, [Lead(name, tuple(some)) for name, some in clauses.items()]))
        return found

    def _said(self, promise: Promise) -> str:
        """A promise in words, for a picture's description: 营口市2020：不超过2个工作日（法定）."""
        head = self._heads[promise.policy.id]
        year = head.year if head.year != UNKNOWN else ""
        return f"{head.place}{year}：{self._phrases.value(promise.commitment)}"


def _heads(listed: Sequence[Row]) -> dict[str, Head]:
    names = Counter((row.policy.jurisdiction.name, row.year) for row in listed)
    return {
        row.policy.id: Head(
            row.policy.jurisdiction.name or "地区未载明",
            row.year,
            row.policy.title if names[row.policy.jurisdiction.name, row.year] > 1 else "",
        )
        for row in listed
    }


def topic_counts(topics: Iterable[Topic], corpus: Corpus) -> dict[str, int]:
    """How many clauses belong to each B-READY topic; one that belongs to two of its indicators counts once."""
    of_clauses = [
        {assignment.id for assignment in corpus.analysis(clause).indicators}
        for policy in corpus.policies
        for clause in policy.clauses
    ]
    return {
        topic.id: sum(1 for ids in of_clauses if ids & {one.id for one in topic.indicators})
        for topic in topics
    }


# ---- CSV


def csv_name(indicator: str, dimension: Dimension) -> str:
    """Where the CSV file of a comparison is, below `data/`."""
    return f"{TABLES}/{indicator}-{dimension}.csv"


def write_tables(comparisons: Comparisons, taxonomy: Taxonomy, data_dir: Path, site_url: str) -> None:
    """The CSV file of every comparison, into `data_dir`. `site_url` ends with a slash, or is empty."""
    for indicator in taxonomy.indicators:
        for comparison in comparisons.of(indicator.id):
            path = data_dir / csv_name(indicator.id, comparison.dimension)
            write_text(path, table_csv(comparison, indicator, site_url))


def table_csv(comparison: Comparison, indicator: Indicator, site_url: str) -> str:
    """A comparison as CSV (RFC 4180, UTF-8 with byte order mark): a line for every promise in a cell of the page.

    A text that a spreadsheet would take for a formula begins with an apostrophe. Links are absolute where it is known
    where the site is, else they begin at its root.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(CSV_COLUMNS)
    for cell, promise in _listed(comparison):
        writer.writerow([_harmless(value) for value in _line(indicator, cell.subject, promise, site_url)])
    return _BYTE_ORDER_MARK + target.getvalue()


def _listed(comparison: Comparison) -> Iterator[tuple[Cell, Promise]]:
    for cell in comparison.cells():
        for promise in cell.promises:
            yield cell, promise


def _line(indicator: Indicator, subject: str, promise: Promise, site_url: str) -> list[str]:
    """The values of one line, in the order of `CSV_COLUMNS`."""
    policy, commitment = promise.policy, promise.commitment
    value = commitment.value
    low, high = (value.min, value.max) if isinstance(value, Span) else (value, None)
    baseline = commitment.baseline
    before = (
        f"{_digits(baseline.min)}–{_digits(baseline.max)}"
        if isinstance(baseline, Span)
        else _digits(baseline)
    )
    return [
        indicator.name,
        subject,
        commitment.subject,
        policy.jurisdiction.name or "",
        policy.title,
        policy.document_number or "",
        clause_paths(policy)[promise.clause.anchor],
        COMPARATOR_NAMES[commitment.comparator],
        _digits(low),
        _digits(high),
        commitment.unit or "",
        before,
        commitment.due or "",
        commitment.scope or "",
        KIND_NAMES[commitment.kind],
        "、".join(unit.printed for unit in promise.analysis.responsibility.lead),
        commitment.quote,
        site_url + promise.clause.url,
    ]  # fmt: skip


def _digits(value: float | None) -> str:
    """A number as a program reads it; nothing for none."""
    return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA) else text
