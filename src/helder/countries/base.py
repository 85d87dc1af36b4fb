"""What a country must provide: its national number, and how names, dates and addresses are written there.

A country is data plus one check. Linkage turns it into SQL; nothing else knows these words. To add a country, copy the
folder `nl` under its ISO 3166-1 code and give it a `COUNTRY`; it is found by the name of its folder.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from helder.domain.address_refresh import AddressRegister
from helder.domain.correspondence import Forms


def two_letters(written: str) -> str:
    """The code of a country that is written as its code; empty: it is not."""
    return written.upper() if len(written) == 2 and written.isascii() and written.isalpha() else ""


def words(text: str) -> tuple[str, ...]:
    """The words of a text, for lists that read better as text."""
    return tuple(text.split())


@dataclass(frozen=True)
class NationalId:
    """A country's national number.

    `length` digits; shorter ones of at least `shortest` digits are taken to have lost leading zeros. `check_sql` is
    an expression over an integer `{n}` that is true for numbers passing the check; `check` is the same in Python, over
    text of exactly `length` digits. `never` are numbers that pass but are nobody's. Without a check (`has_check`)
    no zeros are put back.
    """

    length: int
    shortest: int
    check: Callable[[str], bool]
    check_sql: str
    never: tuple[str, ...] = ()
    has_check: bool = True

    def repair(self, written: str) -> str | None:
        """The number as `length` digits, with lost leading zeros put back; None when it is no valid number."""
        digits = "".join(sign for sign in written.removesuffix(".0") if sign in "0123456789").lstrip("0")
        if not self.shortest <= len(digits) <= self.length:
            return None
        number = digits.rjust(self.length, "0")
        return number if number not in self.never and len(set(number)) > 1 and self.check(number) else None


@dataclass(frozen=True)
class Postcode:
    """The shape of a postcode: `pattern` (RE2, over upper case) with groups that are joined; the first `area`
    characters name a neighbourhood of a few thousand people, about."""

    pattern: str
    groups: int
    area: int


@dataclass(frozen=True)
class Country:
    """How people, dates and addresses are written in one country. All words are lower case without accents."""

    code: str
    national_id: NationalId
    postcode: Postcode
    prefixes: tuple[str, ...]
    """Words that stand before a surname and may be written anywhere or nowhere: van, der, el."""
    glued_prefixes: tuple[str, ...]
    """Prefixes as written against the name, longest first: 'vanderberg' is also 'berg'."""
    titles: tuple[str, ...]
    """Salutations and degrees, to be dropped from names."""
    null_words: tuple[str, ...]
    """What people type when they do not know."""
    unknown_words: tuple[str, ...]
    """Those of them that can mean nothing else: a lone 'x' or 'none found' may be the outcome of a test."""
    months: Mapping[str, int]
    """First three letters of month names."""
    folds: tuple[tuple[str, str], ...]
    """Spellings that sound alike, applied in order: ('ij', 'y')."""
    nicknames: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Given name to the groups of names it belongs to."""
    street_words: tuple[tuple[str, str], ...] = ()
    """Abbreviations in street names, as (word ending, short form)."""
    city_aliases: Mapping[str, str] = field(default_factory=dict)
    """Second names of places, letters only: 'denhaag' is 'sgravenhage'."""
    practice_words: tuple[str, ...] = ()
    """Words in the name of a practice that tell nothing."""
    phone_prefixes: tuple[str, ...] = ()
    """The country's own dialling code, as digits."""
    country_code: Callable[[str], str] = two_letters
    """The ISO 3166-1 code of a country as registers write it: a code of theirs, or a name. Empty: it is not known."""
    own_names: tuple[str, ...] = ()
    """How registers write this country itself, beside its code."""
    unknown_countries: tuple[str, ...] = ("unknown", "xx", "zz")
    """What registers write where the country of an address is not known."""
    left_for_nowhere: tuple[str, ...] = ()
    """What they write there of somebody who left, nobody knows whereto: the address holds no longer."""
    forms: Forms | None = None
    """How people are addressed in letters; None: this country has no rules of address yet."""
    address_registers: Mapping[str, Callable[[Mapping[str, str], float], AddressRegister]] = field(default_factory=dict)
    """Registers that can be asked where people live, by name: opened with an environment and questions a second."""

    def abroad_sql(self, value: str) -> str:
        """SQL: whether a country, a code or a name, is another one: nothing, or a word for not known, is not."""
        at_home = ("", self.code, *self.own_names, *self.unknown_countries, *self.left_for_nowhere)
        listed = ", ".join("'" + word.replace("'", "''") + "'" for word in at_home)
        return f"lower(trim(coalesce({value}, ''))) NOT IN ({listed})"
