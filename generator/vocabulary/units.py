"""Offices (单位): the words that tell who is responsible, and one name for each office across policies.

`generator/taxonomy/units.yml` explains its own keys, in Chinese. 市发改委, 省发展改革委 and 发展改革局 are one
office here, 发展改革: what was printed is kept beside it (`model.Unit`), never replaced.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.files.yamlfile import YamlFile
from generator.model import CorpusError, Problem, Unit
from generator.sitemap import UNIT, reserved_ids
from generator.vocabulary.folder import WordFolder
from generator.vocabulary.frozen import FrozenMap

FIELDS = ("lead", "responsible", "supporting", "due", "other")
ROLES = ("lead", "responsible", "supporting")

# What may follow the stem of an office's name: 发改|委, 市场监管|总局, 营口银保监|分局, 社保|中心.
_OFFICE = (
    r"(?:监督)?(?:管理)?(?:事务|工作|服务|事业)?(?:领导小组)?(?:综合)?"
    r"(?:委员会|委|总局|分局|支局|总署|署|局|厅|部|办公室|办|中心|院|司|处|室)"
)
# The place an office belongs to, before its stem: 市, 省委, 国家, 营口市, 国务院.
_LEVEL = re.compile(
    r"^(?:国家|全国|中央|国务院)|^[省市县区州旗盟](?:委(?=\S{2})|政府(?=\S{2}))?|^自治[区州县]"
)
# What stands for nobody in particular: 各区政府, 市有关单位.
_NOBODY = re.compile("各|有关|相关")
_BRACKETS = re.compile(r"[（(\[［【〔][^（()）\[\]［］【】〔〕]*[）)\]］】〕]")


@dataclass(frozen=True)
class Units:
    """The words of `units.yml`, in the order of the file.

    `offices` and `contains` map variant → name; `pages` maps group → name → id of the page that an office has.
    """

    fields: Mapping[str, tuple[str, ...]]
    roles: Mapping[str, tuple[str, ...]]
    endings: tuple[str, ...]
    collectives: tuple[str, ...]
    open_ended: tuple[str, ...]
    offices: Mapping[str, str]
    contains: Mapping[str, str]
    pages: Mapping[str, Mapping[str, str]]

    def unit(self, printed: str) -> Unit:
        """The office that was printed, with the name it is known by."""
        return Unit(printed, self.name(printed))

    def name(self, printed: str) -> str:
        """The name of an office across policies: 市发展改革委 → 发展改革.

        Level, place, brackets and the kind of office (局, 委, 厅) do not count. What stands for nobody in
        particular (各市、州、县人民政府; 省有关单位) and what the taxonomy does not know keep their own words,
        without white space; of 市审批局等市直相关部门 the office named counts.
        """
        whole = "".join(printed.split())
        plain = _BRACKETS.sub("", whole) or whole
        named = plain.partition("等")[0] or plain
        if _NOBODY.search(named):
            return whole
        stem = self._stem.search(named)
        if stem:
            return self.offices[stem[1]]
        for variant, name in self._contained:
            if variant in named:
                return name
        return self._bare(named)

    @staticmethod
    def is_collective(name: str) -> bool:
        """Whether a name stands for nobody in particular: 各区政府, 市有关单位."""
        return bool(_NOBODY.search(name))

    @cached_property
    def page_ids(self) -> Mapping[str, str]:
        """The id of the page of every office that has one, by its name."""
        return {name: id_ for group in self.pages.values() for name, id_ in group.items()}

    @staticmethod
    def _bare(named: str) -> str:
        """An unknown office without its level and kind, as far as two characters are left: 市地震局 → 地震."""
        without_level = _LEVEL.sub("", named, count=1)
        bare = re.sub("(?:委员会|委|总局|分局|总署|局|厅|部|办)$", "", without_level)
        return next(text for text in (bare, without_level, named) if len(text) >= 2 or text == named)

    @cached_property
    def _stem(self) -> re.Pattern[str]:
        """A known stem, the longest first, and the kind of office after it, at the end of the name."""
        stems = sorted(self.offices, key=lambda stem: (-len(stem), stem))
        return re.compile(f"({'|'.join(map(re.escape, stems))}){_OFFICE}$")

    @cached_property
    def _contained(self) -> tuple[tuple[str, str], ...]:
        return tuple(sorted(self.contains.items(), key=lambda item: (-len(item[0]), item[0])))


def read_units(lists: WordFolder) -> Units:
    """The words of responsibility.

    Raises `CorpusError` with every fault found, each with the line: what the schema refuses, a name that two offices
    have, a field listed under two roles.
    """
    file = lists.read("units")
    problems = [*_repeated(file, "fields"), *_repeated(file, "roles")]
    offices, more = _variants(file, "offices")
    contains, others = _variants(file, "contains")
    problems += [*more, *others, *_wrong_pages(file, {*offices.values(), *contains.values()})]
    if problems:
        raise CorpusError(sorted(problems))
    data = file.data
    return Units(
        fields=FrozenMap({key: tuple(data["fields"][key]) for key in FIELDS}),
        roles=FrozenMap({key: tuple(data["roles"][key]) for key in ROLES}),
        endings=tuple(data["endings"]),
        collectives=tuple(data["collectives"]),
        open_ended=tuple(data["open_ended"]),
        offices=FrozenMap(offices),
        contains=FrozenMap(contains),
        pages=FrozenMap({group: FrozenMap(dict(ids)) for group, ids in data["pages"].items()}),
    )


def _repeated(file: YamlFile, section: str) -> Iterator[Problem]:
    """A word that stands in two lists of a section, or twice in one."""
    seen: dict[str, str] = {}
    for key, words in file.data[section].items():
        for number, word in enumerate(words):
            if word in seen:
                yield file.problem((section, key, number), f"{word} 已列在 {seen[word]}。", "删去一处。")
            seen.setdefault(word, key)


def _wrong_pages(file: YamlFile, names: Container[str]) -> Iterator[Problem]:
    """A page of an office there is not, an office with two pages, two offices with one, a reserved id."""
    offices: set[str] = set()
    first = dict.fromkeys(reserved_ids(UNIT), "本站的目录页")
    for group, ids in file.data["pages"].items():
        for name, id_ in ids.items():
            path = ("pages", group, name)
            if name not in names:
                yield file.problem(path, f"没有通用名称“{name}”。", "请照抄 offices 或 contains 里的。")
            if name in offices:
                yield file.problem(path, f"{name} 列了两次。", "只留一处。")
            if id_ in first:
                yield file.problem(path, f"{id_} 已用于“{first[id_]}”。", "请换一个。")
            offices.add(name)
            first.setdefault(id_, name)


def _variants(file: YamlFile, section: str) -> tuple[dict[str, str], list[Problem]]:
    """Variant → name, each name being a variant of its own where `section` is `offices`."""
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for name, variants in file.data[section].items():
        own = [name] if section == "offices" else []
        for number, variant in enumerate([*own, *variants]):
            if variant in found:
                path = (section, name, number - len(own)) if number >= len(own) else (section, name)
                problems.append(file.problem(path, f"{variant} 已归入“{found[variant]}”。", "只能归入一处。"))
            found.setdefault(variant, name)
    return found, problems
