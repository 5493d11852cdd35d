"""How far the numbers of a policy hang out of the text, so that the texts of neighbours stand on one line.

（九） is three characters wide and （十一） four: beside each other both get the room of the wider. The room is a
class, `hang-4` or `hang-3-5`, in em; components/clause.css has what each kind of clause has without one.
"""

from __future__ import annotations

import math
import unicodedata
from collections import defaultdict
from collections.abc import Mapping

from generator.model import Clause, Kind, Policy

_NARROW = 0.55  # em: a digit or a half-width bracket, with a hair to spare
_USUAL = {Kind.PARAGRAPH: 3.0, Kind.POINT: 3.0}  # what components/clause.css gives; 2 em to the others
_HANGING = frozenset(
    {Kind.SECTION, Kind.PARAGRAPH, Kind.SUBPARAGRAPH, Kind.POINT, Kind.INDENT, Kind.ITEM}
)  # a 条 begins with a number too long to hang
_WIDEST = 5.0  # em; a longer label (七是, 重点任务1：) begins its line and the text follows


def hanging_classes(policy: Policy) -> Mapping[str, str]:
    """By anchor, the class of each clause whose number needs another room than its kind has."""
    groups: defaultdict[tuple[str | None, Kind], list[Clause]] = defaultdict(list)
    for clause in policy.clauses:
        if clause.label and not clause.heading and clause.kind in _HANGING:
            groups[clause.parent, clause.kind].append(clause)
    classes: dict[str, str] = {}
    for (_, kind), clauses in groups.items():
        room = max(label_width(clause.label or "") for clause in clauses)
        if room != _USUAL.get(kind, 2.0) and room <= _WIDEST:
            name = f"hang-{room:g}".replace(".", "-")
            classes |= {clause.anchor: name for clause in clauses}
    return classes


def label_width(label: str) -> float:
    """The room a label takes, in em, rounded up to a half; never less than 2."""
    wide = sum(unicodedata.east_asian_width(character) in "WFA" for character in label)
    width = wide + _NARROW * (len(label) - wide)
    return max(2.0, math.ceil(width * 2) / 2)
