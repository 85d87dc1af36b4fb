"""English forms of address for people in the Netherlands. No standard says how: these rules are Helder's own.

- The names and their order are those of the Dutch rules; so is the capital of a prefix after Mr or Ms (Ms Van Velzen).
- Mr and Ms, never Mrs or Miss; somebody of neither or unknown sex is called by initials and name.
- Titles that English has are used in English (Baron, Countess, Marquess); a prince or princess is 'Your Highness'. Ridder,
  jonkheer and jonkvrouw have no English word: Mr and Ms.
"""

from __future__ import annotations

from helder.countries.nl.aanhef import first_title
from helder.countries.nl.naming import Names, capital, combine, initials, names
from helder.domain.correspondence import NameParts

DEAR = {"M": "Dear Mr ", "F": "Dear Ms "}
_TITLES = {
    "baron": "Baron", "barones": "Baroness", "graaf": "Count", "gravin": "Countess", "hertog": "Duke",
    "hertogin": "Duchess", "markies": "Marquess", "markiezin": "Marchioness", "prins": "Prince", "prinses": "Princess",
}  # fmt: skip


def dear(name: NameParts) -> str:
    """The salutation; empty when the name that is needed is not known."""
    used = names(name)
    if "Hoogheid" in (used.courtesy.salutation or used.title.salutation):
        return "Your Highness"
    called = _called(used, name)
    return f"Dear {called}" if called else ""


def mention(name: NameParts) -> str:
    """The name inside a sentence: 'Ms Van Velzen', 'Baron van Aedel'; empty when the name needed is not known."""
    return _called(names(name), name)


def _called(used: Names, name: NameParts) -> str:
    called = combine(used.use, used.own, used.partner)
    if not called:
        return ""
    title = _TITLES.get(first_title(used))
    if title:
        return f"{title} {called}"
    if used.sex != "X":
        return ("Mr " if used.sex == "M" else "Ms ") + capital(called)
    letters = initials(name)
    return f"{letters} {called}" if letters else capital(called)
