"""Metadata that a policy's own text prints: title, 文号, 机关, dates, status, genre, place.

What the text does not print is None and is never guessed; the sidecar may say more.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from generator.model import Clause, Event, Jurisdiction, Place
from generator.parsing.dates import iso_date
from generator.parsing.matter import NUMBER, ORDER, YEAR_NUMBER, Block, offices_of_title
from generator.vocabulary import Vocabulary
from generator.vocabulary.documents import DocumentWords
from generator.vocabulary.parts import PartWords
from generator.vocabulary.places import PlaceNames

# 国务院《提升中小企业竞争力若干措施》
_ENTRY = re.compile(r"(?P<issuer>[^《》]{2,40})《(?P<title>.+)》$")
# 特制定《哈尔滨市优化营商环境改革措施66条》
_NAMED_IN_PREAMBLE = re.compile(r"制定(?:了|本)?《([^《》]+)》")
_NAMED_IN_NOTICE = re.compile(r"现将《([^《》]+(?:〈[^〈〉]+〉[^《》]*)?)》|^《([^《》]+)》(?:已|业)经")
# 本条例自 2022 年 1 月 1 日起施行   本办法自发布之日起施行，有效期 5 年
_EFFECTIVE = re.compile(
    r"(?:本|该)?[^，。；《》]{0,12}?(自\s*(?:(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[^，。；\d]{2,6}之日)\s*起\s*(?:施行|实施|执行|生效)"
    r"(?:[，,]\s*有效期[^，。；]*)?)"
)
# 有效期 5 年   有效期至2025年12月31日
_VALIDITY = re.compile(r"有效期[^，。；]{1,20}")
# 《贵州省外来投资服务和保障条例》同时废止   《某办法》（某政发〔2015〕1号）自2021年1月1日起废止
_REPEALED = re.compile(
    r"《[^《》]+》(?:[（(][^（）()]{2,30}[）)])?(?:自[^，。；]{4,20}起)?(?:同时)?(?:予以)?废止"
)
# 第88号   〔十三届〕第三十五号   2023年第9号
_ORDINAL = re.compile(r"(?:(?:19|20)\d\d年)?[（(〔【]?(?:[一二三四五六七八九十]+届[〕）)】]?)?第")
# （第35号）   (not 〔十三届〕第三十五号)
_BRACKETED = re.compile(r"[（(〔【]([^（()）〔〕【】]*第[^（()）〔〕【】]+号)[）)〕】]")
# 国务院令第768号
_ORDERED = re.compile(r"(.{2,30}?)(?:令|公告)(?=[（(〔【第])")
# 某市人民政府 2021年3月1日
_SIGNED_DATE = re.compile(r"(?<!\s)\s+(?:(?:19|20)\d\d|[二〇○零一二三四五六七八九]{4}年).*$")
# 发文字号：某政办〔2021〕3号   文　　号：…   — of the head of a web page
_WEB_HEAD = re.compile(
    r"(?P<name>成\s*文\s*日\s*期|发\s*文\s*机\s*关|发\s*文\s*字\s*号|文\s*号)\s*[：:](?P<value>.*)"
)
# 《某市优化营商环境若干措施》 — a title that is nothing but a quotation
_QUOTED_WHOLE = re.compile(r"^《([^《》]+)》$")
# 某市第十五届人民代表大会常务委员会第二十次会议: who adopts, without session and meeting
_ADOPTER = re.compile(
    r"\s*(?:第[一二三四五六七八九十百]{1,4}届)?((?!全国)[\u4e00-\u9fff]{2,12}?)?(?:第[一二三四五六七八九十百]{1,4}届)?(全国)?(人民代表大会(?:常务委员会)?)第[一二三四五六七八九十百]{1,4}次"
)
_CLOSING_CLAUSES = 4


@dataclass(frozen=True)
class Metadata:
    """What is known of a policy, from its text and then from its sidecar, and where each fact was read.

    `read_from` has a place for every fact that is known: in the source, or in the sidecar that overrides it.
    """

    title: str | None = None
    issuer: str | None = None
    document_number: str | None = None
    issued: str | None = None
    effective: str | None = None
    validity: str | None = None
    repeals: tuple[str, ...] = ()
    history: tuple[Event, ...] = ()
    status: str | None = None
    genre: str | None = None
    jurisdiction: Jurisdiction = field(default_factory=Jurisdiction)
    read_from: Mapping[str, Place] = field(default_factory=dict)

    def overridden(self, values: Mapping[str, Any], jurisdiction: Jurisdiction | None, at: Place) -> Metadata:
        """The metadata with what a sidecar, at the place `at`, says instead."""
        changes = {**values, **({"jurisdiction": jurisdiction} if jurisdiction else {})}
        places = {**self.read_from, **dict.fromkeys(changes, at)}
        for name, value in changes.items():
            if value is None:
                del places[name]
        return replace(self, **changes, read_from=places)


def read_metadata(
    entry: str | None,
    front: Sequence[Block],
    back: Sequence[Block],
    clauses: Sequence[Clause],
    file: str,
    words: Vocabulary,
) -> Metadata:
    """Metadata as printed in `file`.

    `entry` is the policy's line in a compilation's 目录, which its first front block repeats. A text says at its
    end from when it applies: of `clauses` only the last are asked.
    """
    facts = _Facts(file)
    match = _ENTRY.fullmatch("".join(entry.split())) if entry else None
    if entry:
        facts.note("title", match["title"] if match else entry, front[0])
        facts.note("issuer", match["issuer"] if match else None, front[0])
    else:
        facts.note("title", *_title(front, words.documents))
    for before, block in zip([None, *front], front, strict=False):
        if block.role == "number" and (
            found := YEAR_NUMBER.fullmatch(block.paragraph.text) or NUMBER.search(block.paragraph.text)
        ):
            above = (
                before.paragraph.text if before is not None and ORDER.fullmatch(before.paragraph.text) else ""
            )
            number, authority = _number(found[0], above)
            facts.note("document_number", number, block)
            facts.note("issuer", authority, before if above else block)
    facts.note_words("history", *_history(front, file, words.parts))
    facts.note("status", *_printed_status(front, words.parts))
    matter = [*front, *back]
    signatures = [block for block in matter if block.role == "signature"]
    if signatures:
        facts.note("issuer", _offices(signatures), signatures[0])
    for block in reversed(matter):
        if block.role == "date" or block in signatures:
            facts.note("issued", iso_date(block.paragraph.text), block)
    _note_web_head(facts, front)
    facts.note("issuer", *_titled_by(front, words.parts))
    facts.note("issuer", *_adopted_by(front, words.parts))
    for clause in reversed(clauses[-_CLOSING_CLAUSES:]):
        facts.note_words("effective", _effective(clause.wording), clause.place)
        validity = _VALIDITY.search(clause.wording)
        facts.note_words("validity", "".join(validity[0].split()) if validity else None, clause.place)
        repealed = tuple("".join(one.split()) for one in _REPEALED.findall(clause.wording))
        facts.note_words("repeals", repealed or None, clause.place)
    signature = next((block for block in matter if block.role in ("number", "signature")), None)
    if signature is not None and (facts.has("document_number") or facts.has("issued")):
        facts.note("status", "正式", signature)
    title, issuer = facts.text("title"), facts.text("issuer")
    facts.derive("genre", words.documents.genre(title) if title else None, "title")
    jurisdiction = _jurisdiction(issuer, title, words.places)
    if jurisdiction != Jurisdiction():
        facts.derive("jurisdiction", jurisdiction, "issuer" if issuer else "title")
    return Metadata(**facts.values, read_from=facts.places)


class _Facts:
    """The facts of one policy as they are found; the first one found of a name stays."""

    def __init__(self, file: str) -> None:
        self._file = file
        self.values: dict[str, Any] = {}
        self.places: dict[str, Place] = {}

    def note(self, name: str, value: str | None, block: Block | None) -> None:
        """A fact read from a block of matter."""
        if block is not None:
            lines = block.paragraph.lines
            self.note_words(name, value, Place(self._file, lines[0].number, lines[-1].number))

    def note_words(
        self, name: str, value: str | tuple[str, ...] | tuple[Event, ...] | Jurisdiction | None, place: Place
    ) -> None:
        """A fact read from a place of the source."""
        if value is not None and name not in self.values:
            self.values[name] = value
            self.places[name] = place

    def derive(self, name: str, value: str | Jurisdiction | None, origin: str) -> None:
        """A fact that follows from another."""
        if origin in self.places:
            self.note_words(name, value, self.places[origin])

    def has(self, name: str) -> bool:
        """Whether a fact is known."""
        return name in self.values

    def text(self, name: str) -> str | None:
        """A fact that is a text."""
        value = self.values.get(name)
        return value if isinstance(value, str) else None


def _number(printed: str, above: str) -> tuple[str, str | None]:
    """The document number, and who gave the order it is the number of.

    `above` is the line 某某令 or 某某公告 before it, or empty: 第88号 below 某市人民政府令 is 某市人民政府令第88号.
    """
    number = "".join(printed.split())
    if above and _ORDINAL.match(number):
        number = "".join(above.split()) + number
    number = _BRACKETED.sub(r"\1", number).removeprefix("中华人民共和国")
    order = _ORDERED.match(number)
    return number, order[1] if order else None


def _offices(signatures: Sequence[Block]) -> str:
    """The offices that sign, 、 between them, seals and dates left out."""
    offices: list[str] = []
    for block in signatures:
        text = re.sub(r"[（(][^（）()]*[）)]", "", _SIGNED_DATE.sub("", block.paragraph.text))
        offices += [office for office in re.split(r"[\s、]+", text) if office not in offices]
    return "、".join(filter(None, offices))


def _note_web_head(facts: _Facts, front: Sequence[Block]) -> None:
    """What the head of a web page says of the text, where the text itself does not."""
    for block in front:
        field_ = _WEB_HEAD.match(block.paragraph.text) if block.role == "remark" else None
        if field_ is None:
            continue
        name, value = "".join(field_["name"].split()), field_["value"].strip()
        if name == "成文日期":
            facts.note("issued", iso_date(value), block)
        elif name == "发文机关":
            facts.note("issuer", "、".join(re.split(r"[\s、]+", value)) or None, block)
        elif NUMBER.fullmatch(value):
            facts.note("document_number", "".join(value.split()), block)


def _titled_by(front: Sequence[Block], words: PartWords) -> tuple[str | None, Block | None]:
    """The offices in the first title that names its own (each line may hold one of them), and where it stands."""
    for block in front:
        printed = " ".join(line.text for line in block.paragraph.lines)
        offices = offices_of_title(printed, words) if block.role == "title" else ()
        if offices:
            return "、".join(offices), block
    return None, None


def _history(front: Sequence[Block], file: str, words: PartWords) -> tuple[tuple[Event, ...] | None, Place]:
    """What the notes below the title say became of the text, in the order printed, and where they stand."""
    blocks = [block for block in front if block.role == "adoption"]
    events = [
        Event(date, found[3], "".join(found[0].split()))
        for block in blocks
        for found in words.event.finditer(block.paragraph.text)
        if (date := iso_date(found[1]))
    ]
    lines = [line for block in blocks for line in block.paragraph.lines]
    place = Place(file, lines[0].number, lines[-1].number) if lines else Place(file, 1, 1)
    return tuple(events) or None, place


def _adopted_by(front: Sequence[Block], words: PartWords) -> tuple[str | None, Block | None]:
    """The people's congress that adopted the text, by the note below its title, and where it stands."""
    for block in front:
        event = words.event.search(block.paragraph.text) if block.role == "adoption" else None
        adopter = _ADOPTER.match(event[2]) if event is not None and event[3] == "通过" else None
        if adopter is not None:
            return "".join(part or "" for part in adopter.groups()), block
    return None, None


def _title(front: Sequence[Block], words: DocumentWords) -> tuple[str | None, Block | None]:
    """The title and where it stands: the last complete title, else the first title line, else its name in the text."""
    titles = [block for block in front if block.role == "title"]
    complete = [block for block in titles if words.complete_title.search(block.paragraph.text)]
    if titles:
        block = complete[-1] if complete else titles[0]
        texts = (line.text for line in block.paragraph.lines)
        title = "".join("".join(text.split()) if _has_han(text) else text for text in texts)
        return _QUOTED_WHOLE.sub(r"\1", title), block
    for block in front:
        text = block.paragraph.text
        found = _NAMED_IN_PREAMBLE.search(text) or _NAMED_IN_NOTICE.search(text)
        if found:
            return next(name for name in found.groups() if name), block
    return None, None


def _printed_status(front: Sequence[Block], words: PartWords) -> tuple[str | None, Block | None]:
    """讨论稿, 试行 and the like in title or remark, and where; a draft of a 暂行办法 is a draft."""
    for pattern in (words.draft, words.trial):
        for block in front:
            if block.role in ("remark", "title") and (status := pattern.search(block.paragraph.text)):
                return status[0], block
    return None, None


def _effective(text: str) -> str | None:
    found = _EFFECTIVE.search(text)
    if found is None:
        return None
    since = found[1].partition("起")[0]  # not the date it is valid until
    return iso_date(since) or "".join(found[1].split())


def _jurisdiction(issuer: str | None, title: str | None, places: PlaceNames) -> Jurisdiction:
    text = issuer or title or ""
    if places.state.match(text):
        return Jurisdiction(level="national")
    for province in places.provinces:
        if text.startswith(province):
            rest = text.removeprefix(province)
            if re.match(r"[^《》，。]{2,6}?[市县区州盟旗]", rest):
                return Jurisdiction(province=province)  # whether a city or a county, its name does not say
            return Jurisdiction(level="province", province=province)
    return Jurisdiction()


def _has_han(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)
