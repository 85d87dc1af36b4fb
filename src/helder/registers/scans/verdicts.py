"""Verdicts: proposed on the answers as they are, confirmed by somebody else, and fallen when an answer changes."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from helder.office import resets
from helder.office.audit import write
from helder.office.entries import content_hash, hash_of
from helder.office.four_eyes import answered_then, person_behind
from helder.office.invitations import used_resets
from helder.office.models import Invitation, User
from helder.office.words import say
from helder.registers.scans.models import ScanAnswer, Verdict
from helder.registers.scans.rules import SUFFICIENT, Questionnaire, gaps, may_confirm, newest, questionnaires

PROPOSED, CONFIRMED, FALLEN = "proposed", "confirmed", "fallen"


def answers(party: str, asked: Questionnaire) -> dict[str, ScanAnswer]:
    """A party's answers as they are now, by question."""
    found = ScanAnswer.objects.filter(party=party, questionnaire=asked.id, current=True, withdrawn=False)
    return {one.question: one for one in found.select_related("author").order_by("question")}


def basis(given: Iterable[ScanAnswer]) -> str:
    """SHA-256 of answers: which, and what they say."""
    text = "\n".join(sorted(f"{one.question} {content_hash(one)}" for one in given))
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def propose(by: User, party: str, outcome: str, reasons: str) -> Verdict:
    """A verdict on a party by the newest questionnaire. Raises `ValidationError`: no answers, no reasons, or gaps."""
    asked = newest()
    given = answers(party, asked)
    open_ = gaps(asked, {id: one.given for id, one in given.items()})
    if not given:
        raise ValidationError(say("Er zijn nog geen antwoorden.", "There are no answers yet."))
    if not reasons.strip():
        raise ValidationError({"reasons": say("Schrijf waarom.", "Write why.")})
    if outcome == SUFFICIENT and open_:
        names = "; ".join(one.words[say("nl", "en")] for one in open_)
        words = say("'Voldoende' kan niet: niet aangetoond is", "'Sufficient' cannot be: not shown is")
        raise ValidationError({"outcome": f"{words}: {names}"})
    made = Verdict.objects.create(
        party=party,
        questionnaire=asked.id,
        outcome=outcome,
        reasons=reasons.strip(),
        basis=basis(given.values()),
        by=by,
    )
    _write(by, made, "proposed", _PROPOSAL)
    return made


@transaction.atomic
def confirm(by: User, verdict: Verdict) -> None:
    """Confirm somebody else's verdict. Raises `ValidationError`: own work, confirmed already, or fallen."""
    verdict = Verdict.objects.select_for_update(of=("self",)).get(pk=verdict.pk)
    given = answers(verdict.party, questionnaires()[verdict.questionnaire])
    if state(verdict) != PROPOSED:
        raise ValidationError(
            say("Dit oordeel kan niet meer bevestigd worden.", "This verdict can no longer be confirmed.")
        )
    # Of every version: somebody else's small correction makes an answer no other's work.
    versions = ScanAnswer.objects.filter(entry__in=[one.entry for one in given.values()]).select_related("author")
    wrote = [*((one.author, one.at) for one in versions if one.author), (verdict.by, verdict.at)]
    authors = {person_behind(who) for who, _ in wrote} | answered_then((who.username, at) for who, at in wrote)
    if not may_confirm(person_behind(by), person_behind(verdict.by), authors):
        words = (
            "Wie een antwoord of het oordeel schreef, of uitnodigde wie dat deed, bevestigt het niet.",
            "Who wrote an answer or the verdict, or invited who did, does not confirm it.",
        )
        raise ValidationError(say(*words))
    verdict.confirmed_by, verdict.confirmed_at = by, timezone.now()
    verdict.save(update_fields=["confirmed_by", "confirmed_at"])
    _write(by, verdict, "confirmed", _AGREEMENT)


def state(verdict: Verdict) -> str:
    """Proposed, confirmed, or fallen because an answer changed or another verdict came after it."""
    if Verdict.objects.filter(party=verdict.party, pk__gt=verdict.pk).exists():
        return FALLEN
    if basis(answers(verdict.party, questionnaires()[verdict.questionnaire]).values()) != verdict.basis:
        return FALLEN
    return CONFIRMED if verdict.confirmed_by else PROPOSED


def latest(party: str) -> Verdict | None:
    """The last verdict on a party, whatever became of it."""
    return Verdict.objects.filter(party=party).select_related("by", "confirmed_by").first()


@dataclass(frozen=True)
class Signed:
    """Who proposed a verdict or confirmed it, when, and the last reset of that account's log-in before that."""

    by: User
    at: dt.datetime
    reset: Invitation | None


def signed(verdict: Verdict) -> list[Signed]:
    """Who proposed it, and who confirmed it if anybody did."""
    among = used_resets()
    who = [(verdict.by, verdict.at), (verdict.confirmed_by, verdict.confirmed_at)]
    return [Signed(by, at, resets.before(at, by.username, among)) for by, at in who if by and at]


def records() -> Iterator[tuple[str, int, str]]:
    """Every verdict as it was proposed (1) and as it was confirmed (2), for the audit log (`office.unaltered`)."""
    for one in Verdict.objects.select_related("by", "confirmed_by").order_by("pk"):
        yield _name(one), _PROPOSAL, _digest(one, _PROPOSAL)
        if one.confirmed_by or one.confirmed_at:
            yield _name(one), _AGREEMENT, _digest(one, _AGREEMENT)


_PROPOSAL, _AGREEMENT = 1, 2


def _digest(verdict: Verdict, step: int) -> str:
    """The hash of all that a verdict said after a step."""
    said = {name: getattr(verdict, name) for name in ("party", "questionnaire", "outcome", "reasons", "basis")}
    said |= {"by": verdict.by.username, "at": _utc(verdict.at)}
    if step == _AGREEMENT:
        who = verdict.confirmed_by.username if verdict.confirmed_by else ""
        said |= {"confirmed_by": who, "confirmed_at": _utc(verdict.confirmed_at)}
    return hash_of(said)


def _utc(at: dt.datetime | None) -> str:
    return at.astimezone(dt.UTC).isoformat() if at else ""


def _name(verdict: Verdict) -> str:
    return f"verdict-n{verdict.pk}"


def _write(by: User, verdict: Verdict, verb: str, step: int) -> None:
    details: dict[str, object] = {"outcome": verdict.outcome, "party": verdict.party, "basis": verdict.basis}
    details |= {"version": step, "sha256": _digest(verdict, step)}
    write(by, f"scans.{verb}", f"scans/{_name(verdict)}", details=details)
