"""Plain text and Markdown in any encoding of Chinese."""

from __future__ import annotations

import codecs

from generator.reading.formats.document import Extracted
from generator.reading.formats.encodings import decode
from generator.reading.guarded import UnreadableError


def read_text(data: bytes, *, markdown: bool) -> Extracted:
    """A text as it stands. One in UTF-8 is a source itself. Raises `UnreadableError`, naming the line, for what is not text."""
    decoded = decode(data)
    text = decoded.text.removeprefix("\ufeff")
    if not text.strip():
        raise UnreadableError("文件是空的。")
    verbatim = decoded.encoding == "utf-8" or data.startswith(codecs.BOM_UTF8)
    return Extracted(
        "text/markdown" if markdown else "text/plain",
        "",
        text,
        suffix=".md" if markdown else ".txt",
        assumed=(decoded.assumed,),
        doubts=decoded.doubts,
        verbatim=verbatim,
    )
