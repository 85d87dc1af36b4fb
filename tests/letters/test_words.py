"""Rules on the words and on how a letter is made, one small mistake at a time; and how facts are printed."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from helder.letters.approval import approval_text, fingerprints
from helder.letters.facts import filled, printed
from helder.letters.findings import Place
from helder.letters.lexicon import lexicon
from helder.letters.making import making
from helder.letters.model import Fact
from helder.letters.prose import named, prose
from letters.made import DAY as DAYS
from letters.made import case, letters
from letters.mutants import bilingual

DAY = dt.date(2025, 9, 12)
G4 = bilingual(letters()["g4"])
UNREVIEWED = {Place("not_reviewed", id, "", "ar") for id in letters()}


def reworded(language, id, words, letter=G4):
    texts = letter.texts[language]
    new = texts.model_copy(update={"sentences": {**texts.sentences, id: words}})
    return replace(letter, texts={**letter.texts, language: new})


def rules(letter):
    return {place.rule for place in (*making(case(), letter, DAY), *prose(case(), letter))} - {"not_approved"}


@pytest.mark.parametrize(("round", "id"), [(round, id) for round in ("round1", "round2") for id in letters(round)])
def test_letters_as_they_are_break_no_rule(round, id):
    letter = letters(round)[id]
    day = dt.date.fromisoformat(DAYS[round])
    assert set(making(case(), letter, day)) | set(prose(case(), letter)) <= UNREVIEWED


def test_the_letter_that_is_changed_below_breaks_no_rule():
    assert {place.rule for place in (*making(case(), G4, DAY), *prose(case(), G4))} == set()


@pytest.mark.parametrize(
    ("language", "id", "words", "rule"),
    [
        ("nl", "maybe_in_data", "Er zijn gegevens van u gestolen bij {holder}.", "certain_words"),
        ("en", "gave_these", "We may have given these data about you to {holder}.", "open_words"),
        ("nl", "did_not_give_these", "Deze gegevens van u gaven wij aan {holder}.", "negation"),
        ("en", "these_taken", "They were stolen there and put on the internet.", "other_claim"),
        ("en", "these_published", "Criminals have put them somewhere.", "claim_not_said"),
        ("nl", "found_on", "Het laboratorium ontdekte dit op 6 juli 2025.", "typed_number"),
        ("nl", "complain", "U kunt ook klagen bij de Autoriteit Persoonsgegevens.", "typed_name"),
        ("en", "complain", "You can also complain to the {inspectorate}.", "placeholders_differ"),
        ("en", "heard_on", "We were told on {found_on}.", "placeholders_differ"),
        ("nl", "gave_these", "Uw e-mailadres en deze gegevens van u gaven wij aan {holder}.", "items_differ"),
        ("en", "others_work", "Other laboratories do the work.", "fact_words"),
        ("en", "these_maybe_taken", "All of them may have been stolen there.", "absolute"),
        ("nl", "website", "Kijk welke van uw gegevens zijn gestolen op {website}.", "presupposes"),
        ("en", "website", "The laboratory is open. Look at {website}.", "asserts"),
        ("nl", "can_blackmail", "Criminelen zullen dreigen om iets over uw gezondheid bekend te maken.", "no_can"),
        ("en", "read_aloud", "Is reading difficult for you?", "sentences_differ"),
        ("en", "sorry", "Please accept our apologies.", "same_text"),
        ("en", "these_taken", "They are stolen there.", "strange_word"),
        ("nl", "call_us", "Bel ons op {phone}, op werkdagen van {closes} tot {opens} uur.", "fact_words"),
        ("nl", "complain", "U kunt ook klagen bij de {authority} binnen een maand.", "fact_words"),
        ("en", "complain", "You can also complain to the {authority} for a fee.", "fact_words"),
        ("en", "delete", "Do you want us to delete your data? Call us, and they are gone.", "asserts"),
        ("en", "call_us", "Call us on {phone}, on weekends from {opens} to {closes}.", "fact_words"),
    ],
)
def test_words_that_do_not_fit_the_claim_are_found(language, id, words, rule):
    assert rule in rules(reworded(language, id, words))


@pytest.mark.parametrize(
    ("language", "id", "words"),
    [
        ("nl", "these_maybe_taken", "Zoals u misschien weet, zijn ze daar gestolen."),
        ("nl", "these_maybe_taken", "Misschien weet u dat ze daar zijn gestolen."),
        ("nl", "maybe_gave_these", "Zoals u misschien weet gaven wij deze gegevens van u aan {holder}."),
        ("nl", "maybe_in_data", "Zijn er gegevens van u gestolen bij {holder}. Dat weten wij nog niet zeker."),
        ("en", "these_maybe_taken", "They have been stolen, as you may know, there."),
        ("en", "maybe_gave_these", "We gave, as you may recall, these data about you to {holder}."),
        ("en", "maybe_in_data", "Data about you were stolen at {holder}. We do not know yet for sure."),
    ],
)
def test_what_may_be_is_left_open_where_it_is_said(language, id, words):
    """Not in the sentence after it, and not by a 'may' about what the reader knows."""
    assert "certain_words" in rules(reworded(language, id, words))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "Wij weten nog niet of er gegevens van u gestolen zijn bij {holder}. Dat wordt onderzocht."),
        ("en", "We cannot rule out that data about you were stolen at {holder}. This is being looked into."),
    ],
)
def test_other_ways_to_leave_something_open_are_understood(language, words):
    assert "certain_words" not in rules(reworded(language, "maybe_in_data", words))


@pytest.mark.parametrize(
    ("language", "id", "words"),
    [
        ("nl", "these_maybe_taken", "Misschien zijn ze daar waarschijnlijk gestolen."),
        (
            "nl",
            "maybe_in_data",
            "Waarschijnlijk zijn er gegevens van u gestolen bij {holder}. Dat weten wij nog niet zeker.",
        ),
        ("en", "these_maybe_taken", "They may hardly have been stolen there."),
        ("nl", "can_blackmail", "Criminelen kunnen zelden dreigen om iets over uw gezondheid bekend te maken."),
        ("nl", "can_blackmail", "Criminelen kunnen in theorie dreigen om iets over uw gezondheid bekend te maken."),
        ("en", "can_bank_trick", "Criminals can rarely pretend to be from your bank, and so take money from you."),
        ("en", "can_bank_trick", "Criminals can in theory pretend to be from your bank, and so take money from you."),
        ("en", "complain", "You can rarely also complain to the {authority}."),
        ("nl", "complain", "U kunt vrijwel nooit klagen bij de {authority}."),
    ],
)
def test_nothing_says_how_likely_or_how_often(language, id, words):
    """The evidence leaves worlds open and weighs none; a warning or a right that is 'rarely' so is none."""
    assert "weighed" in rules(reworded(language, id, words))


@pytest.mark.parametrize(
    ("language", "id", "words"),
    [
        ("nl", "these_taken", "Ze zijn daar gestolen en teruggegeven."),
        ("nl", "these_taken", "Ze zijn hier gestolen."),
        ("en", "these_taken", "They were stolen there by researchers."),
        ("nl", "these_published", "Criminelen hebben ze achter slot op internet gezet."),
        ("nl", "these_published", "Medewerkers hebben ze op internet gezet."),
        ("en", "can_bank_trick", "Researchers can pretend to be from your bank, and so take money from you."),
        ("en", "never_ask", "They never ask you for such codes."),
        ("nl", "do_lost_money", "Bent u geld kwijt? Bel meteen uw bank en ga daarna naar de dokter."),
        ("en", "delete", "Do you want them to delete your data? You can call us for that too."),
    ],
)
def test_who_did_it_where_and_what_became_of_it_are_said_in_known_words(language, id, words):
    assert rules(reworded(language, id, words)) & {"strange_word", "fact_words"}


@pytest.mark.parametrize(
    ("language", "id", "words"),
    [
        ("nl", "these_taken", "Criminelen hebben ze daar gestolen."),
        ("nl", "gave_these", "Wij hebben deze gegevens van u aan {holder} gegeven."),
        ("en", "these_taken", "Criminals have stolen them there."),
        ("en", "in_data", "At {holder} data about you were stolen."),
        ("en", "these_published", "Criminals posted these data on the internet."),
    ],
)
def test_the_same_in_other_known_words_is_right(language, id, words):
    assert rules(reworded(language, id, words)) == set()


@pytest.mark.parametrize(
    ("language", "id", "words"),
    [
        ("nl", "rest_unknown", "Wij weten niet waar de rest nu is, maar die is vernietigd."),
        ("en", "rest_unknown", "We do not know where the rest is now, but it was destroyed."),
        ("nl", "sorry", "Wij vinden het heel erg dat dit is gebeurd, maar het viel mee."),
        ("en", "others_work", "Other laboratories now do the work, except for tests."),
        ("en", "apology", "Please accept our apologies if you were hurt."),
        ("nl", "apology", "Wij bieden u onze excuses aan, mocht u schrikken."),
        ("en", "can_blackmail", "Criminals can threaten to tell others something about your health, unless you pay."),
    ],
)
def test_no_sentence_takes_back_what_it_says(language, id, words):
    assert "takes_back" in rules(reworded(language, id, words))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "Deze gegevens van {holder} gaven wij aan u."),
        ("en", "We gave these data about {holder} to you."),
    ],
)
def test_what_we_gave_did_not_go_to_the_reader(language, words):
    assert "claim_not_said" in rules(reworded(language, "gave_these", words))


@pytest.mark.parametrize(
    ("language", "heading"),
    [
        ("nl", "Waar zijn uw verloren gegevens nu?"),
        ("nl", "Hoe kwamen criminelen aan uw gegevens?"),
        ("nl", "Waarom hebben hackers gegevens van u?"),
        ("en", "Where did criminals put your data?"),
        ("en", "Why do thieves have your data, and how did hackers get to you?"),
        ("en", "Where are your missing data?"),
        ("en", "Which of your data are gone?"),
        ("en", "What will criminals do?"),
        ("nl", "Wat gaan criminelen doen?"),
    ],
)
def test_a_question_that_takes_a_theft_for_granted_is_no_heading(language, heading):
    texts = G4.texts[language].model_copy(update={"headings": {**G4.texts[language].headings, "where_now": heading}})
    assert "presupposes" in rules(replace(G4, texts={**G4.texts, language: texts}))


@pytest.mark.parametrize(
    ("language", "item", "words"),
    [
        ("nl", "bsn", "uw burgerservicenummer (BSN) en paspoort"),
        ("nl", "email", "uw e-mailadres of wachtwoord"),
        ("en", "name", "your name and bank account"),
        ("en", "address", "your address, town and passport"),
    ],
)
def test_the_name_of_an_item_names_nothing_else(language, item, words):
    """A list of items would print it for whoever has the item."""
    texts = G4.texts[language].model_copy(update={"items": {**G4.texts[language].items, item: words}})
    assert rules(replace(G4, texts={**G4.texts, language: texts})) == {"items_differ"}


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("Welke gegevens van u zijn gestolen?", "presupposes"),
        ("Er is niets met uw gegevens gebeurd", "negation"),
        ("Misschien gaat het om deze gegevens", "open_words"),
        ("Bijna geheime gegevens", "weighed"),
        ("Uw gegevens zijn beschermd", "asserts"),
    ],
)
def test_headings_titles_and_names_of_items_claim_nothing(words, rule):
    texts = G4.texts["nl"]
    for changed in (
        {"headings": {**texts.headings, "your_data": words}},
        {"title": words},
        {"items": {**texts.items, "email": f"uw e-mailadres: {words.lower()}"}},
    ):
        letter = replace(G4, texts={**G4.texts, "nl": texts.model_copy(update=changed)})
        assert rule in rules(letter)


def test_an_item_is_named_by_its_own_words():
    texts = G4.texts["nl"]
    items = {**texts.items, "email": "uw adres", "name": "alle namen die niet zo zijn"}
    letter = replace(G4, texts={**G4.texts, "nl": texts.model_copy(update={"items": items})})
    found = {(place.rule, place.of) for place in prose(case(), letter)}
    assert {("items_differ", "items.email"), ("absolute", "items.name"), ("negation", "items.name")} <= found


def test_the_longest_noun_names_the_item():
    nouns = {"adres": "address", "e-mailadres": "email", "naam": "name", "naam van uw huisarts": "gp_name"}
    assert named("de naam van uw huisarts en uw e-mailadres", nouns) == {"gp_name", "email"}
    assert named("niets daarvan", {}) == set()


def test_a_language_without_words_of_its_own_is_said_and_printed_as_english_is():
    letter = replace(
        G4,
        file=letters()["g3"].file.model_copy(
            update={"letter": letters()["g3"].file.letter.model_copy(update={"languages": ["nl", "fy"]})}
        ),
    )
    assert {"no_language", "no_text"} <= rules(letter)


@pytest.mark.parametrize(
    ("value", "language", "text"),
    [
        (dt.date(2025, 7, 6), "nl", "6 juli 2025"),
        (dt.date(2025, 7, 6), "en", "6 July 2025"),
        (941_000, "nl", "941.000"),
        (941_000, "en", "941,000"),
        ("0800", "nl", "0800"),
        ({"nl": "het lab"}, "nl", "het lab"),
        ({"nl": "het lab"}, "en", ""),
        (None, "nl", ""),
    ],
)
def test_facts_are_printed_in_the_way_of_the_language(value, language, text):
    fact = Fact(kind="name", value=value, evidence="x", valid_until=DAY)
    assert printed(fact, language, lexicon(language)) == text


def test_values_are_isolated_where_two_directions_of_writing_meet():
    """Unicode UAX #9: FSI and PDI around each value."""
    assert filled("في {day}", {"day": "6 July"}, lexicon("ar")) == "في \u20686 July\u2069"
    assert filled("on {day}", {"day": "6 July"}, lexicon("en")) == "on 6 July"
    assert filled("by {name}", {"name": "المختبر"}, lexicon("en")) == "by \u2068المختبر\u2069"


def test_a_fact_with_no_value_cannot_be_printed_and_one_that_is_gone_cannot_be_claimed():
    facts = {**G4.facts, "phone": G4.facts["phone"].model_copy(update={"value": None})}
    del facts["others_work"]
    assert {"fact_without_value", "no_fact"} <= rules(replace(G4, facts=facts))


def test_changed_words_or_claims_need_a_new_approval():
    before = fingerprints([G4])
    after = fingerprints([reworded("nl", "sorry", "Het spijt ons.")])
    assert {key for key in before if before[key] != after[key]} == {("sorry", "nl")}
    text = approval_text({("sorry", "nl"): "a" * 64}, 'A "B"', DAY)
    assert text.splitlines()[:3] == ["[[approvals]]", 'by = "A \\"B\\""', "on = 2025-09-12"]
