"""Values that decide whether somebody is written to, and what: read on the safe side, and never the loss of a row.

Registers have a flag where we ask for a date, and codes where we ask for yes or no. Whoever has one of these is dead, or
has a secret address, all the same.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from helder.sources.births import UNREADABLE, birth_sql
from helder.sources.dates import Written, literal

YES = ("true", "1", "yes", "y", "t", "ja", "j", "waar")
NO = ("false", "0", "no", "n", "f", "nee", "onwaar")
DAY_UNKNOWN = "0001-01-01"
"""The date of death of who is dead since a day that is not known."""
_ALIVE = ("-", "leeft", "levend", "in leven", "alive", "living")
_SECRET = ("geheim", "secret", *"234567")
"""The Dutch register's codes of secrecy are 0 to 7: to whom the address is not given."""


def truth_sql(value: str, yes: Iterable[str] = YES, odd: str = "NULL") -> str:
    """SQL: a text as truth; `odd` is what neither a yes nor a no is."""
    low = f"lower({value})"
    return (
        f"CASE WHEN {value} IS NULL THEN NULL WHEN {low} IN ({_list(yes)}) THEN TRUE "
        f"WHEN {low} IN ({_list(NO)}) THEN FALSE ELSE {odd} END"
    )


def neither_sql(value: str, yes: Iterable[str] = YES) -> str:
    """SQL: a text is there, and is neither yes nor no."""
    return f"{value} IS NOT NULL AND lower({value}) NOT IN ({_list((*yes, *NO))})"


def secret_sql(value: str) -> tuple[str, str]:
    """SQL: whether an address is secret, which it is when nobody can tell; and whether nobody can."""
    words = (*YES, *_SECRET)
    return truth_sql(value, words, "TRUE"), neither_sql(value, words)


def deceased_sql(value: str, whole: str, ways: Written, unknown: Iterable[str]) -> tuple[str, str]:
    """SQL: the date of death, its first possible day when only the year or month is known; and whether it is not whole.

    `whole` is the value as a date, or NULL. Any value that is not a no or a word for 'not known' says that the person is dead.
    """
    alive = f"{value} IS NULL OR lower({value}) IN ({_list((*NO, *_ALIVE, *unknown))})"
    first = f"TRY_CAST(replace(nullif({birth_sql(value, ways)}, '{UNREADABLE}'), '-00', '-01') AS DATE)"
    day = f"CASE WHEN {alive} THEN NULL ELSE coalesce({whole}, {first}, DATE '{DAY_UNKNOWN}') END"
    return day, f"NOT ({alive}) AND {whole} IS NULL"


def posted_sql(value: str, whole: str, unknown: Iterable[str], received: dt.date) -> tuple[str, str]:
    """SQL: when a row was seen posted: for a plain yes when we received it, for a no never; and whether it is neither.

    `whole` is the value as a date, or NULL.
    """
    low = f"lower({value})"
    seen = f"CASE WHEN {low} IN ({_list(YES)}) THEN DATE '{received.isoformat()}' ELSE {whole} END"
    return seen, f"{value} IS NOT NULL AND {seen} IS NULL AND {low} NOT IN ({_list((*NO, *unknown))})"


def _list(words: Iterable[str]) -> str:
    return ", ".join(literal(word) for word in dict.fromkeys(words))
