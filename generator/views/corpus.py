"""All views of one corpus, each worked out when it is first asked for, and once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from generator.analysis.responsibility import NoteReader
from generator.model import Corpus, Policy
from generator.views.analyses import Analyses, analyses_of
from generator.views.cited import Citer
from generator.views.coverage import PolicyCoverage, coverage
from generator.views.due import Deadline, deadlines_of
from generator.views.indicators import Comparisons, Hits, hits_of
from generator.views.likeness import Likeness
from generator.views.policies import Around, Surroundings
from generator.views.units import Offices
from generator.vocabulary import Vocabulary


class Views:
    """What pages, data and scripts take: the corpus, the words it was read by, and the corpus turned round."""

    def __init__(self, corpus: Corpus, words: Vocabulary) -> None:
        self.corpus = corpus
        self.words = words

    @cached_property
    def policies(self) -> Mapping[str, Policy]:
        """The policies by id, in the order of the corpus."""
        return {policy.id: policy for policy in self.corpus.policies}

    @cached_property
    def citer(self) -> Citer:
        """How clauses are cited."""
        return Citer(self.corpus.policies)

    @cached_property
    def offices(self) -> Offices:
        """What each office must do."""
        return Offices(self.corpus, self.words.units)

    @cached_property
    def deadlines(self) -> Mapping[str, Sequence[Deadline]]:
        """The deadlines of each policy, by its id."""
        return {id_: deadlines_of(policy, self.analyses(policy)) for id_, policy in self.policies.items()}

    @cached_property
    def hits(self) -> Mapping[str, Hits]:
        """The clauses of each indicator, by its id."""
        return hits_of(self.corpus, self.words.taxonomy.indicators)

    @cached_property
    def coverage(self) -> Sequence[PolicyCoverage]:
        """How many clauses of each policy belong to each indicator."""
        return coverage(self.corpus, self.words.taxonomy.indicators)

    @cached_property
    def comparisons(self) -> Comparisons:
        """What is promised on each indicator."""
        return Comparisons(self.corpus, self.words)

    @cached_property
    def likeness(self) -> Likeness:
        """Which clauses are alike, and which passages policies share."""
        return Likeness(self.corpus, NoteReader(self.words.units), self.citer)

    @cached_property
    def surroundings(self) -> Surroundings:
        """What the policies say of one another."""
        return Surroundings(self.corpus, self.words, self.citer, self.likeness)

    def analyses(self, policy: Policy) -> Analyses:
        """What is known of the clauses of a policy."""
        return analyses_of(policy, self.corpus)

    def around(self, policy: Policy) -> Around:
        """What the rest of the corpus says of a policy."""
        return self.surroundings.around(policy)
