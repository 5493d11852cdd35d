"""Splitting a compilation (汇编) into its policies by its own 目录.

A 目录 whose entries stand again, in order, as lines of the text makes a compilation; one whose entries are
chapters (第一章 总则) is the table of contents of a single regulation and splits nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.model import CorpusError, Line, Problem
from generator.parsing.labels import find_label

_CONTENTS = re.compile(r"目\s*[录次]")
# 国务院《提升中小企业竞争力若干措施》⇥10     一、总体要求……3
_ENTRY_END = re.compile(r"[\s.…·．—-]*[\s.…·．]\s*[（(]?\d{1,4}[）)]?$")
_MAX_TITLE_LINES = 4


@dataclass(frozen=True)
class Part:
    """The lines of one policy of a source."""

    entry: str | None  # its line of the 目录, without page number; None for a source of one policy
    heading: tuple[Line, ...]  # the lines that repeat the entry
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Split:
    """A source taken apart: cover and 目录, then the policies."""

    cover: tuple[Line, ...]
    parts: tuple[Part, ...]


def split(lines: Sequence[Line], file: str) -> Split:
    """The policies of a source, each with its lines.

    Raises `CorpusError` naming the line of the 目录 whose policy is not found in the text.
    """
    contents = _contents(lines)
    if contents is None:
        return Split((), (Part(None, (), tuple(lines)),))
    entries, body = contents
    starts: list[tuple[int, int]] = []
    position = body
    problems: list[Problem] = []
    for line, entry in entries:
        found = _find(entry, lines, position)
        if found is None:
            message = f"目录中的“{entry}”在正文里找不到同名的标题行。"
            problems.append(Problem(file, line.number, message, "请核对原文是否完整。"))
            continue
        starts.append(found)
        position = found[1]
    if problems:
        raise CorpusError(problems)
    ends = [start for start, _ in starts[1:]] + [len(lines)]
    parts = tuple(
        Part(entry, tuple(lines[start:stop]), tuple(lines[stop:end]))
        for (_, entry), (start, stop), end in zip(entries, starts, ends, strict=True)
    )
    return Split(tuple(lines[: starts[0][0]]), parts)


def _contents(lines: Sequence[Line]) -> tuple[list[tuple[Line, str]], int] | None:
    """The entries of a compilation's 目录 and the index where its text begins, or None."""
    start = next((index for index, line in enumerate(lines) if _CONTENTS.fullmatch(line.text)), None)
    if start is None or start + 1 >= len(lines):
        return None
    first = _entry(lines[start + 1].text)
    body = next((index for index in range(start + 2, len(lines)) if _same(lines[index].text, first)), None)
    if body is None:
        return None
    entries = [(line, _entry(line.text)) for line in lines[start + 1 : body]]
    if len(entries) < 2 or any(find_label(entry) for _, entry in entries):
        return None
    return entries, body


def _entry(text: str) -> str:
    return _ENTRY_END.sub("", text).strip()


def _find(entry: str, lines: Sequence[Line], position: int) -> tuple[int, int] | None:
    """Where the title line (or up to four lines) of an entry stands: (first, one past the last)."""
    wanted = _key(entry)
    for index in range(position, len(lines)):
        text = ""
        for stop in range(index, min(index + _MAX_TITLE_LINES, len(lines))):
            text += _key(lines[stop].text)
            if text == wanted:
                return index, stop + 1
            if not wanted.startswith(text):
                break
    return None


def _same(text: str, entry: str) -> bool:
    key = _key(text)
    return bool(key) and (key == _key(entry) or (len(key) >= 8 and _key(entry).startswith(key)))


def _key(text: str) -> str:
    """The text without white space, for comparison."""
    return "".join(text.split())
