"""What a clock says: duty, start, done and now in; state, end and lateness out."""

from __future__ import annotations

import datetime as dt
import re
from zoneinfo import ZoneInfo

import pytest

from helder.registers.clocks.duties import duties
from helder.registers.clocks.rules import read_clock

NL = ZoneInfo("Europe/Amsterdam")


def at(text):
    """A moment on the clocks of the Netherlands; with an offset where they show a time twice."""
    moment = dt.datetime.fromisoformat(text) if text else None
    return moment and (moment.astimezone(NL) if moment.tzinfo else moment.replace(tzinfo=NL))


TABLE = [
    # duty, started, done, now, state, ends, late in minutes
    ("gdpr_33_1", "2025-08-06 14:20", "2025-08-06 18:00", "2025-08-20 00:00", "met", "2025-08-09 15:00", 0),
    ("gdpr_33_1", "2025-08-06 14:20", "2025-08-09 14:59", "2025-08-20 00:00", "met", "2025-08-09 15:00", 0),
    ("gdpr_33_1", "2025-08-06 14:20", "2025-08-09 15:00", "2025-08-20 00:00", "late", "2025-08-09 15:00", 0),
    ("gdpr_33_1", "2025-08-06 14:20", "2025-08-10 16:30", "2025-08-20 00:00", "late", "2025-08-09 15:00", 25 * 60 + 30),
    ("gdpr_33_1", "2025-08-06 14:20", "", "2025-08-08 00:00", "running", "2025-08-09 15:00", 0),
    ("gdpr_33_1", "2025-08-06 14:20", "", "2025-08-09 16:00", "overdue", "2025-08-09 15:00", 60),
    ("gdpr_33_1", "", "", "2025-08-09 16:00", "not_started", "", 0),
    ("gdpr_33_2", "2025-07-06 00:00", "2025-08-06 12:00", "2025-08-20 00:00", "no_number", "", 0),
    ("cbw_notification", "2025-07-06 12:00", "", "2025-08-20 00:00", "not_applicable", "", 0),
    ("cbw_notification", "2026-08-15 12:00", "", "2026-08-16 00:00", "running", "2026-08-18 13:00", 0),
    ("wkkgz_11", "2025-08-07 09:00", "", "2025-08-08 00:00", "running", "2025-08-13 00:00", 0),
    # Over the end of summer time: hours that pass count, not hands that are put back.
    ("gdpr_33_1", "2025-10-23 02:20", "2025-10-26 00:30+00:00", "2025-11-20", "met", "2025-10-26 01:00+00:00", 0),
    ("gdpr_33_1", "2025-10-23 02:20", "2025-10-26 01:30+00:00", "2025-11-20", "late", "2025-10-26 01:00+00:00", 30),
    ("gdpr_33_1", "2025-10-23 02:20", "", "2025-10-26 00:59+00:00", "running", "2025-10-26 01:00+00:00", 0),
    ("gdpr_33_1", "2025-10-22 14:20", "2025-10-26 15:00", "2025-11-20", "late", "2025-10-25 15:00", 25 * 60),
    ("gdpr_33_1", "2025-10-22 14:20", "", "2025-10-26 15:00", "overdue", "2025-10-25 15:00", 25 * 60),
    ("wkkgz_11", "2025-10-22 09:00", "2025-10-28 00:00", "2025-11-20", "late", "2025-10-28 00:00", 0),
    ("wkkgz_11", "2025-10-21 09:00", "2025-10-26 00:00", "2025-11-20", "late", "2025-10-25 00:00", 24 * 60),
    ("wkkgz_11", "2025-10-21 09:00", "2025-10-27 00:00", "2025-11-20", "late", "2025-10-25 00:00", 49 * 60),
    # Over its begin: a day of 23 hours.
    ("gdpr_33_1", "2025-03-27 02:20", "2025-03-30 03:59", "2025-04-20", "met", "2025-03-30 04:00", 0),
    ("gdpr_33_1", "2025-03-26 14:20", "2025-03-30 15:00", "2025-04-20", "late", "2025-03-29 15:00", 23 * 60),
    ("gdpr_33_1", "2025-03-26 14:20", "", "2025-03-30 15:00", "overdue", "2025-03-29 15:00", 23 * 60),
]


@pytest.mark.parametrize(("duty", "started", "done", "now", "state", "ends", "late"), TABLE)
def test_what_a_clock_says(duty, started, done, now, state, ends, late):
    found = read_clock(duties("nl")[duty], at(started), at(done), at(now), reason="staff away")
    assert found.state == state
    end = at(ends)
    assert (found.runs.ends if found.runs else None) == (end and end.astimezone(dt.UTC))
    assert found.late == dt.timedelta(minutes=late)


def test_being_late_needs_a_reason_where_the_law_asks_for_one():
    duty = duties("nl")["gdpr_33_1"]
    late = at("2025-08-06 14:20"), at("2025-08-20 00:00"), at("2025-08-21 00:00")
    assert read_clock(duty, *late).reason_missing
    assert not read_clock(duty, *late, reason="the laboratory told us late").reason_missing


def test_who_asked_the_regulator_waits_for_its_decision():
    duty = duties("nl")["gdpr_33_2"]
    found = read_clock(duty, at("2025-07-06 00:00"), None, at("2025-08-20 00:00"), asked_regulator=True)
    assert found.state == "undecided"


def test_an_extension_counts_from_the_start():
    duty = duties("nl")["gdpr_12_3"]
    found = read_clock(duty, at("2025-08-06 09:00"), None, at("2025-09-01 00:00"), extended=True)
    assert found.runs.ends == at("2025-11-07 00:00")


def test_every_duty_says_in_both_languages_what_is_owed_and_since_when():
    for duty in duties("nl").values():
        assert duty.duty.keys() == duty.starts.keys() == {"nl", "en"}
        assert bool(duty.term) is not bool(duty.no_number), duty.id


def test_a_country_without_a_file_has_no_duties():
    assert duties("zz") == {}


@pytest.mark.any_database
def test_holidays_of_the_country_are_those_of_the_law(office):
    from helder.registers.clocks.calendar import holiday

    # Algemene termijnenwet art. 3: also Good Friday and 5 May.
    named = [
        "2025-01-01",
        "2025-04-18",
        "2025-04-21",
        "2025-05-05",
        "2025-05-29",
        "2025-06-09",
        "2025-12-25",
        "2025-12-26",
    ]
    assert all(holiday(dt.date.fromisoformat(day)) for day in named)
    assert not holiday(dt.date(2025, 8, 6))


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("span", "nl", "en"),
    [
        (dt.timedelta(days=31, hours=2), "31 dagen en 2 uur", "31 days and 2 hours"),
        (dt.timedelta(days=1), "1 dag", "1 day"),
        (dt.timedelta(minutes=5), "5 minuten", "5 minutes"),
        (dt.timedelta(minutes=1), "1 minuut", "1 minute"),
        (dt.timedelta(hours=1, minutes=30), "1 uur", "1 hour"),
    ],
)
def test_a_length_of_time_in_words(office, span, nl, en):
    from django.utils import translation

    from helder.office.words import how_long

    for lang, words in (("nl", nl), ("en", en)):
        with translation.override(lang):
            assert how_long(span) == words


def test_the_page_shows_what_is_overdue_first(db, user, client):
    from helder.office import entries
    from helder.registers.clocks.models import Clock

    author = user("coordinator")
    for duty, party, started in (
        ("cbw_notification", "lab", "2025-07-06 12:00"),
        ("gdpr_33_1", "bvo", "2025-08-06 14:20"),
    ):
        entries.add(Clock, author, {"duty": duty, "party": party, "to": "x", "started": at(started), "source": "s"})
    client.force_login(author)
    page = client.get("/clocks/").content.decode()
    assert page.index("te laat en nog niet gedaan") < page.index("de wet gold nog niet")
    assert "6 aug 2025 15:00 tot 9 aug 2025 15:00" in " ".join(page.split())


# An agreed term of 24 hours: by contract, where the law gives no number.
AGREED = [
    ("gdpr_33_2", "2025-07-06 09:30", "", "2025-07-07 09:00", 24, "running", "2025-07-07 10:00", 0),
    ("gdpr_33_2", "2025-07-06 09:30", "2025-07-07 09:59", "2025-08-20 00:00", 24, "met", "2025-07-07 10:00", 0),
    ("gdpr_33_2", "2025-07-06 09:30", "2025-07-07 11:00", "2025-08-20 00:00", 24, "late", "2025-07-07 10:00", 60),
    ("principal_report", "2025-08-06 14:20", "", "2025-08-07 16:00", 24, "overdue", "2025-08-07 15:00", 60),
    ("gdpr_33_2", "2025-07-06 09:30", "", "2025-08-20 00:00", None, "no_number", "", 0),
    ("gdpr_34_1", "2025-07-06 09:30", "", "2025-08-20 00:00", 24, "no_number", "", 0),  # no contract's to give
    ("gdpr_33_1", "2025-08-06 14:20", "", "2025-08-08 00:00", 24, "running", "2025-08-09 15:00", 0),  # the law's 72
]


@pytest.mark.parametrize(("duty", "started", "done", "now", "agreed", "state", "ends", "late"), AGREED)
def test_a_contract_gives_the_number_where_the_law_gives_none(duty, started, done, now, agreed, state, ends, late):
    found = read_clock(duties("nl")[duty], at(started), at(done), at(now), agreed=agreed)
    assert (found.state, found.late) == (state, dt.timedelta(minutes=late))
    assert (found.runs.ends if found.runs else None) == at(ends)
    assert found.by_contract is (bool(ends) and duty != "gdpr_33_1")


def test_the_agreed_term_of_the_party_that_owes_makes_its_clock_run(db, user, client):
    from helder.office import entries
    from helder.registers.clocks.models import Clock
    from helder.registers.parties.models import Party

    author = user("coordinator")
    content = {"duty": "gdpr_33_2", "party": "lab", "to": "bvo", "source": "s", "reason": "the director was away"}
    entries.add(Clock, author, content | {"started": at("2025-07-06 09:30"), "met": at("2025-07-07 11:00")})
    client.force_login(author)
    assert "de wet geeft geen getal" in client.get("/clocks/").content.decode()
    lab = {"short": "lab", "name": "Lab", "role": "processor", "source": "contract", "notice_hours": 24}
    entries.add(Party, author, lab)
    page = client.get("/clocks/").content.decode()
    assert "te laat gedaan, volgens contract</strong> · 1 uur" in page
    assert "7 jul 2025 10:00" in page
    assert "reden: the director was away" in page
    assert "te laat gedaan, volgens contract" in client.get("/timeline/").content.decode()


@pytest.mark.parametrize("hours", [0, -1, 24 * 367])
def test_an_agreed_term_lies_between_an_hour_and_a_year(db, user, hours):
    from django.core.exceptions import ValidationError

    from helder.office import entries
    from helder.registers.parties.models import Party

    lab = {"short": "lab", "name": "Lab", "role": "processor", "source": "contract", "notice_hours": hours}
    with pytest.raises(ValidationError) as refused:
        entries.add(Party, user("coordinator"), lab)
    assert list(refused.value.message_dict) == ["notice_hours"]


@pytest.mark.any_database
def test_the_form_and_the_page_say_which_event_starts_a_term(db, user, client):
    from helder.office import entries
    from helder.registers.clocks.models import Clock

    author = user("coordinator")
    one = entries.add(Clock, author, {"duty": "gdpr_33_1", "party": "bvo", "to": "ap", "source": "s"})
    client.force_login(author)
    event = "de verantwoordelijke weet het met redelijke zekerheid"
    for address in ("/clocks/new/", f"/clocks/{one.entry}/", f"/clocks/{one.entry}/correct/"):
        assert event in client.get(address).content.decode(), address


@pytest.mark.any_database
def test_duties_are_chosen_by_short_names_below_what_starts_them_in_the_readers_language(client, user):
    client.force_login(user("coordinator"))
    page = client.get("/clocks/new/", headers={"accept-language": "nl"}).content.decode()
    assert '<optgroup label="begint: de verantwoordelijke weet het met redelijke zekerheid">' in page
    options = re.findall(r"<option [^>]*>([^<]*)</option>", page)
    assert "melden bij de toezichthouder (AVG art. 33(1))" in options
    assert max(map(len, options)) <= 80
    assert "---" not in page


def test_where_a_duty_stands_is_said_in_the_readers_language():
    for law in duties("nl").values():
        assert set(law.article) == {"nl", "en"}
        assert not re.search(r"GDPR|Constitution|Guidelines|Directive|agreement|between", law.article["nl"]), law.id
