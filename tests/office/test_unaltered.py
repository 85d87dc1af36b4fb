"""What the registers hold is what the audit log says was written: whoever changes the database past the office is found."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest

from helder.office.logged import Altered, Logged
from office.test_entries import FACTS
from office.test_every_register import ENTRIES
from office.test_registers import LAB
from office.test_scans import team  # noqa: F401 (a fixture)

AMSTERDAM = dt.timezone(dt.timedelta(hours=2))


@pytest.fixture
def look(db):
    """Holds the registers against the log: which versions are not as it says, as (register, version, kind)."""
    from django.db import connection

    from helder.audit import rows
    from helder.office.unaltered import altered

    def now(lines=None, later=list):
        logged = Logged()
        with connection.cursor() as cursor:
            for row in list(rows(cursor))[:lines]:
                logged.take(row)
        return [(one.register, one.version, one.kind) for one in altered(logged, later)[1]]

    return now


@pytest.fixture
def two(user):
    """An event with a correction."""
    from helder.office import entries
    from helder.registers.timeline.models import Event

    author = user("coordinator")
    first = entries.add(Event, author, FACTS)
    return entries.correct(Event, author, first.entry, {"party": "bvo"}, "a mistake", seen=1)


@pytest.mark.parametrize("register", ENTRIES)
def test_every_register_is_read_back_as_it_was_logged(user, look, register):
    from helder.office import entries
    from helder.office.register import registers

    author = user("coordinator", "privacy_officer")
    entries.add(registers()["parties"].model, author, LAB)
    model = registers()[register].model
    one = entries.add(model, author, ENTRIES[register])
    entries.withdraw(model, author, one.entry, "made in error", seen=1)
    assert look() == []


def test_a_moment_in_another_time_zone_is_the_same_moment(user, look):
    from helder.office import entries
    from helder.registers.decisions.models import Decision

    decided = dt.datetime(2025, 9, 12, 14, 20, tzinfo=AMSTERDAM)
    entries.add(Decision, user("coordinator"), {"what": "w", "by": "b", "information": "i", "decided": decided})
    assert look() == []


def test_a_number_that_was_taken_is_proved_too(number, look):
    type(number).objects.update(value=1)
    assert look() == [("numbers", 1, "changed")]


@pytest.mark.parametrize(
    "change",
    [
        {"party": "ap"},
        {"source": "another letter"},
        {"withdrawn": True},
        {"why": "nothing in particular"},
        {"at": dt.datetime(2025, 1, 1, tzinfo=dt.UTC)},
        {"author": None},
    ],
)
def test_a_version_that_was_changed_is_named(two, look, change):
    type(two).objects.filter(pk=two.pk).update(**change)
    assert look() == [("timeline", 2, "changed")]


def test_an_older_version_brought_back_is_found(two, look):
    both = type(two).objects.filter(entry=two.entry)
    both.update(current=False)
    both.filter(version=1).update(current=True)
    assert look() == [("timeline", 1, "changed"), ("timeline", 2, "changed")]


def test_versions_that_were_deleted_are_missing(two, look):
    type(two).objects.filter(version=2).delete()
    assert ("timeline", 2, "missing") in look()
    type(two).objects.all().delete()
    assert look() == [("timeline", 1, "missing"), ("timeline", 2, "missing")]


def test_a_version_without_a_line_is_extra(two, look):
    two.pk, two.entry, two.version = None, uuid.uuid4(), 1
    two.save(force_insert=True)
    assert look() == [("timeline", 1, "extra")]


def test_a_copy_under_a_name_that_begins_alike_is_extra(two, look):
    two.pk, two.entry = None, uuid.UUID(two.entry.hex[:12] + 20 * "f")
    two.save(force_insert=True)
    assert [kind for _, version, kind in look() if version == 2] == ["changed", "extra"]


def test_a_value_that_cannot_be_read_is_told_and_the_rest_is_looked_at(two, look, user):
    from django.db import connection

    from helder.office import entries
    from helder.registers.measures.models import Measure

    one = entries.add(Measure, user("communication", "coordinator", username="other"), ENTRIES["measures"])
    Measure.objects.filter(pk=one.pk).update(owner="somebody")
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps such a value out")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE timeline_event SET at = %s", ["no moment"])
    assert look() == [("measures", 1, "changed"), ("timeline", 0, "unreadable")]


@pytest.fixture
def judged(team):  # noqa: F811
    """A verdict on a supplier that was confirmed, and one that waits."""
    from helder.registers.scans.verdicts import confirm, propose

    _, judge, second = team
    made = propose(judge, "lab", "sufficient", "all seen")
    confirm(second, made)
    propose(judge, "print", "insufficient", "nothing seen")
    return made


def test_verdicts_and_notifications_that_were_sent_are_read_back_as_they_were_logged(judged, sent, look):
    assert look() == []


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({"outcome": "insufficient"}, [(1, "changed"), (2, "changed")]),
        ({"reasons": "nothing was seen"}, [(1, "changed"), (2, "changed")]),
        ({"basis": "0" * 64}, [(1, "changed"), (2, "changed")]),
        ({"confirmed_by": None, "confirmed_at": None}, [(2, "missing")]),
        ({"confirmed_by": None}, [(2, "changed")]),
        ({"confirmed_at": dt.datetime(2025, 1, 1, tzinfo=dt.UTC)}, [(2, "changed")]),
    ],
)
def test_a_verdict_that_was_changed_past_the_office_is_named(judged, look, change, found):
    type(judged).objects.filter(pk=judged.pk).update(**change)
    assert look() == [("scans", *one) for one in found]


def test_an_agreement_that_nobody_gave_in_the_office_is_extra(judged, look, user):
    waits = type(judged).objects.filter(confirmed_by=None)
    waits.update(confirmed_by=user("desk"), confirmed_at=judged.at)
    assert look() == [("scans", 2, "extra")]


def test_a_verdict_that_was_deleted_or_added_past_the_office_is_named(judged, look):
    verdicts = type(judged).objects
    verdicts.filter(pk=judged.pk).delete()
    assert look() == [("scans", 1, "missing"), ("scans", 2, "missing")]
    verdicts.create(
        party="lab", questionnaire="quickscan-1", outcome="sufficient", reasons="r", basis="b", by=judged.by
    )
    assert ("scans", 1, "extra") in look()


@pytest.fixture
def sent(user):
    """A notification that was sent."""
    from helder.registers.notifications.sending import record

    return record(user("coordinator", username="sender"), "first", "z-1", "")


@pytest.mark.parametrize(
    "change", [{"reference": "z-2"}, {"kind": "withdrawn"}, {"content": []}, {"content_hash": "0" * 64}]
)
def test_a_notification_that_was_changed_past_the_office_is_named(sent, look, change):
    type(sent).objects.filter(pk=sent.pk).update(**change)
    assert look() == [("notifications", 1, "changed")]
    type(sent).objects.filter(pk=sent.pk).delete()
    assert look() == [("notifications", 1, "missing")]


def test_what_the_office_writes_meanwhile_is_no_alarm(two, look):
    from django.db import connection

    from helder.audit import rows

    def later():
        with connection.cursor() as cursor:
            return list(rows(cursor, after=1))

    assert look(lines=1) == [("timeline", 2, "extra")]
    assert look(lines=1, later=later) == []


def test_a_field_that_comes_later_changes_no_hash_of_before(two, monkeypatch):
    from helder.office.entries import version_hash

    was, content = version_hash(two, "a"), type(two).content
    monkeypatch.setattr(type(two), "content", lambda self: content(self) | {"comes_later": ""})
    from helder.office.entries import _empty

    _empty.cache_clear()
    assert version_hash(two, "a") == was
    _empty.cache_clear()


def test_a_problem_names_no_more_than_register_entry_and_version():
    one = Altered("timeline", "abcdefghijkl", 3, "changed")
    assert one.words(lambda nl, en: nl) == "timeline/abcdefghijkl versie 3: veranderd"
    assert one.as_dict() == {"kind": "changed", "register": "timeline", "entry": "abcdefghijkl", "version": 3}
