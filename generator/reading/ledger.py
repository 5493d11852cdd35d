"""Why a character of a source is no text of a policy, and the book in which that is noted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum

from generator.model import Printed, Removed


class Reason(StrEnum):
    """Why a character of a source is no text of a policy. The value is what the reader is told."""

    LINE_BREAK = "换行"
    BLANK = "空行"
    EDGE_SPACE = "行首行尾空白"
    INVISIBLE = "不可见字符"
    HEADING_MARK = "Markdown 标题记号"
    BOLD_MARK = "Markdown 加粗记号"
    EMPHASIS_MARK = "Markdown 强调记号"
    LIST_MARK = "转换时加上的列表记号"
    QUOTE_MARK = "Markdown 引用记号"
    ESCAPE = "Markdown 转义符"
    LINK = "Markdown 链接"
    IMAGE = "图片"
    TABLE_MARK = "表格记号"
    TAG = "网页标记"
    ENTITY = "字符实体"
    COMMENT = "注释"
    FRONT_MATTER = "说明头"
    BLOCK_MARK = "文档网站的记号"
    RULE = "分隔线"
    PAGE_NUMBER = "页码"
    RUNNING_HEADER = "页眉或页脚"
    WEB_PAGE = "网页的导航与页脚"
    STRAY_MARK = "孤立的标点"
    COMPILATION = "汇编的封面与目录"


class Ledger:
    """Collects what is removed from one source."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.removed: list[Removed] = []

    def take(self, start: int, stop: int, reason: Reason, *, doubtful: bool = False) -> None:
        """Note the removal of the characters from `start` up to `stop`."""
        if start < stop:
            self.removed.append(Removed(start, stop, reason.value, self._text[start:stop], doubtful))

    def take_offsets(self, offsets: Iterable[int], reason: Reason, *, doubtful: bool = False) -> None:
        """Note the removal of characters, given by ascending offsets; neighbours are noted as one stretch."""
        for start, stop in stretches(offsets):
            self.take(start, stop, reason, doubtful=doubtful)

    def take_run(self, run: Printed, reason: Reason, *, doubtful: bool = False) -> None:
        """Note the removal of a run of characters that need not be adjacent in the file."""
        self.take_offsets(run.offsets, reason, doubtful=doubtful)

    def take_edges(self, run: Printed, blank: Reason) -> Printed:
        """The run without white space at its edges, which is noted; `blank`: what a run of nothing else is."""
        text = run.value
        start, stop = len(text) - len(text.lstrip()), len(text.rstrip())
        if start >= stop:
            self.take_run(run, blank)
            return Printed("", ())
        self.take_run(run.cut(0, start), Reason.EDGE_SPACE)
        self.take_run(run.cut(stop), Reason.EDGE_SPACE)
        return run.cut(start, stop)


def stretches(offsets: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Start and stop of each stretch of neighbours among ascending offsets."""
    first = stop = 0
    for offset in offsets:
        if offset != stop:
            if first < stop:
                yield first, stop
            first = offset
        stop = offset + 1
    if first < stop:
        yield first, stop
