"""Corpora for tests: the repository's own, a project to build it in, and small ones made on the spot."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from generator.anchors.citation import with_paths
from generator.cli import main
from generator.model import Policy, SourceText
from generator.parsing import ParsedSource, parse_source
from generator.reading import read_lines
from generator.sitemap import generated_folders
from tests.support.words import WORDS

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "source_texts"
GOLD = ROOT / "tests" / "gold"


@dataclass(frozen=True)
class Project:
    """A copy of what a site is built of, in a folder of its own."""

    folder: Path

    @property
    def sources(self) -> Path:
        """The folder of source files."""
        return self.folder / "source_texts"

    @property
    def site(self) -> Path:
        """The built site."""
        return self.folder / "site"

    def run(self, *arguments: str) -> Result:
        """Run a command of the generator in this project."""
        command, *rest = arguments
        config = ["--config-file", str(self.folder / "mkdocs.yml")]
        return CliRunner().invoke(main, [command, *config, *rest])

    def run_alone(self, *arguments: str) -> Result:
        """Run a command that needs no project."""
        return CliRunner().invoke(main, list(arguments))

    def records(self) -> list[dict[str, Any]]:
        """The objects of `clauses.jsonl`."""
        lines = (self.site / "data" / "clauses.jsonl").read_text("utf-8").splitlines()
        return [json.loads(line) for line in lines]


def make_project(folder: Path, *, with_sources: bool = True) -> Project:
    """Copy configuration, hand-written pages, templates and (unless told otherwise) sources to `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    shutil.copytree(ROOT / "site_templates", folder / "site_templates")
    generated = shutil.ignore_patterns(*generated_folders())
    shutil.copytree(ROOT / "docs", folder / "docs", ignore=generated)
    project = Project(folder)
    if with_sources:
        shutil.copytree(SOURCES, project.sources)
    else:
        project.sources.mkdir()
    return project


def parse_text(text: str) -> ParsedSource:
    """Parse a source text that stands in no file and has no sidecar; its clauses know how they are cited."""
    source = SourceText(path="text.txt", sha256="", text=text)
    lines, removed = read_lines(source, WORDS)
    parsed = parse_source(source, lines, removed, None, WORDS)
    return replace(parsed, policies=tuple(map(with_paths, parsed.policies)))


def parse_policy(text: str) -> Policy:
    """The only policy of a source text."""
    (policy,) = parse_text(text).policies
    return policy
