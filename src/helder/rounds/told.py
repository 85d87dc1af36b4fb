"""The told-record: what each person was told, in which round; written when a round is handed over.

`rounds/told.parquet.sealed` is kept until the case's retention date. People stand in it by keyed id. It grows by whole rounds:
a round that is written again replaces its own rows, so that a crash or a retry never tells twice.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

import pyarrow as pa

from helder.domain.errors import CaseError, HelderError, RoundError
from helder.domain.round_tables import TOLD
from helder.engines.base import Published
from helder.engines.disk import writing
from helder.engines.duckdb import DuckEngine

STATUS = frozenset({"told", "returned", "unreachable"})


def told_path(case: Path) -> Path:
    """Where the told-record stands."""
    return case / "rounds" / "told.parquet.sealed"


def forget_told(case: Path) -> None:
    """Erase the record: nobody may keep it after the case's retention date (Art. 5(1)(e) GDPR)."""
    with writing(told_path(case)):
        told_path(case).unlink(missing_ok=True)


def put_told(engine: DuckEngine, case: Path, *, but: str = "") -> None:
    """The view `told`: the record without the rows of the round `but`; empty when there is none."""
    path = told_path(case)
    if path.exists():
        engine.read("told_before", [path])
    else:
        names = {"int32": pa.int32(), "date": pa.date32()}
        shape = pa.schema([(column.name, names.get(column.type, pa.string())) for column in TOLD.columns])
        engine.read("told_before", shape.empty_table())
    engine.view("told", f"SELECT * FROM told_before WHERE round <> '{but}'")


def need_retention(until: dt.date | None, told_on: dt.date) -> None:
    """Raises `CaseError` when the case names no day until which may be kept what people were told, or it has passed."""
    if until is None or until < told_on:
        raise CaseError(
            "The told-record may not be kept: the case names no day until when, or it has passed.",
            where="case.toml [case] retention_until",
            do="Give the day until which it is kept: people must be told when what they were told is no longer so.",
        )


def record_told(
    engine: DuckEngine,
    case: Path,
    round: str,
    *,
    told_on: dt.date,
    retention_until: dt.date | None,
    worlds: Mapping[int, str],
) -> Published:
    """Write down what everyone who got a letter of `round` was told.

    On the engine: `letters_of_round` (LETTERS), `keyed` (person, keyed). `worlds` is the text of each profile
    (`knowledge.as_text`). Raises `CaseError` when the case names no day until which this may be kept.
    """
    need_retention(retention_until, told_on)
    put_told(engine, case, but=round)
    shape = pa.table({"profile": pa.array(worlds.keys(), pa.int32()), "worlds": pa.array(worlds.values(), pa.string())})
    engine.read("worlds_told", shape)
    published = engine.publish(
        "SELECT * FROM told UNION ALL SELECT k.keyed, "
        "(SELECT coalesce(max(sequence), 0) + 1 FROM told) AS sequence, "
        f"'{round}' AS round, CAST('{told_on.isoformat()}' AS DATE) AS told_on, w.worlds, l.reference, 'told' AS status "
        "FROM letters_of_round AS l JOIN keyed AS k ON k.person = l.person JOIN worlds_told AS w ON w.profile = l.profile",
        TOLD,
        case / "rounds",
    )
    _all_there(engine, published, round)
    return published


def mark(engine: DuckEngine, case: Path, round: str, status: Mapping[str, str]) -> Published:
    """Change the status of letters of a round, by reference: who did not get it was not told.

    Raises `RoundError` for a status or reference that is not there; then nothing is changed.
    """
    put_told(engine, case)
    if not set(status.values()) <= STATUS:
        raise RoundError("A letter is told, returned or unreachable.", where=f"rounds/{round}", do="Use one of these.")
    table = {"reference": pa.array(status.keys(), pa.string()), "new": pa.array(status.values(), pa.string())}
    engine.read("marked", pa.table(table))
    known = engine.rows(
        f"SELECT count(*) AS n FROM marked AS m JOIN told AS t ON t.reference = m.reference AND t.round = '{round}'"
    )[0]
    if known["n"] != len(status):
        raise RoundError(
            "Some references are not of letters of this round.",
            where=f"rounds/{round}",
            do="Check the list of returns against the manifest.",
        )
    engine.run(
        "told_now",
        "SELECT t.keyed, t.sequence, t.round, t.told_on, t.worlds, t.reference, coalesce(m.new, t.status) AS status "
        f"FROM told AS t LEFT JOIN marked AS m ON m.reference = t.reference AND t.round = '{round}'",
    )
    return engine.publish("SELECT * FROM told_now", TOLD, case / "rounds")


def _all_there(engine: DuckEngine, published: Published, round: str) -> None:
    engine.read("told_after", published)
    row = engine.rows(
        "SELECT (SELECT count(*) FROM letters_of_round) AS letters, "
        f"(SELECT count(*) FROM told_after WHERE round = '{round}') AS told"
    )[0]
    if row["letters"] != row["told"]:
        raise HelderError(
            f"Of {row['letters']} letters {row['told']} stand in the told-record.",
            where=str(published.path),
            do="This is an error in Helder: please report it.",
        )
