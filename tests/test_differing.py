"""The quantities in which two clauses that say nearly the same differ."""

from __future__ import annotations

import pytest

from generator.views.differing import Differing, differing


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        (
            "注销办理时间压缩至 5 个工作日内",
            "注销办理时间压缩至9个工作日内",
            Differing(("5个工作日",), ("9个工作日",)),
        ),
        ("3个环节、5个工作日", "3 个环节、５个工作日", None),
        ("三个工作日内办结", "3个工作日内办结，零成本", Differing(("三个工作日",), ("3个工作日",))),
        ("网办率达到90%", "网办率达到95%以上", Differing(("90%",), ("95%",))),
        ("1日内答复", "当场答复", Differing(("1日",), ())),
        # Dates, articles, numbers of documents, and what is counted in words are no quantities here.
        ("2020年6月30日前，依第三条", "2021年12月底前，依第五条，实行一件事一次办、三项制度", None),
        ("1天2天3天4天5天", "6天", None),
        ("", "", None),
    ],
)
def test_quantities_that_only_one_has(here: str, there: str, expected: Differing | None) -> None:
    assert differing(here, there) == expected
    swapped = differing(there, here)
    assert swapped == (Differing(expected.there, expected.here) if expected else None)
