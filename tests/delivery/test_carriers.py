"""Letters by post leave in the way that they were made: in print files or one by one, and never in both."""

from __future__ import annotations

import pytest

from delivery.rounds import DISK, KEYS, NOW, POST, adds_up, ready, references
from helder.delivery.ledger import State
from helder.delivery.parcels import Parcel
from helder.domain.errors import HelderError, RoundError
from helder.pipeline.carriers import open_ledger
from helder.pipeline.delivering import handover
from helder.pipeline.producing import produce
from helder.pipeline.returning import account_of


def hand(case):
    return handover(case, KEYS, "one", now=NOW, environ={})


def carried_by(case, old, new):
    path = case / "case.toml"
    path.write_text(path.read_text().replace(old, new))


def test_print_files_do_not_leave_by_a_carrier_that_takes_letters_one_by_one(copied):
    case = ready(copied(DISK))
    carried_by(case, DISK, POST)
    with pytest.raises(RoundError, match="were made in print files") as refused:
        hand(case)
    assert refused.value.where == "case.toml [channels.post]"
    assert refused.value.do == f"helder round produce {case} one"


def test_letters_made_one_by_one_do_not_leave_by_a_print_house(copied):
    case = ready(copied(POST), prints=False)
    carried_by(case, POST, DISK)
    with pytest.raises(RoundError, match="were made one by one") as refused:
        hand(case)
    assert refused.value.where == "case.toml [channels.disk]"
    assert adds_up(account_of(case, KEYS, "one"))["not_handed_over"] == 6


@pytest.mark.parametrize(
    ("before", "after", "id"), [(DISK, POST, "00001.pdf"), (POST, DISK, "")], ids=["files", "letters"]
)
def test_what_has_left_in_one_way_is_not_made_anew_for_another(before, after, id, copied):
    case = ready(copied(before), prints=before == DISK)
    name = "disk" if before == DISK else "post"
    with open_ledger(case, "one") as ledger:
        parcel = Parcel(id or references(case)[0], "00")
        ledger.begin(parcel, name)
        ledger.finish(parcel.id, State.REFUSED)
        carried_by(case, before, after)
        # What was refused did not arrive: only then production goes on, to what this case does not have.
        with pytest.raises(HelderError) as other:
            produce(case, KEYS, "one", now=NOW)
        assert "left by channel" not in other.value.what
        ledger.begin(parcel, name)
    with pytest.raises(RoundError, match=f"left by channel '{name}'") as refused:
        produce(case, KEYS, "one", now=NOW)
    assert "twice" in refused.value.do


def test_letters_that_left_one_by_one_are_accounted_for_as_they_left(copied):
    case = ready(copied(POST), prints=False)
    first, second, *_ = references(case)
    with open_ledger(case, "one") as ledger:
        for reference, state in ((first, State.SENT), (second, State.REFUSED)):
            ledger.begin(Parcel(reference, ""), "post")
            ledger.finish(reference, state)
    for channels in (POST, DISK):
        carried_by(case, POST, channels)
        account = adds_up(account_of(case, KEYS, "one"))
        assert [account[way] for way in ("delivered_as_far_as_known", "refused", "not_handed_over")] == [1, 1, 4]


def test_after_the_handover_another_carrier_gets_nothing(copied):
    case = ready(copied(DISK))
    assert hand(case).complete
    carried_by(case, DISK, POST)
    with pytest.raises(RoundError, match="were made in print files") as refused:
        hand(case)
    assert "handed over" in refused.value.do
