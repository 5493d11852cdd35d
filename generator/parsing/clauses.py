"""From the clause tree to the clauses of the model: wording, title, place."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from generator.model import Clause, Eid, Line, Place, Problem, Style, TextLine
from generator.parsing.anchoring import anchorings
from generator.parsing.paragraphs import text_lines
from generator.parsing.structure import Node

_TITLE_LIMIT = 40  # characters of a title sentence outside a 条
_SHORT_TITLE_LIMIT = 14  # inside a 条, where a title is a short name: 资产要求。
_SENTENCE = re.compile(r"[^。；：！？\n]+。")


def make_clauses(
    nodes: Sequence[Node], policy: str, file: str, root: Eid
) -> tuple[tuple[Clause, ...], list[Problem]]:
    """The clauses of a policy (or of its covering notice, by `root`), in document order, and its numbering faults.

    A number printed twice would give two clauses one anchor: that is a fault. The later clause then carries a
    mark that no published anchor has, so that the rest can still be read.
    """
    found = anchorings(nodes, root)
    titles = _titles(nodes)
    seen: Counter[Eid] = Counter()
    anchors: dict[Node, Eid] = {}
    clauses: list[Clause] = []
    problems: list[Problem] = []
    for node in nodes:
        own = found[node]
        anchor = own.anchor
        anchors[node] = anchor
        if not node.is_clause:
            continue
        lines = _lines(node)
        seen[own.anchor] += 1
        if seen[own.anchor] > 1:
            anchor = own.anchor.repeated(seen[own.anchor])
            message = (
                f"编号“{node.printed_label or '段落'}”重复，锚点 {own.anchor} 已被前文占用（{policy}）。"
            )
            problems.append(Problem(file, lines[0].number, message, "请核对原文的编号。"))
        anchors[node] = anchor
        clauses.append(
            Clause(
                policy=policy,
                anchor=anchor,
                kind=own.kind,
                label=node.printed_label,
                number=node.number,
                level=node.level,
                parent=anchors[node.above] if node.above else None,
                title=titles.get(node),
                wording=_wording(node),
                heading=node.heading or _heading_sentence(node),
                place=Place(file, lines[0].number, lines[-1].number),
                aliases=own.aliases if anchor == own.anchor else (),
                cells=_cells(node),
                lines=_text_lines(node, lines),
            )
        )
    return tuple(clauses), problems


def _lines(node: Node) -> list[Line]:
    """The lines of the source that a clause stands on."""
    if node.row is not None:
        return list(node.row.lines)
    if node.table is not None:
        return [*node.table.caption, *(line for row in node.table.head for line in row.lines)]
    return [line for paragraph in node.paragraphs for line in paragraph.lines]


def _wording(node: Node) -> str:
    """The text of a clause: a row's cells with a tab between; a table's caption and head; else its paragraphs."""
    if node.row is not None:
        return "\t".join(node.row.texts)
    if node.table is not None:
        caption = [line.text for line in node.table.caption]
        return "\n".join([*caption, *("\t".join(row.texts) for row in node.table.head)])
    return "\n".join(paragraph.text for paragraph in node.paragraphs)


def _text_lines(node: Node, lines: Sequence[Line]) -> tuple[TextLine, ...]:
    """Where each line of a clause stands in its wording."""
    if node.row is None and node.table is None:
        return text_lines(node.paragraphs)
    wording = _wording(node)
    found: list[TextLine] = []
    start = 0
    for line in lines:
        broken = bool(found) and wording.startswith(("\n", "\t"), start)
        if wording.startswith(line.text, start + broken):  # a cell may have been put elsewhere
            start += broken
            stop = start + len(line.text)
            found.append(
                TextLine(start, stop, line.number, line.indent, bool(found) and not broken, line.label)
            )
            start = stop
    return tuple(found)


def _cells(node: Node) -> tuple[str, ...]:
    if node.row is not None:
        return node.row.texts
    return node.table.head[-1].texts if node.table is not None and node.table.head else ()


def _titles(nodes: Sequence[Node]) -> dict[Node, str]:
    """The title of every clause that has one: its heading, or its leading title sentence (without 。).

    Outside a 条 the clauses of one form in one policy are alike: a leading sentence is a title where most of
    them have one.
    """
    titles: dict[Node, str] = {}
    candidates: defaultdict[Style, list[tuple[Node, str | None]]] = defaultdict(list)
    for node in nodes:
        if node.table is not None and node.table.caption:
            titles[node] = node.table.caption[0].text
        if node.style is None:
            continue
        body = _head_body(node)
        if node.heading:
            if body:
                titles[node] = (
                    body.strip("【】[]（）()") if node.style is Style.ARTICLE else body.lstrip("：:　 ")
                )
        elif node.style is Style.ARTICLE or node.within(Style.ARTICLE):
            title = _leading(node, body, _SHORT_TITLE_LIMIT)
            if title and not re.search(r"[，、,]", title):
                titles[node] = title
        else:
            candidates[node.style].append((node, _leading(node, body, _TITLE_LIMIT)))
    for members in candidates.values():
        found = [(node, title) for node, title in members if title]
        if 2 * len(found) >= len(members):
            titles.update(found)
    return titles


def _head_body(node: Node) -> str:
    """The heading of a clause without its label; of an attachment, the title below 附件1 where none stands beside it."""
    body = node.paragraphs[0].body
    if node.style is Style.ATTACHMENT and not body.strip("：:　 ") and len(node.paragraphs) > 1:
        return node.paragraphs[1].text
    return body


def _leading(node: Node, body: str, limit: int) -> str | None:
    """The first sentence of a clause, if it is short and the clause goes on after it."""
    match = _SENTENCE.match(body)
    if match is None or len(match[0]) > limit + 1:
        return None
    goes_on = len(match[0]) < len(body) or bool(node.children) or len(node.paragraphs) > 1
    return match[0][:-1] if goes_on else None


def _heading_sentence(node: Node) -> bool:
    """Whether a title sentence stands alone on the clause's first line, above its text or its children."""
    if node.style in (None, Style.ARTICLE) or node.within(Style.ARTICLE):
        return False
    body = node.paragraphs[0].body
    match = _SENTENCE.match(body)
    return match is not None and match[0] == body and (bool(node.children) or len(node.paragraphs) > 1)
