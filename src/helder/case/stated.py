"""Statements and deletions that stand in sources instead of in case.toml: the same words, from the rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from helder.case.check import cross_check
from helder.case.load import Case
from helder.case.model import Deletion, Statement

Row = Mapping[str, Any]

STATED = ("statements", "deletions")
"""The tables that hold such rows, in the order in which `with_stated` takes them."""


def with_stated(case: Case, statements: Iterable[Row], deletions: Iterable[Row]) -> Case:
    """The case with these rows of STATEMENTS and DELETIONS after its own, checked as if they stood in case.toml.

    Raises `CaseError` for a name that the case does not declare.
    """
    statements, deletions = list(statements), list(deletions)
    if not statements and not deletions:
        return case
    file = case.file.model_copy(
        update={
            "statements": [*case.file.statements, *(_statement(row) for row in statements)],
            "deletions": [*case.file.deletions, *(_deletion(row) for row in deletions)],
        }
    )
    cross_check(file, case.decisions, case.folder / "case.toml")
    return replace(case, file=file)


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
