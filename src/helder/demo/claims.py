"""The published numbers as claims, and what each becomes in a case of another size.

`counts.csv` holds, per number: when and by whom it was published, its unit (records, people, letters), exactness
and meaning; `query`, what of ours in the claim's own unit it is compared with; and `equals`, what it turns out to count.
`scaled` is the number at this case's size, as a claim about made-up people; at 941,000 it is the published number.

A query is a count and what it is of, parts added by '+': `records`, `linked`, `unlinked` or `posted` of datasets; `people` of
datasets (distinct people found in them), of groups, or `in_scope`. All are counts of the assessment `as_told`.
"""

from __future__ import annotations

import csv
import io
from importlib.resources import files

from helder.demo.assumptions import assumptions
from helder.demo.size import Size

COLUMNS = (
    "day", "week", "number", "scaled", "unit", "issuer", "exactness", "query", "equals",
    "says_nl", "says_en", "why_nl", "why_en", "source",
)  # fmt: skip


def expected(query: str, counts: Size) -> int:
    """What a query must give under `as_told`: arithmetic on the case's size alone."""
    kind, _, of = query.partition(" ")
    return sum(_one(kind, part, counts) for part in of.split("+"))


def _one(kind: str, of: str, counts: Size) -> int:
    if of == "in_scope":
        return counts.people
    position = int(of[-1]) - 1
    if kind == "people":  # those found in a dataset are its group: nobody is exactly in both
        return counts.groups[position]
    return {
        "records": counts.datasets,
        "linked": counts.groups,
        "unlinked": counts.unplaced,
        "posted": (counts.posted, 0),
    }[kind][position]


def claims_csv(counts: Size) -> str:
    """The text of `counts.csv` for a case of this size."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    writer.writeheader()
    with (files(__package__) / "data" / "claims.csv").open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            writer.writerow({**row, "scaled": _scaled(row, counts)})
    return text.getvalue()


def _scaled(row: dict[str, str], counts: Size) -> int:
    """The claim at this size: by the count it is of, else in proportion."""
    if row["equals"] or (row["query"] and row["issuer"] != "press"):
        return expected(row["equals"] or row["query"], counts)
    return round(int(row["number"]) * counts.people / assumptions().published.people)
