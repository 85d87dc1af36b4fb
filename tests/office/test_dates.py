"""A date that is odd is refused by every way in, and one at the edge of what may be told stops no page."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.db import models

from office.test_every_register import ENTRIES, author, shelves  # noqa: F401 (fixtures)

EARLY, LATE = ("0001-01-01", "1899-12-31"), ("2200-01-01", "9999-12-31")
PAGES = ("/", "/timeline/", "/timeline/?month=1900-01", "/timeline/?month=2199-12", "/clocks/", "/points/")
ODD_MONTHS = ("0001-01", "1899-12", "2200-01", "9999-12")


def dated():
    """Every field of every register that holds a day or a moment: (register, field, whether a moment)."""
    from helder.office.register import registers

    return [
        (id, field.name, isinstance(field, models.DateTimeField))
        for id, shelf in registers().items()
        for field in shelf.model.fields()
        if id in ENTRIES and isinstance(field, models.DateField)
    ]


def written(day, moment):
    return f"{day}T12:00:00Z" if moment else day


@pytest.mark.any_database
def test_no_way_in_takes_a_day_outside_the_years_that_are_told(shelves, author, client):  # noqa: F811
    from django.core.exceptions import ValidationError

    from helder.office import entries, sheets, tokens

    head = {"Authorization": f"Bearer {tokens.make(author, 't', [f'{id}:add' for id in ENTRIES])}"}
    client.force_login(author)
    assert len(dated()) > 15
    for register, name, moment in dated():
        shelf = shelves[register]
        good = shelf.model(**ENTRIES[register]).content()
        before = shelf.model.objects.count()
        for day in EARLY + LATE:
            row = good | {name: written(day, moment)}
            with pytest.raises(ValidationError) as wrong:
                entries.add(shelf.model, author, ENTRIES[register] | {name: written(day, moment)})
            assert name in wrong.value.message_dict
            with pytest.raises(sheets.SheetError) as refused:
                sheets.take(shelf, [row], author, "list")
            assert (1, name) in [problem[:2] for problem in refused.value.problems]
            called = client.post(f"/api/v1/{register}", json.dumps(row), content_type="application/json", headers=head)
            assert called.status_code == 422, (register, name, day)
            form = {key: value for key, value in row.items() if value is not None and value is not False}
            page = client.post(f"/{register}/new/", form | {name: row[name].removesuffix(":00Z")})
            assert page.status_code == 422, (register, name, day)
        assert shelf.model.objects.count() == before


@pytest.mark.parametrize("day", [dt.date(1900, 1, 1), dt.date(2199, 12, 31)])
def test_a_day_at_the_edge_stops_no_page_no_calendar_and_no_reminder(shelves, author, client, day):  # noqa: F811
    from django.core.exceptions import ValidationError
    from django.utils import timezone

    from helder.office import entries
    from helder.registers.clocks.feed import feed
    from helder.registers.clocks.reminders import due

    client.force_login(author)
    for register, name, moment in dated():
        value = dt.datetime.combine(day, dt.time(12), dt.UTC) if moment else day
        for more in ({}, {"duty": "gdpr_12_3", "extended": True}, {"precision": "week"}, {"precision": "month"}):
            if more.keys() <= {field.name for field in shelves[register].model.fields()}:
                try:
                    entries.add(shelves[register].model, author, ENTRIES[register] | more | {name: value})
                except ValidationError as wrong:  # two of a name, or a rule of the register: never the day itself
                    assert "1900" not in str(wrong)
    for address in (*PAGES, *(f"/timeline/?month={month}" for month in ODD_MONTHS), *(f"/{id}/" for id in ENTRIES)):
        assert client.get(address).status_code == 200, address
    assert feed(timezone.now(), author).startswith(b"BEGIN:VCALENDAR")
    assert list(due(timezone.now())) == []  # nobody gave an address, and nothing fell


@pytest.mark.any_database
@pytest.mark.parametrize("number", ["²", "٣", "1a", "x"])
def test_a_point_of_any_number_has_its_dossier(shelves, author, number):  # noqa: F811
    from helder.office import entries

    entries.add(shelves["points"].model, author, ENTRIES["points"] | {"number": number})
    (offer,) = shelves["points"].offers()
    assert offer.formats["pdf"]().startswith(b"%PDF")


@pytest.mark.any_database
def test_a_count_that_is_no_decimal_number_is_told_as_it_was_written(shelves, author):  # noqa: F811
    from helder.office import entries
    from helder.registers.notifications.filling import filled

    entries.add(shelves["notifications"].model, author, {"field": 68, "value": "²", "exactness": "exact"})
    assert "²" in [one.words for one in filled()]
