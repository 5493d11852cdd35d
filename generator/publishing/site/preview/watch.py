"""What a site is made of, as it stands on the disk: by it a change is noticed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from generator import sitemap
from generator.settings import Settings

State = dict[Path, tuple[int, int]]


def state_of(settings: Settings, sources: Path) -> State:
    """Size and time of every file the site is made of. A file that vanishes meanwhile is left out."""
    state: State = {}
    for path in _watched(settings, sources):
        try:
            found = path.stat()
        except OSError:
            continue
        state[path] = (found.st_size, found.st_mtime_ns)
    return state


def _watched(settings: Settings, sources: Path) -> Iterator[Path]:
    """The configuration, the sources, the hand-written pages and the templates; nothing hidden, nothing generated."""
    yield settings.config_file
    generated = {settings.docs_dir / name for name in sitemap.generated_folders()}
    for root in (sources, settings.docs_dir, settings.templates_dir.parent):
        for folder, below, names in os.walk(root):
            here = Path(folder)
            below[:] = [name for name in below if not name.startswith(".") and here / name not in generated]
            yield from (here / name for name in names if not name.startswith("."))
