"""What the reference case assumes, read from `assumptions.toml`: the one place where it is stated."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Published:
    """Numbers that were made public. `groups` are g1 to g4, `unplaced` the rows of each dataset that nobody got."""

    people: int
    groups: tuple[int, int, int, int]
    unplaced: tuple[int, int]
    posted: int


@dataclass(frozen=True)
class Unplaced:
    """Whose the unplaced rows are, as shares of them; see `assumptions.toml` for each."""

    never_confirmed: float
    second_row: float
    stranger: float
    stranger_relative: float
    stranger_keeps_number: float
    number_of_another: float
    other_client: float


@dataclass(frozen=True)
class Level:
    """One level of damage: its share of the unplaced rows, and the chance of each damage to such a row."""

    share: float
    number_missing: float
    number_mistyped: float
    number_cut: float
    surname_missing: float
    surname_misspelt: float
    partner_name_only: float
    initials_missing: float
    first_initial_only: float
    birth_missing: float
    birth_swapped: float
    birth_digit: float
    birth_year_only: float
    address_missing: float
    postcode_digit: float
    house_missing: float
    sex_missing: float
    gp_missing: float


DAMAGES: tuple[str, ...] = tuple(f.name for f in fields(Level) if f.name != "share")


@dataclass(frozen=True)
class Assumptions:
    """All of `assumptions.toml`.

    The chances of `register`, `sharing` and `records` are variables of the queries: `getvariable('records_gp')`."""

    published: Published
    register: dict[str, float]
    careful: dict[str, float]
    unplaced: Unplaced
    levels: dict[str, Level]
    sharing: dict[str, float]
    records: dict[str, float]


@cache
def assumptions() -> Assumptions:
    """The assumptions of the reference case."""
    raw = tomllib.loads(assumptions_text())
    published = raw["published"]
    return Assumptions(
        Published(published["people"], tuple(published["groups"]), tuple(published["unplaced"]), published["posted"]),
        raw["register"],
        raw["careful"],
        Unplaced(**raw["unplaced"]),
        {name: Level(**level) for name, level in raw["levels"].items()},
        raw["sharing"],
        raw["records"],
    )


def assumptions_text() -> str:
    """`assumptions.toml` word for word, to be shown beside the figures that rest on it."""
    return (files(__package__) / "assumptions.toml").read_text(encoding="utf-8")
