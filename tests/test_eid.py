"""Anchors as values: taken apart and put together again, and what stands in what."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.eid import COVER, MAIN_TEXT, Eid, Step
from generator.model import Address, Corpus, Kind

NUMBERED = [kind for kind in Kind if kind is not Kind.COVER]
STEPS = st.builds(
    lambda kind, number, insertion: Step(kind.step, number, insertion),
    st.sampled_from(NUMBERED),
    st.integers(0, 99_999),
    st.none() | st.integers(1, 20),
)


@given(st.lists(STEPS, min_size=1, max_size=6), st.booleans())
def test_an_anchor_is_its_steps(steps: list[Step], covered: bool) -> None:
    whole = [Step("cover"), *steps] if covered else steps
    eid = Eid.of(*whole)
    assert Eid.read(eid) == eid
    assert eid.steps == tuple(whole)
    assert eid.last == whole[-1]
    assert list(eid.heads) == [Eid.of(*whole[:count]) for count in range(1, len(whole) + 1)]
    assert eid.outer == Eid.of(*whole[:-1])
    assert eid.is_below(eid.outer) is not (not eid.outer and bool(eid.root))
    assert eid.repeated(2).steps == eid.steps
    assert pickle.loads(pickle.dumps(eid)) == eid


@pytest.mark.parametrize(
    ("anchor", "root", "article", "table"),
    [
        ("art_15-1", "", "art_15-1", None),
        ("art_15__para_2__point_3", "", "art_15", None),
        ("att_1__art_5__para_1", "att_1", "att_1__art_5", None),
        ("att_1-2__sec_1", "att_1-2", None, None),  # 附件1-2
        ("cover__art_2", "cover", "cover__art_2", None),
        ("cover", "cover", None, None),
        ("chp_2__sec_1", "", None, None),
        ("sec_1__para_1", "", None, None),
        ("att_1__table_2__tr_3", "att_1", None, "att_1__table_2"),
        ("table_1", "", None, "table_1"),
        ("art_5__para_1__table_1__group_2", "", "art_5", "art_5__para_1__table_1"),
        ("art_5_repeat-2", "", "art_5", None),
    ],
)
def test_what_an_anchor_is_in(anchor: str, root: str, article: str | None, table: str | None) -> None:
    eid = Eid(anchor)
    assert (eid.root, eid.article, eid.table) == (root, article, table)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "art",
        "art_",
        "art_5__",
        "ART_5",
        "art-5",
        "cover_1",
        "sec_1__cover",
        "art_５",
        "step_1",
        "art_5_repeat-2",
    ],
)
def test_what_has_not_the_form_of_an_anchor(text: str) -> None:
    assert Eid.read(text) is None


def test_steps_of_one_name_are_in_order_of_number() -> None:
    eids = [Eid(text) for text in ("art_10", "art_9-2", "art_9-1", "art_2")]
    assert sorted(eids, key=lambda eid: (eid.last.number, eid.last.insertion or 0)) == [
        "art_2", "art_9-1", "art_9-2", "art_10",
    ]  # fmt: skip


def test_the_text_as_a_whole_has_no_steps() -> None:
    assert MAIN_TEXT.steps == ()
    assert MAIN_TEXT.below(Kind.ARTICLE, 5) == "art_5"
    assert COVER.below(Kind.SECTION, 1) == "cover__sec_1"
    assert Eid("art_5").is_below(MAIN_TEXT)
    assert not Eid("att_1__art_5").is_below(MAIN_TEXT)
    with pytest.raises(ValueError, match="no step"):
        _ = MAIN_TEXT.last


@pytest.mark.parametrize("written", ["yingkou-2020-14", "yingkou-2020-14#subpara_2"])
def test_an_address_is_read_as_it_is_written(written: str) -> None:
    assert str(Address.read(written)) == written


def test_every_anchor_of_the_corpus_is_of_its_kind(corpus: Corpus) -> None:
    for policy in corpus.policies:
        for clause in policy.clauses:
            assert Eid.read(clause.anchor) == clause.anchor
            assert clause.anchor.last.name == clause.kind.step
            assert all(Eid.read(alias) for alias in clause.aliases)
