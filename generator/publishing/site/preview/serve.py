"""The loop of the preview: build, serve, look for changes, build again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from generator.model import Problem
from generator.publishing.site.preview.server import open_server
from generator.publishing.site.preview.state import Builds
from generator.publishing.site.preview.watch import state_of, watching
from generator.settings import Settings


def serve_site(
    settings: Settings,
    sources: Path,
    rebuild: Callable[[], Sequence[Problem]],
    host: str,
    port: int,
    say: Callable[[str], None],
) -> None:
    """Build the site and serve it until interrupted; build again whenever a watched file changed.

    `rebuild` returns the faults of a build and raises nothing. Raises `NoPortError` where it cannot be served.
    """
    builds = Builds()
    with (
        open_server(settings.site_dir, builds, host, port) as server,
        watching(settings, sources) as changes,
    ):
        say(f"{server.address}  （Ctrl-C 结束）")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            # Looked at before the build: what changes meanwhile is a change.
            state = state_of(settings, sources)
            builds.ended(rebuild())
            while True:
                changes.wait()
                now = state_of(settings, sources)
                if now != state:
                    say("有改动，重新生成…")
                    state = now
                    builds.ended(rebuild())
        except KeyboardInterrupt:
            server.shutdown()
