"""The word lists as one value: frozen, sent to other processes, and a site's own before the packaged ones."""

from __future__ import annotations

import dataclasses
import json
import pickle
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from generator.analysis import load_analyst
from generator.analysis.glossary import definitions
from generator.checking.doubts import find_doubts
from generator.model import CorpusError, DoubtKind, SourceText
from generator.parsing import ParsedSource, parse_source
from generator.reading import read_lines
from generator.settings import load_settings
from generator.vocabulary import Vocabulary, load_words
from generator.vocabulary.folder import PACKAGED
from generator.vocabulary.frozen import FrozenMap
from tests.support.corpora import ROOT, make_project
from tests.support.words import WORDS, packaged

NAMES = sorted(path.stem for path in PACKAGED.glob("*.yml"))
DOCUMENTS = packaged("documents")


def test_the_vocabulary_is_sent_to_another_process_and_is_the_same() -> None:
    used = load_words()
    used.documents.complete_title.search("某市办法")  # patterns made by use go along
    load_analyst(used).notes.find_notes("（责任单位：市财政局）")
    assert pickle.loads(pickle.dumps(used)) == used == WORDS


def test_nothing_in_it_can_be_changed() -> None:
    seen = [WORDS]
    fields: list[object] = [WORDS]
    while fields:
        one = fields.pop()
        if dataclasses.is_dataclass(one) and not isinstance(one, type):
            assert type(one).__dataclass_params__.frozen, type(one)  # type: ignore[attr-defined]
            fields += [getattr(one, field.name) for field in dataclasses.fields(one)]
        elif isinstance(one, FrozenMap):
            assert not hasattr(one, "__setitem__")
            fields += [*one.keys(), *one.values()]
        elif isinstance(one, tuple | frozenset):
            fields += one
        else:
            assert one is None or isinstance(one, str | int | float), type(one)
    assert seen


# --- the folder of a site's own lists ----------------------------------------------------------------------------


def test_a_file_of_the_sites_folder_wins_and_the_rest_is_packaged(tmp_path: Path) -> None:
    (tmp_path / "places.yml").write_text(
        "provinces: [江州省]\nnational: [国务院]\nministries: [财政部]\nromanised: {}\nnot_in_names: [优化]\n",
        "utf-8",
    )
    words = load_words(tmp_path)
    assert words.places.provinces == ("江州省",)
    assert dataclasses.replace(words, places=WORDS.places) == WORDS


def test_the_faults_of_all_files_are_told_at_once_with_file_and_line(tmp_path: Path) -> None:
    (tmp_path / "places.yml").write_text("provinces: [江州省]\nnational: 国务院\n", "utf-8")
    (tmp_path / "parts.yml").write_text(packaged("parts").replace("remarks:", "remark:"), "utf-8")
    (tmp_path / "words.yml").write_text("a: 1\n", "utf-8")
    (tmp_path / "README.md").write_text("说明\n", "utf-8")
    with pytest.raises(CorpusError) as caught:
        load_words(tmp_path)
    told = [(Path(one.file).name, one.line) for one in caught.value.problems]
    line = packaged("parts").splitlines().index("remarks: [特急, 加急, 急件]") + 1
    assert ("words.yml", None) in told
    assert ("places.yml", 2) in told
    assert ("parts.yml", line) in told
    assert {name for name, _ in told} == {"words.yml", "places.yml", "parts.yml"}


def test_mkdocs_yml_names_the_folder_and_every_command_reads_by_it(tmp_path: Path) -> None:
    project = make_project(tmp_path)
    config = project.folder / "mkdocs.yml"
    text = config.read_text("utf-8")
    config.write_text(text.replace("  generator:\n", "  generator:\n    words: 词表\n", 1), "utf-8")
    with pytest.raises(CorpusError, match=r"mkdocs\.yml:\d+: 没有词表文件夹 词表。"):
        load_settings(config)
    own = project.folder / "词表"
    own.mkdir()
    assert load_settings(config).words_dir == own
    (own / "doubts.yml").write_text("function_characters: 的\nrepeats: []\n", "utf-8")
    for command in (["check"], ["pages"], ["check", "--explain", "a#b"]):
        result = project.run(*command)
        assert result.exit_code == 1
        assert "doubts.yml:1: 文件：缺少 latin_words" in result.output + result.stderr


# --- a kind of document is one line --------------------------------------------------------------------------------

# A text as one of a kind that nobody has heard of prints it; {kind} stands for its name.
TEXT = """江州市人民政府文件
江州市优化营商环境{kind}（试行）

各县（市）、区人民政府：
第一条 本{kind}所称营商环境，是指市场主体面临的外部因素。
第二条 办理企业开办的，适用本{kind}第一条。
第三条 市场主体依法办理登记。
本{kind}自2021年1月1日起施行。
江州市人民政府
2020年12月1日
"""


def _parsed(text: str, words: Vocabulary) -> ParsedSource:
    source = SourceText("a.txt", "", text)
    lines, removed = read_lines(source, words)
    return parse_source(source, lines, removed, None, words)


def _with_line(tmp_path: Path, line: str) -> Vocabulary:
    (tmp_path / "documents.yml").write_text(
        DOCUMENTS.replace("documents:\n", f"documents:\n{line}\n", 1), "utf-8"
    )
    return load_words(tmp_path)


@pytest.mark.parametrize(("kind", "line"), [("办法", ""), ("章约", "  章约:")])
def test_a_kind_of_document_is_one_line(tmp_path: Path, kind: str, line: str) -> None:
    """What every ordinary kind is good for: title, genre, its own name, closing words, definitions, references."""
    words = _with_line(tmp_path, line) if line else WORDS
    (policy,) = _parsed(TEXT.format(kind=kind), words).policies
    assert policy.title == f"江州市优化营商环境{kind}（试行）"
    assert policy.genre == kind
    assert [clause.label for clause in policy.clauses][:3] == ["第一条", "第二条", "第三条"]
    assert [one.name for one in definitions(policy, words.documents)] == ["营商环境"]
    assert words.documents.own_name.search(f"适用本{kind}第一条")
    assert words.documents.that_name.search(f"适用该{kind}第一条")
    assert words.documents.kind(f"江州市优化营商环境{kind}") == "document"
    assert words.documents.is_generic(f"实施{kind}")
    assert words.documents.attached_title.search(f"优化营商环境{kind}（试行）")
    assert words.documents.header.fullmatch(f"江州市优化营商环境{kind}")
    assert words.documents.list_title.fullmatch(f"江州市企业开办{kind}")
    assert words.parts.closing.match(f"本{kind}自印发之日起施行")


def test_without_its_line_a_kind_is_none(tmp_path: Path) -> None:
    (policy,) = _parsed(TEXT.format(kind="章约"), WORDS).policies
    assert policy.genre is None
    assert not WORDS.documents.self_name.search("本章约")
    with_line = _with_line(tmp_path, "  章约:").documents
    assert with_line.self_name.search("本章约")


def test_a_title_at_odds_knows_the_new_kind(tmp_path: Path) -> None:
    words = _with_line(tmp_path, "  章约:")
    source = SourceText("a.txt", "", TEXT.format(kind="章约").replace("优化营商环境章约", "优化营商环境办法"))
    lines, removed = read_lines(source, words)
    parsed = parse_source(source, lines, removed, None, words)
    found = find_doubts(parsed, lines, words)
    assert any(doubt.kind is DoubtKind.TITLE and "本章约" in doubt.explanation for doubt in found)


# --- every file is explained ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_every_list_has_a_schema_and_is_described_to_authors(name: str) -> None:
    schema = json.loads((PACKAGED / f"{name}.schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    page = (ROOT / "docs" / "words.md").read_text("utf-8")
    section = re.search(rf"^#+ `{name}\.yml`.*?(?=^#|\Z)", page, re.M | re.S)
    assert section, f"docs/words.md does not describe {name}.yml"
    assert len(re.sub(r"\s", "", section[0])) > 40, name
    first = packaged(name).splitlines()[0]
    assert re.match("# .*[\u4e00-\u9fff]", first), f"{name}.yml does not say what it is for"
