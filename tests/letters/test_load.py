"""Reading letters: what stands nearer wins, and every mistake has its place."""

from __future__ import annotations

import datetime as dt
import re
import shutil

import pytest

from helder.case.load import load_case
from helder.domain.errors import CaseError
from helder.letters.load import load_letters, rare_words, shipped_digest
from helder.letters.making import making
from helder.letters.plain.rarity import Approved
from letters.made import FOLDER, letters


@pytest.fixture
def folder(tmp_path):
    """The letters of the reference case, to be changed."""
    shutil.copy(FOLDER / "case.toml", tmp_path / "case.toml")
    shutil.copytree(FOLDER / "letters", tmp_path / "letters")
    return tmp_path


def load(folder):
    return load_letters(load_case(folder), "round2")


def rewrite(folder, name, old, new):
    path = folder / "letters" / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_the_letters_own_words_win_over_the_cases_and_those_over_helders(folder):
    (folder / "letters" / "round2" / "g1" / "nl.toml").write_text('title = "Eigen titel"\n', "utf-8")
    path = folder / "letters" / "library" / "nl.toml"
    path.write_text(path.read_text("utf-8") + 'sorry = "Het spijt ons zeer."\n', "utf-8")
    found = load(folder)
    assert (found["g1"].texts["nl"].title, found["g2"].texts["nl"].title) == (
        "Eigen titel",
        "De hack bij het laboratorium en uw gegevens",
    )
    assert {letter.texts["nl"].sentences["sorry"] for letter in found.values()} == {"Het spijt ons zeer."}


def test_only_blocks_that_a_section_names_belong_to_a_letter():
    assert "addresses_checked" in letters()["g4"].blocks
    assert "addresses_checked" not in letters()["g1"].blocks


MISTAKES = [
    ("round2/g1/letter.toml", '"in_data"', '"in_dta"', "no block 'in_dta'", "in_data"),
    ("library/blocks.toml", 'says = ["broke_in"', 'says = ["brokein"', "no sentence 'brokein'", "broke_in"),
    ("library/blocks.toml", 'some = ["given"]', 'some = ["givn"]', "no selection 'givn'", "given"),
    ("library/blocks.toml", '["must given person"]\nsays', '["must give person"]\nsays', "is no claim", "letters.md"),
    ("library/blocks.toml", '["fact took_part"]\nsays', '["must taken shoe"]\nsays', "no item 'shoe'", "shoe"),
    ("library/blocks.toml", '["fact took_part"]\nsays', '["must taken list"]\nsays', "needs a list", "lists"),
    (
        "library/blocks.toml",
        "[blocks.what_we_do]",
        '[blocks.what_we_do]\nparty = "bvo"',
        "no breached party 'bvo'",
        "lab",
    ),
    ("library/blocks.toml", "[blocks.what_we_do]", '[blocks.what_we_do]\nrisks = ["fire"]', "no risk 'fire'", "Known"),
    (
        "library/blocks.toml",
        "[blocks.what_we_do]",
        '[blocks.what_we_do]\nwhen = {groups = ["g9"]}',
        "no group 'g9'",
        "g1",
    ),
    (
        "library/blocks.toml",
        "[blocks.what_we_do]",
        '[selections.odd]\nmust = ["stolen"]\n[blocks.what_we_do]',
        "no word 'stolen'",
        "Known",
    ),
    ("library/blocks.toml", "[blocks.what_we_do]", "[blocks.what_we_do]\nkindness = 1", "Extra inputs", "letters.md"),
    ("library/nl.toml", "[items]", "[items", "not valid TOML", "Correct"),
    ("facts.toml", 'kind = "name"', 'kind = "nome"', "Input should be", "letters.md"),
]


@pytest.mark.parametrize(("file", "old", "new", "what", "cure"), MISTAKES, ids=[mistake[3] for mistake in MISTAKES])
def test_a_mistake_says_what_where_and_what_to_do(folder, file, old, new, what, cure):
    rewrite(folder, file, old, new)
    with pytest.raises(CaseError) as raised:
        load(folder)
    assert what in raised.value.what and cure in str(raised.value)
    assert raised.value.where.startswith(str(folder))


def test_a_fact_that_was_withdrawn_is_a_finding_that_names_letter_block_and_fact_and_no_refusal_to_load(folder):
    path = folder / "letters" / "facts.toml"
    parts = re.split(r"\n(?=\[\w+\])", path.read_text("utf-8"))
    path.write_text("\n".join(part for part in parts if not part.startswith("[took_part]")), "utf-8")
    found = [
        place for letter in load(folder).values() for place in making(load_case(folder), letter, dt.date(2025, 9, 12))
    ]
    gone = {(place.letter, place.block, place.of) for place in found if place.rule == "no_fact"}
    assert gone == {(letter, "why_you", "took_part") for letter in ("g1", "g2", "g3", "g4", "acting")}


def test_a_text_that_cannot_be_read_is_said(folder):
    (folder / "letters" / "library" / "en.toml").write_bytes(b'title = "\xff"')
    with pytest.raises(CaseError, match="is not in UTF-8"):
        load(folder)


def words(folder, text):
    (folder / "letters" / "words.toml").write_text(text, "utf-8")
    return rare_words(folder)


def test_a_case_has_rare_words_of_its_own_each_with_what_explains_it_or_why_all_know_it(folder):
    assert rare_words(folder) == {}
    found = words(
        folder, '[nl]\n"HPV-test" = {explained_by = "onderzoek naar een virus"}\nhielprik = {known = "elke ouder"}\n'
    )
    assert found == {"nl": (Approved("HPV-test", "onderzoek naar een virus"), Approved("hielprik", ""))}


@pytest.mark.parametrize(
    ("text", "what", "cure"),
    [
        ("[nl]\nhielprik = {}\n", "'hielprik' needs either", "explained_by"),
        ('[nl]\nhielprik = {explained_by = "bloed", known = "ja"}\n', "'hielprik' needs either", "explained_by"),
        ('[nl]\nhielprik = {known = " "}\n', "at least 1 character", "letters.md"),
        ('[nl]\nhielprik = {explained_by = "een hielprik"}\n', "explained by itself", "everybody knows"),
        ('[nl]\nhielprik = "bloed"\n', "valid dictionary", "letters.md"),
        ('[ar]\nhielprik = {known = "ja"}\n', "not counted in 'ar'", "nl, en"),
        ('[nl\nhielprik = {known = "ja"}\n', "not valid TOML", "Correct"),
    ],
)
def test_a_mistake_in_a_cases_rare_words_is_one_error_with_its_place(folder, text, what, cure):
    with pytest.raises(CaseError) as raised:
        words(folder, text)
    assert what in raised.value.what and cure in str(raised.value)
    assert raised.value.where.startswith(str(folder / "letters" / "words.toml"))


def test_the_shipped_texts_have_one_digest():
    assert shipped_digest() == shipped_digest() and len(shipped_digest()) == 64
