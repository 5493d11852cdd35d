"""Similar clauses at the clause, and the page of passages that policies share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag

from generator.model import Address, Clause, Corpus
from generator.pipeline import load_corpus
from generator.views import likeness as likeness_view
from generator.views.likeness import Likeness
from generator.views.similar import shared_passages, similar_clauses
from tests.support.corpora import Project, make_project
from tests.support.html import soup_of
from tests.support.words import NOTES

PASSAGE = "推行企业开办全程网上办理，将申领营业执照、刻制印章、申领发票、社保登记等事项全部纳入“一网通”平台"
HOSTILE = "</mark><script>alert(1)</script><b>粗</b> **重** {{ x }} [链](javascript:x)"


def squeeze(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def one(tag: Tag | BeautifulSoup, selector: str) -> Tag:
    """The only element there is."""
    (found,) = tag.select(selector)
    return found


@pytest.fixture(scope="module")
def clauses(corpus: Corpus) -> dict[str, Clause]:
    """Every clause by its address below the root of the site."""
    return {clause.url: clause for policy in corpus.policies for clause in policy.clauses}


@pytest.fixture(scope="module")
def page(built: Project) -> BeautifulSoup:
    """The page of passages."""
    return soup_of(built.site / "similar" / "index.html")


def below(target: Tag) -> Tag | None:
    """The list of similar clauses that stands below a clause and above the next."""
    for sibling in target.next_siblings:
        if not isinstance(sibling, Tag):
            continue
        classes = set(sibling.get_attribute_list("class"))
        if "similar" in classes:
            return sibling
        if not {"more", "apparatus"} & classes:
            return None
    return None


def entries(details: Tag, policy: str) -> Iterator[tuple[str, str]]:
    """Where the entries of a list lead, below the root of the site, and what they say of the likeness."""
    for item in details.select("li"):
        link = item.select("a")[0]
        told = "".join(span.get_text() for span in item.select("span:not(.differing)"))
        yield urljoin(f"policies/{policy}.html", str(link["href"])), told


def test_every_clause_has_the_list_that_belongs_to_it_or_none(built: Project, corpus: Corpus) -> None:
    similar = similar_clauses(corpus.policies, NOTES)
    sharing: dict[Address, set[str]] = {}
    for passage in shared_passages(corpus.policies, NOTES):
        sharing.setdefault(passage.first.address, set()).add(passage.second.address.url)
        sharing.setdefault(passage.second.address, set()).add(passage.first.address.url)
    assert similar
    for policy in corpus.policies:
        targets = {str(tag["id"]): tag for tag in soup_of(built.site / policy.url).find_all(id=True)}
        for clause in policy.clauses:
            address = Address(policy.id, clause.anchor)
            details = below(targets[clause.anchor])
            alike = similar.get(address, ())
            if not alike and address not in sharing:
                assert details is None, clause.url
                continue
            assert details is not None, clause.url
            assert "open" not in details.attrs
            found = list(entries(details, policy.id))
            assert [url for url, _ in found][: len(alike)] == [other.address.url for other in alike]
            only_sharing = sharing.get(address, set()) - {other.address.url for other in alike}
            assert {url for url, _ in found[len(alike) :]} <= only_sharing
            assert len(found) == len(alike) + min(len(only_sharing), 5)
            assert one(details, "summary").get_text() == f"相似条文 {len(found)}"
            for (_, told), other in zip(found, alike, strict=False):
                assert told == f"相似度 {int(other.score * 100 + 1e-6)}%"


def test_a_known_neighbour_is_listed(built: Project) -> None:
    """容缺受理: the measures of Qiqihar and the plan of Shanxi promise the same."""
    details = below(one(soup_of(built.site / "policies" / "qiqihar-2020-29.html"), "#para_16"))
    assert details is not None
    assert next(entries(details, "qiqihar-2020-29"))[0] == "policies/shanxi-2021-six-most.html#subpara_38"


def test_quantities_that_differ_are_told_beside_the_likeness(built: Project) -> None:
    """税务注销: Fuyuan promises 5 and 1 working days to A级 where Qiqihar has no such class."""
    details = below(one(soup_of(built.site / "policies" / "fuyuan-2020-measures.html"), "#subpara_27"))
    assert details is not None
    (told,) = (
        one(item, ".differing").get_text()
        for item in details.select("li")
        if "qiqihar-2020-29.html#para_19" in str(item)
    )
    assert told == "只在本条：5个工作日、1个工作日；只在该条：1小时"


def test_every_link_leads_to_a_living_id(
    built: Project, corpus: Corpus, page: BeautifulSoup, clauses: dict[str, Clause]
) -> None:
    ids = {str(tag["id"]) for tag in page.find_all(id=True)}
    links = [str(link["href"]) for link in page.select(".passage a")]
    assert links
    assert all(urljoin("similar/index.html", link) in clauses for link in links)
    assert all(str(link["href"])[1:] in ids for link in page.select(".similar-pairs a"))
    for policy in corpus.policies:
        for link in soup_of(built.site / policy.url).select("details.similar a"):
            target = urljoin(policy.url, str(link["href"]))
            assert target in clauses or (
                target.startswith("similar/") and urlsplit(target).fragment in ids
            ), target


def test_what_is_marked_stands_in_both_wordings(page: BeautifulSoup, clauses: dict[str, Clause]) -> None:
    passages = page.select(".passage")
    assert passages
    for passage in passages:
        wordings = [
            squeeze(clauses[urljoin("similar/index.html", str(link["href"]))].wording)
            for link in passage.select("a")
        ]
        excerpts = passage.select("blockquote")
        assert len(wordings) == len(excerpts) == 2
        marked = [[squeeze(mark.get_text()) for mark in excerpt.select("mark")] for excerpt in excerpts]
        assert marked[0] == marked[1]
        assert all(text in wording for text in marked[0] for wording in wordings)
        assert sum(map(len, marked[0])) >= 20
        for excerpt, wording in zip(excerpts, wordings, strict=True):
            assert squeeze(excerpt.get_text()).strip("…") in wording


def test_every_passage_is_on_the_page_once_with_its_order(page: BeautifulSoup, corpus: Corpus) -> None:
    wanted = shared_passages(corpus.policies, NOTES)
    shown = [tuple(str(link["href"]) for link in passage.select("a")) for passage in page.select(".passage")]
    assert sorted(shown) == sorted(
        (f"../{passage.first.address.url}", f"../{passage.second.address.url}") for passage in wanted
    )
    dated = {
        f"{passage.first.address.policy}--{passage.second.address.policy}": passage.dated
        for passage in wanted
    }
    assert set(dated.values()) == {True, False}
    for id_, known in dated.items():
        heading = page.find(id=id_)
        assert isinstance(heading, Tag)
        told = heading.find_next_sibling()
        assert told is not None
        assert ("前者较早" in told.get_text()) == known
        days = [day.get_text() for day in told.select("time")]
        assert days == sorted(days) or not known
        if not known:
            assert any(word in told.get_text() for word in ("先后不明", "同为"))


def test_likeness_is_the_same_every_time(corpus: Corpus) -> None:
    one, other = Likeness(corpus, NOTES), Likeness(corpus, NOTES)
    assert one.pairs == other.pairs
    for policy in corpus.policies:
        for clause in policy.clauses:
            assert one.of(clause) == other.of(clause)


def project_of(folder: Path, *texts: str) -> Project:
    """The site of policies a-2020-1, b-2020-1 … with one clause each."""
    project = make_project(folder, with_sources=False)
    for name, text in zip("abcdef", texts, strict=False):
        (project.sources / f"{name}.txt").write_text(f"{name}市若干措施\n一、开办企业\n1.{text}。\n", "utf-8")
        sidecar = f"policies:\n  - id: {name}-2020-1\n    title: '{name}市<i>措施</i> *甲*'\n"
        (project.sources / f"{name}.yml").write_text(sidecar, "utf-8")
    result = project.run("site")
    assert result.exit_code == 0, result.output
    return project


def test_hostile_text_stays_text(tmp_path: Path) -> None:
    project = project_of(tmp_path / "project", f"{HOSTILE}{PASSAGE}{HOSTILE}", f"{PASSAGE}{HOSTILE}")
    corpus, _ = load_corpus(project.sources)
    soup = soup_of(project.site / "similar" / "index.html")
    article = one(soup, "article")
    assert not article.select("script, b, i, em, .passage strong, [href^=javascript]")
    assert "a市<i>措施</i> *甲*" in article.get_text()
    wordings = {
        clause.url: squeeze(clause.wording) for policy in corpus.policies for clause in policy.clauses
    }
    for side in article.select(".passage > div"):
        text = squeeze(one(side, "blockquote").get_text()).strip("…")
        assert text in wordings[str(one(side, "a")["href"]).removeprefix("../")]
        assert squeeze(PASSAGE) in text
    for link in soup_of(project.site / "policies" / "a-2020-1.html").select("details.similar a"):
        assert not link.select("i, em")


def test_a_corpus_without_likeness_says_so(tmp_path: Path) -> None:
    project = project_of(tmp_path / "project", PASSAGE)
    soup = soup_of(project.site / "similar" / "index.html")
    assert "收录的政策没有这样的段落" in one(soup, "article").get_text()
    assert not soup.select(".passage, .similar-pairs")
    assert not soup_of(project.site / "policies" / "a-2020-1.html").select("details.similar")


def test_of_many_passages_the_page_has_those_of_the_policies_that_share_most(
    corpus: Corpus, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Likeness(corpus, NOTES)
    monkeypatch.setattr(likeness_view, "_SHOWN", 12)
    part = Likeness(corpus, NOTES)
    assert not whole.left_out
    assert part.pairs == whole.pairs[: len(part.pairs)]
    assert part.pairs
    assert sum(len(pair.passages) for pair in part.pairs) <= 12
    assert part.left_out == len(whole.pairs) - len(part.pairs) > 0
    on_page = {passage.id for pair in part.pairs for passage in pair.passages}
    for policy in corpus.policies:
        for clause in policy.clauses:
            linked = [(one.clause, one.passage) for one in whole.of(clause)]
            kept = [(one, id_ if id_ in on_page else None) for one, id_ in linked]
            assert [(one.clause, one.passage) for one in part.of(clause)] == kept
