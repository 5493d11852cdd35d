"""The way through the rooms: a folder of sources in, a corpus out.

The order of the stages stands here and nowhere else: read, parse, analyse. Publishing takes the corpus. No document
stops another (CONTRACT.md, Commands): one that fails in a stage is left out, told with its file and the stage, and the others
are read to the end.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from generator.analysis import (
    CORPUS_DOUBTS,
    Library,
    find_corpus_doubts,
    find_references,
    load_analyst,
)
from generator.anchors.citation import with_paths
from generator.checking.doubts import find_doubts
from generator.faults import FaultLog, sift
from generator.model import (
    Address,
    Analysis,
    Corpus,
    CorpusError,
    Doubt,
    DoubtKind,
    Missing,
    Policy,
    Problem,
    Reference,
    Stage,
)
from generator.parsing import ParsedSource, parse_source, settle_moves
from generator.reading import (
    Unread,
    load_sidecar,
    read_lines,
    read_source,
    require_original,
    sidecar_path,
    sidecar_paths,
    survey,
)
from generator.vocabulary import Vocabulary, load_words

Progress = Callable[[str], None]

_Analyses = dict[tuple[str, str], Analysis]


def _silent(_: str) -> None:
    """Shows no progress."""


def load_corpus(
    folder: Path,
    progress: Progress = _silent,
    log: FaultLog | None = None,
    *,
    words: Vocabulary | None = None,
    sound_only: bool = False,
) -> tuple[Corpus, list[Problem]]:
    """Everything in a folder of sources that can be read, and all faults.

    A document that cannot be read (not UTF-8, a broken sidecar, an id that another has, an error nobody foresaw) is
    in `Corpus.missing`. One that has a fault and can be read all the same (a number printed twice) is in the corpus,
    unless `sound_only`: then it is missing, too. `progress` is told the name of each source as its turn comes; `words`
    are those packaged with the generator where none are given.
    Raises `CorpusError` for a folder that does not exist or holds no source.
    """
    log = log or FaultLog()
    words = words or load_words()
    found = survey(folder)
    problems = list(found.problems)
    reader = _Reader(folder, words, progress, log, problems)
    policies = reader.cited(reader.settled(reader.distinct(reader.read(found.sources))))
    analyses = reader.analysed(policies)
    corpus = reader.corpus(policies, analyses, found.unread)
    if sound_only:
        faulty = {id_: tuple(endured) for id_, endured in reader.endured.items() if endured}
        corpus, more = without(corpus, faulty, words, log)
        problems += more
    return corpus, problems


def without(
    corpus: Corpus, faulty: Mapping[str, tuple[Problem, ...]], words: Vocabulary, log: FaultLog
) -> tuple[Corpus, list[Problem]]:
    """A corpus as if it never had some of its policies, which are missing from it with their faults, by their ids.

    What refers to them is read anew. Returns the faults that come up in doing so, too.
    """
    left_out = [policy for policy in corpus.policies if policy.id in faulty]
    if not left_out:
        return corpus, []
    missing = [Missing(one.source.path, faulty[one.id], (one.id,), one.title) for one in left_out]
    left = [_without_moves_to(faulty, one) for one in corpus.policies if one.id not in faulty]
    files = {policy.source.path for policy in left}
    smaller = replace(
        corpus,
        policies=tuple(left),
        accounts=tuple(account for account in corpus.accounts if account.file in files),
        doubts=tuple(
            doubt for doubt in corpus.doubts if not any(_is_of(doubt, policy) for policy in left_out)
        ),
        missing=(*corpus.missing, *missing),
    )
    return _referring(smaller, words, log)


def read_and_parse(
    path: Path, folder: Path, words: Vocabulary, log: FaultLog | None = None
) -> tuple[ParsedSource, list[Doubt]]:
    """One source file with its sidecar, if it has one, read and parsed, and its doubts. Raises `CorpusError`.

    `log` takes the tracebacks of errors nobody foresaw; without one, such an error has a log of its own.
    """
    log = log or FaultLog()
    name = path.relative_to(folder).as_posix()
    with log.guard(name, Stage.READING):
        sidecar_file = sidecar_path(path)
        sidecar = load_sidecar(sidecar_file, folder) if sidecar_file else None
        if sidecar is not None and sidecar.original is not None:
            require_original(sidecar.original, sidecar.file, folder)
        source = read_source(path, folder)
        of_paragraphs = sidecar is not None and sidecar.of_paragraphs
        lines, removed = read_lines(source, words, paragraphs=of_paragraphs)
    with log.guard(name, Stage.PARSING):
        parsed = parse_source(source, lines, removed, sidecar, words)
    with log.guard(name, Stage.DOUBTS):
        doubts = find_doubts(parsed, lines, words)
    return parsed, doubts


def in_order(doubts: Iterable[Doubt], policies: Sequence[Policy]) -> list[Doubt]:
    """The doubts in the order of their policies, those of one policy as they come; what is of no policy comes last."""
    order: dict[str | None, int] = {policy.id: place for place, policy in enumerate(policies)}
    return sorted(doubts, key=lambda doubt: order.get(doubt.policy, len(order)))


@dataclass(frozen=True)
class _Document:
    """One source file, parsed."""

    source: ParsedSource
    doubts: Sequence[Doubt]


class _Reader:
    """Takes a folder through the stages, and keeps what goes wrong with which document.

    `endured`: the faults of policies that can be read all the same, by id.
    """

    def __init__(
        self, folder: Path, words: Vocabulary, progress: Progress, log: FaultLog, problems: list[Problem]
    ) -> None:
        self._folder = folder
        self._words = words
        self._progress = progress
        self._log = log
        self._problems = problems
        self._documents: list[_Document] = []
        self._left_out: list[Policy] = []
        self._missing = [Missing(one.file, (one,), self._declared(folder / one.file)) for one in problems]
        self.endured: defaultdict[str, list[Problem]] = defaultdict(list)

    def read(self, paths: Iterable[Path]) -> list[Policy]:
        """The policies of all sources that can be read, in their order."""
        for path in paths:
            self._progress(path.name)
            with self._noting() as faults:
                self._documents.append(_Document(*read_and_parse(path, self._folder, self._words, self._log)))
            if faults:
                name = path.relative_to(self._folder).as_posix()
                self._missing.append(Missing(name, tuple(faults), self._declared(path)))
        return [policy for document in self._documents for policy in document.source.policies]

    def distinct(self, policies: Iterable[Policy]) -> list[Policy]:
        """The policies without those whose id an earlier one has: a policy id is an address."""
        first: dict[str, Policy] = {}
        for policy in policies:
            other = first.setdefault(policy.id, policy)
            if other is policy:
                continue
            with self._noting() as faults, self._guard(policy, Stage.READING):
                self._refuse_repeated(policy, other)
            self._leave_out(policy, faults, ())
        return list(first.values())

    def settled(self, policies: Sequence[Policy]) -> list[Policy]:
        """The policies with the moves that editors declared led to their ends."""
        known = Corpus(tuple(policies), (), missing=tuple(self._missing))
        settled, misdirected = settle_moves(policies, known.lacks)
        self._problems += misdirected
        printed = [problem for document in self._documents for problem in document.source.problems]
        self._problems += printed
        for problem in (*misdirected, *printed):
            for policy in _concerned(problem, settled):
                self.endured[policy.id].append(problem)
        return settled

    def cited(self, policies: Iterable[Policy]) -> list[Policy]:
        """The policies with what each of their clauses is cited by; without those where that fails."""
        found: list[Policy] = []
        for policy in policies:
            with self._noting() as faults, self._guard(policy, Stage.PARSING):
                found.append(with_paths(policy))
            if faults:
                self._leave_out(policy, faults, (policy.id,))
        return found

    def analysed(self, policies: list[Policy]) -> _Analyses:
        """What is known about every clause; takes out of the list the policies that cannot be analysed."""
        analyst = load_analyst(self._words)
        analyses: _Analyses = {}
        for policy in tuple(policies):
            self._progress(policy.name)
            with self._noting() as faults, self._guard(policy, Stage.ANALYSIS):
                found, misjudged = analyst.analyse(policy)
                self._problems += misjudged
                self.endured[policy.id] += misjudged
                analyses.update(((policy.id, anchor), analysis) for anchor, analysis in found.items())
            if faults:
                policies.remove(policy)
                self._leave_out(policy, faults, (policy.id,))
        return analyses

    def corpus(self, policies: Sequence[Policy], analyses: _Analyses, unread: Iterable[Unread]) -> Corpus:
        """The corpus, its references found. Policies in which they cannot be found are missing from it.

        `unread`: the files beside the sources that are not read; each is a doubt.
        """
        doubts = [
            doubt
            for document in self._documents
            for doubt in document.doubts
            if not any(_is_of(doubt, policy) for policy in self._left_out)
        ]
        declared = {policy.original.file for policy in policies if policy.original}
        unread = [one for one in unread if one.file not in declared]
        doubts += [
            Doubt(None, None, DoubtKind.UNREAD_FILE, one.file, None, "", one.explanation) for one in unread
        ]
        files = {policy.source.path for policy in policies}
        accounts = [one.source.account for one in self._documents if one.source.account.file in files]
        read = Corpus(tuple(policies), tuple(accounts), analyses, tuple(doubts), missing=tuple(self._missing))
        corpus, problems = _referring(read, self._words, self._log)
        self._problems += problems
        return corpus

    def _guard(self, policy: Policy, stage: Stage) -> AbstractContextManager[None]:
        return self._log.guard(policy.source.path, stage, policy.place.first_line)

    @contextmanager
    def _noting(self) -> Iterator[list[Problem]]:
        """The faults of one step on one document: empty where there were none."""
        faults: list[Problem] = []
        try:
            yield faults
        except CorpusError as error:
            faults += error.problems
            self._problems += error.problems

    def _leave_out(self, policy: Policy, faults: Iterable[Problem], ids: tuple[str, ...]) -> None:
        self._left_out.append(policy)
        self._missing.append(Missing(policy.source.path, tuple(faults), ids, policy.title))

    def _declared(self, path: Path) -> tuple[str, ...] | None:
        """The ids that the sidecar beside a source declares, or all of them that are there; None where none tells."""
        try:
            with self._log.guard(path.name, Stage.READING):
                files = sidecar_paths(path)
                cards = [card for file in files for card in load_sidecar(file, self._folder).policies]
        except CorpusError:
            return None
        return tuple(card.id for card in cards) if files else None

    def _refuse_repeated(self, policy: Policy, other: Policy) -> None:
        """Raises `CorpusError`: a policy has the id of another."""
        message = f"政策编号 {policy.id} 重复，已用于 {other.source.path} 的“{other.title}”。"
        advice = "请为它写说明文件，声明一个 id。"
        problem = Problem(policy.source.path, policy.place.first_line, message, advice)
        sidecar_file = sidecar_path(self._folder / policy.source.path)
        if sidecar_file is not None:
            cards = load_sidecar(sidecar_file, self._folder).policies
            line = [card.line for card in cards if card.id == policy.id][-1]
            name = sidecar_file.relative_to(self._folder).as_posix()
            problem = Problem(name, line, message, "请换一个编号。")
        raise CorpusError([problem])


def _referring(corpus: Corpus, words: Vocabulary, log: FaultLog) -> tuple[Corpus, list[Problem]]:
    """A corpus with its references and the doubts about it as a whole found, and the faults of the policies it loses."""

    def step(policies: Sequence[Policy]) -> tuple[Library, dict[Address, tuple[Reference, ...]]]:
        library = Library(policies, words)
        return library, find_references(policies, library, words.documents)

    (library, references), failed = sift(corpus.policies, step)
    known = {policy.id for policy in corpus.policies}
    analyses = {
        (id_, anchor): replace(analysis, references=references.get(Address(id_, anchor), ()))
        for (id_, anchor), analysis in corpus.analyses.items()
        if id_ in known
    }
    corpus = replace(corpus, analyses=analyses, names=library.names)
    if failed:
        return _without_failed(corpus, failed, Stage.REFERENCES, words, log)
    return _doubted(corpus, words, log)


def _doubted(corpus: Corpus, words: Vocabulary, log: FaultLog) -> tuple[Corpus, list[Problem]]:
    """A corpus with the doubts about it as a whole found anew, and the faults of the policies it loses in that."""
    found, failed = sift(
        corpus.policies, lambda policies: find_corpus_doubts(policies, corpus.analyses, words.places)
    )
    if failed:
        return _without_failed(corpus, failed, Stage.DOUBTS, words, log)
    own = [doubt for doubt in corpus.doubts if doubt.kind not in CORPUS_DOUBTS]
    return replace(corpus, doubts=tuple(in_order([*own, *found], corpus.policies))), []


def _without_failed(
    corpus: Corpus,
    failed: Iterable[tuple[Policy, Exception]],
    stage: Stage,
    words: Vocabulary,
    log: FaultLog,
) -> tuple[Corpus, list[Problem]]:
    """A corpus without the policies in which a stage failed, and all faults of that."""
    faulty = {
        policy.id: (log.fault(error, policy.source.path, stage, policy.place.first_line),)
        for policy, error in failed
    }
    corpus, more = without(corpus, faulty, words, log)
    return corpus, [*(problem for found in faulty.values() for problem in found), *more]


def _concerned(problem: Problem, policies: Iterable[Policy]) -> list[Policy]:
    """The policies that a fault in a source or its sidecar is about: those of the file, or the one at the line."""
    stem = PurePosixPath(problem.file).with_suffix("")
    own = [one for one in policies if PurePosixPath(one.source.path).with_suffix("") == stem]
    line = problem.line or 0
    there = [
        one
        for one in own
        if one.source.path == problem.file and one.place.first_line <= line <= one.place.last_line
    ]
    return there or own


def _is_of(doubt: Doubt, policy: Policy) -> bool:
    """Whether a doubt is one of a policy, and not of another that has its id as well."""
    place = policy.place
    same = (doubt.policy, doubt.file) == (policy.id, place.file)
    return same and doubt.line is not None and place.first_line <= doubt.line <= place.last_line


def _without_moves_to(ids: Mapping[str, object], policy: Policy) -> Policy:
    """A policy that says nothing of where its text went if that is one of some other policies."""
    moved = tuple(one for one in policy.moved if one.to is None or one.to.policy not in ids)
    return policy if len(moved) == len(policy.moved) else replace(policy, moved=moved)
