"""The live preview: survives every fault, shows it, loads pages anew, and answers to nobody else."""

from __future__ import annotations

import http.client
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from generator import cli
from generator.model import Problem
from generator.publishing.site.preview import watch
from generator.publishing.site.preview.server import NoPortError, Server, open_server
from generator.publishing.site.preview.state import Builds
from generator.publishing.site.preview.watch import state_of
from generator.settings import load_settings
from tests.support.browser import PageRecord
from tests.support.corpora import ROOT, Project, make_project
from tests.support.server import HOST

SECONDS = 90  # the longest that anything may take, on the slowest machine
PAGE = "<!doctype html><html><body><h1>网上办理</h1></body></html>"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site with a page, a folder without one, and a file that is no page."""
    (tmp_path / "site" / "assets").mkdir(parents=True)
    (tmp_path / "site" / "index.html").write_text(PAGE, "utf-8")
    (tmp_path / "site" / "assets" / "x.css").write_text("h1 { color: red }", "utf-8")
    return tmp_path / "site"


@contextmanager
def previewing(site: Path, builds: Builds, host: str = HOST) -> Iterator[Server]:
    with open_server(site, builds, host, 0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def ask(server: Server, path: str, host: str | None = HOST, method: str = "GET") -> tuple[int, str]:
    """The status and body of an answer; `host` is the header, None for none."""
    connection = http.client.HTTPConnection(HOST, server.server_port, timeout=SECONDS)
    connection.putrequest(method, path, skip_host=True)
    if host is not None:
        connection.putheader("Host", host)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read().decode("utf-8")
    connection.close()
    return answer.status, body


def built(*problems: Problem) -> Builds:
    builds = Builds()
    builds.ended(problems)
    return builds


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/", 200, "网上办理"),
        ("/index.html", 200, "网上办理"),
        ("/assets/x.css", 200, "color: red"),
        ("/assets/", 404, ""),
        ("/assets", 404, ""),
        ("/nothing.html", 404, ""),
        ("/../mkdocs.yml", 404, ""),
        ("/..%2f..%2fmkdocs.yml", 404, ""),
        ("/__preview__/nothing", 404, ""),
    ],
)
def test_pages_and_files_are_served_and_folders_are_not_listed(
    site: Path, path: str, status: int, says: str
) -> None:
    with previewing(site, built()) as server:
        answer, body = ask(server, path)
        if answer == 301:  # to the folder with a slash
            answer, body = ask(server, f"{path}/")
    assert answer == status
    assert says in body
    assert "x.css" not in body


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1", 200),
        ("127.0.0.1:8000", 200),
        ("localhost:8000", 200),
        ("LOCALHOST", 200),
        ("[::1]:8000", 200),
        ("evil.example", 421),
        ("evil.example:8000", 421),
        ("127.0.0.1.evil.example", 421),
        ("localhost.evil.example", 421),
        ("192.0.2.1", 421),
        ("[", 421),
        ("", 421),
        (None, 421),
    ],
)
@pytest.mark.parametrize("path", ["/", "/assets/x.css", "/__preview__/build"])
def test_only_its_own_names_are_answered(site: Path, host: str | None, status: int, path: str) -> None:
    with previewing(site, built()) as server:
        answer, body = ask(server, path, host)
        assert answer == status
        assert ("网上办理" in body) is (status == 200 and path == "/")
        assert ask(server, path, host, "HEAD")[0] == status


def test_listening_everywhere_it_answers_to_the_machine_and_to_no_other_name(site: Path) -> None:
    with previewing(site, built(), "0.0.0.0") as server:
        assert server.address == f"http://127.0.0.1:{server.server_port}/"
        assert ask(server, "/", "127.0.0.1")[0] == 200
        assert ask(server, "/", "evil.example")[0] == 421


def test_faults_stand_in_for_every_page_and_the_last_good_one_is_a_click_away(site: Path) -> None:
    problem = Problem("a<b>.txt", 3, "不是 UTF-8 编码。", "请转换编码。", log="/tmp/x.log")
    with previewing(site, built(problem)) as server:
        status, body = ask(server, "/")
        assert status == 503
        assert "a&lt;b&gt;.txt:3</strong>：不是 UTF-8 编码。 请转换编码。 日志：/tmp/x.log" in body
        (previous,) = re.findall(r'href="([^"]*)"', body)
        assert "网上办理" in ask(server, previous)[1]
        assert ask(server, "/assets/x.css")[0] == 200
        assert "href" not in ask(server, "/nothing.html")[1]


def test_while_the_first_build_runs_the_browser_is_told(site: Path) -> None:
    with previewing(site, Builds()) as server:
        status, body = ask(server, "/")
    assert status == 503
    assert "正在生成" in body
    assert 'data-build="0"' in body


def test_a_port_in_use_is_said_in_one_line_with_advice(site: Path) -> None:
    with previewing(site, built()) as server, pytest.raises(NoPortError) as caught:
        open_server(site, built(), HOST, server.server_port)
    (line,) = str(caught.value).splitlines()
    assert f"端口 {server.server_port} 已被占用" in line
    assert "--port 0" in line


def test_what_is_generated_or_hidden_is_no_change(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project", with_sources=False)
    settings = load_settings(project.folder / "mkdocs.yml")
    before = state_of(settings, project.sources)
    for name in ("docs/policies/x.md", "docs/.policy-site-1/new/x.md", "source_texts/.policy-site.lock"):
        (project.folder / name).parent.mkdir(parents=True, exist_ok=True)
        (project.folder / name).write_text("x", "utf-8")
    (project.sources / "dead.txt").symlink_to("nowhere")
    assert state_of(settings, project.sources) == before
    (project.sources / "a.txt").write_text("x", "utf-8")
    assert state_of(settings, project.sources) != before


@pytest.mark.parametrize("name", ["mkdocs.yml", "source_texts/a.txt", "docs/about.md", "site_templates/x.j2"])
def test_a_change_is_told_as_it_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(watch, "_AT_LEAST_EVERY", SECONDS)  # it is told, not found by looking now and then
    project = make_project(tmp_path / "project", with_sources=False)
    settings = load_settings(project.folder / "mkdocs.yml")
    with watch.watching(settings, project.sources) as changes:
        before = state_of(settings, project.sources)
        threading.Timer(0.2, lambda: (project.folder / name).write_text("x", "utf-8")).start()
        changes.wait()
        assert state_of(settings, project.sources) != before


# ---- The command


@contextmanager
def serving(project: Project, *options: str) -> Iterator[str]:
    """`serve` as a process of its own; yields the address it says."""
    command = [sys.executable, "-m", "generator", "serve", "--port", "0"]
    config = ["--config-file", str(project.folder / "mkdocs.yml"), *options]
    with subprocess.Popen(
        [*command, *config], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().split()[0]
        finally:
            process.kill()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = make_project(tmp_path / "project", with_sources=False)
    write(project, "网上办理。")
    return project


def write(project: Project, text: str) -> None:
    (project.sources / "a.txt").write_text(f"一、开办企业\n{text}\n", "utf-8")
    (project.sources / "a.yml").write_text("policies:\n  - id: city-2020-1\n", "utf-8")


@pytest.mark.browser
def test_the_browser_shows_faults_and_loads_anew_when_they_are_mended(
    page: Page, page_record: PageRecord, project: Project
) -> None:
    def undecodable() -> None:
        (project.sources / "a.txt").write_bytes(b"\xff")

    def broken_configuration() -> None:
        (project.folder / "mkdocs.yml").write_text("site_name: [\n", "utf-8")

    configuration = (project.folder / "mkdocs.yml").read_text("utf-8")
    faults: list[tuple[Callable[[], None], str]] = [
        (undecodable, "不是 UTF-8 编码"),
        (broken_configuration, "YAML 写法有误"),
    ]
    with serving(project) as address:
        page.set_default_timeout(SECONDS * 1000)
        page.goto(f"{address}policies/city-2020-1.html")
        expect(page.locator("article")).to_contain_text("网上办理", timeout=SECONDS * 1000)
        for number, (spoil, says) in enumerate(faults):
            spoil()
            expect(page.locator("li").first).to_contain_text(says, timeout=SECONDS * 1000)
            (project.folder / "mkdocs.yml").write_text(configuration, "utf-8")
            write(project, f"第{number}次改好。")
            expect(page.locator("article")).to_contain_text(f"第{number}次改好", timeout=SECONDS * 1000)
        page.goto("about:blank")  # before the server goes: the page asks it for news
    assert not page_record.page_errors
    page_record.forget()  # 503, while there is no site of the sources as they are


@pytest.mark.parametrize("error", [IndexError("x"), RecursionError(), OSError(28, "No space left on device")])
def test_nothing_that_goes_wrong_in_a_build_ends_the_preview(
    project: Project, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    told: list[Problem] = []

    def write_site(*_: object) -> None:
        raise error

    def serve_site(
        _settings: object, _sources: object, rebuild: Callable[[], list[Problem]], *_: object
    ) -> None:
        told.extend(rebuild())

    monkeypatch.setattr(cli, "write_site", write_site)
    monkeypatch.setattr(cli, "serve_site", serve_site)
    assert project.run("serve").exit_code == 0
    (problem,) = told
    assert type(error).__name__ in problem.message or "No space left on device" in problem.message


def test_a_port_in_use_ends_the_command_at_once(project: Project, site: Path) -> None:
    with previewing(site, built()) as server:
        result = project.run("serve", "--port", str(server.server_port))
    assert result.exit_code == 2
    (line,) = result.stderr.strip().splitlines()
    assert f"端口 {server.server_port} 已被占用" in line
    assert not project.site.exists()
