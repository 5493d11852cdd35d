"""What is promised of `add`: a text gives the same clauses in whatever form an office sends it.

Each text is printed as a gov.cn-like page, as a Word file with automatic numbers, as text in GB18030 and as PDF in
three layouts; label, wording and the clause above must be those of the text, a paragraph a line.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page

from generator.model import Corpus, SourceText
from generator.parsing import parse_source
from generator.parsing.contents import split
from generator.reading import PolicyCard, Sidecar, read_lines
from generator.reading.formats import Original, read_original
from tests.support import printing
from tests.support.laws import LAWS
from tests.support.words import WORDS

Key = tuple[str, str, str]
FOOTER = "<span style='font-size:8px;margin:auto'>— <span class=pageNumber></span> —</span>"


def clauses(text: str, suffix: str, *, paragraphs: bool = False) -> Counter[Key]:
    """The clauses of a source: label, wording and the beginning of the clause above, without white space."""
    source = SourceText(f"a{suffix}", "", text)
    lines, removed = read_lines(source, WORDS, paragraphs=paragraphs)
    cards = tuple(
        PolicyCard(f"a-{at}", 1, match=part.entry)
        for at, part in enumerate(split(lines, "a", WORDS.parts).parts)
    )
    sidecar = Sidecar("a.yml", cards, layout="paragraphs" if paragraphs else None)
    found: Counter[Key] = Counter()
    for policy in parse_source(source, lines, removed, sidecar, WORDS).policies:
        wordings = {clause.anchor: _flat(clause.wording) for clause in policy.clauses}
        for clause in policy.clauses:
            above = wordings[clause.parent] if clause.parent else ""
            found[_flat(clause.label or ""), _flat(clause.wording), above[:30]] += 1
    return found


def _flat(text: str) -> str:
    return "".join(text.split())


def share(data: bytes, name: str, blocks: Sequence[printing.Block]) -> tuple[int, int]:
    """How many clauses a file gives as the text does, and how many there are in either."""
    extracted = read_original(Original(name, data, WORDS.webpages))
    got = clauses(extracted.text, extracted.suffix, paragraphs=extracted.whole_paragraphs)
    want = clauses(printing.plain(blocks), ".txt")
    return (got & want).total(), max(got.total(), want.total())


def law(path: Path) -> list[printing.Block]:
    """A law of the collection, a paragraph a block."""
    lines = path.read_text("utf-8").replace("<!-- INFO END -->", "").split("\n")
    return [" ".join(line.lstrip("# ").split()) for line in lines if line.strip("# ")]


@pytest.fixture(scope="module")
def texts(corpus: Corpus) -> list[list[printing.Block]]:
    """The 22 policies, and some laws."""
    laws = sorted(LAWS.glob("*.md"))[::6]
    return [*map(printing.paragraphs_of, corpus.policies), *map(law, laws)]


@pytest.mark.parametrize("form", ["html", "docx", "gb18030"])
def test_pages_word_files_and_texts_give_every_clause(texts: list[list[printing.Block]], form: str) -> None:
    for blocks in texts:
        match form:
            case "html":
                exact, total = share(printing.page(blocks).encode(), "a.html", blocks)
            case "docx":
                exact, total = share(printing.word_file(blocks), "a.docx", blocks)
            case _:
                exact, total = share(printing.plain(blocks).encode("gb18030"), "a.txt", blocks)
        assert exact == total, blocks[0]


@pytest.mark.parametrize("layout", printing.LAYOUTS)
def test_pdf_files_give_nearly_every_clause(
    texts: list[list[printing.Block]], page: Page, layout: str
) -> None:
    exact = total = 0
    for blocks in texts[::3]:
        page.set_content(printing.page(blocks, printing.LAYOUTS[layout]))
        data = page.pdf(
            prefer_css_page_size=True,
            display_header_footer=True,
            header_template="<span></span>",
            footer_template=FOOTER,
        )
        one, of = share(data, "a.pdf", blocks)
        exact, total = exact + one, total + of
    assert exact >= 0.995 * total, (exact, total)
