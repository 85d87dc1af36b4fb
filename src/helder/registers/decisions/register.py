"""Decisions as a register, with the waivers that were signed on a round's own page."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from helder.office.models import User
from helder.office.register import Register
from helder.office.rounds import waivers
from helder.office.words import say
from helder.registers.decisions.models import Decision


def overview(query: Mapping[str, str], user: User) -> Mapping[str, Any]:
    """Waivers of a reader test: decisions too, which stand where they were taken."""
    rows = []
    for one, signed in waivers() if user.may("rounds", "read") else ():
        label, round = one.standing.round.label, one.record.round
        rows.append({
            "round": round, "label": label.get(say("nl", "en"), round), "by": signed.signer.name, "words": signed.words,
            "at": dt.datetime.fromisoformat(signed.at), "holds": signed == one.reader_test,
        })  # fmt: skip
    return {"waivers": rows}


REGISTER = Register(
    id="decisions",
    names=("Besluiten", "Decisions"),
    intro=(
        "Wie wat besloot, op grond van welke informatie, en wanneer. Ook waarom iets níét gebeurde.",
        "Who decided what, on what information, and when. Also why something was not done.",
    ),
    model=Decision,
    columns=("decided", "what", "kind", "by", "review_on"),
    search=("what", "by", "information", "alternatives"),
    order=("-decided", "at"),
    key="what",
    template="decisions/list.html",
    overview=overview,
    place=60,
)
