"""Files that are zip containers of XML (Word, Excel, OFD): parts read within limits, XML without entities."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from generator.reading.guarded import UnreadableError

MAX_UNPACKED_BYTES = 512 << 20  # of all parts together
MAX_PART_BYTES = 64 << 20
MAX_PARTS = 20_000
_RATIO = 500  # unpacked to packed bytes of a part that no document reaches; XML packs well
_SMALL = 1 << 20

DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    RuntimeError,
    NotImplementedError,
    ValueError,
)
"""What reading an archive raises that is damaged, packed in a way unknown here, or has a password."""


class Package:
    """The parts of a container by name, and what they refer to. Raises `UnreadableError` for one that is hostile."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except DAMAGED as error:
            raise UnreadableError("文件已损坏。请重新取得原件。") from error
        entries = self._archive.infolist()
        self._names = {one.filename.lstrip("/"): one for one in entries}
        total = sum(one.file_size for one in entries)
        if total > MAX_UNPACKED_BYTES or len(entries) > MAX_PARTS:
            raise UnreadableError(f"解压后有 {total >> 20} MB，没有读取。请拆分文件。")

    @property
    def names(self) -> list[str]:
        """The names of all parts."""
        return list(self._names)

    def read(self, name: str) -> bytes | None:
        """The bytes of a part; None where there is none."""
        entry = self._names.get(name.lstrip("/"))
        if entry is None:
            return None
        if entry.file_size > MAX_PART_BYTES or entry.file_size > max(_SMALL, _RATIO * entry.compress_size):
            raise UnreadableError(f"其中 {name} 展开后有 {entry.file_size >> 20} MB，没有读取。请拆分文件。")
        try:
            with self._archive.open(entry) as part:
                data = part.read(MAX_PART_BYTES + 1)
        except DAMAGED as error:
            raise UnreadableError("文件已损坏，或者有密码。请重新取得原件。") from error
        if len(data) > MAX_PART_BYTES:
            raise UnreadableError(f"其中 {name} 展开后过大，没有读取。请拆分文件。")
        return data

    def xml(self, name: str) -> Any | None:  # noqa: ANN401 - lxml has no types
        """The root element of a part; None where there is none."""
        data = self.read(name)
        return None if data is None else parse_xml(data, name)

    def targets(self, part: str) -> Iterator[tuple[str, str, str]]:
        """What a part refers to: id, last word of the type (header, image, hyperlink), name of the part or address."""
        folder, _, file = part.rpartition("/")
        root = self.xml(f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels")
        for one in root if root is not None else ():
            if not isinstance(one.tag, str):
                continue
            target = one.get("Target") or ""
            if one.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            yield one.get("Id") or "", (one.get("Type") or "").rpartition("/")[2], target


def parse_xml(data: bytes, name: str) -> Any:  # noqa: ANN401 - lxml has no types
    """The root of an XML document. No entity is resolved, nothing is fetched; one that declares entities is refused."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableError(f"其中 {name} 不是完好的 XML，文件已损坏。请重新取得原件。") from error
    if root.getroottree().docinfo.doctype:
        raise UnreadableError(f"其中 {name} 带有实体声明，没有读取。请重新取得原件。")
    return root
