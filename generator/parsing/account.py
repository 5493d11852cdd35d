"""The account of every character of a source (CONTRACT.md, Nothing lost)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.model import Account, CorpusError, Printed, Problem, Removed, SourceText
from generator.reading.ledger import stretches

_NOWHERE, _CLAUSE, _FRONT, _BACK, _REMOVED = range(5)
_NAMES = ("去向不明", "条文", "前置部分", "后置部分", "未作正文")
_QUOTED = 20  # characters


class Bookkeeper:
    """Notes for each character of one source where it went; a character may go to one place only.

    Every method that notes raises `CorpusError`, naming the line, for a character that went somewhere already.
    """

    def __init__(self, source: SourceText, removed: Iterable[Removed]) -> None:
        self._source = source
        self._owner = bytearray(len(source.text))
        self._removed: list[Removed] = []
        self.remove(removed)

    def clause(self, run: Printed) -> None:
        """The characters stand in a clause."""
        self._mark(run.offsets, _CLAUSE)

    def front(self, run: Printed) -> None:
        """The characters stand in front matter."""
        self._mark(run.offsets, _FRONT)

    def back(self, run: Printed) -> None:
        """The characters stand in back matter."""
        self._mark(run.offsets, _BACK)

    def remove(self, removed: Iterable[Removed]) -> None:
        """The characters are no text of a policy."""
        for item in removed:
            self._mark(range(item.start, item.stop), _REMOVED)
            self._removed.append(item)

    def remove_runs(self, runs: Sequence[Printed], reason: str) -> None:
        """Whole lines that are no text of a policy."""
        for run in runs:
            at = 0
            for start, stop in stretches(run.offsets):
                end = at + stop - start
                self.remove([Removed(start, stop, reason, run.value[at:end])])
                at = end

    def account(self) -> Account:
        """The sums."""
        return Account(
            file=self._source.path,
            sha256=self._source.sha256,
            characters=len(self._owner),
            clauses=self._owner.count(_CLAUSE),
            front=self._owner.count(_FRONT),
            back=self._owner.count(_BACK),
            removed=tuple(sorted(self._removed, key=lambda item: item.start)),
            unaccounted=self._owner.count(_NOWHERE),
        )

    def _mark(self, offsets: Iterable[int], owner: int) -> None:
        for offset in offsets:
            if self._owner[offset] != _NOWHERE:
                raise CorpusError([self._twice(offset, owner)])
            self._owner[offset] = owner

    def _twice(self, offset: int, owner: int) -> Problem:
        """That a character would stand in two places."""
        text = self._source.text
        line = text.count("\n", 0, offset) + 1
        quote = " ".join(text[offset : offset + _QUOTED].split())
        message = f"从“{quote}”起的文字算了两次：{_NAMES[self._owner[offset]]}和{_NAMES[owner]}。"
        advice = (
            "这是程序的错误，不是原文的错误：请把这份原文交给开发者；"
            "在此之前可以把它移出原文文件夹，或者用 --keep-going 先发布其余的。"
        )
        return Problem(self._source.path, line, message, advice)
