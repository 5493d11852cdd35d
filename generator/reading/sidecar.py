"""The sidecar (说明文件): the YAML beside a source that says what the text itself does not.

It declares the ids of the policies, overrides metadata that the text prints wrongly or not at all, corrects slips
of the print in a clause, and decides the indicators of a clause that the classification gets wrong. Facts the text prints are read from the text and need not be repeated here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any, Literal

from generator.eid import PATTERN as ANCHOR_PATTERN
from generator.eid import Eid
from generator.files.inputs import relative
from generator.files.yamlfile import YamlFile, load_yaml
from generator.model import Address, IndicatorChoice, Jurisdiction, Moved, Original, Place, Repeal

MAX_ID = 80  # characters; the names of pages and scripts are made of it
ID_PATTERN = r"^[a-z][a-z0-9]*(-[a-z0-9]+)+$"
# An anchor of the same policy, or policy#anchor, or policy# for the whole of it.
ADDRESS_PATTERN = rf"^({ID_PATTERN[1:-1]}#)?({ANCHOR_PATTERN[1:-1]})?$"
DATE_PATTERN = r"^(19|20)"

_ID = {"type": "string", "pattern": ID_PATTERN, "maxLength": MAX_ID}
_TEXT = {"type": "string", "minLength": 1}
_LINE = {"type": "string", "format": "line"}
_LINE_OR_NONE = {"type": ["string", "null"], "format": "line"}
_DATE = {"type": ["string", "null"], "pattern": DATE_PATTERN, "format": "date"}
SCHEMA: Mapping[str, Any] = MappingProxyType(
    {
        "type": "object",
        "additionalProperties": False,
        "required": ["policies"],
        "properties": {
            "publisher": _LINE,
            "layout": {"enum": ["paragraphs", "lines"]},
            "text": _LINE,
            "original": {
                "type": "object",
                "additionalProperties": False,
                "required": ["file", "sha256", "media_type"],
                "properties": {
                    "file": {"type": "string", "pattern": r"^[^/\\]+$", "format": "line"},
                    "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                    "media_type": {"type": "string", "pattern": r"^[a-z]+/[a-z0-9.+-]+$"},
                    "pages": {"type": ["integer", "null"], "minimum": 1},
                    "extracted_with": _LINE_OR_NONE,
                    "left_out": {"type": "object", "additionalProperties": {"type": "integer"}},
                    "said": {"type": "object", "additionalProperties": _TEXT},
                    "address": {"type": "string", "pattern": r"^https?://\S+$"},
                    "attachments": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["name", "address"],
                            "properties": {"name": _LINE, "address": _LINE},
                        },
                    },
                },
            },
            "policies": {
                "type": "array",
                "minItems": 1,
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["id"],
                    "properties": {
                        "id": _ID,
                        "match": _TEXT,
                        "title": _LINE,
                        "issuer": _LINE_OR_NONE,
                        "document_number": _LINE_OR_NONE,
                        "issued": _DATE,
                        "effective": _DATE,
                        "status": _LINE,
                        "genre": _LINE,
                        "jurisdiction": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["level"],
                            "properties": {
                                "level": {"enum": ["national", "province", "city", "county"]},
                                "province": _LINE,
                                "city": _LINE,
                                "county": _LINE,
                            },
                        },
                        "notes": {"type": "array", "items": _TEXT},
                        "continues": {"type": "array", "items": {"type": "string", "minLength": 4}},
                        "texts": {
                            "type": "array",
                            "items": {**_LINE, "minLength": 2},
                            "uniqueItems": True,
                        },
                        "short_names": {"type": "array", "items": _LINE},
                        "former_ids": {"type": "array", "items": _ID},
                        "repealed": {
                            "type": "object",
                            "additionalProperties": False,
                            "properties": {"date": _DATE, "by": _LINE},
                        },
                        "moved": {
                            "type": "array",
                            "items": {
                                "type": "object",
                                "additionalProperties": False,
                                "required": ["from", "to"],
                                "properties": {
                                    "from": {"type": "string", "pattern": ANCHOR_PATTERN},
                                    "to": {"type": ["string", "null"], "pattern": ADDRESS_PATTERN},
                                    "note": _TEXT,
                                },
                            },
                        },
                        "indicators": {
                            "type": "array",
                            "items": {
                                "type": "object",
                                "additionalProperties": False,
                                "required": ["clause", "primary", "reason"],
                                "properties": {
                                    "clause": {"type": "string", "pattern": ANCHOR_PATTERN},
                                    "primary": {"type": ["string", "null"], "minLength": 1},
                                    "secondary": {"type": "array", "items": _TEXT, "uniqueItems": True},
                                    "reason": _TEXT,
                                },
                            },
                        },
                        "corrections": {
                            "type": "array",
                            "items": {
                                "type": "object",
                                "additionalProperties": False,
                                "required": ["find", "replace", "reason"],
                                "properties": {
                                    "find": _TEXT,
                                    "replace": _TEXT,
                                    "reason": _TEXT,
                                    "clause": _TEXT,
                                },
                            },
                        },
                    },
                },
            },
        },
    }
)


def is_policy_id(text: str) -> bool:
    """Whether a text can be the id of a policy. A page of the site (index) or a device of Windows (con) cannot."""
    return len(text) <= MAX_ID and re.fullmatch(ID_PATTERN[1:-1], text) is not None


@dataclass(frozen=True)
class CorrectionEntry:
    """A correction (校勘) as the editor declares it; `generator.parsing.corrections` finds its place."""

    find: str  # what the print has
    replace: str  # what it should have
    reason: str
    clause: str | None  # the anchor of the clause to look in; None for the whole policy
    file: str  # the sidecar, and the line of the entry in it
    line: int


@dataclass(frozen=True)
class Continuation:
    """The beginning of a line that goes on with the paragraph above it, where the page alone cannot tell."""

    beginning: str
    file: str  # the sidecar, and the line of the entry in it
    line: int


@dataclass(frozen=True)
class PolicyCard:
    """What a sidecar says of one policy. `overrides` holds only the fields the editor wrote."""

    id: str
    line: int  # of the entry in the sidecar
    match: str | None = None  # the line of the compilation's 目录
    overrides: Mapping[str, str | None] = field(default_factory=dict)
    jurisdiction: Jurisdiction | None = None
    notes: tuple[str, ...] = ()
    corrections: tuple[CorrectionEntry, ...] = ()
    continues: tuple[Continuation, ...] = ()
    texts: tuple[str, ...] = ()  # title lines of further texts that the same notice issues
    short_names: tuple[str, ...] = ()
    former_ids: tuple[str, ...] = ()
    repealed: Repeal | None = None
    moved: tuple[Moved, ...] = ()
    indicators: tuple[IndicatorChoice, ...] = ()


@dataclass(frozen=True)
class Sidecar:
    """One sidecar file."""

    file: str
    policies: tuple[PolicyCard, ...]
    publisher: str | None = None
    original: Original | None = None
    layout: Literal["paragraphs", "lines"] | None = (
        None  # what the lines of the source are, where it is known
    )
    unchecked: str | None = None  # why the text is not reliable yet

    @property
    def of_paragraphs(self) -> bool:
        """Whether it is known that every line of the source is a paragraph."""
        return self.layout == "paragraphs"


def load_sidecar(path: Path, folder: Path) -> Sidecar:
    """Read and check one sidecar. Raises `CorpusError`, naming the line, when it is not as `SCHEMA` says.

    Nor is one read that a link leads out of the folder for: not a word of it is in the fault.
    """
    file = load_yaml(path, relative(path, folder), SCHEMA, folder)
    cards = tuple(_card(file, number, entry) for number, entry in enumerate(file.data["policies"]))
    return Sidecar(
        file=file.name,
        policies=cards,
        publisher=_line(file.data.get("publisher")),
        original=_original(file.data.get("original"), file.name),
        layout=file.data.get("layout"),
        unchecked=_line(file.data.get("text")),
    )


def _original(entry: Mapping[str, Any] | None, sidecar: str) -> Original | None:
    """What a sidecar says of the original that stands beside it."""
    if entry is None:
        return None
    return Original(
        file=PurePosixPath(sidecar).with_name(entry["file"]).as_posix(),
        sha256=entry["sha256"],
        media_type=entry["media_type"],
        pages=entry.get("pages"),
        extracted_with=entry.get("extracted_with"),
        left_out=MappingProxyType(dict(entry.get("left_out", {}))),
        said=MappingProxyType(dict(entry.get("said", {}))),
        address=entry.get("address"),
        attachments=tuple((one["name"], one["address"]) for one in entry.get("attachments", ())),
    )


_OVERRIDES = frozenset({"title", "issuer", "document_number", "issued", "effective", "status", "genre"})


def _card(file: YamlFile, number: int, entry: Mapping[str, Any]) -> PolicyCard:
    place = entry.get("jurisdiction")
    return PolicyCard(
        id=entry["id"],
        line=file.line("policies", number, "id"),
        match=entry.get("match"),
        overrides=MappingProxyType({key: _line(entry[key]) for key in entry if key in _OVERRIDES}),
        jurisdiction=Jurisdiction(**{key: name.strip() for key, name in place.items()}) if place else None,
        notes=tuple(entry.get("notes", ())),
        corrections=tuple(
            _correction(one, file.name, file.line("policies", number, "corrections", index))
            for index, one in enumerate(entry.get("corrections", ()))
        ),
        continues=tuple(
            Continuation(beginning, file.name, file.line("policies", number, "continues", index))
            for index, beginning in enumerate(entry.get("continues", ()))
        ),
        texts=tuple(title.strip() for title in entry.get("texts", ())),
        short_names=tuple(name.strip() for name in entry.get("short_names", ())),
        former_ids=tuple(entry.get("former_ids", ())),
        repealed=_repeal(entry.get("repealed")),
        moved=tuple(
            _moved(one, entry["id"], file.name, file.line("policies", number, "moved", index))
            for index, one in enumerate(entry.get("moved", ()))
        ),
        indicators=tuple(
            _indicators(one, file.name, file.line("policies", number, "indicators", index))
            for index, one in enumerate(entry.get("indicators", ()))
        ),
    )


def _repeal(entry: Mapping[str, str] | None) -> Repeal | None:
    return None if entry is None else Repeal(entry.get("date"), _line(entry.get("by")))


def _line(text: str | None) -> str | None:
    """A text of one line without the line feed that YAML's `>` and `|` leave at its end."""
    return None if text is None else text.strip()


def _moved(entry: Mapping[str, str | None], policy: str, file: str, line: int) -> Moved:
    """An entry of `moved:`; a target without a policy is of this one."""
    to = entry["to"]
    target = None
    if to is not None:
        target = Address.read(to if "#" in to else f"{policy}#{to}")
    return Moved(Eid(entry["from"]), target, entry.get("note"), Place(file, line, line))


def _indicators(entry: Mapping[str, Any], file: str, line: int) -> IndicatorChoice:
    return IndicatorChoice(
        Eid(entry["clause"]),
        entry["primary"],
        tuple(entry.get("secondary", ())),
        entry["reason"],
        Place(file, line, line),
    )


def _correction(entry: Mapping[str, str], file: str, line: int) -> CorrectionEntry:
    return CorrectionEntry(
        entry["find"], entry["replace"], entry["reason"], entry.get("clause"), file=file, line=line
    )
