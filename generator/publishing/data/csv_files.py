"""Tables of the pages as CSV (RFC 4180, UTF-8 with byte order mark), which a spreadsheet opens as it is.

A text that a spreadsheet would take for a formula begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from generator import sitemap
from generator.analysis.commitments import DAY_NAMES, FORCE_NAMES
from generator.model import Commitment, Span
from generator.views.comparison import Comparison, Promise
from generator.views.coverage import PolicyCoverage
from generator.views.indicators import Comparisons
from generator.views.phrases import COMPARATOR_NAMES, KIND_NAMES
from generator.vocabulary.indicators import Indicator

COMPARISON_COLUMNS = (
    "指标", "主题", "对象", "地区", "政策", "文号", "条文", "比较", "数值", "最大值", "单位", "日", "约数", "原值", "时限", "截止日期",
    "范围", "用户", "条件", "效力", "出资方", "类别", "文本状态", "牵头单位", "原文", "链接",
)  # fmt: skip
_COVERAGE_COLUMNS = ("政策编号", "政策", "地区", "年份", "状态", "条文总数")

_BYTE_ORDER_MARK = "\ufeff"  # by which Excel knows UTF-8
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # how a cell begins that a spreadsheet would calculate


def comparison_tables(
    comparisons: Comparisons, indicators: Iterable[Indicator], site_url: str
) -> Iterator[tuple[str, str]]:
    """The CSV file of every comparison: its name below data/, and its text. `site_url` ends with a slash, or is empty."""
    for indicator in indicators:
        for comparison in comparisons.of(indicator.id):
            name = sitemap.comparison_file(indicator.id, comparison.dimension)
            yield name, comparison_csv(comparison, indicator, site_url)


def comparison_csv(comparison: Comparison, indicator: Indicator, site_url: str) -> str:
    """A comparison as CSV: a line for every promise in a cell of the page.

    Links are absolute where it is known where the site is, else they begin at its root.
    """
    lines = (
        _line(indicator, cell.subject, promise, site_url)
        for cell in comparison.cells()
        for promise in cell.promises
    )
    return _csv(COMPARISON_COLUMNS, lines)


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
        promise.clause.path,
        COMPARATOR_NAMES[commitment.comparator],
        _digits(low),
        _digits(high),
        commitment.unit or "",
        _day(commitment),
        "是" if commitment.approximate else "",
        before,
        commitment.due or "",
        commitment.due_date or "",
        commitment.scope or "",
        commitment.users or "",
        commitment.condition or "",
        FORCE_NAMES[commitment.force],
        commitment.payer or "",
        KIND_NAMES[commitment.kind],
        policy.status or "",
        "、".join(unit.printed for unit in promise.analysis.responsibility.lead),
        commitment.quote,
        site_url + promise.clause.url,
    ]


def _day(commitment: Commitment) -> str:
    """The kind of day, with the rule that says it where the unit does not: 工作日（原文：工作日，下同）."""
    name = DAY_NAMES[commitment.day] if commitment.day else ""
    return f"{name}（原文：{commitment.day_said}）" if commitment.day_said else name


def _digits(value: float | None) -> str:
    """A number as a program reads it; nothing for none."""
    return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")


def coverage_csv(table: Iterable[PolicyCoverage], indicators: Sequence[Indicator]) -> str:
    """The table of policies and indicators as CSV."""
    lines: Iterable[list[str | int]] = (
        [
            *(line.row.policy.id, line.row.policy.name, line.row.place, line.row.year, line.row.status),
            len(line.row.policy.clauses),
            *(cell.count for cell in line.cells),
        ]
        for line in table
    )
    return _csv([*_COVERAGE_COLUMNS, *(one.name for one in indicators)], lines)


def _csv(columns: Sequence[str], lines: Iterable[Iterable[str | int]]) -> str:
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    writer.writerow(columns)
    writer.writerows([_harmless(value) for value in line] for line in lines)
    return _BYTE_ORDER_MARK + target.getvalue()


def _harmless(value: str | int) -> str | int:
    return f"'{value}" if isinstance(value, str) and value.startswith(_FORMULA) else value
