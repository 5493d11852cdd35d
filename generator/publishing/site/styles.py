"""The style sheets of the site: parts joined into one sheet a kind of page, in cascade layers.

A sheet in `theme/src/styles/sheets/` is CSS that names its parts: `@import "../components/crumb.css" layer(components);`.
A browser could read it as it stands, one request a part; here each part takes the place of its `@import`, as the block
`@layer components { … }` that means the same. How the parts are arranged: theme/src/styles/README.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from generator.model import CorpusError, Problem

# @import "../base/*.css" layer(base);
_IMPORT = re.compile(r'^@import "(?P<parts>[^"]+)" layer\((?P<layer>[a-z-]+)\);$', re.MULTILINE)
# Comments and strings: a comment may hold what looks like a string, a string ("../base/*.css") what looks like a comment,
# and both braces that open nothing.
_COMMENT_OR_STRING = re.compile(r"/\*.*?(?:\*/|\Z)|\"(?:[^\"\\\n]|\\.)*+\"?|'(?:[^'\\\n]|\\.)*+'?", re.DOTALL)
# Allowed at the beginning of a file only; everything here is UTF-8.
_CHARSET = re.compile(r'^@charset "[^"]*";')


def site_styles(sheets: Path, theme: Sequence[Path]) -> dict[str, str]:
    """Every sheet of the folder `sheets` by its name, with its parts in it.

    `theme`: the folders that the theme is put together from, the first before the others. Raises `CorpusError`.
    """
    return {sheet.name: join_sheet(sheet, theme) for sheet in sorted(sheets.glob("*.css"))}


def join_sheet(sheet: Path, theme: Sequence[Path] = ()) -> str:
    """The text of a sheet, each `@import` replaced by what it names; comments of the sheet itself are left out.

    The name of a part begins at the sheet, or, with a slash, at the root of the theme. A `*` in it stands for whatever
    the file has there; several files come in the order of their names. Raises `CorpusError` for a part that is not there,
    one with a brace too many or too few, and an `@import` of another form.
    """
    # As long as before: a fault is told with its line.
    text = _COMMENT_OR_STRING.sub(_without_comment, sheet.read_text("utf-8"))

    def part(match: re.Match[str]) -> str:
        files = _files(sheet, match["parts"], theme)
        if not files:
            raise _fault(sheet, f"没有这个文件：{match['parts']}", text.count("\n", 0, match.start()) + 1)
        inner = "\n".join(map(_whole, files))
        return f"@layer {match['layer']} {{\n{inner}\n}}"

    for number, line in enumerate(text.splitlines(), start=1):
        if line.startswith("@import") and not _IMPORT.fullmatch(line):
            raise _fault(sheet, f"读不懂：{line}", number, '写法是 @import "文件" layer(层);')
    return _IMPORT.sub(part, text).strip() + "\n"


def _files(sheet: Path, parts: str, theme: Iterable[Path]) -> list[Path]:
    """The files that an `@import` names, in the order of their names."""
    roots = [root / parts.lstrip("/") for root in theme] if parts.startswith("/") else [sheet.parent / parts]
    found: Iterator[list[Path]] = (
        sorted(file for file in path.parent.resolve().glob(path.name) if file.is_file()) for path in roots
    )
    return next(filter(None, found), [])


def _whole(file: Path) -> str:
    """The text of a part. Raises `CorpusError` where a brace is missing or too many: it would swallow what follows."""
    text = _CHARSET.sub("", file.read_text("utf-8")).strip()
    bare = _COMMENT_OR_STRING.sub("", text)
    opening, closing = bare.count("{"), bare.count("}")
    if opening != closing:
        raise _fault(file, f"有 {opening} 个左花括号、{closing} 个右花括号")
    return text


def _fault(file: Path, message: str, line: int | None = None, advice: str = "") -> CorpusError:
    """What is wrong with a style file."""
    return CorpusError([Problem(str(file), line, message, advice)])


def _without_comment(found: re.Match[str]) -> str:
    """A string as it stands; of a comment its line ends, so that lines keep their numbers."""
    return "\n" * found[0].count("\n") if found[0].startswith("/*") else found[0]
