"""What does not fit in memory goes to the disk, but nobody can read it there, and nothing stays."""

from __future__ import annotations

import errno
import io
import os
from pathlib import Path

import pytest

from helder.domain.errors import EngineError, StorageError
from helder.engines.duckdb import DuckEngine
from helder.engines.failures import Failures
from helder.engines.spill import SPILL_VARIABLE, Spill, SpillFile, spill_folder


@pytest.fixture
def spill(tmp_path: Path) -> Spill:
    return Spill(tmp_path, Failures())


def stored(file: SpillFile) -> bytes:
    """What a thief would see."""
    descriptor = file._file.fileno()
    return os.pread(descriptor, os.fstat(descriptor).st_size, 0)


def test_blocks_are_read_as_they_were_written(spill: Spill) -> None:
    blocks = {0: b"a" * 100, 100: os.urandom(50), 400: b"c" * 64}
    with spill.open("spill://x/1.tmp", "rb+") as file:
        for offset, block in blocks.items():
            file.seek(offset)
            assert file.write(block) == len(block)
            assert file.tell() == offset + len(block)
        file.seek(0)
        file.write(b"b" * 100)
        for offset, block in {**blocks, 0: b"b" * 100}.items():
            assert file.seek(offset - 464, io.SEEK_END) == offset
            assert file.read(len(block)) == block
        assert file.seek(-64, io.SEEK_CUR) == 400
        assert (file.readable(), file.writable(), file.seekable()) == (True, True, True)


def test_a_thief_sees_neither_content_nor_names(spill: Spill, tmp_path: Path) -> None:
    with spill.open("spill://x/1.tmp", "rb+") as file:
        file.write(b"Jansen" * 1000)
        once = stored(file)
        file.seek(0)
        file.write(b"Jansen" * 1000)
        assert len(once) == 6000
        assert b"Jansen" not in once
        assert stored(file) != once, "no two blocks are encrypted alike"
        assert list(tmp_path.iterdir()) == []


def test_what_changed_on_the_disk_is_noticed(spill: Spill) -> None:
    failures = Failures()
    spill = Spill(spill._folder, failures)
    with spill.open("spill://x/1.tmp", "rb+") as file:
        file.write(bytes(100))
        os.pwrite(file._file.fileno(), b"x", 50)
        file.seek(0)
        with pytest.raises(StorageError, match="not what was written"):
            file.read(100)
        with pytest.raises(StorageError, match="not what was written"):
            file.read(10)
    assert isinstance(failures.take(), StorageError)


def test_names_exist_in_memory_only(spill: Spill) -> None:
    assert spill.isdir("spill://x")
    assert spill.exists("spill://x")
    spill.mkdir("spill://x")
    with spill.open("spill://x/1.tmp", "rb+") as file:
        file.write(b"abc")
        assert spill.isfile("spill://x/1.tmp")
        assert not spill.isdir("spill://x/1.tmp")
        assert spill.info("spill://x/1.tmp") == {"name": "x/1.tmp", "size": 3, "type": "file"}
        spill.touch("spill://x/1.tmp", truncate=True)
        assert spill.info("spill://x/1.tmp")["size"] == 3, "DuckDB does not say how short"
        assert spill.open("spill://x/1.tmp", "rb+") is file
    assert spill.info("spill://x")["type"] == "directory"
    assert spill.ls("spill://x") == []
    assert spill.modified("spill://x").year > 2000
    spill.rm("spill://x/1.tmp")
    spill.rm("spill://x/1.tmp")
    assert not spill.isfile("spill://x/1.tmp")


def test_a_full_disk_is_told(spill: Spill, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with spill.open("spill://x/1.tmp", "rb+") as file:
        monkeypatch.setattr(os, "pwrite", full)
        with pytest.raises(StorageError, match="No space left"):
            file.write(b"abc")
    with pytest.raises(StorageError, match="cannot be written"):
        Spill(Path("/proc"), Failures()).open("spill://x/1.tmp", "rb+")


def test_where_to_spill(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SPILL_VARIABLE, str(tmp_path))
    assert spill_folder() == tmp_path
    monkeypatch.setenv(SPILL_VARIABLE, str(tmp_path / "absent"))
    with pytest.raises(EngineError, match="does not exist"):
        spill_folder()
    monkeypatch.delenv(SPILL_VARIABLE)
    assert spill_folder() == Path("/var/tmp")
    monkeypatch.setattr(Path, "is_dir", lambda self: False)
    assert spill_folder().name


def test_a_query_larger_than_memory_is_right(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SPILL_VARIABLE, str(tmp_path))
    written = []
    write = SpillFile.write
    monkeypatch.setattr(SpillFile, "write", lambda self, data: written.append(write(self, data)) or written[-1])
    engine = DuckEngine(threads=2, memory="60MB")
    engine.run("t", "SELECT range AS a, hash(range) AS h, hash(range + 1) AS g FROM range(4000000)")
    (row,) = engine.rows(
        "SELECT count(*) AS n, bit_xor(g) AS g, bool_and(ok) AS ok FROM"
        " (SELECT g, (h >= lag(h) OVER (ORDER BY h)) IS NOT FALSE AS ok FROM t)"
    )
    (truth,) = DuckEngine().rows("SELECT bit_xor(hash(range + 1)) AS g FROM range(4000000)")
    assert sum(written) > 10_000_000, "it did spill"
    assert row == {"n": 4_000_000, "g": truth["g"], "ok": True}
    assert list(tmp_path.iterdir()) == []
    engine.close()
    engine.close()


def test_a_query_that_cannot_spill_says_so() -> None:
    engine = DuckEngine(memory="20MB")
    with pytest.raises(EngineError, match="more memory"):
        engine.run("t", "SELECT string_agg(range::VARCHAR, ',') AS s FROM range(20000000)")
