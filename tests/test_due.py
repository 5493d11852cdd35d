"""Due dates: the printed words, and the last day they name."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis.due import Calendar, calendar_of, find_dues, last_day, read_due
from generator.model import Due
from tests.support.times import takes_its_length
from tests.test_indicators import policy_of

UNKNOWN = Calendar()
IN_2020 = Calendar(2020, "2020-05-26")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020年6月底", "2020-06-30"),
        ("2021年底前", "2021-12-31"),
        ("2021年年底", "2021-12-31"),
        ("到2023年末", "2023-12-31"),
        ("2022年", "2022-12-31"),
        ("2021年内", "2021-12-31"),
        ("2020 年 9 月", "2020-09-30"),
        ("2024年2月底", "2024-02-29"),
        ("2020年9月1日前", "2020-09-01"),
        ("2020年6月上旬", "2020-06-10"),
        ("2020年6月中旬", "2020-06-20"),
        ("2020年6月下旬", "2020-06-30"),
        ("2021年第三季度", "2021-09-30"),
        ("2021年上半年", "2021-06-30"),
        ("2021年下半年", "2021-12-31"),
        ("2020.12.31", "2020-12-31"),
        ("2020-6-5", "2020-06-05"),
        ("二〇二一年十一月底", "2021-11-30"),
        ("2021年12月底前，长期坚持", "2021-12-31"),
        # The last day named; a part without a year is of the year before it.
        ("2020年6月底前出台，12月底前完成", "2020-12-31"),
        ("2020年9月至2021年6月", "2021-06-30"),
        # No day is named.
        ("长期坚持", None),
        ("持续推进", None),
        ("按序时节点推进", None),
        ("印发后30日内", None),
        ("“十四五”末", None),
        ("2022年春节前", None),
        ("2022年年中", None),
        ("从2021年起", None),
        ("每年3月底前", None),
        ("2020年2月30日", None),
        # No year is printed.
        ("12月底前", None),
        ("年底前", None),
        ("明年底", None),
    ],
)
def test_the_last_day_that_is_named(text: str, day: str | None) -> None:
    assert last_day(text, UNKNOWN) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("12月底前", "2020-12-31"),
        ("年底前", "2020-12-31"),
        ("三季度", "2020-09-30"),
        ("今年底", "2020-12-31"),
        ("明年底", None),
        # Before the day of issue it can hardly be of that year.
        ("3月底前", None),
    ],
)
def test_a_year_the_policy_prints_is_taken_where_it_is_plain(text: str, day: str | None) -> None:
    assert last_day(text, IN_2020) == day


def test_the_calendar_of_a_policy_is_its_day_of_issue_or_the_year_in_its_title() -> None:
    assert calendar_of(policy_of([], "2020年优化营商环境措施")) == Calendar(2020)
    assert calendar_of(policy_of([], "优化营商环境措施")) == UNKNOWN


def test_a_due_date_keeps_the_printed_words() -> None:
    assert read_due(" 2020 年 9 月。") == Due("2020 年 9 月", "2020-09-30")
    assert read_due(" ") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("到2021年末，全省90%以上", ["到2021年末"]),
        ("11月底前完成21个，12月底前实现全联通", ["11月底前", "12月底前"]),
        ("从2021年起，由财政出资", ["从2021年起"]),
        ("力争明年底实现90%", ["力争明年底"]),
        ("力争3年内开展培训", ["力争3年内"]),
        ("年底前实现", ["年底前"]),
        ("半月一调度，一月一通报", []),
        ("每年12月底前报送", []),
        ("3个月内，彻底到底", []),
    ],
)
def test_due_dates_in_running_text(text: str, found: list[str]) -> None:
    assert [text[start:stop] for start, stop in find_dues(text)] == found


PIECES = st.lists(
    st.sampled_from(
        [
            "20",
            "2020",
            "年",
            "12",
            "月",
            "31",
            "日",
            "底",
            "前",
            "每",
            "季度",
            "第三",
            "上半年",
            "-",
            ".",
            "二〇",
            "起",
            "力争",
            "十",
        ]
    ),
    max_size=14,
).map("".join)


@given(PIECES)
def test_any_text_gives_a_real_day_or_none(text: str) -> None:
    for calendar in (UNKNOWN, IN_2020):
        day = last_day(text, calendar)
        assert day is None or datetime.date.fromisoformat(day)
    for start, stop in find_dues(text):
        assert 0 <= start < stop <= len(text)


@pytest.mark.parametrize("piece", ["2020", "二〇二", "12月", "力争", "年底", "每", "第三季度"])
def test_linear_time(piece: str) -> None:
    def read(size: int) -> None:
        text = piece * (size // len(piece))
        last_day(text, UNKNOWN)
        list(find_dues(text))

    assert takes_its_length(read, 20_000, 80_000)
