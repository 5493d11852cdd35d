"""Clauses of several policies read side by side, and the table of policies and indicators that leads there."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from generator.model import Corpus
from generator.publishing.data.csv_files import coverage_csv
from generator.views.coverage import SHADES, Cell, coverage
from tests.support.browser import PageRecord
from tests.support.corpora import Project, make_project
from tests.support.html import soup_of
from tests.support.words import WORDS

YINGKOU, QIQIHAR, FUYUAN, HARBIN = CITIES = (
    "yingkou-2020-14", "qiqihar-2020-29", "fuyuan-2020-measures", "harbin-undated-66",
)  # fmt: skip
ELECTRICITY = "getting-electricity"
INDICATORS = WORDS.taxonomy.indicators
NAMES = {indicator.id: indicator.name for indicator in INDICATORS}

Shown = list[tuple[str, list[list[list[Any]]]]]

# What the page shows: for each band its indicator, and for each column its clauses.
_READ = """() => [...document.querySelectorAll(".compare-table tbody")].map((band) => [
    band.querySelector("th").id.replace("band-", ""),
    [...band.querySelectorAll("td")].map((cell) => [...cell.querySelectorAll("li")].map((clause) => [
        clause.querySelector(".compare-where a").href.split("/").slice(-2).join("/"),
        [...clause.querySelectorAll(".compare-wording p")].map((line) => line.textContent).join("\\n"),
        clause.querySelector(".compare-role").textContent,
        clause.querySelector(".compare-evidence").textContent,
    ])),
])"""


def status(page: Page) -> Locator:
    """The line that says what is shown."""
    return page.locator(".compare-told")


def opened(page: Page, base: str, query: str = "") -> Page:
    """The compare page with that choice in its address, when it is drawn."""
    page.goto(f"{base}/compare.html{query}")
    expect(status(page)).to_have_text(re.compile("条。|还没有选"))
    return page


def heads(page: Page) -> list[str]:
    """The ids of the policies in the heads of the columns."""
    links = page.locator(".compare-table thead a").all()
    return [str(link.get_attribute("href")).rpartition("/")[2].removesuffix(".html") for link in links]


def expected(
    records: Sequence[dict[str, Any]], policies: Sequence[str], indicator: str, *, primary: bool
) -> Shown:
    """What the page should show, from clauses.jsonl."""
    bands: Shown = []
    for id_ in [indicator] if indicator else list(NAMES):
        columns = [
            [
                [
                    record["url"],
                    record["wording"],
                    "主要" if one["role"] == "primary" else "相关",
                    "依据：" + "、".join(one["evidence"]),
                ]
                for record in records
                if record["policy"] == policy
                for one in record["indicators"]
                if one["id"] == id_ and (one["role"] == "primary" or not primary)
            ]
            for policy in policies
        ]
        if indicator or any(columns):
            bands.append((id_, columns))
    return bands


# ---- What is shown


@pytest.mark.browser
@pytest.mark.parametrize(
    ("policies", "indicator", "primary"),
    [
        ((YINGKOU, QIQIHAR), ELECTRICITY, False),
        (("guizhou-2022-business-environment", "national-2021-power-sales", HARBIN, FUYUAN), "", False),
        ((FUYUAN, YINGKOU, "wanzhou-2021-procurement"), "", True),
    ],
)
def test_every_clause_is_there_once_in_its_order_and_word_for_word(
    page: Page, base: str, built: Project, policies: tuple[str, ...], indicator: str, primary: bool
) -> None:
    query = f"?p={','.join(policies)}" + f"&i={indicator}" * bool(indicator) + "&r=primary" * primary
    opened(page, base, query)
    assert heads(page) == list(policies)
    wanted = expected(built.records(), policies, indicator, primary=primary)
    assert [list(band) for band in wanted] == page.evaluate(_READ)
    assert sum(len(column) for _, columns in wanted for column in columns) > 5


@pytest.mark.browser
def test_an_empty_cell_says_so(page: Page, base: str) -> None:
    opened(page, base, f"?p={YINGKOU},wanzhou-2021-procurement&i={ELECTRICITY}")
    cells = page.locator(".compare-table tbody td")
    expect(cells.nth(1)).to_contain_text("没有归入本指标的条文")
    expect(cells.nth(0)).not_to_contain_text("没有归入本指标的条文")
    expect(status(page)).to_contain_text("关于深化政府采购改革优化营商环境有关事项的通知》 0 条")


@pytest.mark.browser
def test_a_clause_leads_to_its_place(page: Page, base: str) -> None:
    opened(page, base, f"?p={YINGKOU},{QIQIHAR}&i={ELECTRICITY}")
    page.get_by_role("link", name="第11项", exact=True).click()
    page.wait_for_url(f"**/policies/{YINGKOU}.html#subpara_11")


@pytest.mark.browser
def test_a_long_wording_is_folded_and_a_short_one_is_not(page: Page, base: str) -> None:
    opened(page, base, f"?p={YINGKOU},{QIQIHAR}&i={ELECTRICITY}")
    clause = page.locator("li", has=page.get_by_role("link", name="第12项", exact=True))
    body = clause.locator(".compare-wording")
    low = body.bounding_box()
    assert low
    clause.get_by_role("button", name="展开").click()
    expect(clause.get_by_role("button", name="收起")).to_have_attribute("aria-expanded", "true")
    high = body.bounding_box()
    assert high
    assert high["height"] > low["height"] * 1.3
    heading = page.locator("li", has=page.get_by_role("link", name="第三部分第（三）项", exact=True))
    assert heading.get_by_role("button").count() == 0
    page.get_by_role("button", name="全部展开").click()
    assert page.locator(".compare-folded").count() == 0
    assert page.locator(".compare-unfold").count() > 1


@pytest.mark.browser
def test_paper_has_every_word_and_no_controls(page: Page, base: str) -> None:
    opened(page, base, f"?p={YINGKOU},{QIQIHAR}&i={ELECTRICITY}")
    assert page.locator(".compare-folded").count() > 1
    page.emulate_media(media="print")
    cut = page.locator(".compare-wording").evaluate_all(
        "all => all.filter(one => one.scrollHeight > one.clientHeight + 1).length"
    )
    assert cut == 0
    for control in (".compare-form", ".compare-unfold >> nth=0"):
        expect(page.locator(control)).to_be_hidden()
    expect(page.locator(".compare-table caption")).to_have_text(re.compile("营口市.*齐齐哈尔市.*获得电力"))


# ---- Choosing, and the address


@pytest.mark.browser
def test_a_choice_stands_in_the_address_and_the_way_back_undoes_it(page: Page, base: str) -> None:
    opened(page, base)
    expect(page.locator(".compare-invitation")).to_be_visible()
    page.get_by_role("checkbox", name="营口市营商环境优化行动方案").check()
    expect(page.locator(".compare-invitation")).to_contain_text("再选")
    page.get_by_role("checkbox", name="齐齐哈尔市深化").check()
    page.locator("#compare-indicator").select_option(label="获得电力")
    expect(status(page)).to_have_text(
        re.compile("^获得电力：营口市营商环境优化行动方案 8 条；齐齐哈尔市.* 2 条。$")
    )
    assert urlsplit(page.url).query == f"p={YINGKOU},{QIQIHAR}&i={ELECTRICITY}"
    shown = page.evaluate(_READ)
    page.reload()
    expect(page.locator(".compare-table")).to_be_visible()
    assert page.evaluate(_READ) == shown
    page.go_back()
    expect(status(page)).to_contain_text("全部指标")
    page.go_back()
    expect(page.locator(".compare-table thead th")).to_have_count(1)
    page.go_forward()
    page.go_forward()
    expect(status(page)).to_contain_text("获得电力")
    assert page.evaluate(_READ) == shown
    page.get_by_role("button", name="清除").click()
    expect(page.locator(".compare-table")).to_have_count(0)
    assert urlsplit(page.url).query == ""


@pytest.mark.browser
def test_where_no_query_may_be_written_the_choice_stands_behind_a_hash(page: Page, base: str) -> None:
    page.add_init_script("history.pushState = () => { throw new DOMException('no', 'SecurityError') }")
    opened(page, base)
    page.get_by_role("checkbox", name="营口市营商环境优化行动方案").check()
    page.get_by_role("checkbox", name="齐齐哈尔市深化").check()
    expect(page.locator(".compare-table thead th")).to_have_count(2)
    assert page.url.endswith(f"compare.html#p={YINGKOU},{QIQIHAR}")
    page.get_by_role("navigation", name="跳到指标").get_by_role("link", name="获得电力").click()
    expect(page.locator(f"#band-{ELECTRICITY}")).to_be_in_viewport()
    assert heads(page) == [YINGKOU, QIQIHAR]
    page.reload()
    expect(page.locator(".compare-table thead th")).to_have_count(2)
    page.go_back()
    expect(page.locator(".compare-table thead th")).to_have_count(1)


@pytest.mark.browser
def test_no_more_than_four(page: Page, base: str) -> None:
    opened(page, base)
    boxes = page.locator(".compare-options input")
    for place in range(4):
        boxes.nth(place).check()
    assert boxes.nth(4).is_disabled()
    assert boxes.nth(0).is_enabled()
    expect(page.locator(".compare-hint")).to_contain_text("已选满四份")
    expect(page.locator(".compare-table thead th")).to_have_count(4)
    boxes.nth(0).uncheck()
    assert boxes.nth(4).is_enabled()
    five = [*CITIES, "guizhou-2022-business-environment"]
    opened(page, base, f"?p={','.join(five)}&i={ELECTRICITY}")
    assert heads(page) == list(CITIES)
    expect(page.get_by_role("alert")).to_contain_text("最多并排四份")


@pytest.mark.browser
def test_what_the_address_gets_wrong_is_said_and_passed_over(page: Page, base: str) -> None:
    opened(page, base, f"?p={YINGKOU},<b>x</b>,{YINGKOU},{QIQIHAR}&i=gdp")
    assert heads(page) == [YINGKOU, QIQIHAR]
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("“<b>x</b>”不是本站政策的编号")
    expect(alert).to_contain_text("“gdp”不是指标的编号")
    assert alert.locator("b").count() == 0
    expect(status(page)).to_contain_text("全部指标")
    page.locator("#compare-indicator").select_option(label="获得电力")
    expect(alert).to_be_empty()


@pytest.mark.browser
def test_a_policy_is_found_by_the_id_it_had(page: Page, moved_base: str) -> None:
    opened(page, moved_base, "?p=jia-2019-9,yi-2021-2")
    assert heads(page) == ["jia-2020-1", "yi-2021-2"]
    expect(page.get_by_role("alert")).to_be_empty()


@pytest.mark.browser
def test_policies_are_looked_for_by_number_and_by_what_they_say(
    page: Page, base: str, corpus: Corpus
) -> None:
    opened(page, base)
    options = page.locator(".compare-option:visible")
    expect(options).to_have_count(len(corpus.policies))
    page.get_by_label("查找政策").fill("营政办发[2020]14号")
    expect(options).to_have_count(1)
    page.get_by_label("查找政策").fill("黑龙江")
    wanted = sum(policy.jurisdiction.province == "黑龙江省" for policy in corpus.policies)
    expect(options).to_have_count(wanted)
    page.get_by_label("查找政策").fill("没有这样的名称")
    expect(options).to_have_count(0)
    expect(page.locator(".compare-hint")).to_contain_text("没有符合")
    page.get_by_label("查找政策").fill("")
    page.locator("#compare-indicator").select_option(label="获得电力")
    page.get_by_label("只列有所选指标条文的").check()
    speaking = {
        clause.policy
        for policy in corpus.policies
        for clause in policy.clauses
        if any(one.id == ELECTRICITY for one in corpus.analysis(clause).indicators)
    }
    expect(options).to_have_count(len(speaking))


@pytest.mark.browser
def test_the_link_to_copy_leads_to_the_same_choice(page: Page, base: str) -> None:
    query = f"?p={YINGKOU},{QIQIHAR}&i={ELECTRICITY}&r=primary"
    opened(page, base, query)
    page.get_by_role("button", name="复制链接").click()
    expect(status(page)).to_contain_text("已复制链接")
    page.evaluate("document.body.append(Object.assign(document.createElement('textarea'), {id: 'probe'}))")
    page.locator("#probe").focus()
    page.keyboard.press("Control+V")
    assert page.locator("#probe").input_value() == "https://policies.example.org/compare.html" + query


# ---- Readers of every kind


@pytest.mark.browser
def test_the_keyboard_alone_is_enough(page: Page, base: str) -> None:
    opened(page, base)
    page.locator("#compare-indicator").focus()
    for _ in range(list(NAMES).index(ELECTRICITY) + 1):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    expect(page.get_by_label("只看主要归类")).to_be_focused()
    expect(page.locator("#compare-indicator")).to_have_value(ELECTRICITY)
    while not page.get_by_label("查找政策").evaluate("field => field === document.activeElement"):
        page.keyboard.press("Tab")
    for place in ("营口", "抚远"):
        page.keyboard.press("Control+A")
        page.keyboard.type(place)
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Shift+Tab")
        expect(page.get_by_label("查找政策")).to_be_focused()
    expect(page.locator(".compare-table thead th")).to_have_count(2)
    assert heads(page) == [YINGKOU, FUYUAN]
    button = page.get_by_role("button", name="移除营口市营商环境优化行动方案")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="移除抚远市2020年优化营商环境措施")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator(".compare-policies summary")).to_be_focused()
    expect(status(page)).to_have_text("还没有选政策。")


@pytest.mark.browser
def test_one_indicator_of_all_is_chosen_in_the_table(page: Page, base: str) -> None:
    opened(page, base, f"?p={YINGKOU},{QIQIHAR}")
    page.get_by_role("button", name="只看获得电力").click()
    expect(page.locator(".compare-band")).to_have_count(1)
    expect(page.locator(".compare-result")).to_be_focused()
    assert parse_qs(urlsplit(page.url).query)["i"] == [ELECTRICITY]


@pytest.mark.browser
@pytest.mark.parametrize(
    "address",
    [f"compare.html?p={','.join(CITIES)}&i={ELECTRICITY}", "compare.html", "indicators/coverage.html"],
)
def test_a_phone_scrolls_in_one_direction_only(phone: Page, base: str, address: str) -> None:
    phone.goto(f"{base}/{address}")
    phone.wait_for_load_state("networkidle")
    widths = phone.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert widths == [390, 390]


@pytest.mark.browser
def test_on_a_phone_every_clause_names_its_policy(phone: Page, base: str, corpus: Corpus) -> None:
    opened(phone, base, f"?p={YINGKOU},{FUYUAN}&i={ELECTRICITY}")
    names = {policy.id: policy.name for policy in corpus.policies}
    found = phone.locator(".compare-where").evaluate_all(
        "all => all.map(one => [one.querySelector('.compare-whose').innerText, one.querySelector('a').href])"
    )
    assert len(found) == 16
    for name, address in found:
        assert name == names[address.rpartition("/")[2].partition(".html")[0]]
    boxes = [cell.bounding_box() for cell in phone.locator(".compare-row td").all()]
    assert boxes[0] is not None
    assert boxes[1] is not None
    assert boxes[1]["y"] >= boxes[0]["y"] + boxes[0]["height"] - 1


@pytest.mark.browser
def test_the_heads_stay_in_sight(page: Page, base: str) -> None:
    opened(page, base, f"?p={','.join(CITIES)}")
    page.evaluate("window.scrollTo(0, 4000)")
    for name in page.locator(".compare-table thead th").all():
        expect(name).to_be_in_viewport()
    page.goto(f"{base}/indicators/coverage.html")
    page.evaluate("window.scrollTo(0, 900)")
    expect(page.locator(".matrix thead th").nth(5)).to_be_in_viewport()
    page.set_viewport_size({"width": 800, "height": 700})
    page.locator(".matrix-region").evaluate("region => region.scrollTo(400, 600)")
    page.locator(".matrix-region").scroll_into_view_if_needed()
    region = page.locator(".matrix-region").bounding_box()
    top = page.locator(".matrix thead th").nth(8).bounding_box()
    first = page.locator(".matrix tbody th").nth(12).bounding_box()
    assert region
    assert top
    assert first
    assert abs(top["y"] - region["y"]) < 3
    assert abs(first["x"] - region["x"]) < 3


@pytest.mark.browser
def test_without_scripts_the_page_leads_on(browser: Browser, base: str, page_record: PageRecord) -> None:
    context = browser.new_context(java_script_enabled=False)
    page_record.watch(context)
    page = context.new_page()
    page.goto(f"{base}/compare.html")
    expect(page.locator(".compare-form")).to_be_hidden()
    page.locator(".compare-without a", has_text="覆盖表").click()
    expect(page.locator("h1")).to_have_text("覆盖表")
    expect(page.locator(".matrix tbody tr").first).to_be_visible()
    context.close()


@pytest.mark.browser
def test_data_that_is_missing_is_said(
    page: Page, built: Project, serve_folder: Callable[[Path], str], page_record: PageRecord
) -> None:
    page.route(f"**/clauses/{QIQIHAR}.js", lambda route: route.abort())
    page.goto(f"{serve_folder(built.site)}/compare.html?p={YINGKOU},{QIQIHAR}")
    expect(page.get_by_role("alert")).to_contain_text("条文数据无法载入")
    page.unroute(f"**/clauses/{QIQIHAR}.js")
    page.locator("#compare-indicator").select_option(label="获得电力")
    expect(page.locator(".compare-table thead th")).to_have_count(2)
    page_record.forget()


# ---- Hostile text


HOSTILE = "一、<img src=x onerror=\"document.title='hacked'\">开办企业\n</script><script>document.title='hacked'</script>刻章。\n"


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two policies whose titles and clauses look like markup and formulas."""
    project = make_project(tmp_path_factory.mktemp("hostile") / "project", with_sources=False)
    for name, title in (("jia", '=HYPERLINK("http://x")<b>甲</b>'), ("yi", "乙</script><i>措施")):
        (project.sources / f"{name}.txt").write_text(HOSTILE, "utf-8")
        sidecar = f"policies:\n  - {{id: {name}-2021-1, title: '{title}'}}\n"
        (project.sources / f"{name}.yml").write_text(sidecar, "utf-8")
    result = project.run("site")
    assert result.exit_code == 0, result.output
    return project.site


@pytest.mark.browser
def test_text_that_looks_like_markup_is_text(page: Page, hostile_site: Path) -> None:
    opened(page, hostile_site.as_uri(), "?p=jia-2021-1,yi-2021-1")
    wording = HOSTILE.strip()
    shown = {clause[1] for _, columns in page.evaluate(_READ) for column in columns for clause in column}
    assert shown == {wording}
    assert page.locator("table, .compare-options, .compare-chips").locator("img, script, b, i").count() == 0
    expect(page.locator(".compare-table thead")).to_contain_text('=HYPERLINK("http://x")<b>甲</b>')
    page.goto(f"{hostile_site.as_uri()}/indicators/coverage.html")
    assert page.locator(".matrix").locator("b, i, img, script").count() == 0
    assert "hacked" not in page.title()
    rows = list(csv.reader(io.StringIO((hostile_site / "data" / "coverage.csv").read_text("utf-8-sig"))))
    assert rows[1][1].startswith("'=") or rows[2][1].startswith("'=")


# ---- The table of policies and indicators


def matrix_of(site: Path) -> Iterator[tuple[str, dict[str, int], int]]:
    """Each row of the table as the page has it: policy, count by indicator, all clauses."""
    soup = soup_of(site / "indicators" / "coverage.html")
    heads = [str(link["href"]).removesuffix(".html") for link in soup.select(".matrix thead a")]
    assert heads == list(NAMES)
    for row in soup.select(".matrix tbody tr"):
        link = row.select_one("th a")
        assert link
        policy = str(link["href"]).rpartition("/")[2].removesuffix(".html")
        *cells, whole = [int(cell.get_text()) for cell in row.select("td")]
        yield policy, dict(zip(heads, cells, strict=True)), whole


def test_every_cell_counts_the_clauses_of_the_data(built: Project) -> None:
    records = built.records()
    counted = Counter((record["policy"], one["id"]) for record in records for one in record["indicators"])
    whole = Counter(record["policy"] for record in records)
    rows = {policy: (cells, total) for policy, cells, total in matrix_of(built.site)}
    assert set(rows) == set(whole)
    for policy, (cells, total) in rows.items():
        assert cells == {id_: counted[policy, id_] for id_ in NAMES}
        assert total == whole[policy]
    text = (built.site / "data" / "coverage.csv").read_bytes().decode("utf-8")
    assert text.startswith("\ufeff政策编号,")
    head, *lines = csv.reader(io.StringIO(text[1:], newline=""))
    assert head[6:] == list(NAMES.values())
    assert [line[0] for line in lines] == list(rows)
    assert [list(map(int, line[5:])) for line in lines] == [
        [total, *cells.values()] for cells, total in rows.values()
    ]


def test_the_rows_stand_by_place_and_nothing_is_added_up(built: Project) -> None:
    listed = soup_of(built.site / "policies" / "index.html")
    by_place = [
        str(link["href"]).removesuffix(".html") for link in listed.select("table.policies tbody th a")
    ]
    assert [policy for policy, _, _ in matrix_of(built.site)] == by_place
    page = soup_of(built.site / "indicators" / "coverage.html")
    assert not page.select(".matrix tfoot, .matrix button, .md-content select")
    assert "任何单位不得利用营商环境评价谋取利益" in page.get_text()


def test_every_link_to_the_compare_page_names_what_there_is(built: Project, corpus: Corpus) -> None:
    policies = {policy.id for policy in corpus.policies}
    found: Counter[str] = Counter()
    for file in built.site.rglob("*.html"):
        soup = soup_of(file)
        for link in soup.select('.md-content a[href*="compare.html"]'):
            parts = urlsplit(str(link["href"]))
            assert (file.parent / parts.path).resolve() == (built.site / "compare.html").resolve()
            asked = parse_qs(parts.query, strict_parsing=bool(parts.query))
            assert set(asked) <= {"p", "i"}
            assert set(asked.get("p", ())) <= policies
            assert set(asked.get("i", ())) <= set(NAMES)
            found[file.parent.name] += 1
    filled = sum(count > 0 for _, cells, _ in matrix_of(built.site) for count in cells.values())
    assert found["indicators"] >= 2 * filled  # the table, and each policy of each indicator's page
    assert found["policies"] == len(policies)


@pytest.mark.browser
def test_a_cell_leads_to_its_clauses_and_asks_for_another_policy(page: Page, base: str) -> None:
    page.goto(f"{base}/indicators/coverage.html")
    cell = page.locator(f".matrix a[href*='p={YINGKOU}&i={ELECTRICITY}']")
    expect(cell).to_have_text("8")
    cell.click()
    expect(page.locator(".compare-table li")).to_have_count(8)
    expect(page.locator(".compare-invitation")).to_contain_text("再选")
    expect(page.locator(".compare-policies details")).to_have_attribute("open", "")


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_counts_can_be_read_on_every_shade(browser: Browser, built: Project, scheme: Any) -> None:  # noqa: ANN401
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{built.site.as_uri()}/indicators/coverage.html")
    contrasts = page.evaluate(
        """() => {
            const light = (colour) => {
                const [r, g, b] = colour.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255)
                    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
                return 0.2126 * r + 0.7152 * g + 0.0722 * b;
            };
            const ground = getComputedStyle(document.body).backgroundColor;
            return [...document.querySelectorAll(".matrix td")].map((cell) => {
                const style = getComputedStyle(cell);
                const text = getComputedStyle(cell.querySelector("a") || cell).color;
                const back = cell.className ? style.backgroundColor : ground;
                const [high, low] = [light(text), light(back)].sort((a, b) => b - a);
                return [cell.className, (high + 0.05) / (low + 0.05), back];
            });
        }"""
    )
    context.close()
    assert {name for name, _, _ in contrasts} == {
        "",
        *(f"shade-{step}" for step in range(1, len(SHADES) + 1)),
    }
    assert len({back for _, _, back in contrasts}) == len(SHADES) + 1
    assert min(contrast for _, contrast, _ in contrasts) >= 4.5


def test_the_shades_follow_the_counts() -> None:
    steps = [Cell(INDICATORS[0], count, 0).shade for count in (0, 1, 2, 3, 5, 6, 10, 11, 20, 21, 500)]
    assert steps == [0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5]


def test_the_csv_has_a_row_for_every_policy_in_the_order_of_the_page(corpus: Corpus) -> None:
    table = coverage(corpus, INDICATORS)
    lines = coverage_csv(table, INDICATORS).split("\r\n")
    assert len(lines) == len(corpus.policies) + 2
    assert lines[-1] == ""
    assert {line.row.policy.id for line in table} == {policy.id for policy in corpus.policies}
