"""Links in HTML. The parser of the standard library goes through it once and builds no tree: depth costs nothing."""

from __future__ import annotations

from collections.abc import Sequence
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urljoin

from generator.checking.links.found import Link, Spot
from generator.checking.links.printed import printed_addresses

# `identifier` is how mkdocs-autorefs writes a link by inventory: <autoref identifier="x#art_1">.
_ATTRIBUTES = ("href", "src", "data", "cite", "xlink:href")
_NOT_TEXT = frozenset({"script", "style", "pre", "code", "samp", "kbd", "textarea", "template"})
# Tags that may stand inside a word, and so inside a printed address.
_TRANSPARENT = frozenset(
    {"wbr", "b", "i", "em", "strong", "span", "mark", "u", "s", "font", "small", "sub", "sup"}
)


def html_links(text: str, first_line: int = 1) -> list[Link]:
    """The links of an HTML document or fragment, in its order.

    Attributes that name an address, resolved by `<base>` where there is one; and addresses printed in the text,
    those in code left out. `first_line` is the number of the fragment's first line in its document. Never raises:
    what is no HTML has no tags.
    """
    parser = _Parser(first_line)
    # No tag ends below the last >. The parser would look for the end of each to the end of the text.
    end = text.rfind(">") + 1
    parser.feed(text[:end])
    parser.close()
    parser.handle_data(unescape(text[end:]))
    parser.flush()
    return parser.links


class _Parser(HTMLParser):
    def __init__(self, first_line: int) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[Link] = []
        self._first_line = first_line
        self._base = ""
        self._inside: list[str] = []  # the open elements whose text is not read
        self._pieces: list[tuple[str, int]] = []  # running text and the line each piece begins on

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag: its addresses, and the end of the text before it unless it may stand inside a word."""
        if tag not in _TRANSPARENT:
            self.flush()
        if tag in _NOT_TEXT:
            self._inside.append(tag)
        values = {name: value.strip() for name, value in attrs if value}
        if tag == "base":
            self._base = values.get("href", self._base)
            return
        for name in _ATTRIBUTES:
            if name in values and not (name == "data" and tag != "object"):
                self.links.append(Link(self._resolved(values[name]), self._spot()))
        if tag == "autoref" and "identifier" in values:
            self.links.append(Link(values["identifier"], self._spot(), "inventory"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """<br/>: HTML knows the mark at the end for void elements only, which have no end."""
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        """The end of an element."""
        if tag not in _TRANSPARENT:
            self.flush()
        if self._inside and self._inside[-1] == tag:
            self._inside.pop()

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """<![…: HTML takes it for a comment. The standard library raises where no name follows, or an unknown one."""
        del report
        return self.parse_bogus_comment(i)

    def handle_data(self, data: str) -> None:
        """Text, kept until it is known where its last word ends."""
        if not self._inside:
            self._pieces.append((data, self._first_line - 1 + self.getpos()[0]))

    def flush(self) -> None:
        """Looks for addresses in the text kept so far."""
        pieces, self._pieces = self._pieces, []
        for offset, address in printed_addresses("".join(text for text, _ in pieces)):
            self.links.append(Link(address, Spot("line", _line(pieces, offset)), "printed"))

    def _spot(self) -> Spot:
        return Spot("line", self._first_line - 1 + self.getpos()[0])

    def _resolved(self, address: str) -> str:
        if not self._base or address.startswith("#"):
            return address
        try:
            return urljoin(self._base, address)
        except ValueError:
            return address


def _line(pieces: Sequence[tuple[str, int]], offset: int) -> int:
    """The line of a character of the joined pieces."""
    for text, line in pieces:
        if offset < len(text):
            return line + text.count("\n", 0, offset)
        offset -= len(text)
    raise IndexError(offset)
