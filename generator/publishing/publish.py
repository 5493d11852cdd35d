"""Everything a corpus is published as: pages, data files, site, bundle."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from generator.analysis import Taxonomy
from generator.model import Corpus
from generator.publishing import data
from generator.publishing.bundle import make_bundle
from generator.publishing.clause_scripts import clause_scripts
from generator.publishing.files import replacing_folder, write_text
from generator.publishing.pages import PageWriter
from generator.publishing.search import search_scripts
from generator.publishing.settings import Settings
from generator.publishing.site import build_site

Progress = Callable[[str], None]


def write_pages(corpus: Corpus, taxonomy: Taxonomy, settings: Settings, progress: Progress) -> None:
    """The Markdown pages, into the generated folders of docs/, with the data files beside the account's page."""
    PageWriter(corpus, taxonomy, settings.templates_dir).write(settings.docs_dir, progress)
    write_data(corpus, settings.docs_dir / "data")


def write_data(corpus: Corpus, folder: Path) -> None:
    """The data files, into `folder`."""
    write_text(folder / "policies.json", data.policies_json(corpus))
    write_text(folder / "clauses.jsonl", "".join(data.clauses_jsonl(corpus)))
    write_text(folder / "fidelity.json", data.fidelity_json(corpus))


def write_site(corpus: Corpus, taxonomy: Taxonomy, settings: Settings, progress: Progress) -> Path:
    """Pages, HTML, search index and bundle; returns the bundle. The site that was there is replaced at the end."""
    write_pages(corpus, taxonomy, settings, progress)
    with replacing_folder(settings.site_dir) as fresh:
        progress("MkDocs")
        build_site(settings, fresh)
        for name, script in search_scripts(corpus, taxonomy):
            write_text(fresh / "search" / name, script)
        for name, script in clause_scripts(corpus):
            write_text(fresh / "clauses" / name, script)
        progress("zip")
        bundle = settings.dist_dir / f"{settings.bundle_name}.zip"
        make_bundle(fresh, bundle)
    return bundle
