"""The report of what a change gains and loses: `make gains`."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests import gains


def record(**changes: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of any kind
    """One line of an export."""
    return {
        "policy": "town-2021",
        "anchor": "sec_1",
        "label": "一、",
        "wording": "一、甲",
        "indicators": [],
        "responsibility": {"lead": [], "responsible": [], "supporting": []},
        "due": None,
        "commitments": [],
        "references": [],
        **changes,
    }


def facts(folder: Path, *records: dict[str, Any]) -> gains.Facts:
    """The facts of these records."""
    path = folder / "export.jsonl"
    path.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in records), "utf-8")
    return gains.read_facts(path)


def test_what_is_gained_and_lost_is_told_by_policy_and_one_by_one(tmp_path: Path) -> None:
    promise = {
        "dimension": "time",
        "comparator": "<=",
        "value": {"min": 1, "max": 3},
        "unit": "天",
        "quote": "1—3天内",
        "subject": "接电",
        "users": "高压客户",
    }
    before = facts(tmp_path, record(indicators=[{"id": "bidding", "role": "primary"}]))
    after = facts(tmp_path, record(commitments=[promise], due={"text": "年底", "date": None}))
    lines = list(gains.report(before, after, "HEAD", None))
    assert "indicators: lost 1" in lines
    assert "  - town-2021#sec_1 bidding (primary)" in lines
    assert "  + town-2021#sec_1 time <= 1—3天 “1—3天内”" in lines
    assert "  + town-2021#sec_1 time <= 1—3天: 接电 | 高压客户 | – | – | – | – | –" in lines
    assert "due: gained 1" in lines
    row = next(line for line in lines if line.startswith("town-2021"))
    assert row.split() == ["town-2021", "1", "0", "-1", "0", "1", "+1", "1", "+1", "1", "+1", "0"]


def test_a_long_list_is_cut_unless_all_is_asked_for() -> None:
    before: gains.Facts = {kind: Counter() for kind in gains.KINDS}
    after = {**before, "clauses": Counter({("town-2021", f"sec_{number}"): 1 for number in range(5)})}
    assert "  + … and 3 more (--all)" in list(gains.report(before, after, "HEAD", 2))
    assert len([line for line in gains.report(before, after, "HEAD", None) if line.startswith("  +")]) == 5


def test_without_a_commit_to_compare_with_it_says_so_and_is_content() -> None:
    result = CliRunner().invoke(gains.main, ["no-such-commit"])
    assert result.exit_code == 0
    assert "nothing to compare with" in result.output


def test_code_that_does_not_run_here_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "generator").mkdir()
    (tmp_path / "generator" / "__init__.py").write_text("raise SystemExit('broken')", "utf-8")
    with pytest.raises(gains.NoBaseError, match="broken"):
        gains.export(tmp_path, tmp_path / "out.jsonl")
