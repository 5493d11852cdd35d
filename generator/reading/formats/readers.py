"""The reader of each format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from generator.reading.formats import Original
from generator.reading.formats.document import Extracted
from generator.reading.formats.docx import read_docx
from generator.reading.formats.html import read_html
from generator.reading.formats.mhtml import read_mhtml
from generator.reading.formats.ofd import read_ofd
from generator.reading.formats.office import read_office
from generator.reading.formats.pdf import read_pdf
from generator.reading.formats.plain import read_text
from generator.reading.formats.recognise import Format
from generator.reading.formats.scan import read_picture
from generator.reading.formats.xlsx import read_xlsx
from generator.reading.guarded import UnreadableError


def _packed(_: Original, __: Format) -> Extracted:
    raise UnreadableError("是压缩包，里面的文件要逐个读取。")


READERS: Mapping[Format, Callable[[Original, Format], Extracted]] = MappingProxyType(
    {
        Format.TEXT: lambda one, _: read_text(one.data, markdown=False),
        Format.MARKDOWN: lambda one, _: read_text(one.data, markdown=True),
        Format.HTML: lambda one, _: read_html(one.data, one.webpages, one.container),
        Format.MHTML: lambda one, _: read_mhtml(one.data, one.webpages, one.container),
        Format.DOCX: lambda one, _: read_docx(one.data),
        Format.XLSX: lambda one, _: read_xlsx(one.data),
        Format.PDF: lambda one, _: read_pdf(one.data),
        Format.OFD: lambda one, _: read_ofd(one.data),
        **dict.fromkeys(
            (Format.PNG, Format.JPEG, Format.TIFF), lambda one, kind: read_picture(one.data, kind)
        ),
        **dict.fromkeys(
            (Format.DOC, Format.XLS, Format.RTF, Format.ODT), lambda one, kind: read_office(one.data, kind)
        ),
        Format.ZIP: _packed,
    }
)
