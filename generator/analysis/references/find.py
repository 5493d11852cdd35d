"""The references in the wording of every clause, and where they lead.

The documents a clause names come first, each with the clauses named after it (《…》第九十一条、第九十二条); what is
left of the text is read for pointers into the policy itself (`internal`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from generator.analysis.references.internal import ClauseText, InternalReader
from generator.analysis.references.library import Document, Library, title_key
from generator.analysis.references.mentions import Mention, find_mentions, squeeze
from generator.analysis.references.places import Places, position_of
from generator.analysis.references.pointers import FOLLOWS_CLAUSE, Pointer, read_pointer
from generator.analysis.references.repeals import LEADING, repealed_mentions
from generator.analysis.tables import Tables
from generator.eid import MAIN_TEXT
from generator.model import Address, Clause, Policy, Printed, Reference
from generator.vocabulary.documents import DocumentWords

# 《…》的第五条   《…》中第五条   国发〔2016〕33号文第五条
_OF_IT = re.compile("(?:文件?)?(?:[的之]|中的?)?(?=第)")
# 将第三条修改为：“   增加一款，作为第二款：“   — what another text is to say stands in the quotation marks
_AMENDED = re.compile(r"(?:(?:修改|修订|修正|调整|表述|改)为|作为第.{1,12}[条款项目章节])[:：]?(?=[“\"])")
_QUOTATION_MARK = re.compile("[“”]")


def find_references(
    policies: Sequence[Policy], library: Library, words: DocumentWords
) -> dict[Address, tuple[Reference, ...]]:
    """The references of every clause that has any, by its address, in the order of its wording.

    `library` is of the same policies. No reference overlaps another; each quote is the exact wording, white space
    included. A reference without a target is kept where it is certain that it is one: 本办法第九十条 that does not
    exist, a document that is not in the corpus. Where the document is in the corpus and the clause named is not in
    it, the target is the document. The time is linear in the length of the texts.
    """
    places = {policy.id: Places(policy) for policy in policies}
    found: dict[Address, tuple[Reference, ...]] = {}
    for policy in policies:
        finder = _Finder(policy, places, library, words)
        for clause in policy.clauses:
            references = finder.references(clause)
            if references:
                found[Address(policy.id, clause.anchor)] = references
    return found


class _Finder:
    """Finds the references in the clauses of one policy."""

    def __init__(
        self, policy: Policy, places: Mapping[str, Places], library: Library, words: DocumentWords
    ) -> None:
        self._policy = policy
        self._places = places
        self._library = library
        self._words = words
        self._tables = Tables(policy)
        self._internal = InternalReader(policy.title, places[policy.id], words)
        declared = library.declared(policy).values()
        self._unmarked = words.unmarked(
            name for document in declared for name in document.mention.short_names
        )

    def references(self, clause: Clause) -> tuple[Reference, ...]:
        """The references of a clause; of a row of a table, cell by cell."""
        return tuple(
            reference
            for cell in self._tables.cells(clause)
            for reference in self._in_cell(clause, cell.start, cell.stop)
        )

    def _in_cell(self, clause: Clause, start: int, stop: int) -> tuple[Reference, ...]:
        """The references in a stretch of a clause that is read by itself."""
        printed = squeeze(clause.wording, start, stop)
        if start == 0:
            printed = printed.cut(len(squeeze(clause.label or "")))
        mentions = find_mentions(printed.value, self._words)
        mentions = sorted([*mentions, *self._short_names(printed.value, mentions)], key=lambda one: one.start)
        mentions = sorted([*mentions, *self._that_names(printed.value, mentions)], key=lambda one: one.start)
        repealed = repealed_mentions(printed.value, mentions, self._says_above(clause))
        named = [
            self._named(mention, clause, printed, repealed=number in repealed)
            for number, mention in enumerate(mentions)
        ]
        taken = [(mention.start, stop) for mention, (_, stop) in zip(mentions, named, strict=True)]
        text = ClauseText(
            clause,
            printed.value,
            tuple(_between(sorted([*taken, *_amended(printed.value)]), len(printed))),
            tuple(
                stop for reference, stop in named if reference is not None and reference.type == "external"
            ),
        )
        references = [reference for reference, _ in named if reference is not None]
        for one in self._internal.read(text):
            targets = tuple(Address(self._policy.id, anchor) for anchor in one.anchors)
            start, stop, quote = _quoted(clause.wording, printed, one.start, one.stop)
            references.append(Reference("internal", start, stop, quote, targets=targets))
        return tuple(sorted(references, key=lambda reference: reference.start))

    def _short_names(self, text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
        """The declared short names that stand without 《》 before a clause number: 依照专利法第五条."""
        if self._unmarked is None:
            return
        for first, last in _between([(one.start, one.clause_at) for one in mentions], len(text)):
            for name in self._unmarked.finditer(text, first, last):
                pointer = read_pointer(text, name.end())
                if pointer is not None and pointer.stop <= last:
                    yield Mention(name.start(), name.end(), name.end(), name[0])

    def _that_names(self, text: str, mentions: Sequence[Mention]) -> Iterator[Mention]:
        """The last document of a kind that the clause names, said again before a clause number: 该办法第三条.

        Not where the text has spoken of itself since (本办法第二条、该办法第三条). 该法 is no 办法, but a 法典.
        """
        heads: list[tuple[int, Mention | re.Match[str]]] = [(one.start, one) for one in mentions]
        free = list(_between([(one.start, one.clause_at) for one in mentions], len(text)))
        for pattern in (self._words.own_name, self._words.that_name):
            heads += [
                (one.start(), one) for first, last in free for one in pattern.finditer(text, first, last)
            ]
        latest: dict[str, Mention | None] = {}
        for start, head in sorted(heads, key=lambda one: one[0]):
            if isinstance(head, Mention):
                latest[self._words.document_kind(head.title or "").removesuffix("典")] = head
            elif text[start] == "本":
                latest[head[1]] = None
            elif meant := latest.get(head[1]):
                yield replace(meant, start=start, stop=head.end(), clause_at=head.end(), short_names=())

    def _says_above(self, clause: Clause) -> str:
        """The end of what the clause above says, which may lead up to a list (下列文件同时废止：)."""
        above = next(self._places[self._policy.id].above(clause), None)
        return squeeze(above.wording[-LEADING:]).value if above is not None else ""

    def _named(
        self, mention: Mention, clause: Clause, printed: Printed, *, repealed: bool
    ) -> tuple[Reference | None, int]:
        """The reference to a document named in a clause, and where in the text it ends; None for a book or the like."""
        pointer = _clauses_of(printed.value, mention)
        repealed = repealed and pointer is None
        document = self._document(mention, clause, former=repealed)
        kind = self._kind(mention, document, with_clauses=pointer is not None)
        if kind is None:
            return None, mention.clause_at
        targets = self._targets(document, pointer)
        end = pointer.stop if pointer else mention.stop
        start, stop, quote = _quoted(clause.wording, printed, mention.start, end)
        reference = Reference(
            kind,
            start,
            stop,
            quote,
            mention.title,
            mention.number,
            targets,
            document.version if targets else None,
            "repeals" if repealed and kind == "external" else None,
        )
        return reference, max(end, mention.clause_at)

    def _targets(self, document: Document, pointer: Pointer | None) -> tuple[Address, ...]:
        """The clauses named of a document of the corpus, or all of it; it may be an attachment of the policy itself."""
        title, number = document.mention.title, document.mention.number
        policy, root = document.policy, MAIN_TEXT
        if policy is None and title and number is None:
            policy, root = self._policy, self._places[self._policy.id].attachment_titled(title) or MAIN_TEXT
            if not root:
                return ()
        if policy is None:
            return ()
        anchors = self._places[policy.id].find([root], pointer.paths) if pointer else []
        return tuple(Address(policy.id, anchor) for anchor in anchors) or (Address(policy.id, root or None),)

    def _document(self, mention: Mention, clause: Clause, *, former: bool) -> Document:
        """The document meant; 《规划》 in what is printed with a 规划 to explain it, and declared for none, is the 规划.

        A law calls itself 本条例: there 《条例》 is another.
        """
        document = self._library.document(mention, self._policy, former=former)
        title = mention.title
        if document.policy is None and document.mention is mention and title and mention.number is None:
            of_own_kind = title_key(self._policy.title).endswith(title_key(title))
            if of_own_kind and self._words.is_generic(title) and position_of(clause) is None:
                return Document(mention, self._policy)
        return document

    def _kind(
        self, mention: Mention, document: Document, *, with_clauses: bool
    ) -> Literal["external", "certificate"] | None:
        """What a mention is of: a document, or a paper of a procedure, by its last word; None for neither.

        A number, a clause or a place in the corpus make it a document whatever its name.
        """
        if mention.number or with_clauses or document.policy is not None:
            return "external"
        title = document.mention.title or ""
        kind = self._words.kind(title)
        return {"document": "external", "paper": "certificate", "work": None}[kind]


def _clauses_of(text: str, mention: Mention) -> Pointer | None:
    """The clauses named right after a document: 《…》第五条; 《…》中第五条, where the number can be nothing else."""
    pointer = read_pointer(text, mention.clause_at)
    joined = _OF_IT.match(text, mention.clause_at) if pointer is None else None
    if joined is None:
        return pointer
    pointer = read_pointer(text, joined.end())
    return pointer if pointer and FOLLOWS_CLAUSE.match(text, pointer.stop) else None


def _amended(text: str) -> Iterator[tuple[int, int]]:
    """What stands in quotation marks for another text to say, in order."""
    stop = 0
    for match in _AMENDED.finditer(text):
        if match.end() >= stop:
            stop = _closed(text, match.end())
            yield match.end(), stop


def _closed(text: str, start: int) -> int:
    """Where a quotation that begins at `start` ends; the end of the text where it runs on in the next paragraph."""
    if text[start] == '"':
        return text.find('"', start + 1) + 1 or len(text)
    depth = 0
    for match in _QUOTATION_MARK.finditer(text, start):
        depth += 1 if match[0] == "“" else -1
        if depth == 0:
            return match.end()
    return len(text)


def _between(taken: Sequence[tuple[int, int]], stop: int) -> Iterator[tuple[int, int]]:
    """What the taken stretches, which are in order, leave of the text up to `stop`."""
    start = 0
    for first, last in taken:
        if first > start:
            yield start, first
        start = max(start, last)
    if stop > start:
        yield start, stop


def _quoted(wording: str, printed: Printed, start: int, stop: int) -> tuple[int, int, str]:
    """A stretch of the squeezed text as offsets in the wording, and what is printed there."""
    first, end = printed.offsets[start], printed.offsets[stop - 1] + 1
    return first, end, wording[first:end]
