"""The site's JavaScript modules become classic scripts: joined exactly, in order, and what cannot be joined is named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from generator import sitemap
from generator.model import CorpusError
from generator.publishing.site.modules import EARLY, EVERYWHERE, Modules, script, site_scripts
from tests.support.corpora import ROOT, Project, make_project
from tests.support.html import soup_of
from tests.support.javascript import SOURCE, evaluate

BASE = {
    "site.js": """
/** On every page. */

import { count, next } from "./lib/count.js";

window.seen.push("site " + count() + next());
""",
    "page.js": """
import {
  count as counted,
  Label,
  MARK,
} from "./lib/count.js";
import { twice } from "./page/twice.js";

window.seen.push(MARK + new Label("page").text + " " + twice(counted()));
""",
    "page/twice.js": """
import { MARK } from "../lib/count.js";
export function twice(number) {
  return MARK + 2 * number;
}
""",
    "lib/count.js": """
/*! A licence. */

/**
 * Counts: import { x } from "./y.js";
 */
export const MARK = "/* no comment */ export const x // " + `one ${1 + 1}`;
// of the page
let number = 40;
/** @returns {number} */
export function count() { return number; }
export function next() {
  number++; // one more
  return " " + number;
}
export class Label {
  constructor(text) { this.text = text; }
}
""",
    "early/early.js": 'import { count } from "../lib/count.js";\nwindow.seen.push("early " + count());\n',
}


def written(folder: Path, files: dict[str, str]) -> Path:
    """A folder with these modules."""
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return folder


def run(*scripts: str) -> Any:  # noqa: ANN401 - whatever the scripts say
    """What scripts have seen that run one after the other on one page."""
    return evaluate(
        """(_, scripts) => {
            globalThis.window = { seen: [] };
            for (const script of scripts) (0, eval)(script);
            return globalThis.window.seen;
        }""",
        {},
        scripts,
    )


def test_each_entry_point_is_one_script_and_their_state_is_one(tmp_path: Path) -> None:
    scripts = site_scripts(written(tmp_path, BASE))
    assert sorted(scripts) == ["early.js", "page.js", "site.js"]
    mark = "/* no comment */ export const x // one 2"
    assert run(scripts["early.js"], scripts["site.js"], scripts["page.js"]) == [
        "early 40",
        "site 40 41",
        f"{mark}page {mark}82",  # what site.js has counted
    ]


def test_a_script_has_each_module_once_and_none_that_another_has(tmp_path: Path) -> None:
    scripts = site_scripts(written(tmp_path, BASE))
    assert scripts["site.js"].count("let number") == 1
    assert "let number" not in scripts["page.js"]
    assert "twice" not in scripts["site.js"]


def test_comments_are_left_out_but_for_licences(tmp_path: Path) -> None:
    text = site_scripts(written(tmp_path, BASE))["site.js"]
    assert "/*! A licence. */" in text
    assert "Counts" not in text
    assert "of the page" not in text
    assert "@returns" not in text
    assert "/* no comment */ export const x //" in text


def test_the_same_modules_give_the_same_bytes() -> None:
    assert site_scripts(SOURCE) == site_scripts(SOURCE)


@pytest.mark.parametrize(
    ("name", "text", "line", "words"),
    [
        ("a.js", 'import x from "./lib/count.js";', 1, "只能写"),
        ("a.js", '\n\nimport * as x from "./lib/count.js";', 3, "只能写"),
        ("a.js", 'import "./lib/count.js";', 1, "只能写"),
        ("a.js", 'import { count } from "lib/count.js";', 1, "只能写"),
        ("a.js", "const a = 1;\nexport default a;", 2, "只能写"),
        ("a.js", "const a = 1;\nexport { a };", 2, "只能写"),
        ("a.js", "/**\n * One.\n */\nexport let a = 1;", 4, "只能写"),
        ("a.js", 'export * from "./lib/count.js";', 1, "只能写"),
        ("a.js", 'const a = await import("./lib/count.js");', 1, "只能写"),
        ("a.js", "const a = import.meta.url;", 1, "只能写"),
        ("a.js", 'import { count, other } from "./lib/count.js";', 1, "lib/count.js 没有导出 other"),
        ("a.js", '\nimport { x } from "./lib/none.js";', 2, "没有这个脚本模块：lib/none.js"),
        ("a.js", 'import { x } from "../none.js";', 1, "在脚本文件夹之外"),
        ("a.js", 'import { x as y as z } from "./lib/count.js";', 1, "看不懂"),
        ("a.js", "const a = 1;\nconst b = `one\ntwo`;", 2, "反引号"),
        ("a.js", '// one\nimport { a } from "./a.js";\nexport const a = 1;', 2, "a.js → a.js"),
        ("lib/a.js", 'import { b } from "./b.js";\nexport const a = 1;', 3, "lib/b.js → lib/a.js → lib/b.js"),
    ],
)
def test_what_cannot_be_joined_is_named(tmp_path: Path, name: str, text: str, line: int, words: str) -> None:
    circle = {"lib/b.js": '\n\nimport { a } from "./a.js";\nexport const b = 1;'}
    entry = {"z.js": 'import { b } from "./lib/b.js";'} if name == "lib/a.js" else {}
    folder = written(tmp_path / "theme" / "src", {**BASE, **circle, **entry, name: text})
    with pytest.raises(CorpusError) as raised:
        site_scripts(folder)
    (problem,) = raised.value.problems
    assert words in problem.message
    assert problem.line == (1 if name == "lib/a.js" else line)
    assert problem.file.endswith("theme/src/lib/a.js" if name == "lib/a.js" else f"theme/src/{name}")


def test_a_site_without_its_first_script_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"site\.js.*没有这个脚本模块"):
        site_scripts(tmp_path)


def test_the_scripts_of_page_types_are_entry_points_and_every_entry_point_is_used(built: Project) -> None:
    named = {name for one in sitemap.PAGE_TYPES for name in one.scripts}
    joined = {path.relative_to(built.site).as_posix() for path in (built.site / "assets").glob("*.js")}
    early = {f"assets/{path.name}" for path in (SOURCE / EARLY).glob("*.js")}
    assert joined == named | early | {f"assets/{EVERYWHERE}"}
    assert joined == {f"assets/{name}" for name in site_scripts(SOURCE)}
    home = [str(one.get("src")) for one in soup_of(built.site / "index.html").select("script[src]")]
    assert {"assets/early.js", "assets/palette.js", f"assets/{EVERYWHERE}"} <= set(home)
    assert not (built.site / "src").exists()


def test_every_module_is_part_of_a_script() -> None:
    modules = Modules(SOURCE)
    entries = [path.name for path in SOURCE.glob("*.js")] + [
        f"{EARLY}/{path.name}" for path in (SOURCE / EARLY).glob("*.js")
    ]
    used = {module.name for module in modules.needed(*entries)}
    assert used == {path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.js")}


def test_every_name_that_a_module_exports_is_imported_or_tested() -> None:
    modules = Modules(SOURCE)
    read = [modules[path.relative_to(SOURCE).as_posix()] for path in SOURCE.rglob("*.js")]
    imported = {(one.module, name) for module in read for one in module.imports for name, _ in one.names}
    exported = {(module.name, name) for module in read for name in module.exports}
    tests = (ROOT / "tests" / "test_javascript.py", ROOT / "tests" / "test_search_engine.py")
    tested = "".join(path.read_text("utf-8") for path in tests)
    assert [(module, name) for module, name in exported - imported if f'"{module}"' not in tested] == []


def test_a_module_that_cannot_be_joined_stops_the_build_with_file_and_line(tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    module = project.folder / "site_templates" / "theme" / "src" / "home.js"
    module.write_text('import { nothing } from "./home/box.js";\n', "utf-8")
    result = project.run("site")
    assert result.exit_code == 1
    assert "theme/src/home.js:1" in result.output
    assert "没有导出 nothing" in result.output
    assert not project.site.exists()


def test_a_script_of_no_module_is_empty() -> None:
    assert run(script([])) == []
