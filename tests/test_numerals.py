"""Printed numbers. The browser's reader is held against the same table (tests/tables/numerals.json)."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.parsing.numerals import fraction, to_han, to_int, to_number
from tests.support.printed import printed_and_read


@pytest.mark.parametrize(("printed", "value"), printed_and_read("numerals"))
def test_value_of_a_printed_number(printed: str, value: int | None) -> None:
    assert to_int(printed) == value


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (10, "十"), (9999, "九千九百九十九"), (10000, "一万"), (10001, "一万零一"), (10010, "一万零一十"),
        (11000, "一万一千"), (12345, "一万二千三百四十五"), (100000, "十万"), (1000001, "一百万零一"),
        (100000000, "一亿"), (100010000, "一亿零一万"),
    ],
)  # fmt: skip
def test_a_number_is_written_as_it_is_said(value: int, written: str) -> None:
    assert to_han(value) == written


@given(st.integers(1, 9999))
def test_every_number_is_read_as_it_is_written(value: int) -> None:
    assert to_int(to_han(value)) == value


@pytest.mark.parametrize(
    "digits", ["9" * 4301, "9" * 10, "九" * 320, "千" * 5000, "１" * 5000, "一千" * 9999]
)
def test_a_row_of_digits_that_counts_nothing_is_no_number(digits: str) -> None:
    assert to_int(digits) is None
    assert to_number(digits) is None or digits.startswith("9999999999")


def test_noughts_before_a_number_count_nothing() -> None:
    assert to_int("0" * 5000 + "12") == 12
    assert to_int("〇" * 5000 + "一二") == 12


@given(st.text("0123456789０１٣९零〇○一二两三十百千万亿点半余多.²Ⅷ ", max_size=400))
def test_any_text_is_a_finite_number_or_none(text: str) -> None:
    whole = to_int(text)
    assert whole is None or 0 <= whole < 10**9
    number = to_number(text)
    assert number is None or (math.isfinite(number) and number < 1e15)
    share = fraction(text, "三")
    assert share is None or math.isfinite(share)


@pytest.mark.parametrize("text", ["9" * 400, "1" + "亿" * 60, "一" + "亿" * 60, "1千" + "万" * 90, "9" * 16])
def test_an_amount_beyond_all_promises_is_none(text: str) -> None:
    assert to_number(text) is None


@pytest.mark.parametrize(
    ("text", "value"), [("2千万", 2e7), ("1.5亿", 1.5e8), ("100万亿", 1e14), ("两万", 2e4), ("半", 0.5)]
)
def test_an_amount_is_multiplied_out(text: str, value: float) -> None:
    assert to_number(text) == value
