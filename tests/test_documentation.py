"""Nothing is left for a user to guess: what can be typed, set, declared or read is documented where they look for it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
import grimp
import pytest
import yaml

from generator.cli import main
from generator.reading.sidecar import SCHEMA
from generator.settings import SETTINGS
from tests.support.corpora import ROOT, Project

READMES = ("README.md", "README.zh.md")
FOR_DEVELOPERS = ("README.md", "CONTRIBUTING.md")


def text_of(*names: str) -> str:
    return "\n".join((ROOT / name).read_text("utf-8") for name in names)


def pages() -> str:
    """Every hand-written page of the site."""
    return text_of(*(str(path.relative_to(ROOT)) for path in sorted((ROOT / "docs").glob("*.md"))))


def commands() -> Mapping[str, click.Command]:
    return main.commands


def options() -> list[tuple[str, str]]:
    """(command, long option) of everything that can be typed."""
    return [
        (name, option)
        for name, command in commands().items()
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
        if option.startswith("--")
    ]


def keys(schema: Mapping[str, Any]) -> Iterator[str]:
    """Every key that a JSON schema knows, however deep."""
    for name, value in schema.get("properties", {}).items():
        yield name
        yield from keys(value)
    if isinstance(items := schema.get("items"), Mapping):
        yield from keys(items)


def fields(value: object) -> Iterator[str]:
    """Every field of a JSON value, however deep."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield name
            yield from fields(inner)
    elif isinstance(value, list):
        for one in value:
            yield from fields(one)


def named(name: str, text: str) -> bool:
    """Whether a text has `name` as code: alone, or as a word of a longer piece of code."""
    return re.search(rf"`(?:[^`\n]*[^\w`-])?{re.escape(name)}(?:[^\w`-][^`\n]*)?`", text) is not None


def undocumented(names: Iterator[str] | list[str], text: str) -> list[str]:
    return sorted({name for name in names if not named(name, text)})


@pytest.mark.parametrize("readme", READMES)
def test_every_command_stands_in_both_readmes(readme: str) -> None:
    missing = [name for name in commands() if f"python -m generator {name}" not in text_of(readme)]
    assert not missing, f"{readme} does not name these commands"


def test_every_option_is_documented() -> None:
    text = text_of(*READMES) + pages()
    assert not [f"{command} {option}" for command, option in options() if option not in text]


def test_every_setting_is_documented() -> None:
    assert not undocumented(list(SETTINGS), text_of("docs/publish.md"))


def test_every_key_of_a_sidecar_is_documented() -> None:
    assert not undocumented(keys(SCHEMA), text_of("docs/authors.md"))


def test_every_make_target_is_documented() -> None:
    targets = re.findall(r"^([a-z][a-z-]*):.*## ", text_of("Makefile"), re.M)
    missing = [name for name in targets if not re.search(rf"make {name}\b(?!-)", text_of(*FOR_DEVELOPERS))]
    assert targets
    assert not missing


@pytest.mark.parametrize("file", ["policies.json", "clauses.jsonl", "fidelity.json", "anchors.json"])
def test_every_field_of_a_data_file_is_documented(built: Project, file: str) -> None:
    text = (built.site / "data" / file).read_text("utf-8")
    values = [json.loads(line) for line in text.splitlines()] if file.endswith("l") else json.loads(text)
    names = set(fields(values)) - set(_names_of_facts(values))
    assert names
    assert not undocumented(sorted(names), text_of("docs/data.md"))


def _names_of_facts(policies: object) -> Iterator[str]:
    """`read_from` is keyed by the names of other fields."""
    if isinstance(policies, list):
        for policy in policies:
            if isinstance(policy, dict):
                yield from policy.get("read_from", {})


@pytest.mark.parametrize("readme", READMES)
def test_what_a_readme_links_to_is_there(readme: str) -> None:
    targets = re.findall(r"\]\(([^)#]+)[^)]*\)", text_of(readme))
    assert targets
    assert not [target for target in targets if "://" not in target and not (ROOT / target).exists()]


def rooms() -> set[str]:
    """The modules and packages right below `generator`."""
    found = {path.name.removesuffix(".py") for path in (ROOT / "generator").glob("*.py")}
    found |= {path.parent.name for path in (ROOT / "generator").glob("*/__init__.py")}
    return {name for name in found if not name.startswith("__")}


def test_the_pages_of_the_modules_know_every_room() -> None:
    shown = {path.stem for path in (ROOT / "api" / "pages").glob("*.md")} - {"index"}
    in_order = set(re.findall(r": (\w+)\.md", text_of("api/mkdocs.yml")))
    assert shown == in_order == rooms()
    for name in shown:
        assert text_of(f"api/pages/{name}.md").strip() == f"::: generator.{name}"


def test_the_pages_of_the_modules_build_without_a_warning(tmp_path: Path) -> None:
    command = [
        sys.executable,
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--config-file",
        str(ROOT / "api" / "mkdocs.yml"),
    ]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [*command, "--site-dir", str(tmp_path)], check=False, capture_output=True, text=True, env=environment
    )
    assert done.returncode == 0, done.stderr
    assert "is_policy_id" in (tmp_path / "reading.html").read_text("utf-8")


SHARED_PACKAGES = {"files", "vocabulary"}
"""Packages that all rooms use: the picture leaves them out, as it does the single modules."""


def test_the_picture_of_the_rooms_is_the_truth() -> None:
    picture = re.search(r"```mermaid\n(.*?)```", text_of("ARCHITECTURE.md"), re.S)
    assert picture
    drawn = set(re.findall(r"^\s*(\w+) --> (\w+)$", picture[1], re.M))
    packages = {path.parent.name for path in (ROOT / "generator").glob("*/__init__.py")}
    true = arrows((packages - SHARED_PACKAGES) | {"pipeline", "cli"})
    assert drawn == true, "\n".join(["The picture should be:", *(f"  {a} --> {b}" for a, b in sorted(true))])


def arrows(among: set[str]) -> set[tuple[str, str]]:
    """(room, room it imports from), of some rooms."""
    graph = grimp.build_graph("generator", cache_dir=None)
    pairs = (
        (importer.split(".")[1], imported.split(".")[1])
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
        if importer.count(".") and imported.count(".")
    )
    return {pair for pair in pairs if pair[0] != pair[1] and set(pair) <= among}


def test_continuous_integration_runs_what_a_developer_runs() -> None:
    for name in (".github/workflows/test.yml", ".gitlab-ci.yml"):
        assert "bash .ci/run" in str(yaml.safe_load(text_of(name)))
    assert "make test" in text_of(".ci/run")
    hooks = yaml.safe_load(text_of(".pre-commit-config.yaml"))["repos"][0]["hooks"]
    targets = {hook["entry"].removeprefix("make ") for hook in hooks}
    assert targets <= set(re.findall(r"^([a-z][a-z-]*):", text_of("Makefile"), re.M))
