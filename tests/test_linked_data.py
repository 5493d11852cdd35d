"""What every page says of itself in its head: one address, a description, and JSON-LD in the words of schema.org."""

from __future__ import annotations

import json
import posixpath
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
import yaml

from generator.model import Corpus
from generator.pipeline import load_corpus
from generator.publishing.data.linked_data import LinkedData, Site
from generator.settings import load_settings
from generator.views.corpus import Views
from generator.views.descriptions import LONGEST
from tests.support.corpora import ROOT, Project, make_project
from tests.support.html import soup_of
from tests.support.schema_org import properties
from tests.support.words import WORDS

SITE_URL = load_settings(ROOT / "mkdocs.yml").site_url
SCHEMA = json.loads((ROOT / "tests" / "support" / "legislation.schema.json").read_text("utf-8"))
HOSTILE = "</script><script>alert(1)</script>\"'\\ <!-- &amp; &lt;b&gt; <b> \u2028\u2029 {{ x }} {% endraw %} --> $ 标题"

Thing = dict[str, Any]


@cache
def pages_of(project: Project) -> dict[str, Path]:
    """Every HTML page but the 404 page, by its address within the site."""
    pages = {path.relative_to(project.site).as_posix(): path for path in project.site.rglob("*.html")}
    del pages["404.html"]
    return dict(sorted(pages.items()))


def structured(page: Path) -> Thing:
    """The JSON-LD of a page, of which there is exactly one."""
    (script,) = soup_of(page).select('script[type="application/ld+json"]')
    thing: Thing = json.loads(script.get_text())
    return thing


def description_of(page: Path) -> str:
    (tag,) = soup_of(page).select('meta[name="description"]')
    return str(tag["content"])


def things_in(value: object) -> Iterator[Thing]:
    """A thing and every thing inside it."""
    if isinstance(value, dict):
        yield value
        for inner in value.values():
            yield from things_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from things_in(inner)


def parts_of(thing: Thing) -> Iterator[Thing]:
    """The parts of a thing at every depth, in their order."""
    for part in thing.get("hasPart", []):
        yield part
        yield from parts_of(part)


def test_every_page_has_one_canonical_address_and_the_sitemap_has_them_all(built: Project) -> None:
    canonical: set[str] = set()
    for url, page in pages_of(built).items():
        (link,) = soup_of(page).select('link[rel="canonical"]')
        assert link["href"] == SITE_URL + url
        canonical.add(str(link["href"]))
    tree = ElementTree.parse(built.site / "sitemap.xml")
    listed = [element.text for element in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]
    assert sorted(map(str, listed)) == sorted(canonical)


def test_every_page_has_a_description_of_its_own(built: Project) -> None:
    told = {url: description_of(page) for url, page in pages_of(built).items()}
    assert all(text.strip() and len(text) <= LONGEST for text in told.values())
    assert [text for text, count in Counter(told.values()).items() if count > 1] == []


def test_descriptions_have_the_facts(built: Project) -> None:
    pages = pages_of(built)
    assert description_of(pages["policies/yingkou-2020-14.html"]) == (
        "营口市营商环境优化行动方案，发布机关：营口市人民政府办公室，文号：营政办发〔2020〕14号，状态：正式；"
        "原文 108 条条文，逐条设固定地址。"
    )
    assert "文号：未载明，状态：未载明" in description_of(pages["policies/harbin-undated-66.html"])
    records = built.records()
    for indicator in WORDS.taxonomy.indicators:
        clauses = [one for one in records if indicator.id in [mark["id"] for mark in one["indicators"]]]
        policies = {one["policy"] for one in clauses}
        told = description_of(pages[f"indicators/{indicator.id}.html"])
        assert told.startswith(f"{indicator.name}：")
        assert f"{len(policies)} 份政策的 {len(clauses)} 条条文" in told


def test_every_page_says_what_it_is(built: Project) -> None:
    kinds = {"index.html": "WebSite", "data.html": "Dataset"}
    for url, page in pages_of(built).items():
        thing = structured(page)
        folder = posixpath.dirname(url)
        expected = kinds.get(url, "WebPage")
        if folder in ("indicators", "b-ready"):
            expected = "CollectionPage"
        if folder == "policies":
            expected = "CollectionPage" if url == "policies/index.html" else "Legislation"
        assert thing["@type"] == expected, url
        assert thing["@context"] == "https://schema.org"
        assert thing["url"] == thing["@id"] == SITE_URL + url
        assert thing["name"].strip()
        assert thing["description"] == description_of(page)


def test_the_404_page_describes_nothing(built: Project) -> None:
    soup = soup_of(built.site / "404.html")
    assert not soup.select('script[type="application/ld+json"], link[rel="canonical"]')


def test_only_words_of_schema_org_are_spoken_and_nothing_is_left_empty(built: Project) -> None:
    for url, page in pages_of(built).items():
        for thing in things_in(structured(page)):
            known = properties(thing["@type"])
            spoken = {name for name in thing if not name.startswith("@")}
            assert spoken <= known, (url, spoken - known)
            assert not [name for name, value in thing.items() if value in (None, "", [], {})], url


def test_every_policy_is_legislation_with_all_its_clauses(built: Project, corpus: Corpus) -> None:
    validator = jsonschema.Draft202012Validator(
        SCHEMA, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
    )
    for policy in corpus.policies:
        page = built.site / policy.url
        thing = structured(page)
        validator.validate(thing)
        parts = list(parts_of(thing))
        assert [part["url"] for part in parts] == [SITE_URL + clause.url for clause in policy.clauses]
        ids = {str(tag["id"]) for tag in soup_of(page).find_all(id=True)}
        assert {part["url"].partition("#")[2] for part in parts} <= ids
        assert len({part["name"] for part in parts}) == len(parts)
        above = {part["url"]: whole["url"] for whole in (thing, *parts) for part in whole.get("hasPart", [])}
        for clause in policy.clauses:
            parent = f"{policy.url}#{clause.parent}" if clause.parent else policy.url
            assert above[SITE_URL + clause.url] == SITE_URL + parent


def test_the_facts_of_a_policy_are_those_of_the_data_file(built: Project) -> None:
    policies = json.loads((built.site / "data" / "policies.json").read_text("utf-8"))
    for policy in policies:
        thing = structured(built.site / policy["url"])
        assert thing["name"] == policy["title"]
        assert thing.get("legislationIdentifier") == policy["document_number"]
        assert thing.get("legislationType") == policy["genre"]
        assert thing.get("legislationDate") == policy["issued"]
        assert thing.get("creativeWorkStatus") == policy["status"]
        dated = re.fullmatch(r"\d{4}-\d\d-\d\d", policy["effective"] or "")
        assert thing.get("legislationDateOfApplicability") == (policy["effective"] if dated else None)
        assert "legislationLegalForce" not in thing  # none of them is known to be out of force


def test_what_a_policy_repeals_and_where_it_holds(built: Project) -> None:
    guizhou = structured(built.site / "policies" / "guizhou-2022-business-environment.html")
    assert guizhou["legislationRepeals"] == [{"@type": "Legislation", "name": "贵州省外来投资服务和保障条例"}]
    assert "legislationPassedBy" not in guizhou  # the compilation prints only 贵州省, which passes no law
    yingkou = structured(built.site / "policies" / "yingkou-2020-14.html")
    assert yingkou["legislationPassedBy"] == {"@type": "Organization", "name": "营口市人民政府办公室"}
    assert yingkou["legislationJurisdiction"] == yingkou["spatialCoverage"]
    assert yingkou["legislationJurisdiction"] == {
        "@type": "AdministrativeArea",
        "name": "营口市",
        "containedInPlace": {"@type": "AdministrativeArea", "name": "辽宁省"},
    }
    national = structured(built.site / "policies" / "national-2021-sme.html")
    assert national["legislationJurisdiction"] == {"@type": "Country", "name": "中华人民共和国"}


def test_lists_have_what_they_list(built: Project) -> None:
    pages = pages_of(built)
    for url in [one for one in pages if structured(pages[one])["@type"] == "CollectionPage"]:
        listed = structured(pages[url])["mainEntity"]
        items = listed.get("itemListElement", [])
        assert listed["numberOfItems"] == len(items)
        assert [item["position"] for item in items] == list(range(1, len(items) + 1))
        for item in items:
            path, _, anchor = item["url"].removeprefix(SITE_URL).partition("#")
            assert not anchor or soup_of(pages[path]).find(id=anchor), item["url"]
    policies = structured(pages["policies/index.html"])["mainEntity"]
    assert policies["numberOfItems"] == len(
        json.loads((built.site / "data/policies.json").read_text("utf-8"))
    )


def test_the_dataset_has_every_data_file(built: Project) -> None:
    files = structured(built.site / "data.html")["distribution"]
    assert [file["contentUrl"] for file in files] == [
        f"{SITE_URL}data/{path}"
        for path in sorted(
            path.relative_to(built.site / "data").as_posix()
            for path in (built.site / "data").rglob("*")
            if path.is_file() and path.suffix != ".html"
        )
    ]
    assert all(file["encodingFormat"] for file in files)


def corpus_of(folder: Path, policies: list[dict[str, Any]]) -> Corpus:
    """One policy a file, each with the sidecar entry given."""
    folder.mkdir()
    for number, entry in enumerate(policies):
        (folder / f"{number}.txt").write_text("一、开办企业\n网上办理。\n", "utf-8")
        (folder / f"{number}.yml").write_text(yaml.safe_dump({"policies": [entry]}), "utf-8")
    corpus, problems = load_corpus(folder)
    assert not problems
    return corpus


def test_a_repealed_policy_is_not_in_force_and_its_successor_says_so(tmp_path: Path) -> None:
    corpus = corpus_of(
        tmp_path / "sources",
        [
            {"id": "city-2010-1", "title": "旧办法", "repealed": {"date": "2020-01-01", "by": "city-2020-1"}},
            {"id": "city-2020-1", "title": "新办法", "short_names": ["新办法简称"]},
            {"id": "city-2000-1", "title": "更旧的办法", "status": "已废止"},
        ],
    )
    data = LinkedData(Views(corpus, WORDS), Site("政策库", "https://example.org/p/", ""))
    old, new, older = (data.legislation(policy) for policy in corpus.policies)
    not_in_force = "https://schema.org/NotInForce"
    assert old["legislationLegalForce"] == older["legislationLegalForce"] == not_in_force
    assert new["legislationLegalForce"] is None
    assert new["legislationRepeals"] == [
        {
            "@type": "Legislation",
            "@id": "https://example.org/p/policies/city-2010-1.html",
            "name": "旧办法",
        }
    ]
    assert new["alternateName"] == ["新办法简称"]


@pytest.fixture
def small(tmp_path: Path) -> Project:
    """A project of one policy."""
    project = make_project(tmp_path / "project", with_sources=False)
    (project.sources / "a.txt").write_text("一、开办企业\n1.刻章。免费。\n", "utf-8")
    (project.sources / "a.yml").write_text("policies:\n  - id: city-2020-1\n", "utf-8")
    return project


@pytest.mark.parametrize("address", ['""', "null"])
def test_without_an_address_of_the_site_everything_is_relative(small: Project, address: str) -> None:
    config = small.folder / "mkdocs.yml"
    config.write_text(re.sub(r"(?m)^site_url:.*", f"site_url: {address}", config.read_text("utf-8")), "utf-8")
    result = small.run("site")
    assert result.exit_code == 0, result.output
    for url, page in pages_of(small).items():
        assert not soup_of(page).select('link[rel="canonical"]'), url
        addresses = [
            thing[name]
            for thing in things_in(structured(page))
            for name in ("@id", "url", "contentUrl")
            if name in thing
        ]
        assert addresses
        for one in addresses:
            path, _, anchor = str(one).partition("#")
            target = page.parent / path
            assert target.is_file(), (url, one)
            assert not anchor or soup_of(target.resolve()).find(id=anchor), (url, one)
    assert (small.site / "objects.inv").is_file()


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("https://a.example.org/x", "https://a.example.org/x/"),
        ("https://a.example.org/x/", "https://a.example.org/x/"),
        ("!ENV [POLICY_SITE_URL, 'https://b.example.org/']", "https://b.example.org/"),
        ("''", ""),
    ],
)
def test_the_address_of_the_site_is_read_as_mkdocs_reads_it(tmp_path: Path, written: str, read: str) -> None:
    config = tmp_path / "mkdocs.yml"
    config.write_text(f"site_name: 甲\nsite_url: {written}\n", "utf-8")
    assert load_settings(config).site_url == read


def test_hostile_text_stays_text_in_the_head(small: Project) -> None:
    (small.sources / "a.txt").write_text(f"一、开办企业{HOSTILE}\n1.{HOSTILE}。{HOSTILE}\n", "utf-8")
    entry = {
        "id": "city-2020-1",
        "title": f"某市措施{HOSTILE}",
        "issuer": f"某市{HOSTILE}",
        "document_number": HOSTILE,
        "status": HOSTILE,
        "genre": HOSTILE,
        "short_names": [HOSTILE],
        "jurisdiction": {"level": "city", "city": HOSTILE},
    }
    (small.sources / "a.yml").write_text(yaml.safe_dump({"policies": [entry]}), "utf-8")
    result = small.run("site")
    assert result.exit_code == 0, result.output
    corpus, _ = load_corpus(small.sources)
    (policy,) = corpus.policies
    page = small.site / policy.url
    thing = structured(page)
    assert thing["name"] == policy.title
    assert thing["legislationIdentifier"] == policy.document_number
    assert thing["legislationJurisdiction"]["name"] == HOSTILE
    assert thing["alternateName"] == [HOSTILE]
    assert [part["url"] for part in parts_of(thing)] == [SITE_URL + clause.url for clause in policy.clauses]
    assert description_of(page) == thing["description"]
    assert len(thing["description"]) <= LONGEST
    title = soup_of(page).title
    assert title is not None
    assert title.get_text().startswith(f"某市措施{HOSTILE[:20]}")
    for one in pages_of(small).values():
        scripts = soup_of(one).select("script:not([src])")
        assert not [script for script in scripts if script.get_text().startswith("alert")]
        raw = one.read_text("utf-8")
        data = raw.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
        assert "<" not in data
        assert "\u2028" not in data


def test_what_a_link_to_a_page_shows_is_the_page(built: Project) -> None:
    for url, path in pages_of(built).items():
        page = soup_of(path)
        told = {
            str(tag["property"]).removeprefix("og:"): str(tag["content"])
            for tag in page.select('meta[property^="og:"]')
        }
        assert told["url"] == SITE_URL + url
        assert told["description"] == description_of(path)
        assert told["title"] in (page.title.get_text() if page.title else "")
        assert (built.site / told["image"].removeprefix(SITE_URL)).is_file()
