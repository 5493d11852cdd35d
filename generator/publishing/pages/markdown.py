"""Official text as Markdown: readable as such, and never anything but text.

Whatever a source holds (asterisks, brackets, HTML, a line that looks like a heading, a table or an include) comes
out of the renderer as the characters that were printed. In a table, which Markdown cannot say, the same is HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from generator.files.json_text import to_json

# Characters that act as markup anywhere in a line and that Markdown lets one escape with a backslash …
_BACKSLASHED = re.compile(r"[\\`*_{}\[\]#]")
# … and those it does not, written as entities.
_ENTITIES = {character: f"&#{ord(character)};" for character in "|~^=$"} | {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
}
_ENTITY = re.compile("[" + re.escape("".join(_ENTITIES)) + "]")
# 1. or 1) at the start of a line would open a list.
_ORDERED = re.compile(r"(\d+)([.)])")
# What opens a list, rule, definition, admonition or details block.
_BLOCK_MARK = re.compile(r"[-+:!?%/@]")
_SPACE = re.compile(r"\s+")
# What JSON lets stand in a string, but YAML does not, or takes for a line break.
_NOT_YAML = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_ASCII_MARK = re.compile(r"[!-/:-@\[-`{-~]")


def inline(text: str) -> str:
    """`text` inside a line: no character of it acts as markup. White space becomes single spaces."""
    folded = _SPACE.sub(" ", text)
    escaped = _BACKSLASHED.sub(r"\\\g<0>", folded)
    return _ENTITY.sub(lambda match: _ENTITIES[match[0]], escaped)


def paragraph(text: str) -> str:
    """`text` as a paragraph of its own: as `inline`, and its beginning opens no block."""
    return opening(inline(text.strip()))


def opening(line: str) -> str:
    """A line that `inline` made, or begins with what `inline` made, so that its beginning opens no block."""
    if ordered := _ORDERED.match(line):
        return f"{ordered[1]}\\{ordered[2]}{line[ordered.end() :]}"
    if mark := _BLOCK_MARK.match(line):
        return f"&#{ord(mark[0])};{line[1:]}"
    return line


def quoted(text: str) -> str:
    """`text` as a string of front matter: a JSON string is a YAML string, but for a few characters."""
    return _NOT_YAML.sub(lambda match: f"\\u{ord(match[0]):04x}", to_json(text))


def correction(target: str, corrected: str, printed: str) -> str:
    """A corrected slip inside a line: the corrected form, a link to `target`, and with it the printed form.

    Everything in class `apparatus` is the editor's, not the text's; in it, `printed` is what the print has, and it
    alone is shown to a reader who wants the bare text (bare.css). Both forms are what a `Syntax` made.
    """
    note = f'<span>〔原文作：</span><span class="printed">{printed}</span><span>〕</span>'
    form = f'<span class="corrected">{corrected}</span>'
    return f'<a class="correction" href="#{target}">{form}<span class="apparatus">{note}</span></a>'


def term(shown: str, address: str, explanation: str) -> str:
    """A term inside a line: a link to where it is explained at length, with the explanation as its title.

    `shown` is what a `Syntax` made.

    As HTML, for a title in Markdown would have to be escaped for two syntaxes.
    """
    title = _ASCII_MARK.sub(_reference, explanation)
    return f'<a class="term" href="{address}" title="{title}">{shown}</a>'


def commitment(shown: str) -> str:
    """A commitment inside a line, or a part of one. `shown` is what a `Syntax` made."""
    return f'<span class="commitment">{shown}</span>'


def link(shown: str, address: str, *classes: str, title: str | None = None) -> str:
    """A link to an address of this site; ids and anchors need no escaping. `shown` is what `inline` made.

    `title` is a word of ours on the link, without quotation marks.
    """
    marks = " ".join([*(f".{name}" for name in classes), *([f'title="{title}"'] if title else [])])
    return f"[{shown}]({address})" + (f"{{ {marks} }}" if marks else "")


def _html_text(text: str) -> str:
    """`text` inside an element; a line break in it is one."""
    lines = (escape(_SPACE.sub(" ", line), quote=False) for line in text.split("\n"))
    return "<br>".join(lines)


def _html_link(shown: str, address: str, *classes: str, title: str | None = None) -> str:
    """The HTML of a link; ids and anchors need no escaping. `title` is a word of ours, without quotation marks."""
    said = f' title="{title}"' if title else ""
    return f'<a class="{" ".join(classes)}" href="{address}"{said}>{shown}</a>'


@dataclass(frozen=True)
class Syntax:
    """How text and links are written within a line."""

    text: Callable[[str], str]  # no character of it acts as markup
    link: Callable[..., str]  # of shown text, an address and class names
    page: str  # how the address of a policy's page ends: MkDocs knows the links of Markdown by their .md


MARKDOWN = Syntax(inline, link, ".md")
HTML = Syntax(_html_text, _html_link, ".html")


def attributes(anchor: str | None, *classes: str, contents: str | None = None) -> str:
    """An attribute list: { #sec_1 .clause .level-1 }. Anchors and class names are ours and need no escaping.

    `contents` is what the table of contents has for a heading, where that is not what the heading has.
    """
    parts = [f"#{anchor}"] if anchor else []
    parts += [f".{name}" for name in classes]
    if contents is not None:
        parts.append(f'data-toc-label="{_ASCII_MARK.sub(_reference, contents)}"')
    return "{ " + " ".join(parts) + " }"


def _reference(mark: re.Match[str]) -> str:
    """A character as a numeric reference, which no syntax around it can take for its own: &#34;."""
    return f"&#{ord(mark[0])};"
