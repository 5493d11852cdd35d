"""Small documents that once were read wrong, or are of a kind with such: each with the reading a person has checked.

The readings stand beside the documents (`tests/cases/NAME.reading`); the kind counts, not the sentence. What the
analysis makes of some of them is in test_cases_analysis.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.corpora import ROOT
from tests.support.outline import outline

CASES = ROOT / "tests" / "cases"
READINGS = sorted(CASES.glob("*.reading"))


@pytest.mark.parametrize("reading", READINGS, ids=lambda path: path.stem)
def test_a_document_is_read_as_a_person_reads_it(reading: Path) -> None:
    (document,) = (path for path in CASES.glob(f"{reading.stem}.*") if path != reading)
    assert outline(document) == reading.read_text("utf-8").splitlines()


def test_every_document_has_its_reading() -> None:
    documents = {path.stem for path in CASES.glob("*.*") if path.suffix in (".txt", ".md")}
    read_elsewhere = {
        "01-crash-no-fee",
        "24-markdown-table",
        "30-formula-is-no-commitment",
        "38-second-field-in-a-note",
    }
    assert documents - read_elsewhere <= {path.stem for path in READINGS}
    assert len(READINGS) > 30
