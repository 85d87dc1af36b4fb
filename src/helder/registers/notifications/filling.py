"""What the case itself answers, and the whole template filled in: the team's own answers go before the case's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from helder.case import Case, load_case
from helder.office.citations import Bound
from helder.office.moments import offset
from helder.office.register import citer, registers
from helder.office.words import grouped, say
from helder.registers.notifications.models import EXACTNESS, Answer
from helder.registers.notifications.rules import Field, applies, template
from helder.results.query import Exactness, answer, opened, queries


@dataclass(frozen=True)
class Filled:
    """A field with its answer in letters or text, in words, how exact, and where it comes from ("" when missing)."""

    field: Field
    value: str
    words: str
    exactness: str
    origin: str
    problems: tuple[str, ...] = ()
    bound: tuple[Bound, ...] = ()
    """The numbers in it, each with its query."""
    demanded: bool = False
    """Whether the law asks for it in this case, where the template leaves it open."""

    @property
    def label(self) -> str:
        """The field's name in the language of the request."""
        return self.field.words[say("nl", "en")]

    @property
    def missing(self) -> bool:
        """Whether it must be answered and is not."""
        return (self.field.mandatory or self.demanded) and not self.value.strip()


WHY_LATE = 49
"""The field that says why it was notified after 72 hours: art. 33(1) asks for the reasons then."""

Found = dict[int, tuple[str, str, str, *tuple[Bound, ...]]]
"""{field: (value, exactness, origin, the number's query when it is one)}"""


def from_case(case: Case, clock: Any) -> Found:
    """What `case.toml`, the registers and the published results answer by themselves; `clock` is that of Art. 33(1)."""
    others = [party for party in case.file.parties if party.breached and not party.own]
    found: Found = {12: (case.own.name, "", "case.toml"), 7: (case.file.case.id, "", "case.toml")}
    if others:
        found[38] = ("a", "", "case.toml")
        found[39] = (", ".join(_role(party.role) for party in others), "", "case.toml")
        found[40] = (", ".join(party.name for party in others), "", "case.toml")
    start = min((party.theft_from for party in others if party.theft_from), default=None)
    end = max((party.theft_until for party in others if party.theft_until), default=None)
    if start and end:
        found[44] = ("a" if start == end else "b", "", "case.toml")
        found[46], found[47] = (start.isoformat(), "", "case.toml"), (end.isoformat(), "", "case.toml")
    lang = say("nl", "en")
    found[71] = (", ".join(item.label.get(lang, id) for id, item in case.items.items()), "", "case.toml")
    for part in (_aware(clock), _measures(), _counts()):
        found |= part
    return {number: row for number, row in found.items() if row[0]}


def _role(id: str) -> str:
    """A party's role in words, as the register of parties has them."""
    choices = next(field.choices for field in registers()["parties"].model.fields() if field.name == "role")
    return str(dict(cast("list[tuple[str, str]]", choices)).get(id, id))


def _clock(case: Case) -> Any:
    """The case's own clock of Art. 33(1), the first that started when there are several; None when there is none."""
    clocks = registers()["clocks"].model._default_manager.filter(current=True, withdrawn=False)
    mine = clocks.filter(**{"duty": "gdpr_33_1", "party": case.own.id})
    return mine.order_by(F("started").asc(nulls_last=True), "at").first()


def _aware(clock: Any) -> Found:
    """When the controller became aware, and why it was late."""
    if clock is None:
        return {}
    origin, started = registers()["clocks"].name, clock.started
    aware = timezone.localtime(started).strftime("%Y-%m-%d %H:%M") + offset(started) if started else ""
    return {48: (aware, "", origin), WHY_LATE: (clock.reason, "", origin)}


def _measures() -> Found:
    """Measures that are in force and proven: the same facts that letters may cite."""
    shelf = registers()["measures"]
    words = "\n".join(fact.words[say("nl", "en")] for fact in shelf.facts() if fact.kind == "measure")
    return {92: (words, "", shelf.name)}


def _counts() -> Found:
    """People and records as counted now: people at most (theft is not ruled out), records exactly."""
    results = opened(settings.HELDER_CASE)
    if results is None:
        return {}
    found: Found = {}
    for number, query in ((68, "people:possible"), (73, "records")):
        got, asked = answer(results, query), queries(results)[query]
        as_of = got.as_of.isoformat() if got.as_of else say("alle bewijs", "all evidence")
        bound = Bound(query, results.record.assessment, got.value, got.result)
        found[number] = (str(got.value), asked.exactness, f"{query} · {as_of} · {got.result[:12]}", bound)
    return found


def filled() -> list[Filled]:
    """Every field that is asked, in order, with its answer."""
    case = load_case(settings.HELDER_CASE)
    clock = _clock(case)
    found = from_case(case, clock)
    for entry in Answer.objects.filter(current=True, withdrawn=False):
        origin = entry.source or say("ingevuld door het team", "filled in by the team")
        found[entry.field] = (entry.value, entry.exactness, origin)
    answers = {number: row[0] for number, row in found.items()}
    late = clock is not None and clock.reading(timezone.now()).reason_missing
    return list(_all(found, answers, {WHY_LATE} if late else set()))


def _all(found: Found, answers: dict[int, str], demanded: set[int]) -> Iterator[Filled]:
    cite, names = citer(), dict(EXACTNESS)
    for number, field in template().items():
        if not applies(field, answers):
            continue
        value, exactness, origin, *bound = found.get(number, ("", "", ""))
        cited = cite(value)
        words = cited.text
        if field.options["nl"] and value:
            options = field.options[say("nl", "en")]
            words = "; ".join(options[part.strip()] for part in value.split(",") if part.strip() in options)
        elif field.kind == "count" and value.isdecimal():
            words = grouped(int(value))
        if exactness and exactness != Exactness.EXACT:
            words = f"{names[exactness]} {words}"
        yield Filled(
            field, value, words, exactness, origin, tuple(cited.problems), (*bound, *cited.bound), number in demanded
        )
