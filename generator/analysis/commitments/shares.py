"""分别: what several numbers are said of, each for itself.

市、县污水处理率分别达到95%、85% is 95 % for 市污水处理率 and 85 % for 县污水处理率; 水气热接入时间分别为3天、4天、5天 is 3 days
for 水接入时间. What a list of as many items as numbers has in common stands before the first item or after the last.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from generator.analysis.commitments.stretches import Stretch
from generator.vocabulary.commitments import CommitmentWords

_JOINERS = re.compile("[、和及与]")
_RATE = re.compile("(?:..化|..)率$")  # 机械化率, 利用率: what a list of 种植、收获 has in common
_MOST = 12  # items of a list that is shared out
_LONGEST_RUN = 6  # characters of a compound: 水电气热网


@dataclass(frozen=True)
class Shares:
    """Shares a stretch of text out among numbers, by the words of the taxonomy."""

    words: CommitmentWords

    def share(self, text: str, stretch: Stretch, place: int, count: int) -> tuple[Stretch | str, ...] | None:
        """What the number at `place` of `count` is said of; None where the stretch is not a list of as many."""
        if not 2 <= count <= _MOST or not stretch:
            return None
        items = self._items(text, stretch, count)
        if items is not None:
            return self._of_list(text, stretch, items, place)
        return self._of_compound(text, stretch, place, count)

    def _items(self, text: str, stretch: Stretch, count: int) -> list[Stretch] | None:
        """The items of a list, the last with all that follows it."""
        marks = [one.start() for one in _JOINERS.finditer(text, stretch.start, stretch.stop)]
        commas = [mark for mark in marks if text[mark] == "、"]
        for cuts in (commas, marks):
            if len(cuts) == count - 1:
                starts = [stretch.start, *(cut + 1 for cut in cuts)]
                stops = [*cuts, stretch.stop]
                found = [Stretch(*pair) for pair in zip(starts, stops, strict=True)]
                return found if all(found) else None
        return None

    def _of_list(
        self, text: str, stretch: Stretch, items: Sequence[Stretch], place: int
    ) -> tuple[Stretch | str, ...]:
        first, last = items[0], items[-1]
        end = self._end_of_last(text, first, last)
        tail = Stretch(end, stretch.stop)
        own = Stretch(last.start, end) if place == len(items) - 1 else items[place]
        head = self._head(text, first, own) if place else None
        return tuple(one for one in (head, own, tail) if one)

    def _end_of_last(self, text: str, first: Stretch, last: Stretch) -> int:
        """Where the last item ends and what all have in common begins: 县|污水处理率, 抵押登记|业务办理时限."""
        length = first.stop - first.start
        if length == 1:
            return last.start + 1
        for size in (2, 1):
            alike = text.find(
                text[first.stop - size : first.stop], last.start + (1 if size == 1 else 0), last.stop
            )
            if length > size and alike >= 0:
                return alike + size
        rate = _RATE.search(text, last.start + 1, last.stop)
        if rate:
            return rate.start()
        known = re.compile(f"{self.words.any_of('said_of.measures')}$").search(
            text, last.start + 1, last.stop
        )
        if known and last.start + length >= last.stop:
            return known.start()
        return min(last.start + length, last.stop)

    def _head(self, text: str, first: Stretch, own: Stretch) -> Stretch | None:
        """What the first item has before what it shares with the others: 花生 of 花生种植、收获."""
        extra = (first.stop - first.start) - (own.stop - own.start)
        if extra < 2 or re.search(self.words.any_of("said_of.classes"), text[own.start : own.stop]):
            return None
        alike = text[first.stop - 1] == text[own.stop - 1]
        shared = alike or own.stop - own.start == 2
        return Stretch(first.start, first.start + extra) if shared and extra <= _LONGEST_RUN else None

    @cached_property
    def _run(self) -> re.Pattern[str]:
        return re.compile(f"[{''.join(self.words['said_of.single'])}]{{2,{_LONGEST_RUN}}}")

    def _of_compound(
        self, text: str, stretch: Stretch, place: int, count: int
    ) -> tuple[Stretch | str, ...] | None:
        for word, parts in self.words.pairs.items():
            at = text.find(word, stretch.start, stretch.stop)
            if at >= 0 and len(parts) == count:
                before, after = Stretch(stretch.start, at), Stretch(at + len(word), stretch.stop)
                return tuple(one for one in (before, parts[place], after) if one)
        run = self._run.search(text, stretch.start, stretch.stop)
        if run and run.end() - run.start() == count:
            own = Stretch(run.start() + place, run.start() + place + 1)
            before, after = Stretch(stretch.start, run.start()), Stretch(run.end(), stretch.stop)
            return tuple(one for one in (before, own, after) if one)
        return None
