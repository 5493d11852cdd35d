"""What parsing decided, or left as printed, on thin evidence: an editor is told (`doubts`)."""

from __future__ import annotations

from dataclasses import dataclass

from generator.model import DoubtKind


@dataclass(frozen=True)
class Question:
    """A place an editor should look at, by the line of the source."""

    kind: DoubtKind
    line: int  # 1-based
    explanation: str  # a sentence in Chinese
