"""What changed between two wordings, word by word.

Chinese is written without spaces: every Han character is a word here, a number or a Latin word is one, and so is
each mark. Short agreements between two changes are taken into the change, for a reader sees 由3个改为5个 sooner
than a patchwork of single characters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from generator.cells import shown

_WORD = re.compile(r"[0-9]+(?:[.．][0-9]+)*|[A-Za-z]+|.", re.DOTALL)
_AT_MOST = 4_000_000  # comparisons; beyond it, the differing middle is shown as one change
_CONTEXT = 12  # characters shown before and after a change in a line of text
_ISLAND = 2  # words that agree between two changes, at most, to be taken into one


@dataclass(frozen=True)
class Change:
    """A stretch that stayed, went or came. Without the deleted ones they make the new text, in order."""

    kind: Literal["same", "deleted", "inserted"]
    text: str


def word_diff(before: str, after: str) -> tuple[Change, ...]:
    """The changes that lead from `before` to `after`; one "same" where they are equal, none where both are empty."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    head = _common(old, new)
    tail = _common(old[head:][::-1], new[head:][::-1])
    middle_old, middle_new = old[head : len(old) - tail], new[head : len(new) - tail]
    changes = [
        Change("same", "".join(old[:head])),
        *_middle(middle_old, middle_new),
        Change("same", "".join(old[len(old) - tail :])),
    ]
    return tuple(_joined(change for change in changes if change.text))


def diff_line(changes: Sequence[Change]) -> str:
    """The changes on one line, [-what went-]{+what came+}, with long agreements cut to their ends."""
    parts: list[str] = []
    for place, change in enumerate(changes):
        if change.kind == "deleted":
            parts.append(f"[-{change.text}-]")
        elif change.kind == "inserted":
            parts.append(f"{{+{change.text}+}}")
        else:
            parts.append(_cut(change.text, first=place == 0, last=place == len(changes) - 1))
    return shown("".join(parts)).replace("\n", "⏎")


def _common(old: Sequence[str], new: Sequence[str]) -> int:
    """How many words two lists begin with alike."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        count += 1
    return count


def _middle(old: list[str], new: list[str]) -> Iterator[Change]:
    """The changes between two lists that differ at both ends."""
    if len(old) * len(new) > _AT_MOST:
        yield Change("deleted", "".join(old))
        yield Change("inserted", "".join(new))
        return
    for tag, start, stop, begin, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal" and stop - start > _ISLAND:
            yield Change("same", "".join(old[start:stop]))
        else:
            yield Change("deleted", "".join(old[start:stop]))
            yield Change("inserted", "".join(new[begin:end]))


def _joined(changes: Iterator[Change]) -> Iterator[Change]:
    """Changes next to each other made one deletion and one insertion."""
    gone, come = "", ""
    for change in changes:
        if change.kind == "deleted":
            gone += change.text
        elif change.kind == "inserted":
            come += change.text
        else:
            yield from _pair(gone, come)
            gone, come = "", ""
            yield change
    yield from _pair(gone, come)


def _pair(gone: str, come: str) -> Iterator[Change]:
    if gone:
        yield Change("deleted", gone)
    if come:
        yield Change("inserted", come)


def _cut(text: str, *, first: bool, last: bool) -> str:
    """An agreement with only its ends next to the changes."""
    if len(text) <= 2 * _CONTEXT:
        return text
    head = "" if first else text[:_CONTEXT]
    tail = "" if last else text[-_CONTEXT:]
    return f"{head}…{tail}"
