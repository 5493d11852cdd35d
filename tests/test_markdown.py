"""Official text never becomes markup: whatever it holds, the reader sees what was printed."""

from __future__ import annotations

import markdown as python_markdown
import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st
from mkdocs.config import load_config

from generator.model import Clause, Eid, Kind, Place
from generator.publishing.pages.clauses import clause_markdown
from generator.publishing.pages.markdown import attributes, inline, paragraph
from tests.support.corpora import ROOT

# What a source line can hold after reading: anything printable.
TEXT = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=60)
MARKUP = st.sampled_from(
    ["**粗**", "`码`", "[链](http://x)", "<script>alert(1)</script>", "&amp;", "# ", "1. ", "1) ", "- ", "> ", "---",
     "***", "| a | b |", "{ #id }", "{: .x }", "~~~", "```", "    code", "--8<-- \"index.md\"", "![x](y)", "<!-- x -->",
     "[^1]: x", "*[A]: b", ":::", "!!! note", "??? x", "\\", "__init__", "a_b_c", "x^2^", "H~2~O", "==x==", "{{ x }}",
     "{% x %}", "https://example.org", "a@b.cn", "&#35;", "=====", "+ ", ": x", "[TOC]", "[x]: http://y \"t\""]
)  # fmt: skip
LINES = st.lists(st.one_of(TEXT, MARKUP), min_size=1, max_size=5).map("".join).map(str.strip).filter(bool)


@pytest.fixture(scope="module")
def render() -> python_markdown.Markdown:
    """Python-Markdown as mkdocs.yml sets it up."""
    config = load_config(str(ROOT / "mkdocs.yml"))
    return python_markdown.Markdown(
        extensions=config["markdown_extensions"], extension_configs=config["mdx_configs"] or {}
    )


def _text(html: str) -> str:
    return " ".join(BeautifulSoup(html, "html.parser").get_text().split())


@given(line=LINES)
def test_a_paragraph_comes_out_as_printed(render: python_markdown.Markdown, line: str) -> None:
    html = render.reset().convert(f"{paragraph(line)}\n{attributes('sec_1', 'clause')}")
    soup = BeautifulSoup(html, "html.parser")
    assert [tag.name for tag in soup.find_all(True)] == ["p"]
    assert soup.p is not None
    assert (soup.p["id"], _text(html)) == ("sec_1", " ".join(line.split()))


@given(line=LINES)
def test_a_heading_comes_out_as_printed(render: python_markdown.Markdown, line: str) -> None:
    html = render.reset().convert(f"## {inline(line)} {attributes('sec_1', 'clause')}")
    soup = BeautifulSoup(html, "html.parser")
    assert [tag.name for tag in soup.find_all(True)] == ["h2"]
    assert _text(html) == " ".join(line.split())


@given(title=LINES, body=LINES)
def test_a_run_in_clause_comes_out_as_printed(
    render: python_markdown.Markdown, title: str, body: str
) -> None:
    wording = f"1.{title}。{body}\n{body}"
    clause = Clause(
        policy="a-2020-1", anchor=Eid("subpara_1"), kind=Kind.SUBPARAGRAPH, label="1.", number=1, level=2, parent=None,
        title=title, wording=wording, heading=False, place=Place("a.txt", 1, 1), aliases=(Eid("subpara_1__x"),),
    )  # fmt: skip
    html = render.reset().convert(clause_markdown(clause))
    assert "".join(_text(html).split()) == "".join(wording.split())
    assert {tag.name for tag in BeautifulSoup(html, "html.parser").find_all(True)} <= {"p", "strong", "span"}


def test_plain_official_text_stays_readable() -> None:
    assert (
        paragraph("各县(市)区人民政府,市政府各部门:“放管服”+100%。")
        == "各县(市)区人民政府,市政府各部门:“放管服”+100%。"
    )
