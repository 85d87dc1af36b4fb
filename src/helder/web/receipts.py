"""Delivery receipts that Notify posts to the office: `notify/receipts/`, closed unless HELDER_RECEIPTS_TOKEN is set."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from helder.delivery.callbacks import Callbacks
from helder.delivery.ledger import FILE, Ledger
from helder.office.decisions import open_to_all


@open_to_all
@csrf_exempt
def receipts(request: HttpRequest) -> HttpResponse:
    """Take one receipt. Who has no token learns nothing, not even which rounds there are."""
    if not settings.HELDER_RECEIPTS_TOKEN:
        raise Http404
    taken = Callbacks(settings.HELDER_RECEIPTS_TOKEN, _ledgers()).status({**request.META, "wsgi.input": request})
    return HttpResponse(status=int(taken.split()[0]))


def _ledgers() -> Iterator[Ledger]:
    """Those of all rounds of which something was sent, opened when they are asked for."""
    for path in sorted((settings.HELDER_CASE / "rounds").glob(f"*/{FILE}")):
        with closing(Ledger(path)) as ledger:
            yield ledger
