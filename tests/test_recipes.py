"""The recipes of CONTRIBUTING.md, followed as a newcomer would."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from generator.analysis import load_analyst
from generator.vocabulary import load_words
from generator.vocabulary.folder import PACKAGED
from tests.support.corpora import ROOT, parse_policy

RECIPES = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## Recipes")[2]


def with_line(folder: Path, name: str, after: str, line: str) -> Path:
    """A site's own folder of lists: the packaged one with a line more."""
    text = (PACKAGED / name).read_text("utf-8")
    assert after in text
    (folder / name).write_text(text.replace(after, f"{after}{line}", 1), "utf-8")
    return folder


@pytest.mark.parametrize("named", sorted(set(re.findall(r"`([a-z_]+/[\w./-]*)`", RECIPES))))
def test_every_file_that_a_recipe_names_is_there(named: str) -> None:
    if named != "build/screenshots/":
        assert (ROOT / named).exists()


def test_a_word_of_an_indicator(tmp_path: Path) -> None:
    text = "某市若干措施\n\n一、主要措施\n（一）推行云链速登，全程线上办理。\n"
    policy = parse_policy(text)
    anchor = policy.clauses[-1].anchor
    before, _ = load_analyst(load_words()).analyse(policy)
    assert "starting-business" not in [one.id for one in before[anchor].indicators]
    lists = with_line(tmp_path, "indicators.yml", "      # 环节\n", "      云链速登: 5\n")
    after, _ = load_analyst(load_words(lists)).analyse(policy)
    assert after[anchor].indicators[0].id == "starting-business"
    assert any("云链速登" in reason for reason in after[anchor].indicators[0].evidence)


def test_an_office(tmp_path: Path) -> None:
    lists = with_line(tmp_path, "units.yml", "  气象: []\n", "  低空经济: [低空发展]\n")
    policy = parse_policy("某市若干措施\n\n一、主要措施\n（一）开放空域。（责任单位：市低空发展局）\n")
    (unit,) = (
        load_analyst(load_words(lists))
        .analyse(policy)[0][policy.clauses[-1].anchor]
        .responsibility.responsible
    )
    assert (unit.printed, unit.name) == ("市低空发展局", "低空经济")
