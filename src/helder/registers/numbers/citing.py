"""Numbers with what became of them, where they are cited, and texts with their numbers filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.text import Truncator

from helder.office.citations import Bound, Cited, Citer, Departed
from helder.office.models import User
from helder.office.register import Fact, registers
from helder.office.words import grouped, say
from helder.registers.numbers.models import EXACTNESS, Number
from helder.registers.numbers.rules import LEAST, Freshness, cited, freshness, pieces
from helder.results.query import Answer, Exactness, answer_now

WORDS = {
    Freshness.STALE: ("verouderd: het bewijs zegt nu iets anders", "stale: the evidence now says otherwise"),
    Freshness.GONE: ("niet na te gaan: er is nu geen uitkomst", "cannot be checked: there is no result now"),
    Freshness.SAME: ("bewijs veranderd, getal niet", "evidence changed, number the same"),
    Freshness.FRESH: ("klopt met het bewijs van nu", "agrees with the evidence of now"),
}
"""What became of a number, what asks for work first."""

KINDS = {Freshness.STALE: "danger", Freshness.GONE: "warning", Freshness.SAME: "neutral", Freshness.FRESH: "safe"}


Places = dict[str, list[tuple[str, Any, str]]]
"""{name: [(register, entry, words)]}"""


@dataclass(frozen=True)
class Reading:
    """A number, the answer of now, what became of it, and where it is cited, looked for when somebody asks."""

    number: Number
    now: Answer | None
    fresh: Freshness
    places: Callable[[], Places]

    @property
    def cited_in(self) -> list[tuple[str, Any, str]]:
        """The documents that cite it: (register, entry, words)."""
        return self.places().get(self.number.name, [])

    @property
    def state(self) -> str:
        """What became of it, in words."""
        return say(*WORDS[self.fresh])

    @property
    def kind(self) -> str:
        """The look of its badge."""
        return KINDS[self.fresh]

    @property
    def told(self) -> str:
        """The number as people read it."""
        return self._said(self.number.value or 0)

    @property
    def told_now(self) -> str:
        """What the evidence of now says, as people read it; empty when it says nothing."""
        return self._said(self.now.value) if self.now else ""

    def _said(self, value: int) -> str:
        return told(value, Exactness(self.number.exactness), self.number.unit)


def told(value: int, exactness: Exactness, unit: str) -> str:
    """A number in words: how exact, with its thousands parted; fewer than 11 people are not told exactly."""
    if unit == "people" and 0 < value < LEAST:
        return say(f"minder dan {LEAST}", f"fewer than {LEAST}")
    return grouped(value) if exactness is Exactness.EXACT else f"{say(*EXACTNESS[exactness])} {grouped(value)}"


def readings(user: User | None = None) -> dict[str, Reading]:
    """All numbers by name, those that ask for work first, with the places that `user` (None: somebody who may all) may read."""
    # Over all texts of the office: once, and not for who asks for freshness only.
    places = cache(partial(_citations, user))
    found = []
    for number in Number.objects.filter(current=True, withdrawn=False).order_by("name"):
        now = answer_now(settings.HELDER_CASE, number.assessment, number.query)
        state = freshness(number.value, number.result, now)
        found.append(Reading(number, now, state, places))
    order = list(WORDS)
    return {one.number.name: one for one in sorted(found, key=lambda one: order.index(one.fresh))}


def _citations(user: User | None) -> Places:
    """Over the texts of every register that `user` may read."""
    found: Places = {}
    for register in registers().values():
        if user is not None and not user.may(register.id, "read"):
            continue
        names = [
            field.name for field in register.model.fields() if isinstance(field, models.CharField | models.TextField)
        ]
        has = models.Q()
        for name in names:
            has |= models.Q(**{f"{name}__contains": "[["})
        for entry in register.model._default_manager.filter(has, current=True, withdrawn=False):
            text = "\n".join(str(getattr(entry, name)) for name in names)
            for name in cited(text):
                words = f"{register.name}: {Truncator(getattr(entry, register.key)).chars(60)}"
                found.setdefault(name, []).append((register.id, entry.entry, words))
    return found


def filled(text: str, known: Mapping[str, Reading]) -> tuple[str, list[str]]:
    """A text with its numbers filled in as taken, and what is wrong with them: a line for each that is not fresh."""
    out, problems = [], []
    for kind, piece in pieces(text):
        if kind == "text":
            out.append(piece)
        elif piece not in known:
            out.append(say(f"[getal “{piece}” onbekend]", f"[number “{piece}” unknown]"))
            problems.append(say(f"Getal “{piece}” bestaat niet.", f"Number “{piece}” does not exist."))
        else:
            out.append(known[piece].told)
            problems += problem(known[piece])
    return "".join(out), list(dict.fromkeys(problems))


def problem(reading: Reading) -> list[str]:
    """What is wrong with a number, in a line; nothing when it is what the evidence says."""
    if reading.fresh in (Freshness.FRESH, Freshness.SAME):
        return []
    name = reading.number.name
    if reading.fresh is Freshness.STALE and (now := reading.told_now):
        return [say(f"Getal “{name}” is verouderd: nu {now}.", f"Number “{name}” is stale: now {now}.")]
    return [say(f"Getal “{name}” is nu niet na te gaan.", f"Number “{name}” cannot be checked now.")]


def source(number: Number) -> str:
    """Where a number comes from: query, assessment, as-of and result, for a list of sources."""
    as_of = number.as_of.isoformat() if number.as_of else number.get_as_of_display()
    parts = (number.query, number.assessment, say(f"peildatum {as_of}", f"as of {as_of}"), number.result[:12])
    return " · ".join(parts)


def _bound(number: Number) -> Bound:
    return Bound(number.query, number.assessment, number.value or 0, number.result)


def departed(user: User) -> list[Departed]:
    """Numbers that stand in what was sent and that the evidence of now no longer bears out, as `user` may read them."""
    return [one for shelf in registers().values() if user.may(shelf.id, "read") for one in shelf.departed()]


def citer() -> Citer:
    """Fills in texts by one reading of the numbers."""
    known = readings()

    def fill(text: str) -> Cited:
        words, problems = filled(text, known)
        used = [known[name] for name in cited(text) if name in known]
        sources = [(one.number.name, one.told, source(one.number), one.state) for one in used]
        return Cited(words, problems, sources, [_bound(one.number) for one in used])

    return fill


def overview(query: Mapping[str, str], user: User) -> Mapping[str, Any]:
    """The readings for the page, each with where it is cited, as `user` may know it."""
    return {"readings": list(readings(user).values()), "departed": departed(user)}


def facts() -> list[Fact]:
    """Numbers that agree with the evidence of now: a stale one may not be cited."""
    from django.utils import translation

    found = []
    for one in readings().values():
        if one.fresh not in (Freshness.FRESH, Freshness.SAME):
            continue
        words, about = {}, {}
        for lang in ("nl", "en"):
            with translation.override(lang):
                words[lang], about[lang] = one.told, str(one.number.get_query_display())
        number = one.number
        found.append(
            Fact(
                id=number.name, kind="number", words=words, about=about, evidence=source(number),
                since=number.as_of.isoformat() if number.as_of else "",
                source=("numbers", str(number.entry), number.version),
            )
        )  # fmt: skip
    return found
