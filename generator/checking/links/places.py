"""What there is on the site besides the clauses: pages, the anchors on those written by hand, files."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

import markdown
from bs4 import BeautifulSoup

from generator import sitemap
from generator.settings import Settings

_EXTENSIONS = ("attr_list", "tables", "toc", "fenced_code", "meta")
# What brings ids into a page that its own text does not show: an included file, a script.
_MORE_IDS = re.compile(r"^[^\S\n]*-+8<-+|<script\b", re.MULTILINE)
# What leads out of a folder, on Windows even to another machine.
_NO_NAME = re.compile(r"(?:^|/)\.\.(?:/|$)|[\\:]")


class Places:
    """The pages and files of the site that are no policies.

    `ids`: by type, whose pages the site has where a type has many. Hand-written pages are the Markdown files in the
    documentation folder, as it is now; nothing need have been built.
    """

    def __init__(self, settings: Settings, ids: Mapping[sitemap.PageType, Iterable[str]]) -> None:
        self._settings = settings
        self._ids = ids

    @cached_property
    def pages(self) -> Mapping[str, frozenset[str] | None]:
        """The pages and the anchors on each; None for anchors that no file tells."""
        docs, generated = self._settings.docs_dir, sitemap.generated_folders()
        pages: dict[str, frozenset[str] | None] = dict.fromkeys(sitemap.addresses(self._ids))
        for file in sorted(docs.rglob("*.md")):
            path = file.relative_to(docs)
            if path.parts[0] not in generated:
                pages[path.with_suffix(".html").as_posix()] = _anchors(file)
        return pages

    def has_file(self, path: str) -> bool | None:
        """Whether the site has a file that is not a page; None where that shows only when the site has been built."""
        site, docs = self._settings.site_dir, self._settings.docs_dir
        if path in sitemap.ALWAYS_WRITTEN or _is_file(site, path) or _is_file(docs, path):
            return True
        return False if _is_file(site, "index.html") else None


def _anchors(file: Path) -> frozenset[str] | None:
    """The ids on a hand-written page; None where it includes what has more."""
    text = file.read_text("utf-8")
    if _MORE_IDS.search(text):
        return None
    html = markdown.markdown(text, extensions=list(_EXTENSIONS))
    return frozenset(str(element["id"]) for element in BeautifulSoup(html, "html.parser").find_all(id=True))


def _is_file(folder: Path, path: str) -> bool:
    """Whether a path that a document gave is a file below a folder."""
    if _NO_NAME.search(path):
        return False
    try:
        return (folder / path).is_file()
    except (OSError, ValueError):  # a name that no file can have: too long, with a NUL
        return False
