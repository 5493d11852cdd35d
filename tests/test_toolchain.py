"""The tools promise: the same environment everywhere, named by hash, from no particular registry."""

from __future__ import annotations

import importlib.metadata
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from playwright.sync_api import Page

from tests.support import browser as support_browser
from tests.support.browser import BrowserNotFoundError, PageRecord, find_browser

ROOT = Path(__file__).parent.parent
RUNTIME, DEVELOPMENT = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
FUZZING = ROOT / "requirements-fuzz.lock"
LOCKS = pytest.mark.parametrize("lock", [RUNTIME, DEVELOPMENT, FUZZING], ids=lambda lock: lock.name)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def entries(lock: Path) -> list[str]:
    """Return the entries of a lock file, each on one line: `name==version ; marker --hash=sha256:…`."""
    lines = lock.read_text("utf-8").replace("\\\n", " ").splitlines()
    return [" ".join(line.split()) for line in lines if line.strip() and not line.startswith("#")]


def locked(lock: Path) -> list[Requirement]:
    return [Requirement(entry.partition(" --hash=")[0]) for entry in entries(lock)]


@LOCKS
def test_a_lock_names_no_address(lock: Path) -> None:
    assert not re.search(r"://|index-url|find-links|trusted-host", lock.read_text("utf-8"))


@LOCKS
def test_every_entry_is_one_version_with_hashes(lock: Path) -> None:
    entry_form = re.compile(r"[\w.-]+==[\w.]+( ; [^#]+?)?( --hash=sha256:[0-9a-f]{64})+")
    assert [entry for entry in entries(lock) if not entry_form.fullmatch(entry)] == []


@pytest.mark.parametrize(
    ("lock", "declared"),
    [
        (RUNTIME, PROJECT["dependencies"]),
        (DEVELOPMENT, PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]),
    ],
    ids=["runtime", "development"],
)
def test_what_the_project_declares_is_locked_at_a_version_it_allows(lock: Path, declared: list[str]) -> None:
    versions = {canonicalize_name(pin.name): next(iter(pin.specifier)).version for pin in locked(lock)}
    for requirement in map(Requirement, declared):
        version = versions.get(canonicalize_name(requirement.name))
        assert version is not None, f"{requirement} is not in {lock.name}: make lock"
        assert version in requirement.specifier, f"{lock.name} has {version}, not {requirement}: make lock"


def test_the_development_lock_holds_the_runtime_lock() -> None:
    # Markers aside: what only an old Python needs at run time, every Python may need for development.
    runtime, development = (
        {re.sub(" ; .*? --hash", " --hash", entry) for entry in entries(lock)}
        for lock in (RUNTIME, DEVELOPMENT)
    )
    assert runtime - development == set()


def test_nothing_the_site_is_built_with_is_under_the_gpl() -> None:
    for pin in locked(RUNTIME):
        if pin.marker is None or pin.marker.evaluate():
            about = importlib.metadata.metadata(pin.name)
            # The field License may hold a whole licence text: its first line names it.
            terms = [(about.get_all(field) or [""])[0] for field in ("License-Expression", "License")]
            terms = [line for term in terms for line in term.splitlines()[:1]]
            terms += [line for line in about.get_all("Classifier") or [] if line.startswith("License")]
            assert terms, f"{pin.name} does not say under which licence it is"
            assert not re.search(r"GPL|GNU .*General Public", " ".join(terms)), f"{pin.name}: {terms}"


@pytest.mark.browser
def test_a_page_reads_the_same_over_http_and_from_a_file(
    page: Page, serve_folder: Callable[[Path], str], tmp_path: Path
) -> None:
    head = '<meta charset="utf-8"><link rel="icon" href="data:,"><title>甲</title>'
    (tmp_path / "页.html").write_text(f'{head}<p id="art_1">第一条', "utf-8")
    for base in (serve_folder(tmp_path), tmp_path.as_uri()):
        page.goto(f"{base}/页.html#art_1")
        assert page.title() == "甲"
        assert page.locator(":target").inner_text() == "第一条"


@pytest.mark.browser
def test_the_record_of_a_page_has_its_errors_and_its_requests_to_other_hosts(
    page: Page, page_record: PageRecord
) -> None:
    with page.context.expect_event("weberror"):
        page.set_content(
            "<script>console.error('logged'); setTimeout(() => { throw Error('thrown') })</script>"
        )
    page.evaluate("fetch('https://cdn.invalid/font.woff2').catch(() => null)")
    assert page_record.foreign_requests == ["https://cdn.invalid/font.woff2"]
    assert "logged" in page_record.console_errors
    assert any("thrown" in error for error in page_record.page_errors)
    with pytest.raises(AssertionError, match=r"cdn\.invalid"):
        page_record.assert_quiet()
    page_record.forget()


def test_without_a_browser_the_tests_fail_and_say_what_was_tried(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(support_browser, "_run", lambda command, _: f"refused: {command[1:]}")
    with pytest.raises(BrowserNotFoundError, match=r"no apt-get[^$]*refused[^$]*install[^$]*set \$CHROMIUM"):
        find_browser(tmp_path / "chrome", {"PATH": str(tmp_path)})


def test_a_browser_that_was_chosen_but_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BrowserNotFoundError, match="is not a program"):
        find_browser(tmp_path / "chrome", {"CHROMIUM": str(tmp_path / "chromium")})
