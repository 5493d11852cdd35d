"""The family of test documents: what the parser makes of each, beside the expected reading.

`python -m tests.family.compare [NAME …]` prints one line per document and every difference.
White space never counts. In a reading, an anchor `?` is not compared and a list of values is a choice.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click

from generator.model import Policy
from tests.support.corpora import parse_text

FOLDER = Path(__file__).resolve().parent
METADATA = ("title", "issuer", "document_number", "issued", "effective", "status")


def squeeze(text: str | None) -> str:
    """The text without white space, which does not count."""
    return "".join((text or "").split())


@dataclass
class Comparison:
    """How one document was read: clauses expected and exact, and every difference in words."""

    name: str
    expected: int = 0
    exact: int = 0
    differences: list[str] = field(default_factory=list)


def _clauses_read(policy: Policy) -> list[tuple[str, str, str, str, str | None]]:
    wording = {clause.anchor: squeeze(clause.wording) for clause in policy.clauses}
    return [
        (
            squeeze(clause.label),
            wording[clause.anchor],
            wording[clause.parent] if clause.parent else "",
            clause.anchor,
            clause.title,
        )
        for clause in policy.clauses
    ]


def _compare_clauses(reading: dict[str, Any], policy: Policy, result: Comparison) -> None:
    read = _clauses_read(policy)
    keys = Counter(entry[:3] for entry in read)
    expected = reading["clauses"]
    matched: Counter[tuple[str, str, str]] = Counter()
    for clause in expected:
        parent = squeeze(expected[clause["parent"]]["wording"]) if clause["parent"] is not None else ""
        key = (squeeze(clause["label"]), squeeze(clause["wording"]), parent)
        result.expected += 1
        if matched[key] >= keys[key]:
            result.differences.append(f"  - {clause['anchor']} | {key[1]} | under {parent[:24]!r}")
            continue
        nth = matched[key]
        matched[key] += 1
        result.exact += 1
        *_, anchor, title = [entry for entry in read if entry[:3] == key][nth]
        if clause["anchor"] not in ("?", anchor):
            result.differences.append(f"  anchor {anchor}, expected {clause['anchor']} | {key[1][:30]}")
        if clause.get("title") is not None and squeeze(clause["title"]) != squeeze(title):
            result.differences.append(f"  title of {anchor} {title!r}, expected {clause['title']!r}")
    seen: Counter[tuple[str, str, str]] = Counter()
    for label, wording, parent, anchor, _ in read:
        seen[label, wording, parent] += 1
        if seen[label, wording, parent] > matched[label, wording, parent]:
            result.differences.append(f"  + {anchor} | {label!r} {wording} | under {parent[:24]!r}")


def _compare_policy(reading: dict[str, Any], policy: Policy, result: Comparison) -> None:
    _compare_clauses(reading, policy, result)
    for place, matters in (("front", policy.front), ("back", policy.back)):
        expected = [squeeze(text) for text in reading[place]]
        read = [squeeze(matter.text) for matter in matters]
        if "".join(expected) != "".join(read):
            missing = [text for text in expected if text not in read]
            extra = [text for text in read if text not in expected]
            result.differences.append(f"  {place}: missing {missing} extra {extra}")
    for key in METADATA:
        if key not in reading:
            continue
        value = getattr(policy, key)
        accepted = reading[key] if isinstance(reading[key], list) else [reading[key]]
        if squeeze(value) not in {squeeze(text) for text in accepted}:
            result.differences.append(f"  {key}: {value!r}, expected {accepted[0]!r}")


def compare(name: str) -> Comparison:
    """Parse one document and compare it with its reading."""
    result = Comparison(name)
    text = (FOLDER / f"{name}.txt").read_bytes().decode("utf-8")
    loaded = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    readings: list[dict[str, Any]] = loaded if isinstance(loaded, list) else [loaded]
    parsed = parse_text(text)
    if len(parsed.policies) != len(readings):
        titles = [policy.title for policy in parsed.policies]
        result.differences.append(f"  {len(titles)} policies, expected {len(readings)}: {titles}")
    for reading, policy in zip(readings, parsed.policies, strict=False):
        _compare_policy(reading, policy, result)
    for reading in readings[len(parsed.policies) :]:
        result.expected += len(reading["clauses"])
    return result


def names() -> list[str]:
    """All documents of the family."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def main() -> None:
    """Print the comparison of the documents named on the command line, or of all."""
    results = [compare(name) for name in sys.argv[1:] or names()]
    for result in results:
        click.echo("\n".join([f"{result.exact}/{result.expected} {result.name}", *result.differences]))
    clean = sum(not result.differences for result in results)
    exact, expected = (sum(getattr(result, key) for result in results) for key in ("exact", "expected"))
    click.echo(f"{exact}/{expected} clauses exact, {clean}/{len(results)} documents without a difference")


if __name__ == "__main__":
    main()
