"""JSON: one object a line (NDJSON), objects one after another, one array of objects, or a list inside one object.

All are streamed: no more than one record is held. Nested names get dots. Numbers keep their digits as written, but 1234.0 is 1234; `null` is
empty, lists of simple values are parted by ';', lists of objects are numbered: `tests.0.result`. A record that says one
thing twice, or holds an object where a column asks for a value, is bad: to choose would be to change what it says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import TypeAlias

import pyarrow as pa

from helder.domain.errors import SourceError
from helder.sources.canonical import not_text
from helder.sources.json_text import DECODER, LONGEST, TWICE, JsonText, Value, lists, within
from helder.sources.stream import Bad, Batch, Options, Place, Shape, Tell, near_name, text_batch
from helder.sources.text import blocks, known_encoding, sniff_encoding

suffixes = (".json", ".ndjson", ".jsonl")
options = ("encoding", "list")

WIDEST = 4096
"""The most columns."""

Record: TypeAlias = dict[str, str | None]

_ROWS = 8192
_LOOKED_AT = 1000  # records, to find out which columns there are
_LAYOUTS = {
    "lines": "one object a line",
    "objects": "objects one after another",
    "array": "one array of objects",
    "list": "a list inside one object",
}


@dataclass(frozen=True)
class _Fault:
    """Why a record is bad."""

    reason: str


_NOT_JSON = _Fault("not a JSON object")
_LONG = _Fault(f"the record is longer than {LONGEST >> 20} Mi characters")
_BYTES = _Fault("bytes that are not of the file's encoding, a NUL, or half a character")

# Stands in a record for what is not one value. It is half a character, as `TWICE` is: no value of a file is the same object.
_NESTED = "\ud800"
_NO_VALUE = {
    id(_NESTED): "an object where other records have a value",
    id(TWICE): "the same name twice, with two values",
}


def sniff(place: Place, given: Options, wanted: Sequence[str] = ()) -> Shape:
    """State encoding, layout and columns. Options: encoding, list.

    One object alone that holds lists of objects is no record but what surrounds them: the longest list has the records,
    or the one that `list` names (with dots; empty: the object is a record itself).

    The columns are those of the first thousand records, and of later ones until all in `wanted` have been seen.
    """
    told = given.get("encoding")
    encoding, doubts = (known_encoding(str(told), place.name), ()) if told else sniff_encoding(place.path)
    layout, name, others = _structure(place, encoding, given)
    columns: dict[str, None] = {}
    missing = set(wanted)
    for count, (record, _) in enumerate(_records(place, encoding, layout, name), start=1):
        if not isinstance(record, _Fault):
            found = [name for name, value in record.items() if value is not _NESTED]
            columns |= dict.fromkeys(name for name in found if name in columns or _is_text(name))
            missing -= set(found)
        if len(columns) > WIDEST:
            raise SourceError(
                f"The objects have more than {WIDEST} names.", where=place.name, do="Give the list of records itself."
            )
        if count >= _LOOKED_AT and not missing:
            break
    if not columns and name:
        raise _no_list(place, name, _lists(place, encoding))
    if not columns:
        raise SourceError("There is no JSON object in the file.", where=place.name, do="Is the format right?")
    facts = {"encoding": encoding, "layout": _LAYOUTS[layout], "list": name, "other lists": others}
    return Shape(tuple(columns), {about: words for about, words in facts.items() if words}, doubts)


def read(place: Place, shape: Shape, wanted: Sequence[str], tell: Tell) -> Iterator[Batch]:
    """Stream the records. A line that is no object is a bad record; a broken array or object stops the file."""
    layout = next(name for name, words in _LAYOUTS.items() if words == shape.facts["layout"])
    found = _records(place, shape.facts["encoding"], layout, shape.facts.get("list", ""))
    rows: list[list[str | None]] = []
    numbers: list[int] = []
    bad: list[Bad] = []
    for number, (record, done) in enumerate(found, start=1):
        if isinstance(record, _Fault):
            bad.append(Bad(number, record.reason))
        else:
            rows.append([record.get(name) for name in wanted])
            numbers.append(number)
        if number % _ROWS == 0:
            yield _batch(rows, numbers, bad, wanted)
            rows, numbers, bad = [], [], []
            tell(done)
    if numbers or bad:
        yield _batch(rows, numbers, bad, wanted)


def _batch(rows: list[list[str | None]], numbers: list[int], bad: list[Bad], wanted: Sequence[str]) -> Batch:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(wanted)
    try:
        batch = text_batch(columns, wanted, numbers)
        if not any(not_text(column) for column in batch.columns):
            return Batch(batch, pa.array(numbers, pa.int64()), bad)
    except UnicodeEncodeError:  # half a character in one of them, written as an escape or by `_flat`
        pass
    faults = [_fault(row, wanted) for row in rows]
    whole = [fault is None for fault in faults]
    bad = bad + [Bad(number, *fault) for number, fault in zip(numbers, faults, strict=True) if fault]
    return _batch(list(compress(rows, whole)), list(compress(numbers, whole)), bad, wanted)


def _fault(row: Sequence[str | None], wanted: Sequence[str]) -> tuple[str, str] | None:
    """What is wrong with a record and in which column; None: nothing."""
    for name, text in zip(wanted, row, strict=True):
        if text is not None and not _is_text(text):
            return _NO_VALUE.get(id(text), _BYTES.reason), name
    return None


def _is_text(text: str) -> bool:
    try:
        return b"\0" not in text.encode()
    except UnicodeEncodeError:
        return False


def _layout(place: Place, encoding: str) -> str:
    """An array begins with a bracket; of lines, the first is an object by itself."""
    head = ""
    for text, _, last in blocks(place.path, encoding):
        head = (head + text).lstrip(" \t\r\n")
        if head[:1] == "[":
            return "array"
        if "\n" in head or len(head) > LONGEST or last:
            break
    if not head:
        raise SourceError("The file is empty.", where=place.name, do="Ask the sender for the file again.")
    first = head.split("\n", 1)[0]
    return "objects" if first.startswith("{") and isinstance(_decoded(first), _Fault) else "lines"


def _structure(place: Place, encoding: str, given: Options) -> tuple[str, str, str]:
    """The layout, the name of the list that holds the records, and other lists there are; both empty: there is none."""
    layout, name = _layout(place, encoding), str(given.get("list", ""))
    if name and layout == "array":
        raise _no_list(place, name, {})
    found = {} if "list" in given or layout == "array" else _lists(place, encoding)
    longest, *others = [*found] or [name]
    return "list" if longest else layout, longest, ", ".join(f"{one} ({found[one]})" for one in others)


def _lists(place: Place, encoding: str) -> dict[str, int]:
    """The lists of objects in a file that is one object, longest first; none when more follows it."""
    text = JsonText(place, encoding)
    if text.sign() != "{":
        return {}
    try:
        found = lists(text)
    except RecursionError:
        raise text.stopped() from None
    return {} if text.sign() else dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))


def _no_list(place: Place, name: str, found: Mapping[str, int]) -> SourceError:
    return SourceError(
        f"There is no list of objects named '{name}'.", where=place.name, do=near_name(name, list(found))
    )


def _records(place: Place, encoding: str, layout: str, name: str) -> Iterator[tuple[Record | _Fault, int]]:
    """Each record with its names flattened, or its fault; and how many bytes have been read."""
    values = _lines(place, encoding) if layout == "lines" else _values(place, encoding, layout, name)
    for value, done in values:
        yield value if isinstance(value, _Fault) else _flat(value), done


def _lines(place: Place, encoding: str) -> Iterator[tuple[Value | _Fault, int]]:
    """One value a line; blank lines are no records."""
    rest, dropping = "", False
    for text, done, last in blocks(place.path, encoding):
        *lines, rest = (rest + text + ("\n" if last else "")).split("\n")
        for line in lines:
            if not dropping and line.strip():
                yield _decoded(line) if len(line) <= LONGEST else _LONG, done
            dropping = False
        if len(rest) > LONGEST:
            if not dropping:
                yield _LONG, done
            rest, dropping = "", True


def _decoded(line: str) -> Value | _Fault:
    try:
        value: Value = DECODER.decode(line)
        return value
    except (ValueError, RecursionError):
        return _NOT_JSON


def _values(place: Place, encoding: str, layout: str, name: str) -> Iterator[tuple[Value, int]]:
    """The values of an array, of the list of this name, or values one after another; a mistake stops the file."""
    text = JsonText(place, encoding)
    values = within(text, name) if layout == "list" else text.array() if layout == "array" else text.values()
    try:
        for value in values:
            yield value, text.done
    except RecursionError:
        raise text.stopped() from None
    if text.sign():
        raise text.stopped()


def _flat(value: Value) -> Record | _Fault:
    """One record as names and texts."""
    if not isinstance(value, dict):
        return _NOT_JSON
    flat: Record = {}
    try:
        for name, inner in value.items():
            if name not in flat and (inner is None or isinstance(inner, str)):
                flat[name] = inner
            else:
                _flatten(inner, name, flat)
    except RecursionError:
        return _NOT_JSON
    return flat


def _flatten(value: Value, name: str, flat: Record) -> None:
    if isinstance(value, dict):
        _put(_NESTED, name, flat)
        for key, inner in value.items():
            _flatten(inner, f"{name}.{key}", flat)
    elif isinstance(value, list) and any(isinstance(one, dict | list) for one in value):
        _put(_NESTED, name, flat)
        for number, inner in enumerate(value):
            _flatten(inner, f"{name}.{number}", flat)
    elif isinstance(value, list):
        _put(";".join(text for one in value if (text := _text(one)) is not None), name, flat)
    else:
        _put(_text(value), name, flat)


def _put(text: str | None, name: str, flat: Record) -> None:
    """Add a value: that of `a.b` may be there already, when `a` holds a `b` too."""
    flat[name] = text if flat.get(name, text) == text else TWICE


def _text(value: Value) -> str | None:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else None
