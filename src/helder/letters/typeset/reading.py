"""Reads PDF files for verification, by the standard (ISO 32000-1, 7.2 to 7.7) and by nothing that wrote them.

Only what a print file or letter needs: both kinds of cross-reference, object streams, Flate and hexadecimal filters.
Anything else is damage: a file that cannot be read is not handed over.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple, NewType, TypeVar, cast

import numpy as np
from isal import isal_zlib

Name = NewType("Name", str)
_T = TypeVar("_T")


class Ref(NamedTuple):
    """A reference to an object."""

    number: int


class Stream(NamedTuple):
    """A stream: its dictionary and its bytes as they stand in the file."""

    entries: dict[str, Any]
    raw: bytes


class UnreadableError(Exception):
    """The file is not what can be read. Says what is wrong with its structure, nothing of its content."""


_SKIP = rb"(?:[\0\t\n\f\r ]|%[^\r\n]*)*"
_TOKEN = re.compile(
    _SKIP + rb"(?:(?P<ref>\d+)[ \n\r]+\d+[ \n\r]+R(?![A-Za-z])|(?P<real>[+-]?\d*\.\d+|[+-]?\d+\.)|(?P<int>[+-]?\d+)"
    rb"|/(?P<name>[^\0\t\n\f\r ()<>\[\]{}/%]*)|(?P<open><<|\[)|(?P<close>>>|\])|<(?P<hex>[0-9A-Fa-f\s]*)>"
    rb"|(?P<literal>\()|(?P<word>true|false|null|obj|stream|endobj|trailer))"
)
# A dictionary of plain values in one go: half of a print file's objects are such, and there are three a letter.
_FLAT = re.compile(rb"\s*<<((?:/\w+(?:/\w+| \d+ 0 R| \d+(?=[/>])|\([\w -]*\)))*)>>")
_ENTRY = re.compile(rb"/(\w+)(?:/(\w+)| (\d+) 0 R| (\d+)|\(([^()]*)\))")
# As a print file has its pages and what stands on them: a million of each, of which the general way takes five times as long.
_PAGE = re.compile(rb"<</Type/Page/Resources (\d+) 0 R/Parent (\d+) 0 R/DPart \d+ 0 R(?:/Contents (\d+) 0 R)?>>\s*")
_HANDED = ("Resources", "MediaBox", "CropBox", "Rotate")
"""What a page that has none of its own has of the node above it in the tree of pages (7.7.3.4)."""
_BOXES = ("MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox")
_A4 = (0.0, 0.0, 595.276, 841.89)
_OTHERWISE = frozenset({"UserUnit", "AA", "PieceInfo"})
_REFERENCES = re.compile(rb"(\d+ 0 R(?: \d+ 0 R)*+)\]")
_DEFLATED = re.compile(rb"\n<</Filter/FlateDecode/Length (\d+)>>stream\n")
_FLATE = {"Filter": Name("FlateDecode")}
_WORDS = {b"true": True, b"false": False, b"null": None}
_ESCAPES = {ord("n"): 10, ord("r"): 13, ord("t"): 9, ord("b"): 8, ord("f"): 12}


class _End(NamedTuple):
    mark: bytes


def parse(data: bytes, position: int) -> tuple[Any, int]:
    """The object at a position, and the position behind it. Raises `UnreadableError`."""
    flat = _FLAT.match(data, position)
    if flat:
        return {_text(entry[0]): _value(entry) for entry in _ENTRY.findall(flat[1])}, flat.end()
    found = _TOKEN.match(data, position)
    if found is None:
        raise UnreadableError(f"no object at byte {position}")
    kind, after = found.lastgroup, found.end()
    if kind == "ref":
        return Ref(int(found["ref"])), after
    if kind == "int":
        return int(found["int"]), after
    if kind == "real":
        return float(found["real"]), after
    if kind == "name":
        return Name(found["name"].decode("latin-1")), after
    if kind == "open":
        return _container(data, after, found["open"])
    if kind == "close":
        return _End(found["close"]), after
    if kind == "hex":
        return unhexed(found["hex"]), after
    if kind == "literal":
        return literal(data, after)
    word = found["word"]
    return (_WORDS[word] if word in _WORDS else _End(word)), after


def _value(entry: tuple[bytes, ...]) -> Any:
    """The value of a plain entry: name, number of an object, whole number or string, of which one is there."""
    _, name, ref, number, text = entry
    if ref:
        return Ref(int(ref))
    if name:
        return _text(name)
    return int(number) if number else text


@lru_cache(maxsize=4096)
def _text(name: bytes) -> Name:
    return Name(name.decode("latin-1"))


def _container(data: bytes, position: int, opened: bytes) -> tuple[Any, int]:
    items: list[Any] = []
    if opened == b"[" and (plain := _REFERENCES.match(data, position)):
        return [Ref(int(number)) for number in plain[1].split(b" ")[::3]], plain.end()
    while True:
        item, position = parse(data, position)
        if isinstance(item, _End):
            break
        items.append(item)
    if opened == b"[":
        return items, position
    if len(items) % 2:
        raise UnreadableError("a dictionary with a key too many")
    return dict(zip(items[0::2], items[1::2], strict=True)), position


def unhexed(text: bytes) -> bytes:
    """The bytes of a hexadecimal string."""
    digits = b"".join(text.split())
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode())


def literal(data: bytes, position: int) -> tuple[bytes, int]:
    """The bytes of a literal string whose parenthesis has just been opened, and the position behind it."""
    out, depth = bytearray(), 1
    while True:
        if position >= len(data):
            raise UnreadableError("a string without an end")
        byte = data[position]
        position += 1
        if byte == 0x5C:
            octal = re.compile(rb"[0-7]{1,3}").match(data, position)
            if octal:
                out.append(int(octal[0], 8) & 255)
                position = octal.end()
            else:
                if data[position] not in b"\r\n":
                    out.append(_ESCAPES.get(data[position], data[position]))
                position += 1
            continue
        depth += (byte == 0x28) - (byte == 0x29)
        if depth == 0:
            return bytes(out), position
        out.append(byte)


class Pdf:
    """A PDF file in memory."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._offsets: dict[int, int] = {}
        self._inside: dict[int, tuple[int, int]] = {}
        self._holders: dict[int, list[tuple[int, bytes]]] = {}
        self._made: dict[tuple[int, Callable[..., Any]], Any] = {}
        tail = data.rfind(b"startxref")
        if not data.startswith(b"%PDF-") or tail < 0 or not data.rstrip().endswith(b"%%EOF"):
            raise UnreadableError("not a whole PDF file")
        start, _ = parse(data, tail + len(b"startxref"))
        self.trailer = self._cross_reference(start)

    def get(self, thing: Any) -> Any:
        """What a reference refers to; anything else as it is. Raises `UnreadableError`."""
        while isinstance(thing, Ref):
            thing = self._object(thing.number)
        return thing

    def once(self, thing: Any, make: Callable[[Pdf, Any], _T]) -> _T:
        """What `make` makes of an object, worked out once for each that is referred to. Raises `UnreadableError`."""
        if not isinstance(thing, Ref):
            return make(self, thing)
        key = thing.number, make
        if key not in self._made:
            self._made[key] = make(self, self.get(thing))
        return cast(_T, self._made[key])

    def decoded(self, stream: Stream) -> bytes:
        """The bytes of a stream behind its filters. Raises `UnreadableError`."""
        if stream.entries is _FLATE:
            return inflate(stream.raw)
        filters = self.get(stream.entries.get("Filter", []))
        data = stream.raw
        for filter_name in filters if isinstance(filters, list) else [filters]:
            if filter_name == "FlateDecode":
                data = inflate(data)
            elif filter_name == "ASCIIHexDecode":
                data = unhexed(data.rstrip().rstrip(b">"))
            else:
                raise UnreadableError(f"the filter {filter_name}")
        parameters = self.get(stream.entries.get("DecodeParms")) or {}
        return _unpredicted(data, parameters) if parameters.get("Predictor", 1) > 1 else data

    def pages(self) -> list[tuple[int, dict[str, Any]]]:
        """The pages in their order, each with the number of its object and with what it has of the nodes above it."""
        root = self.get(self.trailer["Root"])
        found: list[tuple[int, dict[str, Any]]] = []
        self._leaves(root["Pages"], None, {}, found)
        if len(found) != self.get(root["Pages"]).get("Count"):
            raise UnreadableError("the count of pages is not the number of pages")
        return found

    def _leaves(
        self, ref: Ref, above: Ref | None, handed: Mapping[str, Any], found: list[tuple[int, dict[str, Any]]]
    ) -> None:
        own = self.get(ref)
        if own.get("Parent") != above:
            raise UnreadableError("a page whose node is another than the one that holds it")
        node = {**handed, **own}
        if own.get("Type") == "Page":
            self._shown_whole(node)
            found.append((ref.number, node))
            return
        handed = {name: node[name] for name in _HANDED if name in node}
        whole = False
        for kid in own["Kids"]:
            page = _PAGE.fullmatch(self.source(kid.number)) if kid.number in self._inside else None
            if page is None or int(page[2]) != ref.number:
                self._leaves(kid, ref, handed, found)
                continue
            if not whole:
                self._shown_whole(handed)
                whole = True
            resources, _, contents = page.groups()
            entries = {"Resources": Ref(int(resources))}
            if contents:
                entries["Contents"] = Ref(int(contents))
            found.append((kid.number, entries))

    def _shown_whole(self, page: Mapping[str, Any]) -> None:
        """Raises `UnreadableError` for pages that a reader sees otherwise than their contents say: turned, cropped, noted on."""
        odd = _OTHERWISE & page.keys() or self.get(page.get("Rotate", 0)) != 0
        cropped = "MediaBox" not in page or not all(self.is_a4(page[box]) for box in _BOXES if box in page)
        notes = [self.get(note) for note in self.get(page.get("Annots", []))]
        # A link leads somewhere and shows nothing; every other note may bring words of its own.
        if odd or cropped or any(note.get("Subtype") != "Link" or "AP" in note for note in notes):
            raise UnreadableError("a page that is turned, cropped or has notes on it")

    def is_a4(self, box: Any) -> bool:
        """Whether a rectangle is a whole sheet of A4, upright and with its lower left corner where places are counted from."""
        sides = [self.get(side) for side in self.get(box)]
        return len(sides) == 4 and all(abs(side - right) < 0.01 for side, right in zip(sides, _A4, strict=True))

    def _object(self, number: int) -> Any:
        if number in self._inside:
            return parse(self.source(number), 0)[0]
        if number not in self._offsets:
            raise UnreadableError(f"object {number} is missing")
        return self._at(self._offsets[number], number)

    def source(self, number: int) -> bytes:
        """The bytes of an object that stands in an object stream. Raises `UnreadableError`."""
        holder, index = self._inside.get(number, (0, 0))
        if holder not in self._holders:
            self._holders[holder] = self._held(holder)
        held = self._holders[holder]
        if index >= len(held) or held[index][0] != number:
            raise UnreadableError(f"object {number} is not where it should be")
        return held[index][1]

    def _at(self, offset: int, number: int) -> Any:
        head = b"%d 0 obj" % number
        if not self._data.startswith(head, offset):
            raise UnreadableError(f"object {number} is not where it should be")
        plain = _DEFLATED.match(self._data, offset + len(head))
        if plain:
            return self._stream(_FLATE, number, plain.end(), int(plain[1]))
        thing, position = parse(self._data, offset + len(head))
        if isinstance(thing, dict) and "Length" in thing:
            begin = self._data.find(b"stream", position) + len(b"stream")
            begin += 2 if self._data.startswith(b"\r\n", begin) else 1
            return self._stream(thing, number, begin, self.get(thing["Length"]))
        return thing

    def _stream(self, entries: dict[str, Any], number: int, begin: int, length: int) -> Stream:
        end = begin + length
        if not self._data[end : end + 12].lstrip().startswith(b"endstream"):
            raise UnreadableError(f"stream {number} does not have its length")
        return Stream(entries, self._data[begin:end])

    def _held(self, holder: int) -> list[tuple[int, bytes]]:
        stream = self._at(self._offsets[holder], holder)
        data, first = self.decoded(stream), stream.entries["First"]
        head = list(map(int, data[:first].split()))
        starts = [first + offset for offset in head[1::2]]
        return [
            (number, data[start:end])
            for number, start, end in zip(head[0::2], starts, [*starts[1:], len(data)], strict=True)
        ]

    def _cross_reference(self, start: int) -> dict[str, Any]:
        if self._data.startswith(b"xref", start):
            return self._table(start)
        number, _ = parse(self._data, start)
        stream = self._at(start, number)
        if stream.entries.get("Type") != "XRef":
            raise UnreadableError("no cross-reference")
        self._rows(self.decoded(stream), stream.entries)
        return dict(stream.entries)

    def _rows(self, data: bytes, entries: dict[str, Any]) -> None:
        widths = entries["W"]
        table = np.frombuffer(data, np.uint8).reshape(-1, sum(widths)).astype(np.int64)
        columns, place = [], 0
        for width in widths:
            value = np.zeros(len(table), np.int64)
            for byte in range(place, place + width):
                value = value << 8 | table[:, byte]
            columns.append(value.tolist())
            place += width
        numbers: list[int] = []
        index = entries.get("Index", [0, entries["Size"]])
        for first, count in zip(index[0::2], index[1::2], strict=True):
            numbers += range(first, first + count)
        for number, kind, where, which in zip(numbers, *columns, strict=True):
            if kind == 1:
                self._offsets[number] = where
            elif kind == 2:
                self._inside[number] = (where, which)

    def _table(self, start: int) -> dict[str, Any]:
        position = start + len(b"xref")
        while True:
            first, after = parse(self._data, position)
            if isinstance(first, _End):
                trailer: dict[str, Any] = parse(self._data, after)[0]
                return trailer
            count, position = parse(self._data, after)
            for number in range(first, first + count):
                offset, after = parse(self._data, position)
                _, after = parse(self._data, after)
                kind = self._data[after : after + 2].strip()
                position = after + 2
                if kind == b"n":
                    self._offsets[number] = offset


def inflate(data: bytes) -> bytes:
    """Deflated bytes. Raises `UnreadableError` when they are damaged (the checksum of zlib, RFC 1950)."""
    unpacker = isal_zlib.decompressobj()
    try:
        out: bytes = unpacker.decompress(data)
    except isal_zlib.IsalError:  # type: ignore[misc]  # its stub calls it no class
        raise UnreadableError("a stream is damaged") from None
    # A zero byte may stand behind data that end in a carriage return.
    if not unpacker.eof or unpacker.unused_data not in (b"", b"\0"):
        raise UnreadableError("a stream is longer or shorter than its data")
    return out


def _unpredicted(data: bytes, parameters: dict[str, Any]) -> bytes:
    """Undo the PNG predictor "up", the only one that is met."""
    columns = parameters["Columns"]
    rows = np.frombuffer(data, np.uint8).reshape(-1, columns + 1)
    if not (rows[:, 0] == 2).all():
        raise UnreadableError("another predictor")
    return np.cumsum(rows[:, 1:], axis=0, dtype=np.uint8).tobytes()
