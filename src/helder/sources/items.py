"""Lists of data items as sources write them ('BSN, naam|uitslag') become ids, sorted, each once, parted by ';'.

There are few different lists, so each is looked at once and joined back to the rows.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

import pyarrow as pa

from helder.domain.errors import SourceError
from helder.engines.base import Engine
from helder.sources.checks import found_items
from helder.sources.mapping import Plan

MOST = 100_000
"""The most different lists of items; more means that the wrong column is mapped."""
GOOD, UNKNOWN, EMPTY = 0, 1, 2
_SIGNS = re.compile(r"[;,|\n]")


def read_items(text: str, ids: Collection[str], values: Mapping[str, str]) -> tuple[tuple[str, ...], int]:
    """The known ids in a list, and whether it is good, holds an unknown item as well, or is empty.

    A word that `values` make empty is no item of this case: a list of only such words is good, and holds nothing.
    """
    found: set[str] = set()
    pending = [text]
    mapped = {key.strip().casefold(): value for key, value in values.items()}
    for part in [text] if text.strip().casefold() in mapped else _SIGNS.split(text):
        pending = _SIGNS.split(mapped.get(part.strip().casefold(), part))
        found |= {one.strip().casefold() for one in pending if one.strip()}
    known = tuple(sorted(found & set(ids)))
    return known, UNKNOWN if len(known) < len(found) else GOOD if _SIGNS.sub("", text).strip() else EMPTY


def join_items(engine: Engine, plan: Plan, rows: str, name: str, ids: Collection[str]) -> str:
    """Make the table `name` of all lists in `rows`, and give the SQL that joins it as `i`; '' when none is mapped."""
    filled = plan.fields.get("items")
    if filled is None:
        return ""
    found = found_items(plan) if plan.table.name == "leaked" else "''"
    listed = '"items"' if filled.column else "'" + (filled.constant or "").replace("'", "''") + "'"
    pair = f"SELECT DISTINCT coalesce({listed}, '') AS listed, {found} AS present FROM {rows} LIMIT {MOST + 1}"
    pairs = engine.arrow(pair)
    if pairs.num_rows > MOST:
        raise SourceError(
            f"The column with items holds more than {MOST:,} different lists.",
            where=f"sources.{plan.source_id}.columns.items",
            do="Is it the right column?",
        )
    known = {*ids, "person"} if plan.table.name == "statements" else set(ids)
    lists = []
    for one in pairs.to_pylist():
        read, fault = read_items(one["listed"], known, filled.values or {})
        present = tuple(item for item in one["present"].split(";") if item)
        lists.append({**one, "ids": ";".join(sorted({*read, *present})), "fault": fault})
    schema = pa.schema([("listed", pa.string()), ("present", pa.string()), ("ids", pa.string()), ("fault", pa.int32())])
    engine.read(name, pa.Table.from_pylist(lists, schema))
    return f"JOIN {name} AS i ON coalesce({listed}, '') = i.listed AND {found} = i.present"
