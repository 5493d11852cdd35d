"""The run of the printed numbers: gaps, repeats, labels that differ in form, labels with nothing to them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from generator.model import Clause, DoubtKind, Kind
from generator.parsing.labels import Label, Style, find_label
from generator.parsing.passages import Finding, Passage, PolicyText

_BRACKETED = (Style.HAN_BRACKET, Style.DIGIT_BRACKET)
_INSIDE_BRACKETS = re.compile(r"[\s\w]")


@dataclass
class _Run:
    """The numbers of one list so far."""

    last: int
    printed: str  # the last label
    seen: set[int] = field(default_factory=set)
    repeated: bool = False  # whether the last number was there before: the next may be one or two further

    def take(self, label: Label, number: int) -> None:
        """Go on to the next label."""
        self.repeated = number in self.seen
        self.seen.add(number)
        self.last, self.printed = number, label.printed


def numbering(text: PolicyText) -> Iterator[Finding]:
    """Gaps, repeats and disorder in each list, and lists that begin with another number than 1.

    A list is what one clause holds of one form of label. It may begin with the number that follows on the last
    of the list before it (numbers that run on through the policy: 条, and measures 1–75 across sections).
    """
    runs: dict[tuple[str | None, Style], _Run] = {}
    latest: dict[tuple[str | None, Style], _Run] = {}  # by attachment: the list before
    for clause, passage, label in _labelled(text):
        number = label.number
        if number is None or (label.insertion is not None):
            continue
        scope = _scope(text, clause)
        run = runs.get((clause.parent, label.style))
        if run is None:
            run = _Run(number, label.printed, {number})
            before = latest.get((scope, label.style))
            finding = _judge_first(label, number, before)
            runs[clause.parent, label.style] = latest[scope, label.style] = run
        else:
            finding = _judge_next(label, number, run)
            run.take(label, number)
            latest[scope, label.style] = run
        if finding:
            yield Finding(finding[0], passage, 0, len(label.printed), finding[1])
