"""One source file to its policies: split, take apart, rejoin, build the tree, name the clauses, account."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from generator.eid import COVER, MAIN_TEXT
from generator.model import Account, Clause, Line, Matter, Place, Policy, Problem, Removed, SourceText
from generator.parsing.account import Bookkeeper
from generator.parsing.clauses import make_clauses
from generator.parsing.contents import Part, split
from generator.parsing.corrections import apply_corrections
from generator.parsing.ids import made_up_ids
from generator.parsing.labels import by_form, in_context
from generator.parsing.layout import Layout
from generator.parsing.matter import (
    Block,
    back_blocks,
    front_blocks,
    imprint_start,
    sections,
    take_apart,
    take_attachment,
)
from generator.parsing.metadata import Metadata, read_metadata
from generator.parsing.paragraphs import Paragraph, ParagraphBuilder, text_lines
from generator.parsing.questions import Question
from generator.parsing.structure import build_tree
from generator.parsing.tables import with_tables
from generator.reading.ledger import Reason
from generator.reading.lines import page_of_lines
from generator.reading.sidecar import PolicyCard, Sidecar
from generator.vocabulary import Vocabulary


@dataclass(frozen=True)
class ParsedSource:
    """What one source file holds."""

    policies: tuple[Policy, ...]
    account: Account
    layout: Layout
    problems: tuple[Problem, ...]  # faults a person must mend; the policies are complete all the same
    questions: tuple[Question, ...] = ()  # what was decided on thin evidence


def parse_source(
    source: SourceText,
    lines: Sequence[Line],
    removed: Sequence[Removed],
    sidecar: Sidecar | None,
    words: Vocabulary,
) -> ParsedSource:
    """The policies of a source and the account of its characters.

    Without a sidecar the ids are made up (`generator.parsing.ids`).
    """
    lines = by_form(lines)
    if sidecar is not None and sidecar.of_paragraphs:  # no page cuts a paragraph
        lines = [replace(line, page_before=False) if line.page_before else line for line in lines]
    parts = split(lines, source.path, words.parts)
    books = Bookkeeper(source, removed)
    books.remove_runs([line.printed for line in parts.cover], Reason.COMPILATION)
    cards, problems = _match_cards(source, parts.parts, sidecar)
    problems[:0] = parts.problems
    policies: list[Policy] = []
    questions: list[Question] = []
    whole = in_context(lines)
    layout = Layout.of(whole).known(sidecar.layout if sidecar else None)
    for part, card in zip(parts.parts, cards, strict=True):
        if len(part.lines) == len(lines):
            text = _Text(part, whole, layout)
        else:
            own = in_context(part.lines)
            text = _Text(part, own, layout.for_text(own))
        policy, faults, open_questions = _parse_policy(source, text, card, sidecar, books, words)
        policies.append(policy)
        problems += faults
        questions += open_questions
    account = replace(books.account(), layout=layout.evidence)
    if account.unaccounted:
        problems.append(
            Problem(source.path, None, f"有 {account.unaccounted} 个字符去向不明。", "这是程序的错误。")
        )
    return ParsedSource(tuple(policies), account, layout, tuple(problems), tuple(questions))


@dataclass(frozen=True)
class _Text:
    """One policy of a source: its lines with the labels they have in it, and their layout."""

    part: Part
    lines: Sequence[Line]
    layout: Layout


def _match_cards(
    source: SourceText, parts: Sequence[Part], sidecar: Sidecar | None
) -> tuple[list[PolicyCard], list[Problem]]:
    """The sidecar's entry for each part of the source; made up where there is no sidecar."""
    if sidecar is None:
        return [PolicyCard(id=name, line=1) for name in made_up_ids(source.path, parts)], []
    problems: list[Problem] = []
    if len(parts) == 1 and parts[0].entry is None:
        if len(sidecar.policies) > 1:
            message = "说明文件列出多份政策，但原文没有目录，只是一份政策。"
            problems.append(Problem(sidecar.file, sidecar.policies[1].line, message))
        return [sidecar.policies[0]], problems
    by_entry = {_key(card.match): card for card in sidecar.policies if card.match}
    cards: list[PolicyCard] = []
    for part, made_up in zip(parts, made_up_ids(source.path, parts), strict=True):
        card = by_entry.pop(_key(part.entry), None)
        if card is None:
            message = f"目录中的“{part.entry}”在说明文件里没有条目（match）。"
            problems.append(Problem(sidecar.file, 1, message, "请为它声明一个 id。"))
        cards.append(card or PolicyCard(id=made_up, line=1))
    for card in sidecar.policies:
        if not card.match or _key(card.match) in by_entry:
            message = f"条目 {card.id} 的 match 在原文的目录里找不到。"
            problems.append(Problem(sidecar.file, card.line, message))
    return cards, problems


def _parse_policy(
    source: SourceText,
    text: _Text,
    card: PolicyCard,
    sidecar: Sidecar | None,
    books: Bookkeeper,
    words: Vocabulary,
) -> tuple[Policy, list[Problem], list[Question]]:
    part, layout = text.part, text.layout
    lines, questions = with_tables(text.lines, words.tables, wrapped=layout.wrapped)
    document = sections(lines, words.parts, card.texts)
    front: list[Block] = []
    if part.heading:
        front.append(Block("title", Paragraph(list(part.heading))))
    back: list[Block] = []
    paragraphs: list[Paragraph] = []
    clauses: tuple[Clause, ...] = ()
    continuations, problems = _continuations(part.lines, card)
    attached = [take_attachment(one, words.parts) for one in document.attachments]
    attached_matter: list[Block] = []
    for section, is_cover in ((document.cover, True), (document.text, False)):
        body = take_apart(section, words.parts, notice=is_cover)
        front += front_blocks(body.front, layout, words.parts, body.contents)
        # The signature of a covering notice stands before the text: it is front matter of the whole.
        (front if is_cover else back).extend(back_blocks(body.back, words.parts))
        body_lines = list(body.body)
        heads: set[int] = set()
        openings: set[int] = set()
        joined: set[int] = set()
        for one in () if is_cover else attached:
            body_lines += [*one.head, *one.body]
            openings.add(one.head[0].number)
            heads |= {line.number for line in one.head[1:]}
            joined |= {line.number for line in one.title[1:]}
            attached_matter += [
                *front_blocks(one.front, layout, words.parts),
                *back_blocks(one.back, words.parts),
            ]
        if not is_cover and body_lines:
            imprint = len(body_lines) if not attached else imprint_start(body_lines, words.parts)
            attached_matter += back_blocks(body_lines[imprint:], words.parts)
            body_lines = body_lines[:imprint]
        builder = ParagraphBuilder(
            layout,
            words.documents,
            continuations | joined,
            frozenset(openings),
            frozenset(openings | heads | joined),
        )
        printed_here = builder.build(body_lines)
        questions += builder.questions
        root = COVER if is_cover else MAIN_TEXT
        found, faults = make_clauses(
            build_tree(printed_here, words.parts, frozenset(heads)), card.id, source.path, root
        )
        paragraphs += printed_here
        clauses += found
        problems += faults
    clauses, misprints = apply_corrections(clauses, card.corrections)
    problems += misprints
    for paragraph in paragraphs:
        books.clause(paragraph.printed)
    for block in front:
        books.front(block.paragraph.printed)
    for block in (*back, *attached_matter):
        books.back(block.paragraph.printed)
    printed = read_metadata(part.entry, front, back, clauses, source.path, words)
    declared = Place(sidecar.file if sidecar else source.path, card.line, card.line)
    metadata = printed.overridden(card.overrides, card.jurisdiction, declared)
    every_line = [*part.heading, *part.lines]
    every_back = sorted([*back, *attached_matter], key=lambda block: block.paragraph.lines[0].number)
    policy = _policy(source, card, metadata, every_line, front, clauses=clauses, back=every_back)
    return _of_original(policy, sidecar, source), problems, questions


def _of_original(policy: Policy, sidecar: Sidecar | None, source: SourceText) -> Policy:
    """A policy with what its sidecar says of the source and its original; its clauses with the pages they begin on."""
    if sidecar is None:
        return policy
    clauses = policy.clauses
    if sidecar.original is not None and sidecar.original.pages is not None:
        pages = page_of_lines(source.text)
        clauses = tuple(replace(one, page=pages[one.place.first_line - 1]) for one in clauses)
    return replace(
        policy,
        compiled_by=sidecar.publisher,
        original=sidecar.original,
        unchecked=sidecar.unchecked,
        clauses=clauses,
    )


def _continuations(lines: Sequence[Line], card: PolicyCard) -> tuple[frozenset[int], list[Problem]]:
    """The numbers of the lines declared to go on with the paragraph above; each must be found exactly once."""
    numbers: set[int] = set()
    problems: list[Problem] = []
    for entry in card.continues:
        found = [line.number for line in lines if _key(line.text).startswith(_key(entry.beginning))]
        if len(found) == 1:
            numbers.add(found[0])
        else:
            message = f"continues 的“{entry.beginning}”应当正好是一行的开头，实际找到 {len(found)} 行。"
            problems.append(Problem(entry.file, entry.line, message, "请照抄那一行开头的字。"))
    return frozenset(numbers), problems


def _policy(
    source: SourceText,
    card: PolicyCard,
    metadata: Metadata,
    lines: Sequence[Line],
    front: Sequence[Block],
    clauses: tuple[Clause, ...],
    back: Sequence[Block],
) -> Policy:
    file = source.path
    return Policy(
        id=card.id,
        title=metadata.title or PurePosixPath(file).stem,
        issuer=metadata.issuer,
        jurisdiction=metadata.jurisdiction,
        read_from=metadata.read_from,
        document_number=metadata.document_number,
        issued=metadata.issued,
        effective=metadata.effective,
        validity=metadata.validity,
        repeals=metadata.repeals,
        history=metadata.history,
        short_names=card.short_names,
        former_ids=card.former_ids,
        moved=card.moved,
        repealed=card.repealed,
        indicator_choices=card.indicators,
        status="废止" if card.repealed else metadata.status,
        genre=metadata.genre,
        notes=card.notes,
        source=source.file,
        place=Place(file, lines[0].number if lines else 1, lines[-1].number if lines else 1),
        front=tuple(_matter(block, file) for block in front),
        clauses=clauses,
        back=tuple(_matter(block, file) for block in back),
    )


def _matter(block: Block, file: str) -> Matter:
    lines = block.paragraph.lines
    place = Place(file, lines[0].number, lines[-1].number)
    return Matter(block.role, block.paragraph.text, place, text_lines([block.paragraph]))


def _key(text: str | None) -> str:
    return "".join((text or "").split())
