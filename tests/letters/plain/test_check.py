"""What stops a letter, what is a hint, and what the check cannot see."""

from __future__ import annotations

import json
import random
import re
from dataclasses import replace

import pytest

from helder.domain.letters import Bullets, Document, Paragraph
from helder.letters.plain import plain_check
from helder.letters.plain.explain import BLIND, REASONS
from letters.plain.texts import letter, model

WORDS = "wij gaan naar de stad en wij zien daar een huis met een boom en een kat in de tuin bij de weg"


def quick(*documents):
    return plain_check(documents, with_lint_ii=False)


def of(report, name):
    return next(measure.value for measure in report.texts[0].measures if measure.name == name)


def sentence(count: int) -> str:
    return " ".join(WORDS.split()[:count]).capitalize() + "."


@pytest.mark.parametrize(
    ("language", "sentences", "stops"),
    [
        ("nl", [sentence(10)], set()),
        ("nl", [sentence(20), sentence(2)], set()),
        ("nl", [sentence(21), sentence(1)], {"longest", "too_long"}),
        ("nl", [f"{sentence(10)[:-1]}: {sentence(10)}", sentence(1)], set()),
        ("nl", [f"{sentence(10)[:-1]}: {sentence(6)[:-1]}: {sentence(5)}", sentence(1)], {"longest", "too_long"}),
        ("nl", [f"{sentence(10)[:-1]}; {sentence(6)[:-1]}; {sentence(5)}", sentence(1)], {"longest", "too_long"}),
        ("nl", [sentence(12)], {"mean_words"}),
        ("nl", ["Uw naam is gestolen.", "Bel ons."], {"passives"}),
        ("nl", ["Wij zagen de exfiltratie."], {"rare_words", "rare_word"}),
        ("nl", ["Uw BSN staat in de brief."], {"unexplained"}),
        ("en", ["We see the cat in the garden."], set()),
        ("en", ["Organisations communicate professionally regarding personal information."], {"flesch_kincaid"}),
        ("en", ["Your name was stolen.", "Call us."], {"passives"}),
    ],
)
def test_hard_limits(language, sentences, stops):
    report = quick(letter(language, *sentences))
    assert {getattr(one, "reason", None) or one.name for _, one in report.stops()} == stops
    assert report.holds is not bool(stops)


@pytest.mark.parametrize(
    ("language", "text", "reason"),
    [
        ("nl", sentence(16), "long"),
        ("nl", "De brief is gestuurd.", "passive"),
        ("nl", "Wij weten niet wie het is, omdat hij zegt dat iemand weet hoe het ging.", "many_clauses"),
        ("en", "The letter was sent.", "passive"),
    ],
)
def test_hints_name_the_sentence_and_do_not_stop(language, text, reason):
    found = [one for one in quick(letter(language, text)).texts[0].findings if one.reason == reason]
    assert [(one.level, one.sentence) for one in found] == [("hint", text)]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("nl", "Derhalve dient u dit te doen.", {"stiff": ["derhalve → daarom", "dient → moet"]}),
        ("nl", "Wij bellen u m.b.t. uw brief, d.w.z. morgen.", {"shortened": ["m.b.t.", "d.w.z."]}),
        ("nl", "Wij dienden een klacht in bij dhr. A.B. Jansen.", {}),
        (
            "en",
            "In the event that we call, e.g. today, stay.",
            {"stiff": ["in the event that → if"], "shortened": ["e.g."]},
        ),
        ("en", "We hereby tell you.", {"stiff": ["hereby"]}),
        ("en", "Criminals took data about you.", {}),
    ],
)
def test_words_of_offices_and_shortened_words_are_hints_with_what_to_say_instead(language, text, found):
    said = {}
    for one in quick(letter(language, text)).texts[0].findings:
        if one.reason in ("stiff", "shortened"):
            assert one.level == "hint"
            said.setdefault(one.reason, []).extend(one.words)
    assert said == found


def test_a_long_name_of_an_item_stops_but_is_in_no_average():
    long = " ".join(["huis"] * 21)
    document = Document("l", "nl", "ltr", "", (Paragraph(("Bel ons nu.",)), Bullets((long,))), "", ())
    report = quick(document)
    assert of(report, "mean_words") == 3
    assert [one.reason for one in report.texts[0].findings] == ["too_long"]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_model_letters_keep_every_limit(language):
    report = quick(model(language))
    assert [one for _, one in report.stops()] == []


def test_each_variant_is_measured_by_itself():
    report = quick(letter("nl", sentence(10)), letter("nl", sentence(21)), letter("en", "Call us."))
    assert [text.holds for text in report.texts] == [True, False, True]
    assert [text.language for text in report.texts] == ["nl", "nl", "en"]


def test_a_language_without_measures_is_said_not_passed_over():
    report = quick(letter("ar", "مرحبا."))
    assert not report.complete and "all" in report.texts[0].unmeasured


def test_without_lint_ii_the_report_is_incomplete_and_says_how_to_install(monkeypatch):
    monkeypatch.setenv("HELDER_LINT_II", "/nowhere/python")
    report = plain_check([letter("nl", sentence(10))])
    assert report.holds and not report.complete
    assert "make lint-ii" in report.texts[0].unmeasured["lint_ii"]


def test_english_needs_no_lint_ii():
    assert plain_check([letter("en", "Call us.")]).complete


def test_an_empty_letter_has_no_figures():
    assert of(quick(Document("l", "nl", "ltr", "", (), "", ())), "mean_words") is None


def test_the_report_is_json():
    said = json.loads(json.dumps(quick(model("en")).as_dict()))
    assert said["holds"] and said["texts"][0]["measures"]["flesch_kincaid"]["highest"] == 6


def shuffled(document: Document, seed: int) -> Document:
    """Every sentence with its words in another order; numbers, marks and capitals stay where they make a sentence."""
    order = random.Random(seed)

    def mix(text: str) -> str:
        words = text.rstrip(".?!:").split()
        order.shuffle(words)
        mixed = " ".join(word.rstrip(",").lower() for word in words)
        return mixed[:1].upper() + mixed[1:] + re.sub(r".*?([.?!:]*)$", r"\1", text)

    parts = [
        replace(part, sentences=tuple(map(mix, part.sentences))) if isinstance(part, Paragraph) else part
        for part in document.parts
    ]
    return replace(document, parts=tuple(parts))


@pytest.mark.parametrize(("language", "name"), [("nl", "flesch_douma"), ("en", "flesch_kincaid")])
def test_the_check_cannot_see_that_words_are_shuffled(language, name):
    """The reason that readers have the last word: nonsense of easy words is easy."""
    meant, nonsense = quick(model(language)), quick(shuffled(model(language), seed=1))
    assert of(nonsense, name) == pytest.approx(of(meant, name), abs=1)
    assert of(nonsense, "mean_words") == of(meant, "mean_words")
    assert not any(one.name in ("longest", "mean_words", name) for _, one in nonsense.stops() if hasattr(one, "name"))
    assert "lezers" in BLIND[0] and "readers" in BLIND[1]


def test_every_reason_has_both_languages():
    assert all(nl and en and nl != en for nl, en in REASONS.values())
