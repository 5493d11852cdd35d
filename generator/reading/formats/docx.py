"""Word documents (.docx), read from their XML: numbers as Word prints them, revisions, notes, tables.

No library restores the automatic numbers of a text of law (第%1条 that runs on through the chapters), and a tracked
change of 3 to 1 comes out of them as 31. So the text is read here: what is inserted is kept, what is deleted is left
out, every open revision is a doubt; comments, headers and footers are left out and said.
"""

from __future__ import annotations

from lxml import etree  # type: ignore[import-untyped]

from generator.reading.formats.document import Extracted
from generator.reading.formats.package import Package
from generator.reading.formats.recognise import Format
from generator.reading.formats.sourcetext import source_text
from generator.reading.formats.wordnumbers import Numbering
from generator.reading.formats.wordstyles import Styles
from generator.reading.formats.wordtext import Body, Findings
from generator.reading.formats.wordxml import Element, child, children, local, number_of
from generator.reading.guarded import UnreadableError

_MAIN = "word/document.xml"
_APART = {"header": "页眉", "footer": "页脚", "comments": "批注"}
_MOST_REVISIONS = 20  # told one by one


def read_docx(data: bytes) -> Extracted:
    """The text of a Word document. Raises `UnreadableError` for one that is broken or hostile."""
    package = Package(data)
    main = next((target for _, kind, target in package.targets("") if kind == "officeDocument"), _MAIN)
    root = package.xml(main)
    body = child(root, "body")
    if body is None:
        raise UnreadableError("里面没有正文，文件已损坏。请重新取得原件。")
    parts = [(kind, target) for _, kind, target in package.targets(main)]
    one = dict(parts)
    styles = Styles(_part(package, one.get("styles")))
    numbering = Numbering(_part(package, one.get("numbering")), styles.lists())
    notes: dict[tuple[str, str], Element] = {}
    for kind in ("footnotes", "endnotes"):
        for note in _elements(_part(package, one.get(kind))):
            if number_of(note, "type") in ("", "normal"):
                notes[kind.removesuffix("s"), number_of(note, "id")] = note
    reader = Body(styles, numbering, notes)
    blocks = reader.blocks(body)
    for kind, target in parts:
        if kind in _APART:
            for paragraph in _paragraphs(_part(package, target)):
                reader.found.tally.add(_APART[kind], paragraph)
    if not any(block if isinstance(block, str) else block.rows for block in blocks):
        raise UnreadableError("里面没有文字：可能全是图片。请另存为 PDF，再作文字识别。")
    doubts = _doubts(reader.found)
    if any(kind == "aFChunk" for kind, _ in parts):
        doubts.append("里面嵌入了另一个文件，它的文字没有收入。")
    return Extracted(
        Format.DOCX.media_type,
        f"lxml {etree.__version__}",
        source_text(blocks),
        left_out=reader.found.tally.left_out(),
        assumed=(_assumed(numbering),) if numbering.bullets else (),
        doubts=tuple(doubts),
        hint=_title(package),
    )


def _part(package: Package, name: str | None) -> Element | None:
    return package.xml(name) if name else None


def _elements(root: Element | None) -> list[Element]:
    return [one for one in root if local(one)] if root is not None else []


def _paragraphs(root: Element | None) -> list[str]:
    """The text of each paragraph of a part that is left out."""
    if root is None:
        return []
    return ["".join(one.text or "" for one in paragraph.iter() if local(one) == "t")
            for paragraph in root.iter() if local(paragraph) == "p"]  # fmt: skip


def _assumed(numbering: Numbering) -> str:
    return f"有 {numbering.bullets} 段前面是项目符号，符号没有收入。"


def _title(package: Package) -> str | None:
    """The title in the file's properties, which is often that of the document it was made from."""
    target = next((target for _, kind, target in package.targets("") if kind == "core-properties"), None)
    root = _part(package, target)
    title = next(children(root, "title"), None) if root is not None else None
    return (title.text or "").strip() or None if title is not None else None


def _doubts(found: Findings) -> list[str]:
    doubts = [f"未接受的修订：{one}。" for one in found.revisions[:_MOST_REVISIONS]]
    if len(found.revisions) > _MOST_REVISIONS:
        doubts.append(f"还有 {len(found.revisions) - _MOST_REVISIONS} 处未接受的修订。")
    if found.revisions:
        doubts.append("有未接受的修订：插入的收入，删除的不收，请核对定稿。")
    told = (
        (found.hidden, "有 {} 处隐藏文字，没有收入，请核对。"),
        (found.notes, "有 {} 条脚注，放在所注的段落之后。"),
        (found.boxes, "有 {} 个文本框，其中的文字放在所在的段落之后，请核对次序。"),
        (found.nested, "有 {} 个表格套在别的表格的格子里，逐行写进了那一格。"),
        (found.formulas, "有 {} 个公式，只收入了其中的字符，请核对。"),
        (found.embedded, "有 {} 个嵌入的对象（公式、表格），其中的文字没有收入，请核对。"),
    )
    return doubts + [text.format(count) for count, text in told if count]
