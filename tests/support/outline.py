"""What is read of a small source, as lines that a person can check against the source: `python -m tests.support.outline FILE`.

A clause is a line `anchor < anchor above | wording`, matter a line `role | text`; ⏎ stands for a line end inside, ⇥
for a tab between two cells. Below them stand the facts, what was removed (line ends and the like aside), the faults
and the doubts.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.checking.doubts import find_doubts
from generator.model import SourceText
from generator.parsing import parse_source
from generator.reading import read_lines
from generator.reading.ledger import Reason
from tests.support.words import WORDS

_WHITE = {Reason.LINE_BREAK, Reason.BLANK, Reason.EDGE_SPACE}


def outline(path: Path) -> list[str]:
    """The lines that say what is read of a source."""
    source = SourceText(path.name, "", path.read_bytes().decode("utf-8-sig"))
    lines, removed = read_lines(source, WORDS)
    parsed = parse_source(source, lines, removed, None, WORDS)
    result: list[str] = []
    for policy in parsed.policies:
        facts = (policy.title, policy.issuer, policy.document_number, policy.issued)
        result.append(" | ".join(fact or "-" for fact in facts))
        result += [f"{matter.role} | {_shown(matter.text)}" for matter in policy.front]
        result += [
            f"{clause.anchor} < {clause.parent or '-'} | {_shown(clause.wording)}"
            for clause in policy.clauses
        ]
        result += [f"{matter.role} | {_shown(matter.text)}" for matter in policy.back]
    result += [f"removed {one.reason} | {_shown(one.text)}" for one in removed if one.reason not in _WHITE]
    result += [f"fault | {problem.message}" for problem in parsed.problems]
    doubts = find_doubts(parsed, lines, WORDS)
    result += [f"doubt {doubt.kind.value} | {_shown(doubt.quote)}" for doubt in doubts]
    assert parsed.account.unaccounted == 0
    return result


def _shown(text: str) -> str:
    return text.replace("\n", "⏎").replace("\t", "⇥")


if __name__ == "__main__":
    for name in sys.argv[1:]:
        click.echo("\n".join(outline(Path(name))))
