"""A wording with what stands off from it: corrections, links of its references, terms explained, commitments marked.

The layers hold offsets in the wording and never change it. They are written into Markdown or into HTML alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.model import Address, Clause, Commitment, Reference
from generator.publishing.pages import markdown
from generator.publishing.pages.markdown import MARKDOWN, Syntax
from generator.views.policies import correction_id
from generator.views.stretches import united
from generator.views.terms import TermMark, entry_url

_BETWEEN = re.compile(r"[、，,]|[和与及或](?=第)|以及(?=第)")  # what separates the clauses of 第九条、第十条


@dataclass(frozen=True)
class Link:
    """A stretch of a wording that leads to another text."""

    start: int
    stop: int
    target: Address
    version: str | None = None  # ISO date of the version it leads to, where there are several


def reference_links(reference: Reference) -> list[Link]:
    """The links of a reference: one for each clause of 第九条、第十条, one for the whole of 第九条至第十二条."""
    if not reference.targets:
        return []
    pieces: list[tuple[int, int]] = []
    at = 0
    for mark in _BETWEEN.finditer(reference.quote):
        pieces.append((at, mark.start()))
        at = mark.end()
    pieces.append((at, len(reference.quote)))
    if len(pieces) != len(reference.targets) or not all(start < stop for start, stop in pieces):
        return [Link(reference.start, reference.stop, reference.targets[0], reference.version)]
    return [
        Link(reference.start + start, reference.start + stop, target, reference.version)
        for (start, stop), target in zip(pieces, reference.targets, strict=True)
    ]


class Layers:
    """The wording of one clause with its layers, stretch by stretch."""

    def __init__(
        self,
        clause: Clause,
        references: Sequence[Reference] = (),
        terms: Sequence[TermMark] = (),
        commitments: Sequence[Commitment] = (),
        syntax: Syntax = MARKDOWN,
    ) -> None:
        self._clause = clause
        self._links = [
            link
            for reference in references
            for link in reference_links(reference)
            if link.target != Address(clause.policy)  # 本办法: the reader is there
        ]
        self._terms = terms
        self._promised = united((one.start, one.stop) for one in commitments)
        self._syntax = syntax

    def edge(self, offset: int) -> int:
        """`offset`, or the end of the correction it falls into: what is corrected as one is shown as one."""
        return next((one.stop for one in self._clause.corrections if one.start < offset < one.stop), offset)

    def shown(self, start: int, stop: int) -> str:
        """A part of a wording as text within a line, with the corrections that begin in it, and its links.

        A correction is a link of its own, to its reason, and a link cannot hold another: a reference with a
        corrected slip in it is a link before and after the slip.
        """
        parts: list[str] = []
        at = self.edge(start)
        for number, one in enumerate(self._clause.corrections, 1):
            if start <= one.start < stop:
                parts.append(self._linked(at, one.start))
                forms = map(self._syntax.text, (one.corrected, one.printed))
                parts.append(markdown.correction(correction_id(self._clause, number), *forms))
                at = one.stop
        parts.append(self._linked(at, stop))
        return "".join(parts)

    def _linked(self, start: int, stop: int) -> str:
        """A part of a wording without corrections."""
        parts: list[str] = []
        at = start
        for link in self._links:
            begin, end = max(at, link.start), min(stop, link.stop)
            if begin < end:
                parts.append(self._explained(at, begin))
                text = self._marked(begin, end)
                title = f"链接到 {link.version} 的文本" if link.version else None
                parts.append(self._syntax.link(text, self._address(link.target), "reference", title=title))
                at = end
        parts.append(self._explained(at, stop))
        return "".join(parts)

    def _explained(self, start: int, stop: int) -> str:
        """A part of a wording without corrections and references, with the terms that stand in it."""
        parts: list[str] = []
        at = start
        for mark in self._terms:
            if at <= mark.start and mark.stop <= stop:
                parts.append(self._marked(at, mark.start))
                parts.append(
                    markdown.term(self._marked(mark.start, mark.stop), _explained_at(mark), mark.text)
                )
                at = mark.stop
        parts.append(self._marked(at, stop))
        return "".join(parts)

    def _marked(self, start: int, stop: int) -> str:
        """A part of a wording on which nothing else stands, with the commitments in it marked.

        The marks are the innermost: a commitment over the edge of a link is marked before and in it.
        """
        wording = self._clause.wording
        parts: list[str] = []
        at = start
        for first, last in self._promised:
            begin, end = max(at, first), min(stop, last)
            if begin < end:
                parts.append(self._syntax.text(wording[at:begin]))
                parts.append(markdown.commitment(self._syntax.text(wording[begin:end])))
                at = end
        parts.append(self._syntax.text(wording[at:stop]))
        return "".join(parts)

    def _address(self, target: Address) -> str:
        """An address as seen from this clause's page."""
        page = "" if target.policy == self._clause.policy else f"{target.policy}{self._syntax.page}"
        return f"{page}#{target.anchor}" if target.anchor else page or "#top"


def _explained_at(mark: TermMark) -> str:
    """Where more stands of a term, as seen from the page of a policy."""
    return f"#{mark.anchor}" if mark.anchor else f"../{entry_url(mark.term)}"
