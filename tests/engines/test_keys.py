"""Keys: where they come from, what they are refused for, and what is derived from them."""

from __future__ import annotations

import base64
import errno
import os
import pickle
import stat
from pathlib import Path

import pytest

from helder.domain.errors import KeyFileError
from helder.engines.keys import Keys, key_file, load_keys, new_key_file, refuse_key_inside

MASTER = bytes(range(32))


@pytest.mark.parametrize(
    "text",
    [
        MASTER.hex(),
        MASTER.hex().upper(),
        base64.b64encode(MASTER).decode(),
        base64.urlsafe_b64encode(MASTER).decode() + "\n",
    ],
)
def test_a_key_is_read_from_the_environment(text: str) -> None:
    assert load_keys(environ={"HELDER_KEY": text}).key_id == Keys(MASTER).key_id


@pytest.mark.parametrize("text", ["short", "zz" * 32, base64.b64encode(b"x" * 31).decode(), "é" * 44])
def test_what_is_no_key_is_refused(text: str) -> None:
    with pytest.raises(KeyFileError) as refusal:
        load_keys(environ={"HELDER_KEY": text})
    assert refusal.value.where == "HELDER_KEY"
    assert text not in str(refusal.value)


def test_no_key_says_how_to_make_one() -> None:
    with pytest.raises(KeyFileError, match="helder key new"):
        load_keys(environ={})


def test_a_new_key_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "case.key"
    keys = new_key_file(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_keys(path).key_id == keys.key_id
    assert load_keys(environ={"HELDER_KEY_FILE": str(path)}).key_id == keys.key_id
    assert key_file({"HELDER_KEY_FILE": str(path)}) == path


def test_a_key_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "case.key"
    new_key_file(path)
    before = path.read_bytes()
    with pytest.raises(KeyFileError, match="there already"):
        new_key_file(path)
    assert path.read_bytes() == before


def test_a_key_file_where_none_can_be_written(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="cannot be written"):
        new_key_file(tmp_path / "absent" / "case.key")


def test_a_key_file_that_is_absent_open_to_all_or_no_text(tmp_path: Path) -> None:
    with pytest.raises(KeyFileError, match="cannot be read"):
        load_keys(tmp_path / "absent")
    new_key_file(tmp_path / "open.key")
    (tmp_path / "open.key").chmod(0o644)
    with pytest.raises(KeyFileError, match="chmod 600"):
        load_keys(tmp_path / "open.key")
    (tmp_path / "binary.key").write_bytes(b"\xff\xfe")
    (tmp_path / "binary.key").chmod(0o600)
    with pytest.raises(KeyFileError, match="not a key file"):
        load_keys(tmp_path / "binary.key")


def test_a_key_inside_the_case_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = tmp_path / "case"
    (case / "keys").mkdir(parents=True)
    (tmp_path / "link").symlink_to(case)
    with pytest.raises(KeyFileError, match="inside the case folder"):
        refuse_key_inside(case, case / "keys" / "case.key")
    monkeypatch.setenv("HELDER_KEY_FILE", str(tmp_path / "link" / "case.key"))
    with pytest.raises(KeyFileError, match="inside the case folder"):
        refuse_key_inside(case)
    refuse_key_inside(case, tmp_path / "case.key")
    monkeypatch.delenv("HELDER_KEY_FILE")
    refuse_key_inside(case)


def test_keyed_ids_are_short_stable_and_hang_on_the_key() -> None:
    one, other = Keys(MASTER), Keys(bytes(32))
    assert one.keyed_id("123456782") == Keys(MASTER).keyed_id("123456782")
    assert one.keyed_id("123456782") != other.keyed_id("123456782")
    assert one.keyed_id("123456782") != one.keyed_id("123456783")
    assert one.keyed_id("123456782").startswith("p-")
    assert len(one.keyed_id("123456782")) == 18


def test_a_known_key_gives_known_ids() -> None:
    """Ids given to investigators must mean the same in every later version."""
    assert Keys(MASTER).keyed_id("1") == "p-n53s4k6u4oztbeyh"
    assert Keys(MASTER).key_id.hex() == "582561a7665436eb4fe8446d89867f35"


def test_sub_keys_differ_by_purpose_and_show_nothing() -> None:
    keys = Keys(MASTER)
    assert keys.derive("seal") != keys.derive("checksum")
    assert len(keys.derive("seal", 16)) == 16
    assert MASTER.hex()[:8] not in repr(keys)
    with pytest.raises(TypeError):
        pickle.dumps(keys)
    with pytest.raises(KeyFileError):
        Keys(b"short")


def test_a_key_that_could_not_be_written_whole_is_not_left_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(KeyFileError, match="cannot be written: No space left"):
        new_key_file(tmp_path / "key")
    assert not (tmp_path / "key").exists()
