"""The letters of a round that go one by one: to whom, in which words, and as PDF when the channel takes it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from helder.case.channels import NotifyChannel, SmtpChannel
from helder.case.load import Case
from helder.delivery.parcels import Message
from helder.delivery.texts import plain_text
from helder.domain.errors import DeliveryError
from helder.domain.letters import Document
from helder.engines.keys import Keys
from helder.engines.parquet import read_parquet
from helder.letters.reader import Telling
from helder.letters.variants import variants
from helder.pipeline.lettering import letters_of, reader_of
from helder.pipeline.standing import run_record
from helder.results.open import Results
from helder.rounds.freeze import LETTERS_FILE
from helder.rounds.record import folder_of, read_record

_TELLING = ("letter", "language", "profile", "weakened", "why")


def messages(case: Case, round: str, keys: Keys, settings: NotifyChannel | SmtpChannel) -> Iterator[Message]:
    """The letters that this channel carries, in the order of the round. Raises `DeliveryError`."""
    if settings.carries == "post" or getattr(settings, "attach_pdf", False):
        raise DeliveryError(
            "Letters as PDF go by print file only.",
            where="case.toml [channels]",
            do="Use a channel of kind sftp or folder for letters by post, and leave attach_pdf out.",
        )
    rows = read_parquet([folder_of(case.folder, round) / LETTERS_FILE], keys)
    rows = rows.filter(pc.equal(rows["channel"], settings.carries))
    documents = documents_of(case, round, rows)
    for batch in rows.to_batches(max_chunksize=1_000):
        for row in batch.to_pylist():
            document = documents[_key(row)]
            text = plain_text(document, row["salutation"], row["reference"])
            yield Message(row["reference"], document.digest, row["address"], row["language"], text)


def documents_of(case: Case, round: str, rows: pa.Table) -> dict[tuple[Any, ...], Document]:
    """The document of each kind of letter in `rows`, by letter, language, profile, weakened items and why."""
    kinds = rows.select(list(_TELLING)).group_by(list(_TELLING)).aggregate([([], "count_all")]).to_pylist()
    results = Results(case, run_record(read_record(case.folder, round)))
    profiles = {profile.number: profile for profile in results.profiles}
    letters = letters_of(case, case.round(round))
    tellings = {_key(kind): _telling(kind, profiles) for kind in kinds}
    made = variants(letters, list(tellings.values()), list(case.items), [party.id for party in case.breached])
    numbers = {tuple(row)[:-1]: row[-1] for row in made.rows}
    return {key: made.documents[numbers[key]] for key in tellings}


def _key(row: dict[str, Any]) -> tuple[Any, ...]:
    return (row["letter"], row["language"], row["profile"], row["weakened"] or "", row["why"])


def _telling(kind: dict[str, Any], profiles: dict[int, Any]) -> Telling:
    weakened = kind["weakened"] or ""
    reader = reader_of(profiles[kind["profile"]], kind["why"], frozenset(filter(None, weakened.split(";"))))
    return Telling(kind["letter"], kind["language"], kind["profile"], kind["count_all"], reader)
