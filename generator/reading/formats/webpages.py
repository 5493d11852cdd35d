"""The list of a web page's containers and facts (`generator/taxonomy/webpages.yml`, which explains it)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from generator.files.yamlfile import load_yaml

PATH = Path(__file__).resolve().parents[2] / "taxonomy" / "webpages.yml"

_SELECTOR = r"^[#.][A-Za-z_][\w-]*$"
_SELECTORS = {"type": "array", "items": {"type": "string", "pattern": _SELECTOR}, "uniqueItems": True}
_SCHEMA: Mapping[str, Any] = MappingProxyType(
    {
        "type": "object",
        "additionalProperties": False,
        "required": ["containers", "apart", "titles", "facts", "documents"],
        "properties": {
            "containers": {**_SELECTORS, "minItems": 1},
            "apart": _SELECTORS,
            "titles": _SELECTORS,
            "facts": {"type": "array", "items": {"type": "string", "minLength": 2}, "uniqueItems": True},
            "documents": {"type": "array", "items": {"type": "string", "pattern": r"^\.[a-z]+$"}},
        },
    }
)


@dataclass(frozen=True)
class Webpages:
    """What is known of the web pages of offices."""

    containers: tuple[str, ...]
    apart: tuple[str, ...]
    titles: tuple[str, ...]
    facts: frozenset[str]
    documents: tuple[str, ...]


@cache
def load_webpages(path: Path = PATH) -> Webpages:
    """Read and check the list. Raises `CorpusError`, naming the line, when it is not as it should be."""
    data = load_yaml(path, path.name, _SCHEMA).data
    return Webpages(
        tuple(data["containers"]),
        tuple(data["apart"]),
        tuple(data["titles"]),
        frozenset(data["facts"]),
        tuple(data["documents"]),
    )


def xpath(selector: str) -> str:
    """A selector (#id, .class) as an XPath expression that finds its elements."""
    name = selector[1:]
    if selector.startswith("#"):
        return f"//*[@id='{name}']"
    return f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
