"""What changed between two wordings, word by word.

Chinese is written without spaces: every Han character is a word here, a number or a Latin word is one, and so is
each mark. Short agreements between two changes are taken into the change, for a reader sees 由3个改为5个 sooner
than a patchwork of single characters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import chain
from typing import Literal, get_args

from generator.cells import shown

_WORD = re.compile(r"[0-9]+(?:[.．][0-9]+)*|[A-Za-z]+|.", re.DOTALL)
_AT_MOST = 4_000_000  # comparisons; beyond it, the differing middle is shown as one change
_CONTEXT = 12  # characters shown before and after a change in a line of text
_ISLAND = 2  # words that agree between two changes, at most, to be taken into one


ChangeKind = Literal["same", "deleted", "inserted"]
_KINDS: tuple[ChangeKind, ...] = get_args(ChangeKind)


@dataclass(frozen=True)
class Change:
    """A stretch that stayed, went or came. Without the deleted ones they make the new text, in order."""

    kind: ChangeKind
    text: str


def _as_printed(text: str) -> str:
    return text


def word_diff(before: str, after: str, fold: Callable[[str], str] = _as_printed) -> tuple[Change, ...]:
    """The changes that lead from `before` to `after`; one "same" where they are equal, none where both are empty.

    `fold` tells what is no difference: words are compared by what it makes of them, and what stayed is shown as it
    stands in `after`.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    old_keys, new_keys = ([fold(word) for word in words] for words in (old, new))
    head = _common(old_keys, new_keys)
    tail = _common(old_keys[head:][::-1], new_keys[head:][::-1])
    stop, end = len(old) - tail, len(new) - tail
    changes = [
        Change("same", "".join(new[:head])),
        *_middle(old[head:stop], new[head:end], old_keys[head:stop], new_keys[head:end]),
        Change("same", "".join(new[end:])),
    ]
    return tuple(_joined((change for change in changes if change.text), fold))


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


def _middle(
    old: Sequence[str], new: Sequence[str], old_keys: Sequence[str], new_keys: Sequence[str]
) -> Iterator[Change]:
    """The changes between two lists that differ at both ends."""
    if len(old) * len(new) > _AT_MOST:
        yield Change("deleted", "".join(old))
        yield Change("inserted", "".join(new))
        return
    for tag, start, stop, begin, end in SequenceMatcher(
        None, old_keys, new_keys, autojunk=False
    ).get_opcodes():
        if tag == "equal" and stop - start > _ISLAND:
            yield Change("same", "".join(new[begin:end]))
        else:
            yield Change("deleted", "".join(old[start:stop]))
            yield Change("inserted", "".join(new[begin:end]))


def _joined(changes: Iterator[Change], fold: Callable[[str], str]) -> Iterator[Change]:
    """Changes next to each other made one deletion and one insertion, stretches that stayed made one."""
    stayed, gone, come = "", "", ""
    for change in chain(changes, [Change("same", "")]):
        if change.kind == "deleted":
            gone += change.text
        elif change.kind == "inserted":
            come += change.text
        elif fold(gone) == fold(come):
            stayed, gone, come = f"{stayed}{come}{change.text}", "", ""
        else:
            yield from (
                Change(kind, text) for kind, text in zip(_KINDS, (stayed, gone, come), strict=True) if text
            )
            stayed, gone, come = change.text, "", ""
    if stayed:
        yield Change("same", stayed)


def _cut(text: str, *, first: bool, last: bool) -> str:
    """An agreement with only its ends next to the changes."""
    if len(text) <= 2 * _CONTEXT:
        return text
    head = "" if first else text[:_CONTEXT]
    tail = "" if last else text[-_CONTEXT:]
    return f"{head}…{tail}"
