"""A web server over a folder, for tests that look at a site as its readers do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

HOST = "127.0.0.1"


class _QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a line on stderr for each of them."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: the test says what matters."""


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve `folder` on a free port of this machine and yield its address, without a slash at the end.

    Raises:
        FileNotFoundError: if there is no such folder; a server over nothing would answer 404 to every
            question and let a test that expects an absence pass.
    """
    if not folder.is_dir():
        raise FileNotFoundError(f"No folder to serve: {folder}")
    with ThreadingHTTPServer((HOST, 0), partial(_QuietHandler, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield f"http://{HOST}:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
