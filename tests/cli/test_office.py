"""The case office on the command line: `helder demo` leaves one that lives, and what stands in its way is said."""

from __future__ import annotations

import datetime as dt
import sqlite3
import tomllib
import uuid
from contextlib import closing

import pytest

from helder.cli.office import filled
from helder.domain.errors import StorageError


def test_the_demo_leaves_an_office_that_lives(demo_case):
    added = demo_case.document["office"]
    assert {"timeline", "clocks", "measures", "investigations", "points", "numbers"} <= added.keys()
    assert all(added.values())
    path = demo_case.folder / "office.db"
    assert path.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(path)) as office:
        assert office.execute("SELECT count(*) FROM timeline_event").fetchone() == (added["timeline"],)


def test_the_demos_letters_cite_its_office(demo_case):
    """What ships says so too, of the day of the letters; here stands what this office holds, and from which entry."""
    taken = tomllib.loads((demo_case.folder / "letters" / "office.toml").read_text("utf-8"))
    with closing(sqlite3.connect(demo_case.folder / "office.db")) as office:
        ((entry,),) = office.execute("SELECT entry FROM measures_measure WHERE name = 'lab_suspended'").fetchall()
    assert f"measures/{uuid.UUID(entry)}/1" in taken["lab_suspended"]["evidence"]
    assert taken["cause"]["valid_until"] >= dt.date.today()


def test_an_office_is_filled_once(demo_copy, monkeypatch):
    monkeypatch.setenv("HELDER_KEY_FILE", str(demo_copy.key_file))
    assert filled(demo_copy.folder) == demo_copy.document["office"]
    assert filled(demo_copy.folder) == {}


def test_an_office_that_cannot_be_written_is_said(tmp_path):
    (tmp_path / "office.db").mkdir()
    with pytest.raises(StorageError, match="could not be filled"):
        filled(tmp_path)
