"""Documents of other people that link to the site, built with the real tools.

What an author copies stands in docs/link.md, in fenced blocks that each have an id. The tests take it from there.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from bs4 import BeautifulSoup

from tests.support.corpora import ROOT
from tests.support.server import HOST

PLACEHOLDER = "https://policies.example.org/"  # docs/link.md: 请换成本站的实际网址
LINK_PAGE = ROOT / "docs" / "link.md"
_FENCE = re.compile(r"^```\{ \.\w+ #([\w-]+) \}\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def copied(name: str, address: str = PLACEHOLDER) -> str:
    """The block `name` of docs/link.md as an author copies it, with the address of the site put in."""
    blocks: dict[str, str] = dict(_FENCE.findall(LINK_PAGE.read_text("utf-8")))
    return blocks[name].replace(PLACEHOLDER, address)


def build_sphinx(folder: Path, conf: str, files: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Build a Sphinx document into `folder/html`, warnings being errors."""
    write(folder / "source", {"conf.py": conf, **files})
    command = ["sphinx", "--fail-on-warning", "--keep-going", "--builder", "html", "source", "html"]
    return _run(command, folder)


def build_mkdocs(folder: Path, conf: str, files: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Build a MkDocs document into `folder/html`, warnings being errors."""
    head = "site_name: 报告\nsite_dir: html\ndocs_dir: source\n"
    write(folder, {"mkdocs.yml": head + conf})
    write(folder / "source", files)
    return _run(["mkdocs", "build", "--strict"], folder)


def write(folder: Path, files: dict[str, str]) -> None:
    """Write the files of a document."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")


def links_in(page: Path) -> list[tuple[str, str]]:
    """Address and text of every link to the site in a built document."""
    soup = BeautifulSoup(page.read_text("utf-8"), "html.parser")
    found = soup.select("a.reference.external, a.autorefs")
    return [(str(link["href"]), link.get_text()) for link in found]


def _run(command: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    """Run a Python tool in `folder`. It asks no proxy and finds no download of another run."""
    environment = {**os.environ, "NO_PROXY": HOST, "no_proxy": HOST, "XDG_CACHE_HOME": str(folder / "cache")}
    return subprocess.run(
        [sys.executable, "-m", *command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
