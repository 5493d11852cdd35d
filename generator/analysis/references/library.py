"""Which policy of the corpus a title or a 文号 names, if any.

A number decides. A title decides where it tells whose it is: the State Council's 《优化营商环境条例》 is no
province's, and a province's has its place in its title (《贵州省优化营商环境条例》) or right before it
(贵州省《优化营商环境条例》). Where that is not so, no policy is named: a missing link is better than a wrong one.
Of several versions of one work the one is meant that holds on the day of the text that names it (`versions`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from generator.analysis.references.mentions import Mention, SerialKey, find_mentions, serial_keys, squeeze
from generator.analysis.versions import version_before, version_day, version_on
from generator.model import Jurisdiction, Policy
from generator.vocabulary import Vocabulary
from generator.vocabulary.indicators import fold
from generator.vocabulary.places import PlaceNames

_BRACKETS = str.maketrans("()《》", "（）〈〉")
_PLACE_ENDING = re.compile(r"(?:(?:壮族|回族|维吾尔)?自治区|特别行政区|自治[州县]|[省市县区州盟旗])$")
# 人民政府办公厅, 发展改革委等5部门   — an office, by the end of its name
_OFFICE = r"[^，。；、《》〈〉]{0,20}(?:政府|[厅局委办部院署会室]|中心|海关)(?:等\d*部门)?"
_LOCAL_OFFICE = re.compile(rf"(?:省|市(?!场)|县|区(?!域)|州|旗){_OFFICE}$")
_NATIONAL = re.compile(rf"(?:中华人民共和国|国务院|国家|中共中央|中央|全国人大)?(?:{_OFFICE})?")
# 省…贯彻国务院办公厅《…》   — a place and an office that is not its own
_NOT_ITS_OWN = re.compile("国务院|国家|中央|全国|贯彻|落实|执行|按照|根据|推广")
_OWN_PLACE = re.compile(r"[我本]([省市县区州])$")
_SHORTEST_DISTINCT = 8  # characters of a title that says enough without a place, in a text of the same place
_SHORTEST_NAME = 4  # characters of a short name that says something outside the text that declares it
_SHORTEST_PLACE = 2
_TITLE_HEAD = 12  # characters of a title in which its place stands


@dataclass(frozen=True)
class Document:
    """A document named in a text, and the policy of the corpus that it is, if any."""

    mention: Mention
    policy: Policy | None
    version: str | None = None  # the day of the version, where the corpus has several: an ISO date


def title_key(title: str) -> str:
    """What titles are compared by: white space, quotation marks and the width and kind of brackets do not count."""
    return fold(title).translate(_BRACKETS)


def document_key(title: str) -> str:
    """What a document that is not in the corpus is known by: its title key; 中华人民共和国 before it does not count."""
    return title_key(title).removeprefix("中华人民共和国")


def is_one_work(policies: Sequence[Policy], places: PlaceNames) -> bool:
    """Whether policies are versions of one work: they have one title and, where it names no place, one place."""
    if len({title_key(policy.title) for policy in policies}) > 1:
        return False
    owners = {(policy.jurisdiction, policy.issuer) for policy in policies if policy.issuer}
    one_place = len({policy.jurisdiction for policy in policies}) == 1
    return names_its_place(policies[0].title, places) or (one_place and len(owners) <= 1)


def names_its_place(title: str, places: PlaceNames) -> bool:
    """Whether a title says itself whose it is: 江州市优化营商环境条例."""
    return places.in_title.match(title) is not None


def place_names(jurisdiction: Jurisdiction) -> set[str]:
    """What the narrowest known place is called: 贵州省, 贵州; 永康市, 浙江省永康市, 金华市永康市, 永康."""
    known = [one for one in (jurisdiction.province, jurisdiction.city, jurisdiction.county) if one]
    if not known:
        return set()
    *above, place = known
    chains = [chain for count in range(len(above) + 1) for chain in combinations(above, count)]
    names = {"".join((*chain, place)) for chain in chains}
    short = _PLACE_ENDING.sub("", place)
    return names | {short} if len(short) >= _SHORTEST_PLACE else names


class Library:
    """The policies of a corpus by what they are cited by.

    `names` has, by policy id, the short names that its own or another policy's text declares for it, those left
    out that mean something only inside that text (《条例》).
    """

    def __init__(self, policies: Sequence[Policy], words: Vocabulary) -> None:
        self._words = words.documents
        self._parts = words.parts
        self._names = words.places
        self._places = {policy.id: place_names(policy.jurisdiction) for policy in policies}
        self._known_places = {place for places in self._places.values() for place in places}
        for province in words.places.provinces:
            self._known_places |= place_names(Jurisdiction(province=province))
        self._by_number: defaultdict[SerialKey, list[Policy]] = defaultdict(list)
        self._by_title: defaultdict[str, list[Policy]] = defaultdict(list)
        self._by_name: defaultdict[str, list[Policy]] = defaultdict(list)
        for policy in policies:
            for key in serial_keys(policy.document_number or ""):
                self._by_number[key].append(policy)
            self._by_title[title_key(policy.title)].append(policy)
            for name in policy.short_names:
                self._by_name[title_key(name)].append(policy)
        self._declared = {policy.id: dict(self._declarations(policy)) for policy in policies}
        self.names = self._public_names()
        by_id = {policy.id: policy for policy in policies}
        for id_, names in self.names.items():
            for name in names:
                if by_id[id_] not in self._by_name[title_key(name)]:
                    self._by_name[title_key(name)].append(by_id[id_])

    def declared(self, policy: Policy) -> Mapping[str, Document]:
        """The documents that the text of a policy gives a short name: 条例, by its `title_key`."""
        return self._declared[policy.id]

    def document(self, mention: Mention, citing: Policy, *, former: bool = False) -> Document:
        """The document that a mention in the text of `citing` means; a short name declared there stands for its title.

        `former` is whether the text says that the document is repealed: then its own title means the version before.
        """
        if mention.title is not None and mention.number is None:
            declared = self._declared[citing.id].get(title_key(mention.title))
            if declared is not None:
                return declared
        return self._found(mention, citing, former=former)

    def full_title(self, document: Document, citing: Policy) -> str | None:
        """The title of a document with the place it is printed after: 贵州省《优化营商环境条例》 is 贵州省优化营商环境条例."""
        title = document.mention.title
        if title is None:
            return None
        owner = self._owner(document.mention, citing)
        return title if title.startswith(owner) else owner + title

    def _found(self, mention: Mention, citing: Policy, *, former: bool = False) -> Document:
        """The document with the only policy, or the only version of it, that a mention names."""
        found = self._policies(mention, citing)
        if len(found) > 1 and is_one_work(found, self._names):
            if former and citing in found:
                meant = version_before(found, citing)
            else:
                meant = version_on(found, version_day(citing))
            return Document(mention, meant, version_day(meant) if meant else None)
        return Document(mention, found[0] if len(found) == 1 else None)

    def _policies(self, mention: Mention, citing: Policy) -> Sequence[Policy]:
        """The policies that a mention may name by number, by title or by short name."""
        keys = serial_keys(mention.number or "")
        numbered = [one for key in keys for one in self._by_number.get(key, ())]
        if numbered or mention.title is None:
            return numbered
        found = self._titled(mention, citing) or self._by_name.get(title_key(mention.title), [])
        return [one for one in found if not (keys and one.document_number)]

    def _titled(self, mention: Mention, citing: Policy) -> list[Policy]:
        """The policies with the title of a mention, the owner before it and 的通知 after it left out."""
        full = title_key(mention.title or "")
        for key in dict.fromkeys((full, self._words.notice_end.sub("", full))):
            for start in range(len(key)):
                titled = self._by_title.get(key[start:], [])
                owner = self._parts.issuing_end.sub("", key[:start])
                found = [one for one in titled if self._belongs(one, owner, mention, citing)]
                if found:
                    return found
        return []

    def _belongs(self, policy: Policy, owner: str, mention: Mention, citing: Policy) -> bool:
        """Whether a policy of the printed title is the one meant; `owner` is what stands before it in the 《》."""
        places = self._places[policy.id]
        national = policy.jurisdiction.level == "national"
        placed = any(place in policy.title[:_TITLE_HEAD] for place in places) or names_its_place(
            policy.title, self._names
        )
        if owner:
            if owner in (policy.jurisdiction.province, policy.jurisdiction.city) and owner not in places:
                return placed  # 《安徽省…条例》 is not 滁州市's, whoever is printed as issuer
            if owner == title_key(policy.issuer or "") or self._place_in(owner) in places:
                return True
            if placed:
                return owner[:_SHORTEST_PLACE] == policy.title[:_SHORTEST_PLACE]
            return national and bool(_NATIONAL.fullmatch(owner)) and not _LOCAL_OFFICE.search(owner)
        if placed or (policy.issuer and mention.before.endswith(policy.issuer)):
            return True
        owner = self._owner(mention, citing)
        if owner:
            return owner in places
        if national:
            return not _LOCAL_OFFICE.search(mention.before)
        return (
            (citing.id == policy.id or _within(citing.jurisdiction, policy.jurisdiction))
            and not policy.title.endswith(self._words.laws)
            and len(policy.title) >= _SHORTEST_DISTINCT
        )

    def _owner(self, mention: Mention, citing: Policy) -> str:
        """The place whose document a title is, by what stands right before it: 贵州省《…》, 贵州省财政厅《…》, 我省《…》."""
        own = _OWN_PLACE.search(mention.before)
        if own:
            where = citing.jurisdiction
            places = (where.province, where.city, where.county)
            return next((place for place in places if place and place.endswith(own[1])), "")
        starts = range(len(mention.before))
        return next(filter(None, (self._place_in(mention.before[start:]) for start in starts)), "")

    def _place_in(self, owner: str) -> str:
        """The place that an owner is, or is an office of: 贵州省, 贵州省人民政府办公厅; empty for others."""
        for stop in range(len(owner), 1, -1):
            office = owner[stop:]
            its_own = not office or (re.fullmatch(_OFFICE, office) and not _NOT_ITS_OWN.search(office))
            if its_own and owner[:stop] in self._known_places:
                return owner[:stop]
        return ""

    def _declarations(self, policy: Policy) -> Iterator[tuple[str, Document]]:
        """The short names that a text declares, the last first so that the first one counts."""
        texts = [*(matter.text for matter in policy.front), *(clause.wording for clause in policy.clauses)]
        for text in reversed(texts):
            if "称" not in text:
                continue
            for mention in reversed(find_mentions(squeeze(text).value, self._words)):
                for name in mention.short_names:
                    yield title_key(name), self._found(mention, policy)

    def _public_names(self) -> dict[str, tuple[str, ...]]:
        """Of all declared short names those that name a policy of the corpus in any text."""
        names: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for declared in self._declared.values():
            for document in declared.values():
                for name in document.mention.short_names:
                    if document.policy and len(name) >= _SHORTEST_NAME and not self._words.is_generic(name):
                        names[document.policy.id][name] = None
        return {id_: tuple(sorted(known)) for id_, known in names.items()}


def _within(inner: Jurisdiction, outer: Jurisdiction) -> bool:
    """Whether one place is another or lies in it."""
    pairs = ((inner.province, outer.province), (inner.city, outer.city), (inner.county, outer.county))
    return outer.province is not None and all(theirs in (None, own) for own, theirs in pairs)
