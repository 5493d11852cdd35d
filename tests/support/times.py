"""How long some work takes, for tests that compare a short input with a long one."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

_NOISE = 0.02  # seconds: what is faster than this cannot be told from what else the machine does
_ROUNDS = 3


def seconds(work: Callable[[], object]) -> float:
    """The processor time of `work` in seconds.

    The collector of garbage waits: it goes through all that the tests before have left, at a moment of its own.
    """
    gc.disable()
    try:
        start = time.process_time()
        work()
        return time.process_time() - start
    finally:
        gc.enable()


def takes_its_length(work: Callable[[int], object], few: int, many: int) -> bool:
    """Whether the time of `work`, called with a size, grows about as the size does, from `few` to `many`."""
    return grows_no_faster(lambda size: seconds(lambda: work(size)), few, many)


def grows_no_faster(taken: Callable[[int], float], few: int, many: int, noise: float = _NOISE) -> bool:
    """Whether the seconds that `taken` says of a size grow about as the size does, from `few` to `many`.

    What is quadratic takes 16 times as long for four times the size, what is linear four times; between the two lies
    what is let pass. A busy machine makes some measures too long and none too short: what looks slow is measured again.
    """
    allowed = 2.2 * many / few
    short, long = taken(few), taken(many)
    for _ in range(_ROUNDS):
        if long <= allowed * short + noise:
            return True
        short, long = max(short, taken(few)), min(long, taken(many))
    return long <= allowed * short + noise
