"""Links in Markdown: CommonMark through markdown-it, and what MkDocs and MyST write beyond it."""

from __future__ import annotations

import re
from collections.abc import Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from generator.checking.links.found import Form, Link, Spot
from generator.checking.links.from_html import html_links
from generator.checking.links.from_rst import rst_links
from generator.checking.links.printed import printed_addresses

_DEEPEST = 100  # levels of lists and quotations; what is deeper is left out

# Python-Markdown's blocks, whose text stands indented below: !!! note, ??? note, === "tab", footnotes, definitions.
_INDENTED = re.compile(r"(?:!!!|\?\?\?\+?)\s|===[!+]?\s+\"|:\s{3}|\[\^[^\]\s]+\]:\s")
_INDENT = 4
# MyST: ```{note} holds Markdown, ```{code-block} does not; nor does ```{.python}, which is not a directive.
_DIRECTIVE = re.compile(r"\{([A-Za-z][\w:.\-]*)\}")
_NO_MARKDOWN = re.compile(r"code|math|literalinclude|mermaid|raw|toctree|graphviz|highlight|doctest|testcode")
# MyST: {external+key:std:ref}`text <name>`, {ref}`name`
_ROLE = re.compile(r"\{[\w+.:\-]+\}$")
_ROLE_TARGET = re.compile(r"<([^<>]+)>\s*$")
# <code>, </code>: what stands between them is not read.
_CODE_TAG = re.compile(r"<(/?)(?:code|kbd|samp|pre)\b", re.IGNORECASE)
# mkdocs-autorefs: [text][name], [name][]
_AUTOREF = re.compile(r"\[[^\[\]]*\]\[([^\[\]\s]+)\]|\[([^\[\]\s]+)\]\[\]")


class _Reader(MarkdownIt):
    """Takes every address as it is written: nothing is rendered here, so nothing need be made safe."""

    def validateLink(self, url: str) -> bool:  # noqa: N802, ARG002 - named by markdown-it
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - named by markdown-it
        return url


def markdown_links(text: str, first_line: int = 1) -> list[Link]:
    """The links of a Markdown document, in the order of its lines.

    Inline links, autolinks, addresses printed in the text, raw HTML; of a reference-style link the definition, used
    or not, for there its address stands; names of an inventory as MyST and mkdocs-autorefs write them. Nothing in
    code. `first_line` is the number of the text's first line in its document.
    """
    reader = _Reader("commonmark", {"maxNesting": _DEEPEST, "store_labels": True}).enable("table")
    reader.block.ruler.before("code", "indented", _indented_block, {"alt": ["paragraph"]})
    environment: MutableMapping[str, Any] = {}
    lines = text.split("\n")
    links = [
        link
        for token, span in _with_spans(reader.parse(text, environment))
        for link in _block_links(token, span, lines)
    ]
    definitions = [*environment.get("references", {}).values(), *environment.get("duplicate_refs", ())]
    links += [Link(one["href"], Spot("line", one["map"][0] + 1)) for one in definitions]
    return sorted((_shifted(link, first_line - 1) for link in links), key=lambda link: link.spot.number)


def _shifted(link: Link, lines: int) -> Link:
    return Link(link.target, Spot("line", link.spot.number + lines), link.form)


def _indented_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A rule of markdown-it: a marker line and the indented lines below it, which CommonMark would take for code."""
    if state.is_code_block(start):
        return False
    line = state.src[state.bMarks[start] + state.tShift[start] : state.eMarks[start]]
    marker = _INDENTED.match(line)
    if marker is None:
        return False
    if silent:
        return True
    inner = state.sCount[start] + _INDENT
    stop = start + 1
    while stop < end and (state.isEmpty(stop) or state.sCount[stop] >= inner):
        stop += 1
    state.push("paragraph_open", "p", 1)
    head = state.push("inline", "", 0)
    head.map, head.content, head.children = [start, start + 1], line[marker.end() :].strip(), []
    state.push("paragraph_close", "p", -1)
    outer, last = state.blkIndent, state.lineMax
    state.blkIndent, state.lineMax = inner, stop
    state.level += 1
    state.md.block.tokenize(state, start + 1, stop)
    state.level -= 1
    state.blkIndent, state.lineMax = outer, last
    state.line = stop
    return True


def _with_spans(tokens: Sequence[Token]) -> Iterator[tuple[Token, tuple[int, int]]]:
    """Every token with its lines (from 0, the end excluded), or those of what it stands in: a table's cell has none."""
    span = (0, 1)
    for token in tokens:
        if token.map:
            span = (token.map[0], token.map[1])
        yield token, span


def _block_links(token: Token, span: tuple[int, int], lines: Sequence[str]) -> Iterator[Link]:
    if token.type == "inline":
        yield from _Inline(list(lines[span[0] : span[1]]), span[0] + 1).links(token.children or [])
    elif token.type == "html_block":
        yield from html_links(token.content, span[0] + 1)
    elif token.type == "fence" and (directive := _DIRECTIVE.match(token.info.strip())):
        if directive[1] == "eval-rst":
            yield from rst_links(token.content, span[0] + 2)
        elif not _NO_MARKDOWN.search(directive[1]):
            yield from markdown_links(token.content, span[0] + 2)


@dataclass
class _Inline:
    """The running text of one block: `lines` as the file has them, the first of which is number `first`."""

    lines: list[str]
    first: int
    at: int = 0  # the line that has been come to, from 0
    text: str = ""  # of that line so far, code left out
    muted: bool = False  # between <code> and </code>

    def links(self, tokens: Sequence[Token]) -> Iterator[Link]:
        """The links of the block, by its inline tokens."""
        for token in tokens:
            if token.type in ("softbreak", "hardbreak"):
                yield from self._line_done()
                self.at += 1
            elif token.type == "text":
                self.text += " " if self.muted else token.content
            elif token.type == "code_inline":
                yield from self._role(token)
                self.text += " "
            elif token.type == "html_inline":
                yield from self._html(token)
            elif token.type == "link_open" and "label" not in token.meta:
                yield self._link(str(token.attrs.get("href", "")))
            elif token.type == "image" and "label" not in token.meta:
                yield self._link(str(token.attrs.get("src", "")))
        yield from self._line_done()

    def _link(self, target: str, form: Form = "link") -> Link:
        """A link on the first line, from the one come to, that has its address: a line break in code is no token."""
        line = next((n for n in range(self.at, len(self.lines)) if target in self.lines[n]), self.at)
        return Link(target, Spot("line", self.first + line), form)

    def _line_done(self) -> Iterator[Link]:
        text, self.text = self.text, ""
        for _, address in printed_addresses(text):
            yield self._link(address, "printed")
        for match in _AUTOREF.finditer(text):
            yield self._link(match[1] or match[2], "inventory")

    def _role(self, token: Token) -> Iterator[Link]:
        if _ROLE.search(self.text):
            target = _ROLE_TARGET.search(token.content)
            yield self._link(target[1] if target else token.content, "inventory")

    def _html(self, token: Token) -> Iterator[Link]:
        if tag := _CODE_TAG.match(token.content):
            self.muted = not tag[1]
        for link in html_links(token.content):
            yield self._link(link.target, link.form)
