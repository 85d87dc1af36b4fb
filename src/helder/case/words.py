"""The words by which columns, files and items are recognised: English ones, and those of a country beside them."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

_PARTS = re.compile(r"[a-z]+|[0-9]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True)
class ItemWords:
    """A data item as it may be declared: its labels, the fields that show it, its category, words for its column."""

    label: Mapping[str, str]
    fields: tuple[str, ...]
    category: str
    words: frozenset[str]


@dataclass(frozen=True)
class Words:
    """All words for one country, normalised by `plain`."""

    fields: Mapping[str, frozenset[str]]
    fills: Mapping[str, frozenset[str]]
    values: Mapping[str, Mapping[str, str]]
    """By field, what the values of a column mean that has them otherwise than we do: 'v' is F."""
    items: Mapping[str, ItemWords] = field(default_factory=dict)
    qualifiers: frozenset[str] = frozenset()
    """Words beside a field's own name that say which object it is of, or which of several, and nothing else."""
    persons: frozenset[str] = frozenset()
    """Words for whom a register is of."""
    birth_name: frozenset[str] = frozenset()
    """Words for a surname at birth where another column may hold the name in use."""
    others: frozenset[str] = frozenset()
    """Words that say that a column is of somebody else."""
    numbers: frozenset[str] = frozenset()
    """Words that make a number of what stands before them: 'nr', 'id'."""


def plain(text: str) -> str:
    """Lower case without accents, words parted by one space: 'GeboorteDatum_cliënt' is 'geboorte datum client'."""
    ascii_only = unicodedata.normalize("NFKD", _CAMEL.sub(" ", text)).encode("ascii", "ignore").decode()
    return " ".join(_PARTS.findall(ascii_only.lower()))


@cache
def words_of(country: str) -> Words:
    """The words for a country; one without a file of its own has the English ones."""
    tables = [_read("helder.case")]
    if country.isidentifier() and (own := _read(f"helder.countries.{country}")):
        tables.append(own)
    fields: dict[str, set[str]] = {}
    fills: dict[str, set[str]] = {}
    values: dict[str, dict[str, str]] = {}
    more: dict[str, set[str]] = {}
    items: dict[str, dict[str, Any]] = {}
    for table in tables:
        for found, part in ((fields, "fields"), (fills, "fills")):
            for name, words in table.get(part, {}).items():
                found.setdefault(name, set()).update(plain(word) for word in words)
        for name, part in (("sex", "sex"), ("partner_sex", "sex"), ("name_use", "name_use")):
            values.setdefault(name, {}).update(table.get(part, {}))
        for part in ("qualifiers", "persons", "birth_name", "others"):
            for name, words in table.get(part, {}).items():
                more.setdefault(f"{part}.{name}", set()).update(plain(word) for word in words)
        for id, said in table.get("items", {}).items():
            items.pop(said.get("replaces", ""), None)
            known = items.setdefault(id, {"words": []})
            known |= {**said, "words": [*known["words"], *said.get("words", [])]}
    persons = more["persons.words"]
    for field_name, whose, what in (
        ("person_id", persons | more["persons.staff"] | fills["people"], more["persons.numbers"]),
        ("full_name", persons, more["persons.names"]),
    ):
        fields[field_name].update(f"{who} {number}" for who in whose for number in what)
    return Words(
        {name: frozenset(words) for name, words in fields.items()},
        {name: frozenset(words) for name, words in fills.items()},
        values,
        {id: _item(said) for id, said in items.items()},
        frozenset(more["qualifiers.words"]),
        frozenset(persons),
        frozenset(more["birth_name.words"]),
        frozenset(more["others.words"]),
        frozenset(more["persons.numbers"]),
    )


def _item(said: Mapping[str, Any]) -> ItemWords:
    words = frozenset(plain(word) for word in said["words"])
    return ItemWords(said["label"], tuple(said["fields"]), said["category"], words)


def _read(package: str) -> dict[str, Any]:
    try:
        file = resources.files(package).joinpath("columns.toml")
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (ModuleNotFoundError, FileNotFoundError):
        return {}
