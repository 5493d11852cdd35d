"""Which quantities two clauses that say nearly the same have otherwise: 5个工作日 here, 9个工作日 there is what is asked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.folding import fold

SHOWN = 4  # of each clause

# 9 个工作日, 三个环节, 30%, 0.5天   — a number with what it counts; a date, an article or a document number has none,
# and in Han numerals only times and steps are promised (一件事, 一家牵头, 三项制度 are not)
_COUNTED = "个?(?:工作日|自然日|小时|分钟|环节|步骤|月(?![底末份0-9]))|天|日(?=内)"
_QUANTITY = re.compile(
    rf"(?<![0-9０-９.．第])(?:[0-9０-９]++(?:[.．][0-9０-９]++)?\s*(?:{_COUNTED}|项|件|份|次|元|万元|亿元|家|户|[%％‰])"
    rf"|(?<![一二两三四五六七八九十百半])[一二两三四五六七八九十百半]++\s*(?:{_COUNTED}))"
)


@dataclass(frozen=True)
class Differing:
    """The quantities that only one of two clauses has, as printed, each once, in the order of the text."""

    here: tuple[str, ...]
    there: tuple[str, ...]


def differing(here: str, there: str) -> Differing | None:
    """The quantities in which two wordings differ; None where they have the same ones, or too many to be told."""
    mine, other = list(_quantities(here)), list(_quantities(there))
    only_here, only_there = _without(mine, other), _without(other, mine)
    if not (only_here or only_there) or max(len(only_here), len(only_there)) > SHOWN:
        return None
    return Differing(only_here, only_there)


def _quantities(text: str) -> Iterator[str]:
    return ("".join(match[0].split()) for match in _QUANTITY.finditer(text))


def _without(quantities: Sequence[str], others: Sequence[str]) -> tuple[str, ...]:
    known = set(map(fold, others))
    return tuple(dict.fromkeys(one for one in quantities if fold(one) not in known))
