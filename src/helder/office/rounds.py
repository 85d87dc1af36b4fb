"""Approving a round of letters: by two people who did not write it, for exactly what they read.

The signature that the gate obeys (`rounds.gate`) is written last in the transaction of its audit line, so that none
stands without a line. The database's lock, taken by the line, lets one person sign at a time.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from helder.case.load import Case, load_case
from helder.domain.errors import RoundError
from helder.engines.keys import Keys
from helder.office.audit import write
from helder.office.four_eyes import answered_then, people_behind, person_behind, signer_of
from helder.office.loading import people
from helder.office.models import User
from helder.office.words import say
from helder.results.documents import Texts, texts
from helder.results.rounds import Standing, look
from helder.rounds import gate
from helder.rounds.authors import Authors, authors, plain
from helder.rounds.record import LEFT_THE_HOUSE, RoundRecord, planned, write_record

Kind = Literal["approval", "reader_test", "waiver"]


class RefusedError(Exception):
    """Why somebody may not sign, in words for them."""


@dataclass(frozen=True)
class OpenRound:
    """A planned round as an approver sees it."""

    standing: Standing
    keys: Keys

    @property
    def folder(self) -> Path:
        """The case's folder."""
        return self.standing.case.folder

    @property
    def record(self) -> RoundRecord:
        """The record that holds now."""
        return self.standing.record

    @cached_property
    def authors(self) -> Authors | None:
        """Who wrote the letters; None when a letter does not say by user names, and then nobody can approve it."""
        try:
            return authors(self.standing.case, self.standing.round)
        except RoundError:
            return None

    @cached_property
    def unknown_authors(self) -> list[str]:
        """Authors who are said to have an account, and have none here: who they are cannot be told, so nobody approves."""
        if self.authors is None or not self.authors.accounts:
            return []
        known = {plain(one) for one in people().values_list("username", flat=True)}
        return sorted(self.authors.accounts - known)

    @cached_property
    def texts(self) -> Texts | None:
        """What is to be read; None while the letters were not checked."""
        return texts(self.folder, self.record, self.keys) if self.record.state != "planned" else None

    @cached_property
    def approvals(self) -> tuple[gate.Signature, ...]:
        """The approvals that hold for the content as it is."""
        return gate.approvals(self.folder, self.record, self.keys)

    @cached_property
    def reader_test(self) -> gate.Signature | None:
        """The report of a reader test, or who goes without one."""
        return gate.reader_test(self.folder, self.record, self.keys)

    @cached_property
    def fallen(self) -> tuple[gate.Signature, ...]:
        """Signatures for a content that is no more."""
        return gate.fallen(self.folder, self.record, self.keys)

    @property
    def open(self) -> bool:
        """Whether the gate is open: two approvals, and a reader test or its waiver."""
        return self.authors is not None and not gate.missing(self.folder, self.record, self.keys, authors=self.authors)

    @property
    def drafted(self) -> dt.datetime:
        """Since when this content is there to be approved."""
        planned = [step.at for step in self.record.history if step.state == "planned"]
        return dt.datetime.fromisoformat(planned[-1] if planned else self.record.planned)

    def after(self, at: str) -> dt.timedelta:
        """How long after the draft something was signed."""
        return dt.datetime.fromisoformat(at) - self.drafted

    @property
    def took(self) -> dt.timedelta | None:
        """From the draft to the last approval that was needed."""
        return self.after(self.approvals[gate.NEEDED - 1].at) if len(self.approvals) >= gate.NEEDED else None


def open_round(name: str, case: Case | None = None) -> OpenRound:
    """The round as it is now, in the case as it is or as it was just read.

    Raises `CaseError` for an unknown round and `RoundError` for one that was not planned.
    """
    return OpenRound(look(case or load_case(settings.HELDER_CASE), name), settings.HELDER_KEYS)


def why_not(one: OpenRound, user: User, kind: Kind) -> str | None:
    """Why this user may not sign this; None when they may. What their roles allow is decided elsewhere."""
    if one.standing.round.what_if:
        return say("Deze ronde laat zien hoe brieven zouden luiden, en gaat nooit weg.",
                   "This round shows how letters would read, and never leaves.")  # fmt: skip
    if one.record.state in LEFT_THE_HOUSE:
        return say("De brieven van deze ronde zijn al de deur uit, of een deel ervan.",
                   "The letters of this round are out already, or some of them.")  # fmt: skip
    if not one.standing.plan_holds:
        return say("Er is iets veranderd sinds het plan: de ronde moet opnieuw gepland.",
                   "Something changed since the plan: the round must be planned again.")  # fmt: skip
    if one.texts is None:
        return say("De brieven zijn nog niet gecontroleerd: eerst ‘helder round check’.",
                   "The letters have not been checked yet: first ‘helder round check’.")  # fmt: skip
    if one.authors is None:
        return say("Een brief zegt niet wie hem schreef. Zet in letter.toml onder ‘authors’ gebruikersnamen, of "
                   "‘outside: NAAM’ voor wie geen account heeft.",
                   "A letter does not say who wrote it. Put user names under ‘authors’ in letter.toml, or "
                   "‘outside: NAME’ for who has no account.")  # fmt: skip
    if one.unknown_authors:
        return say("Als schrijver staat in letter.toml ‘{}’, en dat is hier geen gebruikersnaam. Zet daar de "
                   "gebruikersnaam, of ‘outside: NAAM’ voor wie geen account heeft.",
                   "letter.toml names ‘{}’ as an author, and that is no user name here. Put the user name there, or "
                   "‘outside: NAME’ for who has no account.").format("’, ‘".join(one.unknown_authors))  # fmt: skip
    me = signer_of(user)
    if kind != "reader_test" and one.authors.include(me):
        return say("U schreef mee aan deze brieven: een ander keurt ze goed.",
                   "You wrote part of these letters: somebody else approves them.")  # fmt: skip
    if kind == "approval" and any(me.same(given.signer) for given in one.approvals):
        return say("U hebt dit al goedgekeurd: een tweede goedkeuring is van een ander.",
                   "You have approved this already: a second approval is somebody else's.")  # fmt: skip
    signed = {given.by: dt.datetime.fromisoformat(given.at) for given in one.approvals} if kind == "approval" else {}
    others = people_behind(one.authors.accounts | signed.keys(), one.authors.outside) | answered_then(signed.items())
    if kind != "reader_test" and person_behind(user) in others:
        return say("Uw account en dat van wie schreef of al tekende komen van één uitnodiger, en een derde heeft dat nog "
                   "niet bevestigd. Dat gaat onder Collega’s.",
                   "Your account and that of who wrote or signed already come from one inviter, and a third person has "
                   "not confirmed it yet. That goes under Colleagues.")  # fmt: skip
    if kind != "approval" and one.reader_test is not None:
        return say("De lezerstoets is al geregeld.", "The reader test has been seen to already.")
    return None


@transaction.atomic
def sign(name: str, user: User, kind: Kind, *, seen: str, words: str = "") -> None:
    """Sign the content that the user looked at (`seen`: its hash).

    Raises `RefusedError` when they may not or it is another content now, and what the audit log and the gate raise.
    """
    before = open_round(name)
    _need_seen(before, seen)
    document = before.texts.sha256 if before.texts else ""
    write(user, f"round.{kind}", f"round/{name}", reason=words, details={"content": seen, "documents": document})
    one = open_round(name)  # the line has taken the lock: nobody else signs now
    _need_seen(one, seen)
    if refusal := why_not(one, user, kind):
        raise RefusedError(refusal)
    at, me, wrote = timezone.now(), signer_of(user), one.authors or Authors()
    if kind == "approval":
        gate.approve(one.folder, one.record, one.keys, by=me, authors=wrote, at=at)
    elif kind == "waiver":
        gate.waive_reader_test(one.folder, one.record, one.keys, by=me, reason=words, authors=wrote, at=at)
    else:
        gate.report_reader_test(one.folder, one.record, one.keys, by=me, report=words, at=at)
    now = open_round(name)
    if now.open and now.record.state == "checked":
        write_record(now.folder, now.record.to("approved", at))


def _need_seen(one: OpenRound, seen: str) -> None:
    if one.record.content != seen:
        raise RefusedError(say("De inhoud is intussen veranderd. Lees de ronde opnieuw.",
                               "The content has changed in the meantime. Read the round again."))  # fmt: skip


def waivers() -> list[tuple[OpenRound, gate.Signature]]:
    """Who let a round go without a reader test, newest first: also where the content changed since, so that it holds no more."""
    given = [
        (one, signed)
        for _, one in planned_rounds()
        if one
        for signed in (*filter(None, [one.reader_test]), *one.fallen)
        if signed.kind == "waiver"
    ]
    return sorted(given, key=lambda pair: pair[1].at, reverse=True)


def planned_rounds() -> list[tuple[str, OpenRound | None]]:
    """Every round of the case, in its order; None for one that was not planned."""
    case = load_case(settings.HELDER_CASE)
    return [
        (round.id, open_round(round.id, case) if planned(case.folder, round.id) else None) for round in case.file.rounds
    ]
