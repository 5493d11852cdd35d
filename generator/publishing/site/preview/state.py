"""What the browser is to see: which build the site is of, and the faults of the last one."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass

from generator.model import Problem


@dataclass(frozen=True)
class Build:
    """The outcome of a build; number 0 is the first one, as long as it is not done."""

    number: int
    problems: Sequence[Problem] = ()

    @property
    def shows_site(self) -> bool:
        """Whether the site is that of the sources as they are."""
        return self.number > 0 and not self.problems


class Builds:
    """The last build: the loop that builds says it, the threads of the server look at it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = Build(0)

    @property
    def last(self) -> Build:
        """The last build that ended."""
        with self._lock:
            return self._last

    def ended(self, problems: Sequence[Problem]) -> None:
        """Another build has ended, with these faults."""
        with self._lock:
            self._last = Build(self._last.number + 1, tuple(problems))
