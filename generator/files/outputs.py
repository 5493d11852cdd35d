"""Files and folders that are written all together or not at all, whatever happens in between.

New ones are made in hidden folders beside those they replace, and moved into their place at the end. Before the first
is moved, a journal says so: where a process is killed between two moves, the next one that comes finds the journal
and makes the rest of them. Without a journal, what a killed process left is removed. The names of hidden folders are
random, nothing is written through a link, and what a journal may move is only what the command writes anyway.
"""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from generator.faults import system_fault
from generator.files.claims import claimed
from generator.model import CorpusError, Problem

_PREFIX = ".policy-site"
_TOKEN = re.compile(r"[0-9a-f]{32}\Z")
_NEW, _OLD = "new", "old"


def inside(folder: Path) -> Path:
    """The lock file of a folder in which a command writes."""
    return folder / f"{_PREFIX}.lock"


def beside(target: Path) -> Path:
    """The lock file of a file or folder that a command replaces."""
    return target.parent / f"{_PREFIX}-{_digest(target.name)}.lock"


class Outputs:
    """The right to replace some files and folders. Made by `writing`."""

    def __init__(self, lock: Path, targets: Sequence[Path]) -> None:
        self._lock = lock
        self._journal = lock.with_suffix(".journal")
        self._targets = tuple(targets)

    @contextmanager
    def replacing(self, *targets: Path) -> Iterator[Mapping[Path, Path]]:
        """For each target a path to write to that takes its place when the block ends, and vanishes if it fails.

        All of them take their places, or none does. They are not there yet; the folders they go into are. Raises
        `CorpusError` for a target that is a device or a named pipe (/dev/stdout), and for what the system refuses.
        """
        for target in targets:
            if target.exists() and not (target.is_file() or target.is_dir()):
                raise CorpusError([Problem(str(target), None, "不是普通文件，没有写。", "请换一个文件名。")])
        token = secrets.token_hex(16)
        fresh = {target: self._workspace(target, token) / _NEW / target.name for target in targets}
        try:
            for path in fresh.values():
                self._make(path.parent)
            yield fresh
            for path in fresh.values():
                if path.is_file():
                    _flush(path)
            self._commit(targets, token)
        except OSError as error:
            if error.errno is None:
                raise
            error.filename = self._named(error, targets, token)
            raise CorpusError([system_fault(error)]) from error
        finally:
            if not self._journal.exists():
                self._discard(token)

    def _named(self, error: OSError, targets: Sequence[Path], token: str) -> str:
        """The path that an error is about, in the place it would have had."""
        path = Path(os.fsdecode(error.filename)) if isinstance(error.filename, str | bytes) else targets[0]
        for target in targets:
            hidden = self._workspace(target, token) / _NEW
            if path.is_relative_to(hidden):
                return str(target.parent / path.relative_to(hidden))
        return str(path)

    def recover(self) -> None:
        """End what a killed process began: finish the moves it was at, else remove what it left."""
        token = _read_token(self._journal)
        if token is not None:
            self._forward(self._targets, token)
        with suppress(FileNotFoundError):
            self._journal.unlink()
        for parent in {target.parent for target in self._targets}:
            for path in parent.glob(f"{_PREFIX}-*") if parent.is_dir() else ():
                name, _, rest = path.name.rpartition("-")
                if name == self._name(parent) and _TOKEN.match(rest) and not path.is_symlink():
                    shutil.rmtree(path, ignore_errors=True)

    def _name(self, parent: Path) -> str:
        """What the hidden folders of these outputs in a folder begin with: no other command takes them for its own."""
        try:
            where = os.path.relpath(self._lock, parent)  # still the same when the project was moved
        except ValueError:  # on another drive
            where = str(self._lock)
        return f"{_PREFIX}-{_digest(Path(where).as_posix())}"

    def _workspace(self, target: Path, token: str) -> Path:
        return target.parent / f"{self._name(target.parent)}-{token}"

    def _make(self, folder: Path) -> None:
        """A hidden folder with a folder in it, readable by its owner only until it takes its place."""
        folder.parent.parent.mkdir(parents=True, exist_ok=True)
        if not folder.parent.is_dir():
            folder.parent.mkdir(mode=0o700)
            folder.mkdir()
            (folder.parent / _OLD).mkdir()

    def _discard(self, token: str) -> None:
        for parent in {target.parent for target in self._targets}:
            shutil.rmtree(parent / f"{self._name(parent)}-{token}", ignore_errors=True)

    def _commit(self, targets: Sequence[Path], token: str) -> None:
        """Move all into their places; back again where the system refuses one. Ctrl-C waits for the end."""
        targets = [target for target in targets if _there(self._places(target, token)[0])]
        if not targets:
            return
        self._write_journal(targets[0], token)
        try:
            self._forward(targets, token)
        except OSError:
            self._backward(targets, token)
            self._journal.unlink()
            raise
        except BaseException:
            self._forward(targets, token)
            self._journal.unlink()
            raise
        self._journal.unlink()

    def _write_journal(self, target: Path, token: str) -> None:
        """From the moment the journal is there, the new ones are what is to be."""
        draft = self._workspace(target, token) / self._journal.name
        draft.write_text(f"{token}\n", "ascii")
        _flush(draft)
        draft.replace(self._journal)

    def _forward(self, targets: Sequence[Path], token: str) -> None:
        """Move what is not yet in its place there. May be begun again at any point."""
        for target in targets:
            fresh, old = self._places(target, token)
            if not _there(fresh) or any(folder.is_symlink() for folder in fresh.parents[:2]):
                continue
            if _there(target):
                # Somebody made another in the place of one that a killed process had moved away.
                again = old.with_name(secrets.token_hex(16))
                target.rename(again if _there(old) else old)
            fresh.rename(target)

    def _backward(self, targets: Sequence[Path], token: str) -> None:
        for target in reversed(targets):
            fresh, old = self._places(target, token)
            if not _there(fresh):
                target.rename(fresh)
            if _there(old):
                old.rename(target)

    def _places(self, target: Path, token: str) -> tuple[Path, Path]:
        workspace = self._workspace(target, token)
        return workspace / _NEW / target.name, workspace / _OLD / target.name


@contextmanager
def writing(lock: Path, targets: Sequence[Path], others: Sequence[Path] = ()) -> Iterator[Outputs]:
    """The right to replace `targets`, for this process alone; what a killed one left is put in order first.

    `lock` is their lock file (`inside`, `beside`), `others` are those of places that other commands may share.
    Raises `CorpusError` where another process has the right, and for what the system refuses.
    """
    with ExitStack() as stack:
        for path in sorted({lock, *others}):
            stack.enter_context(claimed(path))
        outputs = Outputs(lock, targets)
        try:
            outputs.recover()
        except OSError as error:
            raise CorpusError([system_fault(error)]) from error
        yield outputs


def settle(lock: Path, targets: Sequence[Path]) -> None:
    """For a command that only reads `targets`: finish the moves that a killed process was at, if there are any.

    Raises `CorpusError` where they cannot be finished, and where a process is at them just now.
    """
    if lock.with_suffix(".journal").is_file():
        with writing(lock, targets):
            pass


def _read_token(journal: Path) -> str | None:
    """The token in a journal; None where there is no journal."""
    try:
        handle = os.open(journal, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    except OSError:
        return None
    with os.fdopen(handle, encoding="ascii", errors="replace") as file:
        token = file.read(64).strip()
    return token if _TOKEN.match(token) else None


def _there(path: Path) -> bool:
    """Whether something stands at a path, be it a link that leads nowhere."""
    return os.path.lexists(path)


def _flush(path: Path) -> None:
    """See to it that a file is on the disk before anything relies on it."""
    with path.open("rb") as file, suppress(OSError):
        os.fsync(file.fileno())


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode("utf-8", "surrogateescape")).hexdigest()[:8]
