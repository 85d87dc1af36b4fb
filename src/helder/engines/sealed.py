"""Sealed files as file objects: written from begin to end, read at random; never held whole in memory."""

from __future__ import annotations

import io
import os
import threading
from collections import OrderedDict
from pathlib import Path
from typing import Any

from helder.engines.sealing import FIRST, HEADER_BYTES, NONCE_BYTES, Layout, Sealer, place_of

_CACHED_CHUNKS = 8


class SealedReader(io.RawIOBase):
    """A sealed file opened for reading.

    Each thread has its own position, because DuckDB seeks and reads from several threads at once.
    """

    def __init__(self, path: Path, sealer: Sealer) -> None:
        super().__init__()
        self._where = str(path)
        self._sealer = sealer
        self._local = threading.local()
        self._lock = threading.Lock()
        self._cache: OrderedDict[int, bytes] = OrderedDict()
        self._descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            self._header = os.pread(self._descriptor, HEADER_BYTES, 0)
            chunk = sealer.check_header(self._header, self._where)
            self._layout = Layout.of(chunk, os.fstat(self._descriptor).st_size, self._where)
            self._chunk(self._layout.chunks - 1)  # opens only as the last one: nothing was cut off
        except BaseException:
            self.close()
            raise

    @property
    def size(self) -> int:
        """Length of the plaintext in bytes."""
        return self._layout.plain

    def readable(self) -> bool:
        """True."""
        return True

    def seekable(self) -> bool:
        """True."""
        return True

    def tell(self) -> int:
        """This thread's position."""
        position: int = getattr(self._local, "position", 0)
        return position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        """Move this thread's position."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self.tell(), io.SEEK_END: self.size}[whence]
        if start + offset < 0:
            raise ValueError("negative position")
        self._local.position = start + offset
        return start + offset

    def read(self, size: int | None = -1, /) -> bytes:
        """Up to `size` bytes from this thread's position; all the rest when negative or None."""
        start = self.tell()
        stop = self.size if size is None or size < 0 else min(start + size, self.size)
        pieces = []
        position = start
        while position < stop:
            index, skip = divmod(position, self._layout.chunk)
            piece = self._chunk(index)[skip : skip + stop - position]
            pieces.append(piece)
            position += len(piece)
        self._local.position = position
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def readall(self) -> bytes:
        """All bytes from this thread's position."""
        return self.read(-1)

    def readinto(self, buffer: Any, /) -> int:
        """Fill `buffer`; returns how many bytes were read."""
        view = memoryview(buffer).cast("B")
        data = self.read(len(view))
        view[: len(data)] = data
        return len(data)

    def close(self) -> None:
        """Close the file and forget its plaintext."""
        if not self.closed:
            os.close(self._descriptor)
            self._cache.clear()
        super().close()

    def _chunk(self, index: int) -> bytes:
        with self._lock:
            if index in self._cache:
                self._cache.move_to_end(index)
                return self._cache[index]
        offset, length = self._layout.span(index)
        record = os.pread(self._descriptor, length, offset)
        before = os.pread(self._descriptor, NONCE_BYTES, self._layout.span(index - 1)[0]) if index else FIRST
        place = place_of(self._header, index, index == self._layout.chunks - 1, before)
        plain = self._sealer.open(place, record, self._where)
        with self._lock:
            self._cache[index] = plain
            if len(self._cache) > _CACHED_CHUNKS:
                self._cache.popitem(last=False)
        return plain


class SealedWriter(io.RawIOBase):
    """A sealed file being written. It can be read only once `close` has written its last chunk."""

    def __init__(self, path: Path, sealer: Sealer) -> None:
        super().__init__()
        self._path = path
        self._sealer = sealer
        self._pending = bytearray()
        self._index = 0
        self._before = FIRST
        self._position = 0
        self._file = path.open("wb", buffering=0)
        self._file.write(sealer.header)

    def writable(self) -> bool:
        """True."""
        return True

    def tell(self) -> int:
        """Bytes written so far."""
        return self._position

    def write(self, data: Any, /) -> int:
        """Append bytes; chunks are sealed as they fill up."""
        view = memoryview(data).cast("B")
        self._position += len(view)
        taken = 0
        # A chunk that is just full is kept back: it may be the last.
        while len(self._pending) + len(view) - taken > self._sealer.chunk:
            room = self._sealer.chunk - len(self._pending)
            self._pending += view[taken : taken + room]
            taken += room
            self._put(last=False)
        self._pending += view[taken:]
        return len(view)

    def close(self) -> None:
        """Seal the last chunk, force all to the disk and close."""
        if not self.closed and not self._file.closed:
            try:
                self._put(last=True)
                os.fsync(self._file.fileno())
            finally:
                self._file.close()
        super().close()

    def abort(self) -> None:
        """Close without the last chunk and remove the file."""
        self._file.close()
        self._path.unlink(missing_ok=True)
        self.close()

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        if kind is None:
            self.close()
        else:
            self.abort()

    def __del__(self) -> None:
        # Forgotten, not closed: leave it unfinished, so that it is seen as damaged.
        if hasattr(self, "_file"):
            self._file.close()

    def _put(self, last: bool) -> None:
        record = memoryview(self._sealer.seal(self._index, last, self._before, self._pending))
        self._before = bytes(record[:NONCE_BYTES])
        while record:
            record = record[self._file.write(record) :]
        self._index += 1
        self._pending.clear()
