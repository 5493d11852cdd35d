"""Links in reStructuredText: its own recognition, since docutils would want every directive of the document's Sphinx.

What is code (literal blocks and inline literals, code directives, doctests) and what is a comment is blanked out
first; in what is left, links are found by their marks.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from generator.checking.links.found import Form, Link, Spot
from generator.checking.links.printed import printed_addresses

_CODE_DIRECTIVE = re.compile(
    r"\s*\.\. (?:code|code-block|sourcecode|literalinclude|math|doctest|testcode|testoutput|highlight"
    r"|graphviz|mermaid|productionlist)::"
)
# `.. words`: neither a target, footnote, substitution nor directive.
_COMMENT = re.compile(r"\s*\.\.(?:$|\s+(?!_|\[|\||[\w:+.\-]+::))")
_DIRECTIVE = re.compile(r"\s*\.\. ")
_DOCTEST = re.compile(r"\s*>>> ")
_LITERAL_BEGINS = re.compile(r"``(?=\S)")
_LITERAL_ENDS = re.compile(r"(?<=\S)``")

# Each has the address or name in its only group.
_MARKS: tuple[tuple[Form, re.Pattern[str]], ...] = (
    # `text <address>`_ , with white space anywhere in the address
    ("link", re.compile(r"(?<![:\w])`[^`<>]*<([^`<>]+)>`_")),
    # .. _name: address
    ("link", re.compile(r"^[ \t]*\.\. _(?:`[^`\n]+`|(?:\\.|[^:\\\n])+):[ \t]+(\S+)", re.MULTILINE)),
    # __ address , .. __: address
    ("link", re.compile(r"^[ \t]*(?:__|\.\. __:)[ \t]+(\S+)", re.MULTILINE)),
    # the option of an image or card
    ("link", re.compile(r"^[ \t]*:(?:target|link|url):[ \t]+(\S+)", re.MULTILINE)),
    # :external+key:std:ref:`text <name>` , :ref:`name`
    ("inventory", re.compile(r":[A-Za-z][\w+.:\-]{0,99}:`(?:[^`<>]*<([^`<>]+)>|[^`<>]+)`")),
)


def rst_links(text: str, first_line: int = 1) -> list[Link]:
    """The links of a reStructuredText document, in its order; a named target counts where its address stands.

    The text of a role (:ref:`…`) is given as a name of an inventory, whatever the role: most are not, and who
    knows the inventory decides. `first_line` is the number of the text's first line in its document.
    """
    prose = _without_code(text)
    starts = [0, *(match.end() for match in re.finditer("\n", prose))]
    return [
        Link(target, Spot("line", first_line - 1 + bisect_right(starts, offset)), form)
        for offset, target, form in sorted(_found(prose))
    ]


def _found(prose: str) -> Iterator[tuple[int, str, Form]]:
    for form, pattern in _MARKS:
        for match in pattern.finditer(prose):
            group = 1 if match[1] is not None else 0
            target = match[1] or match[0].partition("`")[2].strip("`")
            joined = "".join(target.split()) if form == "link" else target.strip()
            yield match.start(group), joined, form
    for offset, address in printed_addresses(prose):
        yield offset, address, "printed"


def _without_code(text: str) -> str:
    """The text with code and comments blanked, every other character in its place."""
    lines: list[str] = []
    block: int | None = None  # the indent that the lines of a code block exceed
    for line in text.split("\n"):
        indent = len(line) - len(line.lstrip())
        blank = not line.strip()
        if block is not None and not blank and indent <= block:
            block = None
        inside = block is not None
        if not inside and not blank and _opens_code(line):
            block = indent
        hidden = inside or _COMMENT.match(line) or _DOCTEST.match(line)
        lines.append(" " * len(line) if hidden else line)
    return _without_literals("\n".join(lines))


def _without_literals(text: str) -> str:
    """The text with what stands between `` and `` blanked. Where nothing ends the one, nothing ends the next either."""
    kept: list[str] = []
    at = 0
    while (begin := _LITERAL_BEGINS.search(text, at)) and (
        end := _LITERAL_ENDS.search(text, begin.end() + 1)
    ):
        kept += [text[at : begin.start()], re.sub(r"[^\n]", " ", text[begin.start() : end.end()])]
        at = end.end()
    return "".join([*kept, text[at:]])


def _opens_code(line: str) -> bool:
    """Whether what is indented below a line is code or comment."""
    if _CODE_DIRECTIVE.match(line) or _COMMENT.match(line):
        return True
    return line.rstrip().endswith("::") and not _DIRECTIVE.match(line)
