"""OFD files (GB/T 33190): text by ofdkit, lines and paragraphs by their places, as those of a PDF."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable
from importlib.metadata import version

import ofdkit  # type: ignore[import-untyped]

from generator.reading.formats.document import Extracted, Tally
from generator.reading.formats.package import Package
from generator.reading.formats.pages import blocks_of_pages
from generator.reading.formats.pdfchars import Char, PageText
from generator.reading.formats.recognise import Format
from generator.reading.formats.sourcetext import source_text
from generator.reading.guarded import UnreadableError

MAX_PAGES = 2000
_POINTS = 72 / 25.4  # of a millimetre


def read_ofd(data: bytes) -> Extracted:
    """The text of an OFD file. Raises `UnreadableError` for one that is broken, too long, or without text."""
    Package(data)  # within the limits
    tally = Tally()
    try:
        with ofdkit.open(io.BytesIO(data)) as document:
            if len(document.pages) > MAX_PAGES:
                raise UnreadableError(f"超过 {MAX_PAGES} 页。请拆分以后再加入。")
            pages = [_page(one) for one in document.pages]
            told = list(document.warnings)
    except ofdkit.OFDError as error:
        raise UnreadableError("OFD 文件已损坏，或者过大。请重新取得原件。") from error
    if not any(page.chars for page in pages):
        raise UnreadableError("是扫描件：里面只有图片，没有文字。请另存为 PDF，再作文字识别。")
    blocks, doubts = blocks_of_pages(pages, (), tally)
    return Extracted(
        Format.OFD.media_type,
        f"ofdkit {version('ofdkit')}",
        source_text(blocks),
        pages=len(pages),
        left_out=tally.left_out(),
        doubts=(*doubts, *([f"有 {len(told)} 处读不全，请对照原件。"] if told else [])),
        whole_paragraphs=True,
    )


def _page(page: ofdkit.Page) -> PageText:
    left, top, width, height = page.box
    chars = [one for run in page.runs for one in _chars(run, left, top)]
    return PageText(width * _POINTS, height * _POINTS, tuple(chars), 0, 0, 0, 0, 0)


def _chars(run: ofdkit.TextRun, left: float, top: float) -> Iterable[Char]:
    """The characters of a run, which is one stretch: each as wide as its kind is."""
    widths = [1.0 if unicodedata.east_asian_width(one) in "WFA" else 0.5 for one in run.text]
    step = run.width / sum(widths) if widths and run.width else run.size
    x = run.x - left
    base = run.y - top
    for one, width in zip(run.text, widths, strict=True):
        if not one.isspace():
            yield Char(
                one, x * _POINTS, (base - run.size) * _POINTS, (x + width * step) * _POINTS, base * _POINTS
            )
        x += width * step
