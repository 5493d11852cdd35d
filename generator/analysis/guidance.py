"""Whom a clause is for, under which conditions, how one gets it and whom to ask: only what the print says in so many words.

A field with its name (适用对象：…；申报条件：…) says it, in a clause or in a column of a table; how money comes may be said
in the text, too (对符合条件的企业“免申即享”). Nothing is worked out from a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.analysis.tables import Cell, Tables
from generator.model import Clause, Guidance, GuidanceKind, Kind
from generator.vocabulary.guidance import GuidanceWords

# What a value ends at: the end of a sentence or line, or the bracket that it stands in.
_END = re.compile(r"[。；;\n\t）)】〕］\]]")
# 0577-12345678、12345，010 8888 6666 转 2
_PHONE = re.compile(r"\d[\d\-－—()（） 转、，,/]*\d")


def find_guidance(clause: Clause, tables: Tables, words: GuidanceWords) -> tuple[Guidance, ...]:
    """What a clause says of itself to those who want to use it, in the order of its wording. Linear in its length.

    `tables` are those of the clause's policy: the head of a table names what the cells of its rows are.
    """
    if clause.kind is Kind.TABLE:
        return ()
    cells = tables.cells(clause) if clause.cells else ()
    found = [one for one in (_of_column(cell, words) for cell in cells) if one]
    found += [*_fields(clause.wording, words), *_modes(clause.wording, words)]
    kept: list[Guidance] = []
    for one in sorted(found, key=lambda guidance: (guidance.start, -guidance.stop)):
        if not kept or one.start >= kept[-1].stop:
            kept.append(one)
    return tuple(kept)


def _of_column(cell: Cell, words: GuidanceWords) -> Guidance | None:
    """What a cell says by the name of its column."""
    kind = words.fields.get(cell.column_name)
    if kind is None or cell.says_nothing:
        return None
    return Guidance(kind, cell.text, cell.start, cell.stop)


def _fields(text: str, words: GuidanceWords) -> Iterator[Guidance]:
    """Fields with their values: up to the end of the sentence, or the next field."""
    matches = list(words.field.finditer(text))
    for number, match in enumerate(matches):
        limit = matches[number + 1].start() if number + 1 < len(matches) else len(text)
        end = _END.search(text, match.end(), limit)
        stop = end.start() if end else limit
        kind = words.fields[match["name"]]
        if kind is GuidanceKind.PHONE:
            phone = _PHONE.match(text, match.end(), limit)
            stop = phone.end() if phone else match.end()
        value = text[match.end() : stop].rstrip(" ，,、（(")
        if value:
            yield Guidance(kind, value, match.end(), match.end() + len(value))


def _modes(text: str, words: GuidanceWords) -> Iterator[Guidance]:
    """Words that say how money comes, each once."""
    seen: set[str] = set()
    for match in words.mode.finditer(text):
        if match[0] not in seen:
            seen.add(match[0])
            yield Guidance(GuidanceKind.DELIVERY, match[0], match.start(), match.end())
