"""Leaked rows for training: each file has its own notation, each row its own damage."""

from __future__ import annotations

import random
import unicodedata
from dataclasses import dataclass, replace

from training_people import Home, Person, Population

LEVELS = ("none", "light", "moderate", "severe")
RATES = {"none": 0.0, "light": 0.06, "moderate": 0.18, "severe": 0.45}
NICK = {
    "Johanna": "Annie", "Maria": "Marieke", "Elisabeth": "Els", "Cornelia": "Corrie", "Catharina": "Tineke",
    "Wilhelmina": "Willy", "Margaretha": "Greet", "Johannes": "Jan", "Cornelis": "Kees", "Willem": "Wim",
    "Hendrik": "Henk", "Petrus": "Piet", "Jacobus": "Jaap", "Antonius": "Ton", "Helena": "Leen", "Adriana": "Jana",
}  # fmt: skip
Row = dict[str, str | None]


@dataclass(frozen=True)
class Style:
    """How one leaked file writes things."""

    name: str  # split, glued, full_comma, full
    date: str
    given: bool
    split_house: bool
    upper: bool
    plain: bool
    fields: frozenset[str]
    number_rate: float


def style(rng: random.Random) -> Style:
    """A random file layout."""
    optional = {"sex": 0.7, "gp": 0.5, "phone": 0.3, "address": 0.93, "birth": 0.97}
    return Style(
        rng.choice(("split", "split", "glued", "full_comma", "full")),
        rng.choice(("%Y-%m-%d", "%d-%m-%Y", "%d/%m/%y", "%Y%m%d", "%d %b %Y")),
        rng.random() < 0.4,
        rng.random() < 0.7,
        rng.random() < 0.3,
        rng.random() < 0.4,
        frozenset(key for key, share in optional.items() if rng.random() < share),
        rng.choice((0.0, 0.6, 0.85, 0.95)),
    )


def typo(rng: random.Random, text: str) -> str:
    """One slip of the keyboard."""
    if not text:
        return text
    place = rng.randrange(len(text))
    letter = rng.choice("0123456789" if text[place].isdigit() else "abcdefghijklmnopqrstuvwxyz")
    match rng.randrange(4):
        case 0:
            return text[:place] + letter + text[place + 1 :]
        case 1:
            return text[:place] + text[place + 1 :]
        case 2:
            return text[:place] + letter + text[place:]
        case _:
            return text[:place] + text[place + 1 : place + 2] + text[place] + text[place + 2 :]


def _plain(text: str) -> str:
    text = text.replace("ü", "ue").replace("ö", "oe").replace("ł", "l").replace("ı", "i")
    return "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))


def _date(rng: random.Random, born: tuple[int, int, int], layout: str, rate: float) -> str | None:
    year, month, day = born
    if rng.random() < rate:
        kind = rng.randrange(7)
        if kind == 0:
            return None
        if kind == 1:
            month, day = day, month
        elif kind == 2:
            day = rng.randint(1, 28)
        elif kind == 3:
            year += rng.choice((-10, -1, 1, 10))
        elif kind == 4:
            return f"{year:04d}-00-00" if rng.random() < 0.5 else f"{year}-{month:02d}-00"
        elif kind == 5:
            month, day = 1, 1
        else:
            year, month, day = rng.randint(1930, 2005), rng.randint(1, 12), rng.randint(1, 28)
    names = "jan feb mrt apr mei jun jul aug sep okt nov dec".split()
    return (
        layout.replace("%Y", f"{year:04d}").replace("%y", f"{year % 100:02d}").replace("%m", f"{month:02d}")
        .replace("%d", f"{day:02d}").replace("%b", names[(month - 1) % 12])
    )  # fmt: skip


def _surnames(rng: random.Random, person: Person, rate: float) -> list[tuple[str, str]]:
    own, partner = (person.particle, person.surname), person.partner
    if partner is None:
        names = [own]
    else:
        names = rng.choice(([own], [partner, own], [partner, own], [own, partner], [partner]))
    done = []
    for particle, name in names:
        if rng.random() < rate:
            name = typo(rng, name)
        if particle and rng.random() < 0.2:
            particle = {"van der": "v.d.", "van den": "v.d.", "van de": "vd"}.get(particle, "")
        done.append((particle, name))
    return done


def _names(rng: random.Random, person: Person, how: Style, rate: float) -> Row:
    surnames = _surnames(rng, person, rate)
    given: str | None = person.given
    initials: str | None = person.initials
    if rng.random() < rate:
        first = person.given.split()[0]
        given = rng.choice((NICK.get(first, first), typo(rng, first), first, None))
    if rng.random() < rate:
        initials = rng.choice((person.initials[:2], person.initials[:2], None, rng.choice("ABCDEHJKLMPST") + "."))
    if rng.random() < 0.05:
        initials = person.initials[:2]
    shown = given if how.given else initials
    whole = "-".join(f"{particle} {name}".strip() for particle, name in surnames)
    if how.name == "full":
        return {"full_name": f"{shown or ''} {whole}".strip()}
    if how.name == "full_comma":
        particle, name = surnames[0]
        rest = "".join(f"-{p} {n}".replace("- ", "-") for p, n in surnames[1:])
        return {"full_name": f"{name}{rest}, {shown or ''} {particle}".strip(" ,")}
    row: Row = {"given_names": given if how.given else None, "initials": None if how.given else initials}
    if how.name == "glued":
        return row | {"surname": whole}
    row |= {"prefix": surnames[0][0], "surname": surnames[0][1]}
    if len(surnames) > 1:
        row |= {"partner_prefix": surnames[1][0], "partner_surname": surnames[1][1]}
    return row


def _address(rng: random.Random, home: Home, how: Style, rate: float) -> Row:
    row: Row = {"street": home.street, "house_number": home.house, "house_addition": home.addition}
    row |= {"postcode": home.postcode if rng.random() < 0.5 else f"{home.postcode[:4]} {home.postcode[4:]}"}
    row["city"] = home.city
    for name in ("street", "house_number", "postcode", "city"):
        if rng.random() < rate * 0.6:
            row[name] = typo(rng, row[name] or "") if rng.random() < 0.6 else None
    if not how.split_house:
        row["street"] = f"{row['street'] or ''} {row['house_number'] or ''}{row['house_addition'] or ''}".strip()
        row["house_number"] = row["house_addition"] = None
    return row


def _number(
    rng: random.Random, person: Person, how: Style, relative: Person | None, rate: float, exact: bool
) -> str | None:
    if rng.random() >= how.number_rate and not exact:
        return None
    number = person.number
    if relative is not None and rng.random() < rate * 0.04:
        number = relative.number
    elif rng.random() < rate or not exact:
        number = typo(rng, number)
    return number.lstrip("0") if rng.random() < 0.5 else number


def leak(
    population: Population, person: Person, how: Style, rng: random.Random, level: str, *, exact: bool,
    relative: Person | None = None,
) -> Row:  # fmt: skip
    """One leaked row about a person. `exact`: the number is there, and mostly right."""
    rate = RATES[level]
    home = person.home
    if rng.random() < rate * 0.4:
        home = replace(population.home(), phone=home.phone)
    row: Row = {"national_id": _number(rng, person, how, relative, rate, exact)}
    row |= _names(rng, person, how, rate)
    if "birth" in how.fields or rng.random() < 0.5:
        row["birth_date"] = _date(rng, person.born, how.date, rate)
    if "address" in how.fields:
        row |= _address(rng, home, how, rate)
    row["sex"] = person.sex if "sex" in how.fields and rng.random() > rate * 0.1 else None
    row["gp_name"] = home.practice if "gp" in how.fields and rng.random() > rate else None
    row["phone"] = home.phone if "phone" in how.fields and rng.random() > rate else None
    for name, value in row.items():
        if value is None:
            continue
        if rng.random() < rate * 0.08:
            row[name] = rng.choice(("onbekend", "", "-", "x"))
        elif how.upper:
            row[name] = value.upper()
        elif how.plain:
            row[name] = _plain(value)
    if rng.random() < rate * 0.1 and "surname" in row:
        row["surname"], row["given_names"] = row.get("given_names"), row["surname"]
    return row
