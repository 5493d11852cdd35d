"""The references in the wording of every clause, and where they lead.

The documents a clause names come first, each with the clauses named after it (《…》第九十一条、第九十二条); what is
left of the text is read for pointers into the policy itself (`internal`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from generator.analysis.references.internal import ClauseText, InternalReader
from generator.analysis.references.library import Document, Library, title_key
from generator.analysis.references.mentions import Mention, find_mentions, squeeze
from generator.analysis.references.places import Places, position_of
from generator.analysis.references.pointers import read_pointer
from generator.analysis.references.words import DocumentWords
from generator.model import Address, Clause, Policy, Printed, Reference


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
        self._internal = InternalReader(policy.title, places[policy.id], words)
        declared = library.declared(policy).values()
        self._unmarked = words.unmarked(
            name for document in declared for name in document.mention.short_names
        )

    def references(self, clause: Clause) -> tuple[Reference, ...]:
        """The references of a clause."""
        printed = squeeze(clause.wording).cut(len(squeeze(clause.label or "")))
        mentions = find_mentions(printed.value, self._words)
        mentions = sorted([*mentions, *self._short_names(printed.value, mentions)], key=lambda one: one.start)
        named = [self._named(mention, clause, printed) for mention in mentions]
        taken = [(mention.start, stop) for mention, (_, stop) in zip(mentions, named, strict=True)]
        text = ClauseText(
            clause,
            printed.value,
            tuple(_between(taken, len(printed))),
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

    def _named(self, mention: Mention, clause: Clause, printed: Printed) -> tuple[Reference | None, int]:
        """The reference to a document named in a clause, and where in the text it ends; None for a book or the like."""
        pointer = read_pointer(printed.value, mention.clause_at)
        document = self._document(mention, clause)
        kind = self._kind(mention, document, with_clauses=pointer is not None)
        if kind is None:
            return None, mention.clause_at
        targets: tuple[Address, ...] = ()
        if document.policy is not None:
            id_ = document.policy.id
            anchors = self._places[id_].find([""], pointer.paths) if pointer else []
            targets = tuple(Address(id_, anchor) for anchor in anchors) or (Address(id_),)
        end = pointer.stop if pointer else mention.stop
        start, stop, quote = _quoted(clause.wording, printed, mention.start, end)
        reference = Reference(kind, start, stop, quote, mention.title, mention.number, targets)
        return reference, max(end, mention.clause_at)

    def _document(self, mention: Mention, clause: Clause) -> Document:
        """The document meant; 《规划》 in what is printed with a 规划 to explain it, and declared for none, is the 规划.

        A law calls itself 本条例: there 《条例》 is another.
        """
        document = self._library.document(mention, self._policy)
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
