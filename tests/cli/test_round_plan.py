"""`helder round plan` and `helder round show`: numbers that add up, and a list of people only with key and reason."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from cli.run import helder as command
from helder.audit import read_log
from helder.cli.round_words import PARTS
from helder.engines.keys import Keys
from helder.rounds.policies import BY_ID
from rounds.towns import a_round, person, write

MASTER = b"c" * 32
KEY = {"HELDER_KEY": MASTER.hex()}
PEOPLE = {
    "plain": person("plain"),
    "english": person("english", language="en"),
    "colleague": person("colleague", staff="yes"),
    "ward": person("ward", legal_status="curatorship"),
    "moved": person("moved", address_status="moved"),
    "gone": person("gone", address_status="moved"),
    "question": person("question", address_status="in_question"),
    "no_post": person("no_post", no_post="yes", email="somebody@post.example"),
}


@pytest.fixture(scope="module")
def town(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("town") / "case"
    write(folder, list(PEOPLE.values()), rounds=a_round() + a_round("later"))
    done = command("round", "plan", folder, "one", "--json", env=KEY)
    assert done.code == 0, done.err
    return folder


def helder(*words, lang="en"):
    return command("--lang", lang, *words, env=KEY)


def lines(folder):
    with read_log(folder) as cursor:
        cursor.execute("SELECT actor, action, subject, reason, details FROM audit_line ORDER BY seq")
        return [str(row) for row in cursor.fetchall()]


def test_a_plan_says_what_becomes_of_everyone(town):
    found = helder("round", "plan", town, "one", "--json").document
    assert (found["round"], found["state"], found["changed"]) == ("one", "planned", [])
    assert found["people"] == len(PEOPLE) == found["letters"] + found["suppressed"] + found["unreachable"]
    assert found["reasons"] == {"address_in_question": 1, "curatorship": 1, "moved": 2, "staff": 1}
    assert found["channels"] == {"email": 1, "post": 2}
    assert found["languages"] == {"en": 1, "nl": 2}


def test_planning_leaves_a_line_in_the_audit_log_that_names_nobody(town):
    before = len(lines(town))
    helder("round", "plan", town, "one")
    *_, last = lines(town)
    assert len(lines(town)) == before + 1
    assert "round.plan" in last and "round/one" in last
    assert not [id for id in PEOPLE if f"'{id}'" in last]


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_on_the_screen_every_rule_that_was_used_has_its_words(town, lang):
    shown = " ".join(helder("round", "show", town, "one", lang=lang).out.split())
    for rule in ("staff", "curatorship", "moved", "address_in_question", "no_post"):
        words = BY_ID[rule].nl if lang == "nl" else BY_ID[rule].en
        assert words.split()[0] in shown


def test_to_see_numbers_no_key_is_needed(town):
    shown = command("round", "show", town, "one", "--json")
    assert shown.code == 0
    assert shown.document == helder("round", "show", town, "one", "--json").document
    assert "without" not in shown.document


def test_who_gets_no_letter_is_listed_by_keyed_id_with_what_happens_instead(town):
    done = helder("round", "show", town, "one", "--suppressed", "--reason", "to look them up", "--json")
    found = done.document["without"]
    assert Counter(one["policy"] for one in found) == done.document["reasons"]
    keys = Keys(MASTER)
    assert {one["person"] for one in found if one["policy"] == "moved"} == {
        keys.keyed_id("moved"),
        keys.keyed_id("gone"),
    }
    assert all(one["instead"] == BY_ID[one["policy"]].instead_en for one in found)
    assert "to look them up" in lines(town)[-1]


def test_a_rule_alone_lists_its_people(town):
    done = helder("round", "show", town, "one", "--rule", "staff", "--reason", "to tell them", "--json", lang="nl")
    (one,) = done.document["without"]
    assert (one["person"], one["instead"]) == (Keys(MASTER).keyed_id("colleague"), BY_ID["staff"].instead_nl)


def test_the_list_stands_on_the_screen_too(town):
    shown = helder("round", "show", town, "one", "--rule", "staff", "--reason", "to tell them").out
    assert Keys(MASTER).keyed_id("colleague")[:8] in shown


def test_a_list_of_people_needs_a_reason(town):
    before = lines(town)
    done = helder("round", "show", town, "one", "--suppressed")
    assert done.code != 0 and "reason" in done.err
    assert lines(town) == before


def test_a_list_of_people_needs_the_key(town):
    done = command("round", "show", town, "one", "--suppressed", "--reason", "to look")
    assert done.code != 0 and "key" in done.err


def test_an_unknown_rule_is_answered_with_those_that_there_are(town):
    done = helder("round", "show", town, "one", "--rule", "mvoed", "--reason", "to look")
    assert done.code != 0
    assert "mvoed" in done.err and "moved" in done.err


def test_a_round_that_is_not_planned_or_not_there_is_said(town):
    assert "later" in helder("round", "show", town, "later").err
    done = helder("round", "plan", town, "never")
    assert done.code != 0 and "never" in done.err


def test_what_changed_since_the_plan_is_said(town):
    text = (town / "case.toml").read_text()
    (town / "case.toml").write_text(text.replace("2025-09-15", "2025-09-16"))
    try:
        assert helder("round", "show", town, "one", "--json").document["changed"] == ["definition"]
        assert PARTS["definition"][1] in " ".join(helder("round", "show", town, "one").out.split())
    finally:
        (town / "case.toml").write_text(text)


def test_nobody_is_readable_in_what_is_said(town):
    said = helder("round", "plan", town, "one").out + helder("round", "show", town, "one", "--json").out
    assert not [word for word in ("Dorpsstraat", "Van plain", "somebody@post.example") if word in said]
