"""Why mail comes back: the words of carriers in Dutch, English and French, each leading to one next step."""

from __future__ import annotations

import pytest

from helder.delivery.reasons import STEPS, reason_of, reasons


@pytest.mark.parametrize(
    ("word", "reason"),
    [
        ("Verhuisd", "moved"),
        ("ONBEKEND", "unknown"),
        ("Inconnu", "unknown"),
        ("Refusé", "refused"),
        ("non réclamé", "unclaimed"),
        ("  geen   brievenbus ", "no_letterbox"),
        ("address_wrong", "address_wrong"),
        ("overleden", "deceased"),
        ("Inconnu / Unknown", "unknown"),
        ("Refusé/Refused", "refused"),
        ("Parti sans laisser d’adresse / Moved, left no address", "moved"),
        ("Non réclamé (Unclaimed)", "unclaimed"),
        ("CN 15: Adresse insuffisante / Insufficient address", "address_wrong"),
        ("CN15 - Décédé", "deceased"),
        ("☒ Gone away", "moved"),
    ],
)
def test_a_carriers_word_is_understood(word, reason):
    assert reason_of(word).id == reason


def test_a_word_means_one_reason_and_every_reason_has_a_step_and_both_languages():
    words = [word for one in reasons().values() for word in one.words]
    assert len(words) == len(set(words))
    assert all(reason_of(word) for word in words)
    assert all(one.step in STEPS and one.nl and one.en for one in reasons().values())
    assert reason_of("vliegende schotel") is None
    assert reason_of("Refusé / Décédé") is None
