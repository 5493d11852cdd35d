"""The web server of the preview: for this machine's own browser, and for no page that only pretends to be ours.

It answers only to the names it is reached by: a page of another site whose name was made to lead here (DNS
rebinding) would otherwise read what is not published yet. It lists no folders.
"""

from __future__ import annotations

import errno
import io
import os
import socket
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from ipaddress import ip_address
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

import jinja2

from generator.publishing.site.preview.state import Build, Builds

_OWN = "/__preview__/"  # no page of a site begins like this
_EVERYWHERE = ("0.0.0.0", "::", "")


class NoPortError(Exception):
    """The address cannot be listened on; the message is a sentence in Chinese that says what to do."""


class Server(ThreadingHTTPServer):
    """Serves one folder. Made by `open_server`."""

    daemon_threads = True
    # On Windows it would let a second program listen on the same port.
    allow_reuse_address = os.name != "nt"

    def __init__(self, folder: Path, builds: Builds, host: str, port: int) -> None:
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.host = host
        super().__init__((host, port), partial(_Handler, builds, directory=str(folder)))

    @property
    def address(self) -> str:
        """Where a browser finds it."""
        name = "127.0.0.1" if self.host in _EVERYWHERE else self.host
        return f"http://{f'[{name}]' if ':' in name else name}:{self.server_port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: a browser that goes away in the middle of an answer is no fault."""


def open_server(folder: Path, builds: Builds, host: str, port: int) -> Server:
    """A server that listens already. Raises `NoPortError` where it cannot."""
    try:
        return Server(folder, builds, host, port)
    except OSError as error:
        if error.errno in (errno.EADDRINUSE, getattr(errno, "WSAEADDRINUSE", errno.EADDRINUSE)):
            message = f"端口 {port} 已被占用：用 --port {port + 1} 换一个，或者用 --port 0 自动选一个空闲的。"
        elif error.errno == errno.EACCES:
            message = f"没有权限使用端口 {port}：请用 --port 换一个 1024 以上的。"
        else:
            message = f"无法在 {host} 上提供预览（{error.strerror}）：请用 --host 换一个本机的地址。"
        raise NoPortError(message) from error


class _Handler(SimpleHTTPRequestHandler):
    """Answers one request."""

    server: Server

    def __init__(self, builds: Builds, *arguments: object, directory: str) -> None:
        self._builds = builds
        super().__init__(*arguments, directory=directory)  # type: ignore[arg-type]

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def end_headers(self) -> None:
        """What is previewed changes: a browser keeps nothing of it."""
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """The answer's head; returns its body."""
        if not self._is_for_us():
            text = "这里只是本机的预览，不以这个名字提供网页。\n"
            return self._sent(HTTPStatus.MISDIRECTED_REQUEST, "text/plain", text.encode())
        asked = urlsplit(self.path)
        if asked.path.startswith(_OWN):
            return self._own(asked.path.removeprefix(_OWN))
        if not asked.path.endswith(("/", ".html")):
            return super().send_head()
        last = self._builds.last
        if not last.shows_site and asked.query != "previous":
            return self._faults(asked.path, last)
        page = Path(self.translate_path(asked.path))
        return self._page(page / "index.html" if page.is_dir() else page, last)

    def list_directory(self, path: str | os.PathLike[str]) -> None:  # noqa: ARG002 - as its base class has it
        """A folder is no page."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def _is_for_us(self) -> bool:
        """Whether the name that was asked for is one we are reached by."""
        try:
            name = urlsplit(f"//{self.headers.get('Host', '')}").hostname or ""
        except ValueError:
            return False
        host = self.server.host
        own = {"localhost", host.lower(), self.connection.getsockname()[0]}
        if host in _EVERYWHERE:
            machine = socket.gethostname().lower()
            own |= {machine, f"{machine}.local"}
        return name != "" and (name in own or _is_loopback(name))

    def _own(self, name: str) -> io.BytesIO | None:
        """What the preview adds to a site: the script in its pages, and the number of the build that it asks for."""
        if name == "reload.js":
            return self._sent(HTTPStatus.OK, "text/javascript", _packaged(name).encode())
        if name == "build":
            return self._sent(HTTPStatus.OK, "text/plain", str(self._builds.last.number).encode())
        self.send_error(HTTPStatus.NOT_FOUND)
        return None

    def _faults(self, path: str, build: Build) -> io.BytesIO:
        """The page that stands in for all others while there is no site of the sources as they are."""
        there = Path(self.translate_path(path)).exists()
        page = _fault_page().render(build=build, previous=f"{path}?previous" if there else "")
        return self._sent(HTTPStatus.SERVICE_UNAVAILABLE, "text/html", _reloading(page.encode(), build))

    def _page(self, page: Path, build: Build) -> io.BytesIO | None:
        """A page of the site, with the script that loads it anew after the next build."""
        try:
            content = page.read_bytes()
        except OSError:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return self._sent(HTTPStatus.OK, "text/html", _reloading(content, build))

    def _sent(self, status: HTTPStatus, kind: str, content: bytes) -> io.BytesIO:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        return io.BytesIO(content)


def _reloading(page: bytes, build: Build) -> bytes:
    """A page with the script that waits for the next build."""
    script = f'<script src="{_OWN}reload.js" data-build="{build.number}" defer></script>'.encode()
    head, end, rest = page.rpartition(b"</body>")
    return head + script + end + rest if end else page + script


def _is_loopback(name: str) -> bool:
    """Whether a name is an address of this machine to itself: no name service can lead it elsewhere."""
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _packaged(name: str) -> str:
    return files("generator.publishing.site.preview").joinpath(name).read_text("utf-8")


def _fault_page() -> jinja2.Template:
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    return environment.from_string(_packaged("faults.html.j2"))
