"""Characters in their places on pages, whatever they come from, as the paragraphs and tables of a document."""

from __future__ import annotations

from collections.abc import Sequence

from generator.reading.formats.document import Block, Table, Tally
from generator.reading.formats.pdfchars import PageText
from generator.reading.formats.pdflines import Line, page_lines, without_furniture
from generator.reading.formats.pdfparagraphs import paragraphs
from generator.reading.formats.ruled import Ruled, joined_tables

_MOST_TOLD = 10  # places told one by one


def blocks_of_pages(
    pages: Sequence[PageText], tables: Sequence[Ruled], tally: Tally
) -> tuple[list[Block], list[str]]:
    """The paragraphs and tables of all pages, and what an editor should look at.

    What stands in a table is its own; headers, footers and page numbers go into `tally`.
    """
    lines: list[list[Line]] = []
    for number, page in enumerate(pages, 1):
        inside = [table.box for table in tables if table.page == number]
        free = [one for one in page.chars if not any(box.holds(one) for box in inside)]
        lines.append(page_lines(free, number))
    lines = without_furniture(lines, [page.height for page in pages], tally)
    items: list[Line | Ruled] = []
    for number in range(1, len(pages) + 1):
        items += _in_order(lines[number - 1], [one for one in tables if one.page == number])
    placed: list[Line | Table] = joined_tables(items, tally)
    flow = paragraphs(placed)
    doubts = [
        f"第 {page} 页“{text}”：另起一段还是接着上一段，版面看不出来，已接上。"
        for page, text in flow.undecided[:_MOST_TOLD]
    ]
    if len(flow.undecided) > _MOST_TOLD:
        doubts.append(f"还有 {len(flow.undecided) - _MOST_TOLD} 处分段版面看不出来，已接上。")
    return flow.blocks, doubts


def _in_order(lines: Sequence[Line], tables: Sequence[Ruled]) -> list[Line | Ruled]:
    """The lines of a page with its tables in their places."""
    result: list[Line | Ruled] = []
    waiting = sorted(tables, key=lambda one: one.box.top)
    for line in lines:
        while waiting and waiting[0].box.top < line.top and (not line.column or waiting[0].box.x0 < line.x1):
            result.append(waiting.pop(0))
        result.append(line)
    return [*result, *waiting]
