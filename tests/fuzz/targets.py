"""What holds for any input: a target per room, and the whole chain.

A target takes bytes. It returns where every promise was kept, also where the input was refused as it may be refused (a
`CorpusError`, which names file and line); anything it raises is a fault.
"""

from __future__ import annotations

import html
import json
import logging
import math
import random
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NoReturn

import markdown as python_markdown
from bs4 import BeautifulSoup, Tag
from mkdocs.config import load_config

from generator.analysis import Library, find_references
from generator.anchors.citation import with_paths
from generator.checking.doubts import find_doubts
from generator.checking.links.documents import read_document
from generator.checking.links.from_html import html_links
from generator.checking.links.from_markdown import markdown_links
from generator.checking.links.from_rst import rst_links
from generator.model import (
    Analysis,
    Clause,
    Corpus,
    CorpusError,
    Line,
    Matter,
    Policy,
    SourceText,
    Span,
)  # fmt: skip
from generator.parsing import ParsedSource, parse_source
from generator.pipeline import read_and_parse
from generator.publishing.data import records as data
from generator.publishing.pages.policy import pages as policy_pages
from generator.publishing.pages.render import Renderer
from generator.reading import Sidecar, load_sidecar, read_lines
from generator.reading.guarded import UnreadableError
from generator.reading.markdown import ENTITY
from generator.views.corpus import Views
from generator.vocabulary.indicators import INDICATOR_IDS
from tests.fuzz import seeds
from tests.fuzz.mutations import mutated
from tests.support.corpora import ROOT
from tests.support.html import paragraphs_of
from tests.support.words import ANALYST, WORDS

Mutate = Callable[[bytes, random.Random], bytes]
_ANCHOR = re.compile(r"[a-z]+(?:_\d+(?:-\d+)?)?(?:__[a-z]+(?:_\d+(?:-\d+)?)?)*\Z")


@dataclass(frozen=True)
class Target:
    """A promise about any input of one kind: `run` raises where it is broken."""

    name: str
    run: Callable[[bytes], None]
    seeds: Callable[[], Sequence[bytes]]
    mutate: Mutate


# --- reading, parsing, doubts, analysis ------------------------------------------------------------------------


def _source(data: bytes) -> SourceText:
    return SourceText("text.txt", "", data.decode("utf-8", "ignore"))


def reading(content: bytes) -> None:
    """Every character is in exactly one place: in a line, in order and as printed, or removed with a reason."""
    source = _source(content)
    lines, removed = read_lines(source, WORDS)
    kept = [offset for line in lines for offset in line.printed.offsets]
    assert kept == sorted(kept), "lines are out of order"
    gone = [offset for one in removed for offset in range(one.start, one.stop)]
    assert sorted(kept + gone) == list(range(len(source.text))), "a character in no place, or in two"
    for one in removed:
        assert one.reason, "removed without a reason"
        assert one.text == source.text[one.start : one.stop], (
            "what is said to be removed does not stand there"
        )
    _numbers_of_lines(lines)
    for offset, character in _as_read(lines).items():
        assert character in _readings(source.text, offset), "a character was changed"
    for more in ("\n", "\n\n", " ", "\u3000\n"):
        again, _ = read_lines(SourceText(source.path, "", source.text + more), WORDS)
        assert [line.text for line in again] == [line.text for line in lines], (
            f"{more!r} at the end changes lines"
        )


def _numbers_of_lines(lines: Sequence[Line]) -> None:
    numbers = [line.number for line in lines]
    assert all(number > 0 for number in numbers), "a line before the first"
    assert numbers == sorted(numbers), "line numbers are out of order"


def parsing(content: bytes) -> None:
    """Clauses, matter and what was removed are the whole text, in its order; anchors depend on nothing else."""
    source = _source(content)
    try:
        parsed = _parsed(source)
    except CorpusError as error:
        _named(error)
        return
    _accounted(source, parsed)
    _in_order(source, parsed)
    for policy in parsed.policies:
        _tree(policy, repeated=bool(parsed.problems))
    anchors = _anchors(parsed)
    assert _anchors(_parsed(source)) == anchors, "the same text has other anchors the second time"
    for more in ("\n", "\n\n", " \n"):
        again = _parsed(SourceText(source.path, "", source.text + more))
        assert _anchors(again) == anchors, f"{more!r} at the end changes anchors or wordings"


def doubts(content: bytes) -> None:
    """A doubt quotes what is printed, on a line that there is."""
    source = _source(content)
    lines, removed = read_lines(source, WORDS)
    try:
        parsed = parse_source(source, lines, removed, None, WORDS)
    except CorpusError:
        return
    last = len(re.split("[\n\r\v\x85\u2028\u2029]|<br", source.text))
    squeezed = _squeezed("".join(line.text for line in lines))
    policies = {policy.id for policy in parsed.policies}
    for doubt in find_doubts(parsed, lines, WORDS):
        assert doubt.policy in policies, "a doubt about a policy that there is not"
        assert 1 <= (doubt.line or 0) <= last, "a doubt about a line that there is not"
        assert doubt.explanation, "a doubt without a reason"
        for part in doubt.quote.split("…"):
            assert _squeezed(part)[:6] in squeezed, f"the quote is not printed: {doubt.quote!r}"


def analysis(content: bytes) -> None:
    """What is said of a clause is a stretch of its wording, of what there is, and finite."""
    policy = _one_policy(content)
    if policy is None:
        return
    analyses, _ = ANALYST.analyse(policy)
    assert set(analyses) == {clause.anchor for clause in policy.clauses}, "a clause without an analysis"
    again, _ = ANALYST.analyse(policy)
    assert again == analyses, "the same policy is analysed otherwise the second time"
    library = Library([policy], WORDS)
    references = {
        address.anchor: found
        for address, found in find_references([policy], library, WORDS.documents).items()
    }
    anchors = {anchor for clause in policy.clauses for anchor in (clause.anchor, *clause.aliases)}
    for clause in policy.clauses:
        _layers(clause, analyses[clause.anchor])
        stop = 0
        for one in references.get(clause.anchor, ()):
            assert one.quote == clause.wording[one.start : one.stop], "a reference quotes what is not there"
            assert stop <= one.start < one.stop, "references overlap"
            stop = one.stop
            for target in one.targets:
                assert target.anchor is None or target.anchor in anchors, (
                    "a reference to a clause that there is not"
                )


def _layers(clause: Clause, found: Analysis) -> None:
    for one in found.indicators:
        assert one.id in INDICATOR_IDS, f"no indicator: {one.id}"
        assert one.evidence, "an indicator without evidence"
    for commitment in found.commitments:
        assert commitment.quote == clause.wording[commitment.start : commitment.stop], (
            "a commitment quotes what is not there"
        )
        for value in (commitment.value, commitment.baseline):
            for number in (value.min, value.max) if isinstance(value, Span) else (value,):
                assert number is None or math.isfinite(number), "a commitment of no finite number"
    responsibility = found.responsibility
    for unit in (*responsibility.lead, *responsibility.responsible, *responsibility.supporting):
        assert _squeezed(unit.printed) in _squeezed(clause.wording), (
            f"an office that is not printed: {unit.printed}"
        )
    if found.due:
        assert _squeezed(found.due.text) in _squeezed(clause.wording), "a due date that is not printed"
        assert found.due.date is None or re.fullmatch(r"\d{4}-\d\d-\d\d", found.due.date), (
            "a due date that is none"
        )


# --- publishing ------------------------------------------------------------------------------------------------


def publishing(content: bytes) -> None:
    """A clause's anchor is once on its policy's page, and there stands its wording and nothing that acts."""
    policy = _one_policy(content, whole=True)
    if policy is None:
        return
    analyses, _ = ANALYST.analyse(policy)
    policy = with_paths(policy)
    corpus = Corpus((policy,), (), {(policy.id, anchor): one for anchor, one in analyses.items()})
    page = next(policy_pages(Views(corpus, WORDS), Renderer(ROOT / "site_templates" / "pages"))).text
    _, _, body = page.removeprefix("---\n").partition("\n---\n")
    _shown(policy, BeautifulSoup(_markdown().reset().convert(body), "html.parser"))
    for line in (*data.clauses_jsonl(corpus), data.policies_json(corpus)):
        json.loads(line, parse_constant=_no_number)
        line.encode()


def _shown(policy: Policy, soup: BeautifulSoup) -> None:
    ids: dict[str, Tag] = {}
    for tag in soup.find_all(id=True):
        assert str(tag["id"]) not in ids, f"the id {tag['id']} stands twice on the page"
        ids[str(tag["id"])] = tag
    for clause in policy.clauses:
        for alias in clause.aliases:
            assert alias in ids, f"the alias {alias} is not on the page"
        assert clause.anchor in ids, f"{clause.anchor} is not on the page"
        tag = ids[clause.anchor]
        if clause.cells:
            shown = _squeezed(tag.get_text())
            assert all(_squeezed(cell) in shown for cell in clause.cells), (
                f"a cell of {clause.anchor} is not shown"
            )
            continue
        shown = _squeezed("".join(one.get_text() for one in paragraphs_of(tag)))
        assert shown == _squeezed(clause.wording), (
            f"{clause.anchor} is shown otherwise than printed: {shown[:80]!r}"
        )
    for tag in soup.find_all(True):
        assert tag.name not in ("script", "style", "iframe", "object", "embed", "base", "img"), (
            f"<{tag.name}> on the page"
        )
        assert not any(name.startswith("on") for name in tag.attrs), "a handler on the page"
        assert not re.match(r"\s*(?:javascript|data|vbscript):", str(tag.get("href", "")), re.IGNORECASE)


def _no_number(name: str) -> NoReturn:
    raise AssertionError(f"{name} is in the data")


# --- the whole chain, as the commands go through it ------------------------------------------------------------


def chain(content: bytes) -> None:
    """A source file, whatever its bytes: read, parsed, doubted, analysed, published, or refused by name and line."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "text.txt").write_bytes(content)
        try:
            parsed, found = read_and_parse(folder / "text.txt", folder, WORDS)
        except CorpusError as error:
            _named(error)
            return
    assert parsed.account.unaccounted == 0
    assert all(one.file == "text.txt" for one in found)
    for policy in parsed.policies[:1]:
        ANALYST.analyse(policy)
    publishing(content)


def sidecar(content: bytes) -> None:
    """A sidecar is read, or refused with file and line; what it says is what its schema allows."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "text.yml").write_bytes(content)
        try:
            card = load_sidecar(folder / "text.yml", folder)
        except CorpusError as error:
            _named(error)
            return
    assert card.policies, "a sidecar of no policy"
    for one in card.policies:
        assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)+", one.id), f"no id: {one.id!r}"
    _with_card(card)


def _with_card(card: Sidecar) -> None:
    """A text that has this sidecar is parsed, or the fault is named."""
    source = SourceText("text.txt", "", seeds.SMALL)
    lines, removed = read_lines(source, WORDS)
    try:
        parsed = parse_source(source, lines, removed, card, WORDS)
    except CorpusError as error:
        _named(error)
        return
    assert parsed.account.unaccounted == 0
    for problem in parsed.problems:
        assert problem.file, "a fault of no file"
    for policy in parsed.policies:
        ANALYST.analyse(policy)


# --- links -----------------------------------------------------------------------------------------------------


def links(content: bytes) -> None:
    """Whatever a text is, each reader of links comes to its end, and each link it finds is on a line that there is."""
    text = content.decode("utf-8", "ignore").replace("\r\n", "\n").replace("\r", "\n")
    last = text.count("\n") + 1
    for read in (markdown_links, rst_links, html_links):
        for link in read(text):
            assert 1 <= link.spot.number <= last, (
                f"{read.__name__}: a link on line {link.spot.number} of {last}"
            )
            assert isinstance(link.target, str)


_SUFFIXES = (".docx", ".pdf", ".md", ".html", ".rst")


def documents(content: bytes) -> None:
    """A document of any format that `links` reads, whatever its bytes. The first byte says which format.

    A corrupt file may raise what its parser raises (DocumentReader tells it of the file); it may not hang, exhaust the
    memory or end the process.
    """
    if not content:
        return
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / ("text" + _SUFFIXES[content[0] % len(_SUFFIXES)])
        path.write_bytes(content[1:])
        logging.disable()  # as DocumentReader does: parsers complain of odd files on standard error
        try:
            found = read_document(path)
        except (UnreadableError, zipfile.BadZipFile):
            return
        except (RecursionError, MemoryError):
            raise
        except Exception as error:
            if path.suffix in (".docx", ".pdf") and not _ours(error):
                return
            raise
        finally:
            logging.disable(logging.NOTSET)
        assert found.problem is None or found.links


def _ours(error: BaseException) -> bool:
    """Whether an exception comes out of the project's own code."""
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    return trace is not None and f"{ROOT}/generator/" in trace.tb_frame.f_code.co_filename


# --- what they share -------------------------------------------------------------------------------------------


def _parsed(source: SourceText) -> ParsedSource:
    lines, removed = read_lines(source, WORDS)
    return parse_source(source, lines, removed, None, WORDS)


def _one_policy(content: bytes, *, whole: bool = False) -> Policy | None:
    """The first policy of a text; with `whole`, only of one without a fault, such as a number printed twice."""
    try:
        parsed = _parsed(_source(content))
    except CorpusError:
        return None
    return parsed.policies[0] if parsed.policies and not (whole and parsed.problems) else None


def _accounted(source: SourceText, parsed: ParsedSource) -> None:
    account = parsed.account
    gone = sum(one.stop - one.start for one in account.removed)
    assert account.unaccounted == 0, "a character is unaccounted for"
    assert account.clauses + account.front + account.back + gone == len(source.text), (
        "the account does not add up"
    )
    for one in account.removed:
        there = source.text[one.start : one.stop]
        assert _plain(one.text) == _plain(there), "what is said to be removed does not stand there"


def _in_order(source: SourceText, parsed: ParsedSource) -> None:
    """What stands in clauses and matter, one after the other, is the text without what was removed."""
    kept = bytearray(b"\1") * len(source.text)
    for one in parsed.account.removed:
        kept[one.start : one.stop] = bytes(one.stop - one.start)
    as_read = _as_read(read_lines(source, WORDS)[0])
    expected = _squeezed(_plain("".join(as_read.get(n, one) for n, one in enumerate(source.text) if kept[n])))
    shown = _squeezed(_plain("".join(text for policy in parsed.policies for text in _texts(policy))))
    if shown != expected:
        at = next(
            (n for n, (a, b) in enumerate(zip(shown, expected, strict=False)) if a != b),
            min(len(shown), len(expected)),
        )
        lost = "moved" if sorted(shown) == sorted(expected) else "lost or added"
        raise AssertionError(
            f"text {lost}: {shown[at : at + 20]!r} where {expected[at : at + 20]!r} is printed"
        )


def _texts(policy: Policy) -> Iterator[str]:
    """All that is printed of a policy, in the order of the print."""
    blocks: list[Matter | Clause] = [*policy.front, *policy.clauses, *policy.back]
    for block in sorted(blocks, key=lambda one: one.place.first_line):
        yield block.wording if isinstance(block, Clause) else block.text


def _tree(policy: Policy, *, repeated: bool) -> None:
    """Each clause stands under one before it, a level below, and its parts are parts of its wording.

    `repeated`: a number that is printed twice was found and told; a clause that has it has no anchor of its own.
    """
    levels: dict[str, int] = {}
    for clause in policy.clauses:
        assert repeated or _ANCHOR.match(clause.anchor), f"no anchor: {clause.anchor!r}"
        assert clause.parent is None or clause.parent in levels, f"{clause.anchor} stands above its parent"
        above = levels[clause.parent] if clause.parent else 0
        assert clause.level == above + 1, f"{clause.anchor} is on level {clause.level} below {above}"
        levels[clause.anchor] = clause.level
        assert clause.wording.strip(), f"{clause.anchor} has no text"
        assert clause.label is None or clause.wording.startswith(clause.label), (
            f"{clause.anchor} begins otherwise than its label"
        )
        assert clause.title is None or clause.title in clause.wording, (
            f"the title of {clause.anchor} is not in its wording"
        )


def _anchors(parsed: ParsedSource) -> list[tuple[str, str, str]]:
    return [
        (clause.policy, clause.anchor, clause.wording)
        for policy in parsed.policies
        for clause in policy.clauses
    ]


def _named(error: CorpusError) -> None:
    assert error.problems, "refused without a reason"
    for problem in error.problems:
        assert problem.file, "refused without the name of a file"
        assert problem.message, "refused without a message"
        str(problem).encode()


def _as_read(lines: Sequence[Line]) -> dict[int, str]:
    """What was read at each place of the file that is in a line."""
    return {
        offset: character
        for line in lines
        for character, offset in zip(line.printed.value, line.printed.offsets, strict=True)
    }


def _readings(text: str, offset: int) -> set[str]:
    """What a character of a file may be read as: itself, or the character that a compatibility radical stands for.

    A pipe may be the tab between the cells of a table, an & the character that the reference it begins stands for.
    """
    printed = text[offset]
    found = {printed, _plain(printed)}
    if printed == "|":
        found.add("\t")
    if printed == "&" and (reference := ENTITY.match(text, offset)):
        found.add(html.unescape(reference[0]))
    return found


def _plain(text: str) -> str:
    """The text with the characters that compatibility radicals stand for."""
    return text.translate(_radicals())


@cache
def _radicals() -> dict[int, str]:
    """What each compatibility radical is read as: one character."""
    found: dict[int, str] = {}
    for code in range(0x2E80, 0x2FE0):
        (line,), _ = read_lines(SourceText("text.txt", "", f"某{chr(code)}某"), WORDS)
        assert len(line.text) in (2, 3), f"U+{code:04X} is read as {line.text[1:-1]!r}"
        found[code] = line.text[1:-1] or chr(code)  # one that is not assigned is removed as invisible
    return found


def _squeezed(text: str) -> str:
    return "".join(text.split())


@cache
def _markdown() -> python_markdown.Markdown:
    """Python-Markdown as mkdocs.yml sets it up."""
    config = load_config(str(ROOT / "mkdocs.yml"))
    return python_markdown.Markdown(
        extensions=config["markdown_extensions"], extension_configs=config["mdx_configs"] or {}
    )


# --- the targets -----------------------------------------------------------------------------------------------


def _of_text(content: bytes, chance: random.Random) -> bytes:
    text = content.decode("utf-8", "ignore")
    return mutated(text, chance, seeds.windows()).encode("utf-8", "ignore")


def _of_bytes(content: bytes, chance: random.Random) -> bytes:
    """Text mostly; sometimes bytes that are no text."""
    if chance.random() < 0.8:
        return _of_text(content, chance)
    return _bytes_changed(content, chance)


def _bytes_changed(content: bytes, chance: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(changed) + 1)
        how = chance.randrange(4)
        if how == 0:
            changed[at:at] = chance.randbytes(chance.randint(1, 4))
        elif how == 1:
            del changed[at : at + chance.choice((1, 2, 30))]
        elif how == 2 and at < len(changed):
            changed[at] = chance.randrange(256)
        else:
            changed[at:at] = changed[at : at + chance.choice((1, 8, 80))]
    return bytes(changed)


def _of_document(content: bytes, chance: random.Random) -> bytes:
    """A packed file is changed inside its package too, or no change would ever reach its XML."""
    head, body = content[:1], content[1:]
    if body.startswith(b"PK") and chance.random() < 0.8:
        return head + seeds.repacked(body, lambda part: _of_bytes(part, chance), chance)
    if body.startswith((b"PK", b"%PDF")):
        return head + _bytes_changed(body, chance)
    return head + _of_bytes(body, chance)


TARGETS: Mapping[str, Target] = MappingProxyType(
    {
        target.name: target
        for target in (
            Target("reading", reading, seeds.texts, _of_text),
            Target("parsing", parsing, seeds.texts, _of_text),
            Target("doubts", doubts, seeds.texts, _of_text),
            Target("analysis", analysis, seeds.texts, _of_text),
            Target("publishing", publishing, seeds.texts, _of_text),
            Target("chain", chain, seeds.texts, _of_bytes),
            Target("sidecar", sidecar, seeds.sidecars, _of_bytes),
            Target("links", links, seeds.linking, _of_text),
            Target("documents", documents, seeds.files, _of_document),
        )
    }
)
