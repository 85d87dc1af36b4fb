"""The gate: two people who did not write it, for exactly this content, and nobody without the key."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict

import pytest

from helder.domain.errors import RoundError
from helder.engines.keys import Keys
from helder.rounds.authors import Authors, Signer
from helder.rounds.gate import (
    Signature,
    approvals,
    approve,
    fallen,
    missing,
    reader_test,
    report_reader_test,
    require_approved,
    waive_reader_test,
)
from helder.rounds.record import RoundRecord, folder_of

KEYS = Keys(b"g" * 32)
NOW = dt.datetime(2025, 9, 11, 12, tzinfo=dt.UTC)
WIL, ADA, BO = Signer("wil", "Wil Schrijver"), Signer("ada", "Ada One"), Signer("bo", "Bo Two")
AUTHORS = Authors(frozenset({"wil"}))


def record(**hashes):
    return RoundRecord("one", "checked", "current", None, "", {"letters": "a", **hashes}, {}, {})


def signed(case, by, about=None, keys=KEYS):
    return approve(case, about or record(), keys, by=by, authors=AUTHORS, at=NOW)


@pytest.fixture
def open_gate(tmp_path):
    signed(tmp_path, ADA)
    signed(tmp_path, BO)
    report_reader_test(tmp_path, record(), KEYS, by=ADA, report="eight readers, see register", at=NOW)
    return tmp_path


def test_two_people_and_a_reader_test_open_the_gate(open_gate):
    require_approved(open_gate, record(), KEYS, authors=AUTHORS)
    assert missing(open_gate, record(), KEYS, authors=AUTHORS) == []
    assert [one.signer for one in approvals(open_gate, record(), KEYS)] == [ADA, BO]


def test_one_is_not_enough_and_the_same_one_twice_is_one(tmp_path):
    signed(tmp_path, ADA)
    for again in (ADA, Signer("ADA ", "Married Now"), Signer("ada-2", "ADA  Oné")):
        with pytest.raises(RoundError, match="same person"):
            signed(tmp_path, again)
    with pytest.raises(RoundError, match="approval of 1 person who"):
        require_approved(tmp_path, record(), KEYS, authors=AUTHORS)


def test_who_wrote_the_letters_neither_approves_nor_waives(tmp_path):
    for spelling in (
        WIL,
        Signer("Wil", "W. de Schrijver"),
        Signer(" wil ", "Another Name"),
        Signer("ｗｉｌ", "Wide Letters"),
    ):
        with pytest.raises(RoundError, match="wrote"):
            signed(tmp_path, spelling)
        with pytest.raises(RoundError, match="wrote"):
            waive_reader_test(tmp_path, record(), KEYS, by=spelling, reason="no time", authors=AUTHORS, at=NOW)


@pytest.mark.parametrize("called", ["Ada One", "ADA  ONÉ", "ada"])
def test_an_author_outside_who_is_called_as_somebody_with_an_account_is_them(tmp_path, called):
    with pytest.raises(RoundError, match="wrote"):
        approve(tmp_path, record(), KEYS, by=ADA, authors=Authors(outside=frozenset({called})), at=NOW)


def test_a_namesake_of_an_authors_account_is_another_person(tmp_path):
    approve(tmp_path, record(), KEYS, by=Signer("wil-2", "Wil Schrijver"), authors=AUTHORS, at=NOW)


def test_an_author_who_becomes_known_later_no_longer_counts(open_gate):
    with pytest.raises(RoundError, match="approval of 1"):
        require_approved(open_gate, record(), KEYS, authors=Authors(frozenset({"bo"})))


def test_content_that_changes_makes_every_signature_void(open_gate):
    with pytest.raises(RoundError, match=r"approvals of 2 .* reader test"):
        require_approved(open_gate, record(letters="b"), KEYS, authors=AUTHORS)
    require_approved(open_gate, record(), KEYS, authors=AUTHORS)


def test_without_the_key_nobody_writes_an_approval(open_gate):
    path = folder_of(open_gate, "one") / "approvals.json"
    lines = json.loads(path.read_text())
    lines[1]["by"] = "cy"
    path.write_text(json.dumps(lines))
    assert [one.by for one in approvals(open_gate, record(), KEYS)] == ["ada"]
    assert approvals(open_gate, record(), Keys(b"h" * 32)) == ()


def test_a_signature_of_another_round_does_not_count(open_gate):
    path = folder_of(open_gate, "one") / "approvals.json"
    other = RoundRecord("two", "checked", "current", None, "", {"letters": "a"}, {}, {})
    folder_of(open_gate, "two").mkdir()
    (folder_of(open_gate, "two") / "approvals.json").write_text(path.read_text())
    assert approvals(open_gate, other, KEYS) == ()


def test_going_without_a_reader_test_takes_a_name_and_a_reason(tmp_path):
    for by, reason in ((Signer("", ""), "no time"), (Signer("ada", " "), "no time"), (ADA, " 12 ")):
        with pytest.raises(RoundError):
            waive_reader_test(tmp_path, record(), KEYS, by=by, reason=reason, authors=AUTHORS, at=NOW)
    waive_reader_test(tmp_path, record(), KEYS, by=ADA, reason="people must know today", authors=AUTHORS, at=NOW)
    held = reader_test(tmp_path, record(), KEYS)
    assert held is not None and held.words == "people must know today"


def test_a_signature_by_a_name_alone_is_shown_as_fallen_and_opens_nothing(open_gate):
    """As they were given before accounts were compared."""
    path = folder_of(open_gate, "one") / "approvals.json"
    old = Signature("approval", "one", record().content, "Ada One", NOW.isoformat())
    was = {name: value for name, value in asdict(old).items() if name != "name"} | {"mac": old.code(KEYS)}
    path.write_text(json.dumps([was]))
    assert approvals(open_gate, record(), KEYS) == ()
    assert [one.signer.name for one in fallen(open_gate, record(), KEYS)] == ["Ada One"]


def test_a_damaged_file_of_approvals_is_an_error_and_no_open_gate(open_gate):
    (folder_of(open_gate, "one") / "approvals.json").write_text("[{")
    with pytest.raises(RoundError, match="damaged"):
        require_approved(open_gate, record(), KEYS, authors=AUTHORS)
