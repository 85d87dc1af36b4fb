"""`helder round addresses` over a made-up case and a BRP API on loopback."""

from __future__ import annotations

import datetime as dt
import fcntl
import json
import os

import pyarrow as pa
import pytest
from click.testing import CliRunner

from brp.server import KEY, home, person, serving
from cli.run import PLAIN, Ran
from helder.case.load import load_case
from helder.cli.round_addresses import command
from helder.cli.say import Say
from helder.cli.screen import Screen
from helder.domain.errors import BusyError, CaseError, RegisterError
from helder.engines.duckdb import DuckEngine
from helder.engines.parquet import read_parquet
from helder.pipeline.asking import whom_of
from helder.results.open import Results


@pytest.fixture
def registered(demo_copy):
    """The people in scope of the case, and an API in which every second of them has moved to Lindenlaan 7."""
    whom = asked_about(demo_copy)
    people = {w.number: person(w.number, home(), w.born) for w in whom if w.number and w.person % 2}
    with serving(people) as brp:
        yield demo_copy, whom, brp


def asked_about(case, name="round2"):
    round = load_case(case.folder).round(name)
    return whom_of(Results.open(case.folder, round.assessment), round, case.keys)


def run(case, brp, *words, round="round2", reason="a test", lang="en", **environ):
    env = {**PLAIN, "HELDER_BRP_URL": brp.url, "HELDER_BRP_API_KEY": KEY, **environ}
    arguments = [str(case.folder), round, *(("--reason", reason) if reason else ()), *map(str, words)]
    screen = Screen(Say(lang), json="--json" in words)
    done = CliRunner().invoke(command(Say(lang)), arguments, obj=screen, env=env)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Ran(done.exit_code, done.stdout, done.stderr)


def test_everyone_in_scope_is_asked_about_once_and_the_answers_are_sealed(registered):
    case, whom, brp = registered
    done = run(case, brp, "--per-second", 1000, "--json").document
    unique = len({w.number for w in whom})
    assert done["people"] == len(whom)
    assert done["asked"] + done["outcomes"]["invalid_number"] == len(whom)
    assert sorted(brp.numbers()) == sorted(set(brp.numbers()))
    assert len(brp.numbers()) == done["asked"] <= unique
    assert done["outcomes"]["address"] > 0 < done["outcomes"]["not_confirmed"]
    assert sum(done["outcomes"].values()) == len(whom)
    assert (done["left"], done["questions"]) == (0, len(brp.asked))
    path = case.folder / "rounds" / "round2" / "addresses.parquet"
    assert read_parquet([path], case.keys).num_rows == len(whom)
    assert run(case, brp, "--json").document["asked"] == 0


def test_nobody_is_named_in_what_is_shown_or_logged(registered):
    case, whom, brp = registered
    shown = run(case, brp, "--per-second", 1000)
    said = shown.out + shown.err + (case.folder / "office.db").read_bytes().decode("latin-1")
    assert "Asked about" in shown.out
    assert not [w for w in whom if w.number and w.number in said]
    assert "Lindenlaan" not in said
    assert b"addresses.ask" in (case.folder / "office.db").read_bytes()
    assert b"addresses.answered" in (case.folder / "office.db").read_bytes()


def test_a_budget_is_kept_and_told(registered):
    case, _, brp = registered
    shown = run(case, brp, "--per-second", 1000, "--most", 2, lang="nl")
    assert len(brp.asked) == 2
    assert "geef dezelfde opdracht opnieuw" in shown.out
    assert "40 mensen gevraagd, in 2 vragen" in shown.out


def test_a_failure_on_the_way_keeps_what_was_answered(registered):
    case, whom, brp = registered
    brp.moods += ["well", "well", "403"]
    with pytest.raises(RegisterError):
        run(case, brp, "--per-second", 1000)
    done = run(case, brp, "--per-second", 1000, "--json").document
    assert done["asked"] + 40 + done["outcomes"]["invalid_number"] == len(whom)


def test_looking_people_up_needs_a_reason_and_is_refused_before_anything_is_asked(registered):
    case, _, brp = registered
    with pytest.raises(Exception, match="reason"):
        run(case, brp, reason=None)
    assert not brp.asked


def test_a_register_that_is_not_known_says_how_a_file_is_given(registered):
    case, _, brp = registered
    with pytest.raises(CaseError) as refused:
        run(case, brp, "--from", "list.csv")
    assert 'fills = "addresses"' in refused.value.do


def test_a_second_process_is_kept_out(registered):
    case, _, brp = registered
    folder = case.folder / "rounds" / "round2"
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        with pytest.raises(BusyError):
            run(case, brp)
    finally:
        os.close(descriptor)
    assert not brp.asked


def test_since_asks_again(registered):
    case, _, brp = registered
    run(case, brp, "--per-second", 1000, "--most", 1)
    later = dt.date.today() + dt.timedelta(days=1)
    done = run(case, brp, "--per-second", 1000, "--most", 1, "--since", later, "--json").document
    assert done["asked"] == 20
    assert brp.asked[0]["burgerservicenummer"] == brp.asked[1]["burgerservicenummer"]


def test_who_died_by_our_own_register_is_not_asked_about(registered):
    case, whom, _ = registered
    results = Results.open(case.folder)
    engine = DuckEngine(case.keys)
    engine.read("people", results.published("source-register", "people"))
    dead: pa.Table = engine.arrow("SELECT person FROM people WHERE deceased_on IS NOT NULL")
    engine.close()
    assert dead.num_rows
    assert not set(dead["person"].to_pylist()) & {w.person for w in whom}
    assert json.dumps([w.person for w in whom]) == json.dumps(sorted(w.person for w in whom))


def test_a_round_asks_about_the_people_of_its_groups_only(registered):
    case, whom, brp = registered
    file = case.folder / "case.toml"
    told = file.read_text().replace('assessment = "as_told_1"', 'assessment = "as_told"')
    file.write_text(told.replace("date = 2025-08-18", "date = 2025-09-12"))
    some = asked_about(case, "round1")
    assert 0 < len(some) < len(whom)
    assert {w.person for w in some} < {w.person for w in whom}
    assert run(case, brp, "--per-second", 1000, "--json", round="round1").document["people"] == len(some)


def test_a_round_that_is_not_in_the_case_is_refused(registered):
    case, _, brp = registered
    with pytest.raises(CaseError, match="no round"):
        run(case, brp, round="round9")
