"""Everything a corpus is published as: pages, data files, site, bundle."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from generator.analysis import Taxonomy
from generator.analysis.glossary import load_glossary
from generator.model import Corpus
from generator.publishing import data, inventory
from generator.publishing.bundle import make_bundle
from generator.publishing.calendars import calendars
from generator.publishing.changes import FEED, feed, read_changes
from generator.publishing.clause_scripts import clause_scripts
from generator.publishing.coverage import coverage, coverage_csv
from generator.publishing.files import replacing_folder, write_bytes, write_text
from generator.publishing.linked_data import LinkedData, Site
from generator.publishing.pages import PageWriter
from generator.publishing.search import search_scripts
from generator.publishing.settings import Settings
from generator.publishing.site import build_site

Progress = Callable[[str], None]


def write_pages(corpus: Corpus, taxonomy: Taxonomy, settings: Settings, progress: Progress) -> None:
    """The Markdown pages, into the generated folders of docs/, with the data files beside the account's page."""
    _write_pages(_writer(corpus, taxonomy, settings), corpus, taxonomy, settings, progress)


def _writer(corpus: Corpus, taxonomy: Taxonomy, settings: Settings) -> PageWriter:
    return PageWriter(corpus, taxonomy, load_glossary(), settings.templates_dir)


def _write_pages(
    writer: PageWriter, corpus: Corpus, taxonomy: Taxonomy, settings: Settings, progress: Progress
) -> None:
    writer.write(settings.docs_dir, progress)
    record = read_changes(settings.sources_dir)
    writer.write_fragments(settings.docs_dir, record)
    write_data(corpus, taxonomy, settings.docs_dir / "data")
    for name, content in calendars(corpus, record, settings.site_url):
        write_bytes(settings.docs_dir / "data" / name, content)


def write_data(corpus: Corpus, taxonomy: Taxonomy, folder: Path) -> None:
    """The data files, into `folder`."""
    write_text(folder / "policies.json", data.policies_json(corpus))
    write_text(folder / "clauses.jsonl", "".join(data.clauses_jsonl(corpus)))
    write_text(folder / "fidelity.json", data.fidelity_json(corpus))
    write_text(folder / "anchors.json", inventory.anchors_json(corpus))
    table = coverage(corpus, taxonomy.indicators)
    write_text(folder / "coverage.csv", coverage_csv(table, taxonomy.indicators))


def write_site(corpus: Corpus, taxonomy: Taxonomy, settings: Settings, progress: Progress) -> Path:
    """Pages, HTML, inventory, search index and bundle; returns the bundle.

    The site that was there is replaced at the end.
    """
    writer = _writer(corpus, taxonomy, settings)
    _write_pages(writer, corpus, taxonomy, settings, progress)
    with replacing_folder(settings.site_dir) as fresh:
        progress("MkDocs")
        pages = build_site(settings, fresh, linked_data(corpus, taxonomy, settings).script)
        objects = inventory.objects_inv(corpus, taxonomy, pages, settings.site_name)
        (fresh / "objects.inv").write_bytes(objects)
        for name, page in writer.forward_pages(settings.site_url):
            write_text(fresh / name, page)
        for name, script in search_scripts(corpus, taxonomy):
            write_text(fresh / "search" / name, script)
        for name, script in clause_scripts(corpus, taxonomy.indicators):
            write_text(fresh / "clauses" / name, script)
        policies = {policy.id: policy for policy in corpus.policies}
        record = read_changes(settings.sources_dir)
        write_text(fresh / FEED, feed(record, policies, settings.site_name, settings.site_url))
        progress("zip")
        bundle = settings.dist_dir / f"{settings.bundle_name}.zip"
        make_bundle(fresh, bundle)
    return bundle


def linked_data(corpus: Corpus, taxonomy: Taxonomy, settings: Settings) -> LinkedData:
    """The structured data of the pages; the data files it names are those that were written."""
    site = Site(settings.site_name, settings.site_url, settings.site_description)
    files = (path for path in (settings.docs_dir / "data").iterdir() if path.is_file())
    written = (path.name for path in files if path.suffix != ".md")
    return LinkedData(corpus, taxonomy, site, sorted(written))
