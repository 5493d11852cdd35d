"""Stretches of a wording: start and stop, as offsets in it."""

from __future__ import annotations

from collections.abc import Iterable


def united(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Stretches in order, those that overlap as one: 高压4个、低压3个 is two commitments in the same words."""
    made: list[tuple[int, int]] = []
    for start, stop in sorted(stretches):
        if made and start < made[-1][1]:
            made[-1] = (made[-1][0], max(stop, made[-1][1]))
        else:
            made.append((start, stop))
    return made
