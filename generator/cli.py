"""The commands. Exit codes: 0 fine, 1 the corpus has faults, 2 wrong use."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import click
from rich.console import Console
from rich.table import Table

from generator import __version__
from generator.analysis import load_analyst
from generator.anchors import changes
from generator.anchors import lock as anchor_lock
from generator.checking.explain import explanation_lines
from generator.checking.links import check_documents
from generator.checking.links.judge import Judge
from generator.checking.links.locked import NotALockError, read_hashes
from generator.checking.links.report import Report, report_json, report_lines
from generator.checking.links.sites import WrongSiteError
from generator.checking.report import account_lines, check_json, comparison_lines, doubt_lines
from generator.faults import DocumentFaultsError, FaultLog, catching
from generator.files.outputs import beside, inside, writing
from generator.files.text import write_bytes, write_text
from generator.intake import add as add_originals
from generator.intake.report import add_json, entry_lines, summary, table_rows
from generator.model import Address, Corpus, CorpusError, Problem, Stage
from generator.pipeline import load_corpus, without
from generator.publishing.data import opensearch
from generator.publishing.data.records import clauses_jsonl
from generator.publishing.publish import write_pages, write_site
from generator.publishing.site.preview import NoPortError, serve_site
from generator.reading.files import RECORDS, require_folder
from generator.settings import Settings, load_settings
from generator.terminal import json_for, tolerate_any_encoding
from generator.terminal import line as shown_line
from generator.views.page_ids import page_ids
from generator.vocabulary import Vocabulary, load_words

FAULTS = 1  # the exit code of a corpus with faults
WRONG_USE = 2
# How click ends a command, and what it makes of a reader that has gone (check | head).
_CLICK = (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError)


@dataclass(frozen=True)
class Context:
    """What every command needs."""

    out: Console
    err: Console
    config: Path
    sources: Path | None
    log: FaultLog

    def settings(self) -> Settings:
        """The settings of `mkdocs.yml`, with the folder of sources that --sources names."""
        settings = load_settings(self.config)
        return settings if self.sources is None else replace(settings, sources_dir=self.sources.resolve())

    def folder(self) -> Path:
        """The folder of sources: --sources, or the one the configuration names."""
        return self.sources if self.sources is not None else self.settings().sources_dir

    @cached_property
    def words(self) -> Vocabulary:
        """The word lists, those of the site before the packaged ones; a corpus elsewhere needs no configuration."""
        if self.sources is not None and not self.config.exists():
            return load_words()
        return load_words(self.settings().words_dir)


def _sources_option(command: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--sources",
        type=click.Path(path_type=Path),
        help="Folder of source files (default: extra.generator.sources in mkdocs.yml, or source_texts).",
    )(command)


def _config_option(command: Callable[..., None]) -> Callable[..., None]:
    return click.option(
        "--config-file",
        "config",
        type=click.Path(path_type=Path),
        default=Path("mkdocs.yml"),
        show_default=True,
        help="The configuration; the folders it names stand beside it.",
    )(command)


_format_option = click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Lines for a person, or one JSON object on standard output for a program.",
)
_keep_going_option = click.option(
    "--keep-going",
    is_flag=True,
    help="Publish the documents that have no fault, and name the others on the page 校核; the exit code is 1.",
)

_PLACEHOLDER = (
    "注意：mkdocs.yml 的 site_url 还是占位的 {}。"
    "复制的链接和引文、打印件上的网址都从它来；发布之前请改成自己的网址。"
)


class _Commands(click.Group):
    """The commands; what nobody foresaw in one ends in a line and a log, not in a traceback."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command."""

        def told(error: Exception) -> None:
            if isinstance(error, _CLICK):
                raise error
            click.echo(shown_line(str(FaultLog().fault(error, "程序", None))).plain, err=True)
            sys.exit(FAULTS)

        results: list[object] = []
        with catching(told):
            results.append(super().invoke(ctx))
        return results[0]


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
def main() -> None:
    """A documentation site of Chinese business-environment policies, with an anchor per clause."""
    tolerate_any_encoding()


@main.command()
@_sources_option
@_config_option
@_keep_going_option
def site(sources: Path | None, config: Path, keep_going: bool) -> None:
    """Build pages, data, site, search index and bundle: site/ and dist/*.zip."""
    with _running(sources, config) as (context, progress):
        settings, words = context.settings(), context.words

        def write(corpus: Corpus) -> Path:
            return write_site(corpus, words, settings, progress, context.log)

        corpus, bundle = _published(context, progress, write, keep_going=keep_going)
    context.out.print(_summary(corpus), highlight=False)
    context.out.print(shown_line(f"网站：{settings.site_dir}\n离线包：{bundle}"), soft_wrap=True)
    if settings.placeholder:
        context.out.print(shown_line(_PLACEHOLDER.format(settings.site_url)), soft_wrap=True)
    _end_with_missing(context, corpus)


@main.command()
@_sources_option
@_config_option
@_keep_going_option
def pages(sources: Path | None, config: Path, keep_going: bool) -> None:
    """Write only the Markdown pages and data files, into docs/."""
    with _running(sources, config) as (context, progress):
        settings, words = context.settings(), context.words

        def write(corpus: Corpus) -> None:
            write_pages(corpus, words, settings, progress, context.log)

        corpus, _ = _published(context, progress, write, keep_going=keep_going)
    context.out.print(_summary(corpus), highlight=False)
    _end_with_missing(context, corpus)


@main.command()
@_sources_option
@_config_option
@_format_option
@click.option(
    "--explain",
    metavar="POLICY#ANCHOR",
    help="Tell only why this clause has its indicators, responsibility, due date and commitments.",
)
def check(sources: Path | None, config: Path, form: str, explain: str | None) -> None:
    """Account for every character, compare the anchors with the lock, report faults and doubts.

    Doubts (存疑) are places an editor should look at: numbers that leave a gap, brackets without a counterpart, a
    title at odds with its text and the like. They do not change the exit code.
    """
    if explain is not None:
        _explain(sources, config, explain)
        return
    as_json = form == "json"
    with _running(sources, config, _show_json if as_json else _show) as (context, progress):
        corpus, problems = load_corpus(context.folder(), progress, context.log, words=context.words)
        comparison = anchor_lock.compare(corpus, anchor_lock.read_lock(context.folder()))
        problems += [*comparison.gone, *changes.faults(context.folder())]
    if as_json:
        _echo_json(check_json(corpus, problems, comparison))
    else:
        _print_check(context, corpus, comparison)
        if problems:
            _show(context.err, problems)
    if problems:
        sys.exit(FAULTS)


def _explain(sources: Path | None, config: Path, address: str) -> None:
    """Why one clause is analysed as it is, on standard output."""
    asked = Address.read(address)
    with _running(sources, config) as (context, progress):
        corpus, problems = load_corpus(context.folder(), progress, context.log, words=context.words)
        if corpus.lacks(asked.policy):
            raise CorpusError(problems)
    analyst = load_analyst(context.words)
    policy = next((one for one in corpus.policies if one.id == asked.policy), None)
    try:
        if policy is None:
            raise KeyError(asked.policy)
        explanation = analyst.explain(policy, asked.anchor or "")
    except KeyError as error:
        raise click.BadParameter(
            f"没有条文 {address}。写作“政策编号#锚点”。", param_hint="--explain"
        ) from error
    for line in explanation_lines(explanation, analyst.words.taxonomy):
        context.out.print(shown_line(line), soft_wrap=True)


def _print_check(context: Context, corpus: Corpus, comparison: anchor_lock.Comparison) -> None:
    """The account, the doubts and the news of the anchors, on standard output."""
    summary = f"{_summary(corpus)}存疑 {len(corpus.doubts)} 处。"
    for line in (*account_lines(corpus), *doubt_lines(corpus), "", summary):
        context.out.print(shown_line(line), soft_wrap=True)
    for line in comparison_lines(comparison):
        context.out.print(shown_line(line), soft_wrap=True)


@main.command()
@_sources_option
@_config_option
def lock(sources: Path | None, config: Path) -> None:
    """Accept the anchors as they stand: write anchors.lock beside the sources. Refuses to drop one.

    Review first what `check` lists: changed wordings word by word, anchors that lead elsewhere, new ones. Beside
    it wordings.lock keeps the accepted wordings, so that the next change can be shown the same way, and
    changes.log tells readers what was added and changed.
    """
    with _running(sources, config) as (context, progress):
        folder = require_folder(context.folder())  # no lock file is to make one
        wordings, anchors, record = files = [folder / name for name in RECORDS]
        with writing(inside(folder), files) as outputs:
            corpus = _faultless(context, progress)
            before = anchor_lock.read_lock(folder)
            locked = (Address.read(name).policy for name in before.entries)
            news = changes.news(anchor_lock.compare(corpus, before), locked, _today())
            with outputs.replacing(*files) as fresh:
                anchor_lock.write_lock(corpus, before, fresh[anchors], fresh[wordings])
                changes.record(folder, news, fresh[record])
    context.out.print(_summary(corpus), highlight=False)


@main.command()
@click.option("--sources", type=click.Path(path_type=Path), required=True, help="Any folder of source files.")
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The file to write: JSONL, or NDJSON for --format opensearch.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["jsonl", "opensearch"]),
    default="jsonl",
    show_default=True,
    help="A clause a line; or a bulk file for OpenSearch and Elasticsearch, its index beside it (.index.json).",
)
@click.option(
    "--index",
    default="policy-clauses",
    show_default=True,
    help="The index that --format opensearch writes for.",
)
def export(sources: Path, output: Path, form: str, index: str) -> None:
    """Write the clauses of any folder of sources as JSON lines; sidecars are not needed.

    No document with a fault stops the export: all that can be read is written, and the exit code is 1.
    """
    definition = output.with_suffix(".index.json")
    targets = [output, definition] if form == "opensearch" else [output]

    def lines(corpus: Corpus) -> Iterator[str]:
        return opensearch.bulk_lines(corpus, index) if form == "opensearch" else clauses_jsonl(corpus)

    with (
        _running(sources, Path("mkdocs.yml")) as (context, progress),
        writing(beside(output), [output, definition]) as outputs,
    ):
        corpus, problems = load_corpus(sources, progress, context.log, words=context.words)
        if not corpus.policies:
            raise CorpusError(problems)
        with outputs.replacing(*targets) as fresh:
            corpus, more = _write_rows(context, corpus, lines, fresh[output])
            if form == "opensearch":
                write_text(fresh[definition], opensearch.index_json())
        problems += more
    context.err.print(_summary(corpus), highlight=False)
    if problems:
        _show(context.err, problems)
        sys.exit(FAULTS)


@main.command()
@click.argument(
    "paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path)
)
@click.option("--dry-run", is_flag=True, help="Show everything, write nothing.")
@click.option(
    "--container",
    metavar="SELECTOR",
    help="Where the text of a web page stands, as #id or .class, where the list (webpages.yml) has it not.",
)
@_format_option
@_sources_option
@_config_option
def add(
    paths: tuple[Path, ...],
    dry_run: bool,
    container: str | None,
    form: str,
    sources: Path | None,
    config: Path,
) -> None:
    """Bring documents as offices send them (web pages, Word, PDF, text …) into the folder of sources.

    Files, or folders and zip files with all that is in them. Each original is kept byte for byte; beside it stand the
    text that was read from it, and a sidecar with a proposed id. Nothing is overwritten. Exit code 1 where one of
    them cannot be read; the others are added all the same.
    """
    with _running(sources, config) as (context, progress):
        entries = add_originals(
            paths,
            context.folder(),
            container=container,
            dry_run=dry_run,
            words=context.words,
            progress=progress,
            log=context.log,
        )
    if form == "json":
        _echo_json(add_json(entries, dry_run=dry_run))
    else:
        for entry in entries:
            for told in entry_lines(entry, dry_run=dry_run):
                context.out.print(shown_line(told), soft_wrap=True)
        if len(entries) > 1:
            _print_table(context.out, table_rows(entries))
        context.out.print(shown_line(summary(entries)), soft_wrap=True)
    if any(entry.status == "unreadable" for entry in entries):
        sys.exit(FAULTS)


def _print_table(console: Console, rows: Sequence[Sequence[str]]) -> None:
    """A table for a person: the first row is its head."""
    table = Table(*rows[0], box=None)
    for row in rows[1:]:
        table.add_row(*map(shown_line, row))
    console.print(table)


@main.command()
@click.argument(
    "paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path)
)
@click.option(
    "--site",
    "sites",
    metavar="URL",
    multiple=True,
    help="A further address at which the site is published; may be given more than once.",
)
@click.option(
    "--lock",
    "older_lock",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="An older anchors.lock: tells which of the clauses linked to have another wording now.",
)
@_format_option
@_sources_option
@_config_option
def links(
    paths: tuple[Path, ...],
    sites: tuple[str, ...],
    older_lock: Path | None,
    form: str,
    sources: Path | None,
    config: Path,
) -> None:
    """Check the links to this site in other documents: md, rst, html, docx, pdf; files, or folders of them.

    Links to a clause that moved or has another wording are reported; only dead links, and documents that cannot be
    read, make the exit code 1. Nothing is asked of the network.
    """
    as_json = form == "json"
    with _running(sources, config, _show_links_json if as_json else _show) as (context, progress):
        judge = _judge(context, sites, older_lock, progress)
        report = check_documents(paths, judge, progress)
    if as_json:
        _echo_json(report_json(report))
    else:
        for line in report_lines(report):
            context.out.print(shown_line(line), soft_wrap=True)
    if report.failed:
        sys.exit(FAULTS)


def _judge(
    context: Context, sites: Sequence[str], older_lock: Path | None, progress: Callable[[str], None]
) -> Judge:
    """The judge of links. Raises `CorpusError`, and click's error for what is not an address or not a lock."""
    corpus, problems = load_corpus(context.folder(), progress, context.log, words=context.words)
    if corpus.missing:  # links to what could not be read would be called dead
        raise CorpusError(problems)
    try:
        hashes = read_hashes(older_lock) if older_lock else {}
        promised = {
            Address.read(address).policy
            for address in (*hashes, *anchor_lock.read_lock(context.folder()).entries)
        }
        ids = page_ids(corpus, context.words)
        return Judge(corpus, ids, context.settings(), sites, hashes, promised)
    except NotALockError as error:
        raise click.BadParameter(str(error), param_hint="--lock") from error
    except WrongSiteError as error:
        raise click.BadParameter(str(error), param_hint="--site") from error


@main.command()
@_sources_option
@_config_option
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port; 0 for a free one.",
)
def serve(sources: Path | None, config: Path, host: str, port: int) -> None:
    """Build the site, serve it, and build it again whenever a source, page or template changes.

    The browser shows the faults of a build, and loads the page anew after each.
    """
    with _running(sources, config) as (context, progress):
        settings = context.settings()

    def rebuild() -> Sequence[Problem]:
        try:
            with context.log.guard("程序", Stage.PAGES):
                corpus = _faultless(context, progress)
                write_site(corpus, context.words, context.settings(), progress, context.log)
        except CorpusError as error:
            _show(context.err, error.problems)
            return error.problems
        return ()

    def say(line: str) -> None:
        context.out.print(shown_line(line), soft_wrap=True)

    try:
        serve_site(settings, context.folder(), rebuild, host, port, say)
    except NoPortError as error:
        context.err.print(shown_line(str(error)), soft_wrap=True)
        sys.exit(WRONG_USE)


def _today() -> str:
    """The date of a change, or the one that SOURCE_DATE_EPOCH names."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return now.date().isoformat()


def _echo_json(text: str) -> None:
    """Write JSON to standard output."""
    click.echo(json_for(text, sys.stdout.encoding), nl=False)


def _show(console: Console, problems: Sequence[Problem]) -> None:
    """Print the faults, a line each, as file:line: message."""
    for problem in problems:
        console.print(shown_line(str(problem)), soft_wrap=True)
    console.print(f"共 {len(problems)} 处问题。", highlight=False)


def _show_json(_console: Console, problems: Sequence[Problem]) -> None:
    """The report of a corpus that could not be read: its faults."""
    _echo_json(check_json(Corpus((), ()), problems))


def _show_links_json(_console: Console, problems: Sequence[Problem]) -> None:
    """The report of `links` where the corpus could not be read: its faults."""
    _echo_json(report_json(Report(), problems))


@contextmanager
def _running(
    sources: Path | None, config: Path, show: Callable[[Console, Sequence[Problem]], None] = _show
) -> Iterator[tuple[Context, Callable[[str], None]]]:
    """Runs a command with progress shown; shows the faults it raises, foreseen or not, and exits 1."""
    context = Context(Console(), Console(stderr=True), config, sources, FaultLog())
    with context.err.status("读取原文…") as status:

        def told(error: Exception) -> None:
            if isinstance(error, _CLICK):
                raise error
            status.stop()
            if isinstance(error, CorpusError):
                show(context.err, error.problems)
            else:
                show(context.err, [context.log.fault(error, "程序", None)])
            sys.exit(FAULTS)

        with catching(told):
            yield context, lambda name: status.update(shown_line(name))


def _faultless(context: Context, progress: Callable[[str], None], *, keep_going: bool = False) -> Corpus:
    """The corpus, if it may be published. Raises `CorpusError` with its faults otherwise.

    `keep_going`: without the documents that have faults. Faults of none of them (anchors that are gone, the record of
    changes), and a corpus of which nothing is left, are refused all the same.
    """
    corpus, problems = load_corpus(
        context.folder(), progress, context.log, words=context.words, sound_only=keep_going
    )
    gone = anchor_lock.compare(corpus, anchor_lock.read_lock(context.folder())).gone
    of_none = [*gone, *changes.faults(context.folder())]
    explained = [problem for one in corpus.missing for problem in one.problems] if keep_going else []
    if of_none or any(problem not in explained for problem in problems) or not corpus.policies:
        raise CorpusError([*problems, *of_none])
    return corpus


_Written = TypeVar("_Written")


def _published(
    context: Context,
    progress: Callable[[str], None],
    write: Callable[[Corpus], _Written],
    *,
    keep_going: bool,
) -> tuple[Corpus, _Written]:
    """The corpus that was written, and what `write` returned; documents that cannot be written are left out of it.

    Raises `CorpusError` where it may not be published.
    """
    corpus = _faultless(context, progress, keep_going=keep_going)
    while True:
        try:
            return corpus, write(corpus)
        except DocumentFaultsError as error:
            if not keep_going or len(error.faulty) == len(corpus.policies):
                raise
            corpus, _ = without(corpus, error.faulty, context.words, context.log)


def _end_with_missing(context: Context, corpus: Corpus) -> None:
    """Names what was left out, and exits 1, where anything was."""
    if corpus.missing:
        context.err.print(f"有 {len(corpus.missing)} 份文件没有发布，见网站的“校核”页：", highlight=False)
        _show(context.err, [problem for one in corpus.missing for problem in one.problems])
        sys.exit(FAULTS)


def _write_rows(
    context: Context, corpus: Corpus, lines: Callable[[Corpus], Iterator[str]], target: Path
) -> tuple[Corpus, list[Problem]]:
    """The rows of every policy, into one file; those of a policy in which something fails are left out.

    Returns the corpus that was written, and the faults.
    """
    problems: list[Problem] = []
    while True:
        rows: list[bytes] = []
        faulty: dict[str, tuple[Problem, ...]] = {}
        for policy in corpus.policies:
            try:
                with context.log.guard(policy.source.path, Stage.DATA, policy.place.first_line):
                    rows.append("".join(lines(replace(corpus, policies=(policy,)))).encode("utf-8"))
            except CorpusError as error:
                faulty[policy.id] = error.problems
                problems += error.problems
        if not faulty:
            write_bytes(target, b"".join(rows))
            return corpus, problems
        corpus, more = without(corpus, faulty, context.words, context.log)
        problems += more


def _summary(corpus: Corpus) -> str:
    clauses = sum(len(policy.clauses) for policy in corpus.policies)
    return f"{len(corpus.accounts)} 个原文文件，{len(corpus.policies)} 份政策，{clauses} 条条文。"
