"""The text of a clause as commitments are looked for in it, with every character's place in the wording.

Left out: the label, notes of responsibility, white space, quotation marks. Corrections are applied, half-width
punctuation counts as full-width, and what stands in 《》 or in brackets is set aside: a name has no quantities of
its own, and a bracket is a flow of its own that knows where it stood. So 高压4个(申请、验收)、低压3个 is read as
高压4个、低压3个.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from generator.model import Clause

NAME = "◇"  # stands for each character of a name in 《》

_WIDE = str.maketrans(
    {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "％": "%", "．": ".", "～": "~"}
)
_OPEN, _CLOSE = "（([［【〔", "）)]］】〕"
_QUOTES = "“”‘’\"'「」『』"
_SENTENCE, _SEGMENT = "。！？\n", "，；"


@dataclass(frozen=True)
class Segment:
    """What stands between commas: text[start:stop], the number of its sentence (。 ends one) and of its group (；)."""

    start: int
    stop: int
    sentence: int
    group: int


@dataclass(frozen=True)
class Flow:
    """A run of text to be read: the clause's own, or what one of its brackets holds."""

    text: str
    places: tuple[tuple[int, int], ...]  # of each character: where it starts and stops in the wording
    quoted: tuple[bool, ...]  # of each character: whether it stood between quotation marks
    title_stop: int  # the characters before it are of the clause's title
    after: int | None = None  # for a bracket: the place in the clause's own text that it follows

    def wording(self, start: int, stop: int) -> tuple[int, int]:
        """The place in the wording of text[start:stop], which must not be empty."""
        return self.places[start][0], self.places[stop - 1][1]

    def segments(self) -> tuple[Segment, ...]:
        """The segments, in order; none is empty."""
        segments: list[Segment] = []
        start = sentence = group = 0
        for index, character in enumerate((*self.text, "\n")):
            if character in _SENTENCE or character in _SEGMENT:
                if index > start:
                    segments.append(Segment(start, index, sentence, group))
                start = index + 1
                sentence += character in _SENTENCE
                group += character in _SENTENCE or character == "；"
        return tuple(segments)


@dataclass
class _Building:
    """A flow as its characters come in."""

    after: int | None = None
    text: list[str] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    quoted: list[bool] = field(default_factory=list)
    title_stop: int = 0

    def add(self, character: str, place: tuple[int, int], *, quoted: bool) -> None:
        self.text.append(character)
        self.places.append(place)
        self.quoted.append(quoted)

    def flow(self) -> Flow:
        return Flow("".join(self.text), tuple(self.places), tuple(self.quoted), self.title_stop, self.after)


@dataclass(frozen=True)
class Part:
    """A part of a wording that is read by itself: a cell of a table.

    `before` and `after` are what its column says round it (办理时限：, 工作日): they are read with it, and have no
    place in the wording.
    """

    start: int
    stop: int
    before: str = ""
    after: str = ""


def flows_of(clause: Clause, left_out: Sequence[tuple[int, int]], part: Part | None = None) -> list[Flow]:
    """The clause's own text, then its brackets in order; or those of a part of it.

    `left_out` are stretches of the wording that say nothing here (notes of responsibility), in order. Linear in
    the length of the wording.
    """
    if part is not None:
        return _flows_of_part(clause, left_out, part)
    label = len(clause.label or "")
    title_at = clause.wording.find(clause.title, label) if clause.title else -1
    title_stop = title_at + len(clause.title or "") if 0 <= title_at <= label + 2 else label
    own = _Building()
    brackets = _fill(own, _characters(clause, [(0, label), *left_out]), title_stop)
    return [own.flow(), *(bracket.flow() for bracket in brackets if bracket.text)]


def _flows_of_part(clause: Clause, left_out: Sequence[tuple[int, int]], part: Part) -> list[Flow]:
    first, last = (
        bisect_left(left_out, place, key=lambda span: span[0]) for place in (part.start, part.stop)
    )
    inside = left_out[first:last]
    own = _Building()
    for character in part.before:
        own.add(character, (part.start, part.start), quoted=False)
    brackets = _fill(own, _characters(clause, inside, part.start, part.stop), 0)
    for character in part.after:
        own.add(character, (part.stop, part.stop), quoted=False)
    return [own.flow(), *(bracket.flow() for bracket in brackets if bracket.text)]


def _fill(
    own: _Building, characters: Iterable[tuple[str, tuple[int, int]]], title_stop: int
) -> list[_Building]:
    """Add the characters to the own text, but for those in brackets, which are returned."""
    brackets: list[_Building] = []
    depth = names = quotes = 0
    for character, place in characters:
        if character in _OPEN:
            depth += 1
            if depth == 1:
                brackets.append(_Building(after=len(own.text)))
        elif character in _CLOSE:
            depth = max(0, depth - 1)
        elif character in _QUOTES:
            quotes = max(0, quotes + (character in "“‘「『") - (character in "”’」』"))
        else:
            names += character == "《"
            building = brackets[-1] if depth else own
            building.add(NAME if names else character, place, quoted=quotes > 0)
            names -= names > 0 and character == "》"
        if place[1] <= title_stop:
            own.title_stop = len(own.text)
    return brackets


def _characters(
    clause: Clause, left_out: Sequence[tuple[int, int]], start: int = 0, stop: int | None = None
) -> Iterator[tuple[str, tuple[int, int]]]:
    """The characters to read, each with its place in the wording: corrected, folded, without white space."""
    wording, end = clause.wording, len(clause.wording) if stop is None else stop
    skipped = iter([*(span for span in left_out if span[0] < span[1]), (end, end)])
    corrections = iter(
        [
            *((one.start, one.stop, one.corrected) for one in clause.corrections if start <= one.start < end),
            (end, end, ""),
        ]
    )
    skip, correction = next(skipped), next(corrections)
    index = start
    while index < end:
        if index >= skip[0]:
            index = max(index, skip[1])
            skip = next(skipped, (end, end))
            if index < end:
                yield "\n", (index, index + 1)
            continue
        if index > correction[0]:
            correction = next(corrections)
            continue
        if index == correction[0]:
            for character in correction[2]:
                yield character.translate(_WIDE), (correction[0], correction[1])
            index = correction[1]
            continue
        character = wording[index]
        thousands = character == "," and wording[index - 1 : index].isdecimal() and _group(wording, index + 1)
        if not thousands and (character == "\n" or not character.isspace()):
            yield character.translate(_WIDE), (index, index + 1)
        index += 1


def _group(text: str, index: int) -> bool:
    """Whether a group of thousands stands at a place: 647 in 1,647亿元."""
    return (
        text[index : index + 3].isdecimal()
        and len(text[index : index + 3]) == 3
        and not (text[index + 3 : index + 4].isdecimal())
    )
