"""Links in Word documents, wherever Word keeps text: body and tables, headers, footers, notes, comments, text boxes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part, XmlPart
from docx.oxml.parser import parse_xml
from docx.package import Package

from generator.checking.links.found import Link, Spot
from generator.checking.links.printed import printed_addresses

# The parts that hold text, by the end of their content type, and what a reader calls them.
_PARTS: Mapping[str, str | None] = {
    "main+xml": None,
    "header+xml": "页眉",
    "footer+xml": "页脚",
    "footnotes+xml": "脚注",
    "endnotes+xml": "尾注",
    "comments+xml": "批注",
}
_BEGINNING = 12  # characters of a paragraph that are shown to find it by
# A text box stands twice in its document, for new and for old Word; tracked deletions are no text any more.
_SKIPPED = frozenset({"Fallback", "del", "moveFrom"})
_RELATIONSHIP = "/relationships}id"
_HYPERLINK = ("/relationships/hyperlink", RELATIONSHIP_TYPE.HYPERLINK)

# HYPERLINK "address" \l "anchor" \o "tip": switches with and without a value; \" and \\ are escapes.
# A quote that is never closed goes to the end.
_FIELD = re.compile(r"\s*HYPERLINK\b", re.IGNORECASE)
_ARGUMENT = re.compile(r'\\(?P<switch>[A-Za-z])|"(?P<quoted>(?:\\.|[^"\\]|\\$)*)(?:"|$)|(?P<bare>[^\s"]+)')
_SWITCHES_WITH_VALUE = frozenset("lotm")


class _Element(Protocol):
    """What is used of an element of lxml."""

    tag: str
    text: str | None
    attrib: Mapping[str, str]

    def __iter__(self) -> Iterator[_Element]: ...


@dataclass
class _Paragraph:
    number: int
    text: str = ""
    targets: list[str] = field(default_factory=list)


@dataclass
class _Field:
    """A complex field that has begun: its instruction is spread over runs, up to the mark that separates its result."""

    paragraph: _Paragraph
    instruction: str = ""
    separated: bool = False


def docx_links(path: Path) -> list[Link]:
    """The links of a Word document (.docx, .docm): hyperlinks, HYPERLINK fields, linked pictures, printed addresses.

    Raises what python-docx and zipfile raise for a file that is not Word; see `documents` for the limits.
    """
    parts = [(part, name) for part in Package.open(str(path)).iter_parts() for name in _names(part)]
    parts.sort(key=lambda one: (one[1] is not None, str(one[0].partname)))
    return [link for part, name in parts for link in _Story(part, name).links()]


def _names(part: Part) -> Iterator[str | None]:
    """What the reader calls a part that holds text; nothing for any other."""
    for ending, name in _PARTS.items():
        if part.content_type.endswith(ending):
            yield name


class _Story:
    """The text of one part of a document."""

    def __init__(self, part: Part, name: str | None) -> None:
        self._part = part
        self._name = name
        self._paragraphs: list[_Paragraph] = [_Paragraph(0)]  # the first takes what stands in none
        self._open: list[_Paragraph] = [self._paragraphs[0]]
        self._fields: list[_Field] = []

    def links(self) -> Iterator[Link]:
        """The links of the part by its paragraphs; first the active ones, then those printed."""
        root = self._part.element if isinstance(self._part, XmlPart) else parse_xml(self._part.blob)
        self._walk(root)
        for paragraph in self._paragraphs:
            beginning = paragraph.text.strip()
            shown = beginning if len(beginning) <= _BEGINNING else beginning[:_BEGINNING] + "…"
            spot = Spot("paragraph", paragraph.number, self._name, shown or None)
            for target in paragraph.targets:
                yield Link(target, spot)
            for _, address in printed_addresses(paragraph.text):
                yield Link(address, spot, "printed")

    def _walk(self, root: _Element) -> None:
        """Goes through all elements in the order of the document, without recursion."""
        above: list[tuple[_Element, Iterator[_Element]]] = []
        self._begin(root)
        above.append((root, iter(root)))
        while above:
            element, rest = above[-1]
            child = next(rest, None)
            if child is None:
                above.pop()
                if _local(element) == "p" and _is_word(element):
                    self._open.pop()
            elif isinstance(child.tag, str) and _local(child) not in _SKIPPED:
                self._begin(child)
                above.append((child, iter(child)))

    def _begin(self, element: _Element) -> None:
        """An element opens: a paragraph, a piece of text, a link, a part of a field."""
        name, paragraph = _local(element), self._open[-1]
        if name == "p" and _is_word(element):
            self._open.append(_Paragraph(len(self._paragraphs)))
            self._paragraphs.append(self._open[-1])
        elif name == "t" and _is_word(element):
            paragraph.text += element.text or ""
        elif name in ("br", "tab", "cr"):
            paragraph.text += " "
        elif name == "fldSimple":
            self._add_field(paragraph, _attribute(element, "instr"))
        elif name == "fldChar":
            self._field_mark(_attribute(element, "fldCharType"))
        elif name == "instrText" and self._fields and not self._fields[-1].separated:
            self._fields[-1].instruction += element.text or ""
        self._add_hyperlink(paragraph, element)

    def _add_hyperlink(self, paragraph: _Paragraph, element: _Element) -> None:
        """A link by relationship (text, picture, shape), its anchor beside it; or the `href` of an old drawing."""
        if href := element.attrib.get("href"):
            paragraph.targets.append(href)
        key = next((value for name, value in element.attrib.items() if name.endswith(_RELATIONSHIP)), None)
        relationship = self._part.rels.get(key) if key else None
        if relationship and relationship.is_external and relationship.reltype.endswith(_HYPERLINK):
            paragraph.targets.append(_joined(relationship.target_ref, _attribute(element, "anchor")))

    def _field_mark(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(_Field(self._open[-1]))
        elif self._fields and kind in ("separate", "end"):
            current = self._fields[-1]
            if not current.separated:
                current.separated = True
                self._add_field(current.paragraph, current.instruction)
            if kind == "end":
                self._fields.pop()

    def _add_field(self, paragraph: _Paragraph, instruction: str) -> None:
        if target := field_target(instruction):
            paragraph.targets.append(target)


def field_target(instruction: str) -> str | None:
    r"""The address in a field code, as `HYPERLINK "https://…" \l "art_1"` has it; None for another field.

    A link within the document itself has an anchor alone: `#art_1`.
    """
    start = _FIELD.match(instruction)
    if start is None:
        return None
    address, anchor, switch = "", "", ""
    for match in _ARGUMENT.finditer(instruction, start.end()):
        if match["switch"]:
            switch = match["switch"].lower()
            continue
        value = match["bare"] or re.sub(r"\\(.)", r"\1", match["quoted"] or "")
        if switch == "l":
            anchor = value
        elif switch not in _SWITCHES_WITH_VALUE:
            address = address or value
        switch = ""
    return _joined(address, anchor)


def _joined(address: str, anchor: str) -> str:
    """Address and anchor, which Word keeps apart; an anchor in the address itself stands."""
    return f"{address}#{anchor}" if anchor and "#" not in address else address


def _local(element: _Element) -> str:
    return element.tag.rpartition("}")[2]


def _is_word(element: _Element) -> bool:
    """Whether an element is of WordprocessingML: DrawingML has a `p` and a `t` of its own."""
    return "wordprocessingml" in element.tag


def _attribute(element: _Element, name: str) -> str:
    """An attribute by its name without a namespace; empty where there is none."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), "")
