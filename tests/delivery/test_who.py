"""Who did not receive it? One answer for everyone of the round, and its numbers are those of the account."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest

from cli.run import helder
from delivery.rounds import KEYS, POST, adds_up, ready, references
from helder.delivery.ledger import State
from helder.delivery.parcels import Parcel
from helder.domain.sheet_code import return_code
from helder.pipeline.carriers import open_ledger
from helder.pipeline.returning import account_of, take_returns, who
from helder.rounds.record import read_record, write_record

DAY = dt.datetime(2025, 9, 16, tzinfo=dt.UTC)


@pytest.fixture
def case(copied, tmp_path):
    """Six letters, one by one: arrived, returned, given up, refused, failed, not sent; and one person without address."""
    (tmp_path / "case.key").write_text("64" * 32)
    (tmp_path / "case.key").chmod(0o600)
    case = ready(copied(POST), prints=False)
    _arrived, moved, lost, bad, failed, _waits = references(case)
    with open_ledger(case, "one") as ledger:
        for reference in references(case)[:5]:
            ledger.begin(Parcel(reference, ""), "post")
            ledger.finish(reference, State.SENT, receipt=f"id-{reference}")
        ledger.finish(bad, State.REFUSED, why="http_400_ValidationError")
        ledger.tell_fate(failed, f"id-{failed}", "permanent-failure")
    write_record(case, read_record(case, "one").to("leaving", DAY))
    for code, step in ((moved, None), (lost, "unreachable")):
        (tmp_path / "back.txt").write_text(return_code(code))
        take_returns(case, KEYS, "one", tmp_path / "back.txt", default="moved", step=step, today=DAY.date())
    return case


def test_everyone_who_did_not_get_it_is_named_once_with_why_and_what_next(case):
    found = who(case, KEYS, "one")
    assert sorted((one["why"], one["reason"], one["step"]) for one in found) == [
        ("failed", "permanent-failure", "other_channel"),
        ("not_handed_over", "", "hand_over"),
        ("refused", "http_400_ValidationError", "other_channel"),
        ("returned", "moved", "new_address"),
        ("returned", "moved", "unreachable"),
        ("unreachable", "no_address", ""),
    ]
    assert len({one["person"] for one in found}) == len(found)


def test_the_numbers_are_those_of_the_account_and_of_the_round(case):
    account = adds_up(account_of(case, KEYS, "one"))
    counts = Counter(one["why"] for one in who(case, KEYS, "one"))
    assert {why: account[why] for why in counts} == counts
    assert account["people"] == account["delivered_as_far_as_known"] + account["not_received"]
    assert (account["not_received"], account["became_unreachable"]) == (counts.total(), 1)


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("nl", ["geen adres", "teruggekomen", "adres of nummer bestaat niet", "uit handen geven", "niet gekregen"]),
        ("en", ["no address", "returned", "address or number does not exist", "hand over", "did not receive it"]),
    ],
)
def test_it_is_one_command_in_both_languages(case, lang, words):
    ask = ("round", "returns", case, "one", "--people", "--reason", "a test", "--lang", lang)
    shown = " ".join(helder(*ask).out.split())
    assert not [word for word in words if word not in shown]
    told = helder(*ask, "--json").document
    assert len(told["missed"]) == told["not_received"] == 6
    assert all(one["next"] for one in told["missed"])
    only = helder(*ask, "--only", "refused", "--json").document["missed"]
    assert [one["why"] for one in only] == ["refused"]
