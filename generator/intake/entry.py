"""One original: its source, its sidecar, and what is to be said of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from generator import __version__
from generator.checking.doubts import find_doubts
from generator.intake.sidecar import sidecar_text
from generator.model import Doubt, Line, Policy, Removed, SourceText
from generator.model import Original as Declared
from generator.parsing import parse_source
from generator.parsing.contents import split
from generator.parsing.dates import iso_date
from generator.parsing.ids import name_of_file, proposed_id
from generator.reading import PolicyCard, Sidecar, read_lines
from generator.reading.files import ORIGINAL
from generator.reading.formats import Extracted, Original, UnreadableError, recognise
from generator.reading.guarded import GuardedReader
from generator.vocabulary import Vocabulary

if TYPE_CHECKING:
    from generator.intake.known import Known

Status = Literal["added", "known", "same text", "unreadable"]

# What the table of a web page calls the facts that a sidecar may state of a policy.
_NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "title": ("标题", "名称", "信息名称", "文件名称"),
        "issuer": ("发文机关", "制发机关", "发文机构", "发布机构"),
        "document_number": ("发文字号", "文号"),
        "issued": ("成文日期", "生成日期"),
    }
)
_CALLED = MappingProxyType(
    {"title": "标题", "issuer": "发布机关", "document_number": "文号", "issued": "成文日期"}
)
_UNCHECKED = "识别所得，未校对"


@dataclass(frozen=True)
class Added:
    """A policy that was read from an original."""

    policy: Policy
    version_of: Policy | None = None  # a policy of the folder of which it is another text


@dataclass(frozen=True)
class Entry:
    """What became of one original."""

    name: str
    status: Status
    problem: str = ""  # why it was not added, in Chinese
    where: str | None = None  # of a known one: the file that is there already
    files: tuple[str, ...] = ()  # original, source, sidecar
    sha256: str = ""
    media_type: str = ""
    extracted: Extracted | None = None
    policies: tuple[Added, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    notices: tuple[str, ...] = ()  # what an editor should look at, beyond the places in the text


@dataclass(frozen=True)
class Prepared:
    """An original that is to be added: the files to write, by name."""

    entry: Entry
    files: Mapping[str, bytes]
    policies: tuple[Policy, ...]


def prepare(
    original: Original,
    known: Known,
    reader: GuardedReader[Original, Extracted],
    words: Vocabulary,
) -> Prepared | Entry:
    """Read an original; an `Entry` where there is nothing to add."""
    digest = hashlib.sha256(original.data).hexdigest()
    where = known.file(digest)
    if where is not None:
        return Entry(original.name, "known", where=where, sha256=digest)
    try:
        kind = recognise(original.data, original.name)
        extracted = reader.read(original)
    except UnreadableError as error:
        return Entry(original.name, "unreadable", problem=str(error), sha256=digest)
    draft = _Draft(original, extracted, digest, kind.suffix, words)
    policies = draft.parsed("original", draft.cards())
    same = [known.same_words(policy) for policy in policies]
    if all(same):
        there = "、".join(dict.fromkeys(f"{one.id}（{one.source.path}）" for one in same if one))
        return Entry(original.name, "same text", where=there, sha256=digest, extracted=extracted)
    return draft.prepared(policies, known)


class _Draft:
    """An original on its way to a source."""

    def __init__(
        self, original: Original, extracted: Extracted, digest: str, suffix: str, words: Vocabulary
    ) -> None:
        self._words = words
        self._original = original
        self._extracted = extracted
        self._digest = digest
        self._suffix = suffix
        self._data = original.data if extracted.verbatim else extracted.text.encode("utf-8")
        self._text = self._data.decode("utf-8")
        self.doubts: tuple[Doubt, ...] = ()  # of the policies that were parsed last

    def cards(self) -> list[PolicyCard]:
        """An entry of a sidecar for each policy in the text, its id not yet made."""
        lines, _ = self._lines(self._source("original"))
        parts = split(lines, "original", self._words.parts).parts
        return [PolicyCard(f"draft-{number}", 1, match=part.entry) for number, part in enumerate(parts, 1)]

    def parsed(
        self, stem: str, cards: Sequence[PolicyCard], original: Declared | None = None
    ) -> tuple[Policy, ...]:
        """The policies in the text, as the source `stem` with these entries in its sidecar has them."""
        source = self._source(stem)
        lines, removed = self._lines(source)
        sidecar = self._sidecar(f"{stem}.yml", cards, original)
        parsed = parse_source(source, lines, removed, sidecar, self._words)
        doubts = find_doubts(parsed, lines, self._words)
        self.doubts = tuple(doubts)
        return parsed.policies

    def _lines(self, source: SourceText) -> tuple[list[Line], list[Removed]]:
        return read_lines(source, self._words, paragraphs=self._extracted.whole_paragraphs)

    def _source(self, stem: str) -> SourceText:
        digest = hashlib.sha256(self._data).hexdigest()
        return SourceText(f"{stem}{self._extracted.suffix}", digest, self._text)

    def _sidecar(self, file: str, cards: Sequence[PolicyCard], original: Declared | None) -> Sidecar:
        layout: Literal["paragraphs"] | None = "paragraphs" if self._extracted.whole_paragraphs else None
        unchecked = _UNCHECKED if self._extracted.recognised else None
        return Sidecar(file, tuple(cards), original=original, layout=layout, unchecked=unchecked)

    def prepared(self, policies: Sequence[Policy], known: Known) -> Prepared:
        """The files to write, and what is to be said."""
        facts, notices = self._facts(policies)
        cards: list[PolicyCard] = []
        for card, policy in zip(self.cards(), policies, strict=True):
            taken = known.ids | {one.id for one in cards}
            told = replace(
                policy,
                issuer=policy.issuer or facts.get("issuer"),
                document_number=policy.document_number or facts.get("document_number"),
                issued=policy.issued or facts.get("issued"),
            )
            id_ = proposed_id(told, taken, self._words)
            cards.append(replace(card, id=id_, overrides=facts))
        stem = self._stem([card.id for card in cards], known)
        names = self._names(stem)
        declared = self._declared(names[0])
        final = self.parsed(stem, cards, declared)
        editions = [next(iter(known.editions(policy)), None) for policy in final]
        entry = Entry(
            self._original.name,
            "added",
            files=tuple(dict.fromkeys(names)),
            sha256=self._digest,
            media_type=self._extracted.media_type,
            extracted=self._extracted,
            policies=tuple(Added(one, other) for one, other in zip(final, editions, strict=True)),
            doubts=self.doubts,
            notices=(*self._extracted.doubts, *notices),
        )
        sidecar = sidecar_text(self._original.name, self._sidecar(names[2], cards, declared))
        files = {names[0]: self._original.data, names[1]: self._data, names[2]: sidecar.encode("utf-8")}
        return Prepared(entry, files, final)

    def _stem(self, ids: Sequence[str], known: Known) -> str:
        """What the files are called: as the one policy in them, or as the original of several."""
        wanted = ids[0] if len(ids) == 1 else name_of_file(self._original.name)
        names = [wanted, *(f"{wanted}-{count}" for count in range(2, 1000))]
        return next(name for name in names if name.lower() not in known.names)

    def _names(self, stem: str) -> tuple[str, str, str]:
        source = f"{stem}{self._extracted.suffix}"
        if self._extracted.verbatim:
            return source, source, f"{stem}.yml"
        between = ORIGINAL if self._suffix in (".txt", ".md") else ""
        return f"{stem}{between}{self._suffix}", source, f"{stem}.yml"

    def _declared(self, file: str) -> Declared:
        one = self._extracted
        with_ = (
            None if one.verbatim else f"policy-site {__version__}{', ' + one.reader if one.reader else ''}"
        )
        return Declared(
            file=file,
            sha256=self._digest,
            media_type=one.media_type,
            pages=one.pages,
            extracted_with=with_,
            left_out={part.reason: part.characters for part in one.left_out},
            said=dict(one.said),
            address=one.address,
            attachments=tuple((part.name, part.address) for part in one.attachments),
        )

    def _facts(self, policies: Sequence[Policy]) -> tuple[dict[str, str | None], list[str]]:
        """What the original says of the one policy in it and its text does not print; and where the two differ."""
        facts: dict[str, str | None] = {}
        notices: list[str] = []
        if len(policies) != 1:
            return facts, notices
        policy = policies[0]
        for field_, names in _NAMES.items():
            said = next((self._extracted.said[name] for name in names if name in self._extracted.said), None)
            value = iso_date(said) if said and field_ == "issued" else said
            if not value:
                continue
            printed = getattr(policy, field_)
            if field_ == "title":
                missing = not any(one.role == "title" for one in policy.front)
                printed = None if missing else printed
            if printed is None:
                facts[field_] = value
            elif _differ(field_, value, printed):
                notices.append(f"{_CALLED[field_]}：正文作“{printed}”，网页的信息表作“{value}”。")
        return facts, notices


def _differ(name: str, said: str, printed: str) -> bool:
    """Whether two statements of a fact are at odds; one that is only longer is not."""
    if name == "document_number":
        return re.findall(r"\d+", said) != re.findall(r"\d+", printed)
    one, other = ("".join(re.findall(r"\w", text)) for text in (said, printed))
    return one not in other and other not in one
