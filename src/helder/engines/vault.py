"""The file system `sealed://`, through which DuckDB and pyarrow read and write sealed files.

A thief of the disk gets nothing: plaintext exists only in memory.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from fsspec.spec import AbstractFileSystem

from helder.domain.errors import HelderError, StorageError
from helder.engines.disk import cannot
from helder.engines.failures import Failures
from helder.engines.sealed import SealedReader, SealedWriter
from helder.engines.sealing import HEADER_BYTES, Sealer, is_sealed

PROTOCOL = "sealed"
SUFFIX = ".sealed"


class Vault(AbstractFileSystem):  # type: ignore[misc]
    """The file system `sealed://`: absolute local paths, read and written through the seal.

    DuckDB turns what is raised in here into errors of its own; `failures` keeps ours for the engine.
    """

    protocol = PROTOCOL
    cachable = False

    def __init__(self, sealer: Sealer, failures: Failures) -> None:
        super().__init__()
        self.sealer = sealer
        self.failures = failures

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        return str(path).removeprefix(f"{PROTOCOL}://")

    def _open(self, path: str, mode: str = "rb", **_: Any) -> SealedReader | SealedWriter:
        return self.open_write(self._path(path)) if "w" in mode else self.open_read(self._path(path))

    def open_read(self, path: Path) -> SealedReader:
        """Open a sealed file; raises `KeyFileError` for another key, `StorageError` for damage or absence."""
        try:
            return _Reporting(path, self)
        except OSError as error:
            raise self.failures.tell(cannot("read", path, error)) from None
        except HelderError as error:
            raise self.failures.tell(error) from None

    def open_write(self, path: Path) -> SealedWriter:
        """Begin a sealed file; raises `StorageError` when it cannot be made."""
        try:
            return _ReportingWriter(path, self)
        except OSError as error:
            raise self.failures.tell(cannot("written", path, error)) from None

    def info(self, path: str, **_: Any) -> dict[str, Any]:
        """Name, kind and length of the plaintext."""
        local = self._path(path)
        with self.open_read(local) as file:
            size = file.size
        return {"name": str(local), "size": size, "type": "file", "mtime": local.stat().st_mtime}

    def modified(self, path: str) -> datetime:
        """When the file was last changed."""
        return datetime.fromtimestamp(self._path(path).stat().st_mtime, UTC)

    def exists(self, path: str, **_: Any) -> bool:
        """Whether there is such a file."""
        return self._path(path).exists()

    def isfile(self, path: str) -> bool:
        """Whether this is a file."""
        return self._path(path).is_file()

    def isdir(self, path: str) -> bool:
        """Whether this is a folder."""
        return self._path(path).is_dir()

    def glob(self, path: str, **_: Any) -> list[str]:
        """The path itself: names are taken literally."""
        return [str(self._path(path))] if self.exists(path) else []

    def ls(self, path: str, detail: bool = True, **_: Any) -> list[Any]:
        """The file itself: folders are not listed."""
        return [self.info(path) if detail else str(self._path(path))]

    def mv(self, path1: str, path2: str, **_: Any) -> None:
        """Rename."""
        self._path(path1).replace(self._path(path2))

    def rm_file(self, path: str) -> None:
        """Remove."""
        self._path(path).unlink()

    def _path(self, path: str) -> Path:
        return Path(self._strip_protocol(path))


class _Reporting(SealedReader):
    """A reader that tells its vault what went wrong."""

    def __init__(self, path: Path, vault: Vault) -> None:
        self._vault = vault
        self._path = path
        super().__init__(path, vault.sealer)

    def _chunk(self, index: int) -> bytes:
        try:
            return super()._chunk(index)
        except StorageError as error:
            raise self._vault.failures.tell(error) from None
        except OSError as error:
            raise self._vault.failures.tell(cannot("read", self._path, error)) from None


class _ReportingWriter(SealedWriter):
    """A writer that tells its vault what went wrong."""

    def __init__(self, path: Path, vault: Vault) -> None:
        self._vault = vault
        super().__init__(path, vault.sealer)

    def _put(self, last: bool) -> None:
        try:
            super()._put(last)
        except OSError as error:
            raise self._vault.failures.tell(cannot("written", self._path, error)) from None


def url(path: Path) -> str:
    """How DuckDB names a sealed file."""
    return f"{PROTOCOL}://{path.absolute()}"


def file_is_sealed(path: Path) -> bool:
    """Whether this file begins as a sealed one; raises `StorageError` when it cannot be read."""
    try:
        with path.open("rb") as file:
            return is_sealed(file.read(HEADER_BYTES))
    except OSError as error:
        raise cannot("read", path, error) from None
