"""Where the text of an office's web page stands: `generator/taxonomy/webpages.yml`, which explains its own keys."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.vocabulary.folder import WordFolder
from generator.vocabulary.frozen import FrozenMap
from generator.vocabulary.patterns import any_of, spaced

_SPACE = r"[\s　|｜·]{0,8}"
# 您现在的位置：首页 > 政务公开 > 政策文件   首页 › 政策
_TRAIL = r"(?:您?(?:现在|当前)?(?:的)?(?:所在)?位置\s{0,4}[：:]?.*|(?:网站)?首页\s{0,4}[>＞›»/].*|[^。；，]{1,20}(?:\s{0,4}[>＞›»]\s{0,4}[^。；，>]{1,20}){2,})"
_SCAN = r"扫一扫.{0,30}"
_TEXTS = (
    "containers",
    "apart",
    "titles",
    "facts",
    "documents",
)  # the lists that are of the page, and not of its words


@dataclass(frozen=True)
class PageWords:
    """What a web page says around the text it holds: menus, buttons, imprint. A pattern is of one line."""

    lists: Mapping[str, tuple[str, ...]]

    @cached_property
    def head(self) -> re.Pattern[str]:
        """A line above the text: 您现在的位置：首页 > 政务公开, 【字体：大 中 小】 打印."""
        tool = self._tool
        return re.compile(rf"(?:{_TRAIL}|{tool})(?:{_SPACE}(?:{tool})){{0,6}}+")

    @cached_property
    def tail(self) -> re.Pattern[str]:
        """A line below it: 责任编辑：某某, 相关解读：…, 版权所有：…, 某ICP备…."""
        menu, editors, related = self._any("menu"), self._any("editors"), self._any("related")
        return re.compile(
            rf"(?:{self._tool}|{_SCAN}|用?手机(?:扫描|打开|浏览).{{0,20}}|【?\s{{0,4}}(?:我要)?纠错\s{{0,4}}】?"
            r"|[【\[]?(?:上|下)一(?:篇|条|页)[】\]]?\s{0,4}[：:].*"
            rf"|[【\[（(]?(?:责任|本文|信息|网站)?{editors}(?:人|员)?\s{{0,4}}[：:][^。；]{{0,30}}"
            rf"|相关{related}\s{{0,4}}[：:]?.{{0,80}}|{self._any('readings')}(?:图|视频)?解读\s{{0,4}}[：:].{{0,80}}"
            r"|解读(?:链接|文件)\s{0,4}[：:].{0,80}"
            rf"|{self._any('imprint')}(?:单位)?\s{{0,4}}[：:©].{{0,80}}|{menu}(?:[\s|｜]+{menu})*"
            r"|.{0,20}ICP备.{0,30}|.{0,10}公网安备.{0,30}|[Cc]opyright.{0,80}|©.{0,80}|保护视力色.{0,80}"
            r"|分享到?\s{0,4}[：:].{0,80}|来源\s{0,4}[：:].{0,30}|主题词\s{0,4}[：:]?$)"
        )

    @cached_property
    def weak(self) -> re.Pattern[str]:
        """A line that does not show by itself that the page ended, but does between others that show it."""
        return re.compile(rf"{self._any('weak_labels')}\s{{0,4}}[：:]?.*|{spaced(self.lists['weak'])}")

    @property
    def _tool(self) -> str:
        """A size of letters, a run of buttons, a counter."""
        sizes = r"[：:]?[\s　\[【]{0,4}(?:特?[大中小][\]】\s　|]{0,4}){1,6}[】\]）)]?"
        size = (
            rf"[【\[（(]?\s{{0,4}}{self._any('sized')}(?:大小)?\s{{0,4}}{sizes}|视力保护色.*|A\+?\s{{0,4}}A-?"
        )
        button = rf"[【\[（(]?\s{{0,4}}(?:{spaced(self.lists['buttons'])}|分享到.{{0,12}}|{_SCAN})\s{{0,4}}[】\]）)]?"
        counter = rf"{self._any('counters')}(?:次数|量|数)?\s{{0,4}}[：:]?\s{{0,4}}\d*\s{{0,4}}次?"
        return rf"{size}|{button}(?:{_SPACE}{button}){{0,12}}+|{counter}"

    def _any(self, name: str) -> str:
        return any_of(self.lists[name])


@dataclass(frozen=True)
class Webpages:
    """What is known of the web pages of offices. Selectors are #id or .class."""

    containers: tuple[str, ...]
    apart: tuple[str, ...]
    titles: tuple[str, ...]
    facts: frozenset[str]
    documents: tuple[str, ...]  # suffixes of attachments
    words: PageWords


def read_webpages(lists: WordFolder) -> Webpages:
    """What is known of web pages. Raises `CorpusError`, naming the line of what the schema refuses."""
    data = lists.read("webpages").data
    return Webpages(
        tuple(data["containers"]),
        tuple(data["apart"]),
        tuple(data["titles"]),
        frozenset(data["facts"]),
        tuple(data["documents"]),
        PageWords(FrozenMap({name: tuple(words) for name, words in data.items() if name not in _TEXTS})),
    )
