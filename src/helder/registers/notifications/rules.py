"""The fields of the common notification template, what is missing, and which notification may follow which.

The list of fields (numbers, sections, what is mandatory, conditions) follows the European Data Protection Board's
common template for notifications under Art. 33 GDPR, as copied by a third party under CC BY 4.0; the words are our own.
Left out: fields that the template itself marks as national options (25, 26) and those for controllers outside the EEA
(120 to 123).
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Field:
    """A field: kind is text, one or many (of its options, by letter), or count. `only_if` is (field, letters)."""

    number: int
    section: str
    mandatory: bool
    article: str
    kind: str
    only_if: tuple[int, frozenset[str]] | None
    words: Mapping[str, str]
    options: Mapping[str, Mapping[str, str]]


def _options(text: str) -> dict[str, str]:
    return dict(part.split("=", 1) for part in text.split("|")) if text else {}


def _condition(text: str) -> tuple[int, frozenset[str]] | None:
    if not text:
        return None
    number, letters = text.split("=")
    return int(number), frozenset(letters.split(","))


@cache
def template() -> dict[int, Field]:
    """The fields by number, in the template's order."""
    text = files(__package__).joinpath("template.csv").read_text("utf-8")
    return {
        int(row["number"]): Field(
            int(row["number"]), row["section"], row["mandatory"] == "yes", row["article"], row["kind"],
            _condition(row["only_if"]), {"nl": row["nl"], "en": row["en"]},
            {"nl": _options(row["options_nl"]), "en": _options(row["options_en"])},
        )
        for row in csv.DictReader(text.splitlines())
    }  # fmt: skip


def letters(value: str) -> frozenset[str]:
    """The letters chosen in an answer."""
    return frozenset(part.strip() for part in value.split(",") if part.strip())


def applies(field: Field, answers: Mapping[int, str]) -> bool:
    """Whether a field is asked, by the answers to others."""
    if field.only_if is None:
        return True
    number, wanted = field.only_if
    return bool(wanted & letters(answers.get(number, ""))) and applies(template()[number], answers)


def fits(field: Field, value: str) -> bool:
    """Whether an answer is one that the field takes."""
    if field.kind not in ("one", "many"):
        return bool(value.strip())
    chosen = letters(value)
    return bool(chosen) and chosen <= set(field.options["nl"]) and (field.kind == "many" or len(chosen) == 1)


def missing(answers: Mapping[int, str]) -> list[Field]:
    """Mandatory fields that are asked and have no answer."""
    return [
        f for f in template().values() if f.mandatory and applies(f, answers) and not answers.get(f.number, "").strip()
    ]


FIRST, FOLLOW_UP, WITHDRAWN = "first", "follow_up", "withdrawn"


def may_follow(before: Sequence[str], kind: str) -> bool:
    """Whether a notification of this kind may come after those (in order): one first, then others until withdrawn."""
    if kind == FIRST:
        return not before
    return bool(before) and before[-1] != WITHDRAWN
