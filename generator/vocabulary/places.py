"""Places that are known by name, read from `generator/taxonomy/places.yml`, which explains its own keys, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.vocabulary.folder import WordFolder
from generator.vocabulary.frozen import FrozenMap
from generator.vocabulary.patterns import any_of


@dataclass(frozen=True)
class PlaceNames:
    """The provinces by their full names (34 of them), and what the names of the State's own offices begin with.

    `ministries` tell the State's own texts where an id is proposed, and nowhere else; `romanised` are the names whose
    syllables alone would be those of another place, or of none.
    """

    provinces: tuple[str, ...]
    national: tuple[str, ...]
    ministries: tuple[str, ...]
    not_in_names: tuple[str, ...]
    romanised: Mapping[str, str]  # without 省 and the like → as the maps have it

    @cached_property
    def province(self) -> re.Pattern[str]:
        """Any province: 广东省, 新疆维吾尔自治区."""
        return re.compile(any_of(self.provinces))

    @cached_property
    def state(self) -> re.Pattern[str]:
        """The beginning of the name of an office of the State: 国务院办公厅."""
        return re.compile(any_of(self.national))

    @cached_property
    def central(self) -> re.Pattern[str]:
        """The same, or the beginning of the name of a ministry: 财政部."""
        return re.compile(any_of(self.national, self.ministries))

    @cached_property
    def no_name(self) -> re.Pattern[str]:
        """A word that no name of a place has in it: 优化."""
        return re.compile(any_of(self.not_in_names))

    @cached_property
    def in_title(self) -> re.Pattern[str]:
        """The beginning of a title that says itself whose it is, even of a place nobody declared.

        江州市优化营商环境条例, 成都市民营经济促进条例; not 优化全市营商环境…, 智慧城市….
        """
        name = rf"(?:(?!{any_of(self.not_in_names)})[\u4e00-\u9fff])"
        return re.compile(
            rf"(?![城都门]市)(?:{name}{{2,6}}?(?<![全各我本])"
            r"(?:省|(?<![城都上门])市(?!场)|县(?!域)|旗|区(?!域))"
            rf"|{name}{{2,9}}?自治[区州县]"
            r"|[\u4e00-\u9fff](?<![大中小新古名各])[城都门]市(?!场))"
        )


def read_places(lists: WordFolder) -> PlaceNames:
    """The places. Raises `CorpusError`, naming the line of what the schema refuses."""
    data = lists.read("places").data
    return PlaceNames(
        tuple(data["provinces"]),
        tuple(data["national"]),
        tuple(data["ministries"]),
        tuple(data["not_in_names"]),
        FrozenMap(data["romanised"]),
    )
