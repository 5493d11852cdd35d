"""Which eId every clause has: from printed numbers only (CONTRACT.md, Anchors), so that no detection can move an anchor."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from generator.model import Eid, Kind, Style
from generator.parsing.structure import Node

_OUTSIDE_ARTICLE = {
    Style.ATTACHMENT: Kind.ATTACHMENT,
    Style.PART: Kind.PART,
    Style.SUBPART: Kind.PART,
    Style.CHAPTER: Kind.CHAPTER,
    Style.SECTION: Kind.SECTION,
    Style.ARTICLE: Kind.ARTICLE,
    Style.HAN_COMMA: Kind.SECTION,
    Style.HAN_BRACKET: Kind.PARAGRAPH,
    Style.DIGIT_DOT: Kind.SUBPARAGRAPH,
    Style.DIGIT_BRACKET: Kind.POINT,
    Style.CIRCLED: Kind.INDENT,
    Style.DECIMAL_1: Kind.SECTION,
    Style.DECIMAL_2: Kind.PARAGRAPH,
    Style.DECIMAL_3: Kind.SUBPARAGRAPH,
    Style.DECIMAL_4: Kind.POINT,
}
# 任务一： and 措施1： are what the numbers at their depth would be.
_BY_DEPTH = (Kind.SECTION, Kind.PARAGRAPH, Kind.SUBPARAGRAPH, Kind.POINT, Kind.INDENT)
_TASKS = (Style.TASK, Style.MEASURE)
_INSIDE_ARTICLE = {
    Style.HAN_COMMA: Kind.POINT,
    Style.HAN_BRACKET: Kind.POINT,
    Style.DIGIT_DOT: Kind.INDENT,
    Style.DIGIT_BRACKET: Kind.INDENT,
    Style.CIRCLED: Kind.INDENT,
}


@dataclass(frozen=True)
class Anchoring:
    """The anchor of a node, what kind of clause it is, and further anchors on the same text."""

    anchor: Eid
    kind: Kind
    aliases: tuple[Eid, ...] = ()


def anchorings(nodes: Sequence[Node], root: Eid) -> dict[Node, Anchoring]:
    """The anchors of a policy's nodes, which come in document order.

    `root` goes before every anchor (that of the covering notice, for its own clauses). Two nodes may come out with the
    same anchor where a number is printed twice; the caller reports it.
    """
    running = _running_styles(nodes)
    found: dict[Node, Anchoring] = {}
    for node in nodes:
        kind = _kind(node, found)
        anchor = _scope(node, kind, running, found, root).below(kind, *_number(node))
        aliases = (anchor.below(Kind.PARAGRAPH, 1),) if kind is Kind.ARTICLE else ()
        found[node] = Anchoring(anchor, kind, aliases)
    return found


def _kind(node: Node, found: Mapping[Node, Anchoring]) -> Kind:
    parent = node.parent
    if node.kind is not None:
        return node.kind
    if node.style in _TASKS and not node.within(Style.ARTICLE):
        return _BY_DEPTH[min(_depth(node), len(_BY_DEPTH) - 1)]
    if node.style is None:
        return Kind.PARAGRAPH if parent is not None and parent.style is Style.ARTICLE else Kind.ALINEA
    if node.style.is_item:
        return Kind.ITEM
    if node.style is not Style.ARTICLE and node.within(Style.ARTICLE):
        kind = _INSIDE_ARTICLE.get(node.style, Kind.ITEM)
        above = found[parent].kind if parent is not None else None
        return Kind.ITEM if above in (Kind.INDENT, Kind.ITEM) else kind
    return _OUTSIDE_ARTICLE[node.style]


def _depth(node: Node) -> int:
    """How many numbered clauses stand above a node, inside its attachment."""
    depth, above = 0, node.parent
    while above is not None and above.style is not Style.ATTACHMENT:
        depth += above.style is not None and not above.style.is_item
        above = above.parent
    return depth


def _number(node: Node) -> tuple[int, int | None]:
    """The number of a node's step, printed or counted, and what was inserted after it."""
    if node.kind is Kind.ROW and node.number is not None:
        return node.number, None
    if node.style is None or node.style.is_item:
        return node.count, None
    return (node.number if node.number is not None else 1), node.insertion


def _scope(
    node: Node,
    kind: Kind,
    running: set[tuple[Node | None, Style]],
    found: Mapping[Node, Anchoring],
    root: Eid,
) -> Eid:
    """The anchor that stands before this one: of the clause above, or of the attachment, or the root."""
    attachment = _attachment(node)
    if node.style is not None and (kind is Kind.ARTICLE or (attachment, node.style) in running):
        return found[attachment].anchor if attachment is not None and attachment is not node else root
    if node.kind in (Kind.ROW, Kind.GROUP):
        return found[_table(node)].anchor
    if node.parent is None:
        return root
    above = found[node.parent]
    return above.aliases[0] if above.kind is Kind.ARTICLE and node.style is not None else above.anchor


def _running_styles(nodes: Sequence[Node]) -> set[tuple[Node | None, Style]]:
    """The label forms whose numbers run on through the whole policy (or attachment), across the clauses above.

    They do when no number is printed twice, the list stands under more than one clause, and it goes on from
    one to the next.
    """
    numbers: defaultdict[tuple[Node | None, Style], list[int]] = defaultdict(list)
    parents: defaultdict[tuple[Node | None, Style], dict[Node | None, None]] = defaultdict(dict)
    for node in nodes:
        if node.style is None or node.style.is_item or node.number is None or node.style is Style.ATTACHMENT:
            continue
        if node.style.is_decimal:
            continue
        if node.style is not Style.ARTICLE and node.within(Style.ARTICLE):
            continue
        key = (_attachment(node), node.style)
        numbers[key].append(node.number)
        parents[key][node.parent] = None
    return {
        key
        for key, printed in numbers.items()
        if len(parents[key]) > 1 and max(Counter(printed).values()) == 1 and printed == sorted(printed)
    }


def _attachment(node: Node) -> Node | None:
    above: Node | None = node
    while above is not None and above.style is not Style.ATTACHMENT:
        above = above.parent
    return above


def _table(node: Node) -> Node:
    """The table that a row or group stands in."""
    above = node
    while above.kind is not Kind.TABLE and above.parent is not None:
        above = above.parent
    return above
