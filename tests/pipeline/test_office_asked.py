"""What the office says otherwise since its facts were taken stops the letters, from its registers to the print house."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from cli.run import PLAIN, helder, process
from delivery.smtp_server import PASSWORD, mail_server
from helder.cli.office import office_of
from helder.domain.errors import RoundError, StorageError
from helder.letters.load import OFFICE_FACTS, load_letters
from helder.letters.taken import compare
from helder.pipeline.delivering import BEHIND, handover
from helder.pipeline.producing import produce
from helder.pipeline.returning import account_of
from helder.results.rounds import standing
from helder.rounds.record import read_record
from pipeline.test_producing import DISK, LAST, MAIL, NOW, ROUND, case, keys, made, sign, until  # noqa: F401 (fixtures)

pytestmark = pytest.mark.slow

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


class Days:
    """A handover of days: after each parcel `BEHIND` has passed, and something happens after some of them."""

    def __init__(self, case, keys, mail, began=NOW):  # noqa: F811
        self.case, self.keys, self.mail, self.began = case, keys, mail, began

    def hand(self, office=None, after=(10**9, lambda: None), step=BEHIND):
        """Hand over by an office that says `office()`, with `after`: how many parcels before what happens."""
        self.time, self.parcels = self.began, 0

        def told(stage, share):
            if share:
                self.time += step
                self.parcels += 1
                if self.parcels == after[0]:
                    after[1]()

        secrets = {"HELDER_CHANNEL_MAIL_SECRET": PASSWORD}
        return handover(
            self.case,
            self.keys,
            ROUND,
            now=self.began,
            environ=secrets,
            office=office,
            progress=told,
            clock=lambda: self.time,
        )

    @property
    def files(self):
        """What lies at the print house."""
        return sorted(path.name for path in (self.case.parent / "printer").rglob("*.pdf"))

    @property
    def account(self):
        """What the round says became of its letters."""
        return account_of(self.case, self.keys, ROUND)


@pytest.fixture(scope="module")
def leavable(made, demo_case, tmp_path_factory):  # noqa: F811
    """The round approved and produced, one of its facts good until `LAST`; where its mail server is, is no part of that."""
    folder = tmp_path_factory.mktemp("leavable") / "lab"
    shutil.copytree(made[0], folder)
    until(folder, "opens", LAST)
    sign(folder, demo_case.keys)
    produce(folder, demo_case.keys, ROUND, now=NOW, processes=1)
    return folder


@pytest.fixture
def days(leavable, made, keys, tmp_path):  # noqa: F811
    shutil.copytree(leavable, tmp_path / "lab")
    shutil.copy2(made[0].with_name("lab.key"), tmp_path / "lab.key")
    (tmp_path / "printer").mkdir()
    with mail_server(tmp_path) as mail, (tmp_path / "lab" / "case.toml").open("a") as toml:
        toml.write(DISK + MAIL.format(port=mail.port, home=tmp_path).replace("user =", "at_once = 1\nuser ="))
        toml.flush()
        yield Days(tmp_path / "lab", keys, mail)


def test_what_is_withdrawn_while_letters_leave_keeps_the_next_ones_home(days):
    """In the office itself; what left stays in the account, and the same command sends nothing more."""
    withdraw = lambda: in_the_office(days.case, CITED, "withdraw")  # noqa: E731
    with pytest.raises(RoundError, match="the office says otherwise now, or no longer: lab_suspended") as stopped:
        days.hand(office_of(days.case), after=(3, withdraw), step=BEHIND / 2)
    assert "Close the round with --reason" in str(stopped.value.do)
    assert (len(days.mail.taken), days.files) == (4, [])
    account = days.account
    assert (account["delivered_as_far_as_known"], account["not_handed_over"]) == (4, account["letters"] - 4)
    assert read_record(days.case, ROUND).state == "leaving"
    with pytest.raises(RoundError, match="lab_suspended"):
        days.hand(office_of(days.case))
    assert len(days.mail.taken) == 4


def test_when_the_office_says_again_what_letters_say_the_rest_leaves_and_nothing_twice(days):
    said = (days.case / "letters" / OFFICE_FACTS).read_text()
    now = [said]
    otherwise = lambda: now.append(said.replace("niet meer met dit laboratorium", "nooit meer met dit laboratorium"))  # noqa: E731
    with pytest.raises(RoundError, match="lab_suspended"):
        days.hand(lambda: now[-1], after=(1, otherwise))
    assert len(days.mail.taken) == 1
    now.append(said)
    done = days.hand(lambda: now[-1], step=BEHIND / 50)
    assert (done.complete, done.compared) == (True, 4)
    account = days.account
    assert (account["not_handed_over"], account["delivered_as_far_as_known"]) == (0, account["letters"])
    assert len(set(days.mail.taken)) == len(days.mail.taken) == done.channels["mail"]["letters"]


def test_a_fact_that_expires_while_letters_leave_keeps_the_next_ones_home(days):
    days.began = dt.datetime.combine(LAST, dt.time(12), dt.UTC)
    with pytest.raises(RoundError, match="state what may not be said on 2025-09-21: opens"):
        days.hand(step=dt.timedelta(hours=7))
    assert len(days.mail.taken) == 2


def test_an_approval_does_not_outlive_a_change_while_letters_leave(days):
    """Facts taken again are other texts than the letters that were made: they agree with the office, and the letters do not."""
    path = days.case / "letters" / OFFICE_FACTS
    said = path.read_text().replace("niet meer met dit laboratorium", "nooit meer met dit laboratorium")
    with pytest.raises(RoundError, match="has left, and since then this changed: letters"):
        days.hand(lambda: said if days.parcels else None, after=(1, lambda: path.write_text(said)))
    assert len(days.mail.taken) == 1


def test_between_two_looks_the_office_is_left_alone(days):
    asked = []
    said = (days.case / "letters" / OFFICE_FACTS).read_text()
    assert days.hand(lambda: asked.append(1) or said, step=BEHIND / 1000).complete
    assert len(asked) == 1
