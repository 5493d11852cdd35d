"""Official text as Markdown: readable as such, and never anything but text.

Whatever a source holds (asterisks, brackets, HTML, a line that looks like a heading, a table or an include) comes
out of the renderer as the characters that were printed.
"""

from __future__ import annotations

import re

# Characters that act as markup anywhere in a line and that Markdown lets one escape with a backslash …
_BACKSLASHED = re.compile(r"[\\`*_{}\[\]#]")
# … and those it does not, written as entities.
_ENTITIES = {character: f"&#{ord(character)};" for character in "|~^=$"} | {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
}
_ENTITY = re.compile("[" + re.escape("".join(_ENTITIES)) + "]")
# 1. or 1) at the start of a line would open a list.
_ORDERED = re.compile(r"(\d+)([.)])")
# What opens a list, rule, definition, admonition or details block.
_BLOCK_MARK = re.compile(r"[-+:!?%/@]")
_SPACE = re.compile(r"\s+")


def inline(text: str) -> str:
    """`text` inside a line: no character of it acts as markup. White space becomes single spaces."""
    folded = _SPACE.sub(" ", text)
    escaped = _BACKSLASHED.sub(r"\\\g<0>", folded)
    return _ENTITY.sub(lambda match: _ENTITIES[match[0]], escaped)


def paragraph(text: str) -> str:
    """`text` as a paragraph of its own: as `inline`, and its beginning opens no block."""
    line = inline(text.strip())
    if ordered := _ORDERED.match(line):
        return f"{ordered[1]}\\{ordered[2]}{line[ordered.end() :]}"
    if mark := _BLOCK_MARK.match(line):
        return f"&#{ord(mark[0])};{line[1:]}"
    return line


def attributes(anchor: str | None, *classes: str) -> str:
    """An attribute list: { #sec_1 .clause .level-1 }. Anchors and class names are ours and need no escaping."""
    parts = [f"#{anchor}"] if anchor else []
    return "{ " + " ".join(parts + [f".{name}" for name in classes]) + " }"
