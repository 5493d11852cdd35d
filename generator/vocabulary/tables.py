"""The words by which tables are known: `generator/taxonomy/tables.yml`, which explains its own keys, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.vocabulary.folder import WordFolder
from generator.vocabulary.frozen import FrozenMap
from generator.vocabulary.patterns import any_of, spaced


@dataclass(frozen=True)
class TableWords:
    """The lists of `tables.yml` by name, and the patterns made of them."""

    lists: Mapping[str, tuple[str, ...]]

    def _any(self, name: str) -> str:
        return any_of(self.lists[name])

    @cached_property
    def serial_head(self) -> re.Pattern[str]:
        """The head of a column of serial numbers, alone in its cell: 序　号, 项目编号."""
        return re.compile(rf"{spaced(self.lists['serial_heads'])}|.{{0,4}}{self._any('serial_endings')}")

    @cached_property
    def figure_head(self) -> re.Pattern[str]:
        """The head of a column of figures that are no page numbers: 代 码."""
        return re.compile(spaced(self.lists["figure_heads"]))

    @cached_property
    def head_word(self) -> re.Pattern[str]:
        """A word of what columns are called: 一级指标, 责任单位, 完成时限."""
        return re.compile(self._any("head_words"))

    @cached_property
    def caption(self) -> re.Pattern[str]:
        """The name of a table, alone on its line: 任务分工表, 证明事项清单（2021年版）."""
        return re.compile(rf"[^，。；：]{{2,40}}{self._any('captions')}(?:[（(][^（）()]{{1,12}}[）)])?")

    @cached_property
    def remark(self) -> re.Pattern[str]:
        """How a remark below a table begins: 注：, 备注1：, 资料来源：."""
        return re.compile(rf"{self._any('remarks')}\s{{0,4}}\d?\s{{0,4}}[：:]")

    @cached_property
    def figure(self) -> re.Pattern[str]:
        """A cell that holds a figure: 95%, 1,200万元, —."""
        return re.compile(rf"[-—－+]?[\d,，.．°′″]{{1,24}}\s{{0,2}}{self._any('units')}?|[-—－/／]")


def read_tables(lists: WordFolder) -> TableWords:
    """The words of tables. Raises `CorpusError`, naming the line of what the schema refuses."""
    data = lists.read("tables").data
    return TableWords(FrozenMap({name: tuple(words) for name, words in data.items()}))
