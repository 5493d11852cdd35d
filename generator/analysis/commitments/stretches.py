"""Pieces of a flow, and what is written of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Stretch:
    """text[start:stop] of a flow; empty where start equals stop."""

    start: int
    stop: int

    def __bool__(self) -> bool:
        return self.start < self.stop

    @property
    def names(self) -> bool:
        """Whether it is long enough to name something."""
        return self.stop - self.start >= 2


EMPTY = Stretch(0, 0)


@dataclass(frozen=True)
class Phrase:
    """Stretches of the text one after the other, or words between them: 电力掘路施工 + 现场踏勘, 市 + 污水处理率.

    `why` says where it was found, for `check --explain`. `thing` are the pieces that name a thing, without what is done
    to it or measured of it: what a later quantity may be said of too.
    """

    pieces: tuple[Stretch | str, ...]
    why: str
    thing: tuple[Stretch | str, ...] = ()

    def text(self, flow: str) -> str:
        """The phrase in the folded text of the flow."""
        return written(self.pieces, flow)


def written(pieces: Sequence[Stretch | str], flow: str) -> str:
    """Pieces as they stand in the folded text of the flow."""
    return "".join(one if isinstance(one, str) else flow[one.start : one.stop] for one in pieces)
