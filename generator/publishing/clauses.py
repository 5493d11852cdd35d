"""A clause as Markdown: its wording word for word, with the anchor, and with its corrections shown."""

from __future__ import annotations

from collections.abc import Iterator

from generator.model import Clause
from generator.publishing import markdown

_DEEPEST_HEADING = 6


def clause_markdown(clause: Clause) -> str:
    """A clause as Markdown blocks: a heading where the print has one, anchored; then its further paragraphs.

    Aliases are empty targets at the start of the text, so that links to them arrive at the same place. A
    declared correction is shown with the printed form beside it.
    """
    lines = list(_lines(clause.wording))
    classes = ["clause", f"level-{clause.level}", f"kind-{clause.kind.value}"]
    targets = "".join(f'<span id="{alias}"></span>' for alias in clause.aliases)
    depth = clause.level + 1
    stop = lines[0][1]
    if clause.heading and depth <= _DEEPEST_HEADING:
        label = _contents_label(clause, stop)
        attributes = markdown.attributes(clause.anchor, *classes, contents=label)
        first = f"{'#' * depth} {targets}{_shown(clause, 0, stop)} {attributes}"
    else:
        first = f"{targets}{_run_in(clause, stop)}\n{markdown.attributes(clause.anchor, *classes)}"
    kinds = [] if clause.heading else [f"kind-{clause.kind.value}"]
    more = markdown.attributes(None, "more", f"level-{clause.level}", *kinds)
    return "\n\n".join([first, *(f"{_opening(clause, *line)}\n{more}" for line in lines[1:])])


def _lines(wording: str) -> Iterator[tuple[int, int]]:
    """Start and stop of each line of a wording."""
    start = 0
    for line in wording.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _run_in(clause: Clause, stop: int) -> str:
    """The first line of a clause that is no heading, its label and title marked."""
    if clause.label is None:
        return _opening(clause, 0, stop)
    wording = clause.wording
    end = _edge(clause, len(clause.label))
    rest = wording[end:stop]
    begin = stop - len(rest.lstrip())
    text = f"**{_opening(clause, 0, end)}**{{ .label }}{' ' if begin > end else ''}"
    if clause.title and wording.startswith(clause.title, begin, stop):
        end = _edge(clause, begin + len(clause.title))
        return f"{text}**{_shown(clause, begin, end)}**{{ .title }}{_shown(clause, end, stop)}"
    return text + _shown(clause, begin, stop)


def _edge(clause: Clause, offset: int) -> int:
    """`offset`, or the end of the correction it falls into: what is corrected as one is shown as one."""
    return next((one.stop for one in clause.corrections if one.start < offset < one.stop), offset)


def _opening(clause: Clause, start: int, stop: int) -> str:
    """A part of a wording as the beginning of a paragraph."""
    return markdown.opening(_shown(clause, start, stop).strip())


def _shown(clause: Clause, start: int, stop: int) -> str:
    """A part of a wording as Markdown within a line, with the corrections that begin in it."""
    parts: list[str] = []
    at = start
    for number, one in enumerate(clause.corrections, 1):
        if start <= one.start < stop:
            parts.append(markdown.inline(clause.wording[at : one.start]))
            parts.append(markdown.correction(correction_id(clause, number), one.corrected, one.printed))
            at = one.stop
    parts.append(markdown.inline(clause.wording[at:stop]))
    return "".join(parts)


def _contents_label(clause: Clause, stop: int) -> str | None:
    """The heading as it reads when corrected, where it has corrections: the contents show no printed form."""
    label = clause.wording[:stop]
    corrections = [one for one in clause.corrections if one.start < stop]
    for one in reversed(corrections):
        label = label[: one.start] + one.corrected + label[one.stop :]
    return label if corrections else None


def correction_id(clause: Clause, number: int) -> str:
    """The id of a correction's entry in the list at the head of the page: clause and place in it, from 1."""
    return f"correction-{clause.anchor}-{number}"
