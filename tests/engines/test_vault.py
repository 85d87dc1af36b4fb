"""The file system `sealed://`, as DuckDB and pyarrow use it."""

from __future__ import annotations

import errno
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from helder.domain.errors import KeyFileError, StorageError
from helder.engines.failures import Failures
from helder.engines.keys import Keys
from helder.engines.sealing import HEADER_BYTES, Sealer
from helder.engines.vault import Vault, file_is_sealed, url


@pytest.fixture
def vault(keys: Keys) -> Vault:
    return Vault(Sealer(keys), Failures())


def test_names_lead_to_plain_paths(vault: Vault, tmp_path: Path) -> None:
    path = tmp_path / "a [1]*?.sealed"
    with vault.open(url(path), "wb") as file:
        file.write(b"hello")
    with vault.open(url(path), "rb") as file:
        assert file.read() == b"hello"
    assert vault.info(url(path)) == {"name": str(path), "size": 5, "type": "file", "mtime": path.stat().st_mtime}
    assert vault.ls(url(path), detail=False) == [str(path)]
    assert vault.ls(url(path))[0]["size"] == 5
    assert vault.glob(url(path)) == [str(path)]
    assert vault.glob(url(tmp_path / "absent")) == []
    assert vault.exists(url(path))
    assert vault.isfile(url(path))
    assert vault.isdir(url(tmp_path))
    assert abs((vault.modified(url(path)) - datetime.now(UTC)).total_seconds()) < 60


def test_renaming_and_removing(vault: Vault, tmp_path: Path) -> None:
    with vault.open_write(tmp_path / "a") as file:
        file.write(b"hello")
    vault.mv(url(tmp_path / "a"), url(tmp_path / "b"))
    assert [path.name for path in tmp_path.iterdir()] == ["b"]
    vault.rm_file(url(tmp_path / "b"))
    assert list(tmp_path.iterdir()) == []


def test_the_first_failure_is_kept_for_the_engine(vault: Vault, tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="cannot be read"):
        vault.open_read(tmp_path / "absent")
    with pytest.raises(StorageError, match="cannot be written"):
        vault.open_write(tmp_path / "absent" / "a")
    first = vault.failures.take()
    assert first is not None
    assert "cannot be read" in first.what
    assert vault.failures.take() is None


def test_a_wrong_key_and_a_changed_chunk_are_told(vault: Vault, tmp_path: Path) -> None:
    path = tmp_path / "a"
    with vault.open_write(path) as file:
        file.write(bytes(1_000_000))
    with pytest.raises(KeyFileError):
        Vault(Sealer(Keys(bytes(32))), Failures()).open_read(path)
    sealed = bytearray(path.read_bytes())
    sealed[HEADER_BYTES + 1000] ^= 1
    path.write_bytes(sealed)
    with vault.open_read(path) as file, pytest.raises(StorageError, match="damaged"):
        file.read(10)
    assert isinstance(vault.failures.take(), StorageError)


def test_a_disk_that_cannot_be_read_is_told(vault: Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> bytes:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    with vault.open_write(tmp_path / "a") as file:
        file.write(bytes(1_000_000))
    with vault.open_read(tmp_path / "a") as file:
        monkeypatch.setattr(os, "pread", broken)
        with pytest.raises(StorageError, match="cannot be read: Input/output error"):
            file.read(10)


def test_a_full_disk_is_told(vault: Vault) -> None:
    with pytest.raises(StorageError, match="disk is full"):
        vault.open_write(Path("/dev/full"))


def test_a_sealed_file_is_known_by_its_beginning(vault: Vault, tmp_path: Path) -> None:
    with vault.open_write(tmp_path / "a") as file:
        file.write(b"hello")
    (tmp_path / "b").write_bytes(b"PAR1")
    assert file_is_sealed(tmp_path / "a")
    assert not file_is_sealed(tmp_path / "b")
    with pytest.raises(StorageError, match="cannot be read"):
        file_is_sealed(tmp_path / "absent")
