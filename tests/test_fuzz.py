"""Any input, from real ones spoiled: no room crashes, loses a character, or changes an anchor without a cause.

What each target promises stands in tests/fuzz/targets.py. `make fuzz MINUTES=10` tries far more inputs than these tests.
"""

from __future__ import annotations

import random
import sys

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from tests.fuzz import corpus
from tests.fuzz.minimise import Fault, fault_of, minimised
from tests.fuzz.mutations import CHANGES, LONGEST, mutated
from tests.fuzz.seeds import SMALL, wholes
from tests.fuzz.targets import TARGETS
from tests.support.laws import load_laws

EXAMPLES = {"publishing": 25, "chain": 20, "analysis": 50}  # at most, where one takes long


@pytest.mark.parametrize("name", TARGETS)
def test_a_spoiled_text_breaks_no_promise(name: str) -> None:
    target = TARGETS[name]

    @given(content=st.sampled_from(target.seeds()), chance=st.randoms(use_true_random=False))
    @settings(
        max_examples=min(EXAMPLES.get(name, sys.maxsize), settings().max_examples),
        suppress_health_check=list(HealthCheck),
    )
    def run(content: bytes, chance: random.Random) -> None:
        changed = target.mutate(content, chance)
        note(f"{name}: {changed!r}")
        assert fault_of(target.run, changed) is None

    run()


@pytest.mark.parametrize("name", TARGETS)
def test_what_once_went_wrong_or_reached_new_code_breaks_no_promise(name: str) -> None:
    paths = corpus.inputs(name)
    assert paths, "every target has a corpus"
    faults = {path.name: fault_of(TARGETS[name].run, path.read_bytes()) for path in paths}
    assert {file: str(fault) for file, fault in faults.items() if fault} == {}


def test_the_corpus_is_small() -> None:
    sizes = [path.stat().st_size for name in TARGETS for path in corpus.inputs(name)]
    assert max(sizes) <= 8_000
    assert sum(sizes) <= 400_000


def test_whole_policies_and_laws_keep_every_promise_of_parsing() -> None:
    """One in four of them, unspoiled: what a target asks for is no more than a real text gives."""
    faults = [fault_of(TARGETS["parsing"].run, text.encode()) for text in wholes()[::4]]
    assert [str(fault) for fault in faults if fault] == []


# --- the fuzzing itself ----------------------------------------------------------------------------------------


def _too_clever(content: bytes) -> None:
    if "第二条".encode() in content:
        raise KeyError("第二条")


def test_a_fault_is_found_and_made_small() -> None:
    text = load_laws()[0].clean.encode()
    fault = fault_of(_too_clever, text)
    assert isinstance(fault, Fault)
    assert (fault.kind, fault.place) == ("KeyError", "tests/test_fuzz.py:_too_clever")
    assert minimised(_too_clever, text).decode() == "第二条"


@pytest.mark.parametrize("change", range(len(CHANGES)))
def test_every_change_changes_and_survives_the_empty_text(change: int) -> None:
    made = {CHANGES[change](SMALL, random.Random(seed)) for seed in range(20)}
    assert len(made - {SMALL}) > 2
    for text in ("", "\n"):
        assert isinstance(CHANGES[change](text, random.Random(1)), str)


def test_no_change_makes_an_input_without_end() -> None:
    chance = random.Random(1)
    text = SMALL
    for _ in range(60):
        text = mutated(text, chance)
        assert len(text) <= LONGEST
