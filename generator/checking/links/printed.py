"""Addresses printed in running text: where such an address ends, in Chinese text as in English."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

# Only what RFC 3986 lets a URL hold: a Han character or full-width mark after the address ends it.
_WEB = r"https?://[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+"
# A path on a disk may have Chinese folders in it, up to the name of the page: file:///D:/资料/policies/x.html#art_1
_FILE = r"file://[^\s<>\"'，。；：！？、（）《》“”‘’]+?\.html?(?:[?#][A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]*)?"
_ADDRESS = re.compile(rf"(?<![A-Za-z0-9+.\-])(?:{_WEB}|{_FILE})", re.IGNORECASE)
_CONTINUED = re.compile(r"[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]+")
_TRAILING = ".,;:!?'\"*_|"
_PAIRS = {")": "(", "]": "["}
_LINES_OF_AN_ADDRESS = 6


def printed_addresses(text: str) -> Iterator[tuple[int, str]]:
    """The http, https and file addresses in a text, each with its offset; marks that follow an address left off."""
    for match in _ADDRESS.finditer(text):
        yield match.start(), _trimmed(match[0])


def broken_addresses(lines: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The addresses in the lines of a page, each with what it is if the line broke it and it goes on below.

    The text alone does not tell whether it does: who knows the addresses decides.
    """
    for number, line in enumerate(lines):
        for match in _ADDRESS.finditer(line):
            at_the_end = match.end() == len(line.rstrip())
            below = lines[number + 1 : number + _LINES_OF_AN_ADDRESS] if at_the_end else ()
            yield _trimmed(match[0]), tuple(_continuations(match[0], below))


def _continuations(address: str, below: Sequence[str]) -> Iterator[str]:
    """The address with one line more, and one more, as long as all of a line may belong to it."""
    for line in below:
        match = _CONTINUED.match(line.strip())
        if match is None or _ADDRESS.match(line.strip()):
            return
        address += match[0]
        yield _trimmed(address)
        if match.end() != len(line.strip()):
            return


def _trimmed(address: str) -> str:
    """An address without the marks that belong to the sentence: a full stop, a bracket that was opened before it."""
    counts = Counter(address)
    stop = len(address)
    while stop:
        last = address[stop - 1]
        opening = _PAIRS.get(last)
        lone = opening is not None and counts[last] > counts[opening]
        if not lone and last not in _TRAILING:
            break
        counts[last] -= 1
        stop -= 1
    return address[:stop]
