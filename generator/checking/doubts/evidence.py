"""What was read on thin evidence, or reads as no official document does: lines kept that may be none, texts without clauses.

The promise is that nothing goes wrong in silence. Whatever the program kept, joined or took out without being
certain is told here, and so is a result that no document looks like.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from generator.checking.doubts.passages import Finding, Passage, PolicyText
from generator.model import DoubtKind, Kind, Line, Removed
from generator.parsing.questions import Question
from generator.reading.ledger import Reason

_LONGEST_PARAGRAPH = 1500  # characters
_LONGEST_TITLE = 80  # characters
_QUOTED = 24  # characters
_NUMBERED = re.compile(r"第[一二三四五六七八九十百]{1,8}条\s|[一二三四五六七八九十]{1,3}、[^。]{0,80}。")
_TAG = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,12}(?:\s[^<>]{0,200})?/?>")


def open_questions(
    texts: Sequence[PolicyText],
    lines: Sequence[Line],
    removed: Iterable[Removed],
    questions: Iterable[Question],
) -> Iterator[Finding]:
    """The places that reading and parsing ask an editor about, each in the passage that holds its line."""
    passages = sorted(
        (passage for text in texts for passage in text.passages if passage.lines),
        key=lambda passage: passage.lines[0].number,
    )
    firsts = [passage.lines[0].number for passage in passages]
    for one in (*questions, *_kept(lines), *_left_out(lines, removed)):
        if not passages:
            return
        passage = passages[max(bisect_right(firsts, one.line) - 1, 0)]
        start = next((line.start for line in passage.lines if line.number >= one.line), 0)
        stop = min(start + _QUOTED, len(passage.text))
        yield Finding(one.kind, passage, start, stop, one.explanation)


def _kept(lines: Sequence[Line]) -> Iterator[Question]:
    """The lines that were kept though they may be of the page, of a web page, or markup."""
    for line in lines:
        if line.suspicion:
            kind = DoubtKind.WEB_PAGE if line.suspicion.of == "web page" else DoubtKind.UNDECIDED_REMOVAL
            said = f"第 {line.number} 行“{line.text[:_QUOTED]}”：{line.suspicion.why}"
            yield Question(kind, line.number, said)
        elif tag := _TAG.search(line.text):
            said = f"第 {line.number} 行有“{tag[0][:_QUOTED]}”，像网页的标记，照原样保留。"
            yield Question(DoubtKind.WEB_PAGE, line.number, said)


def _left_out(lines: Sequence[Line], removed: Iterable[Removed]) -> Iterator[Question]:
    """What was removed though words stand in it, by the line above."""
    beginnings = [line.printed.offsets[0] for line in lines]
    for item in removed:
        if item.doubtful and lines:
            number = lines[max(bisect_right(beginnings, item.start) - 1, 0)].number
            kind = DoubtKind.WEB_PAGE if item.reason == Reason.IMAGE else DoubtKind.UNDECIDED_REMOVAL
            text = "".join(item.text.split())[:_QUOTED]
            yield Question(kind, number, f"“{text}”作为{item.reason}未收入正文，请核对。")


def no_clause(text: PolicyText) -> Iterator[Finding]:
    """A source in which no clause was found: everything in it is front or back matter."""
    if not text.clauses and text.passages:
        passage = text.passages[0]
        yield Finding(
            DoubtKind.NO_CLAUSE,
            passage,
            0,
            min(_QUOTED, len(passage.text)),
            "这份政策没有读出一条条文，请核对原文是否完整。",
        )


def long_paragraphs(text: PolicyText) -> Iterator[Finding]:
    """Paragraphs longer than any that is printed: several were perhaps run together."""
    for passage in text.passages:
        for paragraph in passage.text.split("\n"):
            if len(paragraph) > _LONGEST_PARAGRAPH and "\t" not in paragraph:
                explanation = f"这一段长达 {len(paragraph)} 字，可能是几段连在了一起。"
                yield Finding(DoubtKind.LONG_PARAGRAPH, passage, 0, _QUOTED, explanation)
                break


def long_title(text: PolicyText) -> Iterator[Finding]:
    """A title longer than titles are: the lines below it were perhaps taken for a part of it."""
    title = text.policy.title
    if len(title) > _LONGEST_TITLE and text.passages:
        passage = next(
            (one for one in text.front if title[:8] in "".join(one.text.split())), text.passages[0]
        )
        yield Finding(
            DoubtKind.TITLE,
            passage,
            0,
            min(_QUOTED, len(passage.text)),
            f"标题长达 {len(title)} 字，可能把下文也当成了标题。",
        )


def numbers_in_back_matter(text: PolicyText) -> Iterator[Finding]:
    """A numbered clause among the back matter: it was perhaps taken out of the text."""
    kinds = {clause.kind for clause in text.policy.clauses}
    if Kind.ARTICLE in kinds or Kind.SECTION in kinds:
        for passage in text.back:
            if _NUMBERED.match(passage.text):
                yield _finding(passage, "署名之后的一段有编号，没有当作条文，请核对。")


def _finding(passage: Passage, explanation: str) -> Finding:
    return Finding(DoubtKind.UNPLACED, passage, 0, min(_QUOTED, len(passage.text)), explanation)
