"""What Lighthouse says of every page type: `make lighthouse`, after `make site`. Needs npm.

Lighthouse and what it pulls in stand in package-lock.json beside this file, with hashes; npm installs them below
build/. The site is served as a web server does, with gzip, and looked at as Lighthouse looks at it by default, on a
slow phone, and on a desktop. Performance is a time, and noisy: where a first run falls short, the middle one of three
is printed.
`python -m tests.lighthouse home policy-law` looks at these page types only.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.table import Table

from tests.support.browser import find_browser
from tests.support.corpora import ROOT
from tests.support.pages import PAGES
from tests.support.server import serving

HERE = Path(__file__).parent
INSTALLED = ROOT / "build" / "lighthouse"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
DEVICES: Mapping[str, tuple[str, ...]] = {"phone": (), "desktop": ("--preset=desktop",)}
RUNS = 3
ENOUGH = 95  # of 100
BROWSER_FLAGS = "--headless=new --no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-component-update --disable-sync"

Scores = dict[str, int]


def main(names: Iterable[str]) -> None:
    """Print the scores of the page types named, or of all; exit 1 where one is below 95, 2 where it cannot be run."""
    program, chosen = install(), list(names) or [name for name in PAGES if name != "not-found"]
    with sync_playwright() as playwright:
        browser = find_browser(Path(playwright.chromium.executable_path))
    low = False
    console = Console()
    table = Table("page", "device", *CATEGORIES, "below 100")
    with serving(ROOT / "site", compressed=True) as base:
        for name in chosen:
            for device, flags in DEVICES.items():
                scores, faults = look(program, browser, f"{base}/{PAGES[name]}", flags)
                low |= min(scores.values()) < ENOUGH
                table.add_row(name, device, *(str(scores[one]) for one in CATEGORIES), ", ".join(faults))
                console.print(name, device, scores, *faults)
    console.print(table)
    sys.exit(int(low))


def install() -> list[str]:
    """Install Lighthouse as locked, once; the command that runs it."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if npm is None or node is None:
        click.echo("Lighthouse is a program for Node.js: install Node.js 18.16 or newer, with npm.", err=True)
        sys.exit(2)
    INSTALLED.mkdir(parents=True, exist_ok=True)
    lock = (HERE / "package-lock.json").read_bytes()
    stamp = INSTALLED / ".installed"
    if not stamp.is_file() or stamp.read_bytes() != lock:
        for name in ("package.json", "package-lock.json"):
            shutil.copyfile(HERE / name, INSTALLED / name)
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(command, cwd=INSTALLED, check=True)
        stamp.write_bytes(lock)
    return [node, str(INSTALLED / "node_modules" / "lighthouse" / "cli" / "index.js")]


def look(program: list[str], browser: Path, address: str, flags: Iterable[str]) -> tuple[Scores, list[str]]:
    """The scores of a page, 0 to 100, and the audits that cost points outside performance.

    A page that falls short is looked at three times, and each score is the middle one.
    """
    command = [
        *program, address, "--quiet", "--output=json", "--output-path=stdout",
        f"--chrome-flags={BROWSER_FLAGS}", *flags,
    ]  # fmt: skip
    reports = [report(command, browser)]
    if min(middle(reports).values()) < ENOUGH:
        reports += [report(command, browser) for _ in range(1, RUNS)]
    return middle(reports), faults(reports[-1])


def report(command: list[str], browser: Path) -> dict[str, Any]:
    """What Lighthouse, a command, says; exits with 2 where it fails."""
    environment = {**os.environ, "CHROME_PATH": str(browser)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        click.echo(done.stderr, err=True)
        sys.exit(2)
    said: dict[str, Any] = json.loads(done.stdout)
    return said


def middle(reports: Sequence[Mapping[str, Any]]) -> Scores:
    """The scores of a page, each the middle one of several reports."""
    return {
        one: round(100 * statistics.median(report["categories"][one]["score"] for report in reports))
        for one in CATEGORIES
    }


def faults(report: Mapping[str, Any]) -> list[str]:
    """The audits of a report that cost points, but for the times, which performance sums up."""
    weighed = {
        audit["id"]
        for category in CATEGORIES[1:]
        for audit in report["categories"][category]["auditRefs"]
        if audit["weight"]
    }
    return sorted(name for name in weighed if report["audits"][name]["score"] not in (None, 1))


if __name__ == "__main__":
    main(sys.argv[1:])
