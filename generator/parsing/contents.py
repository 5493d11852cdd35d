"""Splitting a compilation (汇编) into its policies by its own 目录.

A 目录 whose entries stand again, in order, as lines of the text makes a compilation; one whose entries are
chapters (第一章 总则) is the table of contents of a single regulation and splits nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.model import Line, Problem, Style
from generator.parsing.labels import find_label
from generator.vocabulary.parts import PartWords

# 国务院《提升中小企业竞争力若干措施》⇥10     一、总体要求……3
_ENTRY_END = re.compile(r"(?<![\s.…·．—-])[\s.…·．—-]*(?<=[\s.…·．])[（(]?\d{1,4}[）)]?$")
# 1.1　编制目的   — a heading of one text
_DECIMAL = re.compile(r"\d{1,2}[.．]\d{1,2}(?:[.．]\d{1,2})*\s*[\u4e00-\u9fff]")
_MAX_TITLE_LINES = 4
_TELLING = 8  # characters that two titles do not share by chance


@dataclass(frozen=True)
class Part:
    """The lines of one policy of a source."""

    entry: str | None  # its line of the 目录, without page number; None for a source of one policy
    heading: tuple[Line, ...]  # the lines that repeat the entry
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Split:
    """A source taken apart: cover and 目录, then the policies; and the entries whose policy was not found."""

    cover: tuple[Line, ...]
    parts: tuple[Part, ...]
    problems: tuple[Problem, ...] = ()


def split(lines: Sequence[Line], file: str, words: PartWords) -> Split:
    """The policies of a source, each with its lines.

    A policy of the 目录 that the text does not have is a fault, named by the line of its entry; the source then
    stays in one piece.
    """
    whole = (Part(None, (), tuple(lines)),)
    contents = _contents(lines, words)
    if contents is None:
        return Split((), whole)
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
        return Split((), whole, tuple(problems))
    ends = [start for start, _ in starts[1:]] + [len(lines)]
    parts = tuple(
        Part(entry, tuple(lines[start:stop]), tuple(lines[stop:end]))
        for (_, entry), (start, stop), end in zip(entries, starts, ends, strict=True)
    )
    return Split(tuple(lines[: starts[0][0]]), parts)


def _contents(lines: Sequence[Line], words: PartWords) -> tuple[list[tuple[Line, str]], int] | None:
    """The entries of a compilation's 目录 and the index where its text begins, or None."""
    start = next((index for index, line in enumerate(lines) if words.contents.fullmatch(line.text)), None)
    if start is None or start + 1 >= len(lines):
        return None
    first = _unlabelled(_entry(lines[start + 1].text))
    body = next((index for index in range(start + 2, len(lines)) if _same(lines[index].text, first)), None)
    if body is None:
        return None
    entries = [(line, _unlabelled(text)) for line, text in _entries(lines[start + 1 : body])]
    if len(entries) < 2 or any(find_label(entry) or _DECIMAL.match(entry) for _, entry in entries):
        return None
    return entries, body


def _entries(lines: Sequence[Line]) -> list[tuple[Line, str]]:
    """The entries of a 目录, each with its first line: where page numbers stand, one goes on until its own."""
    numbered = sum(1 for line in lines if _ENTRY_END.search(line.text))
    entries: list[tuple[Line, str]] = []
    open_ = False
    for line in lines:
        if open_ and entries:
            entries[-1] = (entries[-1][0], entries[-1][1] + _entry(line.text))
        else:
            entries.append((line, _entry(line.text)))
        open_ = 2 * numbered > len(lines) and not _ENTRY_END.search(line.text)
    return entries


def _unlabelled(entry: str) -> str:
    """An entry without the number that a compiler put before it (1. 一、); chapters keep theirs."""
    label = find_label(entry)
    if label is None or label.style not in (Style.DIGIT_DOT, Style.HAN_COMMA, Style.HAN_BRACKET):
        return entry
    return entry[len(label.printed) :].strip()


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
    """Whether a line repeats an entry, or as much of it as fits on a line."""
    line, wanted = _key(text), _key(entry)
    return line == wanted or (
        min(len(line), len(wanted)) >= _TELLING and (wanted.startswith(line) or line.startswith(wanted))
    )


def _key(text: str) -> str:
    """The text without white space, for comparison."""
    return "".join(text.split())
