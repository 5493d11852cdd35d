"""The days of a policy as a calendar file (iCalendar, RFC 5545): data/due/<policy id>.ics.

An event is the last day of a deadline, a whole day that leaves the reader free. Its UID is made of anchor and policy:
a calendar that takes the file in again replaces the event and does not double it. Its stamp is the day of the last
change in the repository's own record, so that the same sources give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar, Event

from generator import sitemap
from generator.anchors.changes import Entry
from generator.cells import MARK, shown
from generator.model import Policy
from generator.views.corpus import Views
from generator.views.descriptions import clipped
from generator.views.due import Deadline, names_a_day
from generator.views.units import ROLES

PRODUCT = "-//policy-site//policy-site//ZH"
_UNRECORDED = "1980-01-01"  # as in the bundle
_SUMMARY = 60


def calendars(views: Views, record: Sequence[Entry], site_url: str) -> Iterable[tuple[str, bytes]]:
    """The calendar file of every policy that names a day: its name below data/, and its bytes.

    `record` are the changes of the corpus; `site_url` is where the site is published, with a slash at the end, or
    empty: then the events carry no address, for an address in a calendar cannot be relative.
    """
    for policy in views.corpus.policies:
        deadlines = [one for one in views.deadlines[policy.id] if one.due.date]
        if names_a_day(deadlines):
            stamp = max((entry.date for entry in record if entry.policy == policy.id), default=_UNRECORDED)
            yield sitemap.calendar_file(policy.id), _calendar(policy, deadlines, stamp, site_url)


def _calendar(policy: Policy, deadlines: Iterable[Deadline], stamp: str, site_url: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", policy.name)
    calendar.add("x-wr-calname", policy.name)  # the name that calendars read which do not know RFC 7986
    for one in deadlines:
        event = _event(one, policy)
        event.add("dtstamp", datetime.fromisoformat(stamp).replace(tzinfo=UTC))
        if site_url:
            event.add("url", site_url + one.clause.url)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _event(deadline: Deadline, policy: Policy) -> Event:
    """A deadline as an event of a whole day."""
    clause = deadline.clause
    day = date.fromisoformat(deadline.due.date or "")
    told = [shown(clause.wording)]  # the notes of offices and date are part of it
    if not deadline.own:
        told = [*deadline.quotes, *_facts(deadline)]
    subject = (
        clause.title
        if deadline.own and clause.title
        else told[0].removeprefix(clause.label or "").removeprefix(MARK)
    )
    event = Event()
    event.add("uid", deadline.id)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))  # the first moment after it
    event.add("summary", clipped(f"{clause.path} {clipped(subject, _SUMMARY)}", 2 * _SUMMARY))
    event.add("description", "\n".join([*told, f"{policy.citation}{clause.path}"]))
    event.add("transp", "TRANSPARENT")
    return event


def _facts(deadline: Deadline) -> list[str]:
    """Printed due date, and who answers for the clause."""
    responsibility = deadline.responsibility
    units = [
        f"{name}：{'、'.join(unit.printed for unit in getattr(responsibility, role))}"
        for role, name in ROLES.items()
        if getattr(responsibility, role)
    ]
    return [f"时限：{deadline.due.text}", *units]
