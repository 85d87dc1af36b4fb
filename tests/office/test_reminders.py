"""Reminders before a term ends: which are due, each sent once over a real mail server; and the calendar feed."""

from __future__ import annotations

import datetime as dt
import json
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from cli.run import helder
from cli.test_json import documented
from delivery.smtp_server import PASSWORD, mail_server
from helder.domain.errors import CaseError, DeliveryError
from helder.registers.clocks.duties import duties
from helder.registers.clocks.rules import read_clock, stage_due
from helder.web.mail import mail_settings
from office.conftest import just_logged_in

NL = ZoneInfo("Europe/Amsterdam")
STARTED = "2025-08-06 14:20"  # 72 hours: ends 2025-08-09 15:00


def at(text):
    return dt.datetime.fromisoformat(text).replace(tzinfo=NL)


STAGES = [
    # duty, done, now, stage
    ("gdpr_33_1", None, "2025-08-06 15:00", None),
    ("gdpr_33_1", None, "2025-08-08 14:59", None),
    ("gdpr_33_1", None, "2025-08-08 15:00", "hours_24"),
    ("gdpr_33_1", None, "2025-08-09 10:59", "hours_24"),
    ("gdpr_33_1", None, "2025-08-09 11:00", "hours_4"),
    ("gdpr_33_1", None, "2025-08-09 15:00", "ended"),
    ("gdpr_33_1", None, "2026-08-09 15:00", "ended"),
    ("gdpr_33_1", "2025-08-07 09:00", "2025-08-09 11:00", None),
    ("gdpr_33_1", "2025-08-10 09:00", "2025-08-10 11:00", None),
    ("gdpr_12_3", None, "2025-08-30 00:00", None),
    ("gdpr_12_3", None, "2025-09-02 00:00", "days_7"),
    ("gdpr_33_2", None, "2025-08-09 11:00", None),
    ("cbw_notification", None, "2025-08-09 11:00", None),
]


@pytest.mark.parametrize(("duty", "done", "now", "stage"), STAGES)
def test_which_reminder_is_due(duty, done, now, stage):
    reading = read_clock(duties("nl")[duty], at(STARTED), done and at(done), at(now))
    assert stage_due(reading, at(now)) == stage


def test_a_stage_as_long_as_the_term_is_left_out_also_over_the_begin_of_summer_time():
    reading = read_clock(duties("nl")["cbw_early_warning"], at("2027-03-27 14:20"), None, at("2027-03-27 15:00"))
    assert stage_due(reading, at("2027-03-27 15:00")) is None  # 24 hours, of which the clocks show 25


@pytest.fixture
def clock(db, user):
    """A clock of 72 hours, and a coordinator who wants reminders in English."""
    from helder.office import entries
    from helder.registers.clocks.models import Clock

    author = user("coordinator")
    type(author).objects.filter(pk=author.pk).update(email="eva@example.org", language="en")
    content = {
        "duty": "gdpr_33_1",
        "party": "bvo",
        "to": "ap",
        "started": at(STARTED),
        "source": "letter of Jan Jansen",
    }
    return entries.add(Clock, author, content)


@pytest.fixture
def mail(tmp_path, settings_changed, monkeypatch):
    """A mail server with STARTTLS and a password, and the office set up for it."""
    with mail_server(tmp_path) as server:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
        url = f"smtp://helder:{PASSWORD}@127.0.0.1:{server.port}"
        monkeypatch.setenv("HELDER_SMTP", url)
        settings_changed(**mail_settings(url, "helder@example.org"), HELDER_HOST="office.example")
        yield server


def send(now):
    from django.core.mail import get_connection

    from helder.registers.clocks import reminders

    return reminders.send(at(now), get_connection())


def test_each_reminder_goes_once_however_often_the_timer_calls(clock, mail, lines):
    assert send("2025-08-07 12:00") == (0, 0)
    assert send("2025-08-08 15:00") == (1, 0)
    assert send("2025-08-08 15:15") == (0, 0)
    assert send("2025-08-09 11:00") == (1, 0)
    assert send("2025-08-09 16:00") == (1, 0)
    assert send("2025-08-19 16:00") == (0, 0)
    assert mail.recipients == ["eva@example.org"] * 3
    assert [one["Subject"] for one in mail.taken] == [
        "1 day left: notify the supervisory authority",
        "4 hours left: notify the supervisory authority",
        "1 hour late: notify the supervisory authority",
    ]
    assert [action for _, action, _ in lines() if action == "clocks.reminded"] == ["clocks.reminded"] * 3


def test_a_mail_says_what_ends_when_and_where_and_names_nobody(clock, mail):
    send("2025-08-08 15:00")
    (one,) = mail.taken
    text = one.get_content()
    assert "The term ends at 2025-08-09 15:00." in text
    assert f"https://office.example/clocks/{clock.entry}/" in text
    assert "GDPR art. 33(1)" in text
    assert one["Auto-Submitted"] == "auto-generated"
    assert "Jansen" not in one.as_string()


def test_a_term_that_was_moved_is_reminded_of_again(clock, mail):
    from helder.office import entries

    send("2025-08-08 15:00")
    entries.correct(type(clock), clock.author, clock.entry, {"started": at("2025-08-06 18:20")}, "a later letter", 1)
    assert send("2025-08-08 19:00") == (1, 0)


def test_who_left_may_not_read_clocks_or_gave_no_address_gets_none(clock, mail, user):
    for role in ("supplier", "desk"):
        somebody = user(role)
        type(somebody).objects.filter(pk=somebody.pk).update(email=f"{role}@example.org")
    user("auditor")
    left = user("approver")
    type(left).objects.filter(pk=left.pk).update(email="left@example.org", is_active=False)
    send("2025-08-08 15:00")
    assert mail.recipients == ["eva@example.org"]


def test_what_the_server_refuses_is_counted_and_tried_again(clock, mail):
    mail.rcpt_faults.append("550 no such mailbox")
    mail.data_faults.append("451 later")
    assert send("2025-08-08 15:00") == (0, 1)
    assert send("2025-08-08 15:15") == (0, 1)
    assert send("2025-08-08 15:30") == (1, 0)


def test_a_mail_that_may_have_gone_is_sent_again_with_the_same_id(clock, mail):
    mail.data_faults.append("reset, taken")
    with pytest.raises(DeliveryError, match="cannot be used"):
        send("2025-08-08 15:00")
    assert send("2025-08-08 15:15") == (1, 0)
    first, second = mail.taken
    assert first["Message-ID"] == second["Message-ID"]


def test_the_command_sends_and_says_how_many(office, clock, mail):
    key = {"HELDER_KEY": "0f" * 32}
    mail.rcpt_faults.append("550 no such mailbox")
    refused = helder("remind", office, "--json", env=key)
    assert (refused.code, refused.document) == (14, {"sent": 0, "refused": 1})
    done = helder("remind", office, "--json", env=key)
    assert done.document == {"sent": 1, "refused": 0}
    assert done.document.keys() == documented("remind")
    assert helder("remind", office, env=key).out.strip() == "0 sent, 0 refused."


def test_without_a_mail_server_the_command_says_what_to_set(office, monkeypatch):
    monkeypatch.delenv("HELDER_SMTP", raising=False)
    assert "HELDER_SMTP=smtp://" in helder("remind", office, env={"HELDER_KEY": "0f" * 32}).err


@pytest.mark.parametrize(
    ("url", "tls", "ssl", "port"),
    [
        ("smtp://me:pw@mail.example", True, False, 587),
        ("smtps://mail.example", False, True, 465),
        ("smtp://127.0.0.1:2525", False, False, 2525),
        ("smtp://me:pw@127.0.0.1:2525", True, False, 2525),
    ],
)
def test_mail_leaves_this_machine_encrypted_only(url, tls, ssl, port):
    found = mail_settings(url, "a@b.example")
    assert (found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"], found["EMAIL_PORT"]) == (tls, ssl, port)


@pytest.mark.parametrize(("url", "sender"), [("http://mail.example", "a@b"), ("smtp://", "a@b"), ("smtp://h", "")])
def test_a_setting_that_is_no_mail_server_is_refused(url, sender):
    with pytest.raises(CaseError):
        mail_settings(url, sender)


def events(client, address):
    answer = client.get(address)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return answer.content, list(Calendar.from_ical(answer.content).walk("VEVENT"))


@pytest.fixture
def address(client, clock):
    """The feed's address, as the page shows it once."""
    just_logged_in(client, clock.author)
    page = client.post("/reminders/calendar/").content.decode()
    return page.split("<code>http://localhost")[1].split("<")[0]


def test_the_feed_has_every_end_and_names_nobody(client, clock, address):
    from helder.office import entries

    content, (event,) = events(client, address)
    assert event["DTSTART"].dt == at("2025-08-09 15:00")
    assert str(event["SUMMARY"]) == "! notify the supervisory authority: bvo → ap"
    assert b"Jansen" not in content
    assert clock.author.name.encode() not in content
    # Done, then withdrawn: the same event, with a higher sequence.
    entries.correct(type(clock), clock.author, clock.entry, {"met": at("2025-08-07 09:00")}, "sent", 1)
    _, (done,) = events(client, address)
    assert (done["UID"], done["SEQUENCE"], str(done["SUMMARY"])[0]) == (event["UID"], 2, "✓")
    entries.withdraw(type(clock), clock.author, clock.entry, "a mistake", 2)
    _, (gone,) = events(client, address)
    assert (gone["UID"], gone["STATUS"]) == (event["UID"], "CANCELLED")


def test_a_clock_that_runs_rings_a_day_before(client, clock, address):
    from helder.office import entries

    now = dt.datetime.now(NL)
    entries.correct(type(clock), clock.author, clock.entry, {"started": now}, "now", 1)
    _, (event,) = events(client, address)
    (alarm,) = event.walk("VALARM")
    assert alarm["TRIGGER"].dt == dt.timedelta(hours=-24)


def test_a_feed_address_opens_the_feed_only_and_nothing_else_opens_it(client, clock, address):
    from helder.office import tokens

    secret = address.removeprefix("/calendar/").removesuffix(".ics")
    assert secret not in client.get("/reminders/").content.decode()
    assert client.get("/api/v1/clocks", headers={"Authorization": f"Bearer {secret}"}).status_code == 403
    other = tokens.make(clock.author, "other", ["clocks:read"])
    for wrong in (f"/calendar/{other}.ics", "/calendar/helder_x.ics", "/calendar/x.ics"):
        assert client.get(wrong).status_code == 404
    client.post("/reminders/calendar/")
    assert client.get(address).status_code == 404


def test_who_may_not_read_clocks_any_more_has_no_feed(client, clock, address):
    type(clock.author).objects.filter(pk=clock.author.pk).update(roles=["supplier"])
    assert client.get(address).status_code == 404


def test_one_gives_and_takes_away_an_address_for_reminders(client, user, lines):
    somebody = user("communication")
    just_logged_in(client, somebody)
    assert client.post("/reminders/", {"email": "no address"}).status_code == 422
    client.post("/reminders/", {"email": "me@example.org"})
    somebody.refresh_from_db()
    assert somebody.email == "me@example.org"
    client.post("/reminders/", {"email": ""})
    somebody.refresh_from_db()
    assert somebody.email == ""
    assert "me@example.org" not in json.dumps(lines())
    assert [action for _, action, _ in lines()] == ["user.reminders", "user.reminders"]
