"""Dutch noble titles and predicates: the form that goes with a person's sex, and the styles that go with the form.

Source: BRP API Personen, rules for salutation and addressee (the Logisch Ontwerp BRP, element 02.20, names the codes).
A title is borne before the surname (baron van Aedel), a predicate before the initials (Jonkheer A. van Aedel).
"""

from __future__ import annotations

from typing import NamedTuple


class Title(NamedTuple):
    """How a title is written, and how its bearer is saluted and styled; empty where there is no right form."""

    written: str
    salutation: str
    style: str


PREDICATES = frozenset(("JH", "JV"))
NO_TITLE = Title("", "", "")

_RANKS = (
    # code of a man, code of a woman, a man's word, a woman's word, manner of birth
    ("B", "BS", "baron", "barones", "hoogwelgeboren"),
    ("G", "GI", "graaf", "gravin", "hooggeboren"),
    ("H", "HI", "hertog", "hertogin", "hoogwelgeboren"),
    ("M", "MI", "markies", "markiezin", "hoogwelgeboren"),
    ("JH", "JV", "jonkheer", "jonkvrouw", "hoogwelgeboren"),
)


def _titles() -> dict[tuple[str, str], Title]:
    """By code and sex: a code of the other sex, kept after a change of sex, is written in the form of the new one."""
    found: dict[tuple[str, str], Title] = {}
    for his, hers, man, woman, birth in _RANKS:
        for code in (his, hers):
            found[code, "M"] = Title(man, f"{birth.capitalize()} heer", f"De {birth} heer")
            found[code, "F"] = Title(woman, f"{birth.capitalize()} vrouwe", f"De {birth} vrouwe")
    for code in ("P", "PS"):
        found[code, "M"] = Title("prins", "Hoogheid", "De hoogheid")
        found[code, "F"] = Title("prinses", "Hoogheid", "De hoogheid")
        found[code, "X"] = Title("", "Hoogheid", "De hoogheid")
    found["R", "M"] = Title("ridder", "Hoogwelgeboren heer", "De hoogwelgeboren heer")
    # No woman's form of 'ridder' exists; the rules salute her by it all the same, and write or style nothing.
    found["R", "F"] = Title("", "Hoogwelgeboren vrouwe", "")
    return found


TITLES = _titles()

# A woman who uses her partner's name may bear the woman's form of his title, a courtesy title; 'ridder' has none.
COURTESY = {code: TITLES[code, "F"] for code in ("B", "G", "H", "M", "P")}
