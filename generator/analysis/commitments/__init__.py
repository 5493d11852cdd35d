"""Commitments (量化承诺): the quantified promises of a clause (CONTRACT.md, Data files).

Steps, each a module: `flow` folds the wording and keeps every character's place; `quantities` finds numbers with units,
and words that stand for one (即时办结, 零成本, 最多跑一次); `frames` judges by the words round a quantity whether it is
promised, and how (压缩至, 不低于, 增长); `roles` tells conditions and classes from what is said; `said_of` writes what a
number is said of, `shares` gives each of several its own; `particulars` and `days` tell users, condition, force, payer
and kind of day. `find` runs them over a policy. The words are in `generator/taxonomy/commitments.yml`.
"""

from generator.analysis.commitments.find import DAY_NAMES, FORCE_NAMES, CommitmentFinder, Match

__all__ = ["DAY_NAMES", "FORCE_NAMES", "CommitmentFinder", "Match"]
