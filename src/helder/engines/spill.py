"""Where DuckDB puts what does not fit in memory: nameless files, encrypted under a key that dies with the process.

DuckDB's own `temp_file_encryption` needs the `httpfs` extension, which cannot be had everywhere, so its
temporary folder is this file system instead (docs/adr/0002-encrypted-spill.md). Files have no name on the
disk: after a crash the system takes them back by itself.
"""

from __future__ import annotations

import io
import os
import secrets
import tempfile
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from fsspec.spec import AbstractFileSystem

from helder.domain.errors import EngineError, StorageError
from helder.engines.failures import Failures

PROTOCOL = "spill"
SPILL_VARIABLE = "HELDER_SPILL_DIR"
_TAG = 16


def spill_folder() -> Path:
    """HELDER_SPILL_DIR, else the system's place for large temporary files."""
    chosen = os.environ.get(SPILL_VARIABLE)
    folder = Path(chosen or "/var/tmp")  # noqa: S108 (only nameless, encrypted files are put there)
    if folder.is_dir():
        return folder
    if chosen:
        raise EngineError("The folder for spilling does not exist.", where=SPILL_VARIABLE, do=f"mkdir {chosen}")
    return Path(tempfile.gettempdir())


class SpillFile(io.RawIOBase):
    """One temporary file. What is read must be what was written there in one go, as DuckDB's blocks are."""

    def __init__(self, folder: Path, cipher: AESGCM, numbers: Callable[[], int], failures: Failures):
        super().__init__()
        self._file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 (closed by close)
        self._cipher = cipher
        self._numbers = numbers
        self._failures = failures
        self._local = threading.local()
        self._blocks: dict[int, tuple[int, bytes, bytes]] = {}  # offset -> length, nonce, tag

    def readable(self) -> bool:
        """True."""
        return True

    def writable(self) -> bool:
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
        self._local.position = start + offset
        return start + offset

    @property
    def size(self) -> int:
        """Length in bytes."""
        return os.fstat(self._file.fileno()).st_size

    def write(self, data: Any, /) -> int:
        """Encrypt one block and put it at this thread's position."""
        plain = bytes(data)
        nonce = self._numbers().to_bytes(12, "big")
        sealed = self._cipher.encrypt(nonce, plain, None)
        offset = self.tell()
        body = memoryview(sealed)[:-_TAG]
        try:
            done = 0
            while done < len(body):
                done += os.pwrite(self._file.fileno(), body[done:], offset + done)
        except OSError as error:
            raise self._failed(f"Temporary data cannot be written: {error.strerror}.") from None
        self._blocks[offset] = (len(plain), nonce, sealed[-_TAG:])
        self._local.position = offset + len(plain)
        return len(plain)

    def read(self, size: int | None = -1, /) -> bytes:
        """The block of `size` bytes written at this thread's position."""
        offset = self.tell()
        length, nonce, tag = self._blocks.get(offset, (-1, b"", b""))
        try:
            if length != size:
                raise InvalidTag
            plain = self._cipher.decrypt(nonce, os.pread(self._file.fileno(), length, offset) + tag, None)
        except (InvalidTag, OSError):
            raise self._failed("Temporary data are not what was written.") from None
        self._local.position = offset + length
        return plain

    def close(self) -> None:
        """Give the room on the disk back."""
        self._file.close()
        super().close()

    def _failed(self, what: str) -> StorageError:
        return self._failures.tell(
            StorageError(what, where=SPILL_VARIABLE, do="Look at the disk that holds temporary files.")
        )


class Spill(AbstractFileSystem):  # type: ignore[misc]
    """The file system `spill://`. Names exist in memory only."""

    protocol = PROTOCOL
    cachable = False

    def __init__(self, folder: Path, failures: Failures) -> None:
        super().__init__()
        self._folder = folder
        self._failures = failures
        self._cipher = AESGCM(secrets.token_bytes(32))
        self._numbers = count().__next__
        self._files: dict[str, SpillFile] = {}

    def _open(self, path: str, mode: str = "rb", **_: Any) -> SpillFile:
        """The file of that name, made when it is not there."""
        if path not in self._files or self._files[path].closed:
            try:
                self._files[path] = SpillFile(self._folder, self._cipher, self._numbers, self._failures)
            except OSError as error:
                raise self._failures.tell(
                    StorageError(f"Temporary data cannot be written: {error.strerror}.", where=SPILL_VARIABLE)
                ) from None
        return self._files[path]

    def touch(self, path: str, truncate: bool = True, **_: Any) -> None:
        """Nothing: DuckDB asks this to make a file shorter but does not say how much."""

    def info(self, path: str, **_: Any) -> dict[str, Any]:
        """Name, kind and length. Whatever is no file is a folder."""
        path = self._strip_protocol(path)
        file = self._files.get(path)
        return {"name": path, "size": file.size if file else 0, "type": "file" if file else "directory"}

    def exists(self, path: str, **_: Any) -> bool:
        """Whether there is such a file, or it is the folder."""
        return True

    def isdir(self, path: str) -> bool:
        """Whether it is no file."""
        return self._strip_protocol(path) not in self._files

    def isfile(self, path: str) -> bool:
        """Whether it is a file."""
        return self._strip_protocol(path) in self._files

    def ls(self, path: str, detail: bool = True, **_: Any) -> list[Any]:
        """Nothing to tidy up."""
        return []

    def modified(self, path: str) -> datetime:
        """Now."""
        return datetime.now(UTC)

    def mkdir(self, path: str, create_parents: bool = True, **_: Any) -> None:
        """Nothing: folders exist by name."""

    def rm_file(self, path: str) -> None:
        """Forget a file and give its room back."""
        file = self._files.pop(self._strip_protocol(path), None)
        if file:
            file.close()

    def rm(self, path: str, recursive: bool = False, maxdepth: int | None = None) -> None:
        """Forget a file."""
        self.rm_file(path)
