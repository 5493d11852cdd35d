"""Similar clauses of different policies, and the passages one has from another."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.model import Address, Corpus, Policy
from generator.views.similar import (
    MOST_SIMILAR,
    SIMILAR_AT_LEAST,
    Passage,
    shared_passages,
    similar_clauses,
)
from tests.support.times import takes_its_length
from tests.support.words import NOTES
from tests.test_indicators import clause_of, policy_of

OPENING = "推行企业开办全程网上办理，将申领营业执照、刻制印章、申领发票、社保登记等事项全部纳入“一网通”平台。"
OPENING_ELSEWHERE = (
    "大力推行企业开办全程网上办理，把营业执照、印章刻制、发票申领、社保登记等事项纳入“一网通”平台办理。"
)
POWER = (
    "压减办电环节，取消普通客户设计审查和中间检查环节，供电企业延伸电网投资界面至客户红线，降低客户接电成本。"
)
FILLER = (
    "健全破产案件繁简分流机制，完善管理人选任和考核办法，提高债权清偿比例和审理效率。",
    "加强知识产权快速维权，缩短专利侵权纠纷处理周期，引导电商平台建立商标保护规则。",
    "深化国际贸易单一窗口应用，推进船边直提和抵港直装，压缩口岸货物整体通关时间。",
    "畅通小微企业融资渠道，推广动产抵押和应收账款质押，引导银行发放首贷和信用贷款。",
)


def policies(*texts: Sequence[str], dates: Sequence[str | None] = ()) -> list[Policy]:
    """Policies p0, p1 … with these clauses c1, c2 …; `dates` are their days of issue."""
    result = []
    for number, clauses in enumerate(texts):
        made = [
            replace(clause_of(n, None, 1, f"{n}.", None, f"{n}.{text}"), policy=f"p{number}")
            for n, text in enumerate(clauses, start=1)
        ]
        issued = dates[number] if number < len(dates) else None
        result.append(replace(policy_of(made), id=f"p{number}", issued=issued))
    return result


def test_a_clause_finds_what_another_policy_says_of_the_same() -> None:
    corpus = policies([OPENING, *FILLER], [POWER, OPENING_ELSEWHERE, FILLER[0]])
    similar = similar_clauses(corpus, NOTES)
    closest = similar[Address("p0", "c1")][0]
    assert closest.address == Address("p1", "c2")
    assert SIMILAR_AT_LEAST < closest.score < 1
    assert similar[Address("p0", "c2")][0].score == 1
    assert similar[Address("p1", "c2")][0].address == Address("p0", "c1")
    assert Address("p1", "c1") not in similar


def test_numbers_notes_and_labels_do_not_count() -> None:
    one = "工程建设项目审批时间压缩至50个工作日以内，社会投资项目压缩至30个工作日以内。（责任单位：市住建局）"
    two = "工程建设项目审批时间压缩至80个工作日以内，社会投资项目压缩至60个工作日以内。[责任单位：市税务局、市公安局]"
    similar = similar_clauses(policies([one, *FILLER], [POWER, two]), NOTES)
    assert similar[Address("p0", "c1")][0].score == 1


def test_the_repositorys_own_corpus(corpus: Corpus) -> None:
    similar = similar_clauses(corpus.policies, NOTES)
    addresses = {Address(policy.id, clause.anchor) for policy in corpus.policies for clause in policy.clauses}
    for address, others in similar.items():
        assert address in addresses
        assert 1 <= len(others) <= MOST_SIMILAR
        assert [one.score for one in others] == sorted((one.score for one in others), reverse=True)
        assert all(one.address in addresses and one.address.policy != address.policy for one in others)
        assert all(SIMILAR_AT_LEAST <= one.score <= 1 for one in others)
    # 容缺受理: the plan of Shanxi and the measures of Qiqihar promise the same.
    tolerance = similar[Address("qiqihar-2020-29", "para_16")]
    assert tolerance[0].address == Address("shanxi-2021-six-most", "subpara_38")
    assert similar == similar_clauses(corpus.policies, NOTES)


# --- passages ----------------------------------------------------------------------------------------------------


def texts_of(passage: Passage, corpus: Sequence[Policy]) -> tuple[str, str]:
    """The wording of both sides."""
    wordings = {Address(policy.id, one.anchor): one.wording for policy in corpus for one in policy.clauses}
    first, second = passage.first, passage.second
    return wordings[first.address][first.start : first.stop], wordings[second.address][
        second.start : second.stop
    ]


def test_a_copied_passage_is_found_with_its_place() -> None:
    corpus = policies([f"{FILLER[1]}{OPENING}"], [f"{POWER}{OPENING}"])
    (passage,) = shared_passages(corpus, NOTES)
    assert texts_of(passage, corpus) == (OPENING[:-1], OPENING[:-1])
    assert passage.alike == 1
    assert not passage.dated


def test_a_few_changed_characters_do_not_cut_a_passage() -> None:
    changed = OPENING.replace("全部纳入", "统一放到").replace("刻制印章", "刻印章")
    (passage,) = shared_passages(policies([OPENING], [changed]), NOTES)
    assert 0.85 <= passage.alike < 1


def test_the_earlier_policy_comes_first_where_both_print_a_day() -> None:
    (passage,) = shared_passages(policies([OPENING], [OPENING], dates=("2021-05-01", "2020-05-01")), NOTES)
    assert (passage.first.address.policy, passage.second.address.policy) == ("p1", "p0")
    assert passage.dated
    (passage,) = shared_passages(policies([OPENING], [OPENING], dates=("2021-05-01", None)), NOTES)
    assert (passage.first.address.policy, passage.dated) == ("p0", False)


def test_a_text_of_many_policies_is_compared_with_the_first_only() -> None:
    found = shared_passages(policies(*[[OPENING]] * 12), NOTES)
    assert len(found) == 11
    assert {passage.first.address.policy for passage in found} == {"p0"}


def test_short_runs_and_the_same_policy_do_not_count() -> None:
    assert shared_passages(policies([OPENING[:18]], [OPENING[:18]]), NOTES) == []
    assert shared_passages(policies([OPENING, OPENING]), NOTES) == []


def test_the_passages_of_the_repositorys_own_corpus(corpus: Corpus) -> None:
    passages = shared_passages(corpus.policies, NOTES)
    assert passages
    assert passages == shared_passages(corpus.policies, NOTES)
    for passage in passages:
        first, second = texts_of(passage, corpus.policies)
        assert min(len(first), len(second)) >= passage.characters >= 20
        assert passage.first.address.policy != passage.second.address.policy


# --- promises for any corpus -------------------------------------------------------------------------------------

PIECES = st.lists(
    st.sampled_from(
        [OPENING, POWER, FILLER[0], FILLER[1][:20], "，", "", "1", "（责任单位：市财政局）", "企业开办", "𠮷"]
    ),
    max_size=4,
).map("".join)


@given(st.lists(st.lists(PIECES, max_size=4), max_size=4))
def test_promises(texts: list[list[str]]) -> None:
    corpus = policies(*texts)
    for others in similar_clauses(corpus, NOTES).values():
        assert others
    for passage in shared_passages(corpus, NOTES):
        first, second = texts_of(passage, corpus)
        assert first
        assert second


@pytest.mark.parametrize("function", [similar_clauses, shared_passages])
def test_the_time_grows_with_the_corpus_not_its_square(function: object) -> None:
    assert callable(function)
    chance = random.Random(7)
    words = [text for one in (*FILLER, OPENING, POWER) for text in one.rstrip("。").split("，")]
    letters = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"

    def made(count: int) -> list[Policy]:
        return policies(
            *(
                ["，".join([chance.choice(words), "".join(chance.choices(letters, k=30))]) for _ in range(10)]
                for _ in range(count)
            )
        )

    few, many = 80, 320
    corpora = {count: made(count) for count in (few, many)}
    assert takes_its_length(lambda count: function(corpora[count], NOTES), few, many)
