"""Splink at work: it compares pairs and adds up the evidence; it sees made-up column names and prints nothing."""

from __future__ import annotations

import contextlib
import io
import logging
import warnings
from collections.abc import Iterator
from typing import Any

from helder.domain.errors import LinkageError
from helder.linkage.db import Database
from helder.linkage.levels import COMPARISONS, Comparison
from helder.linkage.model import Model


def score(db: Database, model: Model, nodes: str, pairs: str, into: str, least: float | None = None) -> None:
    """Make table `into` (record, person, weight, one column per comparison with the name of its level).

    `nodes` holds both sides, records numbered -(record + 1); `pairs` has (join_key_l, join_key_r, match_key). Pairs below
    `least` bits are left out. Level is NULL where the comparison says nothing. Where there is no pair, Splink is not asked.
    """
    if not db.one(f"SELECT count(*) FROM {pairs}"):
        levels = ", ".join(f"NULL::VARCHAR AS {one.name}" for one in COMPARISONS)
        bits = ", ".join(f"0::DOUBLE AS {one.name}_bits" for one in COMPARISONS)
        db.table(
            into, f"SELECT 0::BIGINT AS record, 0::BIGINT AS person, 0::DOUBLE AS weight, {levels}, {bits} LIMIT 0"
        )
        return
    with _silence():
        from splink import DuckDBAPI, Linker

        try:
            api = DuckDBAPI(connection=db.connection)
            linker = Linker(
                api.register(nodes, table_name="h_splink_nodes"),
                _settings(model),
                log_level=None,
                validate_settings=False,
            )
            linker.table_management.register_blocked_pairs_for_predict(api.register(pairs, table_name="h_splink_pairs"))
            found = linker.inference.predict(threshold_match_weight=least, warning_mode="never")
        except Exception as error:
            # Splink's own message quotes SQL and may quote values.
            raise LinkageError(
                f"Splink could not compare the records ({type(error).__name__}).",
                do="Check that there is enough memory; if there is, this is a fault of Helder: report it.",
            ) from None
    names = ", ".join(_level(one, model) for one in COMPARISONS)
    bits = ", ".join(f"coalesce(mw_{one.name}, 0.0) AS {one.name}_bits" for one in COMPARISONS)
    db.table(
        into,
        f"SELECT -(unique_id_l + 1) AS record, unique_id_r AS person, round(match_weight, 2) AS weight, {names}, {bits} "
        f"FROM {found.physical_name}",
    )
    db.drop(found.physical_name)


def _settings(model: Model) -> Any:
    from splink import SettingsCreator, block_on

    odds = 2.0**model.prior
    return SettingsCreator(
        link_type="dedupe_only",
        comparisons=[_comparison(one, model) for one in COMPARISONS],
        blocking_rules_to_generate_predictions=[block_on("unique_id")],
        probability_two_random_records_match=odds / (1 + odds),
        retain_matching_columns=False,
        retain_intermediate_calculation_columns=True,
    )


def _comparison(one: Comparison, model: Model) -> dict[str, Any]:
    """Splink wants m and u; only their ratio counts."""
    weights = model.weights()[one.name]
    levels: list[dict[str, Any]] = [{"sql_condition": one.null, "label_for_charts": "null", "is_null_level": True}]
    for level in one.levels:
        levels.append(
            {
                "sql_condition": level.sql or "ELSE",
                "label_for_charts": level.name,
                "m_probability": 0.9 * min(1.0, 2.0 ** weights[level.name]),
                "u_probability": 0.9 * min(1.0, 2.0 ** -weights[level.name]),
            }
        )
    return {"output_column_name": one.name, "comparison_levels": levels}


def _level(one: Comparison, model: Model) -> str:
    """The name of the level whose weight Splink gave back."""
    cases = " ".join(
        f"WHEN abs(mw_{one.name} - ({weight!r})) < 2e-5 THEN '{name}'"
        for name, weight in model.weights()[one.name].items()
    )
    return f"CASE {cases} END AS {one.name}"


@contextlib.contextmanager
def _silence() -> Iterator[None]:
    """No log lines, warnings or prints of Splink: they quote SQL and table names into the output of a run."""
    logger = logging.getLogger("splink")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)
