"""Lessons and actions are measures that are there, corrections of statements likewise: named, led to and back, and told in words in a dossier."""

from __future__ import annotations

import datetime as dt

import pytest

from office.test_registers import GOOD

LESSON = {"name": "cause", "question_nl": "Hoe?", "question_en": "How?", "who": "police", "status": "running"}
POINT = {"request": "Ombudsman", "number": "1", "asked": "Why?", "owner": "us"}
NAMING = [("investigations", LESSON, "lessons"), ("points", POINT, "actions")]
FIRST = GOOD["statements"] | {"name": "first-count", "words": "485,000 <people>"}


@pytest.fixture
def author(client, user):
    somebody = user("coordinator")
    client.force_login(somebody)
    return somebody


@pytest.fixture
def measure(author):
    from helder.office import entries
    from helder.office.register import registers

    content = {"name": "labs-checked", "words_nl": "Laboratoria <zijn> bekeken.", "words_en": "Labs were looked at."}
    return entries.add(registers()["measures"].model, author, GOOD["measures"] | content)


@pytest.mark.parametrize(("register", "content", "field"), NAMING)
def test_a_measure_that_is_not_there_is_refused_at_its_field_and_named(author, measure, register, content, field):
    from django.core.exceptions import ValidationError

    from helder.office import entries
    from helder.office.register import registers

    model = registers()[register].model
    with pytest.raises(ValidationError) as refused:
        entries.add(model, author, content | {field: "labs-checked, new-locks; more-eyes"})
    assert refused.value.message_dict == {field: ["Niet in Maatregelen: new-locks, more-eyes"]}
    assert entries.add(model, author, content | {field: " labs-checked "})


@pytest.mark.parametrize(("register", "content", "field"), NAMING)
def test_an_entry_leads_to_the_measures_it_names_and_one_that_was_withdrawn_stays_a_word(
    client, author, measure, register, content, field
):
    from helder.office import entries
    from helder.office.register import registers

    entry = entries.add(registers()[register].model, author, content | {field: "labs-checked"})
    address = f"/{register}/{entry.entry}/"
    link = f'<a class="nl-link" href="/measures/{measure.entry}/">labs-checked</a>: Laboratoria &lt;zijn&gt; bekeken.'
    assert link in client.get(address).content.decode()
    entries.withdraw(type(measure), author, measure.entry, "not done", 1)
    page = client.get(address).content.decode()
    assert "<div>labs-checked</div>" in page
    assert "/measures/" + str(measure.entry) not in page


def test_only_the_team_sees_entries_that_name_others_and_those_they_name(office):
    """What is named is not shown to suppliers, so its names and words are not either."""
    from helder.office.register import registers

    naming = {shelf.id: how for shelf in registers().values() if (how := shelf.model.names_others)}
    assert {id: (how.field, how.register) for id, how in naming.items()} == {
        "statements": ("corrects", "statements")
    } | {register: (field, "measures") for register, _, field in NAMING}
    assert all(registers()[id].model.whose is None for pair in naming.items() for id in (pair[0], pair[1].register))


@pytest.mark.parametrize(("register", "content", "field"), NAMING)
def test_a_measure_leads_to_what_names_it_now_and_to_nothing_that_only_looks_like_it(
    client, author, measure, register, content, field
):
    from helder.office import entries
    from helder.office.register import registers

    model, address = registers()[register].model, f"/measures/{measure.entry}/"
    entries.add(type(measure), author, GOOD["measures"] | {"name": "labs-checked-twice"})
    entry = entries.add(model, author, content | {field: "labs-checked"})
    name = {"name": "another"} if "name" in content else {}
    other = entries.add(model, author, content | name | {field: "labs-checked-twice"})
    page = client.get(address).content.decode()
    assert f'href="/{register}/{entry.entry}/"' in page
    assert str(other.entry) not in page
    entries.correct(model, author, entry.entry, {field: ""}, "learned nothing", 1)
    assert str(entry.entry) not in client.get(address).content.decode()


def test_who_may_not_read_a_register_is_not_led_to_what_stands_in_it(client, user, author, measure):
    from helder.office import entries
    from helder.office.register import registers

    lesson = entries.add(registers()["investigations"].model, author, LESSON | {"lessons": "labs-checked"})
    client.force_login(user("desk"))
    page = client.get(f"/measures/{measure.entry}/").content.decode()
    assert "labs-checked" in page
    assert str(lesson.entry) not in page
    assert "Geleerd in" not in page


def test_a_dossier_tells_what_an_action_is(author, measure):
    from helder.office import entries
    from helder.registers.points.dossier import _actions
    from helder.registers.points.models import Point

    point = entries.add(Point, author, POINT | {"actions": "labs-checked", "due": dt.date(2025, 10, 1)})
    assert _actions(point) == "labs-checked: Laboratoria <zijn> bekeken."
    assert _actions(Point(actions="gone")) == "gone"
    assert _actions(Point()) == "–"


def test_a_statement_and_its_correction_lead_to_each_other(client, author):
    from helder.office import entries
    from helder.registers.statements.models import Statement

    first = entries.add(Statement, author, FIRST)
    later = entries.add(Statement, author, FIRST | {"name": "", "words": "941,000", "corrects": "first-count"})
    back = (
        f'<dt>Verbeterd door</dt><dd><div><a class="nl-link" href="/statements/{later.entry}/">941,000</a></div></dd>'
    )
    link = f'<a class="nl-link" href="/statements/{first.entry}/">first-count</a>: 485,000 &lt;people&gt;'
    assert back in client.get(f"/statements/{first.entry}/").content.decode()
    page = client.get(f"/statements/{later.entry}/").content.decode()
    assert link in page
    assert "Verbeterd door" not in page
    entries.withdraw(Statement, author, later.entry, "not said", 1)
    assert "Verbeterd door" not in client.get(f"/statements/{first.entry}/").content.decode()


def test_free_text_of_before_stays_as_it_was_written(client, author):
    from helder.registers.statements.models import Statement

    made = Statement.objects.create(**FIRST | {"corrects": "485000 (2025-08-11)"}, author=author)
    assert "<dd><div>485000 (2025-08-11)</div></dd>" in client.get(f"/statements/{made.entry}/").content.decode()


@pytest.mark.parametrize(
    ("content", "field", "words"),
    [
        ({"corrects": "first-count, second"}, "corrects", "Niet in Publieke uitspraken: second"),
        ({"name": "other", "corrects": "other"}, "corrects", "Een uitspraak verbetert zichzelf niet."),
        ({"corrects": "first-count", "said_on": dt.date(2025, 8, 5)}, "corrects", "Dat is pas later gezegd."),
        ({"name": "first-count"}, "name", "Een andere uitspraak heet al zo."),
    ],
)
def test_a_correction_is_of_another_statement_that_is_there_and_older(author, content, field, words):
    from django.core.exceptions import ValidationError

    from helder.office import entries
    from helder.registers.statements.models import Statement

    first = entries.add(Statement, author, FIRST)
    with pytest.raises(ValidationError) as refused:
        entries.add(Statement, author, FIRST | {"name": ""} | content)
    assert refused.value.message_dict == {field: [words]}
    assert entries.correct(Statement, author, first.entry, {"words": "485,000"}, "a slip", 1).name == "first-count"
    with pytest.raises(ValidationError, match="Niet in Publieke uitspraken: first-count"):
        entries.correct(Statement, author, first.entry, {"name": "", "corrects": "first-count"}, "a slip", 2)
