"""The command `add`: originals of any kind into a folder of sources, and nothing that is there is touched."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from generator.cli import main
from generator.parsing.ids import proposed_id
from generator.pipeline import load_corpus
from generator.publishing.site.bundle import make_bundle
from generator.sitemap import original_file
from tests.support.corpora import make_project, parse_policy
from tests.support.words import WORDS

CLAUSES = (
    "<p>一、压缩开办时间。企业开办时间压缩至1个工作日以内。（责任单位：市市场监管局）</p>"
    "<p>二、降低用电成本。低压小微企业用电报装零成本。</p>"
)


def page(
    title: str = "营口市人民政府关于优化营商环境的通知",
    number: str = "营政发〔2020〕3号",
    clauses: str = CLAUSES,
) -> bytes:
    """A page as www.gov.cn serves it."""
    return (
        '<html><head><meta charset="utf-8"></head><body><a href="/">首页</a>'
        "<table><tr><td><b>索 引 号：</b></td><td>0001/2020</td><td><b>发文机关：</b></td><td>营口市人民政府</td></tr>"
        f"<tr><td><b>成文日期：</b></td><td>2020年03月01日</td><td><b>发文字号：</b></td><td>{number}</td></tr></table>"
        f'<div id="UCAP-CONTENT"><p>{title}</p><p>各县（区）人民政府：</p>{clauses}</div><p>扫一扫在手机打开当前页</p></body></html>'
    ).encode()


def run(folder: Path, *arguments: str | Path) -> Result:
    """`add` into the folder `sources` below `folder`."""
    return CliRunner().invoke(main, ["add", *map(str, arguments), "--sources", str(folder / "sources")])


def put(folder: Path, files: Mapping[str, bytes]) -> Path:
    """Files as they came in."""
    inbox = folder / "inbox"
    for name, data in files.items():
        (inbox / name).parent.mkdir(parents=True, exist_ok=True)
        (inbox / name).write_bytes(data)
    return inbox


def test_an_original_comes_in_with_a_source_and_a_sidecar(tmp_path: Path) -> None:
    inbox = put(tmp_path, {"通知.htm": page()})
    result = run(tmp_path, inbox / "通知.htm")
    assert result.exit_code == 0, result.output
    sources = tmp_path / "sources"
    assert sorted(one.name for one in sources.iterdir()) == [
        "yingkou-2020-3.html",
        "yingkou-2020-3.md",
        "yingkou-2020-3.yml",
    ]
    assert (sources / "yingkou-2020-3.html").read_bytes() == page()
    sidecar = yaml.safe_load((sources / "yingkou-2020-3.yml").read_text("utf-8"))
    assert sidecar["policies"] == [
        {"id": "yingkou-2020-3", "document_number": "营政发〔2020〕3号", "issued": "2020-03-01"}
    ]
    original = sidecar["original"]
    assert original["sha256"] == hashlib.sha256(page()).hexdigest()
    assert (original["file"], original["media_type"], original["pages"]) == (
        "yingkou-2020-3.html",
        "text/html",
        None,
    )
    assert original["extracted_with"].startswith("policy-site ")
    assert original["said"]["索引号"] == "0001/2020"
    corpus, problems = load_corpus(sources)
    assert not problems
    assert not corpus.doubts
    (policy,) = corpus.policies
    assert (policy.id, policy.document_number, len(policy.clauses)) == (
        "yingkou-2020-3",
        "营政发〔2020〕3号",
        2,
    )
    assert policy.original is not None
    assert policy.original.said["发文机关"] == "营口市人民政府"


def test_the_report_says_what_was_read_and_left_out(tmp_path: Path) -> None:
    inbox = put(tmp_path, {"a.html": page()})
    told = run(tmp_path, inbox / "a.html").output
    for piece in (
        "营口市人民政府关于优化营商环境的通知",
        "营政发〔2020〕3号",
        "2020-03-01",
        "条文 2",
        "未收入：正文容器以外的网页文字",
        "#UCAP-CONTENT",
    ):
        assert piece in told


def test_a_second_add_says_where_the_file_is(tmp_path: Path) -> None:
    inbox = put(tmp_path, {"a.html": page()})
    run(tmp_path, inbox / "a.html")
    before = {one.name: one.read_bytes() for one in (tmp_path / "sources").iterdir()}
    again = run(tmp_path, inbox / "a.html")
    assert again.exit_code == 0
    assert "已有同一个文件：yingkou-2020-3.html" in again.output
    assert {one.name: one.read_bytes() for one in (tmp_path / "sources").iterdir()} == before


def test_another_file_with_the_same_words_is_not_added(tmp_path: Path) -> None:
    inbox = put(tmp_path, {"a.html": page(), "b.html": page() + b"\n<!-- served again -->"})
    result = run(tmp_path, inbox)
    assert "文字与已有的相同：yingkou-2020-3" in result.output
    assert len(list((tmp_path / "sources").iterdir())) == 3


def test_a_changed_edition_comes_in_as_another_text(tmp_path: Path) -> None:
    inbox = put(tmp_path, {"a.html": page()})
    run(tmp_path, inbox / "a.html")
    put(tmp_path, {"b.html": page(clauses=CLAUSES.replace("1个工作日", "3个工作日"))})
    result = run(tmp_path, inbox / "b.html")
    assert "是 yingkou-2020-3（营口市人民政府关于优化营商环境的通知）的另一个文本" in result.output
    assert (tmp_path / "sources" / "yingkou-2020-3-2.yml").is_file()
    corpus, problems = load_corpus(tmp_path / "sources")
    assert not problems
    assert {policy.id for policy in corpus.policies} == {"yingkou-2020-3", "yingkou-2020-3-2"}


def test_a_dry_run_shows_all_and_writes_nothing(tmp_path: Path) -> None:
    inbox = put(tmp_path, {"a.html": page()})
    result = run(tmp_path, inbox / "a.html", "--dry-run")
    assert "将写入 yingkou-2020-3.html" in result.output
    assert not (tmp_path / "sources").exists()


def test_one_that_cannot_be_read_stops_no_other(tmp_path: Path) -> None:
    inbox = put(
        tmp_path,
        {
            "1.html": page(),
            "2.rar": b"Rar!\x1a\x07\x00",
            "3.txt": "乙市办法\n第一条　为了。\n第二条　附则。\n".encode("gb18030"),
        },
    )
    result = run(tmp_path, inbox)
    assert result.exit_code == 1
    assert "不能读取：是 RAR 压缩包" in result.output
    assert "3 个文件：已加入 2，不能读取 1。" in result.output


def test_a_text_in_gb18030_is_kept_and_its_source_stands_beside_it(tmp_path: Path) -> None:
    text = (
        "乙市优化营商环境办法\n第一条　为了优化营商环境，制定本办法。\n第二条　本办法自2021年1月1日起施行。\n"
    )
    inbox = put(tmp_path, {"办法.txt": text.encode("gb18030")})
    result = run(tmp_path, inbox)
    assert "GB18030" in result.output
    sources = tmp_path / "sources"
    (original,) = sources.glob("*.original.txt")
    assert original.read_bytes() == text.encode("gb18030")
    source = sources / original.name.replace(".original", "")
    assert source.read_text("utf-8") == text
    corpus, problems = load_corpus(sources)
    assert (len(corpus.policies), problems, corpus.doubts) == (1, [], ())


def test_a_text_in_utf8_is_its_own_source(tmp_path: Path) -> None:
    text = "乙市优化营商环境办法\n第一条　为了优化营商环境，制定本办法。\n".encode()
    run(tmp_path, put(tmp_path, {"办法.txt": text}))
    (source,) = (tmp_path / "sources").glob("*.txt")
    assert source.read_bytes() == text
    sidecar = yaml.safe_load(source.with_suffix(".yml").read_text("utf-8"))
    assert sidecar["original"]["file"] == source.name
    assert sidecar["original"]["extracted_with"] is None


def test_json_for_programs(tmp_path: Path) -> None:
    result = run(tmp_path, put(tmp_path, {"a.html": page(), "b.rar": b"Rar!\x1a\x07"}), "--format", "json")
    first, second = json.loads(result.stdout)["documents"]
    assert (first["status"], second["status"], result.exit_code) == ("added", "unreadable", 1)
    assert first["policies"][0]["clauses"] == {"section": 2}
    assert {one["reason"] for one in first["left_out"]} == {
        "公文信息表（已记入说明文件）",
        "正文容器以外的网页文字",
    }


def packed(files: Mapping[str, bytes]) -> bytes:
    """A zip file, its names as a Chinese Windows writes them."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def test_a_zip_file_is_opened_and_nothing_escapes_it(tmp_path: Path) -> None:
    inner = packed({"b/通知.html": page("丙市通知", "丙政发〔2021〕5号")})
    data = packed(
        {"../../../a.html": page(), "附件.zip": inner, "__MACOSX/._a.html": b"x", "site.css": b"p{}"}
    )
    result = run(tmp_path, put(tmp_path, {"附件.zip": data}))
    assert result.exit_code == 0, result.output
    assert len(list((tmp_path / "sources").glob("*.html"))) == 2
    assert not (tmp_path / "a.html").exists()
    assert "附件.zip/附件.zip/通知.html" in result.output


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    bomb = packed({"a.txt": b"\0" * (300 << 20)})
    result = run(tmp_path, put(tmp_path, {"bomb.zip": bomb}))
    assert result.exit_code == 1
    assert "解压后有 300 MB" in result.output


def test_a_page_with_its_folder_is_one_document(tmp_path: Path) -> None:
    inbox = put(tmp_path, {"a.html": page(), "a_files/b.html": page("广告"), "a_files/x.css": b"p{}"})
    result = run(tmp_path, inbox)
    assert "1 个文件：已加入 1。" in result.output


def test_an_original_that_was_changed_is_a_fault(tmp_path: Path) -> None:
    run(tmp_path, put(tmp_path, {"a.html": page()}))
    original = tmp_path / "sources" / "yingkou-2020-3.html"
    original.write_bytes(original.read_bytes() + b" ")
    _, problems = load_corpus(tmp_path / "sources")
    assert "与说明文件里的校验值不符" in problems[0].message
    original.unlink()
    _, problems = load_corpus(tmp_path / "sources")
    assert "不在" in problems[0].message


@pytest.mark.parametrize(
    ("title", "issuer", "number", "expected"),
    [
        ("陕西省优化营商环境条例", None, None, "shaanxi-undated-youhuayingshanghuanjing"),
        ("国务院关于加快推进的意见", "国务院", "国发〔2021〕7号", "national-2021-7"),
        ("重庆市办法", "重庆市人民政府", "渝府发〔2020〕12号", "chongqing-2020-12"),
        ("某某条例", "国务院", "国令第707号", "national-undated-707"),
    ],
)
def test_ids_are_proposed_from_what_is_printed(
    title: str, issuer: str | None, number: str | None, expected: str
) -> None:

    policy = replace(
        parse_policy("某市办法\n第一条　为了。\n"),
        title=title,
        issuer=issuer,
        document_number=number,
        issued=None,
        effective=None,
    )
    assert proposed_id(policy, set(), WORDS) == expected
    assert proposed_id(policy, {expected}, WORDS) == f"{expected}-2"


def test_a_policy_page_offers_the_original_and_says_its_pages(tmp_path: Path) -> None:
    project = make_project(tmp_path / "site", with_sources=False)
    text = "某市优化营商环境办法\n第一条　为了优化营商环境，制定本办法。\n\f第二条　本办法自2021年1月1日起施行。\n"
    original = b"a scan"
    (project.sources / "a-1.txt").write_text(text, "utf-8")
    (project.sources / "a-1.png").write_bytes(original)
    sidecar = {
        "text": "识别所得，未校对",
        "layout": "paragraphs",
        "policies": [{"id": "a-1"}],
        "original": {
            "file": "a-1.png",
            "sha256": hashlib.sha256(original).hexdigest(),
            "media_type": "image/png",
            "pages": 2,
            "said": {"索引号": "<b>1</b>"},
            "left_out": {"页码": 2},
        },
    }
    (project.sources / "a-1.yml").write_text(yaml.safe_dump(sidecar, allow_unicode=True), "utf-8")
    result = project.run("pages")
    assert result.exit_code == 0, result.output
    page = (project.folder / "docs" / "policies" / "a-1.md").read_text("utf-8")
    assert 'href="../originals/a-1.png" download="a-1.png"' in page
    assert sidecar["original"]["sha256"] in page  # type: ignore[index]
    assert "识别所得，未校对" in page
    assert "&lt;b&gt;1&lt;/b&gt;" in page
    places = [page.index(one) for one in ("原件第 1 页", "{ #art_1 ", "原件第 2 页", "{ #art_2 ")]
    assert places == sorted(places)
    rows = (project.folder / "docs" / "data" / "clauses.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(row)["source"]["page"] for row in rows] == [1, 2]


def test_a_web_page_among_the_originals_is_not_one_of_the_site() -> None:
    assert original_file("a.html", "text/html") == "originals/a.html.original"
    assert original_file("a.pdf", "application/pdf") == "originals/a.pdf"


@pytest.mark.parametrize("wanted", [False, True])
def test_the_bundle_holds_originals_where_a_setting_says_so(tmp_path: Path, wanted: bool) -> None:
    site = put(tmp_path, {"index.html": b"x", "originals/a.pdf": b"y"})
    make_bundle(site, tmp_path / "b.zip", originals=wanted)
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert ("b/originals/a.pdf" in archive.namelist()) is wanted
