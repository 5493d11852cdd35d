"""What a site is made of, as it stands on the disk: by it a change is noticed."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from generator import sitemap
from generator.settings import Settings

State = dict[Path, tuple[int, int]]

_QUIET = 0.1  # seconds without news after which an editor has written all it writes
_AT_LEAST_EVERY = 10.0  # seconds: some drives of other machines tell nothing


class Changes(FileSystemEventHandler):
    """What the system tells of changes below some folders."""

    def __init__(self) -> None:
        self._told = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:  # noqa: ARG002 - as its base class has it
        """Something may have changed: called from another thread."""
        self._told.set()

    def wait(self) -> None:
        """Return when something may have changed and nothing more does, or after a while."""
        if self._told.wait(_AT_LEAST_EVERY):
            self._told.clear()
            while self._told.wait(_QUIET):
                self._told.clear()


@contextmanager
def watching(settings: Settings, sources: Path) -> Iterator[Changes]:
    """The changes of all that the site is made of, told as they come."""
    changes, observer = Changes(), Observer()
    observer.schedule(changes, str(settings.config_file.parent), recursive=False)
    for root in _roots(settings, sources):
        if root.is_dir():
            observer.schedule(changes, str(root), recursive=True)
    observer.start()
    try:
        yield changes
    finally:
        observer.stop()
        observer.join()


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


def _roots(settings: Settings, sources: Path) -> tuple[Path, ...]:
    return sources, settings.docs_dir, settings.templates_dir.parent


def _watched(settings: Settings, sources: Path) -> Iterator[Path]:
    """The configuration, the sources, the hand-written pages and the templates; nothing hidden, nothing generated."""
    yield settings.config_file
    generated = {settings.docs_dir / name for name in sitemap.generated_folders()}
    for root in _roots(settings, sources):
        for folder, below, names in os.walk(root):
            here = Path(folder)
            below[:] = [name for name in below if not name.startswith(".") and here / name not in generated]
            yield from (here / name for name in names if not name.startswith("."))
