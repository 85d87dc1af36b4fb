"""LiNT-II for real, by Frog in its own venv and process; and one clear word when anything of it is missing."""

from __future__ import annotations

import shutil

import pytest

from helder.domain.errors import ReadabilityError
from helder.letters.plain import check
from helder.letters.plain.lint_ii import TextScore, lint_ii, python
from helder.letters.plain.passive import passives
from letters.plain.texts import letter, model

# The example of LiNT-II's own documentation: three sentences, 48.2 with the spaCy model it was made for.
PUBLISHED = [
    "De Oudegracht is het sfeervolle hart van de stad.",
    "In de middeleeuwen was het hier een drukte van belang met de aan- en afvoer van goederen.",
    "Nu is het een prachtige plek om te winkelen en te lunchen of te dineren in de oude stadskastelen.",
]
PLAIN = ["Wij bellen u morgen.", "De dokter kijkt naar uw arm."]
SHARED = [PLAIN[0], PUBLISHED[2]]
HARD = "De implementatie van het ten aanzien van de gegevensverwerking vastgestelde beleid vergt afstemming."


PASSIVES = ["Uw gegevens zijn gestolen.", "Dit wordt onderzocht.", "Wij bellen u.", "Dit is in mei gebeurd."]


@pytest.fixture(scope="module")
def measured():
    """One real check of all texts, since Frog takes seconds to load; and what LiNT-II answered in it."""
    if not (python().exists() and shutil.which("frog")):
        pytest.skip("LiNT-II is not installed: make lint-ii")
    answered: list[list[TextScore]] = []
    texts = [PUBLISHED, PLAIN, SHARED, [HARD], [], PASSIVES]

    def listening(asked):
        answered.append(lint_ii(asked))
        return answered[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check, "lint_ii", listening)
        report = check.plain_check([*(letter("nl", *text) for text in texts), model("nl")])
    return report, answered[0]


@pytest.fixture(scope="module")
def scores(measured):
    return measured[1]


@pytest.mark.lint_ii
class TestMeasured:
    def test_the_published_example_is_in_the_same_order_and_near(self, scores):
        """48.2 published; the parser differs, and the list of nouns is newer (docs/explanation/plain-language.md)."""
        one, two, three = (sentence.score for sentence in scores[0].sentences)
        assert one < two < three
        assert scores[0].score == pytest.approx(48.2, abs=8)

    def test_plain_is_easier_than_hard(self, scores):
        assert scores[1].score < 34 < 58 < scores[3].score

    def test_a_sentence_scores_the_same_in_every_text(self, scores):
        assert scores[2].sentences == (scores[1].sentences[0], scores[0].sentences[2])

    def test_a_text_without_sentences_has_no_score(self, scores):
        assert scores[4].score is None and scores[4].sentences == ()

    def test_what_makes_a_sentence_hard_is_named(self, measured):
        report, scores = measured
        hard = scores[3].sentences[0]
        assert hard.distance >= 5 and hard.content_words_per_clause >= 6 and len(hard.apart) == 2
        assert {one.reason for one in report.texts[3].findings} >= {"far_apart", "dense"}
        assert not report.texts[3].holds

    def test_the_model_letter_reaches_the_aim(self, measured):
        report, _ = measured
        good = report.texts[-1]
        figure = next(one for one in good.measures if one.name == "lint_ii")
        assert report.complete and good.holds and figure.value <= figure.aim

    def test_rules_and_parser_agree_on_passives(self, scores):
        assert [one.passives for one in scores[5].sentences] == [1, 1, 0, 0]
        assert [len(passives(one, "nl")) for one in PASSIVES] == [1, 1, 0, 0]


def interpreter(tmp_path, script: str):
    path = tmp_path / "python"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ('echo \'{"missing": "frog"}\'', "frog is missing"),
        ("echo no json", "an answer is missing"),
        ("exit 3", "an answer is missing"),
    ],
)
def test_what_is_missing_is_said(tmp_path, monkeypatch, script, said):
    monkeypatch.setenv("HELDER_LINT_II", str(interpreter(tmp_path, script)))
    with pytest.raises(ReadabilityError, match=said) as raised:
        lint_ii([["Bel ons."]])
    assert "make lint-ii" in raised.value.do


def test_without_the_venv_it_is_lint_ii_that_is_missing(monkeypatch):
    monkeypatch.setenv("HELDER_LINT_II", "/nowhere/python")
    with pytest.raises(ReadabilityError, match="lint-ii is missing"):
        lint_ii([["Bel ons."]])


def test_the_venv_stands_beside_the_one_that_helder_runs_from(monkeypatch):
    monkeypatch.delenv("HELDER_LINT_II", raising=False)
    assert python().parts[-3:] == (".venv-lint-ii", "bin", "python")
