"""The built site of the repository's own sources, read as files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from copy import copy
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
from bs4 import Tag

from generator.anchors.lock import read_lock
from generator.model import Clause, Corpus, Policy
from generator.pipeline import load_corpus
from generator.settings import load_settings
from tests.support.corpora import SOURCES, Project, make_project
from tests.support.html import paragraphs_of, soup_of, wording_of

LINKING = {"a": "href", "link": "href", "script": "src", "img": "src", "source": "src"}
INDICATORS = 18


@cache
def pages_of(site: Path) -> list[Path]:
    """All HTML pages but the 404 page, whose links are absolute because it can be shown anywhere."""
    return sorted(path for path in site.rglob("*.html") if path.name != "404.html")


def links_of(page: Path) -> Iterator[str]:
    """Every address a page refers to."""
    for name, attribute in LINKING.items():
        for tag in soup_of(page).find_all(name):
            if tag.get("rel") == ["canonical"]:
                continue
            address = tag.get(attribute)
            if isinstance(address, str):
                yield address


def ids_of(page: Path) -> set[str]:
    """Every id on a page."""
    return {str(tag["id"]) for tag in soup_of(page).find_all(id=True)}


def squeeze(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def text_shown(tag: Tag) -> str:
    """What a reader sees of the text, corrections included; what is in .apparatus is the editor's."""
    return "".join(text for text in tag.strings if text.find_parent(class_="apparatus") is None)


def text_printed(tag: Tag) -> str:
    """The same with every corrected form given back its printed form."""
    tag = copy(tag)
    for correction in tag.select(".correction"):
        (form,) = correction.select(".apparatus > .printed")
        correction.replace_with(form.get_text())
    return tag.get_text()


def corrected(clause: Clause) -> str:
    """The wording with the declared corrections, each of which stands in it once."""
    text = clause.wording
    for one in clause.corrections:
        assert clause.wording.count(one.printed) == 1
        text = text.replace(one.printed, one.corrected)
    return text


def fold(wording: str) -> list[list[str]]:
    """Lines and cells as HTML shows them: white space inside is one space, around it none."""
    return [[" ".join(cell.split()) for cell in line.split("\t")] for line in wording.split("\n")]


def wrong_clauses(
    built: Project, corpus: Corpus, read: Callable[[Tag], str], wanted: Callable[[Clause], str]
) -> list[str]:
    """The clauses whose paragraphs in the HTML, read so, are not the lines wanted."""
    wrong: list[str] = []
    for policy in corpus.policies:
        soup = soup_of(built.site / policy.url)
        for clause in policy.clauses:
            target = soup.find(id=clause.anchor)
            shown = wording_of(target, read) if isinstance(target, Tag) else ""
            text = wanted(clause) if clause.cells else wanted(clause).replace("\t", " ")
            if fold(shown) != fold(text):
                wrong.append(clause.url)
    return wrong


def test_every_link_and_anchor_resolves(built: Project) -> None:
    broken: list[str] = []
    for page in pages_of(built.site):
        for address in links_of(page):
            parts = urlsplit(address)
            if parts.scheme in ("mailto", "data"):
                continue
            if parts.scheme or parts.netloc:
                broken.append(f"{page.name}: {address} leads to another host")
                continue
            target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
            if not target.is_file():
                broken.append(f"{page.name}: {address} is no file")
            elif (
                parts.fragment and target.suffix == ".html" and unquote(parts.fragment) not in ids_of(target)
            ):
                broken.append(f"{page.name}: {address} is no anchor")
    assert not broken


def test_nothing_names_another_host(built: Project) -> None:
    """No page, style or script of ours or of the theme loads anything from elsewhere."""
    loading = re.compile(r"""(?:url\(|@import\s*|src=|fetch\()\s*["']?(?:https?:)?//[\w.-]+""")
    for path in built.site.rglob("*"):
        if path.suffix in (".html", ".css"):
            assert not loading.search(path.read_text("utf-8")), path


def test_every_clause_is_at_its_anchor_word_for_word_with_its_corrections(
    built: Project, corpus: Corpus
) -> None:
    assert not wrong_clauses(built, corpus, text_shown, corrected)


def test_every_corrected_form_undone_gives_the_wording(built: Project, corpus: Corpus) -> None:
    assert not wrong_clauses(built, corpus, text_printed, lambda clause: clause.wording)


def test_every_alias_is_in_its_clause(built: Project, corpus: Corpus) -> None:
    wrong: list[str] = []
    for policy in corpus.policies:
        soup = soup_of(built.site / policy.url)
        for clause in policy.clauses:
            for alias in clause.aliases:
                at = soup.find(id=alias)
                if not isinstance(at, Tag) or at.find_parent(id=clause.anchor) is None:
                    wrong.append(f"{policy.url}#{alias}")
    assert not wrong


def test_every_correction_is_listed_with_its_reason_at_the_head_of_the_page(
    built: Project, corpus: Corpus
) -> None:
    assert any(clause.corrections for policy in corpus.policies for clause in policy.clauses)
    for policy in corpus.policies:
        soup = soup_of(built.site / policy.url)
        entries = soup.select("#corrections li")
        wanted = [(clause, one) for clause in policy.clauses for one in clause.corrections]
        assert len(entries) == len(wanted), policy.id
        for entry, (clause, one) in zip(entries, wanted, strict=True):
            assert [link["href"] for link in entry.select("a")] == [f"#{clause.anchor}"]
            assert entry.select(".printed")[0].get_text() == one.printed
            assert entry.select(".corrected")[0].get_text() == one.corrected
            assert entry.get_text().endswith(one.reason)
        links = [link["href"] for link in soup.select("article .correction")]
        assert links == [f"#{entry['id']}" for entry in entries]


def test_the_whole_text_is_on_the_page_in_the_order_of_the_print(built: Project, corpus: Corpus) -> None:
    for policy in corpus.policies:
        article = soup_of(built.site / policy.url).find("article")
        assert isinstance(article, Tag)
        shown = squeeze("".join(map(text_printed, article.select(".front, .clause, .more, .back"))))
        assert shown == squeeze("".join(_printed(policy))), policy.id


def _printed(policy: Policy) -> Iterator[str]:
    blocks: list[tuple[int, str]] = [
        (matter.place.first_line, matter.text) for matter in policy.front + policy.back
    ]
    blocks += [(clause.place.first_line, clause.wording) for clause in policy.clauses]
    yield from (text for _, text in sorted(blocks, key=lambda block: block[0]))


def test_page_data_and_lock_have_the_same_anchors(built: Project, corpus: Corpus) -> None:
    clauses: list[Clause] = [clause for policy in corpus.policies for clause in policy.clauses]
    wanted = {
        f"{clause.policy}#{anchor}" for clause in clauses for anchor in (clause.anchor, *clause.aliases)
    }
    records = built.records()
    in_data = {f"{one['policy']}#{anchor}" for one in records for anchor in (one["anchor"], *one["aliases"])}
    on_page = {
        f"{policy.id}#{tag['id']}"
        for policy in corpus.policies
        for tag in soup_of(built.site / policy.url).select("article .clause[id], article .clause span[id]")
    }
    assert in_data == wanted
    assert on_page == wanted
    assert set(read_lock(SOURCES).entries) == wanted


def test_metadata_is_what_the_texts_print(built: Project) -> None:
    policies = {
        one["id"]: one for one in json.loads((built.site / "data" / "policies.json").read_text("utf-8"))
    }
    assert len(policies) == 22
    yingkou = policies["yingkou-2020-14"]
    assert yingkou["title"] == "营口市营商环境优化行动方案"
    assert yingkou["issuer"] == "营口市人民政府办公室"
    assert yingkou["document_number"] == "营政办发〔2020〕14号"
    assert yingkou["issued"] == "2020-05-26"
    assert yingkou["effective"] is None
    assert policies["fuyuan-2020-measures"]["status"] == "讨论稿"
    assert policies["guizhou-2022-business-environment"]["effective"] == "2022-01-01"
    assert any("滁州" in note for note in policies["chuzhou-2022-business-environment"]["notes"])
    assert policies["harbin-undated-66"]["issued"] is None
    assert set(yingkou) == {
        "id", "title", "issuer", "jurisdiction", "document_number", "issued", "effective", "status", "genre",
        "source", "original", "unchecked", "url", "clauses", "notes", "validity", "repeals", "history", "read_from",
    }  # fmt: skip


def test_clause_records_have_every_key(built: Project) -> None:
    keys = {
        "policy", "anchor", "url", "kind", "label", "number", "level", "parent", "title", "wording", "sha256", "source",
        "aliases", "corrections", "indicators", "responsibility", "due", "commitments", "guidance", "references",
    }  # fmt: skip
    for record in built.records():
        assert set(record) - {"cells"} == keys
        assert ("cells" in record) == (record["kind"] in ("table", "group", "row"))
        assert set(record["source"]) == {"file", "first_line", "last_line"}
        assert set(record["responsibility"]) == {"lead", "responsible", "supporting"}
        assert all(set(one) == {"id", "role", "evidence"} and one["evidence"] for one in record["indicators"])
        for one in record["corrections"]:
            assert set(one) == {"find", "replace", "reason"}
            assert record["wording"].count(one["find"]) == 1


def test_what_is_not_printed_is_shown_so(built: Project) -> None:
    text = soup_of(built.site / "policies" / "harbin-undated-66.html").get_text()
    assert "未载明" in text


def test_the_reader_is_told_that_a_title_is_at_odds_with_its_text(built: Project) -> None:
    notes = soup_of(built.site / "policies" / "chuzhou-2022-business-environment.html").select(
        "article .note"
    )
    assert any("滁州" in note.get_text() for note in notes)


def test_the_cover_of_the_compilation_is_not_published(built: Project) -> None:
    pages = "".join(path.read_text("utf-8") for path in (built.site / "policies").glob("*.html"))
    assert "yingshangzhiku@163.com" not in pages


def test_a_policy_of_a_compilation_names_its_editor(built: Project) -> None:
    sources = {
        name: soup_of(built.site / "policies" / f"{name}.html").select_one(".source dd")
        for name in ("national-2021-pilot", "yingkou-2020-14")
    }
    compiled, alone = (source.get_text() if source else "" for source in sources.values())
    assert "weekly-compilation-11-22.txt（营商智库编）" in compiled
    assert "编）" not in alone


def test_every_indicator_has_a_page_that_lists_its_clauses(built: Project) -> None:
    listed = {
        (page.stem, str(link["href"]).removeprefix("../"))
        for page in (built.site / "indicators").glob("*.html")
        for link in soup_of(page).select(".hits a")
    }
    wanted = {(one["id"], record["url"]) for record in built.records() for one in record["indicators"]}
    assert listed == wanted
    assert len({indicator for indicator, _ in wanted}) == INDICATORS


def test_indicator_pages_name_place_year_and_evidence(built: Project) -> None:
    page = soup_of(built.site / "indicators" / "getting-electricity.html")
    heading = page.find(id="yingkou-2020-14")
    assert isinstance(heading, Tag)
    following = heading.find_next_siblings()[:2]
    assert "营口市" in following[0].get_text()
    assert "2020 年" in following[0].get_text()
    assert all(item.select(".evidence") for item in following[1].find_all("li"))


def test_data_files_are_linked_from_a_page(built: Project) -> None:
    links = set(links_of(built.site / "data.html"))
    assert {"data/policies.json", "data/clauses.jsonl", "data/fidelity.json"} <= links


def test_fidelity_is_published(built: Project) -> None:
    accounts = json.loads((built.site / "data" / "fidelity.json").read_text("utf-8"))
    assert len(accounts) == 5
    for account in accounts:
        removed = sum(reason["characters"] for reason in account["removed"])
        assert account["unaccounted"] == 0
        assert account["clauses"] + account["front"] + account["back"] + removed == account["characters"]
        assert all(item["text"] for reason in account["removed"] for item in reason["items"])


def test_the_sitemap_has_every_page(built: Project) -> None:
    tree = ElementTree.parse(built.site / "sitemap.xml")
    listed = {
        urlsplit(element.text or "").path.lstrip("/") or "index.html"
        for element in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")
    }
    pages = {path.relative_to(built.site).as_posix() for path in pages_of(built.site)}
    assert listed == pages


def test_pages_are_tagged_as_simplified_chinese(built: Project) -> None:
    for page in pages_of(built.site):
        html = soup_of(page).html
        assert html is not None
        assert html.get("lang") == "zh-Hans", page


def test_the_same_sources_give_the_same_bytes(built: Project, tmp_path: Path) -> None:
    again = make_project(tmp_path / "again")
    assert again.run("site").exit_code == 0
    (one,) = (built.folder / "dist").iterdir()
    (other,) = (again.folder / "dist").iterdir()
    assert one.read_bytes() == other.read_bytes()


def test_a_style_of_ones_own_that_is_not_there_stops_the_build_and_is_named(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    config = project.folder / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + "\nextra_css: [assets/own.css]\n", "utf-8")
    result = project.run("site")
    assert result.exit_code == 1
    assert "assets/own.css" in result.output
    assert not project.site.exists()


@pytest.mark.parametrize(
    ("url", "placeholder"),
    [
        ("https://policies.example.org/", True),
        ("http://example.com", True),
        ("https://zc.test/a/", True),
        ("https://www.yingkou.gov.cn/zc/", False),
        ("https://example.gov.cn/", False),
        ("", False),
    ],
)
def test_an_address_that_is_nobodys_is_known(tmp_path: Path, url: str, placeholder: bool) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text(f"site_url: '{url}'\n", "utf-8")
    assert load_settings(config).placeholder is placeholder


def test_who_publishes_stands_at_the_foot_of_every_page_as_text(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    config = project.folder / "mkdocs.yml"
    text = config.read_text("utf-8").replace("extra:\n", "extra:\n  publisher: 主办：<b>某局</b>\n")
    config.write_text(text.replace("https://policies.example.org/", "https://zc.gov.cn/"), "utf-8")
    result = project.run("site")
    assert result.exit_code == 0
    assert "site_url" not in result.output
    for name in ("index.html", "policies/yingkou-2020-14.html", "404.html"):
        (publisher,) = soup_of(project.site / name).select("footer .publisher")
        assert publisher.get_text() == "主办：<b>某局</b>"


def test_a_hostile_source_stays_text(tmp_path: Path) -> None:
    hostile = '</script><script>alert(1)</script> **粗** [链](javascript:x) `码` --8<-- "index.md" {{ x }} \u2028 { #sec_9 }'
    project = make_project(tmp_path / "project", with_sources=False)
    (project.sources / "bad.txt").write_text(
        f"某措施\n一、开办企业{hostile}\n1.{hostile}。{hostile}\n", "utf-8"
    )
    (project.sources / "bad.yml").write_text(
        "policies:\n  - id: city-2020-1\n    notes: ['<img src=x> *注*']\n", "utf-8"
    )
    result = project.run("site")
    assert result.exit_code == 0, result.output
    corpus, _ = load_corpus(project.sources)
    soup = soup_of(project.site / "policies" / "city-2020-1.html")
    article = soup.find("article")
    assert isinstance(article, Tag)
    assert not article.find_all(["script", "img", "em"])
    assert not article.select(".clause code, .clause a, .note *")
    for clause in corpus.policies[0].clauses:
        target = soup.find(id=clause.anchor)
        assert isinstance(target, Tag)
        assert squeeze("".join(map(text_shown, paragraphs_of(target)))) == squeeze(clause.wording)
    scripts = [path.read_text("utf-8") for path in (project.site / "search").rglob("*.js")]
    assert scripts
    assert not [script for script in scripts if "</script" in script or "\u2028" in script]
