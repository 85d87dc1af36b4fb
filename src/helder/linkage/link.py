"""Leaked records to people: the one function that the pipeline calls."""

from __future__ import annotations

from typing import Any

from helder.countries.base import Country
from helder.linkage.db import Database, HasConnection, sql_file
from helder.linkage.exact import exact_links
from helder.linkage.settings import LinkResult, LinkSettings, Progress


def _quiet(step: str, share: float) -> None:
    """Report progress to nobody."""


def link(
    engine: HasConnection,
    *,
    country: Country,
    people: str = "people",
    leaked: str = "leaked",
    settings: LinkSettings | None = None,
    saved_model: dict[str, Any] | None = None,
    exact_only: bool = False,
    on_progress: Progress = _quiet,
) -> LinkResult:
    """Link the records of table `leaked` (shape LEAKED) to the people of table `people` (shape PEOPLE).

    Leaves tables `links` (shape LINKS, one row per record) and `candidates` (shape CANDIDATES, for reviews) on the
    engine. A boolean column `linkable` of `leaked`, when there is one, says whether a record may be linked at all: a
    record of another client's may not without a recorded basis.
    """
    settings = settings or LinkSettings()
    db = Database(engine.connection)
    try:
        on_progress("normalise", 0.0)
        db.speak(country)
        _normalise(db, people, leaked)
        on_progress("exact", 0.3)
        exact_links(db, "h_people", "h_leaked", "h_exact")
        db.table("h_decided", sql_file("decided_exact", leaked=leaked))
        _publish(db)
        on_progress("done", 1.0)
        return LinkResult("links", "candidates", {}, _counts(db))
    finally:
        db.forget()


def _normalise(db: Database, people: str, leaked: str) -> None:
    columns = {row[0] for row in db.rows(f"DESCRIBE {leaked}")}
    linkable = "coalesce(linkable, false)" if "linkable" in columns else "true"
    db.table("h_basis", f"SELECT record, {linkable} AS linkable FROM {leaked}")
    db.table("h_people", sql_file("normalise", source=people, key="person"))
    db.table(
        "h_leaked",
        sql_file("normalise", source=f"(SELECT * FROM {leaked} WHERE {linkable})", key="record"),
    )


def _publish(db: Database) -> None:
    db.execute("CREATE OR REPLACE TEMP TABLE links AS SELECT * FROM h_decided ORDER BY record")
    db.execute(
        "CREATE OR REPLACE TEMP TABLE candidates AS SELECT 0::BIGINT AS record, 0::SMALLINT AS rank, "
        "0::BIGINT AS person, 0.0::DOUBLE AS weight, '' AS levels WHERE false"
    )


def _counts(db: Database) -> dict[str, int]:
    found = db.rows(
        "SELECT outcome || coalesce(':' || method, ':' || reason, ''), count(*) FROM links GROUP BY 1 ORDER BY 1"
    )
    return {str(word): int(count) for word, count in found}
