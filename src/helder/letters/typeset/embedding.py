"""Takes a page of another PDF over as it is, with its own fonts: for letters that the letter font's subset cannot set.

Objects are put from the inside out, so what is the same in many pages (a font of letters in one language) is put with the same
bytes each time, and `put` may keep one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import pikepdf

from helder.letters.typeset.objects import stream

Put = Callable[[bytes], int]


def embed(page: pikepdf.Page, put: Put, fonts: bytes) -> tuple[bytes, int]:
    """The operators of a page, and the number of its resources, whose objects are put into the file.

    `fonts` are entries of a font dictionary that go along, for what is written on the page besides.
    """
    copier = _Copier(put)
    contents = page.Contents
    parts = contents if isinstance(contents, pikepdf.Array) else [contents]
    operators = b"\n".join(part.read_bytes() for part in parts)
    own = {key: value for key, value in page.Resources.items() if key != "/Font"}
    shared = b"/Font<<%b%b>>" % (fonts, copier.entries(page.Resources.get("/Font", {}).items()))
    # The page's own state must not touch what is printed after it.
    return b"q\n" + operators + b"\nQ\n", put(b"<<%b%b>>" % (shared, copier.entries(own.items())))


class _Copier:
    def __init__(self, put: Put) -> None:
        self._put = put
        self._numbers: dict[tuple[int, int], int] = {}

    def body(self, thing: Any) -> bytes:
        """A direct object with everything that it refers to."""
        if isinstance(thing, pikepdf.Stream):
            return self._stream(thing)
        if isinstance(thing, pikepdf.Dictionary):
            return b"<<" + self.entries(thing.items()) + b">>"
        if isinstance(thing, pikepdf.Array):
            return b"[" + b" ".join(self._value(value) for value in thing) + b"]"
        return pikepdf.Object.unparse(thing) if isinstance(thing, pikepdf.Object) else _plain(thing)

    def entries(self, items: Iterable[tuple[str, Any]]) -> bytes:
        """The inside of a dictionary, in the order of its keys."""
        return b"".join(b"%b %b" % (key.encode(), self._value(value)) for key, value in sorted(items))

    def _stream(self, thing: pikepdf.Stream) -> bytes:
        kept = ((key, value) for key, value in thing.stream_dict.items() if key != "/Length")
        return stream(self.entries(kept), thing.read_raw_bytes())

    def _value(self, value: Any) -> bytes:
        if isinstance(value, pikepdf.Object) and value.is_indirect:
            if value.objgen not in self._numbers:
                self._numbers[value.objgen] = self._put(self.body(value))
            return b"%d 0 R" % self._numbers[value.objgen]
        return self.body(value)


def _plain(value: Any) -> bytes:
    if isinstance(value, bool):
        return b"true" if value else b"false"
    return str(value).encode()
