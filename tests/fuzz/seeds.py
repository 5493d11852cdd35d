"""What inputs are made of: the policies of the repository, fifty laws, documents that link to the site, sidecars."""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Sequence
from functools import cache

from docx import Document
from pypdf import PdfWriter
from pypdf.annotations import Link as PdfLink

from tests.fuzz.mutations import window
from tests.support.corpora import ROOT, SOURCES, parse_text
from tests.support.laws import load_laws

LONGEST = 1_500  # characters of a seed: short inputs are tried often
SMALL = """某市优化营商环境若干措施
某政办发〔2020〕14号
一、开办企业
（一）压缩时间。开办企业3个工作日内办结。
1.推行网上办理。
（责任单位：市市场监管局，完成时限：2020年6月底）
二、获得电力
依照第一条第二款和《优化营商环境条例》第五条办理。
某市人民政府
2020年3月1日
"""

SIDECAR = """publisher: 某智库
policies:
  - id: city-2020-14
    title: 某市优化营商环境若干措施
    issuer: 某市人民政府
    document_number: 某政办发〔2020〕14号
    issued: 2020-03-01
    effective: null
    status: 正式
    genre: 措施
    jurisdiction: {level: city, province: 某省, city: 某市}
    notes:
      - 照印。
    continues:
      - （一）压缩时间
    short_names: [某市措施]
    former_ids: [city-2019-1]
    repealed: {date: 2022-01-01, by: city-2021-1}
    moved:
      - {from: sec_9, to: sec_1__para_1, note: 并入}
      - {from: sec_8, to: null}
    indicators:
      - clause: sec_1
        primary: starting-business
        secondary: [government-services]
        reason: 标题
    corrections:
      - find: 网上
        replace: 线上
        reason: 误
        clause: sec_1__para_1__subpara_1
"""

MARKDOWN = """# 比较 {#top}

见 [营口方案](https://policies.example.org/policies/yingkou-2020-14.html#subpara_2 "题") 与 <https://example.org/a_(b)>。

- 列表 `code` ![图](a.png)
- {ref}`x#art_1` [`text`][policy#sec_1] [text][id]

| a | b |
|---|---|
| [x](y.html#z) | https://policies.example.org/policies/x.html#art_3 |

!!! note "题"
    https://policies.example.org/indicators/getting-electricity.html

```{eval-rst}
.. _name: https://example.org
```

    code https://example.org/code

[id]: policies/x.html#art_5 'title'

<a href="policies/y.html#art_6"><code>https://no.example</code></a>
"""

RST = """题
==

见 `营口方案 <https://policies.example.org/policies/yingkou-2020-14.html#subpara_2>`_ 与 :external+policies:std:ref:`text <x#art_1>`。

.. _target: https://example.org/x

.. note:: 见 https://policies.example.org/policies/x.html#art_3

.. image:: a.png
   :target: https://example.org/y

::

   code https://example.org/code

``literal`` __ https://example.org/anonymous
"""

HTML = """<!DOCTYPE html><html><head><base href="https://policies.example.org/policies/"><meta charset="utf-8"></head>
<body><h1>题</h1><p>见 <a href="yingkou-2020-14.html#subpara_2">营口方案</a>，https://policies.example.org/<b>policies</b>/x.html#art_3。</p>
<pre>https://example.org/code</pre><script>"https://example.org"</script><table><tr><td><img src="a.png"></td></tr></table>
<autoref identifier="x#art_1">第一条</autoref><!-- https://example.org/comment --></body></html>
"""


@cache
def wholes() -> tuple[str, ...]:
    """Every policy of the repository and every law, whole: as clean text, and every second as a page prints it."""
    found: list[str] = []
    for path in sorted(SOURCES.glob("*.txt")):
        text = path.read_text("utf-8")
        lines = text.split("\n")
        found += [
            "\n".join(lines[one.place.first_line - 1 : one.place.last_line])
            for one in parse_text(text).policies
        ]
    found += [law.printed() if place % 2 else law.clean for place, law in enumerate(load_laws())]
    return tuple(found)


@cache
def windows() -> tuple[str, ...]:
    """A stretch of each of them, and the small documents of the test family, of `LONGEST` characters at most."""
    chance = random.Random(20211122)
    some = [window(text, chance, chance.choice((200, 600, LONGEST))) for text in wholes()]
    family = sorted((ROOT / "tests" / "family").glob("*.txt"))
    some += [path.read_text("utf-8", "ignore")[:LONGEST] for path in family]
    return (SMALL, *some)


def texts() -> Sequence[bytes]:
    """Seeds of every target that takes a text."""
    return [text.encode() for text in windows()]


def sidecars() -> Sequence[bytes]:
    """Seeds of the sidecar: one that uses every key, and those of the repository."""
    return [SIDECAR.encode(), *(path.read_bytes()[:LONGEST] for path in sorted(SOURCES.glob("*.yml")))]


def linking() -> Sequence[bytes]:
    """Seeds of the readers of links in text."""
    return [text.encode() for text in (MARKDOWN, RST, HTML)]


@cache
def files() -> Sequence[bytes]:
    """Seeds of the readers of files; the first byte says of which format."""
    return [
        b"\0" + _word(),
        b"\1" + _pdf(),
        b"\2" + MARKDOWN.encode(),
        b"\3" + HTML.encode(),
        b"\4" + RST.encode(),
    ]


def _word() -> bytes:
    """A small Word document: python-docx fills it with a template of thirty kilobytes, of which little is needed."""
    made = io.BytesIO()
    document = Document()
    document.add_paragraph("见 https://policies.example.org/policies/x.html#art_3 第三条")
    document.add_table(1, 2).cell(0, 1).text = "https://policies.example.org/policies/y.html"
    document.save(made)
    needless = ("docProps/", "word/theme", "word/styles", "word/settings", "word/webSettings", "word/fontTable", "word/numbering",
                "word/stylesWithEffects", "customXml/")  # fmt: skip
    kept = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if not entry.filename.startswith(needless):
                content = old.read(entry)
                if entry.filename.endswith((".rels", "[Content_Types].xml")):
                    content = _without_parts(content, needless)
                new.writestr(zipfile.ZipInfo(entry.filename), content)
    return kept.getvalue()


def _without_parts(xml: bytes, needless: tuple[str, ...]) -> bytes:
    """A list of parts without those that are left out."""
    names = [name.removeprefix("word/").encode() for name in needless]
    pieces = xml.replace(b"/>", b"/>\n").split(b"\n")
    return b"".join(piece for piece in pieces if not any(name in piece for name in names))


def _pdf() -> bytes:
    made = io.BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_annotation(
        0, PdfLink(rect=(1, 1, 9, 9), url="https://policies.example.org/policies/x.html#art_3")
    )
    writer.write(made)
    return made.getvalue()


def repacked(package: bytes, change: Callable[[bytes], bytes], chance: random.Random) -> bytes:
    """A package (zip) with one of its parts changed; what is no package stays as it is."""
    made = io.BytesIO()
    try:
        with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(made, "w") as new:
            entries = old.infolist()
            at = chance.randrange(len(entries)) if entries else -1
            for place, entry in enumerate(entries):
                content = old.read(entry)
                new.writestr(zipfile.ZipInfo(entry.filename), change(content) if place == at else content)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, zipfile.zlib.error):  # type: ignore[attr-defined]
        return package
    return made.getvalue()
