"""What a carrier says became of a message counts in each look at the round, whoever told it."""

from __future__ import annotations

import pytest

from cli.run import helder
from delivery.notify_server import API_KEY, notify_server
from delivery.rounds import DISK, KEYS, NOW, adds_up, ready, references
from helder.delivery.ledger import State
from helder.delivery.parcels import Parcel
from helder.domain.errors import RoundError
from helder.engines.parquet import read_parquet
from helder.pipeline.carriers import open_ledger
from helder.pipeline.delivering import handover
from helder.pipeline.returning import account_of, ask_fates, close, who
from helder.pipeline.telling import catch_up

NOTIFY = '[channels.notify]\nkind = "notify"\ncarries = "email"\ntemplate = "t"\nbase_url = "{url}"\n'


@pytest.fixture
def gone(copied):
    case = ready(copied(DISK))
    handover(case, KEYS, "one", now=NOW, environ={})
    return case


def told(case):
    return read_parquet([case / "rounds" / "told.parquet.sealed"], KEYS).to_pylist()


def test_carriers_are_asked_what_became_of_a_message_and_who_missed_it_is_not_told(gone):
    first, second, *_ = references(gone)
    toml = (gone / "case.toml").read_text()
    with notify_server() as server:
        (gone / "case.toml").write_text(toml + NOTIFY.format(url=server.url))
        server.taken = [
            {"id": f"id-{ref}", "reference": ref, "type": "email", "status": "delivered"} for ref in (first, second)
        ]
        server.taken[1]["status"] = "permanent-failure"
        with open_ledger(gone, "one") as ledger:
            for ref in (first, second):
                ledger.begin(Parcel(ref, ""), "notify")
                ledger.finish(ref, State.SENT, receipt=f"id-{ref}")
        environ = {"HELDER_CHANNEL_NOTIFY_SECRET": API_KEY}
        assert ask_fates(gone, KEYS, "one", environ) == 2
        assert ask_fates(gone, KEYS, "one", environ) == 0
    account = adds_up(account_of(gone, KEYS, "one"))
    assert (account["failed"], account["confirmed"]) == (1, 1)
    assert (account["failures"], account["steps"], account["open"]) == (
        {"permanent-failure": 1},
        {"other_channel": 1},
        1,
    )
    assert catch_up(gone, KEYS, "one")
    assert {row["reference"] for row in told(gone) if row["status"] == "returned"} == {second}
    with pytest.raises(RoundError, match="1 undelivered letters wait"):
        close(gone, KEYS, "one", reason="", now=NOW)
    [missed] = [one for one in who(gone, KEYS, "one") if one["why"] == "failed"]
    assert (missed["reason"], missed["step"]) == ("permanent-failure", "other_channel")


def test_a_receipt_that_came_in_meanwhile_marks_who_was_not_told_at_the_next_look(gone, tmp_path):
    (tmp_path / "case.key").write_text("64" * 32)
    (tmp_path / "case.key").chmod(0o600)
    first = references(gone)[0]
    with open_ledger(gone, "one") as ledger:
        ledger.begin(Parcel(first, ""), "notify")
        ledger.finish(first, State.SENT, receipt="id-1")
        assert ledger.tell_fate(first, "id-1", "permanent-failure")
    account = adds_up(helder("round", "returns", gone, "one", "--json").document)
    assert (account["failed"], account["steps"]) == (1, {"other_channel": 1})
    assert {row["reference"] for row in told(gone) if row["status"] == "returned"} == {first}
