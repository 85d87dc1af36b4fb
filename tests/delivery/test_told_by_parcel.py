"""A print house gets a country's letters over days: who was told, and when, is known from the first parcel on."""

from __future__ import annotations

import datetime as dt

import pytest

from cli.run import helder
from delivery.rounds import DISK, KEYS, NOW, adds_up, ready, references
from helder.case.load import load_case
from helder.delivery import ledger as ledgers
from helder.domain.errors import DeliveryError, RoundError, StorageError
from helder.domain.manifest import read_manifest
from helder.domain.sheet_code import return_code
from helder.engines.parquet import read_parquet
from helder.engines.store import Store
from helder.pipeline import delivering
from helder.pipeline.carriers import open_ledger
from helder.pipeline.delivering import ask_to_stop, handover
from helder.pipeline.planning import plan
from helder.pipeline.returning import account_of, close, take_returns
from helder.pipeline.telling import catch_up
from helder.results.rounds import letters_out, look, told_people
from helder.rounds.record import read_record, write_record
from rounds.towns import a_round

MONDAY, TUESDAY, WEDNESDAY = (dt.date(2025, 9, day) for day in (15, 16, 17))
ONE_BY_ONE = DISK + "at_once = 1\n"


@pytest.fixture
def case(copied):
    return ready(copied(ONE_BY_ONE))


@pytest.fixture
def clock(monkeypatch):
    """Sets the day on which the ledger writes."""

    def on(day):
        monkeypatch.setattr(ledgers, "_now", lambda: f"{day.isoformat()}T12:00:00.000+00:00")

    on(MONDAY)
    return on


def hand(case, **more):
    return handover(case, KEYS, "one", now=NOW, environ={}, **more)


def first_parcel(case):
    """Hand over, and have it stopped after the first print file."""

    def stop(stage, share):
        if share:
            ask_to_stop(case, "one")

    return hand(case, progress=stop)


def told(case):
    path = case / "rounds" / "told.parquet.sealed"
    rows = read_parquet([path], KEYS).to_pylist() if path.exists() else []
    return {row["reference"]: (row["told_on"], row["status"], row["sequence"]) for row in rows}


def printed_in(case, file):
    text = (case / "rounds" / "one" / "out" / "manifest.csv").read_text()
    return {letter.reference for letter in read_manifest(text) if letter.file == file}


def take(case, *codes, **more):
    path = case.parent / f"back-{len(list(case.parent.iterdir()))}.txt"
    path.write_text("\n".join(codes))
    return take_returns(case, KEYS, "one", path, default="moved", today=TUESDAY, **{"step": None, **more})


def test_the_people_of_each_parcel_were_told_on_the_day_it_left(case, clock):
    stopped = first_parcel(case)
    assert (stopped.stopped, stopped.state) == (True, "leaving")
    first = printed_in(case, "00001.pdf")
    assert told(case) == dict.fromkeys(first, (MONDAY, "told", 1))
    assert (letters_out(case, read_record(case, "one"), KEYS), told_people(case, KEYS)) == (3, 3)
    clock(WEDNESDAY)
    assert hand(case).state == "handed_over"
    second = printed_in(case, "00002.pdf")
    assert told(case) == {**dict.fromkeys(first, (MONDAY, "told", 1)), **dict.fromkeys(second, (WEDNESDAY, "told", 1))}


def test_what_comes_back_is_taken_in_from_the_first_parcel_on_and_kept(case, clock):
    first_parcel(case)
    moved, lost, _ = sorted(printed_in(case, "00001.pdf"))
    still_here = min(printed_in(case, "00002.pdf"))
    taken = take(case, return_code(moved), return_code(lost), return_code(still_here))
    assert (taken.counts["new"], taken.counts["unknown"]) == (2, 1)
    take(case, return_code(lost), step="unreachable")
    hand(case)
    statuses = {ref: status for ref, (_, status, _) in told(case).items() if status != "told"}
    assert statuses == {moved: "returned", lost: "unreachable"}
    assert adds_up(account_of(case, KEYS, "one"))["returned"] == 2


@pytest.mark.parametrize("next_one", ["handover", "plan of another round"])
def test_a_kill_between_sending_and_writing_it_down_loses_and_doubles_nobody(case, clock, monkeypatch, next_one):
    with (case / "case.toml").open("a") as toml:
        toml.write(a_round("two", date="2025-10-15", more='who = "new"'))

    def killed(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(delivering, "catch_up", killed)
        with pytest.raises(KeyboardInterrupt):
            first_parcel(case)
    assert not told(case)
    clock(TUESDAY)
    if next_one == "handover":
        at_its_start = []
        hand(case, progress=lambda *_: at_its_start.append(set(told(case))))
        assert at_its_start[0] == printed_in(case, "00001.pdf")
        days = {ref: day for ref, (day, _, _) in told(case).items()}
        assert days == {
            **dict.fromkeys(printed_in(case, "00001.pdf"), MONDAY),
            **dict.fromkeys(printed_in(case, "00002.pdf"), TUESDAY),
        }
    else:
        assert plan(case, KEYS, "two", now=NOW).counts["not_in_round"] == {"already_told": 3}
        assert set(told(case)) == printed_in(case, "00001.pdf")


def test_a_parcel_found_later_to_have_arrived_was_told_when_it_was_tried(case, clock):
    """Killed after the rename and before the answer was written down; found on Wednesday."""
    first_parcel(case)
    with open_ledger(case, "one") as ledger:
        ledger._run("UPDATE parcel SET state = 'sending', receipt = '' WHERE id = '00001.pdf'")
    clock(WEDNESDAY)
    hand(case)
    assert {told(case)[ref][0] for ref in printed_in(case, "00001.pdf")} == {MONDAY}


def test_returned_mail_does_not_set_a_round_back_that_is_half_out(case, clock):
    first_parcel(case)
    take(case, return_code(min(printed_in(case, "00001.pdf"))))
    assert look(load_case(case), "one").changed == ()
    assert hand(case).complete


def test_the_rest_does_not_leave_when_what_was_approved_changed(case, clock):
    first_parcel(case)
    toml = (case / "case.toml").read_text()
    (case / "case.toml").write_text(toml.replace(f"date = {MONDAY}\nletters", f"date = {TUESDAY}\nletters"))
    with pytest.raises(RoundError, match="has left, and since then this changed: definition"):
        hand(case)
    with pytest.raises(RoundError, match="is being handed over and cannot be planned again"):
        plan(case, KEYS, "one", now=NOW)


def test_a_round_that_ends_half_way_is_closed_and_the_next_one_tells_the_others(case, clock):
    first_parcel(case)
    with pytest.raises(RoundError, match="3 letters were not handed over"):
        close(case, KEYS, "one", reason="", now=NOW)
    final = adds_up(close(case, KEYS, "one", reason="the letters changed", now=NOW))
    assert (final["delivered_as_far_as_known"], final["not_handed_over"]) == (3, 3)
    with pytest.raises(RoundError, match="is closed"):
        hand(case)
    with (case / "case.toml").open("a") as toml:
        toml.write(a_round("two", date="2025-10-15", more='who = "new"'))
    assert plan(case, KEYS, "two", now=NOW).counts["letters"] == 3


def test_nobody_gets_the_same_letter_by_two_rounds_that_are_half_out(case, clock):
    first_parcel(case)
    with (case / "case.toml").open("a") as toml:
        toml.write(a_round("two", date="2025-10-15"))
    plan(case, KEYS, "two", now=NOW)
    record = read_record(case, "two")
    for state in ("checked", "approved", "produced", "leaving"):
        record = record.to(state, NOW)
    write_record(case, record)
    with pytest.raises(RoundError, match="3 people of this round still wait for their letter of round 'two'"):
        hand(case)


def test_a_round_of_which_nothing_left_is_produced_again(case, clock):
    (case.parent / "printer").rmdir()
    with pytest.raises(DeliveryError, match="not there"):
        hand(case)
    assert (read_record(case, "one").state, told(case)) == ("produced", {})
    (case.parent / "printer").mkdir()
    assert hand(case).complete
    assert set(told(case)) == set(references(case))


def test_who_was_told_is_written_down_while_letters_leave(case, clock, monkeypatch):
    monkeypatch.setattr(delivering, "BEHIND", dt.timedelta())
    seen = []
    assert hand(case, progress=lambda stage, share: seen.append(len(told(case)))).complete
    assert seen[0] == 0 < seen[2] < len(told(case)) == 6


def test_what_cannot_be_written_down_meanwhile_stops_no_letter(case, clock, monkeypatch):
    def full(*_):
        raise StorageError("The disk is full.")

    monkeypatch.setattr(delivering, "BEHIND", dt.timedelta())
    real = delivering.catch_up
    monkeypatch.setattr(delivering, "catch_up", full)
    hand(case, progress=lambda stage, share: monkeypatch.setattr(delivering, "catch_up", full if share < 0.9 else real))
    assert len(told(case)) == 6


def test_somebody_who_works_in_the_case_at_that_moment_takes_nothing_from_the_handover(case, clock):
    with Store(case / "work").lock():
        assert hand(case).state == "handed_over"
    assert not told(case)
    assert catch_up(case, KEYS, "one")
    assert len(told(case)) == 6


@pytest.mark.parametrize(("lang", "words"), [("nl", "gaat uit handen"), ("en", "being handed over")])
def test_the_screen_says_that_a_round_is_half_out(case, clock, tmp_path, lang, words):
    (tmp_path / "case.key").write_text("64" * 32)
    (tmp_path / "case.key").chmod(0o600)
    first_parcel(case)
    assert words in helder("round", "show", case, "one", "--lang", lang).out
