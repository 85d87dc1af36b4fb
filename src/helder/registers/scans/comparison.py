"""Suppliers side by side, question by question, with the verdict on each."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from helder.office import resets
from helder.office.models import User
from helder.office.register import registers
from helder.office.words import say
from helder.registers.scans.models import ScanAnswer, Verdict
from helder.registers.scans.rules import NO, SAID, Given, Question, Questionnaire, gaps, newest
from helder.registers.scans.verdicts import CONFIRMED, FALLEN, PROPOSED, answers, latest, signed, state

STATES = {
    PROPOSED: ("wacht op een tweede persoon", "waits for a second person"),
    CONFIRMED: ("bevestigd", "confirmed"),
    FALLEN: ("vervallen: er is iets gewijzigd", "fallen: something changed"),
}


@dataclass(frozen=True)
class Supplier:
    """A supplier with its answers by question, what is not shown, and the verdict."""

    short: str
    name: str
    given: dict[str, ScanAnswer]
    gaps: list[Question]
    verdict: Verdict | None
    state: str

    @property
    def state_words(self) -> str:
        """What became of the verdict."""
        return say(*STATES[self.state]) if self.state else say("nog geen oordeel", "no verdict yet")

    @property
    def outcome(self) -> str:
        """The verdict in words."""
        return str(self.verdict.get_outcome_display()) if self.verdict else "–"

    @property
    def signed(self) -> list[tuple[str, dt.datetime, str]]:
        """Who proposed the verdict and who confirmed it, when, and in words the reset of their log-in before that."""
        found = signed(self.verdict) if self.verdict else []
        return [(one.by.name, one.at, resets.said(one.reset) if one.reset else "") for one in found]

    def cell(self, question: Question) -> tuple[str, str]:
        """The answer in words, and its look: safe, warning, danger or neutral."""
        one = self.given.get(question.id)
        if one is None:
            return "–", "neutral"
        words = str(one.get_answer_display())
        if one.rests_on:
            words += f", {one.get_rests_on_display()}"
        return words, _look(one.given)


def _look(given: Given) -> str:
    if given.settled:
        return "safe"
    return (
        "danger"
        if given.answer == NO
        else "warning"
        if given.answer != "unknown" or given.rests_on == SAID
        else "neutral"
    )


def suppliers(asked: Questionnaire) -> list[Supplier]:
    """Processors in the register of parties, and whoever has answers."""
    found = registers()["parties"].model._default_manager.filter(current=True, withdrawn=False).order_by("short", "at")
    parties: dict[str, Any] = {party.short: party for party in found}  # type: ignore[attr-defined]
    answered = set(ScanAnswer.objects.filter(current=True, withdrawn=False).values_list("party", flat=True))
    wanted = [short for short, party in parties.items() if party.role == "processor" or short in answered]
    return [_supplier(short, parties[short].name, asked) for short in wanted]


def supplier(short: str) -> Supplier | None:
    """One supplier by the questionnaire of now; None for a party that is not asked."""
    return next((one for one in suppliers(newest()) if one.short == short), None)


def _supplier(short: str, name: str, asked: Questionnaire) -> Supplier:
    given, verdict = answers(short, asked), latest(short)
    open_ = gaps(asked, {id: one.given for id, one in given.items()})
    return Supplier(short, name, given, open_, verdict, state(verdict) if verdict else "")


def overview(query: Mapping[str, str], user: User) -> dict[str, Any]:
    """What the list shows above its entries."""
    asked = newest()
    found = suppliers(asked)
    lang = say("nl", "en")
    table = [
        (
            one.words[lang],
            ", ".join(one.controls),
            one.must,
            [(supplier.name, *supplier.cell(one)) for supplier in found],
        )
        for one in asked.questions.values()
    ]
    return {"suppliers": found, "table": table, "title": asked.title[lang], "questions": len(asked.questions)}
