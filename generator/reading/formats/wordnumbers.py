"""The numbers that Word prints before paragraphs (numbering.xml; ECMA-376, 17.9).

A paragraph names a list (`numId`) and a level, itself or by its style; the list's levels say how a number looks
(`第%1条`) and when it begins again. Lists that are made of one abstract list count on together, unless one of them
says that it begins anew.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from generator.reading.formats.counting import counted
from generator.reading.formats.wordxml import Element, child, children, number_of, on, value_of

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
# ●   ➢   Wingdings in the private area — but not —— and ※, which a text may print
_BULLET = re.compile(r"[\ue000-\uf8ff•●○■□◆◇▪▫➢✓✔·o§l\uf06c]+")
# 一、   （一）   1.   ①   — a number that needs no space after it
_CLOSED = re.compile(r"[、，．.：:）)】〕\]①-⓿㉑-㊿⑴-⒛]\s*$")


@dataclass(frozen=True)
class Level:
    """How one level of a list is numbered."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None  # the level (from 1) that begins it anew; 0: none; None: any above
    style: str | None = None  # the paragraph style that is tied to it
    legal: bool = False  # whether all numbers are shown in digits
    after: str = "tab"


@dataclass
class _List:
    abstract: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)  # levels that begin anew with this list
    used: bool = False


class Numbering:
    """The lists of a document, counted through its paragraphs in order."""

    def __init__(self, root: Element | None, style_lists: Mapping[str, str]) -> None:
        """`style_lists`: of numbering styles, the list each names."""
        self.bullets = 0
        self._abstract: dict[str, dict[int, Level]] = {}
        self._lists: dict[str, _List] = {}
        self._counters: dict[str, list[int | None]] = {}
        if root is None:
            return
        links: dict[str, str] = {}
        for one in children(root, "abstractNum"):
            id_ = number_of(one, "abstractNumId")
            self._abstract[id_] = {_index(level): _level(level) for level in children(one, "lvl")}
            link = child(one, "numStyleLink")
            if link is not None:
                links[id_] = value_of(link)
        for one in children(root, "num"):
            abstract = value_of(child(one, "abstractNumId"))
            self._lists[number_of(one, "numId")] = self._list(one, abstract)
        for id_, style in links.items():
            named = self._lists.get(style_lists.get(style, ""))
            if named is not None:
                self._abstract[id_] = self._abstract.get(named.abstract, {})
                for one_list in self._lists.values():
                    if one_list.abstract == id_:
                        one_list.abstract = named.abstract
                        one_list.levels = {**named.levels, **one_list.levels}

    def _list(self, element: Element, abstract: str) -> _List:
        levels = dict(self._abstract.get(abstract, {}))
        starts: dict[int, int] = {}
        for override in children(element, "lvlOverride"):
            index = _index(override)
            own = child(override, "lvl")
            if own is not None:
                levels[index] = _level(own)
            start = child(override, "startOverride")
            if start is not None:
                starts[index] = _whole(value_of(start), 1)
        return _List(abstract, levels, starts)

    def level_of_style(self, list_id: str, style: str) -> int:
        """The level of a list that is tied to a paragraph style; the first where none is."""
        levels = self._lists[list_id].levels if list_id in self._lists else {}
        return next((index for index, level in levels.items() if level.style == style), 0)

    def next(self, list_id: str, index: int) -> str:
        """The number before the next paragraph of a list, with the space after it; empty for a bullet or no list."""
        found = self._lists.get(list_id)
        if found is None or not 0 <= index < _LEVELS or index not in found.levels:
            return ""
        counters = self._counters.setdefault(found.abstract, [None] * _LEVELS)
        if not found.used:
            found.used = True
            for at, start in found.starts.items():
                counters[at] = start - 1
        level = found.levels[index]
        current = counters[index]
        counters[index] = level.start if current is None else current + 1
        for below in range(index + 1, _LEVELS):
            if below in found.levels and _begins_anew(found.levels[below], index):
                counters[below] = None
        if level.form == "bullet":
            if _BULLET.fullmatch(level.text) or not level.text.strip():
                self.bullets += 1
                return ""
            return level.text
        return self._shown(level, found, counters)

    def _shown(self, level: Level, found: _List, counters: list[int | None]) -> str:
        def number(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            other = found.levels.get(at, Level())
            count = counters[at]
            form = "decimal" if level.legal else other.form
            return counted(other.start if count is None else count, form)

        text = _PLACE.sub(number, level.text)
        if not text.strip():
            return ""
        if level.after == "nothing" or _CLOSED.search(text):
            return text.rstrip()
        return f"{text.rstrip()}　"


def _begins_anew(level: Level, used: int) -> bool:
    """Whether a level begins again after a paragraph of the level `used` above it."""
    if level.restart is None:
        return True
    return used < level.restart


def _level(element: Element) -> Level:
    level = Level()
    form = child(element, "numFmt")
    if form is not None:
        level = replace(level, form=value_of(form))
    restart, start, text = (child(element, name) for name in ("lvlRestart", "start", "lvlText"))
    style, after = child(element, "pStyle"), child(element, "suff")
    return replace(
        level,
        start=_whole(value_of(start), 0) if start is not None else 0,
        text=value_of(text) if text is not None else "",
        restart=_whole(value_of(restart), 0) if restart is not None else None,
        style=value_of(style) if style is not None else None,
        legal=on(child(element, "isLgl")),
        after=value_of(after) if after is not None else "tab",
    )


def _index(element: Element) -> int:
    return _whole(number_of(element, "ilvl"), 0)


def _whole(text: str, default: int) -> int:
    return int(text) if re.fullmatch(r"\d{1,6}", text) else default
