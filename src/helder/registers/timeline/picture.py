"""What the timeline's picture shows: a lane for each party, its events as exactly as they are known, its legal terms."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format

from helder.office.models import User
from helder.office.parties import party_name
from helder.office.register import Window, windows
from helder.office.words import grouped, plural, say
from helder.registers.timeline.drawing import UNBOUND, Band, Lane, Mark, Picture, Tick, draw
from helder.registers.timeline.models import Event

_MOST = 2_000
_MOST_TERMS = 40
_URGENT = ("overdue", "late", "running", "undecided", "open", "met")
"""Which terms are drawn when there are more than fit: rights requests can be thousands."""
_DAY = dt.timedelta(days=1)
_DRAWN = ("what", "party", "on", "time", "zone", "precision", "until")
Span = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True)
class Scale:
    """The time that is shown; `share` is where a moment lies in it, 0 to 1, or beyond when it lies outside."""

    first: dt.datetime
    last: dt.datetime

    def share(self, moment: dt.datetime) -> float:
        """Where a moment lies."""
        return (moment - self.first) / (self.last - self.first)

    def touches(self, span: Span) -> bool:
        """Whether something of a span lies in it."""
        start, end = span
        return start < self.last and (end > self.first or start == end == self.first)


def ticks(first: dt.datetime, last: dt.datetime) -> list[Tick]:
    """The first days of months, thinned so that at most a dozen labels stand; each leads to its month."""
    months, day = [], first.replace(day=1, hour=0, minute=0)
    while day <= last:
        if day >= first:
            months.append(day)
        day = (day + 32 * _DAY).replace(day=1)
    step = max(1, -(-len(months) // 12))
    scale = Scale(first, last)
    return [Tick(scale.share(month), _short(month), f"{month:%Y-%m}") for month in months[::step]]


def _short(month: dt.datetime) -> str:
    """A month's name as its language writes it: a capital in English, none in Dutch."""
    name = date_format(month, "M Y")
    return say(name.lower(), name)


def days(first: dt.datetime, last: dt.datetime) -> list[Tick]:
    """Every third day of a month that stands alone."""
    scale = Scale(first, last)
    starts = [first + n * _DAY for n in range(0, (last - first).days, 3)]
    return [Tick(scale.share(day), date_format(day, "j M").lower()) for day in starts]


def _month(asked: str) -> Scale | None:
    """The month that an address asks for ("2025-08"); None for anything else."""
    try:
        first = dt.datetime.strptime(asked, "%Y-%m").replace(tzinfo=settings.HELDER_ZONE)
        return Scale(first, (first + 32 * _DAY).replace(day=1))
    except (ValueError, OverflowError):
        return None


def overview(query: Mapping[str, str], user: User) -> Mapping[str, Any]:
    """The picture for the page and the terms in it as rows; no picture while nothing has a day.

    `query` may have a "month" (2025-08), which is then shown alone. Terms are those that `user` may read.
    """
    dated = Event.objects.filter(current=True, withdrawn=False, on__isnull=False).only(*_DRAWN)
    events = list(dated.order_by("on", "time")[:_MOST])
    terms, now = windows(user), timezone.now()
    spans = [span for event in events if (span := event.when.span())] + [_whole(term, now) for term in terms]
    if not spans:
        return {"picture": None, "terms": []}
    month = _month(query.get("month", ""))
    if month:
        events = [event for event in events if (span := event.when.span()) and month.touches(span)]
        terms = [term for term in terms if month.touches(_whole(term, now))]
    total, terms = len(terms), _most_urgent(terms)
    scale = month or _all(spans)
    lanes = list(_lanes(events, terms, scale, now))
    marks = (days if month else ticks)(scale.first, scale.last)
    picture = Picture(say("Tijdlijn per partij", "Timeline by party"), _told(events, terms, lanes), lanes, marks)
    return {"picture": draw(picture), "terms": terms, "total": total, "month": month and month.first.date()}


def _all(spans: Sequence[Span]) -> Scale:
    """The time in which everything lies, by the case's own days."""
    ends = min(start for start, _ in spans) - 3 * _DAY, max(end for _, end in spans) + 3 * _DAY
    return Scale(*(moment.astimezone(settings.HELDER_ZONE) for moment in ends))


def _most_urgent(terms: list[Window]) -> list[Window]:
    """As many as can be read, still in the order of their begins."""
    kept = {term.source for term in sorted(terms, key=lambda term: _URGENT.index(term.look))[:_MOST_TERMS]}
    return [term for term in terms if term.source in kept]


def _whole(term: Window, now: dt.datetime) -> Span:
    """From its begin to its end, or to what was done about it when that came later."""
    until = term.done or (now if term.look in UNBOUND or term.look == "overdue" else term.begins)
    return term.begins, max(until, term.ends or until)


def _lanes(events: Sequence[Event], terms: Sequence[Window], scale: Scale, now: dt.datetime) -> Iterator[Lane]:
    """The lanes, in the order in which parties come into the story."""
    for party in dict.fromkeys([event.party for event in events] + [term.party for term in terms]):
        marks = [_mark(event, scale) for event in events if event.party == party]
        yield Lane(party_name(party), marks, [_band(term, scale, now) for term in terms if term.party == party])


def _mark(event: Event, scale: Scale) -> Mark:
    span = event.when.span()
    assert span  # every event here has a day
    return Mark(scale.share(span[0]), scale.share(span[1]), f"{event.moment}: {event.what}")


def _band(term: Window, scale: Scale, now: dt.datetime) -> Band:
    start, end = _whole(term, now)
    told = f"{term.words}: {term.state}" + (f", {term.late}" if term.late else "")
    label = f"{term.words} · {_late(term) if term.late else _took(term) if term.look in UNBOUND else term.state}"
    return Band(
        scale.share(start), scale.share(term.ends or end), scale.share(end), term.look, label, told, term.source
    )


def _took(term: Window) -> str:
    return f"{term.took}, {term.state}" if term.look == "undecided" else term.took


def _late(term: Window) -> str:
    return say(f"{term.late} te laat", f"{term.late} late")


def _told(events: Sequence[Event], terms: Sequence[Window], lanes: Sequence[Lane]) -> str:
    """The picture in words, for who does not see it."""
    late = [f"{party_name(term.party)}: {term.words}, {_late(term)}" for term in terms if term.late]
    counts = (
        (len(lanes), ("partij", "party"), ("partijen", "parties")),
        (len(events), ("gebeurtenis", "event"), ("gebeurtenissen", "events")),
        (len(terms), ("wettelijke termijn", "legal term"), ("wettelijke termijnen", "legal terms")),
    )
    count = ", ".join(f"{grouped(number)} {plural(number, one, many)}" for number, one, many in counts)
    return f"{count}. {say('Te laat', 'Late')}: {'; '.join(late) or say('niets', 'nothing')}."
