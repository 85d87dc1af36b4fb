"""What can become of one attempt, and what a channel must be able to do."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import NamedTuple, Protocol, TypeVar

from helder.delivery.parcels import Parcel

P_contra = TypeVar("P_contra", bound=Parcel, contravariant=True)
P = TypeVar("P", bound=Parcel)
Mark = Callable[[str], None]


class OutcomeError(Exception):
    """How an attempt ended. `why` is a word such as 'timeout': it is kept and shown, so it holds nothing about a person."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class RetryError(OutcomeError):
    """Certainly not accepted; may succeed in `after` seconds or more."""

    def __init__(self, why: str, after: float = 0.0) -> None:
        super().__init__(why)
        self.after = after


class UnsureError(OutcomeError):
    """The other side may have accepted it and may not."""


class RefusedError(OutcomeError):
    """Certainly not accepted, and never will be."""


class LaterError(OutcomeError):
    """Certainly not accepted; the other side takes nothing more today."""


class Trace(NamedTuple):
    """What the ledger knows of an attempt that never ended: how far it came (`mark`), and when it began (UTC)."""

    mark: str
    at: dt.datetime


class Connection(Protocol[P_contra]):
    """One line to the other side, used by one thread. Opens itself at first use and again after a failure."""

    def send(self, parcel: P_contra, mark: Mark) -> str:
        """Hand it over and give the other side's receipt. `mark` is called before the step that cannot be undone.

        Raises `RetryError`, `UnsureError`, `RefusedError`, `LaterError`; `DeliveryError` when all must stop.
        """

    def find(self, parcel: P_contra, trace: Trace) -> str | None:
        """After an attempt that never ended: the receipt, or None when it certainly did not arrive.

        Raises `UnsureError` when the channel cannot know, `RetryError` when it could not ask.
        """

    def close(self) -> None:
        """Hang up."""


class Channel(Protocol[P_contra]):
    """A way for letters to leave."""

    def connect(self) -> Connection[P_contra]:
        """A line of its own for each thread."""
