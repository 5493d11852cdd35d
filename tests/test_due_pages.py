"""By when: the timeline, and the calendar files."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from icalendar.cal import Component

from generator.anchors.changes import read_changes
from generator.anchors.citation import anchor_citations
from generator.model import Corpus
from generator.pipeline import load_corpus
from generator.publishing.data.calendars import calendars
from generator.sitemap import calendar_file
from generator.views.analyses import analyses_of
from generator.views.corpus import Views
from generator.views.due import Deadline, deadlines_of, months, undated, years
from tests.support.corpora import SOURCES, Project
from tests.support.html import soup_of
from tests.support.words import WORDS

HEAD = "policies:\n  - id: city-2021-1\n    issued: 2021-03-01\n"
LONGEST_LINE = 75  # octets, RFC 5545


def all_deadlines(corpus: Corpus) -> list[Deadline]:
    """The deadlines of all policies."""
    return [one for policy in corpus.policies for one in deadlines_of(policy, analyses_of(policy, corpus))]


def small_corpus(folder: Path, text: str, sidecar: str = HEAD) -> Corpus:
    """The corpus of one small policy, of 2021."""
    (folder / "a.txt").write_text(f"某市若干措施\n{text}", "utf-8")
    (folder / "a.yml").write_text(sidecar, "utf-8")
    corpus, problems = load_corpus(folder)
    assert not problems
    return corpus


# ---- The deadlines


def test_every_due_date_and_every_date_of_a_commitment_is_a_deadline(corpus: Corpus) -> None:
    found = all_deadlines(corpus)
    clauses = [clause for policy in corpus.policies for clause in policy.clauses]
    assert [one.clause for one in found if one.own] == [one for one in clauses if corpus.analysis(one).due]
    for clause in clauses:
        promised = [one for one in corpus.analysis(clause).commitments if one.due]
        own = [one for one in found if one.clause is clause]
        assert bool(own) == bool(corpus.analysis(clause).due or promised)
        listed = [commitment for one in own for commitment in one.commitments]
        assert len(set(listed)) == len(listed)
        assert set(listed) <= set(promised)
        assert corpus.analysis(clause).due or set(listed) == set(promised)
    assert len({one.id for one in found}) == len(found)


def test_a_commitment_of_another_day_is_a_deadline_of_its_own(tmp_path: Path) -> None:
    text = "一、开办企业。2022年6月底前，办理时限压缩至3个工作日。（责任单位：市财政局；完成时限：2021年12月底）\n"
    corpus = small_corpus(tmp_path, text)
    found = deadlines_of(corpus.policies[0], analyses_of(corpus.policies[0], corpus))
    assert [(one.id, one.due.date, one.own, len(one.commitments)) for one in found] == [
        ("sec_1@city-2021-1", "2021-12-31", True, 0),
        ("sec_1.2022-06-30@city-2021-1", "2022-06-30", False, 1),
    ]


def test_a_commitment_of_the_same_day_is_none(tmp_path: Path) -> None:
    text = (
        "一、开办企业。2021年底前，办理时限压缩至3个工作日。（责任单位：市财政局；完成时限：2021年12月底）\n"
    )
    corpus = small_corpus(tmp_path, text)
    assert corpus.analysis(corpus.policies[0].clauses[0]).commitments
    assert [one.own for one in deadlines_of(corpus.policies[0], analyses_of(corpus.policies[0], corpus))] == [
        True
    ]


def test_what_names_no_day_stands_apart_by_its_words(tmp_path: Path) -> None:
    text = "一、甲事。做好。（责任单位：市财政局；完成时限：长期坚持）\n二、乙事。做好。（责任单位：市公安局；完成时限：长期 坚持）\n"
    corpus = small_corpus(tmp_path, text)
    found = deadlines_of(corpus.policies[0], analyses_of(corpus.policies[0], corpus))
    assert not months(found)
    ((words, members),) = undated(found)
    assert words == "长期坚持"
    assert [one.clause.anchor for one in members] == ["sec_1", "sec_2"]
    assert not list(calendars(Views(corpus, WORDS), (), ""))


def test_months_are_in_the_order_of_time_and_know_their_quarter(corpus: Corpus) -> None:
    found = months(all_deadlines(corpus))
    assert [(month.year, month.number) for month in found] == sorted(
        {(int(one.due.date[:4]), int(one.due.date[5:7])) for one in all_deadlines(corpus) if one.due.date}
    )
    assert {month.number: month.quarter for month in found}[6] == "二季度"
    assert {month.number: month.quarter for month in found}[12] == "四季度"
    assert [month for _, group in years(found) for month in group] == found


def test_overlapping_commitments_are_quoted_once(corpus: Corpus) -> None:
    several = [one for one in all_deadlines(corpus) if len(one.commitments) > len(one.quotes)]
    assert several
    for one in several:
        assert all(sum(part.quote in quote for quote in one.quotes) for part in one.commitments)
        assert sum(map(len, one.quotes)) < sum(len(part.quote) for part in one.commitments)


# ---- The page


def test_the_timeline_has_every_deadline_in_order(built: Project, corpus: Corpus) -> None:
    soup = soup_of(built.site / "due/index.html")
    days = [str(tag["datetime"]) for tag in soup.select("ol.deadlines time")]
    assert days == sorted(days)
    shown = []
    for item in soup.select("ol.deadlines > li"):
        link, time = item.select_one("div > a"), item.select_one("time")
        assert link is not None
        shown.append((str(link["href"]).removeprefix("../"), str(time["datetime"]) if time else None))
    wanted = [(one.clause.url, one.due.date) for one in all_deadlines(corpus)]
    assert sorted(shown, key=str) == sorted(wanted, key=str)
    assert len(undated(all_deadlines(corpus))) == len(soup.select("section.month h3[id^=undated-]"))


def test_the_overview_counts_what_the_months_hold(built: Project) -> None:
    soup = soup_of(built.site / "due/index.html")
    links = soup.select(".due-overview td a")
    assert [str(link["href"])[1:] for link in links] == [
        str(head["id"]) for head in soup.select("section.month h3[id^=d2]")
    ]
    for link in links:
        head = soup.find(id=str(link["href"])[1:])
        assert head is not None
        assert head.parent is not None
        count = link.select_one("b")
        assert count is not None
        assert int(count.get_text()) == len(head.parent.select("ol.deadlines > li"))


def test_a_policy_with_a_day_links_to_its_calendar(built: Project, corpus: Corpus) -> None:
    listed = {str(link["href"]) for link in soup_of(built.site / "due/index.html").select(".calendars a")}
    wanted = set()
    for policy in corpus.policies:
        links = {
            str(link["href"]) for link in soup_of(built.site / policy.url).select(".facts a[href$='.ics']")
        }
        dated = any(one.due.date for one in deadlines_of(policy, analyses_of(policy, corpus)))
        assert links == ({f"../data/{calendar_file(policy.id)}"} if dated else set())
        wanted |= links
    assert listed == wanted
    assert wanted


# ---- The calendar files


@pytest.fixture(scope="module")
def files(corpus: Corpus) -> dict[str, bytes]:
    """The calendar files of the corpus by name."""
    return dict(calendars(Views(corpus, WORDS), read_changes(SOURCES), "https://example.org/p/"))


def events(content: bytes) -> list[Component]:
    """The events of a calendar file, read back."""
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_calendars_read_back_as_the_deadlines(corpus: Corpus, files: dict[str, bytes]) -> None:
    for policy in corpus.policies:
        dated = {one.id: one for one in deadlines_of(policy, analyses_of(policy, corpus)) if one.due.date}
        content = files.get(calendar_file(policy.id))
        assert (content is not None) == bool(dated)
        found = events(content) if content else []
        assert sorted(str(event["uid"]) for event in found) == sorted(dated)
        citations = anchor_citations(policy)
        for event in found:
            one = dated[str(event["uid"])]
            day = date.fromisoformat(one.due.date or "")
            assert event.decoded("dtstart") == day
            assert event.decoded("dtend") == day + timedelta(days=1)
            assert str(event["url"]) == f"https://example.org/p/{one.clause.url}"
            quotes = [one.clause.wording] if one.own else [part.quote for part in one.commitments]
            told = str(event["description"])
            assert all(quote in told for quote in quotes)
            assert told.endswith(citations[one.clause.anchor])
            assert "\n" not in str(event["summary"])
            assert not one.own or (one.clause.title or "")[:40] in str(event["summary"])


def test_calendars_are_folded_as_the_standard_says(files: dict[str, bytes]) -> None:
    assert files
    for content in files.values():
        lines = content.split(b"\r\n")
        assert b"\n" not in content.replace(b"\r\n", b"")
        assert max(map(len, lines)) <= LONGEST_LINE
        assert lines[-1] == b""
        content.decode("utf-8")


def test_marks_of_the_format_are_escaped(tmp_path: Path) -> None:
    text = "一、甲事;乙事,\\丙：BEGIN:VEVENT。做好\\n。（责任单位：市财政局；完成时限：2021年底）\n"
    corpus = small_corpus(tmp_path, text)
    ((_, content),) = calendars(Views(corpus, WORDS), (), "")
    (event,) = events(content)
    assert str(event["description"]).startswith(corpus.policies[0].clauses[0].wording)
    assert "url" not in event
    assert event.decoded("dtstamp").date() == date(1980, 1, 1)


def test_the_stamp_is_the_last_change_of_the_policy(corpus: Corpus, files: dict[str, bytes]) -> None:
    record = read_changes(SOURCES)
    for policy in corpus.policies:
        last = max(entry.date for entry in record if entry.policy == policy.id)
        for event in events(files[calendar_file(policy.id)]) if calendar_file(policy.id) in files else ():
            assert event.decoded("dtstamp").date().isoformat() == last


def test_the_built_site_has_the_files(built: Project, files: dict[str, bytes]) -> None:
    found = {f"due/{path.name}": path.read_bytes() for path in (built.site / "data" / "due").iterdir()}
    assert set(found) == set(files)
    assert {name: len(events(content)) for name, content in found.items()} == {
        name: len(events(content)) for name, content in files.items()
    }
