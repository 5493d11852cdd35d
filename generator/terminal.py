"""What is printed: text in which nothing acts on the terminal, in whatever encoding the terminal has."""

from __future__ import annotations

import re
import sys

from rich.text import Text

from generator.files.shown import shown

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


def line(text: str) -> Text:
    """Text to print: what a source or a name holds is shown, and nothing of it acts (escape sequences, a carriage return)."""
    return Text(shown(text, keep="\n\t"))


def tolerate_any_encoding() -> None:
    """Let standard output write what its encoding does not have as its code: GBK has no 𠀀, ASCII no Chinese."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def json_for(text: str, encoding: str | None) -> str:
    """JSON for an output of this encoding: as it is in UTF-8, else in ASCII, which every encoding has."""
    if encoding is not None and encoding.lower().replace("_", "-") in ("utf-8", "utf8"):
        return text
    return _NOT_ASCII.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    """A character as JSON escapes it: two halves where it is beyond U+FFFF."""
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2))
