"""Originals of any kind: bytes in, the text of a source out.

`recognise` tells the kind by the content, and each kind has a small reader: `plain` (by `encodings`), `html` (blocks
by `htmlblocks`), `mhtml`, `docx` (text by `wordtext`, styles and numbers by `wordstyles` and `wordnumbers`, over
`package`), `xlsx`, `pdf` and `ofd` (characters in their places by `pdfchars`, made lines, paragraphs and tables by
`pages`), `scan` (recognition, an optional extra), `office` (old files, by LibreOffice). A reader returns
`document.Extracted`: the text, in the form that the reading of sources understands (`sourcetext` writes it), what was
left out with its reason, what the original says of itself, and what an editor should look at. `read_original` is the
way in; `guarded` runs it in a process of its own.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.reading.formats.document import Attachment, Extracted, LeftOut
from generator.reading.formats.recognise import Format, recognise
from generator.reading.guarded import UnreadableError
from generator.vocabulary.webpages import Webpages

__all__ = [
    "MAX_ORIGINAL_BYTES",
    "Attachment",
    "Extracted",
    "Format",
    "LeftOut",
    "Original",
    "UnreadableError",
    "read_original",
    "recognise",
]

MAX_ORIGINAL_BYTES = 64 << 20


@dataclass(frozen=True)
class Original:
    """A file to be read: its name, its bytes, and how the user wants it read."""

    name: str
    data: bytes
    webpages: Webpages  # where the text of web pages stands
    container: str | None = None  # the selector that the user names in place of those


def read_original(original: Original) -> Extracted:
    """The text of an original, whatever its kind. Raises `UnreadableError` with what to do."""
    if len(original.data) > MAX_ORIGINAL_BYTES:
        raise UnreadableError(f"超过 {MAX_ORIGINAL_BYTES >> 20} MB，没有读取。请拆分文件。")
    kind = recognise(original.data, original.name)
    # The libraries of all formats take a second to import: only the process that reads originals does.
    from generator.reading.formats.readers import READERS  # noqa: PLC0415

    return READERS[kind](original, kind)
