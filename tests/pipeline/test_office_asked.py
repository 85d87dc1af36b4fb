"""What the office says otherwise since its facts were taken stops the letters, from its registers to the print house."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from cli.run import PLAIN, helder, process
from helder.cli.office import office_of
from helder.domain.errors import RoundError, StorageError
from helder.letters.load import load_letters
from helder.letters.taken import compare
from helder.pipeline.delivering import handover
from helder.pipeline.producing import produce
from helder.results.rounds import standing
from helder.rounds.record import read_record
from pipeline.test_producing import DISK, NOW, ROUND, case, keys, made, sign  # noqa: F401 (fixtures)

CORRECT = """
import sys
from pathlib import Path
from helder.cli.office import prepare
prepare(Path(sys.argv[1]))
from helder.office import entries
from helder.office.models import User
from helder.registers.measures.models import Measure
author = User.objects.create_user(f"cor{User.objects.count()}", "Cor", ["coordinator"])
measure = Measure.objects.get(name=sys.argv[2], current=True)
if sys.argv[3] == "withdraw":
    entries.withdraw(Measure, author, measure.entry, "it was not so", measure.version)
else:
    field, _, value = sys.argv[3].partition("=")
    entries.correct(Measure, author, measure.entry, {field: value}, "seen again", measure.version)
"""
OTHER_WORDS = "words_nl=Wij werken nooit meer met dit laboratorium."
CITED, NOT_CITED = "lab_suspended", "labs_checked"


def in_the_office(folder, name, what):
    """Somebody corrects a measure, or withdraws it."""
    environment = {**os.environ, **PLAIN, "PYTHONPATH": os.pathsep.join(sys.path)}
    for other in ("HELDER_CASE", "DJANGO_SETTINGS_MODULE", "DATABASE_URL"):
        environment.pop(other, None)
    subprocess.run([sys.executable, "-c", CORRECT, folder, name, what], check=True, env=environment)


def test_what_was_withdrawn_after_the_check_keeps_letters_from_being_made_and_from_leaving(case, keys):  # noqa: F811
    """No file of the case changed, so no approval fell: only the office knows."""
    sign(case, keys)
    in_the_office(case, CITED, "withdraw")
    with pytest.raises(RoundError, match="state what the office says otherwise now, or no longer: lab_suspended") as no:
        produce(case, keys, ROUND, now=NOW, processes=1, office=office_of(case))
    assert "helder facts" in str(no.value.do)
    produce(case, keys, ROUND, now=NOW, processes=1)
    (case / "case.toml").write_text((case / "case.toml").read_text() + DISK)
    with pytest.raises(RoundError, match="otherwise now, or no longer: lab_suspended"):
        handover(case, keys, ROUND, now=NOW, environ={}, office=office_of(case))
    assert read_record(case, ROUND).state == "produced"
    ran = helder("round", "handover", case, ROUND, "--lang", "nl")
    assert (ran.code, "wat het kantoor nu anders zegt" in " ".join(ran.err.split())) == (RoundError.exit_code, True)


def test_the_check_says_so_before_anybody_approves_and_taking_the_facts_again_mends_it(case, keys):  # noqa: F811
    in_the_office(case, CITED, OTHER_WORDS)
    ran = helder("round", "check", case, ROUND, "--json")
    found = [one for one in ran.document["findings"] if one["stops"]]
    assert (ran.code, {(one["rule"], one["of"]) for one in found}) == (1, {("fact_otherwise", CITED)})
    assert {one["language"] for one in found} == {"nl", "en", "ar"}
    assert process("facts", case).code == 0  # apart: a process is one office's
    again = helder("round", "check", case, ROUND, "--json").document
    assert "fact_otherwise" not in {one["rule"] for one in again["findings"]}
    assert again["compared"] == ran.document["compared"] > 0


def test_what_no_letter_states_and_what_no_letter_prints_may_change(case, keys):  # noqa: F811
    """Another measure, and other evidence of this one, make no letter untrue."""
    in_the_office(case, NOT_CITED, "withdraw")
    in_the_office(case, CITED, "evidence=a memo of a later day")
    sign(case, keys)
    told = produce(case, keys, ROUND, now=NOW, processes=1, office=office_of(case))
    assert (told.specimen, told.compared) == (False, 4)


def test_specimens_are_made_without_asking(case, keys):  # noqa: F811
    def never():
        raise AssertionError

    assert produce(case, keys, ROUND, now=NOW, office=never).compared is None


def test_where_there_is_no_office_it_is_said_that_nobody_was_asked(case, keys):  # noqa: F811
    """A database with the log alone is no office; an office in which all was withdrawn would be one."""
    (case / "office.db").unlink()
    assert office_of(case)() is None
    ran = helder("round", "check", case, ROUND, "--json")
    assert (ran.code, ran.document["compared"]) == (0, None)
    assert "Het kantoor is hier niet" in helder("round", "check", case, ROUND, "--lang", "nl").out
    with closing(sqlite3.connect(case / "office.db")) as log:
        log.execute("CREATE TABLE IF NOT EXISTS audit_line (seq integer)")
    assert office_of(case)() is None


def test_an_office_that_does_not_answer_stops_the_letters(case, keys):  # noqa: F811
    (case / "office.db").write_bytes(b"no database at all")
    found = standing(case, ROUND)
    letters = load_letters(found.case, ROUND).values()
    with pytest.raises(StorageError, match="could not be asked whether its facts still hold"):
        compare(case, letters, found.round.date, office_of(case))


def test_a_round_that_states_nothing_of_the_office_asks_nobody(case, keys):  # noqa: F811
    found = standing(case, ROUND)
    assert compare(case, (), found.round.date, None).facts == 0
