"""The originals that a user names: files, folders with all that is below them, zip files with what is packed in them."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from generator.files.inputs import read_inside
from generator.intake.entry import Entry
from generator.model import CorpusError
from generator.reading.formats import MAX_ORIGINAL_BYTES, Format, Original, UnreadableError, recognise
from generator.reading.formats.package import DAMAGED
from generator.vocabulary.webpages import Webpages

_LITTER = frozenset({"thumbs.db", "desktop.ini"})
# What stands beside documents in a folder and is none: parts of saved pages, pictures of a site, our own files.
_PARTS = frozenset(
    {".css", ".js", ".gif", ".svg", ".ico", ".woff", ".woff2", ".yml", ".yaml", ".lock", ".log", ".json"}
)
_PAGE_FOLDERS = ("_files", ".files")
_PAGE_SUFFIXES = (".html", ".htm", ".mht", ".mhtml")

MAX_MEMBERS = 500  # of a zip file
MAX_UNPACKED_BYTES = 512 << 20  # of all members together
MAX_DEPTH = 3  # zip files within each other
_RATIO = 200  # unpacked to packed bytes that no document reaches


def find_originals(paths: Iterable[Path], webpages: Webpages) -> Iterator[Original | Entry]:
    """The files, in order; an `Entry` in place of one that cannot be read."""
    seen: set[Path] = set()
    for path in paths:
        files = _files_below(path) if path.is_dir() else [path]
        for file in files:
            if file.resolve() in seen:
                continue
            seen.add(file.resolve())
            name = _name(file)
            try:
                data = read_inside(file, file.parent, MAX_ORIGINAL_BYTES)
            except CorpusError as error:
                problem = error.problems[0]
                yield Entry(name, "unreadable", problem=f"{problem.message}{problem.advice}")
                continue
            yield from _unpacked(Original(name, data, webpages), 0)


def _files_below(folder: Path) -> list[Path]:
    """The files of a folder but hidden ones, what belongs to saved web pages, and what cannot be a document."""
    found: list[Path] = []
    for place, folders, files in os.walk(folder):
        stems = {Path(name).stem for name in files if Path(name).suffix.lower() in _PAGE_SUFFIXES}
        folders[:] = sorted(
            name
            for name in folders
            if not name.startswith(".")
            and not any(name.endswith(end) and name.removesuffix(end) in stems for end in _PAGE_FOLDERS)
        )
        for name in sorted(files):
            path = Path(place, name)
            if name.startswith((".", "~$")) or name.lower() in _LITTER or path.suffix.lower() in _PARTS:
                continue
            if path.is_file():
                found.append(path)
    return found


def _unpacked(original: Original, depth: int) -> Iterator[Original | Entry]:
    """An original itself, or the members of a zip file."""
    try:
        packed = recognise(original.data, original.name) is Format.ZIP
        members = list(_members(original, depth)) if packed else []
    except UnreadableError as error:
        yield Entry(original.name, "unreadable", problem=str(error))
        return
    except DAMAGED as error:
        told = "有密码" if "password" in str(error) else "已损坏"
        yield Entry(
            original.name, "unreadable", problem=f"压缩包{told}，没有读取。请解压以后再加入里面的文件。"
        )
        return
    if not packed:
        yield original
        return
    for member in members:
        yield from _unpacked(member, depth + 1)


def _members(original: Original, depth: int) -> Iterator[Original]:
    """The documents in a zip file. Raises `UnreadableError` beyond the limits; nothing is written anywhere."""
    if depth >= MAX_DEPTH:
        raise UnreadableError(f"压缩包套了 {MAX_DEPTH} 层以上，没有读取。请解压以后再加入。")
    with zipfile.ZipFile(io.BytesIO(original.data)) as archive:
        entries = [one for one in archive.infolist() if not one.is_dir()]
        total = sum(one.file_size for one in entries)
        if len(entries) > MAX_MEMBERS:
            raise UnreadableError(
                f"压缩包里有 {len(entries)} 个文件，超过 {MAX_MEMBERS} 个。请解压以后再加入。"
            )
        if total > MAX_UNPACKED_BYTES or total > _RATIO * max(len(original.data), 1 << 20):
            raise UnreadableError(f"压缩包解压后有 {total >> 20} MB，没有读取。请解压以后再加入里面的文件。")
        for one in entries:
            path = PurePosixPath(_member_name(one).replace("\\", "/"))
            hidden = any(
                part.startswith((".", "~$", "__MACOSX")) for part in path.parts if part not in (".", "..")
            )
            if hidden or path.name.lower() in _LITTER or path.suffix.lower() in _PARTS:
                continue
            with archive.open(one) as file:
                data = file.read(MAX_ORIGINAL_BYTES + 1)
            yield Original(f"{original.name}/{path.name}", data, original.webpages)


def _member_name(entry: zipfile.ZipInfo) -> str:
    """The name of a member: without the mark of UTF-8 it is in the encoding of a Chinese Windows."""
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return entry.filename


def _name(path: Path) -> str:
    return path.as_posix().encode("utf-8", "surrogateescape").decode("utf-8", "replace")
