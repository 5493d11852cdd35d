"""What is known of a line, a clause or a source is read once, and kept where it is known."""

from __future__ import annotations

import gc
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from generator.checking.doubts import find_doubts
from generator.model import Corpus, SourceText
from generator.parsing import labels, layout, parse_source
from generator.reading import read_lines, read_source
from tests.support.corpora import SOURCES
from tests.support.words import WORDS


def test_the_label_of_a_line_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    layouts: list[int] = []
    find_label, measure = labels.find_label, layout.Layout.of

    def reading(text: str) -> labels.Label | None:
        read.append(text)
        return find_label(text)

    def measuring(lines: list[object]) -> layout.Layout:
        layouts.append(len(lines))
        return measure(lines)  # type: ignore[arg-type]

    for module in list(sys.modules.values()):
        if getattr(module, "find_label", None) is find_label:
            monkeypatch.setattr(module, "find_label", reading)
    monkeypatch.setattr(layout.Layout, "of", staticmethod(measuring))
    source = read_source(SOURCES / "yingkou-2020.txt", SOURCES)
    lines, removed = read_lines(source, WORDS)
    parsed = parse_source(source, lines, removed, None, WORDS)
    find_doubts(parsed, lines, WORDS)
    assert parsed.policies
    assert read == [line.text for line in lines if not line.marked_row]
    assert layouts == [len(lines)]


def test_a_clause_keeps_the_lines_it_stands_on(corpus: Corpus) -> None:
    for policy in corpus.policies:
        for clause in policy.clauses:
            kept = clause.lines
            assert (kept[0].number, kept[-1].number) == (clause.place.first_line, clause.place.last_line)
            between = [clause.wording[above.stop : below.start] for above, below in pairwise(kept)]
            assert (kept[0].start, kept[-1].stop) == (0, len(clause.wording))
            assert between == ["" if line.joined else "\n" for line in kept[1:]]
            if clause.label:
                assert kept[0].label is not None
                assert kept[0].label.printed == clause.label


def test_no_policy_keeps_the_text_of_its_source(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("某市办法\n第一条 甲。\n第二条 乙。\n", "utf-8")
    source = read_source(tmp_path / "a.txt", tmp_path)
    lines, removed = read_lines(source, WORDS)
    (policy,) = parse_source(source, lines, removed, None, WORDS).policies
    assert (policy.source.path, policy.source.sha256) == (source.path, source.sha256)
    assert not isinstance(policy.source, SourceText)
    assert not any(one is source for one in gc.get_referents(policy, policy.__dict__))
