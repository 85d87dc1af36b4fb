"""Where sources are, what state they are in, and which of them changed since the last run."""

from __future__ import annotations

import json
import os
import re

import pytest

from helder.domain.errors import SourceError
from helder.sources import SourceFacts, changed, fingerprint
from helder.sources.find import format_name, format_named
from helder.sources.stream import Place, near_name
from sources.cases import a_case, load, load_text

LEAK = {"fills": "leaked", "columns": {"surname": "naam"}}


def test_files_are_taken_in_the_order_of_the_case_and_by_name_in_a_pattern(tmp_path):
    for name in ("b.csv", "a.csv", "c.csv"):
        (tmp_path / name).write_text("naam\nx\n")
    (tmp_path / "d.csv").mkdir()
    case = a_case(tmp_path, data={**LEAK, "path": ["c.csv", "[ab].csv"]})
    assert [stamp.name for stamp in fingerprint(case, "data")] == ["c.csv", "a.csv", "b.csv"]


@pytest.mark.parametrize(
    ("path", "what", "do"),
    [
        ("registr.csv", "There is no such file.", "Did you mean 'register.csv'?"),
        ("zzz/q.parquet", "There is no such file.", "Put the file as received there"),
        ("*.parquet", "There is no such file.", ""),
        (["register.csv", "*.csv"], "A file is named twice.", "Name it once."),
        ([], "The source has no file.", "Give 'path' or 'url'."),
    ],
)
def test_a_file_that_is_not_there_stops_with_what_is(path, what, do, tmp_path):
    (tmp_path / "register.csv").write_text("naam\nx\n")
    with pytest.raises(SourceError) as caught:
        load(a_case(tmp_path, data={**LEAK, "path": path}), "data")
    assert caught.value.what == what
    assert do in caught.value.do


def test_a_changed_file_is_named_and_a_touched_one_is_not(tmp_path):
    for name in ("a.csv", "b.csv", "c.csv"):
        (tmp_path / name).write_text("naam\nJansen\n")
    case = a_case(tmp_path, data={**LEAK, "path": "*.csv"})
    before = load(case, "data").facts
    before = SourceFacts.from_dict(json.loads(json.dumps(before.as_dict())))
    assert changed(case, before) == []
    os.utime(tmp_path / "a.csv", (1, 1))
    assert changed(case, before) == []
    (tmp_path / "a.csv").write_text("naam\nJanssen\n")
    (tmp_path / "b.csv").unlink()
    (tmp_path / "d.csv").write_text("naam\n")
    found = changed(case, before)
    assert [(one.kind, one.name) for one in found] == [("changed", "a.csv"), ("new", "d.csv"), ("gone", "b.csv")]
    said = [str(one) for one in found]
    assert re.match(
        r"a\.csv changed since the last run: 12 bytes \(sha256 \w{12}\) became 13 bytes \(sha256 \w+\)\.", said[0]
    )
    assert said[1:] == ["d.csv is new since the last run.", "b.csv is gone since the last run."]


@pytest.mark.parametrize("how", ["written over", "put in its place"])
def test_a_change_shows_though_size_and_time_are_the_same(how, tmp_path):
    file = tmp_path / "data.csv"
    before = load_text(tmp_path, "naam\nJansen\n", columns={"surname": "naam"}).facts
    times = (file.stat().st_atime_ns, file.stat().st_mtime_ns)
    new = file if how == "written over" else tmp_path / "new.csv"
    new.write_text("naam\nJensen\n")
    os.utime(new, ns=times)
    new.replace(file)
    case = a_case(tmp_path, data={"fills": "leaked", "path": "data.csv", "columns": {"surname": "naam"}})
    assert [change.kind for change in changed(case, before)] == ["changed"]


def test_an_untouched_file_is_not_read_again(tmp_path, monkeypatch):
    (tmp_path / "a.csv").write_text("naam\nJansen\n")
    case = a_case(tmp_path, data={**LEAK, "path": "a.csv"})
    facts = load(case, "data").facts
    monkeypatch.setattr("hashlib.file_digest", lambda *_: pytest.fail("read again"))
    assert fingerprint(case, "data", facts) == [facts.files[0].stamp]


def test_a_file_that_changes_while_it_is_read_stops_the_run(tmp_path, monkeypatch):
    (tmp_path / "a.csv").write_text("naam\nJansen\n")
    case = a_case(tmp_path, data={**LEAK, "path": "a.csv"})
    monkeypatch.setattr("helder.sources.reading.unchanged", lambda place, before: False)
    with pytest.raises(SourceError, match="changed while it was being read"):
        load(case, "data")


def test_packed_files_and_unknown_formats_are_named(tmp_path):
    path = tmp_path / "a.csv.gz"
    path.write_bytes(b"\x1f\x8bxxxx")
    with pytest.raises(SourceError, match=re.escape("packed (gzip)")):
        format_name(Place(path.name, path), None)
    with pytest.raises(SourceError, match="Did you mean 'parquet'"):
        format_named("parket", "test")
    with pytest.raises(SourceError, match="Known: csv, json, parquet, sql, xlsx"):
        format_named("hl7", "test")
    assert format_name(Place("a", path), "csv") == "csv"
    assert format_name(Place("a", url="postgresql://x/y"), None) == "sql"
    assert near_name("a", []) == "There are none."


@pytest.mark.parametrize(
    ("begins", "what"),
    [
        (b"%PDF-1.7\n", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Office file, or one with a password"),
        (b"\xef\xbb\xbf<?xml version='1.0'?><rows/>", "XML or HTML"),
        (b"\n<TABLE><tr><td>Jansen", "XML or HTML"),
        (b"-- MySQL dump 10.13\n--\n", "a dump of a database"),
        (b"--\n-- PostgreSQL database dump\n--\n", "a dump of a database"),
        (b"/* made */\ncreate table clients (id int);\n", "a dump of a database"),
        (b"PGDMP\x01\x0e", "a dump of a database"),
    ],
)
def test_what_is_no_table_is_named_for_what_it_is(tmp_path, begins, what):
    """It was read as delimited text, of which every line is a reject or, worse, is not."""
    path = tmp_path / "received"
    path.write_bytes(begins + b";" * 50)
    with pytest.raises(SourceError, match=f"This is {what}, not a table"):
        format_name(Place(path.name, path), None)
    assert format_name(Place(path.name, path), "csv") == "csv"


@pytest.mark.parametrize(
    "begins", ["<b>naam;bsn\n", "what;-- MySQL dump\n", "insert intolerance;bsn\n", "naam;create table\n"]
)
def test_a_header_with_such_words_is_still_a_header(tmp_path, begins):
    path = tmp_path / "received.csv"
    path.write_text(begins)
    assert format_name(Place(path.name, path), None) == "csv"


def test_a_damaged_parquet_file_is_one_error_that_names_it(tmp_path):
    (tmp_path / "a.parquet").write_bytes(b"PAR1" + b"\0" * 100 + b"PAR1")
    with pytest.raises(SourceError) as caught:
        load(a_case(tmp_path, data={**LEAK, "path": "a.parquet"}), "data")
    assert caught.value.what.startswith("This is not a whole Parquet file")
    assert caught.value.where == "a.parquet"
