"""The told-record: what each person was told, in which round, and on which day their letter left.

`rounds/told.parquet.sealed` is kept until the case's retention date. People stand in it by keyed id. A round that is written
again replaces its own rows, so that a crash or a retry never tells twice: it grows with the parcels that left.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from helder.domain.errors import CaseError, HelderError
from helder.domain.round_tables import TOLD
from helder.engines.base import Published
from helder.engines.disk import writing
from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.engines.parquet import read_parquet


class Told(NamedTuple):
    """What became of one letter that left: the day, and told, returned or unreachable."""

    on: dt.date
    status: str = "told"


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


def told_of(case: Path, keys: Keys, round: str) -> dict[str, Told]:
    """What the record says of the letters of a round, by reference."""
    if not told_path(case).exists():
        return {}
    rows = read_parquet([told_path(case)], keys, ["round", "reference", "told_on", "status"])
    rows = rows.filter(pc.equal(rows["round"], round))
    told = map(Told, rows["told_on"].to_pylist(), rows["status"].to_pylist())
    return dict(zip(rows["reference"].to_pylist(), told, strict=True))


def record_told(
    engine: DuckEngine,
    case: Path,
    round: str,
    *,
    left: Mapping[str, Told],
    retention_until: dt.date | None,
    worlds: Mapping[int, str],
) -> Published:
    """Write down what everyone was told whose letter `left`, by reference; whatever stood there of this round goes.

    On the engine: `letters_of_round` (LETTERS), `keyed` (person, keyed). `worlds` is the text of each profile
    (`knowledge.as_text`). Raises `CaseError` when the case names no day until which this may be kept.
    """
    need_retention(retention_until, max((one.on for one in left.values()), default=dt.date.min))
    put_told(engine, case, but=round)
    shape = pa.table({"profile": pa.array(worlds.keys(), pa.int32()), "worlds": pa.array(worlds.values(), pa.string())})
    engine.read("worlds_told", shape)
    columns = {
        "reference": pa.array(left.keys(), pa.string()),
        "told_on": pa.array([one.on for one in left.values()], pa.date32()),
        "status": pa.array([one.status for one in left.values()], pa.string()),
    }
    engine.read("left_the_house", pa.table(columns))
    published = engine.publish(
        "SELECT * FROM told UNION ALL SELECT k.keyed, coalesce("
        f"(SELECT max(sequence) FROM told_before WHERE round = '{round}'), "
        "(SELECT max(sequence) + 1 FROM told_before), 1) AS sequence, "
        f"'{round}' AS round, h.told_on, w.worlds, l.reference, h.status "
        "FROM left_the_house AS h JOIN letters_of_round AS l ON l.reference = h.reference "
        "JOIN keyed AS k ON k.person = l.person JOIN worlds_told AS w ON w.profile = l.profile",
        TOLD,
        case / "rounds",
    )
    _all_there(engine, published, round)
    return published


def _all_there(engine: DuckEngine, published: Published, round: str) -> None:
    engine.read("told_after", published)
    row = engine.rows(
        "SELECT (SELECT count(*) FROM left_the_house) AS letters, "
        f"(SELECT count(*) FROM told_after WHERE round = '{round}') AS told"
    )[0]
    if row["letters"] != row["told"]:
        raise HelderError(
            f"Of {row['letters']} letters {row['told']} stand in the told-record.",
            where=str(published.path),
            do="This is an error in Helder: please report it.",
        )
