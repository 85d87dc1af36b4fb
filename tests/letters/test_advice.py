"""Risks and advice as data: possible is enough, every risk has an answer, every source an address."""

from __future__ import annotations

import pytest

from helder.letters.advice import advice_parts, read_advice

ADVICE = read_advice()


@pytest.mark.parametrize("risk", ADVICE.risks)
def test_a_risk_is_run_by_whoever_may_have_lost_all_that_it_needs(risk):
    needs = ADVICE.risks[risk].needs[0]
    assert risk in ADVICE.run(needs)
    assert risk not in ADVICE.run([])


def test_who_runs_a_risk_gets_the_advice_that_answers_it_and_no_other():
    risks = ADVICE.run(["name", "phone"])
    tips = ADVICE.answering(risks)
    assert tips and all(set(ADVICE.tips[tip].answers) & set(risks) for tip in tips)
    assert all(not set(ADVICE.tips[tip].answers) & set(risks) for tip in ADVICE.tips if tip not in tips)
    assert ADVICE.answering([]) == ()


def test_every_risk_is_answered_and_every_answer_is_to_a_known_risk():
    answered = {risk for tip in ADVICE.tips.values() for risk in tip.answers}
    assert answered == set(ADVICE.risks)


def test_letters_find_each_risk_and_each_piece_of_advice_as_a_block_in_both_languages():
    parts, texts = advice_parts(ADVICE)
    assert set(parts.blocks) == {f"can_{id}" for id in ADVICE.risks} | {f"do_{id}" for id in ADVICE.tips}
    for language in ("nl", "en"):
        assert set(parts.sentences) <= set(texts[language].sentences)
