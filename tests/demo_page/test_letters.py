"""Letters on the page: everyone in the round accounted for, and each group's letter as a picture with its words."""

from dataclasses import replace

import pytest

from demo_page.page_html import every, parse, words
from demo_page.sample import LETTERS, sample
from helder.results.page import render
from helder.results.page.data import LetterShown
from helder.results.page.letters import account
from helder.results.page.wording import Wording


@pytest.fixture(scope="module")
def section():
    """The section about letters, in English."""
    (found,) = [e for e in every(parse(render(sample(), "en")), "section") if e.get("id") == "letters"]
    return found


def test_the_account_adds_up_to_everyone():
    rows = account(sample(), Wording("en")).table.rows
    people = {row[0]: row[2] for row in rows}
    assert people["everyone in the round"] == 941_000
    parts = ("a letter was made", "no letter, for a reason", "cannot be reached")
    assert sum(people[part] for part in parts) == 941_000
    assert people["reason deceased"] + people["reason staff"] == people["no letter, for a reason"]
    assert people["reason moved"] == people["cannot be reached"]
    assert ("reason abroad", "a letter all the same", 8_101) in rows


def test_the_reason_of_most_people_comes_first_and_a_hidden_one_has_no_bar():
    found = LETTERS.account
    hidden = replace(found, reasons=(replace(found.reasons[0], people=None), *found.reasons[1:]))
    figure = account(sample(letters=replace(LETTERS, account=hidden)), Wording("en"))
    assert str(figure.wide).index("reason staff") < str(figure.wide).index("reason deceased")
    assert "not shown" in figure.wide


def test_every_page_of_every_letter_is_a_picture_with_words_for_those_who_cannot_see_it(section):
    pictures = every(section, "img")
    assert len(pictures) == 2 * 2 * 3  # pages, languages; of one group two letters, of the other one
    assert len({e.get("alt") for e in pictures[:6]}) == 6
    assert all("Marked as specimen" in e.get("alt") for e in pictures)
    assert "Page 1 of 2 of the letter “The hack: told”, Group 3" in pictures[0].get("alt")
    assert all(e.get("width") and e.get("height") for e in pictures)


def test_letter_as_told_stands_beside_the_one_on_helders_assessment(section):
    first = every(section, "div", "pair")[0]
    headings = [words(e) for e in every(first, "p", "when")]
    assert headings == ["As told", "On Helder’s assessment"]
    said = [words(e) for e in every(first, "details")]
    assert "We cannot rule out theft." in said[0] and "Your data were stolen." in said[1]
    assert "<They> broke in." in said[0]


def test_points_of_a_letter_are_one_list(section):
    assert [words(e) for e in every(every(section, "div", "letter")[0], "li")] == ["your name", "your BSN"]


def test_the_page_says_how_many_would_have_read_something_else(section):
    text = words(section)
    assert "281,412 people read this letter. On Helder’s assessment 30,412 of them would have read the other" in text
    assert "all of them would have read the same words" in text


def test_letters_that_did_not_pass_their_check_are_not_shown():
    text = words(parse(render(sample(letters=replace(LETTERS, holds=False)), "en")))
    assert "have not passed a check" in text and "Both passed the same check" not in text
    assert "Your data were stolen." not in text and "We cannot rule out theft." in text
    assert "Both passed the same check" in words(parse(render(sample(), "en")))


@pytest.mark.parametrize(
    ("same", "now", "says"),
    [(0, True, "all of them would have read other words"), (20, False, "too few of them")],
)
def test_readers_who_all_or_hardly_differ_are_told_apart(same, now, says):
    three = LETTERS.samples[0]
    letters = three.letters if now else {lang: replace(one, now=None) for lang, one in three.letters.items()}
    shown = replace(LETTERS, samples=(replace(three, same=same, letters=letters),))
    assert says in words(parse(render(sample(letters=shown), "en")))


def test_letters_in_the_other_language_are_folded_away_and_marked_as_such(section):
    (folded,) = every(section, "details", "letters")
    assert folded.get("open") is None
    assert every(folded, "summary")[0].get("lang") == "nl"
    assert {e.get("lang") for e in every(folded, "div") if e.get("lang")} == {"nl"}


ARABIC = LetterShown("اختراق", (b"png",) * 2, (("paragraph", "في \u20686 يوليو 2025\u2069."),), "rtl")


@pytest.mark.parametrize(("lang", "heading"), [("en", "in Arabic"), ("nl", "in het Arabisch")])
def test_a_letter_in_another_language_runs_its_own_way_and_is_said_to_be_unread(lang, heading):
    html = parse(render(sample(letters=replace(LETTERS, elsewhere={"ar": ARABIC})), lang))
    (arabic,) = [one for one in every(html, "div") if one.get("lang") == "ar"]
    assert arabic.get("dir") == "rtl" and "\u20686 يوليو 2025\u2069" in words(arabic)
    text = words(html)
    assert heading in text and ("No native reader" in text or "Nog geen moedertaallezer" in text)
    assert not [one for one in every(html, "div") if one.get("dir") and one.get("lang") != "ar"]


def test_a_page_of_a_case_without_rounds_has_no_letters():
    html = render(sample(letters=None), "en")
    assert "letters" not in [e.get("id") for e in every(parse(html), "section")]
