"""Laws printed in many ways: every page number and header goes, and no line of a law with them.

`python -m tests.test_furniture DIR` prints the figures for a folder of laws (Markdown, a paragraph a line).
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import click
import pytest

from generator.model import SourceText
from generator.reading import read_lines
from generator.reading.ledger import Reason
from tests.support.laws import Law, load_laws
from tests.support.words import WORDS

WIDTHS = (22, 24, 26, 28, 30, 32, 36, 40, 45)
LENGTHS = (18, 20, 22, 25, 28, 35, 42)
NUMBERS = (
    "— {} —", "- {} -", "{}", "第 {} 页", "-{}-", "·{}·", "{}/99", "第{}页 共99页", "Page {} of 99", "〔{}〕", " {} ",
)  # fmt: skip
HEADERS = ("JZ-2024-03", "江州市人民政府公报", "2024年第3期", "GB/T 9704", "江州市人民政府公报 2024.3")
FURNITURE = {Reason.PAGE_NUMBER, Reason.RUNNING_HEADER, Reason.STRAY_MARK, Reason.WEB_PAGE}
# The share of numbers and headers that may stay. Measured: 12 of 1,598 on the laws of the tests (0.75 %), which
# are short: in a text of one or two pages nothing may show what a number is, and what is undecided stays as printed.
KEPT = 0.01


def printed(title: str, paragraphs: Sequence[str], chance: random.Random) -> Iterator[tuple[str, bool]]:
    """The lines of a printing, and whether each is a number or a header of the page."""
    width, page = chance.choice(WIDTHS), chance.choice(LENGTHS)
    number, header = chance.choice(NUMBERS), chance.choice(("", "", title, title, *HEADERS))
    form_feed, footer, blank = chance.random() < 0.15, chance.random() < 0.2, chance.random() < 0.8
    lines = [title]
    for paragraph in paragraphs:
        text = "　　" + paragraph.lstrip("# ")
        lines += [text[start : start + width] for start in range(0, len(text), width)]
    for index, line in enumerate(lines):
        if index and index % page == 0:
            marks = [number.format(index // page), *([header] if header else [])]
            first, *rest = reversed(marks) if footer else marks
            yield from [("", False)] * blank
            yield first, True
            yield from [("", False)] * blank
            yield from ((one, True) for one in rest)
            yield from [("\f", False)] * form_feed
        yield line, False


def figures(title: str, paragraphs: Sequence[str], seed: str) -> tuple[Counter[str], list[str]]:
    """How many lines and marks a printing has, how many marks were kept, and the lines of text that were lost."""
    lines = list(printed(title, paragraphs, random.Random(seed)))
    text = "\n".join(line for line, _ in lines) + "\n"
    _, removed = read_lines(SourceText("law.txt", "", text), WORDS)
    gone = {offset for one in removed if one.reason in FURNITURE for offset in range(one.start, one.stop)}
    counts: Counter[str] = Counter()
    lost: list[str] = []
    start = 0
    for place, (line, mark) in enumerate(lines):
        taken = any(offset in gone for offset in range(start, start + len(line)))
        start += len(line) + 1
        if not line.strip():
            continue
        counts["marks" if mark else "lines"] += 1
        counts["kept"] += mark and not taken
        if taken and not mark and place:  # the title may be the header of the first page
            lost.append(line)
    return counts, lost


@pytest.mark.parametrize("law", load_laws(), ids=lambda law: law.name)
def test_no_line_of_a_law_goes_with_the_furniture_of_its_pages(law: Law) -> None:
    lost = [line for seed in "abc" for line in figures(law.title, law.paragraphs, law.name + seed)[1]]
    assert lost == []


def test_the_numbers_and_headers_of_pages_go() -> None:
    counts: Counter[str] = Counter()
    for law in load_laws():
        for seed in "abc":
            counts += figures(law.title, law.paragraphs, law.name + seed)[0]
    assert counts["marks"] > 500
    assert counts["kept"] <= KEPT * counts["marks"]


if __name__ == "__main__":
    total: Counter[str] = Counter()
    for path in sorted(Path(sys.argv[1]).glob("*.md")):
        body = path.read_text("utf-8").split("<!-- INFO END -->")[-1]
        paragraphs = [" ".join(line.split()) for line in body.split("\n") if line.strip()]
        counts, lost = figures(path.stem, paragraphs, path.name)
        total += counts
        total["lost"] += len(lost)
    click.echo(", ".join(f"{name} {count}" for name, count in sorted(total.items())))
