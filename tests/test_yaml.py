"""YAML: whatever a file holds, it ends as a value or as faults with file and line, and soon."""

from __future__ import annotations

import json
import math
import re
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from generator.files.shown import acts
from generator.files.yamlfile import MAX_BYTES, MAX_DEPTH, load_yaml, parse_yaml
from generator.model import CorpusError
from generator.reading.sidecar import SCHEMA, is_policy_id
from tests.support.corpora import ROOT

FOLDER = tempfile.TemporaryDirectory()


def read(data: bytes | str) -> object:
    """The value of a document, or the faults of it: each has the file and a line, and can be printed."""
    data = data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass")
    lines = len(re.split(rb"\r\n?|\n|\xc2\x85|\xe2\x80[\xa8\xa9]", data))
    try:
        return parse_yaml(data, "a.yml").data
    except CorpusError as error:
        named = [one for one in error.problems if one.file == "a.yml" and 1 <= (one.line or 0) <= lines]
        if list(error.problems) != named or not named or any(map(acts, str(error).replace("\n", ""))):
            raise AssertionError(str(error)) from error
        return error.problems


def refused(data: bytes | str) -> str:
    """What is said of a document that is refused."""
    problems = read(data)
    assert isinstance(problems, tuple)
    return "\n".join(map(str, problems))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: !!bool abc", "不是是非值"),
        ("a: !!bool ''", "不是是非值"),
        ("a: !!int ''", "不是整数"),
        ("a: !!int '-'", "不是整数"),
        ("a: !!int 0x", "不是整数"),
        ("a: !!int '1:'", "不是整数"),
        ("a: !!int 1.5", "不是整数"),
        (f"a: {'9' * 5000}", "不是这里能用的整数"),
        (f"a: 0x{'f' * 5000}", "不是这里能用的整数"),
        (f"a: {'1:' * 50}1", "不是这里能用的整数"),
        (f"{'9' * 500}: a", "不是这里能用的整数"),
        ("a: !!float abc", "不是有限的数"),
        ("a: !!float ''", "不是有限的数"),
        ("a: .inf", "不是有限的数"),
        ("a: -.INF", "不是有限的数"),
        ("a: .nan", "不是有限的数"),
        ("a: 1.0e+999", "不是有限的数"),
        ("? .nan\n: a", "不是有限的数"),
        ("a: !!timestamp 2021-02-31", "不是日期"),
        ("a: !!timestamp ''", "不是日期"),
        ("a: !!null abc", "不是空值"),
        ("a: !!binary '=='", "不认识的标签"),
        ("a: !!set {b}", "不认识的标签"),
        ("a: !!omap [b: 1]", "不认识的标签"),
        ("a: !!map []", "不认识的标签"),
        ("a: !!seq {}", "不认识的标签"),
        ("a: !!str []", "不认识的标签"),
        ("a: !!python/object/apply:os.system ['true']", "不认识的标签"),
        ("a: !!python/name:os.system", "不认识的标签"),
        ("a: !own b", "不认识的标签"),
        ("? [a]\n: b", "键应为文字"),
        ("? {a: b}\n: c", "键应为文字"),
        ("a: b\na: c", "键 a 重复"),
        ("1: b\n0x1: c", "键 0x1 重复"),
        ('a: "\\ud800"', "U+D800"),
        ('a: "\\x1b"', "U+001B"),
        ('"\\0": a', "U+0000"),
        ('a: "\\uffff"', "U+FFFF"),
        ('a: "\\U00110000"', "写法有误"),
        ("a: \x1b[31m", "U+001B"),
        ("a: \ud800", "不是 UTF-8"),
        ("a: [", "写法有误"),
        ("a: *b", "写法有误"),
        ("a: 1\n---\nb: 2", "写法有误"),
        (f"%YAML {'1' * 5000}.1\n---\na: 1", "写法有误"),
        ("&a [*a]", "包含它自己"),
        ("&a {b: *a}", "包含它自己"),
        ("&a {<<: *a}", "包含它自己"),
        ("&a [&b [*a]]", "包含它自己"),
        ("[" * 5000, "嵌套超过"),
        ("{a: " * 5000, "嵌套超过"),
        ("- " * 5000 + "a", "嵌套超过"),
        ("\n".join(" " * level + "a:" for level in range(200)), "嵌套超过"),
        ("- &a0 [x]\n" + "".join(f"- &a{n + 1} [*a{n}]\n" for n in range(60)), "嵌套超过"),
        ("- &a0 [x,x]\n" + "".join(f"- &a{n + 1} [*a{n},*a{n}]\n" for n in range(30)), "别名展开后"),
        (f"[{'x,' * 50_000}]", "内容超过"),
    ],
)
def test_what_is_no_value_is_named(text: str, said: str) -> None:
    started = time.process_time()
    assert said in refused(text)
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("# only a remark", None),
        ("\ufeffa: b", {"a": "b"}),
        ("a: 2021-02-28", {"a": "2021-02-28"}),
        ("a: 2021-02-31", {"a": "2021-02-31"}),  # for the schema to judge
        ("a: 2021-02-28 10:00:00", {"a": "2021-02-28 10:00:00"}),
        ("a: !!timestamp 2021-02-28", {"a": "2021-02-28"}),
        ("a: !!str 5", {"a": "5"}),
        ("a: =", {"a": "="}),
        ("<<: b", {"<<": "b"}),
        ("a: [1, -2, 0x10, 1.5, true, no, ~, null]", {"a": [1, -2, 16, 1.5, True, False, None, None]}),
        ("a: &x [1]\nb: [*x, *x]", {"a": [1], "b": [[1], [1]]}),
        ("a: |\n  甲\n  乙\n", {"a": "甲\n乙\n"}),
        ("1: a\ntrue: b", {1: "a"} | {True: "b"}),
    ],
)
def test_what_is_a_value_is_read(text: str, value: object) -> None:
    if isinstance(value, dict) and 1 in value:
        assert "重复" in refused(text)  # Python takes 1 and true for the same key
        return
    assert read(text) == value


@given(st.binary(max_size=200))
def test_any_bytes_are_a_value_or_faults(data: bytes) -> None:
    read(data)


scalars = st.sampled_from(
    [
        "a",
        "''",
        '"\\ud83d\\ude00"',
        "1",
        "1_0",
        "01",
        "0b",
        "-.inf",
        "~",
        "<<",
        "=",
        "*a",
        "*b",
        "!",
        "''",
        "2021-02-31",
        "|",
        "\u2028",
        "\x85",
    ]
) | st.text(max_size=6)
tags = st.sampled_from(
    [
        "",
        "",
        "&a ",
        "&b ",
        "! ",
        "!x ",
        "!!int ",
        "!!float ",
        "!!bool ",
        "!!null ",
        "!!timestamp ",
        "!!binary ",
        "!!set ",
        "!!str ",
        "!!map ",
        "!!seq ",
        "!!merge ",
        "!<tag:yaml.org,2002:python/tuple> ",
    ]
)
snippets = st.recursive(
    st.tuples(tags, scalars).map("".join),
    lambda below: st.one_of(
        st.tuples(tags, st.lists(below, max_size=4)).map(lambda one: f"{one[0]}[{', '.join(one[1])}]"),
        st.tuples(tags, st.lists(st.tuples(below, below), max_size=3)).map(
            lambda one: f"{one[0]}{{{', '.join(f'{key}: {value}' for key, value in one[1])}}}"
        ),
        st.lists(st.tuples(scalars, below), max_size=3).map(
            lambda pairs: "\n".join(f"{key}: {value}" for key, value in pairs)
        ),
        st.lists(below, max_size=3).map(lambda items: "\n".join(f"- {item}" for item in items)),
    ),
    max_leaves=12,
)


def finite(value: object) -> bool:
    """Whether a value holds nothing that JSON and UTF-8 do not have."""
    json.dumps(value, allow_nan=False, skipkeys=True, ensure_ascii=False).encode()
    return not isinstance(value, float) or math.isfinite(value)


@given(snippets)
def test_any_mixture_of_tags_aliases_and_values_is_a_value_or_faults(text: str) -> None:
    value = read(text)
    assert isinstance(value, tuple) or finite(value)


@given(snippets)
def test_any_mixture_below_a_sidecar_is_refused_by_its_schema_or_read(text: str) -> None:
    # In place of the whole, of the entry, of a field.
    indented = text.replace("\n", "\n      ")
    for whole in (text, f"policies:\n    - {indented}", f"policies:\n  - id: city-1\n    title: {indented}"):
        path = Path(FOLDER.name) / "a.yml"
        path.write_bytes(whole.encode("utf-8", "surrogatepass"))
        with suppress(CorpusError):
            data = load_yaml(path, "a.yml", SCHEMA).data
            assert all(is_policy_id(card["id"]) for card in data["policies"])


plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**16), 10**17)
    | st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"]), max_size=20),
    lambda below: (
        st.lists(below, max_size=4)
        | st.dictionaries(st.text("abc甲乙", min_size=1, max_size=4), below, max_size=4)
    ),
    max_leaves=20,
)


@given(plain)
def test_what_is_written_as_yaml_is_read_as_it_was(value: object) -> None:
    assert read(yaml.safe_dump(value, allow_unicode=True)) == value


@given(plain)
def test_json_is_yaml(value: object) -> None:
    assert read(json.dumps(value, ensure_ascii=False)) == value


def test_a_long_file_of_usual_entries_is_within_the_limits(tmp_path: Path) -> None:
    entry = "  - id: city-2021-{}\n    match: 甲市《{}号措施》\n    title: 甲市措施\n"
    path = tmp_path / "a.yml"
    path.write_text("policies:\n" + "".join(entry.format(n, n) for n in range(1500)), "utf-8")
    assert path.stat().st_size < MAX_BYTES
    assert len(load_yaml(path, "a.yml", SCHEMA).data["policies"]) == 1500


def test_nesting_is_allowed_up_to_the_limit() -> None:
    value = read("[" * (MAX_DEPTH - 1) + "a" + "]" * (MAX_DEPTH - 1))
    for _ in range(MAX_DEPTH - 1):
        assert isinstance(value, list)
        (value,) = value
    assert value == "a"


@pytest.mark.parametrize("end", ["\n", "\r", "\u2028", " ", "\n\n"])
@pytest.mark.parametrize("pattern", ["^a$", "^[a-z]+(-[a-z]+)*$"])
def test_a_pattern_holds_to_the_end_of_the_text(tmp_path: Path, pattern: str, end: str) -> None:
    path = tmp_path / "a.yml"
    schema = {"type": "object", "additionalProperties": {"pattern": pattern}}
    path.write_text(f"b: {json.dumps('a' + end)}", "utf-8")
    with pytest.raises(CorpusError):
        load_yaml(path, "a.yml", schema)
    path.write_text("b: a", "utf-8")
    assert load_yaml(path, "a.yml", schema).data == {"b": "a"}


def test_every_yaml_of_the_program_comes_through_the_one_loader() -> None:
    reading = [
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "generator").rglob("*.py")
        if re.search(
            r"\byaml\.(?:safe_|full_|unsafe_)?load|SafeLoader|Draft\d+Validator", path.read_text("utf-8")
        )
    ]
    assert reading == ["generator/files/yamlfile.py"]


def test_a_list_of_mixed_members_is_checked_for_repeats_in_linear_time(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("[" + ",".join(f"{n},[{n}],a{n}" for n in range(8000)) + "]", "utf-8")
    started = time.process_time()
    load_yaml(path, "a.yml", {"type": "array", "uniqueItems": True})
    assert time.process_time() - started < 20
