"""What sealing costs: the same table written and read through DuckDB, in the open and sealed, in turns.

    python bench/bench_vault.py [--rows 4000000] [--repeat 5]

Prints one JSON document: the least seconds of `repeat` turns, and bytes, per table, action and kind of file.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from helder.engines.base import ROW_GROUP
from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.engines.vault import url

NARROW = (
    "SELECT range // 4 AS person, (hash(range) % 200)::INT AS class, (range % 5)::SMALLINT AS source, "
    '0::SMALLINT AS file, range AS "row" FROM range({rows})'
)
WIDE = (
    "SELECT range AS person, 'P' || range AS person_id, "
    + ", ".join(
        f"CASE WHEN hash(range + {i}) % 4 = 0 THEN NULL ELSE 'v' || hash(range * {i + 1}) % 30000 END AS t{i}"
        for i in range(20)
    )
    + " FROM range({rows} // 8)"
)


def least(repeat: int, actions: dict[str, Callable[[], object]]) -> dict[str, dict[str, float]]:
    """The least seconds, on the clock and of the processors, of each action.

    Actions take turns, so that a busy machine is fair to all; seconds of the processors hardly feel other work.
    """
    best = {name: {"seconds": float("inf"), "cpu_seconds": float("inf")} for name in actions}
    for _ in range(repeat):
        for name, action in actions.items():
            started, spent = time.perf_counter(), time.process_time()
            action()
            taken = {"seconds": time.perf_counter() - started, "cpu_seconds": time.process_time() - spent}
            best[name] = {unit: min(best[name][unit], value) for unit, value in taken.items()}
    return {name: {unit: round(value, 3) for unit, value in units.items()} for name, units in best.items()}


def measure(engine: DuckEngine, folder: Path, name: str, repeat: int) -> dict[str, object]:
    """One table of the engine: written, read whole, and looked up by person, in both kinds of file."""
    files = {"open": str(folder / name), "sealed": url(folder / f"{name}.sealed")}
    run = engine.connection.execute
    columns = [row[0] for row in engine.connection.sql(f"DESCRIBE {name}").fetchall()]
    whole = ", ".join(f'"{column}"' for column in columns)

    def write(file: str) -> Callable[[], object]:
        return lambda: run(f"COPY {name} TO '{file}' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP})")

    def read(file: str, what: str) -> Callable[[], object]:
        return lambda: run(what.format(file=file)).fetchall()

    def table(what: str) -> dict[str, dict[str, float]]:
        return least(repeat, {kind: read(file, what) for kind, file in files.items()})

    return {
        "rows": engine.connection.sql(f"SELECT count(*) FROM {name}").fetchall()[0][0],
        "write": least(repeat, {kind: write(file) for kind, file in files.items()}),
        "bytes": {"open": (folder / name).stat().st_size, "sealed": (folder / f"{name}.sealed").stat().st_size},
        "read_all": table(f"SELECT bit_xor(hash({whole})) FROM read_parquet('{{file}}')"),
        "read_one_column": table("SELECT sum(person) FROM read_parquet('{file}')"),
        "find_one_person": table("SELECT * FROM read_parquet('{file}') WHERE person = 123456"),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=4_000_000)
    parser.add_argument("--repeat", type=int, default=5)
    options = parser.parse_args()
    engine = DuckEngine(Keys(bytes(32)))
    told: dict[str, object] = {}
    with tempfile.TemporaryDirectory() as folder:
        for name, sql in (("narrow", NARROW), ("wide", WIDE)):
            engine.run(name, sql.format(rows=options.rows))
            told[name] = measure(engine, Path(folder), name, options.repeat)
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
