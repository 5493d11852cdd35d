"""The pages of offices: who must do what, across policies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import Tag

from generator.anchors.citation import clause_paths
from generator.model import Corpus, CorpusError, Unit
from generator.pipeline import load_corpus
from generator.views.units import ROLES, Office, Offices, unit_id
from generator.vocabulary.units import read_units
from tests.support.corpora import Project, make_project
from tests.support.html import soup_of
from tests.support.words import WORDS, folder_with, packaged

ROLE_OF = {name: role for role, name in ROLES.items()}


def offices_of(corpus: Corpus) -> Offices:
    """The offices by the words of the package."""
    return Offices(corpus, WORDS.units)


def tasks_wanted(corpus: Corpus) -> set[tuple[str, str, str]]:
    """For every office in every role of every clause: its address, the role, the clause."""
    offices = offices_of(corpus)
    return {
        (offices.office(unit).url, role, clause.url)
        for policy in corpus.policies
        for clause in policy.clauses
        for role in ROLES
        for unit in getattr(corpus.analysis(clause).responsibility, role)
    }


def entries_under(start: Tag, role: str, stop: tuple[str, ...]) -> Iterator[tuple[str, Tag]]:
    """The entries of the lists between a heading and the next of its rank: the role, the entry."""
    for sibling in start.find_next_siblings():
        if sibling.name in stop:
            return
        for item in sibling.select("li") if "tasks" in (sibling.get("class") or []) else ():
            yield role, item


def entries(site: Path) -> Iterator[tuple[str, str, Tag]]:
    """Every entry of every page: the address of the office, the role, the entry."""
    for page in sorted((site / "units").glob("*.html")):
        soup = soup_of(page)
        for role in ROLES:
            heading = soup.find("h2", id=role)
            if isinstance(heading, Tag):
                for _, item in entries_under(heading, role, ("h2",)):
                    yield f"units/{page.name}", role, item
        for section in soup.select("section.other-unit"):
            for heading in section.select("h3"):
                for role, item in entries_under(heading, ROLE_OF[heading.get_text()], ("h3",)):
                    yield f"units/{page.name}#{section['id']}", role, item


def href(item: Tag) -> str:
    """Where an entry leads, from the root of the site."""
    link = item.select_one("a")
    assert link is not None
    return str(link["href"]).removeprefix("../")


def test_every_responsibility_is_on_exactly_the_pages_it_must_be(built: Project, corpus: Corpus) -> None:
    found = Counter((url, role, href(item)) for url, role, item in entries(built.site))
    assert set(found) == tasks_wanted(corpus)
    assert set(found.values()) == {1}
    assert {role for _, role, _ in found} == set(ROLES)


def test_an_entry_shows_place_title_printed_name_and_due_date(built: Project, corpus: Corpus) -> None:
    clauses = {clause.url: clause for policy in corpus.policies for clause in policy.clauses}
    paths = {policy.id: clause_paths(policy) for policy in corpus.policies}
    offices = offices_of(corpus)
    every: list[Office] = [*offices.paged, *offices.others]
    by_url = {office.url: office for office in every}
    for url, role, item in entries(built.site):
        clause = clauses[href(item)]
        text = item.get_text()
        assert paths[clause.policy][clause.anchor] in text
        assert (clause.title or "") in text
        due = corpus.analysis(clause).due
        assert ("时限：" in text) == bool(due)
        assert due is None or f"时限：{due.text}" in text
        for unit in getattr(corpus.analysis(clause).responsibility, role):
            if unit.name == by_url[url].name:
                assert unit.printed in text or unit.printed == unit.name


def test_the_index_lists_every_office_that_has_a_page_with_its_counts(built: Project, corpus: Corpus) -> None:
    offices = offices_of(corpus)
    rows = soup_of(built.site / "units" / "index.html").select("table.units tbody tr")
    found = {}
    for row in rows:
        link = row.select_one("th a")
        assert link is not None
        found[str(link["href"])] = [
            0 if (text := cell.get_text()) == "—" else int(text) for cell in row.select("td")[1:]
        ]
    wanted = {
        f"{office.page}.html": [*(len(office.of_role(role)) for role in ROLES), office.count]
        for office in offices.paged
    }
    assert found == wanted
    on_disk = {path.name for path in (built.site / "units").glob("*.html")}
    assert on_disk == {*wanted, "index.html", "others.html"}


def test_a_collective_is_told_from_an_office(corpus: Corpus) -> None:
    others = offices_of(corpus).others
    kinds = [office.collective for office in others]
    assert kinds == sorted(kinds)
    assert {office.name: office.collective for office in others}["各区政府"]
    assert not {office.name: office.collective for office in others}["营口港务集团"]


def test_the_address_of_an_office_depends_on_no_order(corpus: Corpus) -> None:
    turned = replace(corpus, policies=tuple(reversed(corpus.policies)))
    forth, back = offices_of(corpus), offices_of(turned)
    names = {office.name for office in (*forth.paged, *forth.others)}
    assert names == {office.name for office in (*back.paged, *back.others)}
    for name in names:
        assert forth.office(Unit(name, name)).url == back.office(Unit(name, name)).url


def test_every_office_of_the_taxonomy_has_a_page() -> None:
    units = WORDS.units
    assert set(units.page_ids) == {*units.offices.values(), *units.contains.values()}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("    没有这个单位: nobody", "没有通用名称“没有这个单位”"),
        ("    统计: taxation", "taxation 已用于“税务”"),
        ("    统计: others", "others 已用于“本站的目录页”"),
        ("    统计: index", "index 已用于“本站的目录页”"),
        ("    统计: Statistics_1", "Statistics_1"),
    ],
)
def test_a_wrong_page_is_reported_with_its_line(tmp_path: Path, line: str, message: str) -> None:
    lines = packaged("units").splitlines()
    number = lines.index("    统计: statistics")
    lines[number] = line
    with pytest.raises(CorpusError) as caught:
        read_units(folder_with(tmp_path, "units", "\n".join(lines)))
    assert [problem.line for problem in caught.value.problems] == [number + 1]
    assert message in str(caught.value)


def test_an_office_listed_in_two_groups_is_reported(tmp_path: Path) -> None:
    lists = folder_with(tmp_path, "units", packaged("units") + "  又一组:\n    统计: statistics-2\n")
    with pytest.raises(CorpusError, match="统计 列了两次"):
        read_units(lists)


def test_an_office_named_in_two_roles_counts_once(tmp_path: Path) -> None:
    corpus = corpus_of(tmp_path, "一、开办企业。压缩时间。（市财政局牵头，财政局、市公安局负责）\n")
    offices = offices_of(corpus)
    (finance,) = [office for office in offices.paged if office.name == "财政"]
    assert finance.count == 1
    assert [(task.role, task.printed) for task in finance.tasks] == [
        ("lead", ("市财政局",)),
        ("responsible", ("财政局",)),
    ]
    (police,) = [office for office in offices.paged if office.name == "公安"]
    assert [unit.printed for unit in police.tasks[0].leads] == ["市财政局"]


def test_the_name_of_an_office_is_text(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project", with_sources=False)
    text = '一、开办企业。压缩时间。（责任单位：<b>怪</b>"港集团、市财政局）\n'
    (project.sources / "a.txt").write_text(f"某市若干措施\n{text}", "utf-8")
    (project.sources / "a.yml").write_text("policies:\n  - id: city-2020-1\n", "utf-8")
    result = project.run("site")
    assert result.exit_code == 0, result.output
    name = '<b>怪</b>"港集团'
    section = soup_of(project.site / "units" / "others.html").find(id=unit_id(name))
    assert isinstance(section, Tag)
    assert name in section.get_text()
    assert not section.find_all("b")
    facts = soup_of(project.site / "policies" / "city-2020-1.html").select(".facts-of-clause a")
    assert [(link.get_text(), str(link["href"])) for link in facts[-2:]] == [
        (name, f"../units/others.html#{unit_id(name)}"),
        ("市财政局", "../units/finance.html"),
    ]


def corpus_of(folder: Path, text: str) -> Corpus:
    """The corpus of one small policy."""
    (folder / "a.txt").write_text(f"某市若干措施\n{text}", "utf-8")
    (folder / "a.yml").write_text("policies:\n  - id: city-2020-1\n", "utf-8")
    corpus, problems = load_corpus(folder)
    assert not problems
    return corpus
