"""Small inputs that once went wrong in the analysis (`tests/cases`), each with what is right."""

from __future__ import annotations

from pathlib import Path

from generator.model import Analysis, Corpus
from generator.pipeline import load_corpus
from tests.support.corpora import ROOT

CASES = ROOT / "tests" / "cases"


def corpus_of(name: str, folder: Path) -> Corpus:
    """The corpus of one case: of its folder, or of its single file in a folder of its own."""
    case = CASES / name
    if case.is_dir():
        return load_corpus(case)[0]
    (folder / name).write_bytes(case.read_bytes())
    return load_corpus(folder)[0]


def by_anchor(name: str, folder: Path) -> dict[str, Analysis]:
    """The analyses of a case of one policy, by anchor."""
    return {anchor: one for (_, anchor), one in corpus_of(name, folder).analyses.items()}


def test_01_a_fee_that_is_not_named_is_no_crash(tmp_path: Path) -> None:
    analyses = by_anchor("01-crash-no-fee.txt", tmp_path)
    assert analyses["sec_1"].commitments == ()
    (within,) = analyses["sec_2"].commitments
    assert (within.dimension, within.comparator, within.value, within.unit) == ("time", "<=", 3, "工作日")


def test_30_a_formula_promises_nothing(tmp_path: Path) -> None:
    analyses = by_anchor("30-formula-is-no-commitment.txt", tmp_path)
    assert [one.commitments for one in analyses.values()] == [(), ()]


def test_38_the_second_field_of_a_note_is_no_office(tmp_path: Path) -> None:
    analyses = by_anchor("38-second-field-in-a-note.txt", tmp_path)
    offices = [
        [unit.printed for unit in one.responsibility.responsible] for one in list(analyses.values())[1:]
    ]
    assert offices == [["江州海关"], ["市司法局", "市商务局"]]
