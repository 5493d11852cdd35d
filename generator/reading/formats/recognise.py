"""What kind of file an original is, by its content: a suffix says what somebody called it."""

from __future__ import annotations

import io
import re
import zipfile
from enum import Enum

from generator.reading.formats.encodings import decoded_head
from generator.reading.formats.package import DAMAGED
from generator.reading.guarded import UnreadableError


class Format(Enum):
    """The kinds that are read: the media type, and the suffix under which an original of the kind is kept."""

    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx"
    OFD = "application/ofd", ".ofd"
    ZIP = "application/zip", ".zip"
    PDF = "application/pdf", ".pdf"
    DOC = "application/msword", ".doc"
    XLS = "application/vnd.ms-excel", ".xls"
    RTF = "application/rtf", ".rtf"
    ODT = "application/vnd.oasis.opendocument.text", ".odt"
    PNG = "image/png", ".png"
    JPEG = "image/jpeg", ".jpg"
    TIFF = "image/tiff", ".tif"
    MHTML = "multipart/related", ".mht"
    HTML = "text/html", ".html"
    MARKDOWN = "text/markdown", ".md"
    TEXT = "text/plain", ".txt"

    @property
    def media_type(self) -> str:
        """The media type (RFC 6838)."""
        return self.value[0]

    @property
    def suffix(self) -> str:
        """The usual suffix of a file of the kind."""
        return self.value[1]


_COMPOUND = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # OLE2: Word, WPS and Excel before 2007, and encrypted files of after
)
_REACH = 4096  # bytes in which a file says what it is
_MAGIC = (
    (b"{\\rtf", Format.RTF),
    (b"\x89PNG\r\n\x1a\n", Format.PNG),
    (b"\xff\xd8\xff", Format.JPEG),
    (b"II*\0", Format.TIFF),
    (b"MM\0*", Format.TIFF),
)
_PACKED = {b"Rar!": "RAR", b"7z\xbc\xaf\x27\x1c": "7z", b"\x1f\x8b": "gzip"}
_HTML = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+)?(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype\s+html|html|head|body)\b",
    re.I | re.S,
)
_MHTML = re.compile(r"^content-type:\s*multipart/related", re.I | re.M)
_BROWSER = re.compile(
    r"^(?:from|mime-version|subject|snapshot-content-location|date|content-type):", re.I | re.M
)
_MARKDOWN_SUFFIXES = (".md", ".markdown")


def recognise(data: bytes, name: str) -> Format:
    """The format of a file. `name` decides only between plain text and Markdown.

    Raises `UnreadableError` for a file that is empty, encrypted, or of a kind that is not read.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise UnreadableError("文件是空的。")
    if data.startswith(b"PK"):
        return _packed(data)
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    if data.startswith(_COMPOUND):
        return _compound(data)
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            return kind
    for magic, tool in _PACKED.items():
        if data.startswith(magic):
            raise UnreadableError(f"是 {tool} 压缩包。请解压以后再加入里面的文件，或者改用 zip。")
    head = decoded_head(data[:_REACH])
    if _BROWSER.match(head) and _MHTML.search(head):
        return Format.MHTML
    if _HTML.match(head):
        return Format.HTML
    return Format.MARKDOWN if name.lower().endswith(_MARKDOWN_SUFFIXES) else Format.TEXT


def _packed(data: bytes) -> Format:
    """What is in a zip container."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                kind = archive.read("mimetype")
                if kind.strip() == Format.ODT.media_type.encode():
                    return Format.ODT
    except DAMAGED as error:
        raise UnreadableError("压缩的文件已损坏。请重新取得原件。") from error
    if "OFD.xml" in names:
        return Format.OFD
    if "[Content_Types].xml" in names:
        if any(name.startswith("word/") for name in names):
            return Format.DOCX
        if any(name.startswith("xl/") for name in names):
            return Format.XLSX
        raise UnreadableError("是演示文稿或者别的 Office 文件，不是可以读取的格式。请另存为 PDF。")
    return Format.ZIP


def _compound(data: bytes) -> Format:
    """What is in a compound file: the names of its streams stand in it in UTF-16."""
    if _stream(data, "EncryptedPackage"):
        raise UnreadableError("已加密。请用密码打开，另存为没有密码的文件，再加入。")
    if _stream(data, "Workbook") or _stream(data, "Book"):
        return Format.XLS
    return Format.DOC


def _stream(data: bytes, name: str) -> bool:
    return f"{name}\0".encode("utf-16-le") in data
