"""Fuzzing for as long as there is time: `make fuzz MINUTES=10`.

Each target gets its share of the time in a process of its own. Where atheris is there (requirements-fuzz.lock), what
reaches new code is kept and changed again; without it, seeds are changed blindly. A fault is made small and put into
tests/fuzz/corpus/, where the tests find it. At the end a table tells inputs tried, faults, and the slowest of them.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import click

from tests.fuzz.corpus import keep, reduce
from tests.fuzz.minimise import fault_of, minimised
from tests.fuzz.targets import TARGETS, Target
from tests.support.corpora import ROOT
from tests.support.times import grows_no_faster, seconds

WORK = ROOT / "build" / "fuzz"
_LAST_SECONDS = 60  # that a worker may take after its time is over, for the input it is at
_SMALLEST = 0.05  # seconds: what is faster is not looked at more closely


@click.command()
@click.option("--minutes", default=10.0, show_default=True, help="In all, shared by the targets.")
@click.option(
    "--target", "names", multiple=True, type=click.Choice(list(TARGETS)), help="Only these; all by default."
)
@click.option("--seed", default=None, type=int, help="For the same inputs again; the time by default.")
@click.option(
    "--keep/--no-keep",
    "keeps",
    default=False,
    help="Add the smallest inputs that reach new code to the corpus.",
)
def main(minutes: float, names: tuple[str, ...], seed: int | None, keeps: bool) -> None:
    """Try inputs until the time is over; exit 1 where one shows a fault."""
    chosen = [TARGETS[name] for name in names or TARGETS]
    lines = [f"{'target':12} {'inputs':>8} {'faults':>6}  slowest"]
    faulty = False
    for target in chosen:
        folder = WORK / target.name
        folder.mkdir(parents=True, exist_ok=True)
        click.echo(f"{target.name} …")
        report = _work(
            target, folder, 60 * minutes / len(chosen), seed if seed is not None else int(time.time())
        )
        told = _faults(target, report)
        faulty = faulty or bool(told)
        lines += [_line(target, report, len(told)), *told]
        if keeps:
            reduce(target.name, folder / "corpus")
    click.echo("\n".join(lines))
    sys.exit(1 if faulty else 0)


@dataclass
class Report:
    """What the workers of one target report."""

    inputs: int = 0
    faults: dict[str, bytes] = field(default_factory=dict)  # the smallest input of each, by what it is
    slowest: tuple[float, bytes] = (0.0, b"")  # processor seconds, and the input
    engine: str = ""

    def add(self, path: Path) -> None:
        """Add what one worker wrote."""
        read = json.loads(path.read_text("utf-8"))
        self.inputs += read["inputs"]
        self.faults |= {key: bytes.fromhex(content) for key, content in read["faults"].items()}
        taken, content = read["slowest"]
        self.slowest = max(self.slowest, (taken, bytes.fromhex(content)))
        self.engine = read["engine"]


def _work(target: Target, folder: Path, share: float, seed: int) -> Report:
    """A worker for `share` seconds; another one where an input ended it before its time."""
    stop = time.monotonic() + share
    total = Report()
    while (left := stop - time.monotonic()) > 1:
        result = folder / "report.json"
        result.unlink(missing_ok=True)
        command = [
            sys.executable,
            "-m",
            "tests.fuzz.worker",
            target.name,
            str(folder),
            str(int(left)),
            str(seed),
        ]
        with (folder / "log.txt").open("w") as log:
            try:
                subprocess.run(
                    command, cwd=ROOT, stdout=log, stderr=log, check=False, timeout=left + _LAST_SECONDS
                )
            except subprocess.TimeoutExpired:
                click.echo(f"  {target.name} did not come to its end: {folder / 'log.txt'}")
        if not result.exists():
            raise click.ClickException(f"The worker reported nothing: {folder / 'log.txt'}")
        total.add(result)
        seed += 1
    return total


def _faults(target: Target, report: Report) -> list[str]:
    """Each fault in words, its input made small and kept."""
    told: list[str] = []
    for content in report.faults.values():
        small = minimised(target.run, content)
        path = keep(target.name, small)
        told.append(f"    {fault_of(target.run, small)}\n    {path.relative_to(ROOT)}: {small[:200]!r}")
    return told


def _line(target: Target, report: Report, faults: int) -> str:
    taken, slowest = report.slowest
    growth = "" if _is_linear(target, slowest) else ", and grows faster than its length"
    told = f"{taken:.2f} s for {len(slowest)} bytes{growth} ({report.engine})"
    return f"{target.name:12} {report.inputs:8} {faults:6}  {told}"


def _is_linear(target: Target, content: bytes) -> bool:
    """Whether four times a slow input takes no longer than it may."""

    def taken(copies: int) -> float:
        return seconds(lambda: fault_of(target.run, content * copies))

    return taken(1) < _SMALLEST or grows_no_faster(taken, 1, 4)


if __name__ == "__main__":
    main()
