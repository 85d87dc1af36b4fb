"""What stages read, put on an engine: published tables with their source's number and day of receipt beside them."""

from __future__ import annotations

from collections.abc import Mapping

from helder.case.load import Case
from helder.countries import country
from helder.domain.errors import CaseError
from helder.domain.tables import DISCLOSURES, LEAKED, Table
from helder.engines.base import Engine
from helder.engines.store import Result


def the_register(case: Case) -> str:
    """The id of the one source that fills `people`."""
    found = list(case.sources("people"))
    if len(found) != 1:
        raise CaseError(
            f"A case has one register; this one has {len(found)}.",
            where="case.toml [sources]",
            do='Let exactly one source have fills = "people"; put registers together before.',
        )
    return found[0]


def _day(case: Case, source: str) -> str:
    return f"CAST('{case.file.sources[source].received.isoformat()}' AS DATE)"


def put_people(engine: Engine, case: Case, sources: Mapping[str, Result]) -> None:
    """`people`: the register, with `source` and what scopes may ask of it: `born`, `abroad`, `deceased`."""
    id = the_register(case)
    engine.read("register", sources[id].tables["people"])
    abroad = country(case.file.case.country).abroad_sql("country")
    engine.view(
        "people",
        "SELECT *, "
        "coalesce(CAST(substring(birth_date, 1, 4) AS INTEGER), 0) AS born, "
        f"{abroad} AS abroad, "
        "deceased_on IS NOT NULL AS deceased, "
        f"CAST({case.source_ids.index(id)} AS SMALLINT) AS source FROM register",
    )


def put_disclosures(engine: Engine, case: Case, sources: Mapping[str, Result]) -> None:
    """`disclosures`: all lines of all logs, with `source` and `source_received`."""
    parts = []
    for id in case.sources("disclosures"):
        engine.read(f"log_{id}", sources[id].tables["disclosures"])
        parts.append(
            f"SELECT *, CAST({case.source_ids.index(id)} AS SMALLINT) AS source, "
            f"{_day(case, id)} AS source_received FROM log_{id}"
        )
    engine.view("disclosures", " UNION ALL ".join(parts) or _nothing(DISCLOSURES))


def _nothing(table: Table, more: str = "") -> str:
    """A SELECT in the shape of a table that no source fills."""
    types = {"text": "VARCHAR", "date": "DATE", "int16": "SMALLINT", "int64": "BIGINT"}
    columns = [f"CAST(NULL AS {types[column.type]}) AS {column.name}" for column in table.columns]
    more = f"CAST(NULL AS SMALLINT) AS source, CAST(NULL AS DATE) AS source_received{more}"
    return f"SELECT {', '.join(columns)}, {more} FROM (SELECT 1 AS one) AS nothing WHERE one < 0"


def put_leaked(engine: Engine, case: Case, sources: Mapping[str, Result]) -> None:
    """`leaked`: rows of all datasets, with `dataset`, `source`, `source_received` and whether they may be linked.

    In the first days there are none. A row that another client supplied, or for which another owes the letter, may be
    linked only when the source states a basis (`basis` in case.toml). A supplier that is no party of the case is nobody's word: to the rule it is not known.
    """
    parts = []
    parties = ", ".join(f"'{party}'" for party in case.parties)
    supplier = f"CASE WHEN supplied_by IN ({parties}) THEN supplied_by END AS supplied_by"
    columns = ", ".join(supplier if name == "supplied_by" else f'"{name}"' for name in LEAKED.names)
    for id, source in case.sources("leaked").items():
        engine.read(f"leak_{id}", sources[id].tables["leaked"])
        own = " AND ".join(f"coalesce({who}, '{case.own.id}') = '{case.own.id}'" for who in ("supplied_by", "owed_by"))
        linkable = "TRUE" if source.basis else own
        parts.append(
            f"SELECT {columns}, '{source.dataset or id}' AS dataset, CAST({case.source_ids.index(id)} AS SMALLINT) AS source, "
            f"{_day(case, id)} AS source_received, ({linkable}) AS linkable FROM leak_{id}"
        )
    nothing = _nothing(LEAKED, ", CAST(NULL AS VARCHAR) AS dataset, TRUE AS linkable")
    engine.view("leaked", " UNION ALL ".join(parts) or nothing)


def hashes_of(case: Case, sources: Mapping[str, Result]) -> dict[str, list[str]]:
    """The SHA-256 of the files of each leaked dataset, in their order."""
    return {id: [file["sha256"] for file in sources[id].facts["files"]] for id in case.sources("leaked")}
