"""Addresses asked for in batches: answered once, kept sealed, gone on with after whatever stopped it."""

from __future__ import annotations

import datetime as dt
import itertools
from dataclasses import dataclass, field

import pytest

from helder.domain.address_refresh import ADDRESSES, Answer, postal_address
from helder.domain.correspondence import PostalAddress
from helder.domain.errors import KeyFileError, RegisterError
from helder.engines.keys import Keys
from helder.engines.parquet import read_parquet
from helder.pipeline import addresses
from helder.pipeline.addresses import FILE, Whom, refresh

KEYS = Keys(bytes(range(32)))
TODAY = dt.date(2025, 9, 1)
HERE = Answer("address", PostalAddress(street="Lindenlaan", house_number="7"), born="1980-02-03")


@dataclass
class Register:
    """A register in memory; `breaks_after` questions it fails."""

    answers: dict[str, Answer] = field(default_factory=dict)
    breaks_after: int | None = None
    error: BaseException = field(default_factory=lambda: RegisterError.passing("The register is away."))
    name: str = "brp"
    batch: int = 2
    questions: int = 0
    asked: list[str] = field(default_factory=list)

    def ask(self, numbers):
        if self.breaks_after is not None and self.questions >= self.breaks_after:
            raise self.error
        self.questions += 1
        numbers = list(numbers)
        self.asked += numbers
        return {number: self.answers.get(number, HERE) for number in numbers}

    def close(self):
        pass


def people(count: int) -> list[Whom]:
    return [Whom(person, f"n{person}", "1980-02-03") for person in range(count)]


def ask(whom, register, folder, **how):
    return refresh(whom, register, folder, KEYS, today=how.pop("today", TODAY), **how)


def rows(folder):
    return read_parquet([folder / FILE], KEYS).to_pylist()


def test_every_person_has_one_row_in_a_sealed_table(tmp_path):
    heard = []
    register = Register({"n1": Answer("none"), "n2": Answer("not_confirmed"), "n3": Answer("address", secret=True)})
    done = ask(people(5), register, tmp_path, tell=heard.append)
    assert (done.people, done.asked, done.left, done.questions, done.unguarded) == (5, 5, 0, 3, 1)
    assert done.outcomes == {"address": 3, "none": 1, "not_confirmed": 1, "other_person": 0, "invalid_number": 0}
    found = rows(tmp_path)
    assert [row["person"] for row in found] == [0, 1, 2, 3, 4]
    assert tuple(found[0]) == ADDRESSES.names
    assert postal_address(found[0]) == HERE.address
    assert found[3]["secret"] and not found[0]["secret"]
    assert {(row["source"], row["checked_on"]) for row in found} == {("brp", TODAY)}
    assert (tmp_path / FILE).read_bytes().startswith(b"HELDSEAL")
    assert b"Lindenlaan" not in (tmp_path / FILE).read_bytes()
    with pytest.raises(KeyFileError):
        read_parquet([tmp_path / FILE], Keys(bytes(32)))
    assert heard == [0.4, 0.8, 1.0]


def test_who_is_answered_about_is_not_asked_about_again(tmp_path):
    ask(people(3), Register(), tmp_path)
    register = Register()
    done = ask(people(5), register, tmp_path)
    assert register.asked == ["n3", "n4"]
    assert len(rows(tmp_path)) == 5
    assert (done.asked, done.left) == (2, 0)


def test_older_answers_are_asked_for_again_and_replaced(tmp_path):
    ask(people(3), Register(), tmp_path, today=dt.date(2025, 6, 1))
    ask(people(4), Register(), tmp_path, today=dt.date(2025, 8, 1))
    register = Register({"n1": Answer("none")})
    ask(people(4), register, tmp_path, since=dt.date(2025, 7, 1))
    assert register.asked == ["n0", "n1", "n2"]
    found = rows(tmp_path)
    assert [row["person"] for row in found] == [0, 1, 2, 3]
    assert found[1]["outcome"] == "none"
    assert found[3]["checked_on"] == dt.date(2025, 8, 1)


def test_the_budget_stops_between_questions_and_the_rest_is_for_next_time(tmp_path):
    done = ask(people(7), Register(), tmp_path, most=2)
    assert (done.asked, done.left, done.questions) == (4, 3, 2)
    assert ask(people(7), Register(), tmp_path, most=2).left == 0
    assert len(rows(tmp_path)) == 7


def test_a_failure_keeps_what_was_answered(tmp_path):
    with pytest.raises(RegisterError):
        ask(people(7), Register(breaks_after=2), tmp_path)
    assert len(rows(tmp_path)) == 4
    register = Register()
    ask(people(7), register, tmp_path)
    assert register.asked == ["n4", "n5", "n6"]


class Killed(BaseException):
    """The process is gone: nothing after this runs."""


def test_killed_at_any_write_it_goes_on_and_loses_nobody(tmp_path, monkeypatch):
    monkeypatch.setattr(addresses, "_QUESTIONS_A_PART", 1)
    real, when = addresses.rename_synced, itertools.count()
    for death in range(8):
        folder = tmp_path / str(death)
        writes = itertools.count()

        def dies(old, new, writes=writes, death=death):
            if next(writes) >= death:
                raise Killed
            real(old, new)

        monkeypatch.setattr(addresses, "rename_synced", dies)
        try:
            ask(people(9), Register(), folder)
        except Killed:
            next(when)
        monkeypatch.setattr(addresses, "rename_synced", real)
        register = Register()
        ask(people(9), register, folder)
        assert [row["person"] for row in rows(folder)] == list(range(9))
        assert len(register.asked) == 9 - 2 * min(death, 5) + (death >= 5)
        assert not list(folder.glob(".addresses"))
    assert next(when) == 6


def test_killed_between_the_whole_and_its_parts_no_answer_is_there_twice(tmp_path, monkeypatch):
    monkeypatch.setattr(addresses.shutil, "rmtree", lambda *_, **__: None)
    ask(people(3), Register(), tmp_path)
    assert list((tmp_path / ".addresses").glob("*.parquet"))
    monkeypatch.undo()
    register = Register()
    ask(people(3), register, tmp_path)
    assert not register.asked
    assert [row["person"] for row in rows(tmp_path)] == [0, 1, 2]


def test_without_a_number_of_ones_own_nobody_is_asked_about(tmp_path):
    whom = [Whom(0, None, ""), Whom(1, "n1", ""), Whom(2, "n2", ""), Whom(3, "n2", "")]
    register = Register()
    done = ask(whom, register, tmp_path)
    assert register.asked == ["n1"]
    assert done.outcomes["invalid_number"] == 3
    assert done.left == 0


@pytest.mark.parametrize(
    ("ours", "theirs", "outcome"),
    [
        ("1980-02-03", "1980-02-03", "address"),
        ("1980-02-03", "1980-02-04", "other_person"),
        ("1980-02-03", "1981-02-03", "other_person"),
        ("1980-00-00", "1980-02-03", "address"),
        ("1980-02-03", "1980-02-00", "address"),
        ("1980-02-00", "1980-03-00", "other_person"),
        ("0000-00-00", "1980-02-03", "address"),
        ("", "1980-02-03", "address"),
        ("1980-02-03", "", "address"),
        ("1980-02-03", "in-the-80s", "other_person"),
    ],
)
def test_a_number_of_somebody_born_on_another_day_gives_no_address(tmp_path, ours, theirs, outcome):
    register = Register({"n": Answer("address", HERE.address, born=theirs)})
    ask([Whom(0, "n", ours)], register, tmp_path)
    (row,) = rows(tmp_path)
    assert row["outcome"] == outcome
    assert (row["street"] is None) == (outcome == "other_person")


def test_nobody_to_ask_about_makes_an_empty_table(tmp_path):
    assert ask([], Register(), tmp_path).people == 0
    assert rows(tmp_path) == []
