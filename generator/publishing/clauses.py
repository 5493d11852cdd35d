"""A clause as Markdown: its wording word for word, with the anchor, its corrections shown and its references linked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.model import Address, Clause, Commitment, Reference
from generator.publishing import markdown
from generator.publishing.terms import TermMark

_DEEPEST_HEADING = 6
_BETWEEN = re.compile(r"[、，,]|[和与及或](?=第)|以及(?=第)")  # what separates the clauses of 第九条、第十条


@dataclass(frozen=True)
class Link:
    """A stretch of a wording that leads to another text."""

    start: int
    stop: int
    target: Address
    version: str | None = None  # ISO date of the version it leads to, where there are several


def clause_markdown(
    clause: Clause,
    references: Sequence[Reference] = (),
    extra_classes: Sequence[str] = (),
    terms: Sequence[TermMark] = (),
    commitments: Sequence[Commitment] = (),
) -> str:
    """A clause as Markdown blocks: a heading where the print has one, anchored; then its further paragraphs.

    Aliases are empty targets at the start of the text, so that links to them arrive at the same place. A
    declared correction is shown with the printed form beside it. A reference whose target is known is a link.
    `extra_classes` are for all paragraphs of a clause that is no heading (generator.publishing.hanging). `terms`,
    none over a reference or a correction, are explained. `commitments` are marked, inside of whatever else stands
    there.
    """
    return _ClauseText(clause, references, extra_classes, terms, commitments).markdown()


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


def correction_id(clause: Clause, number: int) -> str:
    """The id of a correction's entry in the list at the head of the page: clause and place in it, from 1."""
    return f"correction-{clause.anchor}-{number}"


class _ClauseText:
    """The wording of one clause with what stands off from it."""

    def __init__(
        self,
        clause: Clause,
        references: Sequence[Reference],
        extra_classes: Sequence[str],
        terms: Sequence[TermMark],
        commitments: Sequence[Commitment],
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
        self._extra = () if clause.heading else tuple(extra_classes)

    def markdown(self) -> str:
        """The Markdown blocks of the clause."""
        clause = self._clause
        lines = list(_lines(clause.wording))
        classes = ["clause", f"level-{clause.level}", f"kind-{clause.kind.value}", *self._extra]
        targets = "".join(f'<span id="{alias}"></span>' for alias in clause.aliases)
        depth = clause.level + 1
        stop = lines[0][1]
        if clause.heading and depth <= _DEEPEST_HEADING:
            label = self._contents_label(stop)
            attributes = markdown.attributes(clause.anchor, *classes, contents=label)
            first = f"{'#' * depth} {targets}{self._shown(0, stop)} {attributes}"
        else:
            first = f"{targets}{self._run_in(stop)}\n{markdown.attributes(clause.anchor, *classes)}"
        kinds = [] if clause.heading else [f"kind-{clause.kind.value}", *self._extra]
        more = markdown.attributes(None, "more", f"level-{clause.level}", *kinds)
        return "\n\n".join([first, *(f"{self._opening(*line)}\n{more}" for line in lines[1:])])

    def _run_in(self, stop: int) -> str:
        """The first line of a clause that is no heading, its label and title marked."""
        clause = self._clause
        if clause.label is None:
            return self._opening(0, stop)
        end = self._edge(len(clause.label))
        rest = clause.wording[end:stop]
        begin = stop - len(rest.lstrip())
        text = f"**{self._opening(0, end)}**{{ .label }}{' ' if begin > end else ''}"
        if clause.title and clause.wording.startswith(clause.title, begin, stop):
            end = self._edge(begin + len(clause.title))
            return f"{text}**{self._shown(begin, end)}**{{ .title }}{self._shown(end, stop)}"
        return text + self._shown(begin, stop)

    def _edge(self, offset: int) -> int:
        """`offset`, or the end of the correction it falls into: what is corrected as one is shown as one."""
        return next((one.stop for one in self._clause.corrections if one.start < offset < one.stop), offset)

    def _opening(self, start: int, stop: int) -> str:
        """A part of a wording as the beginning of a paragraph."""
        return markdown.opening(self._shown(start, stop).strip())

    def _shown(self, start: int, stop: int) -> str:
        """A part of a wording as Markdown within a line, with the corrections that begin in it, and its links.

        A correction is a link of its own, to its reason, and a link cannot hold another: a reference with a
        corrected slip in it is a link before and after the slip.
        """
        parts: list[str] = []
        at = start
        for number, one in enumerate(self._clause.corrections, 1):
            if start <= one.start < stop:
                parts.append(self._linked(at, one.start))
                parts.append(
                    markdown.correction(correction_id(self._clause, number), one.corrected, one.printed)
                )
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
                parts.append(markdown.link(text, self._address(link.target), "reference", title=title))
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
                parts.append(markdown.term(self._marked(mark.start, mark.stop), mark.address, mark.text))
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
                parts.append(markdown.inline(wording[at:begin]))
                parts.append(markdown.commitment(wording[begin:end]))
                at = end
        parts.append(markdown.inline(wording[at:stop]))
        return "".join(parts)

    def _address(self, target: Address) -> str:
        """An address as seen from this clause's page."""
        page = "" if target.policy == self._clause.policy else f"{target.policy}.md"
        return f"{page}#{target.anchor}" if target.anchor else page or "#top"

    def _contents_label(self, stop: int) -> str | None:
        """The heading as it reads when corrected, where it has corrections: the contents show no printed form."""
        label = self._clause.wording[:stop]
        corrections = [one for one in self._clause.corrections if one.start < stop]
        for one in reversed(corrections):
            label = label[: one.start] + one.corrected + label[one.stop :]
        return label if corrections else None


def united(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches in order, those that overlap as one: 高压4个、低压3个 is two commitments in the same words."""
    made: list[tuple[int, int]] = []
    for start, stop in sorted(stretches):
        if made and start < made[-1][1]:
            made[-1] = (made[-1][0], max(stop, made[-1][1]))
        else:
            made.append((start, stop))
    return made


def _lines(wording: str) -> Iterator[tuple[int, int]]:
    """Start and stop of each line of a wording."""
    start = 0
    for line in wording.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1
