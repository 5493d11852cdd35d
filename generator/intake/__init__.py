"""Originals of any kind into a folder of sources: what the command `add` does (CONTRACT.md, Commands).

`found` finds the files that a user names, `known` is what the folder has already, `entry` turns one original into a
source, a sidecar and what is to be said of it, `report` shows that. Nothing is overwritten, and no document stops
another.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from generator.faults import FaultLog
from generator.files.outputs import inside, writing
from generator.intake.entry import Entry, Prepared, prepare
from generator.intake.found import find_originals
from generator.intake.known import Known
from generator.model import CorpusError, Problem, Stage
from generator.reading.formats import Extracted, Original, read_original
from generator.reading.guarded import GuardedReader
from generator.vocabulary import Vocabulary

__all__ = ["Entry", "add"]


SECONDS = 600.0  # for one original: recognition takes its time


def add(
    paths: Sequence[Path],
    folder: Path,
    *,
    container: str | None = None,
    dry_run: bool = False,
    words: Vocabulary,
    progress: Callable[[str], None],
    log: FaultLog,
) -> list[Entry]:
    """Bring the files at `paths`, and those in folders and zip files among them, into a folder of sources.

    `container`: the selector of the text in web pages, in place of the list's. `dry_run`: write nothing. `progress`
    is told the name of each file as its turn comes. Never raises for a document: its `Entry` says what is wrong.
    """
    known = Known(folder, words, log, progress)
    entries: list[Entry] = []
    reader: GuardedReader[Original, Extracted]
    with GuardedReader(read_original, SECONDS) as reader:
        for original in find_originals(paths, words.webpages):
            progress(original.name)
            if isinstance(original, Entry):
                entries.append(original)
                continue
            try:
                with log.guard(original.name, Stage.READING):
                    made = prepare(replace(original, container=container), known, reader, words)
                    if isinstance(made, Prepared):
                        if not dry_run:
                            _write(made, folder)
                        known.add(made)
                        made = made.entry
            except CorpusError as error:
                made = Entry(original.name, "unreadable", problem=_told(error.problems))
            entries.append(made)
    return entries


def _write(made: Prepared, folder: Path) -> None:
    """Original, source and sidecar, all of them or none; a file that is there stays. Raises `CorpusError`."""
    folder.mkdir(parents=True, exist_ok=True)
    targets = [folder / name for name in made.files]
    with writing(inside(folder), targets) as outputs:
        there = [path.name for path in targets if path.exists()]
        if there:
            raise CorpusError([Problem(there[0], None, "已有这个文件，没有覆盖。", "请把它改名以后再加入。")])
        with outputs.replacing(*targets) as fresh:
            for target in targets:
                fresh[target].write_bytes(made.files[target.name])


def _told(problems: Sequence[Problem]) -> str:
    return " ".join(filter(None, (f"{one.message}{one.advice}" for one in problems)))
