"""What `links` tells of documents: lines for a person, JSON for a program."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from generator.checking.links.found import Link, Spot
from generator.checking.links.judge import Status, Verdict
from generator.files.json_text import to_json
from generator.model import Problem

_LONGEST = 300  # characters of an address in a line


@dataclass(frozen=True)
class Finding:
    """A link to the site, the document it stands in, and the verdict on it."""

    file: str
    link: Link
    verdict: Verdict


@dataclass(frozen=True)
class Report:
    """What was found in all documents. `unread` are those of which not everything could be read, with the reason."""

    documents: Mapping[str, int] = field(
        default_factory=dict
    )  # file → how many of its links are to this site
    findings: tuple[Finding, ...] = ()
    unread: tuple[Problem, ...] = ()
    skipped: int = 0  # files in folders whose format is not read

    @property
    def failed(self) -> bool:
        """Whether a link is dead, or a document could not be read."""
        return bool(self.unread) or any(one.verdict.status is Status.DEAD for one in self.findings)

    def count(self, status: Status) -> int:
        """How many links have a status."""
        return Counter(one.verdict.status for one in self.findings)[status]


def report_lines(report: Report) -> Iterator[str]:
    """The findings that someone should look at, a line each, the documents that cannot be read, and the counts.

    Every line is printable, whatever stands in the documents: control characters are shown as �.
    """
    for finding in report.findings:
        if finding.verdict.fault:
            yield _printable(_line(finding))
    for problem in report.unread:
        yield _printable(str(problem))
    yield _summary(report)


def report_json(report: Report, faults: Sequence[Problem] = ()) -> str:
    """The whole report as one JSON object, as docs/link.md describes it. `faults` are those of the sources."""
    record = {
        "documents": [{"file": file, "links": links} for file, links in report.documents.items()],
        "links": [finding_record(finding) for finding in report.findings],
        "unread": [{"file": one.file, "message": one.message} for one in report.unread],
        "summary": {
            "documents": len(report.documents),
            "links": len(report.findings),
            **{status.value: report.count(status) for status in Status},
            "unread": len(report.unread),
            "skipped": report.skipped,
        },
        "faults": [
            {"file": one.file, "line": one.line, "message": one.message, "advice": one.advice}
            for one in faults
        ],
    }
    text = to_json(record, indent=1) + "\n"
    return text.encode("utf-8", "replace").decode("utf-8")  # half of a surrogate pair is no character


def finding_record(finding: Finding) -> dict[str, Any]:
    """One of the `links` of the report."""
    verdict, spot = finding.verdict, finding.link.spot
    return {
        "file": finding.file,
        **_spot_record(spot),
        "form": finding.link.form,
        "target": finding.link.target,
        "address": verdict.address,
        "status": verdict.status.value,
        "fault": verdict.fault or None,
        "to": verdict.to,
        "nearest": verdict.nearest,
        "detail": verdict.detail or None,
        "changed": verdict.changed,
    }


def _spot_record(spot: Spot) -> dict[str, Any]:
    units = ("line", "page", "paragraph")
    return {**{unit: spot.number if unit == spot.unit else None for unit in units}, "part": spot.part}


def _line(finding: Finding) -> str:
    """One finding: 报告.docx 第3段“…”: 锚点不存在: https://…#subpara_99 → 最近的是 policies/…#subpara_75（75.…）."""
    verdict, target = finding.verdict, finding.link.target
    shown = target if len(target) <= _LONGEST else target[:_LONGEST] + "…"
    detail = f"（{verdict.detail}）" if verdict.detail else ""
    where = ""
    if verdict.to:
        where = f" → 现在是 {_from(verdict.address, verdict.to)}"
    elif verdict.nearest:
        where = f" → 最近的是 {_from(verdict.address, verdict.nearest)}"
    return f"{finding.file}{finding.link.spot}: {verdict.fault}: {shown}{where}{detail}"


def _from(here: str, there: str) -> str:
    """An address as one says it from another: the anchor alone, on the same page."""
    page, _, anchor = there.partition("#")
    return anchor if anchor and page == here.partition("#")[0] else there


def _summary(report: Report) -> str:
    counts = "，".join(f"{status.chinese} {report.count(status)}" for status in Status)
    text = f"检查了 {len(report.documents)} 份文档，{len(report.findings)} 个指向本站的链接：{counts}。"
    if report.unread:
        text += f"{len(report.unread)} 份文档没有读完。"
    if report.skipped:
        text += f"跳过 {report.skipped} 个其他格式的文件。"
    return text


def _printable(text: str) -> str:
    """A line without anything that could move the cursor or turn the text around."""
    return "".join(character if character.isprintable() else "�" for character in text)
