"""The ten topics of the World Bank's B-READY report, beside the 18 indicators (CONTRACT.md, Indicators).

`generator/taxonomy/b_ready.yml` names and describes them; which indicator belongs to which is said with the
indicator, in `indicators.yml`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from generator.model import CorpusError
from generator.vocabulary.folder import WordFolder
from generator.vocabulary.indicators import B_READY_TOPICS, Indicator, Taxonomy


@dataclass(frozen=True)
class Topic:
    """A topic of B-READY with the indicators that belong to it, in their order."""

    id: str  # business-entry
    name: str  # 企业准入
    english: str  # Business Entry
    description: str
    indicators: tuple[Indicator, ...]


def read_topics(lists: WordFolder, taxonomy: Taxonomy) -> tuple[Topic, ...]:
    """The topics in the order of the file, each with its indicators.

    Raises `CorpusError`, naming the line: what the schema refuses, a topic that is described twice or not at all.
    """
    file = lists.read("b_ready")
    entries: list[Mapping[str, str]] = file.data["topics"]
    problems = [
        file.problem(("topics", number, key), f"{entry[key]} 重复。", "删去一处。")
        for key in ("id", "english")
        for number, entry in enumerate(entries)
        if entry[key] in [other[key] for other in entries[:number]]
    ]
    described = {entry["english"] for entry in entries}
    problems += [
        file.problem(("topics",), f"缺少主题 {topic}。") for topic in B_READY_TOPICS if topic not in described
    ]
    if problems:
        raise CorpusError(problems)
    return tuple(
        Topic(
            entry["id"],
            entry["name"],
            entry["english"],
            entry["description"],
            tuple(one for one in taxonomy.indicators if one.b_ready == entry["english"]),
        )
        for entry in entries
    )
