"""Sending many parcels over one channel: a few at once, again after a pause, never twice, until done or stopped."""

from __future__ import annotations

import datetime as dt
import random
import threading
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Generic

from helder.delivery.ledger import Entry, Ledger, State, need_same
from helder.delivery.outcomes import (
    Channel,
    Connection,
    LaterError,
    P,
    RefusedError,
    RetryError,
    UnsureError,
)
from helder.domain.errors import DeliveryError

_LONGEST_PAUSE = 60.0
_FAILURES_IN_A_ROW = 3
_REFUSALS_IN_A_ROW = 20
_LOOK = 0.2
DONE = (State.SENT, State.CONFIRMED)


@dataclass(frozen=True)
class Pace:
    """How many at once, how often each is tried, and the first pause in seconds; pauses double, with chance in them.

    `per_day` is what the other side takes on one day (UTC).
    """

    at_once: int = 4
    attempts: int = 5
    pause: float = 1.0
    per_day: int | None = None


def never() -> bool:
    """Nobody stops."""
    return False


def unheard(count: int) -> None:
    """Nobody listens."""


@dataclass
class Sending(Generic[P]):
    """One run over one channel. `stop` is asked between parcels and during pauses; `progress` is told of each parcel."""

    name: str
    channel: Channel[P]
    ledger: Ledger
    pace: Pace = field(default_factory=Pace)
    stop: Callable[[], bool] = never
    progress: Callable[[int], None] = unheard

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._halt = threading.Event()
        self._error: BaseException | None = None
        self._tally: Counter[str] = Counter()
        self._failed = self._refused = 0
        self._today = self.ledger.sent_on(self.name, dt.datetime.now(dt.UTC).date()) if self.pace.per_day else 0

    def run(self, parcels: Iterable[P]) -> Counter[str]:
        """Send all and count: sent, before (sent by an earlier run), refused, unsure, waiting (tried in vain), later.

        Raises the `HelderError` that made all stop, `DeliveryError` when the other side keeps failing. Whatever
        ends it, what was sent is in the ledger.
        """
        todo = iter(parcels)
        threads = [threading.Thread(target=self._work, args=(todo,)) for _ in range(self.pace.at_once)]
        try:
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        finally:
            self._halt.set()
            for thread in threads:
                if thread.ident:
                    thread.join()
        if self._error:
            raise self._error
        return self._tally

    def _work(self, todo: Iterator[P]) -> None:
        connection = self.channel.connect()
        try:
            while not self._stopped():
                with self._lock:
                    parcel = next(todo, None)
                if parcel is None:
                    return
                earlier = self._earlier(parcel)
                outcome = earlier or self._one(connection, parcel)
                with self._lock:
                    self._tally[outcome] += 1
                    self.progress(self._tally.total())
                # What was refused by a channel that may since be mended says nothing about this run.
                if not earlier:
                    self._watch(parcel, outcome)
        except BaseException as error:
            self._end(error)
        finally:
            connection.close()

    def _stopped(self) -> bool:
        if not self._halt.is_set() and self.stop():
            self._halt.set()
        return self._halt.is_set()

    def _end(self, error: BaseException) -> None:
        with self._lock:
            self._error = self._error or error
        self._halt.set()

    def _earlier(self, parcel: P) -> str | None:
        """How it ended in an earlier run; None when it is still to be sent."""
        entry = self.ledger.entry(parcel.id)
        if entry is None:
            return None
        need_same(entry, parcel)
        if entry.state in DONE:
            return "before"
        return entry.state.value if entry.state in (State.UNSURE, State.REFUSED) else None

    def _one(self, connection: Connection[P], parcel: P) -> str:
        for attempt in range(self.pace.attempts):
            try:
                return self._attempt(connection, parcel)
            except LaterError as later:
                self.ledger.finish(parcel.id, State.WAITING, why=later.why)
                self._halt.set()
                return "later"
            except (RetryError, UnsureError) as failure:
                if not self._pause(attempt, getattr(failure, "after", 0.0)):
                    break
        return State.WAITING.value

    def _attempt(self, connection: Connection[P], parcel: P) -> str:
        """One attempt. The ledger says `sending` from before it begins until it is known how it ended."""
        entry = self.ledger.entry(parcel.id)
        if entry and entry.state == State.SENDING:
            found = self._look(connection, parcel, entry)
            if found:
                return found
        self._need_room_today()
        self.ledger.begin(parcel, self.name)
        try:
            receipt = connection.send(parcel, lambda mark: self.ledger.mark(parcel.id, mark))
        except RetryError as failure:
            self.ledger.finish(parcel.id, State.WAITING, why=failure.why)
            raise
        except RefusedError as refusal:
            self.ledger.finish(parcel.id, State.REFUSED, why=refusal.why)
            return State.REFUSED.value
        except DeliveryError:
            self.ledger.finish(parcel.id, State.WAITING, why="halted")
            raise
        self.ledger.finish(parcel.id, State.SENT, receipt=receipt)
        return State.SENT.value

    def _need_room_today(self) -> None:
        """Raise `LaterError` when the other side takes no more today."""
        with self._lock:
            if self.pace.per_day is not None and self._today >= self.pace.per_day:
                raise LaterError("daily_limit")
            self._today += 1

    def _look(self, connection: Connection[P], parcel: P, entry: Entry) -> str | None:
        """An attempt never ended: what became of it? None when it certainly did not arrive."""
        try:
            receipt = connection.find(parcel, entry.trace)
        except UnsureError as doubt:
            self.ledger.finish(parcel.id, State.UNSURE, why=doubt.why, at=entry.at)
            return State.UNSURE.value
        if receipt is None:
            return None
        self.ledger.finish(parcel.id, State.SENT, receipt=receipt, at=entry.at)
        return State.SENT.value

    def _pause(self, attempt: int, least: float) -> bool:
        """Wait, longer each time; False when the run was stopped or this was the last attempt."""
        if attempt == self.pace.attempts - 1:
            return False
        # Chance spreads the load; it guards nothing.
        longest = min(self.pace.pause * 2**attempt, _LONGEST_PAUSE)
        left = max(least, longest * random.uniform(0.5, 1.0))  # noqa: S311
        while left > 0 and not self._stopped():
            self._halt.wait(min(_LOOK, left))
            left -= _LOOK
        return not self._stopped()

    def _watch(self, parcel: P, outcome: str) -> None:
        """Stop knocking on a door that does not open."""
        with self._lock:
            self._failed = self._failed + 1 if outcome == State.WAITING else 0
            self._refused = self._refused + 1 if outcome == State.REFUSED else 0
            failing = self._failed >= _FAILURES_IN_A_ROW and not self._halt.is_set()
            refusing = self._refused >= _REFUSALS_IN_A_ROW
        if not failing and not refusing:
            return
        entry = self.ledger.entry(parcel.id)
        why = entry.why if entry and entry.why else "no answer"
        if failing:
            raise DeliveryError(
                f"The other side keeps failing: {why}.",
                where=f"channels.{self.name}",
                do="Ask them what is wrong; then give the same command again: it goes on where it stopped.",
            )
        raise DeliveryError(
            f"The other side refuses one after the other: {why}.",
            where=f"channels.{self.name}",
            do="Look at why with 'helder round returns', mend the channel, and go on with --refused resend.",
        )
