"""Ids for policies that no sidecar names: from what the text prints, else from the file's name in pinyin.

A name is a file's own: it is made of the file alone, so that no other file can change it, and holds a few digits of a
hash of the file's path, so that no other file has it. Only a file that is named as an id is (yingkou-2020-14.txt)
gets that id as it is. An editor who publishes a policy declares its id in a sidecar.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import PurePosixPath

from generator.parsing.contents import Part
from generator.parsing.matter import NUMBER
from generator.reading.sidecar import MAX_ID, is_policy_id

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
