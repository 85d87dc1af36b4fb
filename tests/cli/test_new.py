"""`helder new`, `helder key new`: from nothing to a case that runs."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cli.run import helder
from cli.test_json import documented
from helder.case import load_case
from helder.engines.keys import load_keys
from sources.test_xlsx import book

pytestmark = pytest.mark.slow


@pytest.fixture
def received(demo_case, tmp_path):
    """Files as they come in."""
    for name in ("register.parquet", "dataset1.csv"):
        shutil.copy(demo_case.folder / "sources" / name, tmp_path / name)
    return tmp_path / "register.parquet", tmp_path / "dataset1.csv"


def test_what_is_written_is_for_its_user_alone_whatever_the_machine_allows(tmp_path, received):
    before = os.umask(0)
    try:
        helder("new", tmp_path / "case", *received)
        assert os.umask(0) == 0  # what comes after the program is as it was
    finally:
        os.umask(before)
    paths = [tmp_path / "case", *(tmp_path / "case").rglob("*")]
    assert [path for path in paths if path.stat().st_mode & 0o077] == []


def test_a_new_case_holds_the_files_unchanged_and_loads(tmp_path, received):
    document = helder("new", tmp_path / "case", *received, "--json").document
    assert document.keys() == documented("new")
    assert [one["fills"] for one in document["sources"]] == ["people", "leaked"]
    for path in received:
        copy = tmp_path / "case" / "sources" / path.name
        assert copy.read_bytes() == path.read_bytes()
        assert copy.stat().st_mode & 0o777 == 0o600
    assert set(load_case(tmp_path / "case").file.sources) == {"register", "dataset_1"}


@pytest.mark.parametrize(("lang", "word"), [("nl", "kolommen herkend"), ("en", "columns recognised")])
def test_a_new_case_says_what_to_do_next(tmp_path, received, lang, word):
    done = helder("new", tmp_path / "case", *received, "--lang", lang)
    assert word in done.out
    assert f"helder key new {tmp_path}/case.key" in done.out
    assert f"helder check {tmp_path}/case" in done.out


def test_a_case_can_be_started_without_files(tmp_path):
    assert helder("new", tmp_path / "case").code == 0
    assert load_case(tmp_path / "case").file.sources == {}


def database(path):
    with contextlib.closing(sqlite3.connect(path)) as base, base:
        base.execute("CREATE TABLE patients (clientnr, achternaam, geboortedatum)")
        base.execute("CREATE TABLE tests (achternaam, geboortedatum, uitslag)")
        base.execute("INSERT INTO patients VALUES ('C1', 'Jansen', '1980-02-03')")
        base.execute("INSERT INTO tests VALUES ('Jansen', '1980-02-03', 'neg')")


ROWS = "Jansen;1980-02-03;Utrecht\n" * 40


@pytest.mark.parametrize(
    ("name", "content", "sources"),
    [
        ("both.db", None, {"patients": {"table": "patients"}, "tests": {"table": "tests"}}),
        ("titled.csv", f"Export 6 augustus\n\nNaam;Geboortedatum;Plaats\n{ROWS}", {"titled": {"header": 3}}),
        ("bare.csv", ROWS, {"bare": {"header": 0}}),
        ("inside.json", '{"made": 1, "rows": [{"naam": "Jansen"}, {"naam": "Bakker"}]}', {"inside": {"list": "rows"}}),
    ],
)
def test_what_must_be_told_of_a_file_is_written_into_the_case(tmp_path, name, content, sources):
    """Each table of a database is a source; a title, a header that is not there and a list inside are said."""
    path = tmp_path / name
    database(path) if content is None else path.write_text(content, "utf-8")
    document = helder("new", tmp_path / "case", path, "--json").document
    assert [one["options"] for one in document["sources"]] == list(sources.values())
    made = load_case(tmp_path / "case").file.sources
    assert {id: one.options for id, one in made.items()} == sources
    assert name in helder("new", tmp_path / "other", path, "--lang", "nl").out


def test_each_sheet_with_rows_is_a_source_named_after_file_and_sheet(tmp_path):
    """Notes and empty sheets are none; a workbook with rows on one sheet is read as it always was."""
    register = [["Clientnr", "Achternaam"], ["C1", "Jansen"], ["C2", "Bakker"], ["C3", "Bos"]]
    leak = [["Achternaam", "Uitslag"], ["Jansen", "neg"]]
    sheets = {
        "Blad1": register,
        "Gelekt": leak,
        "Kop": [["Naam", "Plaats"]],
        "Noten": [["Jansen", "12-01-1980"], ["Smit", "31-01-1975"]],
        "Leeg": [],
    }
    book(tmp_path / "levering.xlsx", [], **sheets)
    document = helder("new", tmp_path / "case", tmp_path / "levering.xlsx", "--json").document
    assert [(one["fills"], one["options"]) for one in document["sources"]] == [
        ("people", {"sheet": "Blad1"}),
        ("leaked", {"sheet": "Gelekt"}),
    ]
    made = load_case(tmp_path / "case").file.sources
    assert {id: one.options for id, one in made.items()} == {
        "levering_blad_1": {"sheet": "Blad1"},
        "levering_gelekt": {"sheet": "Gelekt"},
    }
    assert "other sheets" in (tmp_path / "case" / "case.toml").read_text("utf-8")
    book(tmp_path / "een.xlsx", register, Kop=[["Naam"]])
    assert helder("new", tmp_path / "other", tmp_path / "een.xlsx", "--json").document["sources"][0]["options"] == {}


def test_a_sheet_of_notes_is_proposed_as_not_used_with_why(tmp_path):
    """A read-me, a legend and a table of labels are no leak; a list of people under an odd header may be one."""
    register = [["Clientnr", "Achternaam", "Geb.datum"], *([f"C{at}", "Jansen", "12-01-1980"] for at in range(4))]
    legend = [["Kolom", "Wat"], ["Clientnr", "ons nummer"], ["Achternaam", "de naam"], ["Geb.datum", "de dag"]]
    sheets = {
        "Leesmij": [
            ["Toelichting"],
            ["Deze lijst is gemaakt op verzoek van de directie."],
            ["Vragen? Bel de helpdesk."],
        ],
        "Register": register,
        "Legenda": legend,
        "Versie": [["Over", "Waarde"], ["versie", "1.2"], ["gemaakt door", "ict"]],
        "Getroffen": [["Wie"], ["Anna van der Berg"], ["Jan Smit"], ["Fatima El Amrani"]],
        "Adressen": [["Waar"], ["Kerkweg 1, 1234 AB Oss"], ["Laan 2, 1234 AB Oss"]],
    }
    book(tmp_path / "levering.xlsx", [], **sheets)
    ran = helder("new", tmp_path / "case", tmp_path / "levering.xlsx", "--json", "--lang", "nl")
    assert {one["options"]["sheet"]: one["not_used"] for one in ran.document["sources"]} == {
        "Leesmij": "er staat alleen tekst in, en geen kolom is herkend",
        "Register": None,
        "Legenda": "legt kolommen van een ander blad uit",
        "Versie": "er staat alleen tekst in, en geen kolom is herkend",
        "Getroffen": None,
        "Adressen": None,
    }
    made = load_case(tmp_path / "case").file.sources
    assert [one.options["sheet"] for one in made.values()] == ["Register", "Getroffen", "Adressen"]
    text = (tmp_path / "case" / "case.toml").read_text("utf-8")
    assert "# Not used: it explains columns of another sheet." in text and "# [sources.levering_legenda]" in text
    assert (
        "sheet Legenda: niet gebruikt: legt"
        in helder("new", tmp_path / "o", tmp_path / "levering.xlsx", "--lang", "nl").out
    )
    book(tmp_path / "noten.xlsx", [], A=sheets["Leesmij"], B=sheets["Versie"])
    assert [
        one["not_used"] for one in helder("new", tmp_path / "p", tmp_path / "noten.xlsx", "--json").document["sources"]
    ] == [None, None]


def test_what_cannot_be_read_does_not_keep_the_rest_out(tmp_path):
    """A view of a table that is gone, and a column of a type without a text form: the others are proposed."""
    database(tmp_path / "both.db")
    with contextlib.closing(sqlite3.connect(tmp_path / "both.db")) as base, base:
        base.execute("CREATE VIEW broken AS SELECT * FROM gone")
    span = pa.table({"achternaam": ["Jansen"], "duur": pa.array([1], pa.duration("s"))})
    pq.write_table(span, tmp_path / "span.parquet")
    document = helder("new", tmp_path / "case", tmp_path / "both.db", tmp_path / "span.parquet", "--json").document
    assert [one["options"] for one in document["sources"]] == [{"table": "patients"}, {"table": "tests"}, {}]
    assert (document["sources"][2]["sure"], document["sources"][2]["unused"]) == (1, 1)


def test_a_database_without_tables_is_refused_and_nothing_is_made(tmp_path):
    with contextlib.closing(sqlite3.connect(tmp_path / "empty.db")) as base, base:
        base.execute("PRAGMA user_version = 1")
    done = helder("new", tmp_path / "case", tmp_path / "empty.db")
    assert (done.code, (tmp_path / "case").exists()) == (3, False)


def test_a_case_is_never_written_over(tmp_path, received):
    helder("new", tmp_path / "case")
    before = (tmp_path / "case" / "case.toml").read_bytes()
    assert helder("new", tmp_path / "case", *received).code == 2
    assert (tmp_path / "case" / "case.toml").read_bytes() == before


def test_received_files_are_never_written_over(tmp_path, received):
    (tmp_path / "case" / "sources").mkdir(parents=True)
    (tmp_path / "case" / "sources" / "register.parquet").write_bytes(b"other")
    assert helder("new", tmp_path / "case", *received).code == 3
    assert (tmp_path / "case" / "sources" / "register.parquet").read_bytes() == b"other"
    assert not (tmp_path / "case" / "case.toml").exists()


def test_files_that_lie_in_the_case_already_stay_where_they_are(tmp_path, received):
    sources = tmp_path / "case" / "sources"
    sources.mkdir(parents=True)
    moved = shutil.move(received[0], sources)
    assert helder("new", tmp_path / "case", moved).code == 0


def test_two_files_of_one_name_are_refused(tmp_path, received):
    (tmp_path / "other").mkdir()
    other = shutil.copy(received[0], tmp_path / "other")
    assert helder("new", tmp_path / "case", received[0], other, "--json").document["where"] == "register.parquet"
    assert not (tmp_path / "case").exists()


def test_a_file_that_is_not_there_stops_before_anything_is_made(tmp_path):
    assert helder("new", tmp_path / "case", tmp_path / "nothing.csv").code == 3
    assert not (tmp_path / "case").exists()


def test_a_file_that_cannot_be_copied_leaves_nothing_half(tmp_path, received, monkeypatch):
    def fail(source, target):
        target.write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("shutil.copy2", fail)
    done = helder("new", tmp_path / "case", *received, "--json")
    assert done.code == 6
    assert done.document["what"] == "The disk is full."
    assert list((tmp_path / "case" / "sources").iterdir()) == []


def test_a_key_is_made_once_and_for_the_owner_only(tmp_path):
    path = tmp_path / "lab.key"
    document = helder("key", "new", path, "--json").document
    assert load_keys(path).key_id.hex() == document["key_id"]
    assert document.keys() == documented("key", "new")
    assert path.stat().st_mode & 0o777 == 0o600
    assert helder("key", "new", path).code == 4
    assert "Keep a copy" in helder("key", "new", tmp_path / "b.key").out
    assert "Bewaar een kopie" in helder("key", "new", tmp_path / "c.key", "--lang", "nl").out


def test_the_output_of_key_new_is_not_the_key(tmp_path):
    done = helder("key", "new", tmp_path / "a.key", "--json")
    assert (tmp_path / "a.key").read_text().strip() not in done.out


def test_the_demo_never_writes_over_a_real_case(tmp_path):
    helder("new", tmp_path / "case")
    assert helder("demo", "--people", "50", "--out", tmp_path / "case").code == 2


def test_the_demo_goes_on_where_it_was(demo_case, demo_copy):
    # Letters cite the office's entries: with another office they would be other letters.
    shutil.copy2(demo_case.folder / "office.db", demo_copy.folder)

    def made():
        paths = [demo_copy.folder / "sources" / "register.parquet", *(demo_copy.folder / "rounds").rglob("*.*")]
        return {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in paths if path.is_file()}

    before = made()
    document = helder("demo", "--people", "1500", "--out", demo_copy.folder, "--json").document
    assert made() == before and any(path.name == "00001.pdf.sealed" for path in before)
    assert sorted(document["reused"]) == sorted(document["seconds"])
    timed = {"seconds", "seconds_produce", "seconds_verify"}
    assert all(
        document["letters"][key] == demo_copy.document["letters"][key] for key in document["letters"].keys() - timed
    )


def test_the_demo_tells_a_newcomer_what_to_look_at(demo_copy):
    done = helder("demo", "--people", "1500", "--out", demo_copy.folder, env={"COLUMNS": "300"})
    assert "made up" in done.out
    for line in done.out.splitlines():
        if "helder person" in line:
            words = line[line.index("helder person") :].split()[1:4]
            assert helder(*words, "--reason", "test").code == 0
            return
    pytest.fail("no person to look at")


def test_an_encoding_that_the_file_does_not_tell_is_said_in_the_case_and_on_the_screen(tmp_path):
    received = tmp_path / "register.csv"
    received.write_bytes("bsn;achternaam;geboortedatum\n999990019;Akşitoğ;31-01-1980\n".encode("cp1254"))
    shown = helder("new", tmp_path / "case", received)
    text = (tmp_path / "case" / "case.toml").read_text("utf-8")
    for told in (shown.out, text):
        assert "Encoding not sure: read as cp1252, perhaps cp1254 (line 2: 'þ' is then 'ş'" in told.replace("\n", " ")
    assert '# options = { encoding = "cp1252", delimiter = "semicolon" }' in text
    assert "Ak" not in text
