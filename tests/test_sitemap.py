"""One registry says which pages there are: the site, what people edit by hand, and the templates agree with it."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePosixPath
from typing import Any

import pytest
import yaml

from generator import sitemap
from generator.model import Corpus
from generator.sitemap import FRAGMENTS, PAGE_TYPES, PageType
from generator.views.page_ids import page_ids
from tests.support.corpora import ROOT, Project
from tests.support.html import soup_of
from tests.support.words import WORDS

MARKDOWN = [one for one in PAGE_TYPES if one.markdown]


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml; what its own tags stand for does not matter here."""


_Loader.add_multi_constructor("!", lambda *_: None)


@pytest.fixture(scope="module")
def mkdocs() -> dict[str, Any]:
    """What mkdocs.yml says."""
    config: dict[str, Any] = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), _Loader)
    return config


# ---- The registry itself


@pytest.mark.parametrize(
    ("address", "name", "id_"),
    [
        ("index.html", "home", ""),
        ("policies/index.html", "policies", ""),
        ("policies/yingkou-2020-14.html", "policy", "yingkou-2020-14"),
        ("indicators/coverage.html", "coverage", ""),
        ("indicators/bidding.html", "indicator", "bidding"),
        ("units/others.html", "units-others", ""),
        ("404.html", "not-found", ""),
    ],
)
def test_an_address_tells_the_type_of_its_page(address: str, name: str, id_: str) -> None:
    found = sitemap.find(address)
    assert found is not None
    assert (found.type.name, found.id) == (name, id_)


@pytest.mark.parametrize(
    "address", ["", "policies/", "policies/.html", "policies/a/b.html", "policies/x.md", "elsewhere.html"]
)
def test_an_address_of_no_type_is_none(address: str) -> None:
    assert sitemap.find(address) is None


def test_no_two_types_share_a_name_or_an_address() -> None:
    for values in ([one.name for one in PAGE_TYPES], [one.address for one in PAGE_TYPES]):
        assert [value for value, count in Counter(values).items() if count > 1] == []


@pytest.mark.parametrize("page_type", PAGE_TYPES, ids=lambda one: one.name)
def test_a_type_has_its_page_or_template_and_its_files(page_type: PageType) -> None:
    theme = ROOT / "site_templates" / "theme"
    if page_type.by_hand:
        assert (ROOT / "docs" / page_type.source()).is_file()
    elif page_type.template:
        assert (ROOT / "site_templates" / "pages" / page_type.template).is_file()
    else:
        assert (theme / page_type.address).is_file()
    sheets = [name.replace("assets/", "src/styles/sheets/") for name in page_type.styles]
    assert [name for name in sheets if not (theme / name).is_file()] == []
    modules = [theme / "src" / PurePosixPath(name).name for name in page_type.scripts]
    assert [path for path in modules if not path.is_file()] == []


# ---- The site that is built


def test_the_site_has_the_pages_that_the_registry_says_and_no_other(built: Project, corpus: Corpus) -> None:
    pages = {path.relative_to(built.site).as_posix() for path in built.site.rglob("*.html")}
    by_hand = {one.url() for one in PAGE_TYPES if one.by_hand}
    assert pages == by_hand | set(sitemap.addresses(page_ids(corpus, WORDS)))


def test_every_site_has_the_files_that_the_registry_says(built: Project) -> None:
    assert [name for name in sitemap.ALWAYS_WRITTEN if not (built.site / name).is_file()] == []
    found = {path.relative_to(built.site).as_posix() for path in (built.site / "data").glob("*.*")}
    assert {name for name in found if not name.endswith(".html")} == {
        name for name in sitemap.ALWAYS_WRITTEN if name.startswith("data/")
    }


def test_the_site_has_the_folders_that_the_registry_says(built: Project) -> None:
    folders = {path.name for path in built.site.iterdir() if path.is_dir()}
    assert folders == {*sitemap.site_folders(), "pictures"}  # the picture that goes with a link


def test_generated_pages_stay_in_folders_that_git_ignores(built: Project) -> None:
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    for name in sitemap.generated_folders():
        assert (built.folder / "docs" / name).is_dir()
    listed = [line for line in ignored if line.startswith("/docs/")]
    assert sorted(listed) == sorted(f"/docs/{name}/" for name in sitemap.generated_folders())


def test_what_pages_include_is_written(built: Project) -> None:
    for fragment in FRAGMENTS:
        assert (built.folder / "docs" / fragment.path).is_file()


def test_a_page_loads_what_its_type_needs_after_what_all_need(built: Project) -> None:
    ids = {"policy": "yingkou-2020-14", "indicator": "bidding", "unit": "taxation", "topic": "taxation"}
    for page_type in PAGE_TYPES:
        soup = soup_of(built.site / page_type.url(ids.get(page_type.name, "")))
        for tag, key, wanted in (
            ("link", "href", page_type.styles),
            ("script", "src", page_type.scripts),
        ):
            named = [str(one[key]).lstrip("./") for one in soup.find_all(tag) if one.get(key)]
            assets = [name for name in named if name.startswith("assets/") and name.endswith((".css", ".js"))]
            own = [name for name in assets if name in {*wanted}]
            assert own == list(wanted), page_type.name
            everywhere = {"assets/site.css", "assets/site.js", "assets/early.js", "assets/palette.js"}
            rest = [name for name in assets if "stylesheets" not in name and "javascripts" not in name]
            assert set(rest) - everywhere == set(wanted), page_type.name


# ---- What people edit by hand


def test_the_navigation_of_mkdocs_is_that_of_the_registry(mkdocs: dict[str, Any]) -> None:
    listed: list[tuple[tuple[str, ...], str]] = []
    for item in mkdocs["nav"]:
        for title, below in item.items():
            if isinstance(below, str):
                listed.append(((title,), below))
            else:
                listed += [((title, name), page) for one in below for name, page in one.items()]
    assert listed == [(one.nav, one.source()) for one in MARKDOWN if one.nav]


def test_mkdocs_is_told_which_pages_stand_in_no_navigation(mkdocs: dict[str, Any]) -> None:
    many = {f"/{one.folder}/*" for one in MARKDOWN if one.many}
    single = {
        f"/{one.source()}"
        for one in MARKDOWN
        if not one.nav and not one.many and f"/{one.folder}/*" not in many
    }
    assert set(mkdocs["not_in_nav"].split()) == many | single


def test_mkdocs_makes_no_pages_of_what_pages_include(mkdocs: dict[str, Any]) -> None:
    patterns = mkdocs["exclude_docs"].split()
    for fragment in FRAGMENTS:
        folder = f"/{PurePosixPath(fragment.path).parent}/"
        assert {f"/{fragment.path}", folder} & set(patterns), fragment.path


def test_no_page_names_its_styles_and_scripts_itself() -> None:
    sources = [*(ROOT / "docs").glob("*.md"), *(ROOT / "site_templates" / "pages").rglob("*.j2")]
    assert len(sources) > 50
    for path in sources:
        head = path.read_text("utf-8").split("\n---\n")[0]
        assert not [line for line in head.splitlines() if line.startswith(("styles:", "scripts:"))], path
