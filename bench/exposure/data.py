"""Made-up evidence for measuring, at any size: about three disclosures a person, and a leaked row for three in four.

Two shapes of the same facts: the tables that Helder's stages hand to the rule, and the narrow tables with masks that
somebody would make for Polars, pandas or Spark. Nothing here is about anybody: people are numbers.
"""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

ITEMS = ("address", "birth_date", "bsn", "gp_name", "name", "sex", "test_kind", "test_result", "email", "phone", "iban")
TABLES = ("people", "disclosures", "leaked", "links", "candidates", "sent", "found")
# Sets of items that occur, as bits in the order of ITEMS.
SENT = (255, 127, 119, 255)
LEAKED = (255, 127, 55, 63, 31, 21, 189, 247)

# The second dataset: the rows of 13 % of all people (three in four have a row at all).
_SECOND = "(hash(person, 10) % 1000 < 173)::INT"


def _text(mask: int) -> str:
    return ";".join(sorted(item for bit, item in enumerate(ITEMS) if mask >> bit & 1))


def _choose(masks: tuple[int, ...], seed: int) -> tuple[str, str]:
    """SQL: (the mask, the items as text) of one of `masks`, by a hash."""
    pick = f"hash(n, {seed}) % {len(masks)}"
    numbers = "[" + ", ".join(str(mask) for mask in masks) + "]"
    texts = "[" + ", ".join(f"'{_text(mask)}'" for mask in masks) + "]"
    return f"{numbers}[1 + ({pick})::INT]", f"{texts}[1 + ({pick})::INT]"


def make(folder: Path, people: int) -> None:
    """Write the tables for `people` people into `folder` as Parquet, once."""
    if (folder / "done").exists():
        return
    folder.mkdir(parents=True, exist_ok=True)
    db = duckdb.connect()
    db.execute("SET enable_progress_bar = false")
    sent_mask, sent_items = _choose(SENT, 1)
    leak_mask, leak_items = _choose(LEAKED, 2)
    db.execute(f"CREATE TABLE n AS SELECT range AS n, (range * 0.3333333)::BIGINT AS person FROM range({people * 3})")
    tables = {
        "people": f"SELECT range::BIGINT AS person, range::VARCHAR AS person_id, (1940 + hash(range, 9) % 55)::INT AS born, "
        f"hash(range, 8) % 200 = 0 AS abroad, hash(range, 7) % 100 = 0 AS deceased, 0::SMALLINT AS source, "
        f"0::SMALLINT AS file, range AS row FROM range({people})",
        "sent": f"SELECT person, 1::SMALLINT AS party, DATE '2017-01-01' + (hash(n, 3) % 3100)::INT AS sent_on, "
        f"{sent_mask}::INT AS items, (hash(n, 4) % 2)::SMALLINT AS purpose, n AS row FROM n WHERE person < {people}",
        "disclosures": f"SELECT person::VARCHAR AS person_id, 'us' AS from_party, 'lab' AS to_party, "
        f"DATE '2017-01-01' + (hash(n, 3) % 3100)::INT AS sent_on, {sent_items} AS items, "
        f"['smear', 'self-test'][1 + (hash(n, 4) % 2)::INT] AS purpose, NULL::DATE AS received_on, "
        f"DATE '2025-08-06' AS source_received, 1::SMALLINT AS source, 0::SMALLINT AS file, n AS row FROM n "
        f"WHERE person < {people}",
        "found": f"SELECT person, (1 + {_SECOND})::SMALLINT AS dataset, {leak_mask}::INT AS items, "
        f"(hash(n, 5) % 9 = 0) AS posted, (hash(n, 6) % 50 <> 0) AS accepted, n AS row FROM n "
        f"WHERE n % 4 = 0 AND person < {people}",
        "leaked": f"SELECT n AS record, {leak_items} AS items, NULL::VARCHAR AS supplied_by, 'd' || (1 + {_SECOND}) AS dataset, "
        f"CASE WHEN hash(n, 5) % 9 = 0 THEN DATE '2025-07-08' END AS published_on, DATE '2025-08-06' AS source_received, "
        f"(2 + {_SECOND})::SMALLINT AS source, 0::SMALLINT AS file, n AS row FROM n WHERE n % 4 = 0 AND person < {people}",
        "links": "SELECT n AS record, person, CASE WHEN hash(n, 6) % 50 <> 0 THEN 'accepted' ELSE 'review' END AS outcome, "
        "CASE WHEN hash(n, 6) % 50 <> 0 THEN 'exact' END AS method, 20.0 AS weight, NULL::DATE AS decided_on "
        f"FROM n WHERE n % 4 = 0 AND person < {people}",
        "candidates": "SELECT n AS record, 1::SMALLINT AS rank, person, 20.0 AS weight, '' AS levels "
        f"FROM n WHERE n % 4 = 0 AND hash(n, 6) % 50 = 0 AND person < {people}",
    }
    for name, sql in tables.items():
        db.execute(f"COPY ({sql}) TO '{folder / name}.parquet' (FORMAT parquet, COMPRESSION zstd)")
    (folder / "done").touch()


if __name__ == "__main__":
    make(Path(sys.argv[1]), int(sys.argv[2]))
