"""Web pages as a browser saves them: the text of the document in its container, and what stands around it.

The container is found by a list (`webpages.yml`), never by guess: a page without a known one is refused with the
candidates it has. What stands outside is left out, counted with its reason; the table of the page's facts (索引号,
发文字号 …) is kept as what the original says of itself.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from lxml import etree, html  # type: ignore[import-untyped]

from generator.reading.formats.document import FIGURE, Attachment, Block, Extracted, Table
from generator.reading.formats.encodings import decode
from generator.reading.formats.htmlblocks import BLOCKS, HIDDEN, Element, Page, blocks_of, is_hidden, text_of
from generator.reading.formats.sourcetext import source_text
from generator.reading.guarded import UnreadableError
from generator.vocabulary.webpages import Webpages

_OUTSIDE = "正文容器以外的网页文字"
_FACTS = "公文信息表（已记入说明文件）"
_SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)")
_DECLARED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{3,20})|<\?xml[^>]{0,100}?encoding=["']([\w-]{3,20})""",
    re.I,
)
_FEW = 30  # characters of a container that holds a text
_CANDIDATES = 8


def read_html(
    data: bytes, known: Webpages, container: str | None = None, address: str | None = None
) -> Extracted:
    """The document in a saved web page, its container found by what is `known` of web pages.

    `container`: a selector (#id, .class) to take in place of the list's. `address`: of the page, where the file
    around it tells. Raises `UnreadableError` for a page in which no container is known.
    """
    declared = _DECLARED.search(data[:4096])
    name = (declared[1] or declared[2]).decode("ascii") if declared else None
    decoded = decode(data, name)
    root = _parsed(decoded.text)
    page = Page()
    boxes, assumed = _containers(root, known, container)
    page.apart = frozenset(one for selector in known.apart for one in root.xpath(_xpath(selector)))
    blocks = [block for box in boxes for block in blocks_of(box, page)]
    said, taken = _facts(root, boxes, known)
    _count_outside(root, boxes, taken, page)
    found = _attachments(root, known)
    doubts = list(decoded.doubts)
    if page.nested:
        doubts.append(f"有 {page.nested} 个表格套在别的表格的格子里，逐行写进了那一格。")
    if page.struck:
        doubts.append(f"有 {page.struck} 处文字带删除线，照印收入，请核对是否有效。")
    if not any(_weight(block) for block in blocks):
        raise UnreadableError(
            "网页的正文里没有文字：可能全是图片，或者在附件里。请加入附件，或者对图片作文字识别。"
        )
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


def _parsed(text: str) -> Element:
    """The tree of a page. Raises `UnreadableError` for one that nests without end."""
    text = re.sub(r"^\ufeff?\s*<\?xml[^>]*\?>", "", text)  # it names an encoding, and this is text already
    parser = html.HTMLParser(huge_tree=False, no_network=True)
    try:
        root: Element = html.document_fromstring(text.replace("\0", ""), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise UnreadableError("不是网页，或者已损坏。请重新保存网页。") from error
    if any(entry.type_name in ("ERR_RESOURCE_LIMIT", "ERR_NAME_TOO_LONG") or "depth" in entry.message.lower()
           for entry in parser.error_log):  # fmt: skip
        raise UnreadableError("网页的标记嵌套过深，没有读取。请重新保存网页。")
    return root


def _containers(root: Element, known: Webpages, wanted: str | None) -> tuple[list[Element], str]:
    """The elements that hold the document, and how they were found."""
    if wanted is not None:
        if not re.fullmatch(r"[#.][A-Za-z_][\w-]*", wanted):
            raise UnreadableError(f"--container {wanted} 写法不对，应为 #编号 或者 .类名。")
        found = _outermost(root.xpath(_xpath(wanted)))
        if not found:
            raise UnreadableError(f"网页里没有容器 {wanted}。{_candidates(root)}")
        return found, f"正文取自指定的容器 {wanted}。"
    best: tuple[int, list[Element], str] = (0, [], "")
    for selector in known.containers:
        found = [one for one in _outermost(root.xpath(_xpath(selector))) if one.tag in BLOCKS]
        size = sum(len("".join(text_of(one).split())) for one in found)
        if size >= _FEW:
            return _main(found), f"正文取自容器 {selector}。"
        best = max(best, (size, found, selector), key=lambda one: one[0])
    if best[0]:
        return best[1], f"正文取自容器 {best[2]}，其中只有 {best[0]} 字。"
    body = root.find("body")
    if body is not None and not body.xpath(
        ".//a[@href] | .//nav | .//header | .//footer | .//iframe | .//form"
    ):
        return [body], "网页里没有菜单和链接，全部作正文。"
    raise UnreadableError(f"认不出网页的正文在哪里。{_candidates(root)}")


def _main(found: Sequence[Element]) -> list[Element]:
    """Of several containers of one name the one with nearly all of the text, or all of them."""
    sizes = {one: len(text_of(one)) for one in found}
    largest = max(found, key=lambda one: sizes[one])
    return [largest] if sizes[largest] > 0.8 * sum(sizes.values()) else list(found)


def _outermost(found: Sequence[Element]) -> list[Element]:
    """Elements without those that stand in another of them."""
    every = set(found)
    return [one for one in found if not any(above in every for above in one.iterancestors())]


def _candidates(root: Element) -> str:
    """What the page has that could be a container, with most of its text first."""
    whole = max(1, len(text_of(root)))
    found: list[tuple[int, str]] = []
    for element in root.iter("div", "td", "section", "article", "main"):
        for name in filter(
            None,
            (
                element.get("id") and f"#{element.get('id')}",
                *(f".{one}" for one in (element.get("class") or "").split()),
            ),
        ):
            if re.fullmatch(r"[#.][A-Za-z_][\w-]*", name):
                found.append((len("".join(text_of(element).split())), name))
    ranked = sorted(
        ((size, name) for size, name in found if size >= 0.2 * whole), key=lambda one: (one[0], one[1])
    )
    names = list(dict.fromkeys(f"{name}（{size} 字）" for size, name in ranked))[:_CANDIDATES]
    listed = f"可能是：{'、'.join(names)}。" if names else "没有带名称的容器。"
    return f"{listed}请用 --container 指定一个，或者加进 generator/taxonomy/webpages.yml。"


def _facts(root: Element, boxes: Sequence[Element], known: Webpages) -> tuple[dict[str, str], set[Element]]:
    """What the page says of the document outside its container, and the elements that say it."""
    said: dict[str, str] = {}
    taken: set[Element] = set()
    inside = {one for box in boxes for one in box.iter()}
    for row in root.iter("tr"):
        cells = [one for one in row if one.tag in ("td", "th")]
        if row in inside or any(cell in inside for cell in cells) or row.find(".//table") is not None:
            continue
        for label, value in pairwise(cells):
            name = _label(text_of(label), known)
            if name:
                taken.update((label, value))
                _say(said, name, text_of(value))
    for element in root.iter("li", "p", "div", "span", "dd", "td"):
        text = " ".join(text_of(element).split())
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
    said: Mapping[str, str], root: Element, boxes: Sequence[Element], known: Webpages
) -> dict[str, str]:
    """The facts, with the title that stands outside the container where none of them names it."""
    result = dict(said)
    if any(name in result for name in ("标题", "名称", "信息名称", "文件名称")):
        return result
    inside = {one for box in boxes for one in box.iter()}
    headings = [one for selector in known.titles for one in root.xpath(_xpath(selector))]
    headings += list(root.iter("h1"))
    for heading in headings:
        text = " ".join(text_of(heading).split())
        if heading not in inside and 4 <= len(text) <= 200:
            result["标题"] = text
            break
    return result


def _count_outside(root: Element, boxes: Sequence[Element], taken: set[Element], page: Page) -> None:
    """Count the text that stands outside the containers."""
    inside = set(boxes)
    reason = {True: _FACTS, False: _OUTSIDE}
    body = root.find("body")
    for element in (body if body is not None else root).iter(
        "td", "th", "div", "li", "p", "a", "span", "h1", "h2", "h3", "body"
    ):
        if element in inside or any(above in inside for above in element.iterancestors()):
            continue
        own = "".join(filter(None, (element.text, *(child.tail for child in element))))
        of_facts = element in taken or any(above in taken for above in element.iterancestors())
        page.tally.add(HIDDEN if is_hidden(element) else reason[of_facts], own)


def _attachments(root: Element, known: Webpages) -> tuple[Attachment, ...]:
    """The documents that the page links to."""
    found: dict[str, str] = {}
    for link in root.iter("a"):
        address = (link.get("href") or "").strip()
        path = address.split("?")[0].split("#")[0].lower()
        if path.endswith(known.documents):
            found.setdefault(address, " ".join(text_of(link).split()) or address.rpartition("/")[2])
    return tuple(Attachment(name, address) for address, name in found.items())


def _address(root: Element, text: str) -> str | None:
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


def _xpath(selector: str) -> str:
    """A selector (#id, .class) as an XPath expression that finds its elements."""
    name = selector[1:]
    if selector.startswith("#"):
        return f"//*[@id='{name}']"
    return f"//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]"
