"""What people decide about rows under review: it wins over linkage, holds for exactly that row, and outlives a re-run."""

from __future__ import annotations

import datetime as dt
import os
import signal
from dataclasses import replace

import pytest

from helder.domain.errors import DecisionError, StorageError
from helder.domain.tables import CANDIDATES, LINKS
from helder.linkage import reviews
from helder.linkage.deciding import apply_decisions
from helder.linkage.reviews import Place, decisions_text, read_decisions, tame, untamed, write_decisions
from linkage.review_tables import DAY, KEYS, SOURCES, World, candidate, review


@pytest.fixture
def world() -> World:
    """Row 1 is under review with people 0 and 1; row 2 is accepted as person 2."""
    accepted = {"record": 2, "person": 2, "outcome": "accepted", "method": "probabilistic", "weight": 20.0,
                "levels": "surname:equal_rare"}  # fmt: skip
    return World(links=[review(1, 0), accepted], candidates=[candidate(1, 1, 0, 12.0), candidate(1, 2, 1, 11.0)])


def decided(engine, world: World, *decisions):
    """Links and candidates by record, and the counts."""
    world.put(engine)
    done = apply_decisions(engine, KEYS, decisions, SOURCES, {"rows": world.files})
    links = {row["record"]: row for row in engine.rows(f"SELECT * FROM {done.links}")}
    candidates = engine.rows(f"SELECT * FROM {done.candidates} ORDER BY record, rank")
    assert all(set(row) == set(LINKS.names) for row in links.values())
    assert all(set(row) == set(CANDIDATES.names) for row in candidates)
    return links, candidates, done.counts


def test_without_decisions_links_are_what_linkage_made(duck, world):
    links, candidates, counts = decided(duck, world)
    assert (links[1]["outcome"], links[1]["person"], links[1]["decided_on"]) == ("review", 0, None)
    assert (links[2]["outcome"], links[2]["method"]) == ("accepted", "probabilistic")
    assert len(candidates) == 2
    assert counts == {"accepted": 0, "none": 0, "unsure": 0, "stale": 0, "overruled": 0}


def test_a_chosen_candidate_becomes_an_accepted_link_since_the_day_of_the_decision(duck, world):
    links, candidates, counts = decided(duck, world, world.decision(1, "accepted", 1))
    link = links[1]
    assert (link["outcome"], link["person"], link["method"]) == ("accepted", 1, "decision")
    assert (link["decided_on"], link["reason"]) == (DAY, None)
    assert (link["weight"], link["levels"]) == (11.0, "surname:equal_rare;sex:2")
    assert len(candidates) == 2, "who was in question until then stays known"
    assert counts["accepted"] == 1


def test_nobody_means_no_link(duck, world):
    links, _, _ = decided(duck, world, world.decision(1, "none"))
    assert (links[1]["outcome"], links[1]["person"], links[1]["method"]) == ("none", None, None)
    assert (links[1]["reason"], links[1]["decided_on"]) == ("decided", DAY)


def test_unsure_stays_a_review(duck, world):
    links, _, _ = decided(duck, world, world.decision(1, "unsure"))
    assert (links[1]["outcome"], links[1]["person"], links[1]["reason"]) == ("review", 0, "unsure")
    assert links[1]["decided_on"] is None


def test_a_decision_outlives_thresholds_that_would_link_nobody(duck, world):
    taken = world.decision(1, "accepted", 1), world.decision(1, "unsure")
    world.links, world.candidates = world.links[1:], []
    links, _, _ = decided(duck, world, taken[0])
    assert (links[1]["outcome"], links[1]["person"], links[1]["method"]) == ("accepted", 1, "decision")
    assert links[1]["decided_on"] == DAY
    links, candidates, _ = decided(duck, world, taken[1])
    assert (links[1]["outcome"], links[1]["person"]) == ("review", 0)
    assert [(row["rank"], row["person"]) for row in candidates] == [(1, 0), (2, 1)]


@pytest.mark.parametrize(("verdict", "person", "outcome"), [("accepted", 1, "accepted"), ("none", None, "none")])
def test_a_decision_wins_over_what_linkage_accepts_by_now(duck, world, verdict, person, outcome):
    taken = world.decision(1, verdict, person)
    world.links[0] = {**world.links[0], "outcome": "accepted", "reason": None}
    world.candidates = []
    links, candidates, counts = decided(duck, world, taken)
    assert (links[1]["outcome"], links[1]["person"], links[1]["decided_on"]) == (outcome, person, DAY)
    assert [(row["record"], row["person"], row["weight"]) for row in candidates] == [(1, 0, 12.0)]
    assert counts["overruled"] == 1


def test_unsure_makes_a_review_of_what_linkage_accepts_by_now(duck, world):
    taken = world.decision(1, "unsure")
    world.links[0] = {**world.links[0], "outcome": "accepted", "reason": None}
    world.candidates = []
    links, candidates, _ = decided(duck, world, taken)
    assert (links[1]["outcome"], links[1]["person"], links[1]["method"]) == ("review", 0, "probabilistic")
    assert [row["person"] for row in candidates] == [0]


@pytest.mark.parametrize(("method", "stays"), [("exact", "exact"), ("probabilistic", "decision")])
def test_a_decision_that_only_confirms_takes_nothing_from_the_past(duck, world, method, stays):
    taken = world.decision(1, "accepted", 0)
    world.links[0] = {"record": 1, "person": 0, "outcome": "accepted", "method": method, "agrees": "surname"}
    world.candidates = []
    links, candidates, counts = decided(duck, world, taken)
    assert (links[1]["method"], links[1]["decided_on"], links[1]["agrees"]) == (stays, None, "surname")
    assert (candidates, counts["overruled"]) == ([], 0)


def test_another_persons_exact_link_gives_way_to_a_decision(duck, world):
    taken = world.decision(1, "accepted", 1)
    world.links[0] = {"record": 1, "person": 0, "outcome": "accepted", "method": "exact", "agrees": "surname"}
    world.candidates = []
    links, candidates, _ = decided(duck, world, taken)
    assert (links[1]["person"], links[1]["method"], links[1]["agrees"]) == (1, "decision", None)
    assert [(row["person"], row["weight"], row["levels"]) for row in candidates] == [(0, 0.0, "")]


STALE = {
    "the row changed": lambda w: w.rows.update({1: "Elder"}),
    "a candidate changed": lambda w: w.people.__setitem__(1, "Moved"),
    "a candidate left the register": lambda w: w.people.__delitem__(slice(1, 3)),
    "the row is gone": lambda w: (w.rows.pop(1), w.links.pop(0)),
    "the file changed": lambda w: w.files.__setitem__(0, "cd" * 32),
    "the file is gone": lambda w: w.files.clear(),
    "linkage has somebody in mind whom the reviewer did not see": lambda w: w.links[0].update(person=2),
    "there is no basis any more": lambda w: setattr(w, "no_basis", frozenset({1})),
}


@pytest.mark.parametrize("change", STALE.values(), ids=STALE)
def test_a_decision_does_not_apply_when(duck, world, change):
    world.links.pop()
    taken = world.decision(1, "accepted", 1)
    change(world)
    links, _, counts = decided(duck, world, taken)
    assert counts == {"accepted": 0, "none": 0, "unsure": 0, "stale": 1, "overruled": 0}
    assert all(link["method"] != "decision" for link in links.values())


def test_a_decision_applies_to_no_other_row_of_the_same_content(duck, world):
    taken = world.decision(1, "accepted", 0)
    world.rows[2], world.links[1] = "Alder", review(2, 0)
    links, _, _ = decided(duck, world, replace(taken, place=Place("rows", 0, 2)))
    assert links[2]["outcome"] == "review"
    links, _, counts = decided(duck, world, replace(taken, place=Place("elsewhere", 0, 1)))
    assert (links[1]["outcome"], counts["stale"]) == ("review", 1)


def test_the_file_reads_back_as_it_was_written(tmp_path, world):
    path = tmp_path / "decisions" / "reviews.csv"
    assert read_decisions(path) == []
    hostile = world.decision(1, "accepted", 1, by="=cmd|'x'!A1", reason='\'-1, "twice"; é ≠ 你')
    both = [world.decision(2, "none", shown=(2,)), hostile]
    write_decisions(path, decisions_text(both))
    assert sorted(read_decisions(path), key=lambda one: one.place) == [hostile, both[0]]
    assert decisions_text(reversed(both)) == path.read_text()


def test_nobody_of_the_register_stands_in_the_file(world):
    text = decisions_text([world.decision(1, "accepted", 1)])
    assert not [word for word in ("Alder", "Alders", "id0", "id1") if word in text]


@pytest.mark.parametrize("text", ["=1+1", "'=1", "+31", "-x", "@me", "\tx", "''=", "'quoted'", "it's", ""])
def test_no_text_is_a_formula_and_each_comes_back(text):
    assert untamed(tame(text)) == text
    assert not tame(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def broken(text: str, old: str, new: str) -> str:
    assert old in text
    return text.replace(old, new)


BROKEN = {
    "another header": ("review,source", "key,source"),
    "too few cells": (",same house", ""),
    "another key": ("r-", "q-"),
    "another keyed id": ("p-", "P-"),
    "an unknown decision": (",accepted,", ",perhaps,"),
    "a person who was not shown": (",accepted,p-", ",accepted,p-aaaaaaaaaaaaaaaa p-"),
    "somebody where nobody was chosen": (",accepted,", ",none,"),
    "a row that is no number": ("rows,0,1", "rows,0,one"),
    "no name": ("R. Example", ""),
    "no date": ("2025-09-20", "yesterday"),
    "an open quote": ("same house", '"same house'),
}


@pytest.mark.parametrize(("old", "new"), BROKEN.values(), ids=BROKEN)
def test_a_decision_file_that_was_broken_is_refused_with_its_line(tmp_path, world, old, new):
    path = tmp_path / "reviews.csv"
    path.write_text(broken(decisions_text([world.decision(1, "accepted", 1)]), old, new))
    with pytest.raises(DecisionError) as error:
        read_decisions(path)
    assert f"{path}, line " in error.value.where
    assert "R. Example" not in str(error.value)


def test_a_row_decided_twice_is_refused(tmp_path, world):
    path = tmp_path / "reviews.csv"
    text = decisions_text([world.decision(1, "accepted", 1), world.decision(1, "none")])
    path.write_text(text)
    with pytest.raises(DecisionError, match="twice"):
        read_decisions(path)


def test_a_file_that_is_no_text_is_refused(tmp_path):
    path = tmp_path / "reviews.csv"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(DecisionError, match="cannot be read"):
        read_decisions(path)


def test_whoever_is_killed_while_writing_leaves_the_old_file_whole(tmp_path, world, monkeypatch):
    path = tmp_path / "reviews.csv"
    old = decisions_text([world.decision(1, "none")])
    write_decisions(path, old)

    def killed(*paths):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(reviews, "rename_synced", killed)
    with pytest.raises(StorageError, match="disk is full"):
        write_decisions(path, decisions_text([world.decision(1, "accepted", 1, on=dt.date(2025, 9, 21))]))
    assert path.read_text() == old


def test_a_real_kill_in_the_middle_leaves_the_old_file_whole(tmp_path, world):
    path = tmp_path / "reviews.csv"
    old = decisions_text([world.decision(1, "none")])
    write_decisions(path, old)
    child = os.fork()
    if child == 0:
        reviews.rename_synced = lambda *paths: os.kill(os.getpid(), signal.SIGKILL)
        write_decisions(path, "half")
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert path.read_text() == old
    write_decisions(path, old)
    assert [one.name for one in tmp_path.iterdir()] == ["reviews.csv"]
