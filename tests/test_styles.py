"""The style sheets: how parts become sheets, and the rules of theme/src/styles/README.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from generator.model import CorpusError
from generator.publishing.site.styles import join_sheet, site_styles
from tests.support.corpora import ROOT, Project, make_project
from tests.support.html import soup_of

THEME = ROOT / "site_templates" / "theme"
STYLES = THEME / "src" / "styles"
SHEETS = sorted((STYLES / "sheets").glob("*.css"))
PARTS = sorted(path for path in STYLES.rglob("*.css") if path not in SHEETS)


def name(path: Path) -> str:
    """How a file is called below the folder of styles."""
    return path.relative_to(STYLES).as_posix()


def bare(path: Path) -> str:
    """The text of a file without its comments."""
    return re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)


def pages_of(site: Path) -> Iterator[Path]:
    """Every page but those that lead on to another, which have no style."""
    yield from (
        page for page in sorted(site.rglob("*.html")) if soup_of(page).select_one("link[rel=stylesheet]")
    )


def selectors(path: Path) -> Iterator[str]:
    """Every selector of a file, without what stands in brackets and quotes."""
    for prelude in re.findall(r"([^{};]+)\{", bare(path)):
        if not prelude.strip().startswith("@"):
            yield re.sub(r"\[[^\]]*\]", "", prelude).strip()


def write(folder: Path, files: dict[str, str]) -> Path:
    """Write style files; returns the sheet."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    return folder / "sheets" / "a.css"


# ---- Joining


@pytest.mark.parametrize(
    ("sheet", "joined"),
    [
        ('@import "../parts/b.css" layer(x);\n', "@layer x {\nb {}\n}\n"),
        (
            '/* why */\n@layer x, y;\n\n@import "../parts/b.css" layer(x);\n@import "../parts/c.css" layer(y);\n',
            "@layer x, y;\n\n@layer x {\nb {}\n}\n@layer y {\nc {}\n}\n",
        ),
        ('@import "../parts/*.css" layer(x);', "@layer x {\nb {}\nc {}\n}\n"),
        ('@import "/hash/main.*.css" layer(x);', "@layer x {\nm { content: '}' }\n}\n"),
    ],
)
def test_a_part_takes_the_place_of_its_import(tmp_path: Path, sheet: str, joined: str) -> None:
    files = {"sheets/a.css": sheet, "parts/b.css": "b {}\n", "parts/c.css": "\nc {}\n"}
    files["theme/hash/main.1f2e.css"] = "@charset \"UTF-8\";m { content: '}' }"
    assert join_sheet(write(tmp_path, files), [tmp_path, tmp_path / "theme"]) == joined


@pytest.mark.parametrize(
    ("sheet", "part", "fault"),
    [
        ('/* 1 */\n\n@import "../parts/no.css" layer(x);', "b {}", "a.css:3: 没有这个文件：../parts/no.css"),
        ('@import "../parts/b.css";', "b {}", "a.css:1: 读不懂"),
        ("@import url(https://a.cn/b.css) layer(x);", "b {}", "a.css:1: 读不懂"),
        ('@import "../parts/b.css" layer(x);', "b { color: red", "b.css: 有 1 个左花括号、0 个右花括号"),
    ],
)
def test_what_cannot_be_joined_is_told(tmp_path: Path, sheet: str, part: str, fault: str) -> None:
    path = write(tmp_path, {"sheets/a.css": sheet, "parts/b.css": part})
    with pytest.raises(CorpusError) as told:
        site_styles(path.parent, [])
    assert fault in str(told.value)


# ---- The sheets of the site


def test_a_page_loads_two_sheets_of_this_site_at_most(built: Project) -> None:
    for page in pages_of(built.site):
        links = [str(link["href"]) for link in soup_of(page).select("link[rel=stylesheet]")]
        names = [link.rpartition("/")[2] for link in links]
        assert names[:1] == ["site.css"], page
        assert len(names) <= 2, page
        assert {str((built.site / "assets" / one).is_file()) for one in names} == {"True"}, page


def test_every_sheet_is_of_some_page(built: Project) -> None:
    loaded = {
        str(link["href"]).rpartition("/")[2]
        for page in pages_of(built.site)
        for link in soup_of(page).select("link[rel=stylesheet]")
    }
    assert loaded == {sheet.name for sheet in SHEETS}
    assert loaded == {sheet.name for sheet in (built.site / "assets").glob("*.css")}


def test_what_was_joined_is_not_there_a_second_time(built: Project) -> None:
    assert not (built.site / "src").exists()
    assert not (built.site / "assets" / "stylesheets").exists()
    assert len(list(built.site.rglob("*.css"))) == len(SHEETS)


def test_all_stands_in_a_layer_and_the_order_is_said_once_and_first(built: Project) -> None:
    declared = "@layer material, tokens, base, components, pages, states;"
    known = set(re.findall(r"[a-z]+", declared)) - {"layer"}
    for sheet in SHEETS:
        text = (built.site / "assets" / sheet.name).read_text("utf-8")
        assert ("@import" in text, text.startswith(declared)) == (False, sheet.name == "site.css")
        depth, outside = 0, ""
        for piece in re.split(r"([{}])", re.sub(r"/\*.*?\*/|\"[^\"]*\"|'[^']*'", "", text, flags=re.DOTALL)):
            outside += piece if depth == 0 and piece not in "{}" else ""
            depth += {"{": 1, "}": -1}.get(piece, 0)
        assert depth == 0
        blocks = outside.replace(declared, "").split()
        assert set(blocks[::2]) == {"@layer"}
        assert set(blocks[1::2]) <= known


def test_a_part_that_is_not_there_stops_the_build_and_is_named(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project", with_sources=False)
    (project.sources / "a.txt").write_text("一、开办企业\n网上办理。\n", "utf-8")
    (project.sources / "a.yml").write_text("policies:\n  - {id: jia-2020-1, title: 甲市若干措施}\n", "utf-8")
    sheet = project.folder / "site_templates" / "theme" / "src" / "styles" / "sheets" / "units.css"
    sheet.write_text(sheet.read_text("utf-8").replace("tasks", "chores"), "utf-8")
    result = project.run("site")
    assert result.exit_code == 1
    assert "chores.css" in result.output
    assert not project.site.exists()


# ---- The rules


def test_every_part_is_in_a_sheet() -> None:
    named = {
        path.resolve()
        for sheet in SHEETS
        for part in re.findall(r'@import "([^"]+)"', sheet.read_text("utf-8"))
        for path in (sheet.parent / part).parent.resolve().glob(Path(part).name)
    }  # but for Material's, which MkDocs brings
    assert {name(path) for path in PARTS} == {name(path) for path in named}


def test_a_component_is_in_the_layer_of_its_folder() -> None:
    for sheet in SHEETS:
        for folder, layer in re.findall(r'"\.\./(\w+)/[^"]+" layer\((\w+)\)', sheet.read_text("utf-8")):
            assert folder == layer, sheet


@pytest.mark.parametrize("path", PARTS, ids=name)
def test_names_of_material_stand_where_they_belong(path: Path) -> None:
    """Running text is `.md-typeset` in base/ alone, the frame of the page is of components/frame.css alone."""
    found = set(re.findall(r"\.(md-[\w-]+)", " ".join(selectors(path))))
    if path.parent.name == "base":
        found -= {one for one in found if one.startswith("md-typeset")}
    if name(path) == "components/frame.css":
        found -= {one for one in found if not one.startswith("md-typeset")}
    assert found == set()


@pytest.mark.parametrize("path", [path for path in PARTS if path.name != "tokens.css"], ids=name)
def test_a_colour_is_a_token(path: Path) -> None:
    """A mask and the numbers on a sheet of paper, which reads no custom property, need a plain one."""
    text = re.sub(r"mask-image:[^;]+;|@bottom-\w+ \{[^}]*\}", "", bare(path))
    assert re.findall(r":[^;{]*(#[0-9a-fA-F]{3,8}|(?:rgb|hsl)a?\([^)]*\))", text) == []


def test_every_token_is_used_and_every_one_used_is_there() -> None:
    text = "\n".join(map(bare, PARTS))
    own = set(re.findall(r"(?<![\w-])(--(?!md-)[\w-]+):", text))
    used = set(re.findall(r"var\((--(?!md-)[\w-]+)", text))
    from_scripts = {"--depth"}
    in_place = {"--slip"}  # the name of an anchor
    assert used - own == from_scripts
    assert own - used - in_place == set()


def test_every_class_is_on_a_page_or_made_by_a_program() -> None:
    """By its name, in a template, a hand-written page, a script or the generator; those of Material are its own."""
    sources = [
        *THEME.rglob("*.html"), *THEME.rglob("*.js"), *(ROOT / "site_templates" / "pages").rglob("*.j2"),
        *(ROOT / "docs").glob("*.md"), *(ROOT / "generator" / "publishing").rglob("*.py"),
        *(ROOT / "generator").glob("*.py"),
    ]  # fmt: skip
    text = "\n".join(path.read_text("utf-8") for path in sources)
    words = set(re.findall(r"[\w-]+", text))
    made = re.compile(r"(kind|level|role|hang|shade|compare)-[\w-]+")  # of a part and a word or number
    classes = {one for path in PARTS for one in re.findall(r"\.([a-zA-Z][\w-]*)", " ".join(selectors(path)))}
    assert {
        one for one in classes if one not in words and not one.startswith("md-") and not made.fullmatch(one)
    } == set()
