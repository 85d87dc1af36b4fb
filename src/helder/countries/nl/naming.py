"""Which of a person's names are used, in which order and with which titles: what all forms of address begin with.

Source: the rules of the BRP API Personen (aanhef, aanschrijfwijze, gebruik in lopende tekst, voorletters), which follow
the Logisch Ontwerp BRP, elements 02.10 to 02.40 and 61.10. '.' is the register's word for an unknown name.
"""

from __future__ import annotations

from typing import NamedTuple

from helder.countries.nl.titles import COURTESY, NO_TITLE, PREDICATES, TITLES, Title
from helder.domain.correspondence import NameParts

UNKNOWN = frozenset(("", "."))


class Names(NamedTuple):
    """The names a person goes by. `use` is own when the partner's name is asked for and not known."""

    sex: str
    use: str
    own: str
    partner: str
    title: Title
    """The person's own, when it may be borne with these names."""
    predicate: bool
    """The title stands before the initials."""
    courtesy: Title
    """The partner's, in the woman's form, when she may be saluted by it; it is written only before a known name."""


def names(name: NameParts) -> Names:
    """The names and titles that a person goes by."""
    sex = name.sex if name.sex == "F" or name.sex == "M" else "X"
    own = surname(name.prefix, name.surname)
    partner = surname(name.partner_prefix, name.partner_surname)
    wanted = name.name_use or "own"
    use = wanted if partner else "own"
    title = courtesy = NO_TITLE
    predicate = False
    if name.title:
        predicate = name.title in PREDICATES
        if use != "partner" and not (predicate and sex == "F" and (use != "own" or _has_partner(name))):
            title = TITLES.get((name.title, sex), NO_TITLE)
    his = name.partner_sex in ("", "M") or not name.title  # with a title of her own she bears none of a woman's
    if name.partner_title and sex == "F" and wanted != "own" and his:
        courtesy = COURTESY.get(name.partner_title, NO_TITLE)
    return Names(sex, use, own, partner, title, predicate, courtesy)


def _has_partner(name: NameParts) -> bool:
    known = name.partner_surname or name.partner_prefix or name.partner_title
    return name.partnership == "current" or (not name.partnership and bool(known))


def surname(prefix: str, name: str) -> str:
    """Prefix and surname as the register writes them, tidied; empty when the surname is not known."""
    if name in UNKNOWN or (not name[0].isalpha() and tidy(name) in UNKNOWN):
        return ""
    return tidy(f"{prefix} {name}" if prefix else name)


def combine(use: str, own: str, partner: str) -> str:
    """The names in the order of their use; empty when the person's own name is needed and not known."""
    if use == "partner":
        return partner
    if not own or use == "own":
        return own
    return f"{partner}-{own}" if use == "partner_own" else f"{own}-{partner}"


def initials(name: NameParts) -> str:
    """One letter for each given name: 'Jan-Willem IJsbrand' is J.I., and a name of one letter has no full stop.

    Initials that the register gives itself go first, as it writes them.
    """
    given = one_line(name.initials or name.given_names)
    if name.initials or given in UNKNOWN:
        return "" if given == "." else given
    return "".join(part[0] + "." if len(part) > 1 else part + " " for part in given.split(" ")).rstrip()


def capital(text: str) -> str:
    """The text with a capital first letter; IJ is one letter in Dutch."""
    return text[:2].upper() + text[2:] if text[:2] == "ij" else text[:1].upper() + text[1:]


def one_line(text: str) -> str:
    """Single spaces, and no sign that cannot be printed: a line feed in a register must not make a line of its own."""
    if text.isprintable() and "  " not in text and text[:1] != " " and text[-1:] != " ":
        return text  # as nearly all are
    text = " ".join(text.split())
    return text if text.isprintable() else " ".join("".join(filter(str.isprintable, text)).split())


def tidy(text: str) -> str:
    """A name on one line, without spaces beside a hyphen."""
    text = one_line(text)
    return text.replace(" -", "-").replace("- ", "-") if "- " in text or " -" in text else text
