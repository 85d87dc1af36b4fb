"""The dashboard: who was told, which clocks run, what waits, what changed; and to each role only what it may read."""

from __future__ import annotations

import datetime as dt
import shutil

import pytest

from delivery.rounds import KEYS, NOW, planned, ready, references
from helder.domain.sheet_code import return_code
from helder.pipeline.delivering import handover
from helder.pipeline.returning import take_returns

DISK = '[channels.disk]\nkind = "folder"\npath = "../printer"\npause = 0.01\nattempts = 2\n'


@pytest.fixture(scope="module")
def before(tmp_path_factory):
    """A round of seven that was handed over, and of which a letter came back."""
    folder = ready(planned(tmp_path_factory.mktemp("told") / "case", DISK))
    (folder.parent / "printer").mkdir()
    handover(folder, KEYS, "one", now=NOW, environ={})
    path = folder.parent / "returned.csv"
    path.write_text(f"Kenmerk\n{return_code(references(folder)[0])}\n")
    take_returns(folder, KEYS, "one", path, default="moved", step=None, today=dt.date(2025, 9, 20))
    return folder


@pytest.fixture(autouse=True)
def contexts(office, monkeypatch):
    """Answers keep what their page was made of, as Django's own test runner has it."""
    from django.template.base import Template
    from django.test.utils import instrumented_test_render

    monkeypatch.setattr(Template, "_render", instrumented_test_render)


@pytest.fixture
def case(before, tmp_path, settings_changed):
    folder = tmp_path / "case"
    shutil.copytree(before, folder)
    settings_changed(HELDER_CASE=folder, HELDER_KEYS=KEYS)
    return folder


def page(client, user, role):
    client.force_login(user(role))
    return client.get("/")


def tiles(answer):
    return {tile.name: tile.number for tile in answer.context["tiles"]}


def test_it_tells_who_was_told_and_who_could_not_be(case, client, user):
    found = tiles(page(client, user, "coordinator"))
    assert found["mensen over wie het gaat"] == 7
    assert found["brieven zijn de deur uit"] == 6  # of which one came back
    assert found["mensen is het verteld"] == 5
    assert found["brief kwam terug"] == 1
    assert found["mens niet te bereiken"] == 1
    assert found["mensen: bewijs spreekt zich tegen"] == 0


@pytest.mark.any_database
def test_each_chart_has_its_table(case, client, user):
    html = page(client, user, "coordinator").content.decode()
    assert html.count('class="bar bar-letters"') == 1
    assert "uit handen gegeven" in html
    assert "<script" not in html


def test_it_tells_which_clocks_are_overdue_and_what_changed(case, client, user):
    from helder.office import entries
    from helder.registers.clocks.models import Clock

    somebody = user("coordinator")
    started = dt.datetime(2025, 8, 6, 12, 20, tzinfo=dt.UTC)
    content = {"duty": "gdpr_33_1", "party": "bvo", "to": "ap", "started": started, "source": "letter"}
    clock = entries.add(Clock, somebody, content)
    entries.correct(Clock, somebody, clock.entry, {"source": "another letter"}, "better", 1)
    client.force_login(somebody)
    answer = client.get("/")
    assert tiles(answer)["termijn verlopen"] == 1
    assert ("Termijnen", "1 toegevoegd, 1 gewijzigd", "/clocks/") in answer.context["changed"]
    assert "reden ontbreekt" in answer.content.decode()


@pytest.mark.any_database
def test_a_stale_number_stands_out(case, client, user):
    from helder.office import entries
    from helder.registers.numbers.models import Number

    somebody = user("coordinator")
    number = entries.add(Number, somebody, {"name": "scope", "query": "people"})
    type(number).objects.filter(pk=number.pk).update(value=6)
    client.force_login(somebody)
    answer = client.get("/")
    assert tiles(answer)["verouderd getal"] == 1
    assert "verouderd: het bewijs zegt nu iets anders" in answer.content.decode()


@pytest.mark.any_database
def test_a_role_sees_only_what_it_may_read(case, client, user):
    answer = page(client, user, "desk")
    assert "mensen over wie het gaat" in tiles(answer)
    assert "mensen is het verteld" not in tiles(answer)
    assert answer.context["rounds"] == []
    assert answer.context["ticking"] == 0


@pytest.mark.any_database
def test_a_case_in_which_nothing_ran_says_what_to_do(client, user):
    answer = page(client, user, "coordinator")
    assert "helder run" in answer.content.decode()
    assert tiles(answer)["mensen over wie het gaat"] is None


@pytest.mark.any_database
def test_a_round_of_which_the_evidence_changed_is_marked(case, client, user):
    from helder.rounds.record import read_record, write_record

    record = read_record(case, "one")
    write_record(case, type(record)(**{**vars(record), "state": "checked", "hashes": {**record.hashes, "people": "x"}}))
    answer = page(client, user, "coordinator")
    assert [row["changed"] for row in answer.context["rounds"]] == [True]


@pytest.mark.any_database
def test_it_shows_what_people_and_authorities_asked_and_nobody_answered(case, client, user):
    from helder.office import entries
    from helder.office.register import registers

    author, shelves = user("privacy_officer"), registers()
    asked = {"duty": "gdpr_12_3", "party": "us", "to": "person", "source": "s"}
    asked |= {"started": dt.datetime(2025, 8, 6, tzinfo=dt.UTC)}
    entries.add(shelves["clocks"].model, author, asked)
    entries.add(shelves["clocks"].model, author, asked | {"met": dt.datetime(2025, 8, 7, tzinfo=dt.UTC)})
    point = {"request": "r", "number": "1", "asked": "a", "owner": "o"}
    entries.add(shelves["points"].model, author, point | {"due": dt.date(2025, 9, 1)})
    entries.add(shelves["points"].model, author, point | {"state": "answered", "answer": "a", "evidence": "e"})
    answer = page(client, user, "coordinator")
    found = {tile.name: tile for tile in answer.context["tiles"]}
    for name in ("verzoek of klacht open", "vraag om verantwoording open"):
        assert (found[name].number, found[name].kind, found[name].below) == (1, "danger", "1 te laat")
    states = {part.name: part.number for part in answer.context["states"]}
    assert states == {"te laat en nog niet gedaan": 1, "op tijd": 1}
    assert "bar-clock-danger" in str(answer.context["states_chart"])
    assert '<span class="key key-clock-danger"></span> te laat en nog niet gedaan: ' in answer.content.decode()
