"""What in a clause points at clauses of its own policy: 本办法第九条、第十条, 本条第一款, 前款, 第二十条至第二十三条.

Works on text without white space. A reading is certain, or it is not made: a number that may belong to another
document (《民法典》第五条, 该办法第三条), or that only counts (第一责任人, 第三方, 第一条生产线), is left alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType

from generator.analysis.references.places import Places, Position, position_of
from generator.analysis.references.pointers import (
    FOLLOWS_CLAUSE,
    RANK,
    ROWS,
    SAME_ARTICLE,
    UNIT,
    Pointer,
    read_pointer,
)
from generator.eid import COVER, MAIN_TEXT
from generator.model import Clause, Eid, Kind
from generator.parsing.numerals import HAN_DIGITS, to_int
from generator.vocabulary.documents import DocumentWords

# 表1第2行 where 表 is a word of its own: not 附表1, 报表1
_HEAD = re.compile(
    rf"[本前上第]|附件|[同该]条|(?:^|(?<=[见照按据在对将把由和与及至或的、，：；。（(]))表(?=[\d{HAN_DIGITS}])"
)
# 本条   本款   本章   (not 基本条件, 成本款, 本条例, 本项目)
_OWN_CLAUSE = re.compile(rf"(?<![基成资根文版样标原])本(?P<unit>{UNIT})")
# 前款   前两条   前3项   上一款   (not 目前款, 以上条款, 网上项)
_PRECEDING = re.compile(
    rf"(?:(?<![目之以提此先生空事年月日天时期当眼])前|(?:^|(?<=[照据反除有和与及，、：；。的条]))上)"
    rf"(?P<count>[{HAN_DIGITS}\d])?(?P<unit>(?=[条款项]){UNIT})"
)
# What makes a number that of another text: 该条第二款, 其第三条, 《…》的第三条
_NOT_OWN = re.compile(r"(?:[该其同条款项章节编》]|》的)$")
# What says that a 条 is meant, whatever follows it: 依照第九条给予处分
_CITING = re.compile("(?:依照|按照|根据|依据|违反|参照|比照|适用|符合)$")
_SENTENCE_END = re.compile("[。；;！？]")
# 见附件   （附件）
_ATTACHMENT = re.compile(r"(?<=[见（(])附件(?![\d一二三四五六七八九十])")
# 关于修改〈…条例〉的决定: 本条例 in it is the law that it amends, 第三条 that law's
_CHANGING = "关于(?:修改|修订|修正|废止)"
_AMENDING = re.compile(f"{_CHANGING}(?:(?!{_CHANGING}).)*的(?:决定|公告|通知)")
_GROUPS: Mapping[str, Kind] = MappingProxyType({"编": Kind.PART, "章": Kind.CHAPTER, "节": Kind.SECTION})


@dataclass(frozen=True)
class ClauseText:
    """A clause's text without label and white space. `free` are the stretches that no document named in it takes up.

    `documents` are the ends of the documents named, in order: a number later in the same sentence may be theirs.
    """

    clause: Clause
    text: str
    free: tuple[tuple[int, int], ...]
    documents: tuple[int, ...]

    def after_document(self, start: int, since: int = 0) -> bool:
        """Whether a document is named before `start`, and not before `since`, in the same sentence."""
        document = bisect_right(self.documents, start) - 1
        return (
            document >= 0
            and self.documents[document] >= since
            and self.same_sentence(self.documents[document], start)
        )

    def same_sentence(self, start: int, stop: int) -> bool:
        """Whether no sentence or part of one (；) ends between two places."""
        return bisect_left(self._sentence_ends, start) == bisect_left(self._sentence_ends, stop)

    @cached_property
    def _sentence_ends(self) -> list[int]:
        return [match.start() for match in _SENTENCE_END.finditer(self.text)]


@dataclass(frozen=True)
class Internal:
    """A pointer into the policy itself: where it stands in the text, and the anchors it leads to."""

    start: int
    stop: int
    anchors: tuple[Eid, ...] = ()


@dataclass(frozen=True)
class _Foreign:
    """Clause numbers that are another text's, or no clause's: to be passed over as a whole."""

    stop: int


class InternalReader:
    """Reads the pointers in the clauses of one policy. `title` is the policy's, for what it calls itself."""

    def __init__(self, title: str, places: Places, words: DocumentWords) -> None:
        self._title = title
        self._places = places
        self._words = words
        self._amending = _AMENDING.search(title) is not None

    def read(self, text: ClauseText) -> Iterator[Internal]:
        """Every pointer in a clause, in order, none over another and none over a document."""
        article = 0  # where the last 第九条 ended: a 款 after it in the same sentence may be of that 条
        before: Internal | None = None
        for first, last in text.free:
            position = first
            while head := _HEAD.search(text.text, position, last):
                start = head.start()
                if SAME_ARTICLE.match(text.text, start):
                    found = self._same_article(text, start, before)
                else:
                    found = self._at(text, start, article)
                if found and found.stop > last:
                    break  # it runs into a document: no text does
                if isinstance(found, Internal):
                    yield found
                before = found if isinstance(found, Internal) else None if found else before
                position = found.stop if found else start + 1
                if (
                    found
                    and "条" in text.text[start : found.stop]
                    and not text.text.startswith("本条", start)
                ):
                    article = found.stop

    def _at(self, text: ClauseText, start: int, article: int) -> Internal | _Foreign | None:
        """The pointer that begins at `start`, if one does; `article` is where the last 第九条 before it ended."""
        amending = self._amending and not text.clause.anchor.root
        match text.text[start]:
            case "第" | "前" | "上" if amending:
                return None
            case "本" if amending:
                return self._own_document(text, start)
            case "本":
                return self._own_document(text, start) or self._own_clause(text, start)
            case "第":
                return self._bare(text, start, article)
            case "附":
                return self._attachment(text, start)
            case "表":
                return self._table(text, start)
            case _:
                return self._preceding(text, start)

    def _own_document(self, text: ClauseText, start: int) -> Internal | _Foreign | None:
        """本办法第九条、第十条: kept where the number does not exist, for the text says whose it is."""
        name = self._words.own_name.match(text.text, start)
        pointer = read_pointer(text.text, name.end()) if name else None
        if name is None or pointer is None:
            return None
        if self._amending and not text.clause.anchor.root and not self._title.endswith(name[1]):
            return _Foreign(pointer.stop)
        for root in self._roots(text.clause, name[1]):
            anchors = self._places.find([root], pointer.paths)
            if anchors:
                break
        if not anchors and pointer.paths[0][0].unit in ROWS:
            return _Foreign(pointer.stop)  # 本方案第二组: of what it plans
        return Internal(start, pointer.stop, tuple(anchors))

    def _roots(self, clause: Clause, kind: str) -> list[Eid]:
        """The texts that a clause may mean by 本办法, the likeliest first: the main text, the notice, the attachment."""
        root = clause.anchor.root
        main_first = root and (kind != "通知" if root == COVER else kind in self._title)
        return [MAIN_TEXT, root] if main_first else [root, MAIN_TEXT]

    def _own_clause(self, text: ClauseText, start: int) -> Internal | None:
        """本条, 本条第一款第一项, 本款第（二）项, 本条前两款, 本章."""
        match = _OWN_CLAUSE.match(text.text, start)
        place = self._own_place(text.clause, match["unit"]) if match else None
        if match is None or place is None:
            return None
        preceding = self._preceding(text, match.end()) if match["unit"] == "条" else None
        if preceding:
            return Internal(start, preceding.stop, preceding.anchors)
        return self._led_on([place], text, start, match.end())

    def _own_place(self, clause: Clause, unit: str) -> Eid | None:
        """The place of the clause, or of the one above it, that 本条, 本款, 本项 or 本章 is."""
        position = position_of(clause)
        if position and unit in ("条", "款", "项"):
            if unit == "项":
                return position.paragraph.below(Kind.POINT, position.point) if position.point else None
            return position.article if unit == "条" else position.paragraph
        if unit in _GROUPS and self._places.is_law(clause.anchor.root):
            above = (one for one in (clause, *self._places.above(clause)) if one.kind is _GROUPS[unit])
            return next((one.anchor for one in above), None)
        return None

    def _preceding(self, text: ClauseText, start: int) -> Internal | None:
        """前款, 前两款, 前条第二款, 前项."""
        match = _PRECEDING.match(text.text, start)
        if match is None:
            return None
        count = (to_int(match["count"]) if match["count"] else 1) or 1
        position = position_of(text.clause)
        if position is None:
            places = (
                self._places.preceding_alinea(text.clause) if match["unit"] == "款" and count == 1 else []
            )
        else:
            places = self._before(position, match["unit"], count)
        found = self._led_on(places, text, start, match.end())
        certain = position is not None and match["unit"] != "项"
        return found if found.anchors or certain else None

    def _before(self, position: Position, unit: str, count: int) -> list[Eid]:
        """The places of the `count` 条, 款 or 项 before a position; none where there are not so many.

        The 款 before a 项 is the one before the 款 that the 项 is part of.
        """
        if unit == "条":
            return self._places.preceding_articles(position.article, count)
        number = position.para if unit == "款" else position.point
        if number is None or number <= count:
            return []
        above, kind = (position.article, Kind.PARAGRAPH) if unit == "款" else (position.paragraph, Kind.POINT)
        return [above.below(kind, before) for before in range(number - count, number)]

    def _led_on(self, places: Iterable[Eid], text: ClauseText, start: int, stop: int) -> Internal:
        """A pointer from `start` to `stop` at the places, led on by the numbers after it: 本条 第一款第一项."""
        pointer = read_pointer(text.text, stop, below=True)
        if pointer is None:
            return Internal(start, stop, tuple(self._places.anchors(places)))
        return Internal(start, pointer.stop, tuple(self._places.find(places, pointer.paths)))

    def _bare(self, text: ClauseText, start: int, article: int) -> Internal | _Foreign | None:
        """第九条 by itself, in a law: only where the clause exists and nothing makes the number another text's.

        After 第九条 in the same sentence, 第二款 by itself may be its 款 or one of the clause's own 条: left alone.
        """
        root = text.clause.anchor.root
        pointer = read_pointer(text.text, start) if self._places.is_law(root) else None
        if pointer is None:
            return None
        own = not (
            _NOT_OWN.search(text.text, max(0, start - 2), start)
            or self._words.names_paper(text.text, start)
            or text.after_document(start)
            or (pointer.paths[0][0].rank > RANK["条"] and article and text.same_sentence(article, start))
        )
        cited = pointer.paths[0][0].unit == "条" and _CITING.search(text.text, max(0, start - 2), start)
        if own and (cited or FOLLOWS_CLAUSE.match(text.text, pointer.stop)):
            for place in self._around(text.clause, root, pointer):
                anchors = self._places.find([place], pointer.paths)
                if anchors:
                    return Internal(start, pointer.stop, tuple(anchors))
        return _Foreign(pointer.stop)

    def _same_article(
        self, text: ClauseText, start: int, before: Internal | None
    ) -> Internal | _Foreign | None:
        """同条第二款, 该条第二款: of the 条 that the pointer before it in the same sentence leads to."""
        name = SAME_ARTICLE.match(text.text, start)
        pointer = read_pointer(text.text, name.end(), below=True) if name else None
        if pointer is None:
            return None
        articles = {anchor.article for anchor in before.anchors} if before else set()
        if before and len(articles) == 1 and text.same_sentence(before.stop, start):
            anchors = self._places.find(filter(None, articles), pointer.paths)
            if anchors and not text.after_document(start, since=before.stop):
                return Internal(start, pointer.stop, tuple(anchors))
        return _Foreign(pointer.stop)

    def _around(self, clause: Clause, root: Eid, pointer: Pointer) -> list[Eid]:
        """The places that a number by itself may count from, the nearest first: 第（三）项 is one of the own 款."""
        unit = pointer.paths[0][0].unit
        position = position_of(clause)
        if unit in ("条", "章", "编"):
            return [root]
        if unit == "节":
            chapters = [one.anchor for one in self._places.above(clause) if one.kind is Kind.CHAPTER]
            return [*chapters, root]
        if position is None:
            return []
        if unit == "款":
            return [position.article]
        return [position.paragraph, position.article] if unit == "项" else []

    def _attachment(self, text: ClauseText, start: int) -> Internal | _Foreign | None:
        """附件1, 附件1第三条; 见附件 where there is only one. Only where the attachment is part of the policy."""
        only = _ATTACHMENT.match(text.text, start)
        if only and len(self._places.attachments) == 1:
            return Internal(start, only.end(), tuple(self._places.attachments))
        pointer = read_pointer(text.text, start)
        if pointer is None:
            return None
        anchors = self._places.find([MAIN_TEXT], pointer.paths)
        return Internal(start, pointer.stop, tuple(anchors)) if anchors else _Foreign(pointer.stop)

    def _table(self, text: ClauseText, start: int) -> Internal | _Foreign | None:
        """表1第2行: of the same text, else of the only text with a 表1. A table without a row is left as it is."""
        pointer = read_pointer(text.text, start)
        if pointer is None or any(path[0].unit != "表" or len(path) == 1 for path in pointer.paths):
            return None
        elsewhere = {self._places.printing(path[0].first.value) for path in pointer.paths}
        roots = [text.clause.anchor.root, *(elsewhere if len(elsewhere) == 1 else ())]
        for root in roots if not text.after_document(start) else ():
            anchors = self._places.find([root], pointer.paths) if root is not None else []
            if anchors:
                return Internal(start, pointer.stop, tuple(anchors))
        return _Foreign(pointer.stop)
