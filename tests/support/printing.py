"""A text printed in the forms that offices send: a gov.cn-like page, a Word file with automatic numbers, PDF layouts.

`paragraphs_of` takes a policy apart into what its print shows, a paragraph each; the printers make a file of that.
Whatever reads the file must find the clauses that are read of `plain`, the same paragraphs a line each.
"""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from generator.model import IN_TABLES, Kind, Policy, Style
from generator.parsing.labels import find_label
from generator.reading.formats.counting import counted
from tests.support import word

Table = tuple[tuple[str, ...], ...]
Block = str | Table

# How a list of Word shows the labels of each form.
_LISTS: Mapping[Style, tuple[str, str]] = MappingProxyType(
    {
        Style.PART: ("chineseCountingThousand", "第%1编"),
        Style.CHAPTER: ("chineseCountingThousand", "第%1章"),
        Style.SECTION: ("chineseCountingThousand", "第%1节"),
        Style.ARTICLE: ("chineseCountingThousand", "第%1条"),
        Style.HAN_COMMA: ("chineseCounting", "%1、"),
        Style.HAN_BRACKET: ("chineseCounting", "（%1）"),
        Style.DIGIT_DOT: ("decimal", "%1."),
        Style.DIGIT_BRACKET: ("decimal", "（%1）"),
        Style.CIRCLED: ("decimalEnclosedCircleChinese", "%1"),
    }
)

LAYOUTS: Mapping[str, str] = MappingProxyType(
    {
        "indented": (
            "@page{size:A4;margin:37mm 26mm 35mm 28mm}body{font-size:16pt;line-height:28pt}"
            "p{margin:0;text-indent:2em;text-align:justify}p.title{text-align:center;text-indent:0;font-size:22pt;line-height:36pt}"
        ),
        "spaced": "@page{size:A5;margin:16mm}body{font-size:10.5pt;line-height:1.5}p{margin:0 0 9pt}p.title{text-align:center;font-size:16pt}",
        "narrow": "@page{size:148mm 210mm;margin:30mm}body{font-size:12pt;line-height:1.6}p{margin:0;text-indent:2em}p.title{text-align:center;text-indent:0;font-weight:bold}",
    }
)
"""Style sheets under which Chromium prints: as GB/T 9704 has an official document, with spaced paragraphs, in short lines."""


def paragraphs_of(policy: Policy) -> list[Block]:
    """What a policy prints, in order: a paragraph a text, a table its rows."""
    pieces: list[tuple[int, int, Block]] = []
    table: list[tuple[str, ...]] = []
    for place, matter in enumerate((*policy.front, *policy.back)):
        for text in matter.text.split("\n"):
            pieces.append((matter.place.first_line, place, text))
    for place, clause in enumerate(policy.clauses):
        if clause.kind in IN_TABLES:
            if clause.kind is Kind.TABLE or not table:
                table = []
                pieces.append((clause.place.first_line, place, table))  # type: ignore[arg-type]
            rows = (
                [one.split("\t") for one in clause.wording.split("\n")]
                if clause.kind is Kind.TABLE
                else [list(clause.cells)]
            )
            table += [tuple(row) for row in rows]
            continue
        table = []
        pieces += [(clause.place.first_line, place, text) for text in clause.wording.split("\n")]
    ordered = [block for _, _, block in sorted(pieces, key=lambda one: one[:2])]
    return [block if isinstance(block, str) else tuple(block) for block in ordered]


def plain(blocks: Sequence[Block]) -> str:
    """A paragraph a line, the cells of a row parted by tabs."""
    return (
        "\n".join(one if isinstance(one, str) else "\n".join("\t".join(row) for row in one) for one in blocks)
        + "\n"
    )


def page(blocks: Sequence[Block], style: str = "") -> str:
    """A web page as www.gov.cn serves one."""
    made: list[str] = []
    for number, block in enumerate(blocks):
        if isinstance(block, str):
            made.append(f"<p{' class=title' if number == 0 else ''}>{html.escape(block)}</p>")
        else:
            rows = (
                "".join(f"<td>{html.escape(cell).replace(chr(10), '<br>')}</td>" for cell in row)
                for row in block
            )
            made.append(
                f"<table border=1 style='border-collapse:collapse'>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
            )
    fonts = "body{font-family:'Noto Serif CJK SC','Noto Sans CJK SC',serif}"
    return (
        f"<!doctype html><html lang=zh><head><meta charset=utf-8><title>页面</title><style>{fonts}{style}</style></head><body>"
        f"<div id='UCAP-CONTENT'>{''.join(made)}</div></body></html>"
    )


def word_file(blocks: Sequence[Block]) -> bytes:
    """A Word file whose labels are automatic numbers wherever Word can count them."""
    styles = {style: number for number, style in enumerate(_LISTS)}
    levels = {number: word.level(0, *_LISTS[style]) for style, number in styles.items()}
    nums: dict[int, tuple[int, str]] = {}
    current: dict[Style, tuple[int, int]] = {}  # the list that counts, and its last number
    body: list[str] = []
    for block in blocks:
        if not isinstance(block, str):
            body.append(
                word.table(*(word.row(*(word.cell(*cell.split("\n")) for cell in row)) for row in block))
            )
            continue
        label = find_label(block)
        form = _LISTS.get(label.style) if label else None
        if (
            label is None
            or form is None
            or label.insertion
            or label.number is None
            or not _is_counted(label.printed, form, label.number)
        ):
            body.append(word.paragraph(block))
            continue
        id_, last = current.get(label.style, (0, 0))
        if not id_ or label.number != last + 1:
            id_ = len(nums) + 1
            override = f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{label.number}"/></w:lvlOverride>'
            nums[id_] = (styles[label.style], override)
        current[label.style] = (id_, label.number)
        body.append(word.numbered(id_, 0, block[len(label.printed) :].lstrip()))
    return word.docx(*body, numbering=word.lists(levels, nums))


def _is_counted(printed: str, form: tuple[str, str], number: int) -> bool:
    """Whether Word would print a label so: 第一百零一条, but not 第101条."""
    return form[1].replace("%1", counted(number, form[0])) == printed
