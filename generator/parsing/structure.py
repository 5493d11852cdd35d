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

from generator.model import Kind, Label, Style
from generator.parsing.labels import AT_THE_MARGIN, attachment_word
from generator.parsing.numerals import to_int
from generator.parsing.paragraphs import FIELD_LINE, NOTE, Paragraph, is_note_end
from generator.parsing.tables import Row, Table
from generator.vocabulary.parts import PartWords

_FIRST_SENTENCE = re.compile(r"[^。；：！？]+。")
# 《某市优化营商环境若干措施》政策解读
_APPENDED = re.compile(r"(?:《[^《》]{2,60}》\S{0,6}|[^，。；：]{0,30}政策)(?:解读|编制说明|问答|释义)")
_TITLE_SENTENCE_LIMIT = 41
_FEWEST_CLAUSES = 5  # that show how the clauses of a text are printed


@dataclass(eq=False)
class Node:
    """A clause while the tree is being built."""

    style: Style | None  # None for an unnumbered paragraph, a table and its rows
    paragraphs: list[Paragraph]
    parent: Node | None
    number: int | None = None
    insertion: int | None = None
    count: int = 0  # for what print does not number: 款, 一是, ——, alinea
    heading: bool = False
    kind: Kind | None = None  # of a table, group or row; the others follow from their style and place
    table: Table | None = None  # of a table
    row: Row | None = None  # of a group or row
    path: tuple[int, ...] = ()  # of a decimal number
    children: list[Node] = field(default_factory=list)

    @property
    def printed_label(self) -> str | None:
        """The label as printed, or None."""
        if self.row is not None:
            return self.row.serial
        label = self.paragraphs[0].label if self.paragraphs else None
        return (label.printed or None) if label else None

    @property
    def is_clause(self) -> bool:
        """Whether the node has text of its own; a table without head and caption only holds its rows."""
        return self.table is None or bool(self.table.head or self.table.caption)

    @property
    def above(self) -> Node | None:
        """The clause above: the parent, or what holds a table that is no clause."""
        parent = self.parent
        return parent.parent if parent is not None and not parent.is_clause else parent

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
        level, node = 1, self.above
        while node is not None:
            level, node = level + 1, node.above
        return level


def build_tree(
    paragraphs: Sequence[Paragraph], words: PartWords, heads: frozenset[int] = frozenset()
) -> list[Node]:
    """The clauses of a policy's body in document order, each linked to the clause above it.

    `heads` are the numbers of the lines that title an attachment, below 附件1.
    """
    return _TreeBuilder(_ranks(paragraphs), _title_styles(paragraphs, words), words, heads).build(paragraphs)


class _TreeBuilder:
    """Keeps the open clauses on a stack, outermost first, and the last member of every list."""

    def __init__(
        self, ranks: dict[Style, int], title_styles: frozenset[Style], words: PartWords, heads: frozenset[int]
    ) -> None:
        self._ranks = ranks
        self._title_styles = title_styles
        self._words = words
        self._heads = heads
        self._stack: list[Node] = []
        self._nodes: list[Node] = []
        self._last: dict[Style, Node] = {}
        self._attached: set[str] = set()  # what the attachments so far are called: 件, 表
        self._counts: Counter[tuple[Node | None, str]] = (
            Counter()
        )  # unnumbered paragraphs and items, by parent

    def build(self, paragraphs: Sequence[Paragraph]) -> list[Node]:
        """The nodes in document order."""
        closing = _closing(paragraphs, self._words)
        for index, paragraph in enumerate(paragraphs):
            if paragraph.table is not None:
                self._table(paragraph, paragraph.table)
            elif paragraph.label is not None:
                self._labelled(paragraph)
            elif index in closing and not self._in(Style.ARTICLE) and not self._awaits_text():
                self._close_to(self._attachment())
                self._open(Node(None, [paragraph], self._top()))
            else:
                self._unlabelled(paragraph)
        return self._nodes

    def _labelled(self, paragraph: Paragraph) -> None:
        label = paragraph.label
        if label is None:
            return
        node = Node(
            label.style,
            [paragraph],
            None,
            label.number,
            label.insertion,
            heading=paragraph.heading,
            path=label.path,
        )
        if label.style is Style.ATTACHMENT:
            self._close_to(self._attachment() if self._is_inner(label) else None)
            self._last.clear()
            self._attached.add(attachment_word(label))
        elif label.style.is_decimal:
            self._close_to(self._decimal_parent(label.path))
        else:
            self._close_to(self._parent_for(label.style, label.number, label.insertion))
        node.parent = self._top()
        self._open(node)
        self._last[label.style] = node

    def _is_inner(self, label: Label) -> bool:
        """Whether 附表1 stands inside 附件1: another word, below an open attachment of a word that had its turn."""
        open_ = self._attachment()
        word = attachment_word(label)
        if open_ is None or word == "件" or word in self._attached:
            inner = open_ is not None and open_.parent is not None
            return inner and word in self._attached and word != "件"
        above = open_.paragraphs[0].label
        return above is None or attachment_word(above) == "件"

    def _decimal_parent(self, path: tuple[int, ...]) -> Node | None:
        """The open clause whose decimal number the path goes on from: 2.1 for 2.1.3; else what holds the numbers."""
        for open_node in reversed(self._stack):
            if (
                open_node.path
                and open_node.path == path[: len(open_node.path)]
                and len(open_node.path) < len(path)
            ):
                return open_node
        for open_node in reversed(self._stack):
            if open_node.style is not None and not open_node.path and open_node.style in AT_THE_MARGIN:
                return open_node
        return None

    def _table(self, paragraph: Paragraph, table: Table) -> None:
        """A table under the innermost clause, its rows below it; then the clause goes on."""
        top = self._top()
        node = Node(None, [paragraph], top, kind=Kind.TABLE, table=table)
        self._counts[top, "table"] += 1
        node.count = self._counts[top, "table"]
        self._add(node)
        serials = Counter(row.serial for row in table.rows if row.serial)
        numbered = (
            bool(serials)
            and all(row.group or row.serial for row in table.rows)
            and max(serials.values()) == 1
        )
        group: Node | None = None
        for row in table.rows:
            parent = node if row.group or group is None else group
            one = Node(None, [paragraph], parent, kind=Kind.GROUP if row.group else Kind.ROW, row=row)
            key = "group" if row.group else "row"
            self._counts[node, key] += 1
            one.count = self._counts[node, key]
            value = to_int(row.serial.strip("（）()．.、")) if numbered and row.serial else None
            if not row.group:
                one.number = value
            group = one if row.group else group
            self._add(one)

    def _add(self, node: Node) -> None:
        if node.parent:
            node.parent.children.append(node)
        self._nodes.append(node)

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
        if number == 1 and top is not None and top.style is style and top.number != 1:
            again = top.parent is not None and top.parent.within(style)  # ①②①② would nest without end
            if not top.children and not again:
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
        if paragraph.lines[0].number in self._heads and top is not None and top.style is Style.ATTACHMENT:
            top.paragraphs.append(paragraph)
            return
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
            and top.style is not Style.ATTACHMENT
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


def _title_styles(paragraphs: Sequence[Paragraph], words: PartWords) -> frozenset[Style]:
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
        above = title is not None and following is not None and _is_text(following, words)
        deeper = (
            following is not None
            and following.label is not None
            and following.label.style.value > label.style.value
        )
        votes[label.style] += 1 if goes_on or above or (deeper and title is not None) else -1
    return frozenset(style for style in Style if votes[style] > 0)


def _is_text(paragraph: Paragraph, words: PartWords) -> bool:
    """Whether an unnumbered paragraph is text that may stand below a title: no closing words, note or signature."""
    text = paragraph.text
    return (
        paragraph.label is None
        and not words.closing.match(text)
        and not NOTE.fullmatch(text)
        and bool(re.search(r"[。：；]", text))
    )


def _opens_a_text(node: Node) -> bool:
    """Whether an unnumbered line is the title of an appended text: 《某措施》政策解读."""
    return node.style is None and len(node.paragraphs) == 1 and _opens_a_text_with(node.paragraphs[0])


def _opens_a_text_with(paragraph: Paragraph) -> bool:
    return paragraph.label is None and bool(_APPENDED.fullmatch(paragraph.text))


def _closing(paragraphs: Sequence[Paragraph], words: PartWords) -> frozenset[int]:
    """The unnumbered paragraphs at the end of the text, or of an attachment, that speak for the whole of it.

    They say so (本通知…, 各地要…); or every clause ends with a note of who is responsible, and they stand below the last.
    """
    found: set[int] = set()
    stop = len(paragraphs)
    starts = [
        i for i, one in enumerate(paragraphs) if one.label is not None and one.label.style is Style.ATTACHMENT
    ]
    for start in [*reversed(starts), -1]:
        last = stop - 1
        while last > start and paragraphs[last].label is None and paragraphs[last].table is None:
            last -= 1
        trailing = range(last + 1, stop)
        if last > start and trailing and _ends_with_notes(paragraphs[start + 1 : last + 1]):
            found.update(trailing)
        else:
            for index in reversed(trailing):
                if not words.closing.match(paragraphs[index].text):
                    break
                found.add(index)
        stop = max(start, 0)
    return frozenset(found)


def _ends_with_notes(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether every numbered clause of a text is one paragraph that ends with its note, the last of them too."""
    first = next((index for index, one in enumerate(paragraphs) if one.label is not None), len(paragraphs))
    run = paragraphs[first:]
    noted = sum(bool(is_note_end(one.tail)) for one in run)
    return (
        len(run) >= _FEWEST_CLAUSES
        and all(one.label is not None for one in run)
        and bool(is_note_end(run[-1].tail))
        and 2 * noted >= len(run)
    )


def _ranks(paragraphs: Sequence[Paragraph]) -> dict[Style, int]:
    """The rank of each label form, the outermost first.

    The usual order holds unless the run shows the contrary: when a form restarts at 1 between two neighbours of
    a form that usually stands inside it, and not the other way round, the two change places. A restart does not
    count where a label outside both stands between: that explains it.
    """
    labels = [
        paragraph.label
        for paragraph in paragraphs
        if paragraph.label is not None and not paragraph.label.style.is_decimal
    ]
    sections_above = _sections_above_articles(labels)
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

    def place(style: Style) -> float:
        return Style.ARTICLE.value - 0.5 if sections_above and style is Style.HAN_COMMA else style.value

    def compare(one: Style, other: Style) -> int:
        usual = place(one) - place(other)
        shown = inside[other, one] - inside[one, other]
        if shown and Style.ARTICLE not in (one, other):
            return shown
        return -1 if usual < 0 else int(usual > 0)

    # Only the forms that occur are compared: one that does not could stand between two that change places.
    present = {one.label.style for one in paragraphs if one.label is not None}
    ordered = sorted(present, key=functools.cmp_to_key(compare))
    ordered += [style for style in Style if style not in present]
    return {style: rank for rank, style in enumerate(ordered)}


def _sections_above_articles(labels: Sequence[Label]) -> bool:
    """Whether 一、二、 head the 条 that run on below them: 一、 comes before 第一条, and both only go up.

    Inside a 条 一、 would begin again; an attachment begins both again and is another text.
    """
    stop = next((i for i, label in enumerate(labels) if label.style is Style.ATTACHMENT), len(labels))
    run = labels[:stop]
    sections = [i for i, label in enumerate(run) if label.style is Style.HAN_COMMA]
    articles = [i for i, label in enumerate(run) if label.style is Style.ARTICLE]
    if not sections or len(articles) < 2 or sections[0] > articles[0] or run[sections[0]].number != 1:
        return False
    numbers = [run[i].number or 0 for i in sections]
    listed = [(run[i].number or 0, run[i].insertion or 0) for i in articles]
    rising = all(a < b for a, b in pairwise(numbers)) and all(a < b for a, b in pairwise(listed))
    inside = sum(1 for a, b in pairwise([*sections, stop]) if any(a < article < b for article in articles))
    return rising and len(sections) > 1 and 2 * inside > len(sections)


def _any_between(indexes: Sequence[int], start: int, stop: int) -> bool:
    """Whether one of the ascending `indexes` lies between `start` and `stop`."""
    position = bisect_right(indexes, start)
    return position < len(indexes) and indexes[position] < stop
