"""What looks like a slip of the print or of its recognition, within one passage.

Each check yields the places it doubts. None of them knows what is right: an editor decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.checking.doubts.passages import Finding, Passage
from generator.model import DoubtKind
from generator.vocabulary.doubts import DoubtWords

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
# 国家 and 行业   — with the characters before and after, spaces apart
_LATIN = re.compile(r"([^\sA-Za-z]?) {0,3}(?<![A-Za-z])([A-Za-z]+(?:[ '’-][A-Za-z]+)*)(?= {0,3}(\S?))")
# What shows that letters belong to an address, a unit or a formula: www.gov.cn, 5 km, x=1
_CODE = re.compile(r"[A-Za-z0-9./@:_\\#%=&~+*<>-]")
_SHORT_DOUBLE = re.compile(rf"([{_HAN}])\1+")
# 推进改革推进改革   政务服务服“好差评”: two characters only at the end of a phrase, as words often meet so (创业创新)
_LONG_DOUBLE = re.compile(rf"([{_HAN}]{{3,12}})\1+|((?!一)[{_HAN}]{{2}})\2(?![{_HAN}])")
_LONGEST = 12  # characters of a repeat at a break
# “0 5天”   2 .5倍   2. 5倍   (not 0571 8765 4321, 1 2 3 in the head of a table, 1. 5个 after a stop)
_DIGIT_GAP = re.compile(
    r"(?<![\d.．:：/-])(?<!\d )(?:\d{1,2} {1,3}\d{1,9}|\d{1,9} {1,3}\d{1,2})(?![\d.．:：/-]| {1,3}\d)"
    r"|\d {1,3}[.．] {0,3}\d"
    r"|(?<=[^\s。；：，、,;:\d])\d{1,9}[.．] {1,3}\d"
)
# Private use, replacement character: what the reading could not make out.
_UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010ffff]+")


def latin_words(passage: Passage, words: DoubtWords) -> Iterator[Finding]:
    """A foreign word in the middle of Chinese: 国家 and 行业标准. A name in quotes or brackets of its own is not doubted."""
    for match in _LATIN.finditer(passage.text):
        before, run, after = match.groups()
        if (before and _CODE.match(before)) or (after and _CODE.match(after)):
            continue
        if before and after and before in "“‘《〈（([「" and after in "”’》〉）)]」":
            continue
        if any(_is_stray(part, words) for part in re.findall("[A-Za-z]+", run)):
            explanation = f"中文里夹有外文“{run}”，可能是误识或误译。"
            yield Finding(DoubtKind.LATIN_WORD, passage, match.start(2), match.end(2), explanation)


def _is_stray(word: str, words: DoubtWords) -> bool:
    if word.lower() in words.latin_slips and not (word.isupper() or len(word) < 2):
        return True
    return word.islower() and len(word) > 1 and word not in words.latin_words


def doubled_at_break(passage: Passage, words: DoubtWords) -> Iterator[Finding]:
    """The end of a line repeated at the beginning of the next, where the two were joined: 不 / 不动产."""
    text = passage.text
    for join in passage.joins:
        longest = min(_LONGEST, join, len(text) - join)
        for size in range(longest, 0, -1):
            repeated = text[join : join + size]
            if text[join - size : join] != repeated or not re.search(f"[{_HAN}]", repeated):
                continue
            if size > 1 or not words.usual(text, join - 1):
                explanation = f"断行前后“{repeated}”重复，可能误衍。"
                yield Finding(DoubtKind.DOUBLED_AT_BREAK, passage, join - size, join + size, explanation)
            break


def doubled(passage: Passage, words: DoubtWords) -> Iterator[Finding]:
    """A function word or a longer stretch printed twice in a row: 的的, 推进改革推进改革."""
    text = passage.text
    joins = passage.joins
    for match in _SHORT_DOUBLE.finditer(text):
        usual = match[1] not in words.function_characters or words.usual(text, match.start())
        if not usual and match.start() + 1 not in joins:
            explanation = f"“{match[1]}”连用两次，可能误衍。"
            yield Finding(DoubtKind.DOUBLED, passage, match.start(), match.end(), explanation)
    for match in _LONG_DOUBLE.finditer(text):
        repeated = match[1] or match[2]
        # 集体经济组织的土地的土地承包经营权: two phrases that end and begin alike
        if match.start() + len(repeated) not in joins and not repeated.startswith("的"):
            explanation = f"“{repeated}”连用两次，可能误衍。"
            yield Finding(DoubtKind.DOUBLED, passage, match.start(), match.end(), explanation)


def digit_gaps(passage: Passage, _words: DoubtWords) -> Iterator[Finding]:
    """A space within a number: “0 5天”, 2 .5."""
    start = len(passage.label)
    for match in _DIGIT_GAP.finditer(passage.text, start):
        explanation = f"数字“{match[0]}”中间断开，可能脱落小数点或误加空格。"
        yield Finding(DoubtKind.DIGIT_GAP, passage, match.start(), match.end(), explanation)


def unreadable(passage: Passage, _words: DoubtWords) -> Iterator[Finding]:
    """Characters that stand for no character: private use, U+FFFD."""
    for match in _UNREADABLE.finditer(passage.text):
        codes = "、".join(f"U+{ord(character):04X}" for character in dict.fromkeys(match[0]))
        explanation = f"{codes} 不是文字，请对照原件补出。"
        yield Finding(DoubtKind.UNREADABLE, passage, match.start(), match.end(), explanation)
