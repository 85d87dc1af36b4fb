"""A contradiction of however many pieces is settled by one decision, on every engine."""

import tomllib
from pathlib import Path

import pytest

from helder.case.check import cross_check
from helder.case.load import Case
from helder.case.model import Assessment, CaseFile, Decisions
from helder.engines.base import Engine
from spec.harness import BASE, Spec, engine_states, evidence_of

SAID = """
[[statements]]
id = "{id}"
issuer = "lab"
about = "lab"
received = 2025-08-20
items = [{items}]
leaves = "not_taken"
"""
ACCEPTED = '[[acceptances]]\nevidence = "{id}"\nby = "an officer"\non = 2025-09-01\nreason = "logs seen"\n'
SETTLED = """
[[set_aside]]
clash = ["statement:others", "dataset:list", "statement:number"]
set_aside = "{gone}"
by = "an officer"
on = 2025-09-02
reason = "seen"
"""
SAYS = {"number": '"bsn"', "others": '"result", "email"'}
LISTED = evidence_of(Spec("listed", "", "person | kind\np1 | list\np2 | register", ""))


def states(engine: Engine, decisions: str):
    file = CaseFile.model_validate(
        tomllib.loads(BASE + "".join(SAID.format(id=id, items=items) for id, items in SAYS.items()))
    )
    accepted = "".join(ACCEPTED.format(id=id) for id in SAYS)
    decided = Decisions.model_validate(tomllib.loads(accepted + decisions))
    cross_check(file, decided, Path("case.toml"))
    return engine_states(engine, Case(Path(), file, decided), Assessment(), LISTED)


def test_three_pieces_that_clash_wait_for_a_decision(engine):
    found = states(engine, "")
    assert found["p1", "person"] == "contradiction"
    assert found["p2", "person"] == "out"


@pytest.mark.parametrize(
    ("gone", "expected"),
    [
        ("statement:number", {"person": "in", "bsn": "taken", "result": "not_taken", "email": "not_taken"}),
        ("dataset:list", {"person": "out", "bsn": "not_taken", "result": "not_taken", "email": "not_taken"}),
    ],
)
def test_one_decision_settles_three_pieces_and_touches_nobody_else(engine, gone, expected):
    found = states(engine, SETTLED.format(gone=gone))
    assert {item: found["p1", item] for item in expected} == expected
    assert found["p2", "person"] == "out"
