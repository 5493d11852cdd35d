"""Scans: text recognised in pictures of pages by rapidocr, an optional extra (`pip install "policy-site[ocr]"`).

The red channel is read, in which a red seal and a red head vanish and black text stays. What is recognised is not
checked: the sidecar says so, and every page of the site, until an editor takes it out.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from importlib.util import find_spec
from typing import Any

import pypdfium2 as pdfium  # type: ignore[import-untyped]
from PIL import Image, ImageSequence, UnidentifiedImageError

from generator.reading.formats.document import Extracted, Tally
from generator.reading.formats.pages import blocks_of_pages
from generator.reading.formats.pdfchars import Char, PageText
from generator.reading.formats.recognise import Format
from generator.reading.formats.sourcetext import source_text
from generator.reading.guarded import UnreadableError

MAX_PAGES = 60
MAX_PIXELS = 60_000_000  # of one page
_DPI = 200
_SURE = 0.9  # a line that is recognised with less is a doubt
_MOST_TOLD = 30
_EXTRA = (
    "是扫描件，要作文字识别。请先安装识别部件（约 140 MB，模型在内，不联网识别）：make ocr，"
    '或者 pip install "policy-site[ocr]"；也可以向发文机关取得有文字的原件。'
)


def read_scan(document: pdfium.PdfDocument) -> Extracted:
    """The text recognised in a PDF of pictures. Raises `UnreadableError` without the extra, and for one that is too long."""
    _require(len(document))
    pictures = (_rendered(page) for page in document)
    return _recognised(pictures, Format.PDF, _DPI)


def read_picture(data: bytes, kind: Format) -> Extracted:
    """The text recognised in a picture, or in the pages of a TIFF. Raises `UnreadableError` as `read_scan` does."""
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        with Image.open(io.BytesIO(data)) as image:
            frames = getattr(image, "n_frames", 1)
            _require(frames)
            pictures = [frame.convert("RGB") for frame in ImageSequence.Iterator(image)]
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        Image.DecompressionBombError,
        Image.DecompressionBombWarning,
    ) as error:
        raise UnreadableError("图片已损坏，或者过大。请重新取得原件。") from error
    if any(one.width * one.height > MAX_PIXELS for one in pictures):
        raise UnreadableError(f"图片超过 {MAX_PIXELS // 1_000_000} 百万像素，没有读取。请缩小以后再加入。")
    return _recognised(pictures, kind, _DPI)


def _require(pages: int) -> None:
    if find_spec("rapidocr") is None or find_spec("onnxruntime") is None:
        raise UnreadableError(_EXTRA)
    if pages > MAX_PAGES:
        raise UnreadableError(f"扫描件有 {pages} 页，超过 {MAX_PAGES} 页。请拆分以后再加入。")


def _rendered(page: pdfium.PdfPage) -> Image.Image:
    width, height = page.get_size()
    scale = min(_DPI / 72, (MAX_PIXELS / max(1.0, width * height)) ** 0.5)
    return page.render(scale=scale).to_pil().convert("RGB")  # type: ignore[no-any-return]


def _recognised(pictures: Iterable[Image.Image], kind: Format, dpi: int) -> Extracted:
    """Pages of characters in their places, as those of a PDF that holds text."""
    engine = _engine()
    pages: list[PageText] = []
    unsure: list[str] = []
    for number, picture in enumerate(pictures, 1):
        found = list(_lines(engine, picture))
        chars = [one for box, text, _ in found for one in _chars(box, text, 72 / dpi)]
        pages.append(
            PageText(picture.width * 72 / dpi, picture.height * 72 / dpi, tuple(chars), 0, 0, 0, 1, 0)
        )
        unsure += [
            f"第 {number} 页“{text[:40]}”：识别的把握只有 {score:.2f}。"
            for _, text, score in found
            if score < _SURE
        ]
    if not any(page.chars for page in pages):
        raise UnreadableError("图片里没有认出文字。")
    tally = Tally()
    blocks, doubts = blocks_of_pages(pages, (), tally)
    more = [f"还有 {len(unsure) - _MOST_TOLD} 行识别的把握不足。"] if len(unsure) > _MOST_TOLD else []
    return Extracted(
        kind.media_type,
        f"rapidocr {version('rapidocr')}, onnxruntime {version('onnxruntime')}",
        source_text(blocks),
        pages=len(pages),
        left_out=tally.left_out(),
        assumed=("文字是在图片里识别的，没有校对；取红色通道，红色的印章和版头不读。",),
        doubts=(*unsure[:_MOST_TOLD], *more, *doubts),
        whole_paragraphs=True,
        recognised=True,
    )


def _engine() -> Any:  # noqa: ANN401 - rapidocr has no types, and may not be there
    from rapidocr import RapidOCR  # noqa: PLC0415 - an optional extra

    return RapidOCR(params={"Global.log_level": "critical"})


def _lines(engine: Any, picture: Image.Image) -> Iterator[tuple[Sequence[Sequence[float]], str, float]]:  # noqa: ANN401
    """The lines in a picture: the corners of their boxes, their text, how sure it is."""
    import numpy as np  # noqa: PLC0415 - comes with the extra

    red = picture.getchannel("R")
    result = engine(np.asarray(Image.merge("RGB", (red, red, red))))
    if result.boxes is None:
        return
    for box, text, score in zip(result.boxes, result.txts, result.scores, strict=True):
        yield [[float(one) for one in corner] for corner in box], str(text), float(score)


def _chars(box: Sequence[Sequence[float]], text: str, scale: float) -> Iterator[Char]:
    """The characters of a line, its box shared among them by how wide they are in print."""
    xs, ys = [corner[0] * scale for corner in box], [corner[1] * scale for corner in box]
    widths = [1.0 if unicodedata.east_asian_width(one) in "WFA" else 0.5 for one in text]
    step = (max(xs) - min(xs)) / max(0.5, sum(widths))
    x = min(xs)
    for one, width in zip(text, widths, strict=True):
        if not one.isspace():
            yield Char(one, x, min(ys), x + width * step, max(ys))
        x += width * step
