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
from packaging.version import Version
from playwright.sync_api import Page

from tests.support import browser as support_browser
from tests.support.browser import BrowserNotFoundError, PageRecord, find_browser

ROOT = Path(__file__).parent.parent
RUNTIME, DEVELOPMENT = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
LOCK_TOOL, FUZZING = ROOT / "requirements-lock-tool.lock", ROOT / "requirements-fuzz.lock"
RECOGNITION = ROOT / "requirements-ocr.lock"
LOCKS = pytest.mark.parametrize(
    "lock", [RUNTIME, DEVELOPMENT, LOCK_TOOL, FUZZING, RECOGNITION], ids=lambda lock: lock.name
)
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT = PYPROJECT["project"]


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


# Licences under which a site may be built, given away and changed without conditions on the site.
ALLOWED_LICENCES = {
    "0BSD",
    "Apache-2.0",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "MPL-2.0",
    "PSF-2.0",
    "Unlicense",
    # As older metadata say it.
    "Apache Software License",
    "BSD License",
    "MIT License",
    "Mozilla Public License 2.0 (MPL 2.0)",
    "Python Software Foundation License",
    # pypdfium2 and the PDFium in it; the licences of what PDFium is made of (FreeType, libjpeg …) ask for a notice alone.
    "BSD-3-Clause, Apache-2.0, dependency licenses",
}


def licences(name: str) -> list[str]:
    """What a package's metadata name as its licence: SPDX expression, else classifiers, else the field License."""
    about = importlib.metadata.metadata(name)
    expression = about.get_all("License-Expression")
    if expression:
        return re.split(r" (?:OR|AND) ", expression[0].strip("()"))
    classifiers = [
        one.rpartition(" :: ")[2] for one in about.get_all("Classifier") or [] if one.startswith("License")
    ]
    return classifiers or (about.get_all("License") or [""])[0].splitlines()[:1]


def test_all_the_site_is_built_with_is_under_a_licence_of_the_list() -> None:
    for pin in locked(RUNTIME):
        if pin.marker is None or pin.marker.evaluate():
            found = licences(pin.name)
            assert found, f"{pin.name} does not say under which licence it is"
            assert set(found) <= ALLOWED_LICENCES, f"{pin.name}: {found}"


# The first version without the advisories that are known to the authors (SECURITY.md says as of when).
FIRST_SOUND = {
    "babel": ("2.9.1", "CVE-2021-42771"),
    "certifi": ("2024.7.4", "CVE-2024-39689"),
    "idna": ("3.7", "CVE-2024-3651"),
    "jinja2": ("3.1.6", "CVE-2025-27516"),
    "lxml": ("4.9.1", "CVE-2022-2309"),
    "markdown": ("3.8.1", "CVE-2025-69534"),
    "markdown-it-py": ("2.2.0", "CVE-2023-26303"),
    "mkdocs": ("1.2.3", "CVE-2021-40978"),
    "mkdocs-material": ("9.5.32", "GHSA: DOM-based XSS in search"),
    "pygments": ("2.15.1", "CVE-2022-40896"),
    "pymdown-extensions": ("10.16.1", "CVE-2025-68142"),
    "pypdf": ("6.0.0", "CVE-2025-55197"),
    "pytest": ("9.0.3", "CVE-2025-71176"),
    "pyyaml": ("5.4", "CVE-2020-14343"),
    "requests": ("2.32.4", "CVE-2024-47081"),
    "setuptools": ("78.1.1", "CVE-2025-47273"),
    "urllib3": ("2.6.3", "CVE-2026-21441"),
}


@pytest.mark.parametrize("name", FIRST_SOUND)
def test_no_lower_bound_admits_a_version_with_a_known_advisory(name: str) -> None:
    sound, advisory = FIRST_SOUND[name]
    declared = {
        canonicalize_name(one.name): one
        for one in map(
            Requirement,
            [
                *PROJECT["dependencies"],
                *PROJECT["optional-dependencies"]["dev"],
                *PYPROJECT["build-system"]["requires"],
            ],
        )
    }
    lowest = [one for one in declared[canonicalize_name(name)].specifier if one.operator in (">=", "==")]
    assert lowest, f"{name} has no lower bound"
    assert Version(lowest[0].version) >= Version(sound), f"{name}: {advisory}"
    for lock in (RUNTIME, DEVELOPMENT):
        for pin in locked(lock):
            if canonicalize_name(pin.name) == name:
                assert Version(next(iter(pin.specifier)).version) >= Version(sound)


def test_every_direct_dependency_has_a_lower_bound() -> None:
    for one in map(Requirement, [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]):
        assert any(bound.operator in (">=", "==") for bound in one.specifier), one


def test_what_writes_the_locks_is_installed_by_hash() -> None:
    (pin,) = locked(LOCK_TOOL)
    assert [str(pin)] == PYPROJECT["dependency-groups"]["lock"]
    recipe = (ROOT / "Makefile").read_text("utf-8").partition("\nlock:")[2].partition("\n\n")[0]
    installs = [line for line in recipe.replace("\\\n", " ").splitlines() if "pip install" in line]
    assert len(installs) == 1
    assert f"--require-hashes -r {LOCK_TOOL.name}" in " ".join(installs[0].split())
    for line in (ROOT / "Makefile").read_text("utf-8").replace("\\\n", " ").splitlines():
        assert "pip install" not in line or "--require-hashes" in line, line


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
