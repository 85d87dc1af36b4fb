"""Signed notes and checkpoints as C2SP specifies them (signed-note, tlog-checkpoint), with Ed25519.

A note is text, an empty line, and a signature line: "— name base64(key id ‖ signature)". A checkpoint's text is three
lines: the log's name (origin), the number of lines, and the tree's root in base64.
"""

from __future__ import annotations

import base64
import hashlib
from typing import NamedTuple

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from helder.domain.errors import AuditError

_ED25519 = b"\x01"
_DASH = "\N{EM DASH}"
_MOST_SIGNATURES = 100


class Checkpoint(NamedTuple):
    """What a checkpoint says: this log had this many lines and this root."""

    origin: str
    size: int
    root: bytes


def write(checkpoint: Checkpoint, key: Ed25519PrivateKey) -> str:
    """The checkpoint as a signed note; the key's name is the origin."""
    name = checkpoint.origin
    if not name or "+" in name or any(char.isspace() or char < " " for char in name):
        raise AuditError("The log's name is empty or holds a space or '+'.", where=name)
    root = base64.b64encode(checkpoint.root).decode()
    text = f"{name}\n{checkpoint.size}\n{root}\n"
    signature = _key_id(name, key.public_key()) + key.sign(text.encode())
    return f"{text}\n{_DASH} {name} {base64.b64encode(signature).decode()}\n"


def read(note: str, verifier: str) -> Checkpoint:
    """Check a note's signature with a verifier key and give what it says. Raises `AuditError` when it is not right."""
    name, key = _read_verifier(verifier)
    text, gap, signatures = note.rpartition("\n\n")
    lines = signatures.splitlines()
    if not gap or not signatures.endswith("\n") or not 0 < len(lines) <= _MOST_SIGNATURES:
        raise AuditError("This is not a signed note.")
    text += "\n"
    signed = [_signed(line, text, name, key) for line in lines]
    if not any(signed):
        raise AuditError("No signature of this note is by the given key.", where=name)
    return _read_text(text, name)


def verifier_text(name: str, key: Ed25519PublicKey) -> str:
    """The public key as outsiders keep it: name+key id+base64(type ‖ key)."""
    return f"{name}+{_key_id(name, key).hex()}+{base64.b64encode(_ED25519 + _raw(key)).decode()}"


def _signed(line: str, text: str, name: str, key: Ed25519PublicKey) -> bool:
    """Whether this line is the key's signature: False when it is another key's; `AuditError` when it is false."""
    try:
        dash, signer, encoded = line.split(" ")
        signature = base64.b64decode(encoded, validate=True)
    except ValueError:
        dash = ""
    if dash != _DASH:
        raise AuditError("This is not a signed note.")
    if signer != name or signature[:4] != _key_id(name, key):
        return False
    try:
        key.verify(signature[4:], text.encode())
    except InvalidSignature:
        raise AuditError("The checkpoint's signature is false.", where=name) from None
    return True


def _read_text(text: str, name: str) -> Checkpoint:
    lines = text.removesuffix("\n").split("\n")
    try:
        origin, size, root = lines[0], int(lines[1]), base64.b64decode(lines[2], validate=True)
    except (IndexError, ValueError):
        raise AuditError("This signed note is not a checkpoint.", where=name) from None
    if origin != name or str(size) != lines[1] or size < 0 or len(root) != 32 or "" in lines:
        raise AuditError("This signed note is not a checkpoint of this log.", where=name)
    return Checkpoint(origin, size, root)


def _read_verifier(verifier: str) -> tuple[str, Ed25519PublicKey]:
    try:
        name, key_id, encoded = verifier.strip().split("+", 2)
        data = base64.b64decode(encoded, validate=True)
        key = Ed25519PublicKey.from_public_bytes(data[1:])
    except ValueError:
        raise AuditError("This is not a verifier key (name+key id+key).") from None
    if data[:1] != _ED25519 or _key_id(name, key).hex() != key_id:
        raise AuditError("This is not a verifier key: its parts do not belong together.", where=name)
    return name, key


def _key_id(name: str, key: Ed25519PublicKey) -> bytes:
    return hashlib.sha256(name.encode() + b"\n" + _ED25519 + _raw(key)).digest()[:4]


def _raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)
