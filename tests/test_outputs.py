"""What a command writes is there whole or not at all: killed, interrupted, refused, or two at once."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.files.claims import claimed
from generator.files.outputs import Outputs, beside, inside, settle, writing
from generator.model import CorpusError
from tests.support.corpora import ROOT, Project, make_project

SECONDS = 120  # no process of a test takes longer, on the slowest machine
TEXT = "一、开办企业\n网上办理。\n"
NAMES = ("pages", "site", "bundle.zip")
needs_posix = pytest.mark.skipif(os.name == "nt", reason="kills processes")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two folders and a file that are there already."""
    place(tmp_path, "old")
    return tmp_path


def place(folder: Path, content: str, where: Callable[[Path], Path] = lambda path: path) -> None:
    """The folders and the file with some content, each at the place that `where` gives for it."""
    for target in targets(folder):
        path = where(target)
        if path.suffix:
            path.write_text(content, "utf-8")
        else:
            path.mkdir()
            (path / "index.html").write_text(content, "utf-8")


def targets(folder: Path) -> list[Path]:
    return [folder / name for name in NAMES]


def contents(folder: Path) -> list[str]:
    """What stands in each of them."""
    paths = (target if target.suffix else target / "index.html" for target in targets(folder))
    return [path.read_text("utf-8") if path.exists() else "" for path in paths]


@contextmanager
def outputs_of(folder: Path) -> Iterator[Outputs]:
    with writing(inside(folder), targets(folder)) as outputs:
        yield outputs


def replace_all(folder: Path, content: str = "new") -> None:
    with outputs_of(folder) as outputs, outputs.replacing(*targets(folder)) as fresh:
        place(folder, content, lambda target: fresh[target])


def hidden(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*") if path.name.startswith("."))


# ---- All or nothing


def test_all_take_their_places_and_nothing_else_is_left(folder: Path) -> None:
    replace_all(folder)
    assert contents(folder) == ["new"] * 3
    assert hidden(folder) == []
    assert {path.stat().st_mode & 0o077 for path in targets(folder)} != {0}  # a web server can read them


def _fail_while_writing(folder: Path) -> None:
    with outputs_of(folder) as outputs, outputs.replacing(*targets(folder)) as fresh:
        place(folder, "new", lambda target: fresh[target])
        raise ZeroDivisionError


def test_a_failure_leaves_all_as_they_were(folder: Path) -> None:
    with pytest.raises(ZeroDivisionError):
        _fail_while_writing(folder)
    assert contents(folder) == ["old"] * 3
    assert hidden(folder) == []


class Moves:
    """Counts the moves of files, and does something else than the one of a certain number."""

    def __init__(self, patch: pytest.MonkeyPatch, number: int, instead: Callable[[], None]) -> None:
        self.done = 0
        real = {name: getattr(Path, name) for name in ("rename", "replace")}

        def patched(name: str) -> Callable[[Path, Path], Path]:
            def move(path: Path, target: Path) -> Path:
                self.done += 1
                if self.done == number:
                    instead()
                moved: Path = real[name](path, target)
                return moved

            return move

        for name in real:
            patch.setattr(Path, name, patched(name))


def _refused() -> None:
    raise OSError(errno.EROFS, "Read-only file system", "/somewhere/site")


def _interrupted() -> None:
    raise KeyboardInterrupt


EVERY_MOVE = range(1, 1 + 1 + 2 * len(NAMES))  # the journal, and each target away and its new one there


@pytest.mark.parametrize("number", EVERY_MOVE)
def test_a_move_that_the_system_refuses_leaves_all_as_they_were(folder: Path, number: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        Moves(patch, number, _refused)
        with pytest.raises(CorpusError, match="/somewhere/site: 无法读写：Read-only file system。"):
            replace_all(folder)
    assert contents(folder) == ["old"] * 3
    assert hidden(folder) == []


@pytest.mark.parametrize("number", EVERY_MOVE)
def test_ctrl_c_between_moves_leaves_all_old_or_all_new(folder: Path, number: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        Moves(patch, number, _interrupted)
        with pytest.raises(KeyboardInterrupt):
            replace_all(folder)
    assert contents(folder) in (["old"] * 3, ["new"] * 3)
    assert hidden(folder) == []


def test_there_are_as_many_moves_as_are_tried(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    moves = Moves(monkeypatch, 0, _interrupted)
    replace_all(folder)
    assert moves.done == len(EVERY_MOVE)


KILLED = """
import os, signal, sys
from pathlib import Path
import pytest
from tests.test_outputs import Moves
with pytest.MonkeyPatch.context() as patch:
    Moves(patch, int(sys.argv[1]), lambda: os.kill(os.getpid(), signal.SIGKILL))
    {work}
"""


def killed_at(number: int, work: str, *arguments: str) -> int:
    """Run some work in a process of its own that is killed at a move; returns its exit code."""
    command = [sys.executable, "-c", KILLED.format(work=work), str(number), *arguments]
    return subprocess.run(command, cwd=ROOT, check=False, timeout=SECONDS, capture_output=True).returncode


@needs_posix
@pytest.mark.parametrize("number", EVERY_MOVE)
def test_kill_9_at_any_move_leaves_all_old_or_all_new_to_the_next_run(folder: Path, number: int) -> None:
    work = "from tests.test_outputs import replace_all; replace_all(Path(sys.argv[2]))"
    assert killed_at(number, work, str(folder)) == -signal.SIGKILL
    assert set(contents(folder)) <= {"old", "new", ""}  # moved or not, whole
    with outputs_of(folder):
        assert contents(folder) == (["old"] * 3 if number == 1 else ["new"] * 3)
    assert hidden(folder) == []


@needs_posix
def test_one_that_only_reads_ends_the_moves_too(folder: Path) -> None:
    work = "from tests.test_outputs import replace_all; replace_all(Path(sys.argv[2]))"
    assert killed_at(4, work, str(folder)) == -signal.SIGKILL
    settle(inside(folder), targets(folder))
    assert contents(folder) == ["new"] * 3


# ---- The commands


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """One policy, locked and published."""
    project = make_project(tmp_path / "project", with_sources=False)
    (project.sources / "a.txt").write_text(TEXT, "utf-8")
    (project.sources / "a.yml").write_text("policies:\n  - id: city-2020-1\n", "utf-8")
    assert project.run("lock").exit_code == 0
    return project


def locked(project: Project) -> list[bytes]:
    return [path.read_bytes() for path in sorted(project.sources.glob("[!.]*.l*"))]


@needs_posix
def test_lock_killed_at_any_move_is_whole_at_the_next_command(project: Project) -> None:
    old = locked(project)
    text = TEXT + "二、获得电力\n当场接电。\n"
    (project.sources / "a.txt").write_text(text, "utf-8")
    work = "from generator.cli import main; main(sys.argv[2:])"
    config = str(project.folder / "mkdocs.yml")
    for number in (1, 3, 5):
        assert killed_at(number, work, "lock", "--config-file", config) == -signal.SIGKILL
        result = project.run("check")
        assert result.exit_code == 0
        assert ("尚未登记" in result.stdout) is (locked(project) == old)
        assert [content.count(b"\n") for content in locked(project)] in ([1, 1, 1], [2, 2, 2])
        assert number == 1 or hidden(project.sources) == []
        for path, content in zip(sorted(project.sources.glob("[!.]*.l*")), old, strict=True):
            path.write_bytes(content)


@pytest.mark.parametrize("number", [3, 5, 7])
def test_lock_accepts_all_its_files_or_none(
    project: Project, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    old = locked(project)
    (project.sources / "a.txt").write_text(TEXT + "二、获得电力\n当场接电。\n", "utf-8")
    Moves(monkeypatch, number, _refused)
    result = project.run("lock")
    assert result.exit_code == 1
    assert "无法读写：Read-only file system。" in result.stderr
    assert locked(project) == old
    assert hidden(project.sources) == []


@needs_posix
def test_site_killed_between_the_two_moves_of_the_site_is_whole_at_the_next_run(project: Project) -> None:
    assert project.run("site").exit_code == 0
    (project.sources / "a.txt").write_text(TEXT.replace("网上", "当场"), "utf-8")
    work = "from generator.cli import main; main(sys.argv[2:])"
    config = str(project.folder / "mkdocs.yml")
    generated = 8
    number = 1 + 2 * generated + 2  # the journal, the folders of docs/, the old site away
    assert killed_at(number, work, "site", "--config-file", config) == -signal.SIGKILL
    assert not project.site.exists()
    (project.sources / "a.txt").write_bytes(
        b"\xff"
    )  # the next run is refused, and still puts things in order
    (project.sources / "b.txt").write_text(TEXT, "utf-8")
    result = project.run("pages", "--keep-going")
    assert result.exit_code == 1
    page = (project.site / "policies" / "city-2020-1.html").read_text("utf-8")
    assert "当场办理" in page
    assert hidden(project.folder / "docs") == []
    assert [name for name in hidden(project.folder) if "policy-site" in name] == []


# ---- What the system refuses


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A disk of 64 KiB, where the system lets us make one."""
    folder.mkdir(exist_ok=True)
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if made.returncode:
        pytest.skip("no disk can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def mountable() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0


@pytest.mark.skipif(not mountable(), reason="only root mounts disks")
def test_a_full_disk_is_said_and_what_was_there_stays(project: Project, tmp_path: Path) -> None:
    (project.sources / "b.txt").write_text("一、甲\n" + "网上办理企业开办事项。\n" * 5000, "utf-8")
    with small_disk(tmp_path / "disk") as disk:
        output = disk / "clauses.jsonl"
        output.write_text("what was there", "utf-8")
        arguments = ["export", "--sources", str(project.sources), "--output", str(output)]
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 1
        assert f"{output}: 无法读写：No space left on device。 磁盘已满" in result.stderr
        assert output.read_text("utf-8") == "what was there"
        assert [path.name for path in disk.iterdir()] == ["clauses.jsonl"]


@pytest.mark.skipif(not mountable(), reason="only root mounts disks")
@pytest.mark.parametrize("command", ["lock", "pages", "site"])
def test_a_tree_that_is_read_only_is_said(project: Project, command: str) -> None:
    subprocess.run(["mount", "--bind", str(project.folder), str(project.folder)], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(project.folder)], check=True)
        assert project.run("check").exit_code == 0
        result = project.run(command)
        assert result.exit_code == 1
        assert f"{project.folder}" in result.stderr
        assert "Read-only file system。 这里只能读，不能写" in result.stderr
    finally:
        subprocess.run(["umount", str(project.folder)], check=True)


@pytest.mark.parametrize("command", ["pages", "site"])
def test_a_disk_that_fills_up_while_pages_are_written_is_said(
    project: Project, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    real = Path.write_bytes

    def write_bytes(path: Path, content: bytes) -> int:
        if path.name == "coverage.csv":
            raise OSError(errno.ENOSPC, "No space left on device")  # the system names no file
        return real(path, content)

    monkeypatch.setattr(Path, "write_bytes", write_bytes)
    result = project.run(command)
    assert result.exit_code == 1
    where = project.folder / "docs" / "data" / "coverage.csv"
    assert f"{where}: 无法读写：No space left on device。 磁盘已满" in result.stderr
    assert not (project.folder / "docs" / "policies").exists()
    assert hidden(project.folder / "docs") == []


# ---- Two at once


HOLDING = """
import sys
from pathlib import Path
from generator.files.claims import claimed
with claimed(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@contextmanager
def another_process(lock: Path) -> Iterator[subprocess.Popen[str]]:
    """A process that holds a lock file until it is told to end."""
    command = [sys.executable, "-c", HOLDING, str(lock)]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        yield other


@pytest.mark.parametrize("command", ["site", "pages", "lock"])
def test_a_second_command_says_who_is_at_work_and_changes_nothing(project: Project, command: str) -> None:
    lock = inside(project.sources if command == "lock" else project.folder / "docs")
    with another_process(lock) as other:
        result = project.run(command)
    assert result.exit_code == 1
    assert f"{lock}: 另一个进程（进程号 {other.pid}）正在写这里。" in result.stderr
    assert not (project.folder / "docs" / "policies").exists()


def test_two_configurations_that_share_a_site_are_kept_apart(project: Project) -> None:
    with another_process(beside(project.site)) as other:
        result = project.run("site")
    assert result.exit_code == 1
    assert str(other.pid) in result.stderr


def test_a_lock_file_that_a_killed_process_left_is_taken_over_and_removed(project: Project) -> None:
    lock = inside(project.sources)
    with another_process(lock) as other:
        other.kill()
    assert lock.read_text("ascii") == f"{other.pid}\n"
    assert project.run("lock").exit_code == 0
    assert not lock.exists()


def test_the_lock_says_which_process_holds_it(tmp_path: Path) -> None:
    with claimed(tmp_path / "x.lock"):
        assert (tmp_path / "x.lock").read_text("ascii") == f"{os.getpid()}\n"
        with pytest.raises(CorpusError, match=str(os.getpid())), claimed(tmp_path / "x.lock"):
            pass
    assert list(tmp_path.iterdir()) == []


# ---- Links and strangers


@pytest.mark.parametrize("make", ["symlink_to", "hardlink_to"])
def test_a_lock_file_that_is_a_link_is_not_written_through(tmp_path: Path, make: str) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious", "utf-8")
    getattr(tmp_path / "x.lock", make)(victim)
    with pytest.raises(CorpusError, match=r"x\.lock"), claimed(tmp_path / "x.lock"):
        pass
    assert victim.read_text("utf-8") == "precious"


def test_an_output_that_is_a_link_is_replaced_and_not_written_through(tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.write_text("precious", "utf-8")
    output = tmp_path / "out.jsonl"
    output.symlink_to(victim)
    with writing(beside(output), [output]) as outputs, outputs.replacing(output) as fresh:
        fresh[output].write_text("new", "utf-8")
    assert victim.read_text("utf-8") == "precious"
    assert output.read_text("utf-8") == "new"


@needs_posix
def test_a_named_pipe_or_device_is_not_replaced(project: Project, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    arguments = ["export", "--sources", str(project.sources), "--output", str(tmp_path / "pipe")]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 1
    assert f"{tmp_path / 'pipe'}: 不是普通文件，没有写。" in result.stderr
    assert (tmp_path / "pipe").is_fifo()


def test_what_a_killed_process_left_is_removed_and_nothing_else(folder: Path) -> None:
    with outputs_of(folder) as outputs, outputs.replacing(*targets(folder)) as fresh:
        (workspace,) = {path.parent.parent for path in fresh.values()}
    outside = folder / "outside"
    outside.mkdir()
    (outside / "file").write_text("precious", "utf-8")
    workspace.mkdir()
    prefix = workspace.name.rpartition("-")[0]
    linked = folder / f"{prefix}-{'0' * 32}"
    linked.symlink_to(outside)
    others = [
        folder / f"{prefix}-notes",
        folder / f".policy-site-12345678-{'0' * 32}",
        folder / ".site-backup1",
    ]
    for other in others:
        other.mkdir()
    replace_all(folder)
    assert not workspace.exists()
    assert all(other.is_dir() for other in others)
    assert (outside / "file").read_text("utf-8") == "precious"


def test_a_journal_moves_only_what_the_command_writes(folder: Path) -> None:
    """Somebody else put it there: it names no place outside, and a link in place of a hidden folder is not followed."""
    with outputs_of(folder) as outputs, outputs.replacing(*targets(folder)) as fresh:
        (workspace,) = {path.parent.parent for path in fresh.values()}
    prefix = workspace.name.rpartition("-")[0]
    elsewhere = folder / "elsewhere"
    (elsewhere / "new" / "site").mkdir(parents=True)
    (folder / f"{prefix}-{'a' * 32}").symlink_to(elsewhere)
    inside(folder).with_suffix(".journal").write_text("a" * 32, "ascii")
    with outputs_of(folder):
        assert contents(folder) == ["old"] * 3
    assert (elsewhere / "new" / "site").is_dir()


@pytest.mark.parametrize("content", ["", "../../etc", "a" * 33, "\xff"])
def test_what_is_no_journal_moves_nothing(folder: Path, content: str) -> None:
    journal = inside(folder).with_suffix(".journal")
    journal.write_text(content, "latin-1")
    with outputs_of(folder):
        assert contents(folder) == ["old"] * 3
    assert not journal.exists()
