"""Published numbers against the evidence: each number is a claim with a date, a unit, an issuer and a meaning.

`counts.csv` of the case lists them. Its column `compare` says with what of ours a claim is compared, in words:

    records DATASET… · linked DATASET… · unplaced DATASET… · posted DATASET…   (unit: records)
    found DATASET… · group GROUP… · in_scope                                   (unit: people)

joined by ' + ' and ' - '. An empty `compare` means that nothing of ours says anything about it. `equals` (optional)
is a second expression, of another meaning, that may give the published number: then the number was right and its
words were not. `why` says so in words; `meaning_nl` and `why_nl` say it in Dutch; `published_number` is the number as
it was published, where a smaller demonstration scales it.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from helder.domain.errors import CaseError
from helder.results.counts import groups, people_found, records
from helder.results.open import Results

UNITS = ("records", "people", "letters")
EXACTNESS = ("exact", "approximate", "unknown")
COLUMNS = ("published", "number", "unit", "meaning", "issuer", "exactness", "source", "compare")
OPTIONAL = ("equals", "meaning_nl", "why", "why_nl", "published_number")


@dataclass(frozen=True)
class Claim:
    """One published number. `published` is a date or a phrase such as 'week of 2025-08-18'."""

    published: str
    number: int
    unit: str
    meaning: str
    issuer: str
    exactness: str
    source: str
    compare: str
    equals: str = ""
    meaning_nl: str = ""
    why: str = ""
    why_nl: str = ""
    published_number: str = ""

    def said(self, field: str, lang: str) -> str:
        """`meaning` or `why` in a language: the Dutch text when there is one and it is asked for."""
        return (lang == "nl" and getattr(self, f"{field}_nl")) or str(getattr(self, field))


@dataclass(frozen=True)
class Compared:
    """A claim beside what the evidence gives.

    `verdict`: equal; about (equal within the precision it was published with); other_meaning (our number for `compare`
    differs, but the one for `equals` is the published one); differs; or not_comparable.
    """

    claim: Claim
    ours: int | None
    difference: int | None
    verdict: str


def read_claims(path: Path) -> list[Claim]:
    """The claims of a `counts.csv`. Raises `CaseError` for a missing column, a bad number or an unknown unit."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise CaseError(
            "The published numbers cannot be read.", where=str(path), do=f"{type(error).__name__}: check the file."
        ) from None
    return [_claim(row, f"{path}: row {number}") for number, row in enumerate(rows, 1)]


def _claim(row: dict[str, str], where: str) -> Claim:
    missing = [column for column in COLUMNS if row.get(column) is None]
    if missing:
        raise CaseError(f"Column '{missing[0]}' is missing.", where=where, do=f"Columns: {', '.join(COLUMNS)}.")
    for column, allowed in (("unit", UNITS), ("exactness", EXACTNESS)):
        if row[column] not in allowed:
            raise CaseError(f"'{row[column]}' is no {column}.", where=where, do=f"Write one of: {', '.join(allowed)}.")
    if not row["number"].isdigit():
        raise CaseError("A published number is not a whole number.", where=where, do="Write digits only.")
    texts = {column: row.get(column) or "" for column in (*COLUMNS, *OPTIONAL) if column != "number"}
    return Claim(**texts, number=int(row["number"]))


def reconcile(results: Results) -> list[Compared]:
    """Every claim of the case, compared with this assessment. An empty list when the case has no claims."""
    if results.case.file.counts is None:
        return []
    return [_compare(results, claim) for claim in read_claims(results.case.folder / results.case.file.counts)]


def _compare(results: Results, claim: Claim) -> Compared:
    if not claim.compare.strip():
        return Compared(claim, None, None, "not_comparable")
    ours = evaluate(results, claim.compare)
    difference = ours - claim.number
    verdict = _verdict(claim, ours)
    if verdict == "differs" and claim.equals and _verdict(claim, evaluate(results, claim.equals)) != "differs":
        verdict = "other_meaning"
    return Compared(claim, ours, difference, verdict)


def _verdict(claim: Claim, ours: int) -> str:
    if ours == claim.number:
        return "equal"
    # A rounded number is met when ours rounds to it at the precision it was published with.
    published = claim.published_number or str(claim.number)
    step = 10 ** (len(published) - len(published.rstrip("0"))) * claim.number / int(published or 1)
    return "about" if claim.exactness != "exact" and abs(ours - claim.number) <= step / 2 else "differs"


def evaluate(results: Results, expression: str) -> int:
    """The value of a `compare` expression. Raises `CaseError` for a word that is not known."""
    total = 0
    for sign, term in re.findall(r"([+-]?)\s*([^+-]+)", expression):
        total += (-1 if sign == "-" else 1) * _term(results, term.split(), expression)
    return total


def _term(results: Results, words: list[str], expression: str) -> int:
    queries: dict[str, Callable[..., int]] = {
        "records": lambda *datasets: records(results, *datasets),
        "linked": lambda *datasets: records(results, *datasets, outcome="accepted"),
        "unplaced": lambda *datasets: records(results, *datasets) - records(results, *datasets, outcome="accepted"),
        "posted": lambda *datasets: records(results, *datasets, posted=True),
        "found": lambda *datasets: people_found(results, *datasets),
        "group": lambda *names: sum(groups(results)[name] for name in names),
        "in_scope": lambda: sum(profile.people for profile in results.in_scope),
    }
    query, *names = words or [""]
    known = {*results.case.datasets, *groups(results)}
    if query not in queries or any(name not in known for name in names):
        raise CaseError(
            f"'{' '.join(words)}' cannot be counted.",
            where=f"{results.case.file.counts}: compare '{expression}'",
            do=f"Begin with one of: {', '.join(queries)}; then ids of datasets or groups.",
        )
    return queries[query](*names)


def as_rows(compared: list[Compared]) -> list[dict[str, Any]]:
    """The comparison as flat dictionaries, for JSON and tables."""
    return [
        {**asdict(one.claim), "ours": one.ours, "difference": one.difference, "verdict": one.verdict}
        for one in compared
    ]
