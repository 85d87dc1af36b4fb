"""A JSON text that is too long to hold: its values one after another, those of an array, and the lists inside an object."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import TypeAlias

from helder.domain.errors import SourceError
from helder.sources.canonical import plain_number
from helder.sources.stream import Place
from helder.sources.text import blocks

LONGEST = 4 << 20
"""The longest record, in characters."""

Value: TypeAlias = "str | bool | list[Value] | dict[str, Value] | None"

# Stands where a name has two values. It is half a character, so no value of a file is the same object.
TWICE = "\udc00"

_SPACE = re.compile(r"[ \t\r\n]*")


def _object(pairs: list[tuple[str, Value]]) -> dict[str, Value]:
    """An object of JSON; a name that has two values has none."""
    made = dict(pairs)
    if len(made) < len(pairs):
        values = dict(reversed(pairs))
        made |= {name: TWICE for name, value in pairs if value != values[name]}
    return made


DECODER = json.JSONDecoder(
    parse_int=str, parse_float=plain_number, parse_constant=lambda word: None, object_pairs_hook=_object
)


class JsonText:
    """A place in a text that is read on block by block; `done` is how many bytes have been read.

    A mistake raises `SourceError`: there is no safe place to go on after it.
    """

    def __init__(self, place: Place, encoding: str) -> None:
        self.done = 0
        self._name = place.name
        self._blocks = blocks(place.path, encoding)
        self._text, self._at, self._last = "", 0, False
        self._records = 0

    def sign(self) -> str:
        """The next sign that is no space; empty at the end."""
        while True:
            space = _SPACE.match(self._text, self._at)
            self._at = space.end() if space else self._at
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def take(self, signs: str) -> str:
        """The next sign, which must be one of these."""
        sign = self.sign()
        if not sign or sign not in signs:
            raise self.stopped()
        self._at += 1
        return sign

    def value(self) -> Value:
        """The value that begins here, held whole."""
        while self.sign():
            try:
                value: Value
                value, end = DECODER.raw_decode(self._text, self._at)
            except (ValueError, RecursionError):
                whole = False
            else:
                # 12 may be the beginning of 123.
                whole = end < len(self._text) or self._last or self._text[self._at] in '{["'
            if whole:
                self._at = end
                return value
            if len(self._text) - self._at > LONGEST or not self._more():
                break
        raise self.stopped()

    def values(self) -> Iterator[Value]:
        """Every value up to the end of the text."""
        while self.sign():
            yield self._record()

    def array(self) -> Iterator[Value]:
        """Each value of the array that begins here."""
        for _ in self._each("[", "]"):
            yield self._record()

    def names(self) -> Iterator[str]:
        """Each name of the object that begins here; whoever asks takes the value before the next."""
        for _ in self._each("{", "}"):
            if self.sign() != '"':
                raise self.stopped()
            name = self.value()
            self.take(":")
            yield str(name)

    def _each(self, begins: str, ends: str) -> Iterator[None]:
        """Once at each part of what begins here, which is taken before the next."""
        self.take(begins)
        if self.sign() == ends:
            self.take(ends)
            return
        yield
        while self.take(f",{ends}") == ",":
            yield

    def _record(self) -> Value:
        value = self.value()
        self._records += 1
        return value

    def stopped(self) -> SourceError:
        """The error that stops the file here."""
        return SourceError(
            "This is not JSON as it should be, or it is not whole.",
            where=f"{self._name}, after record {self._records}",
            do="Compare its size and checksum with the sender's; ask for one object a line.",
        )

    def _more(self) -> bool:
        if self._last:
            return False
        text, self.done, self._last = next(self._blocks)
        self._text, self._at = self._text[self._at :] + text, 0
        return True


def lists(text: JsonText, inside: str = "") -> Counter[str]:
    """The lists inside the object that begins here, by their names with dots, and how many objects each holds."""
    found: Counter[str] = Counter()
    for name in text.names():
        path = f"{inside}.{name}" if inside else name
        if text.sign() == "{":
            found += lists(text, path)
        elif text.sign() == "[":
            found[path] += sum(isinstance(one, dict) for one in text.array())
        else:
            text.value()
    return +found


def within(text: JsonText, path: str, inside: str = "") -> Iterator[Value]:
    """Each value of the list of this name inside the object that begins here."""
    for name in text.names():
        here = f"{inside}.{name}" if inside else name
        if here == path and text.sign() == "[":
            yield from text.array()
        elif path.startswith(f"{here}.") and text.sign() == "{":
            yield from within(text, path, here)
        else:
            _pass(text)


def _pass(text: JsonText) -> None:
    if text.sign() == "{":
        for _ in text.names():
            _pass(text)
    elif text.sign() == "[":
        for _ in text.array():
            pass
    else:
        text.value()
