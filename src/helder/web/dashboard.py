"""What a coordinator reads in ten seconds: who was told, which clocks run, what waits for a decision, what changed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from helder.office import resets
from helder.office.decisions import needs
from helder.office.invitations import used_resets
from helder.office.models import Entry, User
from helder.office.register import registers
from helder.office.rounds import OpenRound, planned_rounds
from helder.office.views import acting
from helder.office.words import grouped, plural, say
from helder.registers.clocks import overview as clocks
from helder.registers.clocks.rules import State
from helder.registers.numbers.citing import departed, readings
from helder.registers.numbers.rules import Freshness
from helder.results.open import Results
from helder.results.query import answer, opened
from helder.results.rounds import letters_out, returned, told_people
from helder.rounds.record import LEFT_THE_HOUSE
from helder.web.chart import Part, bars
from helder.web.desk import PERSON, desk
from helder.web.round_pages import label_of, outcome, state_of

ASSESSMENT = "current"
SHOWN = 6
_DAY = dt.timedelta(hours=24)
_URGENT = (State.OVERDUE, State.RUNNING)


@dataclass(frozen=True)
class Tile:
    """A number that stands large: what it counts (one of it, and more), its look, a line below it, and where more stands."""

    one: tuple[str, str]
    many: tuple[str, str]
    number: int | None
    kind: str = "neutral"
    below: str = ""
    more: str = ""

    @property
    def name(self) -> str:
        """What it counts, as the number asks."""
        return plural(self.number or 0, self.one, self.many)

    @property
    def shown(self) -> str:
        """The number as people read it; a dash when it is not known."""
        return "–" if self.number is None else grouped(self.number)


@dataclass(frozen=True)
class Known:
    """What the last run says, in counts; None of each while nothing was run."""

    people: int | None = None
    contradictions: int | None = None
    reviews: int | None = None


@lru_cache(maxsize=2)
def _counted(results: Results) -> Known:
    """Counting passes over every profile, so it is done once for each published run."""
    ids = ("people", "people:contradiction", "records:review")
    return Known(*(answer(results, id).value for id in ids))


def known() -> tuple[Known, Results | None]:
    """The counts of the last run, and the run."""
    results = opened(settings.HELDER_CASE, ASSESSMENT)
    return (_counted(results), results) if results else (Known(), None)


def read_ahead() -> None:
    """Read a new run before somebody asks for it, so that nobody waits for the first look at it."""
    if known()[1]:
        readings()


@needs("read", "dashboard", or_in="own")
@require_GET
def home(request: HttpRequest) -> HttpResponse:
    """The first page; who works for one party goes to what concerns that party."""
    user, now = acting(request), timezone.now()
    if user.own_only:
        return redirect("own")
    counts, results = known()
    rounds = [one for _, one in planned_rounds() if one] if user.may("rounds", "read") else []
    ticking = clocks.rows(now) if user.may("clocks", "read") else []
    stale = [one for one in readings().values() if one.fresh in (Freshness.STALE, Freshness.GONE)]
    sent = departed(user)
    context = {
        "tiles": [
            *_told(user, counts, rounds),
            *_waiting(user, counts, ticking, len(stale) + len(sent), rounds),
            *_desk(user, ticking),
        ],
        **_states(ticking),
        **desk(user, ticking, now),
        **_rounds(rounds),
        "clocks": [row for row in ticking if row.reading.state in _URGENT or row.reading.reason_missing][:SHOWN],
        "late": sum(row.reading.state in (State.OVERDUE, State.LATE) for row in ticking),
        "ticking": len(ticking),
        "stale": stale if user.may("numbers", "read") else [],
        "departed": sent,
        "changed": _changed(user, now - _DAY, results, rounds),
        "run": results.record if results else None,
    }
    return render(request, "home.html", context)


def _told(user: User, counts: Known, rounds: list[OpenRound]) -> list[Tile]:
    """Who has been told, and who could not be."""
    tiles = [
        Tile(
            ("mens over wie het gaat", "person in scope"),
            ("mensen over wie het gaat", "people in scope"),
            counts.people,
        )
    ]
    if not user.may("rounds", "read"):
        return tiles
    told = told_people(settings.HELDER_CASE, settings.HELDER_KEYS)
    share = f"{100 * told / counts.people:.0f} %" if counts.people else ""
    gone = [one for one in rounds if one.record.state in LEFT_THE_HOUSE]
    back = sum(returned(one.folder, one.record, one.keys) for one in gone)
    unreachable = sum(one.record.counts["unreachable"] for one in gone)
    more = reverse("rounds")
    out = sum(letters_out(one.folder, one.record, one.keys) for one in gone)
    return [
        *tiles,
        Tile(("brief is de deur uit", "letter is out"), ("brieven zijn de deur uit", "letters are out"), out,
             "safe" if out else "neutral", "", more),
        Tile(("mens is het verteld", "person was told"), ("mensen is het verteld", "people were told"), told,
             "safe" if told else "neutral", share, more),
        Tile(("brief kwam terug", "letter came back"), ("brieven kwamen terug", "letters came back"), back,
             "warning" if back else "neutral", "", more),
        Tile(("mens niet te bereiken", "person not reachable"), ("mensen niet te bereiken", "people not reachable"),
             unreachable, "danger" if unreachable else "neutral", say("in rondes die weg zijn", "in rounds that left"), more),
    ]  # fmt: skip


def _waiting(user: User, counts: Known, ticking: list[Any], stale: int, rounds: list[OpenRound]) -> list[Tile]:
    """What waits for somebody."""
    tiles = []
    if ticking:
        over = sum(row.reading.state is State.OVERDUE for row in ticking)
        runs = sum(row.reading.state is State.RUNNING for row in ticking)
        tiles.append(Tile(("termijn verlopen", "clock overdue"), ("termijnen verlopen", "clocks overdue"), over,
                          "danger" if over else "safe",
                          f"{runs} {plural(runs, ('loopt nog', 'still running'), ('lopen nog', 'still running'))}", reverse("list", args=["clocks"])))  # fmt: skip
    tiles.append(Tile(("mens: bewijs spreekt zich tegen", "person: evidence contradicts"),
                      ("mensen: bewijs spreekt zich tegen", "people: evidence contradicts"), counts.contradictions,
                      "warning" if counts.contradictions else "neutral"))  # fmt: skip
    tiles.append(Tile(("record wacht op een mens", "record waits for a person"),
                      ("records wachten op een mens", "records wait for a person"), counts.reviews,
                      "warning" if counts.reviews else "neutral"))  # fmt: skip
    if user.may("numbers", "read"):
        tiles.append(Tile(("verouderd getal", "stale number"), ("verouderde getallen", "stale numbers"), stale, "danger" if stale else "neutral", "",
                          reverse("list", args=["numbers"])))  # fmt: skip
    if rounds:
        waits = sum(one.record.state == "checked" and not one.standing.round.what_if for one in rounds)
        tiles.append(Tile(("ronde wacht op goedkeuring", "round waits for approval"),
                          ("rondes wachten op goedkeuring", "rounds wait for approval"), waits,
                          "warning" if waits else "neutral", "", reverse("rounds")))  # fmt: skip
    return tiles


def _desk(user: User, ticking: list[Any]) -> list[Tile]:
    """What people and authorities asked, and nobody has answered yet."""
    tiles = []
    asked = [row for row in ticking if row.clock.law.to == PERSON and row.clock.met is None]
    if ticking:
        late = sum(row.reading.state is State.OVERDUE for row in asked)
        tiles.append(Tile(("verzoek of klacht open", "request or complaint open"),
                          ("verzoeken en klachten open", "requests and complaints open"), len(asked),
                          "danger" if late else "warning" if asked else "neutral",
                          say(f"{late} te laat", f"{late} late") if asked else "", reverse("list", args=["clocks"])))  # fmt: skip
    if user.may("points", "read"):
        points = registers()["points"].model._default_manager.filter(current=True, withdrawn=False)
        waiting = points.filter(**{"state__in": ("open", "drafted")})
        over = waiting.filter(**{"due__lt": timezone.localdate()}).count()
        number = waiting.count()
        tiles.append(Tile(("vraag om verantwoording open", "request point open"),
                          ("vragen om verantwoording open", "request points open"), number,
                          "danger" if over else "warning" if number else "neutral",
                          say(f"{over} te laat", f"{over} late") if over else "", reverse("list", args=["points"])))  # fmt: skip
    return tiles


def _states(ticking: list[Any]) -> dict[str, Any]:
    """The clocks by their state, as a bar and as the rows of the table behind it."""
    counts = [(state, sum(row.reading.state is state for row in ticking)) for state in clocks.WORDS]
    parts = [
        Part(f"clock-{clocks.KINDS.get(state, 'neutral')}", say(*clocks.WORDS[state]), number)
        for state, number in counts
        if number
    ]
    title = say("Termijnen naar stand", "Clocks by state")
    return {"states": parts, "states_chart": bars([("", parts)], title) if parts else None}


def _rounds(rounds: list[OpenRound]) -> dict[str, Any]:
    """The rounds as bars, and as the rows of the table beside them."""
    rows: list[dict[str, Any]] = []
    for one in rounds:
        if one.standing.round.what_if:
            continue
        gone = one.record.state in LEFT_THE_HOUSE
        rows.append({
            "one": one, "label": label_of(one), "state": state_of(one), "parts": outcome(one),
            "returned": returned(one.folder, one.record, one.keys) if gone else None,
            "changed": bool(one.standing.changed) and not gone,
        })  # fmt: skip
    title = say("Wie een brief krijgt, per ronde", "Who gets a letter, by round")
    chart = bars([(row["label"], row["parts"]) for row in rows], title) if rows else None
    return {"rounds": rows, "chart": chart}


def _changed(
    user: User, since: dt.datetime, results: Results | None, rounds: list[OpenRound]
) -> list[tuple[str, str, str]]:
    """What is new since a moment: (where, what, address)."""
    found = []
    if results and results.record.finished >= since:
        at = timezone.localtime(results.record.finished)
        found.append(
            (say("Bewijs", "Evidence"), say(f"opnieuw beoordeeld om {at:%H:%M}", f"assessed again at {at:%H:%M}"), "")
        )
    for one in rounds:
        steps = [step for step in one.record.history if dt.datetime.fromisoformat(step.at) >= since]
        if steps:
            found.append((label_of(one), state_of(one, steps[-1].state)[0], reverse("round", args=[one.record.round])))
    colleagues = reverse("colleagues") if user.may("users", "read") else ""
    found += [
        (one.account.name, resets.said(one), colleagues)
        for one in used_resets()
        if one.account and one.used and one.used >= since
    ]
    for id, shelf in registers().items():
        if user.may(id, "read") and (words := _versions(shelf.model._default_manager.filter(at__gte=since))):
            found.append((shelf.name, words, reverse("list", args=[id])))
    return found


def _versions(new: QuerySet[Entry]) -> str:
    """How many entries were added, changed and withdrawn, in words; empty when none were."""
    counts = new.aggregate(
        all=Count("pk"), added=Count("pk", filter=Q(version=1)), withdrawn=Count("pk", filter=Q(withdrawn=True))
    )
    parts = (
        (counts["added"], say("toegevoegd", "added")),
        (counts["all"] - counts["added"] - counts["withdrawn"], say("gewijzigd", "changed")),
        (counts["withdrawn"], say("ingetrokken", "withdrawn")),
    )
    return ", ".join(f"{grouped(number)} {word}" for number, word in parts if number)
