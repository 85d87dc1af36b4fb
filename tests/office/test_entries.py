"""Entries: every change is a new version with its audit line, in one transaction."""

from __future__ import annotations

import datetime as dt

import pytest


@pytest.fixture
def event(db):
    from helder.registers.timeline.models import Event

    return Event


FACTS = {"what": "the lab finds the hack", "party": "lab", "on": dt.date(2025, 7, 6), "source": "letter"}


def test_a_correction_is_a_new_version_and_the_old_one_stays(event, user, lines):
    from helder.office import entries

    author = user("coordinator")
    first = entries.add(event, author, FACTS)
    second = entries.correct(event, author, first.entry, {"on": dt.date(2025, 7, 7)}, "newer letter", seen=1)
    kept = event.objects.filter(entry=first.entry).order_by("version")
    assert [(one.version, one.current, one.on.day, one.why) for one in kept] == [
        (1, False, 6, ""),
        (2, True, 7, "newer letter"),
    ]
    assert second.what == FACTS["what"]
    assert [line[:2] for line in lines()] == [
        ("user:somebody-coordinator", "timeline.added"),
        ("user:somebody-coordinator", "timeline.corrected"),
    ]


def test_who_looked_at_an_older_version_changes_nothing(event, user, lines):
    from helder.office import entries

    author = user("coordinator")
    first = entries.add(event, author, FACTS)
    entries.correct(event, author, first.entry, {"party": "bvo"}, "a mistake", seen=1)
    with pytest.raises(entries.StaleError):
        entries.correct(event, author, first.entry, {"party": "ap"}, "late", seen=1)
    assert event.objects.get(entry=first.entry, current=True).party == "bvo"
    assert len(lines()) == 2


def test_a_change_without_a_reason_is_refused(event, user):
    from django.core.exceptions import ValidationError

    from helder.office import entries

    first = entries.add(event, user("coordinator"), FACTS)
    with pytest.raises(ValidationError):
        entries.correct(event, first.author, first.entry, {"party": "ap"}, "  ", seen=1)
    assert event.objects.filter(entry=first.entry).count() == 1


def test_a_withdrawn_entry_is_kept_and_counts_no_more(event, user):
    from helder.office import entries
    from helder.office.register import registers
    from helder.office.views import listed

    first = entries.add(event, user("coordinator"), FACTS)
    entries.withdraw(event, first.author, first.entry, "never happened", seen=1)
    assert event.objects.filter(entry=first.entry).count() == 2
    assert not listed(registers()["timeline"], first.author).exists()


def test_when_the_audit_line_is_refused_nothing_is_saved(event, user, monkeypatch):
    from helder.domain.errors import AuditError
    from helder.office import entries

    def refuse(*args, **kwargs):
        raise AuditError("refused")

    monkeypatch.setattr("helder.office.entries.write", refuse)
    with pytest.raises(AuditError):
        entries.add(event, user("coordinator"), FACTS)
    assert not event.objects.exists()


def test_the_database_itself_allows_one_current_version(event, user):
    from django.db import IntegrityError, transaction

    from helder.office import entries

    first = entries.add(event, user("coordinator"), FACTS)
    with pytest.raises(IntegrityError), transaction.atomic():
        event.objects.create(**FACTS, entry=first.entry, version=2, author=first.author)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"on": None}, "on"),
        ({"precision": "moment"}, "time"),
        ({"time": dt.time(14, 20)}, "time"),
        ({"until": dt.date(2025, 7, 1)}, "until"),
        ({"zone": "Mars/Olympus"}, "zone"),
        ({"precision": "soon"}, "precision"),
        ({"document_sha256": "abc"}, "document_sha256"),
    ],
)
def test_a_time_that_does_not_fit_together_is_refused_at_its_field(event, user, change, field):
    from django.core.exceptions import ValidationError

    from helder.office import entries

    with pytest.raises(ValidationError) as refused:
        entries.add(event, user("coordinator"), FACTS | change)
    assert field in refused.value.error_dict
    assert not event.objects.exists()


def test_an_audit_line_stands_in_the_transaction_of_its_action(office):
    from helder.office.audit import write

    with pytest.raises(RuntimeError, match="transaction"):
        write("cli", "test.done", "thing")
