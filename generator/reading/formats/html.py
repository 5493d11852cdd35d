"""Web pages as a browser saves them: the text of the document in its container, and what stands around it.

The container is found by a list (`webpages.yml`), never by guess: a page without a known one is refused with the
candidates it has. What stands outside is left out, counted with its reason; the table of the page's facts (索引号,
发文字号 …) is kept as what the original says of itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from lxml import etree, html

from generator.reading.formats.document import (
    FIGURE,
    Attachment,
    Block,
    Cell,
    Extracted,
    Table,
    Tally,
    UnreadableError,
)
from generator.reading.formats.encodings import decode
from generator.reading.formats.sourcetext import source_text
from generator.reading.formats.webpages import Webpages, load_webpages, xpath

_Element = html.HtmlElement

_OUTSIDE = "正文容器以外的网页文字"
_FACTS = "公文信息表（已记入说明文件）"
_HIDDEN = "网页上不显示的文字"
_CONTROLS = "按钮、分享等网页部件"
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5"
    " h6 header hr html legend li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_SILENT = frozenset("script style noscript template head title link meta object embed canvas svg math".split())
_WIDGETS = frozenset("button input select textarea option iframe audio video".split())
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")
_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{3,20})|<\?xml[^>]{0,100}?encoding=["']([\w-]{3,20})""", re.I)
_SPACE = re.compile(r"[ \t\n\r\f]+")
_WIDE = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u2018-\u201d\u2014\u2026"
# The end of a line of the markup between two Chinese characters: browsers show nothing there (CSS Text 3, 4.1.3).
_BROKEN = re.compile(rf"(?<=[{_WIDE}])[ \t\r\f]*\n[ \t\n\r\f]*(?=[{_WIDE}])")
_RAISED = str.maketrans("0123456789+-－", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_LOWERED = str.maketrans("0123456789+-－", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
_FEW = 30  # characters of a container that holds a text
_CANDIDATES = 8
_WIDEST, _HIGHEST = 100, 1000  # columns and rows that a cell may cover


@dataclass
class _Page:
    """A page being read: the list it is read by, and what is found on the way."""

    known: Webpages
    tally: Tally = field(default_factory=Tally)
    figures: int = 0
    nested: int = 0
    struck: int = 0
    apart: frozenset[_Element] = frozenset()


def read_html(data: bytes, container: str | None = None, address: str | None = None) -> Extracted:
    """The document in a saved web page.

    `container`: a selector (#id, .class) to take in place of the list's. `address`: of the page, where the file
    around it tells. Raises `UnreadableError` for a page in which no container is known.
    """
    declared = _DECLARED.search(data[:4096])
    name = (declared[1] or declared[2]).decode("ascii") if declared else None
    decoded = decode(data, name)
    root = _parsed(decoded.text)
    known = load_webpages()
    page = _Page(known)
    boxes, assumed = _containers(root, known, container)
    page.apart = frozenset(one for selector in known.apart for one in root.xpath(xpath(selector)))
    blocks = [block for box in boxes for block in _blocks(box, page)]
    said, taken = _facts(root, boxes, known)
    _count_outside(root, boxes, taken, page)
    found = _attachments(root, known)
    doubts = list(decoded.doubts)
    if page.nested:
        doubts.append(f"有 {page.nested} 个表格套在别的表格的格子里，逐行写进了那一格。")
    if page.struck:
        doubts.append(f"有 {page.struck} 处文字带删除线，照印收入，请核对是否有效。")
    if not any(_weight(block) for block in blocks):
        raise UnreadableError("网页的正文里没有文字：可能全是图片，或者在附件里。请加入附件，或者对图片作文字识别。")
    return Extracted(
        "text/html",
        f"lxml {etree.__version__}",
        source_text(blocks),
        left_out=page.tally.left_out(),
        said=_with_title(said, root, boxes, known),
        address=_address(root, decoded.text) or address,
        attachments=found,
        assumed=(decoded.assumed, assumed),
        doubts=tuple(doubts),
    )


def _parsed(text: str) -> _Element:
    """The tree of a page. Raises `UnreadableError` for one that nests without end."""
    text = re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", text)  # it names an encoding, and this is text already
    parser = html.HTMLParser(huge_tree=False, no_network=True)
    try:
        root: _Element = html.document_fromstring(text.replace("\0", ""), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise UnreadableError("不是网页，或者已损坏。请重新保存网页。") from error
    if any(entry.type_name in ("ERR_RESOURCE_LIMIT", "ERR_NAME_TOO_LONG") or "depth" in entry.message.lower()
           for entry in parser.error_log):  # fmt: skip
        raise UnreadableError("网页的标记嵌套过深，没有读取。请重新保存网页。")
    return root


def _containers(root: _Element, known: Webpages, wanted: str | None) -> tuple[list[_Element], str]:
    """The elements that hold the document, and how they were found."""
    if wanted is not None:
        if not re.fullmatch(r"[#.][A-Za-z_][\w-]*", wanted):
            raise UnreadableError(f"--container {wanted} 写法不对，应为 #编号 或者 .类名。")
        found = _outermost(root.xpath(xpath(wanted)))
        if not found:
            raise UnreadableError(f"网页里没有容器 {wanted}。{_candidates(root)}")
        return found, f"正文取自指定的容器 {wanted}。"
    best: tuple[int, list[_Element], str] = (0, [], "")
    for selector in known.containers:
        found = [one for one in _outermost(root.xpath(xpath(selector))) if one.tag in _BLOCKS]
        size = sum(len("".join(_text(one).split())) for one in found)
        if size >= _FEW:
            return _main(found), f"正文取自容器 {selector}。"
        best = max(best, (size, found, selector), key=lambda one: one[0])
    if best[0]:
        return best[1], f"正文取自容器 {best[2]}，其中只有 {best[0]} 字。"
    body = root.find("body")
    if body is not None and not body.xpath(".//a[@href] | .//nav | .//header | .//footer | .//iframe | .//form"):
        return [body], "网页里没有菜单和链接，全部作正文。"
    raise UnreadableError(f"认不出网页的正文在哪里。{_candidates(root)}")


def _main(found: Sequence[_Element]) -> list[_Element]:
    """Of several containers of one name the one with nearly all of the text, or all of them."""
    sizes = {one: len(_text(one)) for one in found}
    largest = max(found, key=lambda one: sizes[one])
    return [largest] if sizes[largest] > 0.8 * sum(sizes.values()) else list(found)


def _outermost(found: Sequence[_Element]) -> list[_Element]:
    """Elements without those that stand in another of them."""
    every = set(found)
    return [one for one in found if not any(above in every for above in one.iterancestors())]


def _candidates(root: _Element) -> str:
    """What the page has that could be a container, with most of its text first."""
    whole = max(1, len(_text(root)))
    found: list[tuple[int, str]] = []
    for element in root.iter("div", "td", "section", "article", "main"):
        for name in filter(None, (element.get("id") and f"#{element.get('id')}", *(f".{one}" for one in (element.get("class") or "").split()))):
            if re.fullmatch(r"[#.][A-Za-z_][\w-]*", name):
                found.append((len("".join(_text(element).split())), name))
    ranked = sorted(((size, name) for size, name in found if size >= 0.2 * whole), key=lambda one: (one[0], one[1]))
    names = list(dict.fromkeys(f"{name}（{size} 字）" for size, name in ranked))[:_CANDIDATES]
    listed = f"可能是：{'、'.join(names)}。" if names else "没有带名称的容器。"
    return f"{listed}请用 --container 指定一个，或者加进 generator/taxonomy/webpages.yml。"


def _text(element: _Element) -> str:
    """All text of an element but that of scripts and styles."""
    return "".join(_texts(element))


def _texts(element: _Element) -> Iterator[str]:
    """The pieces of text of an element, in order, without recursion."""
    skipped: _Element | None = None
    for event, one in etree.iterwalk(element, events=("start", "end", "comment", "pi")):
        if event == "start":
            if skipped is None and one.tag in _SILENT:
                skipped = one
            if skipped is None and one.text:
                yield one.text
            continue
        if one is skipped:
            skipped = None
        if skipped is None and one is not element and one.tail:
            yield one.tail


class _Writer:
    """Collects the blocks of a container."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._pieces: list[str] = []

    def add(self, text: str) -> None:
        self._pieces.append(text)

    def end(self) -> None:
        """End the paragraph, or the line of it."""
        text = "".join(self._pieces)
        self._pieces.clear()
        text = _SPACE.sub(" ", _BROKEN.sub("", text)).strip()
        if text:
            self.blocks.append(text)

    def put(self, table: Table) -> None:
        self.end()
        self.blocks.append(table)


def _blocks(box: _Element, page: _Page) -> list[Block]:
    writer = _Writer()
    _walk(box, page, writer)
    writer.end()
    return writer.blocks


def _walk(element: _Element, page: _Page, writer: _Writer) -> None:
    """Add an element's text and what is in it. The parser nests 256 deep at most."""
    ordinal = _Ordinal(element) if element.tag in ("ol", "ul") else None
    if element.text:
        _add_text(element, element.text, writer)
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag:
            _child(child, tag, page, writer, ordinal)
        if child.tail:
            _add_text(element, child.tail, writer)


def _child(child: _Element, tag: str, page: _Page, writer: _Writer, ordinal: _Ordinal | None) -> None:
    if tag in _SILENT:
        return
    if tag in _WIDGETS or child in page.apart:
        page.tally.add(_CONTROLS, _text(child))
    elif _is_hidden(child):
        page.tally.add(_HIDDEN, _text(child))
    elif tag == "br" or tag == "hr":
        writer.end()
    elif tag == "img":
        if not _is_tiny(child):
            page.figures += 1
            writer.add(FIGURE)
    elif tag == "table":
        _table(child, page, writer)
    elif tag in ("sup", "sub"):
        writer.add(_shifted(_text(child), tag))
    elif tag in _BLOCKS:
        writer.end()
        if ordinal is not None and tag == "li":
            writer.add(ordinal.next(child))
        _walk(child, page, writer)
        writer.end()
    else:
        if tag in ("s", "strike", "del") and _text(child).strip():
            page.struck += 1
        _walk(child, page, writer)


def _add_text(element: _Element, text: str, writer: _Writer) -> None:
    if element.tag != "pre":
        writer.add(text)
        return
    first, *rest = text.split("\n")
    writer.add(first)
    for line in rest:
        writer.end()
        writer.add(line)


class _Ordinal:
    """The numbers that a browser prints before the members of an ordered list."""

    def __init__(self, element: _Element) -> None:
        self._kind = (element.get("type") or "1") if element.tag == "ol" else ""
        style = (element.get("style") or "").replace(" ", "").lower()
        if "list-style:none" in style or "list-style-type:none" in style:
            self._kind = ""
        self._next = _number(element.get("start"), 1)

    def next(self, member: _Element) -> str:
        """The number of a member, as it is printed; nothing in a list without numbers."""
        if not self._kind:
            return ""
        number = _number(member.get("value"), self._next)
        self._next = number + 1
        if self._kind in "aA" and 1 <= number <= 26:
            letter = chr(ord("a") + number - 1)
            return f"{letter if self._kind == 'a' else letter.upper()}. "
        return f"{number}. "


def _number(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"-?\d{1,6}", text.strip()) else default


def _is_hidden(element: _Element) -> bool:
    style = re.sub(r"\s", "", element.get("style") or "").lower()
    return "display:none" in style or "visibility:hidden" in style or element.get("hidden") is not None


def _is_tiny(image: _Element) -> bool:
    """Whether a picture is no figure: a dot that counts visits, an icon of a file."""
    sizes = [image.get(name) or "" for name in ("width", "height")]
    source = (image.get("src") or "").lower()
    return any(re.fullmatch(r"[0-2](?:px)?", size.strip()) for size in sizes) or "icon" in source or "/fileTypeImages/".lower() in source


def _shifted(text: str, tag: str) -> str:
    """Raised and lowered figures as the characters that show them so: 10⁴, CO₂; 10<sup>4</sup> is not 104."""
    flat = text.strip()
    if flat and all(one in "0123456789+-－" for one in flat):
        return flat.translate(_RAISED if tag == "sup" else _LOWERED)
    return text


def _table(element: _Element, page: _Page, writer: _Writer) -> None:
    """A table; one of a single column is a frame around text, and its cells are paragraphs."""
    caption = next((_text(one) for one in element if one.tag == "caption"), "")
    rows = [
        [cell for cell in row if cell.tag in ("td", "th") and not _is_hidden(cell)] for row in _rows(element)
    ]
    if all(len(row) <= 1 for row in rows):
        writer.end()
        if caption.strip():
            writer.add(caption)
            writer.end()
        for row in rows:
            for cell in row:
                _walk(cell, page, writer)
                writer.end()
        return
    made = tuple(tuple(_cell(cell, page) for cell in row) for row in rows)
    writer.put(Table(tuple(row for row in made if row), _SPACE.sub(" ", caption).strip()))


def _rows(table: _Element) -> Iterator[_Element]:
    """The rows of a table itself, in the order they are shown: head, bodies, foot."""
    parts = [one for one in table if one.tag in ("thead", "tbody", "tfoot", "tr")]
    order = {"thead": 0, "tfoot": 2}
    for part in sorted(parts, key=lambda one: order.get(one.tag, 1)):
        yield from [part] if part.tag == "tr" else (row for row in part if row.tag == "tr")


def _cell(element: _Element, page: _Page) -> Cell:
    paragraphs: list[str] = []
    for block in _blocks(element, page):
        if isinstance(block, Table):
            page.nested += 1
            paragraphs += ["　".join(" ".join(cell.paragraphs) for cell in row) for row in block.rows]
        else:
            paragraphs.append(block)
    rows, columns = (max(1, _number(element.get(name), 1)) for name in ("rowspan", "colspan"))
    return Cell(tuple(paragraphs), min(rows, _HIGHEST), min(columns, _WIDEST))


def _facts(
    root: _Element, boxes: Sequence[_Element], known: Webpages
) -> tuple[dict[str, str], set[_Element]]:
    """What the page says of the document outside its container, and the elements that say it."""
    said: dict[str, str] = {}
    taken: set[_Element] = set()
    inside = {one for box in boxes for one in box.iter()}
    for row in root.iter("tr"):
        cells = [one for one in row if one.tag in ("td", "th")]
        if row in inside or any(cell in inside for cell in cells) or row.find(".//table") is not None:
            continue
        for label, value in pairwise(cells):
            name = _label(_text(label), known)
            if name:
                taken.update((label, value))
                _say(said, name, _text(value))
    for element in root.iter("li", "p", "div", "span", "dd", "td"):
        text = " ".join(_text(element).split())
        if element in inside or element in taken or len(text) > 120:
            continue
        before, colon, after = text.replace(":", "：").partition("：")
        name = _label(f"{before}{colon}", known)
        if name and after.strip() and not re.search(r"\S{2,6}：", after.replace("：//", "")):
            _say(said, name, text[len(before) + 1 :])
            taken.add(element)
    return said, taken


def _label(text: str, known: Webpages) -> str | None:
    """The name of a fact, where a text is nothing else: 索 引 号：."""
    flat = "".join(text.split()).strip("【】[]")
    name = flat.rstrip("：:")
    return name if name in known.facts and flat != name else None


def _say(said: dict[str, str], name: str, value: str) -> None:
    flat = " ".join(value.split())
    if flat and name not in said:
        said[name] = flat


def _with_title(
    said: Mapping[str, str], root: _Element, boxes: Sequence[_Element], known: Webpages
) -> dict[str, str]:
    """The facts, with the title that stands outside the container where none of them names it."""
    result = dict(said)
    if any(name in result for name in ("标题", "名称", "信息名称", "文件名称")):
        return result
    inside = {one for box in boxes for one in box.iter()}
    headings = [one for selector in known.titles for one in root.xpath(xpath(selector))]
    headings += list(root.iter("h1"))
    for heading in headings:
        text = " ".join(_text(heading).split())
        if heading not in inside and 4 <= len(text) <= 200:
            result["标题"] = text
            break
    return result


def _count_outside(root: _Element, boxes: Sequence[_Element], taken: set[_Element], page: _Page) -> None:
    """Count the text that stands outside the containers."""
    inside = set(boxes)
    reason = {True: _FACTS, False: _OUTSIDE}
    body = root.find("body")
    for element in (body if body is not None else root).iter("td", "th", "div", "li", "p", "a", "span", "h1", "h2", "h3", "body"):
        if element in inside or any(above in inside for above in element.iterancestors()):
            continue
        own = "".join(filter(None, (element.text, *(child.tail for child in element))))
        of_facts = element in taken or any(above in taken for above in element.iterancestors())
        page.tally.add(_HIDDEN if _is_hidden(element) else reason[of_facts], own)


def _attachments(root: _Element, known: Webpages) -> tuple[Attachment, ...]:
    """The documents that the page links to."""
    found: dict[str, str] = {}
    for link in root.iter("a"):
        address = (link.get("href") or "").strip()
        path = address.split("?")[0].split("#")[0].lower()
        if path.endswith(known.documents):
            found.setdefault(address, " ".join(_text(link).split()) or address.rpartition("/")[2])
    return tuple(Attachment(name, address) for address, name in found.items())


def _address(root: _Element, text: str) -> str | None:
    """Where the page was published: what the browser noted, or the page says of itself."""
    noted = _SAVED_FROM.search(text[:2000])
    named = root.xpath("//link[@rel='canonical']/@href | //meta[@property='og:url']/@content")
    for address in (*([noted[1]] if noted else ()), *named):
        if re.fullmatch(r"https?://[^\s<>\"]{4,1000}", str(address)):
            return str(address)
    return None


def _weight(block: Block) -> int:
    if isinstance(block, Table):
        return sum(len(cell.text) for row in block.rows for cell in row)
    return len(block.replace(FIGURE, "").strip())
