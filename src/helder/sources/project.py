"""A batch as read becomes a batch of our fields: trimmed, what means empty empty, values mapped, items present or not.

The value of an `item:` column is gone after this step: no table, no file and no message ever holds it.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from helder.sources.fillers import PLACEHOLDERS, is_filler
from helder.sources.mapping import Filled, Plan, is_date
from helder.sources.stream import Batch

HAS = "has_"
"""Before the name of an item: whether the row has it."""
NONE = "none_"
"""Before the name of a field or an item: whether its value only says that there is none."""


def projected_schema(plan: Plan) -> pa.Schema:
    """The columns of `project`: place, position in the source, mapped fields as text, items present."""
    return pa.schema(
        [pa.field("file", pa.int16()), pa.field("row", pa.int64()), pa.field("position", pa.int64())]
        + [pa.field(name, pa.string()) for name, filled in plan.fields.items() if filled.column]
        + [pa.field(HAS + item, pa.bool_()) for item in plan.present]
        + [pa.field(NONE + name, pa.bool_()) for name in (*plan.telling, *plan.present)]
    )


def project(batch: Batch, plan: Plan, file: int, before: int) -> pa.RecordBatch:
    """One batch of file number `file`; `before` records of this source stand in the files before it."""
    cleaned: dict[str, pa.Array] = {}
    for name in plan.columns:
        cleaned[name] = _clean(batch.rows.column(name), plan)
    dates = {column.name for column in plan.table.columns if is_date(column)}
    arrays = [
        pa.repeat(pa.scalar(file, pa.int16()), len(batch.numbers)),
        batch.numbers,
        pc.add(batch.numbers, before) if before else batch.numbers,
    ]
    fields: dict[str, pa.Array] = {}
    for filled in plan.fields.values():
        if filled.column:
            whole = filled.field != "items"  # items are mapped one by one, later
            values = _mapped(cleaned[filled.column], filled) if whole else cleaned[filled.column]
            fields[filled.field] = _without_zero_dates(values) if filled.field in dates else values
    if "country" in fields and plan.table.name != "leaked":  # there it is evidence, as found
        fields["country"] = _codes(fields["country"], plan)
    items = [_mapped(cleaned[filled.column], filled) for filled in plan.present.values()]
    nothing = [is_filler(values, "", plan.country) for values in items]
    arrays += [
        *fields.values(),
        *(pc.and_not(pc.is_valid(values), none) for values, none in zip(items, nothing, strict=True)),
        *(is_filler(fields[name], name, plan.country) for name in plan.telling),
        *nothing,
    ]
    return pa.RecordBatch.from_arrays(arrays, schema=projected_schema(plan))


def _clean(values: pa.Array, plan: Plan) -> pa.Array:
    """Without white space around it; what means empty is empty."""
    trimmed = pc.utf8_trim_whitespace(values)
    empty = pc.is_in(trimmed, value_set=pa.array(sorted({"", *PLACEHOLDERS, *plan.source.empty}), pa.string()))
    return pc.if_else(empty, pa.scalar(None, pa.string()), trimmed)


def _without_zero_dates(values: pa.Array) -> pa.Array:
    """00-00-0000 is how many systems write that there is no date."""
    return pc.if_else(pc.match_substring_regex(values, r"^[0 ./-]+$"), pa.scalar(None, pa.string()), values)


def _mapped(values: pa.Array, filled: Filled) -> pa.Array:
    """Values that stand in the map become what it says; a map to '' makes them empty; others stay."""
    if not filled.values:
        return values
    keys = pa.array([key.strip() for key in filled.values], pa.string())
    meant = pa.array([value.strip() or None for value in filled.values.values()], pa.string())
    position = pc.index_in(values, value_set=keys)
    return pc.if_else(pc.is_null(position), values, meant.take(position))


def _codes(values: pa.Array, plan: Plan) -> pa.Array:
    """Countries by any of their names become codes, a word for not known nothing; what is no country stays as it is. There are few different ones."""
    encoded = values.dictionary_encode()
    unknown = set(plan.country.unknown_countries)
    codes = [
        None if one.strip().lower() in unknown else plan.country.country_code(one) or one
        for one in encoded.dictionary.to_pylist()
    ]
    return pa.array(codes, pa.string()).take(encoded.indices)
