"""Letters that a channel refused: why is counted, and once it is mended they go again, unless somebody was told since."""

from __future__ import annotations

import datetime as dt

import pytest

from cli.run import helder
from delivery.rounds import DISK, KEYS, NOW, POST, adds_up, ready, references
from helder.case.load import load_case
from helder.delivery.ledger import State
from helder.delivery.parcels import Parcel
from helder.delivery.refusals import in_words
from helder.domain.errors import RoundError
from helder.domain.manifest import read_files
from helder.pipeline.carriers import open_ledger
from helder.pipeline.delivering import handover
from helder.pipeline.planning import plan
from helder.pipeline.returning import account_of
from helder.pipeline.telling import refused_and_untold
from helder.rounds.told import told_of
from rounds.towns import a_round, tell


def hand(case, **more):
    return handover(case, KEYS, "one", now=NOW, environ={}, **more)


def refuse(case, *parcels, channel="disk"):
    """What the channel refused: pairs of parcel and why."""
    with open_ledger(case, "one") as ledger:
        for parcel, why in parcels:
            ledger.begin(parcel, channel)
            ledger.finish(parcel.id, State.REFUSED, why=why)


def first_file(case):
    one = read_files((case / "rounds" / "one" / "out" / "files.csv").read_text())[0]
    return Parcel(one.file, one.sha256)


@pytest.fixture
def case(copied):
    """Its first print file, with three letters, was refused."""
    case = ready(copied(DISK))
    refuse(case, (first_file(case), "smtp_550"))
    return case


def printed(case):
    return {path.name for path in (case.parent / "printer").rglob("*.pdf")}


def statuses(case):
    return sorted(one.status for one in told_of(case, KEYS, "one").values())


def test_the_account_says_why(copied):
    case = ready(copied(POST), prints=False)
    first, second, third, *_ = (Parcel(reference, "") for reference in references(case))
    bad = "http_400_BadRequestError"
    refuse(case, (first, bad), (second, bad), (third, "no_pdf"), channel="post")
    account = adds_up(account_of(case, KEYS, "one"))
    assert (account["refused"], account["refusals"]) == (3, {bad: 2, "no_pdf": 1})


def test_what_was_refused_is_not_sent_again_by_itself_and_nobody_in_it_was_told(case):
    assert hand(case).complete
    assert (printed(case), statuses(case)) == ({"00002.pdf"}, ["returned"] * 3 + ["told"] * 3)


def test_when_it_is_mended_it_is_sent_and_its_people_were_told(case):
    hand(case)
    again = hand(case, again=True)
    assert (again.complete, again.channels["disk"]["now"]) == (True, {"before": 1, "sent": 1})
    assert (printed(case), statuses(case)) == ({"00001.pdf", "00002.pdf"}, ["told"] * 6)
    assert account_of(case, KEYS, "one")["refusals"] == {}


def test_who_was_told_by_another_round_since_is_not_written_to_again(case):
    with (case / "case.toml").open("a") as toml:
        toml.write(a_round("two", date="2025-10-15"))
    plan(case, KEYS, "two", now=NOW)
    hand(case)
    assert refused_and_untold(load_case(case), KEYS, "one") == {"00001.pdf"}
    tell(case, KEYS, "two", told_on=dt.date(2025, 10, 16))
    assert refused_and_untold(load_case(case), KEYS, "one") == set()


def test_it_is_not_sent_when_what_was_approved_changed(case):
    hand(case)
    toml = (case / "case.toml").read_text()
    (case / "case.toml").write_text(toml.replace("date = 2025-09-15\nletters", "date = 2025-09-16\nletters"))
    with pytest.raises(RoundError, match="since then this changed"):
        hand(case, again=True)


@pytest.mark.parametrize(
    ("lang", "asked", "why"),
    [
        ("nl", "--refused resend", "de mailserver weigerde (SMTP 550)"),
        ("en", "--refused resend", "the mail server refused (SMTP 550)"),
    ],
)
def test_the_commands_say_it(case, tmp_path, lang, asked, why):
    (tmp_path / "case.key").write_text("64" * 32)
    (tmp_path / "case.key").chmod(0o600)
    assert asked in helder("round", "handover", case, "one", "--lang", lang).out
    assert why in helder("round", "returns", case, "one", "--lang", lang).out
    assert helder("round", "handover", case, "one", "--refused", "resend", "--json").document["complete"]
    assert why not in helder("round", "returns", case, "one", "--lang", lang).out


def test_a_word_that_is_not_known_stays_what_it_is():
    assert in_words("http_418_Teapot") == ("Notify weigerde (418 Teapot)", "Notify refused (418 Teapot)")
    assert in_words("sunspots") == ("sunspots", "sunspots")
