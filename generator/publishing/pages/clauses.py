"""A clause as Markdown: its wording word for word, with the anchor, its corrections shown and its references linked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.model import Clause, Commitment, Reference
from generator.publishing.pages import markdown
from generator.publishing.pages.layers import Layers
from generator.views.terms import TermMark

_DEEPEST_HEADING = 6


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
    `extra_classes` are for all paragraphs of a clause that is not a heading (generator.publishing.pages.hanging). `terms`,
    none over a reference or a correction, are explained. `commitments` are marked, inside of whatever else stands
    there.
    """
    return _ClauseText(clause, references, extra_classes, terms, commitments).markdown()


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
        self._layers = Layers(clause, references, terms, commitments)
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
            first = f"{'#' * depth} {targets}{self._layers.shown(0, stop)} {attributes}"
        else:
            first = f"{targets}{self._run_in(stop)}\n{markdown.attributes(clause.anchor, *classes)}"
        kinds = [] if clause.heading else [f"kind-{clause.kind.value}", *self._extra]
        more = markdown.attributes(None, "more", f"level-{clause.level}", *kinds)
        return "\n\n".join([first, *(f"{self._opening(*line)}\n{more}" for line in lines[1:])])

    def _run_in(self, stop: int) -> str:
        """The first line of a clause that is not a heading, its label and title marked."""
        clause = self._clause
        if clause.label is None:
            return self._opening(0, stop)
        end = self._layers.edge(len(clause.label))
        rest = clause.wording[end:stop]
        begin = stop - len(rest.lstrip())
        text = f"**{self._opening(0, end)}**{{ .label }}{' ' if begin > end else ''}"
        if clause.title and clause.wording.startswith(clause.title, begin, stop):
            end = self._layers.edge(begin + len(clause.title))
            return f"{text}**{self._layers.shown(begin, end)}**{{ .title }}{self._layers.shown(end, stop)}"
        return text + self._layers.shown(begin, stop)

    def _opening(self, start: int, stop: int) -> str:
        """A part of a wording as the beginning of a paragraph."""
        return markdown.opening(self._layers.shown(start, stop).strip())

    def _contents_label(self, stop: int) -> str | None:
        """The heading as it reads when corrected, where it has corrections: the contents show no printed form."""
        label = self._clause.wording[:stop]
        corrections = [one for one in self._clause.corrections if one.start < stop]
        for one in reversed(corrections):
            label = label[: one.start] + one.corrected + label[one.stop :]
        return label if corrections else None


def _lines(wording: str) -> Iterator[tuple[int, int]]:
    """Start and stop of each line of a wording."""
    start = 0
    for line in wording.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1
