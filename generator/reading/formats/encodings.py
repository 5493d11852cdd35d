"""In which encoding a text is, by evidence: a mark at its head, what decodes without fault, what reads as Chinese."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from generator.reading.guarded import UnreadableError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8（有 BOM）"),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
# What every text of an office is full of, in both scripts, with the marks of its sentences.
_USUAL = frozenset(
    "的一是在不了有和人这中大为上个国以要时来用们生到作地于出就分对成会可主发年动同工也能下过产种面而方后多定行学法所民得经"
    "十三之进等部度家力如水化高自二理起现实加量都体制机当使点从业本性应开合因由其前外天政四日社事平相全表间与关各重新内数正"
    "第條条章节項项款國產業發經會對與關當實體為來個們時動後進這開應長門問題務員區縣省市號号月各級级规規定例办辦法通知意见見"
    "施措营營商环環境保护護管责責任单單位及或者应本人府民政公共服资資企登记記审審批信用监監督改革优優化"
    "，。、；：（）《》“”　"
)
_TELLING = 64 * 1024  # bytes that tell the encoding
_FEW = 1000  # characters to one that is broken, in a text that is read all the same


@dataclass(frozen=True)
class Decoded:
    """A text, and how it was decoded."""

    text: str
    encoding: str  # as Python calls it
    assumed: str  # a sentence in Chinese
    doubts: tuple[str, ...] = ()


def decode(data: bytes, declared: str | None = None) -> Decoded:
    """The text of a file. `declared`: the encoding that the file itself names, which is believed where it fits.

    Raises `UnreadableError` for what is no text in any of these encodings.
    """
    for mark, encoding, name in _MARKS:
        if data.startswith(mark):
            return _strict(data, encoding, f"按文件开头的标记作 {name} 读取。")
    wide = _wide(data[:_TELLING])
    if wide:
        return _strict(data, wide, "没有标记，按字节的排列作 UTF-16 读取。")
    if b"\0" in data:
        line = data.count(b"\n", 0, data.index(b"\0")) + 1
        raise UnreadableError(f"第 {line} 行有二进制数据，不是文本文件，也不是可以识别的格式。")
    known = _python_name(declared)
    if known and known not in ("utf-8", "gb18030", "big5hkscs"):
        try:
            return Decoded(data.decode(known), known, f"按文件自己声明的编码 {declared} 读取。")
        except (UnicodeDecodeError, LookupError):
            pass
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _chinese(data, known, declared)
    said = (
        f"声明的编码是 {declared}，实际是 UTF-8。"
        if known and known != "utf-8" and not text.isascii()
        else ""
    )
    return Decoded(text, "utf-8", said or "按 UTF-8 读取。")


def decoded_head(data: bytes) -> str:
    """The head of a file as text, for a look at it; what does not decode is replaced."""
    for mark, encoding, _ in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    wide = _wide(data)
    return data.decode(wide or "utf-8", "replace")


def _strict(data: bytes, encoding: str, assumed: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding, assumed)
    except UnicodeDecodeError as error:
        text = data.decode(encoding, "replace")
        return _with_broken(text, encoding, assumed, error)


def _chinese(data: bytes, known: str | None, declared: str | None) -> Decoded:
    """GB18030 or Big5: the one that is declared and fits, else the one that reads as Chinese."""
    found = [(encoding, data.decode(encoding, "replace")) for encoding in ("gb18030", "big5hkscs")]
    scores = {encoding: _score(text) for encoding, text in found}
    best, text = max(found, key=lambda one: (scores[one[0]], one[0] == known))
    name = {"gb18030": "GB18030（GB2312、GBK）", "big5hkscs": "Big5"}[best]
    said = f"，与声明的 {declared} 相合" if known == best else ""
    assumed = f"不是 UTF-8，按常用字的多少作 {name} 读取{said}。"
    try:
        return Decoded(data.decode(best), best, assumed)
    except UnicodeDecodeError as error:
        return _with_broken(text, best, assumed, error)


def _with_broken(text: str, encoding: str, assumed: str, error: UnicodeDecodeError) -> Decoded:
    broken = text.count("\ufffd")
    line = bytes(error.object).count(b"\n", 0, error.start) + 1
    if broken * _FEW > max(len(text), _FEW):
        raise UnreadableError(
            f"认不出编码：第 {line} 行起有 {broken} 处不是任何一种中文编码。请重新取得原件。"
        )
    doubt = f"有 {broken} 处字节损坏（第一处在第 {line} 行），以“\ufffd”代替，请对照原件。"
    return Decoded(text, encoding, assumed, (doubt,))


def _score(text: str) -> float:
    """The share of usual characters among those beyond ASCII; broken ones weigh against it."""
    beyond = [one for one in text if one > "\x7f"]
    usual = sum(one in _USUAL for one in beyond)
    return (usual - 4 * text.count("\ufffd")) / max(1, len(beyond))


def _wide(data: bytes) -> str | None:
    """UTF-16 without a mark: read so, the text is Chinese and Latin, and has a NUL somewhere."""
    head = data[: len(data) // 2 * 2]
    if b"\0" not in head:
        return None
    for encoding in ("utf-16-le", "utf-16-be"):
        text = head.decode(encoding, "replace")
        usual = sum(
            one in "\t\n\r" or " " <= one <= "~" or "\u3000" <= one <= "\u9fff" or one >= "\uff00"
            for one in text
        )
        if usual > 0.9 * len(text):
            return encoding
    return None


def _python_name(declared: str | None) -> str | None:
    """What Python calls a declared encoding; GB2312 and GBK are read as what holds both."""
    if not declared:
        return None
    try:
        name = codecs.lookup(declared.strip()).name
    except (LookupError, ValueError):
        return None
    return {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs"}.get(name, name)
