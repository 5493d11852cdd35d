"""The clause tree: which label stands under which.

Depth follows from the whole run of labels. A number that continues an open list is its next member, wherever
that list stands; a list that begins at 1 opens under the innermost clause of an outer form; which form is the
outer one is read from the run itself (（一） restarting inside each 1. makes 1. the outer).
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from generator.parsing.labels import Style
from generator.parsing.paragraphs import FIELD_LINE, NOTE, Paragraph

# 本通知自印发之日起施行。   各部门、各地方要按照…   请各省级文化和旅游行政部门…   各县工作进展情况，请于…前报市局。   特此通知。
# 《…条例》根据本决定作相应修改，重新公布。   有关规章根据本决定作相应修改，重新公布。   此复。
_CLOSING = re.compile(
    r"(?:本(?:通知|意见|方案|措施|办法|规定|细则|规划|计划|实施意见|公告|决定|条例|举措|政策|若干[^，。]{2,4})|请|特此|此复|以上|此前|望)"
    r"|各[^，。；]{0,24}?(?:要|应当?|可|须)|各[^。；]{0,30}?，请"
    r"|(?:《[^《》]{2,60}》|[^，。；《》]{2,12})根据本决定"
)
_FIRST_SENTENCE = re.compile(r"[^。；：！？]+。")
# 《某市优化营商环境若干措施》政策解读
_APPENDED = re.compile(r"(?:《[^《》]{2,60}》\S{0,6}|[^，。；：]{0,30}政策)(?:解读|编制说明|问答|释义)")
_TITLE_SENTENCE_LIMIT = 41


@dataclass(eq=False)
class Node:
    """A clause while the tree is being built."""

    style: Style | None  # None for an unnumbered paragraph
    paragraphs: list[Paragraph]
    parent: Node | None
    number: int | None = None
    insertion: int | None = None
    count: int = 0  # for what print does not number: 款, 一是, ——, alinea
    heading: bool = False
    children: list[Node] = field(default_factory=list)

    @property
    def printed_label(self) -> str | None:
        """The label as printed, or None."""
        label = self.paragraphs[0].label
        return label.printed if label else None

    def within(self, style: Style) -> bool:
        """Whether the node or one above it has this label form."""
        node: Node | None = self
        while node is not None:
            if node.style is style:
                return True
            node = node.parent
        return False

    def below(self, other: Node) -> bool:
        """Whether `other` is one of the clauses above this one."""
        node = self.parent
        while node is not None and node is not other:
            node = node.parent
        return node is other

    @property
    def level(self) -> int:
        """1 for a clause directly under the policy."""
        level, node = 1, self.parent
        while node is not None:
            level, node = level + 1, node.parent
        return level


def build_tree(paragraphs: Sequence[Paragraph]) -> list[Node]:
    """The clauses of a policy's body in document order, each linked to the clause above it."""
    return _TreeBuilder(_ranks(paragraphs), _title_styles(paragraphs)).build(paragraphs)


class _TreeBuilder:
    """Keeps the open clauses on a stack, outermost first, and the last member of every list."""

    def __init__(self, ranks: dict[Style, int], title_styles: frozenset[Style]) -> None:
        self._ranks = ranks
        self._title_styles = title_styles
        self._stack: list[Node] = []
        self._nodes: list[Node] = []
        self._last: dict[Style, Node] = {}
        self._counts: Counter[tuple[Node | None, str]] = (
            Counter()
        )  # unnumbered paragraphs and items, by parent

    def build(self, paragraphs: Sequence[Paragraph]) -> list[Node]:
        """The nodes in document order."""
        closing = _closing(paragraphs)
        for index, paragraph in enumerate(paragraphs):
            if paragraph.label is not None:
                self._labelled(paragraph)
            elif index in closing and not self._in(Style.ARTICLE) and not self._awaits_text():
                self._close_to(self._attachment())
                self._open(Node(None, [paragraph], self._top()))
            else:
                self._unlabelled(paragraph)
        return self._nodes

    def _labelled(self, paragraph: Paragraph) -> None:
        label = paragraph.label
        assert label is not None
        node = Node(label.style, [paragraph], None, label.number, label.insertion, heading=paragraph.heading)
        if label.style is Style.ATTACHMENT:
            self._close_to(None)
            self._last.clear()
        else:
            self._close_to(self._parent_for(label.style, label.number, label.insertion))
        node.parent = self._top()
        self._open(node)
        self._last[label.style] = node

    def _parent_for(self, style: Style, number: int | None, insertion: int | None) -> Node | None:
        """The open clause under which a label stands."""
        wanted = number if insertion is not None else (number or 0) - 1
        if number is not None and (number > 1 or insertion is not None):
            for open_node in reversed(self._stack):
                if open_node.style is style and open_node.number == wanted:
                    return open_node.parent
        if style.is_item:
            return self._item_parent(style, number)
        top = self._top()
        if number == 1 and top is not None and style in self._last and _opens_a_text(top):
            return top
        if number == 1 and top is not None and top.style is style and not top.children and top.number != 1:
            return top  # 六、解读 directly followed by 一、
        last = self._last.get(style)
        article = next((node for node in reversed(self._stack) if node.style is Style.ARTICLE), None)
        if last is not None and last.number == wanted and article is not None and last.below(article):
            return last.parent  # the list goes on after an unnumbered paragraph of the same 条
        rank = self._ranks[style]
        for open_node in reversed(self._stack):
            if open_node.style is None:
                if (
                    open_node.parent is not None
                    and open_node.parent.style is Style.ARTICLE
                    and rank > self._ranks[Style.ARTICLE]
                ):
                    return open_node
                continue
            if self._ranks[open_node.style] < rank:
                return open_node
        return None

    def _item_parent(self, style: Style, number: int | None) -> Node | None:
        """一是, —— and A类 stand under the innermost numbered clause, or under an item of another form."""
        for open_node in reversed(self._stack):
            if open_node.style is style:
                if style is Style.DASH:
                    return open_node.parent
                continue
            if open_node.style is None and not (open_node.parent and open_node.parent.style is Style.ARTICLE):
                continue
            if open_node.style is not None and open_node.style.is_item and number not in (None, 1):
                continue
            return open_node
        return None

    def _unlabelled(self, paragraph: Paragraph) -> None:
        top = self._top()
        if top is not None and (FIELD_LINE.match(paragraph.text) or NOTE.fullmatch(paragraph.text)):
            top.paragraphs.append(paragraph)
            return
        article = next((node for node in self._stack if node.style is Style.ARTICLE), None)
        if article is not None and article is top and article.heading and len(article.paragraphs) == 1:
            article.paragraphs.append(paragraph)  # 第四条【平台建设】 above its first 款
            return
        if article is not None:
            self._close_to(article)
            self._open(Node(None, [paragraph], article))
            return
        if top is not None and self._awaits_text() and not _opens_a_text_with(paragraph):
            top.paragraphs.append(paragraph)
            return
        if top is not None and _ends_a_list(top):
            self._close_to(top.parent)
            top = self._top()
        if top is not None and top.style is None:  # an earlier unnumbered paragraph: stand beside it
            self._close_to(top.parent)
        if _opens_a_text_with(paragraph):
            self._close_to(self._attachment())
        self._open(Node(None, [paragraph], self._top()))

    def _awaits_text(self) -> bool:
        """Whether the innermost clause is a heading whose own text has not come yet."""
        top = self._top()
        return (
            top is not None
            and not top.children
            and len(top.paragraphs) == 1
            and (top.heading or (top.style in self._title_styles and _is_title_sentence(top)))
        )

    def _open(self, node: Node) -> None:
        if node.style is None or node.style.is_item:
            kind = "item" if node.style else "unnumbered"
            self._counts[node.parent, kind] += 1
            node.count = self._counts[node.parent, kind]
            if node.style is None and node.parent is not None:
                node.count += 1  # the clause's own text is the first paragraph
            if node.style is None and node.parent is not None and node.parent.style is Style.ARTICLE:
                node.number = node.count
        if node.parent:
            node.parent.children.append(node)
        self._nodes.append(node)
        self._stack.append(node)

    def _close_to(self, parent: Node | None) -> None:
        while self._stack and self._stack[-1] is not parent:
            self._stack.pop()

    def _top(self) -> Node | None:
        return self._stack[-1] if self._stack else None

    def _in(self, style: Style) -> bool:
        return any(node.style is style for node in self._stack)

    def _attachment(self) -> Node | None:
        return next((node for node in self._stack if node.style is Style.ATTACHMENT), None)


def _ends_a_list(node: Node) -> bool:
    """Whether the clause ends a list that is one sentence (下列条件：（一）…；（二）…；（三）…。)."""
    parent = node.parent
    if node.style is None or node.children or parent is None or len(parent.children) < 2:
        return False
    before = parent.children[-2]
    return (
        before.style is node.style
        and not before.children
        and bool(re.search(r"[：:]$", parent.paragraphs[-1].tail))
        and bool(re.search(r"[；;]$", before.paragraphs[-1].tail))
        and node.paragraphs[-1].tail.endswith("。")
    )


def _is_title_sentence(node: Node) -> bool:
    """Whether the clause so far is a short sentence alone on its line (（一）办理环节。)."""
    if node.style is None or node.style is Style.ARTICLE or node.style.is_item or node.within(Style.ARTICLE):
        return False
    return _title_sentence(node.paragraphs[0]) == node.paragraphs[0].body


def _title_sentence(paragraph: Paragraph) -> str | None:
    """The short first sentence of a paragraph, with its 。; None where there is none."""
    match = _FIRST_SENTENCE.match(paragraph.body)
    return (
        match[0] if match and len(match[0]) <= _TITLE_SENTENCE_LIMIT and not NOTE.search(match[0]) else None
    )


def _title_styles(paragraphs: Sequence[Paragraph]) -> frozenset[Style]:
    """The label forms whose clauses begin with a title sentence in this policy, more often than not.

    A title sentence has text after it: on its line, or in the unnumbered paragraph below. 三、删去第八条第二款。
    followed by 四、… is a sentence and no title.
    """
    votes: Counter[Style] = Counter()
    for paragraph, following in zip(paragraphs, [*paragraphs[1:], None], strict=False):
        label = paragraph.label
        if label is None or paragraph.heading:
            continue
        title = _title_sentence(paragraph)
        goes_on = title is not None and title != paragraph.body
        above = title is not None and following is not None and _is_text(following)
        deeper = (
            following is not None
            and following.label is not None
            and following.label.style.value > label.style.value
        )
        votes[label.style] += 1 if goes_on or above or (deeper and title is not None) else -1
    return frozenset(style for style in Style if votes[style] > 0)


def _is_text(paragraph: Paragraph) -> bool:
    """Whether an unnumbered paragraph is text that may stand below a title: no closing words, note or signature."""
    text = paragraph.text
    return (
        paragraph.label is None
        and not _CLOSING.match(text)
        and not NOTE.fullmatch(text)
        and bool(re.search(r"[。：；]", text))
    )


def _opens_a_text(node: Node) -> bool:
    """Whether an unnumbered line is the title of an appended text: 《某措施》政策解读."""
    return node.style is None and len(node.paragraphs) == 1 and _opens_a_text_with(node.paragraphs[0])


def _opens_a_text_with(paragraph: Paragraph) -> bool:
    return paragraph.label is None and bool(_APPENDED.fullmatch(paragraph.text))


def _closing(paragraphs: Sequence[Paragraph]) -> frozenset[int]:
    """The unnumbered paragraphs at the end of the text, or of an attachment, that speak for the whole of it."""
    found: set[int] = set()
    ending = True
    for index in range(len(paragraphs) - 1, -1, -1):
        label = paragraphs[index].label
        if label is not None:
            ending = label.style is Style.ATTACHMENT
        elif ending and _CLOSING.match(paragraphs[index].text):
            found.add(index)
        else:
            ending = False
    return frozenset(found)


def _ranks(paragraphs: Sequence[Paragraph]) -> dict[Style, int]:
    """The rank of each label form, the outermost first.

    The usual order holds unless the run shows the contrary: when a form restarts at 1 between two neighbours of
    a form that usually stands inside it, and not the other way round, the two change places. A restart does not
    count where a label outside both stands between: that explains it.
    """
    labels = [paragraph.label for paragraph in paragraphs if paragraph.label is not None]
    inside: Counter[tuple[Style, Style]] = Counter()  # (outer, inner)
    positions: dict[Style, list[int]] = {}
    for index, label in enumerate(labels):
        positions.setdefault(label.style, []).append(index)
    for outer, places in positions.items():
        neighbours = [(a, b) for a, b in pairwise(places) if labels[b].number == (labels[a].number or 0) + 1]
        for inner, inner_places in positions.items():
            if inner is outer or outer.is_item or inner.is_item:
                continue
            firsts = [index for index in inner_places if labels[index].number == 1]
            above = [i for i, label in enumerate(labels) if label.style.value < min(outer.value, inner.value)]
            inside[outer, inner] = sum(
                _any_between(firsts, a, b) and not _any_between(above, a, b) for a, b in neighbours
            )

    def compare(one: Style, other: Style) -> int:
        usual = one.value - other.value
        shown = inside[other, one] - inside[one, other]
        if shown and Style.ARTICLE not in (one, other):
            return shown
        return usual

    ordered = sorted(Style, key=functools.cmp_to_key(compare))
    return {style: rank for rank, style in enumerate(ordered)}


def _any_between(indexes: Sequence[int], start: int, stop: int) -> bool:
    """Whether one of the ascending `indexes` lies between `start` and `stop`."""
    position = bisect_right(indexes, start)
    return position < len(indexes) and indexes[position] < stop
