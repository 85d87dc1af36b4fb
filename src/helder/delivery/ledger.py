"""What was sent: one row for each parcel, on the disk before and after every attempt.

Ids are keyed references or names of print files, digests are hashes: there is nothing about a person in here, so it is
not sealed. SQLite in WAL mode with full synchronisation: a row that was written survives a kill and a power cut.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from helder.delivery.outcomes import Trace
from helder.delivery.parcels import Parcel
from helder.domain.errors import BusyError, DeliveryError, StorageError

FILE = "delivery.db"
"""Its name in the folder of a round."""
_SCHEMA = """
CREATE TABLE IF NOT EXISTS parcel (
    id TEXT PRIMARY KEY, channel TEXT NOT NULL, digest TEXT NOT NULL, state TEXT NOT NULL, mark TEXT NOT NULL,
    receipt TEXT NOT NULL, why TEXT NOT NULL, fate TEXT NOT NULL, attempts INTEGER NOT NULL, at TEXT NOT NULL
) WITHOUT ROWID
"""
_WAIT = 30.0


class State(StrEnum):
    """Where a parcel stands. SENDING that nobody works on is an attempt that never ended."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    CONFIRMED = "confirmed"
    UNSURE = "unsure"
    REFUSED = "refused"


class Entry(NamedTuple):
    """A row of the ledger. `fate` is what the carrier said later; `at` the last change (UTC)."""

    id: str
    channel: str
    digest: str
    state: State
    mark: str
    receipt: str
    why: str
    fate: str
    attempts: int
    at: dt.datetime

    @property
    def trace(self) -> Trace:
        """What is known of the last attempt."""
        return Trace(self.mark, self.at)


class Ledger:
    """The ledger of one round. Used by several threads at once; closed at the end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()
        try:
            self._db = sqlite3.connect(path, timeout=_WAIT, isolation_level=None, check_same_thread=False)
            path.chmod(0o600)
            self._db.execute("PRAGMA journal_mode = WAL")
            self._db.execute("PRAGMA synchronous = FULL")
            self._db.execute(_SCHEMA)
        except sqlite3.DatabaseError as error:
            raise self._broken(error) from None

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def entry(self, id: str) -> Entry | None:
        """The row of a parcel."""
        rows = self._run("SELECT * FROM parcel WHERE id = ?", id)
        return _entry(rows[0]) if rows else None

    def entries(self, *states: State) -> Iterator[Entry]:
        """Rows in these states, or all; by id."""
        rows = self._run("SELECT * FROM parcel ORDER BY id")
        return (entry for entry in map(_entry, rows) if not states or entry.state in states)

    def counts(self, channel: str | None = None) -> Counter[State]:
        """Parcels by state."""
        rows = self._run(
            "SELECT state, count(*) FROM parcel WHERE channel = ? OR ? IS NULL GROUP BY state", channel, channel
        )
        return Counter({State(str(state)): int(str(count)) for state, count in rows})

    def sent_on(self, channel: str, day: dt.date) -> int:
        """Parcels of a channel that were, or may have been, sent on a day (UTC): for daily limits."""
        states = (State.SENDING, State.SENT, State.CONFIRMED, State.UNSURE)
        rows = self._run(
            "SELECT count(*) FROM parcel WHERE channel = ? AND at >= ? AND at < ? AND state IN (?, ?, ?, ?)",
            channel, day.isoformat(), (day + dt.timedelta(days=1)).isoformat(), *states,
        )  # fmt: skip
        return int(str(rows[0][0]))

    def begin(self, parcel: Parcel, channel: str) -> None:
        """Say that an attempt begins. On the disk when this returns."""
        self._run(
            "INSERT INTO parcel VALUES (?, ?, ?, 'sending', '', '', '', '', 1, ?) ON CONFLICT (id) DO UPDATE SET "
            "channel = excluded.channel, digest = excluded.digest, state = 'sending', mark = '', why = '', "
            "attempts = attempts + 1, at = excluded.at",
            parcel.id, channel, parcel.digest, _now(),
        )  # fmt: skip

    def mark(self, id: str, mark: str) -> None:
        """Say how far the attempt came, before the step that cannot be undone."""
        self._run("UPDATE parcel SET mark = ? WHERE id = ?", mark, id)

    def finish(self, id: str, state: State, *, receipt: str = "", why: str = "", at: dt.datetime | None = None) -> None:
        """Say how the attempt ended, and when: now, or for what is found out later the moment `at` of the attempt."""
        moment = _text(at) if at else _now()
        self._run(
            "UPDATE parcel SET state = ?, receipt = ?, why = ?, at = ? WHERE id = ?", state, receipt, why, moment, id
        )

    def confirm(self, id: str) -> None:
        """The other side's receipt agrees."""
        self._run("UPDATE parcel SET state = 'confirmed' WHERE id = ? AND state = 'sent'", id)

    def tell_fate(self, id: str, receipt: str, fate: str) -> bool:
        """Keep what the carrier says became of a parcel. False when it knows of none with this id and receipt."""
        with self._lock:
            try:
                changed = self._db.execute(
                    "UPDATE parcel SET fate = ? WHERE id = ? AND receipt = ? AND state IN ('sent', 'confirmed')",
                    (fate, id, receipt),
                )
            except sqlite3.DatabaseError as error:
                raise self._broken(error) from None
            return changed.rowcount == 1

    def settle(self, state: State) -> int:
        """A person has looked at the other side: what is unsure was sent, when it was tried, or was not. Gives how many."""
        count = self.counts()[State.UNSURE]
        self._run("UPDATE parcel SET state = ?, why = 'settled' WHERE state = 'unsure'", state)
        return count

    def reopen(self, ids: Iterable[str], was: State = State.REFUSED) -> int:
        """What was refused, or got lost on the other side (`was` SENT), is sent again by the next handover. Gives how many."""
        with self._lock:
            try:
                sql = "UPDATE parcel SET state = 'waiting', why = 'resend' WHERE id = ? AND state = ?"
                self._db.execute("BEGIN")
                count = self._db.executemany(sql, [(id, was) for id in ids]).rowcount
                self._db.execute("COMMIT")
            except sqlite3.DatabaseError as error:
                raise self._broken(error) from None
            return max(count, 0)

    @property
    def anything_left(self) -> bool:
        """Whether something has left, or may have."""
        counts = self.counts()
        return any(counts[state] for state in State if state not in (State.WAITING, State.REFUSED))

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other handovers of this round out; the system ends the lock with the process. Raises `BusyError`."""
        with self._path.with_suffix(".lock").open("a") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise BusyError(
                    "This round is being handed over.", where=str(self._path), do="Wait for it, or stop it with --stop."
                ) from None
            yield

    def _run(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        with self._lock:
            try:
                return self._db.execute(sql, values).fetchall()
            except sqlite3.DatabaseError as error:
                raise self._broken(error) from None

    def _broken(self, error: sqlite3.DatabaseError) -> StorageError:
        return StorageError(
            f"The record of what was sent cannot be used: {error}.",
            where=str(self._path),
            do="Look at the disk. Never delete it: without it letters would be sent twice.",
        )


def need_same(entry: Entry, parcel: Parcel) -> None:
    """What was begun under this id must be what is sent now; raises `DeliveryError`."""
    if entry.digest != parcel.digest and entry.state not in (State.WAITING, State.REFUSED):
        raise DeliveryError(
            "Something else was sent under this name before.",
            where=parcel.id,
            do="Plan a new round: what was handed over does not change.",
        )


def _entry(row: tuple[object, ...]) -> Entry:
    id, channel, digest, state, mark, receipt, why, fate, attempts, at = map(str, row)
    moment = dt.datetime.fromisoformat(at)
    return Entry(id, channel, digest, State(state), mark, receipt, why, fate, int(attempts), moment)


def _now() -> str:
    return _text(dt.datetime.now(dt.UTC))


def _text(moment: dt.datetime) -> str:
    return moment.isoformat(timespec="milliseconds")
