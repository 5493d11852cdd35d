"""Tables as their readers meet them: on a screen, a phone, paper; cited, searched and pointed at."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from generator.model import Kind
from tests.support.axe import SEEN_IN_COLOUR, violations
from tests.support.citing import addresses, engine_with
from tests.support.corpora import Project
from tests.support.searching import Query, Scan, found, open_index, write_index
from tests.support.tables import JIA, LONG_ROWS, YI, table_corpus

pytestmark = pytest.mark.browser

PHONE = 390


@pytest.fixture
def base(table_site: Project, serve_folder: Callable[[Path], str]) -> str:
    """The address of the site's root."""
    return serve_folder(table_site.site)


# ---- On the screen


@pytest.mark.parametrize("width", [1440, 1366, 1000, 768, 390])
def test_a_wide_table_scrolls_in_its_box_and_never_the_page(page: Page, base: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{base}/policies/{JIA}.html")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    boxes = page.locator(".table-box").evaluate_all(
        "boxes => boxes.map((box) => [box.firstElementChild.offsetWidth - box.clientWidth, getComputedStyle(box).overflowX,"
        " box.getBoundingClientRect().right])"
    )
    assert len(boxes) == 4
    for wider, overflow, right in boxes:
        assert right <= width
        assert wider <= 0 or overflow == "auto"
    if width == PHONE:
        assert boxes[0][0] > 0
        assert boxes[3][0] > 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_tables(page: Page, base: str, axe: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    rules = () if scheme == "light" else SEEN_IN_COLOUR
    for policy in (JIA, YI):
        page.goto(f"{base}/policies/{policy}.html")
        assert violations(page, axe, rules) == []
    page.set_viewport_size({"width": PHONE, "height": 844})
    assert violations(page, axe, rules) == []


def test_the_head_stays_in_sight_and_hides_no_row_one_goes_to(page: Page, base: str) -> None:
    page.set_viewport_size({"width": 1366, "height": 500})
    page.goto(f"{base}/policies/{JIA}.html#att_1__table_1__tr_4")
    top, bottom, row = page.evaluate(
        """() => {
            const row = document.getElementById("att_1__table_1__tr_4");
            const head = row.closest("table").querySelector("thead").getBoundingClientRect();
            const bar = document.querySelector(".whereabouts").getBoundingClientRect();
            return [head.top - bar.bottom, head.bottom, row.getBoundingClientRect().top];
        }"""
    )
    assert abs(top) < 2
    assert row >= bottom - 1


def test_hostile_cells_are_text(page: Page, base: str) -> None:
    page.goto(f"{base}/policies/{YI}.html")
    assert "hacked" not in page.title()
    expect(page.locator("#table_1__tr_2")).to_contain_text("<script>document.title='hacked'</script>")


def test_a_long_table_is_drawn_at_once(page: Page, base: str) -> None:
    page.goto(f"{base}/policies/{JIA}.html#att_3__table_1__tr_{LONG_ROWS}")
    expect(page.locator(f"#att_3__table_1__tr_{LONG_ROWS} .clause-tool")).to_be_attached()
    assert page.locator(".kind-row .clause-tool").count() == page.locator(".kind-row").count()
    spent = page.evaluate(
        "() => { const start = performance.now(); document.querySelector('.policy').style.width = '99%';"
        " document.body.getBoundingClientRect(); return performance.now() - start; }"
    )
    assert spent < 1000


# ---- Tools, cards, search, citation


def test_a_row_is_copied_with_its_citation_and_its_cells(page: Page, base: str) -> None:
    page.goto(f"{base}/policies/{JIA}.html")
    row = page.locator("#att_1__table_2__tr_1")
    row.hover()
    tool = row.locator(".clause-tool")
    expect(tool).to_have_css("opacity", "1")
    box = tool.bounding_box()
    assert box
    assert abs(box["y"] - (row.bounding_box() or box)["y"]) < 12
    page.evaluate(
        "() => document.addEventListener('copy', (event) => { setTimeout(() => {}, 0);"
        " window.copied = event.clipboardData.getData('text/plain'); })"
    )
    tool.click()
    expect(page.locator(".clause-menu__title")).to_have_text("附件1表2第1行")
    expect(tool).to_have_attribute("aria-label", "引用附件1表2第1行")
    page.get_by_role("menuitem", name="复制全文").click()
    text = page.locator(".clause-copied__sample").evaluate("one => one.textContent")
    assert text.startswith("《甲市优化营商环境工作方案》附件1表2第1行\n开户\t1,200.5\t85%\n")


def test_the_card_of_a_row_names_its_columns(page: Page, base: str) -> None:
    page.goto(f"{base}/policies/{JIA}.html")
    page.locator("a.reference", has_text="附件1第3项").hover()
    card = page.locator(".preview")
    expect(card.locator("dt")).to_have_text(["序号", "任务", "牵头单位", "完成时限"])
    expect(card.locator("dd").nth(2)).to_have_text("市政务服务局")


def test_search_reads_no_two_cells_as_one_and_leads_to_the_row(page: Page, base: str) -> None:
    page.goto(f"{base}/search.html?q={quote('A局3个工作日')}")
    expect(page.locator(".finder__status")).to_contain_text("没有")
    page.goto(f"{base}/search.html?q={quote('A局 3个工作日')}")
    result = page.locator(".finder__list .search__result")
    expect(result).to_have_count(1)
    expect(result.locator(".search__text")).to_contain_text("A局 │ 3个工作日 │ <script>")
    assert result.locator("mark").all_inner_texts() == ["A局", "3个工作日"]
    result.click()
    expect(page).to_have_url(f"{base}/policies/{YI}.html#table_1__tr_2")
    expect(page.locator("#table_1__tr_2 mark")).to_have_text(["A局", "3个工作日"])
    expect(page.locator(".search-note")).to_contain_text("2 处")


def test_what_was_searched_is_in_sight_on_a_phone(page: Page, base: str) -> None:
    page.set_viewport_size({"width": PHONE, "height": 844})
    page.goto(f"{base}/policies/{JIA}.html?q={quote('500140')}#att_3__table_1__tr_20")
    expect(page.locator("mark.search-mark")).to_be_in_viewport()


def test_the_index_finds_what_a_plain_scan_finds(page: Page, table_site: Project, tmp_path: Path) -> None:
    scan = Scan(table_site.records())
    write_index(tmp_path, table_corpus())
    open_index(page, (tmp_path / "index.html").as_uri())
    queries = [
        "市供电公司",
        "市供电公司3个工作日",
        "3个工作日",
        "合计1,280.5",
        "序号任务",
        "重点任务清单",
        "刻制公章零成本",
        "J300",
    ]
    for query, urls in zip(queries, found(page, queries), strict=True):
        assert set(urls) == scan.urls(Query(query, (query,))), query


CITED = [
    ("甲市优化营商环境工作方案附件1表1第3项", f"{JIA}.html#att_1__table_1__tr_3"),
    ("《甲市优化营商环境工作方案》附件1表2第2行", f"{JIA}.html#att_1__table_2__tr_2"),
    ("甲市工作方案附件1第2个表第2行", f"{JIA}.html#att_1__table_2__tr_2"),
    ("甲市工作方案附件2第3行", f"{JIA}.html#att_2__table_1__tr_3"),
    ("甲市工作方案附件2表1第1行", f"{JIA}.html#att_2__table_1__tr_1"),
    ("甲市工作方案附件3第40项", f"{JIA}.html#att_3__table_1__tr_40"),
    ("甲市工作方案附件3第40行", f"{JIA}.html#att_3__table_1__tr_40"),
    ("甲市工作方案附件1表2", f"{JIA}.html#att_1__table_2"),
    ("甲市工作方案附件1表1第2组", f"{JIA}.html#att_1__table_1__group_2"),
    ("乙市若干措施第3项", f"{YI}.html#subpara_3"),
    ("乙市若干措施表第3项", f"{YI}.html#table_1__tr_3"),
]


def test_a_citation_of_a_row_leads_to_it(page: Page, base: str) -> None:
    page.goto(f"{base}/cite.html")
    corpus = table_corpus()
    own = [
        (f"{row['citation']}", f"{row['url'].removeprefix('policies/')}")
        for row in page.evaluate("base => fetch(base + '/data/anchors.json').then((one) => one.json())", base)
        if "__tr_" in row["id"] or "table_" in row["id"].rpartition("__")[2]
    ]
    rows = sum(
        clause.kind in (Kind.ROW, Kind.TABLE) for policy in corpus.policies for clause in policy.clauses
    )
    assert len(own) == rows
    outcomes = engine_with(corpus).find([text for text, _ in [*CITED, *own[:30]]])
    answers = [f"{one['state']} {addresses(one)[0]}" for one in outcomes]
    wanted = [f"found {url.replace('.html', '')}" for _, url in [*CITED, *own[:30]]]
    assert answers == wanted


def test_a_row_that_is_not_there_is_led_to_the_last(page: Page, base: str) -> None:
    page.goto(f"{base}/cite.html?q={quote('甲市工作方案附件2第9行')}")
    expect(page.locator(".cite__reason").first).to_have_text("附件2没有第9行，最后一行是附件2第3行")
    page.goto(f"{base}/cite.html?q={quote('甲市工作方案附件1表1第3项')}")
    expect(page.locator(".cite__wording")).to_contain_text("3 │ 电子营业执照")


# ---- On paper


def test_on_paper_no_row_is_cut_and_the_head_is_on_every_sheet(page: Page, base: str) -> None:
    page.goto(f"{base}/policies/{JIA}.html")
    data = page.pdf(prefer_css_page_size=True)
    sheets = ["".join(sheet.extract_text().split()) for sheet in PdfReader(BytesIO(data)).pages]
    with_rows = [sheet for sheet in sheets if "界址点J" in sheet]
    assert len(with_rows) > 3
    for sheet in with_rows:
        assert "经度" in sheet
    for number in (1, 150, LONG_ROWS):
        (sheet,) = (one for one in with_rows if f"界址点J{number}E116" in one)
        assert f"{3850000 + number}.123{500000 + number * 7}.456" in sheet
    assert "引用本行的" not in "".join(sheets)
