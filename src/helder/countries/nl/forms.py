"""What Helder prints on letters from the Netherlands: the published rules, and something where they give nothing.

Where the rules withhold a name (the surname is unknown), a letter opens neutrally, and the envelope carries the name in
one piece or the given names, if there are any: the duty to tell does not end at a name that is half known.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from importlib import resources

from helder.countries.nl import postal
from helder.countries.nl.aanhef import DEAR as GEACHTE
from helder.countries.nl.aanhef import aanhef, aanschrijfwijze, lopende_tekst
from helder.countries.nl.dear import DEAR, dear, mention
from helder.countries.nl.naming import UNKNOWN, capital, one_line, surname
from helder.domain.correspondence import NameParts, PostalAddress, UnaddressableError

_OPENING = {"nl": aanhef, "en": dear}
_NAMED = {"nl": GEACHTE | {"X": "Geachte "}, "en": DEAR | {"X": "Dear "}}
_NEUTRAL = {
    "nl": {"M": "Geachte heer", "F": "Geachte mevrouw", "X": "Geachte lezer"},
    "en": {"M": "Dear Sir", "F": "Dear Madam", "X": "Dear reader"},
}
_MENTION = {"nl": lopende_tekst, "en": mention}


class DutchForms:
    """The forms of address of the Netherlands, for letters in Dutch and English, and in those of `openings.toml`.

    A letter in any other language opens with the addressee's name.
    """

    def salutation(self, name: NameParts, language: str) -> str:
        """The words that open a letter, without a comma. Always something."""
        opening = _OPENING.get(language)
        if opening is None:
            return _opened(name, language)
        said = opening(name)
        if said:
            return said
        sex = name.sex if name.sex in ("M", "F") else "X"
        whole = _whole(name)
        return _NAMED[language][sex] + whole if whole else _NEUTRAL[language][sex]

    def comma(self, language: str) -> str:
        """The sign after the words that open a letter."""
        return _openings().get(language, {}).get("comma", ",")

    def in_sentence(self, name: NameParts, language: str) -> str:
        """The name inside a sentence; in a language without rules of its own, as on the envelope."""
        rules = _MENTION.get(language)
        return (rules(name) if rules else "") or _rules_or_whole(name)

    def in_full(self, name: NameParts) -> str:
        """As on the envelope, with given names for initials where they are known: brothers share those often enough."""
        known = one_line(name.given_names) not in UNKNOWN
        return _rules_or_whole(replace(name, initials=name.given_names) if known else name)

    def style(self, name: NameParts) -> str:
        """'De hoogwelgeboren heer' and the like; empty without a noble title."""
        return aanschrijfwijze(name)[1] if name.title or name.partner_title else ""

    def addressee(self, name: NameParts) -> str:
        """The name on the envelope. Raises `UnaddressableError` with 'no_name'."""
        found = _rules_or_whole(name)
        if not found:
            raise UnaddressableError("no_name")
        return found

    def address_lines(self, address: PostalAddress) -> tuple[str, ...]:
        """The lines below the name. Raises `UnaddressableError`; its reasons are those of `postal`."""
        return postal.address_lines(address)

    def ordinary(self) -> str:
        """Names without title of men and women, and addresses at home, in signs that no rule changes."""
        nowhere = ", ".join(f"'{word}'" for word in sorted(postal.NOWHERE))
        return resources.files(__package__).joinpath("ordinary.sql").read_text("utf-8").replace("{nowhere}", nowhere)


@cache
def _openings() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(resources.files(__package__).joinpath("openings.toml").read_text("utf-8"))


def _opened(name: NameParts, language: str) -> str:
    """The opening in a language that has texts but no rules. The name is isolated: it may run the other way."""
    texts, called = _openings().get(language), _rules_or_whole(name)
    if texts is None:
        return called or _NEUTRAL["en"]["X"]
    if not called:
        return texts["nobody"]
    return texts[name.sex if name.sex in ("M", "F") else "X"].format(name=f"\u2068{called}\u2069")


def _rules_or_whole(name: NameParts) -> str:
    return aanschrijfwijze(name)[0] or _whole(name) or capital(surname("", name.given_names))


def _whole(name: NameParts) -> str:
    """The name in one piece, when the register does not split it."""
    return "" if surname("", name.surname) else capital(surname("", name.full_name))
