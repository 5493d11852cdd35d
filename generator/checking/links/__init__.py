"""Other people's documents, checked for links to this site.

`documents` reads a document into links, by `from_markdown`, `from_rst`, `from_html`, `from_docx` and `from_pdf`, in
a process of its own (`reader`); `sites` tells which of them are to this site; `judge` says of each whether it is
living, moved, changed or dead, and `nearest` what a dead one meant; `report` shows it. Nothing is asked of the
network, and no document is changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from generator.checking.links.documents import find_documents
from generator.checking.links.judge import Judge
from generator.checking.links.reader import DocumentReader
from generator.checking.links.report import Finding, Report
from generator.model import Problem

__all__ = ["check_documents"]


def check_documents(paths: Sequence[Path], judge: Judge, progress: Callable[[str], None]) -> Report:
    """Every link to the site in the documents at `paths`: files, or folders with all that is below them.

    `progress` is told the name of each document as its turn comes. Never raises for a document.
    """
    found = find_documents(paths)
    documents: dict[str, int] = {}
    findings: list[Finding] = []
    unread: list[Problem] = []
    with DocumentReader() as reader:
        for path in found.documents:
            name = _name(path)
            progress(name)
            reading = reader.read(path)
            verdicts = [(link, judge.judge(link, path)) for link in reading.links]
            own = [Finding(name, link, verdict) for link, verdict in verdicts if verdict is not None]
            documents[name] = len(own)
            findings += own
            if reading.problem:
                unread.append(Problem(name, None, reading.problem))
    return Report(documents, tuple(findings), tuple(unread), found.skipped)


def _name(path: Path) -> str:
    """The path of a document as text, also where its name on the disk is not."""
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")
