"""An anchor that has been published is a promise."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

from generator.anchors.lock import compare, read_lock
from generator.anchors.worddiff import diff_line, word_diff
from generator.pipeline import load_corpus
from tests.support.corpora import SOURCES, Project, make_project

TEXT = "一、开办企业\n网上办理。\n二、获得电力\n当场接电。\n三、纳税\n网上办税。\n"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """One policy of three sections, published and locked."""
    project = make_project(tmp_path / "project", with_sources=False)
    write(project, TEXT)
    assert project.run("lock").exit_code == 0
    return project


def write(project: Project, text: str, card: str = "", *, name: str = "a", id_: str = "city-2020-1") -> None:
    """A source and its sidecar; `card` is what the sidecar says beside the id."""
    (project.sources / f"{name}.txt").write_text(text, "utf-8")
    (project.sources / f"{name}.yml").write_text(f"policies:\n  - id: {id_}\n{card}", "utf-8")


def locked(project: Project) -> dict[str, list[str]]:
    """The lines of the lock by address: what follows the address."""
    lines = (project.sources / "anchors.lock").read_text("utf-8").splitlines()
    assert lines == sorted(lines)
    return {line.split("\t")[0]: line.split("\t")[1:] for line in lines}


def fine(result: Result) -> Result:
    assert result.exit_code == 0, result.output
    return result


def report(project: Project) -> dict[str, Any]:
    """What `check` says of the anchors, as JSON."""
    anchors: dict[str, Any] = json.loads(fine(project.run("check", "--format", "json")).stdout)["anchors"]
    return anchors


def test_the_lock_is_made_to_be_reviewed(project: Project) -> None:
    lines = (project.sources / "anchors.lock").read_text("utf-8").splitlines()
    assert [line.split("\t")[:2] for line in lines] == [
        ["city-2020-1#sec_1", "一、"],
        ["city-2020-1#sec_2", "二、"],
        ["city-2020-1#sec_3", "三、"],
    ]


@pytest.mark.parametrize("command", ["site", "pages", "check", "lock"])
def test_a_locked_anchor_may_not_vanish(project: Project, command: str) -> None:
    write(project, "一、开办企业\n网上办理。\n")
    before = (project.sources / "anchors.lock").read_bytes()
    result = project.run(command)
    assert result.exit_code == 1
    for line, anchor in (2, "sec_2"), (3, "sec_3"):
        assert f"anchors.lock:{line}: 已公布的锚点 city-2020-1#{anchor}" in result.stderr
    assert (project.sources / "anchors.lock").read_bytes() == before


def test_a_changed_wording_is_listed_with_a_word_diff(project: Project) -> None:
    write(project, TEXT.replace("当场接电", "3个工作日内接电"))
    result = fine(project.run("check"))
    assert "请复核：city-2020-1#sec_2" in result.stdout
    assert "获得电力⏎[-当场-]{+3个工作日内+}接电。" in result.stdout
    (changed,) = report(project)["changed"]
    assert changed["address"] == "city-2020-1#sec_2"
    assert {"kind": "deleted", "text": "当场"} in changed["difference"]
    fine(project.run("lock"))
    assert report(project) == {"changed": [], "redirected": [], "new": []}


def test_without_the_kept_wordings_a_change_is_listed_all_the_same(project: Project) -> None:
    (project.sources / "wordings.lock").unlink()
    write(project, TEXT.replace("当场", "当日"))
    assert report(project)["changed"] == [{"address": "city-2020-1#sec_2", "difference": None}]


def test_a_new_anchor_is_reported_until_it_is_locked(project: Project) -> None:
    write(project, TEXT + "四、信贷\n线上受理。\n")
    assert "1 个锚点尚未登记" in fine(project.run("check")).stdout
    fine(project.run("lock"))
    assert "city-2020-1#sec_4" in locked(project)


def test_merged_clauses_keep_the_old_anchor(project: Project) -> None:
    """Sections two and three are made one: the third anchor stays, on the second."""
    card = "    moved:\n      - {from: sec_3, to: sec_2, note: 2021年修订时并入第二部分。}\n"
    write(project, "一、开办企业\n网上办理。\n二、电力和纳税\n当场接电，网上办税。\n", card)
    anchors = report(project)
    assert anchors["redirected"] == [{"address": "city-2020-1#sec_3", "to": "city-2020-1#sec_2"}]
    assert [one["address"] for one in anchors["changed"]] == ["city-2020-1#sec_2"]
    fine(project.run("site"))
    page = (project.site / "policies" / "city-2020-1.html").read_text("utf-8")
    assert '<span id="sec_3"></span>二、电力和纳税' in page
    fine(project.run("lock"))
    assert locked(project)["city-2020-1#sec_3"][2] == "city-2020-1#sec_2"
    assert report(project) == {"changed": [], "redirected": [], "new": []}


def test_a_split_clause_keeps_its_anchor_and_says_so(project: Project) -> None:
    """The second section is split; its further half takes a new number at the end."""
    write(project, TEXT.replace("当场接电。", "受理报装。") + "四、接电\n当场接电。\n")
    anchors = report(project)
    assert [one["address"] for one in anchors["changed"]] == ["city-2020-1#sec_2"]
    assert anchors["new"] == ["city-2020-1#sec_4"]


def test_a_renamed_policy_keeps_every_address(project: Project) -> None:
    write(project, TEXT, "    former_ids: [city-2020-1]\n", id_="city-2020-7")
    anchors = report(project)
    assert {"address": "city-2020-1#sec_2", "to": "city-2020-7#sec_2"} in anchors["redirected"]
    fine(project.run("lock"))
    assert locked(project)["city-2020-1#sec_2"][2] == "city-2020-7#sec_2"
    assert len(locked(project)) == 6
    # The old promise holds from now on, too: it may not be forgotten later.
    write(project, TEXT, id_="city-2020-7")
    assert project.run("check").exit_code == 1


def test_clauses_moved_to_another_policy_lead_there(project: Project) -> None:
    card = "    moved:\n      - {from: sec_3, to: 'city-2021-2#sec_1'}\n"
    write(project, "一、开办企业\n网上办理。\n二、获得电力\n当场接电。\n", card)
    write(project, "一、纳税\n网上办税。\n二、其他\n其他事项。\n", name="b", id_="city-2021-2")
    fine(project.run("lock"))
    assert locked(project)["city-2020-1#sec_3"][2] == "city-2021-2#sec_1"


def test_a_deleted_clause_leaves_a_notice(project: Project) -> None:
    card = "    moved:\n      - {from: sec_3, to: null, note: 2021年修订时删去。}\n"
    write(project, "一、开办企业\n网上办理。\n二、获得电力\n当场接电。\n", card)
    assert {"address": "city-2020-1#sec_3", "to": None} in report(project)["redirected"]
    fine(project.run("lock"))
    assert locked(project)["city-2020-1#sec_3"] == ["", "", "-"]
    fine(project.run("site"))
    page = (project.site / "policies" / "city-2020-1.html").read_text("utf-8")
    assert 'id="sec_3"' in page
    assert "2021年修订时删去。" in page


def test_a_repealed_policy_stays_with_every_anchor(project: Project) -> None:
    write(project, TEXT, "    repealed: {date: 2024-05-01, by: city-2024-3}\n")
    write(project, TEXT, name="b", id_="city-2024-3")
    assert report(project)["changed"] == []
    fine(project.run("site"))
    page = (project.site / "policies" / "city-2020-1.html").read_text("utf-8")
    assert "2024-05-01 废止" in page
    assert 'href="city-2024-3.html"' in page
    assert all(f'id="sec_{number}"' in page for number in (1, 2, 3))
    (policy, _) = json.loads((project.site / "data" / "policies.json").read_text("utf-8"))
    assert policy["status"] == "废止"


@pytest.mark.parametrize(
    ("moved", "said"),
    [
        ("{from: sec_2, to: sec_1}", "仍是一条条文的锚点"),
        ("{from: sec_9, to: sec_8}", "不存在"),
        ("{from: sec_9, to: 'nowhere-2020-1#sec_1'}", "不存在"),
        ("{from: sec_9, to: sec_8}\n      - {from: sec_8, to: sec_9}", "不存在"),
        ("{from: sec_9, to: sec_1}\n      - {from: sec_9, to: sec_2}", "不止一次"),
        ("{from: ../sec_9, to: sec_1}", "from"),
        ("{from: sec_9, to: 'javascript:alert(1)'}", "to"),
        ("{from: sec_9}", "to"),
    ],
)
def test_a_false_move_is_refused_by_line(project: Project, moved: str, said: str) -> None:
    write(project, TEXT, f"    moved:\n      - {moved}\n")
    result = project.run("check")
    assert result.exit_code == 1
    assert "a.yml:" in result.stderr
    assert said in result.stderr


def test_a_chain_of_moves_leads_to_its_end(project: Project) -> None:
    card = "    moved:\n      - {from: sec_9, to: sec_8}\n      - {from: sec_8, to: sec_1}\n"
    write(project, TEXT, card)
    fine(project.run("lock"))
    assert locked(project)["city-2020-1#sec_9"][2] == "city-2020-1#sec_1"


def test_a_broken_lock_is_named_by_line(project: Project) -> None:
    lock = project.sources / "anchors.lock"
    lock.write_text(lock.read_text("utf-8") + "nonsense\n", "utf-8")
    result = project.run("check")
    assert result.exit_code == 1
    assert "anchors.lock:4: " in result.stderr


def test_the_repository_has_every_anchor_locked() -> None:
    corpus, _ = load_corpus(SOURCES)
    comparison = compare(corpus, read_lock(SOURCES))
    assert not comparison.gone
    assert not comparison.changed
    assert not comparison.redirected
    assert not comparison.new
    wordings = {f"{one.policy}#{one.anchor}": one.wording for p in corpus.policies for one in p.clauses}
    assert read_lock(SOURCES).wordings == wordings


texts = st.text("开办企业3个工作日内，。1.5%ab \n", max_size=60)


@given(texts, texts)
def test_a_word_diff_has_both_texts_whole(before: str, after: str) -> None:
    changes = word_diff(before, after)
    assert "".join(one.text for one in changes if one.kind != "inserted") == before
    assert "".join(one.text for one in changes if one.kind != "deleted") == after


def test_numbers_are_words() -> None:
    assert diff_line(word_diff("由10个减至5个", "由10.5个减至50个")) == "由[-10-]{+10.5+}个减至[-5-]{+50+}个"
