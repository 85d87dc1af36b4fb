#!/usr/bin/env python3
"""Check, outside the organisation, that an audit log still contains what a kept checkpoint says.

Needs Python 3.11 and the package `cryptography`, nothing of Helder: copy this one file.

    python3 outside_check.py --key 'NAME+ID+KEY' LOG CHECKPOINT...

LOG is the case's office.db, or a text file with one line for each leaf: the JSON array that was hashed, or only
its hash in hexadecimal. Each CHECKPOINT is a signed note that was kept. The tree is that of RFC 6962, the note that of
C2SP.
This file repeats on purpose what Helder does in other words: a check that shared its code would share its mistakes.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


class WrongError(Exception):
    """What is wrong, in words for the person who checks."""


def leaves(path: Path) -> Iterator[bytes]:
    """The leaf hashes of a log, in order, computed from what stands in it."""
    with path.open("rb") as file:
        is_database = file.read(16) == b"SQLite format 3\x00"
    yield from _from_database(path) if is_database else _from_text(path)


def _from_database(path: Path) -> Iterator[bytes]:
    database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    query = "SELECT seq, at, actor, action, subject, reason, details FROM audit_line ORDER BY seq"
    for number, row in enumerate(database.execute(query), start=1):
        if row[0] != number:
            raise WrongError(f"line {number} is missing")
        yield _leaf(json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode())
    database.close()


def _from_text(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            data = line.removesuffix(b"\n")
            if re.fullmatch(rb"[0-9a-f]{64}", data):
                yield bytes.fromhex(data.decode())
            elif data.startswith(b"[%d," % number):
                yield _leaf(data)
            else:
                raise WrongError(f"line {number} is missing or is not a line of an audit log")


def _leaf(data: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + data).digest()


def roots(hashes: Iterator[bytes], sizes: set[int]) -> dict[int, bytes]:
    """The tree's root at each of `sizes` that the log reaches (RFC 6962, section 2.1)."""
    found = {0: hashlib.sha256(b"").digest()} if 0 in sizes else {}
    stack: list[tuple[int, bytes]] = []
    for size, leaf in enumerate(hashes, start=1):
        stack.append((1, leaf))
        while len(stack) > 1 and stack[-1][0] == stack[-2][0]:
            (width, right), (_, left) = stack.pop(), stack.pop()
            stack.append((2 * width, hashlib.sha256(b"\x01" + left + right).digest()))
        if size in sizes:
            root = stack[-1][1]
            for _, left in reversed(stack[:-1]):
                root = hashlib.sha256(b"\x01" + left + root).digest()
            found[size] = root
    return found


def read_checkpoint(note: str, verifier: str) -> tuple[int, bytes]:
    """Check a note's signature with the verifier key; give the tree's size and root."""
    name, key_id, key = verifier.strip().split("+", 2)
    kind_and_key = base64.b64decode(key, validate=True)
    expected_id = hashlib.sha256(name.encode() + b"\n" + kind_and_key).digest()[:4]
    if kind_and_key[:1] != b"\x01" or expected_id.hex() != key_id:
        raise WrongError("the key is not an Ed25519 verifier key")
    text, _, signatures = note.rpartition("\n\n")
    text += "\n"
    for line in signatures.splitlines():
        if not line.startswith(f"\N{EM DASH} {name} "):
            continue
        signature = base64.b64decode(line.rsplit(" ", 1)[1], validate=True)
        if signature[:4] == expected_id:
            Ed25519PublicKey.from_public_bytes(kind_and_key[1:]).verify(signature[4:], text.encode())
            origin, size, root = text.split("\n")[:3]
            if origin != name:
                raise WrongError("the checkpoint is of another log")
            return int(size), base64.b64decode(root, validate=True)
    raise WrongError("the checkpoint has no signature by this key")


def check(log: Path, verifier: str, notes: list[Path]) -> list[str]:
    """One sentence for each checkpoint; those that begin with 'NOT' are failures."""
    kept: dict[Path, tuple[int, bytes]] = {}
    said: dict[Path, str] = {}
    for path in notes:
        try:
            kept[path] = read_checkpoint(path.read_text("utf-8"), verifier)
        except (WrongError, OSError, ValueError) as error:
            said[path] = f"NOT right: {path}: {error}"
        except InvalidSignature:
            said[path] = f"NOT right: {path}: the signature is false"
    try:
        found = roots(leaves(log), {size for size, _ in kept.values()})
    except (WrongError, OSError, ValueError, sqlite3.Error) as error:
        return [f"NOT right: {log}: {error}", *said.values()]
    for path, (size, root) in kept.items():
        if size not in found:
            said[path] = f"NOT right: {path}: the log is shorter than the {size} lines of this checkpoint"
        elif found[size] != root:
            said[path] = f"NOT right: {path}: the first {size} lines are not the lines that were signed"
        else:
            said[path] = f"right: {path}: the first {size} lines are unchanged"
    return [said[path] for path in notes]


def main(arguments: list[str] | None = None) -> int:
    """Check and print; 0 when every checkpoint is right."""
    parser = argparse.ArgumentParser(description="Check kept checkpoints against an audit log.")
    parser.add_argument("--key", required=True, help="the verifier key you were given: NAME+ID+KEY")
    parser.add_argument("log", type=Path, help="office.db, or a text file with a line for each leaf")
    parser.add_argument("checkpoint", type=Path, nargs="+", help="signed notes that you kept")
    options = parser.parse_args(arguments)
    sentences = check(options.log, options.key, options.checkpoint)
    sys.stdout.write("\n".join(sentences) + "\n")
    return int(any(sentence.startswith("NOT") for sentence in sentences))


if __name__ == "__main__":
    sys.exit(main())
