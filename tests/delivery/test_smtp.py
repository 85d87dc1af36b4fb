"""E-mail, against a real mail server: encrypted, the same subject for everybody, and never twice."""

from __future__ import annotations

import pytest

from delivery.parcels import message
from delivery.smtp_server import PASSWORD, mail_server
from helder.case.channels import SmtpChannel
from helder.delivery.ledger import State
from helder.delivery.sending import Pace, Sending
from helder.delivery.smtp import Smtp
from helder.domain.errors import DeliveryError


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return tmp_path_factory.mktemp("mail")


@pytest.fixture(scope="module")
def running(home):
    with mail_server(home) as server:
        yield server


@pytest.fixture
def server(running):
    for kept in (running.taken, running.recipients, running.rcpt_faults, running.data_faults):
        kept.clear()
    return running


@pytest.fixture
def send(server, ledger, home):
    def sent(*messages, password=PASSWORD, **more):
        told = {
            "kind": "smtp", "host": "127.0.0.1", "port": server.port, "user": "helder", "sender": "post@lab.example",
            "sender_name": "Het laboratorium", "ca_file": str(home / "cert.pem"),
            "subject": {"nl": "Een bericht van het laboratorium", "en": "A message from the laboratory"},
        }  # fmt: skip
        channel = Smtp("mail", SmtpChannel.model_validate({**told, **more}), password)
        return Sending("mail", channel, ledger, Pace(1, 3, 0.01)).run(messages)

    return sent


def mail(n, **more):
    return message(f"R2-{n:04d}", to=f"person{n}@example.org", **more)


def test_an_email_holds_the_letter_and_a_subject_that_says_nothing(server, ledger, send):
    assert send(mail(1, text="Uw testuitslag is gestolen.\n.\n.begint met een punt")) == {"sent": 1}
    [taken] = server.taken
    assert taken["Subject"] == "Een bericht van het laboratorium"
    assert taken["From"] == "Het laboratorium <post@lab.example>"
    assert taken["Content-Language"] == "nl"
    assert taken.get_content().splitlines() == ["Uw testuitslag is gestolen.", ".", ".begint met een punt"]
    assert server.recipients == ["person1@example.org"]
    assert ledger.entry("R2-0001").receipt == taken["Message-ID"]


def test_the_message_id_is_the_letters_own_and_says_nothing(server, send, ledger):
    send(mail(1), mail(2))
    first, second = (one["Message-ID"] for one in server.taken)
    assert first != second
    assert "R2" not in first
    ledger.finish("R2-0001", State.WAITING)
    send(mail(1))
    assert server.taken[2]["Message-ID"] == first


def test_the_pdf_goes_along_only_when_told(server, send):
    send(mail(1, pdf=b"%PDF-1.7 made up", language="en"))
    send(mail(2, pdf=b"%PDF-1.7 made up"), attach_pdf=True)
    assert [[part.get_content() for part in one.iter_attachments()] for one in server.taken] == [
        [],
        [b"%PDF-1.7 made up"],
    ]
    assert server.taken[0]["Subject"] == "A message from the laboratory"


@pytest.mark.parametrize("fault", ["reset, taken", "reset, not taken"])
def test_a_line_that_breaks_after_data_is_for_a_person_to_judge(server, ledger, send, fault):
    server.data_faults.append(fault)
    assert send(mail(1), mail(2)) == {"unsure": 1, "sent": 1}
    assert send(mail(1), mail(2)) == {"unsure": 1, "before": 1}
    taken = len(server.taken)
    assert ledger.settle(State.SENT if fault == "reset, taken" else State.WAITING) == 1
    send(mail(1), mail(2))
    assert sorted(server.recipients) == ["person1@example.org", "person2@example.org"]
    assert len(server.taken) == max(taken, 2)


def test_after_a_kill_before_the_final_dot_it_is_sent_after_it_a_person_judges(server, ledger, send):
    ledger.begin(mail(1), "mail")
    ledger.begin(mail(2), "mail")
    ledger.mark("R2-0002", "dot")
    assert send(mail(1), mail(2)) == {"sent": 1, "unsure": 1}
    assert server.recipients == ["person1@example.org"]


def test_busy_is_tried_again_and_no_such_address_is_not(server, ledger, send):
    server.rcpt_faults.extend(["451 busy", None, None, "550 no such user anna@example.org"])
    server.data_faults.extend(["452 full"])
    assert send(mail(1), mail(2)) == {"sent": 1, "refused": 1}
    assert ledger.entry("R2-0001").attempts == 3
    assert ledger.entry("R2-0002").why == "smtp_550"
    assert not any("anna" in str(entry) for entry in ledger.entries())


def test_content_that_is_refused_is_refused(server, ledger, send):
    server.data_faults.append("554 spam")
    assert send(mail(1)) == {"refused": 1}
    assert ledger.entry("R2-0001").why == "smtp_554"


@pytest.mark.parametrize(
    "to", ["", "nobody", "a b@example.org", "a@b@c", "anna@example.org\r\nBcc: x@example.org", "\u00e9va@example.org"]
)
def test_what_is_no_address_is_refused_before_it_leaves(server, send, to):
    assert send(message("R2-0001", to=to)) == {"refused": 1}
    assert not server.recipients


def test_a_wrong_password_is_one_clear_error_without_it(server, ledger, send):
    with pytest.raises(DeliveryError, match="does not let us in") as caught:
        send(mail(1), password="wrong-password")
    assert "wrong-password" not in str(caught.value)
    assert ledger.counts() == {State.WAITING: 1}


def test_a_certificate_that_is_not_trusted_stops(server, send):
    with pytest.raises(DeliveryError, match="not trusted"):
        send(mail(1), ca_file=None)
    assert not server.taken


def test_a_server_without_encryption_gets_nothing(ledger, home, send):
    with mail_server(home, encrypted=False) as plain:
        with pytest.raises(DeliveryError, match="no encryption"):
            send(mail(1), port=plain.port)
        assert not plain.taken


def test_a_server_that_is_not_there_leaves_the_letter_waiting(ledger, send):
    assert send(mail(1), port=1) == {"waiting": 1}
    assert ledger.entry("R2-0001").why == "connectionrefusederror"
