"""Ids for policies that no sidecar names: from what the text prints, else from the file's name in pinyin.

A name is a file's own: it is made of the file alone, so that no other file can change it, and holds a few digits of a
hash of the file's path, so that no other file has it. Only a file that is named as an id is (yingkou-2020-14.txt)
gets that id as it is. An editor who publishes a policy declares its id in a sidecar.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Container, Iterable, Sequence
from itertools import chain, islice
from pathlib import PurePosixPath

from generator.model import Policy
from generator.parsing.contents import Part
from generator.parsing.matter import NUMBER
from generator.reading.sidecar import MAX_ID, is_policy_id
from generator.vocabulary import Vocabulary
from generator.vocabulary.documents import DocumentWords
from generator.vocabulary.patterns import any_of
from generator.vocabulary.places import PlaceNames

_HASH_LENGTH = 6  # hexadecimal digits
_LONGEST_NAME = 48  # characters of what stands before the hash
_HEAD = 40  # lines within which a text prints its number
_NO_NAME = "policy"
# 营口市营商环境…   辽宁省人民政府…   新疆维吾尔自治区…
_PLACE = re.compile(
    r"(?!关于|为|根据|第)(?P<name>[\u4e00-\u9fff]{2,8}?)(?:特别行政区|自治区|自治州|自治县|省|市|州|盟|县|区|旗)(?!场|级|直|政|民|内|外)"
)
# 国发〔2020〕1号   国办函〔2019〕3号   国令第722号   — the state itself
_STATE = re.compile(r"国(?:办)?(?:发|函|令)|中(?:办|发)")
_SHORT = 6  # characters of a title that make a short name
_RUN = re.compile(r"[a-z0-9]+|[^a-z0-9\s!-/:-@\[-`{-~]+")


def made_up_ids(path: str, parts: Sequence[Part]) -> list[str]:
    """An id for each policy of a source; `path` is that of the file below the sources folder.

    Every id has the form of `ID_PATTERN`. They stay as they are while the file keeps its path and the head of the
    text its place, year and number; the policies of a compilation are counted.
    """
    clean = PurePosixPath(path).with_suffix("").as_posix()
    digest = hashlib.sha256(path.encode("utf-8", "surrogateescape")).hexdigest()
    if len(parts) == 1:
        if is_policy_id(clean):
            return [clean]
        name = _printed(line.text for line in (*parts[0].heading, *parts[0].lines)) or _pinyin(clean)
        return [f"{name}-{digest[:_HASH_LENGTH]}"]
    name = f"{_pinyin(clean)}-{digest[:_HASH_LENGTH]}"
    return [f"{name}-{number}" for number in range(1, len(parts) + 1)]


def proposed_id(policy: Policy, taken: Container[str], words: Vocabulary) -> str:
    """An id for a policy that is to be published: <place>-<year>-<number or short name>, none that is `taken`.

    The place is the narrowest that the policy is known to be of, in pinyin as the maps have it (陕西 is shaanxi); the
    short name is of the words of its title. What the text does not print is undated, or the name alone.
    """
    number = re.findall(r"\d+", policy.document_number or "")
    year = str(policy.year or "undated")
    if len(number) == 2 and len(number[0]) == 4:
        year, rest = number[0], str(int(number[1][:6]))
    elif len(number) == 1 and len(number[0]) < 7:  # 国令第707号
        rest = str(int(number[0]))
    else:
        rest = _short_name(policy.title, words.documents)
    start = f"{_place_name(policy, words.places)}-{year}-{rest}"[:MAX_ID].rstrip("-")
    candidates = chain([start], (f"{start[: MAX_ID - 4]}-{count}" for count in range(2, 1000)))
    return next(one for one in candidates if one not in taken)


def _place_name(policy: Policy, places: PlaceNames) -> str:
    place = policy.jurisdiction
    if place.level == "national" or _STATE.match(policy.document_number or ""):
        return "national"
    texts = (place.county, place.city, policy.issuer, policy.title, place.province)
    for text in filter(None, texts):
        below = re.sub(rf"^{places.province.pattern}(?=[\u4e00-\u9fff]{{2,8}}?[市县区州盟旗])", "", text)
        found = _PLACE.match(below) or _PLACE.match(text)
        if found:
            return places.romanised.get(found["name"]) or _syllables(found["name"]) or _NO_NAME
    return "national" if places.central.match(policy.issuer or policy.title) else _NO_NAME


def _short_name(title: str, words: DocumentWords) -> str:
    """A few syllables of the words of a title that tell it from others."""
    core = re.sub(r"^.{0,20}?(?:关于|印发)|[《》“”（）()]|(?:19|20)\d\d年?", "", title)
    kinds = any_of(words.used_as("genre"))
    core = re.sub(rf"(?:的?(?:若干|实施|暂行|工作|行动)?{kinds})+$", "", core)
    core = core.removeprefix("印发")
    name = _syllables(core[-_SHORT:] if _PLACE.match(core) else core[:_SHORT])
    return name or _syllables(title[:_SHORT]) or _NO_NAME


def name_of_file(name: str) -> str:
    """A file's name as that of a source: small Latin letters, digits and hyphens."""
    return _pinyin(PurePosixPath(name).with_suffix("").name)


def _printed(lines: Iterable[str]) -> str | None:
    """Place, year and number as the head of a text prints them: yingkou-2020-14; None without a document number."""
    place = None
    for text in islice(lines, _HEAD):
        found = _PLACE.match("".join(text.split()))
        place = place or (found["name"] if found else None)
        if NUMBER.fullmatch(text.strip()):
            numbers = re.findall(r"\d+", text)
            if len(numbers) == 2 and len(numbers[0]) == 4:
                office = re.split(r"[^\u4e00-\u9fff]", text.strip())[0]
                year, number = (str(int(one[:MAX_ID])) for one in numbers)
                name = "national" if _STATE.match(office) else _syllables(place or office)
                return f"{name}-{year}-{number[:6]}"
    return None


def _pinyin(name: str) -> str:
    """A file's name in small Latin letters and digits, beginning with a letter."""
    folded = unicodedata.normalize("NFKC", PurePosixPath(name).name).lower()
    words = [run if run.isascii() else _syllables(run, "-") for run in _RUN.findall(folded)]
    text = "-".join(filter(None, words))
    if len(text) > _LONGEST_NAME:
        text = text[:_LONGEST_NAME].rpartition("-")[0] or text[:_LONGEST_NAME]
    if not text:
        return _NO_NAME
    return text if text[0].isalpha() else f"{_NO_NAME}-{text}"


def _syllables(text: str, between: str = "") -> str:
    """Chinese as pinyin without tones; what is no Chinese is left out."""
    from pypinyin import lazy_pinyin  # noqa: PLC0415 - its tables take a sixth of a second, and most sites need none

    return between.join(one for one in lazy_pinyin(text, errors="ignore") if re.fullmatch("[a-z]+", one))
