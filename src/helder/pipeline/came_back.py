"""Whose last letter did not arrive, and what that asks for: what planning must know of returned mail."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from helder.delivery.returns import read_returns
from helder.engines.duckdb import DuckEngine
from helder.engines.keys import Keys
from helder.rounds.freeze import LETTERS_FILE
from helder.rounds.record import folder_of

_MISSED = """
SELECT keyed, round, reference FROM told
QUALIFY row_number() OVER (PARTITION BY keyed ORDER BY sequence DESC) = 1 AND status <> 'told'
ORDER BY round, keyed
"""
_SHAPE = pa.schema([("person", pa.int64()), ("step", pa.string()), ("address", pa.string()), ("channel", pa.string())])


def put_came_back(engine: DuckEngine, case: Path, keys: Keys) -> None:
    """Make `came_back` (person, step, address, channel): one row for each person whose last letter did not arrive.

    The engine holds `told` and `keyed`. A letter that a channel refused has no return; it asks for another channel.
    Letters of a round whose folder is gone are left out: where they went is not known any more.
    """
    missed = engine.arrow(_MISSED).to_pylist()
    found = [_SHAPE.empty_table()]
    for name in sorted({row["round"] for row in missed}):
        letters = folder_of(case, name) / LETTERS_FILE
        if not letters.exists():
            continue
        returns = read_returns(folder_of(case, name), keys)
        rows = [
            {**row, "step": returns[row["reference"]].step if row["reference"] in returns else "other_channel"}
            for row in missed
            if row["round"] == name
        ]
        engine.read("missed", pa.Table.from_pylist(rows))
        engine.read("letters_before", [letters])
        found.append(
            engine.arrow(
                "SELECT k.person, m.step, l.address, l.channel FROM missed AS m JOIN keyed AS k ON k.keyed = m.keyed "
                "JOIN letters_before AS l ON l.reference = m.reference ORDER BY k.person"
            ).cast(_SHAPE)
        )
        engine.drop("letters_before")
    engine.read("came_back", pa.concat_tables(found))
