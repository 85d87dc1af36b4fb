"""The hour that the clock shows twice, when summer time ends: given, shown, corrected and withdrawn without being mixed up."""

from __future__ import annotations

import datetime as dt

import pytest

FORM = {"duty": "gdpr_33_1", "party": "bvo", "to": "ap", "source": "s"}
FIRST, SECOND = dt.datetime(2025, 10, 26, 0, 30, tzinfo=dt.UTC), dt.datetime(2025, 10, 26, 1, 30, tzinfo=dt.UTC)
TWICE = "2025-10-26T02:30"


@pytest.fixture
def clerk(user, client):
    clerk = user("coordinator")
    client.force_login(clerk)
    return clerk


def saved():
    from helder.registers.clocks.models import Clock

    return Clock.objects.get(current=True)


def test_a_time_that_was_twice_is_asked_about_and_the_first_stands_ready(clerk, client):
    page = client.post("/clocks/new/", FORM | {"started": TWICE})
    assert page.status_code == 422
    words = page.content.decode()
    assert "De klok wees dit tijdstip tweemaal aan" in words
    assert f'<input type="text" name="started" value="{TWICE}+02:00"' in words
    assert client.post("/clocks/new/", FORM | {"started": f"{TWICE}+02:00"}).status_code == 302
    assert saved().started == FIRST


def test_a_time_that_never_was_is_refused_with_words(clerk, client):
    page = client.post("/clocks/new/", FORM | {"started": "2025-03-30T02:30"})
    assert page.status_code == 422
    assert "Dit tijdstip was er niet" in page.content.decode()


@pytest.mark.parametrize(("moment", "offset"), [(FIRST, "+02:00"), (SECOND, "+01:00")])
def test_such_a_moment_is_shown_corrected_and_withdrawn_as_it_is(clerk, client, moment, offset):
    from helder.office import entries
    from helder.registers.clocks.models import Clock

    one = entries.add(Clock, clerk, FORM | {"started": moment})
    shown = f"26 okt 2025 02:30 (UTC{offset})"
    assert shown in client.get("/clocks/").content.decode()
    assert shown in client.get(f"/clocks/{one.entry}/").content.decode()
    assert f'value="{TWICE}{offset}"' in client.get(f"/clocks/{one.entry}/correct/").content.decode()
    change = FORM | {"started": f"{TWICE}{offset}", "source": "t", "seen": 1, "why": "again"}
    assert client.post(f"/clocks/{one.entry}/correct/", change).status_code == 302
    assert (saved().started, saved().version) == (moment, 2)
    assert client.post(f"/clocks/{one.entry}/correct/", change | {"seen": 2, "withdraw": "1"}).status_code == 302
    assert saved().withdrawn


def test_every_other_moment_has_the_input_of_the_browser_and_no_offset(clerk, client):
    from helder.office import entries
    from helder.registers.clocks.models import Clock

    one = entries.add(Clock, clerk, FORM | {"started": SECOND + dt.timedelta(hours=1)})
    assert (
        '<input type="datetime-local" name="started" value="2025-10-26T03:30"'
        in client.get(f"/clocks/{one.entry}/correct/").content.decode()
    )
    assert "26 okt 2025 03:30<" in client.get(f"/clocks/{one.entry}/").content.decode()


@pytest.mark.parametrize("text", ["nonsense", "2025-13-01T02:30", "0001-01-01T00:00+05:00", "2025-08-06T12:00+02:00"])
def test_what_was_typed_stands_there_again(clerk, client, text):
    page = client.post("/clocks/new/", FORM | {"started": text, "source": ""}).content.decode()
    assert f'name="started" value="{text}"' in page
