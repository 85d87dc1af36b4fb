"""A round planned again: kept as it is while what it was frozen from is the same, else planned anew."""

from __future__ import annotations

import datetime as dt
import hashlib
import shutil

import pytest

from helder.engines.keys import Keys
from helder.pipeline.planning import plan
from helder.rounds import freeze
from helder.rounds.record import read_record, write_record
from project import name, tracked
from rounds.towns import a_round, person, write

KEYS = Keys(b"p" * 32)
NOW = dt.datetime(2025, 9, 15, 9, tzinfo=dt.UTC)
DECIDING = (
    "rounds/policies.",
    "rounds/doubles.",
    "rounds/selecting.",
    "rounds/knowledge.",
    "rounds/lines.",
    "rounds/sql/",
    "countries/nl/",
)
APART = ("/brp/", "/columns.toml", "/clocks.toml")
"""What a country's folder holds for others: the interface of its register, words in headers of files, legal terms."""
RULES = (4, "6988c526ee086dec")
"""The number of `rounds/freeze.py`, and a digest of the files that decide who gets a letter, and what address stands on it."""


@pytest.fixture(scope="module")
def checked_small(tmp_path_factory):
    """A round of two people that was planned and checked; the number of one is leaked."""
    people = [person("a", national_id="999990019", surname="X", initials="X", birth_date="1901-01-01"), person("b")]
    folder = write(tmp_path_factory.mktemp("small") / "case", people, rounds=a_round(), leaked=("999990019",))
    (folder / "letters" / "one" / "hit").mkdir(parents=True)
    write_record(folder, plan(folder, KEYS, "one", now=NOW).to("checked", NOW))
    return folder


@pytest.fixture
def small(checked_small, tmp_path):
    return shutil.copytree(checked_small, tmp_path / "case")


def kept(folder):
    return plan(folder, KEYS, "one", now=NOW + dt.timedelta(hours=1), keep=True)


def test_a_plan_that_holds_is_kept_with_what_was_decided_on_it(small):
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (small / "rounds").rglob("*.*")}
    assert kept(small).state == "checked"
    assert {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in (small / "rounds").rglob("*.*")} == before


def test_changed_words_keep_the_plan_but_must_be_checked_again(small):
    planned = read_record(small, "one").planned
    (small / "letters" / "one" / "hit" / "nl.toml").write_text("")
    assert (kept(small).state, kept(small).planned) == ("planned", planned)


@pytest.mark.parametrize("file", ["rows.csv", "register.csv"])
def test_changed_evidence_or_people_are_planned_anew(small, file):
    before = read_record(small, "one")
    path = small / "sources" / file
    path.write_text(
        path.read_text().replace("Nobody", "Somebody").replace("999990019", "999990020").replace("Dorps", "Kerk")
    )
    after = kept(small)
    assert after.planned != before.planned and after.content != before.content


def test_a_changed_round_is_planned_anew(small):
    before = read_record(small, "one")
    toml = (small / "case.toml").read_text()
    (small / "case.toml").write_text(toml.replace("date = 2025-09-15", "date = 2025-09-16"))
    assert kept(small).planned != before.planned


def test_whoever_changes_the_rules_must_say_whether_rounds_are_planned_anew():
    """If the same case is now planned otherwise, raise the number there and here; the digest here is renewed in any case."""
    deciding = tuple(f"src/helder/{start}" for start in DECIDING)
    found = hashlib.sha256()
    for path in tracked():
        if name(path).startswith(deciding) and not any(part in name(path) for part in APART):
            found.update(path.read_bytes())
    assert (freeze._RULES, found.hexdigest()[:16]) == RULES
