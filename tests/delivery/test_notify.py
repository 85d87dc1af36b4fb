"""Notify, against a server that speaks its API: tokens, limits, lost answers; nothing twice, nothing missed."""

from __future__ import annotations

import datetime as dt
import sqlite3

import pytest

from delivery.notify_server import API_KEY, SERVICE, notify_server
from delivery.parcels import message
from helder.case.channels import NotifyChannel
from helder.delivery.ledger import State
from helder.delivery.notify import Notify
from helder.delivery.sending import Pace, Sending
from helder.domain.errors import DeliveryError


@pytest.fixture
def server():
    with notify_server() as running:
        yield running


def channel(server, carries="post", key=API_KEY, **more):
    told = {"kind": "notify", "carries": carries, "base_url": server.url}
    if carries != "post":
        told["template"] = "f33517ff-2a88-4f6e-b855-c550268ce08a"
    return Notify("notify", NotifyChannel.model_validate({**told, **more}), key, timeout=5)


def send(server, ledger, messages, carries="post", at_once=1, attempts=3, per_day=None, key=API_KEY, **more):
    pace = Pace(at_once, attempts, 0.01, per_day)
    return Sending("notify", channel(server, carries, key, **more), ledger, pace).run(messages)


def letters(count):
    return [message(f"R2-{n:04d}", pdf=b"%PDF-1.7 made up") for n in range(count)]


def test_letters_go_as_precompiled_pdf_with_their_reference(server, ledger):
    assert send(server, ledger, letters(3)) == {"sent": 3}
    assert server.references() == ["R2-0000", "R2-0001", "R2-0002"]
    assert ledger.entry("R2-0001").receipt == server.taken[1]["id"]


@pytest.mark.parametrize(
    ("carries", "to", "field"),
    [("email", "anna@example.org", "email_address"), ("sms", "+31600000000", "phone_number")],
)
def test_email_and_text_go_by_the_template(server, ledger, carries, to, field):
    assert send(server, ledger, [message("R2-0001", to=to, text="Wat er is gebeurd")], carries) == {"sent": 1}
    taken = server.taken[0]
    assert (taken[field], taken["personalisation"], taken["reference"]) == (
        to,
        {"text": "Wat er is gebeurd"},
        "R2-0001",
    )


@pytest.mark.parametrize("fault", ["lost", "dropped", (500, "Error"), (502, "BadGateway"), (503, "Unavailable")])
def test_an_answer_that_got_lost_is_looked_up_before_anything_is_sent_again(server, ledger, fault):
    server.faults.append(fault)
    assert send(server, ledger, letters(2)) == {"sent": 2}
    assert sorted(server.references()) == ["R2-0000", "R2-0001"]
    assert server.asked == [{"reference": ["R2-0000"], "template_type": ["letter"]}]


def test_a_service_that_shows_late_what_it_took_gets_it_once(server, ledger):
    """Asked at once it knows of nothing: by 'not there' the letter would be sent a second time."""
    server.faults.append("lost")
    server.shown_after = 0.4
    assert send(server, ledger, letters(1), found_after=0.8) == {"sent": 1}
    assert server.references() == ["R2-0000"]
    server.faults.append("dropped")
    assert send(server, ledger, [letters(2)[1]], found_after=0.8) == {"sent": 1}
    assert server.references() == ["R2-0000", "R2-0001"]


def test_many_at_once_with_many_lost_answers_arrive_once_each(server, ledger):
    server.faults.extend(["lost", None, "dropped", None, (500, "Error"), (429, "RateLimitError")] * 8)
    server.faults.extend([None] * 2)
    pace = Pace(4, 8, 0.01)
    messages = letters(40)
    assert Sending("notify", channel(server), ledger, pace).run(messages) == {"sent": 40}
    assert sorted(server.references()) == [one.id for one in messages]


def test_after_a_kill_a_message_that_was_taken_is_found(server, ledger):
    first, second = letters(2)
    send(server, ledger, [first])
    ledger.begin(first, "notify")  # as a killed process leaves it
    ledger.mark(first.id, "posted")
    ledger.begin(second, "notify")
    assert send(server, ledger, [first, second]) == {"sent": 2}
    assert server.references() == [first.id, second.id]


def test_what_the_service_may_have_forgotten_waits_for_a_person(server, ledger, tmp_path):
    [one] = letters(1)
    ledger.begin(one, "notify")
    ledger.mark(one.id, "posted")
    old = (dt.datetime.now(dt.UTC) - dt.timedelta(days=8)).isoformat()
    with sqlite3.connect(tmp_path / "delivery.db") as db:
        db.execute("UPDATE parcel SET at = ?", [old])
    assert send(server, ledger, [one]) == {"unsure": 1}
    assert send(server, ledger, [one]) == {"unsure": 1}
    assert not server.taken
    assert ledger.settle(State.WAITING) == 1
    assert send(server, ledger, [one]) == {"sent": 1}


def test_too_fast_is_slowed_down_and_the_day_is_full_is_for_tomorrow(server, ledger):
    server.faults.extend([None, (429, "TooManyRequestsError")])
    assert send(server, ledger, letters(5)) == {"sent": 1, "later": 1}
    assert ledger.counts() == {State.SENT: 1, State.WAITING: 1}
    assert send(server, ledger, letters(5)) == {"before": 1, "sent": 4}


def test_our_own_daily_limit_holds_over_several_runs(server, ledger):
    assert send(server, ledger, letters(5), per_day=3) == {"sent": 3, "later": 1}
    assert send(server, ledger, letters(5), per_day=3) == {"before": 3, "later": 1}
    assert server.posts == 3
    assert send(server, ledger, letters(5), per_day=5) == {"before": 3, "sent": 2}


def test_a_message_that_is_refused_is_not_tried_again_and_others_go_on(server, ledger):
    bad = message("R2-BAD", pdf=b"no pdf")
    assert send(server, ledger, [bad, *letters(1)]) == {"refused": 1, "sent": 1}
    entry = ledger.entry("R2-BAD")
    assert (entry.state, entry.why, entry.attempts) == (State.REFUSED, "http_400_ValidationError", 1)
    assert send(server, ledger, [bad]) == {"refused": 1}
    assert server.posts == 2


def test_a_service_that_refuses_everything_is_not_asked_for_all(server, ledger):
    with pytest.raises(DeliveryError, match="refuses one after the other"):
        send(server, ledger, [message(f"R2-{n}", pdf=b"no pdf") for n in range(500)])
    assert server.posts == 20


def test_what_was_refused_before_the_channel_was_mended_does_not_stop_the_others(server, ledger):
    bad = [message(f"R1-{n:04d}", pdf=b"no pdf") for n in range(20)]
    with pytest.raises(DeliveryError, match="refuses one after the other"):
        send(server, ledger, bad)
    assert send(server, ledger, [*bad, *letters(3)]) == {"refused": 20, "sent": 3}
    assert server.references() == ["R2-0000", "R2-0001", "R2-0002"]


def test_a_wrong_key_stops_at_once(server, ledger):
    wrong = f"loopback-{SERVICE}-{'0' * 8}-0000-0000-0000-{'0' * 12}"
    with pytest.raises(DeliveryError, match="does not accept our key") as caught:
        send(server, ledger, letters(5), key=wrong)
    assert "0000-" not in str(caught.value)
    assert ledger.counts() == {State.WAITING: 1}


def test_a_key_that_is_none_and_a_line_without_encryption_are_refused(server):
    with pytest.raises(DeliveryError, match="no key of Notify"):
        channel(server, key="secret")
    with pytest.raises(DeliveryError, match="unencrypted"):
        channel(server, base_url="http://notify.example")


def test_the_services_words_are_not_repeated(server, ledger, capfd):
    """They may hold an address."""
    server.faults.extend([(400, "BadRequestError"), (500, "Error"), (400, "Bad anna@example.org")])
    send(server, ledger, letters(2))
    out, err = capfd.readouterr()
    kept = "".join(str(entry) for entry in ledger.entries())
    assert "anna" not in out + err + kept


def test_the_fate_of_a_message_can_be_asked_for(server, ledger):
    send(server, ledger, letters(1))
    server.taken[0]["status"] = "delivered"
    connection = channel(server).connect()
    assert connection.fate(ledger.entry("R2-0000").receipt) == "delivered"
    connection.close()


def test_a_letter_without_pdf_is_refused_before_it_leaves(server, ledger):
    assert send(server, ledger, [message("R2-0001")]) == {"refused": 1}
    assert server.posts == 0
