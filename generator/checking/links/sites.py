"""Which addresses are this site's: its own URL, those of its mirrors, and copies of it on a disk."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from urllib.parse import SplitResult, unquote, urlsplit

from generator import sitemap

_WEB = frozenset({"http", "https"})
_DEFAULT_PORTS = frozenset({None, 80, 443})
_DRIVE = re.compile(r"^/*[A-Za-z]:[/\\]")  # C:\…, and /C:/… as file addresses have it
_FOLDERS = frozenset(sitemap.site_folders())
_LISTS = (
    sitemap.POLICIES.url(),
    sitemap.INDICATORS.url(),
)  # by which a folder is known for a copy of the site


@dataclass(frozen=True)
class Target:
    """A place on the site: a page or file by its path below the root, and an anchor in it."""

    page: str  # policies/yingkou-2020-14.html
    anchor: str | None

    def __str__(self) -> str:
        return f"{self.page}#{self.anchor}" if self.anchor else self.page


class WrongSiteError(ValueError):
    """An address that no site can be published at; the message is a sentence in Chinese."""


@dataclass(frozen=True)
class _Base:
    """The root of the site on the web. http and https are the same, and so are their default ports."""

    server: tuple[str, int | None]  # host and port
    path: str  # begins and ends with a slash


class Sites:
    """Everywhere that the site is, or may be.

    `urls` are its addresses (http, https, file); `bundle` is the name of the folder in the offline bundle,
    `folder` where the site is built. `claims` decides on the last part of a path that nothing else tells to be
    ours, `policies/x.html` with its anchor: whether that is a page of this site rather than of any other.

    Raises `WrongSiteError` for what is not a url.
    """

    def __init__(
        self, urls: Iterable[str], bundle: str, folder: Path, claims: Callable[[Target], bool]
    ) -> None:
        self._bases: list[_Base] = []
        self._roots = [PurePosixPath(folder.as_posix())]
        self._bundle = bundle.casefold()
        self._claims = claims
        for url in urls:
            self._add(url)

    def _add(self, url: str) -> None:
        parts = _split(url)
        server = _server(parts) if parts and parts.scheme in _WEB else None
        if parts and server:
            path = _normal(unquote(parts.path))
            self._bases.append(_Base(server, path if path.endswith("/") else f"{path}/"))
        elif parts and parts.scheme == "file" and parts.path.strip("/"):
            self._roots.append(PurePosixPath(_normal(unquote(parts.path))))
        else:
            raise WrongSiteError(f"{url} 不是网址。请写完整，例如 https://policies.example.org/。")

    def find(self, address: str, document: Path) -> Target | None:
        """The place on the site that an address in a document leads to; None for one that leads elsewhere.

        A relative address begins at the folder of the document. Percent-encoding is undone, a query string left
        out, an address that ends in a slash is its index.html. Never raises, and never looks at a path on the disk
        that the address names: a document could name one on another machine.
        """
        if _DRIVE.match(address):
            address = f"file:///{address}"
        parts = _split(address)
        if parts is None:
            return None
        anchor = _anchor(parts.fragment)
        if parts.scheme in _WEB or (not parts.scheme and parts.netloc):
            path = self._web_path(parts)
        elif parts.scheme in ("", "file") and parts.path:
            path = self._local_path(parts, anchor, document)
        else:
            return None
        return None if path is None else Target(_page(path), anchor)

    def _web_path(self, parts: SplitResult) -> str | None:
        server = _server(parts)
        path = _normal(unquote(parts.path))
        for base in self._bases:
            if server == base.server and f"{path}/".startswith(base.path):
                return path[len(base.path) :]
        return None

    def _local_path(self, parts: SplitResult, anchor: str | None, document: Path) -> str | None:
        """The path below the root of a copy on a disk: one that is known, or one that looks like it."""
        written = unquote(parts.path).replace("\\", "/")
        if _DRIVE.match(written):
            written = absolute = written.lstrip("/")
        else:
            absolute = _normal(posixpath.join(document.absolute().parent.as_posix(), written))
        for root in (*self._roots, *_site_around(document.absolute().parent)):
            if PurePosixPath(absolute).is_relative_to(root):
                return absolute[len(str(root)) :]
        steps = [step for step in written.split("/") if step not in ("", ".", "..")]
        names = [step.casefold() for step in steps]
        if self._bundle in names:
            below = steps[len(names) - names[::-1].index(self._bundle) :]
            if below and (below[0] in _FOLDERS or below[-1].endswith(".html")):
                return "/".join(below)
        tail = "/".join(steps[-2:])
        return tail if self._claims(Target(tail, anchor)) else None


def _split(address: str) -> SplitResult | None:
    """The parts of an address; None where it has no parts: a host in lone brackets."""
    try:
        return urlsplit(address.strip())
    except ValueError:
        return None


def _server(parts: SplitResult) -> tuple[str, int | None] | None:
    """Host and port, the default ports left out; None where there is no host, or a port that is not a number."""
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    return (_host(host), None if port in _DEFAULT_PORTS else port) if host else None


def _normal(path: str) -> str:
    """A path without `.`, `..` and doubled slashes; a slash at the end is kept."""
    normal = posixpath.normpath(f"/{path.lstrip('/')}")
    return f"{normal}/" if path.endswith("/") and normal != "/" else normal


def _host(name: str) -> str:
    """A host name as names are compared: lower case, 政策.中国 as xn--…, without a full stop at the end."""
    try:
        return name.rstrip(".").encode("idna").decode().lower()
    except UnicodeError:
        return name.lower()


def _anchor(fragment: str) -> str | None:
    """The anchor, without the directive that browsers add for a marked text (#art_5:~:text=…)."""
    return unquote(fragment).partition(":~:")[0] or None


def _page(path: str) -> str:
    """A path below the root, with the page that a folder stands for."""
    path = path.lstrip("/")
    return f"{path}index.html" if not path or path.endswith("/") else path


@lru_cache(maxsize=1024)
def _site_around(folder: Path) -> tuple[PurePosixPath, ...]:
    """The copy of the site on this disk that a folder is part of: none, or its root."""
    for root in (folder, *folder.parents):
        if all((root / page).is_file() for page in _LISTS):
            return (PurePosixPath(root.as_posix()),)
    return ()
