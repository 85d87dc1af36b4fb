"""Made-up print files, and print files that go wrong at a chosen moment."""

from __future__ import annotations

import hashlib
import io
import random
from collections.abc import Callable

from helder.delivery.parcels import FileParcel, Message


def content(size: int, seed: int = 1) -> bytes:
    """Bytes that do not repeat."""
    return random.Random(seed).randbytes(size)


def print_file(name: str, data: bytes, on_read: Callable[[int], None] | None = None) -> FileParcel:
    """A print file of these bytes. `on_read` is told of the position before each read, once it is being sent."""
    opened = []

    class Watched(io.BytesIO):
        def read(self, size=-1, /):
            if on_read and len(opened) > 1:
                on_read(self.tell())
            return super().read(size)

    def open_it():
        opened.append(True)
        return Watched(data)

    return FileParcel(name, hashlib.sha256(data).hexdigest(), len(data), open_it)


def message(
    reference: str, *, to: str = "", text: str = "Tekst.", pdf: bytes | None = None, language: str = "nl"
) -> Message:
    """One letter to a made-up person."""
    return Message(reference, "hash", to, language, text, (lambda: pdf) if pdf is not None else None)
