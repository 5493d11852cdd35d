"""Text as search folds it. The browser's folding is held against the same table in test_search_engine."""

import pytest

from generator.folding import fold
from tests.support.printed import printed_and_read


@pytest.mark.parametrize(("printed", "folded"), printed_and_read("folding"))
def test_a_text_is_folded(printed: str, folded: str) -> None:
    assert fold(printed) == folded
    assert fold(folded) == folded
