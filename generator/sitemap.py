"""What the site consists of, said once: every type of page, every file that pages include, the folders and files beside.

Whoever must know what kinds of pages there are asks here: what writes pages, what checks links to them, the preview,
structured data, the tests. `mkdocs.yml` and `.gitignore`, which people edit, say some of it again; a test compares
them with this. A new type of page is a new entry here, a template or a hand-written page, and, if it has one of each
of something, a module that writes it (generator/publishing/pages).

Addresses are relative to the root of the site. There is one page of a type, or one for each id of something: then
its address has `{id}` in it.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

_ID = "{id}"


@dataclass(frozen=True)
class PageType:
    """A type of page."""

    name: str
    """By which programs and tests know it."""
    address: str
    """policies/index.html; policies/{id}.html, where there is one for each id of something."""
    nav: tuple[str, ...] = ()
    """Its place in the navigation, section and title; a title alone stands on its own; empty: not in the navigation."""
    template: str | None = None
    """What it is made of, below site_templates/pages; None: a page in docs/ written by hand, or one of the theme."""
    styles: tuple[str, ...] = ()
    """Style sheets that no other page needs, in their order, after those of all pages."""
    scripts: tuple[str, ...] = ()
    """Scripts that no other page needs, in their order, after those of all pages."""
    markdown: bool = True
    """Whether it is a Markdown page in docs/ first. Else HTML is written as it is."""

    @property
    def many(self) -> bool:
        """Whether there is one page for each id of something."""
        return _ID in self.address

    @property
    def by_hand(self) -> bool:
        """Whether a person writes it, as a Markdown file in docs/."""
        return self.markdown and self.template is None

    @property
    def folder(self) -> str:
        """Its folder, in docs/ and on the site; empty for the root."""
        return posixpath.dirname(self.address)

    def url(self, id_: str = "") -> str:
        """The address of its page, or of that of an id."""
        return self.address.replace(_ID, id_)

    def source(self, id_: str = "") -> str:
        """The Markdown file of the same page, below docs/."""
        return f"{self.url(id_).removesuffix('.html')}.md"

    def id_of(self, address: str) -> str | None:
        """The id whose page has an address: empty where there is but one; None for an address of another type."""
        before, id_, after = self.address.partition(_ID)
        if not id_:
            return "" if address == self.address else None
        if not (address.startswith(before) and address.endswith(after)):
            return None
        found = address[len(before) : len(address) - len(after)]
        return found if found and "/" not in found else None


class Found(NamedTuple):
    """The type of the page at an address, and whose page it is (empty where there is one of the type)."""

    type: PageType
    id: str


HOME = PageType("home", "index.html", ("首页",), styles=("assets/home.css",), scripts=("assets/home.js",))
INDICATORS = PageType("indicators", "indicators/index.html", ("指标", "18 个指标"), "indicators/page.md.j2")
COVERAGE = PageType(
    "coverage",
    "indicators/coverage.html",
    ("指标", "覆盖表"),
    "coverage/page.md.j2",
    styles=("assets/coverage.css",),
)
TOPICS = PageType("topics", "b-ready/index.html", ("指标", "B-READY 主题"), "topics/page.md.j2")
POLICIES = PageType(
    "policies",
    "policies/index.html",
    ("政策",),
    "policies/page.md.j2",
    styles=("assets/policies.css",),
    scripts=("assets/policies.js",),
)
COMPARE = PageType(
    "compare",
    "compare.html",
    ("对照", "对照阅读"),
    styles=("assets/compare.css",),
    scripts=("assets/compare.js",),
)
SIMILAR = PageType(
    "similar",
    "similar/index.html",
    ("对照", "相同段落"),
    "similar/page.md.j2",
    styles=("assets/similar.css",),
)
UNITS = PageType(
    "units", "units/index.html", ("分工与时限", "责任单位"), "units/page.md.j2", styles=("assets/units.css",)
)
DUE = PageType(
    "due", "due/index.html", ("分工与时限", "完成时限"), "due/page.md.j2", styles=("assets/due.css",)
)
SEARCH = PageType(
    "search",
    "search.html",
    ("查找", "搜索条文"),
    styles=("assets/search.css",),
    scripts=("assets/search.js",),
)
CITE = PageType(
    "cite",
    "cite.html",
    ("查找", "按引文查找"),
    styles=("assets/cite.css",),
    scripts=("assets/cite.js",),
)
DATA = PageType("data", "data.html", ("数据", "数据文件"))
FIDELITY = PageType(
    "fidelity", "data/fidelity.html", ("数据", "校核"), "fidelity/page.md.j2", styles=("assets/fidelity.css",)
)
REFERENCES = PageType(
    "references",
    "data/references.html",
    ("数据", "待收录"),
    "references/page.md.j2",
    styles=("assets/references.css",),
)
ABOUT = PageType("about", "about.html", ("说明", "关于本站"))
GLOSSARY = PageType("glossary", "glossary.html", ("说明", "术语"), styles=("assets/glossary.css",))
LINK = PageType("link", "link.html", ("说明", "链接与引用"))
AUTHORS = PageType("authors", "authors.html", ("说明", "增加政策"))
WORDS = PageType("words", "words.html", ("说明", "词表"))
PUBLISH = PageType("publish", "publish.html", ("说明", "发布网站"))
CHANGES = PageType("changes", "changes.html", ("说明", "新增与改动"), styles=("assets/changes.css",))

SEARCH_FORMAT = PageType("search-format", "search-format.html")
POLICY = PageType(
    "policy",
    "policies/{id}.html",
    template="policy/page.md.j2",
    styles=("assets/policy.css",),
    scripts=("assets/policy.js",),
)
INDICATOR = PageType(
    "indicator",
    "indicators/{id}.html",
    template="indicator/page.md.j2",
    styles=("assets/indicator.css",),
    scripts=("assets/policies.js",),
)
UNIT = PageType("unit", "units/{id}.html", template="unit/page.md.j2", styles=("assets/units.css",))
OTHER_UNITS = PageType(
    "units-others", "units/others.html", template="units-others/page.md.j2", styles=("assets/units.css",)
)
TOPIC = PageType("topic", "b-ready/{id}.html", template="topic/page.md.j2")
NOT_FOUND = PageType(
    "not-found",
    "404.html",
    styles=("assets/not-found.css",),
    scripts=("assets/home.js", "assets/not-found.js"),
    markdown=False,
)

PAGE_TYPES: tuple[PageType, ...] = (
    HOME,
    *(INDICATORS, COVERAGE, TOPICS),
    POLICIES,
    *(COMPARE, SIMILAR),
    *(UNITS, DUE),
    *(SEARCH, CITE),
    *(DATA, FIDELITY, REFERENCES),
    *(ABOUT, GLOSSARY, LINK, AUTHORS, WORDS, PUBLISH, CHANGES),
    *(SEARCH_FORMAT, POLICY, INDICATOR, UNIT, OTHER_UNITS, TOPIC, NOT_FOUND),
)
"""All of them, those in the navigation first and in its order."""

_SINGLE_FIRST = sorted(PAGE_TYPES, key=lambda one: one.many)

FORWARD = PageType("forward", POLICY.address, template="forward/page.html.j2", markdown=False)
"""What stands at a former id of a policy and leads on: at the addresses of another type, and so not among the types."""


@dataclass(frozen=True)
class Fragment:
    """A file that a hand-written page includes, and no page itself."""

    path: str  # below docs/
    template: str  # below site_templates/pages


CARDS = Fragment("indicators/cards.html", "home/cards.html.j2")
HOME_LISTS = Fragment("fragments/home.html", "home/lists.html.j2")
GLOSSARY_LISTS = Fragment("fragments/glossary.md", "glossary/lists.md.j2")
CHANGES_LISTS = Fragment("fragments/changes.md", "changes/lists.md.j2")
FRAGMENTS: tuple[Fragment, ...] = (CARDS, HOME_LISTS, GLOSSARY_LISTS, CHANGES_LISTS)

DATA_FOLDER = "data"
CLAUSES_FOLDER = "clauses"  # what pages need to know of other pages, as scripts
SEARCH_FOLDER = "search"
ASSETS_FOLDER = "assets"

ALWAYS_WRITTEN: tuple[str, ...] = (
    "data/anchors.json",
    "data/clauses.jsonl",
    "data/coverage.csv",
    "data/fidelity.json",
    "data/policies.json",
    "changes.xml",
    "clauses/index.js",
    "objects.inv",
    "search/index.js",
    "sitemap.xml",
)
"""Files that are no pages and that a site has whatever its corpus is."""

ONLINE_ONLY: tuple[str, ...] = (NOT_FOUND.address, "sitemap.xml", "sitemap.xml.gz")
"""What only a web server has use for."""


ORIGINALS_FOLDER = "originals"
_ACTIVE = ("text/html", "multipart/related", "application/xhtml+xml", "image/svg+xml")


def original_file(file: str, media_type: str) -> str:
    """Where an original is on the site. A web page among them is not to act as one of ours: its name says it is none."""
    suffix = ".original" if media_type in _ACTIVE else ""
    return f"{ORIGINALS_FOLDER}/{file}{suffix}"


def calendar_file(policy: str) -> str:
    """The calendar of a policy, below data/."""
    return f"due/{policy}.ics"


def comparison_file(indicator: str, dimension: str) -> str:
    """The table of what is promised on an indicator in one dimension, below data/."""
    return f"indicators/{indicator}-{dimension}.csv"


def find(address: str) -> Found | None:
    """Whose page is at an address, by its form; a type with one page goes before one with many."""
    for page_type in _SINGLE_FIRST:
        id_ = page_type.id_of(address)
        if id_ is not None:
            return Found(page_type, id_)
    return None


def addresses(ids: Mapping[PageType, Iterable[str]]) -> Iterator[str]:
    """The addresses of all pages that no one writes by hand, where types with many pages have these ids."""
    for page_type in PAGE_TYPES:
        if not page_type.by_hand:
            yield from map(page_type.url, ids.get(page_type, ()) if page_type.many else ("",))


def reserved_ids(page_type: PageType) -> tuple[str, ...]:
    """The ids that nothing of a type can have: their addresses are those of other pages."""
    single = (page_type.id_of(one.url()) for one in PAGE_TYPES if not one.many)
    return tuple(id_ for id_ in single if id_)


def generated_folders() -> tuple[str, ...]:
    """The folders of docs/ that hold what is generated, and nothing else."""
    pages = (one.folder for one in PAGE_TYPES if one.template and one.markdown)
    return tuple(dict.fromkeys([*pages, *(posixpath.dirname(one.path) for one in FRAGMENTS), DATA_FOLDER]))


def site_folders() -> tuple[str, ...]:
    """The folders at the root of the site."""
    pages = (one.folder for one in PAGE_TYPES if one.folder)
    return tuple(dict.fromkeys([*pages, DATA_FOLDER, CLAUSES_FOLDER, SEARCH_FOLDER, ASSETS_FOLDER]))
