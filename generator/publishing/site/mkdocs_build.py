"""The MkDocs build. This is the only module that knows MkDocs exists."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from typing import cast

from jinja2 import Environment
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import MkDocsException
from mkdocs.plugins import BasePlugin
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from generator import sitemap
from generator.faults import catching
from generator.model import CorpusError
from generator.publishing.site.modules import site_scripts
from generator.publishing.site.styles import site_styles
from generator.publishing.webpage import WebPage
from generator.settings import Settings

_PARTS = "src"
"""The folder of the theme that its scripts and styles are joined from; no file of it is published as it is."""

_SHEETS_OF_MATERIAL = "assets/stylesheets"
"""Parts of our style sheets, and not published either."""

# MkDocs writes a build date into the sitemap; the same input shall give the same bytes.
_DEFAULT_EPOCH = "315532800"  # 1980-01-01, as in the bundle


@dataclass(frozen=True)
class BuildFault:
    """What went wrong in a build: a warning, or an error nobody foresaw."""

    page: str | None  # the Markdown file below docs/ that was at work; None where it was none in particular
    message: str
    error: Exception | None = None


class BuildError(Exception):
    """The HTML could not be built. Carries every fault found."""

    def __init__(self, faults: Iterable[BuildFault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(fault.message for fault in self.faults))


class _NoOptions(Config):  # type: ignore[no-untyped-call]
    """The head has no options in mkdocs.yml."""


class _Head(BasePlugin[_NoOptions]):  # type: ignore[no-untyped-call]
    """What the head of every page says, and a record of the pages; `at_work` is the page that is being made."""

    def __init__(self, structured_data: Callable[[WebPage], str]) -> None:
        self.pages: list[WebPage] = []
        self.at_work: str | None = None
        self._structured_data = structured_data

    def on_files(self, files: Files, /, *, config: MkDocsConfig, **_: object) -> Files:
        """The scripts and styles of the site, joined from the parts in the theme, are files like others."""
        for name in config.extra_css:
            if name not in files.src_uris:
                raise MkDocsException(f"extra_css: no such file: {name}")
        for file in [
            file for file in files if file.src_uri.startswith((f"{_PARTS}/", f"{_SHEETS_OF_MATERIAL}/"))
        ]:
            files.remove(file)
        parts = Path(str(config.theme.custom_dir)) / _PARTS
        styles = site_styles(parts / "styles" / "sheets", [Path(folder) for folder in config.theme.dirs])
        for name, text in (site_scripts(parts) | styles).items():
            files.append(File.generated(config, f"{sitemap.ASSETS_FOLDER}/{name}", content=text))
        return files

    def on_pre_page(self, page: Page, /, **_: object) -> Page:
        """A page is read and turned into HTML."""
        self.at_work = page.file.src_uri
        return page

    def on_env(self, env: Environment, /, **_: object) -> Environment:
        """All pages have been turned into HTML; their templates come next."""
        self.at_work = None
        return env

    def on_post_page(self, output: str, /, **_: object) -> str:
        """A page is done."""
        self.at_work = None
        return output

    def on_page_markdown(self, markdown: str, /, *, page: Page, **_: object) -> str:
        """Title and description are plain text in the front matter, and HTML to the templates of Material."""
        for name in ("title", "description"):
            if page.meta.get(name):
                page.meta[name] = escape(str(page.meta[name]))
        return markdown

    def on_page_context(self, context: TemplateContext, /, *, page: Page, **_: object) -> TemplateContext:
        """Add `structured_data`, `styles` and `scripts` to what the template of a page knows (see theme/main.html)."""
        self.at_work = page.file.src_uri
        described = _web_page(page)
        self.pages.append(described)
        known = cast(dict[str, object], context)
        known["structured_data"] = self._structured_data(described)
        return self.on_template_context(context, template_name=described.url)

    def on_template_context(
        self, context: TemplateContext, /, *, template_name: str, **_: object
    ) -> TemplateContext:
        """Add `styles` and `scripts`, what pages of a type alone need, to what a page that is not Markdown knows."""
        found = sitemap.find(template_name)
        known = cast(dict[str, object], context)
        known["styles"] = found.type.styles if found else ()
        known["scripts"] = found.type.scripts if found else ()
        return context


def build_site(
    settings: Settings, target: Path, structured_data: Callable[[WebPage], str]
) -> tuple[WebPage, ...]:
    """Build the HTML into `target`, strictly; returns its pages.

    `structured_data` gives the JSON-LD of a page, safe inside a script. Raises `BuildError` with the warnings when
    there are any, and with the page at work for an error that nobody foresaw.
    """
    head = _Head(structured_data)

    def told(error: Exception) -> None:
        if isinstance(error, MkDocsException | OSError | CorpusError):
            raise error
        raise BuildError([BuildFault(head.at_work, str(error), error)]) from error

    with _collected_warnings(head) as warnings, _reproducible():
        try:
            with catching(told):
                _build(settings, target, head)
        except (MkDocsException, SystemExit) as error:
            raise BuildError(warnings or [BuildFault(None, str(error))]) from error
    return tuple(head.pages)


def _build(settings: Settings, target: Path, head: _Head) -> None:
    """MkDocs' own work, from the pages in `settings.docs_dir`."""
    config = load_config(
        str(settings.config_file), strict=True, site_dir=str(target), docs_dir=str(settings.docs_dir)
    )
    # The generated list on the home page is found wherever the program is run from.
    config["mdx_configs"].setdefault("pymdownx.snippets", {})["base_path"] = [config["docs_dir"]]
    config.plugins["policy-site"] = head
    build(config)


def _web_page(page: Page) -> WebPage:
    """A page of MkDocs as plain text."""
    return WebPage(
        url=page.url,
        title=unescape(str(page.meta.get("title") or page.title or "")),
        description=unescape(page.meta["description"]) if page.meta.get("description") else None,
        home=page.is_homepage,
    )


@contextmanager
def _collected_warnings(head: _Head) -> Iterator[list[BuildFault]]:
    """The warnings MkDocs logs, instead of its output."""
    warnings: list[BuildFault] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.levelno >= logging.WARNING:
                warnings.append(BuildFault(head.at_work, record.getMessage()))

    logger = logging.getLogger("mkdocs")
    collector, propagate = Collector(), logger.propagate
    logger.addHandler(collector)
    logger.propagate = False
    try:
        yield warnings
    finally:
        logger.removeHandler(collector)
        logger.propagate = propagate


@contextmanager
def _reproducible() -> Iterator[None]:
    """A fixed build date, unless the caller set one."""
    if "SOURCE_DATE_EPOCH" in os.environ:
        yield
        return
    os.environ["SOURCE_DATE_EPOCH"] = _DEFAULT_EPOCH
    try:
        yield
    finally:
        del os.environ["SOURCE_DATE_EPOCH"]
