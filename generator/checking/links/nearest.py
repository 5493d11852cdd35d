"""What a dead link most likely meant: by rule, so that the same link gets the same answer everywhere."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence

from generator.eid import Step
from generator.model import Clause, Eid, Kind

_LONGEST = 200  # characters; what is longer is not compared letter by letter
_SAME_PAGE = 0.6  # how alike two names must be, from 0 to 1, as difflib measures it


def nearest_anchor(missing: str, clauses: Mapping[str, Clause]) -> str | None:
    """The living anchor of a page nearest to one that is missing, or None where none is near.

    `clauses` are the anchors of the page in the order of the text. The first of these rules that finds one decides;
    within a rule the anchor that comes first in the text.

    1. The same in other letters (`Art_5`), or the label as it is printed (`第五条`).
    2. The same last number, deeper or shallower: steps of the path left out or put in, as few as may be.
       `chp_3__art_15` → `art_15`; `art_15__point_3` → `art_15__para_1__point_3`.
    3. The nearest number among its siblings, of two the lower: `art_5__para_3` → `art_5__para_2`.
    4. Rules 2 and 3 for the clause above, that clause itself first: `art_5__point_3` → `art_5`;
       `art_99__para_2` → `art_80`, where that is the last.
    5. The most alike by letters (difflib), if at least six tenths are.
    """
    if len(missing) > _LONGEST:
        return None
    same = next((anchor for anchor in clauses if anchor.casefold() == missing.casefold()), None)
    same = same or next((anchor for anchor, clause in clauses.items() if _label(clause) == missing), None)
    if same:
        return same
    paths = {anchor: Eid(anchor).steps for anchor in clauses}
    asked = Eid.read(missing.casefold())
    wanted = asked.steps if asked else ()
    while wanted:
        found = _at_another_depth(wanted, paths) or _nearest_sibling(wanted, paths)
        if found:
            return found
        wanted = wanted[:-1]
        exact = next((anchor for anchor, steps in paths.items() if steps == wanted), None)
        if exact:
            return exact
    return nearest_name(missing, clauses)


def _label(clause: Clause) -> str | None:
    """The label of a clause where it may name the clause: the bare number of a row does not."""
    return None if clause.kind is Kind.ROW else clause.label


def nearest_name(missing: str, names: Iterable[str]) -> str | None:
    """The name most like a missing one by letters (difflib, at least six tenths), or None."""
    if len(missing) > _LONGEST:
        return None
    close = difflib.get_close_matches(missing, list(names), n=1, cutoff=_SAME_PAGE)
    return close[0] if close else None


def likeness(one: str, other: str) -> float:
    """How alike two names are by letters, from 0 to 1, as difflib measures it."""
    return difflib.SequenceMatcher(None, one, other).ratio()


def _at_another_depth(wanted: Sequence[Step], paths: Mapping[str, Sequence[Step]]) -> str | None:
    """The anchor with the same last step whose path has steps more or fewer, and no other."""
    candidates = [
        (abs(len(steps) - len(wanted)), anchor)
        for anchor, steps in paths.items()
        if steps[-1] == wanted[-1] and (_within(wanted, steps) or _within(steps, wanted))
    ]
    return min(candidates, key=lambda one: one[0])[1] if candidates else None


def _within(few: Sequence[Step], many: Sequence[Step]) -> bool:
    """Whether all steps of one path are among those of the other, in their order."""
    rest = iter(many)
    return all(step in rest for step in few)


def _nearest_sibling(wanted: Sequence[Step], paths: Mapping[str, Sequence[Step]]) -> str | None:
    """The anchor of the same name under the same clause whose number is nearest; of two the lower."""
    name, number, inserted = wanted[-1]
    candidates = [
        (
            abs((steps[-1].number or 0) - (number or 0)),
            abs((steps[-1].insertion or 0) - (inserted or 0)),
            (steps[-1].number or 0, steps[-1].insertion or 0),
            anchor,
        )
        for anchor, steps in paths.items()
        if steps[:-1] == wanted[:-1] and steps[-1].name == name
    ]
    return min(candidates, key=lambda one: one[:3])[3] if candidates else None
