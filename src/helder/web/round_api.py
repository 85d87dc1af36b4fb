"""Rounds for programs, to read: how each stands, its counts, its hashes and who signed.

Signing is not here: a token proves no second factor, so who approves logs in and reads the letters in the office.
"""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from django.conf import settings
from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from helder.case.load import Case, load_case
from helder.case.model import Round
from helder.office import resets
from helder.office.api import REFUSED, Problem, missing, need, scope
from helder.office.invitations import used_resets
from helder.office.models import Invitation
from helder.office.rounds import OpenRound, open_round
from helder.rounds.gate import NEEDED, Signature
from helder.rounds.record import planned

ID = "rounds"


class Counts(Schema):
    """People in the round = letters + suppressed + unreachable."""

    people: int
    letters: int
    suppressed: int
    unreachable: int
    reasons: dict[str, int] = Field(description="people by the rule that holds their letter back or sends it otherwise")


class Signed(Schema):
    """A signature, and whether it still holds: it falls when the content changes."""

    kind: Literal["approval", "reader_test", "waiver"]
    by: str = Field(description="what the holder of the account was called")
    account: str = Field(description="user name of the account that signed")
    at: dt.datetime
    words: str
    content: str = Field(description="hash of the content that was signed")
    holds: bool
    log_in_reset: dt.datetime | None = Field(description="when the account's log-in was last reset before it signed")


class RoundOut(Schema):
    """A round of letters."""

    round: str
    label: dict[str, str]
    what_if: bool = Field(description="shows how letters would read, and never leaves")
    state: str = Field(description="not_planned, planned, checked, approved, produced, leaving, handed_over or closed")
    assessment: str
    as_of: dt.date | None
    content: str = Field(description="hash of all that is approved; empty while not planned")
    hashes: dict[str, str] = Field(description="what the round was frozen from, by part")
    changed: list[str] = Field(description="parts that are different now")
    counts: Counts | None
    signatures: list[Signed] = Field(description="the oldest first")
    approvals: int = Field(description="that hold now")
    approvals_needed: int
    gate_open: bool = Field(description="whether the letters may leave")


router = Router(tags=[ID])


_NOT_PLANNED: dict[str, Any] = {
    "state": "not_planned", "as_of": None, "content": "", "hashes": {}, "changed": [], "counts": None, "signatures": [],
    "approvals": 0, "gate_open": False,
}  # fmt: skip


def _planned(one: OpenRound) -> dict[str, Any]:
    record = one.record
    return {
        "state": record.state, "assessment": record.assessment, "as_of": record.as_of, "content": record.content,
        "hashes": record.hashes, "changed": one.standing.changed, "counts": record.counts,
        "signatures": _signatures(one), "approvals": len(one.approvals), "gate_open": one.open,
    }  # fmt: skip


def _signatures(one: OpenRound) -> list[dict[str, Any]]:
    holds, among = [*one.approvals, *filter(None, [one.reader_test])], used_resets()
    return [
        _signed(given, given in holds, among) for given in sorted([*holds, *one.fallen], key=lambda given: given.at)
    ]


def _signed(given: Signature, holds: bool, among: list[Invitation]) -> dict[str, Any]:
    reset = resets.before(dt.datetime.fromisoformat(given.at), given.by, among)
    who = {"by": given.signer.name, "account": given.by, "holds": holds, "log_in_reset": reset.used if reset else None}
    return {name: getattr(given, name) for name in ("kind", "at", "words", "content")} | who


def _round(round: Round, case: Case) -> dict[str, Any]:
    one = open_round(round.id, case) if planned(case.folder, round.id) else None
    head = {"round": round.id, "label": round.label, "what_if": round.what_if, "approvals_needed": NEEDED}
    return head | (_planned(one) if one else _NOT_PLANNED | {"assessment": round.assessment})


@router.get("", response={200: list[RoundOut], **REFUSED}, operation_id="list_rounds", **scope(ID, "read"))
def list_rounds(request: HttpRequest) -> Any:
    """Every round of the case, in its order."""
    need(request, ID, "read")
    case = load_case(settings.HELDER_CASE)
    return [_round(one, case) for one in case.file.rounds]


@router.get(
    "/{round}", response={200: RoundOut, 404: Problem, **REFUSED}, operation_id="get_round", **scope(ID, "read")
)
def get_round(request: HttpRequest, round: str) -> Any:
    """One round. Who approves it logs in and reads the letters in the office: a token cannot."""
    need(request, ID, "read")
    case = load_case(settings.HELDER_CASE)
    found = next((one for one in case.file.rounds if one.id == round), None)
    if found is None:
        raise missing("round")
    return _round(found, case)
