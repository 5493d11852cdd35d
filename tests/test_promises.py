"""What numbers are said of: the shares on the readings of tests/gold/promises, and the kinds they were learnt from."""

from __future__ import annotations

import pytest

from generator.model import Corpus
from generator.pipeline import load_corpus
from tests.support.promises import PROMISES, Score, score_policies, score_shared

# Of each reading: the least share of subjects and of whole cells, and of conditions shown.
FLOORS = {"shared": (0.98, 0.97, 0.97), "others": (0.96, 0.96, 0.97), "pages": (0.96, 0.96, 0.96)}


@pytest.fixture(scope="module")
def scores(corpus: Corpus) -> dict[str, Score]:
    """The scores of the readings."""
    texts, _ = load_corpus(PROMISES / "texts")
    return {
        "shared": score_shared(corpus),
        "others": score_policies("others", corpus),
        "pages": score_policies("pages", texts),
    }


@pytest.mark.parametrize("name", FLOORS)
def test_what_numbers_are_said_of_is_what_a_reader_wrote(name: str, scores: dict[str, Score]) -> None:
    subject, whole, condition = FLOORS[name]
    score = scores[name]
    assert _share(score, "subject") >= subject
    assert _share(score, "condition") >= condition
    right, total = score.whole
    assert right / total >= whole


@pytest.mark.parametrize("part", ["found", "day", "force", "approximate"])
@pytest.mark.parametrize("name", FLOORS)
def test_kind_of_day_force_and_approximation_are_right(
    name: str, part: str, scores: dict[str, Score]
) -> None:
    assert _share(scores[name], part) >= 0.99


def _share(score: Score, part: str) -> float:
    right, total = score.share(part)
    return right / total if total else 1.0
