"""The Netherlands."""

from __future__ import annotations

from helder.countries.base import Country
from helder.countries.nl import brp
from helder.countries.nl.address import CITY_ALIASES, POSTCODE, PRACTICE_WORDS, STREET_WORDS
from helder.countries.nl.bsn import BSN
from helder.countries.nl.forms import DutchForms
from helder.countries.nl.names import (
    FOLDS,
    GLUED_PREFIXES,
    MONTHS,
    NULL_WORDS,
    PREFIXES,
    TITLES,
    UNKNOWN_WORDS,
    nicknames,
)
from helder.countries.nl.postal import LEFT_FOR_NOWHERE, OWN_NAMES, UNKNOWN_COUNTRIES, country_code

COUNTRY = Country(
    code="nl",
    national_id=BSN,
    postcode=POSTCODE,
    prefixes=PREFIXES,
    glued_prefixes=GLUED_PREFIXES,
    titles=TITLES,
    null_words=NULL_WORDS,
    unknown_words=UNKNOWN_WORDS,
    months=MONTHS,
    folds=FOLDS,
    nicknames=nicknames(),
    street_words=STREET_WORDS,
    city_aliases=CITY_ALIASES,
    practice_words=PRACTICE_WORDS,
    phone_prefixes=("31",),
    country_code=country_code,
    own_names=OWN_NAMES,
    unknown_countries=UNKNOWN_COUNTRIES,
    left_for_nowhere=LEFT_FOR_NOWHERE,
    forms=DutchForms(),
    address_registers={"brp": brp.opened},
)
