"""What a clause says to those who want to use it: only what is printed in so many words."""

from __future__ import annotations

import pytest

from generator.analysis.guidance import find_guidance
from generator.analysis.tables import Tables
from tests.support.corpora import parse_policy
from tests.support.words import WORDS


def said(text: str) -> list[tuple[str, str]]:
    """(kind, text) of all that a policy with this text says, in order; each is what stands at its place."""
    policy = parse_policy(f"某市惠企政策若干措施\n\n一、主要措施\n{text}\n")
    tables = Tables(policy)
    found = [
        (clause, one) for clause in policy.clauses for one in find_guidance(clause, tables, WORDS.guidance)
    ]
    assert all(clause.wording[one.start : one.stop] == one.text for clause, one in found)
    return [(one.kind.value, one.text) for _, one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "（一）稳岗补贴。适用对象：参保的中小微企业；申报条件：上年度未裁员；兑现方式：免申即享。咨询电话：0577-12345678、12345。",
            [
                ("audience", "参保的中小微企业"),
                ("conditions", "上年度未裁员"),
                ("delivery", "免申即享"),
                ("phone", "0577-12345678、12345"),
            ],
        ),
        ("（一）对符合条件的企业“免申即享”奖补资金。", [("delivery", "免申即享")]),
        ("（一）推行“免申即享”，扩大“免申即享”范围。", [("delivery", "免申即享")]),
        (
            "（一）贷款贴息（申报途径：市政务服务网；联系电话：010-8888 转 2）。",
            [("delivery", "市政务服务网"), ("phone", "010-8888 转 2")],
        ),
        # The words without a colon, and a field without a value, say nothing.
        ("（一）公布服务对象和办理条件，保持咨询电话畅通。", []),
        ("（一）公开下列事项：适用对象：。", []),
        ("（一）咨询电话：由各区公布。", []),
    ],
)
def test_what_is_printed_is_read(text: str, expected: list[tuple[str, str]]) -> None:
    assert said(text) == expected


def test_a_column_of_a_table_names_what_its_cells_are() -> None:
    table = "| 序号 | 事项 | 适用对象 | 咨询电话 |\n| --- | --- | --- | --- |\n| 1 | 稳岗补贴 | 中小微企业 | 12333 |\n"
    assert said(f"（一）事项见下表。\n\n{table}") == [("audience", "中小微企业"), ("phone", "12333")]
