"""What became of each article: four real works in two versions each, and small made-up texts for every kind of row."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Policy
from generator.views.redline import Part, RowKind, align, redline
from tests.support.corpora import parse_policy

GOLD = Path(__file__).parent / "gold" / "versions"
READINGS = json.loads((GOLD / "alignment.json").read_text("utf-8"))


def text_of(name: str) -> Policy:
    return parse_policy((GOLD / f"{name}.md").read_text("utf-8"))


@pytest.mark.parametrize("work", READINGS)
def test_articles_are_aligned_as_a_reader_aligns_them(work: str) -> None:
    reading = READINGS[work]
    line = redline(text_of(reading["old"]), text_of(reading["new"]))
    expected: defaultdict[str, set[str]] = defaultdict(set)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for before, after in reading["pairs"]:
        expected[f"旧{before}"].add(after)
        expected[f"新{after}"].add(before)
    for row in line.rows:
        for before in row.old:
            found[f"旧{before.label}"] |= {str(after.label) for after in (*row.new, *row.partly)}
        for after in row.partly:
            found[f"新{after.label}"] |= {str(before.label) for before in row.old}
        for after in row.new:
            found[f"新{after.label}"] |= {str(before.label) for before in row.old}
    wrong = {name: sorted(found[name]) for name in found if found[name] != expected[name]}
    assert len(wrong) <= 0.03 * len(found), wrong


def test_a_word_that_took_the_place_of_another_throughout_is_told_once() -> None:
    line = redline(text_of("shanghai-business-2020"), text_of("shanghai-business-2024"))
    told = {(one.before, one.after): one.times for one in line.substitutions}
    assert told["市场主体", "企业等经营主体"] > 20
    assert told["相关", "有关"] > 20


FIRST = "企业开办实行一窗受理，市场监管、税务、公安等部门并联办理，一个工作日内办结。"
SECOND = "不动产登记机构应当公开登记资料的查询办法，任何单位和个人可以依法查询。"
THIRD = "供电企业应当公开接电的环节、时限和收费标准，不得收取清单之外的费用。"
FOURTH = "政府采购项目应当预留份额面向中小企业采购，采购人应当按合同约定支付资金。"


def parts(name: str, *texts: str) -> list[Part]:
    return [Part(name, f"art_{number}", f"第{number}条", text) for number, text in enumerate(texts, 1)]


@pytest.mark.parametrize(
    ("before", "after", "kinds"),
    [
        ([FIRST, SECOND], [FIRST, SECOND], ["same", "same"]),
        ([FIRST, SECOND], [FIRST, THIRD, SECOND], ["same", "added", "renumbered"]),
        ([FIRST, THIRD, SECOND], [FIRST, SECOND], ["same", "deleted", "renumbered"]),
        ([FIRST, SECOND], [FIRST.replace("一个", "两个"), SECOND], ["changed", "same"]),
        ([FIRST, SECOND, THIRD], [SECOND, THIRD, FIRST], ["renumbered", "renumbered", "moved"]),
        ([FIRST + SECOND, THIRD], [FIRST, SECOND, THIRD], ["split", "renumbered"]),
        ([FIRST, SECOND, THIRD], [FIRST + SECOND, THIRD], ["merged", "renumbered"]),
        # Variants of print are no difference: width of punctuation and digits, 〇 and 零, spaces.
        (
            ["自二〇二〇年1月1日起施行，另有规定的除外。"],
            ["自二零二零年１月１日起施行,另有规定的除外。 "],
            ["same"],
        ),
        ([FIRST], [FOURTH], ["deleted", "added"]),
        ([], [FIRST], ["added"]),
        ([FIRST], [], ["deleted"]),
        ([], [], []),
    ],
)
def test_what_became_of_a_part(before: list[str], after: list[str], kinds: list[str]) -> None:
    rows = list(align(parts("old", *before), parts("new", *after)))
    assert [row.kind.value for row in rows] == kinds


def test_differences_read_as_words_and_variants_are_none() -> None:
    (row,) = align(
        parts("old", "企业开办在3个工作日内办结，不收费用。"),
        parts("new", "企业开办在1个工作日内办结,不收费用。"),
    )
    assert [(change.kind, change.text) for change in row.changes()] == [
        ("same", "企业开办在"),
        ("deleted", "3"),
        ("inserted", "1"),
        ("same", "个工作日内办结,不收费用。"),
    ]


TEXTS = st.lists(
    st.sampled_from([FIRST, SECOND, THIRD, FOURTH, FIRST[:9], "", "　", "删去", FIRST + THIRD]), max_size=7
)


@given(TEXTS, TEXTS)
def test_every_part_stands_in_exactly_one_row(before: list[str], after: list[str]) -> None:
    old, new = parts("old", *before), parts("new", *after)
    rows = list(align(old, new))
    assert sorted(part.anchor for row in rows for part in row.old) == sorted(part.anchor for part in old)
    assert (
        [part.anchor for row in rows for part in row.new if len(row.new) == 1]
        or not new
        or any(len(row.new) > 1 for row in rows)
    )
    assert sorted(part.anchor for row in rows for part in row.new) == sorted(part.anchor for part in new)
    for row in rows:
        text = "\n".join(part.text for part in row.new)
        assert "".join(change.text for change in row.changes() if change.kind != "deleted") == text


def test_policies_without_articles_are_compared_by_their_measures() -> None:
    before = parse_policy(
        f"某市方案\n\n一、企业开办\n（一）{FIRST}\n（二）{SECOND}\n二、其他\n（三）{THIRD}\n"
    )
    after = parse_policy(
        f"某市方案\n\n一、企业开办\n（一）{FIRST}\n二、其他\n（二）{THIRD}\n（三）{FOURTH}\n"
    )
    line = redline(before, after)
    assert [(row.kind, [part.label for part in (*row.old, *row.new)]) for row in line.rows] == [
        (RowKind.SAME, ["（一）", "（一）"]),
        (RowKind.DELETED, ["（二）"]),
        (RowKind.RENUMBERED, ["（三）", "（二）"]),
        (RowKind.ADDED, ["（三）"]),
    ]
