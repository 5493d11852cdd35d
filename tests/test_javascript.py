"""Pure functions of the site's JavaScript, from tables, without a browser. Numerals and folding: the tables of Python."""

from __future__ import annotations

from pathlib import Path

import pytest

from generator.cells import shown
from tests.support.javascript import SOURCE, call, evaluate, run_deno
from tests.support.printed import printed_and_read


def test_numerals_are_read_as_in_python() -> None:
    cases = printed_and_read("numerals")
    read = call("lib/numerals.js", "toNumber", [[printed] for printed, _ in cases])
    assert dict(zip((printed for printed, _ in cases), read, strict=True)) == dict(cases)


def test_text_is_folded_as_in_python() -> None:
    cases = printed_and_read("folding")
    folded = call("lib/folding.js", "fold", [[printed] for printed, _ in cases])
    assert dict(zip((printed for printed, _ in cases), folded, strict=True)) == dict(cases)
    assert call("lib/folding.js", "fold", [[text] for text in folded]) == folded


def test_no_module_takes_a_whole_text_for_a_compatible_one() -> None:
    users = {path.name for path in SOURCE.rglob("*.js") if 'normalize("' in path.read_text("utf-8")}
    assert users == {"text.js"}  # of single characters there, each of which has one plain form


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("第（２）项", "第(2)项"),
        ("第 (2) 项", "第(2)项"),
        ("营政办发〔2020〕14号", "营政办发(2020)14号"),
        ("【2020】", "(2020)"),
        ("“放管服”「改革」", '"放管服""改革"'),
        ("〈条例〉", "《条例》"),
        ("──－", "——-"),
        ("㈠⑵⒊", "(一)(2)3."),
        ("③", "③"),
        ("⼀⻅", "一见"),
        ("第條項號", "第条项号"),
        ("第\u200b五\ufeff条", "第五条"),
    ],
)
def test_citations_are_compared_in_one_form(text: str, plain: str) -> None:
    assert call("citation/text.js", "plain", [[text]]) == [plain]


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("《优化营商环境条例》", "优化营商环境条例"),
        ("二十一条举措", "21条举措"),
        ("21条举措", "21条举措"),
        ("五十九条", "59条"),
    ],
)
def test_names_are_compared_without_marks(name: str, bare: str) -> None:
    assert call("citation/text.js", "bare", [[name]]) == [bare]


@pytest.mark.parametrize(
    "text", ["", "一", "甲\t乙", "甲\t\t\t乙", "　甲 \t 乙　", "\t甲", "甲\t", "甲\n乙\t丙", "100\t200"]
)
def test_cells_are_parted_by_a_mark_as_in_python(text: str) -> None:
    assert call("lib/wording.js", "shown", [[text]]) == [shown(text)]


@pytest.mark.parametrize(
    ("line", "size", "place"),
    [
        # below the line, where there is room
        ({"left": 100, "top": 50, "bottom": 70}, {"width": 200, "height": 100}, (100, 76, 516)),
        # above it, where there is none below
        ({"left": 100, "top": 500, "bottom": 520}, {"width": 200, "height": 100}, (100, 394, 486)),
        # below all the same, where there is even less above
        ({"left": 100, "top": 250, "bottom": 270}, {"width": 200, "height": 900}, (100, 276, 316)),
        # never off the screen
        ({"left": 700, "top": 50, "bottom": 70}, {"width": 200, "height": 100}, (592, 76, 516)),
        ({"left": -50, "top": 50, "bottom": 70}, {"width": 2000, "height": 100}, (8, 76, 516)),
    ],
)
def test_what_floats_stands_beside_its_line(
    line: dict[str, int], size: dict[str, int], place: tuple[int, int, int]
) -> None:
    view = {"width": 800, "height": 600}
    (found,) = call("lib/placing.js", "beside", [[line, size, view, {"gap": 6}]])
    assert (found["left"], found["top"], found["room"]) == place


def test_the_guesses_for_a_wrong_address_are_the_nearest_ids() -> None:
    policies = [
        {"id": "yingkou-2020-14", "former": []},
        {"id": "guizhou-2022-business-environment", "former": ["guizhou-2021-old"]},
        {"id": "shanxi-2021-six-most", "former": []},
    ]
    asked = {
        "yingkou-2020-15": "yingkou-2020-14",
        "guizhou-2021": "guizhou-2022-business-environment",
        "shanxi": "shanxi-2021-six-most",
    }
    found = call("home/guesses.js", "guesses", [[text, policies] for text in asked])
    assert [one[0]["id"] for one in found] == list(asked.values())
    assert call("home/guesses.js", "guesses", [["zzzzzzzzzz", policies]]) == [[]]
    assert call("home/guesses.js", "distance", [["kitten", "sitting"], ["", "ab"], ["一", "一"]]) == [3, 2, 0]


POLICIES = [{"id": f"p-{number}", "title": f"政策{number}", "former": []} for number in range(1, 7)]
KNOWN = {
    "policies": [*POLICIES, {"id": "new", "title": "新", "former": ["old"]}],
    "indicators": [["bidding", "招标"]],
}


@pytest.mark.parametrize(
    ("search", "hash_", "choice", "wrong"),
    [
        ("", "", ([], "", False), []),
        ("?p=p-1,p-2&i=bidding&r=primary", "", (["p-1", "p-2"], "bidding", True), []),
        ("", "#p=p-1", (["p-1"], "", False), []),
        ("?p=old,new", "", (["new"], "", False), []),
        ("?p=p-1,nobody", "", (["p-1"], "", False), ["nobody"]),
        ("?p=p-1,p-2,p-3,p-4,p-5", "", (["p-1", "p-2", "p-3", "p-4"], "", False), ["政策5"]),
        ("?p=p-1&i=none", "", (["p-1"], "", False), ["none"]),
    ],
)
def test_a_comparison_is_read_from_its_address(
    search: str, hash_: str, choice: tuple[list[str], str, bool], wrong: list[str]
) -> None:
    (found,) = call("compare/choice.js", "choiceOf", [[{"search": search, "hash": hash_}, KNOWN]])
    policies, indicator, primary = choice
    assert found["choice"] == {"policies": policies, "indicator": indicator, "primary": primary}
    assert len(found["wrong"]) == len(wrong)
    assert all(part in line for part, line in zip(wrong, found["wrong"], strict=True))
    (query,) = call("compare/choice.js", "queryOf", [[found["choice"]]])
    (again,) = call("compare/choice.js", "choiceOf", [[{"search": f"?{query}", "hash": ""}, KNOWN]])
    assert again == {"choice": found["choice"], "wrong": []}


@pytest.mark.parametrize(
    ("chosen", "value", "wanted", "then"),
    [
        ([], "辽宁省", True, ["辽宁省"]),
        (["辽宁省"], "辽宁省", False, []),
        (["辽宁省"], "辽宁省/营口市", True, ["辽宁省/营口市"]),
        (["辽宁省/营口市", "贵州省"], "辽宁省", True, ["贵州省", "辽宁省"]),
        (["辽宁省"], "辽宁省营口", True, ["辽宁省", "辽宁省营口"]),
    ],
)
def test_of_a_place_and_one_within_it_only_the_last_is_chosen(
    chosen: list[str], value: str, wanted: bool, then: list[str]
) -> None:
    assert call("search/facet-view.js", "withChoice", [[chosen, "place", value, wanted]]) == [then]


def test_places_stand_below_those_around_them() -> None:
    shown_ = evaluate(
        """({ view }, counts) => view.valuesOf("place", {
            counts: { place: new Map(counts) }, chosen: { place: ["广东省"] }, names: new Map(),
        })""",
        {"view": "search/facet-view.js"},
        [["辽宁省", 3], ["辽宁省/营口市", 2], ["贵州省", 5], ["辽宁省/大连市", 1]],
    )
    assert [value for value, _ in shown_] == ["贵州省", "辽宁省", "辽宁省/营口市", "辽宁省/大连市", "广东省"]


def test_what_is_copied_is_made_harmless() -> None:
    one = {"url": 'https://x.test/a_(b).html?a=1&b="2"', "citation": "《条例》<b>*第一条*[1]"}
    (html,) = call("policy/forms.js", "htmlLink", [[one]])
    assert html == (
        '<a href="https://x.test/a_(b).html?a=1&amp;b=&quot;2&quot;">《条例》&lt;b&gt;*第一条*[1]</a>'
    )
    (link,) = call("policy/forms.js", "markdownLink", [[one]])
    assert link == r'[《条例》\<b\>\*第一条\*\[1\]](https://x.test/a_%28b%29.html?a=1&b="2")'


@pytest.mark.parametrize(("argument", "fits"), [('"甲"', True), ("3", False)])
def test_types_are_checked_strictly(tmp_path: Path, argument: str, fits: bool) -> None:
    module = tmp_path / "module.js"
    address = (SOURCE / "lib" / "folding.js").as_uri()
    module.write_text(f'import {{ fold }} from "{address}";\nfold({argument});\n', "utf-8")
    run = run_deno("check", "--quiet", "--config", "deno.json", str(module))
    assert (run.returncode == 0) == fits, run.stderr
