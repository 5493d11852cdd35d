"""Everything a corpus is published as: pages, data files, site, bundle.

All of it is made beside what is there and takes its place together at the end, or not at all.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from generator import sitemap
from generator.anchors.changes import FEED, Entry, feed, read_changes
from generator.faults import DocumentFaultsError, FaultLog, catching, culprits
from generator.files.inputs import read_inside
from generator.files.outputs import Outputs, beside, inside, writing
from generator.files.text import write_bytes, write_text
from generator.model import Analysis, Corpus, CorpusError, Policy, Problem, Stage
from generator.publishing.data import inventory
from generator.publishing.data import records as data
from generator.publishing.data.calendars import calendars
from generator.publishing.data.csv_files import comparison_tables, coverage_csv
from generator.publishing.data.linked_data import LinkedData, Site
from generator.publishing.pages import forward
from generator.publishing.pages.fragments import fragments
from generator.publishing.pages.render import Renderer
from generator.publishing.pages.writer import all_pages
from generator.publishing.scripts.clauses import clause_scripts
from generator.publishing.scripts.search import search_scripts
from generator.publishing.site.bundle import make_bundle
from generator.publishing.site.mkdocs_build import BuildError, build_site
from generator.publishing.webpage import WebPage
from generator.settings import Settings
from generator.views.corpus import Views
from generator.vocabulary import Vocabulary

Progress = Callable[[str], None]
_Step = Callable[[Views, Path], None]


def write_pages(
    corpus: Corpus, words: Vocabulary, settings: Settings, progress: Progress, log: FaultLog | None = None
) -> None:
    """The Markdown pages, into the generated folders of docs/, with the data files beside the account's page.

    Raises `DocumentFaultsError` where policies cannot be written; nothing is written then.
    """
    with _outputs(settings) as outputs, outputs.replacing(*_pages(settings)) as fresh:
        staged = _staged(settings, fresh[_pages(settings)[0]].parent)
        _Publisher(corpus, words, staged, progress, log or FaultLog()).pages()


def write_site(
    corpus: Corpus, words: Vocabulary, settings: Settings, progress: Progress, log: FaultLog | None = None
) -> Path:
    """Pages, HTML, inventory, search index and bundle; returns the bundle.

    What was there is replaced at the end. Raises `DocumentFaultsError` where policies cannot be written; nothing is
    written then.
    """
    bundle = _bundle(settings)
    targets = (*_pages(settings), settings.site_dir, bundle)
    with _outputs(settings) as outputs, outputs.replacing(*targets) as fresh:
        staged = _staged(settings, fresh[_pages(settings)[0]].parent)
        publisher = _Publisher(corpus, words, staged, progress, log or FaultLog())
        publisher.pages()
        publisher.copy_hand_written(settings.docs_dir)
        publisher.site(fresh[settings.site_dir])
        progress("zip")
        make_bundle(fresh[settings.site_dir], fresh[bundle], originals=settings.bundle_originals)
    return bundle


def write_data(views: Views, record: Sequence[Entry], site_url: str, folder: Path) -> None:
    """The data files, into `folder`. `record`: the changes of the corpus, newest first."""
    corpus, indicators = views.corpus, views.words.taxonomy.indicators
    write_text(folder / "policies.json", data.policies_json(corpus))
    write_text(folder / "clauses.jsonl", "".join(data.clauses_jsonl(corpus)))
    write_text(folder / "fidelity.json", data.fidelity_json(corpus))
    write_text(folder / "anchors.json", inventory.anchors_json(corpus))
    write_text(folder / "coverage.csv", coverage_csv(views.coverage, indicators))
    for name, table in comparison_tables(views.comparisons, indicators, site_url):
        write_text(folder / name, table)
    for name, content in calendars(views, record, site_url):
        write_bytes(folder / name, content)


def linked_data(views: Views, settings: Settings) -> LinkedData:
    """The structured data of the pages; the data files it names are those that were written."""
    site = Site(settings.site_name, settings.site_url, settings.site_description)
    data_dir = settings.docs_dir / sitemap.DATA_FOLDER
    written = (
        path.relative_to(data_dir).as_posix()
        for path in data_dir.rglob("*")
        if path.is_file() and path.suffix != ".md"
    )
    return LinkedData(views, site, sorted(written))


# ---- Where it goes


def _pages(settings: Settings) -> tuple[Path, ...]:
    return tuple(settings.docs_dir / name for name in sitemap.generated_folders())


def _bundle(settings: Settings) -> Path:
    return settings.dist_dir / f"{settings.bundle_name}.zip"


@contextmanager
def _outputs(settings: Settings) -> Iterator[Outputs]:
    """The right to write pages, site and bundle; both commands take it for all, to end what the other began."""
    site, bundle = settings.site_dir, _bundle(settings)
    targets = (*_pages(settings), site, bundle)
    with writing(inside(settings.docs_dir), targets, (beside(site), beside(bundle))) as outputs:
        yield outputs


def _staged(settings: Settings, docs_dir: Path) -> Settings:
    """The settings with the pages in a folder of their own, where they are made."""
    return replace(settings, docs_dir=docs_dir)


# ---- What is made


class _Publisher:
    """Makes all that a corpus is published as. A step that fails is tried again to find the policies to blame."""

    def __init__(
        self, corpus: Corpus, words: Vocabulary, settings: Settings, progress: Progress, log: FaultLog
    ) -> None:
        self._views = Views(corpus, words)
        self._settings = settings
        self._progress = progress
        self._log = log
        self._record = read_changes(settings.sources_dir)

    def pages(self) -> None:
        """Markdown pages and data files, into the folder of pages."""
        self._blaming(Stage.PAGES, self._write_pages, self._settings.docs_dir)

    def copy_hand_written(self, docs_dir: Path) -> None:
        """The hand-written pages beside the generated ones: MkDocs reads both in one folder."""
        generated = sitemap.generated_folders()

        def left_out(folder: str, names: list[str]) -> list[str]:
            top = Path(folder) == docs_dir
            return [name for name in names if name.startswith(".policy-site") or (top and name in generated)]

        try:
            shutil.copytree(docs_dir, self._settings.docs_dir, ignore=left_out, dirs_exist_ok=True)
        except shutil.Error as error:
            problems = [Problem(source, None, f"无法读取：{why}。") for source, _, why in error.args[0]]
            raise CorpusError(problems) from error

    def site(self, folder: Path) -> None:
        """HTML and what goes with it, from the pages, into `folder`."""
        self._progress("MkDocs")
        pages = self._html(folder)

        def rest(views: Views, folder: Path) -> None:
            self._write_rest(views, folder, pages)

        self._blaming(Stage.DATA, rest, folder)

    def _write_pages(self, views: Views, docs_dir: Path) -> None:
        render = Renderer(self._settings.templates_dir)
        for path, page in all_pages(views, render):
            self._progress(path)
            write_text(docs_dir / path, page)
        for path, fragment in fragments(views, self._record, render):
            write_text(docs_dir / path, fragment)
        write_data(views, self._record, self._settings.site_url, docs_dir / sitemap.DATA_FOLDER)

    def _write_rest(self, views: Views, folder: Path, pages: Sequence[WebPage]) -> None:
        """The inventory, the pages that lead on, the search index, the clauses as scripts, the feed."""
        settings, corpus, taxonomy = self._settings, views.corpus, views.words.taxonomy
        objects = inventory.objects_inv(corpus, taxonomy, pages, settings.site_name)
        write_bytes(folder / "objects.inv", objects)
        render = Renderer(settings.templates_dir)
        for path, page in forward.pages(corpus.policies, settings.site_url, render):
            write_text(folder / path, page)
        for name, script in search_scripts(corpus, taxonomy):
            write_text(folder / sitemap.SEARCH_FOLDER / name, script)
        for name, script in clause_scripts(corpus, taxonomy.indicators):
            write_text(folder / sitemap.CLAUSES_FOLDER / name, script)
        self._copy_originals(corpus, folder)
        write_text(folder / FEED, feed(self._record, views.policies, settings.site_name, settings.site_url))

    def _copy_originals(self, corpus: Corpus, folder: Path) -> None:
        """The originals byte for byte, once each, for readers to download."""
        sources = self._settings.sources_dir
        originals = {one.original.file: one.original for one in corpus.policies if one.original is not None}
        for file, original in originals.items():
            content = read_inside(sources / file, sources)
            write_bytes(folder / sitemap.original_file(file, original.media_type), content)

    def _html(self, folder: Path) -> tuple[WebPage, ...]:
        """The HTML of all pages. Raises `DocumentFaultsError` for pages of policies, `CorpusError` for others."""
        structured = linked_data(self._views, self._settings).script
        try:
            return build_site(self._settings, folder, structured)
        except BuildError as error:
            faulty: dict[str, tuple[Problem, ...]] = {}
            others: list[Problem] = []
            for fault in error.faults:
                policy = next(
                    (
                        one
                        for one in self._views.corpus.policies
                        if sitemap.POLICY.source(one.id) == fault.page
                    ),
                    None,
                )
                name = self._settings.config_file.name
                if policy is not None:
                    faulty[policy.id] = (
                        *faulty.get(policy.id, ()),
                        self._fault(policy, fault.error, fault.message),
                    )
                elif fault.error is not None:
                    others.append(self._log.fault(fault.error, fault.page or name, Stage.PAGES))
                else:
                    others.append(Problem(name, None, fault.message))
            if others:
                told = [problem for problems in faulty.values() for problem in problems]
                raise CorpusError([*told, *others]) from error
            raise DocumentFaultsError(faulty) from error

    def _fault(
        self, policy: Policy, error: Exception | None, message: str = "", stage: Stage = Stage.PAGES
    ) -> Problem:
        """The fault of a policy: an error nobody foresaw, or what MkDocs says of its page."""
        file, line = policy.source.path, policy.place.first_line
        if error is not None:
            return self._log.fault(error, file, stage, line)
        return Problem(file, line, f"网页 {sitemap.POLICY.source(policy.id)}：{message}", stage=stage)

    def _blaming(self, stage: Stage, step: _Step, folder: Path) -> None:
        """Take a step. Raises `DocumentFaultsError` for the policies with which it fails, `CorpusError` where it is none."""
        errors: list[Exception] = []
        with catching(errors.append):
            step(self._views, folder)
        for error in errors:
            if isinstance(error, CorpusError) or (isinstance(error, OSError) and error.errno is not None):
                raise error
            self._progress("查找出错的政策")
            found = culprits(self._views.corpus.policies, self._trial(step, folder), error)
            if not found:
                raise CorpusError([self._log.fault(error, "程序", stage)]) from error
            faults = {policy.id: (self._fault(policy, own, stage=stage),) for policy, own in found}
            raise DocumentFaultsError(faults) from error

    def _trial(self, step: _Step, folder: Path) -> Callable[[Sequence[Policy]], None]:
        """The same step with some policies only, into a folder that vanishes."""

        def trial(policies: Sequence[Policy]) -> None:
            with tempfile.TemporaryDirectory(dir=folder.parent) as scratch:
                step(Views(_excerpt(self._views.corpus, policies), self._views.words), Path(scratch))

        return trial


def _excerpt(corpus: Corpus, policies: Sequence[Policy]) -> Corpus:
    """Some policies of a corpus alone, with nothing that leads to the others."""
    ids = {policy.id for policy in policies}
    analyses = {key: _within(analysis, ids) for key, analysis in corpus.analyses.items() if key[0] in ids}
    own = tuple(
        replace(policy, moved=tuple(one for one in policy.moved if one.to is None or one.to.policy in ids))
        for policy in policies
    )
    return replace(corpus, policies=own, analyses=analyses)


def _within(analysis: Analysis, ids: set[str]) -> Analysis:
    """An analysis without the targets of its references that are in other policies."""
    references = tuple(
        replace(one, targets=tuple(target for target in one.targets if target.policy in ids))
        for one in analysis.references
    )
    return replace(analysis, references=references)
