"""A web server over a folder, for tests that look at a site as its readers do."""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import BinaryIO

HOST = "127.0.0.1"


class _QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a line on stderr for each of them."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the test says what matters."""


class _CompressingHandler(_QuietHandler):
    """Sends text compressed and keeps the connection, as web servers do."""

    protocol_version = "HTTP/1.1"

    def send_head(self) -> io.BytesIO | BinaryIO | None:
        """The answer's head; returns its body."""
        path = Path(self.translate_path(self.path))
        kind = self.guess_type(path)
        if not path.is_file() or not kind.startswith(("text/", "application/json", "image/svg")):
            return super().send_head()
        body = gzip.compress(path.read_bytes(), 6)
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "max-age=600")
        self.end_headers()
        return io.BytesIO(body)


@contextmanager
def serving(folder: Path, *, compressed: bool = False) -> Iterator[str]:
    """Serve `folder` on a free port of this machine and yield its address, without a slash at the end.

    `compressed`: text goes out as gzip, for measures of what a reader waits for.

    Raises:
        FileNotFoundError: if there is no such folder; a server over nothing would answer 404 to every
            question and let a test that expects an absence pass.
    """
    if not folder.is_dir():
        raise FileNotFoundError(f"No folder to serve: {folder}")
    handler = _CompressingHandler if compressed else _QuietHandler
    with ThreadingHTTPServer((HOST, 0), partial(handler, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://{HOST}:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
