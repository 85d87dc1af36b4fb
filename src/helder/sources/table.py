"""One source becomes one checked table: read, typed, checked and published, with its rejects and its facts.

Rows in = rows used + rows rejected, always. Every row keeps its place: file (position in the source) and record number.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

import pyarrow as pa

from helder.case.load import Case
from helder.case.strays import told_day
from helder.countries import country
from helder.domain.errors import HelderError
from helder.domain.tables import REJECTS, Column
from helder.engines.base import Engine, Published
from helder.sources.checks import Checks, Known, checks
from helder.sources.dates import ISO, Written, literal, sniff_dates, written
from helder.sources.facts import Change, Reason, SourceFacts, changes
from helder.sources.items import join_items
from helder.sources.mapping import Plan, is_date, plan
from helder.sources.places import FileStamp
from helder.sources.reading import Stream, open_files, stamps

_ONCE = {"people": "person_id", "statements": "statement_id", "deletions": "deletion_id"}
_TWICE = "the same as in an earlier row"
_REASONS_SHOWN = 100
# Of the time that a source takes, about so much has gone when its files are read, and when its rows are checked.
_READ, _CHECKED = 0.3, 0.7

Progress: TypeAlias = Callable[[float], None]


@dataclass(frozen=True)
class LoadedSource:
    """A source that has been read: its table, its rejects, and what is to be known about it."""

    published: Published
    rejects: Published
    facts: SourceFacts


@dataclass(frozen=True)
class Odd:
    """What is odd in some rows: why they would be rejected, and per field values that cannot be read or are fillers."""

    reasons: tuple[Reason, ...] = ()
    unreadable: Mapping[str, int] = field(default_factory=dict)
    fillers: Mapping[str, int] = field(default_factory=dict)


def look_at(engine: Engine, case: Case, plan: Plan, rows: pa.Table) -> Odd:
    """What is odd in rows as `project` gives them. Raises `SourceError` when their dates cannot be read."""
    loader = _Loader(engine, case, plan)
    try:
        return loader.look(rows)
    finally:
        loader.close()


def fingerprint(case: Case, source_id: str, before: SourceFacts | None = None) -> list[FileStamp]:
    """The state of a source's files now. Those that did not change since `before` are not read again."""
    return stamps(case, plan(case, source_id), before.files if before else ())


def changed(case: Case, before: SourceFacts) -> list[Change]:
    """What changed in a source's files since they were read."""
    return changes(before, fingerprint(case, before.source, before))


def load_source(
    engine: Engine,
    case: Case,
    source_id: str,
    folder: Path,
    on_progress: Progress = lambda share: None,
) -> LoadedSource:
    """Read a source and publish its table and its rejects in `folder`, as `<table>` and `rejects`.

    Raises `SourceError` when the source does not fit what the case says of it; a bad row is rejected instead.
    """
    loader = _Loader(engine, case, plan(case, source_id))
    try:
        return loader.load(folder, on_progress)
    finally:
        loader.close()


def ways_of_dates(engine: Engine, case: Case, plan: Plan, rows: str) -> dict[str, Written]:
    """How each field with a date is written: as the case says, else as found in the whole column of `rows`."""
    source, found = plan.source, {}
    months = country(case.file.case.country).months
    for column in plan.table.columns:
        filled = plan.fields.get(column.name)
        if filled is None or not is_date(column):
            continue
        where = f"case.toml: sources.{plan.source_id}.dates"
        pattern = ISO
        if filled.column:
            pattern = source.dates or sniff_dates(
                engine, _dated(rows, column.name), column.name, source.received, months, where
            )
        found[column.name] = written(pattern, source.received, months, where)
    return found


def _dated(rows: str, field: str) -> str:
    """The rows that tell how a date is written: where a plain yes or no may stand for it, those with a number."""
    if field not in ("deceased_on", "published_on"):
        return rows
    return f"(SELECT * FROM {rows} WHERE regexp_matches(\"{field}\", '[0-9].*[0-9]'))"


class _Loader:
    """The steps of loading one source; its tables in the engine have names of their own."""

    def __init__(self, engine: Engine, case: Case, plan: Plan) -> None:
        self.engine = engine
        self.case = case
        self.plan = plan
        name = f"source{plan.ordinal}"
        self.raw, self.items, self.typed, self.twice, self.bad, self.rejects = (
            f"{name}_{part}" for part in ("raw", "items", "typed", "twice", "bad", "rejects")
        )

    def load(self, folder: Path, on_progress: Progress) -> LoadedSource:
        """All steps."""
        files = open_files(self.case, self.plan)
        stream = Stream(self.plan, files, lambda done, total: on_progress(_READ * done / max(total, 1)))
        records = stream.into(self.engine, self.raw)
        dates = ways_of_dates(self.engine, self.case, self.plan, self.raw)
        made = checks(self.plan, dates, Known(tuple(self.case.parties), tuple(self.case.file.scopes)))
        self._type(made)
        self._find_doubles()
        self._reject(made, stream)
        on_progress(_CHECKED)
        published = self.engine.publish(self._used(), self.plan.table, folder)
        rejects = self.engine.publish(f'SELECT "file", "row", "column", reason FROM {self.rejects}', REJECTS, folder)
        if records != published.rows + rejects.rows:
            raise HelderError(
                f"Of {records} records {published.rows} are used and {rejects.rows} rejected, which does not add up.",
                where=f"sources.{self.plan.source_id}",
                do="This is an error in Helder: please report it.",
            )
        filled, odd, fillers = self._counts(made)
        facts = SourceFacts(
            self.plan.source_id,
            self.plan.table.name,
            tuple(file.facts(self.plan.columns) for file in stream.files),
            records,
            published.rows,
            rejects.rows,
            self._reasons(),
            {name: way.pattern for name, way in dates.items() if self.plan.fields[name].column},
            filled,
            odd,
            self._strays(sum(file.unreadable for file in stream.files)),
            fillers,
        )
        return LoadedSource(published, rejects, facts)

    def look(self, rows: pa.Table) -> Odd:
        """What would be set aside or cannot be read of some rows, published nowhere."""
        self.engine.read(self.raw, rows)
        dates = ways_of_dates(self.engine, self.case, self.plan, self.raw)
        made = checks(self.plan, dates, Known(tuple(self.case.parties), tuple(self.case.file.scopes)))
        self._type(made)
        self._find_doubles()
        counted = self.engine.rows(
            f"SELECT fault, count(*) AS n FROM {self.typed} WHERE fault > 0 GROUP BY fault ORDER BY n DESC, fault"
        )
        found = [(made.faults[int(str(row["fault"])) - 1], int(str(row["n"]))) for row in counted]
        reasons = tuple(Reason(self.plan.column_of(name) if name else "", why, n) for (_, name, why), n in found)
        return Odd(reasons, *self._counts(made)[1:])

    def close(self) -> None:
        """Drop the tables in the engine."""
        for name in (self.raw, self.items, self.typed, self.twice, self.bad, self.rejects):
            self.engine.drop(name)

    def _type(self, made: Checks) -> None:
        """The table `typed`: our fields, signs of unreadable ones, and the number of a row's first fault (0: none)."""
        join = join_items(self.engine, self.plan, self.raw, self.items, tuple(self.case.items))
        faults = "".join(f" WHEN {condition} THEN {nr}" for nr, (condition, _, _) in enumerate(made.faults, start=1))
        columns = [f'{sql} AS "{name}"' for name, sql in made.fields.items()]
        columns += [f'coalesce({sql}, FALSE) AS "odd_{name}"' for name, sql in made.unreadable.items()]
        columns += [f'coalesce({sql}, FALSE) AS "none_{name}"' for name, sql in made.fillers.items()]
        columns.append(f"CASE{faults} ELSE 0 END AS fault" if faults else "0 AS fault")
        dates = "".join(f', {sql} AS "read_{name}"' for name, sql in made.dates.items())
        self.engine.run(
            self.typed,
            f'SELECT r."file", r."row", r.position, {", ".join(columns)} FROM (SELECT *{dates} FROM {self.raw}) AS r {join}',
        )
        self.engine.drop(self.raw)

    def _find_doubles(self) -> None:
        """The table `twice`: rows that repeat an id which must be unique; the first good one stays."""
        key = _ONCE.get(self.plan.table.name)
        if key is None:
            self.engine.run(self.twice, f"SELECT position FROM {self.typed} WHERE fault < 0")
            return
        self.engine.run(
            self.twice,
            f'SELECT position FROM (SELECT position, row_number() OVER (PARTITION BY "{key}" ORDER BY position) AS nth '
            f"FROM {self.typed} WHERE fault = 0) AS numbered WHERE nth > 1",
        )

    @property
    def _good(self) -> str:
        return f"FROM {self.typed} WHERE fault = 0 AND position NOT IN (SELECT position FROM {self.twice})"

    def _used(self) -> str:
        """SQL: the rows that are used, in the shape of our table."""
        columns = [self._column(column) for column in self.plan.table.columns]
        return f"SELECT {', '.join(columns)} {self._good}"

    def _column(self, column: Column) -> str:
        if column.name == "person":
            return 'row_number() OVER (ORDER BY person_id) - 1 AS "person"'
        if column.name == "record":
            return f'{self.plan.ordinal * 2**40} + position AS "record"'
        return f'"{column.name}"'

    def _reject(self, made: Checks, stream: Stream) -> None:
        """The table `rejects`: what could not be read, what has a fault, and what is there twice."""
        self.engine.read(self.bad, stream.bad_records())
        columns = _case([self.plan.column_of(name) if name else "" for _, name, _ in made.faults])
        reasons = _case([reason for _, _, reason in made.faults])
        double = self.plan.column_of(_ONCE.get(self.plan.table.name, ""))
        self.engine.run(
            self.rejects,
            f'SELECT "file", "row", "column", reason FROM {self.bad} UNION ALL '
            f'SELECT "file", "row", {columns}, {reasons} FROM {self.typed} WHERE fault > 0 '
            f'UNION ALL SELECT "file", "row", {literal(double)}, {literal(_TWICE)} FROM {self.typed} '
            f"WHERE position IN (SELECT position FROM {self.twice})",
        )

    def _reasons(self) -> tuple[Reason, ...]:
        rows = self.engine.rows(
            f"SELECT coalesce(\"column\", '') AS c, reason, count(*) AS n FROM {self.rejects} "
            f"GROUP BY 1, 2 ORDER BY n DESC, c, reason LIMIT {_REASONS_SHOWN}"
        )
        return tuple(Reason(str(row["c"]), str(row["reason"]), int(str(row["n"]))) for row in rows)

    def _counts(self, made: Checks) -> tuple[Mapping[str, int], Mapping[str, int], Mapping[str, int]]:
        """Used rows per field: with a value; where there are any, with one that is unreadable, and that is a filler."""
        filled = [name for name in made.fields if name in self.plan.fields or name == "items"]
        signs = [f'"{name}" IS NOT NULL' for name in filled]
        signs += [f'"odd_{name}"' for name in made.unreadable] + [f'"none_{name}"' for name in made.fillers]
        sums = ", ".join(f"count(CASE WHEN {sign} THEN 1 END) AS n{at}" for at, sign in enumerate(signs))
        counts = iter([int(str(rows)) for rows in self.engine.rows(f"SELECT {sums} {self._good}")[0].values()])
        values, odd, none = (
            {name: next(counts) for name in names} for names in (filled, made.unreadable, made.fillers)
        )
        return values, {name: rows for name, rows in odd.items() if rows}, {n: rows for n, rows in none.items() if rows}

    def _strays(self, unreadable: int) -> Mapping[str, Mapping[str, Mapping[str, int]]]:
        """Lines of a log that are not evidence as a whole, by who received them and when; others' are left out."""
        if self.plan.table.name != "disclosures":
            return {}
        known = ", ".join(literal(party) for party in self.case.parties)
        others = ", ".join(literal(party) for party in self.case.parties if party != self.case.own.id)
        rows = self.engine.rows(
            f"SELECT CASE WHEN to_party IN ({known}) THEN to_party ELSE '' END AS party, "
            "CASE WHEN fault > 0 THEN 'rejected' ELSE 'items' END AS kind, sent_on, count(*) AS n "
            f"FROM {self.typed} WHERE (fault > 0 OR odd_items) AND coalesce(from_party, '') NOT IN ({others}) "
            "GROUP BY 1, 2, 3 ORDER BY 1, 2, 3"
        )
        found: dict[str, dict[str, Counter[str]]] = {}
        for row in rows:
            day = told_day(row["sent_on"], self.plan.source.received)
            found.setdefault(str(row["party"]), {}).setdefault(str(row["kind"]), Counter())[day] += int(str(row["n"]))
        if unreadable:
            found.setdefault("", {}).setdefault("rejected", Counter())[""] += unreadable
        return {party: {kind: dict(days) for kind, days in kinds.items()} for party, kinds in found.items()}


def _case(texts: list[str]) -> str:
    """SQL: the text of a fault's number; an empty text is NULL."""
    whens = "".join(
        f" WHEN fault = {number} THEN {literal(text)}" for number, text in enumerate(texts, start=1) if text
    )
    return f"CASE{whens} END" if whens else "CAST(NULL AS VARCHAR)"
