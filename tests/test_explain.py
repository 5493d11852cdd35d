"""`check --explain`: why a clause is analysed as it is; an editor's decisions; the topics of B-READY."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.analysis import Analyst, load_analyst, scores
from generator.checking.explain import explanation_lines
from generator.cli import main
from generator.model import Assignment, CorpusError, Eid, IndicatorChoice, Place
from generator.vocabulary.b_ready import read_topics
from generator.vocabulary.indicators import B_READY_TOPICS, INDICATOR_IDS
from tests.support.words import NOTES, WORDS, folder_with
from tests.test_indicators import clause_of, policy_of

ANALYST = load_analyst()
TEXT = """某市优化营商环境措施

一、压缩企业开办时间。企业开办时间由3个工作日压缩至1个工作日。（牵头单位：市市场监管局；完成时限：2021年6月底）

二、推进简易注销。深化简易注销登记改革。（责任单位：市税务局）
"""


def corpus_in(folder: Path, indicators: str = "") -> Path:
    """A folder of sources with one policy of two measures, and a sidecar with these `indicators`."""
    folder.mkdir(exist_ok=True)
    (folder / "town.txt").write_text(TEXT, "utf-8")
    (folder / "town.yml").write_text(f"policies:\n  - id: town-2021\n{indicators}", "utf-8")
    return folder


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_every_layer_is_explained(tmp_path: Path) -> None:
    result = run("check", "--sources", str(corpus_in(tmp_path / "sources")), "--explain", "town-2021#sec_1")
    assert result.exit_code == 0, result.output
    for line in (
        "town-2021#sec_1 一、压缩企业开办时间",
        "  开办企业（starting-business）主要，",
        "标题“企业开办”",
        "责任：牵头 市市场监管局（市场监管）",
        "时限：2021年6月底（2021-06-30）",
        "企业开办时间：时限 ≤ 1工作日，原为 3；句式“压减至”",
        "“企业开办时间由3个工作日压缩至1个工作日”",
    ):
        assert line in result.output


def test_a_clause_there_is_not_is_wrong_use(tmp_path: Path) -> None:
    sources = str(corpus_in(tmp_path / "sources"))
    for address in ("town-2021#sec_9", "nowhere#sec_1", "town-2021"):
        result = run("check", "--sources", sources, "--explain", address)
        assert result.exit_code == 2
        assert address in result.output


def test_what_is_not_promised_is_named() -> None:
    policy = policy_of([clause_of(1, None, 1, "1.", None, "1.连续3年获得A级的企业，1个工作日内办结。")])
    explanation = ANALYST.explain(policy, "c1")
    assert explanation.unpromised == ("3年",)
    assert "有数字而不是承诺：3年" in list(explanation_lines(explanation, WORDS.taxonomy))
    with pytest.raises(KeyError):
        ANALYST.explain(policy, "c2")


def test_the_points_add_up_to_what_decided() -> None:
    policy = policy_of(
        [clause_of(1, None, 1, "1.", "压缩企业开办时间", "1.压缩企业开办时间。优化办税服务。")]
    )
    first, *others = scores(policy, WORDS.taxonomy, NOTES, "c1")
    assert (first.indicator, first.role) == ("starting-business", "primary")
    assert first.total == sum(points for _, points in first.points) > max(one.total for one in others)


# --- an editor's decisions ---------------------------------------------------------------------------------------

DECIDED = """    indicators:
      - clause: sec_2
        primary: insolvency
        secondary: [starting-business, paying-taxes]
        reason: 简易注销属市场退出。
"""


def test_a_decision_takes_the_place_of_the_classification(tmp_path: Path) -> None:
    sources = corpus_in(tmp_path / "sources", DECIDED)
    result = run("check", "--sources", str(sources), "--explain", "town-2021#sec_2")
    assert (
        "说明文件写定：办理破产（主要）、开办企业（相关）、纳税（相关），编者：简易注销属市场退出。"
        in result.output
    )
    output = tmp_path / "out.jsonl"
    assert run("export", "--sources", str(sources), "--output", str(output)).exit_code == 0
    assert (
        '{"id": "insolvency", "role": "primary", "evidence": ["编者：简易注销属市场退出。"]}'
        in output.read_text("utf-8")
    )


def test_an_editor_may_decide_that_a_clause_is_about_none() -> None:
    policy = policy_of([clause_of(1, None, 1, "1.", "压缩企业开办时间", "1.压缩企业开办时间。")])
    choice = IndicatorChoice(Eid("c1"), None, (), "仅为过渡句。", Place("town.yml", 4, 4))
    analyses, problems = ANALYST.analyse(replace(policy, indicator_choices=(choice,)))
    assert not problems
    assert analyses["c1"].indicators == ()


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ("{clause: sec_9, primary: insolvency, reason: 理由}", "town-2021 没有锚点 sec_9"),
        ("{clause: sec_2, primary: bankruptcy, reason: 理由}", "没有指标 bankruptcy"),
        ("{clause: sec_2, primary: null, secondary: [insolvency], reason: 理由}", "不能只有相关指标"),
        ("{clause: sec_2, primary: insolvency, secondary: [insolvency], reason: 理由}", "又是相关指标"),
        ("{clause: sec_2, primary: insolvency}", "reason"),
        ("{clause: 第二条, primary: insolvency, reason: 理由}", "indicators"),
    ],
)
def test_a_faulty_decision_names_its_line(entry: str, message: str, tmp_path: Path) -> None:
    sources = corpus_in(tmp_path / "sources", f"    indicators:\n      - {entry}\n")
    result = run("check", "--sources", str(sources))
    assert result.exit_code == 1
    assert message in result.output
    assert "town.yml:4: " in result.output


def test_two_decisions_on_one_clause_are_a_fault(tmp_path: Path) -> None:
    sources = corpus_in(tmp_path / "sources", DECIDED + DECIDED.partition("\n")[2])
    result = run("check", "--sources", str(sources))
    assert result.exit_code == 1
    assert "town.yml:8: sec_2 的指标写了不止一次" in result.output


def test_an_analyst_is_deterministic() -> None:
    other: Analyst = load_analyst()
    policy = policy_of([clause_of(1, None, 1, "1.", None, "1.不动产登记即时办结。（市税务局负责）")])
    assert other.analyse(policy) == ANALYST.analyse(policy)
    assert isinstance(ANALYST.analyse(policy)[0]["c1"].indicators[0], Assignment)


# --- B-READY -----------------------------------------------------------------------------------------------------


def test_every_topic_has_its_indicators_and_a_description() -> None:
    topics = WORDS.topics
    assert {topic.english for topic in topics} == set(B_READY_TOPICS)
    assert all(topic.indicators and topic.description.endswith("。") and topic.name for topic in topics)
    mapped = [indicator.id for topic in topics for indicator in topic.indicators]
    assert len(set(mapped)) == len(mapped)
    unmapped = set(INDICATOR_IDS) - set(mapped)
    assert unmapped == {one.id for one in WORDS.taxonomy.indicators if one.b_ready is None}


def test_a_topic_described_twice_or_not_at_all_is_a_fault(tmp_path: Path) -> None:
    entry = "  - {id: labor, english: Labor, name: 劳动用工, description: 用工。}\n"
    lists = folder_with(tmp_path, "b_ready", f"topics:\n{entry}{entry}")
    with pytest.raises(CorpusError, match="缺少主题 Business Entry") as caught:
        read_topics(lists, WORDS.taxonomy)
    assert "Labor 重复" in str(caught.value)
