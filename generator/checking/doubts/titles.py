"""A title at odds with the text it stands over.

The title names a place, a kind of document, a number of measures and a subject; the text says 本省 or 本市, 本办法
or 本通知, numbers its measures and names its subject. Only clear contradictions are told.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from types import MappingProxyType

from generator.checking.doubts.passages import Finding, Passage, PolicyText
from generator.eid import COVER
from generator.model import DoubtKind, Style
from generator.parsing.numerals import HAN_DIGITS, to_int
from generator.vocabulary import Vocabulary
from generator.vocabulary.documents import DocumentWords
from generator.vocabulary.places import PlaceNames

_SELF = r"(?<![基成资根文版样标])[本我全]"
# 本市行政区域内   结合我市实际   — says of itself where the text holds
_DECISIVE = re.compile("行政区域|实际")
_ENOUGH = 2  # mentions, if none of them is decisive
# 广东省广州市南沙区…   — the chain of places at the beginning of an issuer or a title
_CITY = re.compile(r"[\u4e00-\u9fff]{1,6}?(?:市(?!场)|自治州)")
_COUNTY = re.compile(r"[\u4e00-\u9fff]{1,6}?(?:县|区(?!域)|市(?!场))")

_ALIKE: Mapping[str, str] = MappingProxyType({"举措": "措施"})

# 改革措施66条   二十一条举措   30项措施   (not 一条龙, 条例, 第九十三条)
_COUNT = re.compile(
    rf"(?<![第\d{HAN_DIGITS}])(\d{{1,3}}|[{HAN_DIGITS}]{{1,5}})\s*(?:条(?![例件龙线款])|项(?=措施|举措|政策|任务|行动))"
)
_FEWEST = 5  # measures: a smaller number is part of a name

_SUBJECT_OCCURRENCES = 5

# 特制定《…措施66条》   现将《…方案》印发给你们   《…方案》业经…审议通过
_NAMED = re.compile(r"(?:制定(?:了|本)?|现将)《([^《》]+)》|《([^《》]+)》(?:已|业)经")
_SIMILAR = 0.7
_LONGEST_NAME = 200  # characters


def title_at_odds(text: PolicyText, words: Vocabulary) -> Iterator[Finding]:
    """The contradictions between a policy's title and its text."""
    if "title" not in text.policy.read_from:
        return  # it is the name of the file, which nobody printed
    title = text.policy.title
    passage = _title_passage(text)
    start = max(passage.text.find(title), 0)
    explanations = (
        _place(text, words.places),
        _genre(text, words.documents),
        _number_of_measures(text),
        _subject(text, words.documents),
        _own_name(text),
    )
    for explanation in explanations:
        if explanation:
            yield Finding(DoubtKind.TITLE, passage, start, len(passage.text), explanation)


def _title_passage(text: PolicyText) -> Passage:
    """Where the title is printed; where it is not, the title at the first line of the policy."""
    policy = text.policy
    squeezed = "".join(policy.title.split())
    for matter, passage in zip(policy.front, text.front, strict=True):
        if matter.role == "title" and squeezed in "".join(passage.text.split()):
            return passage
    return Passage(policy.id, policy.title, policy.place)


def _place(text: PolicyText, places: PlaceNames) -> str | None:
    """安徽省 over a text that says 本市 and never 本省."""
    place = _place_of(text.policy.issuer, text.policy.title, places)
    if place is None:
        return None
    level = place[-1]  # 省, 市, 县, 区 (自治区 too), 州
    counts: Counter[str] = Counter()
    first: dict[str, Passage] = {}
    for passage in text.clauses:
        for match in re.finditer(rf"{_SELF}([省市县区州])(?![场域])", passage.text):
            if match[0][0] != "全" or match[1] == level:
                counts[match[1]] += _ENOUGH if _DECISIVE.match(passage.text, match.end()) else 1
                first.setdefault(match[1], passage)
    other, count = max(counts.items(), key=lambda item: item[1], default=("", 0))
    if counts[level] or count < _ENOUGH:
        return None
    where = first[other].line(0)
    return f"标题署“{place}”，正文却称“本{other}”（首见第 {where} 行），不称“本{level}”。"


def _place_of(issuer: str | None, title: str, places: PlaceNames) -> str | None:
    """The narrowest place at the beginning of the issuer or, without one, of the title."""
    text = issuer or title
    province = places.province.match(text)
    position = province.end() if province else 0
    found = province[0] if province else None
    for pattern in (_CITY, _COUNTY):
        match = pattern.match(text, position)
        if match and not places.no_name.search(match[0]):
            position, found = match.end(), text[: match.end()]
    return found


def _genre(text: PolicyText, words: DocumentWords) -> str | None:
    """措施 over a text that calls itself 本通知. What a covering notice says of itself does not count."""
    own = {_ALIKE.get(genre, genre) for genre in words.self_kind.findall(text.policy.title)}
    if not own:
        return None
    said: Counter[str] = Counter()
    first: dict[str, int] = {}
    for passage in text.clauses:
        if passage.anchor is not None and passage.anchor.root == COVER:
            continue
        for match in words.self_name.finditer(passage.text):
            said[match[1]] += 1
            first.setdefault(match[1], passage.line(match.start()))
    if not said or any(_ALIKE.get(genre, genre) in own for genre in said):
        return None
    genre, count = said.most_common(1)[0]
    return f"标题作“{'、'.join(sorted(own))}”，正文自称“本{genre}”（{count} 处，首见第 {first[genre]} 行）。"


def _number_of_measures(text: PolicyText) -> str | None:
    """66条 over a text of another number of measures."""
    match = _COUNT.search(text.policy.title)
    number = to_int(match[1]) if match else None
    if match is None or number is None or number < _FEWEST:
        return None
    counts: Counter[Style] = Counter()
    samples: dict[Style, str] = {}
    for clause in text.policy.clauses:
        label = clause.lines[0].label if clause.label and clause.lines else None
        if label is not None:
            counts[label.style] += 1
            samples.setdefault(label.style, label.printed)
    if not counts or number in counts.values():
        return None
    listed = "、".join(f"“{samples[style]}”一类 {count} 个" for style, count in counts.most_common())
    return f"标题作“{match[0]}”，正文的编号没有一类是 {number} 个：{listed}。"


def _subject(text: PolicyText, words: DocumentWords) -> str | None:
    """核准出口商 over a text that always says 经核准出口商."""
    match = words.law_title.fullmatch(text.policy.title)
    if match is None:
        return None
    subject = match[1]
    before = Counter(
        passage.text[found.start() - 1 : found.start()]
        for passage in text.clauses
        for found in re.finditer(re.escape(subject), passage.text)
    )
    total = sum(before.values())
    if total < _SUBJECT_OCCURRENCES:
        return None
    character, count = before.most_common(1)[0]
    if count < total or not re.fullmatch(r"[\u4e00-\u9fff]", character) or character in "的和与及对":
        return None
    return f"标题作“{subject}”，正文 {total} 处都作“{character}{subject}”。"


def _own_name(text: PolicyText) -> str | None:
    """A title that differs by some characters from the name the text gives itself."""
    title = _letters(text.policy.title)
    for passage in (*text.front, *text.clauses[:1]):
        for match in _NAMED.finditer(passage.text):
            name = match[1] or match[2]
            letters = _letters(name)
            if letters in title or title in letters:
                return None
            if len(letters) > _LONGEST_NAME or len(title) > _LONGEST_NAME:
                continue
            if SequenceMatcher(None, letters, title, autojunk=False).ratio() >= _SIMILAR:
                return f"正文称《{name}》（第 {passage.line(match.start())} 行），与标题不同。"
    return None


def _letters(text: str) -> str:
    """The text without punctuation and white space."""
    return "".join(character for character in text if character.isalnum())
