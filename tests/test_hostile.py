"""Hostile and odd sources: each ends with its text whole, or with a message that names the file; nothing else is touched."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.analysis.due import Calendar, last_day
from generator.cli import main
from generator.files.json_text import to_json
from generator.model import Clause, Eid, Kind, Place
from generator.parsing.dates import iso_date
from generator.reading.files import RECORDS
from generator.views.contents import contents, size
from tests.support.corpora import ROOT, Project, make_project, parse_policy

FOLDER = Path(__file__).parent / "hostile"
CASES = sorted({str(path.parent.relative_to(FOLDER)) for path in FOLDER.rglob("*.*")})
SIDECAR = "policies:\n  - id: city-2020-1\n"
TEXT = (
    "某市优化营商环境办法\n\n第一条 为了优化营商环境，制定本办法。\n\n第二条 本办法自2021年1月1日起施行。\n"
)
SECRET = "机密内容不得外传"

# What must be said of those that are refused: place, words.
REFUSED = {
    "c02-yaml/bool": ("a.yml:3: ", "不是是非值"),
    "c02-yaml/deep": ("a.yml:1: ", "嵌套超过"),
    "c02-yaml/float": ("a.yml:3: ", "不是有限的数"),
    "c02-yaml/id300": ("a.yml:2: ", "太长"),
    "c02-yaml/int-empty": ("a.yml:3: ", "不是整数"),
    "c02-yaml/int5000": ("a.yml:2: ", "不是这里能用的整数"),
    "c02-yaml/laughs": ("a.yml:7: ", "别名展开"),
    "c02-yaml/merge-loop": ("a.yml:1: ", "包含它自己"),
    "c02-yaml/recursive": ("a.yml:2: ", "包含它自己"),
    "c02-yaml/surrogate": ("a.yml:3: ", "U+D800"),
    "c02-yaml/timestamp": ("a.yml:3: ", "不是日期"),
    "c05-id-newline": ("a.yml:2: ", "policies.0.id"),
    "c19-changes-date": ("changes.log:1: ", "2021-02-31 不是日历上的日期"),
}
# Names, titles and sizes that the renderer meets; the others differ before it.
WHOLE = ("c07-compilation", "c08-title-block", "c15-10000-paragraphs", "c17-names/chinese")
# Read or refused: nesting without end.
EITHER = ("c10-nested",)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project of one sound policy."""
    project = make_project(tmp_path / "project", with_sources=False)
    (project.sources / "a.txt").write_text(TEXT, "utf-8")
    (project.sources / "a.yml").write_text(SIDECAR, "utf-8")
    return project


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """A file outside every folder of sources."""
    path = tmp_path / "secret"
    path.write_text(f"{SECRET}: [\n", "utf-8")
    return path


@pytest.mark.site
@pytest.mark.parametrize("case", [case for case in CASES if case not in (*REFUSED, *EITHER)])
def test_it_is_read_and_published(tmp_path: Path, case: str) -> None:
    project = make_project(tmp_path / "project", with_sources=False)
    shutil.copytree(FOLDER / case, project.sources, dirs_exist_ok=True)
    for command in ("check", "site" if case in WHOLE else "pages"):
        result = project.run(command)
        assert result.exit_code == 0, result.output
    text = (project.folder / "docs" / "data" / "clauses.jsonl").read_text("utf-8")
    assert "Infinity" not in text
    assert "NaN" not in text


@pytest.mark.parametrize("case", EITHER)
def test_it_is_read_or_refused(tmp_path: Path, case: str) -> None:
    project = make_project(tmp_path / "project", with_sources=False)
    shutil.copytree(FOLDER / case, project.sources, dirs_exist_ok=True)
    check, pages = project.run("check"), project.run("pages")
    assert check.exit_code == pages.exit_code
    if check.exit_code:
        assert re.search(r"^a\.(txt|md):\d+: ", check.stderr, re.MULTILINE)
    assert "Traceback" not in check.output + pages.output
    assert not isinstance(check.exception, Exception)


@pytest.mark.parametrize("case", REFUSED)
@pytest.mark.parametrize("command", ["check", "pages", "export"])
def test_it_is_refused_by_file_and_line(tmp_path: Path, case: str, command: str) -> None:
    if command == "export" and case == "c19-changes-date":
        pytest.skip("an export has nothing to do with the record of changes")
    project = make_project(tmp_path / "project", with_sources=False)
    arguments = [command, "--sources", str(FOLDER / case)]
    if command == "export":
        arguments += ["--output", str(tmp_path / "out.jsonl")]
        result = project.run_alone(*arguments)
    else:
        result = project.run(*arguments)
    place, words = REFUSED[case]
    assert result.exit_code == 1, result.output
    assert place in result.stderr
    assert words in result.stderr
    assert "Traceback" not in result.output
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize("name", ["a.yml", "anchors.lock", "wordings.lock", "changes.log"])
@pytest.mark.parametrize("command", ["check", "lock", "pages"])
def test_what_links_out_of_the_folder_is_refused_and_not_quoted(
    project: Project, secret: Path, name: str, command: str
) -> None:
    (project.sources / name).unlink(missing_ok=True)
    (project.sources / name).symlink_to(secret)
    result = project.run(command)
    assert result.exit_code == 1, result.output
    assert f"{name}: 是指向文件夹之外的链接，没有读取。" in result.stderr
    assert SECRET not in result.output
    assert secret.read_text("utf-8") == f"{SECRET}: [\n"


@pytest.mark.parametrize(
    "target",
    ["../secret", "/etc/hostname", "/dev/zero", "nowhere", "b.txt", "../project/source_texts/../../secret"],
)
def test_a_source_that_is_a_link_to_elsewhere_is_listed_and_not_read(
    project: Project, secret: Path, target: str
) -> None:
    assert secret.exists()
    (project.sources / "b.txt").symlink_to(target)
    result = project.run("check")
    assert result.exit_code == 0, result.output
    assert "b.txt 是指" in result.stdout
    assert "没有收录。" in result.stdout
    assert SECRET not in result.output


def test_a_link_within_the_folder_is_followed(project: Project) -> None:
    (project.sources / ".kept").mkdir()
    (project.sources / ".kept" / "b.txt").write_text("一、开办企业\n网上办理。\n", "utf-8")
    (project.sources / "b-1.txt").symlink_to(".kept/b.txt")
    result = project.run("check")
    assert result.exit_code == 0
    assert "2 份政策" in result.stdout


def test_a_folder_that_is_a_link_is_listed_and_not_entered(project: Project, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "b.txt").write_text(SECRET, "utf-8")
    (project.sources / "other").symlink_to(tmp_path / "other")
    (project.sources / "self").symlink_to(".")
    result = project.run("check")
    assert result.exit_code == 0
    assert "other 是指向别处的文件夹链接，没有进入。" in result.stdout
    assert "self 是指向别处的文件夹链接，没有进入。" in result.stdout
    assert SECRET not in result.output


@pytest.mark.parametrize("name", ["b.txt", "a.yml", "anchors.lock", "wordings.lock", "changes.log", "b.pdf"])
def test_a_named_pipe_is_not_waited_for(project: Project, name: str) -> None:
    (project.sources / name).unlink(missing_ok=True)
    os.mkfifo(project.sources / name)
    result = project.run("check")
    read = name not in ("b.txt", "b.pdf")
    assert result.exit_code == int(read)
    assert name in (result.stderr if read else result.stdout)
    if name != "b.pdf":
        assert "不是普通文件" in result.output


@pytest.mark.parametrize("name", ["anchors.lock", "wordings.lock", "changes.log"])
def test_a_temporary_file_is_not_written_through_a_link(project: Project, secret: Path, name: str) -> None:
    (project.sources / f".{name}.new").symlink_to(secret)
    assert project.run("lock").exit_code == 0
    assert secret.read_text("utf-8") == f"{SECRET}: [\n"
    assert not (project.sources / name).is_symlink()
    left = {path.name for path in project.sources.iterdir()}
    assert left == {"a.txt", "a.yml", "anchors.lock", "wordings.lock", "changes.log", f".{name}.new"}


def test_a_device_is_not_replaced_by_a_file(project: Project, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "out.jsonl")
    (tmp_path / "link.jsonl").symlink_to("/dev/null")
    for name in ("out.jsonl", "link.jsonl"):
        output = tmp_path / name
        result = project.run_alone("export", "--sources", str(project.sources), "--output", str(output))
        assert result.exit_code == 1
        assert f"{output}: 不是普通文件，没有写。" in result.stderr
    assert (tmp_path / "out.jsonl").is_fifo()
    assert (tmp_path / "link.jsonl").is_symlink()


def test_a_file_too_large_is_refused_before_it_is_read(project: Project) -> None:
    with (project.sources / "b.txt").open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    with (project.sources / "a.yml").open("wb") as file:
        file.truncate(2 * 1024 * 1024)
    result = project.run("check")
    assert result.exit_code == 1
    assert "b.txt: 文件超过 64 MB" in result.stderr
    assert "a.yml: 文件超过 1 MB" in result.stderr


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_cannot_be_read_is_a_fault(project: Project) -> None:
    (project.sources / "closed").mkdir(mode=0)
    result = project.run("check")
    (project.sources / "closed").chmod(0o755)
    assert result.exit_code == 1
    assert "closed: 无法读取文件夹" in result.stderr


BODY = "一、开办企业\n网上办理。\n"


@pytest.mark.parametrize(
    ("data", "place", "words"),
    [
        (BODY.encode("utf-16"), "b.txt:1: ", "UTF-16"),
        (BODY.encode("utf-16-be"), "b.txt:1: ", "UTF-16"),
        (BODY.encode("utf-32"), "b.txt:1: ", "UTF-32"),
        (BODY.encode("gb18030"), "b.txt:1: ", "generator add b.txt"),
        (f"{BODY}一\ud800二".encode("utf-8", "surrogatepass"), "b.txt:3: ", "半个字符"),
        (b"PK\x03\x04\0\0\0\n", "b.txt:1: ", "二进制"),
        (BODY.encode() + b"\0\n", "b.txt:3: ", "二进制"),
        (b"\xef\xbb\xbf \n\n", "b.txt:1: ", "空的"),
        ("\ufeff\u3000\n".encode(), "b.txt:1: ", "空的"),
    ],
)
def test_a_source_that_is_no_utf8_text_is_refused_with_advice(
    project: Project, data: bytes, place: str, words: str
) -> None:
    (project.sources / "b.txt").write_bytes(data)
    result = project.run("check")
    assert result.exit_code == 1, result.output
    assert place in result.stderr
    assert words in result.stderr


def test_a_byte_order_mark_is_allowed(project: Project) -> None:
    (project.sources / "b.txt").write_bytes(b"\xef\xbb\xbf" + BODY.encode())
    assert project.run("check").exit_code == 0


@pytest.mark.parametrize("encoding", ["gbk", "ascii", "latin-1", "utf-16", "cp1252"])
def test_an_output_of_another_encoding_stops_nothing(encoding: str) -> None:
    command = ["check", "--sources", str(FOLDER / "c11-gbk")]
    told = CliRunner(charset=encoding).invoke(main, command)
    assert told.exit_code == 0, told.exception
    assert b"Traceback" not in told.stderr_bytes
    result = CliRunner(charset=encoding).invoke(main, [*command, "--format", "json"])
    assert result.exit_code == 0, result.exception
    report = json.loads(result.stdout_bytes.decode(encoding))
    assert report["sources"][0]["file"] == "a.txt"
    assert any("完善𠀀制度" in doubt["quote"] for doubt in report["doubts"])


def test_an_output_of_another_encoding_stops_no_process() -> None:
    """The same where Python itself opened the output."""
    result = subprocess.run(
        [sys.executable, "-m", "generator", "check", "--sources", str(FOLDER / "c11-gbk")],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "cp1252"},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert result.returncode == 0, result.stderr
    assert b"Traceback" not in result.stderr


def test_what_a_source_holds_does_not_act_on_the_terminal(project: Project) -> None:
    (project.sources / "b.txt").write_text("一、开办企业\n网上\x1b[2J办理\x9b31m（甲\u202e。\n", "utf-8")
    result = project.run("check")
    assert result.exit_code == 0
    assert "b.txt" in result.stdout
    assert not set(result.output) & set("\x1b\x9b\u202e")


@pytest.mark.parametrize(
    "line",
    [
        "2021-02-31\tnote\tcity-2020-1\t\t甲",
        "2021-13-01\tnote\tcity-2020-1\t\t甲",
        "２０２１-01-01\tnote\tcity-2020-1\t\t甲",
        "2021-1-1\tnote\tcity-2020-1\t\t甲",
        "2021-01-01 \tnote\tcity-2020-1\t\t甲",
        "20210101\tnote\tcity-2020-1\t\t甲",
        "2021-W01-1\tnote\tcity-2020-1\t\t甲",
        "2021-01-01\tnote\t../../index\t\t甲",
        "2021-01-01\tnote\tcity-2020-1\t\t甲\x1b[31m",
        "2021-01-01\tother\tcity-2020-1\t\t甲",
    ],
)
@pytest.mark.parametrize("command", ["check", "lock", "pages"])
def test_a_line_that_is_no_change_is_named(project: Project, line: str, command: str) -> None:
    (project.sources / "changes.log").write_text(f"2021-01-01\tadded\tcity-2020-1\t\t\n{line}\n", "utf-8")
    result = project.run(command)
    assert result.exit_code == 1
    assert "changes.log:2: " in result.stderr
    assert "\x1b" not in result.output


@pytest.mark.parametrize("key", ["issued", "effective"])
@pytest.mark.parametrize("date", ["2021-02-29", "2021-04-31", "2100-02-29", "2021-00-10", "'2021-01-01\\n'"])
def test_a_day_that_never_was_is_refused_in_a_sidecar(project: Project, key: str, date: str) -> None:
    (project.sources / "a.yml").write_text(f"{SIDECAR}    {key}: {date.replace(chr(39), chr(34))}\n", "utf-8")
    result = project.run("check")
    assert result.exit_code == 1
    assert f"a.yml:3: policies.0.{key}：" in result.stderr


LINES = ("title", "issuer", "document_number", "status", "genre")


@pytest.mark.site
@pytest.mark.parametrize("key", LINES)
@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("|\n      甲市条例\n", True),
        (">\n      甲市\n      条例\n", True),
        ('"甲市条例\\n"', True),
        ("|\n      甲市\n      条例\n", False),
        ('"甲市\\r条例"', False),
        ('"  "', False),
        ('""', False),
        ("[甲市条例]", False),
    ],
)
def test_what_stands_on_a_line_is_one_line(project: Project, key: str, written: str, read: bool) -> None:
    (project.sources / "a.yml").write_text(f"{SIDECAR}    {key}: {written}\n", "utf-8")
    result = project.run("check")
    assert result.exit_code == (0 if read else 1), result.output
    if read:
        assert project.run("pages").exit_code == 0
        (policy,) = json.loads((project.folder / "docs" / "data" / "policies.json").read_text("utf-8"))
        assert policy[key] == policy[key].strip()
        assert "\n" not in policy[key]
    else:
        assert "a.yml:3: " in result.stderr


@pytest.mark.site
def test_a_block_of_text_in_any_field_of_a_sidecar_is_published(project: Project) -> None:
    block = "|\n{indent}甲乙\n{indent}丙丁\n"
    card = "".join(
        (
            SIDECAR,
            "    notes:\n      - " + block.format(indent="        "),
            "    corrections:\n      - find: 制定本办法\n        replace: 制订本办法\n        reason: "
            + block.format(indent="          "),
            "    moved:\n      - from: sec_9\n        to: art_1\n        note: "
            + block.format(indent="          "),
            "    indicators:\n      - clause: art_1\n        primary: starting-business\n        reason: "
            + block.format(indent="          "),
            "    repealed:\n      date: 2024-02-29\n      by: >\n        乙市条例\n",
        )
    )
    (project.sources / "a.yml").write_text(card, "utf-8")
    assert project.run("check").exit_code == 0
    result = project.run("site")
    assert result.exit_code == 0, result.output


@pytest.mark.site
def test_files_that_are_not_read_are_listed_one_a_line(project: Project) -> None:
    for name in ("plan.docx", "page.html", "图.PNG", "sub/说明.wps", "noextension"):
        path = project.sources / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"PK")
    for name in (".hidden", ".git/config", "~$plan.docx", "Thumbs.db", "desktop.ini"):
        path = project.sources / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(b"PK")
    assert project.run("lock").exit_code == 0
    result = project.run("check")
    assert result.exit_code == 0
    listed = [line for line in result.stdout.splitlines() if "没有收录" in line]
    names = ["noextension", "page.html", "plan.docx", "sub/说明.wps", "图.PNG"]
    advice = "是原件的，用 python -m generator add 读取它。"
    assert listed == [f"{name} 不是原文文件（.txt、.md），没有收录。{advice}" for name in names]
    report = json.loads(project.run("check", "--format", "json").stdout)
    assert [
        (one["policy"], one["url"], one["line"], one["kind"], one["file"]) for one in report["doubts"]
    ] == [(None, None, None, "unread-file", name) for name in names]
    assert project.run("pages").exit_code == 0
    page = (project.folder / "docs" / "data" / "fidelity.md").read_text("utf-8")
    assert "共 5 个" in page
    assert "plan.docx 不是原文文件" in page


def test_the_records_beside_the_sources_are_those_that_are_written(project: Project) -> None:
    before = {path.name for path in project.sources.iterdir()}
    assert project.run("lock").exit_code == 0
    assert {path.name for path in project.sources.iterdir()} - before == set(RECORDS)


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_a_number_that_json_does_not_have_is_never_written(number: float) -> None:
    with pytest.raises(ValueError, match="JSON"):
        to_json({"commitments": [{"value": number}]})


def test_all_json_is_written_by_the_one_function() -> None:
    files = [path for path in (ROOT / "generator").rglob("*.py") if "json.dump" in path.read_text("utf-8")]
    assert [path.name for path in files] == ["json_text.py"]


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("2021年2月28日", "2021-02-28"),
        ("2021年2月31日", None),
        ("2021年2月29日", None),
        ("2024年2月29日", "2024-02-29"),
        ("二〇二一年四月三十一日", None),
        ("2021-11-31", None),
        ("2021年13月1日", None),
        ("2021年6月32日", None),
        ("2021-13-01", None),
        ("2021年十三月一日", None),
    ],
)
def test_a_printed_day_that_never_was_is_no_date(printed: str, date: str | None) -> None:
    assert iso_date(printed) == date
    assert last_day(f"{printed}前", Calendar()) == date


def test_contents_are_of_a_bounded_depth() -> None:
    place = Place("a.txt", 1, 1)
    policy = parse_policy(TEXT)
    clauses = [
        Clause(
            "a-1",
            Eid(f"sec_{n}"),
            Kind.SECTION,
            f"{n}.",
            n,
            n,
            Eid(f"sec_{n - 1}") if n > 1 else None,
            "甲",
            f"{n}.甲",
            True,
            place,
        )
        for n in range(1, 3001)
    ]
    entries = contents(replace(policy, clauses=tuple(clauses)))
    assert size(entries) == 3000
    depth = 0
    while entries:
        entries, depth = entries[0].below, depth + 1
    assert depth == 10
