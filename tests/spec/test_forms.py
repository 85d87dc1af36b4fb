"""Every rule of address does what its cases say, and is cheap enough for a country."""

from __future__ import annotations

import csv
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helder.countries.nl import COUNTRY
from helder.countries.nl.forms import _openings
from helder.countries.nl.postal import countries
from helder.domain.correspondence import NameParts, PostalAddress, UnaddressableError, window
from spec.forms import ISOLATES, SPECS, printed

CASES = [
    pytest.param(fields, expected, id=f"{number}.{row}")
    for number, spec in enumerate(SPECS, start=1)
    for row, (fields, expected) in enumerate(spec.cases(), start=1)
]
FORMS = COUNTRY.forms


@pytest.mark.parametrize(("said", "expected"), CASES)
def test_each_rule(said, expected):
    said = {key: value.replace("\\n", "\n") for key, value in said.items()}
    assert {what: printed(said, what) for what in expected} == expected


BY_HAND = list(csv.DictReader(Path(__file__).with_name("forms_by_hand.csv").read_text("utf-8").splitlines()))


@pytest.mark.parametrize("row", BY_HAND)
def test_what_somebody_wrote_down_from_the_published_rules_before_looking(row):
    """Every use of names with prefixes on either or both, titles, sexes, an ended partnership, one name, foreign letters."""
    name = NameParts(**{one.name: row[one.name] for one in fields(NameParts) if one.name in row})
    said = FORMS.salutation(name, "nl"), FORMS.addressee(name), FORMS.style(name)
    assert said == (row["salutation"], row["addressee"], row["style"])


text = st.text(max_size=12)
parts = st.builds(
    NameParts,
    **dict.fromkeys(("given_names", "initials", "prefix", "surname", "partner_prefix", "partner_surname"), text),
    sex=st.sampled_from(("F", "M", "X", "", "?")),
    name_use=st.sampled_from(("own", "partner", "partner_own", "own_partner", "")),
    title=st.sampled_from(("", "B", "PS", "JV", "R", "no")),
    partner_title=st.sampled_from(("", "G", "JH", "no")),
)
addresses = st.builds(
    PostalAddress,
    **dict.fromkeys(("street", "house_number", "house_addition", "city", "location", "designation"), text),
    postcode=st.sampled_from(("1234AB", "1234 ss", "", "x")),
    country=st.sampled_from(("", "NL", "BE", "??")) | text,
    lines=st.lists(text, max_size=6).map(tuple),
)


@given(parts, addresses, st.sampled_from(("nl", "en", "ar")))
def test_whatever_a_register_holds_lines_are_one_printable_line_each_and_no_more_than_six(name, address, language):
    printed_lines = [FORMS.salutation(name, language).translate(ISOLATES)]
    assert printed_lines[0]
    try:
        lines = window(FORMS, name, address)
    except UnaddressableError as error:
        assert str(error).isidentifier()
    else:
        assert 3 <= len(lines) <= 6
        printed_lines += lines
    for line in printed_lines:
        assert line == line.strip()
        assert line.isprintable()


def test_a_style_that_would_make_a_seventh_line_is_left_out():
    name = NameParts(given_names="Otto", surname="Loo", sex="M", title="B")
    address = PostalAddress(lines=("a", "b", "c", "d"), country="BE")
    assert window(FORMS, name, address) == ("O. baron Loo", "a", "b", "c", "d", "BELGIUM")
    assert len(window(FORMS, name, PostalAddress(lines=("a", "b", "c"), country="BE"))) == 6


def test_every_country_of_iso_3166_has_a_dutch_name():
    found = countries()
    assert len([code for code in found if len(code) == 2 and code != "uk"]) == 250
    assert all(name == name.upper() for name in found.values())


def test_each_language_has_its_own_comma():
    assert [FORMS.comma(language) for language in ("nl", "en", "ar", "tr")] == [",", ",", "،", ","]


def test_every_language_that_opens_by_texts_has_all_of_them():
    for texts in _openings().values():
        assert texts.keys() == {"M", "F", "X", "nobody", "comma"}
        assert all("{name}" in texts[key] for key in ("M", "F", "X"))


def test_a_latin_name_does_not_reorder_the_arabic_around_it():
    assert "\u2068A.B. de Vries\u2069" in FORMS.salutation(
        NameParts(initials="A.B.", prefix="de", surname="Vries", sex="F"), "ar"
    )
