"""From approved to produced: what lies in `rounds/<round>/out` is bound to the approved content, and checked before it leaves.

The lists are bound by HMAC-SHA256 under a key derived from the case's, kept in the round's history: who can write on the
disk but has no key cannot add, swap or drop a letter or a print file without being found.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow.compute as pc

from helder.delivery.parcels import FileParcel
from helder.domain.errors import DeliveryError, RoundError
from helder.domain.manifest import FILES, MANIFEST, ManifestError, PrintedFile, disagreements, each_letter, read_files
from helder.engines.failures import Failures
from helder.engines.keys import Keys
from helder.engines.parquet import read_parquet
from helder.engines.sealing import Sealer
from helder.engines.vault import SUFFIX, Vault
from helder.letters.typeset.output import SINGLES, Output
from helder.letters.typeset.rows import POST
from helder.pipeline.carriers import made_in_files
from helder.pipeline.standing import may_leave
from helder.rounds.freeze import LETTERS_FILE
from helder.rounds.record import STATES, RoundRecord, folder_of, write_record

PRODUCTION = "production.json"
_BOUND = "lists "
_AGAIN = "Produce the round again: what is approved is made anew."


def mark_produced(folder: Path, keys: Keys, name: str, *, at: dt.datetime) -> RoundRecord:
    """Say that what lies in `out` is the approved round. For whoever produced it, right after.

    Raises `RoundError` when the round may not leave, `DeliveryError` when the letters are specimens or not all there.
    """
    record = may_leave(folder, keys, name).record
    Production(folder_of(folder, name), keys).check()
    while record.state not in STATES[STATES.index("approved") :]:
        record = record.to(STATES[STATES.index(record.state) + 1], at)
    record = record.to("produced", at, _BOUND + _mac(folder_of(folder, name) / "out", keys, record))
    write_record(folder, record)
    return record


def bound(folder: Path, keys: Keys, record: RoundRecord) -> bool:
    """Whether what lies in `out` was marked as produced from this content, and the round still counts as produced."""
    told = [step.why for step in record.history if step.state == "produced" and step.why.startswith(_BOUND)]
    out = folder_of(folder, record.round) / "out"
    counts = record.state in STATES[STATES.index("produced") :]
    return counts and bool(told) and hmac.compare_digest(told[-1], _BOUND + _mac(out, keys, record))


def need_bound(folder: Path, keys: Keys, record: RoundRecord) -> None:
    """What lies in `out` is what was marked as produced from this content; raises `DeliveryError`."""
    if not bound(folder, keys, record):
        out = folder_of(folder, record.round) / "out"
        raise DeliveryError("The lists of print files are not those that were approved.", where=str(out), do=_AGAIN)


@dataclass
class Production:
    """The produced letters of the round in `folder`, read from the disk."""

    folder: Path
    keys: Keys

    @property
    def out(self) -> Path:
        """Where they lie."""
        return self.folder / "out"

    @cached_property
    def facts(self) -> dict[str, Any]:
        """What was made; raises `RoundError` when nothing was, or only a part."""
        try:
            found = json.loads((self.out / PRODUCTION).read_text("utf-8"))
        except (OSError, ValueError):
            found = {}
        if not isinstance(found, dict) or not found.get("whole"):
            raise RoundError(
                f"The letters of round '{self.folder.name}' have not been made, or not all of them.",
                where=str(self.out),
                do=f"helder round produce {self.folder.parent.parent} {self.folder.name}",
            )
        return found

    @cached_property
    def files(self) -> list[PrintedFile]:
        """The print files. Raises `DeliveryError`."""
        with _lists(self.out):
            return read_files((self.out / FILES).read_text("utf-8"))

    @cached_property
    def placed(self) -> dict[str, str]:
        """The print file of each letter, by reference. Raises `DeliveryError`."""
        with _lists(self.out), (self.out / MANIFEST).open(encoding="utf-8", newline="") as lines:
            # Interned file names: a country is one dictionary of references.
            names = {file.file: file.file for file in self.files}
            return {letter.reference: names.get(letter.file, letter.file) for letter in each_letter(lines)}

    def check(self) -> None:
        """Every letter of the round stands in one print file or among the single letters, once; no specimen.

        Raises `DeliveryError`.
        """
        if self.facts.get("specimen", True):
            raise DeliveryError("These letters are marked as specimens.", where=str(self.out), do=_AGAIN)
        with _lists(self.out), (self.out / MANIFEST).open(encoding="utf-8", newline="") as lines:
            wrong = disagreements(each_letter(lines), self.files)
        rows = read_parquet([self.folder / LETTERS_FILE], self.keys, ["reference", "channel"])
        in_files = pc.and_(pc.equal(rows["channel"], POST), made_in_files(self.facts))
        printed = rows.filter(in_files)["reference"].to_pylist()
        listed = sum(file.letters for file in self.files)
        if wrong or len(printed) != listed or self.placed.keys() != set(printed):
            raise DeliveryError(
                "The print files do not hold just the letters of the round.", where=str(self.out), do=_AGAIN
            )
        alone = rows.filter(pc.invert(in_files))["reference"].to_pylist()
        if sorted(alone) != sorted(line.split(",")[0] for line in Output(self.out, None).lines(SINGLES)):
            raise DeliveryError(
                "The list of single letters does not name just those of the round.", where=str(self.out), do=_AGAIN
            )

    def parcels(self) -> Iterator[FileParcel]:
        """The print files, opened through their seal."""
        vault = Vault(Sealer(self.keys), Failures())
        for file in self.files:
            path = self.out / f"{file.file}{SUFFIX}"
            yield FileParcel(file.file, file.sha256, file.bytes, lambda path=path: vault.open_read(path))  # type: ignore[misc]

    def lists(self) -> Iterator[FileParcel]:
        """The two lists, for the print house: after the files, so that who sees them knows that all is there."""
        for name in (MANIFEST, FILES):
            path = self.out / name
            with path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            yield FileParcel(name, digest, path.stat().st_size, lambda path=path: path.open("rb"))  # type: ignore[misc]


@contextmanager
def _lists(out: Path) -> Iterator[None]:
    """Turn what is wrong with the lists into one error."""
    try:
        yield
    except (ManifestError, OSError, UnicodeDecodeError):
        raise DeliveryError("A list of print files is damaged.", where=str(out), do=_AGAIN) from None


def _mac(out: Path, keys: Keys, record: RoundRecord) -> str:
    found = hashlib.sha256(record.content.encode())
    for name in (FILES, MANIFEST, SINGLES):
        try:
            with (out / name).open("rb") as file:
                found.update(hashlib.file_digest(file, "sha256").digest())
        except OSError:
            found.update(b"\0")
    return hmac.digest(keys.derive("lists of print files"), found.digest(), "sha256").hex()
