"""A folder that somebody takes the print files from: each is there whole under its name, or not at all."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from helder.delivery.outcomes import Mark, RetryError, Trace
from helder.delivery.parcels import FileParcel, need_unaltered
from helder.domain.errors import DeliveryError
from helder.engines.disk import sync, writing

_PIECE = 1 << 20


class Folder:
    """The channel. `under` is a folder of this round's own, made in `path`.

    Raises `DeliveryError` when `path` is not there or lies inside the case.
    """

    def __init__(self, path: Path, under: str, case: Path) -> None:
        if not path.is_dir():
            raise DeliveryError("The folder to write into is not there.", where=str(path), do="Make it, or mount it.")
        if path.resolve().is_relative_to(case.resolve()):
            # Opened print files beside their seal would undo it.
            raise DeliveryError(
                "The folder to write into lies inside the case.", where=str(path), do="Choose one outside of it."
            )
        self._path = path / under

    def connect(self) -> FolderConnection:
        """A line of its own."""
        with writing(self._path):
            self._path.mkdir(mode=0o700, exist_ok=True)
        return FolderConnection(self._path)


class FolderConnection:
    """Writes `NAME.part`, forces it to the disk, and renames."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def send(self, parcel: FileParcel, mark: Mark) -> str:
        """Write the file; one of that name with other bytes is never replaced."""
        need_unaltered(parcel)
        final, part = self._path / parcel.id, self._path / f"{parcel.id}.part"
        if final.exists():
            return self._same(parcel)
        try:
            part.unlink(missing_ok=True)
            # Made anew: a link that somebody laid here is not followed.
            descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                _copy(parcel, file.fileno())
                os.fsync(file.fileno())
            part.rename(final)
            sync(self._path)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise RetryError(f"os_{error.errno}") from None
        return "written"

    def find(self, parcel: FileParcel, trace: Trace) -> str | None:
        """The file is there, or it is not."""
        return self._same(parcel) if (self._path / parcel.id).exists() else None

    def close(self) -> None:
        """Nothing to close."""

    def _same(self, parcel: FileParcel) -> str:
        with (self._path / parcel.id).open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        if found != parcel.digest:
            raise DeliveryError(
                "A file of this name is there already, with other bytes.",
                where=str(self._path / parcel.id),
                do="Find out whose it is and move it away.",
            )
        return "written"


def _copy(parcel: FileParcel, descriptor: int) -> None:
    source = parcel.open()
    try:
        while piece := source.read(_PIECE):
            view = memoryview(piece)
            while view:
                view = view[os.write(descriptor, view) :]
    finally:
        source.close()
