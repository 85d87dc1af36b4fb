"""Looking things up in the log: by who acted, what was done, about what and when; newest first, a page at a time.

A page is found by the line that it follows, never by counting lines off, and each condition by an index, so that a page of a
million lines is as fast as one of a thousand. Lines are ordered by their moment and then their number: the same order, but
where a clock was set back.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from helder.audit.line import stamp
from helder.audit.log import COLUMNS, Cursor, Style

WINDOW = 20_000
"""Numbers that are looked through at a time where everything is taken along."""
Row = tuple[Any, ...]
"""seq, at, actor, action, subject, reason, details; as they are stored."""


@dataclass(frozen=True)
class Wanted:
    """Which lines: those that fit all that is given. No `actions` are all of them; `since` is in, `until` is not."""

    actor: str = ""
    actions: tuple[str, ...] = ()
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None


class Search:
    """Looks things up on a cursor whose driver writes parameters as `style` says."""

    def __init__(self, cursor: Cursor, style: Style = "qmark") -> None:
        self._cursor, self._hole = cursor, "?" if style == "qmark" else "%s"

    def size(self) -> int:
        """How many lines there are."""
        found = self._all("SELECT size FROM audit_tree WHERE one = 1", [])
        return int(found[0][0]) if found else 0

    def actors(self) -> list[str]:
        """Everybody who ever acted, in order."""
        return self._different("actor")

    def actions(self) -> list[str]:
        """Everything that was ever done, in order."""
        return self._different("action")

    def page(self, wanted: Wanted, count: int, *, before: int | None = None, after: int | None = None) -> list[Row]:
        """Up to `count` lines, newest first: the newest of all, those right `before` a number, or those right `after` one."""
        order = "ASC" if after is not None else "DESC"
        order = f"ORDER BY at {order}, seq {order} LIMIT {count:d}"
        than = self._than(before if after is None else after, "<" if after is None else ">")
        parts = [self._conditions(one, than) for one in self._streams(wanted)]
        # One index gives the lines of one action in order; those of several are merged.
        texts = [f"SELECT * FROM (SELECT {COLUMNS} FROM audit_line WHERE {where} {order}) AS s" for where, _ in parts]
        values = [value for _, some in parts for value in some]
        found = self._all(f"{' UNION ALL '.join(texts)} {order}", values) if parts else []
        return found if after is None else found[::-1]

    def every(self, wanted: Wanted, last: int) -> Iterator[Row]:
        """All lines up to number `last`, in the order of the log; no more than a window of them is held, or locked, at a time."""
        for first in range(1, last + 1, WINDOW):
            window = f"seq BETWEEN {first:d} AND {min(first + WINDOW - 1, last):d}"
            where, values = self._conditions(wanted, (window, []))
            yield from self._all(f"SELECT {COLUMNS} FROM audit_line WHERE {where} ORDER BY seq", values)

    def _than(self, number: int | None, sign: str) -> tuple[str, list[object]]:
        """The condition that lines come before or after a line in the order of pages; none for a number that is no line's."""
        if number is None or not 0 < number < 2**63:
            return "1 = 1", []
        found = self._all(f"SELECT at, seq FROM audit_line WHERE seq = {number:d}", [])
        return (f"(at, seq) {sign} ({self._hole}, {self._hole})", list(found[0])) if found else ("1 = 1", [])

    def _streams(self, wanted: Wanted) -> list[Wanted]:
        """What is wanted, in parts that an index holds in order each; actions are few, because programs make them up."""
        if wanted.subject or not (wanted.actor or wanted.actions):
            return [wanted]
        return [
            Wanted(wanted.actor, (action,), "", wanted.since, wanted.until)
            for action in wanted.actions or self.actions()
        ]

    def _conditions(self, wanted: Wanted, first: tuple[str, list[object]]) -> tuple[str, list[object]]:
        parts, values = [first[0]], list(first[1])
        given: list[tuple[str, object]] = [
            ("actor =", wanted.actor),
            ("subject =", wanted.subject),
            ("at >=", wanted.since and stamp(wanted.since)),
            ("at <", wanted.until and stamp(wanted.until)),
        ]
        for condition, value in given:
            if value:
                parts.append(f"{condition} {self._hole}")
                values.append(value)
        if wanted.actions:
            parts.append(f"action IN ({', '.join([self._hole] * len(wanted.actions))})")
            values += wanted.actions
        return " AND ".join(parts), values

    def _different(self, column: str) -> list[str]:
        """Each value once, by stepping from one to the next in the index: as many steps as there are values, not lines."""
        after = f"SELECT min({column}) FROM audit_line"
        steps = f"{after} UNION ALL SELECT ({after} WHERE {column} > step.value) FROM step WHERE step.value IS NOT NULL"
        text = f"WITH RECURSIVE step(value) AS ({steps}) SELECT value FROM step WHERE value IS NOT NULL"
        return [str(value) for (value,) in self._all(text, [])]

    def _all(self, text: str, values: Sequence[object]) -> list[Row]:
        self._cursor.execute(text, values)
        return [tuple(row) for row in self._cursor.fetchmany(10**6)]
