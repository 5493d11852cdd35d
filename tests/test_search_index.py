"""The index of the search as files: what stands in them, how it is dealt, and that it is smaller than others."""

from __future__ import annotations

import gzip
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.folding import fold
from generator.model import Corpus
from generator.publishing.scripts.search import VERSION, search_scripts
from generator.publishing.scripts.search.documents import BETWEEN, Document, documents, searchable
from generator.publishing.scripts.search.numbers import DIGITS, LAST, MORE, writer
from generator.publishing.scripts.search.postings import Postings
from generator.publishing.scripts.search.shards import files, plan
from tests.support.corpora import ROOT, Project, make_project
from tests.support.varied import varied_corpus
from tests.support.words import WORDS

CALL = re.compile(r'^window\.policySearch\.receive\("([^"]+)", "([0-9a-f]{12})", (.*)\);\n$', re.DOTALL)
KILOBYTE = 1000


@pytest.fixture(scope="module")
def scripts(corpus: Corpus) -> dict[str, str]:
    """The scripts of the repository's own corpus by name."""
    return dict(search_scripts(corpus, WORDS.taxonomy))


def data_of(script: str) -> Any:  # noqa: ANN401 - whatever JSON holds
    """What a script hands over."""
    call = CALL.match(script)
    assert call
    return json.loads(call[3])


def read_numbers(text: str) -> list[int]:
    """The numbers of a list, read as docs/search-format.md says."""
    found: list[int] = []
    number, unit = 0, 1
    for character in text:
        digit = DIGITS.index(character)
        number += unit * digit
        unit *= MORE
        if digit < LAST:
            found.append(number)
            number, unit = 0, 1
    return found


def test_a_script_says_what_it_is_and_of_which_build(scripts: dict[str, str]) -> None:
    stamps = set()
    for name, script in scripts.items():
        call = CALL.match(script)
        assert call, name
        assert f"{call[1]}.js" == name
        stamps.add(call[2])
        assert "<" not in script
    assert len(stamps) == 1
    assert data_of(scripts["index.js"])["version"] == VERSION


def test_another_text_or_another_analysis_is_another_build(corpus: Corpus) -> None:
    def stamp(one: Corpus) -> str:
        _, script = next(search_scripts(one, WORDS.taxonomy))
        call = CALL.match(script)
        assert call
        return call[2]

    fewer = Corpus(corpus.policies[1:], corpus.accounts, corpus.analyses)
    unsorted = Corpus(corpus.policies, corpus.accounts, {})
    assert len({stamp(corpus), stamp(fewer), stamp(unsorted)}) == 3
    assert stamp(corpus) == stamp(Corpus(corpus.policies, corpus.accounts, corpus.analyses))


def test_numbers_are_short_and_read_back() -> None:
    written = writer()
    numbers = [0, 45, 46, 90, 91, 2115, 2116, 95_310, 95_311, 10**9]
    assert read_numbers(b"".join(map(written, numbers)).decode("ascii")) == numbers
    assert [len(written(number)) for number in numbers[:7]] == [1, 1, 2, 2, 2, 2, 3]
    assert not set(DIGITS) & set('"\\< ')


def test_every_pair_is_where_the_plan_says_with_the_documents_that_have_it(corpus: Corpus) -> None:
    found = [searchable(document) for document in documents(corpus)]
    postings = Postings()
    for one in found:
        postings.add(one)
    pairs = postings.by_first_character()
    dealt = plan(pairs, limit=4000)  # small enough for files of one character's own
    assert dealt.own
    assert dealt.shared > 1
    seen: set[str] = set()
    for name, rows, _ in files(pairs, dealt):
        for first, seconds, lists, _ in rows:
            for second, text in zip(seconds, lists.split(" "), strict=True):
                assert dealt.file_of(first, second) == name
                seen.add(first + second)
                assert text or second == BETWEEN
    assert seen == {
        one.text[at : at + 2] for one in found for at in range(len(one.text) - 1) if one.text[at] != BETWEEN
    } | {fold(title)[-1] + BETWEEN for document in documents(corpus) if (title := document.title)}


def test_the_lists_say_where_a_pair_stands(corpus: Corpus, scripts: dict[str, str]) -> None:
    pair = "刻章"
    found = [searchable(document).text for document in documents(corpus)]
    name = f"{ord(pair[0]) % data_of(scripts['index.js'])['shared']}.js"
    row_number, row = next(
        (number, row) for number, row in enumerate(data_of(scripts[f"pairs/{name}"])) if row[0] == pair[0]
    )
    at = row[1].index(pair[1])
    passed_over = read_numbers(row[2].split(" ")[at])
    places = read_numbers(data_of(scripts[f"places/{name}"])[row_number].split(" ")[at])
    numbers = [sum(passed_over[: count + 1]) + count for count in range(len(passed_over))]
    assert numbers == [number for number, text in enumerate(found) if pair in text]
    wanted = [
        (number, match.start(), nth > 0)
        for number in numbers
        for nth, match in enumerate(re.finditer(pair, found[number]))
    ]
    assert places == [2 * place + further for _, place, further in wanted]


def test_a_policy_can_be_found_by_all_its_names(corpus: Corpus) -> None:
    (guizhou,) = [one for one in corpus.policies if one.id == "guizhou-2022-business-environment"]
    text = searchable(Document(guizhou)).text
    for name in ("贵州省《优化营商环境条例》", "贵州省优化营商环境条例"):
        assert name in text
    (yingkou,) = [one for one in corpus.policies if one.id == "yingkou-2020-14"]
    for name in ("营政办发(2020)14号", "辽宁省营口市", "营口市人民政府办公室"):
        assert name in searchable(Document(yingkou)).text


def test_a_title_is_where_the_index_says(corpus: Corpus) -> None:
    for document in documents(corpus):
        one = searchable(document)
        stop = one.title_start + one.title_length
        assert one.text[one.title_start : stop] == fold(document.title)


def test_index_and_texts_are_smaller_than_material_s_index(
    built: Project, corpus: Corpus, tmp_path: Path
) -> None:
    """On the same pages, built again with Material's plugin."""
    project = make_project(tmp_path / "material", with_sources=False)
    shutil.copytree(built.folder / "docs", project.folder / "docs", dirs_exist_ok=True)
    config = project.folder / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("plugins: []", "plugins: [search]"), "utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(config)]
    subprocess.run(command, check=True, capture_output=True, cwd=ROOT)
    theirs = project.site / "search" / "search_index.json"
    ours = sum(path.stat().st_size for path in (built.site / "search").rglob("*.js"))
    assert ours < 0.8 * theirs.stat().st_size
    # Material reads all of its index for the first query; of ours, see the next test.
    assert len(gzip.compress(theirs.read_bytes())) > 2 * first_query(
        dict(search_scripts(corpus, WORDS.taxonomy))
    )


def first_query(scripts: Mapping[str, str]) -> int:
    """The most that a first query of two characters can need, in bytes as a server sends them (gzip).

    The index itself, the largest file of pairs, ten of the largest files of texts.
    """
    sizes: dict[str, list[int]] = {}
    for name, script in scripts.items():
        sizes.setdefault(name.partition("/")[0], []).append(len(gzip.compress(script.encode())))
    return max(sizes["index.js"]) + max(sizes["pairs"]) + sum(sorted(sizes["texts"])[-10:])


def test_what_a_first_query_needs_stays_small_as_the_corpus_grows(corpus: Corpus) -> None:
    taxonomy = WORDS.taxonomy
    small, large = (
        first_query(dict(search_scripts(varied_corpus(corpus, taxonomy, size), taxonomy)))
        for size in (22, 220)
    )
    assert small < 150 * KILOBYTE
    assert large < 1.6 * small  # of ten times the policies


def test_the_index_grows_with_the_corpus_and_no_faster(corpus: Corpus) -> None:
    taxonomy = WORDS.taxonomy
    totals = [
        sum(
            len(script.encode())
            for _, script in search_scripts(varied_corpus(corpus, taxonomy, size), taxonomy)
        )
        for size in (44, 176)
    ]
    assert totals[1] < 4.4 * totals[0]
