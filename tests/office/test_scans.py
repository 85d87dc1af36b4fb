"""Quickscans: what an answer is worth, a verdict by two people, suppliers side by side, and OSCAL that others can read."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest

from helder.registers.scans.rules import Given, gaps, may_confirm, newest, questionnaires

MUST = ["notice_term", "independent_review", "risks", "retention", "second_factor", "encrypted", "logged"]


def test_the_questionnaire_is_whole_and_its_controls_exist():
    for asked in questionnaires().values():
        assert asked.title.keys() == {"nl", "en"}
        for one in asked.questions.values():
            assert all(words.endswith("?") for words in one.words.values())
            assert one.controls
            for number in one.controls:  # ISO/IEC 27002:2022 has 37, 8, 14 and 34 controls in its four chapters
                chapter, control = map(int, number.split("."))
                assert 1 <= control <= {5: 37, 6: 8, 7: 14, 8: 34}[chapter]
    assert [one.id for one in newest().questions.values() if one.must] == MUST


@pytest.mark.parametrize(
    ("given", "settled"),
    [
        (Given(), False),
        (Given("yes", "said"), False),
        (Given("yes", "document"), True),
        (Given("yes", "audit"), True),
        (Given("yes", "tested"), True),
        (Given("partly", "audit"), False),
        (Given("no", "audit"), False),
        (Given("not_applicable", "said"), False),
        (Given("not_applicable", "document"), True),
    ],
)
def test_somebodys_word_settles_nothing(given, settled):
    assert given.settled is settled
    asked = newest()
    others = {id: Given("yes", "audit") for id in MUST[1:]}
    assert gaps(asked, {**others, MUST[0]: given}) == ([] if settled else [asked.questions[MUST[0]]])


@pytest.mark.parametrize(
    ("confirmer", "proposer", "authors", "may"),
    [(1, 1, [], False), (1, 2, [1, 3], False), (1, 2, [3], True), (1, 2, [2], True)],
)
def test_nobody_confirms_what_they_wrote(confirmer, proposer, authors, may):
    assert may_confirm(confirmer, proposer, authors) is may


@pytest.fixture
def team(db, user):
    """Three people and two suppliers; the first has shown all that is required, by the hand of the first person."""
    from helder.office import entries
    from helder.office.register import registers
    from helder.registers.scans.models import ScanAnswer

    writer, judge, second = user("coordinator"), user("privacy_officer"), user("approver")
    for short in ("lab", "print"):
        party = {"short": short, "name": short.title(), "role": "processor", "source": "s"}
        entries.add(registers()["parties"].model, writer, party)
    for question in MUST:
        content = {
            "party": "lab", "question": question, "answer": "yes", "rests_on": "audit", "evidence": "report of A <b>",
            "seen_on": dt.date(2026, 1, 2),
        }  # fmt: skip
        entries.add(ScanAnswer, writer, content)
    entries.add(ScanAnswer, writer, {"party": "print", "question": "risks", "answer": "unknown"})
    return writer, judge, second


def change(by, question, **values):
    from helder.office import entries
    from helder.registers.scans.models import ScanAnswer

    one = ScanAnswer.objects.get(party="lab", question=question, current=True)
    entries.correct(ScanAnswer, by, one.entry, values, "seen again", one.version)


def post(client, somebody, address, data=None):
    client.force_login(somebody)
    return client.post(address, data or {})


GOOD = {"outcome": "sufficient", "reasons": "All required measures were shown."}


def test_a_verdict_is_proposed_by_one_and_confirmed_by_another(client, team, lines):
    from helder.registers.scans.verdicts import latest, state

    writer, judge, second = team
    assert post(client, judge, "/scans/lab/verdict/", GOOD).status_code == 302
    verdict = latest("lab")
    for nobody in (judge, writer):  # who proposed it, who wrote an answer
        post(client, nobody, f"/scans/confirm/{verdict.pk}/")
        assert state(latest("lab")) == "proposed"
    post(client, second, f"/scans/confirm/{verdict.pk}/")
    assert state(latest("lab")) == "confirmed"
    assert latest("lab").confirmed_by == second
    post(client, second, f"/scans/confirm/{verdict.pk}/")  # twice is once
    assert [action for _, action, _ in lines() if action in ("scans.proposed", "scans.confirmed")] == [
        "scans.proposed",
        "scans.confirmed",
    ]
    page = client.get("/scans/").content.decode()
    assert "bevestigd" in page
    assert GOOD["reasons"] in page


def test_somebody_elses_correction_makes_an_answer_no_other_persons_work(client, team):
    from helder.registers.scans.verdicts import latest, state

    writer, judge, second = team
    for question in MUST:
        change(judge, question, evidence="report of A, page 2")
    post(client, judge, "/scans/lab/verdict/", GOOD)
    post(client, writer, f"/scans/confirm/{latest('lab').pk}/")
    assert state(latest("lab")) == "proposed"
    post(client, second, f"/scans/confirm/{latest('lab').pk}/")
    assert state(latest("lab")) == "confirmed"


def test_a_verdict_falls_when_an_answer_changes_or_another_comes(client, team):
    from helder.registers.scans.models import Verdict
    from helder.registers.scans.verdicts import latest, state

    writer, judge, second = team
    post(client, judge, "/scans/lab/verdict/", GOOD)
    first = latest("lab")
    change(writer, "logged", evidence="another report")
    assert state(first) == "fallen"
    post(client, second, f"/scans/confirm/{first.pk}/")
    assert Verdict.objects.get(pk=first.pk).confirmed_by is None
    post(client, judge, "/scans/lab/verdict/", GOOD)
    newer = latest("lab")
    post(client, judge, "/scans/lab/verdict/", GOOD | {"outcome": "conditions"})
    assert state(newer) == "fallen"


@pytest.mark.parametrize(
    ("party", "data", "words"),
    [
        ("lab", GOOD | {"reasons": " "}, "reasons"),
        ("lab", GOOD | {"outcome": "splendid"}, "outcome"),
        ("print", GOOD, "niet aangetoond"),
    ],
)
def test_a_verdict_that_says_more_than_was_shown_is_refused(client, team, party, data, words):
    answer = post(client, team[1], f"/scans/{party}/verdict/", data)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_without_answers_there_is_no_verdict(team):
    from django.core.exceptions import ValidationError

    from helder.registers.scans.verdicts import propose

    with pytest.raises(ValidationError, match="geen antwoorden"):
        propose(team[1], "nobody", "insufficient", "x")


def test_all_questions_are_filled_in_on_one_page(client, team, lines):
    from helder.registers.scans.models import ScanAnswer

    writer = team[0]
    client.force_login(writer)
    address = "/scans/print/fill/"
    page = client.get(address).content.decode()
    assert page.count("<fieldset") == len(newest().questions)
    before = len(lines())
    data = {"policy-answer": "yes", "risks-answer": "unknown"}
    answer = client.post(address, data)
    assert answer.status_code == 422
    assert "Zeg waarop dit antwoord berust" in answer.content.decode()
    assert len(lines()) == before
    data |= {"policy-rests_on": "document", "policy-evidence": "policy of 2026", "policy-seen_on": "2026-02-01"}
    assert client.post(address, data).status_code == 302
    assert ScanAnswer.objects.get(party="print", question="policy").rests_on == "document"
    assert len(lines()) == before + 1  # 'risks' was so already
    assert client.post(address, data | {"risks-answer": "no"}).status_code == 302
    assert ScanAnswer.objects.get(party="print", question="risks", current=True).version == 2
    assert client.get("/scans/nobody/fill/").status_code == 404


@pytest.fixture
def document(client, team):
    """The laboratory's OSCAL document, with a confirmed verdict."""
    writer, judge, second = team
    change(writer, "logged", answer="yes", rests_on="said")
    change(writer, "retention", answer="no")
    change(writer, "risks", answer="unknown", rests_on="", evidence="", seen_on=None)
    post(client, judge, "/scans/lab/verdict/", {"outcome": "insufficient", "reasons": "Too little was shown."})
    from helder.registers.scans.verdicts import latest

    post(client, second, f"/scans/confirm/{latest('lab').pk}/")
    client.force_login(judge)
    return client.get("/scans/documents/oscal-lab.json").content


@pytest.mark.any_database
def test_the_oscal_is_valid_by_the_models_of_trestle(document):
    from trestle.oscal.assessment_results import Model

    read = Model.model_validate_json(document)
    again = json.loads(read.model_dump_json(by_alias=True, exclude_none=True))
    assert again["assessment-results"].keys() == json.loads(document)["assessment-results"].keys()
    broken = json.loads(document)
    del broken["assessment-results"]["results"][0]["reviewed-controls"]
    with pytest.raises(ValueError, match="reviewed-controls"):
        Model.model_validate_json(json.dumps(broken))


@pytest.mark.any_database
def test_oscal_calls_satisfied_only_what_was_shown(document):
    whole = json.loads(document)["assessment-results"]
    (result,) = whole["results"]
    status = {one["target"]["target-id"]: one["target"]["status"] for one in result["findings"]}
    assert status["encrypted"] == {"state": "satisfied", "reason": "pass"}
    assert status["logged"] == {"state": "not-satisfied", "reason": "other"}
    assert status["retention"] == {"state": "not-satisfied", "reason": "fail"}
    assert "risks" not in status
    methods = {one["title"]: one["methods"] for one in result["observations"]}
    assert (methods["encrypted"], methods["logged"], methods["risks"]) == (["EXAMINE"], ["INTERVIEW"], ["UNKNOWN"])
    assert result["attestations"][0]["parts"][0]["prose"] == "Too little was shown."
    known = {one["uuid"] for one in result["observations"]}
    assert {ref["observation-uuid"] for one in result["findings"] for ref in one["related-observations"]} <= known
    assert whole["import-ap"]["href"].removeprefix("#") == whole["back-matter"]["resources"][0]["uuid"]
    assert b"somebody" not in document.lower()  # who wrote it is nobody's business outside


@pytest.mark.any_database
def test_the_same_answers_have_the_same_identifiers(client, team, document):
    again = client.get("/scans/documents/oscal-lab.json").content
    assert again == document
    change(team[0], "logged", evidence="yet another")
    changed = client.get("/scans/documents/oscal-lab.json").content
    assert set(re.findall(rb'"uuid": "([^"]+)"', changed)).isdisjoint(re.findall(rb'"uuid": "([^"]+)"', document))
    assert "attestations" not in json.loads(changed)["assessment-results"]["results"][0]


@pytest.mark.any_database
@pytest.mark.parametrize("format", ["pdf", "odt"])
def test_the_comparison_is_a_document(client, team, format):
    from office.test_dossier import pdf_text

    client.force_login(team[0])
    data = client.get(f"/scans/documents/comparison.{format}").content
    if format == "odt":
        assert data[:2] == b"PK"
        return
    text = " ".join(pdf_text(data).split())
    assert "Naast elkaar" in text
    assert "Niet aangetoond (7)" in text
    assert "report of A <b>" in text


def test_without_answers_there_is_nothing_to_take_along(db):
    from helder.registers.scans.papers import offers

    assert offers() == []
