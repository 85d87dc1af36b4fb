"""PDF objects as bytes (ISO 32000-1, 7.3 and 7.5): streams, object streams and the table of where objects are."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from isal import isal_zlib
from numpy.typing import NDArray

HEADER = b"%%PDF-%b\n%%\xe2\xe3\xcf\xd3\n"


def stream(entries: bytes, data: bytes) -> bytes:
    """A stream object with these dictionary entries besides its length.

    Data that end in a carriage return get a zero byte: before `endstream` the return would be taken for the end of line.
    """
    data = whole(data)
    return b"<<%b/Length %d>>stream\n%b\nendstream" % (entries, len(data), data)


def whole(data: bytes) -> bytes:
    """Data that do not end in a carriage return. Deflated data may be followed by anything."""
    return data + b"\0" if data.endswith(b"\r") else data


def deflate(data: bytes) -> bytes:
    """Deflated fast, for what is made a million times and kept; never ends in a carriage return.

    ISA-L chooses its code by what the processor has, so another machine may deflate to other bytes.
    """
    return whole(isal_zlib.compress(data, 1))


def object_stream(objects: Sequence[tuple[int, bytes]], deflater: Callable[[bytes], bytes] = zlib.compress) -> bytes:
    """Objects that are not streams, together in one (7.5.7); `deflate` for what is kept and never made again."""
    heads, position = [], 0
    for number, body in objects:
        heads.append(b"%d %d" % (number, position))
        position += len(body) + 1
    head = b" ".join(heads) + b"\n"
    data = deflater(head + b"\n".join(body for _, body in objects))
    return stream(b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(objects), len(head)), data)


def cross_reference(
    offsets: NDArray[np.int64], inside: Mapping[int, tuple[int, int]], trailer: bytes, number: int, start: int
) -> bytes:
    """The cross-reference stream (7.5.8), object `number` at byte `start`, and the end of the file.

    `offsets` holds the place of each object, 0 for none; `inside` the object stream and index of those that are in one.
    """
    size = number + 1
    fields = np.zeros((size, 3), np.int64)
    fields[: len(offsets), 1] = offsets
    fields[:, 0] = fields[:, 1] > 0
    for of, (holder, index) in inside.items():
        fields[of] = (2, holder, index)
    fields[0] = (0, 0, 65535)
    fields[number] = (1, start, 0)
    rows = np.zeros((size, 7), np.uint8)
    rows[:, 0] = fields[:, 0]
    for byte in range(4):
        rows[:, 1 + byte] = fields[:, 1] >> 8 * (3 - byte) & 255
    rows[:, 5], rows[:, 6] = fields[:, 2] >> 8 & 255, fields[:, 2] & 255
    # The PNG predictor "up": neighbouring rows are nearly the same.
    differences = rows.copy()
    differences[1:] -= rows[:-1]
    predicted = np.concatenate([np.full((size, 1), 2, np.uint8), differences], axis=1)
    data = zlib.compress(predicted.tobytes(), 6)
    entries = b"/Type/XRef/Size %d/W[1 4 2]%b/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 7>>" % (
        size,
        trailer,
    )
    return b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (number, stream(entries, data), start)
