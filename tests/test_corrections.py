"""Corrections (校勘): declared in the sidecar, found in the clauses, shown beside the printed form."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import markdown as python_markdown
import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import assume, given
from hypothesis import strategies as st
from mkdocs.config import load_config
from playwright.sync_api import Locator, Page, expect

from generator.model import Clause, Correction, Eid, Kind, Place, Policy
from generator.parsing.corrections import apply_corrections
from generator.pipeline import load_corpus
from generator.publishing.pages.clauses import clause_markdown
from generator.reading.sidecar import CorrectionEntry
from tests.support.corpora import ROOT, Project, make_project
from tests.test_markdown import LINES

TEXT = """某措施
一、开办企业
1.设立专窗。各部门后台入住，向财政部门 and 有关部门备案。
2.免费刻章。实现“0 5天”“零成本”；到2025年，实现“0 5天”。
二、获得电力
1.一窗受理。各部门后台办理。
"""
HEAD = "policies:\n  - id: city-2020-1\n    corrections:\n"


def entry(find: str, new: str, clause: str | None = None, line: int = 1) -> CorrectionEntry:
    """A declared correction."""
    return CorrectionEntry(find, new, "误字。", clause, file="a.yml", line=line)


def clause_of(wording: str, anchor: str = "subpara_1", **changes: object) -> Clause:
    """A clause of one wording; a run-in paragraph unless told otherwise."""
    clause = Clause(
        policy="a-2020-1", anchor=Eid(anchor), kind=Kind.SUBPARAGRAPH, label=None, number=None, level=2, parent=None,
        title=None, wording=wording, heading=False, place=Place("a.txt", 1, 1),
    )  # fmt: skip
    return replace(clause, **changes)  # type: ignore[arg-type]


def declared(*corrections: tuple[str, ...]) -> str:
    """A sidecar with corrections, each of find, replace and, if given, clause; reasons are made up."""
    lines = [HEAD]
    for find, new, *clause in corrections:
        lines.append(f"      - find: '{find}'\n        replace: '{new}'\n        reason: 误字。\n")
        lines += [f"        clause: {anchor}\n" for anchor in clause]
    return "".join(lines)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A project of one small policy."""
    project = make_project(tmp_path / "project", with_sources=False)
    (project.sources / "a.txt").write_text(TEXT, "utf-8")
    return project


def policy_of(project: Project, sidecar: str) -> Policy:
    """The policy as read with this sidecar, which has no fault."""
    (project.sources / "a.yml").write_text(sidecar, "utf-8")
    corpus, problems = load_corpus(project.sources)
    assert not problems
    return corpus.policies[0]


def test_a_correction_stands_beside_the_wording_which_stays(project: Project) -> None:
    without = policy_of(project, "policies:\n  - id: city-2020-1\n")
    policy = policy_of(
        project, declared(("财政部门 and 有关部门", "财政部门和有关部门"), ("后台入住", "后台入驻"))
    )
    assert [clause.wording for clause in policy.clauses] == [clause.wording for clause in without.clauses]
    (clause,) = [clause for clause in policy.clauses if clause.corrections]
    assert [(one.printed, one.corrected, one.reason) for one in clause.corrections] == [
        ("后台入住", "后台入驻", "误字。"),
        ("财政部门 and 有关部门", "财政部门和有关部门", "误字。"),
    ]
    assert all(clause.wording[one.start : one.stop] == one.printed for one in clause.corrections)


def test_clause_says_where_to_look_when_the_same_slip_stands_twice(project: Project) -> None:
    policy = policy_of(project, declared(("各部门", "各有关部门", "sec_2__subpara_1")))
    assert [clause.anchor for clause in policy.clauses if clause.corrections] == ["sec_2__subpara_1"]


def test_clause_may_be_an_alias() -> None:
    clauses = (clause_of("第一条 甲乙", "art_1", aliases=("art_1__para_1",)), clause_of("甲乙", "art_2"))
    corrected, problems = apply_corrections(clauses, [entry("甲乙", "甲丙", "art_1__para_1")])
    assert not problems
    assert [len(clause.corrections) for clause in corrected] == [1, 0]


@pytest.mark.parametrize(
    ("corrections", "line", "message"),
    [
        ([("后台入主", "后台入驻")], 4, "找不到"),
        ([("后台入住", "后台入驻", "sec_2__subpara_1")], 4, "找不到"),
        ([("财政部门and有关部门", "财政部门和有关部门")], 4, "找不到"),  # a space is a character
        ([("向财政部门　and", "和")], 4, "找不到"),
        ([("备案。2.免费", "备案")], 4, "找不到"),  # over the end of a clause
        ([("各部门", "各有关部门")], 4, "出现 2 次（sec_1__subpara_1、sec_2__subpara_1）"),
        ([("0 5天", "0.5天")], 4, "出现 2 次（sec_1__subpara_2）"),
        ([("0 5天", "0.5天", "sec_1__subpara_2")], 4, "出现 2 次"),
        ([("后台入住", "后台入驻", "sec_9")], 4, "“sec_9”不是这份政策的锚点"),
        ([("后台入住", "后台入住")], 4, "相同"),
        ([(" and ", "和")], 4, "首尾有空白"),
        ([("后台入住", "后台入驻 ")], 4, "首尾有空白"),
        ([("后台入住", "后台入驻"), ("入住，向", "入驻，向")], 7, "与第 4 行的校勘“后台入住”重叠"),
        ([("后台入住", "后台入驻"), ("后台入住", "后台入驻")], 7, "重叠"),
    ],
)
def test_a_declaration_that_does_not_hold_is_a_fault(
    project: Project, corrections: list[tuple[str, ...]], line: int, message: str
) -> None:
    (project.sources / "a.yml").write_text(declared(*corrections), "utf-8")
    for command in ("check", "site"):
        result = project.run(command)
        assert result.exit_code == 1
        assert f"a.yml:{line}: " in result.output
        assert message in result.output


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ("      - find: 入住\n        replace: 入驻\n", 4),  # no reason
        ("      - find: 入住\n        replace: ''\n        reason: 误字\n", 5),
        ("      - find: 5\n        replace: 五\n        reason: 误字\n", 4),
        ("      - find: 入住\n        replace: 入驻\n        reason: 误字\n        page: 3\n", 7),
        ("      - find: 入住\n        find: 入主\n        replace: 入驻\n        reason: 误字\n", 5),
        ("      find: 入住\n      replace: 入驻\n      reason: 误字\n", 3),
    ],
)
def test_a_misshapen_declaration_is_a_fault_of_its_line(project: Project, lines: str, line: int) -> None:
    (project.sources / "a.yml").write_text(HEAD + lines, "utf-8")
    result = project.run("check")
    assert result.exit_code == 1
    assert f"a.yml:{line}: " in result.output


def test_neighbours_do_not_overlap() -> None:
    (clause,), problems = apply_corrections((clause_of("甲乙丙"),), [entry("乙", "二"), entry("甲", "一")])
    assert not problems
    assert [(one.start, one.stop, one.corrected) for one in clause.corrections] == [
        (0, 1, "一"),
        (1, 2, "二"),
    ]


def test_a_find_that_overlaps_itself_stands_twice() -> None:
    _, problems = apply_corrections((clause_of("人人人"),), [entry("人人", "人民")])
    assert "出现 2 次" in problems[0].message


def test_the_data_have_the_corrections_and_the_search_index_the_print(project: Project) -> None:
    (project.sources / "a.yml").write_text(declared(("后台入住", "后台入驻")), "utf-8")
    assert project.run("site").exit_code == 0
    records = [record for record in project.records() if record["corrections"]]
    assert [record["corrections"] for record in records] == [
        [{"find": "后台入住", "replace": "后台入驻", "reason": "误字。"}]
    ]
    assert "后台入住" in records[0]["wording"]
    shown = "".join(path.read_text("utf-8") for path in (project.site / "search" / "texts").iterdir())
    assert "后台入住" in shown
    assert "后台入驻" not in shown


# ---- What the page shows


@pytest.fixture(scope="module")
def render() -> python_markdown.Markdown:
    """Python-Markdown as mkdocs.yml sets it up."""
    config = load_config(str(ROOT / "mkdocs.yml"))
    return python_markdown.Markdown(
        extensions=config["markdown_extensions"], extension_configs=config["mdx_configs"] or {}
    )


def squeezed(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def read(html: str, keep: str) -> str:
    """The text of a page with one form of every correction: what stands in it, or what its note has as printed."""
    soup = BeautifulSoup(html, "html.parser")
    for correction in soup.select(".correction"):
        (note,) = correction.select(".apparatus")
        (form,) = note.select(".printed")
        if keep == "printed":
            correction.replace_with(form.get_text())
        else:
            note.decompose()
    return squeezed(soup.get_text())


@given(before=LINES, printed=LINES, corrected=LINES, between=LINES, after=LINES, data=st.data())
def test_both_forms_come_out_as_they_are_whatever_they_hold(
    render: python_markdown.Markdown,
    before: str,
    printed: str,
    corrected: str,
    between: str,
    after: str,
    data: st.DataObject,
) -> None:
    """At the start, the end, in label, title or text, in a heading or not; hostile text stays text."""
    label = data.draw(st.sampled_from([None, "1.", "第一条", "1.专窗"]))
    lead = "" if data.draw(st.booleans()) else before
    body = f"{label or ''}{lead}{printed}{between}{printed}{after}"
    title = data.draw(
        st.sampled_from([None, f"{lead}{printed}", f"{lead}{printed}"[:-1], f"{lead}{printed}{between[:1]}"])
    )
    heading = data.draw(st.booleans())
    first = len(label or "") + len(lead)
    starts = [first, first + len(printed) + len(between)]
    clause = clause_of(
        f"{body}\n{after}",
        label=label,
        title=title or None,
        heading=heading,
        corrections=tuple(Correction(at, at + len(printed), printed, corrected, "误字。") for at in starts),
    )
    html = render.reset().convert(clause_markdown(clause))
    shown = f"{label or ''}{lead}{corrected}{between}{corrected}{after}\n{after}"
    assert read(html, "corrected") == squeezed(shown)
    assert read(html, "printed") == squeezed(clause.wording)
    tags = {tag.name for tag in BeautifulSoup(html, "html.parser").find_all(True)}
    assert tags <= {"h3", "p", "strong", "span", "a"}


@given(printed=LINES, corrected=LINES)
def test_the_contents_have_a_corrected_heading_without_the_note(
    render: python_markdown.Markdown, printed: str, corrected: str
) -> None:
    assume("<!--" not in corrected)  # the contents extension takes it for a comment, corrected or not
    clause = clause_of(
        f"一、{printed}",
        label="一、",
        heading=True,
        corrections=(Correction(2, 2 + len(printed), printed, corrected, "误字。"),),
    )
    render.reset().convert(clause_markdown(clause))
    (token,) = render.toc_tokens  # type: ignore[attr-defined]
    name = BeautifulSoup(token["name"], "html.parser").get_text()
    assert squeezed(name) == squeezed(f"一、{corrected}")


def test_a_correction_across_the_end_of_a_title_is_shown_as_one(render: python_markdown.Markdown) -> None:
    clause = clause_of(
        "1.设立专窗：。各部门", label="1.", title="设立专窗：", corrections=(Correction(5, 8, "窗：。", "窗。", "衍。"),)
    )  # fmt: skip
    soup = BeautifulSoup(render.reset().convert(clause_markdown(clause)), "html.parser")
    assert [tag.get_text() for tag in soup.select(".title > .correction")] == ["窗。〔原文作：窗：。〕"]


def test_the_markdown_stays_readable() -> None:
    clause = clause_of("向财政部门 and 有关部门备案", corrections=(Correction(1, 12, "财政部门 and 有关", "财政部门和有关", "误。"),))  # fmt: skip
    assert clause_markdown(clause).startswith(
        '向<a class="correction" href="#correction-subpara_1-1"><span class="corrected">财政部门和有关</span>'
        '<span class="apparatus"><span>〔原文作：</span><span class="printed">财政部门 and 有关</span>'
        "<span>〕</span></span></a>部门备案\n"
    )


# ---- What a reader sees


@pytest.fixture
def correction(page: Page, built: Project) -> Locator:
    """A correction in the running text of a page of the site, opened from the disk."""
    page.goto((built.site / "policies" / "shanxi-2021-six-most.html").as_uri())
    return page.locator("#subpara_46 .correction")


def in_sight(note: Locator) -> bool:
    """Whether the note is drawn at a size that can be read, and not clipped away."""
    box = note.bounding_box()
    assert box is not None
    clip = note.evaluate("element => getComputedStyle(element).clipPath")
    return clip == "none" and box["height"] > 10 and box["width"] > 50


@pytest.mark.browser
def test_the_printed_form_shows_under_the_mouse(page: Page, correction: Locator) -> None:
    note = correction.locator(".apparatus")
    correction.scroll_into_view_if_needed()
    page.mouse.move(0, 0)
    assert not in_sight(note)
    correction.hover()
    assert in_sight(note)
    page.mouse.move(0, 0)
    assert not in_sight(note)


@pytest.mark.browser
def test_the_keyboard_reaches_the_printed_form_and_its_entry(page: Page, correction: Locator) -> None:
    expect(correction).to_have_role("link")
    expect(correction).to_have_accessible_name(re.compile("国家和行业标准 ?〔原文作：国家 and 行业标准〕"))
    page.goto(page.url + "#subpara_46")
    page.locator("#subpara_46 > .clause-tool").focus()
    page.keyboard.press("Tab")  # on from the button of the clause
    expect(correction).to_be_focused()
    assert in_sight(correction.locator(".apparatus"))
    page.keyboard.press("Enter")
    expect(page.locator(":target")).to_contain_text("国家 and 行业标准 → 国家和行业标准")
    page.locator(":target").get_by_role("link").click()
    expect(page.locator(":target")).to_have_id("subpara_46")


@pytest.mark.browser
def test_the_first_touch_shows_the_printed_form_and_a_second_follows(phone: Page, built: Project) -> None:
    phone.goto((built.site / "policies" / "yingkou-2020-14.html").as_uri())
    correction = phone.locator("a.correction").first
    correction.scroll_into_view_if_needed()
    correction.tap()
    assert in_sight(correction.locator(".apparatus"))
    assert "#" not in phone.url
    correction.tap()
    expect(phone.locator(":target")).to_contain_text("→")


@pytest.mark.browser
def test_the_printed_form_is_on_paper(page: Page, correction: Locator) -> None:
    page.emulate_media(media="print")
    assert in_sight(correction.locator(".apparatus"))
    assert (
        "国家和行业标准〔原文作：国家 and 行业标准〕体系协调一致" in page.locator("#subpara_46").inner_text()
    )


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 768, 1440])
def test_no_note_leaves_the_screen(page: Page, built: Project, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    for name in ("shanxi-2021-six-most", "qiqihar-2020-29", "yingkou-2020-14"):
        page.goto((built.site / "policies" / f"{name}.html").as_uri())
        for correction in page.locator("article .correction").all():
            correction.focus()
            box = correction.locator(".apparatus").bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_page_without_corrections_has_no_list(built: Project) -> None:
    html = (built.site / "policies" / "harbin-undated-66.html").read_text("utf-8")
    soup = BeautifulSoup(html, "html.parser")
    assert not soup.select("#corrections, .correction")
    assert isinstance(soup.find("article"), Tag)


def test_an_editor_decides_where_the_page_cannot(project: Project) -> None:
    source = project.sources / "a.txt"
    text = "一、任务\n（一）加强统筹。网上办理，限时办结。\n研究建立评价体系。\n（二）优化服务。一窗受理，限时办结。\n"
    source.write_text(text, "utf-8")
    sidecar = project.sources / "a.yml"
    sidecar.write_text("policies:\n  - id: city-2020-1\n    continues:\n      - 研究建立\n", "utf-8")
    corpus, problems = load_corpus(project.sources)
    assert not problems
    wordings = [clause.wording for clause in corpus.policies[0].clauses]
    assert wordings[1] == "（一）加强统筹。网上办理，限时办结。研究建立评价体系。"
    sidecar.write_text("policies:\n  - id: city-2020-1\n    continues:\n      - 没有这句话\n", "utf-8")
    _, problems = load_corpus(project.sources)
    assert [(problem.file, problem.line) for problem in problems] == [("a.yml", 4)]
