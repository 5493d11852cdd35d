"""Rows of tables: what the head of a column makes of a cell, what a cell promises by itself, what a row is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.analysis import Library, find_references, load_analyst
from generator.analysis.due import calendar_of
from generator.analysis.tables import Tables
from generator.model import Address, Analysis, Clause, Commitment, Eid, Kind, Place, Policy, Reference
from tests.support.times import takes_its_length
from tests.support.words import WORDS
from tests.test_indicators import policy_of

ANALYST = load_analyst()
PLACE = Place("text.txt", 1, 1)
Lines = Sequence[Sequence[str] | str]


def table(head: Sequence[str], rows: Lines, *, caption: str = "", title: str = "江州市任务清单") -> Policy:
    """A policy that is one table; a row that is a string is a group."""
    printed = "\t".join(head)
    wording = f"{caption}\n{printed}" if caption else printed
    top = Clause(
        "p",
        Eid("table_1"),
        Kind.TABLE,
        None,
        1,
        1,
        None,
        caption or None,
        wording,
        False,
        PLACE,
        cells=tuple(head),
    )
    clauses, parent = [top], top.anchor
    for number, cells in enumerate(rows, 1):
        if isinstance(cells, str):
            parent = top.anchor.below(Kind.GROUP, number)
            clauses.append(
                Clause(
                    "p", parent, Kind.GROUP, None, number, 2, top.anchor, None, cells, False, PLACE, cells=(cells,)
                )
            )  # fmt: skip
        else:
            serial = cells[0] if cells[0].isdecimal() else None
            clauses.append(
                Clause(
                    "p", top.anchor.below(Kind.ROW, number), Kind.ROW, serial, int(serial) if serial else None, 3, parent, None,
                    "\t".join(cells), False, PLACE, cells=tuple(cells),
                )
            )  # fmt: skip
    return replace(policy_of(clauses), id="p", title=title)


def analysed(policy: Policy) -> dict[str, Analysis]:
    return ANALYST.analyse(policy)[0]


def offices(analysis: Analysis) -> tuple[list[str], list[str], list[str]]:
    """牵头, 责任 and 配合, as printed."""
    said = analysis.responsibility
    lead, responsible, supporting = (
        [unit.printed for unit in group] for group in (said.lead, said.responsible, said.supporting)
    )
    return lead, responsible, supporting


TASKS = table(
    ["序号", "工作任务", "责任单位", "完成时限"],
    [
        ["1", "企业开办时间压缩至1个工作日以内", "市市场监管局", "2024年6月底前"],
        ["2", "用水报装时间压缩至3个工作日以内", "市水务局", "2024年9月底前"],
    ],
)


def test_24_the_columns_give_a_row_its_offices_and_its_due_date() -> None:
    first, second = list(analysed(TASKS).values())[1:]
    assert offices(first) == ([], ["市市场监管局"], [])
    assert offices(second) == ([], ["市水务局"], [])
    assert first.due is not None
    assert (first.due.text, first.due.date) == ("2024年6月底前", "2024-06-30")
    assert second.due is not None
    assert second.due.date == "2024-09-30"


def test_24_a_cell_promises_by_itself_and_the_head_promises_nothing() -> None:
    analyses = analysed(TASKS)
    assert analyses["table_1"] == Analysis()
    (within,) = analyses["table_1__tr_1"].commitments
    assert (within.subject, within.comparator, within.value, within.unit) == (
        "企业开办时间",
        "<=",
        1,
        "工作日",
    )
    assert within.quote == "企业开办时间压缩至1个工作日以内"


# --- (name of the column, cell, 牵头, 责任, 配合, 时限) ---------------------------------------------------------------

COLUMNS: list[tuple[str, str, list[str], list[str], list[str], str | None]] = [
    ("牵头单位", "市发改委", ["市发改委"], [], [], None),
    ("牵头部门（单位）", "市发改委", ["市发改委"], [], [], None),
    ("配合单位", "市财政局、市税务局", [], [], ["市财政局", "市税务局"], None),
    ("责任部门", "市水务局\n市住建局", [], ["市水务局", "市住建局"], [], None),
    ("责任单位", "市水务局 市住建局", [], ["市水务局", "市住建局"], [], None),
    ("责任单位/部门", "市住建局（市人防办）", [], ["市住建局（市人防办）"], [], None),
    ("责 任 单 位", "市发改委牵头，市财政局配合", ["市发改委"], [], ["市财政局"], None),
    ("责任单位", "牵头单位：市发改委；配合单位：市财政局", ["市发改委"], [], ["市财政局"], None),
    ("责任单位", "/", [], [], [], None),
    ("责任单位", "", [], [], [], None),
    ("完成时间", "2024年底前", [], [], [], "2024年底前"),
    ("完成时限", "长期坚持", [], [], [], "长期坚持"),
    ("时限", "2024年底前", [], [], [], "2024年底前"),
    ("办理时限", "3个工作日", [], [], [], None),
    ("时限要求", "即时办结", [], [], [], None),
    ("责任人", "张三", [], [], [], None),
    ("主管部门及依据", "市水务局", [], [], [], None),
    ("备注", "市水务局", [], [], [], None),
]  # fmt: skip


@pytest.mark.parametrize(("column", "cell", "lead", "responsible", "supporting", "due"), COLUMNS)
def test_what_a_column_makes_of_a_cell(
    column: str, cell: str, lead: list[str], responsible: list[str], supporting: list[str], due: str | None
) -> None:
    analysis = analysed(table(["序号", "任务", column], [["1", "推进改革", cell]]))["table_1__tr_1"]
    assert offices(analysis) == (lead, responsible, supporting)
    assert (analysis.due.text if analysis.due else None) == due


# --- (name of the column, cell, [(dimension, comparator, value, unit, kind)]) -----------------------------------------

PROMISES: list[tuple[str, str, list[tuple[str, str, float, str | None, str]]]] = [
    ("承诺时限", "3个工作日", [("time", "=", 3, "工作日", "target")]),
    ("办理时限", "3个工作日内", [("time", "<=", 3, "工作日", "target")]),
    ("办理时限", "即时办结", [("time", "=", 0, "即时", "target")]),
    ("承诺办结时限（工作日）", "3", [("time", "=", 3, "工作日", "target")]),
    ("承诺办结时限（单位：天）", "0.5", [("time", "=", 0.5, "天", "target")]),
    ("法定时限", "30个工作日", [("time", "=", 30, "工作日", "statutory")]),
    ("目标值", "95%以上", [("ratio", ">=", 95, "%", "target")]),
    ("目标", "压缩至2个环节", [("steps", "<=", 2, "环节", "target")]),
    # Nothing is guessed of a number alone, or of a column that names no promise.
    ("费用（元）", "200", []),
    ("承诺时限", "3", []),
    ("数量", "3个", []),
    ("期间", "3个工作日", []),
    ("权重", "10%", []),
    ("计算公式", "即时办结量÷总量×100%", []),
    ("2023年实际值", "95%以上", []),
    ("完成情况", "压缩至2个环节", []),
    ("处罚标准", "处5日以上拘留", []),
]


@pytest.mark.parametrize(("column", "cell", "expected"), PROMISES)
def test_what_a_cell_promises(
    column: str, cell: str, expected: list[tuple[str, str, float, str | None, str]]
) -> None:
    policy = table(["序号", "事项名称", column], [["1", "企业设立登记", cell]])
    found = analysed(policy)["table_1__tr_1"].commitments
    assert [(one.dimension, one.comparator, one.value, one.unit, one.kind) for one in found] == expected
    assert {one.subject for one in found} <= {"企业设立登记"}
    assert {one.quote for one in found} <= {cell}


def test_a_row_of_another_number_of_cells_has_no_columns() -> None:
    analysis = analysed(table(["任务", "责任单位"], [["推进改革", "市水务局", "2024年"]]))["table_1__tr_1"]
    assert analysis.responsibility == Analysis().responsibility


def test_an_empty_cell_is_of_the_row_above_only_in_a_row_without_a_number_of_its_own() -> None:
    rows = [
        ["1", "压缩报装时间", "市水务局", "2024年底前"],
        ["", "精简报装材料", "", ""],
        ["", "公开收费标准", "市住建局", ""],
        ["2", "推进联合踏勘", "", ""],
        "二、其他",
        ["", "推进电子发票", "", ""],
    ]
    analyses = analysed(table(["序号", "任务", "责任单位", "完成时限"], rows))
    found = {anchor: offices(one)[1] for anchor, one in analyses.items() if "tr" in anchor}
    assert list(found.values()) == [["市水务局"], ["市水务局"], ["市住建局"], [], []]
    dues = [one.due is not None for anchor, one in analyses.items() if "tr" in anchor]
    assert dues == [True, True, True, False, False]


def test_an_empty_cell_of_a_table_without_numbers_is_empty() -> None:
    rows = [["压缩报装时间", "市水务局"], ["精简报装材料", ""]]
    assert offices(analysed(table(["任务", "责任单位"], rows))["table_1__tr_2"]) == ([], [], [])


def test_a_note_does_not_run_on_into_the_next_cell() -> None:
    rows = [["推进改革。责任单位：市水务局", "市财政局"], ["（责任单位：市发改", "委）市税务局负责"]]
    analyses = analysed(table(["任务", "说明"], rows))
    assert offices(analyses["table_1__tr_1"]) == ([], ["市水务局"], [])
    assert offices(analyses["table_1__tr_2"])[1] == []


def test_a_row_is_about_what_its_cells_its_group_and_the_caption_say() -> None:
    rows: Lines = [["1", "用气报装", "市住建局"], "二、获得电力", ["2", "推行线上办理", "市税务局"]]
    analyses = analysed(table(["序号", "任务", "责任单位"], rows, caption="表1 任务分解表"))
    own, group, below = (
        [(one.id, one.role) for one in analyses[anchor].indicators]
        for anchor in ("table_1__tr_1", "table_1__group_2", "table_1__tr_3")
    )
    assert own == [("getting-water-gas", "primary")]
    assert group == [("getting-electricity", "primary")]
    assert below == [("getting-electricity", "primary")]  # and not 纳税 for the office
    caption = analysed(table(["序号", "任务"], [["1", "推行线上办理"]], caption="登记财产改革任务表"))
    assert [one.id for one in caption["table_1__tr_1"].indicators] == ["registering-property"]


def test_evidence_names_the_clause_above_even_where_it_has_neither_label_nor_title() -> None:
    policy = table(["事项", "措施"], [["甲", "推行线上办理"]])
    words = "推进低压小微企业用电报装，各县（市、区）办理情况见下表："
    above = replace(policy.clauses[0], anchor=Eid("al_1"), kind=Kind.ALINEA, wording=words, cells=())
    top = replace(policy.clauses[0], parent=Eid("al_1"))
    analyses = analysed(replace(policy, clauses=(above, top, *policy.clauses[1:])))
    (found,) = analyses["table_1__tr_1"].indicators
    assert (found.id, found.evidence) == ("getting-electricity", (f"上级条文“{words[:20]}…”",))


def test_a_reference_stands_in_one_cell_and_in_its_place() -> None:
    rows = [
        ["1", "落实《优化营商环境条例》", "《公司法》", "第五条"],
        ["2", "执行《行政许可法》第八条", "", ""],
    ]
    policy = table(["序号", "任务", "依据", "条款"], rows)
    found = find_references([policy], Library([policy], WORDS), WORDS.documents)
    quotes = {address.anchor: [one.quote for one in references] for address, references in found.items()}
    assert quotes == {
        "table_1__tr_1": ["《优化营商环境条例》", "《公司法》"],
        "table_1__tr_2": ["《行政许可法》第八条"],
    }
    for clause in policy.clauses:
        for one in found.get(Address("p", clause.anchor), ()):
            assert clause.wording[one.start : one.stop] == one.quote


def test_the_names_of_columns_are_of_the_lowest_head_row() -> None:
    policy = table(["", "牵头", "配合单位"], [["推进改革", "市发改委", "市财政局"]])
    head = replace(policy.clauses[0], wording="任务\t责任单位\t\n\t牵头\t配合单位")
    policy = replace(policy, clauses=(head, *policy.clauses[1:]))
    assert [cell.column for cell in Tables(policy).cells(policy.clauses[1])] == ["任务", "牵头", "配合单位"]


TEXTS = st.text(
    alphabet="3个工作日内办结压缩至95%《》第五条（）责任单位：市局、，。\n—÷×即时0一", max_size=20
)


@given(
    head=st.lists(
        st.sampled_from(["序号", "任务", "责任单位", "完成时限", "办理时限（天）", "费用", ""]),
        min_size=1,
        max_size=4,
    ),
    rows=st.lists(st.lists(TEXTS, min_size=1, max_size=5), max_size=4),
)
def test_promises_for_any_table(head: list[str], rows: list[list[str]]) -> None:
    policy = table(head, rows)
    analyses = analysed(policy)
    references = find_references([policy], Library([policy], WORDS), WORDS.documents)
    tables = Tables(policy)
    for clause in policy.clauses:
        cells = tables.cells(clause)
        own: list[Commitment | Reference] = [*analyses[clause.anchor].commitments]
        own += references.get(Address("p", clause.anchor), ())
        for one in own:
            assert clause.wording[one.start : one.stop] == one.quote
            assert any(cell.start <= one.start and one.stop <= cell.stop for cell in cells)
        notes = ANALYST.notes.notes_of(clause, tables, calendar_of(policy))
        assert all(one.stop <= two.start for one, two in pairwise(notes))


@pytest.mark.parametrize("direction", ["long", "wide"])
def test_linear_time(direction: str) -> None:
    row = ["1", "压缩至3个工作日内办结（责任单位：市水务局）", "市水务局、", "2024年底前"]
    head = ["序号", "任务", "责任单位", "完成时限"]

    def made(number: int) -> Policy:
        return (
            table(head, [row] * number)
            if direction == "long"
            else table(["任务"] * number, [[row[1]] * number])
        )

    few, many = 100, 400
    tables = {number: made(number) for number in (few, many)}
    assert takes_its_length(lambda number: analysed(tables[number]), few, many)
