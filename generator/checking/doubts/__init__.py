"""What an editor should look at (存疑): places that look wrong, or that nothing in the print decides.

Each check is a small function from the text of a policy to the places it doubts; this module runs them all. A doubt
is no fault and repairs nothing. One that a declared correction covers is settled, and is not told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from generator.checking.doubts import brackets, evidence, numbering, pagination, slips, titles
from generator.checking.doubts.passages import Finding, Passage, PolicyText, text_of
from generator.model import Doubt, DoubtKind, Line
from generator.parsing import ParsedSource
from generator.reading.punctuation import STOP
from generator.vocabulary import Vocabulary
from generator.vocabulary.doubts import DoubtWords

__all__ = ["find_doubts"]

_QUOTED = 40  # characters
# 市　长　王某某   局长　张　工
_PERSON = re.compile(r"\S{0,6}\s*(?:长|主任|主席|总理)\s+\S\s*\S{1,3}")


def find_doubts(parsed: ParsedSource, lines: Sequence[Line], words: Vocabulary) -> list[Doubt]:
    """The open doubts of one source, in the order of its lines; `lines` are those of the whole source.

    Linear in the text.
    """
    removed = parsed.account.removed
    texts = [text_of(policy) for policy in parsed.policies]
    findings = list(pagination.undecided_breaks(texts, lines, parsed.layout, removed))
    findings += evidence.open_questions(texts, lines, removed, parsed.questions)
    for text in texts:
        findings += _findings(text, words)
    findings.sort(key=lambda found: (found.passage.line(found.start), found.start))
    return [_doubt(found) for found in findings if not _settled(found)]


def unplaced(text: PolicyText) -> Iterator[Finding]:
    """Front and back matter that shows no role: no title, number, addressee, signature, and no whole sentence."""
    for matters, passages in ((text.policy.front, text.front), (text.policy.back, text.back)):
        for matter, passage in zip(matters, passages, strict=True):
            if _PERSON.fullmatch(matter.text):
                continue
            broken_off = matter.role in ("notice", "preamble") and not STOP.search(matter.text)
            if matter.role == "text" or broken_off:
                explanation = "条文之外的一段文字，看不出是标题、文号、序言还是署名。"
                yield Finding(DoubtKind.UNPLACED, passage, 0, min(len(passage.text), _QUOTED), explanation)


PASSAGE_CHECKS: tuple[Callable[[Passage, DoubtWords], Iterator[Finding]], ...] = (
    slips.latin_words,
    slips.doubled_at_break,
    slips.doubled,
    slips.digit_gaps,
    slips.unreadable,
)
POLICY_CHECKS: tuple[Callable[[PolicyText], Iterator[Finding]], ...] = (
    numbering.numbering,
    numbering.label_mix,
    numbering.labels_in_text,
    numbering.empty_clauses,
    brackets.unbalanced,
    evidence.no_clause,
    evidence.long_paragraphs,
    evidence.long_title,
    evidence.numbers_in_back_matter,
    unplaced,
)


def _findings(text: PolicyText, words: Vocabulary) -> Iterator[Finding]:
    yield from titles.title_at_odds(text, words)
    for policy_check in POLICY_CHECKS:
        yield from policy_check(text)
    for passage_check in PASSAGE_CHECKS:
        for passage in text.passages:
            yield from passage_check(passage, words.doubts)


def _settled(found: Finding) -> bool:
    return found.passage.settled(found.start, found.stop)


def _doubt(found: Finding) -> Doubt:
    passage = found.passage
    return Doubt(
        policy=passage.policy,
        anchor=passage.anchor,
        kind=found.kind,
        file=passage.place.file,
        line=passage.line(found.start),
        quote=passage.quote(found.start, found.stop),
        explanation=found.explanation,
    )
