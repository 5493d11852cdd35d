"""Commitments (量化承诺): the quantified promises of a clause (DESIGN §5).

Four steps, each a module: `flow` folds the wording and keeps every character's place; `quantities` finds numbers
with units, and words that stand for one (即时办结, 零成本, 最多跑一次); `frames` judges by the words round a quantity
whether it is promised, and how (压缩至, 不低于, 增长); `subjects` says what it is about. `find` runs them over a policy.
The words are in `generator/taxonomy/commitments.yml`.
"""

from generator.analysis.commitments.find import CommitmentFinder, Match

__all__ = ["CommitmentFinder", "Match"]
