"""OFD files (GB/T 33190): lines and paragraphs by the places of their characters."""

from __future__ import annotations

import io
import zipfile

import pytest

from generator.model import SourceText
from generator.reading import read_lines
from generator.reading.formats import Original, UnreadableError, read_original
from tests.support.words import WORDS

OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE = 5.6  # millimetres: 16 pt


def ofd(*pages: list[tuple[float, float, str]]) -> bytes:
    """A file of pages, each of lines: where they begin, the height of their base, their text."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(
            "OFD.xml",
            f'<ofd:OFD {OFD} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
        )
        listed = "".join(
            f'<ofd:Page ID="{at}" BaseLoc="Pages/Page_{at}/Content.xml"/>' for at in range(len(pages))
        )
        archive.writestr(
            "Doc_0/Document.xml",
            f"<ofd:Document {OFD}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData>"
            f"<ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        )
        for at, lines in enumerate(pages):
            texts = "".join(
                f'<ofd:TextObject ID="{100 + number}" Boundary="{x} {y - SIZE} 160 {SIZE}" Font="1" Size="{SIZE}">'
                f'<ofd:TextCode X="0" Y="{SIZE}" DeltaX="g {max(1, len(text) - 1)} {SIZE}">{text}</ofd:TextCode></ofd:TextObject>'
                for number, (x, y, text) in enumerate(lines)
            )
            archive.writestr(
                f"Doc_0/Pages/Page_{at}/Content.xml",
                f'<ofd:Page {OFD}><ofd:Content><ofd:Layer ID="9">{texts}</ofd:Layer></ofd:Content></ofd:Page>',
            )
    return data.getvalue()


def test_lines_are_joined_and_pages_are_known() -> None:
    width = 28  # characters of a full line
    first = "第一条为了优化营商环境，保护市场主体合法权益，激发市场活力，根据"
    whole = f"{first}有关法律、行政法规，制定本办法。"
    head, rest = whole[: width - 2], whole[width - 2 :]
    found = read_original(
        Original(
            "a.ofd",
            ofd(
                [(28 + 2 * SIZE, 50, head), (28, 60, rest), (100, 280, "— 1 —")],
                [(28 + 2 * SIZE, 50, "第二条本办法自2021年1月1日起施行。"), (100, 280, "— 2 —")],
            ),
            WORDS.webpages,
        )
    )
    lines, _ = read_lines(SourceText("a.md", "", found.text), WORDS, paragraphs=True)
    assert ["".join(line.text.split()) for line in lines] == [whole, "第二条本办法自2021年1月1日起施行。"]
    assert (found.pages, {one.reason for one in found.left_out}) == (2, {"页码"})


def test_a_file_without_text_and_one_that_is_broken_say_so() -> None:
    with pytest.raises(UnreadableError, match="扫描件"):
        read_original(Original("a.ofd", ofd([]), WORDS.webpages))
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("OFD.xml", "<x/>")
    with pytest.raises(UnreadableError, match="损坏"):
        read_original(Original("a.ofd", data.getvalue(), WORDS.webpages))
