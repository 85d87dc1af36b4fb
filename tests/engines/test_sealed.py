"""Sealed files: what is read is what was written, or one clear error."""

from __future__ import annotations

import gc
import io
import os
import threading
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helder.domain.errors import KeyFileError, StorageError
from helder.engines.keys import Keys
from helder.engines.sealed import SealedReader, SealedWriter
from helder.engines.sealing import HEADER_BYTES, OVERHEAD, Layout, Sealer

CHUNK = 256
SEALER = Sealer(Keys(bytes(range(32))), chunk_log2=8)
PLAIN = bytes(range(256)) * 3 + b"the end"
SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, len(PLAIN)]


def seal(path: Path, *pieces: bytes, sealer: Sealer = SEALER) -> Path:
    with SealedWriter(path, sealer) as file:
        for piece in pieces:
            assert file.write(piece) == len(piece)
        assert file.tell() == sum(map(len, pieces))
    return path


def opened(path: Path, sealer: Sealer = SEALER) -> bytes:
    with SealedReader(path, sealer) as file:
        return file.read()


@pytest.mark.parametrize("size", SIZES)
def test_what_is_sealed_can_be_read(tmp_path: Path, size: int) -> None:
    path = seal(tmp_path / "a", PLAIN[:size])
    assert opened(path) == PLAIN[:size]
    with SealedReader(path, SEALER) as file:
        assert file.size == size


@settings(max_examples=60, deadline=None)
@given(pieces=st.lists(st.binary(max_size=700), max_size=8), data=st.data())
def test_reads_at_random_equal_a_plain_file(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[bytes], data: st.DataObject
) -> None:
    plain = b"".join(pieces)
    path = seal(tmp_path_factory.mktemp("s") / "a", *pieces)
    truth = io.BytesIO(plain)
    with SealedReader(path, SEALER) as file:
        assert (file.readable(), file.seekable(), file.writable()) == (True, True, False)
        for _ in range(data.draw(st.integers(0, 8))):
            whence = data.draw(st.sampled_from([io.SEEK_SET, io.SEEK_CUR, io.SEEK_END]))
            start = {io.SEEK_SET: 0, io.SEEK_CUR: truth.tell(), io.SEEK_END: len(plain)}[whence]
            offset = data.draw(st.integers(-start, len(plain) + 5))
            assert file.seek(offset, whence) == truth.seek(offset, whence)
            size = data.draw(st.one_of(st.none(), st.integers(-1, len(plain) + 5)))
            assert file.read(size) == truth.read(size)
            assert file.tell() == truth.tell()
        file.seek(0)
        assert file.readall() == plain


@settings(max_examples=40, deadline=None)
@given(plain=st.binary(max_size=1500), cuts=st.lists(st.integers(0, 1500), max_size=6))
def test_the_same_content_gives_the_same_bytes_however_it_is_written(
    tmp_path_factory: pytest.TempPathFactory, plain: bytes, cuts: list[int]
) -> None:
    folder = tmp_path_factory.mktemp("s")
    edges = sorted({0, len(plain), *(min(cut, len(plain)) for cut in cuts)})
    at_once = seal(folder / "a", plain)
    in_pieces = seal(folder / "b", *(plain[a:b] for a, b in pairwise(edges)))
    assert at_once.read_bytes() == in_pieces.read_bytes()


def test_other_content_or_another_key_gives_other_bytes_everywhere(tmp_path: Path) -> None:
    one = seal(tmp_path / "a", PLAIN).read_bytes()
    other = seal(tmp_path / "b", PLAIN, sealer=Sealer(Keys(bytes(32)), chunk_log2=8)).read_bytes()
    nonces = {one[HEADER_BYTES + i * (CHUNK + OVERHEAD) :][:12] for i in range(4)}
    assert len(nonces) == 4, "equal chunks in different places get different nonces"
    assert one[16:32] != other[16:32]
    assert one[32:44] != other[32:44]


def test_nothing_of_the_content_is_on_the_disk(tmp_path: Path) -> None:
    sealed = seal(tmp_path / "a", PLAIN).read_bytes()
    assert not any(PLAIN[i : i + 6] in sealed for i in range(len(PLAIN) - 6))


@pytest.mark.parametrize("size", [0, 300])
def test_every_single_changed_bit_is_noticed(tmp_path: Path, size: int) -> None:
    path = seal(tmp_path / "a", PLAIN[:size])
    sealed = path.read_bytes()
    for position in range(len(sealed) * 8):
        changed = bytearray(sealed)
        changed[position // 8] ^= 1 << position % 8
        path.write_bytes(changed)
        with pytest.raises((StorageError, KeyFileError)):
            opened(path)


@pytest.mark.parametrize("size", SIZES)
def test_every_truncation_and_every_addition_is_noticed_on_opening(tmp_path: Path, size: int) -> None:
    path = seal(tmp_path / "a", PLAIN[:size])
    sealed = path.read_bytes()
    for length in range(len(sealed)):
        path.write_bytes(sealed[:length])
        with pytest.raises(StorageError, match="damaged"):
            SealedReader(path, SEALER)
    for extra in (b"x", bytes(OVERHEAD), bytes(CHUNK + OVERHEAD), sealed[HEADER_BYTES:]):
        path.write_bytes(sealed + extra)
        with pytest.raises(StorageError, match="damaged"):
            SealedReader(path, SEALER)


def test_chunks_can_be_neither_moved_nor_dropped_nor_taken_from_another_file(tmp_path: Path) -> None:
    path = seal(tmp_path / "a", PLAIN)
    sealed, record = path.read_bytes(), CHUNK + OVERHEAD
    other = seal(tmp_path / "b", bytes(len(PLAIN))).read_bytes()
    header, chunks = sealed[:HEADER_BYTES], [sealed[HEADER_BYTES + i * record :][:record] for i in range(4)]
    strange = [other[HEADER_BYTES + i * record :][:record] for i in range(4)]
    for order in (
        [chunks[1], chunks[0], *chunks[2:]],
        chunks[1:],
        chunks[:3],
        [*chunks[:2], *chunks],
        [strange[0], *chunks[1:]],
        [*chunks[:3], strange[3]],
    ):
        path.write_bytes(header + b"".join(order))
        with pytest.raises(StorageError):
            opened(path)


def test_another_key_is_told_apart_from_damage(tmp_path: Path) -> None:
    path = seal(tmp_path / "a", PLAIN)
    with pytest.raises(KeyFileError, match="another key"):
        opened(path, Sealer(Keys(bytes(32))))


@pytest.mark.parametrize(("position", "value"), [(0, 0), (8, 2), (9, 7), (9, 25)])
def test_a_header_that_is_not_ours(tmp_path: Path, position: int, value: int) -> None:
    path = seal(tmp_path / "a", PLAIN)
    sealed = bytearray(path.read_bytes())
    sealed[position] = value
    path.write_bytes(sealed)
    with pytest.raises(StorageError, match="damaged"):
        opened(path)


def test_no_layout_for_an_impossible_size() -> None:
    with pytest.raises(StorageError):
        Layout.of(CHUNK, HEADER_BYTES, "a")


def test_a_writer_that_failed_or_was_forgotten_leaves_nothing_that_opens(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError), SealedWriter(tmp_path / "a", SEALER) as file:
        file.write(PLAIN)
        raise RuntimeError
    assert not (tmp_path / "a").exists()
    forgotten = SealedWriter(tmp_path / "b", SEALER)
    forgotten.write(PLAIN)
    del forgotten
    gc.collect()
    with pytest.raises(StorageError):
        opened(tmp_path / "b")


def test_closing_twice_and_reading_into_a_buffer(tmp_path: Path) -> None:
    file = SealedWriter(tmp_path / "a", SEALER)
    assert file.writable()
    file.write(memoryview(PLAIN))
    file.close()
    file.close()
    reader = SealedReader(tmp_path / "a", SEALER)
    buffer = bytearray(300)
    assert reader.readinto(buffer) == 300
    assert bytes(buffer) == PLAIN[:300]
    with pytest.raises(ValueError, match="negative"):
        reader.seek(-1)
    reader.close()
    reader.close()


def test_threads_read_one_handle_without_disturbing_each_other(tmp_path: Path) -> None:
    plain = os.urandom(200_000)
    path = seal(tmp_path / "a", plain)
    wrong: list[int] = []

    def read(start: int) -> None:
        for offset in range(start, len(plain) - 700, 7001):
            file.seek(offset)
            if file.read(350) + file.read(350) != plain[offset : offset + 700]:
                wrong.append(offset)

    with SealedReader(path, SEALER) as file:
        threads = [threading.Thread(target=read, args=(start,)) for start in range(0, 8000, 1000)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert wrong == []
