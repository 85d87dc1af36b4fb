"""Quickscans for programs: suppliers with what they did not show, verdicts, and proposing one.

Confirming is not here: a token proves no second factor, and the second pair of eyes is a person's who logs in.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import Field

from helder.office.api import REFUSED, Page, Problem, Strict, missing, need, part, scope
from helder.registers.scans.comparison import Supplier, supplier, suppliers
from helder.registers.scans.models import Verdict
from helder.registers.scans.rules import newest
from helder.registers.scans.verdicts import propose, signed, state
from helder.registers.scans.views import VerdictForm

ID = "scans"
Outcome = Literal["sufficient", "conditions", "insufficient"]


class VerdictOut(Schema):
    """A verdict on a supplier, by its answers as they were."""

    number: int
    party: str
    questionnaire: str
    outcome: Outcome
    reasons: str
    state: Literal["proposed", "confirmed", "fallen"]
    basis: str = Field(description="SHA-256 of the answers that it rests on")
    by: str
    at: dt.datetime
    confirmed_by: str | None
    confirmed_at: dt.datetime | None
    log_in_reset: dt.datetime | None = Field(
        description="when the log-in of the account that proposed it was last reset before it did"
    )
    confirmed_log_in_reset: dt.datetime | None = Field(description="the same of the account that confirmed it")


class SupplierOut(Schema):
    """A supplier by the questionnaire of now."""

    party: str
    name: str
    questionnaire: str
    asked: int = Field(description="how many questions")
    answered: int
    gaps: list[str] = Field(description="required questions that are not shown: in the way of 'sufficient'")
    verdict: VerdictOut | None = Field(description="the latest, whatever became of it")


class Proposal(Strict):
    """A verdict that somebody else must confirm."""

    party: str = Field(max_length=40)
    outcome: Outcome
    reasons: str = Field(min_length=1, max_length=2000)


def _verdict(one: Verdict) -> dict[str, Any]:
    kept = ("party", "questionnaire", "outcome", "reasons", "basis", "at", "confirmed_at")
    confirmed = one.confirmed_by.name if one.confirmed_by else None
    people = {"by": one.by.name, "confirmed_by": confirmed}
    proposed, *second = [given.reset.used if given.reset else None for given in signed(one)]
    reset = {"log_in_reset": proposed, "confirmed_log_in_reset": second[0] if second else None}
    return {"number": one.pk, "state": state(one)} | people | reset | {name: getattr(one, name) for name in kept}


def _supplier(one: Supplier) -> dict[str, Any]:
    asked = newest()
    return {
        "party": one.short, "name": one.name, "questionnaire": asked.id, "asked": len(asked.questions),
        "answered": len(one.given), "gaps": [gap.id for gap in one.gaps],
        "verdict": _verdict(one.verdict) if one.verdict else None,
    }  # fmt: skip


def routes(router: Router) -> None:
    """Add them."""
    router.get(
        "/suppliers", response={200: list[SupplierOut], **REFUSED}, operation_id="list_suppliers", **scope(ID, "read")
    )(list_suppliers)
    router.get(
        "/verdicts", response={200: list[VerdictOut], **REFUSED}, operation_id="list_verdicts", **scope(ID, "read")
    )(list_verdicts)
    router.get(
        "/verdicts/{number}", response={200: VerdictOut, 404: Problem, **REFUSED}, operation_id="get_verdict",
        **scope(ID, "read"),
    )(get_verdict)  # fmt: skip
    router.post(
        "/verdicts", response={201: VerdictOut, 404: Problem, **REFUSED}, operation_id="propose_verdict",
        **scope(ID, "decide"),
    )(propose_verdict)  # fmt: skip


def list_suppliers(request: HttpRequest) -> Any:
    """Suppliers that are asked, each with what it did not show and the latest verdict."""
    need(request, ID, "read")
    return [_supplier(one) for one in suppliers(newest())]


def list_verdicts(request: HttpRequest, page: Page = 1) -> Any:
    """Verdicts, the newest first, 100 a page; also those that fell."""
    need(request, ID, "read")
    return [_verdict(one) for one in part(Verdict.objects.select_related("by", "confirmed_by"), page)]


def get_verdict(request: HttpRequest, number: int) -> Any:
    """One verdict, and what became of it."""
    need(request, ID, "read")
    found = Verdict.objects.select_related("by", "confirmed_by").filter(pk=number).first()
    if found is None:
        raise missing("verdict")
    return _verdict(found)


def propose_verdict(request: HttpRequest, body: Proposal) -> Any:
    """Propose a verdict on a supplier. Somebody else confirms it in the office, not by a token."""
    user, form = need(request, ID, "decide"), VerdictForm(body.dict(exclude={"party"}))
    if supplier(body.party) is None:
        raise missing("supplier")
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    return Status(201, _verdict(propose(user, body.party, **form.cleaned_data)))
