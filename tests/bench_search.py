"""What the search costs: `make bench-search`. Against Material's own index and Pagefind, on the same pages.

For corpora of 22, 1,000 and 3,000 policies (the repository's own, varied): the seconds of processor time an index
takes to build, its bytes on disk, the bytes a first query needs as a server sends them (gzip), how long a reader
waits for it in a real Chromium, and the memory of the page after many queries. Times are those of this machine:
compare them within one run. `python -m tests.bench_search 22 100` measures other sizes.
"""

from __future__ import annotations

import gzip
import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click
from playwright.sync_api import Browser, Page, sync_playwright

from generator.files.text import write_text
from generator.folding import fold
from generator.model import Corpus
from generator.pipeline import load_corpus
from generator.publishing.publish import write_pages
from generator.publishing.scripts.search import search_scripts
from generator.publishing.site.mkdocs_build import build_site
from generator.publishing.webpage import WebPage
from generator.settings import load_settings
from tests.support.browser import ARGUMENTS, find_browser
from tests.support.corpora import SOURCES, make_project
from tests.support.server import serving
from tests.support.varied import varied_corpus
from tests.support.words import WORDS

SIZES = (22, 1000, 3000)
FREQUENT, RANDOM = 10, 10  # two-character queries of each kind
LONG = ("营商环境", "不动产登记", "企业 服务", "水 电 气", "一次性告知", "优化营商环境条例")


@dataclass
class Figures:
    """What was measured of one search at one size. Bytes, seconds of processor time, milliseconds."""

    build_seconds: float = 0.0
    disk: int = 0
    cold_bytes: list[int] = field(default_factory=list)
    cold_ms: list[float] = field(default_factory=list)
    next_ms: list[float] = field(default_factory=list)


@dataclass
class Measured:
    """Everything measured at one size."""

    policies: int
    clauses: int
    mkdocs_seconds: float
    ours: Figures
    material: Figures
    pagefind: Figures
    heap: int = 0
    memory: int = 0


def main() -> None:
    """Measure the sizes on the command line, or those of the issue, and print a table for each."""
    sizes = [int(argument) for argument in sys.argv[1:]] or list(SIZES)
    with sync_playwright() as playwright:
        executable = find_browser(Path(playwright.chromium.executable_path))
        browser = playwright.chromium.launch(executable_path=executable, args=list(ARGUMENTS))
        for size in sizes:
            with tempfile.TemporaryDirectory() as folder:
                measured = measure(size, Path(folder), browser)
            _print(measured)
        browser.close()


def measure(size: int, folder: Path, browser: Browser) -> Measured:
    """Build the three searches over the same pages and try them."""
    taxonomy = WORDS.taxonomy
    sources, _ = load_corpus(SOURCES)
    corpus = varied_corpus(sources, taxonomy, size)
    project = make_project(folder / "project", with_sources=False)
    settings = load_settings(project.folder / "mkdocs.yml")
    write_pages(corpus, WORDS, settings, lambda _: None)
    site = settings.site_dir
    result = Measured(
        policies=size,
        clauses=sum(len(policy.clauses) for policy in corpus.policies),
        mkdocs_seconds=_cpu(lambda: build_site(settings, site, _no_data)),
        ours=Figures(),
        material=Figures(),
        pagefind=Figures(),
    )

    def build_ours() -> None:
        for name, script in search_scripts(corpus, taxonomy):
            write_text(site / "search" / name, script)

    result.ours.build_seconds = _cpu(build_ours)
    result.ours.disk = _size(site / "search")
    _build_material(project.folder, result)
    result.pagefind.build_seconds = _cpu(lambda: _build_pagefind(site), children=True)
    result.pagefind.disk = _size(site / "pagefind")
    with serving(site) as base:
        _try_ours(browser, base, site, corpus, result)
        _try_pagefind(browser, base, site, corpus, result.pagefind)
    return result


def _no_data(_: WebPage) -> str:
    """Pages without structured data: what is measured is MkDocs alone."""
    return ""


def _build_material(folder: Path, result: Measured) -> None:
    """The same pages with Material's plugin: its index, and how much longer the build takes."""
    config = folder / "mkdocs.yml"
    plain = config.read_text("utf-8")
    config.write_text(plain.replace("plugins: []", "plugins: [search]"), "utf-8")
    site = folder / "material"
    settings = replace(load_settings(config), site_dir=site)
    result.material.build_seconds = _cpu(lambda: build_site(settings, site, _no_data)) - result.mkdocs_seconds
    index = site / "search" / "search_index.json"
    result.material.disk = index.stat().st_size
    result.material.cold_bytes.append(_gzipped(index))
    config.write_text(plain, "utf-8")
    shutil.rmtree(site)


def _build_pagefind(site: Path) -> None:
    subprocess.run([sys.executable, "-m", "pagefind", "--site", str(site)], check=True, capture_output=True)


def _try_ours(browser: Browser, base: str, site: Path, corpus: Corpus, result: Measured) -> None:
    """Cold and next queries in the header's box; then the memory of a page that has asked much."""
    queries = two_character_queries(corpus)
    for query in queries:
        with _page(browser, f"{base}/about.html") as (page, asked):
            result.ours.cold_ms.append(_ask(page, query))
            result.ours.cold_bytes.append(_sent(asked, site))
    with _page(browser, f"{base}/about.html") as (page, _):
        _ask(page, queries[0])
        result.ours.next_ms += [_ask(page, query) for query in queries[1:]]
        for query in LONG:
            _ask(page, query)
        result.heap, result.memory = _memory(browser, page)


def _ask(page: Page, query: str) -> float:
    """Type a query into the header's box; the milliseconds until the list answers it."""
    return float(
        page.evaluate(
            """query => new Promise(resolve => {
                const box = document.querySelector(".search__box");
                const list = document.querySelector(".search__results");
                const start = performance.now();
                const done = () => {
                    if (list.dataset.query !== query) return;
                    seen.disconnect();
                    requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - start)));
                };
                const seen = new MutationObserver(done);
                seen.observe(list, {attributes: true, childList: true});
                box.focus();
                box.value = query;
                box.dispatchEvent(new Event("input", {bubbles: true}));
            })""",
            query,
        )
    )


def _try_pagefind(browser: Browser, base: str, site: Path, corpus: Corpus, figures: Figures) -> None:
    """The same queries asked of Pagefind's own script, with the data of the first ten results."""
    ask = """async query => {
        const start = performance.now();
        const pagefind = await import("/pagefind/pagefind.js");
        const found = await pagefind.search(query);
        await Promise.all(found.results.slice(0, 10).map(one => one.data()));
        return performance.now() - start;
    }"""
    for query in two_character_queries(corpus):
        with _page(browser, f"{base}/about.html") as (page, asked):
            figures.cold_ms.append(page.evaluate(ask, query))
            figures.cold_bytes.append(_sent(asked, site))
            figures.next_ms.append(page.evaluate(ask, query[::-1]))


@contextmanager
def _page(browser: Browser, address: str) -> Iterator[tuple[Page, list[str]]]:
    """A page in a browser that has cached nothing, with what it asks for once it is loaded."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    page.wait_for_load_state("networkidle")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    yield page, asked
    context.close()


def two_character_queries(corpus: Corpus) -> list[str]:
    """The most frequent pairs of Han characters, and some at random, as often as they occur."""
    pairs: Counter[str] = Counter()
    for policy in corpus.policies:
        for clause in policy.clauses:
            text = fold(clause.wording)
            pairs.update({text[at : at + 2] for at in range(len(text) - 1)})
    han = Counter(
        {pair: count for pair, count in pairs.items() if all("\u4e00" <= c <= "\u9fff" for c in pair)}
    )
    frequent = [pair for pair, _ in han.most_common(FREQUENT)]
    chance = random.Random(len(corpus.policies))
    return frequent + chance.choices(list(han), weights=list(han.values()), k=RANDOM)


def _cpu(work: Callable[[], object], *, children: bool = False) -> float:
    """The processor time some work takes, in seconds."""

    def clock() -> float:
        if not children:
            return time.process_time()
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    start = clock()
    work()
    return clock() - start


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def _sent(asked: list[str], site: Path) -> int:
    """The bytes of the files asked for, as a server sends them."""
    return sum(_gzipped(site / unquote(urlsplit(url).path).lstrip("/")) for url in asked)


@cache
def _gzipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 6))


def _memory(browser: Browser, page: Page) -> tuple[int, int]:
    """The bytes of JavaScript's heap, and of the page's whole process, once the rubbish is collected."""
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    heap = session.send("Runtime.getHeapUsage")["usedSize"]
    processes = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]
    renderers = [one["id"] for one in processes if one["type"] == "renderer"]
    return int(heap), max(map(_private_memory, renderers))


def _private_memory(process: int) -> int:
    """The memory of a process that it shares with no other."""
    lines = Path(f"/proc/{process}/status").read_text("ascii").splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith(("RssAnon", "RssShmem")))


def _print(measured: Measured) -> None:
    """The figures as a table, the ratios below it, and the same as JSON for a program."""
    click.echo(f"\n{measured.policies} policies, {measured.clauses} clauses")
    click.echo(
        f"{'':10}{'build s':>9}{'disk MB':>9}{'cold KB (max)':>16}{'cold ms (max)':>16}{'next ms (max)':>16}"
    )
    for name in ("ours", "material", "pagefind"):
        one: Figures = getattr(measured, name)
        click.echo(
            f"{name:10}{one.build_seconds:9.1f}{one.disk / 1e6:9.2f}"
            f"{_pair([size / 1e3 for size in one.cold_bytes]):>16}{_pair(one.cold_ms):>16}{_pair(one.next_ms):>16}"
        )
    ours = measured.ours
    click.echo(
        f"MkDocs {measured.mkdocs_seconds:.1f} s; our index {ours.build_seconds / measured.mkdocs_seconds:.2f} of it"
    )
    click.echo(
        f"on disk {ours.disk / measured.material.disk:.2f} of Material's, {ours.disk / measured.pagefind.disk:.2f} of Pagefind's"
    )
    click.echo(f"heap {measured.heap / 1e6:.1f} MB, the page's process {measured.memory / 1e6:.1f} MB")
    click.echo(json.dumps(asdict(measured)))


def _pair(values: list[float]) -> str:
    """The middle value, and the greatest."""
    if not values:
        return "–"
    return f"{sorted(values)[len(values) // 2]:.0f} ({max(values):.0f})"


if __name__ == "__main__":
    main()
