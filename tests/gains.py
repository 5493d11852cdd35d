"""What a change gains and loses over the whole corpus: `make gains`, or `python -m tests.gains [BASE]`.

The corpus of the commit BASE is exported by the code of that commit, the corpus as it stands by the code as it
stands; what the two say of every clause is compared: indicators, commitments, responsibilities, due dates,
references, and the clauses themselves. Where there is no such commit (a shallow clone, a first commit) or its code
does not run here, it says so and is content: a report is no reason for a build to fail.
"""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from tests.support.corpora import ROOT

Facts = Mapping[str, Counter[tuple[str, str]]]
"""Kind → how often each (policy, fact in words) stands in the corpus."""

KINDS = ("clauses", "indicators", "responsibility", "due", "commitments", "said of", "references")
PATHS = ("generator", "source_texts")
SHOWN = 60  # facts listed of each kind, unless --all


class NoBaseError(Exception):
    """There is nothing to compare with; the message says why."""


@click.command()
@click.argument("base", required=False)
@click.option("--all", "everything", is_flag=True, help="List every fact gained or lost.")
def main(base: str | None, *, everything: bool) -> None:
    """Compare with the commit BASE (default: the last one, or the one before it where nothing has changed)."""
    try:
        commit = base or default_base()
        with tempfile.TemporaryDirectory() as folder:
            before = facts_at(commit, Path(folder))
            after = read_facts(export(ROOT, Path(folder) / "after.jsonl"))
    except NoBaseError as reason:
        click.echo(f"Gains and losses: nothing to compare with. {reason}")
        return
    for line in report(before, after, commit, None if everything else SHOWN):
        click.echo(line)


def default_base() -> str:
    """HEAD where the working tree differs from it in what matters, else the commit before."""
    changed = _git("status", "--porcelain", "--", *PATHS)
    return "HEAD" if changed.strip() else "HEAD^"


def facts_at(commit: str, folder: Path) -> Facts:
    """What the commit's own code says of the commit's own corpus.

    Raises `NoBaseError` where git has no such commit or its export does not run.
    """
    archive = _git("archive", "--format=tar", commit, "--", *PATHS)
    tree = folder / "before"
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(tree, filter="data")
    return read_facts(export(tree, folder / "before.jsonl"))


def export(tree: Path, output: Path) -> Path:
    """Run the export of the code in `tree` on its own sources; returns `output`.

    Raises `NoBaseError` with what the command said where it wrote nothing. Faults of the corpus do not matter.
    """
    command = [sys.executable, "-m", "generator", "export"]
    arguments = ["--sources", str(tree / "source_texts"), "--output", str(output)]
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    done = subprocess.run(
        [*command, *arguments], cwd=tree, env=environment, capture_output=True, text=True, check=False
    )
    if not output.is_file():
        raise NoBaseError(
            f"The export of {tree} does not run here: {(done.stderr or done.stdout).strip()[-300:]}"
        )
    return output


def read_facts(path: Path) -> Facts:
    """The facts in an export."""
    facts: dict[str, Counter[tuple[str, str]]] = {kind: Counter() for kind in KINDS}
    for line in path.read_text("utf-8").splitlines():
        record = json.loads(line)
        for kind, words in facts_of(record):
            facts[kind][record["policy"], f"{record['anchor']} {words}"] += 1
    return facts


def facts_of(record: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """The facts of one clause, in words."""
    yield "clauses", str(record["label"] or record["wording"][:20])
    for one in record["indicators"]:
        yield "indicators", f"{one['id']} ({one['role']})"
    for role, units in record["responsibility"].items():
        for unit in units:
            yield "responsibility", f"{role}: {unit}"
    if record["due"]:
        yield "due", f"{record['due']['text']} = {record['due']['date']}"
    for one in record["commitments"]:
        amount = f"{one['dimension']} {one['comparator']} {_value(one['value'])}{one['unit'] or ''}"
        yield "commitments", f"{amount} “{' '.join(one['quote'].split())}”"
        parts = (
            one.get(key) for key in ("subject", "users", "condition", "day", "force", "payer", "due_date")
        )
        yield "said of", f"{amount}: {' | '.join(part or '–' for part in parts)}"
    for one in record["references"]:
        yield "references", f"{one['type']} “{one['quote']}” → {one['target']}"


def _value(value: float | dict[str, float]) -> str:
    return f"{value['min']}—{value['max']}" if isinstance(value, dict) else f"{value}"


def report(before: Facts, after: Facts, commit: str, shown: int | None) -> Iterator[str]:
    """The table of counts by policy, then what was gained and lost of each kind."""
    yield f"Gains and losses against {commit}"
    policies = sorted({policy for facts in (before, after) for kind in KINDS for policy, _ in facts[kind]})
    yield f"{'':40}" + "".join(f"{kind:>18}" for kind in KINDS)
    for policy in policies:
        cells = [_cell(_of(before[kind], policy), _of(after[kind], policy)) for kind in KINDS]
        yield f"{policy:40}" + "".join(f"{cell:>18}" for cell in cells)
    for kind in KINDS:
        for sign, found in (("+", after[kind] - before[kind]), ("-", before[kind] - after[kind])):
            facts = sorted(found.elements())
            if facts:
                yield f"{kind}: {'gained' if sign == '+' else 'lost'} {len(facts)}"
            for policy, words in facts[:shown]:
                yield f"  {sign} {policy}#{words}"
            if shown is not None and len(facts) > shown:
                yield f"  {sign} … and {len(facts) - shown} more (--all)"


def _of(counter: Counter[tuple[str, str]], policy: str) -> Counter[str]:
    return Counter({words: count for (owner, words), count in counter.items() if owner == policy})


def _cell(before: Counter[str], after: Counter[str]) -> str:
    """The count now, with what was gained and lost: 37 +2 -1."""
    gained, lost = (after - before).total(), (before - after).total()
    change = (f" +{gained}" if gained else "") + (f" -{lost}" if lost else "")
    return f"{after.total()}{change}"


def _git(*arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, check=True)
    except FileNotFoundError as error:
        raise NoBaseError("There is no git.") from error
    except subprocess.CalledProcessError as error:
        raise NoBaseError(error.stderr.decode("utf-8", "replace").strip()) from error
    return done.stdout


if __name__ == "__main__":
    main()
