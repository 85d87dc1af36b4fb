"""Finds made-up people in any output: exact, in one pass, however many people there are.

Output is cut into tokens that could be a number, mail address, date or name, and those are looked up in sets of what the
register holds. So the work grows with the output, not with people times output.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

# A number on its own, not inside a longer number, a word, a hash or a decimal fraction.
_NUMBER = re.compile(r"(?<![0-9A-Za-z_])(?<![0-9][.,])[0-9]{7,10}(?![0-9A-Za-z_])(?![.,][0-9])")
_PARTED = re.compile(r"(?<![0-9A-Za-z.,])([0-9]{3,4})([ .\-])([0-9]{2,3})\2([0-9]{3})(?![0-9A-Za-z])(?![.,][0-9])")
_PHONE = re.compile(r"(?<![0-9A-Za-z])(?:\+[0-9]{2}|0)[0-9 \-()]{8,14}[0-9]")
_MAIL = re.compile(r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9.\-]+")
_WORD = re.compile(r"[^\W\d_][\w'’\-]*")
_CODE = re.compile(r"(?<![0-9A-Za-z])[A-Za-z]{1,4}-?[0-9]{5,12}(?![0-9A-Za-z])")
_DATE = re.compile(
    r"(?<![0-9])(?:(?P<y>[0-9]{4})[-/](?P<m>[0-9]{2})[-/](?P<d>[0-9]{2})"
    r"|(?P<d2>[0-9]{1,2})[-/.](?P<m2>[0-9]{1,2})[-/.](?P<y2>[0-9]{4}))(?![0-9])"
)
_POSTCODE = re.compile(r"(?<![0-9A-Za-z])([0-9]{4}) ?([A-Z]{2})(?![0-9A-Za-z])")
_HOUSE = re.compile(r"(?<![0-9A-Za-z])[0-9]{1,5}(?![0-9])")
# How far from a date or postcode the rest of the person may stand: a row of a table, an object of a JSON document.
_NEAR = 250


@dataclass(repr=False)
class Known:
    """What is known of the made-up people, as sets to look tokens up in."""

    numbers: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)
    mails: set[str] = field(default_factory=set)
    phones: set[str] = field(default_factory=set)
    born: dict[str, set[str]] = field(default_factory=dict)  # birth date → surnames
    lives: dict[str, set[str]] = field(default_factory=dict)  # postcode → house numbers with surnames

    @classmethod
    def of(cls, people: Iterable[Mapping[str, object]]) -> Known:
        """From rows with the register's field names."""
        known = cls()
        for person in people:
            row = {name: str(value).strip() for name, value in person.items() if value not in (None, "")}
            known._add(row)
        return known

    def _add(self, row: Mapping[str, str]) -> None:
        if number := re.sub(r"\D", "", row.get("national_id", "")):
            self.numbers |= {number, number.lstrip("0")}
        if (own := row.get("person_id", "")) and len(own) >= 7:
            (self.numbers if own.isdigit() else self.codes).add(own)
        if mail := row.get("email"):
            self.mails.add(mail.lower())
        if phone := re.sub(r"\D", "", row.get("phone", "")):
            self.phones.add(phone[-9:])
        names = {_WORD.findall(row[name])[-1].lower() for name in ("surname", "partner_surname") if _words(row, name)}
        if (born := row.get("birth_date", "")) and not born.startswith("0000"):
            self.born.setdefault(born, set()).update(names)
        postcode, house = row.get("postcode", "").replace(" ", ""), row.get("house_number")
        if postcode and house:
            self.lives.setdefault(postcode, set()).update(f"{house}|{name}" for name in names)


@dataclass(frozen=True)
class Leak:
    """Where a person was found, and by what; never who, so that the test's own output is no leak."""

    where: str
    kind: str
    at: int

    def __str__(self) -> str:
        return f"{self.where}: {self.kind} at character {self.at}"


def find(text: str, known: Known, where: str) -> Iterator[Leak]:
    """Every made-up person that stands in `text`."""
    for match in _NUMBER.finditer(text):
        if match.group() in known.numbers:
            yield Leak(where, "national number", match.start())
    for match in _PARTED.finditer(text):
        if "".join(match.group(1, 3, 4)) in known.numbers:
            yield Leak(where, "national number in parts", match.start())
    for match in _CODE.finditer(text):
        if match.group() in known.codes:
            yield Leak(where, "register's own id", match.start())
    for match in _MAIL.finditer(text):
        if match.group().lower().rstrip(".") in known.mails:
            yield Leak(where, "mail address", match.start())
    for match in _PHONE.finditer(text):
        if re.sub(r"\D", "", match.group())[-9:] in known.phones:
            yield Leak(where, "phone number", match.start())
    yield from _born(text, known, where)
    yield from _lives(text, known, where)


def _born(text: str, known: Known, where: str) -> Iterator[Leak]:
    for match in _DATE.finditer(text):
        year, month, day = (match[name] or match[f"{name}2"] for name in "ymd")
        surnames = known.born.get(f"{year}-{int(month):02}-{int(day):02}")
        if surnames and surnames & _near(text, match.start()):
            yield Leak(where, "surname with birth date", match.start())


def _lives(text: str, known: Known, where: str) -> Iterator[Leak]:
    for match in _POSTCODE.finditer(text):
        homes = known.lives.get("".join(match.groups()))
        if not homes:
            continue
        words = _near(text, match.start())
        houses = set(_HOUSE.findall(_window(text, match.start())))
        if any(home.split("|")[0] in houses and home.split("|")[1] in words for home in homes):
            yield Leak(where, "surname with address", match.start())


def _window(text: str, at: int) -> str:
    return text[max(0, at - _NEAR) : at + _NEAR]


def _near(text: str, at: int) -> set[str]:
    return {word.lower() for word in _WORD.findall(_window(text, at))}


def _words(row: Mapping[str, str], name: str) -> list[str]:
    return _WORD.findall(row.get(name, ""))
