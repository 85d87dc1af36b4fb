"""The master key of a case and what is derived from it.

One 32-byte master key opens a case. It is never used itself: HKDF-SHA256 (RFC 5869) derives a sub-key for
each purpose.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import os
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from helder.domain.errors import KeyFileError

KEY_BYTES = 32
KEY_VARIABLE = "HELDER_KEY"
FILE_VARIABLE = "HELDER_KEY_FILE"
_HOW = f"Make one with `helder key new FILE` and set {FILE_VARIABLE}=FILE, or set {KEY_VARIABLE}."


class Keys:
    """The sub-keys of one master key. Shows nothing of itself when printed."""

    def __init__(self, master: bytes) -> None:
        if len(master) != KEY_BYTES:
            raise KeyFileError(f"The key is not {KEY_BYTES} bytes long.", do=_HOW)
        self._master = master
        self.key_id = self.derive("key id", 16)
        self._people = self.derive("keyed ids")

    def __repr__(self) -> str:
        return f"Keys({self.key_id.hex()[:8]}…)"

    def __reduce__(self) -> str:
        raise TypeError("Keys are not pickled.")

    def derive(self, purpose: str, length: int = KEY_BYTES) -> bytes:
        """A sub-key of `length` bytes for one purpose, by HKDF-SHA256."""
        info = b"helder/1/" + purpose.encode()
        return HKDF(algorithm=hashes.SHA256(), length=length, salt=None, info=info).derive(self._master)

    def keyed_id(self, person_id: str) -> str:
        """A person's name outside person-level tables: `p-` and 16 characters, equal for equal ids and key.

        BLAKE2b keyed, 80 bits: without the key nobody can find the person by trying all numbers.
        """
        digest = hashlib.blake2b(person_id.encode(), digest_size=10, key=self._people).digest()
        return "p-" + base64.b32encode(digest).decode().lower()


def load_keys(path: Path | None = None, environ: Mapping[str, str] | None = None) -> Keys:
    """The keys from `path`, else from the file named by HELDER_KEY_FILE, else from HELDER_KEY.

    Raises `KeyFileError` when there is none, when it is no key, or when the file is open to every user.
    """
    environ = os.environ if environ is None else environ
    path = path or key_file(environ)
    if path is not None:
        return Keys(_decode(_read_key_file(path), str(path)))
    if text := environ.get(KEY_VARIABLE):
        return Keys(_decode(text, KEY_VARIABLE))
    raise KeyFileError("There is no key.", do=_HOW)


def key_file(environ: Mapping[str, str] | None = None) -> Path | None:
    """The key file that HELDER_KEY_FILE names, if any."""
    text = (os.environ if environ is None else environ).get(FILE_VARIABLE)
    return Path(text).expanduser() if text else None


def new_key_file(path: Path) -> Keys:
    """Write a new random key to `path`, readable by its owner only. Never overwrites."""
    master = secrets.token_bytes(KEY_BYTES)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except FileExistsError:
        raise KeyFileError("This file is there already.", where=str(path), do="Choose another name.") from None
    except OSError as error:
        raise _not_written(path, error) from None
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(base64.b64encode(master) + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        path.unlink()  # half a key is none, and its name would not be free
        raise _not_written(path, error) from None
    return Keys(master)


def _not_written(path: Path, error: OSError) -> KeyFileError:
    return KeyFileError(
        f"The key file cannot be written: {error.strerror}.", where=str(path), do="Choose another place, or make room."
    )


def refuse_key_inside(case: Path, path: Path | None = None) -> None:
    """Refuse a key file that lies inside the case folder: who copies the folder would have the key too.

    `path` defaults to the file of HELDER_KEY_FILE.
    """
    path = path or key_file()
    if path is not None and path.resolve().is_relative_to(case.resolve()):
        raise KeyFileError(
            "The key lies inside the case folder.",
            where=str(path),
            do="Move it elsewhere: who copies the folder would have the key too.",
        )


def _read_key_file(path: Path) -> str:
    try:
        if stat.S_IMODE(path.stat().st_mode) & 0o007:
            raise KeyFileError("Every user can open the key file.", where=str(path), do=f"chmod 600 {path}")
        return path.read_text("ascii")
    except OSError as error:
        raise KeyFileError(f"The key file cannot be read: {error.strerror}.", where=str(path), do=_HOW) from None
    except UnicodeDecodeError:
        raise KeyFileError("This is not a key file.", where=str(path), do=_HOW) from None


def _decode(text: str, where: str) -> bytes:
    """32 bytes from 64 hexadecimal digits or from base64, with + / or - _."""
    text = text.strip()
    try:
        if len(text) == 2 * KEY_BYTES:
            return bytes.fromhex(text)
        key = base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True)
    except (ValueError, binascii.Error):
        key = b""
    if len(key) != KEY_BYTES:
        raise KeyFileError(
            f"This is not a key: expected {KEY_BYTES} bytes in hexadecimal or base64.", where=where, do=_HOW
        )
    return key
