"""The published numbers as claims, and what each becomes in a case of another size.

`counts.csv` has the columns that `results.reconcile` reads, and more: `published_number`, what was really published
(`number` is that at this case's size; at 941,000 people they are the same), `equals`, what the number turns out to
count when that is not what its unit says, and `meaning_nl`, `why_nl` and `why`, to be read.
"""

from __future__ import annotations

import csv
import io
from importlib.resources import files

from helder.demo.assumptions import assumptions
from helder.demo.size import Size, size


def claims_csv(counts: Size) -> str:
    """The text of `counts.csv` for a case of this size."""
    source = (files(__package__) / "data" / "claims.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(source)))
    text = io.StringIO()
    writer = csv.DictWriter(text, [*rows[0], "published_number"], lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({**row, "published_number": row["number"], "number": scaled(row, counts)})
    return text.getvalue()


def scaled(row: dict[str, str], counts: Size) -> int:
    """A published number at this size: by the count it is of where there is one, else in proportion."""
    counted = row["equals"] or row["compare"]
    if counted and expected(counted, size(assumptions().published.people)) == int(row["number"]):
        return expected(counted, counts)
    return round(int(row["number"]) * counts.people / assumptions().published.people)


def expected(compare: str, counts: Size) -> int:
    """What a `compare` expression without signs gives under `as_told`: arithmetic on the case's size alone."""
    query, *names = compare.split()
    if query == "in_scope":
        return counts.people
    # Whoever is in a dataset exactly is that dataset's group: nobody is exactly in both.
    each = {
        "records": counts.datasets,
        "unplaced": counts.unplaced,
        "posted": (counts.posted, 0),
        "linked": counts.groups,
        "found": counts.groups,
        "group": counts.groups,
    }[query]
    return sum(each[int(name[-1]) - 1] for name in names)
