"""The MkDocs build. This is the only module that knows MkDocs exists."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import MkDocsException

from generator.model import CorpusError, Problem
from generator.publishing.settings import Settings

# MkDocs writes a build date into the sitemap; the same input shall give the same bytes.
_DEFAULT_EPOCH = "315532800"  # 1980-01-01, as in the bundle


def build_site(settings: Settings, target: Path) -> None:
    """Build the HTML into `target`, strictly. Raises `CorpusError` with the warnings when there are any."""
    with _collected_warnings() as warnings, _reproducible():
        try:
            config = load_config(str(settings.config_file), strict=True, site_dir=str(target))
            # The generated list on the home page is found wherever the program is run from.
            config["mdx_configs"].setdefault("pymdownx.snippets", {})["base_path"] = [config["docs_dir"]]
            build(config)
        except (MkDocsException, SystemExit) as error:
            lines = warnings or [str(error)]
            raise CorpusError([Problem(settings.config_file.name, None, line) for line in lines]) from error


@contextmanager
def _collected_warnings() -> Iterator[list[str]]:
    """The warnings MkDocs logs, instead of its output."""
    warnings: list[str] = []

    class Collector(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.levelno >= logging.WARNING:
                warnings.append(record.getMessage())

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
