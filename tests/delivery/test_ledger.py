"""The ledger is on the disk, locked while in use, and says so when it is damaged."""

from __future__ import annotations

import pytest

from delivery.parcels import message
from helder.delivery.ledger import Ledger, State
from helder.delivery.secrets import optional_secret, secret
from helder.domain.errors import BusyError, DeliveryError, StorageError


def test_what_was_written_is_there_after_the_process_is_gone(tmp_path):
    path = tmp_path / "delivery.db"
    first = Ledger(path)
    first.begin(message("R2-1", to="anna@example.org"), "mail")
    second = Ledger(path)
    assert second.entry("R2-1").state == State.SENDING
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"anna" not in b"".join(part.read_bytes() for part in tmp_path.iterdir())
    first.close(), second.close()


def test_two_handovers_of_one_round_do_not_run_at_once(ledger):
    with ledger.alone(), pytest.raises(BusyError, match="being handed over"), ledger.alone():
        pass
    with ledger.alone():
        pass


def test_a_damaged_ledger_is_said_and_never_begun_anew(tmp_path):
    path = tmp_path / "delivery.db"
    path.write_bytes(b"no database" * 1000)
    with pytest.raises(StorageError, match="cannot be used") as caught:
        Ledger(path)
    assert "Never delete it" in caught.value.do
    assert path.read_bytes().startswith(b"no database")


def test_a_table_that_somebody_dropped_is_said(ledger):
    ledger._db.execute("DROP TABLE parcel")
    for use in (ledger.counts, lambda: ledger.tell_fate("a", "b", "delivered")):
        with pytest.raises(StorageError, match="cannot be used"):
            use()


def test_a_confirmed_parcel_stays_confirmed_and_only_a_sent_one_is(ledger):
    ledger.begin(message("R2-1"), "mail")
    ledger.confirm("R2-1")
    assert ledger.entry("R2-1").state == State.SENDING
    ledger.finish("R2-1", State.SENT)
    ledger.confirm("R2-1")
    assert ledger.entry("R2-1").state == State.CONFIRMED


def test_a_secret_comes_from_the_environment_or_its_variable_is_named():
    assert secret("mail", "SECRET", {"HELDER_CHANNEL_MAIL_SECRET": "x"}) == "x"
    assert optional_secret("mail", "PASSPHRASE", {}) is None
    with pytest.raises(DeliveryError, match="not set") as caught:
        secret("mail", "SECRET", {})
    assert caught.value.where == "HELDER_CHANNEL_MAIL_SECRET"
