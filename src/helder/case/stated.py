"""Statements and deletions that stand in sources instead of in case.toml: the same words, from the rows of a table."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, TypeVar

from pydantic import ValidationError

from helder.case.check import cross_check
from helder.case.load import Case
from helder.case.model import Deletion, Statement
from helder.domain.errors import CaseError, SourceError

Row = Mapping[str, Any]
Made = TypeVar("Made")

STATED = ("statements", "deletions")
"""The tables that hold such rows, in the order in which `with_stated` takes them."""


PLACE = "place"


def placed(rows: Iterable[Row], facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Rows of a source with where each stands, for errors: file and row."""
    return [{**row, PLACE: f"{facts['files'][row['file']]['name']}, row {row['row']}"} for row in rows]


def with_stated(case: Case, statements: Iterable[Row], deletions: Iterable[Row], *, stated_later: bool = False) -> Case:
    """The case with these rows of STATEMENTS and DELETIONS after its own, checked as if they stood in case.toml.

    `stated_later`: not all such sources were read. Raises `SourceError` with file and row for what is not right in a row.
    """
    statements, deletions = list(statements), list(deletions)
    if not any(case.sources(fills) for fills in STATED):
        return case
    file = case.file.model_copy(
        update={
            "statements": [*case.file.statements, *(_read(_statement, row) for row in statements)],
            "deletions": [*case.file.deletions, *(_read(_deletion, row) for row in deletions)],
        }
    )
    try:
        cross_check(file, case.decisions, case.folder / "case.toml", stated_later=stated_later)
    except CaseError as error:
        places = {f"statements.{row['statement_id']}": row[PLACE] for row in statements}
        places |= {f"deletions.{row['deletion_id']}": row[PLACE] for row in deletions}
        table = re.search(r": ((?:statements|deletions)\.\w+)", error.where)
        if table and (place := places.get(table[1])):
            raise SourceError(error.what, where=place, do=error.do) from None
        raise
    return replace(case, file=file)


def _read(make: Callable[[Row], Made], row: Row) -> Made:
    """What a row says; the model refuses a value that case.toml could not hold either."""
    try:
        return make(row)
    except ValidationError as error:
        field = ".".join(str(part) for part in error.errors(include_url=False, include_input=False)[0]["loc"])
        raise SourceError(
            f"The row's {field} is not as it must be.",
            where=row[PLACE],
            do="An id is a short name of a-z, 0-9 and _, and begins with a letter; see docs/reference/case.md.",
        ) from None


def _parts(value: object) -> list[str]:
    return [part for part in str(value or "").split(";") if part]


def _statement(row: Row) -> Statement:
    return Statement(
        id=row["statement_id"],
        issuer=row["issuer"],
        about=row["about"],
        received=row["received_on"],
        scope=row["scope"] or None,
        items=_parts(row["items"]),
        leaves=row["leaves"],
        covers=row["covers"] or "all",
        supersedes=row["supersedes"] or None,
        retracts=row["retracts"] or None,
        words=row["words"] or "",
        document=row["document"] or "",
    )


def _deletion(row: Row) -> Deletion:
    return Deletion(
        id=row["deletion_id"],
        party=row["party"],
        items=_parts(row["items"]),
        copies=row["copies"] or "all",
        deleted=row["deleted_on"],
        received=row["received_on"],
        scope=row["scope"] or None,
        document=row["document"] or "",
    )
