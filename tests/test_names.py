"""Names: any file name a Chinese Windows PC makes is fine; every policy has an id of its own, and keeps it."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import SourceText
from generator.parsing.contents import split
from generator.parsing.ids import made_up_ids
from generator.reading import read_lines
from generator.reading.sidecar import MAX_ID, is_policy_id
from tests.support.corpora import Project, make_project
from tests.support.words import WORDS

TEXT = "一、开办企业\n网上办理。\n"
SIDECAR = b"policies:\n  - id: city-2020-1\n"
NUMBERED = "营口市人民政府办公室\n关于印发营口市优化营商环境方案的通知\n营政办发〔2020〕14号\n\n一、开办企业\n网上办理。\n"


def ids(path: str, text: str = TEXT) -> list[str]:
    """The made-up ids of a source."""
    lines, _ = read_lines(SourceText(path=path, sha256="", text=text), WORDS)
    return made_up_ids(path, split(lines, path, WORDS.parts).parts)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project without sources."""
    return make_project(tmp_path / "project", with_sources=False)


def put(project: Project, *names: str | bytes) -> None:
    """Files of these names: sources with a text, sidecars with an id, others with what is no text."""
    for name in names:
        path = project.sources / os.fsdecode(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        is_source = path.suffix.lower() in (".txt", ".md")
        path.write_bytes(TEXT.encode() if is_source else SIDECAR)


def published(project: Project) -> dict[str, str]:
    """The policy ids by source file."""
    result = project.run("pages")
    assert result.exit_code == 0, result.output
    policies = json.loads((project.folder / "docs" / "data" / "policies.json").read_text("utf-8"))
    for policy in policies:
        assert (project.folder / "docs" / "policies" / f"{policy['id']}.md").is_file()
    return {policy["source"]["file"]: policy["id"] for policy in policies}


@pytest.mark.parametrize(
    ("path", "text", "begins"),
    [
        ("yingkou-2020-14.txt", NUMBERED, "yingkou-2020-14"),
        ("甲市条例.txt", TEXT, "jia-shi-tiao-li-"),
        ("乙市办法.txt", TEXT, "yi-shi-ban-fa-"),
        ("乙市办法.txt", NUMBERED, "yingkou-2020-14-"),
        (
            "通知.md",
            "国务院办公厅关于加快推进的通知\n国办发〔2019〕3号\n\n一、开办\n办理。\n",
            "national-2019-3-",
        ),
        ("绿色（2021年）.txt", TEXT, "lv-se-2021-nian-"),
        ("重庆.txt", TEXT, "chong-qing-"),
        ("2021.txt", TEXT, "policy-2021-"),
        ("🙂.txt", TEXT, "policy-"),
        ("a.txt", TEXT, "a-"),
        ("A.txt", TEXT, "a-"),
        ("index.txt", TEXT, "index-"),
        ("con.txt", TEXT, "con-"),
        ("部门/甲市条例.txt", TEXT, "jia-shi-tiao-li-"),
        ("政" * 84 + ".txt", TEXT, "zheng-zheng-"),
        ("a-" + "b" * 240 + ".txt", TEXT, "a-"),
    ],
)
def test_an_id_is_made_of_what_the_text_prints_or_of_the_name(path: str, text: str, begins: str) -> None:
    (made,) = ids(path, text)
    assert made.startswith(begins)
    assert is_policy_id(made)
    assert len(made) <= MAX_ID


def test_a_file_that_is_named_as_an_id_has_it_as_it_is() -> None:
    assert ids("yingkou-2020-14.txt") == ["yingkou-2020-14"]


names = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters='/\\:*?"<>|'),
    min_size=1,
    max_size=60,
).map(lambda name: f"{name}.txt")
numbers = st.sampled_from(
    [
        "",
        "营政发〔2020〕14号\n\n",
        "营政发〔2020〕1４号\n\n",
        "第88号\n\n",
        "财政部公告2023年第6号\n\n",
        "营政发〔2020〕" + "9" * 5000 + "号\n\n",
    ]
)


@given(st.lists(st.tuples(names, numbers), min_size=1, max_size=8, unique_by=lambda one: one[0]))
def test_any_files_have_valid_ids_of_their_own_that_no_other_file_changes(
    files: list[tuple[str, str]],
) -> None:
    made = [ids(name, number + TEXT) for name, number in files]
    assert all(is_policy_id(one) for (one,) in made)
    spelled = {name.encode("utf-8"): one for (name, _), (one,) in zip(files, made, strict=True)}
    assert len(set(spelled.values())) == len(spelled)


@pytest.mark.parametrize(
    "reserved",
    [
        "index",
        "no",
        "con",
        "nul",
        "com1",
        "prn",
        "'404'",
        "INDEX",
        "a",
        "a-",
        "-a",
        "a--b",
        "a-b ",
        "甲-1",
        "a_b-1",
        "'1-a'",
    ],
)
def test_what_names_a_page_or_a_device_is_no_id(project: Project, reserved: str) -> None:
    (project.sources / "a.txt").write_text(TEXT, "utf-8")
    card = (
        f"policies:\n  - id: {json.dumps(reserved.strip(chr(39))) if reserved.endswith(' ') else reserved}\n"
    )
    (project.sources / "a.yml").write_text(card, "utf-8")
    result = project.run("check")
    assert result.exit_code == 1
    assert "a.yml:2: policies.0.id" in result.stderr


def test_chinese_names_have_ids_that_stay_when_files_come_and_go(project: Project) -> None:
    put(project, "甲市条例.txt", "乙市办法.txt")
    before = published(project)
    assert before["甲市条例.txt"].startswith("jia-shi-tiao-li-")
    put(project, "丙省意见.txt", "甲事条例.txt", "甲市 条例.txt", "一/甲市条例.txt", "二/甲市条例.md")
    after = published(project)
    assert len(set(after.values())) == 7
    assert before.items() <= after.items()
    (project.sources / "甲市条例.txt").write_text("二、获得电力\n两个环节。\n", "utf-8")
    (project.sources / "乙市办法.txt").unlink()
    assert published(project)["甲市条例.txt"] == before["甲市条例.txt"]


def test_a_policy_with_a_sidecar_keeps_its_id(project: Project) -> None:
    put(project, "甲市条例.txt", "甲市条例.yml", "乙.TXT")
    assert published(project)["甲市条例.txt"] == "city-2020-1"


PC_NAMES = (
    "新建 文本文档 (2).txt",
    "关于印发《办法》的通知【定稿】～最终版&#1.txt",
    "附件1：指标体系（2021年）.txt",
    "con.txt",
    "NUL.TXT",
    "index.txt",
    "a..txt",
    "第1.5条.txt",
    "%20.txt",
    "-rf.txt",
    "[bold]x[/bold].txt",
    "{{ 7*7 }}.txt",
    "<b>&amp;.txt",
    "`code`_*x*.txt",
    "é.txt",
    "𠀀.txt",
    "政" * 83 + ".txt",
    "x" * 252 + ".md",
    "深" * 80 + "/" + "层" * 80 + "/甲.txt",
)


def test_a_name_that_a_pc_makes_is_fine(project: Project) -> None:
    put(project, *PC_NAMES)
    assert project.run("check").exit_code == 0
    made = published(project)
    assert made.keys() == set(PC_NAMES)
    assert len(set(made.values())) == len(PC_NAMES)
    result = project.run("site")
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["a.txt", "a.yml", "a.yaml"], "a.yml: 与 a.yaml 是同一个原文文件的两个说明文件。"),
        (["a.txt", "a.md"], "a.txt: 与 a.md 只有扩展名不同"),
        (["a.txt", "a.md", "a.yml"], "a.txt: 与 a.md 只有扩展名不同"),
        (["a.txt", "a.TXT"], "a.txt: 与 a.TXT 只有扩展名不同"),
        (["a.txt", "A.yml"], "A.yml: 说明文件没有对应的原文文件。"),
        (["a.txt", "a.Yml"], "a.Yml: 说明文件的扩展名写作 .Yml。"),
        (["good.txt", b"\xff\xfe.txt"], "\\xff\\xfe.txt: 文件名里有不能显示的字符。"),
        (["good.txt", "甲".encode("gbk") + b".txt"], "\\xbc\\xd7.txt: 文件名里有不能显示的字符。"),
        (["good.txt", "a\x1b[31m.txt"], "a\\x1b[31m.txt: 文件名里有不能显示的字符。"),
        (["good.txt", "a\nb.txt"], "a\\x0ab.txt: 文件名里有不能显示的字符。"),
        (["good.txt", "a\u202etxt.md"], "a\\u202etxt.md: 文件名里有不能显示的字符。"),
        (["good.txt", "a\nb/c.txt"], "a\\x0ab/c.txt: 文件名里有不能显示的字符。"),
    ],
)
def test_a_name_that_cannot_be_told_or_shown_is_refused(
    project: Project, names: list[str | bytes], said: str
) -> None:
    put(project, *names)
    result = project.run("check")
    assert result.exit_code == 1, result.output
    assert said in result.stderr
    assert not set(result.output) & set("\x1b\u202e")


@pytest.mark.parametrize("sidecar", ["a.yml", "a.yaml", "a.YML", "a.YAML"])
def test_a_sidecar_is_found_by_each_of_its_suffixes(project: Project, sidecar: str) -> None:
    put(project, "a.TXT", sidecar)
    assert published(project) == {"a.TXT": "city-2020-1"}


def test_names_alike_but_for_case_are_two_policies(project: Project) -> None:
    put(project, "a.txt", "A.txt", "a.yml")
    made = published(project)
    assert made["a.txt"] == "city-2020-1"
    assert made["A.txt"].startswith("a-")


def test_a_file_that_is_not_read_is_listed_by_a_name_that_cannot_act(project: Project) -> None:
    put(project, "a.txt", "x\x1b[2J\n.docx", b"\xff.pdf")
    result = project.run("check")
    assert result.exit_code == 0, result.output
    assert "x\\x1b[2J\\x0a.docx 不是原文文件（.txt、.md），没有收录。" in result.stdout
    assert "\\xff.pdf 不是原文文件" in result.stdout
    assert published(project)


def test_a_folder_that_is_named_as_markup_is_told_as_it_is(project: Project) -> None:
    result = project.run("check", "--sources", str(project.folder / "[/b] \x1b[31m"))
    assert result.exit_code == 1
    assert "[/b] \\x1b[31m: 没有这个文件夹。" in result.stderr
