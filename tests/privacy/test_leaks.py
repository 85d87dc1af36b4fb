"""The test of the test: a planted person is found in every kind of file, and nothing else is."""

from __future__ import annotations

import gzip
import io
import sqlite3
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from privacy.leaks import Known, find
from privacy.outputs import files, texts

PEOPLE = [
    {
        "person_id": "C0012345",
        "national_id": "123456782",
        "surname": "Testpersoon",
        "prefix": "van der",
        "partner_surname": "Voorbeeld",
        "birth_date": "1961-04-07",
        "email": "T.Persoon@voorbeeld.example",
        "phone": "06-12 34 56 78",
        "postcode": "9999 XA",
        "house_number": "12",
    },
    {"person_id": "C0012346", "national_id": "012345672", "surname": "Ander", "birth_date": "0000-00-00"},
]
KNOWN = Known.of(PEOPLE)

LEAKS = [
    ("bsn 123456782.", "national number"),
    ('{"bsn":123456782}', "national number"),
    ("1234.56.782", "national number in parts"),
    ("123 456 782", "national number in parts"),
    ("12345672 without its zero", "national number"),
    ("id C0012345", "register's own id"),
    ("write t.persoon@VOORBEELD.example.", "mail address"),
    ("call +31612345678", "phone number"),
    ("Mw. van der Testpersoon, 7-4-1961", "surname with birth date"),
    ("1961-04-07;T;TESTPERSOON", "surname with birth date"),
    ('{"name": "Voorbeeld",\n "born": "1961-04-07"}', "surname with birth date"),
    ("Testpersoon, Straat 12, 9999XA", "surname with address"),
]

CLEAN = [
    "941000 people, 2800000 lines in 12.123456782 s",
    "0.123456782",
    "sha256 ab123456782cd",
    "1123456782",
    "run 2025-09-12, Testpersoon",
    "born 1961-04-07, nobody named",
    "Testpersoon lives at 9999 XA",
    "Straat 12, 9999 XA",
    "p-abcdefgh234567ab",
    "C0099999",
]


@pytest.mark.parametrize(("text", "kind"), LEAKS)
def test_a_planted_person_is_found(text, kind):
    assert kind in {leak.kind for leak in find(text, KNOWN, "output")}


@pytest.mark.parametrize("text", CLEAN)
def test_counts_times_hashes_and_lone_parts_are_no_leak(text):
    assert list(find(text, KNOWN, "output")) == []


def test_a_leak_says_where_and_not_who():
    assert str(next(find("bsn 123456782", KNOWN, "stderr"))) == "stderr: national number at character 4"


def _parquet() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({"a": ["x", "y"], "n": ["123456782", None]}), out, compression="zstd")
    return out.getvalue()


def _xlsx() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet().write(0, 0, "123456782")
    return out.getvalue()


def _sqlite() -> bytes:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE t (n INTEGER)")
    database.execute("INSERT INTO t VALUES (123456782)")
    database.commit()
    return database.serialize()


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inside.csv", "bsn\n123456782\n" * 100)
    return out.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"plain 123456782",
        "Nr. 123456782 – é".encode("utf-16-le"),
        b"&#49;23456782 in HTML",
        gzip.compress(b"123456782"),
        _parquet(),
        _xlsx(),
        _sqlite(),
        _zip(),
    ],
    ids=["text", "utf-16", "html", "gzip", "parquet", "xlsx", "sqlite", "zip"],
)
def test_a_person_is_found_inside_every_kind_of_file(data, tmp_path):
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "file").write_bytes(data)
    [(name, read)] = files(tmp_path, without=("sources",))
    assert any(leak for part, text in texts(name, read) for leak in find(text, KNOWN, part))


def test_left_out_folders_are_left_out(tmp_path):
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "leak.csv").write_text("123456782")
    assert list(files(tmp_path, without=("sources",))) == []


def test_the_work_grows_with_the_output_not_with_people_times_output():
    """4 MB of output against 100,000 people: seconds, where a search for each would take hours."""
    known = Known.of({"national_id": f"{n:09}", "surname": "Naam", "birth_date": "1961-04-07"} for n in range(100_000))
    text = "2025-09-12 run 941000 people 12.5 s ok\n" * 100_000
    assert list(find(text, known, "log")) == []
