"""Which of our fields a column fills: proposed from its header and from what its values look like, with the reasons.

Nothing is guessed silently: a proposal below `SURE` is shown as a comment, for a person to decide. No reason holds a
value.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence

from helder.case.headers import bare_headers, header_says, is_word
from helder.case.one_name import one_name, surname_beside_initials
from helder.case.proposals import SURE, Column, Proposal, Proposed
from helder.case.shapes import Shape, counts_up, shapes, share, whole_address, whole_name, year_of
from helder.case.words import Words, plain, words_of
from helder.countries import country as country_named
from helder.domain.tables import SOURCE_TABLES

_SHOWN = 0.3
_ALONE = {"national_id": 0.8, "email": 0.8, "postcode": 0.8, "birth_date": 0.5, "sex": 0.4}
OURS = frozenset({"person", "record", "file", "row"})
"""Columns of our tables that Helder makes itself."""


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
    if fills == "people" and not any(is_word(column.name, known["person_id"]) for column in columns):
        known["person_id"] |= {"id", "uid", "guid"}
    bare = bare_headers([column.name for column in columns], words)
    found = [_judge(field, column, bare, words, known, fits.get(field)) for column in columns for field in fields]
    found += [_judge_item(id, column, words) for column in columns for id in words.items if fills == "leaked"]
    found, put_aside = one_name(found, columns, words)
    sure, unsure = _assign([one for one in found if one.confidence >= _SHOWN])
    sure = [surname_beside_initials(one, columns, {other.field for other in sure}, home.prefixes) for one in sure]
    taken = {one.column for one in (*sure, *unsure)}
    unsure += [one for one in put_aside if one.column not in taken]
    used = {one.column for one in (*sure, *unsure)}
    order = {column.name: position for position, column in enumerate(columns)}
    unused = tuple(column.name for column in columns if column.name not in used)
    by_place: Callable[[Proposal], int] = lambda one: order[one.column]  # noqa: E731
    return Proposed(fills, why, tuple(sorted(sure, key=by_place)), tuple(sorted(unsure, key=by_place)), unused)


def _fills(name: str, columns: Sequence[Column], words: Words) -> tuple[str, tuple[str, ...]]:
    """Which table a file fills: by its name, unless its columns are people's and none fits that; else by its columns."""
    parts = set(plain(name).split())
    names = [column.name for column in columns]
    for fills, known in words.fills.items():
        if hit := sorted(word for word in known if word in parts or _begins(word, parts)):
            if not _fitting(fills, names, words) and _fitting("leaked", names, words) >= 2:
                break
            return fills, (f"the file's name has the word '{hit[0]}'",)
    headers = {plain(name) for name in names}
    if headers & words.fields["sent_on"] and headers & (words.fields["items"] | words.fields["to_party"]):
        return "disclosures", ("it has a date of sending, and a receiver or items",)
    for column in columns:
        if is_word(column.name, words.fields["person_id"]) and _unique(column.values):
            return "people", ("it has a person's number that is different in every row",)
    return "leaked", ("neither its name nor its columns tell; look at this first",)


def _begins(word: str, parts: Collection[str]) -> bool:
    """Whether a word stands before another as Dutch writes them: 'klantenbestand'."""
    return len(word) > 4 and any(part.startswith(word) for part in parts)


def _fitting(fills: str, names: Sequence[str], words: Words) -> int:
    """How many columns of a table there is a header for."""
    known = [words.fields[name] for name in SOURCE_TABLES[fills].names if name in words.fields]
    return sum(any(is_word(name, one) for name in names) for one in known)


def _unique(values: Sequence[str]) -> bool:
    filled = [value for value in values if value]
    return len(filled) >= 3 and len(set(filled)) == len(values)


def _judge(
    field: str,
    column: Column,
    bare: Mapping[str, tuple[str, ...]],
    words: Words,
    known: Mapping[str, frozenset[str]],
    shape: Shape | None,
) -> Proposal:
    """How likely a column fills a field; by its header, or by one of the readings that `bare` has of it."""
    header, why = max(
        (header_says(name, known[field]) for name in (column.name, *bare.get(column.name, ()))), key=lambda one: one[0]
    )
    if field == "full_name" and is_word(column.name, words.persons) and (share(column.values, whole_name) or 0) >= 0.8:
        header, why = 0.75, "the header is a word for a person, and the values look like whole names"
    if field == "house_number" and counts_up(column.values):
        header = 0.0
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
    if field == "street" and confidence >= SURE and (share(column.values, whole_address) or 0) >= 0.5:
        reasons.append("the house number stands in it: letters need it in a column of its own")
    if confidence > 0.5 and not is_word(column.name, known[field]) and words.others & set(plain(column.name).split()):
        reasons.append("but its header has a word for somebody else in it")
        confidence = 0.5
    values = _meanings(column.values, words.values[field]) if field in words.values and confidence >= SURE else {}
    return Proposal(field, column.name, round(max(confidence, 0.0), 2), tuple(reasons), values)


def _judge_item(id: str, column: Column, words: Words) -> Proposal:
    header, why = header_says(column.name, words.items[id].words)
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
