"""Word documents made of their XML, part by part: what no library writes (numbering, revisions) is what is tested."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMES = (
    f'xmlns:w="{W}" xmlns:r="{_R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_KINDS = {"styles": "styles", "numbering": "numbering", "footnotes": "footnotes", "comments": "comments",
          "header1": "header", "footer1": "footer"}  # fmt: skip


def paragraph(text: str = "", properties: str = "", inside: str = "") -> str:
    """A paragraph: properties, a run of text, and whatever else is in it."""
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{run}{inside}</w:p>"


def numbered(list_id: int, level: int, text: str, inside: str = "") -> str:
    """A paragraph of a list."""
    return paragraph(
        text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>', inside
    )


def level(index: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    """A level of a list, `text` its lvlText with %1 in it."""
    return f'<w:lvl w:ilvl="{index}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'


def lists(levels: Mapping[int, str], nums: Mapping[int, tuple[int, str]]) -> str:
    """numbering.xml: abstract lists by id with their levels; lists by id with the abstract one and overrides."""
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{id_}">{inside}</w:abstractNum>' for id_, inside in levels.items()
    )
    made = "".join(
        f'<w:num w:numId="{id_}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'
        for id_, (of, overrides) in nums.items()
    )
    return abstract + made


def table(*rows: str) -> str:
    """A table of rows."""
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    """A row of cells, each a text or a whole <w:tc>."""
    made = (one if one.startswith("<w:tc>") else cell(one) for one in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{''.join(made)}</w:tr>"


def cell(*texts: str, properties: str = "") -> str:
    """A cell of paragraphs, each a text or a whole <w:p>."""
    made = "".join(one if one.startswith("<w:p") else paragraph(one) for one in texts) or "<w:p/>"
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{made}</w:tc>"


def docx(*body: str, doctype: str = "", **parts: str) -> bytes:
    """A Word document. `parts`: what stands in styles, numbering, footnotes, comments, header1, footer1."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "_rels/.rels",
            f'<Relationships><Relationship Id="r0" Type="{_R}/officeDocument" Target="word/document.xml"/></Relationships>',
        )
        relations = "".join(
            f'<Relationship Id="{name}" Type="{_R}/{_KINDS[name]}" Target="{name}.xml"/>' for name in parts
        )
        archive.writestr("word/_rels/document.xml.rels", f"<Relationships>{relations}</Relationships>")
        archive.writestr(
            "word/document.xml",
            f"{doctype}<w:document {_NAMES}><w:body>{''.join(body)}</w:body></w:document>",
        )
        for name, inside in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{_KINDS[name]} {_NAMES}>{inside}</w:{_KINDS[name]}>")
    return data.getvalue()
