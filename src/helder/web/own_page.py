"""What who works for one party comes in at: their questionnaire, what is recorded of them, and the terms that they must meet."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from helder.office.decisions import needs
from helder.office.parties import party_name
from helder.office.register import registers
from helder.office.rows import seen
from helder.office.views import acting, shown
from helder.registers.clocks.models import Clock
from helder.registers.clocks.overview import Row, rows
from helder.registers.clocks.rules import State
from helder.registers.parties.models import Party
from helder.registers.scans.comparison import supplier
from helder.registers.scans.rules import newest

_AGREED = ("role", "contract", "notice_hours", "standard", "audited", "audited_on", "risk_assessed", "risk_assessed_on",
           "suspended", "suspended_since")  # fmt: skip


@needs("read", "own")
@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """The page. Of a term it says what law and calendar say; what the team notes about it stays with the team."""
    user = acting(request)
    if not user.own_only:
        return redirect("home")
    party = seen(Party, user).filter(current=True, withdrawn=False).order_by("at").last()
    agreed = [(registers()["parties"].label(name), shown(party, name)) for name in _AGREED] if party else []
    asked, scanned = newest().questions.values(), supplier(user.party)
    open_ = [one for one in asked if one.must and one.id not in scanned.given] if scanned else []
    context = {
        "name": party_name(user.party),
        "party": party,
        "agreed": agreed,
        "scanned": scanned,
        "asked": len(asked),
        "open": len(open_),
        "clocks": [_by_law(row) for row in rows(timezone.now(), seen(Clock, user))],
    }
    return render(request, "own.html", context)


def _by_law(row: Row) -> Row:
    """A term as law and calendar have it: that the team put it before the regulator is the team's to tell."""
    undecided = row.reading.state is State.UNDECIDED
    return replace(row, reading=replace(row.reading, state=State.NO_NUMBER)) if undecided else row
