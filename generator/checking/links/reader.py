"""Reading documents with links in a process of its own (`reading.guarded`): never raises for a document."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType

from generator.checking.links.documents import read_document
from generator.checking.links.found import Reading
from generator.reading.guarded import SECONDS, GuardedReader, UnreadableError


class DocumentReader:
    """Reads documents, one after the other. `seconds` is how long one may take. Leaving the block ends the process."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._guarded: GuardedReader[Path, Reading] = GuardedReader(read_document, seconds)

    def __enter__(self) -> DocumentReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._guarded.__exit__(kind, error, trace)

    def read(self, path: Path) -> Reading:
        """The links of a document. Never raises for a document: its `problem` says what is wrong with it."""
        try:
            return self._guarded.read(path)
        except UnreadableError as error:
            return Reading(problem=str(error))
