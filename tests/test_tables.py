"""Tables: on the page a table, in the data rows with their cells, and everywhere else clauses like any other."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import markdown as python_markdown
import pytest
import sphobjinv  # type: ignore[import-untyped]
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.config import load_config

from generator.analysis.tables import Tables
from generator.anchors.citation import clause_paths
from generator.anchors.lock import NAME, WORDINGS, Lock, compare, read_lock, write_lock
from generator.anchors.worddiff import diff_line, word_diff
from generator.cells import apart, column_names, one_line, shown, table_text
from generator.checking.links.nearest import nearest_anchor
from generator.model import Clause, Corpus, Eid, Kind, Place
from generator.publishing.data.opensearch import bulk_lines, index_definition
from generator.publishing.data.records import clause_record
from generator.publishing.pages.policy import policy_page
from generator.publishing.pages.render import Renderer
from generator.publishing.scripts.search.documents import Document, searchable
from generator.views.contents import Entry, contents
from generator.views.likeness import Likeness
from generator.views.policies import Around
from tests.support.corpora import ROOT, Project, parse_policy
from tests.support.html import soup_of, wording_of
from tests.support.paths import citations
from tests.support.tables import JIA, LONG_ROWS, YI, Draft, table_corpus
from tests.support.words import NOTES, WORDS
from tests.test_markdown import LINES

RENDER = Renderer(ROOT / "site_templates" / "pages")

IN_TABLES = {Kind.TABLE, Kind.GROUP, Kind.ROW}


@pytest.fixture(scope="module")
def tables() -> Corpus:
    """Two policies with tables."""
    return table_corpus()


@pytest.fixture(scope="module")
def by_anchor(tables: Corpus) -> dict[str, Clause]:
    """The clauses of the first by anchor."""
    return {clause.anchor: clause for clause in tables.policies[0].clauses}


def page_of(site: Project, policy: str) -> BeautifulSoup:
    """The page of a policy."""
    return soup_of(site.site / "policies" / f"{policy}.html")


def find(soup: BeautifulSoup, id_: str) -> Tag:
    """The element with an id."""
    found = soup.find(id=id_)
    assert isinstance(found, Tag)
    return found


def printed(tag: Tag) -> str:
    """The text of an element as printed, a correction undone."""
    parts = [
        text
        for text in tag.strings
        if text.find_parent(class_="corrected") is None
        and (text.find_parent(class_="apparatus") is None or text.find_parent(class_="printed"))
    ]
    return "\n".join(" ".join(line.split()) for line in "".join(parts).split("\n"))


# ---- The page


def test_every_clause_of_a_table_is_at_its_anchor_cell_for_cell(table_site: Project, tables: Corpus) -> None:
    count = 0
    for policy in tables.policies:
        soup = page_of(table_site, policy.id)
        for clause in policy.clauses:
            if clause.kind in IN_TABLES:
                assert wording_of(find(soup, clause.anchor), printed) == clause.wording, clause.url
                count += 1
    assert count > LONG_ROWS


def test_a_table_has_caption_head_groups_and_rows(table_site: Project) -> None:
    soup = page_of(table_site, JIA)
    caption = find(soup, "att_1__table_1")
    table = caption.parent
    assert isinstance(table, Tag)
    assert (caption.name, table.name) == ("caption", "table")
    assert [cell["scope"] for cell in table.select("thead th")] == ["col"] * 5
    (group, _) = table.select(".kind-group > th")
    assert (group["scope"], group["colspan"]) == ("rowgroup", "5")
    bodies = [body for body in table.find_all("tbody") if body.select(".clause")]
    assert [len(body.select("tr.kind-row")) for body in bodies] == [3, 3]
    row = find(soup, "att_1__table_1__tr_6")
    cells = [(cell.name, cell.get("scope"), cell.get("colspan")) for cell in row.find_all(["th", "td"])]
    assert cells == [("th", "row", None), ("td", None, None), ("td", None, "3")]


def test_a_table_without_a_caption_has_its_anchor_at_its_head(table_site: Project) -> None:
    head = find(page_of(table_site, JIA), "att_1__table_2")
    assert head.name == "thead"
    assert "clause" in head["class"]
    assert not [cell for cell in head.select(".number") if cell.get_text() == "事项"]
    assert [cell.get_text() for cell in head.select(".number")] == ["件数", "占比"]


def test_a_table_without_a_head_is_a_table_all_the_same(table_site: Project) -> None:
    soup = page_of(table_site, JIA)
    table = find(soup, "att_2__table_1__tr_1").find_parent("table")
    assert isinstance(table, Tag)
    assert table.find(["caption", "thead"]) is None
    assert soup.find(id="att_2__table_1") is None
    assert len(table.select("tr.kind-row")) == 3


def test_tables_of_one_page_have_different_names(table_site: Project) -> None:
    boxes = page_of(table_site, JIA).select(".table-box")
    names = [str(box["aria-label"]) for box in boxes]
    assert names == [
        "附件1表1：甲市优化营商环境重点任务清单",
        "附件1表2",
        "附件2表",
        "附件3表：界址点坐标成果表 （2000国家大地坐标系）",
    ]
    assert all(box["role"] == "region" and box["tabindex"] == "0" for box in boxes)


def test_what_is_known_of_a_row_stands_in_a_row_below_it(table_site: Project, tables: Corpus) -> None:
    soup = page_of(table_site, JIA)
    notes = find(soup, "att_1__table_1__tr_3").find_next_sibling("tr")
    assert isinstance(notes, Tag)
    assert notes["class"] == ["apparatus", "notes"]
    assert "引用本行的" in notes.get_text()
    assert [link["href"] for link in notes.select(".cited-by a")] == ["#sec_1__para_1"]
    assert [link.get_text() for link in notes.select(".similar li > a:first-child")] == [
        f"{tables.policies[1].name}表第3项"
    ]
    assert all(row.select("td > div > *") for row in soup.select("tr.notes"))


def test_references_and_corrections_are_shown_in_cells(table_site: Project) -> None:
    soup = page_of(table_site, JIA)
    assert [link["href"] for link in find(soup, "att_1__table_1__tr_6").select("a.reference")] == [
        f"{YI}.html"
    ]
    slip = find(soup, "att_1__table_1__tr_2").select_one(".correction")
    assert slip is not None
    entry = find(soup, str(slip["href"]).removeprefix("#"))
    assert entry.select("a")[0].get_text() == "附件1表1第2项"


def test_the_contents_have_the_tables_with_captions_and_no_row(tables: Corpus) -> None:
    def flat(entries: tuple[Entry, ...]) -> Iterator[tuple[str, str]]:
        for entry in entries:
            yield entry.clause.anchor, entry.text
            yield from flat(entry.below)

    listed = dict(flat(contents(tables.policies[0])))
    assert listed["att_1__table_1"] == "甲市优化营商环境重点任务清单"
    assert listed["att_3__table_1"] == "界址点坐标成果表"
    assert not [anchor for anchor in listed if "__tr_" in anchor or "__group_" in anchor]
    assert "att_1__table_2" not in listed


@pytest.fixture(scope="module")
def render() -> python_markdown.Markdown:
    """Python-Markdown as mkdocs.yml sets it up."""
    config = load_config(str(ROOT / "mkdocs.yml"))
    return python_markdown.Markdown(
        extensions=config["markdown_extensions"], extension_configs=config["mdx_configs"] or {}
    )


@given(
    rows=st.lists(st.lists(st.one_of(LINES, st.just("")), min_size=1, max_size=4), min_size=1, max_size=4),
    caption=LINES,
)
def test_whatever_a_cell_holds_comes_out_as_printed(
    render: python_markdown.Markdown, rows: list[list[str]], caption: str
) -> None:
    draft = Draft("jia-2024-1", "甲市办法")
    draft.table(None, 1, [tuple(row) for row in rows], caption=caption, head=("名称", *["列"] * 3))
    policy = draft.policy()
    soup = BeautifulSoup(
        render.reset().convert(policy_page(policy, {}, Around(), WORDS, RENDER).text), "html.parser"
    )
    table = soup.select_one("table.clause-table")
    assert table is not None
    names = {tag.name for tag in table.find_all(True)}
    assert names <= {"caption", "p", "thead", "tbody", "tr", "th", "td"}
    for clause in policy.clauses:
        folded = "\n".join(
            "\t".join(" ".join(cell.split()) for cell in line.split("\t"))
            for line in clause.wording.split("\n")
        )
        assert wording_of(find(soup, clause.anchor), printed) == folded


# ---- Cells as text


@pytest.mark.parametrize(
    ("wording", "names"),
    [
        ("序号\t事项\t时限", ["序号", "事项", "时限"]),
        ("任务表\n序号\t事项\t时限", ["序号", "事项", "时限"]),
        ("序号\t要求\t时限\n\t事项\t", ["序号", "事项", "时限"]),
        ("要求\t时限\n序号\t\t日", ["序号", "", "日"]),  # a row of merged cells does not say what it is over
    ],
)
def test_the_columns_of_a_table_are_called_the_same_by_all_that_read_it(
    wording: str, names: list[str]
) -> None:
    head = clause_of(wording, Kind.TABLE, tuple(wording.rsplit("\n", maxsplit=1)[-1].split("\t")))
    row = replace(
        clause_of("1\t甲\t乙", cells=("1", "甲", "乙")),
        anchor=head.anchor.below(Kind.ROW, 1),
        parent=head.anchor,
    )
    assert column_names(head) == names
    policy = replace(Draft("jia-2024-1", "甲市办法").policy(), clauses=(head, row))
    assert [cell.column for cell in Tables(policy).cells(row)] == names


def clause_of(wording: str, kind: Kind = Kind.ROW, cells: tuple[str, ...] = ()) -> Clause:
    """A clause of a table."""
    return Clause(
        "a-2020-1",
        Eid("table_1"),
        kind,
        None,
        None,
        1,
        None,
        None,
        wording,
        False,
        Place("a.txt", 1, 1),
        cells=cells,
    )


@pytest.mark.parametrize(
    ("wording", "expected"),
    [
        ("3\t开办企业\t市局", "3 │ 开办企业 │ 市局"),
        ("3\t\t市局\t", "3 │ 市局"),
        ("\t甲 \t 乙", "甲 │ 乙"),
        ("表1\n名称\t数量", "表1 名称 │ 数量"),
        ("没有格", "没有格"),
    ],
)
def test_cells_on_a_line_have_a_mark_between(wording: str, expected: str) -> None:
    assert one_line(wording) == expected


def test_a_stretch_of_cells_keeps_its_edges() -> None:
    assert shown("甲\t乙\t") == "甲 │ 乙 │ "


@pytest.mark.parametrize(
    ("wording", "cells", "caption", "head"),
    [
        ("表1\n甲\t乙", ("甲", "乙"), ["表1"], [["甲", "乙"]]),
        ("甲\t乙", ("甲", "乙"), [], [["甲", "乙"]]),
        ("表1\n（单位：元）\n甲\t乙\t\n\t丙\t丁", ("甲", "丙", "丁"), ["表1", "（单位：元）"], [["甲", "乙", ""], ["", "丙", "丁"]]),
        ("名单\n姓名", ("姓名",), ["名单"], [["姓名"]]),
        ("名单", (), ["名单"], []),
        ("表1\t单位：元", (), ["表1\t单位：元"], []),
        ("表1\n甲\n（一）\t乙", ("甲\n（一）", "乙"), ["表1"], [["甲\n（一）", "乙"]]),
    ],
)  # fmt: skip
def test_a_table_is_its_caption_and_its_head(
    wording: str, cells: tuple[str, ...], caption: list[str], head: list[list[str]]
) -> None:
    text = table_text(clause_of(wording, Kind.TABLE, cells))
    assert [wording[slice(*span)] for span in text.caption] == caption
    assert [[wording[slice(*span)] for span in row] for row in text.head] == head


def test_a_column_is_called_by_its_lowest_name() -> None:
    table = clause_of("表1\n序号\t2020年\t\n\t目标\t完成\n情况", Kind.TABLE, ("", "目标", "完成\n情况"))
    assert column_names(table) == ["序号", "目标", "完成 情况"]


@pytest.mark.parametrize(
    ("anchor", "expected"),
    [
        ("att_1__table_2__tr_3", "att_1__table_2"),
        ("table_1__group_1", "table_1"),
        ("att_1__table_2", "att_1__table_2"),
        ("art_5__para_1", None),
    ],
)
def test_an_anchor_names_its_table(anchor: str, expected: str | None) -> None:
    assert Eid(anchor).table == expected


def test_a_changed_cell_is_told_with_cells_apart() -> None:
    assert diff_line(word_diff("甲\t3日\t乙", "甲\t2日\t乙")) == "甲 │ [-3-]{+2+}日 │ 乙"


# ---- Citation


def test_a_row_is_cited_by_its_number_or_its_place(tables: Corpus) -> None:
    paths = clause_paths(tables.policies[0])
    assert {anchor: paths[anchor] for anchor in (
        "att_1__table_1", "att_1__table_1__tr_3", "att_1__table_1__group_2", "att_1__table_2", "att_1__table_2__tr_3",
        "att_2__table_1__tr_3", "att_3__table_1", "att_3__table_1__tr_12",
    )} == {
        "att_1__table_1": "附件1表1",
        "att_1__table_1__tr_3": "附件1表1第3项",
        "att_1__table_1__group_2": "附件1表1第2组",
        "att_1__table_2": "附件1表2",
        "att_1__table_2__tr_3": "附件1表2第3行",
        "att_2__table_1__tr_3": "附件2第3行",
        "att_3__table_1": "附件3表",
        "att_3__table_1__tr_12": "附件3第12项",
    }  # fmt: skip


def test_a_table_is_named_where_its_rows_would_be_cited_as_measures(tables: Corpus) -> None:
    paths = clause_paths(tables.policies[1])
    assert (paths["subpara_3"], paths["table_1__tr_3"]) == ("第3项", "表第3项")


def test_rows_whose_numbers_repeat_are_cited_by_their_place() -> None:
    draft = Draft("jia-2024-1", "甲市办法")
    draft.table(
        draft.add("att_1", Kind.ATTACHMENT, "附件1", label="附件1"),
        1,
        [("1", "甲"), ("2", "乙"), ("1", "丙")],
    )
    policy = draft.policy()
    labels = {"att_1__table_1__tr_1": 1, "att_1__table_1__tr_2": 2, "att_1__table_1__tr_3": 1}
    clauses = [
        replace(one, label=str(labels[one.anchor]), number=labels[one.anchor])
        if one.anchor in labels
        else one
        for one in policy.clauses
    ]
    paths = clause_paths(replace(policy, clauses=tuple(clauses)))
    assert [paths[anchor] for anchor in labels] == ["附件1第1行", "附件1第2行", "附件1第3行"]


def test_a_number_printed_twice_is_cited_without_the_mark_of_its_anchor(tables: Corpus) -> None:
    """Such a clause is at fault and never published; what cites it must still come to its end."""
    text = "江州市办法\n一、某事\n——甲；\n——乙。\n序号\t事项\n1\t甲\n2\t乙\n"
    for policy in (*tables.policies, parse_policy(text)):
        twice = [replace(one, anchor=one.anchor.repeated(2), aliases=()) for one in policy.clauses]
        paths = clause_paths(replace(policy, clauses=(*policy.clauses, *twice)))
        assert not any("repeat" in path for path in paths.values())


def test_no_two_clauses_are_cited_alike(tables: Corpus) -> None:
    for policy in tables.policies:
        assert len(set(citations(policy).values())) == len(policy.clauses)


# ---- Data


def test_a_record_has_cells_where_the_clause_has(tables: Corpus, by_anchor: dict[str, Clause]) -> None:
    row = clause_record(by_anchor["att_1__table_1__tr_2"], tables)
    assert (row["kind"], row["label"], row["number"]) == ("row", "2", 2)
    assert row["cells"] == ["2", "免费为新开办企业刻制公章", "", "零成本", "2024年6月底前"]
    assert row["wording"] == "\t".join(row["cells"])
    assert row["parent"] == "att_1__table_1__group_1"
    table = clause_record(by_anchor["att_1__table_1"], tables)
    assert (table["kind"], table["cells"]) == ("table", ["序号", "任务", "牵头单位", "目标", "完成时限"])
    assert clause_record(by_anchor["att_1__table_1__group_1"], tables)["cells"] == ["一、开办企业"]
    assert "cells" not in clause_record(by_anchor["sec_1__para_1"], tables)


def test_the_inventory_has_the_rows_with_their_citations(table_site: Project) -> None:
    inventory = sphobjinv.Inventory(zlib=(table_site.site / "objects.inv").read_bytes())
    shown_as = {one.name: (one.uri_expanded, one.dispname_expanded) for one in inventory.objects}
    assert shown_as[f"{JIA}#att_2__table_1__tr_3"] == (
        f"policies/{JIA}.html#att_2__table_1__tr_3",
        "《甲市优化营商环境工作方案》附件2第3行",
    )
    anchors = json.loads((table_site.site / "data" / "anchors.json").read_text("utf-8"))
    assert {one["id"] for one in anchors} <= set(shown_as)


def test_linked_data_nests_rows_in_their_groups(table_site: Project) -> None:
    script = page_of(table_site, JIA).select_one('script[type="application/ld+json"]')
    assert script is not None
    things = json.loads(script.get_text())["hasPart"]
    path: list[str] = []
    while things:
        path.append(things[-1]["name"] if not path else things[0]["name"])
        things = things[-1].get("hasPart") if len(path) == 1 else things[0].get("hasPart")
    assert path == ["附件3", "附件3表", "附件3第1项"]


def test_the_lock_takes_tabs_as_they_are(tables: Corpus, tmp_path: Path) -> None:
    write_lock(tables, Lock({}, {}), tmp_path / NAME, tmp_path / WORDINGS)
    comparison = compare(tables, read_lock(tmp_path))
    assert comparison == type(comparison)((), (), (), ())


def test_opensearch_knows_cells_and_looks_for_no_phrase_over_two(tables: Corpus) -> None:
    definition = index_definition()
    assert "cells" in definition["mappings"]["properties"]
    rules = definition["settings"]["analysis"]["char_filter"]["folding"]["mappings"]
    assert not [rule for rule in rules if rule.startswith("\\u0009 ")]
    records = [json.loads(line) for line in list(bulk_lines(tables, "laws"))[1::2]]
    row = next(one for one in records if one["anchor"] == "att_1__table_2__tr_1")
    assert (row["cells"], row["path"]) == (["开户", "1,200.5", "85%"], "附件1表2第1行")


# ---- Search, likeness, links


def test_no_pair_of_characters_bridges_two_cells() -> None:
    text = searchable(Document(Draft("jia-2024-1", "甲市办法").policy(), clause_of("A局\t3个工作日\t"))).text
    assert text == "a局\n3个工作日\n"
    assert apart(clause_of("表1\n（一）\n甲\t乙", Kind.TABLE, ("甲", "乙"))) == ["表1\n（一）", "甲", "乙"]


def test_a_tab_in_a_paragraph_is_white_space() -> None:
    paragraph = replace(clause_of("1.\t为了促进"), kind=Kind.SUBPARAGRAPH)
    assert searchable(Document(Draft("jia-2024-1", "甲市办法").policy(), paragraph)).text == "1.为了促进\n"


def test_shared_passages_are_shown_with_cells_apart(tables: Corpus) -> None:
    likeness = Likeness(tables, NOTES)
    (pair,) = likeness.pairs
    texts = ["".join(piece.text for piece in one.first.pieces) for one in pair.passages]
    assert texts
    assert not [text for text in texts if "\t" in text]
    assert any("│" in text for text in texts)


def test_a_list_of_clauses_names_a_row_as_it_is_cited(table_site: Project) -> None:
    page = soup_of(table_site.site / "indicators" / "starting-business.html")
    names = {str(link["href"]): link.get_text() for link in page.select(".hits a")}
    assert names[f"../policies/{JIA}.html#att_1__table_1__tr_2"] == "附件1表1第2项"
    excerpts = [one.get_text() for one in page.select(".hits .excerpt")]
    assert "免费为新开办企业刻制公章 │ 零成本 │ 2024年6月底前" in excerpts


@pytest.mark.parametrize(
    ("missing", "expected"),
    [
        ("att_2__table_1__tr_9", "att_2__table_1__tr_3"),
        ("att_1__tr_3", "att_1__table_1__tr_3"),
        ("att_1__table_1__group_9", "att_1__table_1__group_2"),
        ("att_1__table_7", "att_1__table_2"),
    ],
)
def test_a_dead_link_to_a_row_is_led_to_the_nearest(
    by_anchor: dict[str, Clause], missing: str, expected: str
) -> None:
    assert Eid.read(missing)
    assert nearest_anchor(missing, by_anchor) == expected
