"""Signing the state of the log, for outsiders to keep."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from helder.audit.log import Cursor
from helder.audit.note import Checkpoint, verifier_text, write
from helder.audit.verify import verify
from helder.domain.errors import AuditError
from helder.engines.keys import Keys


def signing_key(keys: Keys) -> Ed25519PrivateKey:
    """The key that signs checkpoints, derived from the case's key."""
    return Ed25519PrivateKey.from_private_bytes(keys.derive("audit checkpoints"))


def verifier_key(origin: str, key: Ed25519PrivateKey) -> str:
    """What an outsider needs to check signatures: give it to them once, on paper or in person."""
    return verifier_text(origin, key.public_key())


def checkpoint(cursor: Cursor, key: Ed25519PrivateKey, *, origin: str) -> str:
    """A signed checkpoint of the log as it stands; `origin` names the log, such as "helder.example/lab-2025".

    Verifies the log first: a damaged log is not signed (`AuditError`).
    """
    verdict = verify(cursor)
    if verdict.problems:
        raise AuditError(
            "The audit log is damaged and was not signed.",
            where=str(verdict.problems[0]),
            do="Run `helder audit verify` and restore office.db from a backup.",
        )
    return write(Checkpoint(origin, verdict.lines, verdict.root), key)
