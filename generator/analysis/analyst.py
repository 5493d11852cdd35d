"""The layers of analysis, one over the other: what is known about every clause of a policy.

Indicators, responsibilities, due dates and commitments each read the clauses by themselves; here they are put
together, and an editor's decisions on indicators take the place of the classification.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from generator.analysis.commitments import CommitmentFinder, Match
from generator.analysis.due import calendar_of
from generator.analysis.guidance import find_guidance
from generator.analysis.indicators import Score, classify, scores
from generator.analysis.responsibility import NoteReader
from generator.analysis.tables import Tables
from generator.model import (
    Analysis,
    Assignment,
    Clause,
    IndicatorChoice,
    Policy,
    Problem,
)
from generator.vocabulary import Vocabulary, load_words
from generator.vocabulary.indicators import INDICATOR_IDS

EDITOR = "编者："
"""What the evidence of an editor's decision begins with."""


_OF_ONE_MATTER = frozenset({"time", "steps", "documents", "cost"})


@dataclass(frozen=True)
class Explanation:
    """Why a clause is analysed as it is: for `check --explain`."""

    clause: Clause
    analysis: Analysis
    scores: tuple[Score, ...]  # of the classification, even where an editor decided otherwise
    matches: tuple[Match, ...]  # commitments with the names of their frames
    unpromised: tuple[str, ...]  # quantities that are no commitments, as printed


@dataclass(frozen=True)
class Analyst:
    """Analyses policies by the words of a vocabulary. Make one and use it for all."""

    words: Vocabulary

    @cached_property
    def notes(self) -> NoteReader:
        """What finds the notes of responsibility in a wording."""
        return NoteReader(self.words.units)

    @cached_property
    def commitments(self) -> CommitmentFinder:
        """What finds the quantified promises."""
        return CommitmentFinder(self.words.commitments, self.notes)

    def analyse(self, policy: Policy) -> tuple[dict[str, Analysis], list[Problem]]:
        """What is known about every clause, by anchor, and the faults of the editor's decisions.

        A decision with a fault (an anchor or indicator there is not) is reported and left out.
        """
        calendar = calendar_of(policy)
        found = self.commitments.find(policy)
        analyses: dict[str, Analysis] = {}
        for anchor, analysis in classify(policy, self.words.taxonomy, self.notes, _of_matters(found)).items():
            commitments = tuple(match.commitment for match in found[anchor])
            analyses[anchor] = replace(analysis, commitments=commitments)
        first_leads = False
        tables = Tables(policy)
        for clause in policy.clauses:
            guidance = find_guidance(clause, tables, self.words.guidance)
            if guidance:
                analyses[clause.anchor] = replace(analyses[clause.anchor], guidance=guidance)
            notes = self.notes.notes_of(clause, tables, calendar)
            first_leads = first_leads or any(note.from_here for note in notes)
            if notes:
                analyses[clause.anchor] = replace(
                    analyses[clause.anchor],
                    responsibility=self.notes.settled(notes, first_leads=first_leads),
                    due=next((note.due for note in notes if note.due), None),
                )
            above = tables.continued(clause)
            if above is not None:
                analyses[clause.anchor] = _continued(analyses[clause.anchor], analyses[above])
        chosen, problems = _choices(policy)
        for anchor, choice in chosen.items():
            analyses[anchor] = replace(analyses[anchor], indicators=_assignments(choice))
        return analyses, problems

    def explain(self, policy: Policy, anchor: str) -> Explanation:
        """Why one clause is analysed as it is. Raises `KeyError` where the policy has no such clause."""
        clause = policy.by_anchor.get(anchor)
        if clause is None:
            raise KeyError(anchor)
        analyses, _ = self.analyse(policy)
        found = self.commitments.find(policy)
        return Explanation(
            clause,
            analyses[clause.anchor],
            scores(policy, self.words.taxonomy, self.notes, clause.anchor, _of_matters(found)),
            found[clause.anchor],
            tuple(self.commitments.unpromised(policy, clause.anchor)),
        )


def load_analyst(words: Vocabulary | None = None) -> Analyst:
    """An analyst by these words, or by those packaged with the generator."""
    return Analyst(words or load_words())


def _of_matters(found: Mapping[str, Sequence[Match]]) -> dict[str, tuple[tuple[int, int], ...]]:
    """Where it is promised how matters are dealt with, by anchor: that names an indicator even among a policy's aims.

    Shares and counts (省级行政审批事项压减30%) are aims of the whole.
    """
    return {
        anchor: tuple(
            (match.commitment.start, match.commitment.stop)
            for match in matches
            if match.commitment.dimension in _OF_ONE_MATTER
        )
        for anchor, matches in found.items()
    }


def _continued(analysis: Analysis, above: Analysis) -> Analysis:
    """The analysis of a further part of a numbered row, with the offices and the due date that only the first names."""
    return replace(
        analysis,
        responsibility=analysis.responsibility or above.responsibility,
        due=analysis.due or above.due,
    )


# --- an editor's decisions -------------------------------------------------------------------------------------


def _choices(policy: Policy) -> tuple[Mapping[str, IndicatorChoice], list[Problem]]:
    """The decisions by the anchor of their clause, and their faults."""
    chosen: dict[str, IndicatorChoice] = {}
    problems: list[Problem] = []
    for choice in policy.indicator_choices:
        clause = policy.by_anchor.get(choice.anchor)
        fault = _fault(choice)
        if clause is None:
            problems.append(
                _problem(choice, f"{policy.id} 没有锚点 {choice.anchor}。", "请照抄网页或数据中的锚点。")
            )
        elif fault:
            problems.append(_problem(choice, fault, f"可用：{'、'.join(INDICATOR_IDS)}。"))
        elif clause.anchor in chosen:
            problems.append(_problem(choice, f"{choice.anchor} 的指标写了不止一次。", "只留一处。"))
        else:
            chosen[clause.anchor] = choice
    return chosen, problems


def _fault(choice: IndicatorChoice) -> str:
    """What is wrong with the indicators of a decision; empty where nothing is."""
    named = [*([choice.primary] if choice.primary else []), *choice.secondary]
    unknown = [id_ for id_ in named if id_ not in INDICATOR_IDS]
    if unknown:
        return f"没有指标 {'、'.join(unknown)}。"
    if choice.primary is None and choice.secondary:
        return f"{choice.anchor} 没有主要指标，不能只有相关指标。"
    return f"{choice.primary} 既是主要指标，又是相关指标。" if choice.primary in choice.secondary else ""


def _problem(choice: IndicatorChoice, message: str, advice: str) -> Problem:
    return Problem(choice.place.file, choice.place.first_line, message, advice)


def _assignments(choice: IndicatorChoice) -> tuple[Assignment, ...]:
    evidence = (f"{EDITOR}{choice.reason}",)
    if choice.primary is None:
        return ()
    return (
        Assignment(choice.primary, "primary", evidence),
        *(Assignment(id_, "secondary", evidence) for id_ in choice.secondary),
    )
