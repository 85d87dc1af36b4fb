"""The published rules for Dutch forms of address, to the letter: they give nothing where the rules give nothing.

Source: BRP API Personen, rules for aanhef (salutation), aanschrijfwijze (name and style on the envelope) and
gebruikInLopendeTekst (the name inside a sentence); EUPL-1.2, followed here in Helder's own words.
"""

from __future__ import annotations

from helder.countries.nl.naming import Names, capital, combine, initials, names
from helder.domain.correspondence import NameParts

DEAR = {"M": "Geachte heer ", "F": "Geachte mevrouw "}
_MENTION = {"M": "de heer ", "F": "mevrouw "}


def aanhef(name: NameParts) -> str:
    """The salutation; empty when the person's own surname is needed and not known."""
    used = names(name)
    if used.courtesy.salutation or used.title.salutation:
        return used.courtesy.salutation or used.title.salutation
    called = combine(used.use, used.own, used.partner)
    if not called:
        return ""
    if used.sex != "X":
        return DEAR[used.sex] + capital(called)
    letters = initials(name)
    return f"Geachte {letters} {called}" if letters else f"Geachte {capital(called)}"


def aanschrijfwijze(name: NameParts) -> tuple[str, str]:
    """The name on the envelope, and the style for the line above it; both empty as for `aanhef`."""
    used = names(name)
    own, partner, letters, style = used.own, used.partner, initials(name), used.title.style
    if not (partner if used.use == "partner" else own):
        return "", ""
    if used.title.written:
        if used.predicate and used.use != "partner_own":
            letters = f"{used.title.written} {letters}" if letters else used.title.written
        else:
            own = f"{used.title.written} {own}"
    if used.courtesy.written and used.use != "own":
        partner = f"{used.courtesy.written} {partner}"
        style = used.courtesy.style
    called = combine(used.use, own, partner)
    return capital(f"{letters} {called}" if letters else called), style


def lopende_tekst(name: NameParts) -> str:
    """The name inside a sentence: 'mevrouw De Boer', 'baron van Aedel'; empty as for `aanhef`, whatever the title."""
    used = names(name)
    own = f"{used.title.written} {used.own}" if used.title.written and used.own else used.own
    partner = f"{used.courtesy.written} {used.partner}" if used.courtesy.written else used.partner
    called = combine(used.use, own, partner)
    if not called:
        return ""
    if first_title(used):
        return called
    if used.sex != "X":
        return _MENTION[used.sex] + capital(called)
    letters = initials(name)
    return f"{letters} {called}" if letters else capital(called)


def first_title(used: Names) -> str:
    """The title that the names begin with, the courtesy title when the partner's name goes first."""
    if used.use in ("partner", "partner_own"):
        return used.courtesy.written
    return used.title.written
