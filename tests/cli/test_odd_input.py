"""What people and their editors really hand over: each ends in one error that says what, where and what to do."""

from __future__ import annotations

import datetime as dt

import pytest

from cli.run import helder, process
from helder.case import load_case
from helder.case.scaffold import scaffold
from helder.domain.errors import RoundError
from helder.rounds.record import read_record

TODAY = dt.date(2025, 8, 6)


@pytest.fixture
def case(tmp_path):
    """A case folder with nothing in it yet."""
    scaffold(tmp_path / "case", [], today=TODAY)
    return tmp_path / "case"


@pytest.mark.parametrize(
    ("change", "what", "do"),
    [
        (lambda text: text.encode("utf-16"), "case.toml is niet in UTF-8.", "Bewaar het opnieuw"),
        (lambda text: text.replace("organisation", "organisati\u00eb").encode("cp1252"), "is niet in UTF-8.", "Bewaar het"),
        (lambda text: b"a = " + b"[" * 100_000, "case.toml kan niet gelezen worden.", "te veel haken in elkaar"),
        (lambda text: b"a = " + b"9" * 5_000, "case.toml kan niet gelezen worden.", "een te lang getal"),
        (lambda text: b"[case", "is geen goede TOML", "Verbeter die regel."),
        (lambda text: text.replace("[people_in_scope]", "[people_in_scoop]").encode(), "Dit woord is niet bekend.", "helder schema"),
    ],
)  # fmt: skip
def test_a_case_that_cannot_be_read_is_one_error(case, change, what, do):
    path = case / "case.toml"
    path.write_bytes(change(path.read_text("utf-8")))
    ran = helder("status", case, "--lang", "nl")
    assert (ran.code, ran.out) == (2, "")
    assert what in ran.err and f"Waar: {path}" in ran.err and do in ran.err


def test_the_mark_that_notepad_writes_before_a_text_is_no_mistake(case):
    path = case / "case.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    (case / "decisions" / "a.toml").write_bytes(b"\xef\xbb\xbfacceptances = []\n")
    assert load_case(case).file.case.country == "nl"


def test_who_names_the_file_is_told_to_name_the_folder(case):
    ran = helder("check", case / "case.toml", "--lang", "nl")
    assert ran.code == 2 and "Dit is een bestand, geen map." in ran.err and f"Waar: {case / 'case.toml'}\n" in ran.err


def test_a_wrong_decision_is_told_with_the_file_that_it_stands_in(case):
    """Both files say the same key: the place in their sum would be nobody's."""
    right = '[[stray_lines]]\nsource = "a"\nparty = "breached"\nlines = 1\nby = "x"\non = 2025-08-06\nreason = "y"\n'
    (case / "decisions" / "a.toml").write_text(right, "utf-8")
    wrong = case / "decisions" / "b.toml"
    for text, place in (
        (right.replace("lines = 1", "lines = 'many'"), "stray_lines.0.lines"),
        ("stray_line = 1", "stray_line"),
    ):
        wrong.write_text(text, "utf-8")
        assert f"Where: {wrong}: {place}\n" in helder("check", case).err


def test_a_source_without_rows_and_one_from_the_future_are_told(case, tmp_path):
    (register := tmp_path / "register.csv").write_text("clientnr;achternaam\n", "utf-8")
    helder("new", folder := tmp_path / "new", register)
    text = (folder / "case.toml").read_text("utf-8")
    day = next(line.split(" = ")[1][:10] for line in text.splitlines() if line.startswith("received"))
    (folder / "case.toml").write_text(text.replace(f"received = {day}", "received = 2099-01-01"), "utf-8")
    found = helder("check", folder, "--json", "--lang", "nl").document["findings"]
    told = {one["what"]: (one["about"], one["where"], one["do"]) for one in found if one["level"] == "warning"}
    assert told["Er staat geen enkele rij in die te gebruiken is."][0] == "register"
    assert told["Ontvangen na vandaag: 2099-01-01."] == (
        "case.toml", "case.toml: sources.register", "Is de dag goed geschreven?"
    )  # fmt: skip


@pytest.mark.parametrize("command", ["facts", "webhooks"])
def test_an_office_whose_database_is_damaged_is_one_error(case, tmp_path, command):
    """In a process of its own, for Django is set up once in each."""
    helder("key", "new", key := tmp_path / "key")
    (case / "office.db").write_bytes(b"no database" * 400)
    ran = process(command, case, "--lang", "nl", env={"HELDER_KEY_FILE": str(key)})
    assert ran.code == 6 and "De databank van het kantoor is niet te gebruiken" in ran.err
    assert f"Waar: {case / 'office.db'}" in ran.err and "helder restore" in ran.err


def test_decisions_that_a_run_would_stop_at_are_found_by_the_check(case):
    (case / "decisions" / "reviews.csv").write_text("a,b\n", "utf-8")
    errors = [
        one for one in helder("check", case, "--json", "--lang", "nl").document["findings"] if one["level"] == "error"
    ]
    assert "De beslissingen zijn niet zoals Helder ze schreef: de eerste regel noemt andere kolommen." in [
        one["what"] for one in errors
    ]


def test_the_cure_for_a_damaged_record_of_a_round_is_not_to_plan_it_which_would_fail_too(case):
    (case / "rounds" / "one").mkdir()
    (case / "rounds" / "one" / "round.json").write_text("{", "utf-8")
    with pytest.raises(RoundError) as raised:
        read_record(case, "one")
    assert "backup" in raised.value.do and not raised.value.do.startswith("helder round plan")


def test_what_the_system_says_is_dutch_too(tmp_path):
    (tmp_path / "file").touch()
    ran = helder("key", "new", tmp_path / "file" / "key", "--lang", "nl")
    assert "Het sleutelbestand kan niet geschreven worden: dat is geen map." in ran.err and "Doe: Kies" in ran.err
    ran = helder("audit", "verify", tmp_path, "--lang", "nl")
    assert "Er is nog geen logboek." in ran.err and "Doe: Noem de map van de zaak" in ran.err


def test_a_folder_that_cannot_be_made_is_named_and_not_the_file_that_was_to_be_copied(tmp_path):
    (register := tmp_path / "register.csv").write_text("clientnr;naam\n1;a\n", "utf-8")
    (tmp_path / "case").mkdir()
    (tmp_path / "case" / "sources").write_text("a file", "utf-8")
    ran = helder("new", tmp_path / "case", register, "--lang", "nl")
    assert ran.code == 6 and f"Waar: {tmp_path / 'case' / 'sources'}\n" in ran.err


def test_a_number_that_is_too_high_is_told_how_high_it_may_be(case):
    ran = helder("serve", case, "--port", "99999", "--lang", "nl")
    assert ran.code == 64 and "een geheel getal vanaf 0 tot en met 65535" in ran.err
