"""What stands around a text that was copied from a web page: menus above it, links and imprint below it.

Only the lines before and after the document are looked at, and only such as no document prints (扫一扫在手机打开当前页).
A line among them that might be text stays and is marked as suspect.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_SPACE = r"[\s　|｜·]{0,8}"
# 您现在的位置：首页 > 政务公开 > 政策文件   首页 › 政策
_TRAIL = r"(?:您?(?:现在|当前)?(?:的)?(?:所在)?位置\s{0,4}[：:]?.*|(?:网站)?首页\s{0,4}[>＞›»/].*|[^。；，]{1,20}(?:\s{0,4}[>＞›»]\s{0,4}[^。；，>]{1,20}){2,})"
# 字体：大 中 小   【字体：大 中 小】   字号 大 中 小   A+ A-
_SIZE = r"[【\[（(]?\s{0,4}(?:字体|字号)(?:大小)?\s{0,4}[：:]?[\s　\[【]{0,4}(?:特?[大中小][\]】\s　|]{0,4}){1,6}[】\]）)]?|视力保护色.*|A\+?\s{0,4}A-?"
_BUTTON = (
    r"(?:打\s{0,4}印(?:本页|此页|文章)?|关\s{0,4}闭(?:本页|窗口)?|收\s{0,4}藏(?:本页)?|分\s{0,4}享(?:本页|到.{0,12})?|返回(?:顶部|首页|列表|上页)?|下载(?:本文|PDF版?)?|我要纠错|纠错"
    r"|复制链接|一键复制|语音播报|听全文|繁體?|简体|无障碍(?:浏览)?|长者模式|扫一扫.{0,30}|微信|微博|QQ空间|朋友圈)"
)
_BUTTONS = rf"[【\[（(]?\s{{0,4}}{_BUTTON}\s{{0,4}}[】\]）)]?(?:{_SPACE}[【\[（(]?\s{{0,4}}{_BUTTON}\s{{0,4}}[】\]）)]?){{0,12}}"
_COUNTER = r"(?:浏览|访问|阅读|点击)(?:次数|量|数)?\s{0,4}[：:]?\s{0,4}\d*\s{0,4}次?"
_HEAD = re.compile(
    rf"(?:{_TRAIL}|{_SIZE}|{_BUTTONS}|{_COUNTER})(?:{_SPACE}(?:{_SIZE}|{_BUTTONS}|{_COUNTER})){{0,6}}"
)
_TAIL = re.compile(
    rf"(?:{_SIZE}|{_BUTTONS}|{_COUNTER}|扫一扫.{{0,30}}|用?手机(?:扫描|打开|浏览).{{0,20}}|【?\s{{0,4}}(?:我要)?纠错\s{{0,4}}】?"
    r"|[【\[]?(?:上|下)一(?:篇|条|页)[】\]]?\s{0,4}[：:].*|[【\[（(]?(?:责任|本文|信息|网站)?(?:编辑|编审|审核|校对|录入)(?:人|员)?\s{0,4}[：:][^。；]{0,30}"
    r"|相关(?:解读|链接|阅读|文件|文章|政策|附件|新闻|信息|报道|稿件)\s{0,4}[：:]?.{0,80}|(?:政策|文件|图文|一图)(?:图|视频)?解读\s{0,4}[：:].{0,80}|解读(?:链接|文件)\s{0,4}[：:].{0,80}"
    r"|(?:主办|承办|协办|版权所有|技术支持|网站标识码|联系我们|网站地图|关于我们|网站声明|隐私声明|地址|邮编)(?:单位)?\s{0,4}[：:©].{0,80}|(?:联系我们|网站地图|关于我们|网站声明|使用帮助)(?:[\s|｜]+(?:联系我们|网站地图|关于我们|网站声明|使用帮助))*"
    r"|.{0,20}ICP备.{0,30}|.{0,10}公网安备.{0,30}|[Cc]opyright.{0,80}|©.{0,80}|保护视力色.{0,80}|分享到?\s{0,4}[：:].{0,80}|来源\s{0,4}[：:].{0,30}|主题词\s{0,4}[：:]?$)"
)
# Lines that alone do not show that a web page ended, but do between others that show it.
_WEAK_TAIL = re.compile(
    r"(?:来源|地址|邮编|联系我们)\s{0,4}[：:]?.*|返回|下载|微信|微博|打\s{0,4}印|分\s{0,4}享|关\s{0,4}闭|收\s{0,4}藏|繁體?|简体"
)
_SHORT = 60  # characters
_HEAD_REACH = 12  # lines
_TAIL_REACH = 40  # lines


@dataclass
class Navigation:
    """The lines that are a web page's own, by index, and those that may be."""

    removed: set[int] = field(default_factory=set)
    suspects: dict[int, str] = field(default_factory=dict)  # why, in Chinese


def find_navigation(texts: Sequence[str]) -> Navigation:
    """The lines of menus, buttons, links and imprint around a document copied from a web page."""
    found = Navigation()
    head = [index for index in range(min(_HEAD_REACH, len(texts))) if _HEAD.fullmatch(texts[index])]
    found.removed.update(head)
    strong = [
        index
        for index in range(max(0, len(texts) - _TAIL_REACH), len(texts))
        if _TAIL.fullmatch(texts[index]) and not _WEAK_TAIL.fullmatch(texts[index])
    ]
    # Working up from the end: the tail begins at the first mark below which nothing is a sentence of a document.
    start = len(texts)
    for index in reversed(strong):
        if any(_is_text(text) for text in texts[index + 1 : start] if not _TAIL.fullmatch(text)):
            break
        start = index
    for index in range(start, len(texts)):
        if index in found.removed:
            continue
        if _TAIL.fullmatch(texts[index]):
            found.removed.add(index)
        else:
            found.suspects[index] = "这一行在网页的页尾文字之间，可能不是正文。"
    for index in strong:
        if index < start and index not in found.removed:
            found.suspects[index] = "这一行像网页上的文字，可能不是正文。"
    return found


def _is_text(text: str) -> bool:
    return len(text) > _SHORT or text.endswith(("。", "；", "："))
