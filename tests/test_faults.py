"""No document stops another: what goes wrong with one is told, and the others are read to the end."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from mkdocs.structure.pages import Page

from generator import cli, pipeline, reading
from generator.analysis.analyst import Analyst
from generator.cli import main
from generator.faults import FaultLog, culprits, sift
from generator.model import CorpusError, Policy, Printed, Removed, SourceText, Stage
from generator.parsing.account import Bookkeeper
from generator.publishing.data import records as data
from generator.publishing.pages import policy as policy_pages
from generator.publishing.scripts import clauses as clause_scripts
from tests.support.corpora import Project, make_project

BAD = "bad-2020-1"
GOOD = ("first-2020-1", "last-2020-1")
TEXT = "一、开办企业\n网上办理。\n二、获得电力\n由市发改委牵头，当场接电。\n"


def write(project: Project, name: str, text: str = TEXT, card: str = "") -> None:
    """A source, and a sidecar that calls its policy by its name."""
    (project.sources / f"{name}.txt").write_text(text, "utf-8")
    (project.sources / f"{name}.yml").write_text(f"policies:\n  - id: {name}\n{card}", "utf-8")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Three sources, of which the one in the middle is to go wrong; logs go to a folder of their own."""
    project = make_project(tmp_path / "project", with_sources=False)
    for name in (GOOD[0], BAD, GOOD[1]):
        write(project, name)
    (tmp_path / "logs").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "logs"))
    return project


def exported(project: Project) -> tuple[int, str, set[str]]:
    """What `export` ends with, says, and writes: exit code, standard error, the policies."""
    output = project.folder / "clauses.jsonl"
    arguments = ["export", "--sources", str(project.sources), "--output", str(output)]
    result = CliRunner().invoke(main, arguments)
    written = output.read_text("utf-8").splitlines() if output.exists() else []
    return result.exit_code, result.stderr, {json.loads(line)["policy"] for line in written}


# ---- An error nobody foresaw


@dataclass(frozen=True)
class Break:
    """A function of the program that is to fail where it is given the bad document."""

    owner: object
    function: str
    is_bad: Callable[..., bool]
    stage: Stage

    def by(self, patch: pytest.MonkeyPatch, error: BaseException) -> None:
        """Let it raise `error`."""
        real = getattr(self.owner, self.function)

        def failing(*arguments: Any, **options: Any) -> Any:  # noqa: ANN401 - as the real one
            if self.is_bad(*arguments):
                raise error
            return real(*arguments, **options)

        patch.setattr(self.owner, self.function, failing)

    def __str__(self) -> str:
        return self.function


def _among(policies: Sequence[Policy], *_: object) -> bool:
    return any(policy.id == BAD for policy in policies)


IN_PARSING = Break(pipeline, "parse_source", lambda source, *_: BAD in source.path, Stage.PARSING)
IN_ANALYSIS = Break(Analyst, "analyse", lambda _, policy: policy.id == BAD, Stage.ANALYSIS)
IN_REFERENCES = Break(pipeline, "find_references", _among, Stage.REFERENCES)
READ_STAGES = [
    Break(pipeline, "read_lines", lambda source, _: BAD in source.path, Stage.READING),
    IN_PARSING,
    Break(pipeline, "find_doubts", lambda parsed, *_: _among(parsed.policies), Stage.DOUBTS),
    IN_ANALYSIS,
    IN_REFERENCES,
    Break(pipeline, "find_corpus_doubts", _among, Stage.DOUBTS),
]
IN_ROWS = Break(data, "clause_record", lambda clause, _: clause.policy == BAD, Stage.DATA)
IN_HTML = Break(Page, "render", lambda page, *_: BAD in page.file.src_uri, Stage.PAGES)
IN_PAGE = Break(policy_pages, "policy_page", lambda policy, *_: policy.id == BAD, Stage.PAGES)
IN_RECORD = Break(data, "policy_record", lambda policy: policy.id == BAD, Stage.PAGES)
IN_SCRIPTS = Break(clause_scripts, "_clauses_record", lambda policy, _: policy.id == BAD, Stage.DATA)


@pytest.mark.parametrize("broken", [*READ_STAGES, IN_ROWS], ids=str)
def test_an_error_in_any_stage_is_the_fault_of_its_document_alone(
    project: Project, monkeypatch: pytest.MonkeyPatch, broken: Break
) -> None:
    broken.by(monkeypatch, IndexError("list index out of range"))
    code, said, policies = exported(project)
    assert (code, policies) == (1, set(GOOD))
    assert re.search(
        rf"^{BAD}\.txt(:1)?: {broken.stage.chinese}时程序出错（IndexError）。", said, re.MULTILINE
    )
    assert "Traceback" not in said
    (log,) = re.findall(r"日志：(\S+)", said)
    assert "IndexError: list index out of range" in Path(log).read_text("utf-8")
    assert Path(log).parent == project.folder.parent / "logs"


@pytest.mark.parametrize("broken", READ_STAGES, ids=str)
def test_check_reads_the_rest_and_names_the_stage(
    project: Project, monkeypatch: pytest.MonkeyPatch, broken: Break
) -> None:
    broken.by(monkeypatch, ValueError("deep inside"))
    result = project.run("check", "--format", "json")
    report = json.loads(result.stdout)
    assert result.exit_code == 1
    assert [one["file"] for one in report["sources"]] == [f"{name}.txt" for name in GOOD]
    (fault,) = report["faults"]
    assert (fault["file"], fault["stage"]) == (f"{BAD}.txt", broken.stage.value)
    assert "deep inside" in Path(fault["log"]).read_text("utf-8")


@pytest.mark.parametrize("error", [RecursionError("too deep"), MemoryError(), AssertionError("never")])
def test_what_is_too_deep_or_too_big_is_a_fault_like_others(
    project: Project, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    IN_PARSING.by(monkeypatch, error)
    code, said, policies = exported(project)
    assert (code, policies) == (1, set(GOOD))
    assert type(error).__name__ in said


def test_ctrl_c_is_nobodys_fault(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    IN_PARSING.by(monkeypatch, KeyboardInterrupt())
    code, said, policies = exported(project)
    assert (code, policies) == (1, set())
    assert "程序出错" not in said


def test_an_error_that_is_no_documents_is_told_in_a_line_too(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cli, "load_words", lambda _: 1 / 0)
    result = project.run("check")
    assert result.exit_code == 1
    assert "程序: 程序出错（ZeroDivisionError）。" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_log_that_cannot_be_written_stops_nothing(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    IN_PARSING.by(monkeypatch, ValueError("deep inside"))
    monkeypatch.setattr("tempfile.tempdir", str(project.folder / "nowhere"))
    code, said, policies = exported(project)
    assert (code, policies) == (1, set(GOOD))
    assert "日志：无法写入" in said


@pytest.mark.parametrize(
    ("command", "broken"),
    [
        ("pages", IN_ANALYSIS),
        ("pages", IN_PAGE),
        ("pages", IN_RECORD),
        ("site", IN_HTML),
        ("site", IN_SCRIPTS),
    ],
    ids=str,
)
def test_publishing_refuses_and_changes_nothing(
    project: Project, monkeypatch: pytest.MonkeyPatch, broken: Break, command: str
) -> None:
    before = _files(project.folder)
    broken.by(monkeypatch, IndexError("x"))
    result = project.run(command)
    assert result.exit_code == 1
    assert f"{BAD}.txt:1: {broken.stage.chinese}时程序出错" in result.stderr
    assert _files(project.folder) == before


@pytest.fixture(scope="module")
def published_without_the_bad(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The site of the sound sources, by file, the page 校核 left out."""
    project = make_project(tmp_path_factory.mktemp("sound") / "project", with_sources=False)
    for name in GOOD:
        write(project, name)
    assert project.run("site").exit_code == 0
    return _but_for_the_account(_files(project.site))


@pytest.mark.parametrize("broken", [IN_PARSING, IN_REFERENCES, IN_PAGE, IN_SCRIPTS, IN_HTML], ids=str)
def test_keep_going_publishes_the_others_and_names_what_is_missing(
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    broken: Break,
    published_without_the_bad: dict[str, bytes],
) -> None:
    broken.by(monkeypatch, IndexError("x"))
    result = project.run("site", "--keep-going")
    assert result.exit_code == 1
    assert f"{BAD}.txt" in result.stderr
    page = (project.site / "data" / "fidelity.html").read_text("utf-8")
    for told in (f"{BAD}.txt", broken.stage.chinese, "请把日志和这份原文交给开发者"):
        assert told in page
    assert "Traceback" not in page
    assert "policy-site-" not in page  # where the log is, is nobody's business but the editor's
    assert _but_for_the_account(_files(project.site)) == published_without_the_bad


def _files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def _but_for_the_account(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: content for name, content in files.items() if name != "data/fidelity.html"}


# ---- Faults that are known


def _undecodable(project: Project) -> str:
    (project.sources / f"{BAD}.txt").write_bytes("优化营商环境".encode("gb18030"))
    return f"{BAD}.txt:1: "


def _unreadable(project: Project) -> str:
    (project.sources / f"{BAD}.txt").unlink()
    (project.sources / f"{BAD}.txt").symlink_to(f"{BAD}.txt")  # a circle
    return BAD


def _broken_sidecar(project: Project) -> str:
    (project.sources / f"{BAD}.yml").write_text("policies:\n  - id: [\n", "utf-8")
    return f"{BAD}.yml:3: "


def _without_source(project: Project) -> str:
    (project.sources / f"{BAD}.txt").unlink()
    return f"{BAD}.yml: "


def _same_id(project: Project) -> str:
    (project.sources / f"{BAD}.yml").write_text(f"policies:\n  - id: {GOOD[0]}\n", "utf-8")
    return f"first-2020-1.yml:2: 政策编号 {GOOD[0]} 重复"


@pytest.mark.parametrize("spoil", [_undecodable, _unreadable, _broken_sidecar, _without_source, _same_id])
def test_a_document_that_cannot_be_read_leaves_the_others(
    project: Project, spoil: Callable[[Project], str]
) -> None:
    told = spoil(project)
    kept = {GOOD[0], BAD, GOOD[1]} if spoil is _same_id else set(GOOD)
    code, said, policies = exported(project)
    assert code == 1
    assert told in said
    assert policies == kept - ({BAD} if spoil is _same_id else set())
    result = project.run("pages", "--keep-going")
    assert result.exit_code == 1
    assert {path.stem for path in (project.folder / "docs" / "policies").glob("*.md")} == {*GOOD, "index"}
    assert "有问题而没有收入的文件" in (project.folder / "docs" / "data" / "fidelity.md").read_text("utf-8")


def _two_sources(project: Project) -> str:
    (project.sources / f"{BAD}.md").write_text(TEXT, "utf-8")
    return f"{BAD}.txt: 与 {BAD}.md 只有扩展名不同"


def _two_sidecars(project: Project) -> str:
    (project.sources / f"{BAD}.yaml").write_text("policies:\n  - id: other-2020-1\n", "utf-8")
    return f"{BAD}.yml: 与 {BAD}.yaml 是同一个原文文件的两个说明文件。"


def _odd_suffix(project: Project) -> str:
    (project.sources / f"{BAD}.yml").rename(project.sources / f"{BAD}.Yml")
    return f"{BAD}.Yml: 说明文件的扩展名写作 .Yml。"


@pytest.mark.parametrize("spoil", [_two_sources, _two_sidecars, _odd_suffix])
def test_a_text_whose_sidecar_is_not_certain_has_no_id_and_no_page(
    project: Project, spoil: Callable[[Project], str]
) -> None:
    assert project.run("lock").exit_code == 0
    told = spoil(project)
    code, said, policies = exported(project)
    assert (code, policies) == (1, set(GOOD))
    assert told in said
    result = project.run("pages", "--keep-going")
    assert result.exit_code == 1
    assert "不见了" not in result.stderr
    assert {path.stem for path in (project.folder / "docs" / "policies").glob("*.md")} == {*GOOD, "index"}


def test_a_record_of_changes_that_is_none_is_refused_all_the_same(project: Project) -> None:
    (project.sources / "changes.log").write_text(f"2021-02-31\tnote\t{GOOD[0]}\t\t\n", "utf-8")
    result = project.run("pages", "--keep-going")
    assert result.exit_code == 1
    assert "changes.log:1: 2021-02-31 不是日历上的日期" in result.stderr
    assert not (project.folder / "docs" / "policies").exists()


def test_no_doubt_names_a_policy_that_was_left_out(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    title = "某市优化营商环境办法\n\n"
    for name in (BAD, GOOD[1]):
        write(project, name, title + TEXT)
    assert "同名政策" in project.run("check").stdout
    IN_PAGE.by(monkeypatch, IndexError("list index out of range"))
    assert project.run("pages", "--keep-going").exit_code == 1
    page = (project.folder / "docs" / "data" / "fidelity.md").read_text("utf-8")
    assert "同名" not in page


def test_a_number_printed_twice_is_exported_and_not_published(project: Project) -> None:
    write(project, BAD, "一、甲\n乙。\n一、丙\n丁。\n")
    code, said, policies = exported(project)
    assert (code, policies) == (1, {*GOOD, BAD})
    assert f"{BAD}.txt:3: 编号“一、”重复" in said
    assert project.run("pages").exit_code == 1
    assert project.run("pages", "--keep-going").exit_code == 1
    assert {path.stem for path in (project.folder / "docs" / "policies").glob("*.md")} == {*GOOD, "index"}


def test_with_nothing_left_nothing_is_written(project: Project) -> None:
    for name in (GOOD[0], BAD, GOOD[1]):
        (project.sources / f"{name}.txt").write_bytes(b"\xff")
    result = project.run("pages", "--keep-going")
    assert result.exit_code == 1
    assert not (project.folder / "docs" / "policies").exists()
    assert exported(project)[0] == 1
    assert not (project.folder / "clauses.jsonl").exists()


def test_anchors_of_a_document_that_cannot_be_read_are_not_called_gone(project: Project) -> None:
    assert project.run("lock").exit_code == 0
    _broken_sidecar(project)
    result = project.run("check")
    assert result.exit_code == 1
    assert "2 个已公布的锚点没有对照" in result.stdout
    assert "不见了" not in result.stderr
    assert project.run("pages", "--keep-going").exit_code == 1
    assert (project.folder / "docs" / "policies" / f"{GOOD[0]}.md").exists()
    assert project.run("lock").exit_code == 1


def test_an_anchor_gone_from_a_sound_document_is_refused_all_the_same(project: Project) -> None:
    assert project.run("lock").exit_code == 0
    write(project, GOOD[0], "一、开办企业\n网上办理。\n")
    _undecodable(project)
    result = project.run("pages", "--keep-going")
    assert result.exit_code == 1
    assert f"已公布的锚点 {GOOD[0]}#sec_2" in result.stderr
    assert not (project.folder / "docs" / "policies").exists()


def test_a_move_to_a_document_that_cannot_be_read_is_no_fault(project: Project) -> None:
    card = f"    moved:\n      - {{from: sec_3, to: '{BAD}#sec_1'}}\n"
    write(project, GOOD[0], card=card)
    assert project.run("lock").exit_code == 0
    _undecodable(project)
    _, said, policies = exported(project)
    assert policies == set(GOOD)
    assert "共 1 处问题" in said
    assert project.run("site", "--keep-going").exit_code == 1
    assert (project.site / "policies" / f"{GOOD[0]}.html").exists()


def test_links_are_not_judged_by_half_a_corpus(project: Project) -> None:
    _undecodable(project)
    document = project.folder / "report.md"
    document.write_text(f"[甲](https://policies.example.org/policies/{BAD}.html)\n", "utf-8")
    result = project.run("links", str(document))
    assert result.exit_code == 1
    assert f"{BAD}.txt:1: 不是 UTF-8" in result.stderr


def test_a_folder_that_cannot_be_read_is_not_passed_over(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    (project.sources / "locked").mkdir()
    real = os.scandir

    def scandir(path: str) -> Any:  # noqa: ANN401 - as the real one
        if str(path).endswith("locked"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    code, said, policies = exported(project)
    assert (code, policies) == (1, {*GOOD, BAD})
    assert "locked: 无法读取文件夹：Permission denied" in said


def test_a_source_that_vanishes_is_named(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    real = reading.survey

    def survey(folder: Path) -> reading.Folder:
        found = real(folder)
        (folder / f"{BAD}.txt").unlink()
        return found

    monkeypatch.setattr(pipeline, "survey", survey)
    code, said, policies = exported(project)
    assert (code, policies) == (1, set(GOOD))
    assert f"{BAD}.txt: 无法读取：" in said


# ---- Parts


def test_characters_that_would_stand_in_two_places_are_a_fault_with_its_line() -> None:
    source = SourceText("a.txt", "", "甲\n乙丙丁\n")
    books = Bookkeeper(source, [Removed(1, 2, "换行", "\n")])
    books.front(Printed("乙丙", (2, 3)))
    with pytest.raises(CorpusError) as caught:
        books.clause(Printed("丙丁", (3, 4)))
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("a.txt", 2)
    assert "“丙丁”" in problem.message
    assert "前置部分和条文" in problem.message
    assert problem.advice


@pytest.mark.parametrize(("times", "message"), [(0, "个字符去向不明"), (2, "文字算了两次：条文和条文")])
def test_a_broken_account_is_a_fault_of_its_document_and_no_traceback(
    project: Project, monkeypatch: pytest.MonkeyPatch, times: int, message: str
) -> None:
    """A character of a clause that is noted nowhere, or twice."""
    note = Bookkeeper.clause

    def noting(books: Bookkeeper, run: Printed) -> None:
        for _ in range(times if BAD in books._source.path else 1):
            note(books, run)

    monkeypatch.setattr(Bookkeeper, "clause", noting)
    code, said, policies = exported(project)
    assert code == 1
    assert policies >= set(GOOD)
    (line,) = [line for line in said.splitlines() if message in line]
    assert line.startswith(f"{BAD}.txt")
    assert "这是程序的错误" in line
    assert "Traceback" not in said
    checked = project.run("check")
    assert checked.exit_code == 1
    assert message in checked.output
    assert "Traceback" not in checked.output


def _refusing(*bad: int) -> Callable[[Sequence[int]], int]:
    def step(items: Sequence[int]) -> int:
        if set(items) & set(bad):
            raise ValueError
        return len(items)

    return step


@pytest.mark.parametrize("bad", [(), (0,), (9,), (3, 4), tuple(range(10))])
def test_those_that_make_a_step_fail_are_found(bad: tuple[int, ...]) -> None:
    result, failed = sift(list(range(10)), _refusing(*bad))
    assert tuple(item for item, _ in failed) == bad
    assert result == 10 - len(bad)


def test_of_those_that_fail_only_together_the_last_straw_is_found() -> None:
    def step(items: Sequence[int]) -> None:
        if {2, 5, 8} <= set(items):
            raise ValueError

    assert [item for item, _ in culprits(list(range(10)), step, ValueError())] == [8]


def test_a_step_that_fails_without_any_is_nobodys_fault() -> None:
    def step(_: Sequence[int]) -> None:
        raise ValueError

    assert culprits([1, 2, 3], step, ValueError()) == []


def test_one_run_has_one_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    log = FaultLog()
    logs = {log.fault(ValueError(text), "a.txt", Stage.PARSING).log for text in ("one", "two")}
    (path,) = logs
    assert {"one", "two"} <= set(re.findall(r"ValueError: (\w+)", Path(path).read_text("utf-8")))
    assert Path(path).stat().st_mode & 0o077 == 0
