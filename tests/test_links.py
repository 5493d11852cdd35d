"""Other people's documents: every link to this site in them is found, and judged as a reader would find it."""

from __future__ import annotations

import json
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import docx
import jsonschema
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.text.paragraph import Paragraph
from playwright.sync_api import Browser
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, RectangleObject, read_object

from generator import sitemap
from generator.anchors.addresses import Addresses
from generator.checking.links import documents
from generator.checking.links.documents import find_documents, read_document
from generator.checking.links.found import Link, Spot
from generator.checking.links.from_docx import field_target
from generator.checking.links.from_html import html_links
from generator.checking.links.from_markdown import markdown_links
from generator.checking.links.from_rst import rst_links
from generator.checking.links.judge import Judge, Status, Verdict
from generator.checking.links.nearest import nearest_anchor
from generator.checking.links.printed import broken_addresses, printed_addresses
from generator.checking.links.reader import DocumentReader
from generator.checking.links.sites import WrongSiteError
from generator.model import Clause, Corpus
from generator.pipeline import load_corpus
from generator.reading.guarded import UnreadableError
from generator.settings import load_settings
from generator.views.page_ids import page_ids
from tests.support.corpora import ROOT, Project, make_project, parse_policy
from tests.support.words import WORDS

SITE = "https://policies.example.org/"
MEASURES = f"{SITE}policies/city-2024-1.html"
RULES = f"{SITE}policies/city-2023-rules.html"

MEASURES_TEXT = """一、开办企业
网上办理。
（一）一窗受理。
（二）免费刻章。
二、获得电力
当场接电。
三、纳税
网上办税。
"""
MEASURES_SIDECAR = """policies:
  - id: city-2024-1
    former_ids: [city-2023-7]
    moved:
      - {from: sec_8, to: sec_2, note: 2024年修订时并入第二部分}
      - {from: sec_9, to: null, note: 2024年修订时删去}
      - {from: sec_10, to: "city-2023-rules#art_2"}
    corrections:
      - {find: 当场接电, replace: 当日接电, reason: 据印发稿改。}
"""
RULES_TEXT = """第一条 为了优化营商环境，制定本办法。
第二条 市场主体依法平等。
政府一视同仁。
第三条 下列事项即时办结：
（一）开办企业；
（二）注销登记。
"""

SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["documents", "links", "unread", "summary", "faults"],
    "properties": {
        "documents": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["file", "links"],
                "properties": {"file": {"type": "string"}, "links": {"type": "integer", "minimum": 0}},
            },
        },
        "links": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": [
                    *("file", "line", "page", "paragraph", "part", "form", "target", "address"),
                    *("status", "fault", "to", "nearest", "detail", "changed"),
                ],
                "properties": {
                    "file": {"type": "string"},
                    "line": {"type": ["integer", "null"], "minimum": 1},
                    "page": {"type": ["integer", "null"], "minimum": 1},
                    "paragraph": {"type": ["integer", "null"], "minimum": 0},
                    "part": {"enum": [None, "页眉", "页脚", "脚注", "尾注", "批注"]},
                    "form": {"enum": ["link", "printed", "inventory"]},
                    "target": {"type": "string"},
                    "address": {"type": "string"},
                    "status": {"enum": ["ok", "moved", "changed", "dead", "unchecked"]},
                    "fault": {"type": ["string", "null"]},
                    "to": {"type": ["string", "null"]},
                    "nearest": {"type": ["string", "null"]},
                    "detail": {"type": ["string", "null"]},
                    "changed": {"type": ["boolean", "null"]},
                },
            },
        },
        "unread": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["file", "message"],
                "properties": {"file": {"type": "string"}, "message": {"type": "string"}},
            },
        },
        "summary": {
            "type": "object",
            "additionalProperties": {"type": "integer", "minimum": 0},
            "required": [
                *("documents", "links", "ok", "moved", "changed", "dead", "unchecked", "unread", "skipped")
            ],
        },
        "faults": {"type": "array"},
    },
}


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A site of two policies: one that was published under another id and has anchors that moved, and another."""
    project = make_project(tmp_path_factory.mktemp("links") / "project", with_sources=False)
    (project.sources / "measures.txt").write_text(MEASURES_TEXT, "utf-8")
    (project.sources / "measures.yml").write_text(MEASURES_SIDECAR, "utf-8")
    (project.sources / "rules.txt").write_text(RULES_TEXT, "utf-8")
    (project.sources / "rules.yml").write_text("policies:\n  - id: city-2023-rules\n", "utf-8")
    return project


@pytest.fixture(scope="module")
def judge(project: Project) -> Judge:
    """The judge of that site, without an older lock."""
    return make_judge(project)


def make_judge(project: Project, *mirrors: str, **known: Any) -> Judge:  # noqa: ANN401 - as Judge has it
    corpus, problems = load_corpus(project.sources)
    assert not problems
    ids = page_ids(corpus, WORDS)
    return Judge(corpus, ids, load_settings(project.folder / "mkdocs.yml"), mirrors, **known)


def judged(judge: Judge, target: str, document: str = "/报告/a.md") -> Verdict | None:
    return judge.judge(Link(target, Spot("line", 1)), Path(document))


def targets(links: list[Link]) -> list[tuple[int, str]]:
    return [(link.spot.number, link.target) for link in links]


# --- which links are to this site ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "place"),
    [
        (f"{MEASURES}#sec_1", "policies/city-2024-1.html#sec_1"),
        ("http://POLICIES.example.org:80/policies/city-2024-1.html#sec_1", "policies/city-2024-1.html#sec_1"),
        ("https://policies.example.org:443/policies/city-2024-1.html", "policies/city-2024-1.html"),
        ("//policies.example.org/policies/city-2024-1.html", "policies/city-2024-1.html"),
        ("https://policies.example.org", "index.html"),
        ("https://policies.example.org/?from=wechat", "index.html"),
        (f"{SITE}policies/", "policies/index.html"),
        (f"{MEASURES}?q=%E5%88%BB%E7%AB%A0#sec_1__para_2", "policies/city-2024-1.html#sec_1__para_2"),
        (f"{SITE}policies/city%2D2024-1.html#sec%5F1", "policies/city-2024-1.html#sec_1"),
        (f"{MEASURES}#sec_1:~:text=刻章", "policies/city-2024-1.html#sec_1"),
        (f"{SITE}indicators/../policies//city-2024-1.html", "policies/city-2024-1.html"),
        (f"{SITE}link.html#anchors", "link.html#anchors"),
        (f"{SITE}data/clauses.jsonl", "data/clauses.jsonl"),
        ("file:///D:/%E8%B5%84%E6%96%99/yingshang-zhengce/index.html", "index.html"),
        (r"file:///D:\资料\yingshang-zhengce\about.html#offline", "about.html#offline"),
        (r"C:\资料\policies\city-2024-1.html#sec_1", "policies/city-2024-1.html#sec_1"),
        (r"\\server\资料\policies\city-2024-1.html", "policies/city-2024-1.html"),
        ("../site/policies/city-2024-1.html#sec_1", "policies/city-2024-1.html#sec_1"),
        ("policies/city-2023-7.html", "policies/city-2023-7.html"),
        ("indicators/starting-business.html", "indicators/starting-business.html"),
        ("policies/city-2042-1.html", "policies/city-2042-1.html"),  # misspelt, yet ours
        ("policies/elsewhere-1.html#art_3__para_1", "policies/elsewhere-1.html#art_3__para_1"),
        ("inv:#city-2024-1#sec_1", "policies/city-2024-1.html#sec_1"),
        ("inv:zhengce:std:label#city-2024-1", "policies/city-2024-1.html"),
        ("inv:zhengce:std:doc#policies/city-2024-1", "policies/city-2024-1.html"),
        ("inv:#starting-business", "indicators/starting-business.html"),
        ("inv:#city-2024-11#sec_1", "policies/city-2024-11.html#sec_1"),  # misspelt, yet ours
    ],
)
def test_an_address_of_the_site_is_known_in_every_spelling(judge: Judge, address: str, place: str) -> None:
    verdict = judged(judge, address)
    assert verdict is not None
    assert verdict.address == place


@pytest.mark.parametrize(
    "address",
    [
        "",
        "#sec_1",
        "https://www.gov.cn/policies/city-2024-1.html#sec_1",
        "https://policies.example.org.evil.cn/policies/city-2024-1.html",
        "https://policies.example.org:8443/policies/city-2024-1.html",
        "ftp://policies.example.org/policies/city-2024-1.html",
        "mailto:a@policies.example.org",
        "javascript:alert(1)",
        "policies/privacy-policy.html",
        "policies/index.html",
        "indicators/gdp.html",
        "../index.html",
        "http://[policies.example.org/",
        "http://policies.example.org:port/",
        "inv:#some-other-label",
        "inv:#index",
        "inv:python#str",
    ],
)
def test_an_address_of_anything_else_is_left_alone(judge: Judge, address: str) -> None:
    assert judged(judge, address) is None


def test_mirrors_are_the_site_too(project: Project) -> None:
    judge = make_judge(project, "http://10.0.0.8:8080/zhengce", "file:///mnt/share/policy-site/")
    for address in (
        "http://10.0.0.8:8080/zhengce/policies/city-2024-1.html#sec_1",
        "file:///mnt/share/policy-site/policies/city-2024-1.html#sec_1",
    ):
        verdict = judged(judge, address)
        assert verdict == Verdict(Status.OK, "policies/city-2024-1.html#sec_1")
    assert judged(judge, "http://10.0.0.8:8080/zhengce2/policies/city-2024-1.html") is None
    with pytest.raises(WrongSiteError):
        make_judge(project, "policies.example.org")


def test_a_document_within_a_copy_of_the_site_is_part_of_it(judge: Judge, tmp_path: Path) -> None:
    for name in ("policies/index.html", "indicators/index.html"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).touch()
    document = str(tmp_path / "policies" / "city-2024-1.html")
    assert judged(judge, "city-2023-rules.html#art_2", document) == Verdict(
        Status.OK, "policies/city-2023-rules.html#art_2"
    )
    verdict = judged(judge, "../indicators/gdp.html", document)
    assert verdict is not None
    assert verdict.status is Status.DEAD


# --- verdicts ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "status", "fault", "leads_to"),
    [
        (f"{MEASURES}#sec_1__para_2", Status.OK, "", None),
        (f"{MEASURES}", Status.OK, "", None),
        (f"{MEASURES}#top", Status.OK, "", None),
        (f"{MEASURES}#correction-sec_2-1", Status.OK, "", None),
        (f"{RULES}#art_2__para_1", Status.OK, "", None),  # an alias
        (f"{SITE}policies/index.html#by-place", Status.UNCHECKED, "", None),
        (f"{SITE}indicators/bidding.html", Status.OK, "", None),
        (f"{SITE}link.html#anchors", Status.OK, "", None),
        (f"{SITE}data/clauses.jsonl", Status.OK, "", None),
        (f"{SITE}data/unknown.csv", Status.UNCHECKED, "", None),  # nothing is built
        (f"{SITE}pictures/home.png", Status.OK, "", None),
        (f"{SITE}data/{'x' * 300}.csv", Status.UNCHECKED, "", None),
        (f"{MEASURES}#sec_8", Status.MOVED, "锚点已移动", "policies/city-2024-1.html#sec_2"),
        (f"{MEASURES}#sec_9", Status.MOVED, "条文已删去", None),
        (f"{MEASURES}#sec_10", Status.MOVED, "锚点已移动", "policies/city-2023-rules.html#art_2"),
        (
            f"{SITE}policies/city-2023-7.html#sec_1",
            Status.MOVED,
            "政策编号已改",
            "policies/city-2024-1.html#sec_1",
        ),
        (f"{SITE}policies/city-2023-7.html", Status.MOVED, "政策编号已改", "policies/city-2024-1.html"),
        (f"{MEASURES}#sec_4", Status.DEAD, "锚点不存在", "policies/city-2024-1.html#sec_3"),
        (f"{RULES}#第三条", Status.DEAD, "锚点不存在", "policies/city-2023-rules.html#art_3"),
        (f"{MEASURES}#", Status.OK, "", None),
        (f"{MEASURES}#{'x' * 900}", Status.DEAD, "锚点不存在", None),
        (
            f"{SITE}policies/city-2024-2.html#sec_1",
            Status.DEAD,
            "网页不存在",
            "policies/city-2024-1.html#sec_1",
        ),
        (f"{SITE}policies/city-2024-2.html#sec_7", Status.DEAD, "网页不存在", "policies/city-2024-1.html"),
        (
            f"{SITE}policies/city-2024-1/#sec_1",
            Status.DEAD,
            "网页不存在",
            "policies/city-2024-1.html#sec_1",
        ),
        (f"{SITE}policies/zzz.html", Status.DEAD, "网页不存在", None),
        (
            f"{SITE}indicators/starting-busines.html",
            Status.DEAD,
            "网页不存在",
            "indicators/starting-business.html",
        ),
        (f"{SITE}abuot.html", Status.DEAD, "网页不存在", "about.html"),
        (f"{SITE}nothing-like-it.html", Status.DEAD, "网页不存在", None),
        (f"{SITE}link.html#anchor", Status.DEAD, "锚点不存在", "link.html#anchors"),
    ],
)
def test_a_link_is_judged(
    judge: Judge, address: str, status: Status, fault: str, leads_to: str | None
) -> None:
    verdict = judged(judge, address)
    assert verdict is not None
    assert (verdict.status, verdict.fault) == (status, fault)
    assert (verdict.to or verdict.nearest) == leads_to
    assert verdict.to is None or verdict.status is Status.MOVED


def test_a_moved_clause_is_named_with_the_editor_s_note(judge: Judge) -> None:
    verdict = judged(judge, f"{MEASURES}#sec_8")
    assert verdict is not None
    assert verdict.detail == "二、获得电力；2024年修订时并入第二部分"


def test_a_file_is_missing_only_when_the_site_is_built(project: Project, tmp_path: Path) -> None:
    copy = make_project(tmp_path / "copy", with_sources=False)
    for file in project.sources.iterdir():
        (copy.sources / file.name).write_bytes(file.read_bytes())
    copy.site.mkdir()
    (copy.site / "index.html").touch()
    (copy.site / "objects.inv").touch()
    judge = make_judge(copy)
    for name, status in (("objects.inv", Status.OK), ("data/unknown.csv", Status.DEAD)):
        verdict = judged(judge, SITE + name)
        assert verdict is not None
        assert verdict.status is status


def test_a_page_that_a_lock_promised_is_missed(project: Project) -> None:
    judge = make_judge(project, promised=["gone-2020-5"])
    verdict = judged(judge, "../policies/gone-2020-5.html")
    assert verdict is not None
    assert verdict.status is Status.DEAD
    assert judged(make_judge(project), "../policies/gone-2020-5.html") is None


def test_a_printed_address_that_the_line_broke_is_read_on(judge: Judge) -> None:
    spot = Spot("page", 1)
    for link, address in (
        (Link(f"{RULES}#art_3__para_1__po", spot, longer=(f"{RULES}#art_3__para_1__point_2",)), "point_2"),
        (Link(f"{RULES}#art_2", spot, longer=(f"{RULES}#art_22024",)), "#art_2"),
        (Link(f"{RULES}#art_3__para_1", spot, longer=(f"{RULES}#art_3__para_1__point_1",)), "point_1"),
        (Link(f"{RULES}#art_99", spot, longer=(f"{RULES}#art_992024",)), "#art_99"),
        (Link(f"{RULES}#art", spot, longer=(f"{RULES}#art_99",)), "#art_99"),
    ):
        verdict = judge.judge(link, Path("a.pdf"))
        assert verdict is not None
        assert verdict.address.endswith(address)


@pytest.mark.parametrize(
    ("missing", "nearest"),
    [
        ("Art_2", "art_2"),
        ("第三条", "art_3"),
        ("chp_1__art_2", "art_2"),  # articles are never prefixed
        ("art_4__point_2", "art_4__para_2__point_2"),  # the paragraph was left out
        ("art_2__para_4", "art_2__para_2"),
        ("art_3__para_2", "art_3__para_1"),
        ("art_4__para_2__point_9", "art_4__para_2__point_2"),
        ("art_9", "art_5"),
        ("art_0", "art_1"),
        ("art_2-1", "art_2"),
        ("art_9__para_1__point_1", "art_5"),
        ("art_5__indent_1", "art_5"),
        ("art-5", "art_5"),
        ("section", None),
        ("subpara_75", None),
    ],
)
def test_the_nearest_living_anchor(missing: str, nearest: str | None) -> None:
    policy = parse_policy(
        "第一条 为了发展。\n第二条 平等。\n政府一视同仁。\n第三条 公开。\n第四条 便利。\n下列事项当场办结：\n"
        "（一）登记；\n（二）注销。\n第五条 施行。\n"
    )
    clauses: dict[str, Clause] = {
        anchor: one for one in policy.clauses for anchor in (one.anchor, *one.aliases)
    }
    assert nearest_anchor(missing, clauses) == nearest


def test_every_living_address_of_the_repository_passes(corpus: Corpus) -> None:
    ids = page_ids(corpus, WORDS)
    judge = Judge(corpus, ids, load_settings(ROOT / "mkdocs.yml"))
    addresses = [address for address, _ in Addresses(corpus)]
    assert len(addresses) > 1000
    for address in addresses:
        for target in (SITE + address.url, f"优盘/yingshang-zhengce/{address.url}", f"inv:#{address}"):
            verdict = judged(judge, target)
            assert verdict == Verdict(Status.OK, address.url), target


@pytest.mark.parametrize("address", [*sitemap.addresses({}), *sitemap.ALWAYS_WRITTEN])
def test_what_every_site_has_is_living_before_a_site_is_built(judge: Judge, address: str) -> None:
    verdict = judged(judge, SITE + address)
    assert verdict == Verdict(Status.OK, address)


def test_pages_of_topics_and_of_named_offices_are_living_before_a_site_is_built(corpus: Corpus) -> None:
    ids = page_ids(corpus, WORDS)
    judge = Judge(corpus, ids, load_settings(ROOT / "mkdocs.yml"))
    for address in (sitemap.TOPIC.url("utility-services"), sitemap.UNIT.url("market-regulation")):
        assert judged(judge, SITE + address) == Verdict(Status.OK, address)
    for address in (sitemap.TOPIC.url("no-such-topic"), sitemap.UNIT.url("no-such-office")):
        verdict = judged(judge, SITE + address)
        assert verdict is not None
        assert verdict.status is Status.DEAD


# --- reading documents ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("见https://a.cn/policies/x.html#art_5及附件", ["https://a.cn/policies/x.html#art_5"]),
        ("（https://a.cn/x.html#art_5__para_2），2024年", ["https://a.cn/x.html#art_5__para_2"]),
        ("See (https://a.cn/x.html#art_5).", ["https://a.cn/x.html#art_5"]),
        ("https://a.cn/x_(1).html, http://b.cn", ["https://a.cn/x_(1).html", "http://b.cn"]),
        ("file:///D:/资料/policies/x.html#art_1。", ["file:///D:/资料/policies/x.html#art_1"]),
        ("shttps://a.cn 与 ftp://a.cn", []),
    ],
)
def test_a_printed_address_ends_where_the_sentence_goes_on(text: str, addresses: list[str]) -> None:
    assert [address for _, address in printed_addresses(text)] == addresses


def test_a_broken_printed_address_keeps_what_it_may_be() -> None:
    lines = ["见 https://a.", "cn/policies/x.html#art_5__", " point_1。以及", "https://b.cn/ 等"]
    page = "https://a.cn/policies/x.html"
    assert list(broken_addresses(lines)) == [
        ("https://a", (f"{page}#art_5", f"{page}#art_5__point_1")),
        ("https://b.cn/", ()),
    ]


MARKDOWN = """---
source: https://a.cn/front
---
[inline](https://a.cn/inline "标题") and <https://a.cn/auto>, 见https://a.cn/bare。
second line, **https://a.cn/bold#art_5__para_2** and `https://a.cn/code`
`a code that
breaks` [after](https://a.cn/after)

[text][ref], [ref], [name][city-2024-1#sec_1], [city-2024-1#sec_2][]

[ref]: <policies/x.html#a b>
[unused]: https://a.cn/unused

    https://a.cn/indented-code

```
https://a.cn/fenced
```

> - quoted [list](../policies/x.html#sec_1)

| a | b |
| --- | --- |
| c | [cell](file:///D:/a/policies/x.html#sec_1) |

!!! note "注"

    [admonition](https://a.cn/admonition)

    === "甲"

        [tab](https://a.cn/tab)

        ```
        https://a.cn/code-in-tab
        ```

词条
:   [definition](https://a.cn/definition)

[^1]: https://a.cn/footnote

    [second](https://a.cn/second)

<p><a href="https://a.cn/html?a=1&amp;b=2">x</a>
<img src='x.png'> <code>https://a.cn/html-code</code></p>

inline <a href="https://a.cn/inline-html">x</a> <code>https://a.cn/inline-code</code> <!-- https://a.cn/comment -->

<!-- https://a.cn/comment -->

```{note}
[directive](https://a.cn/directive)
```

```{code-block} text
https://a.cn/directive-code
```

```{.text}
https://a.cn/attribute-code
```

```{eval-rst}
`rst <https://a.cn/rst>`_
```

<inv:zhengce#city-2024-1#sec_1> and [](inv:#city-2024-1#sec_2) and {external+z:std:ref}`条 <city-2024-1#sec_3>`
escaped \\[no](https://a.cn/escaped) ![image](https://a.cn/image.png)
"""


def test_markdown() -> None:
    found = targets(markdown_links(MARKDOWN))
    lines = MARKDOWN.split("\n")

    def line(text: str) -> int:
        return next(number for number, line in enumerate(lines, 1) if text in line)

    names = (  # an autolink is printed as well, and so is the address of a link in rst
        *("front", "inline", "auto", "auto", "bare", "bold#art_5__para_2", "after", "unused", "admonition"),
        *(
            "tab",
            "definition",
            "footnote",
            "second",
            "html?a=1&b=2",
            "inline-html",
            "directive",
            "rst",
            "rst",
        ),
        *("escaped", "image.png"),
    )
    spelt = {"html?a=1&b=2": "html?a=1&amp;b=2"}
    assert sorted(one for one in found if one[1].startswith("https")) == sorted(
        (line(f"//a.cn/{spelt.get(name, name)}"), f"https://a.cn/{name}") for name in names
    )
    assert [one for one in found if not one[1].startswith("https")] == [
        (line("[text][ref]"), "city-2024-1#sec_1"),
        (line("[text][ref]"), "city-2024-1#sec_2"),
        (line("[ref]:"), "policies/x.html#a b"),
        (line("quoted"), "../policies/x.html#sec_1"),
        (line("cell"), "file:///D:/a/policies/x.html#sec_1"),
        (line("<img"), "x.png"),
        (line("<inv:"), "inv:zhengce#city-2024-1#sec_1"),
        (line("<inv:"), "inv:#city-2024-1#sec_2"),
        (line("<inv:"), "city-2024-1#sec_3"),
    ]


RST = """标题
====

`条 <https://a.cn/embedded>`_ 和 `另一条
<../policies/x.html
#sec_1>`__，https://a.cn/bare。
:external+z:std:ref:`第一条 <city-2024-1#sec_1>` :ref:`city-2024-1#sec_2`

.. _target: https://a.cn/target
.. _`long: name`: https://a.cn/long
__ https://a.cn/anonymous

.. image:: a.png
   :target: policies/x.html#sec_2

``https://a.cn/literal`` 与代码::

    https://a.cn/block

    https://a.cn/block2

后文 https://a.cn/after

.. code-block:: text

   https://a.cn/code

.. comment https://a.cn/comment
   https://a.cn/comment2

.. note:: 注

   https://a.cn/note

>>> open("https://a.cn/doctest")
"""


def test_rst() -> None:
    lines = RST.split("\n")

    def line(text: str) -> int:
        return next(number for number, line in enumerate(lines, 1) if text in line)

    names = ("embedded", "bare", "target", "long", "anonymous", "after", "note")
    web = {(line(f"//a.cn/{name}"), f"https://a.cn/{name}") for name in names}
    assert set(targets(rst_links(RST))) == web | {
        (5, "../policies/x.html#sec_1"),
        (line(":ref:"), "city-2024-1#sec_1"),
        (line(":ref:"), "city-2024-1#sec_2"),
        (line(":target:"), "policies/x.html#sec_2"),
    }


HTML = """<!doctype html>
<html><head><base href="https://a.cn/b/"><link rel="stylesheet" href="a.css">
<script>var a = "https://a.cn/script";</script></head>
<body><p>见 https://a.cn/printed#art_<wbr>5，
<a
  href="policies/x.html?a=1&amp;b=2#sec_1">文</a> <a href="#here">此</a>
<pre>https://a.cn/pre <a href="https://a.cn/in-pre">x</a></pre> https://a.cn/
after <area href=https://a.cn/area> <!-- <a href="https://a.cn/comment"> -->
<autoref identifier="city-2024-1#sec_1">x</autoref>
"""


@pytest.mark.parametrize(
    "mark", ["<![1]-->", "<![/autoref]>", "<![ >", "<![if !vml]>", "<!DOCTYPE x [ <![ ]>"]
)
def test_a_declaration_that_html_does_not_know_ends_at_its_bracket(mark: str) -> None:
    assert targets(html_links(f"{mark}<a href=x>")) == [(1, "x")]


def test_html() -> None:
    assert targets(html_links(HTML)) == [
        (2, "https://a.cn/b/a.css"),
        (4, "https://a.cn/printed#art_5"),
        (5, "https://a.cn/b/policies/x.html?a=1&b=2#sec_1"),
        (6, "#here"),
        (7, "https://a.cn/in-pre"),
        (7, "https://a.cn/"),
        (8, "https://a.cn/area"),
        (9, "city-2024-1#sec_1"),
    ]


def add_hyperlink(paragraph: Paragraph, address: str, anchor: str | None = None) -> None:
    """A hyperlink as Word writes it: the address in a relationship, the anchor beside it."""
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    if anchor:
        link.set(qn("w:anchor"), anchor)
    link.append(paragraph.add_run("条文")._r)
    paragraph._p.append(link)


def add_field(paragraph: Paragraph, *instruction: str) -> None:
    """A field code, its instruction spread over runs."""

    def mark(kind: str) -> None:
        element = OxmlElement("w:fldChar")
        element.set(qn("w:fldCharType"), kind)
        paragraph.add_run()._r.append(element)

    mark("begin")
    for piece in instruction:
        text = OxmlElement("w:instrText")
        text.text = piece
        paragraph.add_run()._r.append(text)
    mark("separate")
    paragraph.add_run("条文")
    mark("end")


@pytest.fixture
def word(tmp_path: Path) -> Path:
    """A Word document with a link of every kind."""
    document = docx.Document()
    document.add_paragraph("没有链接")
    add_hyperlink(document.add_paragraph("超链接："), MEASURES, "sec_1")
    add_field(
        document.add_paragraph("域代码："),
        ' HYPERLINK "https://policies.exam',
        f'ple.org/{MEASURES[len(SITE) :]}" \\l "sec_99"',
    )
    document.add_paragraph(f"印出的网址（{MEASURES}#sec_2）。")
    cell = document.add_table(1, 1).cell(0, 0)
    add_hyperlink(cell.paragraphs[0], f"{RULES}#art_2")
    simple = OxmlElement("w:fldSimple")
    simple.set(qn("w:instr"), f"HYPERLINK {RULES} \\l art_1 \\t _blank")
    document.add_paragraph("简单域：")._p.append(simple)
    deleted = OxmlElement("w:del")
    paragraph = document.add_paragraph("已删：")
    add_hyperlink(paragraph, f"{RULES}#art_88")
    deleted.append(paragraph._p[-1])
    paragraph._p.append(deleted)
    section = document.sections[0]
    add_hyperlink(section.header.paragraphs[0], f"{MEASURES}#sec_77")
    add_hyperlink(section.footer.paragraphs[0], "policies/city-2024-1.html", "sec_3")
    comment = document.add_comment(document.paragraphs[0].runs[0], "", author="甲")
    add_hyperlink(comment.paragraphs[0], f"{RULES}#art_3")
    path = tmp_path / "报告.docx"
    document.save(str(path))
    add_footnote(path, f"{RULES}#art_99")
    return path


def add_footnote(path: Path, address: str) -> None:
    """Footnotes, which python-docx cannot write, put into a saved document."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    word, relations = (
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    )
    parts["word/footnotes.xml"] = (
        f'<w:footnotes xmlns:w="{word}" xmlns:r="{relations}"><w:footnote w:id="1"><w:p>'
        '<w:hyperlink r:id="rId1"><w:r><w:t>注</w:t></w:r></w:hyperlink></w:p></w:footnote></w:footnotes>'
    ).encode()
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    parts["word/_rels/footnotes.xml.rels"] = (
        f'<Relationships xmlns="{package}"><Relationship Id="rId1" Type="{relations}/hyperlink" '
        f'Target="{address}" TargetMode="External"/></Relationships>'
    ).encode()
    types, rels = "[Content_Types].xml", "word/_rels/document.xml.rels"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    parts[types] = parts[types].replace(
        b"</Types>",
        f'<Override PartName="/word/footnotes.xml" ContentType="{main}.footnotes+xml"/></Types>'.encode(),
    )
    parts[rels] = parts[rels].replace(
        b"</Relationships>",
        f'<Relationship Id="rId900" Type="{relations}/footnotes" Target="footnotes.xml"/></Relationships>'.encode(),
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def test_word(word: Path) -> None:
    found = [(link.spot.part, link.spot.number, link.target) for link in read_document(word).links]
    assert found == [
        (None, 2, f"{MEASURES}#sec_1"),
        (None, 3, f"{MEASURES}#sec_99"),
        (None, 4, f"{MEASURES}#sec_2"),
        (None, 5, f"{RULES}#art_2"),
        (None, 6, f"{RULES}#art_1"),
        ("批注", 1, f"{RULES}#art_3"),
        ("页脚", 1, "policies/city-2024-1.html#sec_3"),
        ("脚注", 1, f"{RULES}#art_99"),
        ("页眉", 1, f"{MEASURES}#sec_77"),
    ]


@pytest.mark.parametrize(
    ("instruction", "target"),
    [
        (' HYPERLINK "https://a.cn/x.html" ', "https://a.cn/x.html"),
        ('HYPERLINK "https://a.cn/x.html" \\l "art_1" \\o "提示 https://b.cn"', "https://a.cn/x.html#art_1"),
        ('HYPERLINK \\l "art_1" "https://a.cn/x.html"', "https://a.cn/x.html#art_1"),
        (r'HYPERLINK "D:\\资料\\policies\\x.html" \l "art_1"', "D:\\资料\\policies\\x.html#art_1"),
        ('HYPERLINK "https://a.cn/x.html#art_2" \\n', "https://a.cn/x.html#art_2"),
        ('HYPERLINK \\l "_Toc1"', "#_Toc1"),
        ("PAGEREF _Toc1", None),
    ],
)
def test_a_field_code(instruction: str, target: str | None) -> None:
    assert field_target(instruction) == target


@pytest.mark.browser
def test_a_pdf_that_chromium_printed(browser: Browser, judge: Judge, tmp_path: Path) -> None:
    path = tmp_path / "报告.pdf"
    print_pdf(
        browser,
        path,
        f'<p><a href="{MEASURES}#sec_99">条文</a></p><p style="break-before: page">见 {RULES}#art_2。</p>'
        f'<p style="width: 12em; word-break: break-all">{RULES}#art_3__para_1__point_2</p>'
        f'<p><a href="{RULES}#art_1">{RULES}#art_1</a></p>',
    )
    links = read_document(path).links
    assert (1, f"{MEASURES}#sec_99") in targets(list(links))
    found: dict[tuple[int, str], Status] = {}
    for link in links:
        verdict = judge.judge(link, path)
        assert verdict is not None
        found[link.spot.number, verdict.address] = verdict.status
    assert found == {
        (1, "policies/city-2024-1.html#sec_99"): Status.DEAD,
        (2, "policies/city-2023-rules.html#art_1"): Status.OK,
        (2, "policies/city-2023-rules.html#art_2"): Status.OK,
        (2, "policies/city-2023-rules.html#art_3__para_1__point_2"): Status.OK,
    }


def print_pdf(browser: Browser, path: Path, body: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.set_content(f"<!doctype html><html lang='zh'><body>{body}</body></html>")
    page.pdf(path=path)
    context.close()


# --- documents that are not as they should be ----------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings_of_text(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(f"条文\r\n[营商环境]({MEASURES}#sec_1)\r\n".encode(encoding))
    assert targets(list(read_document(path).links)) == [(2, f"{MEASURES}#sec_1")]


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.md", b"\xff\xff\x80", "UTF-8"),
        ("a.html", b"a\0b", "UTF-8"),
        ("a.docx", b"PK nonsense", "Word"),
        ("a.docx", b"\xd0\xcf\x11\xe0 encrypted", "加密"),
        ("a.doc", b"", "格式"),
    ],
)
def test_an_unreadable_document_says_why(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(UnreadableError, match=words):
        read_document(path)


def encrypted_pdf(path: Path, password: str, *, method: str = "V2") -> Path:
    """A PDF with a link, encrypted. AESV2 in name only: to read that takes a library that is not there."""
    writer = PdfWriter()
    writer.add_blank_page(100, 100)
    writer.add_uri(0, MEASURES, RectangleObject((0, 0, 10, 10)))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    entry = writer._encrypt_entry
    assert entry is not None
    filters = f"<</V 4/R 4/CF<</StdCF<</CFM/{method}/AuthEvent/DocOpen/Length 16>>>>/StmF/StdCF/StrF/StdCF>>"
    entry.update(cast("DictionaryObject", read_object(BytesIO(filters.encode()), None)))
    writer.write(path)
    return path


def test_an_encrypted_pdf(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    for password, method in (("secret", "V2"), ("secret", "AESV2")):
        with pytest.raises(UnreadableError, match="加密"):
            read_document(encrypted_pdf(path, password, method=method))
    # Anyone may read it: the password is for who would change it.
    assert targets(list(read_document(encrypted_pdf(path, "")).links)) == [(1, MEASURES)]


def test_what_is_too_large_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_UNPACKED_BYTES", 1 << 20)
    monkeypatch.setattr(documents, "MAX_TEXT_BYTES", 1 << 10)
    monkeypatch.setattr(documents, "MAX_LINKS", 3)
    bomb = tmp_path / "bomb.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"\0" * (2 << 20))
    text = tmp_path / "a.md"
    text.write_text("a" * 2000)
    for path in (bomb, text):
        with pytest.raises(UnreadableError, match="超过"):
            read_document(path)
    text.write_text("".join(f"[x](a{number}.html)\n" for number in range(9)))
    reading = read_document(text)
    assert len(reading.links) == 3
    assert "其余未查" in (reading.problem or "")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("deep.html", "<div>" * 200_000 + '<a href="https://a.cn/x">'),
        ("deep.md", ">" * 50_000 + " x\n\nhttps://a.cn/x\n"),
        ("brackets.md", "[" * 50_000 + "\n\nhttps://a.cn/x\n"),
        ("ticks.rst", "`<" * 50_000 + "\n\nhttps://a.cn/x\n"),
    ],
)
def test_deep_documents_are_read_to_their_end(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text, "utf-8")
    assert read_document(path).links[-1].target == "https://a.cn/x"


def test_a_document_that_breaks_or_delays_the_reader_does_not_stop_the_next(tmp_path: Path) -> None:
    broken, good = tmp_path / "a.pdf", tmp_path / "b.md"
    broken.write_bytes(b"%PDF-1.7\nnonsense")
    good.write_text(f"<{MEASURES}>", "utf-8")
    with DocumentReader() as reader:
        assert "损坏" in (reader.read(broken).problem or "")
        assert targets(list(reader.read(good).links)) == [(1, MEASURES)]
    with DocumentReader(seconds=0) as reader:
        assert "没有读完" in (reader.read(good).problem or "")
        assert "没有读完" in (reader.read(good).problem or "")


def test_folders_are_searched_and_each_document_is_read_once(tmp_path: Path) -> None:
    for name in ("b/c/x.MD", "a.docx", "a.txt", ".git/x.md", "~$a.docx", "b/x.pdf"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    (tmp_path / "b" / "round").symlink_to(tmp_path, target_is_directory=True)
    found = find_documents([tmp_path, tmp_path / "b" / "x.pdf", tmp_path / "a.txt"])
    names = [path.relative_to(tmp_path).as_posix() for path in found.documents]
    assert names == ["a.docx", "b/c/x.MD", "b/x.pdf", "a.txt"]
    assert found.skipped == 1


# --- the command ---------------------------------------------------------------------------------------------


@pytest.fixture
def folder(tmp_path: Path, word: Path) -> Path:
    """Documents with links of every status; `word` stands among them."""
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "说明.md").write_text(
        f"[一]({MEASURES}#sec_1) [二]({MEASURES}#sec_8)\n[三](https://www.gov.cn/)\n", "utf-8"
    )
    (tmp_path / "c.html").write_bytes(f'<a href="{MEASURES}#sec_3">纳税</a>'.encode("gb18030"))
    (tmp_path / "d.txt").touch()
    assert word.parent == tmp_path
    return tmp_path


def test_the_command_reports_every_finding_in_a_line(project: Project, folder: Path) -> None:
    result = project.run("links", str(folder))
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    word = folder / "报告.docx"
    assert lines == [
        f"{folder}/b/说明.md:1: 锚点已移动: {MEASURES}#sec_8 → 现在是 sec_2（二、获得电力；2024年修订时并入第二部分）",
        f"{word} 第3段“域代码：条文”: 锚点不存在: {MEASURES}#sec_99 → 最近的是 sec_3（三、纳税）",
        f"{word} 脚注第1段“注”: 锚点不存在: {RULES}#art_99 → 最近的是 art_3（第三条下列事项即时办结：）",
        f"{word} 页眉第1段“条文”: 锚点不存在: {MEASURES}#sec_77 → 最近的是 sec_3（三、纳税）",
        "检查了 3 份文档，12 个指向本站的链接：正常 8，已移动 1，文字有改动 0，失效 3，未查 0。跳过 1 个其他格式的文件。",
    ]


def test_the_command_writes_json(project: Project, folder: Path) -> None:
    result = project.run("links", str(folder), "--format", "json")
    assert result.exit_code == 1
    report = json.loads(result.stdout)
    jsonschema.validate(report, SCHEMA)
    assert report["summary"] == {
        "documents": 3,
        "links": 12,
        "ok": 8,
        "moved": 1,
        "changed": 0,
        "dead": 3,
        "unchecked": 0,
        "unread": 0,
        "skipped": 1,
    }
    (footnote,) = [one for one in report["links"] if one["part"] == "脚注"]
    assert footnote == {
        "file": f"{folder}/报告.docx",
        "line": None,
        "page": None,
        "paragraph": 1,
        "part": "脚注",
        "form": "link",
        "target": f"{RULES}#art_99",
        "address": "policies/city-2023-rules.html#art_99",
        "status": "dead",
        "fault": "锚点不存在",
        "to": None,
        "nearest": "policies/city-2023-rules.html#art_3",
        "detail": "第三条下列事项即时办结：",
        "changed": None,
    }


def test_the_fields_are_documented() -> None:
    text = (ROOT / "docs" / "link.md").read_text("utf-8").partition("{ #check }")[2]
    properties = SCHEMA["properties"]
    assert isinstance(properties, dict)
    fields = {*properties, *properties["links"]["items"]["properties"], *properties["summary"]["required"]}
    assert [field for field in sorted(fields) if f"`{field}`" not in text] == []


def test_moved_and_changed_links_do_not_fail(project: Project, tmp_path: Path) -> None:
    assert project.run("lock").exit_code == 0
    older = tmp_path / "older.lock"
    lock = project.sources / "anchors.lock"
    lines = lock.read_text("utf-8").splitlines(keepends=True)
    lock.unlink()
    changed = [
        line.rsplit("\t", 1)[0] + "\t0123456789abcdef\n" if line.startswith("city-2024-1#sec_3\t") else line
        for line in lines
    ]
    # A lock of later times, with a further column; and of times when the policy had its former id.
    older.write_text("".join(changed) + "city-2023-7#sec_2\t二、\tfedcba9876543210\tmore\n", "utf-8")
    document = tmp_path / "a.md"
    document.write_text(
        f"[纳税]({MEASURES}#sec_3)\n[开办]({MEASURES}#sec_1)\n[接电]({SITE}policies/city-2023-7.html#sec_2)\n",
        "utf-8",
    )
    result = project.run("links", str(document), "--lock", str(older))
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        f"{document}:1: 文字有改动: {MEASURES}#sec_3（三、纳税）",
        f"{document}:3: 政策编号已改: {SITE}policies/city-2023-7.html#sec_2"
        " → 现在是 policies/city-2024-1.html#sec_2（二、获得电力；文字（连同编号）与登记时不同）",
        "检查了 1 份文档，3 个指向本站的链接：正常 1，已移动 1，文字有改动 1，失效 0，未查 0。",
    ]


def test_an_unreadable_document_fails_and_the_others_are_checked(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(b"PK")
    (tmp_path / "b.md").write_text(f"<{MEASURES}#sec_1>", "utf-8")
    result = project.run("links", str(tmp_path))
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"{tmp_path}/a.docx: 已损坏，或者不是 Word 文档。",
        "检查了 2 份文档，1 个指向本站的链接：正常 1，已移动 0，文字有改动 0，失效 0，未查 0。1 份文档没有读完。",
    ]


def test_what_stands_in_a_document_is_printed_as_text(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(f'<a href="{MEASURES}#[red]\x1b[2J\u202e">x</a>', "utf-8")
    result = project.run("links", str(tmp_path / "a.html"))
    assert f"{MEASURES}#[red]�[2J�" in result.stdout


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["no such file.md"],
        [".", "--lock", "no such file"],
        [".", "--lock", "mkdocs.yml"],
        [".", "--site", "policies.example.org"],
        [".", "--format", "xml"],
    ],
)
def test_wrong_use(project: Project, arguments: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project.folder)
    assert project.run("links", *arguments).exit_code == 2


def test_faults_of_the_sources_are_shown(project: Project, tmp_path: Path) -> None:
    (tmp_path / "a.md").touch()
    arguments = ("links", str(tmp_path), "--sources", str(tmp_path / "none"))
    assert project.run(*arguments).exit_code == 1
    result = project.run(*arguments, "--format", "json")
    assert result.exit_code == 1
    assert len(json.loads(result.stdout)["faults"]) == 1
