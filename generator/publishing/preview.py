"""Live preview: the built site served from this machine, built again when something it is made of changes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from generator.publishing.settings import Settings

_POLL_SECONDS = 1.0
_GENERATED = frozenset(
    {"policies", "indicators", "b-ready", "units", "due", "similar", "data", "fragments"}
)  # folders of docs/ that a build writes itself


class _QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a line of log for each."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


def serve_site(
    settings: Settings,
    sources: Path,
    rebuild: Callable[[], None],
    host: str,
    port: int,
    say: Callable[[str], None],
) -> None:
    """Serve `site/` until interrupted; `rebuild` is called whenever a watched file changed."""
    handler = partial(_QuietHandler, directory=str(settings.site_dir))
    with ThreadingHTTPServer((host, port), handler) as server:
        say(f"http://{host}:{server.server_port}/  （Ctrl-C 结束）")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            state = _state(settings, sources)
            while True:
                time.sleep(_POLL_SECONDS)
                now = _state(settings, sources)
                if now != state:
                    say("有改动，重新生成…")
                    rebuild()
                    state = _state(settings, sources)
        except KeyboardInterrupt:
            server.shutdown()


def _state(settings: Settings, sources: Path) -> dict[Path, tuple[int, int]]:
    """Size and time of every file the site is made of."""
    return {
        path: (stat.st_size, stat.st_mtime_ns)
        for path in _watched(settings, sources)
        if (stat := path.stat())
    }


def _watched(settings: Settings, sources: Path) -> Iterator[Path]:
    yield settings.config_file
    for folder in (sources, settings.docs_dir, settings.templates_dir.parent):
        for path in folder.rglob("*"):
            generated = (
                path.is_relative_to(settings.docs_dir)
                and path.relative_to(settings.docs_dir).parts[0] in _GENERATED
            )
            if path.is_file() and not generated and not path.name.startswith("."):
                yield path
