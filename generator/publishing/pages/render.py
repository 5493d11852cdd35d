"""Templates: the few filters they know, and how one becomes a page. What a template shows, it is handed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import jinja2

from generator.cells import one_line
from generator.publishing.pages import markdown
from generator.sitemap import Fragment, PageType

FILTERS: Mapping[str, Callable[..., Any]] = MappingProxyType(
    {
        "inline": markdown.inline,
        "paragraph": markdown.paragraph,
        "quoted": markdown.quoted,
        "one_line": one_line,
    }
)
"""Each turns a text into text that may stand somewhere; none knows the corpus."""


class Written(NamedTuple):
    """A page or a part of one: where it is below docs/ (or the site), and its text."""

    path: str
    text: str


class Renderer:
    """Renders the templates of a folder. One of one's own is cheap to make in another process."""

    def __init__(self, templates_dir: Path) -> None:
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(templates_dir),
            autoescape=jinja2.select_autoescape(enabled_extensions=("html.j2",), default=False),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.filters |= FILTERS
        self._environment.globals["attributes"] = markdown.attributes

    def page(self, page_type: PageType, id_: str = "", /, **values: object) -> Written:
        """The page of a type, or of an id: Markdown where it is that first, else HTML."""
        path = page_type.source(id_) if page_type.markdown else page_type.url(id_)
        return Written(path, self._render(page_type.template or "", values))

    def fragment(self, fragment: Fragment, /, **values: object) -> Written:
        """What a hand-written page includes."""
        return Written(fragment.path, self._render(fragment.template, values))

    def _render(self, template: str, values: Mapping[str, object]) -> str:
        return self._environment.get_template(template).render(values)
