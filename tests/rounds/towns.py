"""A case whose people are one of each kind: small enough to say of everyone what becomes of their letter."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from helder.engines.keys import Keys
from helder.engines.parquet import read_parquet
from helder.pipeline import standing
from helder.rounds.freeze import LETTERS_FILE
from helder.rounds.told import Told
from pipeline.small_case import CASE

COLUMNS = [
    "person_id",
    "national_id",
    "given_names",
    "initials",
    "surname",
    "sex",
    "birth_date",
    "street",
    "house_number",
    "house_letter",
    "house_addition",
    "postcode",
    "city",
    "country",
    "address_lines",
    "email",
    "deceased_on",
    "secret_address",
    "language",
    "address_status",
    "legal_status",
    "representative_name",
    "representative_address",
    "staff",
    "no_post",
]
ROUND = """
[[rounds]]
id = "{id}"
label = {{ en = "{id}" }}
assessment = "{assessment}"
date = {date}
letters = {{ leaked = "hit", recent = "maybe", others = "maybe" }}
{more}
"""
_PLAIN = {
    "given_names": "Anna",
    "initials": "A",
    "surname": "Alder",
    "sex": "F",
    "birth_date": "1960-02-03",
    "street": "Dorpsstraat",
    "house_number": "1",
    "postcode": "1234 AB",
    "city": "Utrecht",
}


def person(id: str, **different: str) -> dict[str, str]:
    """A row of the register: somebody with whom nothing is the matter, but for what is said."""
    return {**_PLAIN, "person_id": id, "surname": f"Van {id}", "house_number": str(sum(id.encode())), **different}


def write(
    folder: Path,
    people: list[dict[str, str]],
    *,
    rounds: str = "",
    leaked: tuple[str, ...] = (),
    extra: str = "",
    files: dict[str, str] | None = None,
) -> Path:
    """The case in `folder`. Data of everyone whose id does not begin with 'out' went to the laboratory."""
    (folder / "sources").mkdir(parents=True, exist_ok=True)
    (folder / "decisions").mkdir(exist_ok=True)
    start = CASE.index("[sources.register.columns]")
    end = CASE.index("[sources.log]")
    columns = "".join(f'{name} = "{name}"\n' for name in COLUMNS)
    toml = CASE[:start] + "[sources.register.columns]\n" + columns + CASE[end:]
    toml = toml.replace(
        'title = { nl = "klein", en = "small" }', 'title = { nl = "klein", en = "small" }\nretention_until = 2041-01-01'
    )
    (folder / "case.toml").write_text(toml + extra + rounds)
    with (folder / "sources" / "register.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, restval="")
        writer.writeheader()
        writer.writerows(people)
    log = "".join(
        f"{one['person_id']},2021-01-01,bsn;name;result\n" for one in people if not one["person_id"].startswith("out")
    )
    (folder / "sources" / "log.csv").write_text("id,sent,items\n" + log)
    rows = "".join(f"{number},X,X,1901-01-01,neg,us,\n" for number in leaked)
    (folder / "sources" / "rows.csv").write_text(
        "bsn,surname,initials,born,result,by,posted\n,Nobody,X,1933-03-03,,,\n" + rows
    )
    (folder / "counts.csv").write_text("published,number,unit,meaning,issuer,exactness,source,compare,equals\n")
    for name, text in (files or {}).items():
        (folder / "sources" / name).write_text(text)
    return folder


def a_round(id: str = "one", assessment: str = "current", date: str = "2025-09-15", more: str = "") -> str:
    """A round over all groups."""
    return ROUND.format(id=id, assessment=assessment, date=date, more=more)


def tell(folder: Path, keys: Keys, name: str, *, told_on: dt.date, status: Mapping[str, str] | None = None) -> None:
    """Everyone who has a letter in the round was told on one day; some letters did not arrive, by reference."""
    rows = read_parquet([folder / "rounds" / name / LETTERS_FILE], keys, ["reference"])["reference"].to_pylist()
    standing.tell(folder, keys, name, {row: Told(told_on, (status or {}).get(row, "told")) for row in rows})
