r"""Blocks of an original as the text of a source: Markdown, a paragraph a line, tables as HTML.

What `reading.lines` takes off a Markdown file is escaped, so that a paragraph reads back as it was; the backslashes
and entities are accounted for like any other mark. `PAGE` stays: it is the mark of a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from generator.reading.formats.document import FIGURE, PAGE, Block, Cell, Table

# Ends of lines in any system: within a paragraph they part its printed lines.
_LINE_END = re.compile("\r\n|[\n\r\v\x85\u2028\u2029]")
_MARKS = re.compile(rf"[\\*_`\[\]|]|~~|<|&(?=#?\w+;)|(?<=\{{)[#:]|{FIGURE}")
# A mark that only the beginning of a line makes one.
_OPENING = re.compile(r"[#>+\-=:!{](?=[#>+\-=:!{% \t])|[+\-][ \t]|~{3}")
_NEVER = re.compile("[\x00-\x08\x0e-\x1b\x7f\ud800-\udfff]")
_RULE = re.compile(r"[-—–―_=*＊－·.…~～ ]{3,}")
_WRITTEN = {"<": "\\&lt;", "&": "&amp;", "~~": "\\~\\~", FIGURE: "![〔图〕]()"}


def source_text(blocks: Iterable[Block]) -> str:
    """The text of a source file: UTF-8 Markdown that reads back as these blocks."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, Table):
            lines += ["", *_table(block), ""]
        else:
            lines += [_line(part) for part in _LINE_END.split(block)]
    text = "\n".join(lines).strip("\n")
    return re.sub("\n{3,}", "\n\n", text) + "\n"


def _table(table: Table) -> list[str]:
    caption = [f"<caption>{_escaped(table.caption)}</caption>"] if table.caption else []
    return ["<table>", *caption, *(_row(row) for row in table.rows), "</table>"]


def _row(row: Iterable[Cell]) -> str:
    """A row; the mark of a page in it stands before it, where the page begins."""
    line = f"<tr>{''.join(map(_cell, row))}</tr>"
    pages = line.count(PAGE)
    return PAGE * pages + line.replace(PAGE, "") if pages else line


def _cell(cell: Cell) -> str:
    spans = "".join(
        f' {name}="{size}"' for name, size in (("rowspan", cell.rows), ("colspan", cell.columns)) if size > 1
    )
    lines = (_escaped(part.strip(" \t\u3000")) for text in cell.paragraphs for part in _LINE_END.split(text))
    return f"<td{spans}>{'<br>'.join(filter(None, lines))}</td>"


def _line(text: str) -> str:
    """One line of a source. White space at its ends is not text."""
    start = re.match(rf"[\s{PAGE}]*", text)
    pages = PAGE * (start[0].count(PAGE) if start else 0)
    body = _escaped(text.strip())
    if _RULE.fullmatch(text.strip()) and "*" not in text:
        body = text.strip()  # a rule is left to the reading, which takes it off
        return f"{pages}\\{body}" if body in ("---", "+++") else pages + body
    if _OPENING.match(body):
        body = f"\\{body}"
    return pages + body


def _escaped(text: str) -> str:
    """Text without what no file of text holds (NUL, bells, halves of surrogate pairs), its marks escaped."""
    return _MARKS.sub(lambda mark: _WRITTEN.get(mark[0], f"\\{mark[0]}"), _NEVER.sub("", text))
