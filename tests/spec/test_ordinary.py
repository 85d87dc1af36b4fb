"""What SQL writes for ordinary people is what the rules of address write for them, whatever a register holds."""

from __future__ import annotations

from dataclasses import fields

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helder.countries.nl import COUNTRY
from helder.domain.correspondence import NameParts, PostalAddress, window
from helder.engines.duckdb import DuckEngine
from spec.forms import SPECS

FORMS = COUNTRY.forms
NAME = NameParts(given_names="Anna Bea", surname="Alder", sex="F", name_use="own")
HOME = PostalAddress(street="Dorpsstraat", house_number="12", postcode="1234AB", city="Ede")
COLUMNS = [field.name for of in (NameParts, PostalAddress) for field in fields(of) if field.name != "lines"]


@pytest.fixture(scope="module")
def engine():
    opened = DuckEngine(threads=1)
    yield opened
    opened.close()


def in_sql(engine, people):
    """Salutation and address of those who are ordinary, by their place in the list."""
    rows = [
        {"person": number, "language": language, **vars(name), **{k: v for k, v in vars(home).items() if k != "lines"}}
        for number, (name, home, language) in enumerate(people)
    ]
    shape = [("person", pa.int64()), *((column, pa.string()) for column in ("language", *COLUMNS))]
    engine.read("people", pa.Table.from_pylist(rows, pa.schema(shape)))
    return {row["person"]: (row["salutation"], row["address"]) for row in engine.rows(FORMS.ordinary())}


def by_rules(name, home, language):
    return FORMS.salutation(name, language), "\n".join(window(FORMS, name, home))


def agree(engine, people):
    """The ordinary among these people, who all have what the rules give."""
    found = in_sql(engine, people)
    assert found == {number: by_rules(*people[number]) for number in found}
    return found


def test_the_cases_of_the_rules_are_left_to_them_or_written_alike(engine):
    people = []
    for spec in SPECS:
        for given_fields, _ in spec.cases():
            values = {key: value.replace("\\n", "\n") for key, value in given_fields.items()}
            lines = tuple(filter(None, values.pop("lines", "").split("/")))
            of_name = {key: value for key, value in values.items() if key in vars(NAME)}
            of_home = {key: value for key, value in values.items() if key in vars(HOME)}
            name = NameParts(**of_name) if of_name else NAME
            home = PostalAddress(**of_home, lines=lines) if of_home else HOME
            people += [(name, home, language) for language in ("nl", "en", "ar")]
    found = agree(engine, people)
    assert len(people) > len(found) > 40


ORDINARY = {
    "a prefix": (NameParts(given_names="Jan-Willem P", prefix="van der", surname="Berg", sex="M"), HOME),
    "ij as one letter": (NameParts(surname="ijsbrands", sex="M"), HOME),
    "initials": (NameParts(initials="A.B.", surname="Alder", sex="F", name_use="partner"), HOME),
    "a partner first": (
        NameParts(surname="Alder", partner_prefix="de", partner_surname="Boer", sex="F", name_use="partner_own"),
        HOME,
    ),
    "a partner last": (
        NameParts(surname="Alder", partner_surname="Boer", sex="M", name_use="own_partner"),
        PostalAddress("Laan", "1", "bis", "9999 zz", "'s-Gravenhage", "NL", house_letter="A"),
    ),
    "a number added": (NAME, PostalAddress("Laan", "1", "2", "1234AB", "Sint Joost")),
    "letters with signs": (NameParts(given_names="Åsa Émile", surname="ÿlmaz", sex="F"), HOME),
}


@pytest.mark.parametrize("what", ORDINARY)
def test_ordinary_people_do_not_wait_for_the_rules(engine, what):
    assert agree(engine, [(*ORDINARY[what], language) for language in ("nl", "en")]).keys() == {0, 1}


def test_capitals_are_those_of_the_rules_for_every_letter(engine):
    letters = [chr(code) for code in range(32, 0x250)]
    people = [
        (
            NameParts(given_names=letter + "x", surname=letter + "x", sex="M"),
            PostalAddress("x", "1", "", "1234AB", letter + "x"),
            "nl",
        )
        for letter in letters
    ]
    assert len(agree(engine, people)) > 120


TEMPTING = st.text("aAbijIJ .,-/'|0189éßŉıÿ\u00ad\n\u2028SD", max_size=5)
TEXT = TEMPTING | st.sampled_from(
    ("", "", "van", "de", "Boer", ".", "Onbekend", "VOW", "NL", "ij", "A B", "Jan Piet", "-")
)
PEOPLE = st.tuples(
    st.builds(
        NameParts,
        **dict.fromkeys(
            ("given_names", "initials", "prefix", "surname", "partner_prefix", "partner_surname", "full_name"), TEXT
        ),
        sex=st.sampled_from(("F", "M", "M", "X", "")),
        name_use=st.sampled_from(("own", "partner", "partner_own", "own_partner", "", "odd")),
        title=st.sampled_from(("", "", "", "", "B")),
        partner_title=st.sampled_from(("", "", "", "", "G")),
    ),
    st.builds(
        PostalAddress,
        street=TEXT,
        house_number=st.sampled_from(("1", "23", "0", "04", "1a", "")),
        **dict.fromkeys(("house_letter", "house_addition", "city"), TEXT),
        postcode=st.sampled_from(("1234AB", "1234 ab", "1234  AB", "0123AB", "1234SS", "", "1234AB ")),
        country=st.sampled_from(("", "", "NL", "BE")),
        designation=st.sampled_from(("", "", "to")),
        street_short=st.sampled_from(("", "", "Ln")),
    ),
    st.sampled_from(("nl", "en", "ar")),
)


@settings(max_examples=60)
@given(st.lists(PEOPLE, min_size=20, max_size=40))
def test_whoever_is_written_in_sql_has_what_the_rules_give(engine, people):
    agree(engine, people)
