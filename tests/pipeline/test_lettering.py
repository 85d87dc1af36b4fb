"""The letters of a round, checked before and after it is planned, in a small made-up case."""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from functools import cache

import pyarrow.parquet as pq
import pytest

from helder.cli.round_check import most_read, plain
from helder.demo import make_case
from helder.domain.errors import CaseError, RoundError
from helder.engines.keys import Keys
from helder.letters.plain import Finding, plain_check
from helder.letters.plain.lint_ii import python
from helder.pipeline.lettering import VARIANTS_FILE, check_round, documents_of
from helder.pipeline.planning import plan
from helder.pipeline.run import run
from helder.results.rounds import standing
from helder.rounds.record import read_record

pytestmark = pytest.mark.slow

KEYS = Keys(b"l" * 32)
NOW = dt.datetime(2025, 9, 12, 9, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """A made-up case with both assessments run."""
    folder = tmp_path_factory.mktemp("letters") / "case"
    make_case(folder, 2000)
    for name in ("as_told_1", "as_told", "current"):
        run(folder, KEYS, assessment=name)
    return folder


@pytest.fixture(scope="module")
def check_once(ran):
    """A round's letters, checked once for all tests that only read what was found."""
    return cache(lambda name: check_round(ran, name))


@pytest.fixture
def case(ran, tmp_path):
    """A copy that a test may change."""
    return shutil.copytree(ran, tmp_path / "case")


def rewrite(case, name, old, new):
    path = case / "letters" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


@pytest.mark.parametrize("name", ["round2", "round2_helder"])
def test_the_letters_are_true_as_told_and_on_all_evidence(check_once, name):
    """Everybody in the groups reads them, also where records may be theirs, were posted, or came from another."""
    checked = check_once(name)
    assert [f.place for f in checked.report.findings if f.stops] == []
    assert (checked.report.people, checked.report.misled) == (2000, 0)
    assert checked.state is None and checked.variants is not None
    assert sum(checked.variants.people) == 2000


@pytest.mark.parametrize("name", ["round1", "round2", "round2_helder"])
def test_every_document_keeps_the_limits_of_plain_language(check_once, name):
    """Whoever the reader is: LiNT-II apart, which has a test of its own where it is installed."""
    checked = check_once(name)
    assert list(checked.plain.stops()) == [] and checked.passed
    worst = checked.plain.worst()
    assert worst["en", "flesch_kincaid"].value <= 6
    for language in ("nl", "en"):
        assert worst[language, "longest"].value <= 18
        means = [
            m.value for t in checked.plain.texts if t.language == language for m in t.measures if m.name == "mean_words"
        ]
        assert 8 <= min(means) <= max(means) <= 11


@pytest.mark.lint_ii
def test_dutch_documents_reach_the_aim_of_lint_ii(check_once):
    if not python().exists():
        pytest.skip("LiNT-II is not installed: make lint-ii")
    checked = check_once("round2")
    report = plain_check([most_read(checked, letter, "nl") for letter in checked.letters if letter != "acting"])
    found = report.worst()["nl", "lint_ii"]
    assert report.holds and found.value <= found.aim == 30


def test_a_sentence_that_is_too_hard_stops_a_planned_round(case):
    plan(case, KEYS, "round2", now=NOW)
    rewrite(case, "library/nl.toml", "Wat doen wij?", "Wat doen wij aan de exfiltratie?")
    checked = check_round(case, "round2", KEYS, now=NOW)
    assert checked.report.passed and not checked.passed
    words = next(one.words for _, one in checked.plain.stops() if isinstance(one, Finding))
    assert words == ("exfiltratie",)
    assert checked.state == "planned"


def test_a_rare_word_that_the_case_approves_and_the_letter_explains_passes_until_the_list_changes(case):
    """The list is a part of what people approve: another list sets the round back."""
    rewrite(case, "library/nl.toml", "Wat doen wij?", "Wat doen wij aan de exfiltratie, het stelen van gegevens?")
    rewrite(case, "library/en.toml", "What do we do?", "What do we do about the exfiltration?")
    words = case / "letters" / "words.toml"
    listed = '[nl]\nexfiltratie = {explained_by = "het stelen van gegevens"}\n[en]\nexfiltration = {known = "a test"}\n'
    words.write_text(listed, "utf-8")
    plan(case, KEYS, "round2", now=NOW)
    checked = check_round(case, "round2", KEYS, now=NOW)
    assert (checked.passed, checked.state) == (True, "checked")
    words.write_text(listed.replace("het stelen", "het kopen"), "utf-8")
    assert standing(case, "round2").record.state == "planned"
    again = check_round(case, "round2", KEYS, now=NOW)
    said = {(one.reason, one.words) for _, one in again.plain.stops()}
    assert said == {("unexplained", ("exfiltratie", "het kopen van gegevens"))} and again.state == "planned"


def test_every_profile_has_a_document_in_each_language(check_once):
    checked = check_once("round2_helder")
    readers = {(letter, profile) for letter, _, profile, *_ in checked.variants.rows}
    for language in ("nl", "en"):
        assert {(row[0], row[2]) for row in checked.variants.rows if row[1] == language} == readers
    assert len({document.digest for document in checked.variants.documents}) == len(checked.variants.documents)


def test_the_same_round_gives_the_same_documents_in_the_same_order(ran, check_once):
    one, other = (found.variants for found in (check_once("round2"), check_round(ran, "round2")))
    assert one == other and one.digest == other.digest


def test_a_planned_round_that_passes_is_checked_and_keeps_its_documents(case):
    plan(case, KEYS, "round2", now=NOW)
    checked = check_round(case, "round2", KEYS, now=NOW)
    record = read_record(case, "round2")
    assert checked.state == record.state == "checked"
    assert checked.report.people == record.counts["letters"]
    assert documents_of(case, "round2") == checked.variants.documents
    rows = pq.read_table(case / "rounds" / "round2" / VARIANTS_FILE).to_pylist()
    assert {tuple(row.values()) for row in rows} == set(checked.variants.rows)
    assert check_round(case, "round2", KEYS, now=NOW).state == "checked"


def test_a_planned_round_whose_letters_changed_is_checked_again_and_goes_back_when_they_are_untrue(case):
    plan(case, KEYS, "round2", now=NOW)
    check_round(case, "round2", KEYS, now=NOW)
    rewrite(case, "library/nl.toml", "Wij hoorden het", "Wij wisten het")
    checked = check_round(case, "round2", KEYS, now=NOW)
    rules = {finding.place.rule for finding in checked.report.findings if finding.stops}
    assert rules == {"fact_words", "not_approved"}
    assert checked.state == read_record(case, "round2").state == "planned"


def test_your_email_address_was_not_stolen_is_stopped_and_says_how_many_would_have_read_it(case):
    """The error that letters really held: not shared by us is no proof that it was not there."""
    rewrite(
        case,
        "round2/g3/letter.toml",
        '[[sections]]\nid = "where_now"',
        '[blocks.not_your_email]\nclaims = ["must not_taken email"]\nsays = ["not_your_email"]\n'
        '[sentences.not_your_email]\nclaims = ["must not_taken email"]\n\n[[sections]]\nid = "where_now"',
    )
    rewrite(case, "round2/g3/letter.toml", '"where_now"]', '"where_now", "not_your_email"]')
    for language, text in (
        ("nl", "Uw e-mailadres is niet gestolen."),
        ("en", "Your email address was not stolen."),
        ("ar", "لم يُسرق بريدك الإلكتروني."),
    ):
        (case / f"letters/round2/g3/{language}.toml").write_text(f'[sentences]\nnot_your_email = "{text}"\n', "utf-8")
    report = check_round(case, "round2").report
    untrue = next(finding for finding in report.findings if finding.place.rule == "untrue")
    group3 = untrue.people
    assert untrue.occurs and group3 == report.misled > 500
    assert untrue.example["items"]["email"] == "other_possible"
    assert {f.place.rule for f in report.findings if f.stops} == {"untrue", "twice", "not_approved"}


def test_facts_that_may_no_longer_be_said_stop_a_later_round(case):
    toml = case / "case.toml"
    toml.write_text(
        re.sub(r"(id = \"round2\"(?:\n.*){2}\ndate = )[0-9-]+", r"\g<1>2026-03-01", toml.read_text("utf-8"))
    )
    report = check_round(case, "round2").report
    assert {(f.place.rule, f.place.of) for f in report.findings if f.stops} == {
        ("fact_expired", id) for id in ("lab_suspended", "who_did_it", "cause", "ap")
    }


def test_the_letter_that_most_read_can_be_shown(check_once):
    shown = plain(most_read(check_once("round2"), "g4", "nl"))
    assert "Misschien zijn er gegevens van u gestolen bij het laboratorium." in shown
    assert "  - uw burgerservicenummer (BSN)" in shown
    with pytest.raises(CaseError, match="no letter 'g9'"):
        most_read(check_once("round2"), "g9", "nl")


def test_the_letter_that_most_would_read_is_shown_in_each_language_before_the_round_is_planned(check_once):
    """All are counted in the first language then; documents in another have no readers yet."""
    checked = check_once("round2")
    made = checked.variants
    number = {language: made.documents.index(most_read(checked, "g1", language)) for language in ("nl", "en", "ar")}
    told = {language: {row[2:5] for row in made.rows if row[5] == number[language]} for language in number}
    assert made.people[number["nl"]] == max(
        people for people, document in zip(made.people, made.documents, strict=True) if document.letter == "g1"
    )
    assert made.people[number["en"]] == 0 and sum(document.letter == "g1" for document in made.documents) > 3
    assert told["nl"] == told["en"] == told["ar"]


def test_a_round_in_a_language_that_its_letter_is_not_in_is_refused(case):
    rewrite(case, "round2/g2/letter.toml", 'languages = ["nl", "en", "ar"]', 'languages = ["nl", "en"]')
    with pytest.raises(CaseError, match="Round 'round2' is in 'ar', and letter 'g2' is not"):
        check_round(case, "round2")


def test_a_round_without_documents_or_letters_says_what_to_do(case):
    with pytest.raises(RoundError, match="has no documents"):
        documents_of(case, "round2")
    (case / "rounds" / "round2").mkdir(parents=True)
    (case / "rounds" / "round2" / "documents.json").write_text(json.dumps([{"letter": "g1"}]))
    with pytest.raises(RoundError, match="has no documents"):
        documents_of(case, "round2")
    shutil.rmtree(case / "letters" / "round2" / "g4")
    with pytest.raises(CaseError, match="no letter 'g4'"):
        check_round(case, "round2")
    shutil.rmtree(case / "letters" / "round2")
    with pytest.raises(CaseError, match="has no letters"):
        check_round(case, "round2")


def test_a_planned_round_is_read_with_the_key_only(case):
    plan(case, KEYS, "round2", now=NOW)
    with pytest.raises(RoundError, match="needs the key"):
        check_round(case, "round2")
