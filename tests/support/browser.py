"""A real browser, and a record of what a page did in it.

Search, anchors and the offline bundle are promises about what a reader sees, so the tests that check them
never skip: where no browser can be had, they fail and say what was tried.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, WebError, sync_playwright

from tests.support.server import HOST

# Debian's headless shell first: the same Chromium without the windows that nobody sees, in a third of the time.
COMMANDS = (
    "chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome",
)  # fmt: skip

ARGUMENTS = (
    "--headless",
    "--no-sandbox",  # Chromium refuses to run as root, as it does in containers, with it
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # A page that needs another host must fail here as it would on an intranet.
    f"--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE {HOST}",
)

# The Chinese font is for the eye: a screenshot without one shows boxes.
DEBIAN_PACKAGES = ("chromium-headless-shell", "fonts-noto-cjk")

# What a site keeps in the browser; a page that has no origin has no storage either.
_FORGET = "() => { try { localStorage.clear(); } catch (_) { /* about:blank */ } }"

LOCAL_SCHEMES = frozenset({"file", "data", "blob", "about"})


class BrowserNotFoundError(RuntimeError):
    """No browser could be found or installed; the message says what was tried."""


@dataclass
class PageRecord:
    """What the pages of one browser context complained of, and what they asked of other hosts."""

    console_errors: list[str] = field(default_factory=list)
    page_errors: list[str] = field(default_factory=list)
    foreign_requests: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        """Record from now on what any page of `context` does."""
        context.on("console", self._note_console)
        context.on("weberror", self._note_error)
        context.on("request", self._note_request)

    def unwatch(self, context: BrowserContext) -> None:
        """Record no longer what the pages of `context` do."""
        context.remove_listener("console", self._note_console)
        context.remove_listener("weberror", self._note_error)
        context.remove_listener("request", self._note_request)

    def assert_quiet(self) -> None:
        """Fail if a page asked another host for anything, logged an error or threw one."""
        assert not self.foreign_requests, f"Requests to other hosts: {self.foreign_requests}"
        assert not self.page_errors, f"Uncaught errors: {self.page_errors}"
        assert not self.console_errors, f"Errors in the console: {self.console_errors}"

    def forget(self) -> None:
        """Drop what is recorded: for a test that has just seen the error it provoked."""
        self.console_errors.clear()
        self.page_errors.clear()
        self.foreign_requests.clear()

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.console_errors.append(message.text)

    def _note_error(self, error: WebError) -> None:
        self.page_errors.append(str(error.error))

    def _note_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme not in LOCAL_SCHEMES and parts.hostname != HOST:
            self.foreign_requests.append(request.url)


@contextmanager
def fresh_page(context: BrowserContext, record: PageRecord) -> Iterator[Page]:
    """A new page in `context`, watched by `record`, which must be quiet at the end; then the context is as it was."""
    record.watch(context)
    page = context.new_page()
    try:
        yield page
    finally:
        if not page.is_closed():
            page.evaluate(_FORGET)
        for opened in context.pages:
            opened.close()
        context.unroute_all()
        record.unwatch(context)
    record.assert_quiet()


def find_browser(downloaded: Path, environment: Mapping[str, str] = os.environ) -> Path:
    """Return the browser to drive, installing one where there is none.

    In this order: `$CHROMIUM`, a Chromium or Chrome on `$PATH`, the one that Playwright downloads to
    `downloaded` if it is there, Debian's package (as root), Playwright's download.

    Raises:
        BrowserNotFoundError: with every attempt and why it failed.
    """
    if chosen := environment.get("CHROMIUM"):
        if executable := shutil.which(chosen, path=environment.get("PATH")):
            return Path(executable)
        raise BrowserNotFoundError(f"$CHROMIUM is {chosen}, which is not a program that can be run.")

    if present := _present(downloaded, environment):
        return present
    attempts = [f"None of {', '.join(COMMANDS)} is on $PATH."]
    for install in (_install_from_debian, _install_from_playwright):
        failure = install(environment)
        if present := _present(downloaded, environment):
            return present
        attempts.append(failure or f"{install.__name__} reported no fault, but left no browser.")
    raise BrowserNotFoundError(
        "These tests need a real browser, and none can be had here.\n"
        + "\n".join(f"- {attempt}" for attempt in attempts)
        + "\nInstall Chromium or Chrome, or set $CHROMIUM to its executable."
    )


def _present(downloaded: Path, environment: Mapping[str, str]) -> Path | None:
    """Return the first browser on the search path, or else the downloaded one, if either is there."""
    found = (shutil.which(command, path=environment.get("PATH")) for command in COMMANDS)
    on_path = next((Path(executable) for executable in found if executable), None)
    return on_path or (downloaded if downloaded.is_file() else None)


def _install_from_debian(environment: Mapping[str, str]) -> str | None:
    """Install Debian's Chromium. Return why it could not be, or None."""
    apt = shutil.which("apt-get", path=environment.get("PATH"))
    if apt is None:
        return "There is no apt-get."
    if os.geteuid() != 0:
        return "apt-get install chromium needs root."
    quiet = {**environment, "DEBIAN_FRONTEND": "noninteractive"}
    install = [apt, "install", "--yes", "--no-install-recommends", *DEBIAN_PACKAGES]
    return _run([apt, "update"], quiet) or _run(install, quiet)


def _install_from_playwright(environment: Mapping[str, str]) -> str | None:
    """Download Playwright's own Chromium. Return why it could not be, or None."""
    return _run([sys.executable, "-m", "playwright", "install", "chromium"], environment)


def _run(command: list[str], environment: Mapping[str, str]) -> str | None:
    """Run `command`. Return its last words where it failed, or None."""
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return None
    return f"`{' '.join(command)}` failed ({done.returncode}): {(done.stderr or done.stdout).strip()[-600:]}"


def main() -> None:
    """Print the browser the tests drive, installing one where there is none; exit 1, saying why, where none can be had."""
    with sync_playwright() as playwright:
        downloaded = Path(playwright.chromium.executable_path)
    try:
        print(f"Browser: {find_browser(downloaded)}")  # noqa: T201 - a command
    except BrowserNotFoundError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
