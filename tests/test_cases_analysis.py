"""Small inputs that once went wrong in the analysis (`tests/cases`), each with what is right."""

from __future__ import annotations

from pathlib import Path

from generator.model import Address, Analysis, Corpus, DoubtKind
from generator.pipeline import load_corpus
from generator.publishing.pages import policy
from generator.publishing.pages.render import Renderer
from generator.views.corpus import Views
from tests.support.corpora import ROOT
from tests.support.words import WORDS

CASES = ROOT / "tests" / "cases"


def corpus_of(name: str, folder: Path) -> Corpus:
    """The corpus of one case: of its folder, or of its single file in a folder of its own."""
    case = CASES / name
    if case.is_dir():
        return load_corpus(case)[0]
    (folder / name).write_bytes(case.read_bytes())
    return load_corpus(folder)[0]


def by_anchor(name: str, folder: Path) -> dict[str, Analysis]:
    """The analyses of a case of one policy, by anchor."""
    return {anchor: one for (_, anchor), one in corpus_of(name, folder).analyses.items()}


def test_01_a_fee_that_is_not_named_is_no_crash(tmp_path: Path) -> None:
    analyses = by_anchor("01-crash-no-fee.txt", tmp_path)
    assert analyses["sec_1"].commitments == ()
    (within,) = analyses["sec_2"].commitments
    assert (within.dimension, within.comparator, within.value, within.unit) == ("time", "<=", 3, "工作日")


def test_30_a_formula_promises_nothing(tmp_path: Path) -> None:
    analyses = by_anchor("30-formula-is-no-commitment.txt", tmp_path)
    assert [one.commitments for one in analyses.values()] == [(), ()]


def test_38_the_second_field_of_a_note_is_no_office(tmp_path: Path) -> None:
    analyses = by_anchor("38-second-field-in-a-note.txt", tmp_path)
    offices = [
        [unit.printed for unit in one.responsibility.responsible] for one in list(analyses.values())[1:]
    ]
    assert offices == [["江州海关"], ["市司法局", "市商务局"]]


def test_29_a_citys_regulation_is_linked_by_its_title() -> None:
    corpus = load_corpus(CASES / "29-title-of-a-city-not-linked")[0]
    a, b = (policy.id for policy in corpus.policies)
    targets = [one.targets for anchor in ("art_1", "art_2") for one in corpus.analyses[b, anchor].references]
    assert targets == [(Address(a),), (Address(a, "art_2"),)]


def test_33_a_policy_that_another_repeals_is_a_doubt_and_its_page_says_so() -> None:
    corpus = load_corpus(CASES / "33-repealed-by-another")[0]
    (doubt,) = corpus.doubts
    newer, older = (policy.id for policy in corpus.policies)
    assert (doubt.policy, doubt.kind, doubt.file, doubt.line) == (
        older, DoubtKind.REPEALED_ELSEWHERE, "old.txt", 1,
    )  # fmt: skip
    assert doubt.explanation.startswith(
        "《安徽省政务服务办法》第二条称其废止（2025-01-01 起），见 new.txt 第 3 行"
    )
    render = Renderer(ROOT / "site_templates" / "pages")
    new, old = (page.text for page in policy.pages(Views(corpus, WORDS), render))
    assert f"[《安徽省政务服务办法》第二条]({newer}.md#art_2)称本政策自 2025-01-01 起废止。" in old
    assert "称本政策" not in new


def test_34_two_versions_are_a_doubt_and_a_citation_leads_to_the_newer() -> None:
    corpus = load_corpus(CASES / "34-two-versions")[0]
    (doubt,) = corpus.doubts
    cite, first, second = (policy.id for policy in corpus.policies)
    assert (doubt.policy, doubt.kind) == (second, DoubtKind.SAME_TITLE)
    assert first in doubt.explanation
    (reference,) = corpus.analyses[cite, "art_1"].references
    assert reference.targets == (Address(second, "art_2"),)
    assert reference.version == "2024-09-27"
    render = Renderer(ROOT / "site_templates" / "pages")
    page = next(policy.pages(Views(corpus, WORDS), render)).text
    assert (
        f'[《安徽省优化营商环境条例》第二条]({second}.md#art_2){{ .reference title="链接到 2024-09-27 的文本" }}'
        in page
    )
