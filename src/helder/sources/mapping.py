"""The column map of a source, checked: where each field of our table gets its value, and which items a column means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from helder.case.load import Case
from helder.case.model import ColumnMap, Source
from helder.case.propose import OURS
from helder.countries import country
from helder.countries.base import Country
from helder.domain.errors import SourceError
from helder.domain.tables import SOURCE_TABLES, Column, Table
from helder.sources.stream import looks_like_data

_ITEM = "item:"


@dataclass(frozen=True)
class Filled:
    """How one field is filled: from a column, values mapped where a map is given, or with a constant."""

    field: str
    column: str = ""
    values: Mapping[str, str] | None = None
    constant: str | None = None


@dataclass(frozen=True)
class Plan:
    """How a source fills its table. `present` are columns of which only the presence of a value is kept: an item."""

    source_id: str
    ordinal: int
    source: Source
    table: Table
    fields: Mapping[str, Filled]
    present: Mapping[str, Filled]
    items_of_fields: Mapping[str, tuple[str, ...]]
    country: Country

    @property
    def columns(self) -> list[str]:
        """Their columns that we read, each once."""
        filled = [*self.fields.values(), *self.present.values()]
        return list(dict.fromkeys(one.column for one in filled if one.column))

    @property
    def telling(self) -> list[str]:
        """Fields read from a column of which a value is an item."""
        telling = {name for names in self.items_of_fields.values() for name in names}
        return [name for name, filled in self.fields.items() if filled.column and name in telling]

    def column_of(self, field: str) -> str:
        """What to call a field towards the user: the source's own column when it has one."""
        return self.fields[field].column or field if field in self.fields else field


def is_date(column: Column) -> bool:
    """Whether a column of ours holds dates, whole or partial."""
    return column.type == "date" or column.name == "birth_date"


def plan(case: Case, source_id: str) -> Plan:
    """The checked map of a source; `SourceError` names what is not right, and a near miss."""
    source = case.file.sources[source_id]
    table = SOURCE_TABLES[source.fills]
    fields: dict[str, Filled] = {}
    present: dict[str, Filled] = {}
    for name, said in source.columns.items():
        where = f"case.toml: sources.{source_id}.columns.{name}"
        filled = _filled(name, said, where)
        if name.startswith(_ITEM):
            item = name.removeprefix(_ITEM)
            if source.fills != "leaked":
                raise SourceError("Only leaked data have 'item:' columns.", where=where, do="Map it to 'items'.")
            _known(item, list(case.items), "item", where)
            present[item] = filled
        else:
            _known(name, [one for one in table.names if one not in OURS], "field", where)
            fields[name] = filled
    for name, value in _constants(case, source, table).items():
        fields.setdefault(name, Filled(name, constant=value))
    for column in table.columns:
        if column.required and column.name not in OURS | fields.keys() and not _made(column.name, source):
            raise SourceError(
                f"Nothing fills '{column.name}' ({column.meaning}).",
                where=f"case.toml: sources.{source_id}.columns",
                do=f'Add {column.name} = "their column", or {column.name} = {{ value = "a constant" }}.',
            )
    items = {id: tuple(f for f in item.fields if f in fields) for id, item in case.items.items()}
    if source.fills != "leaked" or source.read_as == "list":
        items = {}
    home = country(case.file.case.country)
    return Plan(source_id, case.source_ids.index(source_id), source, table, fields, present, items, home)


def _filled(name: str, said: str | ColumnMap, where: str) -> Filled:
    if isinstance(said, str):
        return Filled(name, said)
    if (said.column is None) == (said.value is None):
        raise SourceError("A field has either a column or a constant.", where=where, do="Give 'column' or 'value'.")
    return Filled(name, said.column or "", said.values, said.value)


def _constants(case: Case, source: Source, table: Table) -> dict[str, str]:
    """What the source says once for all its rows."""
    found = {}
    if "supplied_by" in table.names and source.supplied_by:
        found["supplied_by"] = source.supplied_by
    if table.name in ("statements", "deletions"):
        found["received_on"] = source.received.isoformat()
    if table.name == "statements":
        found["covers"] = "all"
        if len(case.breached) == 1:
            found["about"] = case.breached[0].id
    return found


def _made(field: str, source: Source) -> bool:
    """Whether a required field is worked out from the others: the items of a leaked row."""
    return field == "items" and source.fills == "leaked"


def _known(name: str, names: Sequence[str], kind: str, where: str) -> None:
    if name not in names:
        near = get_close_matches(name, names, n=1)
        hint = f"Did you mean '{near[0]}'?" if near else f"Known: {', '.join(sorted(names))}."
        raise SourceError(f"There is no {kind} '{name}' here.", where=where, do=hint)


def missing_column(plan: Plan, columns: Sequence[str], file: str) -> SourceError | None:
    """The error for the first column that the map names and the file does not have; None when all are there."""
    for filled in [*plan.fields.values(), *plan.present.values()]:
        if not filled.column or filled.column in columns:
            continue
        if looks_like_data(columns):
            return SourceError(
                f"There is no column '{filled.column}': the first line looks like data, not like a header.",
                where=f"{file}, header",
                do="Tell option header: the line it is on, or 0 when there is none (columns are then 1, 2, …).",
            )
        folded = {name.casefold().strip(): name for name in reversed(columns)}
        wanted = filled.column.casefold().strip()
        near = [folded[wanted]] if wanted in folded else get_close_matches(filled.column, columns, n=1, cutoff=0.5)
        shown = ", ".join(columns[:20]) + (" …" if len(columns) > 20 else "")
        return SourceError(
            f"There is no column '{filled.column}', which is to fill '{filled.field}'.",
            where=f"{file}, header",
            do=f"Did you mean '{near[0]}'? Correct sources.{plan.source_id}.columns in case.toml."
            if near
            else f"The file has: {shown}. Correct sources.{plan.source_id}.columns in case.toml.",
        )
    return None
