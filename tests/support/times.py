"""How long some work takes, for tests that compare a short input with a long one."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

_TRIES = 2


def seconds(work: Callable[[], object]) -> float:
    """The processor time of `work` in seconds: the better of two, for whatever else runs here only adds to it.

    The collector of garbage waits: it goes through all that the tests before have left, at a moment of its own.
    """
    return min(_once(work) for _ in range(_TRIES))


def _once(work: Callable[[], object]) -> float:
    gc.collect()
    gc.disable()
    try:
        start = time.process_time()
        work()
        return time.process_time() - start
    finally:
        gc.enable()
