"""Bad input: a clear message with file and line, exit code 1, and the site that was there stays whole."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.corpora import Project, make_project

GOOD = "一、开办企业\n网上办理。\n"
SIDECAR = "policies:\n  - id: city-2020-1\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project of one small, sound policy, with a site already there."""
    project = make_project(tmp_path / "project", with_sources=False)
    (project.sources / "good.txt").write_text(GOOD, "utf-8")
    (project.sources / "good.yml").write_text(SIDECAR, "utf-8")
    project.site.mkdir()
    (project.site / "index.html").write_text("the site that was there", "utf-8")
    return project


def _missing_source(sources: Path) -> None:
    (sources / "gone.yml").write_text("policies:\n  - id: other-2020-2\n", "utf-8")


def _empty(sources: Path) -> None:
    (sources / "empty.txt").write_bytes(b" \n\n")


def _undecodable(sources: Path) -> None:
    (sources / "gbk.txt").write_bytes("第一行\n".encode() + "优化营商环境".encode("gb18030"))


def _binary(sources: Path) -> None:
    (sources / "binary.txt").write_bytes(b"\xe4\xb8\x80\n\n\x00\x01")


def _broken_sidecar(sources: Path) -> None:
    (sources / "good.yml").write_text("policies:\n  - id: [\n", "utf-8")


def _wrong_key(sources: Path) -> None:
    (sources / "good.yml").write_text(SIDECAR + "    titel: 某措施\n", "utf-8")


def _wrong_id(sources: Path) -> None:
    (sources / "good.yml").write_text("policies:\n  - id: ../../etc/passwd\n", "utf-8")


def _wrong_date(sources: Path) -> None:
    (sources / "good.yml").write_text(SIDECAR + "    issued: 2020-13-01\n", "utf-8")


def _same_id_twice(sources: Path) -> None:
    (sources / "second.txt").write_text(GOOD, "utf-8")
    (sources / "second.yml").write_text("# another\n" + SIDECAR, "utf-8")


def _repeated_key(sources: Path) -> None:
    (sources / "good.yml").write_text(SIDECAR + "    issuer: 甲\n    issuer: 乙\n", "utf-8")


def _number_twice(sources: Path) -> None:
    (sources / "good.txt").write_text(
        GOOD + "一、获得电力\n一窗受理。\n二、甲\n乙。\n二、丙\n丁。\n", "utf-8"
    )


def _policy_not_in_text(sources: Path) -> None:
    text = "目录\n甲市《一号措施》 1\n乙市《二号措施》 2\n甲市《一号措施》\n一、开办企业\n网上办理。\n"
    (sources / "both.txt").write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("spoil", "place"),
    [
        (_missing_source, "gone.yml"),
        (_empty, "empty.txt:1"),
        (_undecodable, "gbk.txt:2"),
        (_binary, "binary.txt:3"),
        (_broken_sidecar, "good.yml:3"),
        (_wrong_key, "good.yml:3"),
        (_wrong_id, "good.yml:2"),
        (_wrong_date, "good.yml:3"),
        (_same_id_twice, "second.yml:3"),
        (_repeated_key, "good.yml:4"),
        (_number_twice, "good.txt:3"),
        (_policy_not_in_text, "both.txt:3"),
    ],
)
@pytest.mark.parametrize("command", ["site", "check"])
def test_fault_is_named_and_nothing_is_lost(
    project: Project, spoil: Callable[[Path], None], place: str, command: str
) -> None:
    spoil(project.sources)
    result = project.run(command)
    assert result.exit_code == 1, result.output
    assert f"{place}: " in result.stderr
    assert [path.name for path in project.site.iterdir()] == ["index.html"]
    assert (project.site / "index.html").read_text("utf-8") == "the site that was there"


def test_a_page_that_breaks_the_build_leaves_the_site(project: Project) -> None:
    (project.folder / "docs" / "about.md").write_text("# 关于\n\n[没有](nowhere.md)\n", "utf-8")
    result = project.run("site")
    assert result.exit_code == 1
    assert "nowhere.md" in result.stderr
    assert [path.name for path in project.site.iterdir()] == ["index.html"]


def test_every_fault_is_shown_at_once(project: Project) -> None:
    _empty(project.sources)
    _binary(project.sources)
    result = project.run("check")
    assert "empty.txt" in result.stderr
    assert "binary.txt" in result.stderr


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (["第一条 为了优化营商环境，制定本办法。", "第二条 各部门应当公开办事指南。"], "每行一段"),
        (
            [
                f"第{one}条 {'推行开办企业全程网上办理并压缩办理时间' * 2}\n由各部门按照职责分工负责落实。"
                for one in "一二三四五六七八"
            ],
            "按页面断行",
        ),
    ],
)
def test_check_tells_what_the_lines_of_a_source_are_and_why(
    project: Project, lines: list[str], kind: str
) -> None:
    (project.sources / "new.txt").write_text("某市优化营商环境办法\n" + "\n".join(lines) + "\n", "utf-8")
    told = project.run("check").stdout.splitlines()
    at = next(index for index, line in enumerate(told) if line.startswith("new.txt："))
    assert told[at + 1].startswith(f"  {kind}（")
    report = json.loads(project.run("check", "--format", "json").stdout)
    (layout,) = [one["layout"] for one in report["sources"] if one["file"] == "new.txt"]
    assert told[at + 1].strip() == layout


def test_a_folder_that_is_not_there(project: Project, tmp_path: Path) -> None:
    result = project.run("check", "--sources", str(tmp_path / "nowhere"))
    assert result.exit_code == 1
    assert "nowhere" in result.stderr


def test_a_link_out_of_the_folder_is_not_followed(project: Project, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("一、秘密\n不公开。\n", "utf-8")
    (project.sources / "link.txt").symlink_to(secret)
    result = project.run("check")
    assert result.exit_code == 0
    assert "link.txt 是指向文件夹之外的链接，没有收录。" in result.stdout
    assert "秘密" not in result.output
    assert result.stdout.startswith("good.txt：")


def test_wrong_use_is_exit_code_2(project: Project) -> None:
    assert project.run("site", "--no-such-option").exit_code == 2
    assert project.run("nonsense").exit_code == 2
