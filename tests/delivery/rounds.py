"""A round of a few made-up people: planned, with print files lying in `out`, approved and marked as produced."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from pathlib import Path
from typing import Any

from helder.domain.manifest import PrintedFile, PrintedLetter, files_text, manifest_text
from helder.engines.failures import Failures
from helder.engines.keys import Keys
from helder.engines.parquet import read_parquet
from helder.engines.sealing import Sealer
from helder.engines.vault import Vault
from helder.pipeline.leaving import mark_produced
from helder.pipeline.planning import plan
from helder.pipeline.standing import standing
from helder.rounds.authors import Authors, Signer
from helder.rounds.freeze import LETTERS_FILE
from helder.rounds.gate import approve, waive_reader_test
from rounds.towns import a_round, person, write

MASTER = b"d" * 32
KEYS = Keys(MASTER)
NOW = dt.datetime(2025, 9, 15, 9, tzinfo=dt.UTC)
PEOPLE = 7
PER_FILE = 3
ADA, BO, AUTHORS = Signer("ada-one", "Ada One"), Signer("bo-two", "Bo Two"), Authors(frozenset({"wil"}))
DISK = '[channels.disk]\nkind = "folder"\npath = "../printer"\npause = 0.01\nattempts = 2\n'
POST = '[channels.post]\nkind = "notify"\ncarries = "post"\n'


def planned(folder: Path, channels: str = "") -> Path:
    """The round `one`, planned: six letters by post and one person who gets none."""
    people = [person(f"p{n}") for n in range(PEOPLE - 1)] + [person("nowhere", street="", postcode="", city="")]
    write(folder, people, rounds=a_round(), extra=channels)
    plan(folder, KEYS, "one", now=NOW)
    return folder


def made(folder: Path, *, specimen: bool = False, prints: bool = True) -> Path:
    """Print files as typesetting leaves them, sealed, with their lists; or the list alone of letters one by one."""
    place = folder / "rounds" / "one"
    out = place / "out"
    out.mkdir(exist_ok=True)
    references = read_parquet([place / LETTERS_FILE], KEYS, ["reference"])["reference"].to_pylist()
    alone = "" if prints else "".join(f"{ref},00,1\n" for ref in references)
    (out / "singles.csv").write_text(f"reference,sha256,bytes\n{alone}")
    vault, letters, files = Vault(Sealer(KEYS), Failures()), [], []
    for start in range(0, len(references) if prints else 0, PER_FILE):
        some = references[start : start + PER_FILE]
        name = f"{start // PER_FILE + 1:05d}.pdf"
        data = b"%PDF-1.6 made up\n" + "\n".join(some).encode()
        with vault.open_write(out / f"{name}.sealed") as file:
            file.write(data)
        letters += [PrintedLetter(start + n, ref, name, 1, 2, "00") for n, ref in enumerate(some, start=1)]
        files.append(
            PrintedFile(name, len(some), len(some), 2 * len(some), len(data), hashlib.sha256(data).hexdigest())
        )
    (out / "manifest.csv").write_text(manifest_text(letters))
    (out / "files.csv").write_text(files_text(files))
    (out / "production.json").write_text(json.dumps({"whole": True, "specimen": specimen, "prints": prints}))
    return folder


def approved(folder: Path) -> Path:
    """Two people and a waiver of the reader test."""
    record = standing(folder, "one").record
    for by in (ADA, BO):
        approve(folder, record, KEYS, by=by, authors=AUTHORS, at=NOW)
    waive_reader_test(folder, record, KEYS, by=ADA, reason="a test", authors=AUTHORS, at=NOW)
    return folder


def ready(folder: Path, *, prints: bool = True) -> Path:
    """A planned round, with all of that and marked as produced."""
    approved(made(folder, prints=prints))
    mark_produced(folder, KEYS, "one", at=NOW)
    return folder


def references(folder: Path) -> list[str]:
    """The references of the letters, sorted."""
    path = folder / "rounds" / "one" / LETTERS_FILE
    return sorted(read_parquet([path], KEYS, ["reference"])["reference"].to_pylist())


def adds_up(account: dict[str, Any]) -> dict[str, Any]:
    """The account, when its sums are right."""
    ways = ("delivered_as_far_as_known", "returned", "refused", "failed", "not_handed_over")
    assert account["letters"] == sum(account[way] for way in ways)
    assert account["people"] == account["letters"] + account["suppressed"] + account["unreachable"]
    return account
