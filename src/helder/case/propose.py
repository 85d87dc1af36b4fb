"""Which of our fields a column fills: proposed from its header and from what its values look like, with the reasons.

Nothing is guessed silently: a proposal below `SURE` is shown as a comment, for a person to decide. No reason holds a
value.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from dataclasses import field as a_field
from difflib import SequenceMatcher

from helder.case.shapes import Shape, shapes, share, year_of
from helder.case.words import Words, plain, words_of
from helder.countries import country as country_named
from helder.domain.tables import SOURCE_TABLES

SURE = 0.7
"""Proposals of at least this confidence are written as settings, those below as comments."""
_SHOWN = 0.3
_OFTEN = 0.3
"""Of surnames so many at most have several words, the first no prefix: double names, and 'El Idrissi'."""
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
    home = country_named(country)
    fits = shapes(home, words, today)
    fills, why = _fills(name, columns, words)
    fields = [one for one in SOURCE_TABLES[fills].names if one not in OURS]
    known = {name: words.fields.get(name, frozenset()) for name in fields}
    if "house_letter" not in known and "house_addition" in known:  # a table with one column for both
        known["house_addition"] |= words.fields["house_letter"]
    bare = _bare([column.name for column in columns], words.qualifiers)
    found = [_judge(field, column, bare, words, known, fits.get(field)) for column in columns for field in fields]
    found += [_judge_item(id, column, words) for column in columns for id in words.items if fills == "leaked"]
    sure, unsure = _assign([one for one in found if one.confidence >= _SHOWN])
    sure = [_surname(one, columns, {other.field for other in sure}, home.prefixes) for one in sure]
    used = {one.column for one in (*sure, *unsure)}
    order = {column.name: position for position, column in enumerate(columns)}
    unused = tuple(column.name for column in columns if column.name not in used)
    by_place: Callable[[Proposal], int] = lambda one: order[one.column]  # noqa: E731
    return Proposed(fills, why, tuple(sorted(sure, key=by_place)), tuple(sorted(unsure, key=by_place)), unused)


def _bare(names: Sequence[str], qualifiers: frozenset[str]) -> dict[str, str]:
    """Headers without a first word that says nothing: one of the country's, or one that half of all columns begin with.

    'PAT_BSN', 'PAT_GEBDAT' is how a system names the columns of its table of patients. Fewer columns with one beginning
    may be of somebody else: a partner, a parent, a doctor.
    """
    first = [plain(name).split()[:1] for name in names if " " in plain(name)]
    often = {word for (word,) in first if 2 * first.count([word]) >= len(names) and first.count([word]) >= 3}
    found = {}
    for name in names:
        word, _, rest = plain(name).partition(" ")
        if rest and word in often | qualifiers:
            found[name] = rest
    return found


def _surname(one: Proposal, columns: Sequence[Column], fields: set[str], prefixes: Collection[str]) -> Proposal:
    """A column 'name' beside one for initials or given names, and none for the surname, is the surname."""
    if one.field != "full_name" or "surname" in fields or not fields & {"initials", "given_names"}:
        return one
    values = next(column.values for column in columns if column.name == one.column)
    whole = share(values, lambda value: len(value.split()) > 1 and value.split()[0].lower() not in prefixes)
    if whole is None or whole > _OFTEN:
        return one
    why = "initials or given names stand in another column, and not in this one"
    return replace(one, field="surname", reasons=(*one.reasons, why))


def _fills(name: str, columns: Sequence[Column], words: Words) -> tuple[str, tuple[str, ...]]:
    """Which table a file fills: by its name, unless its columns are people's and none fits that; else by its columns."""
    parts = set(plain(name).split())
    headers = {plain(column.name) for column in columns}
    for fills, known in words.fills.items():
        if hit := sorted(parts & known):
            if not _fitting(fills, headers, words) and _fitting("leaked", headers, words) >= 2:
                break
            return fills, (f"the file's name has the word '{hit[0]}'",)
    if headers & words.fields["sent_on"] and headers & (words.fields["items"] | words.fields["to_party"]):
        return "disclosures", ("it has a date of sending, and a receiver or items",)
    for column in columns:
        if plain(column.name) in words.fields["person_id"] and _unique(column.values):
            return "people", ("it has a person's number that is different in every row",)
    return "leaked", ("neither its name nor its columns tell; look at this first",)


def _fitting(fills: str, headers: set[str], words: Words) -> int:
    """How many columns of a table there is a header for."""
    return sum(bool(headers & words.fields.get(name, frozenset())) for name in SOURCE_TABLES[fills].names)


def _unique(values: Sequence[str]) -> bool:
    filled = [value for value in values if value]
    return len(filled) >= 3 and len(set(filled)) == len(values)


def _judge(
    field: str,
    column: Column,
    bare: Mapping[str, str],
    words: Words,
    known: Mapping[str, frozenset[str]],
    shape: Shape | None,
) -> Proposal:
    """How likely a column fills a field; by its header, or by what `bare` makes of it."""
    header, why = _header(column.name, known[field])
    if column.name in bare:
        header, why = max((header, why), _header(bare[column.name], known[field]), key=lambda found: found[0])
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
    values = _meanings(column.values, words.values[field]) if field in words.values and confidence >= SURE else {}
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


def _meanings(values: Sequence[str], words: Mapping[str, str]) -> dict[str, str]:
    """What the values of a column mean, where they are not our words already."""
    found = {value: words[value.lower()] for value in sorted(set(values)) if value.lower() in words}
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
