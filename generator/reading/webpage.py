"""What stands around a text that was copied from a web page: menus above it, links and imprint below it.

Only the lines before and after the document are looked at, and only such as no document prints (扫一扫在手机打开当前页).
A line among them that might be text stays and is marked as suspect.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.vocabulary.webpages import PageWords

_SHORT = 60  # characters
_HEAD_REACH = 12  # lines
_TAIL_REACH = 40  # lines


@dataclass
class Navigation:
    """The lines that are a web page's own, by index, and those that may be."""

    removed: set[int] = field(default_factory=set)
    suspects: dict[int, str] = field(default_factory=dict)  # why, in Chinese


def find_navigation(texts: Sequence[str], words: PageWords) -> Navigation:
    """The lines of menus, buttons, links and imprint around a document copied from a web page."""
    found = Navigation()
    head = [index for index in range(min(_HEAD_REACH, len(texts))) if words.head.fullmatch(texts[index])]
    found.removed.update(head)
    strong = [
        index
        for index in range(max(0, len(texts) - _TAIL_REACH), len(texts))
        if words.tail.fullmatch(texts[index]) and not words.weak.fullmatch(texts[index])
    ]
    # Working up from the end: the tail begins at the first mark below which nothing is a sentence of a document.
    start = len(texts)
    for index in reversed(strong):
        if any(_is_text(text) for text in texts[index + 1 : start] if not words.tail.fullmatch(text)):
            break
        start = index
    for index in range(start, len(texts)):
        if index in found.removed:
            continue
        if words.tail.fullmatch(texts[index]):
            found.removed.add(index)
        else:
            found.suspects[index] = "这一行在网页的页尾文字之间，可能不是正文。"
    for index in strong:
        if index < start and index not in found.removed:
            found.suspects[index] = "这一行像网页上的文字，可能不是正文。"
    return found


def _is_text(text: str) -> bool:
    return len(text) > _SHORT or text.endswith(("。", "；", "："))
