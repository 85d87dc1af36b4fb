"""Why we say what we say of a person: after a decision, through the tie, and as the assessment reads the data."""

import pytest

from cli.run import helder
from helder.engines.keys import new_key_file
from helder.exposure.rules import Rule
from helder.pipeline import run
from helder.results.because import because
from helder.results.explain import Explainer
from helder.results.open import Results
from pipeline.fixtures import KEYS

SAYS = (
    '[[statements]]\nid = "{id}"\nissuer = "lab"\nabout = "lab"\nreceived = 2025-08-30\nitems = [{items}]\n'
    'leaves = "not_taken"\n[[completeness]]'
)
ACCEPTED = '[[acceptances]]\nevidence = "{id}"\nby = "an officer"\non = 2025-09-01\nreason = "logs seen"\n'
ASIDE = (
    '[[set_aside]]\nclash = ["dataset:rows", "statement:s2"]\nset_aside = "{gone}"\nby = "an officer"\n'
    'on = 2025-09-02\nreason = "the row itself was seen"\n'
)


def person(folder, id, lang="en", assessment="current"):
    explainer = Explainer(Results.open(folder, assessment), KEYS)
    told = explainer.person(id, lang)
    explainer.close()
    return told


def items(told):
    return {item["item"]: item for item in told["parties"][0]["items"]}


def say(folder, id, named, as_list=False):
    path = folder / "case.toml"
    toml = path.read_text().replace("[[completeness]]", SAYS.format(id=id, items=named))
    path.write_text(toml.replace('fills = "leaked"', 'fills = "leaked"\nread_as = "list"') if as_list else toml)
    (folder / "decisions" / "acceptances.toml").write_text(ACCEPTED.format(id=id))


def decide(folder, gone):
    say(folder, "s2", '"bsn"')
    (folder / "decisions" / "contradictions.toml").write_text(ASIDE.format(gone=gone))
    run(folder, KEYS)


def test_a_statement_set_aside_is_no_reason_and_says_who_decided_when_and_why(small_folder):
    decide(small_folder, "statement:s2")
    told = person(small_folder, "A1")
    assert items(told)["bsn"]["because"] == ["dataset:rows", "disclosures:lab"]
    said = {one["evidence"]: one for one in told["stated"]}["statement:s2"]
    assert not said["rules_out"]
    assert said["says"].endswith(" Set aside on 2025-09-02 by an officer: the row itself was seen")
    assert said["set_aside"]["by"] == "an officer"
    other = {one["evidence"]: one for one in person(small_folder, "B2")["stated"]}["statement:s2"]
    assert (other["rules_out"], other["set_aside"]) == (True, None)


def test_a_row_set_aside_does_not_count_and_says_so(small_folder):
    decide(small_folder, "dataset:rows")
    told = person(small_folder, "A1", "nl")
    assert items(told)["bsn"]["because"] == ["disclosures:lab", "statement:s2"]
    row = told["evidence"][-1]
    assert (row["kind"], row["counts"], row["set_aside"]["on"]) == ("link", False, "2025-09-02")
    assert row["says"].endswith(" Terzijde gelegd op 2025-09-02 door an officer: the row itself was seen")


def test_what_is_stolen_through_the_tie_names_the_list_the_exclusion_and_the_tie(small_folder):
    say(small_folder, "s2", '"name", "result", "email"', as_list=True)
    run(small_folder, KEYS)
    bsn = items(person(small_folder, "A1"))["bsn"]
    assert bsn["state"] == "taken"
    assert bsn["because"] == ["disclosures:lab", "dataset:rows", "statement:s2"]
    assert bsn["reasons"] == ["what we gave The laboratory", "the data of rows", "the statement 's2'"]
    assert bsn["tie"] == "of whoever is in the leaked data something was taken, and everything else is ruled out"
    assert items(person(small_folder, "A1", "nl"))["bsn"]["tie"].startswith("van wie in de gestolen gegevens staat")
    assert items(person(small_folder, "A1"))["name"]["tie"] is None


def test_a_person_is_in_the_data_because_of_an_item(small_run):
    party = person(small_run, "A1")["parties"][0]
    assert (party["person"], party["because"], party["tie"]) == ("in", ["dataset:rows"], None)


@pytest.mark.parametrize(("lang", "words"), [("en", "reads rows as a list"), ("nl", "leest rows als een lijst")])
def test_rows_that_are_read_as_a_list_are_told_as_one(small_run, lang, words):
    row = person(small_run, "A1", lang, "as_told")["evidence"][-1]
    assert words in row["says"]
    assert "BSN" not in row["says"]


def test_the_command_tells_reasons_in_words(small_folder):
    say(small_folder, "s2", '"name", "result", "email"', as_list=True)
    new_key_file(small_folder.with_name("own.key"))
    key = {"HELDER_KEY_FILE": str(small_folder.with_name("own.key"))}
    helder("run", small_folder, env=key)
    said = helder("person", small_folder, "A1", "--reason", "asks", "--lang", "nl", env=key).out
    assert "door: wat wij aan The laboratory gaven (disclosures:lab); de gegevens van rows (dataset:rows)" in said
    assert "want van wie in de gestolen gegevens staat, is iets gestolen, en al het andere is uitgesloten" in said


def test_what_the_rules_do_not_explain_is_not_explained():
    """Results of before the case was changed: nothing is made up."""
    rules = [
        Rule("", "lab", "bsn", frozenset(), frozenset(), 0b11),
        Rule("", "lab", "person", frozenset(), frozenset(), 3),
    ]
    assert because(rules, ("lab", "bsn"), 0b01) == ([], [])
