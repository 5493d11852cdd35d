"""Time is linear for every rule on every shape: no text, however made, keeps the program from its end.

Two ways to it. Every regular expression of reading, parsing and analysis is tried on texts made of its own alphabet; and
whole documents of one shape go through the whole chain. Neither asks how long anything takes, for that is the machine's;
only how much longer four times the text takes.
"""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Callable, Iterator
from functools import cache, partial
from math import inf
from types import FrameType

import pytest

from generator.analysis import Library, find_references
from generator.checking.doubts import find_doubts
from generator.checking.links.from_html import html_links
from generator.checking.links.from_markdown import markdown_links
from generator.checking.links.from_rst import rst_links
from generator.model import CorpusError, SourceText
from generator.parsing import parse_source
from generator.reading import read_lines
from tests.support.patterns import Found, attacks, patterns_in, patterns_of
from tests.support.times import grows_no_faster, takes_its_length
from tests.support.words import ANALYST, WORDS

# --- every regular expression ----------------------------------------------------------------------------------

PROGRAM = "generator"
ROOMS = ("reading", "parsing", "analysis", "checking", "publishing")  # some that hold patterns; all are tried
LONG = 4_000  # characters: a quadratic pattern shows there, an exponential one does not come to its end
SUSPECT = (
    0.003  # seconds: what is faster on LONG is not measured again, and what is told apart by less is no sign
)
LOOKS = 3  # at what seems slow, before it is: the clock of some machines ticks every few milliseconds
SURE = 0.03  # seconds that calls must take together for what they say of growth to be believed
TOO_LONG = 2.0  # processor seconds for which nothing on LONG may take; all else is said of growth


class TooLongError(BaseException):
    """A pattern does not come to its end. No `Exception`: nothing must catch it."""


@cache
def patterns() -> tuple[Found, ...]:
    """All of them: those the modules hold, and those made of the taxonomy's words when the program starts."""
    found = patterns_of(PROGRAM)
    for value, name in ((ANALYST, "analyst"), (WORDS, "words")):
        found += patterns_in(value, name, PROGRAM)
    known = {one.pattern: one for one in reversed(found)}
    return tuple(known.values())


def test_the_patterns_are_found() -> None:
    """Those in constants, tuples, classes and the loaded taxonomy; were none found, none would be tried."""
    begins = (*(f"{PROGRAM}.{room}" for room in ROOMS), "analyst")
    rooms = {begin: sum(one.where.startswith(f"{begin}.") for one in patterns()) for begin in begins}
    assert all(rooms.values()), rooms
    assert {one.pattern for one in patterns_in(WORDS, "words", PROGRAM)} <= {
        one.pattern for one in patterns()
    }
    assert len(patterns()) > 150


@pytest.mark.parametrize("part", range(4))
def test_every_pattern_takes_the_length_of_the_text(part: int) -> None:
    slow = [said for one in patterns()[part::4] if (said := _slowest(one))]
    assert slow == []


def _slowest(one: Found, long: int = LONG) -> str:
    """What a pattern takes too long for, in words; empty where there is nothing."""
    for method in one.methods:
        call: Callable[[str], object] = getattr(one.pattern, method)
        for head, pump, end in attacks(one.pattern):
            look = partial(_taken, call, head, pump, end)
            looks = [look(long)]
            while SUSPECT < looks[-1] < inf and len(looks) < LOOKS:
                looks.append(look(long))
            if min(looks) > SUSPECT and not (
                min(looks) < inf and grows_no_faster(partial(look, least=SURE), long // 4, long, SUSPECT / 4)
            ):
                return f"{one.where}.{method}: {head!r} + {pump!r} * n + {end!r}"
    return ""


def _taken(
    call: Callable[[str], object], head: str, pump: str, end: str, size: int, least: float = 0.0
) -> float:
    """Processor seconds on a text of about `size` characters; infinity where it does not come to its end.

    The mean of as many calls as take `least` seconds together.
    """
    text = head + pump * (size // len(pump)) + end
    before = signal.signal(signal.SIGVTALRM, _late)
    signal.setitimer(signal.ITIMER_VIRTUAL, TOO_LONG)
    start = time.process_time()
    calls = 0
    try:
        while True:
            found = call(text)
            if isinstance(found, Iterator):
                for _ in found:
                    pass
            calls += 1
            if time.process_time() - start >= least:
                break
    except TooLongError:
        if not calls:
            return inf
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
    return (time.process_time() - start) / max(calls, 1)


def _late(_: int, __: FrameType | None) -> None:
    raise TooLongError


@pytest.mark.parametrize(
    ("pattern", "method"),
    [
        (r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", "finditer"),
        (r"\s+$", "search"),
        (r"(?:a|aa)+$", "match"),
        (r"附\s*件\s*\d*\s*：", "match"),
        (r"[（(].*?责任[）)]", "finditer"),
        (r"(?:[a-z]+)*。", "match"),
    ],
)
def test_a_pattern_that_is_slow_is_known_for_it(pattern: str, method: str) -> None:
    methods = ("finditer",) if method == "search" else (method,)
    assert _slowest(Found("here", re.compile(pattern), methods))


def test_what_takes_the_square_of_its_length_is_known_for_it() -> None:
    """What all tests of time rest on."""
    assert takes_its_length(lambda size: sum(range(1_000 * size)), 100, 400)
    assert not takes_its_length(lambda size: sum(range(100 * size * size)), 100, 400)


# --- whole documents of one shape ------------------------------------------------------------------------------

TITLE = "某市优化营商环境办法\n\n"
# By name: what stands before, what is repeated, what stands after.
SHAPES: dict[str, tuple[str, str, str]] = {
    "bold": (TITLE + "第一条 ", "__某 ", "\n"),
    "stars": (TITLE + "第一条 ", "**某 ", "\n"),
    "digits": (TITLE + "第一条 ", "1", "\n"),
    "han digits": (TITLE + "第一条 ", "九", "个工作日\n"),
    "dashes": (TITLE + "第一条 ", "-", "\n"),
    "white space": (TITLE + "第一条 某", " ", "某。\n"),
    "white space at the end": (TITLE + "第一条 某。", "　", "\n"),
    "spaced number": (TITLE + "附 件", " ", "1：某\n第一条 某。\n"),
    "spaced document number": ("某政发", " ", "〔2021〕5号\n" + TITLE + "第一条 某。\n"),
    "nested circles": (TITLE, "①某。\n②某。\n", ""),
    "nested labels": (TITLE, "一、某。\n（一）某。\n1.某。\n（1）某。\n①某。\n", ""),
    "paragraphs of one article": (TITLE + "第一条 某。\n", "某某。\n", ""),
    "one number again and again": (TITLE, "第一条 某。\n", ""),
    "blank lines": (TITLE + "第一条 某", "\n", "某。\n"),
    "lines without end": (TITLE, "某某某某某某某某某某某某某某某某某某某某\n", "。\n"),
    "page numbers": (TITLE, "第一条 某某某某某某某某\n\n- 7 -\n\n某市公报\n某某某。\n", ""),
    "figures": (TITLE, "100\n\n", ""),
    "attachments": (TITLE + "第一条 某。\n", "附件1：某\n", "附件1\n某\n"),
    "contents": (TITLE + "目录\n", "甲市优化营商环境办法 …… 1\n", "甲市优化营商环境办法\n第一条 某。\n"),
    "dots of a contents": (TITLE + "目录\n甲市优化营商环境办法 ", "…", "1\n甲市优化营商环境办法\n第一条 某。\n"),
    "opening quotes": (TITLE + "第一条 ", "“", "\n"),
    "opening brackets": (TITLE + "第一条 ", "（", "\n"),
    "opening titles": (TITLE + "第一条 ", "《", "\n"),
    "closing titles": (TITLE + "第一条 《", "》", "\n"),
    "titles": (TITLE + "第一条 依照", "《某条例》第一条、", "办理。\n"),
    "responsibility": (TITLE + "一、某。", "（责任单位：某局", "\n"),
    "offices": (TITLE + "一、某。责任单位：", "某局、", "某委\n"),
    "lead offices": (TITLE + "一、某。", "牵头单位某局，配合单位某委；", "\n"),
    "commitments": (TITLE + "一、开办企业", "压缩至3个工作日以内，", "。\n"),
    "another party": (TITLE + "一、开办企业\n企业应当在3个工作日内", "向", "。\n"),
    "commitments by user": (TITLE + "一、获得电力", "高压10个、低压5个，", "环节。\n"),
    "commitments without a unit": (TITLE + "一、开办企业", "由3压缩至", "。\n"),
    "references": (TITLE + "第一条 依照", "第二条第三款第（四）项、", "办理。\n第二条 某。\n"),
    "ranges": (TITLE + "第一条 依照第一条", "至第二条", "办理。\n第二条 某。\n"),
    "definitions": (TITLE + "第一条 ", "本办法所称某，是指", "某。\n"),
    "table": (TITLE + "第一条 某。\n\n", "1\t某\t2\n", ""),
    "wide table": (TITLE + "第一条 某。\n\n", "某\t", "\n1\t2\n"),
    "pipes": (TITLE + "第一条 某。\n\n| a | b |\n|---|---|\n", "| 1 | 2 |\n", ""),
    "tags": (TITLE + "第一条 ", "<td", "\n"),
    "comments": (TITLE + "第一条 ", "<!--", "\n"),
    "links": (TITLE + "第一条 ", "[某](", "\n"),
    "front matter": ("---\n", "某: 某\n", "某\n"),
    "signatures": (TITLE + "第一条 某。\n", "某市人民政府\n2021年3月1日\n", ""),
    "decimal numbers": (TITLE, "1.1.1 某\n", ""),
    "one decimal number": (TITLE, "1.", "某\n"),
    "han number": (TITLE + "第", "一", "条 某。\n"),
    "invisible": (TITLE + "第一条 ", "\u200b", "某。\n"),
    "colons": (TITLE + "第一条 ", "某：", "\n"),
    "commas": (TITLE, "某，\n", ""),
}  # fmt: skip
MOST = 8_000  # characters of the longest


def _chain(text: str) -> None:
    """Read, parse, doubt and analyse a text, as the commands do."""
    source = SourceText("text.txt", "", text)
    lines, removed = read_lines(source, WORDS)
    try:
        parsed = parse_source(source, lines, removed, None, WORDS)
    except CorpusError:
        return  # refused: that takes time, too
    find_doubts(parsed, lines, WORDS)
    policies = parsed.policies[:1]
    for policy in policies:
        ANALYST.analyse(policy)
    find_references(policies, Library(policies, WORDS), WORDS.documents)


def _time_of_shape(run: Callable[[str], object], shape: tuple[str, str, str], size: int) -> float:
    taken = _taken(run, *shape, size)
    assert taken < inf, f"{shape} does not come to its end at {size} characters"
    return taken


@pytest.mark.parametrize("name", SHAPES)
def test_the_chain_takes_the_length_of_a_document_of_any_shape(name: str) -> None:
    assert grows_no_faster(partial(_time_of_shape, _chain, SHAPES[name]), MOST // 4, MOST)


LINKED = (
    "[", "![", "](", "[a](", "[[", "<", "<a", "<a href=", "<!", "<!--", "<![", "<?", "</", "&", "&#", "`", "``", "*", "_a_", "> ", "- ",
    "    ", "\n", "|", "| a ", ":ref:`", "`a <", ".. _", ".. ", "::\n", "https://", "https://e.com/", "www.", ")", "）", ".", "file:///", "(", "\"", "{", "!!! a\n    ",
)  # fmt: skip


def _is_linear(read: Callable[[str], object], piece: str) -> bool:
    return grows_no_faster(partial(_time_of_shape, read, ("见 https://e.com/", piece, "")), MOST // 4, MOST)


@pytest.mark.parametrize("read", [markdown_links, rst_links, html_links])
def test_links_are_read_in_the_time_of_their_document(read: Callable[[str], object]) -> None:
    slow = [piece for piece in LINKED if not _is_linear(read, piece)]
    assert slow == []
