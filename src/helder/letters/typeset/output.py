"""The folder of produced letters: print files, sealed with the case's key, and lists that name nobody.

    production.json      what was made, of what, and whether it is whole
    manifest.csv         a row for each printed letter, files.csv one for each print file (`domain.manifest`)
    singles.csv          reference, SHA-256 and length of each single letter, which are made again when wanted;
                         those by post are among them when no print house carries post
    00001.pdf.sealed …   the print files; `files.csv` names them without `.sealed`
    .parts/              what is finished of an interrupted production

A file is written beside its name, forced to the disk and renamed.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from helder.domain.errors import StorageError
from helder.domain.manifest import FILES, MANIFEST, manifest_text
from helder.engines.disk import rename_synced, sync, writing
from helder.engines.failures import Failures
from helder.engines.keys import Keys
from helder.engines.sealing import Sealer
from helder.engines.vault import SUFFIX, Vault

PRODUCTION = "production.json"
SINGLES = "singles.csv"
SINGLES_HEAD = "reference,sha256,bytes\n"


class Output:
    """Writes and reads the folder. Methods raise `StorageError`."""

    def __init__(self, folder: Path, keys: Keys | None) -> None:
        self.folder = folder
        self._parts = folder / ".parts"
        self._vault = Vault(Sealer(keys), Failures()) if keys else None

    def begin(self, key: str) -> None:
        """Keep what an interrupted production of the same letters finished; clear away everything else."""
        with writing(self.folder):
            found = self.production()
            if found.get("key") == key:
                if found.get("whole"):
                    # Killed in its very last step, a production left what it was put together of.
                    shutil.rmtree(self._parts, ignore_errors=True)
                else:
                    self._parts.mkdir(exist_ok=True)
                return
            shutil.rmtree(self.folder, ignore_errors=True)
            self._parts.mkdir(parents=True)
            self.write(PRODUCTION, json.dumps({"key": key, "whole": False}) + "\n")

    def production(self) -> dict[str, Any]:
        """What was made here; empty when nothing was."""
        try:
            found = json.loads((self.folder / PRODUCTION).read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def pdf_path(self, name: str) -> Path:
        """Where the print file `name` stands."""
        return self.folder / (name + (SUFFIX if self._vault else ""))

    def read_pdf(self, name: str) -> bytes:
        """A print file, through the seal."""
        path = self.pdf_path(name)
        if self._vault:
            with self._vault.open_read(path) as file:
                return file.readall()
        try:
            return path.read_bytes()
        except OSError as error:
            raise StorageError(f"A print file cannot be read: {error.strerror}.", where=str(path)) from None

    def keep(self, name: str, pdf: bytes | None, lines: str) -> None:
        """Put a finished portion on the disk: its print file, if it has one, then its lines, which say that it is whole."""
        with writing(self.folder):
            if pdf is not None:
                path = self.pdf_path(name)
                part = self._parts / path.name
                with self._vault.open_write(part) if self._vault else part.open("wb") as file:
                    file.write(pdf)
                rename_synced(part, path)
            self.write(f".parts/{name}.csv", lines)

    def kept(self, name: str) -> str | None:
        """The lines of a portion that was finished; None when there is none."""
        try:
            return (self._parts / f"{name}.csv").read_text("utf-8")
        except OSError:
            return None

    def finish(self, printed: list[str], files: str, singles: list[str], production: dict[str, Any]) -> None:
        """Join the lists of all portions, whose names these are, and say that all is whole."""
        with writing(self.folder):
            self._join(MANIFEST, printed)
            self.write(FILES, files)
            self._join(SINGLES, singles)
            self.write(PRODUCTION, json.dumps({**production, "whole": True}, indent=1, ensure_ascii=False) + "\n")
            shutil.rmtree(self._parts)

    def lines(self, name: str) -> Iterator[str]:
        """The lines of a list behind its heading, one by one."""
        try:
            with (self.folder / name).open(encoding="utf-8") as file:
                next(file, "")
                yield from file
        except OSError as error:
            raise StorageError(
                f"A list of the produced letters cannot be read: {error.strerror}.",
                where=str(self.folder / name),
                do="Produce the round again.",
            ) from None

    def text(self, name: str) -> str:
        """A small list whole."""
        try:
            return (self.folder / name).read_text("utf-8")
        except OSError as error:
            raise StorageError(f"A list cannot be read: {error.strerror}.", where=str(self.folder / name)) from None

    def write(self, name: str, text: str) -> None:
        """Write a small file, whole or not at all."""
        path = self.folder / name
        part = self._parts / f"{path.name}.part"
        part.write_text(text, "utf-8")
        rename_synced(part, path)

    def _join(self, name: str, portions: list[str]) -> None:
        part = self._parts / f"{name}.part"
        with part.open("w", encoding="utf-8") as out:
            for number, portion in enumerate(portions):
                text = self.kept(portion) or ""
                out.write(text if number == 0 else text[text.index("\n") + 1 :])
            if not portions:
                out.write(SINGLES_HEAD if name == SINGLES else manifest_text(()))
        sync(part)
        rename_synced(part, self.folder / name)
