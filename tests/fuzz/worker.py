"""One target fuzzed in a process of its own: `python -m tests.fuzz.worker TARGET FOLDER SECONDS SEED`.

The process may be ended at any moment, by itself when its time is over, by libFuzzer where an input hangs or takes too
much memory; so what it has to report it writes as it goes, into FOLDER/report.json.
"""

from __future__ import annotations

import importlib
import importlib.util
import json
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

_MEGABYTES = 3000
_EVERY = 2.0  # seconds between two writings of the report


class Recorder:
    """Runs a target and keeps the smallest input of each fault, and the slowest input of all."""

    def __init__(self, run: Callable[[bytes], None], folder: Path, engine: str) -> None:
        minimise = importlib.import_module("tests.fuzz.minimise")
        self._fault_of = minimise.fault_of
        self._run = run
        self._path = folder / "report.json"
        self._engine = engine
        self._inputs = 0
        self._faults: dict[str, bytes] = {}
        self._slowest = (0.0, b"")
        self._written = 0.0

    def __call__(self, content: bytes) -> None:
        """Try one input."""
        start = time.process_time()
        fault = self._fault_of(self._run, content)
        taken = time.process_time() - start
        self._inputs += 1
        news = taken > self._slowest[0]
        if news:
            self._slowest = (taken, content)
        if fault is not None:
            key = " ".join(fault.signature)
            known = self._faults.get(key)
            if known is None or len(content) < len(known):
                self._faults[key] = content
                self._written = 0.0
        if time.monotonic() - self._written > _EVERY:
            self.write()

    def write(self) -> None:
        """Write what there is to report."""
        self._written = time.monotonic()
        report = {
            "inputs": self._inputs,
            "faults": {key: content.hex() for key, content in self._faults.items()},
            "slowest": [self._slowest[0], self._slowest[1].hex()],
            "engine": self._engine,
        }
        fresh = self._path.with_suffix(".new")
        fresh.write_text(json.dumps(report), "utf-8")
        fresh.replace(self._path)


def main(name: str, folder: Path, seconds: int, seed: int) -> None:
    """Fuzz until the time is over."""
    if importlib.util.find_spec("atheris") is not None:
        _by_coverage(name, folder, seconds, seed)
    else:
        _blindly(name, folder, seconds, seed)


def _blindly(name: str, folder: Path, seconds: int, seed: int) -> None:
    """Seeds and the corpus, changed at random."""
    target = _target(name)
    chance = random.Random(seed)
    record = Recorder(target.run, folder, "random")
    known = _known(target)
    stop = time.monotonic() + seconds
    while time.monotonic() < stop:
        record(target.mutate(chance.choice(known), chance))
    record.write()


def _by_coverage(name: str, folder: Path, seconds: int, seed: int) -> None:
    """The same led by coverage: an input that reaches new code joins those that are changed."""
    atheris: Any = importlib.import_module("atheris")
    with atheris.instrument_imports(include=["generator"]):
        target = _target(name)
    corpus, start = folder / "corpus", folder / "seeds"
    for place in (corpus, start):
        place.mkdir(exist_ok=True)
    for number, content in enumerate(_known(target)):
        (start / f"{number:04}").write_bytes(content)
    record = Recorder(target.run, folder, "atheris")

    def changed(content: bytes, most: int, number: int) -> bytes:
        chance = random.Random(number)
        if chance.random() < 0.2:
            return bytes(atheris.Mutate(content, len(content) + 16))[:most]
        return bytes(target.mutate(content, chance)[:most])

    arguments = [
        sys.argv[0], str(corpus), str(start), f"-max_total_time={seconds}", f"-seed={seed % 2**31}", "-timeout=60",
        f"-rss_limit_mb={_MEGABYTES}", "-max_len=4000", f"-artifact_prefix={folder}/", "-print_final_stats=1",
    ]  # fmt: skip
    atheris.Setup(arguments, record, custom_mutator=changed)
    atheris.Fuzz()  # does not return


def _target(name: str) -> Any:  # noqa: ANN401 - a Target, which may be imported only here, to be instrumented
    return importlib.import_module("tests.fuzz.targets").TARGETS[name]


def _known(target: Any) -> list[bytes]:  # noqa: ANN401 - a Target
    corpus = importlib.import_module("tests.fuzz.corpus")
    return [*target.seeds(), *(path.read_bytes() for path in corpus.inputs(target.name))]


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
