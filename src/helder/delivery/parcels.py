"""What is handed to a channel: a print file with thousands of letters, or one letter to one person."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from helder.domain.errors import DeliveryError

_PIECE = 1 << 20


class Readable(Protocol):
    """An opened print file: read from any place, then closed."""

    def read(self, size: int = -1, /) -> bytes:
        """Up to `size` bytes."""

    def seek(self, offset: int, /) -> int:
        """Go there."""

    def close(self) -> None:
        """Done."""


@dataclass(frozen=True)
class Parcel:
    """One thing to hand over. `id` names it for ever, `digest` says what it is; neither says anything about a person.

    For a print file they are its name and SHA-256; for a letter its reference and the hash of what it says.
    """

    id: str
    digest: str


@dataclass(frozen=True)
class FileParcel(Parcel):
    """A print file of `size` bytes, opened (through its seal) when it leaves."""

    size: int
    open: Callable[[], Readable] = field(repr=False)


@dataclass(frozen=True)
class Message(Parcel):
    """One letter to one person: where to, in which language, its text, and the letter as PDF when asked for.

    `to` is an e-mail address or telephone number; empty for a letter by post, whose PDF has the address.
    """

    to: str = field(repr=False)
    language: str
    text: str = field(repr=False)
    pdf: Callable[[], bytes] | None = field(default=None, repr=False)


def need_unaltered(parcel: FileParcel) -> None:
    """Read a print file through and compare it with its digest; raises `DeliveryError` when it is another."""
    found, size = hashlib.sha256(), 0
    file = parcel.open()
    try:
        while piece := file.read(_PIECE):
            found.update(piece)
            size += len(piece)
    finally:
        file.close()
    if (found.hexdigest(), size) != (parcel.digest, parcel.size):
        raise DeliveryError(
            "A print file is not the one that was approved.",
            where=parcel.id,
            do="Nothing of it was sent. Produce and approve the round again.",
        )
