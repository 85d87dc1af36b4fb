"""`helder round plan`, `show` and `check` on the made-up case: what is said, in both languages, and the exit code."""

from __future__ import annotations

import io
import shutil

import pytest
from rich.console import Console

from cli.fixtures import DemoCase
from cli.run import helder
from helder.cli.round_words import render
from helder.cli.say import Say


@pytest.fixture(scope="module")
def planned(demo_case, tmp_path_factory):
    """A copy of the case with its second round planned."""
    folder = tmp_path_factory.mktemp("round") / "lab"
    shutil.copytree(demo_case.folder, folder)
    copy = DemoCase(folder, demo_case.document, demo_case.progress)
    shutil.copy2(demo_case.key_file, copy.key_file)
    said = helder("round", "plan", folder, "round2", "--json")
    assert said.code == 0, said.out + said.err
    return copy, said.document


def test_the_plan_accounts_for_everybody(planned):
    _, said = planned
    assert said["people"] == said["letters"] + said["suppressed"] + said["unreachable"] > 0
    assert said["state"] == "planned"


def test_a_round_is_shown_as_it_was_planned_without_a_key(planned):
    case, said = planned
    ran = helder("round", "show", case.folder, "round2", "--json", env={"HELDER_KEY_FILE": "/nowhere"})
    assert {key: ran.document[key] for key in ("people", "letters", "groups")} == {
        key: said[key] for key in ("people", "letters", "groups")
    }


@pytest.mark.parametrize(("lang", "word"), [("en", "people in the round"), ("nl", "mensen in de ronde")])
def test_a_round_is_shown_in_both_languages(planned, lang, word):
    case, _ = planned
    ran = helder("round", "show", case.folder, "round2", "--lang", lang)
    assert ran.code == 0 and word in ran.out and "round2" in ran.out


@pytest.mark.parametrize(("lang", "words"), [("en", "decide by 2025-10-01"), ("nl", "beslis vóór 2025-10-01")])
def test_contradictions_are_said_with_the_day_by_which_they_are_decided(planned, lang, words):
    _, said = planned
    waiting = {**said, "contradictions": {"people": 12, "settle_by": "2025-10-01"}}
    with io.StringIO() as screen:
        render(Console(file=screen, width=200), waiting, Say(lang))
        assert words in screen.getvalue() and "12" in screen.getvalue()


def test_who_gets_no_letter_is_listed_by_keyed_id_for_a_reason(planned):
    case, said = planned
    refused = helder("round", "show", case.folder, "round2", "--suppressed")
    assert refused.code != 0 and "--reason" in refused.err
    ran = helder("round", "show", case.folder, "round2", "--suppressed", "--reason", "check", "--json")
    without = ran.document["without"]
    assert len(without) == said["suppressed"] + said["unreachable"]
    assert all(one["instead"] and one["policy"] for one in without)
    rule = without[0]["policy"]
    one = helder("round", "show", case.folder, "round2", "--rule", rule, "--reason", "check")
    assert one.code == 0 and without[0]["person"][:8] in one.out
    unknown = helder("round", "show", case.folder, "round2", "--rule", "weather", "--reason", "check")
    assert unknown.code != 0 and "no rule 'weather'" in unknown.err


def test_changed_words_are_said_since_the_plan(planned, tmp_path):
    case, _ = planned
    folder = tmp_path / "lab"
    shutil.copytree(case.folder, folder)
    path = folder / "letters" / "library" / "nl.toml"
    path.write_text(path.read_text("utf-8") + "\n# looked at again\n", "utf-8")
    assert helder("round", "show", folder, "round2", "--json").document["changed"] == ["letters"]
    path.write_text(path.read_text("utf-8") + "\n# and again\n", "utf-8")
    assert "Changed since: the letters." in helder("round", "show", folder, "round2", "--lang", "en").out


@pytest.fixture
def unplanned(demo_copy):
    """A copy of the case without its rounds."""
    shutil.rmtree(demo_copy.folder / "rounds")
    return demo_copy


def test_a_check_before_the_plan_reads_everybody(unplanned):
    ran = helder("round", "check", unplanned.folder, "round2", "--json")
    assert ran.code == 0, ran.out
    found = ran.document
    assert found["passed"] and not found["planned"] and found["state"] is None
    assert found["people"] == unplanned.document["people"] and found["misled"] == 0
    assert found["variants"] >= 8 and found["document"] is None
    assert found["plain"]["holds"] and found["plain"]["stops"] == []
    assert found["plain"]["worst"]["en"]["flesch_kincaid"]["value"] <= 6


@pytest.mark.parametrize(("lang", "words"), [("en", "A word that few people know."), ("nl", "Een woord dat weinig")])
def test_a_letter_that_is_too_hard_stops_the_round_and_says_where(unplanned, lang, words):
    path = unplanned.folder / "letters" / "library" / "nl.toml"
    path.write_text(path.read_text("utf-8").replace("Wat doen wij?", "Wat doen wij aan de exfiltratie?"), "utf-8")
    ran = helder("round", "check", unplanned.folder, "round2", "--lang", lang)
    assert ran.code == 1
    assert words in " ".join(ran.out.split()) and "exfiltratie" in ran.out


@pytest.mark.parametrize(("lang", "words"), [("en", "Read something untrue"), ("nl", "Lezen iets onwaars")])
def test_a_check_is_shown_with_the_letter_that_most_people_read(unplanned, lang, words):
    folder = unplanned.folder
    ran = helder("round", "check", folder, "round2", "--show", "g4", "--lang", lang)
    assert ran.code == 0 and words in ran.out
    assert {"en": "laboratory", "nl": "laboratorium"}[lang] in ran.out
    other = helder("round", "check", folder, "round2", "--show", "g4", "--language", "fr", "--lang", lang)
    assert other.code != 0 and "g4" in other.err


def test_a_check_that_fails_ends_with_code_1_and_shows_whom(unplanned):
    """Group 3 is told that their e-mail address was not stolen, which nobody knows; in English the words are missing."""
    letter = unplanned.folder / "letters" / "round2" / "g3"
    text = (letter / "letter.toml").read_text("utf-8").replace('"where_now"]', '"where_now", "email_safe"]')
    claims = 'claims = ["must not_taken email"]'
    added = f'[blocks.email_safe]\n{claims}\nsays = ["email_safe"]\n[sentences.email_safe]\n{claims}\n\n[[sections]]'
    (letter / "letter.toml").write_text(text.replace("[[sections]]", added, 1), "utf-8")
    (letter / "nl.toml").write_text('[sentences]\nemail_safe = "Uw e-mailadres is niet gestolen."\n', "utf-8")
    ran = helder("round", "check", unplanned.folder, "round2", "--lang", "en")
    assert ran.code == 1
    shown = " ".join(ran.out.split())
    assert "Smallest reader for whom it fails:" in shown and "email: other_possible" in shown
    found = helder("round", "check", unplanned.folder, "round2", "--json").document
    assert {"untrue", "no_text"} <= {one["rule"] for one in found["findings"] if one["stops"]}
    assert not found["passed"] and found["misled"] > 0 and found["variants"] is None


def test_a_planned_round_is_checked_with_the_key(planned):
    case, said = planned
    ran = helder("round", "check", case.folder, "round2", "--json", env={"HELDER_KEY_FILE": str(case.key_file)})
    assert ran.code == 0 and ran.document["planned"] and ran.document["state"] == "checked"
    assert ran.document["people"] == said["letters"]


def test_a_verb_that_is_not_there_is_told_and_the_list_shows_all():
    assert "check" in helder("round", "chek").err
    assert "Freeze who is told what." in helder("round", "--lang", "en", "--help").out


@pytest.mark.parametrize(("lang", "words"), [("en", "Look at one with: "), ("nl", "Bekijk er een met: ")])
def test_what_one_does_next_is_said(planned, lang, words):
    case, _ = planned
    checked = helder("round", "check", case.folder, "round2", "--lang", lang)
    assert f"helder round check {case.folder} round2 --show g1" in checked.out
    assert f"helder round produce {case.folder} round2" in checked.out
    made = helder("round", "produce", case.folder, "round2", "--processes", 1, "--lang", lang)
    assert f"{words}helder round letter {case.folder} round2 " in made.out


def test_before_the_plan_the_next_step_is_the_plan(demo_copy):
    path = demo_copy.folder / "case.toml"
    later = (
        '[[rounds]]\nid = "later"\nlabel = { nl = "later", en = "later" }\nassessment = "as_told"\ndate = 2025-09-12\n'
    )
    path.write_text(path.read_text() + later + 'letters = { g1 = "g1" }\nletters_of = "round2"\n')
    ran = helder("round", "check", demo_copy.folder, "later")
    assert ran.code == 0 and f"helder round plan {demo_copy.folder} later" in ran.out
