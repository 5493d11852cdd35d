"""Metadata that a policy's own text prints: title, 文号, 机关, dates, status, genre, place.

What the text does not print is None and is never guessed; the sidecar may say more.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from generator.model import Jurisdiction
from generator.parsing.matter import NUMBER, Block
from generator.parsing.numerals import to_int

PROVINCES = [
    "北京市",
    "天津市",
    "上海市",
    "重庆市",
    "河北省",
    "山西省",
    "辽宁省",
    "吉林省",
    "黑龙江省",
    "江苏省",
    "浙江省",
    "安徽省",
    "福建省",
    "江西省",
    "山东省",
    "河南省",
    "湖北省",
    "湖南省",
    "广东省",
    "海南省",
    "四川省",
    "贵州省",
    "云南省",
    "陕西省",
    "甘肃省",
    "青海省",
    "台湾省",
    "内蒙古自治区",
    "广西壮族自治区",
    "西藏自治区",
    "宁夏回族自治区",
    "新疆维吾尔自治区",
    "香港特别行政区",
    "澳门特别行政区",
]

# 国务院《提升中小企业竞争力若干措施》
_ENTRY = re.compile(r"(?P<issuer>[^《》]{2,40})《(?P<title>.+)》$")
# 特制定《哈尔滨市优化营商环境改革措施66条》
_NAMED_IN_PREAMBLE = re.compile(r"制定(?:了|本)?《([^《》]+)》")
_NAMED_IN_NOTICE = re.compile(r"现将《([^《》]+(?:〈[^〈〉]+〉[^《》]*)?)》|^《([^《》]+)》(?:已|业)经")
_DATE = re.compile(r"((?:19|20)\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_HAN_DATE = re.compile(
    r"([二〇○零一三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日"
)
# 本条例自 2022 年 1 月 1 日起施行   本办法自发布之日起施行，有效期 5 年
_EFFECTIVE = re.compile(
    r"(?:本|该)?[^，。；《》]{0,12}?(自\s*(?:(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日|[^，。；\d]{2,6}之日)\s*起\s*(?:施行|实施|执行|生效)"
    r"(?:[，,]\s*有效期[^，。；]*)?)"
)
_STATUS = re.compile(r"讨论稿|征求意见稿|送审稿|草案|试行|暂行")
_GENRES = [
    "条例",
    "办法",
    "规定",
    "细则",
    "意见",
    "通知",
    "方案",
    "措施",
    "举措",
    "规划",
    "计划",
    "公告",
    "决定",
    "要点",
    "清单",
]
_NATIONAL = re.compile(r"国务院|国家|中共中央|中央|全国人")


@dataclass(frozen=True)
class Metadata:
    """What is known of a policy, from its text and then from its sidecar."""

    title: str | None = None
    issuer: str | None = None
    document_number: str | None = None
    issued: str | None = None
    effective: str | None = None
    status: str | None = None
    genre: str | None = None
    jurisdiction: Jurisdiction = field(default_factory=Jurisdiction)

    def overridden(self, values: dict[str, Any], jurisdiction: Jurisdiction | None) -> Metadata:
        """The metadata with what a sidecar says in its place."""
        changed = replace(self, **values)
        return replace(changed, jurisdiction=jurisdiction) if jurisdiction else changed


def read_metadata(
    entry: str | None, front: Sequence[Block], back: Sequence[Block], closing_texts: Sequence[str]
) -> Metadata:
    """Metadata as printed.

    `entry` is the policy's line in a compilation's 目录, `closing_texts` the last clauses in document order (a
    text says at its end from when it applies).
    """
    match = _ENTRY.fullmatch("".join(entry.split())) if entry else None
    title = match["title"] if match else entry or _title(front)
    signatures = [block.paragraph.text for block in (*front, *back) if block.role == "signature"]
    dates = [block.paragraph.text for block in (*front, *back) if block.role == "date"]
    number = next(
        (
            found[0]
            for block in front
            if block.role == "number" and (found := NUMBER.search(block.paragraph.text))
        ),
        None,
    )
    issuer = match["issuer"] if match else (signatures[-1] if signatures else None)
    remarks = " ".join(block.paragraph.text for block in front if block.role in ("remark", "title"))
    status = (
        found[0]
        if (found := _STATUS.search(remarks))
        else ("正式" if number or (signatures and dates) else None)
    )
    return Metadata(
        title=title,
        issuer=issuer,
        document_number="".join(number.split()) if number else None,
        issued=next((iso for text in reversed(dates) if (iso := iso_date(text))), None),
        effective=_effective(closing_texts),
        status=status,
        genre=_genre(title),
        jurisdiction=_jurisdiction(issuer, title),
    )


def iso_date(text: str) -> str | None:
    """The first date in `text` as YYYY-MM-DD: 2020年9月30日, 二〇二〇年九月三十日; None for none or an impossible one."""
    match = _DATE.search(text) or _HAN_DATE.search(text)
    if match is None:
        return None
    year, month, day = (to_int(part) or 0 for part in match.groups())
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return f"{year:04d}-{month:02d}-{day:02d}"


def _title(front: Sequence[Block]) -> str | None:
    titles = [block.paragraph for block in front if block.role == "title"]
    if titles:
        return "".join(
            "".join(line.text.split()) if _has_han(line.text) else line.text for line in titles[-1].lines
        )
    for block in front:
        found = _NAMED_IN_PREAMBLE.search(block.paragraph.text) or _NAMED_IN_NOTICE.search(
            block.paragraph.text
        )
        if found:
            return next(name for name in found.groups() if name)
    return None


def _effective(texts: Sequence[str]) -> str | None:
    for text in reversed(texts):
        found = _EFFECTIVE.search(text)
        if found:
            return iso_date(found[1]) or "".join(found[1].split())
    return None


def _genre(title: str | None) -> str | None:
    if title is None:
        return None
    places = {genre: title.rfind(genre) for genre in _GENRES}
    genre = max(places, key=lambda name: places[name])
    return genre if places[genre] >= 0 else None


def _jurisdiction(issuer: str | None, title: str | None) -> Jurisdiction:
    text = issuer or title or ""
    if _NATIONAL.match(text):
        return Jurisdiction(level="national")
    for province in PROVINCES:
        if text.startswith(province):
            rest = text.removeprefix(province)
            if re.match(r"[^《》，。]{2,6}?[市县区州盟旗]", rest):
                return Jurisdiction(province=province)  # whether a city or a county, its name does not say
            return Jurisdiction(level="province", province=province)
    return Jurisdiction()


def _has_han(text: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in text)
