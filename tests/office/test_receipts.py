"""Notify tells the office what became of each message: with our token alone, and every look at the account says it."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from delivery.parcels import message
from helder.delivery.callbacks import receipts_token
from helder.delivery.ledger import FILE, Ledger, State
from helder.domain.errors import CaseError
from office.served import serving

pytestmark = pytest.mark.any_database

TOKEN = "a-long-random-token-0123456789"


@pytest.fixture(scope="module")
def case(checked):
    place = next(path.parent for path in sorted((checked / "rounds").glob("*/round.json")))
    ledger = Ledger(place / FILE)
    ledger.begin(message("R2-0001"), "notify")
    ledger.finish("R2-0001", State.SENT, receipt="id-1")
    ledger.close()
    return checked


def post(said, body, token=TOKEN):
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    request = urllib.request.Request(said["address"] + "notify/receipts/", json.dumps(body).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        return error.code


def told(**more):
    return {"id": "id-1", "reference": "R2-0001", "to": "anna@example.org", "status": "permanent-failure", **more}


def fate(case):
    ledger = Ledger(next(Path(case).glob(f"rounds/*/{FILE}")))
    try:
        return ledger.entry("R2-0001").fate
    finally:
        ledger.close()


def test_the_office_takes_receipts_with_the_token_and_nothing_without(case):
    with serving(case, HELDER_RECEIPTS_TOKEN=TOKEN) as said:
        assert post(said, told(), token="") == 403
        assert post(said, told(), token=TOKEN[:-1] + "8") == 403
        assert post(said, told(reference="R2-0002")) == 404
        assert post(said, ["no receipt"]) == 400
        assert fate(case) == ""
        assert [post(said, told()), post(said, told())] == [204, 204]
    assert fate(case) == "permanent-failure"


def test_without_a_token_the_address_is_closed(case):
    with serving(case, HELDER_RECEIPTS_TOKEN="") as said:
        assert post(said, told(status="delivered")) == 404


def test_a_token_that_is_easily_guessed_is_refused():
    assert receipts_token({}) == ""
    with pytest.raises(CaseError, match="too short"):
        receipts_token({"HELDER_RECEIPTS_TOKEN": "secret"})
