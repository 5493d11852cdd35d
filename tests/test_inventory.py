"""The inventories, used as their readers use them: real Sphinx, MyST and MkDocs documents that link to clauses."""

from __future__ import annotations

import io
import json
import posixpath
import re
import subprocess
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sphobjinv  # type: ignore[import-untyped]
import yaml
from bs4 import Tag
from sphinx.util.inventory import InventoryFile

from generator import __version__
from generator.anchors.lock import read_lock, wording_hash
from generator.model import Corpus, Kind
from generator.pipeline import load_corpus
from generator.publishing.data.inventory import anchors_json, objects_inv
from generator.publishing.webpage import WebPage
from generator.settings import load_settings
from tests.support.corpora import ROOT, SOURCES, Project, make_project
from tests.support.documents import (
    LINK_PAGE,
    PLACEHOLDER,
    build_mkdocs,
    build_sphinx,
    copied,
    links_in,
)
from tests.support.html import soup_of
from tests.support.words import WORDS

YINGKOU, GUIZHOU = "yingkou-2020-14", "guizhou-2022-business-environment"
YINGKOU_CITED = "《营口市营商环境优化行动方案》（营政办发〔2020〕14号）"
GUIZHOU_CITED = "贵州省《优化营商环境条例》"

# What the lines of docs/link.md lead to, and the text that is shown where they give none.
COPIED = [
    (f"policies/{YINGKOU}.html#subpara_2", f"{YINGKOU_CITED}第2项"),
    (f"policies/{GUIZHOU}.html#art_15__para_2", "第十五条第二款"),
    (f"policies/{GUIZHOU}.html#art_77__para_1__point_3", f"{GUIZHOU_CITED}第七十七条第（三）项"),
    (f"policies/{YINGKOU}.html", YINGKOU_CITED),
    ("indicators/starting-business.html", "开办企业"),
    ("policies/index.html", "政策"),
]

# Names that were promised once, declared in the sidecar of the fixture `published`: where they lead now.
MOVES = {
    f"{YINGKOU}#subpara_900": (f"policies/{YINGKOU}.html#subpara_2", f"{YINGKOU_CITED}第2项"),
    f"{YINGKOU}#subpara_901": (
        f"policies/{GUIZHOU}.html#art_15__para_2",
        f"{GUIZHOU_CITED}第十五条第二款",
    ),
    f"{YINGKOU}#subpara_902": (f"policies/{YINGKOU}.html", f"{YINGKOU_CITED}（条文已删除）"),
    f"{YINGKOU}#subpara_903": (f"policies/{GUIZHOU}.html", GUIZHOU_CITED),
    "yingkou-2020-draft": (f"policies/{YINGKOU}.html", YINGKOU_CITED),
    "yingkou-2020-draft#subpara_2": (f"policies/{YINGKOU}.html#subpara_2", f"{YINGKOU_CITED}第2项"),
    "yingkou-2020-draft#subpara_900": (f"policies/{YINGKOU}.html#subpara_2", f"{YINGKOU_CITED}第2项"),
    f"{GUIZHOU}#art_15__para_1": (
        f"policies/{GUIZHOU}.html#art_15__para_1",
        f"{GUIZHOU_CITED}第十五条第一款",
    ),
    f"{GUIZHOU}#art_1__para_1": (f"policies/{GUIZHOU}.html#art_1__para_1", f"{GUIZHOU_CITED}第一条"),
}


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The repository's site with a policy that had another id and from which anchors moved."""
    project = make_project(tmp_path_factory.mktemp("published") / "project")
    sidecar = project.sources / "yingkou-2020.yml"
    declared = yaml.safe_load(sidecar.read_text("utf-8"))
    declared["policies"][0] |= {
        "former_ids": ["yingkou-2020-draft"],
        "moved": [
            {"from": "subpara_900", "to": "subpara_2"},
            {"from": "subpara_901", "to": f"{GUIZHOU}#art_15__para_2"},
            {"from": "subpara_902", "to": None},
            {"from": "subpara_903", "to": f"{GUIZHOU}#"},
        ],
    }
    sidecar.write_text(yaml.safe_dump(declared, allow_unicode=True), "utf-8")
    result = project.run("site")
    assert result.exit_code == 0, result.output
    return project


@pytest.fixture(scope="module")
def address(published: Project, serve_folder: Callable[[Path], str]) -> str:
    """Where that site is served."""
    return serve_folder(published.site) + "/"


def at(address: str, expected: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(address + url, text) for url, text in expected]


def succeeded(result: subprocess.CompletedProcess[str]) -> bool:
    assert result.returncode == 0, result.stdout + result.stderr
    return True


def test_a_sphinx_document_made_of_the_lines_of_the_page(address: str, tmp_path: Path) -> None:
    moves = "".join(f"- :external+policies:std:ref:`{name}`\n" for name in MOVES)
    text = f"报告\n====\n\n{copied('sphinx-lines')}\n{moves}"
    assert succeeded(build_sphinx(tmp_path, copied("sphinx-conf", address), {"index.rst": text}))
    assert links_in(tmp_path / "html" / "index.html") == at(address, [*COPIED, *MOVES.values()])


def test_a_myst_document_made_of_the_lines_of_the_page(address: str, tmp_path: Path) -> None:
    moves = "".join(f"- <inv:policies#{name}>\n" for name in MOVES)
    text = f"# 报告\n\n{copied('myst-lines')}\n{moves}"
    assert succeeded(build_sphinx(tmp_path, copied("myst-conf", address), {"index.md": text}))
    assert links_in(tmp_path / "html" / "index.html") == at(address, [*COPIED, *MOVES.values()])


def test_a_mkdocs_document_made_of_the_lines_of_the_page(address: str, tmp_path: Path) -> None:
    moves = "".join(f"- [旧][{name}]\n" for name in MOVES)
    text = f"# 报告\n\n{copied('mkdocs-lines')}\n{moves}"
    assert succeeded(build_mkdocs(tmp_path, copied("mkdocs-conf", address), {"index.md": text}))
    urls = [url for url, _ in links_in(tmp_path / "html" / "index.html")]
    pages = [url for url, _ in COPIED if url != "policies/index.html"]
    assert urls == [address + url for url in (*pages, *(url for url, _ in MOVES.values()))]


def test_sphinx_with_the_inventory_of_the_offline_bundle(published: Project, tmp_path: Path) -> None:
    (archive,) = (published.folder / "dist").glob("*.zip")
    with zipfile.ZipFile(archive) as bundle:
        inventory = bundle.read(f"{archive.stem}/objects.inv")
    source = tmp_path / "source"
    source.mkdir()
    (source / "objects.inv").write_bytes(inventory)
    conf = copied("sphinx-conf") + copied("sphinx-offline")
    text = f"报告\n====\n\n{copied('sphinx-lines')}"
    assert succeeded(build_sphinx(tmp_path, conf, {"index.rst": text}))
    site_url = load_settings(ROOT / "mkdocs.yml").site_url
    assert links_in(tmp_path / "html" / "index.html") == at(site_url, COPIED)


def test_mkdocs_with_an_inventory_from_a_file(published: Project, tmp_path: Path) -> None:
    head, _, _ = copied("mkdocs-conf").partition("          inventories:\n")
    offline = copied("mkdocs-offline").replace(
        "file:///D:/报告/objects.inv", (published.site / "objects.inv").as_uri()
    )
    text = f"# 报告\n\n{copied('mkdocs-lines')}"
    assert succeeded(build_mkdocs(tmp_path, head + offline, {"index.md": text}))
    site_url = load_settings(ROOT / "mkdocs.yml").site_url
    urls = [url for url, _ in links_in(tmp_path / "html" / "index.html")]
    assert urls == [site_url + url for url, _ in COPIED if url != "policies/index.html"]


def test_a_wrong_name_stops_a_document_from_being_built(address: str, tmp_path: Path) -> None:
    wrong = f"{YINGKOU}#subpara_9999"
    rst = f"报告\n====\n\n:external+policies:std:ref:`{wrong}`\n"
    results = [
        build_sphinx(tmp_path / "rst", copied("sphinx-conf", address), {"index.rst": rst}),
        build_sphinx(
            tmp_path / "myst",
            copied("myst-conf", address),
            {"index.md": f"# 报告\n\n<inv:policies#{wrong}>\n"},
        ),
        build_mkdocs(
            tmp_path / "mkdocs", copied("mkdocs-conf", address), {"index.md": f"# 报告\n\n[旧][{wrong}]\n"}
        ),
    ]
    for result in results:
        assert result.returncode != 0
        assert wrong in result.stdout + result.stderr


def test_every_address_on_the_page_about_links_leads_to_a_clause_or_page(built: Project) -> None:
    # What follows shows a report of links that lead nowhere.
    linking, _, _ = LINK_PAGE.read_text("utf-8").partition("{ #check }")
    addresses = set(re.findall(rf"{PLACEHOLDER}([\w./-]+(?:#[\w-]+)?)", linking))
    assert copied("word-address").strip().removeprefix(PLACEHOLDER) in addresses
    for one in addresses:
        path, _, anchor = one.partition("#")
        page = built.site / path
        assert page.is_file(), one
        assert not anchor or soup_of(page).find(id=anchor), one


def test_what_the_page_about_links_says_is_shown_is_what_is_shown(built: Project) -> None:
    rows = re.findall(r"^\| .*?`([\w#-]+)` \| (.+?) \|$", LINK_PAGE.read_text("utf-8"), re.MULTILINE)
    labels = labels_of(built)
    told = {name: shown for name, shown in rows if name in labels}
    assert len(told) == 3
    assert told == {name: labels[name][1] for name in told}


# The anchors, by every way to them.

# Element names of the Akoma Ntoso Naming Convention 1.0 (OASIS Standard, 21 February 2019): abbreviated where its
# table abbreviates, else in full. Only those that CONTRACT.md, Anchors uses.
ELEMENTS = {
    Kind.PART: "part",
    Kind.CHAPTER: "chp",
    Kind.SECTION: "sec",
    Kind.ARTICLE: "art",
    Kind.PARAGRAPH: "para",
    Kind.SUBPARAGRAPH: "subpara",
    Kind.POINT: "point",
    Kind.INDENT: "indent",
    Kind.ITEM: "item",
    Kind.ALINEA: "al",
    Kind.ATTACHMENT: "att",
}
# eId = [prefix "__"] element ["_" number]; what is punctuation in a number is a hyphen. `cover` has no number.
STEP = rf"(?:{'|'.join(ELEMENTS.values())})_[1-9][0-9]*(?:-[1-9][0-9]*)?"
EID = re.compile(rf"(?:cover|(?:cover__)?{STEP}(?:__{STEP})*)")


def anchors_json_of(project: Project) -> list[dict[str, Any]]:
    records: list[dict[str, Any]] = json.loads((project.site / "data" / "anchors.json").read_text("utf-8"))
    return records


def labels_of(project: Project) -> dict[str, tuple[str, str]]:
    """Address and text of every label of objects.inv, as Sphinx reads it."""
    content = io.BytesIO((project.site / "objects.inv").read_bytes())
    labels = InventoryFile.load(content, "", posixpath.join)["std:label"]
    return {name: (item.uri, item.display_name) for name, item in labels.items()}


def test_page_data_lock_and_inventories_have_the_same_anchors(built: Project, corpus: Corpus) -> None:
    data = [
        f"{one['policy']}#{anchor}" for one in built.records() for anchor in (one["anchor"], *one["aliases"])
    ]
    record_ids = [one["id"] for one in anchors_json_of(built)]
    labels = [
        label.name for label in sphobjinv.Inventory(built.site / "objects.inv").objects if "#" in label.name
    ]
    locked = list(read_lock(SOURCES).entries)
    for policy in corpus.policies:
        article = soup_of(built.site / policy.url).find("article")
        assert isinstance(article, Tag)
        ids = [str(tag["id"]) for tag in article.find_all(id=True)]
        on_page = [f"{policy.id}#{one}" for one in ids if EID.fullmatch(one)]
        assert on_page
        assert max(Counter(on_page).values()) == 1
        for others in (data, record_ids, labels, locked):
            own = [name for name in others if name.startswith(f"{policy.id}#")]
            assert sorted(own) == sorted(on_page), policy.id
    known = len(data)
    assert len(record_ids) == len(labels) == len(locked) == known


def test_every_anchor_is_an_eid_of_the_naming_convention(corpus: Corpus) -> None:
    for policy in corpus.policies:
        anchors = {anchor for clause in policy.clauses for anchor in (clause.anchor, *clause.aliases)}
        for anchor in anchors:
            assert EID.fullmatch(anchor), anchor
            prefix = anchor.rpartition("__")[0]
            assert prefix in (*anchors, "", "cover"), anchor
        for clause in policy.clauses:
            if clause.kind is not Kind.COVER:
                assert clause.anchor.rpartition("__")[2].partition("_")[0] == ELEMENTS[clause.kind]


def test_every_label_leads_to_an_id_on_its_page(published: Project) -> None:
    ids = {
        page.relative_to(published.site).as_posix(): {
            str(tag["id"]) for tag in soup_of(page).find_all(id=True)
        }
        for page in published.site.rglob("*.html")
    }
    for name, (uri, shown) in labels_of(published).items():
        path, _, anchor = uri.partition("#")
        assert path in ids, name
        assert not anchor or anchor in ids[path], name
        assert shown, name


def test_the_alias_of_a_heading_is_on_the_page_and_not_in_the_contents(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project", with_sources=False)
    text = (ROOT / "tests" / "family" / "measures_titled_articles.txt").read_text("utf-8")
    (project.sources / "a.txt").write_text(text, "utf-8")
    (project.sources / "a.yml").write_text("policies:\n  - id: city-2020-1\n", "utf-8")
    result = project.run("site")
    assert result.exit_code == 0, result.output
    page = soup_of(project.site / "policies" / "city-2020-1.html")
    headings = [(one, alias) for one in page.select("article h3[id^=art_]") for alias in one.select("[id]")]
    assert [(one["id"], alias["id"]) for one, alias in headings] == [("art_4", "art_4__para_1")]
    (entry,) = page.select('.policy-contents a[href="#art_4"]')
    assert "".join(entry.get_text().split()) == "".join(headings[0][0].get_text().split())
    assert not page.select('.policy-contents a[href="#art_4__para_1"], .policy-contents [id]')
    labels = {name.partition("#")[2] for name in labels_of(project) if "#" in name}
    assert labels == {str(tag["id"]) for tag in page.find_all(id=EID)}


def test_every_page_is_a_document_of_the_inventory(built: Project) -> None:
    content = io.BytesIO((built.site / "objects.inv").read_bytes())
    documents = InventoryFile.load(content, "", posixpath.join)["std:doc"]
    pages = {path.relative_to(built.site).as_posix() for path in built.site.rglob("*.html")}
    assert {item.uri for item in documents.values()} == pages - {"404.html"}
    assert documents["about"].display_name == "关于本站"
    assert documents[f"policies/{YINGKOU}"].display_name == "营口市营商环境优化行动方案"


def test_records_say_where_an_anchor_leads_and_why(published: Project) -> None:
    records = {one["id"]: one for one in anchors_json_of(published)}
    here = records[f"{YINGKOU}#subpara_2"]
    assert here == {
        "id": f"{YINGKOU}#subpara_2",
        "url": f"policies/{YINGKOU}.html#subpara_2",
        "label": "2.",
        "citation": f"{YINGKOU_CITED}第2项",
        "sha256": here["sha256"],
    }
    alias = records[f"{GUIZHOU}#art_15__para_1"]
    assert alias["alias_of"] == f"{GUIZHOU}#art_15"
    assert alias["url"] == f"policies/{GUIZHOU}.html#art_15__para_1"
    moved = records[f"{YINGKOU}#subpara_900"]
    assert moved == here | {"id": f"{YINGKOU}#subpara_900", "moved_to": f"{YINGKOU}#subpara_2"}
    away = records[f"{YINGKOU}#subpara_901"]
    assert away["moved_to"] == f"{GUIZHOU}#art_15__para_2"
    assert away["url"] == f"policies/{GUIZHOU}.html#art_15__para_2"
    whole = records[f"{YINGKOU}#subpara_903"]
    assert (whole["moved_to"], whole["url"], whole["label"]) == (GUIZHOU, f"policies/{GUIZHOU}.html", None)
    deleted = records[f"{YINGKOU}#subpara_902"]
    assert (deleted["moved_to"], deleted["label"], deleted["sha256"]) == (None, None, None)
    former = records["yingkou-2020-draft#subpara_2"]
    assert former == here | {"id": "yingkou-2020-draft#subpara_2", "moved_to": f"{YINGKOU}#subpara_2"}


def test_records_come_in_the_order_of_the_text_with_the_hash_of_the_wording(
    built: Project, corpus: Corpus
) -> None:
    records = anchors_json_of(built)
    main = [(one["id"], one["sha256"]) for one in records if "alias_of" not in one]
    assert main == [
        (f"{clause.policy}#{clause.anchor}", wording_hash(clause))
        for policy in corpus.policies
        for clause in policy.clauses
    ]


def small_corpus(folder: Path, text: str, title: str) -> Corpus:
    folder.mkdir()
    (folder / "a.txt").write_text(text, "utf-8")
    sidecar = {"policies": [{"id": "city-2020-1", "title": title}]}
    (folder / "a.yml").write_text(yaml.safe_dump(sidecar), "utf-8")
    corpus, problems = load_corpus(folder)
    assert not problems
    return corpus


def test_the_inventory_is_the_same_for_the_same_texts_and_another_for_others(tmp_path: Path) -> None:
    taxonomy = WORDS.taxonomy
    text = "一、开办企业\n网上办理。\n"
    one, same, other = (
        objects_inv(small_corpus(tmp_path / name, wording, "某市措施"), taxonomy, [], "政策库")
        for name, wording in (("1", text), ("2", text), ("3", text.replace("网上", "窗口")))
    )
    assert one == same
    versions = [sphobjinv.Inventory(zlib=content).version for content in (one, other)]
    assert versions[0] != versions[1]
    assert all(version.startswith(f"{__version__}+") for version in versions)
    assert sphobjinv.Inventory(zlib=one).project == "政策库"


def test_names_of_any_length_and_with_any_character_stay_one_entry(tmp_path: Path) -> None:
    title = "某市\u2028措\u2029施 $ - std:label 1 x # " + "很长的标题" * 1000
    corpus = small_corpus(tmp_path / "sources", "一、开办企业\n网上办理。\n", title)
    pages = [WebPage("a.html", "坏\u2028题\n目", None), WebPage("b.html", " ", None)]
    content = objects_inv(corpus, WORDS.taxonomy, pages, "站\n名")
    read = InventoryFile.load(io.BytesIO(content), "", posixpath.join)
    assert set(read["std:label"]) == {one.id for one in WORDS.taxonomy.indicators} | {
        "city-2020-1",
        "city-2020-1#sec_1",
    }
    cited = read["std:label"]["city-2020-1#sec_1"]
    assert cited.uri == "policies/city-2020-1.html#sec_1"
    assert cited.display_name == f"《{' '.join(title.split())}》第一部分"
    assert cited.project_name == "站 名"
    assert {name: item.display_name for name, item in read["std:doc"].items()} == {
        "a": "坏 题 目",
        "b": "-",
    }  # as its name
    assert json.loads(anchors_json(corpus))[0]["citation"].endswith("》第一部分")
