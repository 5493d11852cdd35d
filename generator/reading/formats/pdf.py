"""PDF files that hold text: characters by PDFium, lines, columns and paragraphs by their places, ruled tables.

Every character that PDFium reports is in the text, or is left out with a reason: headers, footers and page numbers
(by their place), text in another direction, characters printed twice. A file without text is a scan.
"""

from __future__ import annotations

import pypdfium2 as pdfium  # type: ignore[import-untyped]

from generator.reading.formats.document import Extracted, Tally
from generator.reading.formats.pages import blocks_of_pages
from generator.reading.formats.pdfchars import page_text
from generator.reading.formats.recognise import Format
from generator.reading.formats.ruled import ruled_tables
from generator.reading.formats.scan import read_scan
from generator.reading.formats.sourcetext import source_text
from generator.reading.guarded import UnreadableError

MAX_PAGES = 2000
_MOST_UNKNOWN = 0.05  # of the characters
_VERSION = f"PDFium {pdfium.PDFIUM_INFO}, pypdfium2 {pdfium.PYPDFIUM_INFO}"


def read_pdf(data: bytes) -> Extracted:
    """The text of a PDF file. Raises `UnreadableError` for one that is broken, locked, too long, or a scan."""
    with opened(data) as document:
        tally = Tally()
        pages = [page_text(page, tally) for page in document]
        total = sum(len(page.chars) for page in pages)
        if not total:
            return read_scan(document)
        unknown = sum(page.unknown for page in pages)
        if unknown > _MOST_UNKNOWN * total:
            raise UnreadableError(
                f"有 {unknown * 100 // total}% 的字没有对应的字符，读出来是乱码。请另存一次 PDF，或者作文字识别。"
            )
        blocks, doubts = blocks_of_pages(pages, ruled_tables(data, pages), tally)
        title = (document.get_metadata_dict().get("Title") or "").strip() or None
    invisible = sum(page.invisible for page in pages)
    if unknown:
        doubts.append(f"有 {unknown} 个字没有对应的字符，请对照原件。")
    blank = [str(number) for number, page in enumerate(pages, 1) if not page.chars and page.pictures]
    if blank:
        doubts.append(f"第 {'、'.join(blank)} 页只有图片，没有读出文字，请对照原件。")
    return Extracted(
        Format.PDF.media_type,
        _VERSION,
        source_text(blocks),
        pages=len(pages),
        left_out=tally.left_out(),
        doubts=tuple(doubts),
        hint=title,
        whole_paragraphs=True,
        recognised=invisible > 0.5 * total,
    )


def opened(data: bytes) -> pdfium.PdfDocument:
    """A PDF file. Raises `UnreadableError` for one that is broken, locked or too long."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = "assword" in str(error) or "ecurity" in str(error)
        told = "已加密。请去掉密码，另存以后再加入。" if locked else "PDF 已损坏，打不开。请重新取得原件。"
        raise UnreadableError(told) from error
    if len(document) > MAX_PAGES:
        raise UnreadableError(f"超过 {MAX_PAGES} 页。请拆分以后再加入。")
    return document
