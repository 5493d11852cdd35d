"""The way through the rooms: a folder of sources in, a corpus out.

The order of the stages stands here and nowhere else: read, parse, analyse. Publishing takes the corpus.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from generator.analysis import Library, find_references, load_analyst, load_documents
from generator.model import Account, Analysis, Corpus, CorpusError, Doubt, DoubtKind, Policy, Problem
from generator.parsing import ParsedSource, Words, find_doubts, load_words, parse_source, settle_moves
from generator.reading import load_sidecar, read_lines, read_source, sidecar_path, survey

Progress = Callable[[str], None]


def _silent(_: str) -> None:
    """Shows no progress."""


def load_corpus(folder: Path, progress: Progress = _silent) -> tuple[Corpus, list[Problem]]:
    """Everything in a folder of sources, and the faults that leave it readable (a number printed twice).

    `progress` is told the name of each source as its turn comes. Raises `CorpusError` with all faults that do
    not: an unreadable source, a broken sidecar, a policy id declared twice.
    """
    faults: list[Problem] = []
    words = load_words()
    parsed: list[ParsedSource] = []
    doubts: list[Doubt] = []
    found_files = survey(folder)
    faults += found_files.problems
    for path in found_files.sources:
        progress(path.name)
        with _collecting(faults):
            source, own_doubts = read_and_parse(path, folder, words)
            parsed.append(source)
            doubts += own_doubts
    doubts += [
        Doubt(None, None, DoubtKind.UNREAD_FILE, one.file, None, "", one.explanation)
        for one in found_files.unread
    ]
    policies = [policy for one in parsed for policy in one.policies]
    faults += _repeated_ids(policies, folder)
    policies, misdirected = settle_moves(policies)
    faults += misdirected
    if faults:
        raise CorpusError(faults)
    accounts: list[Account] = [one.account for one in parsed]
    problems = [problem for one in parsed for problem in one.problems]
    analyst = load_analyst()
    analyses: dict[tuple[str, str], Analysis] = {}
    for policy in policies:
        progress(policy.name)
        found, misjudged = analyst.analyse(policy)
        problems += misjudged
        for anchor, analysis in found.items():
            analyses[policy.id, anchor] = analysis
    documents = load_documents()
    library = Library(policies, documents)
    for address, references in find_references(policies, library, documents).items():
        key = (address.policy, address.anchor or "")
        analyses[key] = replace(analyses[key], references=references)
    corpus = Corpus(tuple(policies), tuple(accounts), analyses, tuple(doubts), library.names)
    return corpus, problems


def read_and_parse(path: Path, folder: Path, words: Words) -> tuple[ParsedSource, list[Doubt]]:
    """One source file with its sidecar, if it has one, read and parsed, and its doubts. Raises `CorpusError`."""
    sidecar_file = sidecar_path(path)
    sidecar = load_sidecar(sidecar_file, folder) if sidecar_file else None
    source = read_source(path, folder)
    lines, removed = read_lines(source)
    parsed = parse_source(source, lines, removed, sidecar)
    return parsed, find_doubts(parsed.policies, lines, parsed.account.removed, words)


@contextmanager
def _collecting(faults: list[Problem]) -> Iterator[None]:
    """Adds the faults of one step to the list, so that one run shows the faults of every file."""
    try:
        yield
    except CorpusError as error:
        faults += error.problems


def _repeated_ids(policies: list[Policy], folder: Path) -> list[Problem]:
    """A policy id is an address: no two policies may have the same."""
    first: dict[str, Policy] = {}
    problems: list[Problem] = []
    for policy in policies:
        other = first.setdefault(policy.id, policy)
        if other is policy:
            continue
        sidecar_file = sidecar_path(folder / policy.source.path)
        if sidecar_file is None:
            problems.append(
                Problem(
                    policy.source.path,
                    policy.place.first_line,
                    f"政策编号 {policy.id} 重复，已用于 {other.source.path} 的“{other.title}”。",
                    "请为它写说明文件，声明一个 id。",
                )
            )
            continue
        cards = [card for card in load_sidecar(sidecar_file, folder).policies if card.id == policy.id]
        where = f"已用于 {other.source.path} 的“{other.title}”"
        name = sidecar_file.relative_to(folder).as_posix()
        problems.append(
            Problem(name, cards[-1].line, f"政策编号 {policy.id} 重复，{where}。", "请换一个编号。")
        )
    return problems
