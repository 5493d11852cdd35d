"""Chinese numerals of labels."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.parsing.numerals import to_han, to_int


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("一", 1), ("十", 10), ("十二", 12), ("二十", 20), ("二十一", 21), ("一百", 100), ("一百零二", 102),
        ("一百一十", 110), ("一百三十三", 133), ("二〇二〇", 2020), ("12", 12), ("百分之五十", None), ("", None),
    ],
)  # fmt: skip
def test_value_of_a_printed_number(printed: str, value: int | None) -> None:
    assert to_int(printed) == value


@given(st.integers(1, 9999))
def test_every_number_is_read_as_it_is_written(value: int) -> None:
    assert to_int(to_han(value)) == value
