"""The taxonomy that a domain expert edits: what is packaged is sound, and mistakes are named by line."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from generator.model import CorpusError
from generator.vocabulary.folder import WordFolder
from generator.vocabulary.indicators import (
    B_READY_TOPICS,
    INDICATOR_IDS,
    MAX_WEIGHT,
    Taxonomy,
    fold,
    read_indicators,
)
from tests.support.words import WORDS, folder_with


@pytest.fixture(scope="module")
def taxonomy() -> Taxonomy:
    return WORDS.taxonomy


def test_the_packaged_taxonomy_has_the_18_indicators_in_order(taxonomy: Taxonomy) -> None:
    assert tuple(indicator.id for indicator in taxonomy.indicators) == INDICATOR_IDS
    assert len(INDICATOR_IDS) == 18
    assert taxonomy == read_indicators(WordFolder())


@pytest.mark.parametrize("id_", INDICATOR_IDS)
def test_every_indicator_is_described_and_has_words(taxonomy: Taxonomy, id_: str) -> None:
    indicator = taxonomy.indicator(id_)
    assert indicator.name
    assert indicator.description.endswith("。")
    assert indicator.b_ready is None or indicator.b_ready in B_READY_TOPICS
    assert len(indicator.headings) >= 5
    assert len(indicator.words) >= 20
    assert all(0 < weight <= MAX_WEIGHT for weight in indicator.words.values())


def test_the_name_of_an_indicator_decides_in_a_heading(taxonomy: Taxonomy) -> None:
    for indicator in taxonomy.indicators:
        found = {hit.word.indicator for hit in taxonomy.find(fold(indicator.name)) if hit.word.heading}
        assert found == {indicator.id}, indicator.name


def test_every_topic_of_b_ready_is_used(taxonomy: Taxonomy) -> None:
    assert {indicator.b_ready for indicator in taxonomy.indicators} == {*B_READY_TOPICS, None}


def test_every_exclude_has_a_word_to_hide(taxonomy: Taxonomy) -> None:
    """An exclude that overlaps no word of its indicator does nothing and misleads the editor."""
    idle = []
    for indicator in taxonomy.indicators:
        spellings = [word.text for word in indicator.lexicon() if word.weight]
        for exclude in map(fold, indicator.excludes):
            overlaps = (
                spelling in exclude
                or any(exclude.endswith(spelling[:cut]) for cut in range(1, len(spelling)))
                for spelling in spellings
            )
            if not any(overlaps):
                idle.append((indicator.id, exclude))
    assert idle == []


def test_an_unknown_indicator_is_a_key_error(taxonomy: Taxonomy) -> None:
    with pytest.raises(KeyError):
        taxonomy.indicator("getting-rich")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # The longest word wins within an indicator.
        ("开办企业", [("starting-business", "开办企业")]),
        ("不动产登记", [("registering-property", "不动产登记")]),
        # An exclude hides the word in it, for its own indicator only.
        ("市场监管局", []),
        ("政采贷", [("getting-credit", "政采贷")]),
        # Indicators do not disturb each other.
        ("政府采购合同融资", [("procurement", "政府采购"), ("getting-credit", "合同融资")]),
        # Characters that only meet at a word border are no word.
        ("提供水平", []),
        ("协调解决", []),
        ("推动产业", []),
        # A synonym stands for its word.
        ("刻制公章", [("starting-business", "公章刻制")]),
        # Quotation marks do not count.
        ("“互联网+监管”", [("market-regulation", "互联网+监管")]),
        ("", []),
        ("电", []),
        # A word may stand inside another; one that only begins inside it is none.
        ("知识产权证券化", [("intellectual-property", "知识产权")]),
    ],
)
def test_words_found_in_a_text(taxonomy: Taxonomy, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(hit.word.indicator, hit.word.shown) for hit in taxonomy.find(fold(text))] == expected


# A small taxonomy that is right; each case below breaks one line of it.
def _right() -> list[str]:
    lines = [
        "general:",
        "  headings: [附则]",
        "  aims: [总则]",
        "  phrases: [起施行]",
        "  broad_titles: [营商环境]",
        "  settings: [自贸区]",
        "indicators:",
    ]
    for id_ in INDICATOR_IDS:
        lines += [
            f"  {id_}:",
            "    name: 名称",
            "    b_ready: null",
            "    description: 说明。",
            f"    headings: [标题{id_}, 又一标题]",
            "    words:",
            "      某词: 3",
            "      另词: 1",
            "    synonyms:",
            "      某词: [同义]",
            "    excludes: [某词汇]",
        ]
    return lines


def _write(folder: Path, lines: list[str]) -> WordFolder:
    return folder_with(folder, "indicators", "\n".join(lines) + "\n")


def test_a_right_taxonomy_loads(tmp_path: Path) -> None:
    taxonomy = read_indicators(_write(tmp_path, _right()))
    assert taxonomy.general_headings == ("附则",)
    assert taxonomy.aims == ("总则",)
    assert taxonomy.indicator("procurement").words == {"某词": 3.0, "另词": 1.0}


@pytest.mark.parametrize(
    ("line", "wrong", "message"),
    [
        ("    name: 名称", "    nmae: 名称", "不认识的键 nmae"),
        ("    name: 名称", "    name: ", "name：应为文字"),
        ("    b_ready: null", "    b_ready: Business", "Business 不在可用的值里"),
        ("  starting-business:", "  start-business:", "不认识的键 start-business"),
        ("      某词: 3", "      某词: 9", "9 太大，至多 5"),
        ("      某词: 3", "      某词: 0", "0 太小，应大于 0"),
        ("      某词: 3", "      某词: 很重", "应为数，现为 很重"),
        ("      某词: 3", "      某词: true", "应为数，现为 True"),
        ("      另词: 1", "      某词: 1", "某词 重复"),
        ("      另词: 1", "      词: 1", "词 不足两个字"),
        ("      另词: 1", "      12345: 1", "应为文字，现为 12345"),
        ("      某词: [同义]", "      某词: [某词]", "某词 在 starting-business 里重复"),
        ("      某词: [同义]", "      别词: [同义]", "别词 不在 headings 或 words 里"),
        ("      某词: [同义]", "      某词: 同义", "应为列表，现为 同义"),
        ("    excludes: [某词汇]", "    excludes: [某词汇, “某词汇”]", "“某词汇” 重复"),
        ("    excludes: [某词汇]", "    excludes: [另词]", "另词 在 starting-business 里重复"),
        ("    excludes: [某词汇]", "    exclude: [某词汇]", "不认识的键 exclude"),
        ("  headings: [附则]", "  heading: [附则]", "general：不认识的键 heading"),
        ("    excludes: [某词汇]", "    excludes: 某词: 汇", "YAML 写法有误"),
    ],
)
def test_a_mistake_is_named_with_file_and_line(tmp_path: Path, line: str, wrong: str, message: str) -> None:
    lines = _right()
    number = lines.index(line)
    lines[number] = wrong
    lists = _write(tmp_path, lines)
    with pytest.raises(CorpusError) as caught:
        read_indicators(lists)
    problems = [problem for problem in caught.value.problems if message in problem.message]
    assert problems, caught.value
    assert problems[0].file == (tmp_path / "indicators.yml").as_posix()
    assert problems[0].line == number + 1


def test_a_missing_indicator_and_a_missing_key_are_faults(tmp_path: Path) -> None:
    lines = [
        line
        for _, group in itertools.groupby(_right(), key=lambda line: line.startswith("    headings:"))
        for line in group
        if "headings: [标题bidding" not in line
    ]
    with pytest.raises(CorpusError, match=r"indicators\.bidding：缺少 headings"):
        read_indicators(_write(tmp_path, lines))
    start = lines.index("  bidding:")
    with pytest.raises(CorpusError, match="indicators：缺少 bidding"):
        read_indicators(_write(tmp_path, lines[:start] + lines[lines.index("  government-services:") :]))


def test_all_faults_are_reported_at_once(tmp_path: Path) -> None:
    lines = [line.replace("另词: 1", "另词: -1") for line in _right()]
    with pytest.raises(CorpusError) as caught:
        read_indicators(_write(tmp_path, lines))
    assert len(caught.value.problems) == 18
    assert [problem.line for problem in caught.value.problems] == sorted(
        problem.line or 0 for problem in caught.value.problems
    )
