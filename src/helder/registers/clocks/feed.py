"""The ends of terms as an iCalendar feed (RFC 5545), for the calendar that people already look at.

It says the duty, the parties and the article; never what people typed as a reason or source, and nobody's name.
"""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from icalendar import Alarm, Calendar, Event

from helder.office.models import User
from helder.office.parties import party_name
from helder.office.rows import seen
from helder.office.words import say
from helder.registers.clocks.models import Clock
from helder.registers.clocks.overview import Row, rows
from helder.registers.clocks.rules import State

_MARKS = {State.MET: "✓ ", State.LATE: "✓ ", State.OVERDUE: "! "}


def feed(now: dt.datetime, user: User) -> bytes:
    """Every clock that a user may see and that has an end, as an event at its end; withdrawn ones as cancelled."""
    calendar = Calendar()
    head = settings.HELDER_HEAD
    calendar.add("prodid", "-//Helder//clocks//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add(
        "x-wr-calname", say(f"Termijnen: {head.title.get('nl', head.id)}", f"Clocks: {head.title.get('en', head.id)}")
    )
    calendar.add("refresh-interval", dt.timedelta(hours=1), parameters={"value": "DURATION"})
    clocks = seen(Clock, user) if user.may("clocks", "read") else Clock.objects.none()
    for row in rows(now, clocks):
        if row.reading.runs is not None:
            calendar.add_component(_event(row))
    for clock in clocks.filter(current=True, withdrawn=True):
        row = Row(clock, clock.reading(now))
        if row.reading.runs is not None:
            event = _event(row)
            event["status"] = "CANCELLED"
            calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


def _event(row: Row) -> Event:
    assert row.reading.runs
    clock, ends = row.clock, row.reading.runs.ends.astimezone(dt.UTC)
    event = Event()
    event.add("uid", f"{clock.entry}@helder.invalid")
    event.add("dtstamp", clock.at.astimezone(dt.UTC))
    event.add("sequence", clock.version)
    event.add("dtstart", ends)
    event.add("dtend", ends)
    event.add(
        "summary", f"{_MARKS.get(row.reading.state, '')}{row.duty}: {party_name(clock.party)} → {party_name(clock.to)}"
    )
    event.add("description", f"{row.state}\n{clock.article}")
    event.add("status", "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    if settings.HELDER_HOST:
        event.add("url", f"https://{settings.HELDER_HOST}/clocks/{clock.entry}/")
    if row.reading.state is State.RUNNING:
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", row.duty)
        alarm.add("trigger", dt.timedelta(hours=-24))
        event.add_component(alarm)
    return event
