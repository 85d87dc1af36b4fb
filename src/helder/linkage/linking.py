"""Leaked records to people: the one function that the pipeline calls."""

from __future__ import annotations

from typing import Any

from helder.countries.base import Country
from helder.linkage.blocking import candidate_pairs
from helder.linkage.db import Database, HasConnection, sql_file
from helder.linkage.exact import exact_links
from helder.linkage.frequencies import value_tables, with_bands
from helder.linkage.model import Model, default_model
from helder.linkage.normalising import take
from helder.linkage.rules import decide
from helder.linkage.saved import check_fit
from helder.linkage.settings import LinkResult, LinkSettings, Progress
from helder.linkage.splinking import score
from helder.linkage.swapping import turn_swapped_names
from helder.linkage.training import SAMPLE_RECORDS, learn_chances, learn_matches

# Pairs with less evidence than this are no candidates at all, nor rivals.
LEAST = -12.0


def _quiet(step: str, share: float) -> None:
    """Report progress to nobody."""


def link(
    engine: HasConnection,
    *,
    country: Country,
    people: str = "people",
    leaked: str = "leaked",
    kept: str | None = None,
    settings: LinkSettings | None = None,
    saved_model: dict[str, Any] | None = None,
    exact_only: bool = False,
    on_progress: Progress = _quiet,
) -> LinkResult:
    """Link the records of table `leaked` (shape LEAKED) to the people of table `people` (shape PEOPLE).

    `kept` is a table with the people normalised before (shape NORMALISED), read in place of `people`.
    Leaves tables `links` (shape LINKS, one row per record) and `candidates` (shape CANDIDATES, for reviews) on the
    engine. A boolean column `linkable` of `leaked`, when there is one, says whether a record may be linked at all: a
    record of another client's may not without a recorded basis. `saved_model` is used as it is, without training.
    Raises `LinkageError` when it does not fit.
    """
    settings = settings or LinkSettings()
    db = Database(engine.connection)
    model = Model.from_json(saved_model) if saved_model else default_model()
    try:
        on_progress("normalise", 0.0)
        db.speak(country)
        _normalise(db, people, leaked, kept)
        on_progress("exact", 0.3)
        exact_links(db, "h_people", "h_leaked", "h_exact")
        # Where every record has its person there is nothing to learn from and nobody to look for.
        if exact_only or not _residual(db):
            _publish(db, sql_file("decided_exact"), None)
        else:
            model = _probable(db, leaked, model, settings, trained=saved_model is not None, on_progress=on_progress)
            _publish(db, "SELECT * FROM h_links", "h_candidates")
        on_progress("done", 1.0)
        return LinkResult("links", "candidates", model.to_json(), _counts(db))
    finally:
        db.forget()


def _residual(db: Database) -> int:
    """Make `h_residual`, the records that have no exact link; how many there are."""
    db.table("h_residual", "SELECT * FROM h_leaked WHERE unique_id NOT IN (SELECT record FROM h_exact)")
    return int(db.one("SELECT count(*) FROM h_residual"))


def _probable(
    db: Database, leaked: str, model: Model, settings: LinkSettings, *, trained: bool, on_progress: Progress
) -> Model:
    """Candidates, model and decisions for the records in `h_residual`; the model that was used."""
    value_tables(db, "h_people")
    turn_swapped_names(db, "h_residual", leaked)
    on_progress("candidates", 0.35)
    candidate_pairs(db, "h_residual", "h_people", "h_pairs")
    on_progress("frequencies", 0.5)
    nodes = _nodes(db)
    if not trained:
        on_progress("train", 0.55)
        model = _train(db, model, nodes)
    on_progress("compare", 0.7)
    _score(db, model, nodes, "SELECT record, person FROM h_pairs", "h_scored")
    if trained:
        check_fit(db, model, "h_scored", "h_residual", "h_people")
    on_progress("decide", 0.95)
    decide(db, "h_scored", settings, model.prior)
    return model


def _nodes(db: Database) -> str:
    """Both sides in one view, records below zero, with the columns that the model needs."""
    db.table("h_nodes_l", with_bands("h_residual", "-(t.unique_id + 1)"))
    db.table("h_nodes_r", with_bands("h_people", "t.unique_id"))
    db.execute(
        "CREATE OR REPLACE TEMP VIEW h_nodes AS SELECT * FROM h_nodes_l UNION ALL BY NAME SELECT * FROM h_nodes_r"
    )
    return "h_nodes"


def _train(db: Database, model: Model, nodes: str) -> Model:
    people = int(db.one("SELECT count(*) FROM h_people"))
    model = learn_chances(db, model.with_prior(0.5, people), "h_residual", "h_people", nodes)
    records = int(db.one("SELECT count(*) FROM h_residual"))
    thousandths = min(1000, SAMPLE_RECORDS * 1000 // max(records, 1) + 1)
    taken = f"hash(unique_id) % 1000 < {thousandths}"
    sample = f"SELECT record, person FROM h_pairs WHERE {taken.replace('unique_id', 'record')}"
    _score(db, model, nodes, sample, "h_sample")
    looked = int(db.one(f"SELECT count(*) FROM h_residual WHERE {taken}"))
    model = learn_matches(db, model, "h_sample", looked)
    db.drop("h_sample")
    return model


def _score(db: Database, model: Model, nodes: str, pairs: str, into: str) -> None:
    db.table("h_keys", f"SELECT -(record + 1) AS join_key_l, person AS join_key_r, '0' AS match_key FROM ({pairs})")
    score(db, model, nodes, "h_keys", into, LEAST)
    db.drop("h_keys")


def _normalise(db: Database, people: str, leaked: str, kept: str | None) -> None:
    columns = {row[0] for row in db.rows(f"DESCRIBE {leaked}")}
    linkable = "coalesce(linkable, false)" if "linkable" in columns else "true"
    db.table("h_basis", f"SELECT record, {linkable} AS linkable FROM {leaked}")
    if kept:
        take(db, kept)
    else:
        db.table("h_people", sql_file("normalise", source=people, key="person"))
    db.table(
        "h_leaked",
        sql_file("normalise", source=f"(SELECT * FROM {leaked} WHERE {linkable})", key="record"),
    )


def _publish(db: Database, links: str, candidates: str | None) -> None:
    none = (
        "SELECT 0::BIGINT AS record, 0::SMALLINT AS rank, 0::BIGINT AS person, 0.0::DOUBLE AS weight, '' AS levels "
        "WHERE false"
    )
    db.execute(
        f"CREATE OR REPLACE TEMP TABLE links AS SELECT *, NULL::DATE AS decided_on FROM ({links}) ORDER BY record"
    )
    db.execute(
        "CREATE OR REPLACE TEMP TABLE candidates AS "
        f"SELECT * FROM ({f'SELECT * FROM {candidates}' if candidates else none}) ORDER BY record, rank"
    )


def _counts(db: Database) -> dict[str, int]:
    found = db.rows(
        "SELECT outcome || coalesce(':' || method, ':' || reason, ''), count(*) FROM links GROUP BY 1 ORDER BY 1"
    )
    return {str(word): int(count) for word, count in found}
