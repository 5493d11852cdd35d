"""How well and how fast it works: `make bench`.

Exact clauses, precision and recall of the layers of analysis on the verified readings; lines and seconds of parsing
per megabyte, seconds of analysis. Times are of this machine, to be compared within one run.
"""

from __future__ import annotations

import json
import time
from pathlib import Path

import click

from generator.analysis import load_analyst
from generator.model import Corpus, Policy, SourceText
from generator.parsing import parse_source
from generator.pipeline import load_corpus
from generator.reading import read_lines
from tests.support import promises
from tests.support.corpora import GOLD, SOURCES
from tests.support.measures import table
from tests.support.words import WORDS
from tests.test_gold import policy_of, wrong_clauses

MEGABYTE = 1_000_000


def main() -> None:
    """Print the figures of the verified readings, then the times."""
    corpus, _ = load_corpus(SOURCES)
    _readings(corpus)
    for line in table(corpus):
        click.echo(line)
    texts, _ = load_corpus(promises.PROMISES / "texts")
    for title, score in (
        ("promises, six shared", promises.score_shared(corpus)),
        ("promises, sixteen others", promises.score_policies("others", corpus)),
        ("promises, pages and laws", promises.score_policies("pages", texts)),
    ):
        for line in promises.lines(title, score):
            click.echo(line)
    _analysis_time(corpus)
    text = "".join(
        path.read_text("utf-8")
        for path in sorted(SOURCES.glob("*.txt"))
        if path.stem != "weekly-compilation-11-22"
    )
    _timing("five sources", [path.read_text("utf-8") for path in sorted(SOURCES.glob("*.txt"))])
    copies = MEGABYTE // len(text.encode()) + 1
    _timing("one text of a megabyte", [text * copies])
    for piece in ("一、", "（", "一、甲\n"):
        _timing(f"a megabyte of {piece!r}", [piece * (MEGABYTE // len(piece.encode()))])


def _readings(corpus: Corpus) -> None:
    for path in sorted(GOLD.glob("*.json")):
        reading = json.loads(path.read_text("utf-8"))
        policy: Policy = policy_of(reading, corpus)
        total = len(reading["clauses"])
        click.echo(f"{path.stem:24} {total - len(wrong_clauses(reading, policy))}/{total} clauses exact")


def _analysis_time(corpus: Corpus) -> None:
    analyst = load_analyst()
    start = time.process_time()
    for policy in corpus.policies:
        analyst.analyse(policy)
    clauses = sum(len(policy.clauses) for policy in corpus.policies)
    seconds = time.process_time() - start
    click.echo(f"{'analysis':24} {clauses:9} clauses {seconds:11.2f} s (CPU)")


def _timing(name: str, texts: list[str]) -> None:
    size = sum(len(text.encode()) for text in texts)
    lines = sum(text.count("\n") for text in texts)
    start = time.process_time()
    for text in texts:
        source = SourceText(Path(name).name, "", text)
        kept, removed = read_lines(source, WORDS)
        parse_source(source, kept, removed, None, WORDS)
    seconds = time.process_time() - start
    scale = MEGABYTE / size
    click.echo(f"{name:24} {lines * scale:9.0f} lines/MB {seconds * scale:8.2f} s/MB (CPU)")


if __name__ == "__main__":
    main()
