"""Promises about structure, as properties over generated documents and over the repository's own sources."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from generator.model import Policy, SourceText
from generator.parsing.labels import by_form, find_label, in_context
from generator.parsing.layout import Layout, _cut_paragraphs
from generator.parsing.numerals import to_han
from generator.reading import read_lines
from generator.reading.columns import ROW
from tests.support.corpora import SOURCES, parse_text
from tests.support.words import WORDS

PHRASES = (
    "优化服务流程", "推行网上办理", "压缩办理时间至3个工作日以内", "加强部门协同", "依照本办法第三条规定办理", "2021年底前全面完成",
    "实行“一网通办”", "费用不超过1.5万元", "标准不低于5分/千瓦时", "按照《优化营商环境条例》（以下简称条例）执行", "办结率达到100%",
    "取消12项证明", "分为一、二类企业", "由市场监管部门负责落实", "使用APP办理",
)  # fmt: skip
TITLES = (
    "开办企业",
    "办理建筑许可",
    "获得电力",
    "不动产登记",
    "跨境贸易便利化",
    "纳税服务",
    "政府采购",
    "市场监管",
)
# Words that keep sentences apart: a line that stands twice in a text could be the header of a page.
words = st.text("甲乙丙丁戊己庚辛壬癸子丑寅卯", min_size=3, max_size=9)
sentences = st.lists(st.one_of(words, st.sampled_from(PHRASES)), min_size=2, max_size=5).map(
    lambda parts: "，".join(parts) + "。"
)
bodies = st.lists(sentences, min_size=1, max_size=3).map("".join)


@dataclass
class Tree:
    """A clause to print: its own lines of text, and what stands under it."""

    text: list[str]  # the first is what follows the label; further ones are paragraphs of their own
    children: list[Tree] = field(default_factory=list)


FORMS = {
    "han": lambda number: f"{to_han(number)}、",
    "bracket": lambda number: f"（{to_han(number)}）",
    "half": lambda number: f"({to_han(number)})",
    "dot": lambda number: f"{number}.",
    "spaced": lambda number: f"{number}. ",
    "digit": lambda number: f"（{number}）",
    "circle": lambda number: chr(ord("①") + number - 1),
    "article": lambda number: f"第{to_han(number)}条　",
}
NOTICE_LADDERS = (
    ("han", "bracket", "dot", "digit", "circle"),
    ("han", "half", "spaced", "digit"),
    ("han", "dot"),
    ("han", "bracket"),
    ("bracket", "dot", "digit"),
    ("dot", "digit", "circle"),
    ("han", "bracket", "digit"),
)
LAW_LADDERS = (("article", "bracket", "dot"), ("article", "half", "spaced"), ("article",))


@dataclass(frozen=True)
class Document:
    """A printed tree and what must be read from it: (label, wording, index of the clause above)."""

    paragraphs: tuple[str, ...]
    expected: tuple[tuple[str | None, str, int | None], ...]


@st.composite
def notices(draw: st.DrawFn) -> Document:
    """A notice: headings above, measures below, numbers that restart or run on across the headings."""
    ladder = draw(st.sampled_from(NOTICE_LADDERS))
    headings = draw(st.integers(0, max(0, min(2, len(ladder) - 1))))
    runs_on = draw(st.booleans()) and headings > 0
    paragraphs: list[str] = []
    expected: list[tuple[str | None, str, int | None]] = []
    counter = [0]

    def emit(depth: int, number: int, above: int | None) -> None:
        label = FORMS[ladder[depth]](number)
        is_heading = depth < headings
        text = draw(st.sampled_from(TITLES)) if is_heading else draw(bodies)
        own = draw(st.lists(bodies, max_size=1)) if is_heading else []
        wording = "\n".join([label + text, *own])
        paragraphs.extend([label + text, *own])
        expected.append((label.strip(), wording, above))
        here = len(expected) - 1
        if depth + 1 < len(ladder) and (is_heading or draw(st.booleans())):
            for child in range(1, draw(st.integers(1 if is_heading else 0, 3)) + 1):
                if runs_on and depth + 1 == headings:
                    counter[0] += 1
                    emit(depth + 1, counter[0], here)
                else:
                    emit(depth + 1, child, here)

    for number in range(1, draw(st.integers(1, 4)) + 1):
        emit(0, number, None)
    return Document(tuple(paragraphs), tuple(expected))


@st.composite
def laws(draw: st.DrawFn) -> Document:
    """A law: chapters or none, articles that run on, 款, 项 under the 款 they follow, 目 under a 项."""
    ladder = draw(st.sampled_from(LAW_LADDERS))
    paragraphs: list[str] = []
    expected: list[tuple[str | None, str, int | None]] = []

    def add(label: str | None, text: str, above: int | None) -> int:
        paragraphs.append((label or "") + text)
        expected.append((label.strip() if label else None, (label or "") + text, above))
        return len(expected) - 1

    def points(above: int) -> None:
        for point in range(1, draw(st.integers(2, 4)) + 1):
            here = add(FORMS[ladder[1]](point), draw(bodies), above)
            if len(ladder) > 2 and draw(st.booleans()):
                for indent in range(1, draw(st.integers(2, 3)) + 1):
                    add(FORMS[ladder[2]](indent), draw(bodies), here)

    article = 0
    chapters = draw(st.integers(0, 3))
    for chapter in range(1, max(1, chapters) + 1):
        top = add(f"第{to_han(chapter)}章 ", draw(st.sampled_from(TITLES)), None) if chapters else None
        for _ in range(draw(st.integers(1, 3))):
            article += 1
            here = add(FORMS["article"](article), draw(bodies), top)
            if len(ladder) > 1 and draw(st.booleans()):
                points(here)
            for _ in range(draw(st.integers(0, 2))):
                paragraph = add(None, draw(bodies), here)
                if len(ladder) > 1 and draw(st.booleans()):
                    points(paragraph)
    return Document(tuple(paragraphs), tuple(expected))


LAYOUTS = ("plain", "blank", "indented", "wrapped", "wrapped-blank", "paged", "markdown", "crlf")
WIDTH = 28  # characters of a wrapped line
PAGE = 12  # wrapped lines of a page
LEAST_LINES, LEAST_CUTS = 8, 4  # that show a wrapped page


def printed(paragraphs: tuple[str, ...], layout: str) -> str:
    """The paragraphs as a source file has them."""
    if layout == "blank":
        return "\n\n".join(paragraphs) + "\n"
    if layout == "indented":
        return "".join(f"　　{paragraph}\n" for paragraph in paragraphs)
    if layout == "markdown":
        return "\n\n".join(
            f"**{paragraph}**" if len(paragraph) < 12 else paragraph for paragraph in paragraphs
        )
    if layout == "crlf":
        return "\ufeff" + "\r\n".join(paragraphs)
    if layout in ("wrapped", "wrapped-blank", "paged"):
        lines: list[str] = []
        for paragraph in paragraphs:
            whole = "　　" + paragraph
            lines += [whole[start : start + WIDTH] for start in range(0, len(whole), WIDTH)]
        if layout == "wrapped-blank":
            return "\n\n".join(lines)
        if layout == "paged":
            lines = [
                line + (f"\n\n- {index // PAGE + 1} -\n" if index % PAGE == PAGE - 1 else "")
                for index, line in enumerate(lines)
            ]
        return "\n".join(lines)
    return "\n".join(paragraphs)


def reading(policy: Policy) -> list[tuple[str | None, str, int | None]]:
    """What was read, in the form of `Document.expected`, white space aside."""
    index = {clause.anchor: number for number, clause in enumerate(policy.clauses)}
    return [
        (clause.label, squeeze(clause.wording), index[clause.parent] if clause.parent else None)
        for clause in policy.clauses
    ]


def squeeze(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def shows_its_page(text: str) -> bool:
    """Whether enough lines are full and cut that anyone would see the page: a few words on two lines show nothing."""
    lines = [line for line in text.split("\n") if line.strip() and not line.startswith("- ")]
    cut = [line for line in lines if len(line) == WIDTH and not re.search(r"[。；：）]$", line)]
    return len(lines) >= LEAST_LINES and len(cut) >= LEAST_CUTS


@given(document=st.one_of(notices(), laws()), layout=st.sampled_from(LAYOUTS))
def test_a_printed_tree_parses_back_to_itself(document: Document, layout: str) -> None:
    assume(
        layout not in ("wrapped", "wrapped-blank", "paged")
        or shows_its_page(printed(document.paragraphs, layout))
    )
    parsed = parse_text("某市优化营商环境办法\n" + printed(document.paragraphs, layout))
    assert not parsed.problems
    (policy,) = parsed.policies
    assert reading(policy) == [(label, squeeze(text), above) for label, text, above in document.expected]


@dataclass(frozen=True)
class Policies:
    """A source text and what is read from it undisturbed."""

    text: str
    clauses: tuple[tuple[str, str], ...]

    @staticmethod
    def of(text: str) -> Policies:
        """Read a text; policies are told apart by their order."""
        parsed = parse_text(text)
        return Policies(
            text,
            tuple(
                (f"{number}#{clause.anchor}", squeeze(clause.wording))
                for number, policy in enumerate(parsed.policies)
                for clause in policy.clauses
            ),
        )


def _layout(text: str) -> Layout:
    lines, _ = read_lines(SourceText("text.txt", "", text), WORDS)
    return Layout.of(in_context(by_form(lines)))


def _own_sources() -> list[Policies]:
    """The repository's sources; the compilation as its policies, so that an example stays small."""
    texts: list[str] = []
    for path in sorted(SOURCES.glob("*.txt")):
        text = path.read_text("utf-8")
        policies = parse_text(text).policies
        lines = text.split("\n")
        texts += ["\n".join(lines[one.place.first_line - 1 : one.place.last_line]) for one in policies]
    return [Policies.of(text) for text in texts if not _is_cut_a_little(text)]


def _is_cut_a_little(text: str) -> bool:
    """Whether a text has cut sentences, but too few to show where its pages end: one more would show the others."""
    lines, _ = read_lines(SourceText("text.txt", "", text), WORDS)
    layout = Layout.of(in_context(by_form(lines)))
    return (
        not layout.wrapped and not layout.page_cuts and sum(_cut_paragraphs(in_context(by_form(lines)))) > 0
    )


OWN = _own_sources()
INTERRUPTIONS = ("\n\x0c", "\n\n- 8 -\n\n", "\n— 12 —\n", "\n\n 9 \n\n\x0c", "\n第 3 页 共 20 页\n")
LEAST_PAGE = 60  # characters between two headers
HEADER = "\n\n某市人民政府公报\n\n"


def _is_cut_for_sure(text: str, position: int) -> bool:
    """Whether the halves of a sentence show by themselves that it was cut: a row at least, and pauses on both sides."""
    line_start = text.rfind("\n", 0, position) + 1
    line_end = text.find("\n", position)
    before, after = (
        text[line_start:position].strip(),
        text[position : line_end if line_end >= 0 else None].strip(),
    )
    return len(before) > ROW // 2 and all(re.search("[，。；：]", half) for half in (before, after))


def _inside_a_sentence(text: str, position: int) -> bool:
    """Whether a page could break here and nobody would take it for the end of a paragraph."""
    line_start = text.rfind("\n", 0, position) + 1
    line_end = text.find("\n", position)
    line = text[line_start : line_end if line_end >= 0 else len(text)]
    column = position - line_start
    before, after = line[:column].rstrip(), line[column:].lstrip()
    return (
        len(before) > 12  # past the label
        and len(after) > 0
        and before[-1] not in "。！？；：:;”’）)]］》"
        and not text[
            position - 1
        ].isspace()  # where white space ends a line, the layout means something by it
        and "**" not in line
        and "#" not in line
        and after[0] not in "%"  # a page number before it would read as 9%
        and find_label(after) is None  # 实现入口统 / 一、办理页面统一: nobody could tell
    )


def _stands_alone(text: str, position: int) -> bool:
    """Whether the line, and the one before it, are whole paragraphs: no page cut them already."""
    lines = text[: text.find("\n", position) if "\n" in text[position:] else None].split("\n")
    printed = [line.rstrip() for line in lines if line.strip()][-2:]
    return printed[-1].endswith("。") and all(
        re.search("[。；：）)]$", line) or len(line) < LEAST_PAGE // 3 for line in printed
    )


@cache
def _places(number: int, *, sure: bool) -> list[int]:
    """The offsets in one of `OWN` at which a page could cut a sentence; `sure`, where the halves show it."""
    text = OWN[number].text
    wrapped = _layout(text).wrapped
    inside = (
        position
        for position in range(len(text))
        if _inside_a_sentence(text, position) and (wrapped or _stands_alone(text, position))
    )
    return [position for position in inside if not sure or _is_cut_for_sure(text, position)]


@given(data=st.data(), interruption=st.sampled_from(INTERRUPTIONS))
def test_a_break_inside_a_sentence_changes_no_clause(data: st.DataObject, interruption: str) -> None:
    number = data.draw(st.integers(0, len(OWN) - 1))
    policies = OWN[number]
    position = data.draw(st.sampled_from(_places(number, sure=False)))
    broken = policies.text[:position] + interruption + policies.text[position:]
    assert Policies.of(broken).clauses == policies.clauses


UNWRAPPED = [number for number, one in enumerate(OWN) if not _layout(one.text).wrapped]


@given(data=st.data())
def test_running_headers_inside_sentences_change_no_clause(data: st.DataObject) -> None:
    number = data.draw(st.sampled_from([one for one in UNWRAPPED if len(_places(one, sure=True)) > 100]))
    policies = OWN[number]
    positions = data.draw(
        st.lists(st.sampled_from(_places(number, sure=True)), min_size=2, max_size=4, unique=True)
    )
    assume(all(b - a > LEAST_PAGE for a, b in pairwise(sorted(positions))))
    text = policies.text
    for position in sorted(positions, reverse=True):
        text = text[:position] + HEADER + text[position:]
    assert Policies.of(text).clauses == policies.clauses
