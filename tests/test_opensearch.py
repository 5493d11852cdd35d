"""The export for OpenSearch and Elasticsearch: its shape, and that its mapping finds what the site's search finds."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from generator.cli import main
from generator.folding import fold
from generator.model import Corpus
from generator.publishing.data.opensearch import bulk_lines, index_definition
from generator.publishing.data.records import clauses_jsonl
from tests.support.corpora import ROOT, SOURCES
from tests.support.searching import Query, Scan, random_queries


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bulk file of the repository's own sources, as the command writes it."""
    output = tmp_path_factory.mktemp("export") / "clauses.ndjson"
    result = CliRunner().invoke(
        main,
        [
            "export",
            "--sources",
            str(SOURCES),
            "--output",
            str(output),
            "--format",
            "opensearch",
            "--index",
            "laws",
        ],
    )
    assert result.exit_code == 0, result.output
    return output


def pairs_of(path: Path) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """The actions of a bulk file, each with its document."""
    text = path.read_text("utf-8")
    assert text.endswith("\n")
    lines = [json.loads(line) for line in text.removesuffix("\n").split("\n")]
    return list(zip(lines[::2], lines[1::2], strict=True))


def test_every_clause_is_a_line_of_action_and_a_line_of_document(exported: Path, corpus: Corpus) -> None:
    pairs = pairs_of(exported)
    clauses = [clause for policy in corpus.policies for clause in policy.clauses]
    assert [action for action, _ in pairs] == [
        {"index": {"_index": "laws", "_id": f"{clause.policy}#{clause.anchor}"}} for clause in clauses
    ]
    assert [document["wording"] for _, document in pairs] == [clause.wording for clause in clauses]
    assert len({action["index"]["_id"] for action, _ in pairs}) == len(clauses)


def test_the_definition_of_the_index_is_beside_it(exported: Path) -> None:
    assert json.loads(exported.with_suffix(".index.json").read_text("utf-8")) == index_definition()


def fields_of(value: object, name: str = "") -> Iterator[str]:
    """The names of the fields of a document, with those of objects within."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from fields_of(inner, f"{name}.{key}" if name else key)
    elif isinstance(value, list):
        for inner in value:
            yield from fields_of(inner, name)
    elif name:
        yield name


def test_every_field_of_every_document_is_mapped(exported: Path) -> None:
    """The mapping is strict: a server would refuse a document with another field."""
    mapping = index_definition()["mappings"]
    assert mapping["dynamic"] == "strict"

    def known(path: list[str], properties: dict[str, Any]) -> bool:
        own = properties.get(path[0])
        if own is None:
            return False
        return len(path) == 1 or own.get("enabled") is False or known(path[1:], own["properties"])

    fields = {field for _, document in pairs_of(exported) for field in fields_of(document)}
    assert {field for field in fields if not known(field.split("."), mapping["properties"])} == set()
    assert {"in.province", "path", "indicators.id"} <= fields


def test_the_filter_folds_as_the_search_does() -> None:
    analysis = index_definition()["settings"]["analysis"]
    rules = [rule.split(" => ") for rule in analysis["char_filter"]["folding"]["mappings"]]
    assert all(re.fullmatch(r"\\u[0-9a-f]{4}", old) for old, _ in rules)
    assert all(re.fullmatch(r"(\\u[0-9a-f]{4})?", new) for _, new in rules)
    table = {_unescaped(old): _unescaped(new) for old, new in rules}
    for code in range(0x10000):
        if not 0xD800 <= code < 0xE000:
            folded = fold(chr(code)) if chr(code) != "\t" else "\t"  # it parts the cells of a row
            assert table.get(chr(code), chr(code)) == folded
    for analyzer in analysis["analyzer"].values():
        assert analyzer["char_filter"] == ["folding"]
        assert analyzer["tokenizer"] in analysis["tokenizer"]


def _unescaped(text: str) -> str:
    return chr(int(text[2:], 16)) if text else ""


def test_its_phrases_find_what_a_plain_scan_finds(corpus: Corpus) -> None:
    """A phrase of pairs (or characters), side by side, as the analyzers cut text and query, is a substring."""
    records = [json.loads(line) for line in clauses_jsonl(corpus)]
    tokens = [
        (record["url"], _grams(record["wording"], 2), _grams(record["wording"], 1)) for record in records
    ]
    queries = (
        query for query in random_queries(records, seed=3) if len(query.terms) == 1 and not query.excluded
    )
    scan = Scan(records)
    for _, query in zip(range(100), queries, strict=False):
        (term,) = query.terms
        size = 2 if len(fold(term)) > 1 else 1
        found = {
            url for url, pairs, ones in tokens if _phrase(_grams(term, size), pairs if size == 2 else ones)
        }
        assert found == scan.urls(Query("", (term,)))


def _grams(text: str, size: int) -> list[str]:
    folded = fold(text)
    return [folded[at : at + size] for at in range(len(folded) - size + 1)]


def _phrase(wanted: list[str], tokens: list[str]) -> bool:
    return any(tokens[at : at + len(wanted)] == wanted for at in range(len(tokens) - len(wanted) + 1))


def test_the_example_in_the_documentation_asks_for_fields_that_are_there(corpus: Corpus) -> None:
    text = (ROOT / "docs" / "data.md").read_text("utf-8")
    section = text[text.index("{ #opensearch }") :]
    (example,) = re.findall(r"```json\n(.*?)```", section, re.DOTALL)
    query = json.loads(example)["query"]["bool"]
    (lines,) = [list(bulk_lines(corpus, "policy-clauses"))]
    fields = {field for line in lines[1::2] for field in fields_of(json.loads(line))}
    asked = {
        field
        for clause in (*query["must"], *query["should"], *query["filter"])
        for one in clause.values()
        for field in one
    }
    assert asked == {"wording", "title", "in.province"}
    assert asked <= fields
