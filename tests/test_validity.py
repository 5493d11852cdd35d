"""The lives of policies: what a text repeals, which version of a work is meant, what `check` doubts of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
import yaml

from generator.analysis.references.mentions import find_mentions
from generator.analysis.references.repeals import repealed_mentions
from generator.analysis.versions import printed_days, version_day
from generator.model import Address, Corpus, DoubtKind
from generator.pipeline import load_corpus
from tests.support.words import WORDS

# --- (text, what the clause above ends with, the titles that are repealed) -------------------------------------------

REPEALS: list[tuple[str, str, list[str]]] = [
    ("本办法自2021年1月1日起施行。《甲条例》同时废止。", "", ["甲条例"]),
    ("《甲条例》、《乙办法》和《丙规定》同时废止。", "", ["甲条例", "乙办法", "丙规定"]),
    ("《甲办法》（某市人民政府令第5号）自2021年1月1日起废止。", "", ["甲办法"]),
    ("2019年发布的《甲办法》（某政发〔2019〕1号）即行废止，《乙办法》另行修订。", "", ["甲办法"]),
    ("决定废止《甲办法》、《乙办法》。", "", ["甲办法", "乙办法"]),
    ("一、废止《甲办法》", "", ["甲办法"]),
    ("同时废止：《甲办法》《乙办法》。", "", ["甲办法", "乙办法"]),
    ("1.《甲办法》（某政发〔2019〕1号）", "下列文件同时废止：", ["甲办法"]),
    ("依据《甲办法》制定的《乙办法》", "下列文件同时废止：", []),
    ("1.《甲办法》", "依照下列文件办理：", []),
    # Not the whole text, not by this clause, not yet.
    ("《甲条例》第五条同时废止。", "", []),
    ("《甲条例》有关规定同时废止。", "", []),
    ("关于废止《甲条例》的决定", "", []),
    ("《甲条例》废止前签订的合同", "", []),
    ("修改或者不得废止《甲条例》。", "", []),
    ("《甲条例》与本办法不一致的，依照本办法执行。", "", []),
]


@pytest.mark.parametrize(("text", "above", "titles"), REPEALS)
def test_what_a_text_repeals(text: str, above: str, titles: list[str]) -> None:
    mentions = find_mentions(text, WORDS.documents)
    repealed = repealed_mentions(text, mentions, above)
    assert [one.title for number, one in enumerate(mentions) if number in repealed] == titles


def corpus_of(
    folder: Path, texts: dict[str, str], cards: Mapping[str, Mapping[str, object]] | None = None
) -> Corpus:
    """A corpus of one policy a file; `cards` has what a sidecar declares of some of them."""
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, "utf-8")
    for name, card in (cards or {}).items():
        if not card:
            continue
        (folder / f"{name}.yml").write_text(
            yaml.safe_dump({"policies": [{"id": name, **card}]}, allow_unicode=True), "utf-8"
        )
    corpus, problems = load_corpus(folder)
    assert not problems
    return corpus


OLD = "安徽省优化服务办法\n第一条 为了优化服务，制定本办法。\n第二条 本办法自2019年1月1日起施行。\n"


def new(end: str) -> str:
    """A policy in force from 2025 whose second article ends with `end`."""
    return f"安徽省政务服务办法\n第一条 为了规范政务服务，制定本办法。\n第二条 本办法自2025年1月1日起施行。{end}\n"


@pytest.mark.parametrize(
    ("end", "card", "since"),
    [
        ("《安徽省优化服务办法》同时废止。", {}, "（2025-01-01 起）"),
        ("《安徽省优化服务办法》自2025年7月1日起废止。", {}, "（2025-07-01 起）"),
        ("《安徽省优化服务办法》第一条同时废止。", {}, None),
        ("《安徽省优化服务办法》继续有效。", {}, None),
        ("《安徽省优化服务办法》同时废止。", {"repealed": {"by": "p-new"}}, None),
    ],
)
def test_a_policy_repealed_elsewhere_is_doubted_until_its_sidecar_says_so(
    end: str, card: dict[str, object], since: str | None, tmp_path: Path
) -> None:
    corpus = corpus_of(tmp_path, {"p-new": new(end), "p-old": OLD}, {"p-old": card})
    doubts = [one for one in corpus.doubts if one.kind is DoubtKind.REPEALED_ELSEWHERE]
    assert [since in one.explanation for one in doubts if since] == ([True] if since else [])
    assert {one.policy for one in doubts} <= {"p-old"}


def test_a_list_of_repealed_documents_is_told_item_by_item(tmp_path: Path) -> None:
    texts = {
        "p-a": OLD,
        "p-b": OLD.replace("优化服务办法", "企业登记办法"),
        "p-new": new(
            "下列文件同时废止：\n（一）《安徽省优化服务办法》；\n（二）《安徽省企业登记办法》（安徽省人民政府令第5号）。"
        ),
    }
    said = {one.policy: one.explanation.partition("称")[0] for one in corpus_of(tmp_path, texts).doubts}
    assert said == {"p-a": "《安徽省政务服务办法》第二条（一）", "p-b": "《安徽省政务服务办法》第二条（二）"}


def test_a_draft_repeals_nothing(tmp_path: Path) -> None:
    texts = {"p-new": new("《安徽省优化服务办法》同时废止。"), "p-old": OLD}
    assert corpus_of(tmp_path, texts, {"p-new": {"status": "征求意见稿"}}).doubts == ()


# --- versions ---------------------------------------------------------------------------------------------------------

TITLE = "安徽省优化营商环境条例"


def version(*days: str) -> str:
    """A version of one regulation, adopted and amended on these days."""
    history = "　".join(
        f"{day}安徽省人民代表大会常务委员会会议{'修正' if n else '通过'}" for n, day in enumerate(days)
    )
    printed = f"（{history}）\n" if days else ""
    return f"{TITLE}\n{printed}第一条 为了优化营商环境，制定本条例。\n第二条 开办企业在3个工作日内办结。\n"


def citing(since: str | None) -> str:
    """A policy that cites the regulation, in force from a day."""
    end = f"第二条 本办法自{since}起施行。\n" if since else ""
    return f"安徽省政务服务办法\n第一条 根据《{TITLE}》第二条，制定本办法。\n{end}"


V2020, V2024 = version("2020年4月10日"), version("2020年4月10日", "2024年9月27日")


@pytest.mark.parametrize(
    ("versions", "since", "target", "day"),
    [
        ({"p-v1": V2020, "p-v2": V2024}, "2025年1月1日", Address("p-v2", "art_2"), "2024-09-27"),
        ({"p-v1": V2020, "p-v2": V2024}, None, Address("p-v2", "art_2"), "2024-09-27"),
        ({"p-v1": V2020, "p-v2": V2024}, "2022年1月1日", Address("p-v1", "art_2"), "2020-04-10"),
        ({"p-v1": V2020, "p-v2": V2024}, "2018年1月1日", Address("p-v1", "art_2"), "2020-04-10"),
        ({"p-v1": V2020, "p-v2": V2020}, "2025年1月1日", None, None),
        ({"p-v1": V2020, "p-v2": version()}, "2025年1月1日", None, None),
        ({"p-v1": V2024}, "2022年1月1日", Address("p-v1", "art_2"), None),
    ],
)
def test_a_citation_leads_to_the_version_of_its_own_day(
    versions: dict[str, str], since: str | None, target: Address | None, day: str | None, tmp_path: Path
) -> None:
    corpus = corpus_of(tmp_path, {"p-cite": citing(since), **versions})
    (reference,) = corpus.analyses["p-cite", "art_1"].references
    assert reference.targets == ((target,) if target else ())
    assert reference.version == day
    same = [one for one in corpus.doubts if one.kind is DoubtKind.SAME_TITLE]
    assert len(same) == (len(versions) > 1)


def test_a_version_declared_repealed_is_not_cited_and_settles_the_doubt(tmp_path: Path) -> None:
    texts = {"p-cite": citing(None), "p-v1": V2020, "p-v2": V2020}
    corpus = corpus_of(tmp_path, texts, {"p-v1": {"repealed": {"by": "p-v2"}}})
    assert corpus.doubts == ()
    (reference,) = corpus.analyses["p-cite", "art_1"].references
    assert reference.targets == (Address("p-v2", "art_2"),)


def test_a_new_version_that_repeals_its_own_title_means_the_one_before(tmp_path: Path) -> None:
    texts = {"p-v1": V2020, "p-v2": f"{V2024}第三条 《{TITLE}》同时废止。\n"}
    corpus = corpus_of(tmp_path, texts)
    (reference,) = corpus.analyses["p-v2", "art_3"].references
    assert reference.targets == (Address("p-v1"),)
    kinds = {(one.policy, one.kind) for one in corpus.doubts}
    assert kinds == {("p-v1", DoubtKind.REPEALED_ELSEWHERE), ("p-v2", DoubtKind.SAME_TITLE)}


def test_equal_titles_of_two_places_are_no_versions(tmp_path: Path) -> None:
    text = "优化营商环境若干措施\n一、开办企业\n网上办理。\n"
    cards = {"p-a": {"issuer": "江州市人民政府"}, "p-b": {"issuer": "海州市人民政府"}}
    assert corpus_of(tmp_path, {"p-a": text, "p-b": text}, cards).doubts == ()


def test_a_version_is_dated_by_the_last_day_it_prints(tmp_path: Path) -> None:
    (policy,) = corpus_of(tmp_path, {"p-v": V2024 + "第三条 本条例自2020年5月1日起施行。\n"}).policies
    assert printed_days(policy) == ["2020-04-10", "2020-05-01", "2024-09-27"]
    assert version_day(policy) == "2024-09-27"
