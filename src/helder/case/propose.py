"""Which of our fields a column fills: proposed from its header and from what its values look like, with the reasons.

Nothing is guessed silently: a proposal below `SURE` is shown as a comment, for a person to decide. No reason holds a
value.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as a_field
from difflib import SequenceMatcher

from helder.case.shapes import Shape, shapes, share, year_of
from helder.case.words import Words, plain, words_of
from helder.countries import country as country_named
from helder.domain.tables import SOURCE_TABLES

SURE = 0.7
"""Proposals of at least this confidence are written as settings, those below as comments."""
_SHOWN = 0.3
_ALONE = {"national_id": 0.8, "email": 0.8, "postcode": 0.8, "birth_date": 0.5, "sex": 0.4}
OURS = frozenset({"person", "record", "file", "row"})
"""Columns of our tables that Helder makes itself."""


@dataclass(frozen=True)
class Column:
    """A column of a file: its name and a sample of its values, empty ones as ''."""

    name: str
    values: Sequence[str]


@dataclass(frozen=True)
class Proposal:
    """A field that a column may fill, how sure that is (0 to 1) and why; `values` is a map of values to go with it."""

    field: str
    column: str
    confidence: float
    reasons: tuple[str, ...]
    values: Mapping[str, str] = a_field(default_factory=dict)


@dataclass(frozen=True)
class Proposed:
    """All proposals for a file: which table it fills, and its columns; each field and each column at most once."""

    fills: str
    fills_reasons: tuple[str, ...]
    sure: tuple[Proposal, ...]
    unsure: tuple[Proposal, ...]
    unused: tuple[str, ...]


def propose(name: str, columns: Sequence[Column], country: str, today: dt.date) -> Proposed:
    """Proposals for the file `name`. `today` decides which dates can be births."""
    words = words_of(country)
    fits = shapes(country_named(country), words, today)
    fills, why = _fills(name, columns, words)
    fields = [one for one in SOURCE_TABLES[fills].names if one not in OURS]
    found = [_judge(field, column, words, fits.get(field)) for column in columns for field in fields]
    found += [_judge_item(id, column, words) for column in columns for id in words.items if fills == "leaked"]
    sure, unsure = _assign([one for one in found if one.confidence >= _SHOWN])
    used = {one.column for one in (*sure, *unsure)}
    order = {column.name: position for position, column in enumerate(columns)}
    unused = tuple(column.name for column in columns if column.name not in used)
    by_place: Callable[[Proposal], int] = lambda one: order[one.column]  # noqa: E731
    return Proposed(fills, why, tuple(sorted(sure, key=by_place)), tuple(sorted(unsure, key=by_place)), unused)


def _fills(name: str, columns: Sequence[Column], words: Words) -> tuple[str, tuple[str, ...]]:
    """Which table a file fills: by its name, else by what its columns are about."""
    parts = set(plain(name).split())
    for fills, known in words.fills.items():
        if hit := sorted(parts & known):
            return fills, (f"the file's name has the word '{hit[0]}'",)
    headers = {plain(column.name) for column in columns}
    if headers & words.fields["sent_on"] and headers & (words.fields["items"] | words.fields["to_party"]):
        return "disclosures", ("it has a date of sending, and a receiver or items",)
    for column in columns:
        if plain(column.name) in words.fields["person_id"] and _unique(column.values):
            return "people", ("it has a person's number that is different in every row",)
    return "leaked", ("neither its name nor its columns tell; look at this first",)


def _unique(values: Sequence[str]) -> bool:
    filled = [value for value in values if value]
    return len(filled) >= 3 and len(set(filled)) == len(values)


def _judge(field: str, column: Column, words: Words, shape: Shape | None) -> Proposal:
    """How likely a column fills a field."""
    header, why = _header(column.name, words.fields.get(field, frozenset()))
    reasons = [why] if why else []
    fit = share(column.values, shape) if shape else None
    if fit is not None and (header or fit >= 0.9):
        reasons.append(f"{fit:.0%} of the values look like it")
    if header == 0:
        confidence = _ALONE.get(field, 0.0) if fit is not None and fit >= 0.9 else 0.0
    elif fit is None:
        confidence = header
    else:
        confidence = min(0.99, header + 0.08) if fit >= 0.8 else header - 0.15 if fit >= 0.3 else header * 0.4
        if fit >= 0.9 and _ALONE.get(field, 0) >= SURE:  # such values alone tell as much
            confidence = max(confidence, _ALONE[field] + 0.1)
    if field == "person_id" and header and column.values:
        unique = _unique(column.values)
        reasons.append("every value is different" if unique else "values are empty or come back")
        confidence = min(0.99, confidence + 0.08) if unique else confidence
    if field == "birth_date" and confidence and _all_recent(column.values):
        reasons.append("but all of the last twenty years")
        confidence -= 0.2
    values = _sex_map(column.values, words) if field in ("sex", "partner_sex") and confidence >= SURE else {}
    return Proposal(field, column.name, round(max(confidence, 0.0), 2), tuple(reasons), values)


def _header(name: str, known: frozenset[str]) -> tuple[float, str]:
    """How well a header says what a column is, and why."""
    header = plain(name)
    glued = header.replace(" ", "")
    if header in known or glued in {word.replace(" ", "") for word in known}:
        return 0.9, "the header is a word for it"
    parts = set(header.split())
    if parts in [set(word.split()) for word in known]:
        return 0.9, "the header is a word for it"
    inside = [word for word in known if len(word) > 2 and set(word.split()) <= parts]
    if inside:
        return 0.6, f"the header has '{max(inside, key=len)}' in it"
    near = max((SequenceMatcher(None, glued, word.replace(" ", "")).ratio() for word in known), default=0.0)
    return (0.5, "the header is close to a word for it") if near >= 0.85 and len(glued) > 4 else (0.0, "")


def _judge_item(id: str, column: Column, words: Words) -> Proposal:
    header, why = _header(column.name, words.items[id].words)
    return Proposal(f"item:{id}", column.name, header, (why,) if why else ())


def _all_recent(values: Sequence[str]) -> bool:
    years = [year for value in values if value and (year := year_of(value))]
    return len(years) >= 3 and max(years) - min(years) <= 20 and min(years) >= max(years) - 20 and min(years) >= 2005


def _sex_map(values: Sequence[str], words: Words) -> dict[str, str]:
    """What the values of a sex column mean, where they are not F, M and X already."""
    found = {value: words.sex[value.lower()] for value in sorted(set(values)) if value.lower() in words.sex}
    return found if any(value != meant for value, meant in found.items()) else {}


def _assign(proposals: Sequence[Proposal]) -> tuple[list[Proposal], list[Proposal]]:
    """The best proposals first; each field and each column once."""
    sure: list[Proposal] = []
    unsure: list[Proposal] = []
    fields: set[str] = set()
    columns: set[str] = set()
    for one in sorted(proposals, key=lambda p: -p.confidence):
        if one.field in fields or one.column in columns:
            continue
        fields.add(one.field)
        columns.add(one.column)
        (sure if one.confidence >= SURE else unsure).append(one)
    return sure, unsure
