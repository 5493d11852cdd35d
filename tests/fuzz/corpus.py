"""The corpus: small inputs that once showed a fault or reach code that others do not, one file each, below corpus/TARGET/."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

CORPUS = Path(__file__).parent / "corpus"
LARGEST = 500  # bytes of an input that is kept for the code it reaches
MOST = 25  # of those, for each target


def inputs(target: str) -> list[Path]:
    """The kept inputs of a target."""
    return sorted((CORPUS / target).glob("*"))


def keep(target: str, content: bytes) -> Path:
    """Add an input. Its name is made of its content, so that nothing is kept twice."""
    path = CORPUS / target / hashlib.sha256(content).hexdigest()[:16]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def reduce(target: str, found: Path) -> None:
    """Add the smallest of the inputs that a worker found to reach new code, up to `MOST`."""
    for path in _smallest(found.glob("*")):
        if len(inputs(target)) >= MOST:
            return
        keep(target, path.read_bytes())


def _smallest(paths: Iterable[Path]) -> list[Path]:
    sized = sorted((path.stat().st_size, path) for path in paths if path.is_file())
    return [path for size, path in sized if size <= LARGEST]
