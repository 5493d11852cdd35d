"""Links in PDF files: the annotations a reader can click, and the addresses printed on the page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError

from generator.checking.links.found import Link, Spot
from generator.checking.links.printed import broken_addresses

MAX_PAGES = 5_000


class EncryptedError(Exception):
    """The file opens only with a password."""


class TooManyPagesError(Exception):
    """The file has more than `MAX_PAGES` pages."""


def pdf_links(path: Path) -> list[Link]:
    """The links of a PDF file by its pages; on each first the annotations, then the addresses printed beside them.

    A printed address that an annotation of its page leads to is not given again. Raises `EncryptedError`,
    `TooManyPagesError`, and what pypdf raises for a file that is not a PDF.
    """
    try:
        with PdfReader(path) as reader:
            return list(_links(reader))
    except DependencyError as error:  # AES, which pypdf undoes only with a library that we do without
        raise EncryptedError from error


def _links(reader: PdfReader) -> Iterator[Link]:
    if reader.is_encrypted and not reader.decrypt(""):
        raise EncryptedError
    if len(reader.pages) > MAX_PAGES:
        raise TooManyPagesError
    for number, page in enumerate(reader.pages, 1):
        yield from _page_links(page, number)


def _page_links(page: PageObject, number: int) -> Iterator[Link]:
    spot = Spot("page", number)
    active = list(_annotated(page))
    for target in active:
        yield Link(target, spot)
    for address, longer in broken_addresses(page.extract_text().splitlines()):
        if not any(one in active for one in (address, *longer)):
            yield Link(address, spot, "printed", longer)


def _annotated(page: PageObject) -> Iterator[str]:
    """The addresses of a page's link annotations: on the web (URI), or in another file (GoToR, Launch)."""
    annotations = _resolved(page.get("/Annots"))
    for annotation in annotations if isinstance(annotations, list) else ():
        action = _entry(_resolved(annotation), "/A")
        kind = _entry(action, "/S")
        if kind == "/URI":
            target = _entry(action, "/URI")
        elif kind in ("/GoToR", "/Launch"):
            target = _file(action)
        else:
            continue
        if isinstance(target, bytes):
            target = target.decode("utf-8", "replace")
        if isinstance(target, str) and target:
            yield target


def _file(action: Any) -> Any:  # noqa: ANN401 - whatever stands in a PDF
    """The path of another file, with the name of the place in it where there is one."""
    file = _entry(action, "/F")
    path = file if isinstance(file, str) else _entry(file, "/UF") or _entry(file, "/F")
    place = _entry(action, "/D")
    return f"{path}#{place}" if isinstance(path, str) and isinstance(place, str) else path


def _entry(dictionary: Any, key: str) -> Any:  # noqa: ANN401 - whatever stands in a PDF
    """A value of a dictionary of a PDF; None where the dictionary or the key is missing."""
    return _resolved(dictionary.get(key)) if isinstance(dictionary, dict) else None


def _resolved(value: Any) -> Any:  # noqa: ANN401 - whatever stands in a PDF
    """What an indirect reference refers to."""
    return value.get_object() if hasattr(value, "get_object") else value
