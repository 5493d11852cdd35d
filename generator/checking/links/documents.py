"""Which documents are read, what is read of one, and the limits within which.

The documents are other people's: any of them may be broken, locked or made to do harm. A limit that is reached, a
file that cannot be read: each is said of its file, and the others are read.
"""

from __future__ import annotations

import codecs
import os
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.checking.links.found import Link, Reading, without_repeats
from generator.checking.links.from_docx import docx_links
from generator.checking.links.from_html import html_links
from generator.checking.links.from_markdown import markdown_links
from generator.checking.links.from_pdf import MAX_PAGES, EncryptedError, TooManyPagesError, pdf_links
from generator.checking.links.from_rst import rst_links
from generator.reading.guarded import UnreadableError

_MEGABYTE = 1 << 20
MAX_TEXT_BYTES = 16 * _MEGABYTE
MAX_FILE_BYTES = 256 * _MEGABYTE  # of a Word document or PDF
MAX_UNPACKED_BYTES = 512 * _MEGABYTE  # of all parts of a Word document together
MAX_LINKS = 10_000  # of one document
_LONGEST = 2_000  # characters of an address; what is longer is data, no address

_TEXT_FORMATS: Mapping[str, Callable[[str], list[Link]]] = {
    ".md": markdown_links,
    ".markdown": markdown_links,
    ".rst": rst_links,
    ".html": html_links,
    ".htm": html_links,
    ".xhtml": html_links,
}
_FILE_FORMATS: Mapping[str, Callable[[Path], list[Link]]] = {
    ".docx": docx_links,
    ".docm": docx_links,
    ".pdf": pdf_links,
}
SUFFIXES = (*_TEXT_FORMATS, *_FILE_FORMATS)
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0"  # how Word documents begin that are encrypted, or of before 2007
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
_ENCODINGS = ("utf-8", "gb18030")


@dataclass(frozen=True)
class Found:
    """The documents at the paths that were asked for."""

    documents: tuple[Path, ...]  # sorted, each once
    skipped: int  # files in folders whose format is not read


def find_documents(paths: Iterable[Path]) -> Found:
    """The documents at these files and, recursively, in these folders.

    A file that is named is a document whatever its format. In a folder, files of other formats are counted as
    skipped; files and folders whose name begins with a dot and Word's lock files (~$…) are no documents, and
    symbolic links to folders are not followed.
    """
    documents: dict[Path, Path] = {}
    skipped = 0
    for path in paths:
        files = sorted(_files_in(path)) if path.is_dir() else [path]
        for file in files:
            if file != path and file.suffix.lower() not in SUFFIXES:
                skipped += 1
            else:
                documents.setdefault(file.resolve(), file)
    return Found(tuple(documents.values()), skipped)


def _files_in(folder: Path) -> Iterable[Path]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in files:
            path = Path(place, name)
            if not name.startswith((".", "~$")) and path.is_file():
                yield path


def read_document(path: Path) -> Reading:
    """The links of one document, in its order.

    Text formats are UTF-8 (or UTF-16 with a byte order mark) or GB18030. Raises `UnreadableError`; what a parser
    raises for a corrupt file is passed on as it is.
    """
    suffix = path.suffix.lower()
    try:
        if suffix in _TEXT_FORMATS:
            links = _TEXT_FORMATS[suffix](_text(path))
        elif suffix in _FILE_FORMATS:
            _check_file(path)
            links = _FILE_FORMATS[suffix](path)
        else:
            raise UnreadableError(f"不是可以检查的格式（{'、'.join(SUFFIXES)}）。请另存为其中一种。")
    except OSError as error:
        raise UnreadableError(f"无法读取：{error.strerror or error}。") from error
    except EncryptedError as error:
        raise UnreadableError("已加密。请去掉密码再检查。") from error
    except TooManyPagesError as error:
        raise UnreadableError(f"超过 {MAX_PAGES} 页。请拆分后再检查。") from error
    except zipfile.BadZipFile as error:
        raise UnreadableError("已损坏，或者不是 Word 文档。") from error
    links = [link for link in without_repeats(links) if len(link.target) <= _LONGEST]
    if len(links) > MAX_LINKS:
        return Reading(tuple(links[:MAX_LINKS]), f"链接超过 {MAX_LINKS} 个，其余未查。请拆分后再检查。")
    return Reading(tuple(links))


def _text(path: Path) -> str:
    """The text of a file, its line ends made line feeds."""
    _check_size(path, MAX_TEXT_BYTES)
    data = path.read_bytes()
    marked = next((name for mark, name in _MARKS.items() if data.startswith(mark)), None)
    for encoding in (marked,) if marked else _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text.replace("\r\n", "\n").replace("\r", "\n")
    raise UnreadableError("不是 UTF-8 或者 GB18030 编码的文本。请另存为 UTF-8。")


def _check_file(path: Path) -> None:
    """Refuses what is too large, packed or unpacked, and what only calls itself a Word document, before any of it is parsed."""
    _check_size(path, MAX_FILE_BYTES)
    if path.suffix.lower() == ".pdf":
        return
    with path.open("rb") as file:
        if file.read(len(_COMPOUND_FILE)) == _COMPOUND_FILE:
            raise UnreadableError("已加密，或者是旧的 .doc 格式。请去掉密码，另存为 .docx。")
    with zipfile.ZipFile(path) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MAX_UNPACKED_BYTES:
            raise UnreadableError(f"解压后超过 {MAX_UNPACKED_BYTES // _MEGABYTE} MB。")


def _check_size(path: Path, limit: int) -> None:
    if path.stat().st_size > limit:
        raise UnreadableError(f"超过 {limit // _MEGABYTE} MB。请拆分后再检查。")
