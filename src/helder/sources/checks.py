"""Typing and checks of a source's rows, as SQL: each field's value in our table, and the first fault of a row.

Only what a row cannot do without is a fault. A field that identifies a person is evidence: when it cannot be read as
it should, it stays as found or becomes unknown, it is counted (`unreadable` in the facts), and the row is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from helder.domain.tables import Column
from helder.domain.worlds import LEAVES
from helder.sources.births import UNREADABLE, birth_sql
from helder.sources.dates import Written, date_sql, literal
from helder.sources.mapping import Plan
from helder.sources.project import HAS, NONE
from helder.sources.standing import deceased_sql, neither_sql, posted_sql, secret_sql, truth_sql

_PARTIES = {
    "disclosures": ("from_party", "to_party"),
    "statements": ("issuer", "about"),
    "deletions": ("party",),
}
_SCOPES = {"statements": ("scope", "covers"), "deletions": ("scope", "copies")}
_SEXES = ("F", "M", "X")
_DOUBTED = {"investigated": "TRUE", "may_send": "FALSE"}
"""What a value that is neither yes nor no means: no letter goes there until somebody has looked."""
WORDS = {"sex": _SEXES, "partner_sex": _SEXES, "name_use": ("own", "partner", "partner_own", "own_partner")}
"""Fields of which the value is one of a few words; another word is unreadable, and the field stays empty."""
_SHORTENED = r"^[0-9][.,][0-9]+[eE]\+?[0-9]{1,2}$"
"""A long number as a spreadsheet shows it in a narrow column, 1,23457E+08: its last digits are gone."""


@dataclass(frozen=True)
class Known:
    """Names that the case declares, which rows may use."""

    parties: tuple[str, ...]
    scopes: tuple[str, ...]


@dataclass
class Checks:
    """SQL of a typed row: `fields` by name, `faults` as (condition, field, reason), `unreadable` as conditions.

    `fillers` are conditions by field or item: its value only says that there is none. `dates` are the fields with a date
    as it reads; the others find each as a column `read_<field>`, so that it is read once.
    """

    dates: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    faults: list[tuple[str, str, str]] = field(default_factory=list)
    unreadable: dict[str, str] = field(default_factory=dict)
    fillers: dict[str, str] = field(default_factory=dict)


def checks(plan: Plan, dates: Mapping[str, Written], known: Known) -> Checks:
    """The SQL for all fields of a plan, on the columns of `project`; `i` is the table of `join_items`."""
    made = Checks(fillers={name: f'"{NONE}{name}"' for name in (*plan.telling, *plan.present)})
    if plan.table.name == "leaked":
        columns = [f'"{one.field}"' for one in plan.fields.values() if one.column]
        columns += [f"CASE WHEN {HAS}{item} OR {NONE}{item} THEN '1' END" for item in plan.present]
        nothing = f"coalesce({', '.join([*columns, 'NULL'])}) IS NULL"
        made.faults.append((nothing, "", "every column that is mapped is empty"))
    for column in plan.table.columns:
        if column.name in ("person", "record", "file", "row"):
            continue
        value = raw(plan, column.name)
        if column.required and column.name not in ("items", "may_send"):
            made.faults.append((f"{value} IS NULL", column.name, "empty, but every row needs it"))
        if column.name == "items":
            _items(plan, made)
        elif column.type == "date":
            _date(plan, column, value, dates, made)
        elif column.type == "bool":
            _truth(plan, column, value, made)
        else:
            _text(plan, column, value, dates, known, made)
    return made


def raw(plan: Plan, name: str) -> str:
    """SQL: a field as it was read: its column, its constant, or nothing."""
    filled = plan.fields.get(name)
    if filled is None:
        return "CAST(NULL AS VARCHAR)"
    return f'"{name}"' if filled.column else literal(filled.constant or "")


def found_items(plan: Plan) -> str:
    """SQL: ids of the items that a leaked row holds by its fields with a value, sorted, parted by ';'."""
    parts = []
    for item in sorted({*plan.items_of_fields, *plan.present}):
        signs = [_told(plan, name) for name in plan.items_of_fields.get(item, ())]
        signs += [HAS + item] if item in plan.present else []
        if signs:
            parts.append(f"CASE WHEN {' OR '.join(signs)} THEN '{item}' END")
    return f"concat_ws(';', {', '.join(parts)})" if parts and plan.source.read_as == "rows" else "''"


def _told(plan: Plan, name: str) -> str:
    """SQL: a field has a value that says something."""
    there = f"{raw(plan, name)} IS NOT NULL"
    return f'{there} AND NOT "{NONE}{name}"' if name in plan.telling else there


def _items(plan: Plan, made: Checks) -> None:
    if "items" in plan.fields:
        made.fields["items"] = "i.ids"
        if plan.table.name in ("disclosures", "leaked"):  # what the line says of the items that are known is true
            made.unreadable["items"] = "i.fault = 1"
        else:
            made.faults.append(("i.fault = 1", "items", "an item that case.toml does not declare"))
        if plan.table.name != "leaked" and plan.table.name != "statements":
            made.faults.append(("i.fault = 2", "items", "empty, but every row needs it"))
    else:
        made.fields["items"] = found_items(plan) if plan.table.name == "leaked" else "''"


def _date(plan: Plan, column: Column, value: str, dates: Mapping[str, Written], made: Checks) -> None:
    name, ways, unknown = column.name, dates.get(column.name), plan.country.unknown_words
    if ways is None:
        made.fields[name] = "CAST(NULL AS DATE)"
        return
    typed = _read(made, name, f"TRY_CAST({date_sql(value, ways)} AS DATE)")
    if name == "deceased_on":
        made.fields[name], made.unreadable[name] = deceased_sql(value, typed, ways, unknown)
    elif name == "published_on":
        made.fields[name], made.unreadable[name] = posted_sql(value, typed, unknown, plan.source.received)
    else:
        made.fields[name] = typed
        odd = f"{value} IS NOT NULL AND {typed} IS NULL"
        if plan.table.name == "safe_addresses":
            made.unreadable[name] = odd
        else:
            made.faults.append((odd, name, f"not a date as {ways.pattern}"))


def _read(made: Checks, name: str, sql: str) -> str:
    """SQL: the column in which a date stands as it reads."""
    made.dates[name] = sql
    return f'"read_{name}"'


def _truth(plan: Plan, column: Column, value: str, made: Checks) -> None:
    name = column.name
    if name in ("secret_address", "secret"):
        made.fields[name], odd = secret_sql(value)
    else:
        made.fields[name], odd = truth_sql(value, odd=_DOUBTED.get(name, "NULL")), neither_sql(value)
    if name == "not_there" and "investigated" in plan.table.names:  # an address that nobody can tell of is in question
        made.fields["investigated"] = f"({odd} OR coalesce({made.fields['investigated']}, FALSE))"
    if name == "may_send":
        made.fields[name] = f"coalesce({made.fields[name]}, FALSE)"
    if plan.table.name in ("people", "addresses", "safe_addresses"):
        made.unreadable[name] = odd
    else:
        made.faults.append((odd, name, "neither yes nor no"))


def _text(plan: Plan, column: Column, value: str, dates: Mapping[str, Written], known: Known, made: Checks) -> None:
    name, table = column.name, plan.table.name
    made.fields[name] = value
    if name == "birth_date" and name in dates:
        typed = made.fields[name] = _read(made, name, birth_sql(value, dates[name]))
        made.unreadable[name] = f"{typed} = '{UNREADABLE}' AND {value} <> '{UNREADABLE}'"
    elif name in ("national_id", "phone") and name in plan.fields:
        odd = f"regexp_matches({value}, {literal(_SHORTENED)})"
        made.fields[name] = f"CASE WHEN NOT {odd} THEN {value} END"  # the digits that are left are another number
        made.unreadable[name] = odd
    elif name in WORDS and name in plan.fields:
        words = ", ".join(literal(word) for word in WORDS[name])
        case = "upper" if WORDS[name] is _SEXES else "lower"
        made.fields[name] = f"CASE WHEN {case}({value}) IN ({words}) THEN {case}({value}) END"
        made.unreadable[name] = f"{value} IS NOT NULL AND {case}({value}) NOT IN ({words})"
    elif name == "country" and table == "people" and name in plan.fields:
        made.unreadable[name] = f"{value} IS NOT NULL AND NOT regexp_matches({value}, '^[A-Z]{{2}}$')"
    elif name in ("supplied_by", "owed_by") and name in plan.fields:
        parties = ", ".join(literal(one) for one in known.parties)
        made.unreadable[name] = f"{value} IS NOT NULL AND {value} NOT IN ({parties})"
    elif name in _PARTIES.get(table, ()):
        _one_of(name, value, known.parties, "not a party of case.toml", made)
    elif name in _SCOPES.get(table, ()):
        extra = ("all",) if name in ("covers", "copies") else ()
        _one_of(name, value, (*extra, *known.scopes), "not a scope of case.toml", made)
    elif name == "leaves":
        _one_of(name, value, tuple(LEAVES), "not a word for what a statement leaves possible", made)


def _one_of(name: str, value: str, names: tuple[str, ...], reason: str, made: Checks) -> None:
    allowed = ", ".join(literal(one) for one in names) or "''"
    made.faults.append((f"{value} IS NOT NULL AND {value} NOT IN ({allowed})", name, reason))
