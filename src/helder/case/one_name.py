"""One sound map where several columns hold a person's name: the name in use and the one at birth, or parts and the whole."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from helder.case.headers import is_word
from helder.case.proposals import SURE, Column, Proposal
from helder.case.shapes import share
from helder.case.words import Words

_OFTEN = 0.3
"""Of surnames so many at most have several words, the first no prefix: double names, and 'El Idrissi'."""
_NEARLY_ALL = 0.95
_NAMES = ("surname", "full_name")


def one_name(
    found: Sequence[Proposal], columns: Sequence[Column], words: Words
) -> tuple[list[Proposal], list[Proposal]]:
    """The proposals without those for a name that another column holds better, and those, each with why.

    A surname at birth goes before the name in use only where nearly everybody has it and the partner's name is there too: then the
    parts tell all. Else it is missing for many, or people would be written to by a name that they do not go by.
    """
    names = [one for one in found if one.field in _NAMES and one.confidence >= SURE]
    at_birth = [one for one in names if is_word(one.column, words.birth_name)]
    in_use = [one for one in names if one not in at_birth]
    if not at_birth or not in_use:
        return list(found), []
    parts = any(one.field == "partner_surname" and one.confidence >= SURE for one in found)
    if parts and _as_often(at_birth[0].column, in_use[0].column, columns):
        aside, why = in_use, "but the surname at birth and the partner's stand in columns of their own"
    else:
        aside, why = at_birth, "but the name in use stands in another column"
    put = [replace(one, confidence=0.5, reasons=(*one.reasons, why)) for one in aside]
    theirs = {(one.field, one.column) for one in found if one.column in {other.column for other in aside}}
    return [one for one in found if (one.field, one.column) not in theirs], put


def _as_often(one: str, other: str, columns: Sequence[Column]) -> bool:
    """Whether one column has a value in nearly every row in which the other has."""
    values = {column.name: column.values for column in columns}
    rows = [here for here, there in zip(values[one], values[other], strict=True) if there]
    return bool(rows) and sum(map(bool, rows)) >= _NEARLY_ALL * len(rows)


def surname_beside_initials(
    one: Proposal, columns: Sequence[Column], fields: set[str], prefixes: Collection[str]
) -> Proposal:
    """A column 'name' beside one for initials or given names, and none for the surname, is the surname."""
    if one.field != "full_name" or "surname" in fields or not fields & {"initials", "given_names"}:
        return one
    values = next(column.values for column in columns if column.name == one.column)
    whole = share(values, lambda value: len(value.split()) > 1 and value.split()[0].lower() not in prefixes)
    if whole is None or whole > _OFTEN:
        return one
    why = "initials or given names stand in another column, and not in this one"
    return replace(one, field="surname", reasons=(*one.reasons, why))
