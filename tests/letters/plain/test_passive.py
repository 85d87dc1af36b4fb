"""Which passives are seen, and which sentences only look like one."""

from __future__ import annotations

import pytest

from helder.letters.plain.passive import clauses, passives


@pytest.mark.parametrize(
    ("language", "sentence", "found"),
    [
        ("nl", "Uw gegevens zijn gestolen.", ["zijn gestolen"]),
        ("nl", "Dit wordt nu onderzocht door de politie.", ["wordt onderzocht"]),
        ("nl", "Wij weten niet of ze gestolen zijn.", ["zijn gestolen"]),
        ("nl", "De brief werd gestuurd en u wordt gebeld.", ["werd gestuurd", "wordt gebeld"]),
        ("nl", "De brief is door ons verzonden.", ["is verzonden"]),
        ("nl", "U bent geïnformeerd, en er is aangifte gedaan.", ["bent geïnformeerd", "is gedaan"]),
        ("nl", "U bent bestolen.", ["bent bestolen"]),
        ("nl", "Criminelen hebben zijn gegevens gestolen.", []),
        ("nl", "Dit is in juli gebeurd.", []),
        ("nl", "Dat is de overheid die hierop let.", []),
        ("nl", "Hij wordt ziek.", []),
        ("nl", "Wij vinden dit heel erg.", []),
        ("en", "Your data were stolen.", ["were stolen"]),
        ("en", "Your data may have been stolen.", ["been stolen"]),
        ("en", "This is being investigated now.", ["is investigated"]),
        ("en", "You were not told.", ["were told"]),
        ("en", "Were you told?", ["were told"]),
        ("en", "Some people get fined.", ["get fined"]),
        ("en", "Your data weren't taken, and it's known.", ["weren't taken", "it's known"]),
        ("en", "The letter was withdrawn.", ["was withdrawn"]),
        ("en", "Criminals stole the data.", []),
        ("en", "You are insured, and the desk is closed.", []),
        ("en", "That's all, and there's a page.", []),
        ("en", "We are worried.", []),
        ("en", "They have stolen it.", []),
        ("en", "It is safe that we kept a copy.", []),
    ],
)
def test_passives_are_found_by_rules(language, sentence, found):
    assert list(passives(sentence, language)) == found


@pytest.mark.parametrize(
    ("language", "sentence", "count"),
    [
        ("nl", "Bel ons.", 1),
        ("nl", "Dat weten wij niet.", 1),
        ("nl", "Wij weten niet of dat zo is, omdat de politie het onderzoekt.", 3),
        ("nl", "Maar dat weten wij niet.", 1),
        ("en", "Call us.", 1),
        ("en", "We do not know if it happened.", 2),
        ("en", "Call us when you see a message that looks real.", 3),
    ],
)
def test_clauses_are_counted_by_the_words_that_open_them(language, sentence, count):
    assert clauses(sentence, language) == count
