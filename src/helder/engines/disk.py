"""Files that survive a crash, and the one error for disks that refuse."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helder.domain.errors import StorageError


def sync(path: Path) -> None:
    """Force a file or folder to the disk."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def rename_synced(old: Path, new: Path) -> None:
    """Rename a finished file or folder so that it survives a crash: under one name or the other, and whole."""
    sync(old)
    old.rename(new)
    sync(new.parent)


def write_whole(path: Path, text: str) -> None:
    """Write a small file in one step, whole or not at all; its folder is made. Raises `StorageError`."""
    draft = path.with_name(f".{path.name}.draft")
    with writing(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.write_text(text, "utf-8")
        rename_synced(draft, path)


def write_private(path: Path, data: bytes) -> None:
    """Write a new file that only its owner may read. Raises `StorageError`, also when it is there already."""
    with writing(path):
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn the system's errors in this block into one `StorageError` about `path`."""
    try:
        yield
    except OSError as error:
        raise cannot("written", path, error) from None


def cannot(verb: str, path: Path, error: OSError) -> StorageError:
    """The `StorageError` of an operating system's error."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return StorageError("The disk is full.", where=str(path), do="Make room and run again: nothing was lost.")
    return StorageError(
        f"A file cannot be {verb}: {error.strerror}.", where=str(path), do="Look at the disk and who may use it."
    )
