"""What stands with a clause beyond its text: the line below it, and its commitments marked in it."""

from __future__ import annotations

import pytest
from bs4 import Tag
from playwright.sync_api import Page, expect

from generator.model import Address, Clause, Commitment, Corpus, Eid, Kind, Place, Reference
from generator.publishing.pages.clauses import clause_markdown
from generator.views.terms import TermMark
from tests.support.corpora import Project
from tests.support.html import paragraphs_of, soup_of

POLICY = "policies/yingkou-2020-14.html"


def facts_below(target: Tag) -> Tag | None:
    """The line below a clause, which stands right after its last paragraph."""
    following = paragraphs_of(target)[-1].find_next_sibling()
    is_facts = isinstance(following, Tag) and "facts-of-clause" in (following.get("class") or [])
    return following if is_facts else None


def test_the_line_below_a_clause_tells_what_is_known_of_it(built: Project, corpus: Corpus) -> None:
    lines = 0
    for policy in corpus.policies:
        soup = soup_of(built.site / policy.url)
        lines += len(soup.select(".facts-of-clause"))
        clauses = {clause.anchor: clause for clause in policy.clauses}
        for clause in policy.clauses:
            target = soup.find(id=clause.anchor)
            assert isinstance(target, Tag)
            below = facts_below(target)
            facts = corpus.analysis(clause)
            indicators = {(one.id, one.role) for one in facts.indicators}
            above = clauses[clause.parent] if clause.parent else None
            if above and not above.heading:  # the items of a sentence do not repeat what it has
                whole = {(one.id, one.role) for one in corpus.analysis(above).indicators}
                indicators = set() if indicators == whole else indicators
            told = indicators or facts.responsibility or facts.due or facts.commitments or facts.guidance
            assert (below is not None) == bool(told), clause.url
            if below is None:
                continue
            lines -= 1
            tags = [(link.get("class"), link["href"]) for link in below.select(".tags a")]
            shown = [one for one in facts.indicators if (one.id, one.role) in indicators]
            primary = [one for one in shown if one.role == "primary"]
            secondary = [one for one in shown if one.role != "primary"]
            assert tags == [
                (["primary"] if one in primary else None, f"../indicators/{one.id}.html#{policy.id}")
                for one in (*primary, *secondary)
            ]
            printed = [
                unit.printed
                for units in (
                    facts.responsibility.lead,
                    facts.responsibility.responsible,
                    facts.responsibility.supporting,
                )
                for unit in units
            ]
            assert [link.get_text() for link in below.select("a[href^='../units/']")] == printed
            text = below.get_text()
            assert all(one.text in text for one in facts.guidance)
            assert (f"时限 {facts.due.text}" in text) if facts.due else ("时限" not in text)
            assert (f"承诺 {len(facts.commitments)} 项" in text) == bool(facts.commitments)
    assert lines == 0  # every line belongs to a clause


def marked(target: Tag) -> str:
    """What is marked as commitment in a clause."""
    return "".join(
        "".join(span.get_text().split())
        for part in paragraphs_of(target)
        for span in part.select("span.commitment")
    )


def test_exactly_the_commitments_are_marked(built: Project, corpus: Corpus) -> None:
    count = 0
    for policy in corpus.policies:
        soup = soup_of(built.site / policy.url)
        for clause in policy.clauses:
            places = {
                place for one in corpus.analysis(clause).commitments for place in range(one.start, one.stop)
            }
            for correction in clause.corrections:  # a correction has a mark of its own
                places -= set(range(correction.start, correction.stop))
            count += bool(places)
            target = soup.find(id=clause.anchor)
            assert isinstance(target, Tag)
            wanted = "".join("".join(clause.wording[place] for place in sorted(places)).split())
            assert marked(target) == wanted, clause.url
    assert count


def commitment(wording: str, quote: str) -> Commitment:
    """A commitment of a wording, by its quote."""
    start = wording.index(quote)
    return Commitment(start, start + len(quote), quote, "某事", "time", "<=", 3, "日")


def clause_of(wording: str) -> Clause:
    """A clause 1. of that wording, without a title."""
    return Clause(
        policy="a-2020-1", anchor=Eid("subpara_1"), kind=Kind.SUBPARAGRAPH, label="1.", number=1, level=1, parent=None,
        title=None, wording=wording, heading=False, place=Place("a.txt", 1, 1),
    )  # fmt: skip


def test_a_mark_stands_inside_links_and_terms() -> None:
    wording = "1.按《某条例》一网通办3日办结。"
    clause = clause_of(wording)
    reference = Reference("external", 3, 8, "《某条例》", targets=(Address("b-2020-1"),))
    term = TermMark(8, 12, "t", "解释")
    text = clause_markdown(clause, [reference], (), [term], [commitment(wording, "条例》一网通办3日")])
    span = '<span class="commitment">'
    assert f"[《某{span}条例》</span>](b-2020-1.md){{ .reference }}" in text
    assert f'title="解释">{span}一网通办</span></a>{span}3日</span>办结' in text


def test_commitments_in_the_same_words_are_marked_once() -> None:
    wording = "1.高压4个、低压3个环节。其他不变。"
    both = [commitment(wording, "高压4个"), commitment(wording, "高压4个、低压3个环节")]
    text = clause_markdown(clause_of(wording), commitments=both)
    assert text.count("<span") == 1
    assert '<span class="commitment">高压4个、低压3个环节</span>。其他不变。' in text


def test_a_mark_never_makes_markup_of_a_text() -> None:
    wording = "1.<b>*3日*</b>办结"
    text = clause_markdown(clause_of(wording), commitments=[commitment(wording, "<b>*3日*</b>")])
    assert '<span class="commitment">&lt;b&gt;\\*3日\\*&lt;/b&gt;</span>办结' in text


@pytest.mark.browser
def test_the_bare_text_has_neither_line_nor_mark(page: Page, base: str) -> None:
    page.goto(f"{base}/{POLICY}")
    expect(page.locator(".facts-of-clause").first).to_be_visible()
    mark = page.locator(".commitment").first
    style = "element => getComputedStyle(element).textDecorationLine"
    assert mark.evaluate(style) == "underline"
    page.locator("[data-bare]").click()
    expect(page.locator(".facts-of-clause").first).to_be_hidden()
    assert mark.evaluate(style) == "none"


@pytest.mark.browser
def test_paper_has_neither_line_nor_mark(page: Page, base: str) -> None:
    page.goto(f"{base}/{POLICY}")
    page.emulate_media(media="print")
    expect(page.locator(".facts-of-clause").first).to_be_hidden()
    assert (
        page.locator(".commitment").first.evaluate("element => getComputedStyle(element).textDecorationLine")
        == "none"
    )
