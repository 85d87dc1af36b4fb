"""Arrow values of any type as canonical text: the same value gives the same text, whichever format it came from.

Whole numbers have no point (1234, not 1234.0), dates are ISO 8601 (a midnight is only its date), truth is `true` or
`false`, lists of simple values are parted by ';'. Text stays as it is, leading zeros included.
"""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.types as pt

NOT_TEXT = "\0"
"""Stands for bytes that are not text; a record with it in a value is bad."""


def as_text(values: pa.Array) -> pa.Array | None:
    """Values as text; None when their type has no text (nested values)."""
    if pt.is_string(values.type):
        return values
    if pt.is_dictionary(values.type):
        return as_text(values.dictionary_decode())
    if pt.is_large_string(values.type) or pt.is_string_view(values.type) or pt.is_integer(values.type):
        return values.cast(pa.string())
    if pt.is_boolean(values.type) or pt.is_date32(values.type) or pt.is_null(values.type):
        return values.cast(pa.string())
    if pt.is_floating(values.type) or pt.is_decimal(values.type):
        return _number(values)
    if pt.is_date64(values.type):
        return values.cast(pa.date32()).cast(pa.string())
    if pt.is_timestamp(values.type) or pt.is_time(values.type):
        return _moment(values)
    if pt.is_binary(values.type) or pt.is_large_binary(values.type) or pt.is_fixed_size_binary(values.type):
        return pa.array([_decoded(value) for value in values.to_pylist()], pa.string())
    if pt.is_list(values.type) or pt.is_large_list(values.type):
        return _list(values)
    return None


def not_text(values: pa.Array) -> list[int]:
    """Positions of texts that are not UTF-8, that came from bytes that were not, or that hold NUL bytes."""
    try:
        values.validate(full=True)
    except pa.ArrowInvalid:
        values = pa.array([_decoded(value) for value in values.cast(pa.binary()).to_pylist()], pa.string())
    found: list[int] = pc.indices_nonzero(pc.fill_null(pc.match_substring(values, NOT_TEXT), False)).to_pylist()
    return found


def tidy_moments(text: pa.Array) -> pa.Array:
    """Moments and times without needless zeros: a midnight is only its date; there is a 'T' before a time."""
    text = pc.replace_substring_regex(text, r"\.0+$", "")
    text = pc.replace_substring_regex(text, r"(\.[0-9]*?)0+$", r"\1")
    text = pc.replace_substring_regex(text, r"^(\S+) 00:00:00$", r"\1")
    return pc.replace_substring_regex(text, r"^(\S+) ", r"\1T")


def plain_number(text: str) -> str:
    """The text of a number without a meaningless fraction: 1234.0 and 1.234e3 are 1234."""
    number = float(text)
    if not number.is_integer() or abs(number) >= 2**53 or text.lstrip("-").isdigit():
        return text
    return str(int(number)) if Decimal(text) == int(number) else text  # 0.99999999999999999999 is not 1


def _number(values: pa.Array) -> pa.Array:
    text = values.cast(pa.float64() if pt.is_float16(values.type) else values.type).cast(pa.string())
    if pt.is_decimal(values.type):
        return pc.replace_substring_regex(pc.replace_substring_regex(text, r"(\.[0-9]*?)0+$", r"\1"), r"\.$", "")
    odd = pc.match_substring_regex(text, r"\.0$|e")
    if not pc.any(odd).as_py():
        return text
    return pa.array([None if one is None else plain_number(one) for one in text.to_pylist()], pa.string())


def _moment(values: pa.Array) -> pa.Array:
    """ISO 8601 with 'T', in the local time of its zone, fractions of a second only where there are any."""
    if pt.is_timestamp(values.type) and values.type.tz:
        try:
            values = pc.local_timestamp(values)
        except pa.ArrowInvalid:  # this machine does not know the zone
            values = values.cast(pa.timestamp(values.type.unit))
    return tidy_moments(pc.replace_substring_regex(values.cast(pa.string()), "^<.*", "out-of-range"))


def _decoded(value: bytes | None) -> str | None:
    if value is None:
        return None
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return NOT_TEXT


def _list(values: pa.Array) -> pa.Array | None:
    inner = as_text(values.flatten())
    if inner is None:
        return None
    lists = _lists(inner, pc.fill_null(pc.list_value_length(values), 0), values.is_null())
    if inner.null_count:  # an empty place in a list says nothing; joining would make all of the list empty
        lists = _without_nulls(lists)
    return pc.binary_join(lists, ";")


def _without_nulls(lists: pa.ListArray) -> pa.ListArray:
    inner = lists.flatten()
    there = pc.is_valid(inner)
    counts = _lists(there.cast(pa.int32()), pc.fill_null(lists.value_lengths(), 0), lists.is_null())
    lengths = [sum(one or ()) for one in counts.to_pylist()]
    return _lists(inner.filter(there), pa.array(lengths, pa.int32()), lists.is_null())


def _lists(inner: pa.Array, lengths: pa.Array, empty: pa.Array) -> pa.ListArray:
    """Values as lists of these lengths, where not empty."""
    offsets = pa.concat_arrays([pa.array([0], pa.int32()), pc.cumulative_sum(lengths.cast(pa.int32()))])
    return pa.ListArray.from_arrays(offsets, inner, mask=empty)
