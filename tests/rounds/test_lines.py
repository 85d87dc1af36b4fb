"""The lines of letters: the same by one process and by several, whole and in the order of the people."""

from __future__ import annotations

from collections import Counter

import pyarrow as pa
import pytest

from helder.countries import country
from helder.countries.nl.forms import DutchForms
from helder.domain.correspondence import NameParts, PostalAddress
from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.rounds import lines
from helder.rounds.lines import Writing, write_lines

KEYS = Keys(b"l" * 32)
WRITING = Writing(country("nl").forms, "NL", ("oncologie",))
PLAIN = {"initials": "A", "sex": "F", "street": "Dorpsstraat", "house_number": "1", "postcode": "1234ab", "city": "Ede"}
EVERYONE = [
    *({**PLAIN, "surname": f"De Boer{number}", "house_number": str(number + 1)} for number in range(20)),
    {**PLAIN, "surname": "Half", "city": ""},
    {**PLAIN, "surname": "Lijn\u2028Brekend\n"},
    {**PLAIN, "surname": "Venster", "street": "Afdeling Oncologie"},
]
COLUMNS = (
    *NameParts.__dataclass_fields__,
    *(name for name in PostalAddress.__dataclass_fields__ if name != "lines"),
    *("address_lines", "email", "representative_name", "representative_address"),
)


class RulesOnly(DutchForms):
    """Nobody is ordinary: everyone goes through the rules, one by one."""

    def ordinary(self) -> str:
        return ""


def written(people, processors=1, monkeypatch=None, batch=None, writing=WRITING, to_whom=""):
    """The rows of `written`, why some have none, and what progress said."""
    if monkeypatch:
        monkeypatch.setattr(lines, "processors", lambda: processors)
        monkeypatch.setattr(lines, "BATCH", batch)
        monkeypatch.setattr(lines, "_MANY", -1)
    rows = [{"person": number, "person_id": f"id{number}", **one} for number, one in enumerate(people)]
    shape = [("person", pa.int64()), *((name, pa.string()) for name in ("person_id", *COLUMNS))]
    engine = DuckEngine(KEYS)
    try:
        engine.read("addressed", pa.Table.from_pylist(rows, pa.schema(shape)))
        engine.run(
            "decided",
            "SELECT person, 'letter' AS outcome, 'g1' AS letter, 'nl' AS language, CAST(1 AS INTEGER) AS profile, "
            f"'' AS weakened, 'first' AS why, 'post' AS channel, '{to_whom}' AS to_whom FROM addressed WHERE person % 7 <> 3",
        )
        said: list[float] = []
        problems = write_lines(engine, KEYS, "round", writing, said.append)
        return engine.rows("SELECT * FROM written ORDER BY person"), problems, said
    finally:
        engine.close()


@pytest.fixture(scope="module")
def alone():
    return written(EVERYONE)


def test_several_processes_write_what_one_writes(alone, monkeypatch):
    rows, problems, said = written(EVERYONE, processors=2, monkeypatch=monkeypatch, batch=5)
    assert (rows, problems) == alone[:2]
    assert len(said) == 5 and said == sorted(said) and said[-1] == 1.0


def test_ordinary_people_get_what_the_rules_would_write(alone):
    assert written(EVERYONE, writing=Writing(RulesOnly(), "NL", ("oncologie",)))[:2] == alone[:2]


def test_whoever_cannot_be_addressed_has_the_reason_and_no_line(alone):
    rows, problems, _ = alone
    half, _, window = rows[-3:]
    assert (half["problem"], half["address"], half["salutation"]) == ("unaddressable", "", "")
    assert (window["problem"], window["address"]) == ("window_detail", "")
    assert problems == Counter({"no_city": 1, "window_detail": 1})


def test_a_sign_that_breaks_lines_breaks_none(alone):
    broken = alone[0][-2]
    assert broken["salutation"] == "Geachte mevrouw Lijn Brekend,"
    assert broken["address"].splitlines() == ["A Lijn Brekend", "Dorpsstraat 1", "1234 AB  EDE"]


CURATOR = {"representative_name": "Curator & Co", "representative_address": "Kade 1 / 3500 XX  UTRECHT"}


def written_about(ward, **acting):
    """The row of a letter to who acts for somebody, and why there is none."""
    rows, problems, _ = written([{**PLAIN, "surname": "Boer", **ward, **CURATOR, **acting}], to_whom="representative")
    return rows[0], problems


@pytest.mark.parametrize(
    ("ward", "about"),
    [
        ({"given_names": "Jan Peter", "initials": "J.P.", "prefix": "de"}, "Jan Peter de Boer"),
        ({"initials": "J.P.", "prefix": "de"}, "J.P. de Boer"),
        ({"given_names": "Jan\u2028\u202ePeter\n"}, "Jan Peter Boer"),
    ],
)
def test_a_letter_to_who_acts_for_somebody_names_that_person_and_only_inside(ward, about):
    row, problems = written_about(ward)
    assert (row["about"], row["salutation"], problems) == (about, "Geachte Curator & Co,", Counter())
    assert row["address"].splitlines() == ["Curator & Co", "Kade 1", "3500 XX  UTRECHT"]


def test_a_letter_to_the_person_themself_names_nobody_else(alone):
    assert {row["about"] for row in alone[0]} == {""}
    assert {row["about"] for row in written(EVERYONE, writing=Writing(RulesOnly(), "NL", ()))[0]} == {""}


def test_no_letter_goes_to_who_acts_for_somebody_without_a_name():
    row, problems = written_about({"initials": "", "surname": "."})
    assert (row["problem"], row["address"], row["about"], problems) == (
        "unaddressable",
        "",
        "",
        Counter({"no_name": 1}),
    )


@pytest.mark.parametrize("where", ["representative_name", "representative_address"])
def test_a_name_that_the_register_put_into_the_window_is_not_seen_there(where):
    acting = {
        where: CURATOR[where].replace("Co", "Co inzake JAN DE BOER").replace("Kade 1", "inzake jan de boer / Kade 1")
    }
    row, problems = written_about({"given_names": "Jan", "prefix": "de"}, **acting)
    assert (row["problem"], row["address"], row["about"]) == ("window_detail", "", "")
    assert problems == Counter({"window_detail": 1})


def test_lines_stand_beside_what_was_decided(alone):
    first = alone[0][0]
    assert (first["letter"], first["language"], first["why"], first["channel"]) == ("g1", "nl", "first", "post")
    assert first["sort"] == "1234AB" and first["reference"] and first["code"]


def test_nobody_to_write_to_gives_an_empty_table():
    assert written([]) == ([], Counter(), [])
