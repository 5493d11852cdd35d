"""An anchor that has been published is a promise."""

from pathlib import Path

import pytest

from generator.pipeline import load_corpus
from generator.publishing.lock import compare, read_lock
from tests.support.corpora import SOURCES, Project, make_project

TEXT = "一、开办企业\n网上办理。\n二、获得电力\n当场接电。\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = make_project(tmp_path / "project", with_sources=False)
    (project.sources / "a.txt").write_text(TEXT, "utf-8")
    (project.sources / "a.yml").write_text("policies:\n  - id: city-2020-1\n", "utf-8")
    assert project.run("lock").exit_code == 0
    return project


def test_the_lock_is_made_to_be_reviewed(project: Project) -> None:
    lines = (project.sources / "anchors.lock").read_text("utf-8").splitlines()
    assert [line.split("\t")[:2] for line in lines] == [
        ["city-2020-1#sec_1", "一、"],
        ["city-2020-1#sec_2", "二、"],
    ]


@pytest.mark.parametrize("command", ["site", "pages", "check", "lock"])
def test_a_locked_anchor_may_not_vanish(project: Project, command: str) -> None:
    (project.sources / "a.txt").write_text(TEXT.replace("二、", "三、"), "utf-8")
    result = project.run(command)
    assert result.exit_code == 1
    assert "anchors.lock:2: " in result.stderr
    assert "city-2020-1#sec_2" in result.stderr


def test_a_changed_wording_and_a_new_anchor_are_reported(project: Project) -> None:
    (project.sources / "a.txt").write_text(TEXT.replace("当场", "当日") + "三、纳税\n网上办税。\n", "utf-8")
    result = project.run("check")
    assert result.exit_code == 0
    assert "请复核：city-2020-1#sec_2" in result.stdout
    assert "1 个锚点尚未登记" in result.stdout


def test_a_broken_lock_is_named_by_line(project: Project) -> None:
    lock = project.sources / "anchors.lock"
    lock.write_text(lock.read_text("utf-8") + "nonsense\n", "utf-8")
    result = project.run("check")
    assert result.exit_code == 1
    assert "anchors.lock:3: " in result.stderr


def test_the_repository_has_every_anchor_locked() -> None:
    corpus, _ = load_corpus(SOURCES)
    comparison = compare(corpus, read_lock(SOURCES))
    assert not comparison.gone
    assert not comparison.changed
    assert not comparison.new
