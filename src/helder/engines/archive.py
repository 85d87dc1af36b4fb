"""A sealed archive: a tar file through the seal, written from begin to end, whole or not there at all.

    archive = sealed file of: tar of the members in order, then `manifest.json` (size and SHA-256 of each, and facts)

The seal finds damage (every chunk is authenticated, and the last one is known to be the last); the manifest finds a
member that was written wrongly. Nothing is ever on the disk unsealed.
"""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from helder.domain.errors import StorageError
from helder.engines.disk import cannot, rename_synced, writing
from helder.engines.keys import Keys
from helder.engines.sealed import SealedReader, SealedWriter
from helder.engines.sealing import Sealer

MANIFEST = "manifest.json"
_BLOCK = 1 << 20
_KIND = "helder archive 1"
_ANOTHER = "Use another backup."


@dataclass(frozen=True)
class Member:
    """One file of an archive: its name, permission bits and content, read when its turn comes."""

    name: str
    mode: int
    open: Callable[[], tuple[IO[bytes], int]]
    """Gives the content and its length in bytes."""


class _Hashing(io.RawIOBase):
    """Passes on what is read, and hashes it."""

    def __init__(self, file: IO[bytes]) -> None:
        super().__init__()
        self._file = file
        self.hash = hashlib.sha256()

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        data = self._file.read(-1 if size is None else size)
        self.hash.update(data)
        return data


def write(path: Path, keys: Keys, members: Iterator[Member], facts: Mapping[str, Any]) -> dict[str, Any]:
    """Write a new archive at `path`, and give its manifest. Raises `StorageError`, also when `path` is there already."""
    if path.exists():
        raise StorageError("This file is there already.", where=str(path), do="Choose another name.")
    draft = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    with writing(path):
        out = SealedWriter(draft, Sealer(keys))
        draft.chmod(0o600)
        with out:
            manifest = _fill(out, members, facts)
        rename_synced(draft, path)
    return manifest


def _fill(out: SealedWriter, members: Iterator[Member], facts: Mapping[str, Any]) -> dict[str, Any]:
    files: dict[str, dict[str, Any]] = {}
    with tarfile.open(fileobj=out, mode="w|", format=tarfile.PAX_FORMAT) as tar:
        for member in members:
            content, size = member.open()
            with content:
                hashing = _Hashing(content)
                tar.addfile(_head(member.name, size, member.mode), hashing)
            files[member.name] = {"size": size, "sha256": hashing.hash.hexdigest()}
        manifest = {"kind": _KIND, **facts, "files": files}
        text = json.dumps(manifest, indent=1).encode()
        tar.addfile(_head(MANIFEST, len(text), 0o600), io.BytesIO(text))
    return manifest


def _head(name: str, size: int, mode: int) -> tarfile.TarInfo:
    head = tarfile.TarInfo(name)
    head.size, head.mode = size, mode
    return head


def read(path: Path, keys: Keys, take: Callable[[str, int, IO[bytes]], None]) -> dict[str, Any]:
    """Read an archive from begin to end, give each member (name, permission bits, content) to `take`; its manifest.

    Raises `StorageError` for whatever is not as it was written, `KeyFileError` for another key. What `take` was given
    may be used only after this returns: damage can stand at the very end.
    """
    found: dict[str, dict[str, Any]] = {}
    text = b""
    try:
        with SealedReader(path, Sealer(keys)) as sealed, tarfile.open(fileobj=sealed, mode="r|") as tar:
            for head in tar:
                content = tar.extractfile(head)
                if content is None or not plain(head.name):
                    raise _wrong(path)
                if head.name == MANIFEST:
                    text = content.read()
                    continue
                hashing = _Hashing(content)
                take(head.name, head.mode, hashing)  # type: ignore[arg-type]
                while hashing.read(_BLOCK):
                    pass
                found[head.name] = {"size": head.size, "sha256": hashing.hash.hexdigest()}
            manifest: dict[str, Any] = json.loads(text)
    except OSError as error:
        raise cannot("read", path, error) from None
    except StorageError as error:
        raise StorageError(error.what, where=str(path), do=_ANOTHER) from None
    except (tarfile.TarError, ValueError):
        raise _wrong(path) from None
    if manifest.get("kind") != _KIND or manifest.get("files") != found:
        raise _wrong(path)
    return manifest


def plain(name: str) -> bool:
    """Whether a member's name stays below the folder that it is put in."""
    path = Path(name)
    return bool(path.parts) and not path.is_absolute() and ".." not in path.parts


def _wrong(path: Path) -> StorageError:
    return StorageError(
        "This is not a whole backup: what is in it is not what its list says.",
        where=str(path),
        do=_ANOTHER,
    )
