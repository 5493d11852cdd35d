"""Brackets and quotes without a counterpart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from generator.checking.doubts.passages import Finding, Passage, PolicyText
from generator.model import DoubtKind

_PAIRS: Mapping[str, str] = MappingProxyType(
    {
        "“": "”",
        "‘": "’",
        "《": "》",
        "〈": "〉",
        "(": ")",
        "〔": "〕",
        "[": "]",
        "【": "】",
        "「": "」",
        "『": "』",
    }
)
_OPENERS: Mapping[str, str] = MappingProxyType({closer: opener for opener, closer in _PAIRS.items()})
_MARK = re.compile("[" + re.escape("".join((*_PAIRS, *_OPENERS))) + "]")
_WIDTH_ALIKE = str.maketrans("（）［］﹝﹞", "()[]〔〕")
# 1）   a)   — the bracket closes an enumerator, not what an opening one began
_ENUMERATOR = re.compile(
    r"(?:^|(?<=[\s，。；：、,;:]))(?:\d{1,2}|[一二三四五六七八九十]{1,3}|[a-zA-Z])[）)]", re.MULTILINE
)


def unbalanced(text: PolicyText) -> Iterator[Finding]:
    """Each kind of bracket that does not come out even in a passage; one finding for each.

    A quotation of several paragraphs is even as a whole (每段前用前引号，末段才用后引号): its mark follows a colon
    or begins a passage; a later passage closes it, or begins with a mark of its own.
    """
    begun: dict[str, Finding] = {}  # quotations whose end has not come, by opening mark
    for passage in text.passages:
        lone = _lone(passage, passage.text)
        if passage.corrections:
            lone = {opener: lone[opener] for opener in lone.keys() & _lone(passage, passage.corrected).keys()}
        for opener in [opener for opener in begun if passage.text.startswith(opener)]:
            lone.pop(opener, None)  # a further paragraph of the quotation
            if passage.text.rstrip("。；").endswith(_PAIRS[opener]):
                del begun[opener]
        for opener, offsets in lone.items():
            finding = _finding(passage, opener, offsets[0])
            opens = _half_width(passage.text[offsets[0]]) == opener
            if len(offsets) > 1:
                yield finding
            elif opens and _may_begin_quotation(passage, offsets[0]):
                begun.setdefault(opener, finding)
            elif opens or begun.pop(opener, None) is None:
                yield finding
    yield from begun.values()


def _finding(passage: Passage, opener: str, offset: int) -> Finding:
    text = passage.text[len(passage.label) :].translate(_WIDTH_ALIKE)
    closer = _PAIRS[opener]
    counts = f" {opener} {text.count(opener)} 个，{closer} {text.count(closer)} 个"
    reason = "次序交错" if text.count(opener) == text.count(closer) else "不成对"
    return Finding(DoubtKind.UNBALANCED, passage, offset, offset + 1, f"{reason}：本段{counts}。")


def _lone(passage: Passage, text: str) -> dict[str, list[int]]:
    """The offsets of the marks without a counterpart, by the opening mark of their kind; width made equal."""
    skipped = {match.end() - 1 for match in _ENUMERATOR.finditer(text)}
    skipped.update(range(len(passage.label)))
    open_: list[tuple[str, int]] = []
    depth = dict.fromkeys(_PAIRS, 0)
    lone: list[tuple[str, int]] = []
    for match in _MARK.finditer(text.translate(_WIDTH_ALIKE)):
        mark, offset = match[0], match.start()
        opener = _OPENERS.get(mark, mark)
        if offset in skipped:
            continue
        if mark == opener:
            open_.append((mark, offset))
            depth[mark] += 1
        elif not depth[opener]:
            lone.append((opener, offset))
        else:
            while open_[-1][0] != opener:
                depth[open_[-1][0]] -= 1
                lone.append(open_.pop())
            depth[opener] -= 1
            open_.pop()
    by_kind: dict[str, list[int]] = {}
    for opener, offset in sorted([*lone, *open_], key=lambda one: one[1]):
        by_kind.setdefault(opener, []).append(offset)
    return by_kind


def _may_begin_quotation(passage: Passage, offset: int) -> bool:
    """Whether a mark follows a colon or begins the passage, as in 第三条修改为：“本条例…."""
    before = passage.text[len(passage.label) : offset].rstrip()
    return not before or before[-1] in "：:"


def _half_width(mark: str) -> str:
    return mark.translate(_WIDTH_ALIKE)
